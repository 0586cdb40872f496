//! A dialog about something: open as long as there is that something.

use leptos::prelude::*;

/// Whether the dialog is open. It opens when its subject comes, and whatever closes it takes the subject away.
pub(crate) fn open_while<T>(subject: impl Into<ArcRwSignal<Option<T>>>) -> RwSignal<bool>
where
    T: Send + Sync + 'static,
{
    let subject = subject.into();
    let open = RwSignal::new(false);
    let asked = subject.clone();
    Effect::new(move || {
        let is_there = asked.read().is_some();
        if open.get_untracked() != is_there {
            open.set(is_there);
        }
    });
    Effect::new(move || {
        if !open.get() && subject.read_untracked().is_some() {
            subject.set(None);
        }
    });
    open
}
