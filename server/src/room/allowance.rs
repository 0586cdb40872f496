//! How much of a board's time each person may ask for. Everybody has an allowance of their own, and all who do not
//! facilitate have one together: who invents people for it leaves something to those who lead.

use crate::access::{
    bucket::{Bucket, Rate},
    costly::Costly,
};
use samtavle_shared::ids::PersonId;
use std::{collections::HashMap, net::IpAddr, sync::Arc, time::Duration};

/// Commands of one person: who pastes two hundred drafts asks for two hundred things at once, and does it for several
/// people without a device. Then five a second.
const COMMANDS: Rate = Rate {
    burst: 1_000,
    refill: Duration::from_secs(200),
};
/// What all notes or all people are looked at for: nobody reads a thought in less time than four seconds.
const COSTLY: Rate = Rate {
    burst: 12,
    refill: Duration::from_secs(48),
};
/// The same of who facilitates, who steers with it.
const COSTLY_OF_LEAD: Rate = Rate {
    burst: 60,
    refill: Duration::from_mins(1),
};
/// The same of all who do not facilitate: 300 people who press at the same moment.
const COSTLY_OF_ALL: Rate = Rate {
    burst: 300,
    refill: Duration::from_mins(1),
};
/// The same of who facilitates, when their network has used up what it has on all boards.
const KEPT_FOR_LEAD: Rate = Rate {
    burst: 10,
    refill: Duration::from_secs(20),
};
/// Commands of all who do not facilitate, 200 a second: what is written down of a session is read when its board opens.
const COMMANDS_OF_ALL: Rate = Rate {
    burst: 20_000,
    refill: Duration::from_secs(100),
};
/// Steps of merging that one person may make the room take: one update of the most that the guard admits, and then about
/// a twentieth of a core. Two who wrote a thousand words each in the same spot without a line between them need ten million.
const STEPS: Rate = Rate {
    burst: 30_000_000,
    refill: Duration::from_secs(30),
};
/// Those who are remembered before those who have rested are forgotten.
const REMEMBERED: usize = 2_000;

/// Everybody's, on one board.
pub(super) struct Allowances {
    of: HashMap<PersonId, Own>,
    commands_of_all: Bucket,
    costly_of_all: Bucket,
    kept_for_lead: Bucket,
    /// Of all boards.
    networks: Arc<Costly>,
}

struct Own {
    commands: Bucket,
    costly: Bucket,
    leading: Bucket,
    steps: Bucket,
}

/// Who asks, as far as it matters here.
#[derive(Clone, Copy)]
pub(super) struct Asker<'a> {
    pub(super) person: &'a PersonId,
    pub(super) leads: bool,
    pub(super) address: IpAddr,
}

/// There is nothing left just now.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UsedUp;

impl Allowances {
    /// All of it. `networks` is of all boards.
    pub(super) fn new(networks: Arc<Costly>) -> Self {
        let full = |rate| Bucket::full(rate, Duration::ZERO);
        Self {
            of: HashMap::new(),
            commands_of_all: full(COMMANDS_OF_ALL),
            costly_of_all: full(COSTLY_OF_ALL),
            kept_for_lead: full(KEPT_FOR_LEAD),
            networks,
        }
    }

    /// Takes one command from somebody's, at this steady moment (ms).
    pub(super) fn take_command(
        &mut self,
        asker: Asker<'_>,
        is_costly: bool,
        now: u64,
    ) -> Result<(), UsedUp> {
        let at = Duration::from_millis(now);
        let own = self.own(asker.person, at);
        one_of(&mut own.commands, at)?;
        if is_costly {
            one_of(
                if asker.leads {
                    &mut own.leading
                } else {
                    &mut own.costly
                },
                at,
            )?;
        }
        if !asker.leads {
            one_of(&mut self.commands_of_all, at)?;
            if is_costly {
                one_of(&mut self.costly_of_all, at)?;
            }
        }
        if is_costly && self.networks.take_turn(asker.address, at).is_err() {
            return if asker.leads {
                one_of(&mut self.kept_for_lead, at)
            } else {
                Err(UsedUp)
            };
        }
        Ok(())
    }

    fn own(&mut self, person: &PersonId, at: Duration) -> &mut Own {
        if self.of.len() >= REMEMBERED && !self.of.contains_key(person) {
            self.of.retain(|_, own| !own.has_rested(at));
        }
        self.of.entry(person.clone()).or_insert_with(|| Own {
            commands: Bucket::full(COMMANDS, at),
            costly: Bucket::full(COSTLY, at),
            leading: Bucket::full(COSTLY_OF_LEAD, at),
            steps: Bucket::full(STEPS, at),
        })
    }

    /// How many steps of merging somebody may still make the room take.
    pub(super) fn steps_left(&mut self, person: &PersonId, now: u64) -> u64 {
        let at = Duration::from_millis(now);
        self.own(person, at).steps.left(at).max(0.0) as u64
    }

    /// The room took them.
    pub(super) fn merged(&mut self, person: &PersonId, steps: u64, now: u64) {
        let at = Duration::from_millis(now);
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        // How long to wait is asked by `steps_left`.
        let _ = self.own(person, at).steps.spend(steps, at);
    }
}

impl Own {
    fn has_rested(&mut self, at: Duration) -> bool {
        let all = [
            &mut self.commands,
            &mut self.costly,
            &mut self.leading,
            &mut self.steps,
        ];
        all.into_iter().all(|bucket| bucket.level(at) >= 1.0)
    }
}

fn one_of(bucket: &mut Bucket, at: Duration) -> Result<(), UsedUp> {
    bucket.take_tokens(1, at).map_err(|_| UsedUp)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

    fn a_board() -> Allowances {
        Allowances::new(Arc::default())
    }

    fn takes(
        allowances: &mut Allowances,
        (person, leads): (&str, bool),
        is_costly: bool,
        now: u64,
    ) -> bool {
        let person = &PersonId::from(person);
        let asker = Asker {
            person,
            leads,
            address: HERE,
        };
        allowances.take_command(asker, is_costly, now).is_ok()
    }

    fn costly(allowances: &mut Allowances, person: &str, leads: bool, now: u64) -> usize {
        let mut take = || takes(allowances, (person, leads), true, now);
        (0..100).take_while(|_| take()).count()
    }

    #[test]
    fn who_makes_many_boards_has_no_more_than_their_network_and_leaves_each_lead_a_little() {
        let networks = Arc::<Costly>::default();
        let mut boards: Vec<Allowances> = (0..20)
            .map(|_| Allowances::new(Arc::clone(&networks)))
            .collect();
        let mut had = 0;
        for board in &mut boards {
            for person in 0..30 {
                had += costly(board, &person.to_string(), false, 0);
            }
        }
        assert_eq!(had, 600);
        for board in &mut boards {
            assert_eq!(costly(board, "lead", true, 0), 10);
        }
    }

    #[test]
    fn who_asks_again_and_again_waits_and_nobody_else_does() {
        let mut allowances = a_board();
        assert_eq!(costly(&mut allowances, "eva", false, 0), 12);
        assert!(takes(&mut allowances, ("eva", false), false, 0));
        assert_eq!(costly(&mut allowances, "kari", false, 0), 12);
        assert_eq!(costly(&mut allowances, "eva", false, 4_000), 1);
    }

    #[test]
    fn invented_people_leave_something_to_who_leads() {
        let mut allowances = a_board();
        let invented = (0..100).map(|person| person.to_string());
        let had: usize = invented
            .map(|person| costly(&mut allowances, &person, false, 0))
            .sum();
        assert_eq!(had, 300);
        assert_eq!(costly(&mut allowances, "lead", true, 0), 60);
    }

    #[test]
    fn who_makes_the_room_merge_much_waits_until_it_has_rested() {
        let mut allowances = a_board();
        let eva = PersonId::from("eva");
        assert_eq!(allowances.steps_left(&eva, 0), 30_000_000);
        allowances.merged(&eva, 20_000_000, 0);
        allowances.merged(&eva, 20_000_000, 0);
        assert_eq!(allowances.steps_left(&eva, 0), 0);
        assert_eq!(allowances.steps_left(&eva, 15_000), 5_000_000);
        assert_eq!(allowances.steps_left(&"kari".into(), 0), 30_000_000);
    }

    #[test]
    fn those_who_have_rested_are_forgotten() {
        let mut allowances = a_board();
        for person in 0..2 * REMEMBERED {
            let now = person as u64 * 1_000;
            let person = person.to_string();
            assert!(takes(&mut allowances, (&person, false), false, now));
        }
        assert!(allowances.of.len() <= REMEMBERED);
    }
}
