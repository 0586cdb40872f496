//! More than a few of others' notes at once are asked about before they go or are copied: «select all» and «delete» are
//! quickly pressed, and it is the work of many.

use super::{
    asked::{Asked, Deed},
    stage::Stage,
};
use crate::{
    i18n::{language::filled, t_string, td_string, text, use_i18n},
    parts::{
        button::{Button, ButtonKind},
        dialog::Dialog,
        sheet::open_while,
    },
};
use leptos::prelude::*;
use samtavle_shared::{
    ids::{ClusterId, NoteId},
    session::A_FEW_OF_OTHERS,
};

impl Stage {
    /// Deletes what is selected.
    pub(super) fn delete_selected(self) {
        self.unless_it_is_others_work(Deed::Delete);
    }

    /// Copies what is selected.
    pub(super) fn duplicate_selected(self) {
        self.unless_it_is_others_work(Deed::Duplicate);
    }

    /// Deletes a cluster with its notes.
    pub(super) fn delete_cluster(self, cluster: &ClusterId) {
        self.unless_it_is_others_work(Deed::DeleteCluster(cluster.clone()));
    }

    fn unless_it_is_others_work(self, deed: Deed) {
        let notes = untrack(|| self.notes_of(&deed));
        let is_others = |note: &&NoteId| !untrack(|| self.desk.replica.is_mine(note));
        let of_others = notes.iter().filter(is_others).count();
        if of_others > 0
            && deed != Deed::Duplicate
            && !untrack(|| self.desk.replica.may_delete_others())
        {
            return self.delete_own(
                &deed,
                notes.into_iter().filter(|note| !is_others(&note)).collect(),
            );
        }
        if of_others > A_FEW_OF_OTHERS {
            self.asked_deed.set(Some(Asked {
                deed,
                notes: notes.len(),
                of_others,
            }));
        } else {
            self.carry_out(&deed);
        }
    }

    /// Only whoever wrote a note may delete it here, and who leads: says so, and deletes what is one's own. A cluster stays
    /// as it is.
    fn delete_own(self, deed: &Deed, own: Vec<NoteId>) {
        let locale = self.i18n.get_locale_untracked();
        self.notices.show(td_string!(locale, rights.only_writers));
        if *deed == Deed::Delete && !own.is_empty() {
            self.desk.select(own);
            self.carry_out(deed);
        }
    }

    fn notes_of(self, deed: &Deed) -> Vec<NoteId> {
        match deed {
            // Its notes stay.
            Deed::Delete if self.desk.selection.get_untracked().cluster.is_some() => Vec::new(),
            Deed::Delete | Deed::Duplicate => self.desk.chosen(),
            Deed::DeleteCluster(cluster) => {
                let shape = self.desk.replica.state.cluster(cluster);
                shape.map_or_else(Vec::new, |shape| {
                    shape.with_untracked(|shape| shape.notes.clone())
                })
            }
        }
    }

    fn carry_out(self, deed: &Deed) {
        match deed {
            Deed::Delete => match self.desk.selection.get_untracked().cluster {
                Some(cluster) => self.dissolve(&cluster),
                None => self.say_deleted(self.desk.delete_selected()),
            },
            Deed::Duplicate => self.desk.duplicate_selected(),
            Deed::DeleteCluster(cluster) => {
                self.say_deleted(self.desk.delete_cluster(cluster));
            }
        }
    }
}

/// Asks as long as there is something to ask about.
#[component]
pub(super) fn AskAboutOthers(stage: Stage) -> impl IntoView {
    let i18n = use_i18n();
    let open = open_while(stage.asked_deed);
    let with_count = |text: &str, count: usize| filled(text, &[("count", &count.to_string())]);
    let is_copy = move || {
        let asked = stage.asked_deed.read();
        asked
            .as_ref()
            .is_some_and(|asked| asked.deed == Deed::Duplicate)
    };
    let count = move |of: fn(&Asked) -> usize| stage.asked_deed.read().as_ref().map_or(0, of);
    let title = move || {
        let text = if is_copy() {
            t_string!(i18n, note.others_duplicate)
        } else {
            t_string!(i18n, note.others_delete)
        };
        with_count(text, count(|asked| asked.notes))
    };
    let why = move || {
        with_count(
            t_string!(i18n, note.others_wrote),
            count(|asked| asked.of_others),
        )
    };
    let label = move || {
        if is_copy() {
            t_string!(i18n, note.duplicate)
        } else {
            t_string!(i18n, note.delete)
        }
    };
    let carry_out = move |()| {
        let asked = stage.asked_deed.get_untracked();
        stage.asked_deed.set(None);
        if let Some(asked) = asked {
            stage.carry_out(&asked.deed);
        }
    };
    view! {
        <Dialog title=title open>
            <div class="stack" data-testid="others-work">
                <p>{why}</p>
                <div class="dialog__foot">
                    <Button label=text!(common.cancel) on_press=move |()| stage.asked_deed.set(None)/>
                    <Button label kind=ButtonKind::Primary on_press=carry_out hook="others-work-go"/>
                </div>
            </div>
        </Dialog>
    }
}
