//! What a note says, taken out of the document while a facilitator hides it, and put back: so nobody who is sent
//! the document is sent it. Where the note lies, who speaks in it and what readers said back stay; so it comes
//! back to where it was, and no link loses its end.

use super::{
    BoardView, Change, Kept, Reading, ThingId, document::any_map_at, text_edit::shortened,
};
use crate::schema::{
    ANSWERS, AT, BY, CLUSTER, GONE, KIND, LIVED, ORDER, POS, REACTION, TEXT, VOICE,
};
use crate::{ids::NoteId, limits::MAX_SHARED_TEXT_UTF16};
use yrs::{
    Assoc, GetString, IndexedSequence, Map, Out, ReadTxn, StickyIndex, Text, TextPrelim, TextRef,
};

/// Of a longer text it is not known where in it somebody wrote on: it comes at the end.
const MAX_TRACED_UTF16: u32 = 4_000;

/// What stays of a note that is hidden.
const SHELL: [&str; 9] = [KIND, POS, ORDER, AT, CLUSTER, GONE, VOICE, BY, LIVED];

fn is_shell(field: &str) -> bool {
    SHELL.contains(&field) || field.starts_with(REACTION)
}

impl<T: Reading> BoardView<'_, T> {
    /// All that is in a note that says something, also in one that is gone; `None`: it says nothing, or is not in
    /// the document.
    pub fn said_on(&self, note: &NoteId) -> Option<Kept> {
        let txn = self.reading();
        let map = any_map_at(txn, &self.roots().notes, note.as_str())?;
        let says = |(field, value)| !is_shell(field) && !is_empty_text(txn, field, &value);
        let is_said = map.iter(txn).any(says);
        is_said.then(|| Kept::read(txn, &map))
    }
}

/// Where the letters of a note stood that were taken out of its text, each UTF-16 unit by itself. The document keeps
/// their places: so one can tell where among them somebody wrote on who still had them.
#[derive(Clone, Debug, Default)]
pub struct Traces(Vec<StickyIndex>);

/// Something that was written among letters that are not there: before which unit of them, and what.
pub type Among = (u32, String);

impl<T: Reading> BoardView<'_, T> {
    /// Of a text that is about to be taken out. `None`: it is no text that several write in, or a very long one.
    pub fn traces_of(&self, note: &NoteId) -> Option<Traces> {
        let text = self.text_of(note)?;
        let length = text.len(self.reading());
        let unit = |at| text.sticky_index(self.reading(), at, Assoc::After);
        let traces = (length <= MAX_TRACED_UTF16).then(|| (0..length).map(unit).collect());
        traces.flatten().map(Traces)
    }

    /// What stands in a text now of which all was taken out, and the traces of both together. `None`: nobody can
    /// tell any more.
    pub fn written_among(&self, note: &NoteId, traces: &Traces) -> Option<(Vec<Among>, Traces)> {
        let text = self.text_of(note)?;
        let units: Vec<u16> = text.get_string(self.reading()).encode_utf16().collect();
        let new = self.traces_of(note)?.0;
        let mut among: Vec<Among> = Vec::new();
        let mut all = Vec::with_capacity(new.len() + traces.0.len());
        let mut written = 0;
        let mut take = |until: usize, before: usize, all: &mut Vec<StickyIndex>| {
            if until > written {
                let words = String::from_utf16_lossy(&units[written..until]);
                among.push((u32::try_from(before).unwrap_or(u32::MAX), words));
                all.extend(new[written..until].iter().cloned());
                written = until;
            }
        };
        for (number, trace) in traces.0.iter().enumerate() {
            let stands_after = trace.get_offset(self.reading())?.index as usize;
            take(stands_after.min(units.len()), number, &mut all);
            all.push(trace.clone());
        }
        take(units.len(), traces.0.len(), &mut all);
        Some((among, Traces(all)))
    }

    fn text_of(&self, note: &NoteId) -> Option<TextRef> {
        let map = any_map_at(self.reading(), &self.roots().notes, note.as_str())?;
        match map.get(self.reading(), TEXT) {
            Some(Out::YText(text)) => Some(text),
            _ => None,
        }
    }
}

fn is_empty_text<T: ReadTxn>(txn: &T, field: &str, value: &Out) -> bool {
    match value {
        Out::YText(text) => field == TEXT && text.get_string(txn).is_empty(),
        _ => false,
    }
}

impl Change<'_> {
    /// Takes all that a note says out of the document, also of one that is gone.
    pub fn withhold(&mut self, note: &NoteId) {
        let Some(map) = self.any_thing(&ThingId::Note(note.clone())) else {
            return;
        };
        let fields = map.keys(self.txn()).filter(|field| !is_shell(field));
        let fields: Vec<String> = fields.map(str::to_owned).collect();
        for field in fields {
            match map.get(self.txn(), &field) {
                // It stays, empty: who writes in it just now writes in the same text as all others.
                Some(Out::YText(text)) if field == TEXT => {
                    let length = text.len(self.txn());
                    text.remove_range(self.txn_mut(), 0, length);
                }
                _ => _ = map.remove(self.txn_mut(), &field),
            }
        }
    }

    /// Puts back what was withheld of a note, and the note itself if somebody has taken it away since.
    pub fn say_again_what_was_withheld(&mut self, note: &NoteId, kept: Kept) {
        let thing = ThingId::Note(note.clone());
        let Some(map) = self.any_thing(&thing) else {
            return self.put_back(&thing, kept.without(&[GONE]));
        };
        for (field, value) in kept.fields.into_iter().filter(|(name, _)| !is_shell(name)) {
            map.insert(self.txn_mut(), field, value);
        }
        for (field, words) in kept.texts {
            match map.get(self.txn(), &field) {
                Some(Out::YText(text)) => text.insert(self.txn_mut(), 0, &words),
                _ => _ = map.insert(self.txn_mut(), field, TextPrelim::new(words)),
            }
        }
        self.bring_back(&thing);
    }
}

impl Kept {
    /// What a note says, in letters. Of one that has none, what else is said on it.
    pub fn said(&self) -> String {
        let text = self.text();
        if !text.trim().is_empty() {
            return text;
        }
        let answers = ANSWERS.iter().filter_map(|field| self.string(field));
        answers.collect::<Vec<_>>().join("\n")
    }

    fn text(&self) -> String {
        let plain = || self.string(TEXT).unwrap_or_default();
        self.texts.get(TEXT).cloned().unwrap_or_else(plain)
    }

    /// The same without the note's text.
    #[must_use]
    pub fn without_text(mut self) -> Self {
        self.texts.remove(TEXT);
        self
    }

    /// Whether it says something.
    pub fn says_something(&self) -> bool {
        let says = |text: &String| !text.is_empty();
        self.fields.keys().any(|field| !is_shell(field)) || self.texts.values().any(says)
    }

    /// Puts in its text what others wrote among its letters.
    pub fn write_among(&mut self, among: &[Among]) {
        let text = self.texts.entry(TEXT.to_owned()).or_default();
        let mut units: Vec<u16> = text.encode_utf16().collect();
        for (before, words) in among.iter().rev() {
            let at = (*before as usize).min(units.len());
            units.splice(at..at, words.encode_utf16());
        }
        let all = String::from_utf16_lossy(&units);
        shortened(&all, MAX_SHARED_TEXT_UTF16).clone_into(text);
    }

    /// This, and what was found on the note later: somebody who had it in a copy of their own wrote on in it.
    pub fn take_later(&mut self, later: Self) {
        self.fields.extend(later.fields);
        for (field, words) in later.texts {
            let former = self.texts.entry(field).or_default();
            *former = joined(former, &words);
        }
    }
}

/// Where in it somebody wrote on is not known: it comes after the rest, on a line of its own if it does not begin with
/// a space. What is there already is not said twice: a server may end before it has taken it out.
fn joined(former: &str, later: &str) -> String {
    let goes_on = former.is_empty() || later.starts_with(char::is_whitespace);
    let more = [if goes_on { "" } else { "\n" }, later].concat();
    if former.contains(later) {
        return former.to_owned();
    }
    let all = [former, &more].concat();
    shortened(&all, MAX_SHARED_TEXT_UTF16).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        board::{Board, HabitQuestion, Made, NewNote, NoteKind, TextEdit},
        geometry::BoardPoint,
    };

    const SECRET: &str = "sjefen min er en gjøk";

    fn writes(at: u32, text: &str) -> TextEdit {
        TextEdit {
            at,
            remove: 0,
            insert: text.into(),
        }
    }

    fn board() -> (Board, NoteId) {
        let board = Board::new(1);
        let id = NoteId::from("a");
        let at = BoardPoint::new(7.0, 8.0);
        let note = NewNote::new(id.clone(), NoteKind::Habit, at, SECRET, 1.5e12).lived();
        board.change(Made::Here).add_note(note);
        board
            .change(Made::Here)
            .answer_habit(&id, HabitQuestion::Gave, "fred, sa gjøken");
        (board, id)
    }

    fn holds(board: &Board, words: &str) -> bool {
        let whole = board.whole();
        whole
            .windows(words.len())
            .any(|part| part == words.as_bytes())
    }

    #[test]
    fn what_is_withheld_is_in_no_byte_of_the_document_and_comes_back_whole() {
        let (board, id) = board();
        let before = board.view().note(&id).unwrap();
        assert!(holds(&board, "gjøk"));
        let kept = board.view().said_on(&id).unwrap();
        board.change(Made::ForGood).withhold(&id);
        assert!(!holds(&board, "gjøk"), "also not as what was deleted");
        let shell = board.view().note(&id).unwrap();
        assert_eq!((shell.pos, shell.kind), (before.pos, before.kind));
        assert!(shell.lived && shell.text.is_empty() && shell.habit.gave.is_empty());
        assert_eq!(board.view().said_on(&id), None);
        assert_eq!(kept.said(), SECRET);

        let written = serde_json::to_string(&kept).unwrap();
        let kept: Kept = serde_json::from_str(&written).unwrap();
        board
            .change(Made::ForGood)
            .say_again_what_was_withheld(&id, kept);
        assert_eq!(board.view().note(&id), Some(before));
    }

    #[test]
    fn who_wrote_on_in_a_copy_of_their_own_is_heard_when_it_comes_back() {
        let (board, id) = board();
        let mut kept = board.view().said_on(&id).unwrap();
        let ola = Board::new(2);
        ola.apply(&board.whole(), Made::Before).unwrap();
        ola.change(Made::Here).write_note(&id, &writes(21, " du"));
        board.change(Made::ForGood).withhold(&id);
        let news = ola.missing_from(&board.state_vector()).unwrap();
        board.apply(&news, Made::Elsewhere).unwrap();
        let late = board.view().said_on(&id).unwrap();
        assert_eq!(late.said(), " du");
        kept.take_later(late.clone());
        kept.take_later(late);
        board.change(Made::ForGood).withhold(&id);
        board
            .change(Made::ForGood)
            .say_again_what_was_withheld(&id, kept);
        assert_eq!(board.view().note(&id).unwrap().text, format!("{SECRET} du"));
    }

    #[test]
    fn what_others_write_among_letters_that_were_taken_out_stands_where_they_wrote_it() {
        let (board, id) = board();
        let ola = Board::new(2);
        ola.apply(&board.whole(), Made::Before).unwrap();
        let mut kept = board.view().said_on(&id).unwrap();
        let mut traces = board.view().traces_of(&id).unwrap();
        board.change(Made::ForGood).withhold(&id);
        for (at, words, all) in [
            (4, " 👍", "sjef 👍en min er en gjøk"),
            (24, "alt", "sjef 👍en min er en gjøkalt"),
            (0, "Ja: ", "Ja: sjef 👍en min er en gjøkalt"),
        ] {
            ola.change(Made::Here).write_note(&id, &writes(at, words));
            let news = ola.missing_from(&board.state_vector()).unwrap();
            board.apply(&news, Made::Elsewhere).unwrap();
            let (among, both) = board.view().written_among(&id, &traces).unwrap();
            traces = both;
            kept.write_among(&among);
            board.change(Made::ForGood).withhold(&id);
            assert_eq!(kept.said(), all);
            assert_eq!(ola.view().note(&id).unwrap().text, all);
        }
    }

    #[test]
    fn what_was_found_twice_is_kept_once() {
        assert_eq!(joined("", "a"), "a");
        assert_eq!(joined("a", "a"), "a");
        assert_eq!(joined("a", "b"), "a\nb");
        assert_eq!(joined("a\nb", "b"), "a\nb");
        assert_eq!(joined("a b", "b"), "a b");
        assert_eq!(joined("a", ""), "a");
    }

    #[test]
    fn a_note_that_somebody_took_away_meanwhile_comes_back_all_the_same() {
        use yrs::Transact as _;
        let (board, id) = board();
        let before = board.view().note(&id).unwrap();
        let kept = board.view().said_on(&id).unwrap();
        board.change(Made::ForGood).withhold(&id);
        board.change(Made::Here).delete_note(&id, 5.0);
        let back = kept.clone();
        board
            .change(Made::ForGood)
            .say_again_what_was_withheld(&id, back);
        assert_eq!(board.view().note(&id), Some(before.clone()));

        let notes = board.doc().get_or_insert_map("notes");
        notes.remove(&mut board.doc().transact_mut(), "a");
        board
            .change(Made::ForGood)
            .say_again_what_was_withheld(&id, kept);
        assert_eq!(board.view().note(&id), Some(before));
    }
}
