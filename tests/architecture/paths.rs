//! The paths that an item names: in types and expressions, in attributes, in `use` inside a body, and among
//! the words of macros, which no parser of ours understands.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::collections::BTreeSet;

/// All paths of two parts and more, as written.
pub(crate) fn named(item: &impl ToTokens) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    read(item.to_token_stream(), &[], &mut found);
    found
}

/// `before` is the path that stands before a group: `use a::{b, c}`, also in macros.
fn read(tokens: TokenStream, before: &[String], found: &mut BTreeSet<Vec<String>>) {
    let mut path: Vec<String> = before.to_vec();
    // How much of `::` has been seen since the last name.
    let mut colons = 0;
    let keep = |path: &mut Vec<String>, found: &mut BTreeSet<Vec<String>>| {
        if path.len() > 1 {
            found.insert(path.clone());
        }
        path.clear();
        path.extend_from_slice(before);
    };
    for token in tokens {
        match token {
            TokenTree::Ident(name) => {
                if colons < 2 {
                    keep(&mut path, found);
                }
                path.push(name.to_string());
                colons = 0;
            }
            TokenTree::Punct(sign) if sign.as_char() == ':' => {
                colons += 1;
                if colons == 1 && path.is_empty() {
                    colons = 0;
                }
            }
            TokenTree::Group(group) => {
                let inside = if colons == 2 {
                    path.clone()
                } else {
                    Vec::new()
                };
                keep(&mut path, found);
                colons = 0;
                read(group.stream(), &inside, found);
            }
            _ => {
                keep(&mut path, found);
                colons = 0;
            }
        }
    }
    keep(&mut path, found);
}
