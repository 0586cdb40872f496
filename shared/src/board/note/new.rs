//! A note to be posted.

use super::{Born, Cut, HabitAnswers, Note, NoteKind, PlanFields, authorship, habit, plan};
use crate::schema::{AT, BORN, BY, KIND, LIVED, ORDER, PHOTO, POS, STATE, TEXT, VOICE};
use crate::{
    board::{Order, document::point},
    geometry::BoardPoint,
    ids::{NoteId, VoiceId},
};
use yrs::{Any, In, MapPrelim, TextPrelim};

/// A note to be posted: [`NewNote::new`] has what every note has, the rest is added to it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewNote {
    /// Its id, made by the client.
    pub id: NoteId,
    /// What it speaks of.
    pub kind: NoteKind,
    /// Top left corner, board units.
    pub pos: BoardPoint,
    /// What it says.
    pub text: String,
    /// Milliseconds since 1970.
    pub at: f64,
    /// The voice that it speaks with.
    pub voice: Option<VoiceId>,
    /// Who wrote it.
    pub by: Option<String>,
    /// Whether its writer lives with this.
    pub lived: bool,
    /// What it is an answer to.
    pub born: Option<Born>,
    /// Where on a photo it was cut out.
    pub cut: Option<Cut>,
    /// Of a habit. That it is broken is said by the board, after the ceremony, and never posted.
    pub habit: HabitAnswers,
    /// Of a plan.
    pub plan: PlanFields,
}

impl NewNote {
    /// A note with nothing but what every note has.
    pub fn new(
        id: NoteId,
        kind: NoteKind,
        pos: BoardPoint,
        text: impl Into<String>,
        at: f64,
    ) -> Self {
        Self {
            id,
            kind,
            pos,
            text: text.into(),
            at,
            voice: None,
            by: None,
            lived: false,
            born: None,
            cut: None,
            habit: HabitAnswers::default(),
            plan: PlanFields::default(),
        }
    }

    /// The same note once more, as far as a person can post it: what the board said of it (that a
    /// habit is broken, how others said it) is not in it.
    pub fn again(note: Note) -> Self {
        Self {
            id: note.id,
            kind: note.kind,
            pos: note.pos,
            text: note.text,
            at: note.at,
            voice: note.voice,
            by: note.by,
            lived: note.lived,
            born: note.born,
            cut: note.cut,
            habit: note.habit,
            plan: note.plan,
        }
    }

    /// With the voice that it speaks with.
    #[must_use]
    pub fn by_voice(mut self, voice: Option<VoiceId>) -> Self {
        self.voice = voice;
        self
    }

    /// With its writer's name.
    #[must_use]
    pub fn by_name(mut self, name: Option<String>) -> Self {
        self.by = name;
        self
    }

    /// With the mark *I live with this*.
    #[must_use]
    pub fn lived(mut self) -> Self {
        self.lived = true;
        self
    }

    /// With what it is an answer to.
    #[must_use]
    pub fn born_of(mut self, born: Option<Born>) -> Self {
        self.born = born;
        self
    }

    /// With the place on a photo where it was cut out.
    #[must_use]
    pub fn cut_from(mut self, cut: Option<Cut>) -> Self {
        self.cut = cut;
        self
    }

    pub(in crate::board) fn into_map(self, order: &Order) -> MapPrelim {
        let fields = [
            (KIND, In::from(self.kind.name())),
            (POS, In::Any(point(self.pos))),
            (TEXT, In::from(TextPrelim::new(self.text))),
            (ORDER, In::from(order.spelled())),
            (AT, In::from(self.at)),
        ];
        let mut more: Vec<(&str, In)> = Vec::new();
        let mut add = |field, words: &str| {
            if !words.is_empty() {
                more.push((field, In::Any(Any::from(words))));
            }
        };
        if let Some(voice) = &self.voice {
            add(VOICE, voice.as_str());
        }
        if let Some(name) = &self.by {
            add(BY, authorship::short_name(name));
        }
        if let Some(born) = &self.born {
            add(BORN, &born.spelled());
        }
        if let Some(cut) = &self.cut {
            add(PHOTO, &cut.spelled());
        }
        for (question, answer) in self.habit.answered() {
            add(question.field(), habit::short_answer(answer));
        }
        for (field, words) in self.plan.filled_in() {
            add(field.field(), habit::short_answer(words));
        }
        if self.plan.state != plan::PlanState::default() {
            add(STATE, self.plan.state.name());
        }
        if self.lived {
            more.push((LIVED, In::Any(Any::Bool(true))));
        }
        fields.into_iter().chain(more).collect()
    }
}
