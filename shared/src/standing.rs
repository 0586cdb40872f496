//! How far what was written on a page has come. The chip that speaks of all of it and the row of each note
//! are told from the same numbers here, so that they never say different things.
//!
//! ```text
//! frames that went up, frames on disk, the first one held back ─┬─► came(mark): a row
//!                                                               └─► whole(worst row): the chip
//! ```

/// Whether there is a line to the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// Not yet, the first time.
    #[default]
    Opening,
    /// There is, and all that was written here has gone up it.
    Up,
    /// It is lost, and tried again.
    Away,
}

/// The numbers of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether there is one.
    pub line: Line,
    /// Document frames that went up since it began.
    pub sent: u64,
    /// So many of them are on the server's disk.
    pub saved: u64,
    /// From this one on they are held back by a lock.
    pub held_from: Option<u64>,
    /// Something was changed here that no server has confirmed, on this line or an earlier one.
    pub is_unsent: bool,
}

/// What is remembered of one thing that was written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// No frame has carried it.
    Unsent,
    /// This one carries it.
    Sent(u64),
    /// It is on the server's disk.
    Saved,
}

/// How far one thing has come; the worst comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Came {
    /// Only here.
    Unsent,
    /// The server has seen it and may not take it before a lock is gone.
    HeldBack,
    /// On its way.
    Sent,
    /// On the server's disk.
    Saved,
}

/// How it stands with all that was written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// Not connected yet since the page was opened, and nothing waits.
    Opening,
    /// Connected, and all of it is on the server's disk.
    Saved,
    /// Connected, and something is on its way.
    Saving,
    /// Connected, and something waits for a lock to go.
    HeldBack,
    /// Connected, and something is kept here that the server did not take.
    Kept,
    /// Not connected, and all of it is on the server's disk.
    Away,
    /// Not connected, and something waits here.
    Unsent,
}

impl Standing {
    /// How far something has come.
    pub fn came(&self, mark: Mark) -> Came {
        let is_held = |frame: u64| self.held_from.is_some_and(|first| frame >= first);
        match (self.line, mark) {
            (_, Mark::Saved) => Came::Saved,
            (Line::Up, Mark::Sent(frame)) if frame <= self.saved => Came::Saved,
            (Line::Up, Mark::Sent(frame)) if is_held(frame) => Came::HeldBack,
            (Line::Up, Mark::Sent(_)) => Came::Sent,
            (_, Mark::Sent(_) | Mark::Unsent) => Came::Unsent,
        }
    }

    /// Whether the server has confirmed all that went up.
    pub fn is_all_saved(&self) -> bool {
        self.line == Line::Up && self.saved >= self.sent && self.held_from.is_none()
    }

    /// How it stands with all of it; `worst`: the worst that any row says.
    pub fn whole(&self, worst: Came) -> Whole {
        match (self.line, worst) {
            (Line::Up, _) if self.held_from.is_some() => Whole::HeldBack,
            (Line::Up, Came::HeldBack) => Whole::HeldBack,
            (Line::Up, Came::Unsent) => Whole::Kept,
            (Line::Up, Came::Saved) if self.is_all_saved() => Whole::Saved,
            (Line::Up, Came::Sent | Came::Saved) => Whole::Saving,
            (Line::Opening, Came::Saved) if !self.is_unsent => Whole::Opening,
            (Line::Away, Came::Saved) if !self.is_unsent => Whole::Away,
            (Line::Opening | Line::Away, _) => Whole::Unsent,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn up(sent: u64, saved: u64, held_from: Option<u64>) -> Standing {
        Standing {
            line: Line::Up,
            sent,
            saved,
            held_from,
            is_unsent: saved < sent,
        }
    }

    #[test]
    fn a_row_and_the_chip_follow_a_note_on_its_way() {
        let rows = |standing: Standing| {
            (
                standing.came(Mark::Sent(2)),
                standing.whole(standing.came(Mark::Sent(2))),
            )
        };
        assert_eq!(rows(up(2, 1, None)), (Came::Sent, Whole::Saving));
        assert_eq!(rows(up(2, 1, Some(2))), (Came::HeldBack, Whole::HeldBack));
        assert_eq!(rows(up(2, 2, None)), (Came::Saved, Whole::Saved));
        let lost = Standing {
            line: Line::Away,
            ..up(2, 1, None)
        };
        assert_eq!(rows(lost), (Came::Unsent, Whole::Unsent));
    }

    #[test]
    fn what_went_up_before_the_lock_is_not_held_back() {
        let standing = up(5, 1, Some(4));
        assert_eq!(standing.came(Mark::Sent(3)), Came::Sent);
        assert_eq!(standing.came(Mark::Sent(4)), Came::HeldBack);
        assert_eq!(standing.came(Mark::Sent(1)), Came::Saved);
    }

    #[test]
    fn what_the_server_did_not_take_keeps_the_chip_from_saying_saved() {
        assert_eq!(up(3, 3, None).whole(Came::Unsent), Whole::Kept);
        assert_eq!(up(3, 3, None).whole(Came::HeldBack), Whole::HeldBack);
    }

    /// What may happen to a page that writes and the line that carries it.
    #[derive(Clone, Copy, Debug)]
    enum Turn {
        Writes(usize),
        Saves(u64),
        Locks,
        Opens,
        Breaks,
        Comes,
    }

    fn turn() -> impl Strategy<Value = Turn> {
        prop_oneof![
            4 => (0..4_usize).prop_map(Turn::Writes),
            3 => (0..3_u64).prop_map(Turn::Saves),
            1 => Just(Turn::Locks),
            1 => Just(Turn::Opens),
            1 => Just(Turn::Breaks),
            2 => Just(Turn::Comes),
        ]
    }

    /// A page with four notes, as our client keeps its marks.
    struct Page {
        standing: Standing,
        marks: [Mark; 4],
        is_locked: bool,
    }

    impl Page {
        fn hands_over(&mut self) {
            self.standing.sent += 1;
            self.standing.held_from = self.is_locked.then_some(self.standing.sent);
            let frame = self.standing.sent;
            for mark in &mut self.marks {
                if *mark == Mark::Unsent {
                    *mark = Mark::Sent(frame);
                }
            }
        }

        fn plays(&mut self, turn: Turn) {
            let is_up = self.standing.line == Line::Up;
            match turn {
                Turn::Writes(note) => {
                    self.standing.is_unsent = true;
                    self.marks[note] = Mark::Unsent;
                    if is_up {
                        self.standing.sent += 1;
                        self.marks[note] = Mark::Sent(self.standing.sent);
                        if self.is_locked {
                            self.standing.held_from.get_or_insert(self.standing.sent);
                        }
                    }
                }
                Turn::Saves(more) if is_up => {
                    let most = self
                        .standing
                        .held_from
                        .map_or(self.standing.sent, |held| held - 1);
                    self.standing.saved = (self.standing.saved + more).min(most);
                    let saved = self.standing.saved;
                    self.standing.is_unsent &= saved < self.standing.sent;
                    for mark in &mut self.marks {
                        if matches!(mark, Mark::Sent(frame) if *frame <= saved) {
                            *mark = Mark::Saved;
                        }
                    }
                }
                Turn::Locks => self.is_locked = true,
                Turn::Opens => {
                    self.is_locked = false;
                    if is_up && self.standing.held_from.is_some() {
                        self.hands_over();
                    }
                }
                Turn::Breaks => {
                    self.standing.line = Line::Away;
                    for mark in &mut self.marks {
                        if matches!(mark, Mark::Sent(_)) {
                            *mark = Mark::Unsent;
                        }
                    }
                }
                Turn::Comes if !is_up => {
                    (self.standing.sent, self.standing.saved) = (0, 0);
                    self.standing.line = Line::Up;
                    self.hands_over();
                }
                Turn::Comes | Turn::Saves(_) => {}
            }
        }
    }

    proptest! {
        #[test]
        fn chip_and_rows_never_say_different_things(turns in prop::collection::vec(turn(), 0..60)) {
            let mut page = Page {
                standing: Standing::default(),
                marks: [Mark::Saved; 4],
                is_locked: false,
            };
            for turn in turns {
                page.plays(turn);
                let rows = page.marks.map(|mark| page.standing.came(mark));
                let worst = rows.into_iter().min().unwrap();
                let whole = page.standing.whole(worst);
                let may_say: &[Came] = match whole {
                    Whole::Opening | Whole::Away | Whole::Saved => &[Came::Saved],
                    Whole::Saving => &[Came::Saved, Came::Sent],
                    Whole::HeldBack => &[Came::Saved, Came::Sent, Came::HeldBack],
                    Whole::Kept | Whole::Unsent => &[Came::Saved, Came::Unsent],
                };
                prop_assert!(rows.iter().all(|row| may_say.contains(row)), "{whole:?}: {rows:?}");
                prop_assert!(page.standing.line != Line::Up || whole != Whole::Kept, "all was handed over");
                if page.is_locked && page.standing.held_from.is_some() && page.standing.line == Line::Up {
                    prop_assert_eq!(whole, Whole::HeldBack);
                }
            }
        }
    }
}
