//! What fills a board: how much of each sort there is, by whom, and how much there may be.
//!
//! Everything is counted under the Yjs client that inserted it, and a client's counts under its person as soon as the
//! room says whose it is ([`Usage::belongs`]), or else who brought it ([`Usage::is_brought_by`]): when a disk has lost
//! something, whoever comes first hands over what all others wrote, and that must not be short of room. What is deleted is taken off again, so that deleting makes room; of what
//! Yrs keeps for ever (ids, names, pieces) a person's part comes back when they are removed. All of it follows from the
//! document: after a restart it is as it was.
//!
//! ```text
//! a person            an eighth to a half, by the sort
//! standard clients    half, all together: they are nobody
//! all but who leads   seven eighths
//! who leads           all
//! ```

use super::index::{Kept, Place, SharedType, What};
use super::reader::Type;
use super::schema::Role;
use crate::ids::PersonId;
use crate::limits::{
    MAX_CLIENTS_PER_BOARD, MAX_CLUSTERS_PER_BOARD, MAX_IMAGES_PER_BOARD, MAX_KEYS_PER_BOARD,
    MAX_LETTERS_PER_BOARD, MAX_LINKS_PER_BOARD, MAX_NOTES_PER_BOARD, MAX_RANGES_PER_BOARD,
    MAX_UNKNOWN_BYTES_PER_BOARD, MAX_YJS_CLIENTS_OF_ONE,
};
use crate::schema::Root;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A sort of what fills a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fill {
    /// Notes, by their number.
    Notes,
    /// Clusters, by their number.
    Clusters,
    /// Links, by their number.
    Links,
    /// Pictures, by their number.
    Pictures,
    /// Letters of texts and answers; of a value its bytes.
    Letters,
    /// Yjs clients.
    Ids,
    /// Different ids of things, and names of fields.
    Names,
    /// Pieces that the guard keeps apart: a text that was typed in one go is one.
    Pieces,
    /// Bytes of what the schema does not know.
    Unknown,
}

/// Whose share is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Share {
    /// The sender's own.
    Own,
    /// That of all who do not lead; of who leads, the whole board.
    Board,
}

/// Who sends an update, as far as room is concerned.
#[derive(Clone, Copy)]
pub enum Sender<'a> {
    /// Somebody who leads.
    Lead,
    /// A person, and which of the clients that nobody has yet are theirs.
    Person(&'a PersonId, &'a dyn Fn(u64) -> bool),
    /// A standard client.
    Nobody,
}

/// Numbers of things and bytes that stand for what each costs, in the order of [`Fill::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally([i64; Fill::ALL.len()]);

/// A value whose bytes are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sized {
    pub(super) fill: Fill,
    /// How many elements it has.
    pub(super) length: u32,
    /// Bytes of each.
    pub(super) each: i64,
}

/// Values whose bytes are counted, by client and first clock.
pub(super) type SizedValues = BTreeMap<(u64, u32), Sized>;

/// A known value of so many bytes and less is no more than the piece that it is.
const SMALL_VALUE_BYTES: usize = 64;
/// What anything costs that the schema does not know, in bytes, beside what it holds.
const UNKNOWN_BYTES: i64 = 64;

impl Fill {
    pub(super) const ALL: [Self; 9] = [
        Self::Notes,
        Self::Clusters,
        Self::Links,
        Self::Pictures,
        Self::Letters,
        Self::Ids,
        Self::Names,
        Self::Pieces,
        Self::Unknown,
    ];

    fn of_root(root: Root) -> Option<Self> {
        match root {
            Root::Notes => Some(Self::Notes),
            Root::Clusters => Some(Self::Clusters),
            Root::Links => Some(Self::Links),
            Root::Images => Some(Self::Pictures),
            Root::Ink | Root::Frames | Root::Meta => None,
        }
    }

    /// How much of it a board has room for.
    pub const fn most(self) -> usize {
        match self {
            Self::Notes => MAX_NOTES_PER_BOARD,
            Self::Clusters => MAX_CLUSTERS_PER_BOARD,
            Self::Links => MAX_LINKS_PER_BOARD,
            Self::Pictures => MAX_IMAGES_PER_BOARD,
            Self::Letters => MAX_LETTERS_PER_BOARD,
            Self::Ids => MAX_CLIENTS_PER_BOARD,
            Self::Names => MAX_KEYS_PER_BOARD,
            Self::Pieces => MAX_RANGES_PER_BOARD,
            Self::Unknown => MAX_UNKNOWN_BYTES_PER_BOARD,
        }
    }

    /// How much of it one person may use.
    const fn most_of_one(self) -> usize {
        match self {
            Self::Ids => MAX_YJS_CLIENTS_OF_ONE,
            Self::Pictures | Self::Letters => self.most() / 2,
            Self::Notes | Self::Clusters | Self::Links => self.most() / 4,
            Self::Names | Self::Pieces | Self::Unknown => self.most() / 8,
        }
    }
}

impl Tally {
    pub(super) fn add(&mut self, fill: Fill, count: i64) {
        self.0[fill as usize] += count;
    }

    fn of(&self, fill: Fill) -> i64 {
        self.0[fill as usize]
    }

    fn plus(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a += b);
        self
    }

    fn minus(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a -= b);
        self
    }
}

/// Lengths in memory fit in it.
pub(super) fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// How a value is counted; `None`: as the piece that it is.
pub(super) fn sized(parent: Role, is_known: bool, bytes: usize, length: u32) -> Option<Sized> {
    let is_known = is_known && !matches!(parent, Role::Free(_));
    if is_known && bytes <= SMALL_VALUE_BYTES {
        return None;
    }
    let (fill, more) = if is_known {
        (Fill::Letters, 0)
    } else {
        (Fill::Unknown, UNKNOWN_BYTES)
    };
    let each = whole(bytes) / i64::from(length.max(1)) + more;
    Some(Sized { fill, length, each })
}

/// Counts elements of one client, `clocks` of them from `start` on, as they come (`sign` 1) or go (−1). What is said to
/// be gone is counted under the client of the thing.
pub(super) fn count<'a>(
    (client, start, end): (u64, u32, u32),
    what: What,
    sign: i64,
    type_of: impl Fn(Place) -> Option<&'a SharedType>,
    mut add: impl FnMut(u64, Fill, i64),
) {
    let What::Item(place, kept) = what else {
        return;
    };
    let Some(parent) = type_of(place) else { return };
    let elements = i64::from(end - start);
    match (kept, parent.role) {
        (Kept::Text, Role::Free(_)) => add(client, Fill::Unknown, sign * 2 * elements),
        (Kept::Text, _) => add(client, Fill::Letters, sign * elements),
        (Kept::Type(_), Role::Root(root)) => {
            if let Some(fill) = Fill::of_root(root) {
                add(client, fill, sign);
            } else if root != Root::Meta {
                add(client, Fill::Unknown, sign * UNKNOWN_BYTES);
            }
        }
        (Kept::Type(_), Role::Free(Type::Array | Type::Map)) => {
            add(client, Fill::Unknown, sign * UNKNOWN_BYTES);
        }
        (Kept::GoneAt, Role::Thing(root)) => {
            if let (Some(fill), Some((made, _))) = (Fill::of_root(root), parent.born) {
                add(made.client, fill, -sign * elements);
            }
        }
        _ => {}
    }
}

/// Whose a client is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Owner {
    /// It is a page of theirs.
    Page(PersonId),
    /// They brought what it wrote.
    Bringer(PersonId),
}

/// What everybody has used.
#[derive(Debug, Default)]
pub(super) struct Usage {
    all: Tally,
    of_client: HashMap<u64, Tally>,
    owners: HashMap<u64, Owner>,
    /// `None`: clients of whom nobody has said anything.
    of_owner: HashMap<Option<Owner>, Tally>,
    removed: HashSet<PersonId>,
    sized: SizedValues,
}

/// What an update would add to it.
#[derive(Debug, Default)]
pub(super) struct Change {
    pub(super) of_client: HashMap<u64, Tally>,
    pub(super) sized: SizedValues,
}

impl Change {
    pub(super) fn add(&mut self, client: u64, fill: Fill, count: i64) {
        self.of_client.entry(client).or_default().add(fill, count);
    }
}

/// The bytes that go with what is deleted.
pub(super) fn freed(
    values: &SizedValues,
    (client, start, end): (u64, u32, u32),
    mut add: impl FnMut(Fill, i64),
) {
    let before = values.range(..(client, start)).next_back();
    let before = before.filter(|((its, _), _)| *its == client);
    for ((_, first), value) in before
        .into_iter()
        .chain(values.range((client, start)..(client, end)))
    {
        let from = start.max(*first);
        let to = end.min(first + value.length);
        if from < to {
            add(value.fill, value.each * i64::from(to - from));
        }
    }
}

impl Usage {
    pub(super) fn add(&mut self, client: u64, fill: Fill, count: i64) {
        let owner = self.owners.get(&client);
        self.all.add(fill, count);
        self.of_client.entry(client).or_default().add(fill, count);
        self.of_owner
            .entry(owner.cloned())
            .or_default()
            .add(fill, count);
    }

    /// Takes up what an update adds.
    pub(super) fn add_change(&mut self, change: Change) {
        for (client, tally) in change.of_client {
            for fill in Fill::ALL {
                let count = tally.of(fill);
                if count != 0 {
                    self.add(client, fill, count);
                }
            }
        }
        self.sized.extend(change.sized);
    }

    /// Elements of a client are deleted: what was counted of their bytes is free.
    pub(super) fn free(&mut self, client: u64, start: u32, end: u32) {
        let mut free = Tally::default();
        freed(&self.sized, (client, start, end), |fill, bytes| {
            free.add(fill, bytes);
        });
        for fill in Fill::ALL {
            if free.of(fill) != 0 {
                self.add(client, fill, -free.of(fill));
            }
        }
        // One of which a part is still there is kept: nothing is freed twice.
        let whole: Vec<(u64, u32)> = (self.sized.range((client, start)..(client, end)))
            .filter(|((_, first), value)| first + value.length <= end)
            .map(|(at, _)| *at)
            .collect();
        for at in whole {
            self.sized.remove(&at);
        }
    }

    pub(super) fn sized(&self) -> &SizedValues {
        &self.sized
    }

    /// A client is a page of this person's, whoever it counted for until now.
    pub(super) fn belongs(&mut self, client: u64, person: &PersonId) {
        self.is_owned(client, Owner::Page(person.clone()));
    }

    /// This person brought what a client wrote of whom nobody has said anything.
    pub(super) fn is_brought_by(&mut self, client: u64, person: &PersonId) {
        if !self.owners.contains_key(&client) {
            self.is_owned(client, Owner::Bringer(person.clone()));
        }
    }

    fn is_owned(&mut self, client: u64, owner: Owner) {
        let former = self.owners.insert(client, owner.clone());
        if former.as_ref() == Some(&owner) {
            return;
        }
        let tally = self.of_client.get(&client).copied().unwrap_or_default();
        let from = self.of_owner.entry(former).or_default();
        *from = from.minus(&tally);
        let to = self.of_owner.entry(Some(owner)).or_default();
        *to = to.plus(&tally);
    }

    /// Somebody was removed: what they used up is the others' again.
    pub(super) fn is_removed(&mut self, person: &PersonId) {
        self.removed.insert(person.clone());
    }

    fn counted(&self, fill: Fill) -> i64 {
        let of = |person: &PersonId| {
            self.used(Owner::Page(person.clone()), fill)
                + self.used(Owner::Bringer(person.clone()), fill)
        };
        self.all.of(fill) - self.removed.iter().map(of).sum::<i64>()
    }

    fn used(&self, owner: impl Into<Option<Owner>>, fill: Fill) -> i64 {
        let used = self.of_owner.get(&owner.into());
        used.map_or(0, |used| used.of(fill))
    }

    /// Whether there is room for an update; else of what there is none, and whose share is used up. An update that
    /// takes away as much as it brings always has room.
    pub(super) fn has_room_for(
        &self,
        change: &Change,
        sender: Sender<'_>,
    ) -> Result<(), (Fill, Share)> {
        let mut all = Tally::default();
        let mut own = Tally::default();
        for (client, tally) in &change.of_client {
            all = all.plus(tally);
            let is_own = match (self.owners.get(client), sender) {
                (Some(Owner::Page(owner)), Sender::Person(person, _)) => owner == person,
                (_, Sender::Person(_, is_theirs)) => is_theirs(*client),
                (None, Sender::Nobody) => true,
                _ => false,
            };
            if is_own {
                own = own.plus(tally);
            }
        }
        for fill in Fill::ALL {
            let (most, of_one) = (whole(fill.most()), whole(fill.most_of_one()));
            let (of_sender, most_of_sender) = match sender {
                Sender::Lead => (0, i64::MAX),
                Sender::Person(person, _) => (self.used(Owner::Page(person.clone()), fill), of_one),
                Sender::Nobody => (self.used(None, fill), most / 2),
            };
            if own.of(fill) > 0 && of_sender + own.of(fill) > most_of_sender {
                return Err((fill, Share::Own));
            }
            let most = match sender {
                Sender::Lead => most,
                Sender::Person(..) | Sender::Nobody => most / 8 * 7,
            };
            let used = self.counted(fill);
            if all.of(fill) > 0
                && (used + all.of(fill) > most || self.all.of(fill) > 2 * whole(fill.most()))
            {
                return Err((fill, Share::Board));
            }
        }
        Ok(())
    }
}
