//! The limits, with a clock of the tests.

use super::*;

const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

fn one(number: u32) -> Browser {
    Browser::called(&number.to_string())
}

#[test]
fn three_hundred_people_behind_one_address_get_in_within_a_minute_although_some_mistype() {
    let start = Duration::ZERO;
    let doorkeeper = Doorkeeper::new(60, start);
    for person in 0..300 {
        let now = start + Duration::from_millis(200) * person;
        let may_try = || doorkeeper.may_try_code(HERE, one(person), now);
        assert_eq!(may_try(), Ok(()), "person {person}");
        if person % 3 == 0 {
            doorkeeper.wrong_code(HERE, one(person), now);
            assert_eq!(may_try(), Ok(()), "person {person} again");
        }
        assert_eq!(
            doorkeeper.right_code(HERE, one(person), Guessed::Yes, now),
            Ok(())
        );
    }
}

#[test]
fn who_tries_fifty_wrong_codes_waits_some_seconds_and_nobody_else_at_that_address_does() {
    let start = Duration::ZERO;
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
    let start = Duration::ZERO;
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

/// One of as many networks as one likes.
fn network(number: u32) -> IpAddr {
    IpAddr::V4(std::net::Ipv4Addr::from(0x0a00_0000 + (number << 8)))
}

/// Guesses from there until it is refused, or so often.
fn guesses(doorkeeper: &Doorkeeper, address: IpAddr, most: u32, now: Duration) -> u32 {
    let goes_on = |_: &u32| doorkeeper.guess(address, now).is_ok();
    (0..most).take_while(goes_on).count() as u32
}

#[test]
fn nobody_guesses_more_than_the_limit_of_all_from_however_many_networks() {
    let start = Duration::ZERO;
    let doorkeeper = Doorkeeper::new(60, start);
    let first: u32 = (0..10_000)
        .map(|number| guesses(&doorkeeper, network(number), 10, start))
        .sum();
    assert_eq!(first, GUESSES_OF_ALL.burst);
    let fresh = network(20_000);
    assert!(doorkeeper.guess(fresh, start).is_err(), "right or wrong");
    let later = start + Duration::from_hours(1);
    let second: u32 = (0..10_000)
        .map(|number| guesses(&doorkeeper, network(30_000 + number), 10, later))
        .sum();
    assert_eq!(second, 120, "two a minute");
}

#[test]
fn who_guesses_from_sixty_networks_is_stopped_before_a_hall_is() {
    let start = Duration::ZERO;
    let doorkeeper = Doorkeeper::new(60, start);
    let guessed: u32 = (0..20)
        .flat_map(|_| 0..60)
        .map(|number| guesses(&doorkeeper, network(number), 1, start))
        .sum();
    assert!((500..600).contains(&guessed), "{guessed}");
    assert_eq!(doorkeeper.guess(HERE, start), Ok(()));
    assert_eq!(doorkeeper.guess(HERE, start), Ok(()), "mistyped once");
}

#[test]
fn a_right_code_gives_back_what_was_mistyped_to_its_address_and_nothing_to_a_guesser() {
    let start = Duration::ZERO;
    let doorkeeper = Doorkeeper::new(60, start);
    for person in 0..400 {
        assert_eq!(doorkeeper.may_try_code(HERE, one(person), start), Ok(()));
        doorkeeper.wrong_code(HERE, one(person), start);
        assert_eq!(
            doorkeeper.right_code(HERE, one(person), Guessed::Yes, start),
            Ok(())
        );
    }
    assert_eq!(doorkeeper.guess(HERE, start), Ok(()));
    // Guessing, and after each guess the code of a board of one's own.
    let knows = || {
        doorkeeper.guess(THERE, start).is_ok()
            && doorkeeper
                .right_code(THERE, one(0), Guessed::Yes, start)
                .is_ok()
    };
    let guessed = (0..2_000).filter(|_| {
        guesses(&doorkeeper, THERE, 1, start) == 1 && {
            knows();
            true
        }
    });
    assert!(guessed.count() < 300);
}

/// The numbers that SECURITY.md tells.
#[test]
fn security_md_says_how_seldom_a_code_is_guessed() {
    let day = Duration::from_hours(24);
    let refills = day.as_secs_f64() / GUESSES_OF_ALL.refill.as_secs_f64();
    let guesses_a_day = refills * f64::from(GUESSES_OF_ALL.burst);
    let codes = crate::access::codes::codes();
    let odds = |boards: f64| guesses_a_day * 365.0 * boards / codes as f64;
    let said = [
        format!("{} codes", grouped(codes)),
        format!("{} guesses a day", grouped(guesses_a_day as u64)),
        format!(
            "100 boards with a living code: one board in {:.0} years",
            1.0 / odds(100.0)
        ),
        format!("1,000: one in {:.1} years", 1.0 / odds(1_000.0)),
    ];
    let page = include_str!("../../../SECURITY.md");
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in said {
        assert!(page.contains(&said), "SECURITY.md does not say: {said}");
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[test]
fn an_address_makes_so_many_boards_in_an_hour() {
    let start = Duration::ZERO;
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
fn a_household_of_ipv6_addresses_counts_as_one() {
    let one: IpAddr = "2001:db8:1:2:3::1".parse().unwrap();
    let other: IpAddr = "2001:db8:1:2:4::9".parse().unwrap();
    assert_eq!(network_of(one), network_of(other));
    assert_eq!(network_of("::ffff:192.0.2.1".parse().unwrap()), HERE);
}

#[test]
fn who_makes_thousands_of_boards_from_some_addresses_stops_nobody_else() {
    let start = Duration::ZERO;
    let doorkeeper = &Doorkeeper::new(1_500, start);
    let [one, other] = [1, 2].map(|last| IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, last)));
    let made = |address| (0..2_000).filter(move |_| doorkeeper.make_board(address, start).is_ok());
    assert_eq!(made(one).count(), 1_500);
    assert!(made(other).count() < 1_000);
    assert_eq!(doorkeeper.make_board(HERE, start), Ok(()));
    assert!(doorkeeper.make_board(other, start).is_err());
}
