//! What a clipboard or a drag holds.

use samtavle_shared::paste::{self, Pasted, TooMuch};
use wasm_bindgen::JsCast;
use web_sys::{Blob, DataTransfer, File};

/// Names of files that are text, and whether it is a table's.
const TEXT_FILES: [(&str, bool); 4] = [
    (".csv", true),
    (".tsv", true),
    (".txt", false),
    (".md", false),
];

/// Notes of a board of ours, each as it is: as lines of text they lose their own lines, and beginnings like «1.».
pub(crate) const OWN_NOTES: &str = "application/x-samtavle-notes";

/// What it holds, sorted.
pub(super) struct Carried {
    /// What its words are.
    pub(super) words: Result<Pasted, TooMuch>,
    /// Pictures, where there are no words.
    pub(super) pictures: Vec<Blob>,
    /// Files of text, where there are no words, and whether each is a table.
    pub(super) texts: Vec<(File, bool)>,
    /// How many files there are of which we can make nothing.
    pub(super) others: usize,
}

impl Carried {
    pub(super) fn of(carried: &DataTransfer) -> Self {
        let files = files_of(carried);
        let names: Vec<String> = files.iter().map(File::name).collect();
        let text = text_of(carried);
        let words = if let Some(notes) = own_notes_of(carried) {
            paste::check(&notes).map(|()| Pasted::Notes(notes))
        } else if paste::only_names(&text, &names) && !paste::shows_nothing(&text) {
            Ok(Pasted::Nothing)
        } else {
            paste::read(&text, &carried.get_data("text/html").unwrap_or_default())
        };
        let mut sorted = Self {
            words,
            pictures: Vec::new(),
            texts: Vec::new(),
            others: 0,
        };
        if sorted.words != Ok(Pasted::Nothing) {
            return sorted;
        }
        for file in files {
            if file.type_().starts_with("image/") {
                sorted.pictures.push(file.unchecked_into());
            } else if let Some(is_table) = text_kind(&file) {
                sorted.texts.push((file, is_table));
            } else {
                sorted.others += 1;
            }
        }
        sorted
    }
}

/// The plain text of what is carried.
pub(super) fn text_of(carried: &DataTransfer) -> String {
    carried.get_data("text/plain").unwrap_or_default()
}

/// The text of a page of which there is no plain text; empty: there is none, either.
pub(super) fn page_text_of(carried: &DataTransfer) -> String {
    paste::text_of_page(&carried.get_data("text/html").unwrap_or_default())
}

/// Notes of a board of ours, as they were copied.
fn own_notes_of(carried: &DataTransfer) -> Option<Vec<String>> {
    let notes: Vec<String> = serde_json::from_str(&carried.get_data(OWN_NOTES).ok()?).ok()?;
    let notes: Vec<String> = notes
        .into_iter()
        .filter(|note| !paste::shows_nothing(note))
        .collect();
    (!notes.is_empty()).then_some(notes)
}

/// Whether there are files in it. While something is dragged that is all that a page is told.
pub(super) fn has_files(carried: &DataTransfer) -> bool {
    carried
        .types()
        .iter()
        .any(|kind| kind.as_string().is_some_and(|kind| kind == "Files"))
}

fn files_of(carried: &DataTransfer) -> Vec<File> {
    let Some(files) = carried.files() else {
        return Vec::new();
    };
    (0..files.length())
        .filter_map(|place| files.get(place))
        .collect()
}

/// Whether it is text, and a table's: its name says more than its kind, which on Windows is Excel's for both.
fn text_kind(file: &File) -> Option<bool> {
    let name = file.name().to_lowercase();
    let named = TEXT_FILES.iter().find(|(end, _)| name.ends_with(end));
    let is_text = || file.type_() == "text/plain";
    named
        .map(|(_, is_table)| *is_table)
        .or_else(|| is_text().then_some(false))
}
