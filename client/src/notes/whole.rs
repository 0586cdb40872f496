//! Where one's notes are, on desk and phone alike: what lies far away from the rest is told, shown and fetched; notes
//! that lie on one spot are counted and spread.

use crate::{
    i18n::{Locale, language::counted, t_string, td_string, text, use_i18n},
    parts::flow::Show,
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    geometry::{BoardPoint, BoardRect},
    ids::NoteId,
    layout::{Faraway, Thing, Whole, fetched, piles, spread_out},
};
use std::{collections::HashSet, time::Duration};

/// It is looked up anew at most this often, milliseconds; and so much more for each note, so that looking stays a
/// small part of the time.
const LOOK_MS: f64 = 250.0;
const LOOK_MS_A_NOTE: f64 = 0.2;

/// Notes on one spot.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pile {
    /// Which, the lowest first.
    pub(crate) notes: Vec<NoteId>,
    /// Where the topmost lies.
    pub(crate) top: BoardRect,
}

/// What there is to be found. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Findings {
    /// What lies far away, the nearest first.
    pub(crate) far: RwSignal<Whole>,
    /// Notes on one spot.
    pub(crate) piles: RwSignal<Vec<Pile>>,
    /// The notes under the topmost of each.
    pub(crate) buried: RwSignal<HashSet<NoteId>>,
}

impl Findings {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self {
            far: RwSignal::new(Whole::default()),
            piles: RwSignal::new(Vec::new()),
            buried: RwSignal::new(HashSet::new()),
        }
    }

    /// Looks at the board now and again, for as long as the page shows it.
    pub(crate) fn follow(self, replica: Replica) {
        let is_due = StoredValue::new(false);
        let look = move || {
            if is_due.try_set_value(false).is_none() {
                self.look(replica);
            }
        };
        Effect::new(move |before: Option<()>| {
            replica.state.moved.track();
            replica.state.images.track();
            if before.is_none() {
                self.look(replica);
            } else if is_due.try_update_value(|due| !std::mem::replace(due, true)) == Some(true) {
                let notes = replica.state.note_count.get_untracked() as f64;
                let wait = LOOK_MS + notes * LOOK_MS_A_NOTE;
                set_timeout(look, Duration::from_millis(wait as u64));
            }
        });
    }

    fn look(self, replica: Replica) {
        let far = Whole::of(&replica.state.lying());
        if self.far.with_untracked(|before| *before != far) {
            self.far.set(far);
        }
        let stack = replica.state.stack();
        let rects: Vec<BoardRect> = stack.iter().map(|(_, rect)| *rect).collect();
        let pile = |pile: Vec<usize>| Pile {
            top: pile.last().map(|&top| rects[top]).unwrap_or_default(),
            notes: pile.into_iter().map(|at| stack[at].0.clone()).collect(),
        };
        let piles: Vec<Pile> = piles(&rects).into_iter().map(pile).collect();
        if self.piles.with_untracked(|before| *before != piles) {
            let under = |pile: &Pile| pile.notes.split_last().map(|(_, under)| under.to_vec());
            let buried = piles.iter().filter_map(under).flatten();
            self.buried.set(buried.collect());
            self.piles.set(piles);
        }
    }

    /// The piles to which some of these notes belong.
    pub(crate) fn piles_of(self, notes: &[NoteId]) -> Vec<Pile> {
        let notes: HashSet<&NoteId> = notes.iter().collect();
        let is_one = |pile: &&Pile| pile.notes.iter().any(|note| notes.contains(note));
        self.piles
            .with(|piles| piles.iter().filter(is_one).cloned().collect())
    }
}

/// «40 lapper ligger oppå hverandre».
pub(crate) fn pile_words(locale: Locale, count: usize) -> String {
    let words = td_string!(locale, note.pile);
    counted(count, words, words)
}

/// «40 lapper ligger ved siden av hverandre nå.»
pub(crate) fn spread_words(locale: Locale, count: usize) -> String {
    let words = td_string!(locale, note.spread_out);
    counted(count, words, words)
}

/// Lays what is far away with the others, as one step to take back; gives the notes among it.
pub(crate) fn fetch_far(replica: Replica) -> Vec<NoteId> {
    let lying = replica.state.lying();
    let places = untrack(|| fetched(&lying, |one| may_move(replica, &one.thing)));
    lay(replica, &places);
    notes_in(places)
}

/// Lays the notes of these piles side by side, as one step to take back; gives those that may be moved.
pub(crate) fn spread(replica: Replica, piles: &[Pile]) -> Vec<NoteId> {
    let mut lying = replica.state.lying();
    let mut places: Vec<(Thing, BoardPoint)> = Vec::new();
    for pile in piles {
        let mut notes = pile.notes.clone();
        untrack(|| notes.retain(|note| replica.may_touch(note)));
        for (note, place) in spread_out(&lying, &notes) {
            let thing = Thing::Note(note);
            if let Some(one) = lying.iter_mut().find(|one| one.thing == thing) {
                one.rect = BoardRect::at(place, one.rect.size());
            }
            places.push((thing, place));
        }
    }
    lay(replica, &places);
    notes_in(places)
}

fn notes_in(places: Vec<(Thing, BoardPoint)>) -> Vec<NoteId> {
    let notes = places.into_iter().filter_map(|(thing, _)| match thing {
        Thing::Note(id) => Some(id),
        Thing::Cluster(_) | Thing::Image(_) => None,
    });
    notes.collect()
}

fn lay(replica: Replica, places: &[(Thing, BoardPoint)]) {
    replica.new_step();
    replica.change(|change| {
        for (thing, place) in places {
            match thing {
                Thing::Note(id) => change.move_note(id, *place),
                Thing::Cluster(id) => change.move_cluster(id, *place),
                Thing::Image(id) => change.move_image(id, *place),
            }
        }
    });
    replica.new_step();
}

/// Of what is locked nothing is moved.
fn may_move(replica: Replica, thing: &Thing) -> bool {
    match thing {
        Thing::Note(id) => replica.may_touch(id),
        Thing::Cluster(id) => replica.is_unlocked(id),
        Thing::Image(_) => true,
    }
}

/// «1 lapp ligger langt unna», with the ways to it and for it. What is far in several places is shown one after the
/// other.
#[component]
pub(crate) fn FarAway(
    replica: Replica,
    findings: Findings,
    /// Shows what lies there.
    #[prop(into)]
    on_show: UnsyncCallback<Faraway>,
    /// What is to be done when it has been fetched.
    #[prop(into)]
    on_fetched: UnsyncCallback<Vec<NoteId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let far = findings.far;
    let count = Memo::new(move |_| far.with(Whole::far_count));
    let words = move || match count.get() {
        (0, _) => String::new(),
        (count, true) => counted(
            count,
            t_string!(i18n, note.far_1),
            t_string!(i18n, note.far_n),
        ),
        (count, false) => counted(
            count,
            t_string!(i18n, note.far_things_1),
            t_string!(i18n, note.far_things_n),
        ),
    };
    let may_fetch = Memo::new(move |_| {
        let may = |thing: &Thing| may_move(replica, thing);
        replica.may_write()
            && far.with(|far| far.far.iter().any(|island| island.things.iter().any(may)))
    });
    let next = StoredValue::new(0_usize);
    let show = move || {
        let islands = far.with_untracked(|far| far.far.len());
        let at = next.get_value();
        next.set_value(at + 1);
        let island = far.with_untracked(|far| far.far.get(at.checked_rem(islands)?).cloned());
        if let Some(island) = island {
            on_show.run(island);
        }
    };
    view! {
        <div class="far-away" class:far-away--none=move || count.get().0 == 0>
            <p class="far-away__words" role="status" data-testid="far-away">{words}</p>
            <Show when=move || { count.get().0 > 0 }>
                <div class="far-away__acts">
                    <button type="button" class="button button--quiet" data-testid="far-show" on:click=move |_| show()>
                        {text!(note.far_show)}
                    </button>
                    <Show when=move || may_fetch.get()>
                        <button
                            type="button"
                            class="button button--quiet"
                            data-testid="far-fetch"
                            on:click=move |_| on_fetched.run(fetch_far(replica))
                        >
                            {text!(note.far_fetch)}
                        </button>
                    </Show>
                </div>
            </Show>
        </div>
    }
}
