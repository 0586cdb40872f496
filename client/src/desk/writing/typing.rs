//! One text field at work: what is typed goes to the document, what others write comes into the
//! field, and the selection stays with its letters.

use crate::{
    notes::way::{frame_around, make_way_for},
    replica::{Replica, SharedText},
};
use samtavle_shared::{board::TextEdit, geometry::BoardRect, wire::presence::Caret};
use serde_json::Value;
use web_sys::HtmlTextAreaElement;

/// How many lines a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lines {
    /// A title.
    One,
    /// A note.
    Many,
}

/// Where a selection begins and ends, UTF-16 units, the smaller first.
type Span = [u32; 2];

/// A field and what it last showed.
pub(super) struct Typing {
    replica: Replica,
    text: SharedText,
    lines: Lines,
    field: HtmlTextAreaElement,
    /// What the field showed when it and the document last agreed.
    shown: String,
    /// The selection then, and its ends as places that stay with their letters (in a note).
    held: Option<(Span, Option<[Value; 2]>)>,
    /// An input method is at work: nothing touches the field.
    is_composing: bool,
    /// The frame of the note's cluster when writing began.
    began: Option<BoardRect>,
}

impl Typing {
    /// Fills the field, puts the caret behind the last letter and the focus into the field.
    pub(super) fn begin(
        replica: Replica,
        text: SharedText,
        lines: Lines,
        field: HtmlTextAreaElement,
    ) -> Self {
        replica.new_step();
        let mut writing = Self {
            replica,
            text,
            lines,
            field,
            shown: String::new(),
            held: None,
            is_composing: false,
            began: None,
        };
        if let SharedText::Note(note) = &writing.text {
            writing.began = frame_around(replica, note);
        }
        writing.drop_returns();
        writing.show(&writing.replica.read_text(&writing.text).unwrap_or_default());
        let end = writing.field.value().encode_utf16().count() as u32;
        writing.select([end, end]);
        writing.focus();
        writing.hold_selection();
        writing
    }

    /// Gives the field the focus without moving what is behind it.
    pub(super) fn focus(&self) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = self.field.focus_with_options(&options); // an element that is gone takes no focus
    }

    /// Writes behind the last letter what was typed before the field was there.
    pub(super) fn add(&mut self, typed: &str) {
        let all = [&*self.field.value(), typed].concat();
        self.field.set_value(&all);
        let end = all.encode_utf16().count() as u32;
        self.select([end, end]);
        self.take();
    }

    /// An input method begins.
    pub(super) fn compose(&mut self) {
        self.take();
        self.is_composing = true;
    }

    /// An input method is done: what it made is written, and what others wrote meanwhile joins.
    pub(super) fn composed(&mut self) {
        self.is_composing = false;
        self.take();
        self.join();
    }

    pub(super) fn is_composing(&self) -> bool {
        self.is_composing
    }

    /// Writes what was typed.
    pub(super) fn take(&mut self) {
        if self.is_composing {
            return;
        }
        self.keep_to_one_line();
        let value = self.field.value();
        if value == self.shown {
            return;
        }
        let [start, caret] = self.span();
        let typed = TextEdit::between(&self.shown, &value, Some(caret));
        let written = self
            .replica
            .write_text(&self.text, &self.shown, &value, Some(caret));
        self.shown = value;
        self.held = None;
        if let Some(now) = self
            .replica
            .read_text(&self.text)
            .filter(|now| *now != self.shown)
        {
            // Others wrote while an input method was at work: behind what it made is our caret.
            let theirs = TextEdit::between(&self.shown, &now, None);
            let typed_end = typed.at + typed.inserted_len();
            let moved = |offset: u32| {
                if (typed.at..=typed_end).contains(&offset) {
                    written.at + (offset - typed.at)
                } else {
                    theirs.carry(offset)
                }
            };
            self.show(&now);
            self.select([moved(start), moved(caret)]);
        }
        self.fit();
        self.hold_selection();
    }

    /// Shows what others wrote.
    pub(super) fn join(&mut self) {
        self.take();
        if self.is_composing {
            return;
        }
        let Some(now) = self.replica.read_text(&self.text) else {
            return;
        };
        if now == self.shown {
            return;
        }
        let span = self.span();
        let with_letters = self
            .held
            .take()
            .filter(|(held, _)| *held == span)
            .and_then(|(_, ends)| self.offsets_of(&ends?));
        let span = with_letters.unwrap_or_else(|| {
            let theirs = TextEdit::between(&self.shown, &now, None);
            span.map(|offset| theirs.carry(offset))
        });
        self.show(&now);
        self.select(span);
        self.fit();
        self.hold_selection();
    }

    /// Takes the person's last step back, or does it again, and puts the caret where that was.
    pub(super) fn step(&mut self, step: impl FnOnce(Replica)) {
        if self.is_composing {
            return;
        }
        self.take();
        step(self.replica);
        let Some(now) = self
            .replica
            .read_text(&self.text)
            .filter(|now| *now != self.shown)
        else {
            return;
        };
        let change = TextEdit::between(&self.shown, &now, None);
        let caret = change.at + change.inserted_len();
        self.show(&now);
        self.select([caret, caret]);
        self.fit();
        self.hold_selection();
    }

    /// Remembers where the selection is, and shows it to the others.
    pub(super) fn hold_selection(&mut self) {
        if self.is_composing || self.field.value() != self.shown {
            return;
        }
        let span = self.span();
        if self.held.as_ref().is_some_and(|(held, _)| *held == span) {
            return;
        }
        let SharedText::Note(note) = &self.text else {
            self.held = Some((span, None));
            return;
        };
        let place = |offset| self.replica.caret_at(note, offset);
        let ends = place(span[0])
            .zip(place(span[1]))
            .map(|(start, end)| [start, end]);
        if let Some([start, end]) = ends.clone() {
            let (anchor, head) = if self.is_backward() {
                (end, start)
            } else {
                (start, end)
            };
            let caret = Caret {
                note: note.clone(),
                anchor,
                head,
            };
            // Where they write says more than where their mouse was left.
            self.replica.show(|presence| {
                presence.caret = Some(caret);
                presence.cursor = None;
            });
        }
        self.held = Some((span, ends));
    }

    /// Ends it: what is still in the field is written, and the caret is seen no more.
    pub(super) fn end(&mut self) {
        self.is_composing = false;
        self.take();
        if let SharedText::Note(note) = &self.text {
            make_way_for(self.replica, note, self.began);
        }
        self.replica.new_step();
        if matches!(self.text, SharedText::Note(_)) {
            self.replica.show(|presence| presence.caret = None);
        }
    }

    fn offsets_of(&self, ends: &[Value; 2]) -> Option<Span> {
        let SharedText::Note(note) = &self.text else {
            return None;
        };
        let [start, end] = [&ends[0], &ends[1]].map(|end| self.replica.offset_of(note, end));
        start
            .zip(end)
            .map(|(start, end)| [start.min(end), start.max(end)])
    }

    fn show(&mut self, text: &str) {
        text.clone_into(&mut self.shown);
        if self.field.value() != text {
            self.field.set_value(text);
        }
    }

    fn span(&self) -> Span {
        let offset = |offset: Result<Option<u32>, _>| offset.ok().flatten().unwrap_or_default();
        [
            offset(self.field.selection_start()),
            offset(self.field.selection_end()),
        ]
    }

    fn is_backward(&self) -> bool {
        self.field
            .selection_direction()
            .is_ok_and(|way| way.as_deref() == Some("backward"))
    }

    fn select(&self, [start, end]: Span) {
        let way = if self.is_backward() {
            "backward"
        } else {
            "none"
        };
        // Fails only on elements that have no text.
        let _ = self
            .field
            .set_selection_range_with_direction(start, end, way);
    }

    /// A browser that does not size a field by its content is told how high it is.
    fn fit(&self) {
        let style = self.field.style();
        if self.lines == Lines::Many && self.field.scroll_height() > self.field.client_height() {
            let height = [&*self.field.scroll_height().to_string(), "px"].concat();
            let _ = style.set_property("min-height", &height); // a valid length
        }
    }

    /// Lines that were pasted into a title become words beside each other.
    fn keep_to_one_line(&self) {
        let value = self.field.value();
        if self.lines == Lines::One && value.contains('\n') {
            let span = self.span();
            self.field.set_value(&value.replace('\n', " "));
            self.select(span);
        }
    }

    /// A text field knows no carriage returns; a text that has some (of another client) loses them
    /// first, so that offsets in the field and in the document are the same.
    fn drop_returns(&self) {
        let Some(text) = self
            .replica
            .read_text(&self.text)
            .filter(|text| text.contains('\r'))
        else {
            return;
        };
        let plain = text.replace("\r\n", "\n").replace('\r', "\n");
        self.replica.write_text(&self.text, &text, &plain, None);
    }
}
