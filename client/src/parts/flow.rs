//! Showing something while something holds, and something for each of many.
//!
//! To be used instead of Leptos' own components of the same names, which are compiled anew, with all of
//! their machinery, for each place that they stand in: half of our views' weight. These are compiled once.

use super::built::{Built, built};
use leptos::{children::TypedChildrenFn, prelude::*};
use send_wrapper::SendWrapper;
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    rc::Rc,
};

/// Shows its children while `when` holds, else `fallback`.
#[component]
pub(crate) fn Show<C: IntoView + 'static>(
    /// Whether they are shown.
    #[prop(into)]
    when: Signal<bool>,
    /// What is shown otherwise.
    #[prop(optional, into)]
    fallback: ViewFn,
    /// What is shown.
    children: TypedChildrenFn<C>,
) -> impl IntoView {
    let children = children.into_inner();
    either(when, Box::new(move || built(children())), fallback)
}

fn either(
    when: Signal<bool>,
    children: Box<dyn Fn() -> Built + Send>,
    fallback: ViewFn,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| when.get());
    move || {
        if is_shown.get() {
            children()
        } else {
            built(fallback.run())
        }
    }
}

/// Shows something for each of many, and keeps what it shows for those that stay.
#[component]
pub(crate) fn For<E, I, T, K, N, C, V>(
    /// The many; followed when they change.
    each: E,
    /// What makes one the same as before: unique among the many.
    key: K,
    /// What is shown for one of them.
    children: C,
) -> impl IntoView
where
    E: Fn() -> I + 'static,
    I: IntoIterator<Item = T>,
    T: 'static,
    K: Fn(&T) -> N + 'static,
    N: Hash,
    C: Fn(T) -> V + 'static,
    V: IntoView + 'static,
{
    let children: Rc<dyn Fn(T) -> Built> = Rc::new(move |item| built(children(item)));
    rows(Box::new(move || {
        let row = |item: T| {
            let mut hasher = DefaultHasher::new();
            key(&item).hash(&mut hasher);
            let children = Rc::clone(&children);
            Row {
                key: hasher.finish(),
                view: Box::new(move || children(item)),
            }
        };
        each().into_iter().map(row).collect()
    }))
}

/// One of the many, without its type.
struct Row {
    /// Made of the item's own key. Two keys that meet in one are less likely than a broken machine.
    key: u64,
    view: Box<dyn FnOnce() -> Built>,
}

fn rows(each: Box<dyn Fn() -> Vec<Row>>) -> Built {
    use leptos::prelude::For;
    // A page has one thread; Leptos asks for `Send` all the same.
    let each = SendWrapper::new(each);
    let each = move || each().into_iter().map(SendWrapper::new).collect::<Vec<_>>();
    let show = |row: SendWrapper<Row>| (row.take().view)();
    built(view! { <For each key=|row| row.key children=show /> })
}
