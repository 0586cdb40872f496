//! Breaks the bytes of an update.

use crate::dice::Dice;

/// Numbers at the edges of what a varint holds, and where Yrs counts in `u32` and `i32`.
const EDGES: &[&[u8]] = &[
    &[0x00],
    &[0x01],
    &[0x7f],
    &[0x80, 0x01],
    &[0x80, 0x00],
    &[0xff, 0x7f],
    &[0xff, 0xff, 0xff, 0xff, 0x07],
    &[0x80, 0x80, 0x80, 0x80, 0x08],
    &[0xff, 0xff, 0xff, 0xff, 0x0f],
    &[0x80, 0x80, 0x80, 0x80, 0x10],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f],
    &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10],
    &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
];

/// First bytes of structs and tags of values: what decides how the rest is read.
const TAGS: &[u8] = &[
    0x00, 0x01, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x21, 0x24, 0x27, 0x28, 0x44, 0x48,
    0x81, 0x84, 0x87, 0x88, 0xa1, 0xa8, 0xc1, 0xc4, 0xc8, 0xe8, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79,
    0x7a, 0x7b, 0x7c, 0x7d, 0x7e, 0x7f,
];

/// Breaks an update in one to four ways; `other` is a second one to splice from.
pub(crate) fn mutate(update: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        mutate_once(update, other, dice);
    }
}

fn mutate_once(update: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    let at = dice.below(update.len());
    match dice.below(13) {
        0 => {
            if let Some(byte) = update.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
        }
        1 => put(update, at, dice.byte()),
        2 => put(update, at, *dice.pick(TAGS).unwrap_or(&0)),
        3 => update.truncate(at),
        4 => {
            let inserted: Vec<u8> = (0..=dice.below(4)).map(|_| dice.byte()).collect();
            update.splice(at..at, inserted);
        }
        5 => {
            let end = (at + 1 + dice.below(4)).min(update.len());
            update.drain(at..end);
        }
        6 => {
            let edge = dice.pick(EDGES).copied().unwrap_or_default();
            let end = (at + dice.below(3)).min(update.len());
            update.splice(at..end, edge.iter().copied());
        }
        7 => {
            let from = dice.below(other.len());
            let to = (from + dice.below(24)).min(other.len());
            let end = (at + dice.below(24)).min(update.len());
            update.splice(at..end, other[from..to].iter().copied());
        }
        8 => {
            // A piece of itself once more.
            let end = (at + 1 + dice.below(16)).min(update.len());
            let piece = update[at.min(end)..end].to_vec();
            let to = dice.below(update.len());
            update.splice(to..to, piece);
        }
        9 => {
            // A small number becomes its neighbour: another clock, client, kind, or count.
            if let Some(byte) = update.get_mut(at) {
                *byte = if dice.one_in(2) {
                    byte.wrapping_add(1)
                } else {
                    byte.wrapping_sub(1)
                };
            }
        }
        10 => {
            // One client takes the name of another.
            let from = update.get(at).copied().unwrap_or_default();
            let to = update
                .get(dice.below(update.len()))
                .copied()
                .unwrap_or_default();
            for byte in update.iter_mut().filter(|byte| **byte == from) {
                if !dice.one_in(3) {
                    *byte = to;
                }
            }
        }
        11 => {
            let to = dice.below(update.len());
            if !update.is_empty() {
                update.swap(at, to);
            }
        }
        _ => {
            // Two halves change places.
            update.rotate_left(at);
        }
    }
}

fn put(update: &mut [u8], at: usize, new: u8) {
    if let Some(byte) = update.get_mut(at) {
        *byte = new;
    }
}
