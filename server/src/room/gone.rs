//! When what was taken off the board goes for good: it stays in the document for a while, so that it can be
//! brought back with all that others wrote in it; then the server takes it out, so that a board does not grow
//! by what nobody sees, and what somebody deleted really goes.

use crate::{clock::Now, log::Seq};
use samtavle_shared::{
    board::ThingId,
    limits::{KEEP_GONE_MS, KEEP_THROWN_MS},
};
use std::collections::{BTreeMap, BTreeSet};

/// How often a board with news is looked through, in milliseconds.
const LOOK_EVERY_MS: u64 = 5 * 60_000;
/// What went so long ago by its own word is not kept for another while when a board is opened: else nothing
/// would ever go from a board on which nobody stays for long. A device's clock may be hours off.
const LONG_AGO_MS: f64 = 24.0 * 3_600_000.0;

/// The things of a board that are gone, and when the room first saw it.
#[derive(Default)]
pub(super) struct Gone {
    since: BTreeMap<ThingId, u64>,
    /// The newest record when it last looked; `None`: it never has.
    looked_after: Option<Seq>,
    look_at: u64,
}

impl Gone {
    /// When to look, if `last` is the newest record; `None`: nothing can be due.
    pub(super) fn wakes_at(&self, last: Seq) -> Option<u64> {
        let is_known = self.looked_after.unwrap_or(0) == last && self.since.is_empty();
        (!is_known).then_some(self.look_at)
    }

    /// What goes for good now, of all that is gone; asked at any time. What is in the bin stays for longer. Both are looked
    /// at only when it is time to.
    pub(super) fn due(
        &mut self,
        last: Seq,
        now: Now,
        bin: impl FnOnce() -> BTreeSet<ThingId>,
        gone: impl FnOnce() -> Vec<(ThingId, f64)>,
    ) -> Vec<ThingId> {
        if self.wakes_at(last).is_none_or(|at| now.steady < at) {
            return Vec::new();
        }
        let is_opened = self.looked_after.is_none();
        let before = std::mem::take(&mut self.since);
        let bin = bin();
        let mut due = Vec::new();
        for (thing, at) in gone() {
            let since = before.get(&thing).copied().unwrap_or(now.steady);
            let was_long_ago = is_opened && now.wall as f64 - at > LONG_AGO_MS;
            let keep_ms = if bin.contains(&thing) {
                KEEP_THROWN_MS
            } else {
                KEEP_GONE_MS
            };
            if was_long_ago || now.steady >= since + keep_ms {
                due.push(thing);
            } else {
                self.since.insert(thing, since);
            }
        }
        self.looked_after = Some(last);
        self.look_at = now.steady + LOOK_EVERY_MS;
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A_MINUTE: u64 = 60_000;

    fn at(steady: u64) -> Now {
        let wall = 1_700_000_000_000 + steady.cast_signed();
        Now { wall, steady }
    }

    fn bin() -> BTreeSet<ThingId> {
        [ThingId::Note("thrown".into())].into()
    }

    /// Looks whenever it asks to be woken, until then; what went for good, and when.
    fn until(gone: &mut Gone, end: u64, last: Seq, things: &[(&str, f64)]) -> Vec<(u64, String)> {
        let mut left: Vec<(ThingId, f64)> = things
            .iter()
            .map(|(id, at)| (ThingId::Note((*id).into()), *at))
            .collect();
        let mut went = Vec::new();
        while let Some(wakes) = gone.wakes_at(last).filter(|wakes| *wakes <= end) {
            for thing in gone.due(last, at(wakes), bin, || left.clone()) {
                left.retain(|(other, _)| *other != thing);
                went.push((wakes, format!("{thing:?}")));
            }
        }
        went
    }

    #[test]
    fn what_is_gone_goes_for_good_after_a_while_and_not_before() {
        let mut gone = Gone::default();
        assert_eq!(gone.wakes_at(0), None, "a board without a record");
        let just_now = at(0).wall as f64;
        assert!(until(&mut gone, 29 * A_MINUTE, 3, &[("a", just_now)]).is_empty());
        let went = until(&mut gone, 40 * A_MINUTE, 3, &[("a", just_now)]);
        assert_eq!(went, [(30 * A_MINUTE, "Note(NoteId(a))".to_owned())]);
        assert_eq!(gone.wakes_at(3), None, "nothing waits");
    }

    #[test]
    fn what_is_in_the_bin_is_kept_for_a_day() {
        let mut gone = Gone::default();
        let thrown = [("thrown", at(0).wall as f64)];
        assert!(until(&mut gone, 23 * 60 * A_MINUTE, 3, &thrown).is_empty());
        let went = until(&mut gone, 25 * 60 * A_MINUTE, 3, &thrown);
        assert_eq!(
            went,
            [(24 * 60 * A_MINUTE, "Note(NoteId(thrown))".to_owned())]
        );
    }

    #[test]
    fn what_came_back_and_went_again_is_kept_for_another_while() {
        let mut gone = Gone::default();
        until(&mut gone, 20 * A_MINUTE, 3, &[("a", 1.7e12)]);
        assert!(until(&mut gone, 25 * A_MINUTE, 4, &[]).is_empty());
        assert!(until(&mut gone, 50 * A_MINUTE, 5, &[("a", 1.7e12)]).is_empty());
        assert_eq!(
            until(&mut gone, 70 * A_MINUTE, 5, &[("a", 1.7e12)]).len(),
            1
        );
    }

    #[test]
    fn what_went_long_before_the_board_was_opened_goes_at_once_and_a_clock_that_is_off_harms_nobody_later()
     {
        let mut gone = Gone::default();
        let (yesterday, now) = (at(0).wall as f64 - 25.0 * 3_600_000.0, at(0).wall as f64);
        let went = until(
            &mut gone,
            0,
            3,
            &[("a", yesterday), ("b", now), ("c", 1e15)],
        );
        assert_eq!(went.len(), 1);
        assert!(until(&mut gone, 10 * A_MINUTE, 4, &[("d", 1.0)]).is_empty());
    }
}
