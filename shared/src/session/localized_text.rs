//! A text in each language of the interface: what a template gives. What a person writes is the same in all.

use crate::direction::plain_name;
use serde::{Deserialize, Serialize};

pub use crate::language::Language;

/// A text in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalizedText {
    /// Bokmål.
    pub nb: String,
    /// Nynorsk; where it is empty, bokmål is read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub nn: String,
    /// In English.
    pub en: String,
}

impl LocalizedText {
    /// What a person wrote: the same in all languages.
    pub fn own(text: &str) -> Self {
        Self {
            nb: text.to_owned(),
            nn: String::new(),
            en: text.to_owned(),
        }
    }

    /// As a name or a title is kept.
    pub(super) fn plain(&self) -> Self {
        let plain = |text: &str| plain_name(text).into_owned();
        Self {
            nb: plain(&self.nb),
            nn: plain(&self.nn),
            en: plain(&self.en),
        }
    }

    /// In this language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Nn if !self.nn.is_empty() => &self.nn,
            Language::Nb | Language::Nn => &self.nb,
            Language::En => &self.en,
        }
    }

    /// Whether there is nothing to read in some language.
    pub fn is_empty(&self) -> bool {
        self.nb.trim().is_empty() || self.en.trim().is_empty()
    }

    /// The longest of them, in UTF-16 units.
    pub(super) fn length(&self) -> usize {
        let units = |text: &str| text.encode_utf16().count();
        units(&self.nb).max(units(&self.nn)).max(units(&self.en))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_nynorsk_gets_bokmål_where_nothing_else_was_written() {
        let own = LocalizedText::own("Ungdom");
        assert_eq!(own.in_language(Language::Nn), "Ungdom");
        assert!(!own.is_empty());
        // As a client that knows two languages sends it.
        let two: LocalizedText =
            serde_json::from_str(r#"{"nb": "Leder", "en": "Leader"}"#).unwrap();
        assert_eq!(two.in_language(Language::Nn), "Leder");
        let three = LocalizedText {
            nn: "Leiar".into(),
            ..two
        };
        assert_eq!(
            Language::ALL.map(|l| three.in_language(l)),
            ["Leder", "Leiar", "Leader"]
        );
    }
}
