//! The rules of ARCHITECTURE.md, as tests: an architecture that nothing checks is a wish.
//!
//! * [`tree`], [`paths`]: what each file names, from its `use` trees, bodies and macros
//! * [`matrix`]: who knows whom, as the page says it and as the code does it
//! * [`circles`]: who need each other
//! * [`places`]: what the pages name in backticks

mod circles;
mod matrix;
mod paths;
mod places;
mod tree;

use matrix::Matrix;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};
use tree::Tree;

static TOP: LazyLock<PathBuf> = LazyLock::new(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
static SHARED: LazyLock<Tree> =
    LazyLock::new(|| Tree::read("samtavle_shared", &TOP, "shared/src/lib.rs"));
static SERVER: LazyLock<Tree> =
    LazyLock::new(|| Tree::read("samtavle", &TOP, "server/src/main.rs"));
static CLIENT: LazyLock<Tree> =
    LazyLock::new(|| Tree::read("samtavle_client", &TOP, "client/src/lib.rs"));
static PAGE: LazyLock<String> = LazyLock::new(|| text_of("ARCHITECTURE.md"));

fn text_of(file: &str) -> String {
    fs::read_to_string(TOP.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The crates that a crate of ours depends on, as code names them.
fn crates_of(folder: &str) -> BTreeSet<String> {
    let manifest = text_of(&format!("{folder}/Cargo.toml"));
    let mut is_inside = false;
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_inside = line.contains("dependencies");
        } else if is_inside && !line.starts_with('#') {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            names.insert(name.replace('-', "_"));
        }
    }
    names
}

/// Rows that are not as the page has them, each with what it should be.
fn wrong_rows(tree: &Tree, folder: &str, rooms: &Matrix) -> Vec<String> {
    let found =
        matrix::found(tree, &SHARED, rooms, &crates_of(folder)).unwrap_or_else(|homeless| {
            panic!("these files are in no room of ARCHITECTURE.md: {homeless:#?}")
        });
    let of_crate = |room: &&String| room.starts_with(&format!("{folder}/"));
    let gone = rooms
        .keys()
        .filter(of_crate)
        .filter(|room| !found.contains_key(*room));
    gone.map(|room| format!("{room} is gone"))
        .chain(
            found
                .iter()
                .filter(|(room, row)| rooms.get(*room) != Some(row))
                .map(|(room, row)| matrix::line(room, row)),
        )
        .collect()
}

#[track_caller]
fn is_as_written(tree: &Tree, folder: &str) {
    let wrong = wrong_rows(tree, folder, &matrix::written(&PAGE));
    assert!(
        wrong.is_empty(),
        "who knows whom is another than ARCHITECTURE.md says. Where that is meant, these rows belong there:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_rooms_of_shared_know_whom_the_page_says() {
    is_as_written(&SHARED, "shared");
}

#[test]
fn the_rooms_of_the_server_know_whom_the_page_says() {
    is_as_written(&SERVER, "server");
}

#[test]
fn the_rooms_of_the_client_know_whom_the_page_says() {
    is_as_written(&CLIENT, "client");
}

#[test]
fn shared_has_no_clock_no_input_or_output_and_no_randomness() {
    const OF_THE_MACHINE: [&str; 8] = [
        "std::fs",
        "std::net",
        "std::io",
        "std::process",
        "std::thread",
        "std::env",
        "std::time::SystemTime",
        "std::time::Instant",
    ];
    for (at, module) in &SHARED.modules {
        for path in &module.paths {
            let whole = SHARED.whole(at, path).join("::");
            let found = OF_THE_MACHINE.iter().find(|name| whole.starts_with(**name));
            assert_eq!(found, None, "{}: {whole}", module.file.display());
        }
    }
    let crates = crates_of("shared");
    for name in ["tokio", "web_sys", "js_sys", "getrandom", "rand"] {
        assert!(!crates.contains(name), "{name}");
    }
}

/// Every test and story that there is, by its name.
fn tests_of(folder: &Path, names: &mut String) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if path.is_dir() && !["target", "node_modules", "results"].contains(&name) {
            tests_of(&path, names);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "rs" || ending == "mjs")
        {
            names.push_str(&fs::read_to_string(&path).expect("a source file is text"));
        }
    }
}

fn all_sources() -> String {
    let mut sources = String::new();
    for folder in ["client", "server", "shared", "tests"] {
        tests_of(&TOP.join(folder), &mut sources);
    }
    sources
}

#[test]
fn the_tests_that_security_names_are_there() {
    let (page, sources) = (text_of("SECURITY.md"), all_sources());
    let names = page.split('`').skip(1).step_by(2);
    let tests: Vec<&str> = names
        .filter_map(|name| Some(name.rsplit_once("::")?.1))
        // A type is a defence.
        .filter(|name| name.starts_with(char::is_lowercase))
        .collect();
    assert!(tests.len() > 40, "{tests:?}");
    for test in tests {
        // A long name is named by its beginning.
        let (begins, ends) = match test.strip_suffix('…') {
            Some(beginning) => (beginning, ""),
            None => (test, "("),
        };
        let is_there = sources.contains(&format!("fn {begins}{ends}"))
            || sources.contains(&format!("mod {begins}"));
        assert!(is_there, "there is no test {test:?}");
    }
}

#[test]
fn each_sentence_of_what_is_not_there_has_its_test() {
    let (_, section) = PAGE
        .split_once("## What is not there")
        .expect("the page has it");
    let section = section.split("\n## ").next().unwrap_or_default();
    let sources = all_sources();
    let sentences: Vec<&str> = section.split("\n- ").skip(1).collect();
    assert!(sentences.len() > 10, "{sentences:?}");
    for sentence in sentences {
        let (_, tests) = sentence
            .rsplit_once("*Tests:*")
            .unwrap_or_else(|| panic!("no test is named: {sentence}"));
        for test in tests.split('`').skip(1).step_by(2) {
            let test = test.split_whitespace().collect::<Vec<_>>().join(" ");
            let is_there = sources.contains(&format!("fn {test}()"))
                || sources.contains(&format!("story(\"{test}\""));
            assert!(is_there, "there is no test {test:?}: {sentence}");
        }
    }
}

/// Rooms of a crate that need each other.
fn circles_of_rooms(folder: &str) -> Vec<Vec<String>> {
    let rows = matrix::written(&PAGE);
    let rows = rows.into_iter().filter_map(|(room, row)| {
        let name = room.strip_prefix(folder)?.strip_prefix("/src/")?.to_owned();
        Some((name, row.own))
    });
    circles::circles(&rows.collect())
}

#[test]
fn no_rooms_of_shared_or_of_the_server_need_each_other() {
    for folder in ["shared", "server"] {
        assert_eq!(circles_of_rooms(folder), [[""; 0]; 0], "{folder}");
    }
}

#[test]
fn no_files_of_these_folders_need_each_other() {
    // The client's others still have some.
    let folders: [(&Tree, &str); 5] = [
        (&SERVER, "server/src/"),
        (&CLIENT, "client/src/tools/"),
        (&CLIENT, "client/src/desk/"),
        (&CLIENT, "client/src/session/"),
        (&CLIENT, "client/src/replica/"),
    ];
    for (tree, folder) in folders {
        let found = circles::circles(&matrix::files(tree, folder));
        assert_eq!(found, [[""; 0]; 0], "{folder}");
    }
}

/// Reads this as the whole of a crate, with one room a file.
fn rows_of(text: &str) -> Matrix {
    let tree = Tree::of_text("samtavle", text);
    let rooms = matrix::written(&format!("{}\n| room | knows |\n| `src/lib` | |\n", *PAGE));
    let crates = ["yrs", "tokio"].map(str::to_owned).into();
    matrix::found(&tree, &SHARED, &rooms, &crates).expect("it is all in one file")
}

#[test]
fn what_is_named_is_found_however_it_is_written() {
    for text in [
        "use samtavle_shared::{ids::NoteId, board::{self, Note}};",
        "use samtavle_shared::{\n    ids::NoteId,\n    board::{note::{Note as N}},\n};",
        "use samtavle_shared as s; fn f() { s::board::view(); let x: s::ids::NoteId; }",
        "fn f(note: samtavle_shared::board::Note) -> samtavle_shared::ids::NoteId { note.id }",
        "fn f() { view! { <p>{samtavle_shared::board::title(samtavle_shared::ids::first())}</p> } }",
        "mod deep { use samtavle_shared::*; fn f() { use samtavle_shared::{board::Note, ids::NoteId}; } }",
        "use samtavle_shared::board; fn f() -> samtavle_shared::ids::NoteId { board::first() }",
    ] {
        let shared = &rows_of(text)["src/lib"].shared;
        let expected = ["board", "ids"].map(str::to_owned);
        let seen: Vec<_> = shared
            .iter()
            .filter(|room| expected.contains(room))
            .collect();
        assert_eq!(seen.len(), 2, "{text}: {shared:?}");
    }
    for text in [
        "use {std::fs, yrs::{Doc, types::{Map}}};",
        "fn f() { select! { _ = yrs::sleep() => {} } }",
    ] {
        assert!(rows_of(text)["src/lib"].others.contains("yrs"), "{text}");
    }
}

#[test]
fn what_is_only_for_tests_is_not_counted() {
    let text = "#[cfg(test)] mod tests { use yrs::Doc; } #[cfg(test)] use tokio::test; fn f() {}";
    assert_eq!(rows_of(text)["src/lib"].others, BTreeSet::new());
}

#[test]
fn a_wrong_import_in_a_group_is_told_with_its_row() {
    let mut rooms = matrix::written(&PAGE);
    let row = rooms
        .get_mut("shared/src/geometry")
        .expect("it is on the page");
    // As if the code had one that the page does not have.
    assert!(row.own.remove("limits"), "geometry has its limits");
    let wrong = wrong_rows(&SHARED, "shared", &rooms);
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert!(wrong[0].contains("`shared/src/geometry`") && wrong[0].contains("`limits`"));
}

#[test]
fn those_who_need_each_other_are_found() {
    let edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e")];
    let mut graph = circles::Edges::new();
    for (from, to) in edges {
        graph
            .entry(from.to_owned())
            .or_default()
            .insert(to.to_owned());
    }
    let mut found = circles::circles(&graph);
    for circle in &mut found {
        circle.sort();
    }
    assert_eq!(found, [["a", "b", "c"]]);
}

#[test]
fn every_file_that_the_pages_name_is_there() {
    let all = places::all(&TOP);
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"] {
        let text = text_of(page);
        let names: Vec<&str> = places::named(&text).collect();
        assert!(names.len() > 20, "{page}: {names:?}");
        let gone: BTreeSet<&str> = names
            .into_iter()
            .filter(|name| !places::is_there(name, &all))
            .collect();
        assert!(gone.is_empty(), "{page} names what is not there: {gone:#?}");
    }
}

#[test]
fn each_list_of_how_to_add_something_is_of_at_most_eight_files_from_the_top() {
    let page = text_of("CONTRIBUTING.md");
    let lists = places::lists(&page, "How to add something");
    assert_eq!(lists.len(), 5, "{lists:?}");
    for (heading, items) in lists {
        assert!((1..=8).contains(&items.len()), "{heading}: {items:#?}");
        for item in items {
            let file = places::named(item).chain(item.split('`').nth(1)).next();
            let file = file.unwrap_or_else(|| panic!("{heading}: no file in {item:?}"));
            assert!(TOP.join(file).is_file(), "{heading}: {file}");
        }
    }
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let all = [
        "shared/src/board/link.rs",
        "assets/shell/nb.json",
        "assets/shell",
    ];
    let all = all.map(str::to_owned).into();
    for name in [
        "shared/src/board/link.rs",
        "board/link.rs",
        "board/link",
        "link.rs",
        "assets/shell/*.json",
    ] {
        assert!(places::is_there(name, &all), "{name}");
    }
    for name in [
        "board/links.rs",
        "oard/link.rs",
        "ink.rs",
        "assets/shell/*.txt",
    ] {
        assert!(!places::is_there(name, &all), "{name}");
    }
    let page = "`a/b.rs` and `c.mjs`, not `d`, `GET /e`, `/f` or `{g}/h`\n```\n`i/j`\n```\n`k/l`";
    let named: Vec<&str> = places::named(page).collect();
    assert_eq!(named, ["a/b.rs", "c.mjs", "k/l"]);
}
