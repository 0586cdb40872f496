//! Which of the actions a menu shows.

/// Which actions a menu has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::desk::canvas) enum MenuOf {
    /// Every action that fits what is chosen.
    #[default]
    All,
    /// Those that the bar does not show.
    Rest,
    /// The kinds of a note.
    Kinds,
}
