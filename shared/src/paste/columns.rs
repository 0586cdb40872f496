//! Which of a table's columns becomes notes.

use super::{Row, markers, unseen::shows_nothing};

/// A row is seen to have words in more than one column only where the columns do: of those cells of a
/// column that say anything, at least one in so many is words.
const WORDS_IN: usize = 2;

/// A table, and which of its columns have words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    rows: Vec<Row>,
    with_words: Vec<usize>,
}

impl Columns {
    pub(super) fn of(rows: Vec<Row>) -> Self {
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let mut said = vec![(0, 0); width];
        for row in &rows {
            for (cell, (filled, worded)) in row.iter().zip(&mut said) {
                *filled += usize::from(!cell.is_empty());
                *worded += usize::from(has_words(cell));
            }
        }
        let with_words = said
            .iter()
            .enumerate()
            .filter(|(_, (filled, worded))| *worded > 0 && worded * WORDS_IN >= *filled)
            .map(|(column, _)| column)
            .collect();
        Self { rows, with_words }
    }

    /// Whether there is more than one way to read it: some row has words in several of the columns that
    /// have.
    pub(super) fn is_a_choice(&self) -> bool {
        let has_several = |row: &Row| {
            let cells = self.with_words.iter().filter_map(|&column| row.get(column));
            cells.filter(|cell| has_words(cell)).nth(1).is_some()
        };
        self.rows.iter().any(has_several)
    }

    /// How many columns have words.
    pub fn count(&self) -> usize {
        self.with_words.len()
    }

    /// What such a column begins with: mostly its heading.
    pub fn heading(&self, choice: usize) -> &str {
        let column = self.with_words.get(choice).copied().unwrap_or_default();
        let mut cells = self.rows.iter().filter_map(|row| row.get(column));
        cells
            .find(|cell| !cell.is_empty())
            .map_or("", |cell| cell.lines().next().unwrap_or_default())
    }

    /// The notes of such a column. A row that says one thing only says it whatever the column.
    pub fn notes(&self, choice: usize) -> Vec<String> {
        let column = self.with_words.get(choice).copied().unwrap_or_default();
        notes_of(self.rows.iter().map(|row| {
            let chosen = row.get(column).filter(|cell| !cell.is_empty());
            chosen.or_else(|| only_cell(row))
        }))
    }

    /// All that a row says, on one note.
    pub fn whole_rows(&self) -> Vec<String> {
        let whole: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let cells = row
                    .iter()
                    .filter(|cell| !cell.is_empty() && !markers::is_marker(cell));
                cells.map(String::as_str).collect::<Vec<_>>().join("\n")
            })
            .collect();
        notes_of(whole.iter().map(Some))
    }

    /// The notes where there is nothing to choose: what each row says first.
    pub(super) fn first(&self) -> Vec<String> {
        let is_numbers = self.with_words.is_empty();
        notes_of(self.rows.iter().map(|row| {
            let worded = row.iter().find(|cell| has_words(cell));
            let first = || row.iter().find(|cell| is_numbers && !cell.is_empty());
            worded.or_else(|| only_cell(row)).or_else(first)
        }))
    }
}

fn only_cell(row: &Row) -> Option<&String> {
    let mut filled = row
        .iter()
        .filter(|cell| !cell.is_empty() && !markers::is_marker(cell));
    filled.next().filter(|_| filled.next().is_none())
}

fn has_words(cell: &str) -> bool {
    cell.contains(char::is_alphabetic) && !markers::is_marker(cell)
}

fn notes_of<'a>(cells: impl Iterator<Item = Option<&'a String>>) -> Vec<String> {
    let mut notes: Vec<String> = cells.flatten().cloned().collect();
    markers::take_off(&mut notes);
    notes.retain(|note| !shows_nothing(note));
    notes
}
