//! How it stands with following what a facilitator sees.

use leptos::prelude::*;
use samtavle_shared::geometry::{BoardRect, Camera};

/// How it stands with being led. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Led {
    /// Whether this desk follows.
    pub(super) follows: RwSignal<bool>,
    /// What it is to see, board units.
    pub(super) goal: RwSignal<Option<BoardRect>>,
    /// Where the way has brought it: any other view is the person's own.
    pub(super) brought_to: StoredValue<Option<Camera>>,
    pub(super) is_on_the_way: StoredValue<bool>,
}

impl Led {
    pub(super) fn new() -> Self {
        Self {
            follows: RwSignal::new(false),
            goal: RwSignal::new(None),
            brought_to: StoredValue::new(None),
            is_on_the_way: StoredValue::new(false),
        }
    }
}
