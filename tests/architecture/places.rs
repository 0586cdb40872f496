//! What the pages name must be there: a list of files that is not true is worse than none.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What `./tests/run` and cargo make: in no fresh clone.
const MADE: [&str; 3] = ["target/client", "target/symbols", "tests/browser/results"];
/// In these nothing is ours.
const NOT_OURS: [&str; 5] = ["target", "node_modules", "results", "data", ".git"];

/// Every file and folder of the repository, as from its top.
pub(crate) fn all(top: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk(top, &PathBuf::new(), &mut found);
    found
}

fn walk(top: &Path, folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(top.join(folder)).expect("the folder can be listed") {
        let entry = entry.expect("the folder can be listed");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = folder.join(&name);
        found.insert(path.to_string_lossy().into_owned());
        // A link may lead anywhere, and `file_type` does not follow it.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) && !NOT_OURS.contains(&&*name) {
            walk(top, &path, found);
        }
    }
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// What stands in backticks and is meant as a file or folder: with a slash, or with the ending of a source file.
pub(crate) fn named(page: &str) -> impl Iterator<Item = &str> {
    page.split("```").step_by(2).flat_map(|text| {
        text.split('`').skip(1).step_by(2).filter(|name| {
            let is_path = name.contains('/') || ["rs", "mjs"].contains(&ending(name));
            is_path && !name.starts_with('/') && !name.contains([' ', '\n', '{', '<', '('])
        })
    })
}

/// Whether there is such a file or folder: from the top, or from the room that the sentence is about. The tables name
/// files of Rust without their ending; a `*` stands for any name.
pub(crate) fn is_there(name: &str, all: &BTreeSet<String>) -> bool {
    let name = name.trim_start_matches("./");
    let (name, rest) = name.split_once('*').unwrap_or((name, ""));
    let name = name.trim_end_matches('/');
    let is_it = |path: &str| path == name || path.ends_with(&format!("/{name}"));
    let is_named = |path: &str| {
        let of_rust = path.strip_suffix(".rs").filter(|_| ending(name) != "rs");
        is_it(path) || of_rust.is_some_and(is_it)
    };
    let is_met = |path: &str| path.contains(&format!("{name}/")) && path.ends_with(rest);
    if MADE.contains(&name) {
        true
    } else if rest.is_empty() {
        all.iter().any(|path| is_named(path))
    } else {
        all.iter().any(|path| is_met(path))
    }
}

/// The lists below this heading: each by its own heading, with its numbered items.
pub(crate) fn lists<'a>(page: &'a str, heading: &str) -> Vec<(&'a str, Vec<&'a str>)> {
    let (_, section) = page
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("the page has no {heading:?}"));
    let section = section.split("\n## ").next().unwrap_or_default();
    let parts = section.split("\n### ").skip(1);
    parts
        .map(|part| {
            let items = part.lines().filter(|line| {
                let number = line.split('.').next().unwrap_or_default();
                !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit())
            });
            (part.lines().next().unwrap_or_default(), items.collect())
        })
        .collect()
}
