//! The words of a page, as rows: a table's rows with their cells, and each paragraph outside of it as a row
//! of one cell.
//!
//! Browsers, Word, Excel, note books and mail programs put pages on the clipboard that no standard knows, so
//! this reads whatever comes as a browser would, as far as rows and lines go: tags that it does not know
//! are passed over, and what is not closed ends by itself.

use super::{Row, unseen::cleaned};

/// A cell is not counted as wider or higher than this: more is a mistake.
const MOST_SPAN: usize = 200;
/// Elements without words for people.
const SKIPPED: [&str; 6] = ["style", "script", "title", "xml", "template", "textarea"];
/// Elements that stand on lines of their own.
const BLOCKS: [&str; 31] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "ul",
];

/// What a page says.
pub(super) struct Page {
    pub(super) rows: Vec<Row>,
    /// How many cells stood in tables.
    pub(super) cells: usize,
}

/// Reads a page.
pub(super) fn read(html: &str) -> Page {
    let mut page = Reading {
        spare: html.len() / 8,
        ..Reading::default()
    };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        page.words(&rest[..at]);
        rest = page.tag(&rest[at..]);
    }
    page.words(rest);
    page.end_row();
    page.end_line();
    Page {
        rows: page.rows,
        cells: page.cells,
    }
}

#[derive(Default)]
struct Reading {
    rows: Vec<Row>,
    cells: usize,
    /// The row that is open, and the cells that it has.
    row: Option<Row>,
    is_in_cell: bool,
    /// How many tables are open around this one.
    depth: usize,
    /// The words since the last line or cell.
    text: String,
    /// Elements whose line ends are line ends.
    preformatted: usize,
    /// For each column, how many rows more its last cell reaches down.
    reaches: Vec<usize>,
    /// How far the open cell reaches: to the right, and down.
    span: (usize, usize),
    /// Empty cells that cells may still reach over: a few letters must not take much room.
    spare: usize,
}

impl Reading {
    fn words(&mut self, words: &str) {
        let mut rest = words;
        while let Some(letter) = rest.chars().next() {
            let (letter, length) = if letter == '&' {
                entity(rest).unwrap_or((letter, 1))
            } else {
                (letter, letter.len_utf8())
            };
            rest = &rest[length..];
            let is_space = matches!(letter, ' ' | '\t' | '\n' | '\r' | '\x0c');
            if !is_space || (self.preformatted > 0 && letter != '\r') {
                self.text.push(letter);
            } else if !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    /// Reads a tag, or whatever else begins with `<`; gives what stands behind it.
    fn tag<'a>(&mut self, from: &'a str) -> &'a str {
        if let Some(comment) = from.strip_prefix("<!--") {
            return behind(comment, "-->");
        }
        let inside = &from[1..];
        if inside.starts_with(['!', '?']) {
            return behind(inside, ">");
        }
        let is_end = inside.starts_with('/');
        let name = inside.trim_start_matches('/');
        if !name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            self.text.push('<');
            return inside;
        }
        let length = name
            .find(|letter: char| !letter.is_ascii_alphanumeric())
            .unwrap_or(name.len());
        let (name, fields) = name.split_at(length);
        let end = end_of_tag(fields);
        let (fields, rest) = fields.split_at(end);
        let name = name.to_ascii_lowercase();
        if is_end {
            self.close(&name);
        } else {
            self.open(&name, fields);
            if SKIPPED.contains(&&*name) {
                return behind_end_of(rest, &name);
            }
        }
        rest
    }

    fn open(&mut self, name: &str, fields: &str) {
        match name {
            "table" => {
                self.depth += 1;
                if self.depth == 1 {
                    self.end_line();
                    self.reaches.clear();
                } else {
                    self.text.push('\n');
                }
            }
            "tr" if self.depth <= 1 => {
                self.end_row();
                self.row = Some(Row::new());
            }
            "td" | "th" if self.depth <= 1 => {
                self.end_cell();
                self.row.get_or_insert_default();
                self.is_in_cell = true;
                self.cells += 1;
                let span = |name| field(fields, name).clamp(1, MOST_SPAN);
                self.span = (span("colspan"), span("rowspan"));
            }
            // In a cell's own table, too.
            "br" | "tr" => self.text.push('\n'),
            "td" | "th" => self.text.push(' '),
            "pre" => {
                self.preformatted += 1;
                self.end_block();
            }
            name if BLOCKS.contains(&name) => self.end_block(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "table" => {
                if self.depth <= 1 {
                    self.end_row();
                }
                self.depth = self.depth.saturating_sub(1);
            }
            "tr" if self.depth <= 1 => self.end_row(),
            "td" | "th" if self.depth <= 1 => self.end_cell(),
            "pre" => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.end_block();
            }
            name if BLOCKS.contains(&name) => self.end_block(),
            _ => {}
        }
    }

    /// Between paragraphs: in a cell another line, elsewhere another row.
    fn end_block(&mut self) {
        if self.is_in_cell {
            if !self.text.trim_end_matches(' ').ends_with('\n') {
                self.text.push('\n');
            }
        } else if self.row.is_none() {
            self.end_line();
        } else {
            self.text.clear(); // between the cells of a table stands nothing
        }
    }

    fn end_line(&mut self) {
        for line in std::mem::take(&mut self.text).split('\n') {
            let line = cleaned(line);
            if !line.is_empty() {
                self.rows.push(vec![line]);
            }
        }
    }

    fn end_cell(&mut self) {
        if !self.is_in_cell {
            // Words that stand in a table and in no cell.
            if self.row.is_none() {
                self.end_line();
            }
            self.text.clear();
            return;
        }
        self.is_in_cell = false;
        let words = cleaned(&std::mem::take(&mut self.text));
        let Some(row) = &mut self.row else { return };
        // What reaches down from above takes its place first.
        while let Some(reach) = self.reaches.get_mut(row.len()).filter(|reach| **reach > 0) {
            *reach -= 1;
            if self.spare > 0 {
                self.spare -= 1;
                row.push(String::new());
            }
        }
        let (across, down) = self.span;
        let across = across.min(self.spare + 1);
        self.spare -= across - 1;
        let column = row.len();
        row.push(words);
        row.resize(column + across, String::new());
        if down > 1 && self.reaches.len() < column + MOST_SPAN {
            self.reaches.resize(self.reaches.len().max(row.len()), 0);
            self.reaches[column..row.len()].fill(down - 1);
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let Some(mut row) = self.row.take() else {
            return;
        };
        for reach in self.reaches.iter_mut().skip(row.len()) {
            *reach = reach.saturating_sub(1);
        }
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
        if !row.is_empty() {
            self.rows.push(row);
        }
    }
}

fn behind<'a>(text: &'a str, end: &str) -> &'a str {
    text.find(end).map_or("", |at| &text[at + end.len()..])
}

/// Behind the `>` that ends a tag: not one within quotes.
fn end_of_tag(fields: &str) -> usize {
    let mut quote = None;
    for (at, letter) in fields.bytes().enumerate() {
        match (quote, letter) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    fields.len()
}

/// Behind the end tag of an element whose inside is no page.
fn behind_end_of<'a>(text: &'a str, name: &str) -> &'a str {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = text[from..].find("</").map(|at| from + at) {
        let found = bytes.get(at + 2..at + 2 + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return behind(&text[at..], ">");
        }
        from = at + 2;
    }
    ""
}

/// The number in a field of a tag; 1 where there is none.
fn field(fields: &str, name: &str) -> usize {
    let found = fields.find(name).map(|at| &fields[at + name.len()..]);
    let value = found.and_then(|value| value.trim_start().strip_prefix('='));
    let value = value.map(|value| value.trim_start().trim_start_matches(['"', '\'']));
    let digits = value.map(|value| {
        let end = value.find(|letter: char| !letter.is_ascii_digit());
        &value[..end.unwrap_or(value.len())]
    });
    digits
        .and_then(|digits| digits.parse().ok())
        .unwrap_or_default()
}

/// The letter that `&…;` stands for, and how many bytes that takes.
fn entity(text: &str) -> Option<(char, usize)> {
    /// Longer names stand for nothing that we know.
    const MOST: usize = 10;
    let bytes = &text.as_bytes()[..text.len().min(MOST + 2)];
    let end = bytes.iter().position(|letter| *letter == b';')?;
    let name = text.get(1..end)?;
    let letter = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        named(name)?
    };
    Some((letter, end + 1))
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "shy" => '\u{ad}',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        "aring" => 'å',
        "Aring" => 'Å',
        "aelig" => 'æ',
        "AElig" => 'Æ',
        "oslash" => 'ø',
        "Oslash" => 'Ø',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "bull" => '•',
        "middot" => '·',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "deg" => '°',
        "euro" => '€',
        "sect" => '§',
        "times" => '×',
        _ => return None,
    })
}
