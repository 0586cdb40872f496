//! What others did, said to screen readers: a sentence now and then, however many write. When, and what of it,
//! decides [`samtavle_shared::news`]; here are the words. Off on a device that wants it off.

use crate::{
    browser::storage,
    i18n::{
        I18n,
        language::{counted, filled},
        t_string, use_i18n,
    },
    parts::{
        notice::{Notices, use_notices},
        words::listed,
    },
    replica::Replica,
};
use leptos::prelude::*;
use samtavle_shared::{
    board::BoardChange,
    ids::{ClusterId, NoteId},
    news::{By, News, NoteNow, Told},
};
use std::time::Duration;

const KEY: &str = "samtavle.news";
/// How often it is asked whether it is time, while there is something to tell.
const ASKS: Duration = Duration::from_secs(1);
/// A note that came alone is read aloud as far as this, letters.
const LONGEST_WORDS: usize = 120;

/// Whether this device wants to hear it.
pub(crate) fn is_wanted() -> bool {
    storage::read(KEY).as_deref() != Some("off")
}

/// Remembers whether this device wants to hear it.
pub(crate) fn want(is_wanted: bool) {
    if is_wanted {
        storage::remove(KEY);
    } else {
        storage::write(KEY, "off");
    }
}

/// Says what others do, on a page that has notices, from now on.
pub(super) fn tell_news(replica: Replica) {
    let teller = Teller {
        replica,
        i18n: use_i18n(),
        notices: use_notices(),
        news: StoredValue::new_local(News::default()),
        is_asking: StoredValue::new(false),
    };
    untrack(|| {
        for id in replica.state.note_ids() {
            teller.hear_note(&id, By::Me);
        }
        for id in replica.state.clusters.get() {
            teller.hear_cluster(&id, By::Me);
        }
    });
    replica.listen(move |changes, by| untrack(|| teller.hear(changes, by)));
}

#[derive(Clone, Copy)]
struct Teller {
    replica: Replica,
    i18n: I18n,
    notices: Notices,
    news: StoredValue<News, LocalStorage>,
    is_asking: StoredValue<bool>,
}

impl Teller {
    fn hear(self, changes: &[BoardChange], by: By) {
        for change in changes {
            match change {
                BoardChange::Note(id) => self.hear_note(id, by),
                BoardChange::Cluster(id) => self.hear_cluster(id, by),
                _ => {}
            }
        }
        if self.is_asking.try_get_value() == Some(false) && self.waits() {
            self.is_asking.set_value(true);
            set_timeout(move || self.ask(), ASKS);
        }
    }

    fn hear_note(self, id: &NoteId, by: By) {
        let now = self.replica.state.note(id).map(|signals| {
            signals.note.with_untracked(|note| NoteNow {
                has_words: !note.text.trim().is_empty(),
                cluster: note.cluster.clone(),
            })
        });
        // What one wrote in silence, the server brings.
        let is_mine = || self.replica.is_mine(id);
        let _ = self.news.try_update_value(|news| {
            let by = if news.knows(id) || !is_mine() {
                by
            } else {
                By::Me
            };
            news.note(id, now.as_ref(), by, now_ms());
        });
    }

    fn hear_cluster(self, id: &ClusterId, by: By) {
        let shape = self.replica.state.cluster(id);
        let title = shape.map(|shape| shape.with_untracked(|shape| shape.cluster.title.clone()));
        let _ = self
            .news
            .try_update_value(|news| news.cluster(id, title.as_deref(), by, now_ms()));
    }

    fn waits(self) -> bool {
        self.news.try_with_value(News::waits) == Some(true)
    }

    fn ask(self) {
        let told = self.news.try_update_value(|news| news.tell(now_ms()));
        if let Some(told) = told.flatten().filter(|_| is_wanted()) {
            self.notices.announce(untrack(|| self.words(&told)));
        }
        if self.waits() {
            set_timeout(move || self.ask(), ASKS);
        } else {
            let _ = self.is_asking.try_update_value(|asking| *asking = false); // the view may be gone
        }
    }

    /// «3 nye lapper, 1 ny klynge: Kommunikasjon»
    fn words(self, told: &Told) -> String {
        let i18n = self.i18n;
        let mut parts = Vec::new();
        let only = told.only.as_ref().and_then(|id| self.text_of(id));
        if let Some(text) = only {
            parts.push(filled(t_string!(i18n, news.note), &[("text", &text)]));
        } else if told.notes > 0 {
            let (one, other) = (t_string!(i18n, news.notes_1), t_string!(i18n, news.notes_n));
            parts.push(counted(told.notes, one, other));
        }
        if told.clusters > 0 {
            let one = t_string!(i18n, news.clusters_1);
            let clusters = counted(told.clusters, one, t_string!(i18n, news.clusters_n));
            let titles = listed(&told.titles, ", ");
            parts.push(match told.titles.len() {
                0 => clusters,
                names if names == told.clusters => [&*clusters, ": ", &titles].concat(),
                _ => filled(
                    t_string!(i18n, news.among),
                    &[("clusters", &clusters), ("titles", &titles)],
                ),
            });
        }
        if let Some(title) = &told.new_title {
            parts.push(filled(t_string!(i18n, news.renamed), &[("title", title)]));
        } else if told.renamed > 0 {
            let one = t_string!(i18n, news.renamed_1);
            parts.push(counted(told.renamed, one, t_string!(i18n, news.renamed_n)));
        }
        for (count, one, other) in [
            (
                told.gathered,
                t_string!(i18n, news.gathered_1),
                t_string!(i18n, news.gathered_n),
            ),
            (
                told.gone,
                t_string!(i18n, news.gone_1),
                t_string!(i18n, news.gone_n),
            ),
        ] {
            if count > 0 {
                parts.push(counted(count, one, other));
            }
        }
        listed(parts, ", ")
    }

    fn text_of(self, note: &NoteId) -> Option<String> {
        let text = (self.replica.state.note(note)?.note).with_untracked(|note| note.text.clone());
        match text.char_indices().nth(LONGEST_WORDS) {
            Some((end, _)) => Some([text.get(..end)?, " …"].concat()),
            None => Some(text),
        }
    }
}

fn now_ms() -> u64 {
    Replica::now_ms() as u64
}
