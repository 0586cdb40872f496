//! Reads a Yjs v1 update: for each client its structs in order, then what is deleted.
//!
//! The format, with every number as a lib0 varint:
//!
//! ```text
//! update  = clients { structs client clock { struct } } clients { client ranges { clock length } }
//! struct  = 00 length                                              garbage collected
//!         | 0a length                                              skipped: a gap
//!         | info [origin] [right origin] [parent [key]] content    an item
//! info    = 80: has an origin   40: has a right origin   20: has a key   0f: kind of content
//! parent  = 01 name | 00 id            only when it has neither origin
//! ```
//!
//! Nothing here is believed: not a count, not a length. It keeps one flat list of structs that
//! borrow from the update, and refuses at once what boards have no use for. Kinds of content that
//! Yrs and Yjs read differently (formats, JSON, the fifth bit of `info`) are among those.

use super::Rejection;
use super::clocks::Clocks;
use super::rejection::{Limit, Malformed, Misfit};
use super::value::Value;
use crate::lib0::Reader;
use crate::limits::{
    MAX_CLIENT_ID, MAX_CLIENTS_PER_UPDATE, MAX_CLOCK, MAX_DELETED_RANGES_PER_UPDATE,
    MAX_FRAME_BYTES, MAX_STRUCTS_PER_UPDATE, MAX_VALUES_PER_UPDATE,
};
use std::collections::{HashMap, HashSet};

const GARBAGE: u8 = 0;
const SKIPPED: u8 = 10;
const HAS_ORIGIN: u8 = 0x80;
const HAS_RIGHT_ORIGIN: u8 = 0x40;
const HAS_KEY: u8 = 0x20;
/// No client sets it. Yjs reads it as a part of the kind, Yrs does not.
const RESERVED: u8 = 0x10;
pub(super) const KIND: u8 = 0x0f;
/// The kind of content that was deleted.
pub(super) const DELETED: u8 = 1;

/// Names one inserted element: who inserted it, and the how-manieth of theirs it is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct Id {
    /// The client.
    pub(super) client: u64,
    /// The clock.
    pub(super) clock: u32,
}

/// Clocks `start..end` of one client.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Range {
    /// The client.
    pub(super) client: u64,
    /// The first clock.
    pub(super) start: u32,
    /// The clock after the last.
    pub(super) end: u32,
}

/// A v1 update, taken apart.
#[derive(Debug)]
pub(super) struct Update<'a> {
    /// One for each client that has structs in it.
    pub(super) sections: Vec<Section>,
    /// All structs, section after section.
    pub(super) structs: Vec<Struct<'a>>,
    /// What is deleted.
    pub(super) deletions: Vec<Range>,
    /// Whether something was left out of it.
    pub(super) has_gap: bool,
}

/// The structs of one client.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section {
    /// The client.
    pub(super) client: u64,
    /// Its first struct in [`Update::structs`].
    pub(super) first: usize,
    /// The one after its last.
    pub(super) end: usize,
}

/// A run of elements that were inserted together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Struct<'a> {
    /// The clock of its first element.
    pub(super) clock: u32,
    /// How many elements.
    pub(super) length: u32,
    /// `None`: garbage collected.
    pub(super) item: Option<Item<'a>>,
    /// As it came, from its first byte to its last.
    pub(super) bytes: &'a [u8],
}

/// A struct that still has a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'a> {
    /// What stood to the left when it was inserted.
    pub(super) origin: Option<Id>,
    /// What stood to the right.
    pub(super) right_origin: Option<Id>,
    /// Where it belongs; only told when there is no neighbour to tell it.
    pub(super) parent: Option<Parent<'a>>,
    /// Under which key, if it is an entry of a map; only told with the parent.
    pub(super) key: Option<&'a str>,
    /// What was inserted.
    pub(super) content: Content<'a>,
    /// How many of the struct's bytes stand before its content.
    pub(super) head: usize,
}

/// What an item is in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Parent<'a> {
    /// A root type.
    Root(&'a str),
    /// The shared type that was inserted as this element.
    Type(Id),
}

/// What was inserted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Content<'a> {
    /// Something that was deleted since.
    Deleted,
    /// Letters of a text that people write together.
    Text,
    /// Plain values, as many as the struct is long: their bytes, which were walked already.
    Values(&'a [u8]),
    /// A blob.
    Bytes,
    /// A shared type.
    Type(Type),
}

/// A kind of shared type that boards have.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Type {
    /// `YArray`
    Array,
    /// `YMap`
    Map,
    /// `YText`
    Text,
}

impl Struct<'_> {
    /// The clock after its last element.
    pub(super) fn end(&self) -> u32 {
        self.clock + self.length
    }
}

impl Item<'_> {
    /// The elements that must be there before it.
    pub(super) fn names(&self) -> [Option<Id>; 3] {
        let parent = match self.parent {
            Some(Parent::Type(id)) => Some(id),
            _ => None,
        };
        [self.origin, self.right_origin, parent]
    }
}

/// Whether the limits on one update are kept: on a socket yes; our own log may hold a checkpoint
/// that is larger than any frame.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Size {
    /// Of a frame.
    Limited,
    /// Of a board.
    Whole,
}

impl Size {
    fn at_most(self, count: u64, most: usize, limit: Limit) -> Result<(), Rejection> {
        if self == Self::Limited && count > most as u64 {
            return Err(limit.into());
        }
        Ok(())
    }
}

impl<'a> Update<'a> {
    /// Reads an update to its last byte.
    pub(super) fn read(bytes: &'a [u8], size: Size) -> Result<Self, Rejection> {
        size.at_most(bytes.len() as u64, MAX_FRAME_BYTES, Limit::Bytes)?;
        let mut values_left = match size {
            Size::Limited => MAX_VALUES_PER_UPDATE,
            Size::Whole => usize::MAX,
        };
        let mut reader = Reader::new(bytes);
        let mut update = Self {
            sections: Vec::new(),
            structs: Vec::new(),
            deletions: Vec::new(),
            has_gap: false,
        };
        update.read_structs(&mut reader, size, &mut values_left)?;
        update.read_deletions(&mut reader, size)?;
        if reader.is_at_end() {
            Ok(update)
        } else {
            Err(Malformed::TrailingBytes.into())
        }
    }

    fn read_structs(
        &mut self,
        reader: &mut Reader<'a>,
        size: Size,
        values_left: &mut usize,
    ) -> Result<(), Rejection> {
        let mut seen = HashSet::new();
        let clients = reader.var_u64()?;
        size.at_most(clients, MAX_CLIENTS_PER_UPDATE, Limit::Clients)?;
        for _ in 0..clients {
            let count = reader.var_u64()?;
            let all = count.saturating_add(self.structs.len() as u64);
            size.at_most(all, MAX_STRUCTS_PER_UPDATE, Limit::Structs)?;
            let client = read_client(reader)?;
            if count == 0 {
                return Err(Malformed::Empty.into());
            }
            if !seen.insert(client) {
                return Err(Malformed::ClientTwice.into());
            }
            let first = self.structs.len();
            let mut clock = reader.var_u32()?;
            for _ in 0..count {
                let start = reader.rest();
                let info = reader.u8()?;
                let (item, length) = match info {
                    GARBAGE | SKIPPED => (None, reader.var_u32()?),
                    _ => {
                        let (item, length) = read_item(reader, info, values_left)?;
                        (Some(item), length)
                    }
                };
                if length == 0 {
                    return Err(Malformed::Empty.into());
                }
                let next = clock_after(clock, length)?;
                if info == SKIPPED {
                    self.has_gap = true;
                } else {
                    self.structs.push(Struct {
                        clock,
                        length,
                        item,
                        bytes: &start[..start.len() - reader.remaining()],
                    });
                }
                clock = next;
            }
            self.sections.push(Section {
                client,
                first,
                end: self.structs.len(),
            });
        }
        Ok(())
    }

    /// What it deletes, by client.
    pub(super) fn doomed(&self) -> HashMap<u64, Clocks> {
        let mut doomed: HashMap<u64, Clocks> = HashMap::new();
        for range in &self.deletions {
            let clocks = doomed.entry(range.client).or_default();
            clocks.add(range.start, range.end);
        }
        doomed
    }

    fn read_deletions(&mut self, reader: &mut Reader<'a>, size: Size) -> Result<(), Rejection> {
        let mut seen = HashSet::new();
        let clients = reader.var_u64()?;
        size.at_most(clients, MAX_CLIENTS_PER_UPDATE, Limit::Clients)?;
        for _ in 0..clients {
            let client = read_client(reader)?;
            if !seen.insert(client) {
                return Err(Malformed::ClientTwice.into());
            }
            let ranges = reader.var_u64()?;
            let all = ranges.saturating_add(self.deletions.len() as u64);
            size.at_most(all, MAX_DELETED_RANGES_PER_UPDATE, Limit::DeletedRanges)?;
            for _ in 0..ranges {
                let start = reader.var_u32()?;
                let length = reader.var_u32()?;
                if length == 0 {
                    return Err(Malformed::Empty.into());
                }
                let end = clock_after(start, length)?;
                self.deletions.push(Range { client, start, end });
            }
        }
        Ok(())
    }
}

fn read_item<'a>(
    reader: &mut Reader<'a>,
    info: u8,
    values_left: &mut usize,
) -> Result<(Item<'a>, u32), Rejection> {
    if info & RESERVED != 0 {
        return Err(Malformed::UnknownStruct.into());
    }
    let after_info = reader.remaining();
    let has = |flag: u8| info & flag != 0;
    let origin = has(HAS_ORIGIN).then(|| read_id(reader)).transpose()?;
    let right_origin = has(HAS_RIGHT_ORIGIN).then(|| read_id(reader)).transpose()?;
    let (mut parent, mut key) = (None, None);
    if origin.is_none() && right_origin.is_none() {
        parent = Some(match reader.var_u64()? {
            1 => Parent::Root(reader.var_str()?),
            0 => Parent::Type(read_id(reader)?),
            _ => return Err(Malformed::UnknownStruct.into()),
        });
        key = has(HAS_KEY).then(|| reader.var_str()).transpose()?;
    }
    let head = 1 + after_info - reader.remaining();
    let (content, length) = read_content(reader, info & KIND, values_left)?;
    let item = Item {
        origin,
        right_origin,
        parent,
        key,
        content,
        head,
    };
    Ok((item, length))
}

/// Reads the content of an item, and how many elements it has.
fn read_content<'a>(
    reader: &mut Reader<'a>,
    kind: u8,
    values_left: &mut usize,
) -> Result<(Content<'a>, u32), Rejection> {
    Ok(match kind {
        DELETED => (Content::Deleted, reader.var_u32()?),
        3 => {
            let length = reader.var_bytes()?.len();
            if length > crate::limits::MAX_VALUE_BYTES {
                return Err(Limit::ValueBytes.into());
            }
            (Content::Bytes, 1)
        }
        4 => {
            let length = reader.var_str()?.encode_utf16().count();
            let length = u32::try_from(length).map_err(|_| Limit::Clock)?;
            (Content::Text, length)
        }
        7 => {
            let content = match reader.var_u64()? {
                0 => Type::Array,
                1 => Type::Map,
                2 => Type::Text,
                _ => return Err(Misfit::Content.into()),
            };
            (Content::Type(content), 1)
        }
        8 => {
            let count = reader.var_u32()?;
            let start = reader.rest();
            for _ in 0..count {
                Value::read(reader, values_left)?;
            }
            let taken = start.len() - reader.remaining();
            (Content::Values(&start[..taken]), count)
        }
        // Old JSON (Yrs reads one string too many), embedded objects, formats, subdocuments.
        2 | 5 | 6 | 9 => return Err(Misfit::Content.into()),
        _ => return Err(Malformed::UnknownStruct.into()),
    })
}

/// The single values among those of [`Content::Values`], which were walked and counted before.
pub(super) fn values_of(
    bytes: &[u8],
) -> impl Iterator<Item = Result<(Value<'_>, &[u8]), Rejection>> {
    let mut reader = Reader::new(bytes);
    let mut uncounted = usize::MAX;
    std::iter::from_fn(move || {
        let rest = (!reader.is_at_end()).then(|| reader.rest())?;
        let value = Value::read(&mut reader, &mut uncounted);
        Some(value.map(|value| (value, &rest[..rest.len() - reader.remaining()])))
    })
}

fn read_id(reader: &mut Reader<'_>) -> Result<Id, Rejection> {
    Ok(Id {
        client: read_client(reader)?,
        clock: reader.var_u32()?,
    })
}

fn read_client(reader: &mut Reader<'_>) -> Result<u64, Rejection> {
    let client = reader.var_u64()?;
    if client > MAX_CLIENT_ID {
        return Err(Malformed::BadClient.into());
    }
    Ok(client)
}

fn clock_after(clock: u32, length: u32) -> Result<u32, Rejection> {
    clock
        .checked_add(length)
        .filter(|&after| after <= MAX_CLOCK)
        .ok_or(Rejection::TooLarge(Limit::Clock))
}
