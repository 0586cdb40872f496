//! How much of a board's time each person may ask for. Everybody has an allowance of their own, and all who do not
//! facilitate have one together: who invents people for it leaves something to those who lead.

use samtavle_shared::ids::PersonId;
use std::collections::HashMap;

/// Commands of one person: who pastes two hundred drafts asks for two hundred things at once, and does it for several
/// people without a device.
const COMMANDS: Rate = Rate {
    burst: 1_000.0,
    per_second: 5.0,
};
/// What all notes or all people are looked at for: nobody reads a thought in less time.
const COSTLY: Rate = Rate {
    burst: 12.0,
    per_second: 0.25,
};
/// The same of who facilitates, who steers with it.
const COSTLY_OF_LEAD: Rate = Rate {
    burst: 60.0,
    per_second: 1.0,
};
/// The same of all who do not facilitate: 300 people who press at the same moment.
const COSTLY_OF_ALL: Rate = Rate {
    burst: 300.0,
    per_second: 5.0,
};
/// Commands of all who do not facilitate: what is written down of a session is read when its board opens.
const COMMANDS_OF_ALL: Rate = Rate {
    burst: 20_000.0,
    per_second: 200.0,
};
/// Steps of merging that one person may make the room take: one update of the most that the guard admits, and then about
/// a twentieth of a core. Two who wrote a thousand words each in the same spot without a line between them need ten million.
const STEPS: Rate = Rate {
    burst: 30_000_000.0,
    per_second: 1_000_000.0,
};
/// Those who are remembered before those who have rested are forgotten.
const REMEMBERED: usize = 2_000;

/// How many, and how soon again.
struct Rate {
    burst: f64,
    per_second: f64,
}

/// What is left of it.
struct Left {
    of: &'static Rate,
    count: f64,
    at: u64,
}

/// Everybody's.
#[derive(Default)]
pub(super) struct Allowances {
    of: HashMap<PersonId, Own>,
    commands_of_all: Option<Left>,
    costly_of_all: Option<Left>,
}

struct Own {
    commands: Left,
    costly: Left,
    leading: Left,
    steps: Left,
}

/// There is nothing left just now.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UsedUp;

impl Allowances {
    /// Takes one command from somebody's, at this steady moment (ms).
    pub(super) fn take(
        &mut self,
        person: &PersonId,
        leads: bool,
        is_costly: bool,
        now: u64,
    ) -> Result<(), UsedUp> {
        self.own(person, now).commands.take(now)?;
        if leads {
            return if is_costly {
                self.own(person, now).leading.take(now)
            } else {
                Ok(())
            };
        }
        let of_all = &mut self.commands_of_all;
        of_all
            .get_or_insert_with(|| Left::all(&COMMANDS_OF_ALL, now))
            .take(now)?;
        if !is_costly {
            return Ok(());
        }
        self.own(person, now).costly.take(now)?;
        let of_all = &mut self.costly_of_all;
        of_all
            .get_or_insert_with(|| Left::all(&COSTLY_OF_ALL, now))
            .take(now)
    }

    fn own(&mut self, person: &PersonId, now: u64) -> &mut Own {
        if self.of.len() >= REMEMBERED && !self.of.contains_key(person) {
            self.of.retain(|_, own| !own.has_rested(now));
        }
        self.of.entry(person.clone()).or_insert_with(|| Own {
            commands: Left::all(&COMMANDS, now),
            costly: Left::all(&COSTLY, now),
            leading: Left::all(&COSTLY_OF_LEAD, now),
            steps: Left::all(&STEPS, now),
        })
    }

    /// How many steps of merging somebody may still make the room take.
    pub(super) fn steps_left(&mut self, person: &PersonId, now: u64) -> u64 {
        let steps = &mut self.own(person, now).steps;
        steps.fill(now);
        steps.count.max(0.0) as u64
    }

    /// The room took them.
    pub(super) fn merged(&mut self, person: &PersonId, steps: u64, now: u64) {
        let left = &mut self.own(person, now).steps;
        left.fill(now);
        left.count -= steps as f64;
    }
}

impl Own {
    fn has_rested(&mut self, now: u64) -> bool {
        let leading = self.leading.fill(now);
        let steps = self.steps.fill(now);
        let costly = self.costly.fill(now);
        self.commands.fill(now) && costly && leading && steps
    }
}

impl Left {
    fn all(of: &'static Rate, now: u64) -> Self {
        Self {
            of,
            count: of.burst,
            at: now,
        }
    }

    fn take(&mut self, now: u64) -> Result<(), UsedUp> {
        self.fill(now);
        if self.count < 1.0 {
            return Err(UsedUp);
        }
        self.count -= 1.0;
        Ok(())
    }

    /// Whether it is all there again.
    fn fill(&mut self, now: u64) -> bool {
        let seconds = now.saturating_sub(self.at) as f64 / 1_000.0;
        self.count = (self.count + seconds * self.of.per_second).min(self.of.burst);
        self.at = now;
        self.count >= self.of.burst
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costly(allowances: &mut Allowances, person: &str, leads: bool, now: u64) -> usize {
        let mut take = || allowances.take(&person.into(), leads, true, now).is_ok();
        (0..100).take_while(|_| take()).count()
    }

    #[test]
    fn who_asks_again_and_again_waits_and_nobody_else_does() {
        let mut allowances = Allowances::default();
        assert_eq!(costly(&mut allowances, "eva", false, 0), 12);
        assert_eq!(allowances.take(&"eva".into(), false, false, 0), Ok(()));
        assert_eq!(costly(&mut allowances, "kari", false, 0), 12);
        assert_eq!(costly(&mut allowances, "eva", false, 4_000), 1);
    }

    #[test]
    fn invented_people_leave_something_to_who_leads() {
        let mut allowances = Allowances::default();
        let invented = (0..100).map(|person| person.to_string());
        let had: usize = invented
            .map(|person| costly(&mut allowances, &person, false, 0))
            .sum();
        assert_eq!(had, 300);
        assert_eq!(costly(&mut allowances, "lead", true, 0), 60);
    }

    #[test]
    fn who_makes_the_room_merge_much_waits_until_it_has_rested() {
        let mut allowances = Allowances::default();
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
        let mut allowances = Allowances::default();
        for person in 0..2 * REMEMBERED {
            let now = person as u64 * 1_000;
            let taken = allowances.take(&person.to_string().as_str().into(), false, false, now);
            assert_eq!(taken, Ok(()));
        }
        assert!(allowances.of.len() <= REMEMBERED);
    }
}
