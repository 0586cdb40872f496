//! Puts one struct after the other where it belongs, or says why it belongs nowhere.

use super::Rejection;
use super::clocks::Clocks;
use super::fill::{self, Fill};
use super::index::{
    Additions, Aside, Index, Kept, KeyNumber, Place, SharedType, Spans, TypeNumber, What,
};
use super::reader::values_of;
use super::reader::{Content, Id, Item, Parent, Range, Struct, Update};
use super::rejection::{Limit, Misfit};
use super::schema::{Role, is_known, is_reaction};
use super::seams::{Inserted, Next, follower};
use super::terms::{Authors, Permission, Reserved};
use super::value::Value;
use crate::limits::MAX_TYPE_DEPTH;
use crate::schema::{CLUSTER, FROM, GONE, Root, TO};
use std::cell::OnceCell;
use std::collections::{HashMap, hash_map::Entry};
use std::sync::Arc;

/// The index as it would be.
pub(super) struct Draft<'a> {
    pub(super) index: &'a Index,
    pub(super) update: &'a Update<'a>,
    pub(super) permission: Permission,
    authors: &'a dyn Authors,
    pub(super) additions: Additions,
    pub(super) key_numbers: HashMap<Arc<str>, KeyNumber>,
    /// What this update itself deletes; made when it is first asked for.
    pub(super) doomed: OnceCell<HashMap<u64, Clocks>>,
    /// How much work it is to merge.
    pub(super) steps: u64,
    /// Whose struct is being placed.
    client: u64,
}

/// What is known of where a struct belongs, from its neighbours and its parent.
#[derive(Default)]
struct Evidence {
    place: Option<Place>,
    is_gone: bool,
}

impl Evidence {
    fn add(&mut self, place: Place) -> Result<(), Rejection> {
        match self.place.replace(place) {
            Some(other) if other != place => Err(Misfit::Neighbours.into()),
            _ => Ok(()),
        }
    }

    fn add_neighbour(&mut self, what: What) -> Result<(), Rejection> {
        match what {
            What::Gone => self.is_gone = true,
            What::Item(place, _) => self.add(place)?,
        }
        Ok(())
    }
}

impl<'a> Draft<'a> {
    /// The index as it is, before anything of the update is in it.
    pub(super) fn of(
        index: &'a Index,
        update: &'a Update<'a>,
        permission: Permission,
        authors: &'a dyn Authors,
    ) -> Self {
        Self {
            index,
            update,
            permission,
            authors,
            additions: Additions::default(),
            key_numbers: HashMap::new(),
            doomed: OnceCell::new(),
            steps: 0,
            client: 0,
        }
    }

    pub(super) fn clock_of(&self, client: u64) -> u32 {
        match self.additions.lines.get(&client) {
            Some(line) => line.end,
            None => self.index.clock_of(client),
        }
    }

    fn at(&self, id: Id) -> What {
        let added = self.additions.lines.get(&id.client);
        let added = added.and_then(|line| line.at(id.clock));
        // What is asked for is known, so it is in one of the two.
        added.or_else(|| self.index.at(id)).unwrap_or(What::Gone)
    }

    /// What a struct names that is not there yet.
    pub(super) fn missing(&self, one: &Struct<'_>) -> Option<Id> {
        let named = one.item.as_ref()?.names();
        let mut named = named.into_iter().flatten();
        named.find(|id| id.clock >= self.clock_of(id.client))
    }

    /// Puts one of the update's structs in its place.
    pub(super) fn place(&mut self, client: u64, number: usize) -> Result<(), Rejection> {
        let one = self.update.structs[number];
        self.client = client;
        // Its beginning may be known already; Yrs cuts that off.
        let start = one.clock.max(self.clock_of(client));
        let what = match one.item {
            None => What::Gone,
            Some(mut item) => {
                let id = Id {
                    client,
                    clock: start,
                };
                if start > one.clock {
                    // What was said about the beginning must be true as well.
                    self.place_of(&item)?;
                    // The rest stands right after it.
                    item.origin = Some(Id {
                        client,
                        clock: start - 1,
                    });
                }
                self.what(number, id, one.end() - start, &item)?
            }
        };
        self.count(client, start, one, what);
        Ok(())
    }

    /// Adds elements, and counts them.
    fn count(&mut self, client: u64, start: u32, one: Struct<'_>, what: What) {
        let Additions {
            lines,
            types,
            usage,
            keys,
            ..
        } = &mut self.additions;
        let line = match lines.entry(client) {
            Entry::Occupied(line) => line.into_mut(),
            Entry::Vacant(line) => {
                if !self.index.knows(client) {
                    usage.add(client, Fill::Ids, 1);
                }
                line.insert(Spans::default())
            }
        };
        let before = line.count();
        line.push(start, one.end(), what);
        usage.add(client, Fill::Pieces, fill::whole(line.count() - before));
        let type_of = |place: Place| match self.index.added_type(place.parent) {
            Some(added) => types.get(added),
            None => self.index.shared_type(place.parent),
        };
        let span = (client, start, one.end());
        fill::count(span, what, 1, type_of, |client, fill, count| {
            usage.add(client, fill, count);
        });
        if let What::Item(place, Kept::Values) = what
            && let Some(parent) = type_of(place)
        {
            let field = place.key.and_then(|key| self.index.key(keys, key));
            let is_known = match (parent.role, field) {
                (Role::Thing(root), Some(field)) => is_known(root, field),
                _ => false,
            };
            let length = one.end() - start;
            let sized = fill::sized(parent.role, is_known, one.bytes.len(), length);
            if let Some(sized) = sized {
                usage.add(client, sized.fill, sized.each * i64::from(length));
                usage.sized.insert((client, start), sized);
            }
        }
    }

    /// What the last `length` elements of a struct are, the first of which is `id`.
    fn what(
        &mut self,
        number: usize,
        id: Id,
        length: u32,
        item: &Item<'_>,
    ) -> Result<What, Rejection> {
        let Some(place) = self.place_of(item)? else {
            return Ok(What::Gone);
        };
        let key = match place.key {
            Some(number) => self.index.key(&self.additions.keys, number).cloned(),
            None => None,
        };
        let parent = self.shared_type(place.parent);
        let (parent_role, depth) = (parent.role, parent.depth + 1);
        let role = parent_role.admits(key.as_deref(), item.content)?;
        let mut may_stand = parent_role.knows(key.as_deref()) || self.permission.may_add_unknown();
        if !may_stand && parent_role == Role::Root(Root::Meta) {
            return Err(Misfit::Value.into()); // it is of no thing, and nothing stands in its place
        }
        if let (Role::Thing(root), Some(field), Content::Values(bytes)) =
            (parent_role, &key, item.content)
        {
            if let Some(field) = Reserved::of(root, field) {
                may_stand = self.may_stand(id.client, place, field, bytes, length)?;
            } else if matches!(
                (root, &**field),
                (Root::Notes, CLUSTER) | (Root::Links, FROM | TO)
            ) {
                self.note_joined(root, place, id, bytes, length)?;
            }
        }
        let kept = match (item.content, role) {
            (Content::Deleted, _) => Kept::Deleted,
            _ if !may_stand => {
                self.put_aside(number, id, length, place);
                Kept::Deleted
            }
            (Content::Text, _) => {
                *self.additions.letters.entry(place.parent).or_default() += u64::from(length);
                Kept::Text
            }
            (_, Some(role)) => {
                if depth > MAX_TYPE_DEPTH {
                    return Err(Limit::TypeDepth.into());
                }
                let number = self.index.type_number(self.additions.types.len());
                self.additions.types.push(SharedType {
                    role,
                    born: Some((id, place)),
                    depth,
                    inserted: 0,
                    removed: 0,
                });
                Kept::Type(number)
            }
            (_, None) => {
                if length > 1 && place.key.is_some() && !self.dooms_all(id, length) {
                    return Err(Misfit::Values.into());
                }
                let is_reaction = match (parent_role, &key) {
                    (Role::Thing(root), Some(field)) => is_reaction(root, field),
                    _ => false,
                };
                if matches!((parent_role, key.as_deref()), (Role::Thing(_), Some(GONE))) {
                    Kept::GoneAt
                } else if is_reaction {
                    *self.additions.letters.entry(place.parent).or_default() += u64::from(length);
                    Kept::Reaction
                } else {
                    Kept::Values
                }
            }
        };
        self.count_steps(id, length, place, kept, item);
        Ok(What::Item(place, kept))
    }

    /// Whether the sender may set a reserved field to the last `length` of these values.
    fn may_stand(
        &mut self,
        client: u64,
        place: Place,
        field: Reserved,
        values: &[u8],
        length: u32,
    ) -> Result<bool, Rejection> {
        let (Some(note), Some(key)) = (self.thing_at(place), place.key) else {
            return Ok(true); // a note is an entry, and so is its field
        };
        let maker = self.shared_type(place.parent).born.map(|(id, _)| id.client);
        let known = values_of(values).count().saturating_sub(length as usize);
        for value in values_of(values).skip(known) {
            let (value, bytes) = value?;
            let is_repeated = || self.index.said.holds((note, key), bytes);
            if !self.permission.may_set(field, value, is_repeated) {
                return Ok(false);
            }
            if matches!(self.permission, Permission::Write(_))
                && field != Reserved::Said
                && !(maker == Some(client) && self.authors.may_say(client, field.says(), value))
            {
                return Ok(false);
            }
            if field == Reserved::Said {
                self.additions.said.add((note, key), bytes);
            }
        }
        Ok(true)
    }

    /// What the sender may not say stands as deleted: whatever builds on it still has its place, and
    /// the rest of the update is as good as it was.
    fn put_aside(&mut self, number: usize, first: Id, length: u32, place: Place) {
        if let Some(note) = self.thing_at(place) {
            let range = Range {
                client: first.client,
                start: first.clock,
                end: first.clock + length,
            };
            self.additions.aside.push(Aside {
                number,
                range,
                note,
            });
        }
    }

    /// Remembers which cluster a note is put in, or which end a link gets, unless the update itself deletes that.
    fn note_joined(
        &mut self,
        root: Root,
        place: Place,
        id: Id,
        values: &[u8],
        length: u32,
    ) -> Result<(), Rejection> {
        let Some(thing) = self.thing_at(place) else {
            return Ok(());
        };
        let known = values_of(values).count().saturating_sub(length as usize);
        for (clock, value) in (id.clock..).zip(values_of(values).skip(known)) {
            let doomed = self.doomed().get(&id.client);
            let is_doomed = doomed.is_some_and(|set| set.contains(clock));
            if let (Value::Text(joined), _) = value?
                && !is_doomed
            {
                let joins = self.additions.joins.entry((root, thing)).or_default();
                joins.push(joined.into());
            }
        }
        Ok(())
    }

    /// The key of the thing whose field this is.
    pub(super) fn thing_at(&self, place: Place) -> Option<KeyNumber> {
        let (_, in_root) = self.shared_type(place.parent).born?;
        in_root.key
    }

    fn count_steps(&mut self, id: Id, length: u32, place: Place, kept: Kept, item: &Item<'_>) {
        let item = Inserted {
            place,
            first: id,
            length,
            pieces: match kept {
                Kept::Deleted | Kept::Type(_) => 1,
                Kept::Text | Kept::Values | Kept::Reaction | Kept::GoneAt => length,
            },
            origin: item.origin,
            right_origin: item.right_origin,
        };
        let mut seams = std::mem::take(&mut self.additions.seams);
        self.steps += seams.insert(&self.index.seams, item, |left| {
            let next = follower(left);
            let is_known = next.clock < self.clock_of(next.client);
            match self.at(next) {
                What::Item(there, _) if is_known && there == place => Next::At(next),
                _ => Next::End,
            }
        });
        self.additions.seams = seams;
    }

    /// Where an item belongs; `None` if its place is gone.
    fn place_of(&mut self, item: &Item<'_>) -> Result<Option<Place>, Rejection> {
        let mut evidence = Evidence::default();
        for neighbour in [item.origin, item.right_origin].into_iter().flatten() {
            evidence.add_neighbour(self.at(neighbour))?;
        }
        let parent = match item.parent {
            Some(Parent::Root(name)) => {
                let root = Root::named(name).ok_or(Rejection::UnknownRoot)?;
                Some(TypeNumber::of_root(root))
            }
            Some(Parent::Type(id)) => match self.at(id) {
                What::Item(_, Kept::Type(number)) => Some(number),
                What::Gone | What::Item(_, Kept::Deleted) => {
                    evidence.is_gone = true;
                    None
                }
                What::Item(..) => return Err(Misfit::Parent.into()),
            },
            None => None,
        };
        if let Some(parent) = parent {
            let key = item.key.map(|key| self.key_number(key));
            evidence.add(Place { parent, key })?;
        }
        match evidence.place {
            // Yjs lets such an item go and Yrs keeps it, unless what it is in was deleted.
            Some(place) if evidence.is_gone && !self.is_deleted(place.parent) => {
                Err(Misfit::Neighbours.into())
            }
            _ if evidence.is_gone => Ok(None),
            Some(place) if place.key.is_some() && item.right_origin.is_some() => {
                Err(Misfit::Earlier.into())
            }
            place => Ok(place),
        }
    }

    fn key_number(&mut self, key: &str) -> KeyNumber {
        if let Some(number) = self.index.key_number(key) {
            return number;
        }
        if let Some(&number) = self.key_numbers.get(key) {
            return number;
        }
        let number = self.index.next_key_number(self.additions.keys.len());
        let key: Arc<str> = key.into();
        self.additions.usage.add(self.client, Fill::Names, 1);
        self.additions.keys.push(key.clone());
        self.key_numbers.insert(key, number);
        number
    }

    pub(super) fn shared_type(&self, number: TypeNumber) -> &SharedType {
        self.index
            .type_with(&self.additions, number)
            .unwrap_or_else(|| unreachable!())
    }

    /// Whether a type, or one that it is in, is deleted or will be by this update.
    pub(super) fn is_deleted(&self, mut number: TypeNumber) -> bool {
        while let Some((id, place)) = self.shared_type(number).born {
            let doomed = self.doomed().get(&id.client);
            if self.index.is_deleted(id) || doomed.is_some_and(|set| set.contains(id.clock)) {
                return true;
            }
            number = place.parent;
        }
        false
    }

    /// Whether this update deletes all of these elements. Overwritten values are merged into one
    /// struct, and all of them are deleted. In Yrs all values under a key but the last *must* be:
    /// when the map goes, those that are not keep pointing at it.
    fn dooms_all(&self, id: Id, length: u32) -> bool {
        let doomed = self.doomed().get(&id.client);
        doomed.is_some_and(|set| set.missing(id.clock, id.clock + length).is_empty())
    }

    pub(super) fn doomed(&self) -> &HashMap<u64, Clocks> {
        self.doomed.get_or_init(|| self.update.doomed())
    }

    pub(super) fn pieces_of(&self, client: u64) -> u64 {
        let added = self.additions.lines.get(&client).map_or(0, Spans::count);
        (self.index.span_count(client) + added) as u64
    }
}
