//! «7 har skrevet 19 lapper»: how much was written in silence, and nothing of what or by whom.

use crate::{
    i18n::{
        language::{counted, filled},
        t_string, use_i18n,
    },
    replica::Replica,
};
use leptos::prelude::*;

/// The words; nothing as long as nobody has written.
pub(crate) fn written_in_silence(replica: Replica) -> impl Fn() -> Option<String> + Copy {
    let i18n = use_i18n();
    let counts = replica.session.part(|view| (view.drafters, view.drafts));
    move || {
        let (people, notes) = counts.get();
        (people > 0).then(|| {
            let notes = counted(
                notes as usize,
                t_string!(i18n, note.count_1),
                t_string!(i18n, note.count_n),
            );
            let words = if people == 1 {
                t_string!(i18n, session.written_1)
            } else {
                t_string!(i18n, session.written_n)
            };
            filled(words, &[("people", &people.to_string()), ("notes", &notes)])
        })
    }
}
