//! Makes updates with a writer of our own: well-formed, mostly of the schema, and as twisted as an
//! honest client never is — neighbours in any order, entries with right neighbours, structs that
//! build on each other across clients, pieces that overlap.

use crate::dice::Dice;
use samtavle_shared::{guard::Guard, lib0::Writer};

const CLIENTS: [u64; 6] = [0, 1, 2, 3, 200, (1 << 53) - 1];
const ROOTS: [&str; 9] = [
    "notes", "notes", "notes", "clusters", "links", "ink", "meta", "meta", "secrets",
];
const IDS: [&str; 4] = ["a", "b", "c", "title"];
const FIELDS: [&str; 10] = [
    "kind", "pos", "text", "cluster", "order", "at", "gone", "title", "later", "map",
];
const TEXTS: [&str; 5] = [
    "a",
    "bcd",
    "æ🌍x",
    "🌍🌍",
    "long enough to be cut in many pieces",
];

/// `null`, `[1, 2]`, `"ab"`, `7`, `true`, and something deep.
const VALUES: [&[u8]; 6] = [
    &[126],
    &[117, 2, 125, 1, 125, 2],
    &[119, 2, b'a', b'b'],
    &[125, 7],
    &[120],
    &[118, 1, 1, b'a', 117, 1, 116, 2, 1, 2],
];

/// Where things can be put, and what is there.
#[derive(Clone, Debug)]
struct Spot {
    parent: Parent,
    key: Option<&'static str>,
    fits: Fits,
    /// Client, first clock, length.
    runs: Vec<(u64, u32, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Parent {
    Root(&'static str),
    Type(u64, u32),
}

/// What the schema wants in a spot, so that most of what is forged gets in.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fits {
    Thing,
    Letters,
    Text,
    Anything,
    Value(usize),
}

/// What is known of a room by having written to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forge {
    spots: Vec<Spot>,
}

impl Forge {
    /// An update for a room, and what will be known when it is admitted.
    pub(crate) fn update(&self, guard: &Guard, dice: &mut Dice) -> (Vec<u8>, Self) {
        let mut draft = self.clone();
        let mut writer = Writer::new();
        let sections = [1, 1, 1, 2, 3, 0][dice.below(6)];
        let first = dice.below(CLIENTS.len());
        writer.write_var_u64(sections);
        for number in 0..sections as usize {
            let client = CLIENTS[(first + number) % CLIENTS.len()];
            let known = guard.clock_of(client);
            let mut clock = match dice.below(30) {
                0 => known + dice.below(3) as u32,
                1 | 2 => known.saturating_sub(dice.below(6) as u32),
                _ => known,
            };
            let structs = 1 + dice.below(5);
            writer.write_var_u64(structs as u64);
            writer.write_var_u64(client);
            writer.write_var_u64(u64::from(clock));
            for _ in 0..structs {
                clock += draft.write_struct(&mut writer, client, clock, dice);
            }
        }
        write_deletions(&mut writer, guard, dice);
        (writer.into_bytes(), draft)
    }

    /// Writes one struct, and answers how long it is.
    fn write_struct(
        &mut self,
        writer: &mut Writer,
        client: u64,
        clock: u32,
        dice: &mut Dice,
    ) -> u32 {
        if dice.one_in(40) {
            let length = 1 + dice.below(3) as u32;
            writer.write_u8(if dice.one_in(12) { 10 } else { 0 });
            writer.write_var_u64(u64::from(length));
            return length;
        }
        let number = self.choose_spot(dice);
        let spot = self.spots[number].clone();
        let origin =
            (!spot.runs.is_empty() && !dice.one_in(4)).then(|| self.neighbour(&spot, dice));
        let right = (!spot.runs.is_empty() && dice.one_in(3)).then(|| self.neighbour(&spot, dice));
        let fits = if dice.one_in(60) {
            [Fits::Thing, Fits::Letters, Fits::Text, Fits::Anything][dice.below(4)]
        } else {
            spot.fits
        };
        let content = content_for(fits, dice);
        let mut info = content.kind;
        info |= if origin.is_some() { 0x80 } else { 0 };
        info |= if right.is_some() { 0x40 } else { 0 };
        info |= if spot.key.is_some() { 0x20 } else { 0 };
        writer.write_u8(info);
        for (client, clock) in [origin, right].into_iter().flatten() {
            writer.write_var_u64(client);
            writer.write_var_u64(u64::from(clock));
        }
        if origin.is_none() && right.is_none() {
            match spot.parent {
                Parent::Root(name) => {
                    writer.write_u8(1);
                    writer.write_var_str(name);
                }
                Parent::Type(client, clock) => {
                    writer.write_u8(0);
                    writer.write_var_u64(client);
                    writer.write_var_u64(u64::from(clock));
                }
            }
            if let Some(key) = spot.key {
                writer.write_var_str(key);
            }
        }
        writer.write_bytes(&content.bytes);
        self.spots[number]
            .runs
            .push((client, clock, content.length));
        if let Some(kind) = content.shared_type {
            self.open_type(Parent::Type(client, clock), kind, spot.parent);
        }
        content.length
    }

    /// One that is there, or a new one under a root.
    fn choose_spot(&mut self, dice: &mut Dice) -> usize {
        if !self.spots.is_empty() && !dice.one_in(6) {
            // The newest are the most twisted.
            let back = dice
                .below(self.spots.len())
                .min(dice.below(self.spots.len()));
            return self.spots.len() - 1 - back;
        }
        let known = if dice.one_in(50) {
            ROOTS.len()
        } else {
            ROOTS.len() - 1
        };
        let root = ROOTS[dice.below(known)];
        let key = Some(IDS[dice.below(IDS.len())]);
        let fits = match (root, key) {
            ("meta", Some("title")) => Fits::Text,
            ("meta", _) => Fits::Value(dice.below(VALUES.len())),
            _ => Fits::Thing,
        };
        self.spot(Parent::Root(root), key, fits)
    }

    fn spot(&mut self, parent: Parent, key: Option<&'static str>, fits: Fits) -> usize {
        let is_it = |spot: &Spot| spot.parent == parent && spot.key == key;
        self.spots.iter().position(is_it).unwrap_or_else(|| {
            self.spots.push(Spot {
                parent,
                key,
                fits,
                runs: Vec::new(),
            });
            self.spots.len() - 1
        })
    }

    /// The spots of a new shared type.
    fn open_type(&mut self, born: Parent, kind: u8, within: Parent) {
        match kind {
            0 => {
                self.spot(born, None, Fits::Anything);
            }
            1 if matches!(within, Parent::Root(_)) => {
                for field in FIELDS {
                    let fits = match field {
                        "kind" | "order" => Fits::Value(2),
                        "pos" => Fits::Value(1),
                        "text" | "title" => Fits::Text,
                        "cluster" => Fits::Value(0),
                        "at" | "gone" => Fits::Value(3),
                        _ => Fits::Anything,
                    };
                    self.spot(born, Some(field), fits);
                }
            }
            1 => {
                self.spot(born, Some("later"), Fits::Anything);
                self.spot(born, Some("map"), Fits::Anything);
            }
            _ => {
                self.spot(born, None, Fits::Letters);
            }
        }
    }

    /// An element of the same spot, and sometimes of any.
    fn neighbour(&self, spot: &Spot, dice: &mut Dice) -> (u64, u32) {
        let any = self.spots.get(dice.below(self.spots.len()));
        let from = any.filter(|_| dice.one_in(40)).unwrap_or(spot);
        let run = dice.pick(&from.runs).or(spot.runs.last());
        let &(client, start, length) = run.unwrap_or(&(1, 0, 1));
        (client, start + dice.below(length as usize) as u32)
    }
}

/// The content of a struct as it stands on the wire.
struct Content {
    kind: u8,
    bytes: Vec<u8>,
    length: u32,
    shared_type: Option<u8>,
}

fn content_for(fits: Fits, dice: &mut Dice) -> Content {
    let of = |kind, bytes: Vec<u8>, length, shared_type| Content {
        kind,
        bytes,
        length,
        shared_type,
    };
    if dice.one_in(14) {
        let length = 1 + dice.below(4) as u8;
        return of(1, vec![length], u32::from(length), None);
    }
    match fits {
        Fits::Thing => of(7, vec![1], 1, Some(1)),
        Fits::Text => of(7, vec![2], 1, Some(2)),
        Fits::Letters => {
            let text = TEXTS[dice.below(TEXTS.len())];
            let mut writer = Writer::new();
            writer.write_var_str(text);
            of(
                4,
                writer.into_bytes(),
                text.encode_utf16().count() as u32,
                None,
            )
        }
        Fits::Value(number) => values(number, dice),
        Fits::Anything => match dice.below(5) {
            0 => of(7, vec![dice.below(3) as u8], 1, None).opening(),
            1 => of(3, vec![2, 9, 9], 1, None),
            _ => values(dice.below(VALUES.len()), dice),
        },
    }
}

impl Content {
    fn opening(mut self) -> Self {
        self.shared_type = self.bytes.first().copied();
        self
    }
}

fn values(number: usize, dice: &mut Dice) -> Content {
    let length = if dice.one_in(3) { 1 + dice.below(4) } else { 1 };
    let mut bytes = vec![length as u8];
    bytes.extend(VALUES[number].repeat(length));
    Content {
        kind: 8,
        bytes,
        length: length as u32,
        shared_type: None,
    }
}

fn write_deletions(writer: &mut Writer, guard: &Guard, dice: &mut Dice) {
    if !dice.one_in(3) {
        writer.write_u8(0);
        return;
    }
    let clients = 1 + dice.below(2);
    let first = dice.below(CLIENTS.len());
    writer.write_var_u64(clients as u64);
    for number in 0..clients {
        let client = CLIENTS[(first + number) % CLIENTS.len()];
        let known = guard.clock_of(client) as usize;
        let ranges = 1 + dice.below(3);
        writer.write_var_u64(client);
        writer.write_var_u64(if known == 0 { 0 } else { ranges as u64 });
        for _ in 0..if known == 0 { 0 } else { ranges } {
            let start = dice.below(known);
            let length = 1 + dice.below((known - start).min(6));
            writer.write_var_u64(start as u64);
            writer.write_var_u64(length as u64);
        }
    }
}
