//! Circles: files that each need the others, so that none can be read or changed alone.

use std::collections::{BTreeMap, BTreeSet};

/// Who needs whom.
pub(crate) type Edges = BTreeMap<String, BTreeSet<String>>;

/// Every group of two and more of which each leads to each (R. Tarjan, Depth-First Search and Linear Graph
/// Algorithms, 1972).
pub(crate) fn circles(edges: &Edges) -> Vec<Vec<String>> {
    let mut search = Search {
        edges,
        seen: BTreeMap::new(),
        lowest: BTreeMap::new(),
        open: Vec::new(),
        found: Vec::new(),
    };
    for name in edges.keys() {
        if !search.seen.contains_key(&**name) {
            search.visit(name);
        }
    }
    search.found
}

struct Search<'a> {
    edges: &'a Edges,
    seen: BTreeMap<&'a str, usize>,
    lowest: BTreeMap<&'a str, usize>,
    open: Vec<&'a str>,
    found: Vec<Vec<String>>,
}

impl<'a> Search<'a> {
    fn visit(&mut self, name: &'a str) {
        let number = self.seen.len();
        self.seen.insert(name, number);
        self.lowest.insert(name, number);
        self.open.push(name);
        for next in self.edges.get(name).into_iter().flatten() {
            if !self.seen.contains_key(&**next) {
                self.visit(next);
                self.lowers(name, self.lowest[&**next]);
            } else if self.open.contains(&&**next) {
                self.lowers(name, self.seen[&**next]);
            }
        }
        if self.lowest[name] == number {
            let from = self
                .open
                .iter()
                .position(|open| *open == name)
                .expect("it was opened above");
            let circle: Vec<String> = self.open.drain(from..).map(str::to_owned).collect();
            if circle.len() > 1 {
                self.found.push(circle);
            }
        }
    }

    fn lowers(&mut self, name: &'a str, to: usize) {
        let lowest = self
            .lowest
            .get_mut(name)
            .expect("it was numbered when it was visited");
        *lowest = to.min(*lowest);
    }
}
