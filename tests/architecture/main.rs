//! wip
mod circles;
mod matrix;
mod paths;
mod tree;
use std::{collections::{BTreeSet}, fs, path::Path};

fn crates(top: &Path, folder: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(top.join(folder).join("Cargo.toml")).unwrap();
    let mut inside = false;
    let mut names = BTreeSet::new();
    for line in text.lines() {
        if line.starts_with('[') { inside = line.contains("dependencies"); continue; }
        if inside && let Some(name) = line.split(['.', '=', ' ']).next().filter(|n| !n.is_empty() && !n.starts_with('#')) { names.insert(name.replace('-', "_")); }
    }
    names
}

#[test]
fn prints() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let rooms = matrix::written(&fs::read_to_string(std::env::var("ROOMS").unwrap()).unwrap());
    let shared = tree::Tree::read("samtavle_shared", &top, "shared/src/lib.rs");
    let server = tree::Tree::read("samtavle", &top, "server/src/main.rs");
    let client = tree::Tree::read("samtavle_client", &top, "client/src/lib.rs");
    for (tree, folder) in [(&shared, "shared"), (&server, "server"), (&client, "client")] {
        let found = matrix::found(tree, &shared, &rooms, &crates(&top, folder)).unwrap();
        println!("\n| room | knows | of `shared` | other crates |\n|---|---|---|---|");
        for (room, row) in &found { println!("{}", matrix::line(room, row)); }
        let edges = found.iter().map(|(r, row)| (r.split_once("/src/").unwrap().1.to_owned(), row.own.clone())).collect();
        println!("CIRCLES {:?}", circles::circles(&edges));
    }
    for (t, f) in [(&server, "server/src/room/"), (&server, "server/src/log/"), (&server, "server/src/http/"), (&client, "client/src/session/"), (&client, "client/src/desk/"), (&client, "client/src/replica/"), (&shared, "shared/src/board/"),] {
        println!("FILES {f}");
        for c in circles::circles(&matrix::files(t, f)) { println!("  {} {c:?}", c.len()); }
    }
}
