//! The guard: nothing reaches the document that we have not understood.
//!
//! Yrs is not safe on hostile bytes: small updates make it crash, overflow its stack, or unable to
//! sync for ever. So each update that comes to the server meets a guard first:
//!
//! ```text
//!  bytes ─► check ─► Admission ─► the document takes the bytes ─► take, and note_deleted
//!             │
//!             └──► Rejection: nothing has changed
//! ```
//!
//! * `reader` takes a v1 update apart, bounded, without recursion; `value` walks plain values;
//! * `schema` knows what a board may hold where;
//! * `index` is what the room has, as ranges of ids;
//! * `seams` counts the work that merging an update will be;
//! * `terms` says who may say what: names on an anonymous board, what only the board itself says; the rest of an
//!   update that says more is written anew by `rewrite`;
//! * `pieces` cuts an update into several;
//! * `fill` counts what fills the board, and for whom there is how much room;
//! * `forgetting` takes who wrote out of updates that were taken long ago;
//! * `brought` says what an update brings, and `touched` the things that it adds, changes or deletes;
//! * `rules` admits an update to the index, or refuses it, and `draft` is the index as it would be; `rejection` says why.
//!
//! It knows the format and the board, and no Yrs.

mod brought;
mod clocks;
mod draft;
mod fill;
mod forgetting;
mod index;
mod pieces;
mod reader;
mod rejection;
mod rewrite;
mod rules;
mod schema;
mod seams;
mod terms;
#[cfg(test)]
mod tests;
mod touched;
mod value;

pub use crate::schema::Root;
pub use brought::Brought;
pub use fill::{Fill, Sender, Share};
pub use pieces::{
    Part, by_owner, pieces, structs_alone, structs_and_deletions, without_news_of, writers_of,
};
pub use rejection::{Limit, Malformed, Misfit, Rejection};
pub use terms::{Anybody, Authors, Naming, Permission, Says};
pub use touched::{How, Touched};

use crate::ids::PersonId;
use index::{Additions, Index};
use reader::{Range, Size, Update};

/// Watches over one document.
#[derive(Debug, Default)]
pub struct Guard {
    index: Index,
    /// How many updates were taken, so that an admission is not used after another one.
    taken: u64,
}

/// An update that may reach the document.
#[derive(Debug)]
#[must_use = "once the document has taken the update, the guard must take the admission"]
pub struct Admission {
    additions: Additions,
    taken_before: u64,
    steps: u64,
    written_anew: Option<Vec<u8>>,
}

impl Guard {
    /// Watches over an empty document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks an update against what the room has; changes nothing.
    ///
    /// # Errors
    /// When the update must not reach the document, now or ever.
    pub fn check(&self, update: &[u8], permission: Permission) -> Result<Admission, Rejection> {
        self.check_from(Sender::Lead, update, permission)
    }

    /// The same, for somebody who has only their part of the room.
    ///
    /// # Errors
    /// The same.
    pub fn check_from(
        &self,
        sender: Sender<'_>,
        update: &[u8],
        permission: Permission,
    ) -> Result<Admission, Rejection> {
        self.check_of(sender, &Anybody, update, permission)
    }

    /// The same, where not everybody may speak as everybody.
    ///
    /// # Errors
    /// The same.
    pub fn check_of(
        &self,
        sender: Sender<'_>,
        authors: &dyn Authors,
        update: &[u8],
        permission: Permission,
    ) -> Result<Admission, Rejection> {
        let size = match permission {
            Permission::Log | Permission::Board => Size::Whole,
            Permission::Write(_) | Permission::ReadOnly => Size::Limited,
        };
        let update = Update::read(update, size)?;
        if permission == Permission::ReadOnly && rules::brings_news(&self.index, &update) {
            return Err(Rejection::MayNotWrite);
        }
        let (additions, steps) =
            rules::admit(&self.index, &update, size, permission, sender, authors)?;
        let has_aside = !additions.aside.is_empty() || !additions.unsaid.is_empty();
        Ok(Admission {
            written_anew: has_aside.then(|| {
                let aside = additions.aside.iter();
                let aside: Vec<_> = aside.map(|one| (one.number, one.range)).collect();
                rewrite::without(&update, &aside)
            }),
            additions,
            steps,
            taken_before: self.taken,
        })
    }

    /// What an admitted update brings. To be asked before it is taken.
    pub fn brought(&self, admission: &Admission) -> Brought {
        Brought::by(&self.index, &admission.additions, admission.steps)
    }

    /// Takes an admitted update into the index, after the document has taken it.
    ///
    /// # Panics
    /// When another one was taken since it was checked: numbers in it would mean something else.
    pub fn admitted(&mut self, admission: Admission) {
        assert_eq!(
            admission.taken_before, self.taken,
            "an admission is taken before the next update is checked"
        );
        self.taken += 1;
        self.index.add(admission.additions);
    }

    /// Notes what the document deleted on its own while it took an update: the loser of two
    /// concurrent values of a field, what was in a deleted note. Without this, a client that may
    /// only read would seem to bring something new when it repeats it.
    pub fn note_deleted(&mut self, client: u64, clocks: std::ops::Range<u32>) {
        self.index.delete(Range {
            client,
            start: clocks.start,
            end: clocks.end,
        });
    }

    /// Whose a client is: what it used of the board's room counts as theirs.
    pub fn belongs(&mut self, client: u64, person: &PersonId) {
        self.index.usage.belongs(client, person);
    }

    /// Who brought what a client wrote, of whom nobody has said whose it is.
    pub fn is_brought_by(&mut self, client: u64, person: &PersonId) {
        self.index.usage.is_brought_by(client, person);
    }

    /// Somebody was removed: what they used up is the others' again.
    pub fn is_removed(&mut self, person: &PersonId) {
        self.index.usage.is_removed(person);
    }

    /// The clock after a client's last element; 0 if it never wrote.
    pub fn clock_of(&self, client: u64) -> u32 {
        self.index.clock_of(client)
    }

    /// All that is deleted, as clocks of a client, in no order of clients.
    pub fn deleted(&self) -> impl Iterator<Item = (u64, std::ops::Range<u32>)> {
        self.index
            .deleted()
            .map(|range| (range.client, range.start..range.end))
    }
}

impl Admission {
    /// What the document is to take in place of what was checked; `None`: that itself. It is written
    /// anew when something of it was put aside, because its sender may not say it.
    pub fn written_anew(&self) -> Option<&[u8]> {
        self.written_anew.as_deref()
    }

    /// How many steps it is to merge it, each to pass one competitor for a place.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Whether it brings nothing that is new: no structs, no deletions.
    pub fn is_empty(&self) -> bool {
        self.additions.lines.is_empty() && self.additions.deletions.is_empty()
    }
}
