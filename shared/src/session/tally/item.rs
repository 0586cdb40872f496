//! What a dot can stand on.

use crate::ids::{ClusterId, NoteId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A note or a cluster. As text, also in JSON and as a key in it: `note:ID` or `cluster:ID`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Item {
    /// A note.
    Note(NoteId),
    /// A cluster.
    Cluster(ClusterId),
}

/// A text that names neither a note nor a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither note:ID nor cluster:ID")]
pub struct NotAnItem;

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id) = match self {
            Self::Note(id) => ("note:", id.as_str()),
            Self::Cluster(id) => ("cluster:", id.as_str()),
        };
        f.write_str(kind)?;
        f.write_str(id)
    }
}

impl FromStr for Item {
    type Err = NotAnItem;

    fn from_str(text: &str) -> Result<Self, NotAnItem> {
        match text.split_once(':') {
            Some((_, "")) => Err(NotAnItem),
            Some(("note", id)) => Ok(Self::Note(id.into())),
            Some(("cluster", id)) => Ok(Self::Cluster(id.into())),
            _ => Err(NotAnItem),
        }
    }
}

impl From<Item> for String {
    fn from(item: Item) -> Self {
        item.to_string()
    }
}

impl TryFrom<String> for Item {
    type Error = NotAnItem;

    fn try_from(text: String) -> Result<Self, NotAnItem> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn an_item_is_a_plain_string_in_json() {
        let dots = BTreeMap::from([
            (Item::Note("n1".into()), 2u8),
            (Item::Cluster("c:1".into()), 1),
        ]);
        let json = serde_json::to_string(&dots).unwrap();
        assert_eq!(json, r#"{"note:n1":2,"cluster:c:1":1}"#);
        assert_eq!(
            serde_json::from_str::<BTreeMap<Item, u8>>(&json).unwrap(),
            dots
        );
        for wrong in ["", "note", "note:", "link:1", "Note:1"] {
            assert_eq!(wrong.parse::<Item>(), Err(NotAnItem), "{wrong}");
        }
    }
}
