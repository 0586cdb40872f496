//! Writes updates anew from the structs of others: each as it came, or as deleted.

use super::clocks::Clocks;
use super::reader::{DELETED, Item, KIND, Range, Struct, Update};
use crate::lib0::Writer;
use std::collections::{BTreeMap, HashMap, HashSet};

/// An update that is being written. A client's structs are added in their order, without a gap.
#[derive(Default)]
pub(super) struct Sheet {
    sections: Vec<Section>,
    section_of: HashMap<u64, usize>,
    deletions: BTreeMap<u64, Vec<(u32, u32)>>,
    bytes: usize,
}

struct Section {
    client: u64,
    start: u32,
    end: u32,
    structs: u64,
    bytes: Vec<u8>,
}

impl Sheet {
    /// Adds a struct as it came.
    pub(super) fn add(&mut self, client: u64, one: &Struct<'_>) {
        self.section(client, one).bytes.extend_from_slice(one.bytes);
        self.bytes += one.bytes.len();
    }

    /// Adds a struct whose content was deleted. It keeps its place.
    fn add_deleted(&mut self, client: u64, one: &Struct<'_>, item: &Item<'_>) {
        let mut writer = Writer::new();
        if let Some((info, place)) = one.bytes[..item.head].split_first() {
            writer.write_u8(info & !KIND | DELETED);
            writer.write_bytes(place);
        }
        writer.write_var_u64(u64::from(one.length));
        let bytes = writer.into_bytes();
        self.section(client, one).bytes.extend_from_slice(&bytes);
        self.bytes += bytes.len();
    }

    fn section(&mut self, client: u64, one: &Struct<'_>) -> &mut Section {
        let next = self.sections.len();
        let at = *self.section_of.entry(client).or_insert(next);
        if at == next {
            self.sections.push(Section {
                client,
                start: one.clock,
                end: one.clock,
                structs: 0,
                bytes: Vec::new(),
            });
        }
        let section = &mut self.sections[at];
        section.structs += 1;
        section.end = one.end();
        section
    }

    /// Says of `start..end` of a client that it is deleted.
    pub(super) fn delete(&mut self, client: u64, start: u32, end: u32) {
        /// A number of lib0 has five bytes at most here.
        const RANGE_BYTES: usize = 10;
        self.deletions.entry(client).or_default().push((start, end));
        self.bytes += RANGE_BYTES;
    }

    /// Says of what is in it which parts are deleted.
    pub(super) fn delete_own(&mut self, doomed: &HashMap<u64, Clocks>) {
        let mut found = Vec::new();
        for section in &self.sections {
            if let Some(clocks) = doomed.get(&section.client) {
                let within = clocks.within(section.start, section.end);
                found.extend(within.map(|(start, end)| (section.client, start, end)));
            }
        }
        for (client, start, end) in found {
            self.delete(client, start, end);
        }
    }

    /// About how long it is by now.
    pub(super) fn length(&self) -> usize {
        self.bytes
    }

    /// Whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.sections.is_empty() && self.deletions.is_empty()
    }

    /// The update.
    pub(super) fn written(self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(self.bytes + 16);
        writer.write_var_u64(self.sections.len() as u64);
        for section in &self.sections {
            writer.write_var_u64(section.structs);
            writer.write_var_u64(section.client);
            writer.write_var_u64(u64::from(section.start));
            writer.write_bytes(&section.bytes);
        }
        writer.write_var_u64(self.deletions.len() as u64);
        for (client, ranges) in &self.deletions {
            writer.write_var_u64(*client);
            writer.write_var_u64(ranges.len() as u64);
            for (start, end) in ranges {
                writer.write_var_u64(u64::from(*start));
                writer.write_var_u64(u64::from(end - start));
            }
        }
        writer.into_bytes()
    }
}

/// The update with these of its elements, by the number of their struct, deleted. It says so of them, too: whoever has
/// them already hears it.
pub(super) fn without(update: &Update<'_>, aside: &[(usize, Range)]) -> Vec<u8> {
    let numbers: HashSet<usize> = aside.iter().map(|(number, _)| *number).collect();
    let mut sheet = Sheet::default();
    for section in &update.sections {
        for number in section.first..section.end {
            let one = &update.structs[number];
            match &one.item {
                Some(item) if numbers.contains(&number) => {
                    sheet.add_deleted(section.client, one, item);
                }
                _ => sheet.add(section.client, one),
            }
        }
    }
    let aside = aside.iter().map(|(_, range)| *range);
    for range in update.deletions.iter().copied().chain(aside) {
        sheet.delete(range.client, range.start, range.end);
    }
    sheet.written()
}
