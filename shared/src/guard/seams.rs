//! How much work an update makes for Yrs, which looks for the place of each item by walking past
//! its competitors, one by one.
//!
//! Items that are put between two elements that stand beside each other have no competitors; only
//! people who write in the same spot at the same time make some. But 190 KB of forged items, each
//! competing with all others, keep Yrs busy for 13 seconds, and four times as much for four minutes.
//! So we remember what was last put beside what, and count for every item that is not put between
//! such neighbours as many steps as its list is long. An element that was just put somewhere is
//! nobody's competitor yet, so its word for what stands to its right can be taken.

use super::index::Place;
use super::reader::Id;
use std::collections::HashMap;

/// What stands to the right of an element, or at the edge of a place.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Next {
    /// The beginning or the end of the list.
    End,
    /// This one.
    At(Id),
    /// There are competitors.
    Unsure,
}

/// What is in a place, in outline.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// The first of a list; the last of a key's values.
    edge: Next,
    /// How many elements it holds at most, deleted ones too.
    elements: u64,
}

/// What stands beside what, as far as it was told. Within what one client inserted in one go,
/// nothing is kept: the next clock is the next element.
#[derive(Debug, Default)]
pub(super) struct Seams {
    spots: HashMap<Place, Spot>,
    next: HashMap<Id, Next>,
}

/// An item that is put in a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inserted {
    pub(super) place: Place,
    /// Its first element.
    pub(super) first: Id,
    /// How many.
    pub(super) length: u32,
    /// How many pieces it can ever be cut into by what is put between them.
    pub(super) pieces: u32,
    /// Its left neighbour.
    pub(super) origin: Option<Id>,
    /// Its right neighbour.
    pub(super) right_origin: Option<Id>,
}

impl Seams {
    /// Whether something stands in a place, or once did.
    pub(super) fn knows(&self, place: Place) -> bool {
        self.spots.contains_key(&place)
    }

    fn spot(&self, place: Place) -> Option<Spot> {
        self.spots.get(&place).copied()
    }

    /// Takes up what an update changed.
    pub(super) fn add(&mut self, new: Self) {
        self.spots.extend(new.spots);
        for (id, next) in new.next {
            if next == Next::At(follower(id)) {
                self.next.remove(&id);
            } else {
                self.next.insert(id, next);
            }
        }
    }

    /// Puts an item in its place, and answers how many steps that may take. `known` is what was
    /// before this update; `beside` is what stands to the right of an element of which nothing is
    /// kept.
    pub(super) fn insert(
        &mut self,
        known: &Self,
        item: Inserted,
        beside: impl FnOnce(Id) -> Next,
    ) -> u64 {
        let mut spot = self
            .spot(item.place)
            .or_else(|| known.spot(item.place))
            .unwrap_or(Spot {
                edge: Next::End,
                elements: 0,
            });
        let last = Id {
            clock: item.first.clock + item.length - 1,
            ..item.first
        };
        let right = item.right_origin.map_or(Next::End, Next::At);
        let is_between = if item.place.key.is_some() {
            // A new value is put after the last one.
            let is_after_the_last = spot.edge == item.origin.map_or(Next::End, Next::At);
            spot.edge = Next::At(last);
            is_after_the_last
        } else {
            let there = match item.origin {
                Some(id) => self.next.get(&id).or_else(|| known.next.get(&id)).copied(),
                None => Some(spot.edge),
            };
            let there = there.unwrap_or_else(|| item.origin.map_or(Next::End, beside));
            let is_between = there == right;
            let now = if is_between {
                Next::At(item.first)
            } else {
                Next::Unsure
            };
            match item.origin {
                Some(id) => {
                    self.next.insert(id, now);
                }
                None => spot.edge = now,
            }
            self.next.insert(last, right);
            is_between
        };
        let steps = if is_between { 0 } else { spot.elements };
        // Whatever is put within another item cuts it in two.
        spot.elements += u64::from(item.pieces) + 1;
        self.spots.insert(item.place, spot);
        steps
    }
}

/// The element that the same client inserted next.
pub(super) fn follower(id: Id) -> Id {
    Id {
        clock: id.clock + 1,
        ..id
    }
}

#[cfg(test)]
mod tests {
    use super::super::index::TypeNumber;
    use super::*;
    use crate::schema::Root;

    fn id(client: u64, clock: u32) -> Id {
        Id { client, clock }
    }

    /// A list in which each client's next clock is the next element, while there is one.
    struct List(Seams, Vec<Id>);

    impl List {
        fn new() -> Self {
            Self(Seams::default(), Vec::new())
        }

        /// Inserts some letters, takes them up, and answers how many steps that was.
        fn insert(&mut self, first: Id, length: u32, left: Option<Id>, right: Option<Id>) -> u64 {
            let item = Inserted {
                place: Place {
                    parent: TypeNumber::of_root(Root::Notes),
                    key: None,
                },
                first,
                length,
                pieces: length,
                origin: left,
                right_origin: right,
            };
            let mut new = Seams::default();
            let steps = new.insert(&self.0, item, |left| {
                let next = follower(left);
                if self.1.contains(&next) {
                    Next::At(next)
                } else {
                    Next::End
                }
            });
            self.0.add(new);
            self.1
                .extend((0..length).map(|more| id(first.client, first.clock + more)));
            steps
        }
    }

    #[test]
    fn who_writes_between_neighbours_makes_no_work() {
        let mut list = List::new();
        assert_eq!(list.insert(id(1, 0), 5, None, None), 0);
        assert_eq!(list.insert(id(1, 5), 1, Some(id(1, 4)), None), 0);
        assert_eq!(list.insert(id(2, 0), 1, Some(id(1, 2)), Some(id(1, 3))), 0);
        assert_eq!(list.insert(id(2, 1), 1, Some(id(2, 0)), Some(id(1, 3))), 0);
        assert_eq!(list.insert(id(3, 0), 1, None, Some(id(1, 0))), 0);
        assert_eq!(list.insert(id(1, 6), 1, Some(id(3, 0)), Some(id(1, 0))), 0);
    }

    #[test]
    fn who_writes_where_another_did_meanwhile_makes_as_much_work_as_the_list_is_long() {
        let mut list = List::new();
        assert_eq!(list.insert(id(1, 0), 5, None, None), 0);
        assert_eq!(list.insert(id(2, 0), 2, Some(id(1, 4)), None), 0);
        assert_eq!(list.insert(id(3, 0), 2, Some(id(1, 4)), None), 9);
        // From then on nobody knows what stands there; but one goes on behind one's own letters.
        assert_eq!(list.insert(id(3, 2), 1, Some(id(3, 1)), None), 0);
        assert_eq!(list.insert(id(4, 0), 1, Some(id(1, 4)), Some(id(2, 0))), 14);
    }

    #[test]
    fn a_run_of_typing_leaves_one_seam() {
        let mut list = List::new();
        list.insert(id(1, 0), 1, None, None);
        for clock in 1..100 {
            assert_eq!(
                list.insert(id(1, clock), 1, Some(id(1, clock - 1)), None),
                0
            );
        }
        assert_eq!(list.0.next.len(), 1);
    }
}
