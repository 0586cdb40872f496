//! What is being written in silence at a desk, and what its paper hears from outside.

use leptos::prelude::*;
use samtavle_shared::board::NoteKind;

/// What happens to a paper from outside.
#[derive(Clone, Copy)]
pub(crate) struct PaperCalls {
    /// Text that is to stand on it, when nothing else does, or after what does.
    pub(crate) fill: RwSignal<Option<String>>,
    /// Counts the calls to write: each gives it the focus.
    pub(crate) calls: RwSignal<u32>,
}

/// What is being written in silence at a desk.
#[derive(Clone, Copy)]
pub(super) struct Composer {
    pub(super) is_open: RwSignal<bool>,
    pub(super) kind: RwSignal<Option<NoteKind>>,
    pub(super) called: PaperCalls,
}

impl Composer {
    pub(super) fn new() -> Self {
        Self {
            is_open: RwSignal::new(true),
            kind: RwSignal::new(None),
            called: PaperCalls {
                fill: RwSignal::new(None),
                calls: RwSignal::new(0),
            },
        }
    }
}
