//! Somebody removed or copied more than a few of others' notes at once: who facilitates is told on whatever page is
//! open, for as long as it can be put right.

use crate::{
    i18n::{
        language::{counted, filled},
        t_string, use_i18n,
    },
    parts::{notice::use_notices, people::nameless},
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::session::{Command, SweepId, SweepView, Swept};
use std::collections::BTreeSet;

/// Shows them as notices; once on a page, after its notices are provided.
pub(crate) fn tell_of_sweeps(replica: Replica) {
    let i18n = use_i18n();
    let notices = use_notices();
    let leads = replica.session.leads();
    let sweeps = Memo::new(move |_| {
        let mut sweeps = replica.session.lead.with(|lead| lead.sweeps.clone());
        sweeps.retain(|_| leads.get());
        sweeps
    });
    Effect::new(move |former: Option<BTreeSet<SweepId>>| {
        let now: BTreeSet<SweepId> =
            sweeps.with(|sweeps| sweeps.iter().map(|one| one.id).collect());
        for over in former.iter().flatten().filter(|id| !now.contains(id)) {
            notices.end(&key(*over));
        }
        for sweep in sweeps.get() {
            let id = sweep.id;
            let action = match sweep.did {
                Swept::Removed => t_string!(i18n, lead.bring_back),
                Swept::Copied => t_string!(i18n, lead.take_away),
            };
            notices.stay(&key(id), said(&sweep), action, move || {
                replica.command(Command::UndoSweep { sweep: id });
            });
        }
        now
    });
}

fn key(id: SweepId) -> String {
    ["sweep ", &id.0.to_string()].concat()
}

fn said(sweep: &SweepView) -> String {
    let i18n = use_i18n();
    let who = match (sweep.name.trim(), sweep.number) {
        ("", 0) => t_string!(i18n, lead.somebody).to_owned(),
        ("", number) => nameless(i18n.get_locale(), number),
        (name, _) => name.to_owned(),
    };
    let (one, several) = match sweep.did {
        Swept::Removed => (
            t_string!(i18n, lead.removed_1),
            t_string!(i18n, lead.removed_n),
        ),
        Swept::Copied => (
            t_string!(i18n, lead.copied_1),
            t_string!(i18n, lead.copied_n),
        ),
    };
    filled(
        &counted(sweep.notes as usize, one, several),
        &[("name", &who)],
    )
}
