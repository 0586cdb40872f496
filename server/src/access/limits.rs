//! How often somebody may try, make and send. Token buckets in memory: a bucket holds `burst`
//! tokens and fills again evenly; each act takes one.
//!
//! A workshop of 300 people behind one address must get in within a minute, so right codes cost
//! nothing; only wrong ones do. A whole hospital may come from one address, so each browser there has few wrong
//! tries of its own, and the address as a whole has many: one who guesses locks out nobody else. A browser is
//! known by what it says of itself; who says something new each time meets the limit of the address. When a browser or
//! an address has none left, all its tries are refused, right or wrong, for otherwise refusing would tell nothing.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    net::IpAddr,
    sync::Mutex,
    time::{Duration, Instant},
};

/// How many, and how soon again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rate {
    /// How many at once after a rest.
    pub(crate) burst: u32,
    /// Time until an empty bucket is full again.
    pub(crate) refill: Duration,
}

/// Wrong codes from one browser: nobody mistypes more often, and then there is one more every twenty seconds.
const WRONG_CODES_OF_A_BROWSER: Rate = Rate {
    burst: 15,
    refill: Duration::from_mins(5),
};
/// Wrong codes from one address: in a room of 300 behind one, one in five mistypes, and a few guess.
const WRONG_CODES_OF_AN_ADDRESS: Rate = Rate {
    burst: 150,
    refill: Duration::from_mins(5),
};
/// Wrong codes from everywhere: a guesser with many addresses meets this one.
const WRONG_CODES_OF_ALL: Rate = Rate {
    burst: 600,
    refill: Duration::from_mins(5),
};
/// Right codes from one address, each of which makes a key: far over any workshop.
const JOINS_OF_AN_ADDRESS: Rate = Rate {
    burst: 3_000,
    refill: Duration::from_mins(10),
};
/// Boards from everywhere, against filling the disk.
const BOARDS_OF_ALL: Rate = Rate {
    burst: 2_000,
    refill: Duration::from_hours(1),
};
/// Browsers of an address that are remembered: more than it has wrong codes in the time that one needs to rest.
const BROWSERS: usize = 400;
/// Addresses that are remembered: 100,000 × 3 buckets is some 15 MB.
const ADDRESSES: usize = 100_000;

/// Messages from one socket: a drag is 60 a second, a script that posts notes one by one is more. A
/// socket that is over is read more slowly, which loses nothing and harms nobody else.
pub(crate) const MESSAGES: Rate = Rate {
    burst: 1_000,
    refill: Duration::from_secs(2),
};
/// Bytes from one socket: a whole large board at once, then a megabyte a second.
pub(crate) const BYTES: Rate = Rate {
    burst: 8 << 20,
    refill: Duration::from_secs(8),
};
/// Sockets in one board: the largest room that we have measured, and half as much again.
pub(crate) const SOCKETS_IN_A_BOARD: usize = 1_500;
/// Lines over HTTP in all: each holds a connection for its event stream, and now and then one more.
pub(crate) const LINES: usize = 2_500;
/// Connections that are no sockets (yet): browsers hold six each at most while a page loads, and lines
/// over HTTP one or two.
pub(crate) const CONNECTIONS: usize = 4_000;
/// Sockets in all.
pub(crate) const SOCKETS: usize = 20_000;
/// Those who check their network at once: each holds a connection for seconds.
pub(crate) const CHECKS: usize = 200;

const _: () = assert!(LINES + LINES / 2 + CHECKS < CONNECTIONS, "pages still load");

/// A bucket of tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bucket {
    rate: Rate,
    tokens: f64,
    at: Instant,
}

impl Bucket {
    /// A full one.
    pub(crate) fn full(rate: Rate, now: Instant) -> Self {
        Self {
            rate,
            tokens: f64::from(rate.burst),
            at: now,
        }
    }

    /// Takes so many tokens, or none if there are not so many.
    pub(crate) fn take(&mut self, tokens: u32, now: Instant) -> Result<(), Empty> {
        self.has(f64::from(tokens), now)?;
        self.tokens -= f64::from(tokens);
        Ok(())
    }

    /// Whether there are so many, and if not, when.
    fn has(&mut self, tokens: f64, now: Instant) -> Result<(), Empty> {
        self.fill(now);
        let missing = tokens - self.tokens;
        if missing <= 0.0 {
            return Ok(());
        }
        let wait = self
            .rate
            .refill
            .mul_f64(missing / f64::from(self.rate.burst));
        Err(Empty { wait })
    }

    /// Takes so many tokens also when there are not so many, and gives how long to pause for it.
    pub(crate) fn spend(&mut self, tokens: u32, now: Instant) -> Duration {
        self.fill(now);
        self.tokens -= f64::from(tokens);
        let debt = (-self.tokens).max(0.0) / f64::from(self.rate.burst);
        self.rate.refill.mul_f64(debt)
    }

    /// How full it is, 0 to 1.
    pub(crate) fn level(&mut self, now: Instant) -> f64 {
        self.fill(now);
        self.tokens / f64::from(self.rate.burst)
    }

    fn fill(&mut self, now: Instant) {
        let waited = now.saturating_duration_since(self.at).as_secs_f64();
        let burst = f64::from(self.rate.burst);
        self.tokens = (self.tokens + waited / self.rate.refill.as_secs_f64() * burst).min(burst);
        self.at = now;
    }
}

/// Too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Empty {
    /// How long until there is one more.
    pub(crate) wait: Duration,
}

/// What a browser says of itself. It is believed only to keep apart those who come from one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Browser(u64);

impl Browser {
    /// The one that calls itself so.
    pub(crate) fn called(name: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// The limits on people who have no key yet.
pub(crate) struct Doorkeeper {
    boards: Rate,
    state: Mutex<State>,
}

struct State {
    addresses: HashMap<IpAddr, Visitor>,
    wrong_codes: Bucket,
    boards: Bucket,
}

struct Visitor {
    wrong_codes: Bucket,
    /// Of those that had wrong codes lately.
    browsers: HashMap<Browser, Bucket>,
    joins: Bucket,
    boards: Bucket,
}

impl Visitor {
    fn is_rested(&mut self, now: Instant) -> bool {
        [&mut self.wrong_codes, &mut self.joins, &mut self.boards]
            .into_iter()
            .chain(self.browsers.values_mut())
            .all(|bucket| bucket.level(now) >= 1.0)
    }

    fn had_wrong_code(&mut self, browser: Browser, now: Instant) {
        // Empty is what `may_try_code` finds next time.
        let _ = self.wrong_codes.take(1, now);
        if self.browsers.len() >= BROWSERS {
            self.browsers.retain(|_, bucket| bucket.level(now) < 1.0);
        }
        if self.browsers.len() < BROWSERS || self.browsers.contains_key(&browser) {
            let full = || Bucket::full(WRONG_CODES_OF_A_BROWSER, now);
            let _ = self
                .browsers
                .entry(browser)
                .or_insert_with(full)
                .take(1, now);
        }
    }
}

impl Doorkeeper {
    /// One that lets an address make so many boards in an hour.
    pub(crate) fn new(boards_per_hour: u32, now: Instant) -> Self {
        Self {
            boards: Rate {
                burst: boards_per_hour,
                refill: Duration::from_hours(1),
            },
            state: Mutex::new(State {
                addresses: HashMap::new(),
                wrong_codes: Bucket::full(WRONG_CODES_OF_ALL, now),
                boards: Bucket::full(BOARDS_OF_ALL, now),
            }),
        }
    }

    /// May this browser at this address try a code? While guessers have used up everybody's wrong tries, an
    /// address must have more than half of its own left.
    pub(crate) fn may_try_code(
        &self,
        address: IpAddr,
        browser: Browser,
        now: Instant,
    ) -> Result<(), Empty> {
        self.with(address, now, |state, visitor| {
            let is_calm = state.wrong_codes.level(now) > 0.0;
            let of_address = f64::from(WRONG_CODES_OF_AN_ADDRESS.burst);
            let needed = if is_calm { 1.0 } else { of_address / 2.0 };
            visitor.wrong_codes.has(needed, now)?;
            match visitor.browsers.get_mut(&browser) {
                Some(bucket) => bucket.has(1.0, now),
                None => Ok(()),
            }
        })
    }

    /// Notes that a code was wrong.
    pub(crate) fn wrong_code(&self, address: IpAddr, browser: Browser, now: Instant) {
        self.with(address, now, |state, visitor| {
            visitor.had_wrong_code(browser, now);
            let _ = state.wrong_codes.take(1, now); // as for the address
        });
    }

    /// Notes that a code was right, and asks whether the address may have one more key.
    pub(crate) fn right_code(&self, address: IpAddr, now: Instant) -> Result<(), Empty> {
        self.with(address, now, |_, visitor| visitor.joins.take(1, now))
    }

    /// May this address make a board?
    pub(crate) fn make_board(&self, address: IpAddr, now: Instant) -> Result<(), Empty> {
        self.with(address, now, |state, visitor| {
            visitor.boards.take(1, now)?;
            state.boards.take(1, now)
        })
    }

    fn with<T>(
        &self,
        address: IpAddr,
        now: Instant,
        act: impl FnOnce(&mut Shared<'_>, &mut Visitor) -> T,
    ) -> T {
        let mut state = self
            .state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let State {
            addresses,
            wrong_codes,
            boards,
        } = &mut *state;
        if addresses.len() >= ADDRESSES {
            addresses.retain(|_, visitor| !visitor.is_rested(now));
            if addresses.len() >= ADDRESSES {
                addresses.clear(); // more than that at once is no workshop; the limits on all still hold
            }
        }
        let visitor = addresses
            .entry(network_of(address))
            .or_insert_with(|| Visitor {
                wrong_codes: Bucket::full(WRONG_CODES_OF_AN_ADDRESS, now),
                browsers: HashMap::new(),
                joins: Bucket::full(JOINS_OF_AN_ADDRESS, now),
                boards: Bucket::full(self.boards, now),
            });
        act(
            &mut Shared {
                wrong_codes,
                boards,
            },
            visitor,
        )
    }
}

/// The buckets that everybody takes from.
struct Shared<'a> {
    wrong_codes: &'a mut Bucket,
    boards: &'a mut Bucket,
}

/// One household has a whole /64 of IPv6 addresses; they count as one.
pub(crate) fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    fn one(number: u32) -> Browser {
        Browser::called(&number.to_string())
    }

    #[test]
    fn three_hundred_people_behind_one_address_get_in_within_a_minute_although_some_mistype() {
        let start = Instant::now();
        let doorkeeper = Doorkeeper::new(60, start);
        for person in 0..300 {
            let now = start + Duration::from_millis(200) * person;
            let may_try = || doorkeeper.may_try_code(HERE, one(person), now);
            assert_eq!(may_try(), Ok(()), "person {person}");
            if person % 3 == 0 {
                doorkeeper.wrong_code(HERE, one(person), now);
                assert_eq!(may_try(), Ok(()), "person {person} again");
            }
            assert_eq!(doorkeeper.right_code(HERE, now), Ok(()));
        }
    }

    #[test]
    fn who_tries_fifty_wrong_codes_waits_some_seconds_and_nobody_else_at_that_address_does() {
        let start = Instant::now();
        let doorkeeper = Doorkeeper::new(60, start);
        let mut refused = 0;
        for _ in 0..50 {
            match doorkeeper.may_try_code(HERE, one(1), start) {
                Ok(()) => doorkeeper.wrong_code(HERE, one(1), start),
                Err(Empty { wait }) => {
                    refused += 1;
                    assert_eq!(wait, Duration::from_secs(20));
                }
            }
        }
        assert_eq!(refused, 35);
        assert_eq!(doorkeeper.may_try_code(HERE, one(2), start), Ok(()));
        let later = start + Duration::from_secs(20);
        assert_eq!(doorkeeper.may_try_code(HERE, one(1), later), Ok(()));
    }

    #[test]
    fn an_address_that_guesses_under_many_names_is_stopped_and_another_is_not() {
        let start = Instant::now();
        let doorkeeper = Doorkeeper::new(60, start);
        let guesses = (0..1_000).take_while(|&name| {
            let may = doorkeeper.may_try_code(HERE, one(name), start).is_ok();
            doorkeeper.wrong_code(HERE, one(name), start);
            may
        });
        assert_eq!(guesses.count(), 150);
        assert_eq!(doorkeeper.may_try_code(THERE, one(0), start), Ok(()));
        let later = start + Duration::from_secs(10);
        assert_eq!(
            doorkeeper.may_try_code(HERE, one(2_000), later),
            Ok(()),
            "it fills again"
        );
    }

    #[test]
    fn guessers_with_many_addresses_meet_the_limit_of_all_and_a_fresh_address_still_gets_in() {
        let start = Instant::now();
        let doorkeeper = Doorkeeper::new(60, start);
        let guesser = |number: u32| IpAddr::V4(std::net::Ipv4Addr::from(0x0a00_0000 + number));
        for guess in 0..600_u32 {
            doorkeeper.wrong_code(guesser(guess / 100), one(guess), start);
        }
        let refused = doorkeeper.may_try_code(guesser(0), one(0), start);
        assert!(refused.is_err_and(|empty| empty.wait > Duration::from_secs(30)));
        assert_eq!(doorkeeper.may_try_code(HERE, one(0), start), Ok(()));
    }

    #[test]
    fn an_address_makes_so_many_boards_in_an_hour() {
        let start = Instant::now();
        let doorkeeper = Doorkeeper::new(2, start);
        assert_eq!(doorkeeper.make_board(HERE, start), Ok(()));
        assert_eq!(doorkeeper.make_board(HERE, start), Ok(()));
        let wait = Duration::from_mins(30);
        assert_eq!(doorkeeper.make_board(HERE, start), Err(Empty { wait }));
        assert_eq!(doorkeeper.make_board(THERE, start), Ok(()));
        assert_eq!(
            doorkeeper.make_board(HERE, start + Duration::from_secs(1801)),
            Ok(())
        );
    }

    #[test]
    fn a_socket_over_its_rate_pauses_for_what_it_is_over() {
        let start = Instant::now();
        let mut bucket = Bucket::full(
            Rate {
                burst: 100,
                refill: Duration::from_secs(1),
            },
            start,
        );
        assert_eq!(bucket.spend(100, start), Duration::ZERO);
        assert_eq!(bucket.spend(50, start), Duration::from_millis(500));
        assert_eq!(
            bucket.spend(0, start + Duration::from_millis(500)),
            Duration::ZERO
        );
    }

    #[test]
    fn a_household_of_ipv6_addresses_counts_as_one() {
        let one: IpAddr = "2001:db8:1:2:3::1".parse().unwrap();
        let other: IpAddr = "2001:db8:1:2:4::9".parse().unwrap();
        assert_eq!(network_of(one), network_of(other));
        assert_eq!(network_of("::ffff:192.0.2.1".parse().unwrap()), HERE);
    }
}
