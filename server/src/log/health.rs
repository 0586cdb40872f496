//! What is known to be wrong with what is kept.

use std::collections::BTreeMap;

/// What `/health` tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Health {
    /// How many of each kind are not as they were written.
    pub(crate) counts: BTreeMap<&'static str, u64>,
    /// How many writes that were said to be saved were not there at the start.
    pub(crate) missing: u64,
    /// Files that were set aside beside the database. They are told of for as long as they lie there.
    pub(crate) files: Vec<String>,
}

impl Health {
    /// Is anything wrong?
    pub(crate) fn is_well(&self) -> bool {
        self.counts.is_empty() && self.missing == 0 && self.files.is_empty()
    }
}
