//! The icons: one set, a 24 px grid, a 2 px round line. Each is one path, so that the set is small.

use leptos::prelude::*;
use samtavle_shared::board::NoteKind;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub(crate) enum IconName {
    ChevronLeft,
    ChevronRight,
    ArrowDown,
    ArrowLeft,
    ArrowRight,
    ArrowUp,
    Bolt,
    Book,
    Card,
    ChevronDown,
    Check,
    Clock,
    Close,
    Cluster,
    Copy,
    Day,
    Fit,
    Eye,
    EyeOff,
    Gather,
    Grid,
    Habit,
    Half,
    Hand,
    Home,
    Idea,
    Info,
    Keyboard,
    Link,
    List,
    Lived,
    Lock,
    Lower,
    Minus,
    Moon,
    More,
    Move,
    Narrower,
    Offline,
    Pause,
    Pen,
    People,
    Photo,
    Plan,
    Play,
    Plus,
    Pointer,
    Problem,
    Recognise,
    Redo,
    Screen,
    Scribe,
    Share,
    Speech,
    Spread,
    Sun,
    Surprised,
    TellMore,
    Taller,
    Text,
    Trash,
    Turns,
    Undo,
    Ungroup,
    Vote,
    Warning,
    Wider,
}

impl IconName {
    /// The mark of a kind of note; a kind that we don't know has none.
    pub(crate) const fn of_kind(kind: NoteKind) -> Option<Self> {
        match kind {
            NoteKind::Problem => Some(Self::Problem),
            NoteKind::Habit => Some(Self::Habit),
            NoteKind::Idea => Some(Self::Idea),
            NoteKind::Plan => Some(Self::Plan),
            NoteKind::Other => None,
        }
    }

    /// The lines, for the `d` of a path on a 24 by 24 grid. Also for canvas tiles (`Path2D`).
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::ChevronLeft => "m14.5 6-6 6 6 6",
            Self::ChevronRight => "m9.5 6 6 6-6 6",
            Self::ArrowDown => "M12 5v13.5M6.5 13l5.5 5.5 5.5-5.5",
            Self::ArrowLeft => "M19 12H5.5M11 6.5 5.5 12l5.5 5.5",
            Self::ArrowRight => "M5 12h13.5M13 6.5l5.5 5.5-5.5 5.5",
            Self::ArrowUp => "M12 19V5.5M6.5 11 12 5.5l5.5 5.5",
            Self::Bolt => "M13 3.5 5.5 13.5h5.5l-1 7 8-10.5h-5.5z",
            Self::Book => {
                "M12 6.5C10 5 7 4.5 3.5 5v13.5c3.5-.5 6.5 0 8.5 1.5 2-1.5 5-2 8.5-1.5V5C17 4.5 14 5 12 6.5zM12 6.5V20"
            }
            Self::Card => {
                "M7 4h10a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM9 9h6M9 13h4"
            }
            Self::ChevronDown => "m6 9.5 6 6 6-6",
            Self::Check => "m4.5 12.5 5 5 10-11",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5V12l3 2",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Cluster => {
                "M8 3.5H7A3.5 3.5 0 0 0 3.5 7v10A3.5 3.5 0 0 0 7 20.5h10a3.5 3.5 0 0 0 3.5-3.5V7A3.5 3.5 0 0 0 17 3.5H8M7.5 8h3.5v3.5H7.5zM13.5 12.5H17V16h-3.5z"
            }
            Self::Copy => {
                "M10.5 8.5h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM15.5 8.5v-3a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h3"
            }
            Self::Day => {
                "M6.5 5h11a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM4.5 10h15M8.5 3v4M15.5 3v4"
            }
            Self::Fit => {
                "M4 9V6a2 2 0 0 1 2-2h3M15 4h3a2 2 0 0 1 2 2v3M20 15v3a2 2 0 0 1-2 2h-3M9 20H6a2 2 0 0 1-2-2v-3"
            }
            Self::Eye => {
                "M2.5 12C4.5 8 8 5.5 12 5.5s7.5 2.5 9.5 6.5c-2 4-5.5 6.5-9.5 6.5S4.5 16 2.5 12zM12 9.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4z"
            }
            Self::EyeOff => {
                "M3.5 3.5l17 17M9 6a9.5 9.5 0 0 1 3-.5c4 0 7.5 2.5 9.5 6.5a12 12 0 0 1-2.7 3.5M6 7.5A12 12 0 0 0 2.5 12c2 4 5.5 6.5 9.5 6.5 1.5 0 3-.4 4.3-1M10 10a2.7 2.7 0 0 0 3.8 3.8"
            }
            Self::Gather => "M3.5 8.5h5v-5M20.5 8.5h-5v-5M3.5 15.5h5v5M20.5 15.5h-5v5",
            Self::Grid => "M4.5 5h6v6h-6zM13.5 5h6v6h-6zM4.5 14h6v5.5h-6zM13.5 14h6v5.5h-6z",
            Self::Habit => {
                "M4.5 10.5A7.7 7.7 0 0 1 18.7 8M19 3.5v4.7h-4.7M19.5 13.5A7.7 7.7 0 0 1 5.3 16M5 20.5v-4.7h4.7"
            }
            Self::Half => {
                "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 3.5v17M12 8.5h6M12 12h8M12 15.5h6"
            }
            Self::Hand => {
                "M7.5 12.5V6.75a1.6 1.6 0 0 1 3.2 0V11M10.7 11V4.85a1.6 1.6 0 0 1 3.2 0V11M13.9 11V6a1.6 1.6 0 0 1 3.2 0v6M17.1 12V8.6a1.6 1.6 0 0 1 3.2 0v5.9a6.5 6.5 0 0 1-6.5 6.5h-1.2a6.5 6.5 0 0 1-5-2.3l-4-4.9a1.65 1.65 0 0 1 2.45-2.2L7.5 13.5"
            }
            Self::Home => "M4 11.5 12 4.5l8 7M6 10v9.5h12V10M10 19.5V14h4v5.5",
            Self::Idea => {
                "M12 6.5a4.5 4.5 0 0 1 2.7 8.1c-.5.4-.7.9-.7 1.4h-4c0-.5-.2-1-.7-1.4A4.5 4.5 0 0 1 12 6.5zM10.5 19.5h3M12 2v1.5M4.5 5l1.2 1.2M19.5 5l-1.2 1.2M2.5 11.5H4M20 11.5h1.5"
            }
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.5v.1",
            Self::Keyboard => {
                "M4.5 6h15a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM6.5 10v.1M10 10v.1M14 10v.1M17.5 10v.1M8 14h8"
            }
            Self::Link => {
                "M6.5 14.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM17.5 3.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8.6 15.4l6.8-6.8"
            }
            Self::List => "M9 6h11.5M9 12h11.5M9 18h11.5M4 6v.1M4 12v.1M4 18v.1",
            Self::Lived => "M12 20 4.9 12.7a4.5 4.5 0 0 1 6.4-6.4l.7.7.7-.7a4.5 4.5 0 0 1 6.4 6.4z",
            Self::Lock => {
                "M7 10.5h10a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-5.5a2 2 0 0 1 2-2zM8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v1.5"
            }
            Self::Lower => {
                "M6 12h12M12 3v5.5M9.5 6 12 8.5 14.5 6M12 21v-5.5M9.5 18l2.5-2.5 2.5 2.5"
            }
            Self::Minus => "M5.5 12h13",
            Self::Moon => "M20 14.2A8.3 8.3 0 0 1 9.8 4a8.3 8.3 0 1 0 10.2 10.2z",
            Self::Move => {
                "M12 3v18M3 12h18M9.5 5.5 12 3l2.5 2.5M9.5 18.5 12 21l2.5-2.5M5.5 9.5 3 12l2.5 2.5M18.5 9.5 21 12l-2.5 2.5"
            }
            Self::More => {
                "M5 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1zM12 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1zM19 11.5a.5.5 0 1 0 0 1 .5.5 0 0 0 0-1z"
            }
            Self::Narrower => {
                "M12 6v12M3 12h5.5M6 9.5 8.5 12 6 14.5M21 12h-5.5M18 9.5 15.5 12l2.5 2.5"
            }
            Self::Offline => {
                "M3.5 3.5l17 17M9 6.2A6 6 0 0 1 17.7 10a4.5 4.5 0 0 1 2.7 7.3M16.5 18.5H7a4.5 4.5 0 0 1-.8-8.9c.1-.6.3-1.1.5-1.6"
            }
            Self::Pause => "M8.5 5.5v13M15.5 5.5v13",
            Self::Pen => "M4 20l1-4.5L16.5 4a2.1 2.1 0 0 1 3 0l.5.5a2.1 2.1 0 0 1 0 3L8.5 19z",
            Self::People => {
                "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 20v-1a6.5 6.5 0 0 1 13 0v1M16 4.8a3.5 3.5 0 0 1 0 6.4M18.5 13.8a6.5 6.5 0 0 1 3 5.2v1"
            }
            Self::Photo => {
                "M4.5 7h3l1.5-2.5h6L16.5 7h3a2 2 0 0 1 2 2v8.5a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM12 9.3a3.6 3.6 0 1 0 0 7.2 3.6 3.6 0 0 0 0-7.2z"
            }
            Self::Plan => "M6 21V4M6 4h12l-3 4.5 3 4.5H6",
            Self::Play => "M8 5.5v13l10.5-6.5z",
            Self::Plus => "M12 5.5v13M5.5 12h13",
            Self::Pointer => "M5 4.5 10 19l2.4-6.6L19 10z",
            Self::Problem => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.4 9.3a2.7 2.7 0 1 1 4 2.4c-1 .5-1.4 1-1.4 1.9M12 16.8v.1"
            }
            Self::Redo => "M15 5l5 4.5-5 4.5M20 9.5H9.5a5 5 0 0 0 0 10H12",
            Self::Screen => {
                "M5 4h14a2 2 0 0 1 2 2v8.5a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM12 16.5v4M8.5 20.5h7"
            }
            Self::Recognise => {
                "M9 6a6 6 0 1 0 0 12A6 6 0 0 0 9 6zM15 6a6 6 0 1 0 0 12 6 6 0 0 0 0-12z"
            }
            Self::Surprised => {
                "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 9.5v.6M15 9.5v.6M12 13.2a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8z"
            }
            Self::TellMore => {
                "M5 5h14a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 19 17h-7l-4.5 3.5V17H5a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 5 5zM8 11v.1M12 11v.1M16 11v.1"
            }
            Self::Scribe => {
                "M9 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3 20v-1a5 5 0 0 1 5-5h1.5M12.5 20.5l.6-2.9 6-6a1.6 1.6 0 0 1 2.3 2.3l-6 6z"
            }
            Self::Share => {
                "M12 15V3.5M7.5 8 12 3.5 16.5 8M4.5 14v4.5a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2V14"
            }
            Self::Speech => {
                "M5.5 5h13a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H12l-5 3.5V17H5.5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM8 9.5h8M8 13h5"
            }
            Self::Spread => {
                "M8.5 9h7v6h-7zM8 8 4 4M4 7.5V4h3.5M16 8l4-4M16.5 4H20v3.5M8 16l-4 4M4 16.5V20h3.5M16 16l4 4M20 16.5V20h-3.5"
            }
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v1.5M12 20v1.5M2.5 12H4M20 12h1.5M5.3 5.3l1 1M17.7 17.7l1 1M5.3 18.7l1-1M17.7 6.3l1-1"
            }
            Self::Taller => "M12 4v16M8.5 7.5 12 4l3.5 3.5M8.5 16.5 12 20l3.5-3.5M6 12h12",
            Self::Text => "M5 7.5V5h14v2.5M12 5v14.5M9 19.5h6",
            Self::Trash => {
                "M4 6.5h16M9.5 6.5V4h5v2.5M6 6.5l1 13a1.5 1.5 0 0 0 1.5 1.5h7a1.5 1.5 0 0 0 1.5-1.5l1-13M10 11v5.5M14 11v5.5"
            }
            Self::Turns => {
                "M12 3.5a8.5 8.5 0 1 0 8.5 8.5M20.5 5v5h-5M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z"
            }
            Self::Undo => "M9 5 4 9.5 9 14M4 9.5h10.5a5 5 0 0 1 0 10H12",
            Self::Ungroup => {
                "M7.5 3.5h-4v4M16.5 3.5h4v4M7.5 20.5h-4v-4M16.5 20.5h4v-4M7 7h4.5v4.5H7zM12.5 12.5H17V17h-4.5z"
            }
            Self::Vote => {
                "M7.5 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM7.5 14a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM17 4.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM17 13.5v7M13.5 17h7"
            }
            Self::Wider => "M4 12h16M7.5 8.5 4 12l3.5 3.5M16.5 8.5 20 12l-3.5 3.5M12 6v12",
            Self::Warning => "M12 4 2.8 19.5h18.4zM12 10v4M12 16.8v.1",
        }
    }
}

/// How large an icon is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum IconSize {
    /// 18 px: beside small text.
    Small,
    /// 22 px.
    #[default]
    Usual,
    /// 28 px.
    Large,
}

impl IconSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Small => "icon icon--small",
            Self::Usual => "icon",
            Self::Large => "icon icon--large",
        }
    }
}

/// An icon. It says nothing to a screen reader: the words beside it do.
#[component]
pub(crate) fn Icon(
    /// What it shows.
    name: IconName,
    /// How large it is.
    #[prop(optional)]
    size: IconSize,
) -> impl IntoView {
    view! {
        <svg class=size.class() viewBox="0 0 24 24" aria-hidden="true">
            <path d=name.path()></path>
        </svg>
    }
}

/// Samtavle's mark: two papers that lie over each other.
#[component]
pub(crate) fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 28 28" aria-hidden="true">
            <rect class="logo__back" x="3" y="4" width="15" height="14" rx="2.5" stroke-width="1.75"></rect>
            <rect class="logo__front" x="11" y="10.5" width="14" height="13.5" rx="2.5" stroke-width="1.75"></rect>
        </svg>
    }
}
