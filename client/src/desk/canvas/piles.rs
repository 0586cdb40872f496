//! A mark on each pile that says how many notes lie there. Pressing it chooses them, twice spreads them.

use super::{stage::Stage, translate};
use crate::{
    i18n::t_string,
    notes::whole::{Pile, pile_words, spread, spread_words},
    parts::flow::For,
};
use leptos::prelude::*;
use samtavle_shared::{geometry::BoardPoint, layout::most_of};

/// Marks nearer to each other on the screen are one too many, pixels.
const APART: f64 = 34.0;
/// More marks than this tell nobody more.
const MOST: usize = 60;

#[component]
pub(super) fn PileMarks(stage: Stage) -> impl IntoView {
    let i18n = stage.i18n;
    let marks = Memo::new(move |before: Option<&Vec<Pile>>| stage.marked_piles(before));
    let key = |pile: &Pile| {
        (
            pile.notes.clone(),
            [pile.top.max.x, pile.top.min.y].map(f64::to_bits),
        )
    };
    view! {
        <div role="group" aria-label=move || t_string!(i18n, note.piles)>
            <For each=move || marks.get() key let:pile>
                <PileMark stage pile/>
            </For>
        </div>
    }
}

#[component]
fn PileMark(stage: Stage, pile: Pile) -> impl IntoView {
    let i18n = stage.i18n;
    let count = pile.notes.len();
    let place = translate(pile.top.max.x, pile.top.min.y);
    let pile = StoredValue::new(pile);
    view! {
        <div class="pile-mark" style:transform=place>
            <button
                type="button"
                class="pile-mark__count tabular"
                data-testid="pile"
                aria-label=move || pile_words(i18n.get_locale(), count)
                on:click=move |_| stage.choose_pile(&pile.get_value())
                on:dblclick=move |_| stage.spread(&[pile.get_value()])
            >
                {count}
            </button>
        </div>
    }
}

impl Stage {
    /// The piles in view, the largest first; where marks would lie on each other, the larger pile has one. While the
    /// view is on the move, none comes.
    fn marked_piles(self, before: Option<&Vec<Pile>>) -> Vec<Pile> {
        let mut piles = self.desk.findings.piles.get();
        let is_moving = self.is_moving.get();
        if self.is_dragging.get() || piles.is_empty() {
            return Vec::new();
        }
        if let Some(before) = before.filter(|_| is_moving) {
            piles.retain(|pile| before.contains(pile));
            return piles;
        }
        let view = self.desk.view.get();
        let camera = self.desk.camera.get_untracked();
        let visible = camera.visible(view);
        samtavle_shared::sorting::sort_by(&mut piles, |a, b| b.notes.len().cmp(&a.notes.len()));
        let mut taken: Vec<BoardPoint> = Vec::new();
        piles.retain(|pile| {
            let at = BoardPoint::new(pile.top.max.x, pile.top.min.y);
            let is_apart = |other: &BoardPoint| (*other - at).length() * camera.scale() > APART;
            let is_marked =
                pile.top.overlaps(visible) && taken.len() < MOST && taken.iter().all(is_apart);
            if is_marked {
                taken.push(at);
            }
            is_marked
        });
        piles
    }

    fn choose_pile(self, pile: &Pile) {
        self.image.set(None);
        self.desk.select(pile.notes.clone());
        self.say_selected();
    }

    /// Lays the notes of these piles side by side, and shows them.
    pub(super) fn spread(self, piles: &[Pile]) {
        let desk = self.desk;
        if !untrack(|| desk.replica.may_write()) {
            return;
        }
        let notes = spread(desk.replica, piles);
        if notes.is_empty() {
            return self.say_locked();
        }
        let locale = self.i18n.get_locale_untracked();
        self.notices.announce(spread_words(locale, notes.len()));
        let state = desk.replica.state;
        if let Some(around) = most_of(notes.iter().filter_map(|id| state.rect_of(id))) {
            let visible = desk
                .camera
                .get_untracked()
                .visible(desk.view.get_untracked());
            if !(visible.contains(around.min) && visible.contains(around.max)) {
                desk.look_at(around);
            }
        }
        desk.select(notes);
        self.focus_canvas();
    }

    /// The piles to which what is selected belongs.
    pub(super) fn chosen_piles(self) -> Vec<Pile> {
        let selection = self.desk.selection.read();
        self.desk.findings.piles_of(&selection.notes)
    }
}
