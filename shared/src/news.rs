//! What others did, for somebody who hears the board and does not see it: a sentence now and then, however many
//! write.
//!
//! Three rules keep it calm. What is being written is told when it has been left alone for a moment
//! ([`SETTLES_MS`]); what happens within a few seconds is told together ([`GROUPS_MS`]); and after each sentence
//! there is a rest ([`RESTS_MS`]), a longer one when there was much to tell ([`LONG_REST_MS`]). The clock is
//! passed in, and the words are the screen's: this says what is to be told.
//!
//! ```
//! use samtavle_shared::{ids::NoteId, news::{By, News, NoteNow}};
//!
//! let mut news = News::default();
//! let words = NoteNow { has_words: true, cluster: None };
//! news.note(&NoteId::from("a"), Some(&words), By::Others, 0);
//! news.note(&NoteId::from("b"), Some(&words), By::Others, 1_000);
//! assert_eq!(news.tell(2_000), None, "more may come");
//! assert_eq!(news.tell(5_000).unwrap().notes, 2);
//! ```

use crate::ids::{ClusterId, NoteId};
use std::collections::HashMap;

/// What is written on counts when nobody has touched it for so long.
pub const SETTLES_MS: u64 = 2_000;
/// …or when it has been written on for so long.
pub const LONGEST_MS: u64 = 20_000;
/// From the first thing that happened until it is told.
pub const GROUPS_MS: u64 = 4_000;
/// The least between two sentences.
pub const RESTS_MS: u64 = 10_000;
/// The least after a sentence with [`MUCH`] in it.
pub const LONG_REST_MS: u64 = 30_000;
/// So many things at once are a room that writes.
pub const MUCH: usize = 8;
/// So many clusters are told by name; of the rest, how many.
pub const NAMED: usize = 2;

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The person here, who need not be told.
    Me,
    /// Somebody else.
    Others,
}

/// What matters of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteNow {
    /// Whether it says anything yet.
    pub has_words: bool,
    /// Where it is.
    pub cluster: Option<ClusterId>,
}

/// What is told at once; what is zero or empty is not told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// How many notes came.
    pub notes: usize,
    /// The only one of them.
    pub only: Option<NoteId>,
    /// How many clusters came.
    pub clusters: usize,
    /// The names of the first [`NAMED`] of them that have one.
    pub titles: Vec<String>,
    /// How many clusters got another name.
    pub renamed: usize,
    /// The new name of the only one.
    pub new_title: Option<String>,
    /// How many notes were laid in a cluster that was there.
    pub gathered: usize,
    /// How many notes were deleted.
    pub gone: usize,
}

impl Told {
    /// How many things it is about.
    #[must_use]
    pub fn count(&self) -> usize {
        self.notes + self.clusters + self.renamed + self.gathered + self.gone
    }
}

#[derive(Clone, Copy)]
struct Wait {
    since: u64,
    touched: u64,
}

impl Wait {
    fn again(before: Option<Self>, at: u64) -> Self {
        let since = before.map_or(at, |before| before.since);
        Self { since, touched: at }
    }

    fn is_ripe(self, now: u64) -> bool {
        now >= self.touched + SETTLES_MS || now >= self.since + LONGEST_MS
    }
}

struct Cluster {
    id: ClusterId,
    title: String,
    /// What it was called when it was last told.
    told: String,
    is_new: bool,
    waits: Option<Wait>,
}

struct Note {
    now: NoteNow,
    is_new: bool,
    /// Laid in its cluster by somebody, and not told.
    is_gathered: bool,
    waits: Option<Wait>,
}

/// Hears all that happens, and tells.
#[derive(Default)]
pub struct News {
    notes: HashMap<NoteId, Note>,
    /// In the order in which they came.
    clusters: Vec<Cluster>,
    gone: usize,
    /// When the first thing happened that is not told.
    first: Option<u64>,
    rests_until: u64,
}

impl News {
    /// A note came, changed, or went (`None`).
    pub fn note(&mut self, id: &NoteId, now: Option<&NoteNow>, by: By, at: u64) {
        let before = self.notes.remove(id);
        let Some(now) = now else {
            if before.is_some_and(|note| !note.is_new) && by == By::Others {
                self.gone += 1;
                self.happened(at);
            }
            return;
        };
        let was_new = before.as_ref().is_none_or(|note| note.is_new);
        let has_moved = (before.as_ref()).is_some_and(|note| note.now.cluster != now.cluster);
        let mut note = Note {
            now: now.clone(),
            is_new: was_new && by == By::Others, // who touches it knows it
            is_gathered: false,
            waits: None,
        };
        if by == By::Others {
            let was_gathered = before.as_ref().is_some_and(|note| note.is_gathered);
            note.is_gathered = !was_new && now.cluster.is_some() && (was_gathered || has_moved);
            if note.is_gathered || note.is_new && now.has_words {
                note.waits = Some(Wait::again(before.and_then(|note| note.waits), at));
                self.happened(at);
            }
        }
        self.notes.insert(id.clone(), note);
    }

    /// A cluster came, changed, or went (`None`); `Some` is what it is called.
    pub fn cluster(&mut self, id: &ClusterId, title: Option<&str>, by: By, at: u64) {
        let place = self.clusters.iter().position(|cluster| cluster.id == *id);
        let Some(title) = title.map(str::trim) else {
            if let Some(place) = place {
                self.clusters.remove(place);
            }
            return;
        };
        let place = place.unwrap_or_else(|| {
            self.clusters.push(Cluster {
                id: id.clone(),
                title: String::new(),
                told: String::new(),
                is_new: true,
                waits: None,
            });
            self.clusters.len() - 1
        });
        let cluster = &mut self.clusters[place];
        if by == By::Me {
            (cluster.is_new, cluster.waits) = (false, None);
            title.clone_into(&mut cluster.told);
        } else if cluster.is_new || cluster.title != title {
            cluster.waits = Some(Wait::again(cluster.waits, at));
        }
        title.clone_into(&mut cluster.title);
        if cluster.waits.is_some() {
            self.happened(at);
        }
    }

    /// Whether it has heard of this note.
    #[must_use]
    pub fn knows(&self, id: &NoteId) -> bool {
        self.notes.contains_key(id)
    }

    /// Whether there is anything that may be told later: ask [`News::tell`] again in a second.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.first.is_some()
    }

    /// What is to be told now, if it is time.
    pub fn tell(&mut self, now: u64) -> Option<Told> {
        if now < self.first? + GROUPS_MS || now < self.rests_until {
            return None;
        }
        let mut told = Told::default();
        self.tell_notes(now, &mut told);
        self.tell_clusters(now, &mut told);
        told.gone = std::mem::take(&mut self.gone);
        let is_more = self.notes.values().any(|note| note.waits.is_some())
            || self.clusters.iter().any(|cluster| cluster.waits.is_some());
        let count = told.count();
        if count == 0 {
            if !is_more {
                self.first = None; // what there was is taken back
            }
            return None;
        }
        self.first = is_more.then_some(now);
        self.rests_until = now
            + if count >= MUCH {
                LONG_REST_MS
            } else {
                RESTS_MS
            };
        Some(told)
    }

    fn tell_notes(&mut self, now: u64, told: &mut Told) {
        let clusters = &self.clusters;
        for (id, note) in &mut self.notes {
            if note.waits.is_none_or(|wait| !wait.is_ripe(now)) {
                continue;
            }
            if note.is_new {
                told.notes += 1;
                told.only = (told.notes == 1).then(|| id.clone());
            } else if let Some(into) = &note.now.cluster
                && clusters
                    .iter()
                    .any(|cluster| cluster.id == *into && !cluster.is_new)
            {
                told.gathered += 1; // those in a new cluster come with it
            }
            (note.is_new, note.is_gathered, note.waits) = (false, false, None);
        }
    }

    fn tell_clusters(&mut self, now: u64, told: &mut Told) {
        for cluster in &mut self.clusters {
            let Some(wait) = cluster.waits.filter(|wait| wait.is_ripe(now)) else {
                continue;
            };
            // Its name comes after it; one that gets none is told at last all the same.
            if cluster.title.is_empty() && now < wait.since + LONGEST_MS {
                continue;
            }
            cluster.waits = None;
            if std::mem::take(&mut cluster.is_new) {
                told.clusters += 1;
                if !cluster.title.is_empty() && told.titles.len() < NAMED {
                    told.titles.push(cluster.title.clone());
                }
            } else if cluster.told != cluster.title && !cluster.title.is_empty() {
                told.renamed += 1;
                told.new_title = (told.renamed == 1).then(|| cluster.title.clone());
            }
            cluster.told.clone_from(&cluster.title);
        }
    }

    fn happened(&mut self, at: u64) {
        self.first.get_or_insert(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECOND: u64 = 1_000;

    fn note(name: &str) -> NoteId {
        NoteId::from(name)
    }

    fn cluster(name: &str) -> ClusterId {
        ClusterId::from(name)
    }

    fn words() -> NoteNow {
        NoteNow {
            has_words: true,
            cluster: None,
        }
    }

    fn within(name: &str) -> NoteNow {
        NoteNow {
            has_words: true,
            cluster: Some(cluster(name)),
        }
    }

    /// Asks each second, as the screen does: what was told, and when.
    fn told_until(news: &mut News, seconds: std::ops::Range<u64>) -> Vec<(u64, Told)> {
        let ask = |second: u64| Some((second, news.tell(second * SECOND)?));
        seconds.filter_map(ask).collect()
    }

    #[test]
    fn what_happens_within_a_few_seconds_is_told_together() {
        let mut news = News::default();
        for (second, name) in ["a", "b", "c"].into_iter().enumerate() {
            news.note(
                &note(name),
                Some(&words()),
                By::Others,
                second as u64 * SECOND,
            );
        }
        news.cluster(&cluster("k"), Some("Kommunikasjon"), By::Others, 2 * SECOND);
        let told = told_until(&mut news, 0..60);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].0, 4);
        assert_eq!(told[0].1.notes, 3);
        assert_eq!(told[0].1.clusters, 1);
        assert_eq!(told[0].1.titles, ["Kommunikasjon"]);
        assert!(!news.waits());
    }

    #[test]
    fn one_note_is_told_by_what_it_says() {
        let mut news = News::default();
        news.note(&note("a"), Some(&words()), By::Others, 0);
        assert_eq!(news.tell(4 * SECOND).unwrap().only, Some(note("a")));
    }

    #[test]
    fn what_is_being_written_is_told_when_it_is_left_alone() {
        let mut news = News::default();
        let empty = NoteNow {
            has_words: false,
            cluster: None,
        };
        news.note(&note("a"), Some(&empty), By::Others, 0);
        assert!(!news.waits(), "an empty note says nothing");
        for second in 1..=8 {
            news.note(&note("a"), Some(&words()), By::Others, second * SECOND);
            assert_eq!(news.tell(second * SECOND + 900), None);
        }
        assert_eq!(told_until(&mut news, 9..60)[0].0, 10);
    }

    #[test]
    fn who_writes_for_ever_is_told_all_the_same() {
        let mut news = News::default();
        let mut told = None;
        for second in 0..40 {
            news.note(&note("a"), Some(&words()), By::Others, second * SECOND);
            told = told.or(news.tell(second * SECOND).map(|_| second));
        }
        assert_eq!(told, Some(LONGEST_MS / SECOND));
    }

    #[test]
    fn what_one_does_oneself_is_not_told() {
        let mut news = News::default();
        news.note(&note("a"), Some(&words()), By::Me, 0);
        news.cluster(&cluster("k"), Some("Natta"), By::Me, 0);
        news.note(&note("a"), Some(&within("k")), By::Me, 0);
        news.note(&note("a"), None, By::Me, SECOND);
        assert!(!news.waits());
        // Nor what somebody else made and one has touched meanwhile.
        news.note(&note("b"), Some(&words()), By::Others, SECOND);
        news.note(&note("b"), Some(&words()), By::Me, 2 * SECOND);
        assert_eq!(told_until(&mut news, 0..60), []);
        assert!(!news.waits());
    }

    #[test]
    fn what_was_taken_back_at_once_is_not_told() {
        let mut news = News::default();
        news.note(&note("a"), Some(&words()), By::Others, 0);
        news.cluster(&cluster("k"), Some("Natta"), By::Others, 0);
        news.note(&note("a"), None, By::Others, SECOND);
        news.cluster(&cluster("k"), None, By::Others, SECOND);
        assert_eq!(told_until(&mut news, 0..60), []);
        assert!(!news.waits());
    }

    #[test]
    fn a_cluster_waits_for_its_name() {
        let mut news = News::default();
        news.note(&note("a"), Some(&words()), By::Me, 0);
        news.cluster(&cluster("k"), Some(""), By::Others, 0);
        news.note(&note("a"), Some(&within("k")), By::Others, 0);
        for (second, title) in [(6, "Med"), (7, "Medisin"), (8, "Medisinene")] {
            news.cluster(&cluster("k"), Some(title), By::Others, second * SECOND);
        }
        let told = told_until(&mut news, 4..60);
        assert_eq!(
            told.len(),
            1,
            "the note in it is not told besides: {told:?}"
        );
        assert_eq!((told[0].0, &*told[0].1.titles[0]), (10, "Medisinene"));

        news.cluster(&cluster("l"), Some(""), By::Others, 100 * SECOND);
        let told = told_until(&mut news, 100..160);
        assert_eq!((told[0].1.clusters, told[0].1.titles.len()), (1, 0));
    }

    #[test]
    fn another_name_what_was_gathered_and_what_went_are_told() {
        let mut news = News::default();
        for name in ["a", "b", "c"] {
            news.note(&note(name), Some(&words()), By::Me, 0);
        }
        news.cluster(&cluster("k"), Some("Natt"), By::Me, 0);
        news.cluster(&cluster("k"), Some("Natta"), By::Others, 0);
        news.note(&note("a"), Some(&within("k")), By::Others, 0);
        news.note(&note("b"), Some(&within("k")), By::Others, 0);
        news.note(&note("c"), None, By::Others, 0);
        let told = told_until(&mut news, 0..60);
        let expected = Told {
            renamed: 1,
            new_title: Some("Natta".to_owned()),
            gathered: 2,
            gone: 1,
            ..Told::default()
        };
        assert_eq!(told, [(4, expected)]);
    }

    #[test]
    fn fifty_who_write_for_ten_minutes_give_two_sentences_a_minute() {
        let mut news = News::default();
        let mut told = Vec::new();
        for tick in 0..600 * 4 {
            let at = tick * 250;
            let id = note(&tick.to_string());
            news.note(&id, Some(&words()), By::Others, at);
            news.cluster(
                &cluster(&(tick / 40).to_string()),
                Some("Natta"),
                By::Others,
                at,
            );
            told.extend(news.tell(at));
        }
        assert!(told.len() <= 21, "{}", told.len());
        let notes: usize = told.iter().map(|one| one.notes).sum();
        assert!(notes > 2_200, "all are counted once: {notes}");
        assert!(told.iter().all(|one| one.titles.len() <= NAMED));
    }

    proptest! {
        #[test]
        fn nothing_is_told_twice_and_there_is_a_rest_between(
            steps in prop::collection::vec((0_u8..6, any::<bool>(), 0_u64..5_000, any::<bool>()), 1..200)
        ) {
            let mut news = News::default();
            let (mut at, mut last, mut notes) = (0, None, 0);
            let mut came = 0;
            for (which, is_there, pause, by_me) in steps {
                at += pause;
                let by = if by_me { By::Me } else { By::Others };
                let id = note(&which.to_string());
                if is_there && by == By::Others && !news.notes.contains_key(&id) {
                    came += 1;
                }
                news.note(&id, is_there.then(words).as_ref(), by, at);
                if let Some(told) = news.tell(at) {
                    prop_assert!(told.count() > 0);
                    prop_assert!(last.is_none_or(|last| at >= last + RESTS_MS));
                    last = Some(at);
                    notes += told.notes;
                }
            }
            prop_assert!(notes <= came);
            at += 60 * SECOND;
            news.tell(at);
            at += 60 * SECOND;
            news.tell(at);
            prop_assert!(!news.waits(), "it comes to rest");
        }
    }
}
