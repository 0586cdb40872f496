//! The modules of a crate as `mod` declarations lay them out, each with the paths that its code names.
//! What is only for tests is left out.

use crate::paths;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use syn::{Attribute, Expr, Item, Lit, Meta, UseTree};

/// One module: a file, or a `mod { … }` in one.
pub(crate) struct Module {
    /// From the top of the repository.
    pub(crate) file: PathBuf,
    /// What it brings in under which name: where a name that is asked of this module comes from.
    names: BTreeMap<String, Vec<String>>,
    /// Modules whose names it has as its own (`use child::*`).
    globs: Vec<Vec<String>>,
    /// Every path that its code names, whole, as written.
    pub(crate) paths: BTreeSet<Vec<String>>,
}

/// A crate's modules by their path; the crate itself is the empty path.
pub(crate) struct Tree {
    pub(crate) name: String,
    pub(crate) modules: BTreeMap<Vec<String>, Module>,
}

impl Tree {
    /// Reads the crate whose root is this file, from the top of the repository.
    pub(crate) fn read(name: &str, top: &Path, root: &str) -> Tree {
        let mut tree = Tree {
            name: name.to_owned(),
            modules: BTreeMap::new(),
        };
        tree.read_file(top, Path::new(root), &[], true);
        tree
    }

    /// As if this text were the whole crate.
    pub(crate) fn of_text(name: &str, text: &str) -> Tree {
        let mut tree = Tree {
            name: name.to_owned(),
            modules: BTreeMap::new(),
        };
        let items = syn::parse_file(text).expect("it is Rust").items;
        tree.read_items(Path::new(""), Path::new("src/lib.rs"), &[], true, items);
        tree
    }

    fn read_file(&mut self, top: &Path, file: &Path, at: &[String], is_folders_own: bool) {
        let text = fs::read_to_string(top.join(file))
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let items = syn::parse_file(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
            .items;
        self.read_items(top, file, at, is_folders_own, items);
    }

    fn read_items(
        &mut self,
        top: &Path,
        file: &Path,
        at: &[String],
        is_folders_own: bool,
        items: Vec<Item>,
    ) {
        let mut module = Module {
            file: file.to_owned(),
            names: BTreeMap::new(),
            globs: Vec::new(),
            paths: BTreeSet::new(),
        };
        for item in items {
            if is_for_tests(attributes(&item)) {
                continue;
            }
            match item {
                Item::Mod(child) => {
                    let mut path = at.to_vec();
                    path.push(child.ident.to_string());
                    if let Some((_, items)) = child.content {
                        self.read_items(top, file, &path, true, items);
                    } else {
                        let (file, is_folders_own) =
                            file_of(top, file, is_folders_own, &child.ident, &child.attrs);
                        self.read_file(top, &file, &path, is_folders_own);
                    }
                }
                Item::Use(one) => module.brings_in(&mut Vec::new(), &one.tree),
                other => module.paths.extend(paths::named(&other)),
            }
        }
        self.modules.insert(at.to_vec(), module);
    }

    /// Which of this crate's modules a path means that is written in the module `from`; `None`: it leads out
    /// of the crate. Names that a module only hands on are followed to where they are made.
    pub(crate) fn resolved(&self, from: &[String], path: &[String]) -> Option<Vec<String>> {
        let is_brought_in = || {
            let module = self.modules.get(from)?;
            let brought = module.names.get(path.first()?)?;
            self.begun(from, brought).map(|_| (from.to_vec(), path))
        };
        let (at, rest) = self.begun(from, path).or_else(is_brought_in)?;
        Some(self.followed(at, rest, 8))
    }

    /// The module in which a path begins, and what of it is left; `None`: in none of this crate's.
    fn begun<'a>(
        &self,
        from: &[String],
        path: &'a [String],
    ) -> Option<(Vec<String>, &'a [String])> {
        let (first, rest) = path.split_first()?;
        match &**first {
            "crate" => Some((Vec::new(), rest)),
            "self" => Some((from.to_vec(), rest)),
            "super" => {
                let ups = path.iter().take_while(|name| *name == "super").count();
                let at = from.len().checked_sub(ups)?;
                Some((from[..at].to_vec(), &path[ups..]))
            }
            name if name == self.name => Some((Vec::new(), rest)),
            name => {
                let child = [from, &[name.to_owned()]].concat();
                self.modules.contains_key(&child).then_some((child, rest))
            }
        }
    }

    /// A path with its first name as the module brought it in.
    pub(crate) fn whole(&self, from: &[String], path: &[String]) -> Vec<String> {
        let module = self.modules.get(from);
        let known = module.and_then(|module| module.names.get(&path[0]));
        let mut whole = known.cloned().unwrap_or_else(|| vec![path[0].clone()]);
        whole.extend_from_slice(&path[1..]);
        whole
    }

    fn followed(&self, at: Vec<String>, rest: &[String], patience: usize) -> Vec<String> {
        let Some((name, others)) = rest.split_first() else {
            return at;
        };
        let mut child = at.clone();
        child.push(name.clone());
        if self.modules.contains_key(&child) {
            return self.followed(child, others, patience);
        }
        let Some(module) = self.modules.get(&at).filter(|_| patience > 0) else {
            return at;
        };
        if let Some(from) = module.names.get(name) {
            let Some((there, rest)) = self.begun(&at, from) else {
                return at;
            };
            return self.followed(there, &[rest, others].concat(), patience - 1);
        }
        for glob in &module.globs {
            if let Some((there, rest)) = self.begun(&at, glob) {
                let there = self.followed(there, rest, patience - 1);
                if self.has(&there, name) {
                    return self.followed(there, std::slice::from_ref(name), patience - 1);
                }
            }
        }
        at
    }

    fn has(&self, at: &[String], name: &str) -> bool {
        let mut child = at.to_vec();
        child.push(name.to_owned());
        self.modules.contains_key(&child)
            || self
                .modules
                .get(at)
                .is_some_and(|module| module.names.contains_key(name))
    }
}

impl Module {
    fn brings_in(&mut self, before: &mut Vec<String>, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.brings_in(before, &path.tree);
                before.pop();
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.brings_in(before, tree);
                }
            }
            UseTree::Name(name) => self.knows(before, &name.ident.to_string(), None),
            UseTree::Rename(name) => {
                self.knows(
                    before,
                    &name.ident.to_string(),
                    Some(name.rename.to_string()),
                );
            }
            UseTree::Glob(_) => {
                self.paths.insert(before.clone());
                self.globs.push(before.clone());
            }
        }
    }

    fn knows(&mut self, before: &[String], name: &str, called: Option<String>) {
        let mut whole = before.to_vec();
        let mut here = name.to_owned();
        if name == "self" {
            here = before.last().cloned().unwrap_or_default();
        } else {
            whole.push(name.to_owned());
        }
        self.paths.insert(whole.clone());
        self.names.insert(called.unwrap_or(here), whole);
    }
}

/// Where the file of a child module is, and whether its own children lie beside it.
fn file_of(
    top: &Path,
    parent: &Path,
    is_folders_own: bool,
    name: &syn::Ident,
    attributes: &[Attribute],
) -> (PathBuf, bool) {
    let folder = parent.parent().unwrap_or(Path::new("")).to_owned();
    if let Some(path) = attributes.iter().find_map(path_attribute) {
        return (folder.join(path), true);
    }
    let folder = if is_folders_own {
        folder
    } else {
        folder.join(parent.file_stem().expect("a file has a name"))
    };
    let beside = folder.join(format!("{name}.rs"));
    if top.join(&beside).exists() {
        return (beside, false);
    }
    (folder.join(name.to_string()).join("mod.rs"), true)
}

fn path_attribute(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(value) = &pair.value else {
        return None;
    };
    match &value.lit {
        Lit::Str(path) if pair.path.is_ident("path") => Some(path.value()),
        _ => None,
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) => {
            list.path.is_ident("cfg") && {
                let condition = list.tokens.to_string();
                condition == "test"
                    || condition.starts_with("all (test")
                    || condition.starts_with("any (test")
            }
        }
        _ => false,
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
