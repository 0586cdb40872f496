//! The tables of ARCHITECTURE.md that say who may know whom, and what the code does.

use crate::{circles::Edges, tree::Tree};
use std::collections::{BTreeMap, BTreeSet};

/// What one room knows, or may know.
#[derive(Debug, Default, PartialEq, Eq, Clone)]
pub(crate) struct Row {
    /// Rooms of its own crate.
    pub(crate) own: BTreeSet<String>,
    /// Rooms of `shared`.
    pub(crate) shared: BTreeSet<String>,
    /// Other crates.
    pub(crate) others: BTreeSet<String>,
}

/// The rows by the room's folder or file, as from the top of the repository, without `.rs`.
pub(crate) type Matrix = BTreeMap<String, Row>;

/// Reads every row whose first cell is a folder in `src`, of tables with the heading `| room | knows |`.
pub(crate) fn written(page: &str) -> Matrix {
    let mut matrix = Matrix::new();
    let mut is_inside = false;
    for line in page.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if cells.len() < 2 {
            is_inside = false;
        } else if cells[..2] == ["room", "knows"] {
            is_inside = true;
        } else if is_inside && !cells[0].starts_with("---") {
            let names = |at: usize| cells.get(at).map(|cell| quoted(cell)).unwrap_or_default();
            for room in quoted(cells[0]) {
                let row = Row {
                    own: names(1),
                    shared: names(2),
                    others: names(3),
                };
                matrix.insert(room, row);
            }
        }
    }
    matrix
}

fn quoted(cell: &str) -> BTreeSet<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// What the code of a crate does, by the rooms that are given. `crates`: the names of others that it may mean.
///
/// # Errors
/// The files that lie in no room.
pub(crate) fn found(
    tree: &Tree,
    shared: &Tree,
    rooms: &Matrix,
    crates: &BTreeSet<String>,
) -> Result<Matrix, BTreeSet<String>> {
    let mut matrix = Matrix::new();
    let mut homeless = BTreeSet::new();
    for (at, module) in &tree.modules {
        let file = module.file.display().to_string();
        let Some(room) = room_of(rooms, &file) else {
            homeless.insert(file);
            continue;
        };
        let row = matrix.entry(room.clone()).or_default();
        for path in &module.paths {
            if let Some(to) = tree.resolved(at, path) {
                let to = room_of(rooms, &tree.modules[&to].file.display().to_string());
                row.own
                    .extend(to.filter(|to| *to != room).map(|to| short(&to)));
                continue;
            }
            let path = tree.whole(at, path);
            let first = path[0].clone();
            if first == shared.name {
                let to = shared
                    .resolved(&[], &path)
                    .expect("it begins with the crate's name");
                let to = room_of(rooms, &shared.modules[&to].file.display().to_string());
                row.shared.extend(to.map(|to| short(&to)));
            } else if crates.contains(&first) {
                row.others.insert(first);
            }
        }
    }
    if homeless.is_empty() {
        Ok(matrix)
    } else {
        Err(homeless)
    }
}

/// The innermost room that a file lies in.
fn room_of(rooms: &Matrix, file: &str) -> Option<String> {
    let name = file.trim_end_matches(".rs");
    let holds = |room: &&String| name == **room || name.starts_with(&format!("{room}/"));
    rooms
        .keys()
        .filter(holds)
        .max_by_key(|room| room.len())
        .cloned()
}

/// A room's name within its crate.
fn short(room: &str) -> String {
    room.split_once("/src/")
        .map_or(room, |(_, name)| name)
        .to_owned()
}

/// A row as it stands in the table.
pub(crate) fn line(room: &str, row: &Row) -> String {
    let list = |names: &BTreeSet<String>| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };
    format!(
        "| `{room}` | {} | {} | {} |",
        list(&row.own),
        list(&row.shared),
        list(&row.others)
    )
}

/// The files below a folder, and which of them need which.
pub(crate) fn files(tree: &Tree, folder: &str) -> Edges {
    let mut edges = Edges::new();
    for (at, module) in &tree.modules {
        let file = module.file.display().to_string();
        if !file.starts_with(folder) {
            continue;
        }
        for to in module
            .paths
            .iter()
            .filter_map(|path| tree.resolved(at, path))
        {
            // A file may know the module that it is a part of.
            if at.starts_with(&to) {
                continue;
            }
            let to = tree.modules[&to].file.display().to_string();
            if to != file && to.starts_with(folder) {
                edges.entry(file.clone()).or_default().insert(to);
            }
        }
    }
    edges
}
