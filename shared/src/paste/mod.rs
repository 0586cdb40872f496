//! What somebody pastes or drops, as notes: a line is a note, and a row of a table is one.
//!
//! ```text
//! text ─► table (rows, quoted cells) ─┐
//! html ─► html  (rows, lines)         ├─► columns (which one has the words?) ─► markers (•, 1., a) fall away)
//!                                     ┘
//! file ─► encoding ─► text
//! ```
//! Any text can stand on a clipboard, so nothing here fails, and all of it takes time and room in
//! proportion to what came. What is more than a board is read with is refused as a whole and by its number:
//! nothing is cut off.

mod columns;
mod encoding;
mod html;
mod markers;
mod table;
#[cfg(test)]
mod tests;
mod unseen;

pub use columns::Columns;
pub use encoding::decoded;
pub use unseen::shows_nothing;

use crate::limits::{
    MAX_NOTE_TEXT_UTF16, MAX_PASTED_BYTES, MAX_PASTED_HTML_BYTES, MAX_PASTED_NOTES,
};
use table::Separator;

/// A row's cells, as they are read; empty ones at its end are left out.
type Row = Vec<String>;

/// What is pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pasted {
    /// Nothing that shows.
    Nothing,
    /// These notes.
    Notes(Vec<String>),
    /// A table of which several columns have words: the person says which.
    Columns(Columns),
}

/// Why it is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooMuch {
    /// More text than goes in at once.
    Text,
    /// More notes than go in at once.
    Notes {
        /// How many there would be.
        count: usize,
    },
    /// One of them is longer than a note can be.
    Note {
        /// Which, counted from one.
        number: usize,
    },
}

/// Reads what a clipboard or a drag holds as plain text and as HTML; either may be empty.
///
/// The plain text is what counts, but where the HTML knows rows that it lost: programs that write a cell of
/// several paragraphs as several lines.
///
/// # Errors
/// When it is more than goes in at once.
pub fn read(text: &str, html: &str) -> Result<Pasted, TooMuch> {
    if text.len() > MAX_PASTED_BYTES {
        return Err(TooMuch::Text);
    }
    let lines = table::rows(text, table::separator(text));
    let is_blank = shows_nothing(text);
    if html.len() > MAX_PASTED_HTML_BYTES {
        return if is_blank {
            Err(TooMuch::Text)
        } else {
            pasted(lines)
        };
    }
    let page = html::read(html);
    if page.rows.iter().flatten().map(String::len).sum::<usize>() > MAX_PASTED_BYTES {
        return if is_blank {
            Err(TooMuch::Text)
        } else {
            pasted(lines)
        };
    }
    let knows_better = page.cells > 1 && !have_same_shape(&lines, &page.rows);
    pasted(if is_blank || knows_better {
        page.rows
    } else {
        lines
    })
}

/// The words of a page that is carried as HTML, a line for each of its rows and lines; empty: it has none, or they are
/// more than goes in at once.
pub fn text_of_page(html: &str) -> String {
    if html.len() > MAX_PASTED_HTML_BYTES {
        return String::new();
    }
    let rows = html::read(html).rows.into_iter();
    let lines: Vec<String> = rows.map(|row| row.join("\t")).collect();
    let text = lines.join("\n");
    if text.len() > MAX_PASTED_BYTES || shows_nothing(&text) {
        return String::new();
    }
    text.trim_matches('\n').to_owned()
}

/// Reads a file of text; `is_table`: its name says that commas and semicolons part its cells.
///
/// # Errors
/// When it is more than goes in at once.
pub fn read_file(text: &str, is_table: bool) -> Result<Pasted, TooMuch> {
    if text.len() > MAX_PASTED_BYTES {
        return Err(TooMuch::Text);
    }
    let separator = if is_table {
        table::separator_of_file(text)
    } else {
        Separator::None
    };
    pasted(table::rows(text, separator))
}

/// Whether so many notes, as long as these, go in at once.
///
/// # Errors
/// Says what is too much.
pub fn check(notes: &[String]) -> Result<(), TooMuch> {
    if notes.len() > MAX_PASTED_NOTES {
        return Err(TooMuch::Notes { count: notes.len() });
    }
    let is_too_long = |note: &String| {
        note.len() > MAX_NOTE_TEXT_UTF16 && note.encode_utf16().count() > MAX_NOTE_TEXT_UTF16
    };
    match notes.iter().position(is_too_long) {
        Some(index) => Err(TooMuch::Note { number: index + 1 }),
        None => Ok(()),
    }
}

/// Whether a text says only where the files are that come with it: browsers, and the windows that folders are
/// shown in, put an address, a path or a name beside a file.
pub fn only_names(text: &str, files: &[String]) -> bool {
    let is_address = |line: &str| {
        let is_whole = !line.contains(char::is_whitespace);
        is_whole && (line.contains("://") || line.starts_with("data:") || line.starts_with("blob:"))
    };
    let names = |line: &str| files.iter().any(|name| line.ends_with(name.as_str()));
    !files.is_empty()
        && text
            .lines()
            .map(str::trim)
            .all(|line| shows_nothing(line) || is_address(line) || names(line))
}

fn pasted(rows: Vec<Row>) -> Result<Pasted, TooMuch> {
    let columns = Columns::of(rows);
    if columns.is_a_choice() {
        return Ok(Pasted::Columns(columns));
    }
    let notes = columns.first();
    if notes.is_empty() {
        return Ok(Pasted::Nothing);
    }
    check(&notes)?;
    Ok(Pasted::Notes(notes))
}

/// As many rows, and as many cells in each: then both say the same.
fn have_same_shape(one: &[Row], other: &[Row]) -> bool {
    let filled = |rows: &[Row]| {
        let rows = rows.iter().filter(|row| !row.is_empty());
        rows.map(Vec::len).collect::<Vec<_>>()
    };
    filled(one) == filled(other)
}
