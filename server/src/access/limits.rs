//! How often somebody may try, make and send, by token buckets in memory.
//!
//! A workshop of 300 people behind one address must get in within a minute, so right codes cost
//! nothing; only wrong ones do. A whole hospital may come from one address, so each browser there has few wrong
//! tries of its own, and the address as a whole has many: one who guesses locks out nobody else. A browser is
//! known by what it says of itself; who says something new each time meets the limit of the address. When a browser or
//! an address has none left, all its tries are refused, right or wrong, for otherwise refusing would tell nothing.
//!
//! Who has many addresses meets the limit of all, and that one is hard: a code that might be a board's and is none costs one
//! of [`GUESSES_OF_ALL`], and when there are none nobody is told whether a code is right. The fewer there are, the more
//! of its own tries a network (/24, /48) must have left, so that who guesses much stops first. What is no code at all (a word
//! misspelled, which is how people mistype) tells a guesser nothing and costs nothing there. Who comes from the network in which the
//! board's own people sit is let in all the same (`room::Registry::is_home`), so a guesser shuts no hall. A right code gives an
//! address and its browser back what they had mistyped, and gives nothing back to all: anybody can make a board and know its code.

use super::bucket::{Bucket, Empty, Rate};
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

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
/// Guesses from one network of addresses.
const GUESSES_OF_A_NETWORK: Rate = Rate {
    burst: 300,
    refill: Duration::from_mins(10),
};
/// Guesses from everywhere: all that somebody with any number of addresses has. Two a minute.
const GUESSES_OF_ALL: Rate = Rate {
    burst: 600,
    refill: Duration::from_hours(5),
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
/// Of these, kept for facilitators and walls.
pub(crate) const KEPT_IN_A_BOARD: usize = 50;
/// Lines over HTTP in all: each holds a connection for its event stream, and now and then one more.
pub(crate) const LINES: usize = 2_500;
/// Connections that are no sockets (yet): browsers hold six each at most while a page loads, and lines
/// over HTTP one or two.
pub(crate) const CONNECTIONS: usize = 4_000;
/// Sockets in all.
pub(crate) const SOCKETS: usize = 20_000;
/// Of sockets and of lines, kept for facilitators and walls of all boards.
pub(crate) const KEPT: usize = 500;
/// Those who check their network at once: each holds a connection for seconds.
pub(crate) const CHECKS: usize = 200;

const _: () = assert!(LINES + LINES / 2 + CHECKS < CONNECTIONS, "pages still load");

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
    /// Of networks that have guessed lately.
    networks: HashMap<IpAddr, Bucket>,
    guesses: Bucket,
    boards: Bucket,
}

struct Visitor {
    wrong_codes: Bucket,
    /// Of those that had wrong codes lately.
    browsers: HashMap<Browser, Bucket>,
    joins: Bucket,
    boards: Bucket,
}

/// Whether a try had cost one of the guesses of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guessed {
    /// It had.
    Yes,
    /// There were none left.
    No,
}

impl Visitor {
    fn is_rested(&mut self, now: Duration) -> bool {
        [&mut self.wrong_codes, &mut self.joins, &mut self.boards]
            .into_iter()
            .chain(self.browsers.values_mut())
            .all(|bucket| bucket.level(now) >= 1.0)
    }

    fn had_wrong_code(&mut self, browser: Browser, now: Duration) {
        // Empty is what `may_try_code` finds next time.
        let _ = self.wrong_codes.take_tokens(1, now);
        if self.browsers.len() >= BROWSERS {
            self.browsers.retain(|_, bucket| bucket.level(now) < 1.0);
        }
        if self.browsers.len() < BROWSERS || self.browsers.contains_key(&browser) {
            let full = || Bucket::full(WRONG_CODES_OF_A_BROWSER, now);
            let _ = self
                .browsers
                .entry(browser)
                .or_insert_with(full)
                .take_tokens(1, now);
        }
    }

    fn had_right_code(&mut self, browser: Browser, now: Duration) {
        if let Some(mut mistyped) = self.browsers.remove(&browser) {
            let missing = 1.0 - mistyped.level(now);
            self.wrong_codes
                .give(missing * f64::from(WRONG_CODES_OF_A_BROWSER.burst));
        }
    }
}

impl Doorkeeper {
    /// One that lets an address make so many boards in an hour.
    pub(crate) fn new(boards_per_hour: u32, now: Duration) -> Self {
        Self {
            boards: Rate {
                burst: boards_per_hour,
                refill: Duration::from_hours(1),
            },
            state: Mutex::new(State {
                addresses: HashMap::new(),
                networks: HashMap::new(),
                guesses: Bucket::full(GUESSES_OF_ALL, now),
                boards: Bucket::full(BOARDS_OF_ALL, now),
            }),
        }
    }

    /// May this browser at this address try a code? Asked before the code is looked at.
    pub(crate) fn may_try_code(
        &self,
        address: IpAddr,
        browser: Browser,
        now: Duration,
    ) -> Result<(), Empty> {
        self.with(address, now, |_, visitor| {
            visitor.wrong_codes.has(1.0, now)?;
            match visitor.browsers.get_mut(&browser) {
                Some(bucket) => bucket.has(1.0, now),
                None => Ok(()),
            }
        })
    }

    /// May anybody in this network be told whether a code that can be one is right? If so it costs one, which
    /// [`Self::right_code`] gives back. The answer is the same for right and wrong codes.
    pub(crate) fn guess(&self, address: IpAddr, now: Duration) -> Result<(), Empty> {
        let mut state = self.locked();
        let State {
            networks, guesses, ..
        } = &mut *state;
        guesses.has(1.0, now)?;
        if networks.len() >= ADDRESSES {
            networks.retain(|_, bucket| bucket.level(now) < 1.0);
            if networks.len() >= ADDRESSES {
                networks.clear(); // as below
            }
        }
        let full = || Bucket::full(GUESSES_OF_A_NETWORK, now);
        let network = networks
            .entry(wide_network_of(address))
            .or_insert_with(full);
        let needed = (1.0 - guesses.level(now)) * f64::from(GUESSES_OF_A_NETWORK.burst);
        network.has(needed.max(1.0), now)?;
        network.take_tokens(1, now)?;
        guesses.take_tokens(1, now)
    }

    /// Notes that a code was wrong.
    pub(crate) fn wrong_code(&self, address: IpAddr, browser: Browser, now: Duration) {
        self.with(address, now, |_, visitor| {
            visitor.had_wrong_code(browser, now);
        });
    }

    /// Notes that a code was right, and asks whether the address may have one more key. `guessed`: it had cost a guess.
    pub(crate) fn right_code(
        &self,
        address: IpAddr,
        browser: Browser,
        guessed: Guessed,
        now: Duration,
    ) -> Result<(), Empty> {
        if guessed == Guessed::Yes {
            let mut state = self.locked();
            state.guesses.give(1.0);
            if let Some(network) = state.networks.get_mut(&wide_network_of(address)) {
                network.give(1.0);
            }
        }
        self.with(address, now, |_, visitor| {
            visitor.had_right_code(browser, now);
            visitor.joins.take_tokens(1, now)
        })
    }

    /// May this address make a board?
    pub(crate) fn make_board(&self, address: IpAddr, now: Duration) -> Result<(), Empty> {
        self.with(address, now, |everybody, visitor| {
            visitor.boards.take_tokens(1, now)?;
            // When some have made all that there are for everybody, who has made few may go on.
            let has_most = visitor.boards.level(now) >= 0.5;
            everybody
                .take_tokens(1, now)
                .or_else(|empty| if has_most { Ok(()) } else { Err(empty) })
        })
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(
        &self,
        address: IpAddr,
        now: Duration,
        act: impl FnOnce(&mut Bucket, &mut Visitor) -> T,
    ) -> T {
        let mut state = self.locked();
        let State {
            addresses, boards, ..
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
        act(boards, visitor)
    }
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

/// Addresses that somebody has many of: a /24, of IPv6 a /48.
pub(crate) fn wide_network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            std::net::Ipv4Addr::new(a, b, c, 0).into()
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            std::net::Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).into()
        }
    }
}

#[cfg(test)]
#[path = "limits_tests.rs"]
mod tests;
