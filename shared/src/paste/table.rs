//! Plain text as rows of cells, as spreadsheets write them: a tab between cells, a line end after a row, and
//! quotes around a cell that holds either of them, or quotes.

use super::{Row, unseen::cleaned};

/// What stands between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    /// Nothing: each row is one cell.
    None,
    /// Spreadsheets, and tables in documents.
    Tab,
    /// Files and their text, where a comma stands within numbers.
    Semicolon,
    /// The same elsewhere.
    Comma,
}

impl Separator {
    fn letter(self) -> Option<u8> {
        match self {
            Self::None => None,
            Self::Tab => Some(b'\t'),
            Self::Semicolon => Some(b';'),
            Self::Comma => Some(b','),
        }
    }

    /// In a file's text any quotes are the file's; on a clipboard only those that a cell needs.
    fn quotes_needlessly(self) -> bool {
        matches!(self, Self::Semicolon | Self::Comma)
    }
}

/// What parts the cells of this text. Sentences have commas and semicolons, too: they part cells only where
/// every line has as many of them, and commas only beside quotes.
pub(super) fn separator(text: &str) -> Separator {
    if text.contains('\t') {
        Separator::Tab
    } else if parts_evenly(text, Separator::Semicolon) {
        Separator::Semicolon
    } else if has_quoted_cell(text) && parts_evenly(text, Separator::Comma) {
        Separator::Comma
    } else {
        Separator::None
    }
}

/// The same for a file of which the name says that it is a table.
pub(super) fn separator_of_file(text: &str) -> Separator {
    let first = text.lines().next().unwrap_or_default();
    let count = |letter| first.matches(letter).count();
    if text.contains('\t') {
        Separator::Tab
    } else if count(';') > 0 && count(';') >= count(',') {
        Separator::Semicolon
    } else {
        Separator::Comma
    }
}

fn has_quoted_cell(text: &str) -> bool {
    text.contains("\",") || text.contains(",\"")
}

/// At least two rows, all of as many cells, and not one.
fn parts_evenly(text: &str, separator: Separator) -> bool {
    let rows = raw_rows(text, separator);
    let mut counts = rows
        .iter()
        .filter(|row| row.iter().any(|cell| !cleaned(&cell.text).is_empty()))
        .map(Vec::len);
    let first = counts.next().unwrap_or_default();
    let mut others = 0;
    first > 1 && counts.inspect(|_| others += 1).all(|count| count == first) && others > 0
}

/// All rows that show something.
pub(super) fn rows(text: &str, separator: Separator) -> Vec<Row> {
    let rows = raw_rows(text, separator).into_iter().map(|row| {
        let mut row: Row = row.iter().map(|cell| cleaned(&cell.text)).collect();
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
        row
    });
    rows.filter(|row| !row.is_empty()).collect()
}

/// A cell as it stands in the text, without its quotes.
struct Cell {
    text: String,
}

fn raw_rows(text: &str, separator: Separator) -> Vec<Vec<Cell>> {
    let mut reader = Reader {
        text,
        at: 0,
        separator,
        // Quotes that begin a cell and do not end it make one look for their end: not for ever.
        looks: text.len() * 4,
    };
    let mut rows = Vec::new();
    let mut row = Vec::new();
    loop {
        row.push(reader.cell());
        match reader.end_of_cell() {
            End::Cell => {}
            End::Row => rows.push(std::mem::take(&mut row)),
            End::Text => break,
        }
    }
    rows.push(row);
    rows
}

/// What stood behind a cell.
enum End {
    Cell,
    Row,
    Text,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    separator: Separator,
    looks: usize,
}

impl Reader<'_> {
    fn cell(&mut self) -> Cell {
        if let Some(cell) = self.quoted_cell() {
            return cell;
        }
        let rest = &self.text[self.at..];
        let length = (0..rest.len())
            .find(|&at| self.ends_cell(self.at + at))
            .unwrap_or(rest.len());
        self.at += length;
        Cell {
            text: rest[..length].to_owned(),
        }
    }

    /// A cell between quotes, of which those inside are doubled. Quotes that are there for another reason
    /// («"Ingen ringer", sa hun») are left where they are.
    fn quoted_cell(&mut self) -> Option<Cell> {
        let bytes = self.text.as_bytes();
        if bytes.get(self.at) != Some(&b'"') {
            return None;
        }
        let begin = self.at + 1;
        let mut at = begin;
        let mut is_needed = self.separator.quotes_needlessly();
        let end = loop {
            if self.looks == 0 {
                return None;
            }
            self.looks -= 1;
            match bytes.get(at)? {
                b'"' if bytes.get(at + 1) == Some(&b'"') => {
                    is_needed = true;
                    at += 2;
                }
                b'"' if at + 1 == bytes.len() || self.ends_cell(at + 1) => break at,
                b'"' => return None,
                letter => {
                    is_needed |= matches!(letter, b'\n' | b'\r') || self.is_separator(*letter);
                    at += 1;
                }
            }
        };
        if !is_needed {
            return None;
        }
        self.at = end + 1;
        let text = self.text[begin..end].replace("\"\"", "\"");
        Some(Cell {
            text: text.replace("\r\n", "\n"),
        })
    }

    fn is_separator(&self, letter: u8) -> bool {
        self.separator.letter() == Some(letter)
    }

    /// Whether a separator or a row's end stands here.
    fn ends_cell(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        match bytes[at] {
            b'\n' | b'\r' | b'\x0c' => true, // a form feed begins another page or slide
            0xe2 => bytes[at..].starts_with("\u{2029}".as_bytes()),
            letter => self.is_separator(letter),
        }
    }

    fn end_of_cell(&mut self) -> End {
        let rest = &self.text[self.at..];
        let Some(letter) = rest.chars().next() else {
            return End::Text;
        };
        self.at += if rest.starts_with("\r\n") {
            2
        } else {
            letter.len_utf8()
        };
        if letter.is_ascii() && self.is_separator(letter as u8) {
            End::Cell
        } else {
            End::Row
        }
    }
}
