//! What a note speaks of.

/// What a note speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoteKind {
    /// What is wrong, as somebody lives it.
    Problem,
    /// What we must stop doing.
    Habit,
    /// What could be tried.
    Idea,
    /// Who tries what, when.
    Plan,
    /// A kind that a later version or another client wrote: shown plainly, kept as it is.
    Other,
}

impl NoteKind {
    /// The kinds that a person can choose, in the order of the story.
    pub const ALL: [Self; 4] = [Self::Problem, Self::Habit, Self::Idea, Self::Plan];

    /// As it stands in the document; also its name in styles and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Problem => "problem",
            Self::Habit => "habit",
            Self::Idea => "idea",
            Self::Plan => "plan",
            Self::Other => "other",
        }
    }

    /// Reads a kind; what is unknown is [`NoteKind::Other`].
    pub fn read(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .unwrap_or(Self::Other)
    }
}
