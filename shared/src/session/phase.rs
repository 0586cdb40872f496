//! Phases: the steps of a workshop, each with its prompt, note kinds, time and tools.

use super::{LocalizedText, Refusal, Voice, drafts::Writing};
use crate::{board::NoteKind, limits};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A phase's name for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhaseId(pub u16);

/// A step of the workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// Its name for ever.
    pub id: PhaseId,
    /// What it is called, for instance "What is the problem really?".
    pub title: LocalizedText,
    /// A sentence that helps to begin.
    #[serde(default)]
    pub prompt: LocalizedText,
    /// What is written in it, the first one first. Others are welcome all the same.
    #[serde(with = "kind_names")]
    pub kinds: Vec<NoteKind>,
    /// How long it is meant to take.
    pub minutes: u16,
    /// How writing begins in it.
    #[serde(default)]
    pub writing: Writing,
    /// What the facilitator is likely to want in it.
    #[serde(default)]
    pub tools: Vec<Tool>,
    /// In which sitting it is: 0 is the hour itself, 1 and on are later ones.
    #[serde(default)]
    pub sitting: u8,
}

impl Phase {
    /// Whether the problem is still being looked at: no idea or plan is asked for yet.
    pub fn looks_at_the_problem(&self) -> bool {
        !self.kinds.is_empty()
            && self
                .kinds
                .iter()
                .all(|kind| matches!(kind, NoteKind::Problem | NoteKind::Habit))
    }

    /// Whether it is for giving clusters their names, rather than for writing.
    pub fn names_clusters(&self) -> bool {
        self.tools.contains(&Tool::Clusters)
    }

    /// Its time in milliseconds.
    pub fn milliseconds(&self) -> u64 {
        u64::from(self.minutes) * 60_000
    }
}

/// What a facilitator can reach for; a phase names those that are of use in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tool {
    /// Mixed groups.
    Groups,
    /// Disturb all.
    Disturb,
    /// Two thoughts far apart.
    FarPair,
    /// Say it back.
    SayBack,
    /// The round: whose turn it is.
    Turns,
    /// A round of votes.
    Vote,
    /// What is not covered yet.
    Insights,
    /// Plans by their state.
    Plans,
    /// Read the next note aloud, the least heard first.
    Read,
    /// What belongs together gets a name: a phone shows the clusters.
    Clusters,
}

impl Tool {
    /// All of them, in the order in which they are of use.
    pub const ALL: [Self; 10] = [
        Self::Groups,
        Self::Disturb,
        Self::FarPair,
        Self::SayBack,
        Self::Turns,
        Self::Vote,
        Self::Insights,
        Self::Plans,
        Self::Read,
        Self::Clusters,
    ];
}

/// What a template gives: phases and voices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Script {
    /// In their order.
    pub phases: Vec<Phase>,
    /// The perspectives that a person may take.
    #[serde(default)]
    pub voices: Vec<Voice>,
}

/// Most phases of a workshop.
pub(super) const MAX_PHASES: usize = 40;
/// Longest that a phase may be meant to take: a day.
const MAX_MINUTES: u16 = 24 * 60;

/// Phases as a facilitator may set them: some, each with a title and a time, no two of the same id.
pub(super) fn check(phases: &[Phase]) -> Result<(), Refusal> {
    if phases.len() > MAX_PHASES {
        return Err(Refusal::TooMany);
    }
    let mut ids: Vec<PhaseId> = phases.iter().map(|phase| phase.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let is_sound = |phase: &Phase| {
        !phase.title.is_empty()
            && phase.title.length() <= limits::MAX_TITLE_UTF16
            && phase.prompt.length() <= 2 * limits::MAX_TITLE_UTF16
            && phase.minutes <= MAX_MINUTES
            && phase.kinds.len() <= NoteKind::ALL.len()
            && phase.tools.len() <= Tool::ALL.len()
    };
    if ids.len() != phases.len() || !phases.iter().all(is_sound) {
        return Err(Refusal::Malformed);
    }
    Ok(())
}

/// Kinds by the names that they have in the document.
mod kind_names {
    use super::{Deserialize, Deserializer, NoteKind, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(
        kinds: &[NoteKind],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        names.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<NoteKind>, D::Error> {
        let names = Vec::<String>::deserialize(deserializer)?;
        Ok(names.iter().map(|name| NoteKind::read(name)).collect())
    }
}
