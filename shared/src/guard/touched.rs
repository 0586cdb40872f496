//! Which things an admitted update touches, so that a room can ask whether they are locked, or
//! remember who made them.
//!
//! It is found from what the update adds to the index, and only when somebody asks: each new or
//! deleted run of elements is followed up to the thing that it is in, a few types at most.

use super::index::{Additions, Index, Kept, KeyNumber, Place, What};
use super::schema::Role;
use crate::schema::Root;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A thing that an update touches.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Touched {
    /// What kind of thing.
    pub root: Root,
    /// Its id; for the board's own fields ([`Root::Meta`]) the field's name.
    pub id: Arc<str>,
    /// What becomes of it.
    pub how: How,
    /// The clusters that the update may put it in, if it is a note; the ends that it may get, if it is a link.
    pub joins: Vec<Arc<str>>,
    /// The Yjs client that made it, if it is added.
    pub made_by: Option<u64>,
}

/// What an update does to a thing.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum How {
    /// Something in it changes; or a thing that was deleted comes back.
    Changed,
    /// It was never there before.
    Added,
    /// It goes. Perhaps another is put in its place by the same update.
    Deleted,
}

/// The things found so far, by their root and key.
struct Found<'a> {
    index: &'a Index,
    additions: &'a Additions,
    things: BTreeMap<(Root, KeyNumber), How>,
    makers: BTreeMap<(Root, KeyNumber), u64>,
}

/// All things that an update touches, each once.
pub(super) fn touched(index: &Index, additions: &Additions) -> Vec<Touched> {
    let mut found = Found {
        index,
        additions,
        things: BTreeMap::new(),
        makers: BTreeMap::new(),
    };
    for (&client, line) in &additions.lines {
        for (_, _, what) in line.within(0, line.end) {
            found.sees_new(what, client);
        }
    }
    for range in &additions.deletions {
        for (_, _, what) in index.within(range.client, range.start, range.end) {
            found.sees_deleted(what);
        }
        if let Some(line) = additions.lines.get(&range.client) {
            for (_, _, what) in line.within(range.start, range.end) {
                found.sees_deleted(what);
            }
        }
    }
    let Found { things, makers, .. } = found;
    things
        .into_iter()
        .filter_map(|((root, key), how)| {
            let joins = additions.joins.get(&(root, key));
            Some(Touched {
                root,
                id: index.key(&additions.keys, key)?.clone(),
                how,
                joins: joins.cloned().unwrap_or_default(),
                made_by: makers.get(&(root, key)).copied(),
            })
        })
        .collect()
}

impl Found<'_> {
    fn sees_new(&mut self, what: What, client: u64) {
        let What::Item(place, kept) = what else {
            return;
        };
        let Some((root, key, is_entry)) = self.thing_of(place) else {
            return;
        };
        let how = match kept {
            _ if !is_entry || root == Root::Meta => How::Changed,
            // It comes after what stands there, which goes.
            Kept::Deleted => How::Deleted,
            _ if self.index.seams.knows(place) => How::Changed,
            _ => {
                self.makers.insert((root, key), client);
                How::Added
            }
        };
        self.note(root, key, how);
    }

    fn sees_deleted(&mut self, what: What) {
        let What::Item(place, _) = what else { return };
        if let Some((root, key, is_entry)) = self.thing_of(place) {
            let goes = is_entry && root != Root::Meta;
            self.note(root, key, if goes { How::Deleted } else { How::Changed });
        }
    }

    fn note(&mut self, root: Root, key: KeyNumber, how: How) {
        let known = self.things.entry((root, key)).or_insert(how);
        *known = how.max(*known);
    }

    /// The thing that a place is in, and whether the place is the thing's own entry in its root.
    fn thing_of(&self, mut place: Place) -> Option<(Root, KeyNumber, bool)> {
        let mut is_entry = true;
        loop {
            let parent = self.index.type_with(self.additions, place.parent)?;
            if let Role::Root(root) = parent.role {
                return Some((root, place.key?, is_entry));
            }
            (_, place) = parent.born?;
            is_entry = false;
        }
    }
}
