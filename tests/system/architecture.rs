//! The rules of ARCHITECTURE.md about who may import whom, as tests: an architecture that nothing
//! checks is a wish.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The lines of all Rust files below `folder` of the repository that hold any of `words`.
fn lines_with(folder: &str, words: &[&str]) -> Vec<String> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    let files = rust_files(&top.join(folder));
    assert!(
        !files.is_empty(),
        "{folder} has no Rust files: has it moved?"
    );
    for file in files {
        let text = fs::read_to_string(&file).expect("a source file is text");
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        found.extend(
            code.filter(|line| words.iter().any(|word| line.contains(word)))
                .map(|line| format!("{}: {}", file.display(), line.trim())),
        );
    }
    found
}

fn rust_files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).into_iter().flatten() {
        files.extend(rust_files(&entry.expect("the folder can be listed").path()));
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "rs"));
    files
}

#[track_caller]
fn none_of(words: &[&str], folder: &str) {
    let found = lines_with(folder, words);
    assert!(
        found.is_empty(),
        "{folder} may not know {words:?}:\n{}",
        found.join("\n")
    );
}

#[test]
fn shared_has_no_clock_no_input_or_output_and_no_randomness() {
    none_of(
        &[
            "tokio",
            "web_sys",
            "js_sys",
            "SystemTime",
            "Instant::now",
            "std::fs",
            "std::net",
            "getrandom",
            "rand::",
        ],
        "shared/src",
    );
}

#[test]
fn the_rooms_of_shared_look_down_only() {
    none_of(
        &[
            "crate::board",
            "crate::layout",
            "crate::wire",
            "crate::guard",
        ],
        "shared/src/geometry",
    );
    none_of(
        &["crate::layout", "crate::wire", "crate::guard"],
        "shared/src/board",
    );
    none_of(&["crate::wire", "crate::guard"], "shared/src/layout");
}

#[test]
fn the_session_knows_ids_and_no_document() {
    none_of(
        &[
            "yrs",
            "Board::",
            "BoardView",
            "Change<",
            "crate::layout",
            "crate::guard",
        ],
        "shared/src/session",
    );
    none_of(
        &["yrs", "crate::session", "crate::wire"],
        "shared/src/insight",
    );
}

#[test]
fn wire_knows_no_yrs() {
    none_of(&["yrs::", "use yrs"], "shared/src/wire");
}

#[test]
fn no_view_touches_a_yrs_map() {
    for folder in [
        "desk",
        "facilitate",
        "home",
        "moments",
        "parts",
        "phone",
        "session",
        "state",
        "tools",
        "wall",
    ] {
        none_of(&["yrs::", "use yrs"], &format!("client/src/{folder}"));
    }
}

#[test]
fn parts_know_no_board_and_the_replica_no_view() {
    none_of(
        &["crate::replica", "crate::state", "crate::desk"],
        "client/src/parts",
    );
    none_of(
        &["crate::desk", "crate::phone", "crate::wall", "crate::home"],
        "client/src/replica",
    );
    none_of(
        &[
            "crate::desk",
            "crate::phone",
            "crate::wall",
            "crate::replica",
        ],
        "client/src/state",
    );
}

#[test]
fn client_and_server_do_not_know_each_other() {
    none_of(&["samtavle_client", "leptos"], "server/src");
    none_of(&["rusqlite", "axum", "tokio"], "client/src");
}
