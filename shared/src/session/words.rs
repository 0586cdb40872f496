//! A text in each language of the interface: what a template gives. What a person writes is the same in all.

use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Bokmål.
    #[default]
    Nb,
    /// English.
    En,
}

/// A text in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Bokmål.
    pub nb: String,
    /// English.
    pub en: String,
}

impl Words {
    /// What a person wrote: the same in all languages.
    pub fn own(text: &str) -> Self {
        Self {
            nb: text.to_owned(),
            en: text.to_owned(),
        }
    }

    /// In this language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Nb => &self.nb,
            Language::En => &self.en,
        }
    }

    /// Whether there is nothing to read in some language.
    pub fn is_empty(&self) -> bool {
        self.nb.trim().is_empty() || self.en.trim().is_empty()
    }

    /// The longer of the two, in UTF-16 units.
    pub(super) fn length(&self) -> usize {
        let units = |text: &str| text.encode_utf16().count();
        units(&self.nb).max(units(&self.en))
    }
}
