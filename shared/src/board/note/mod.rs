//! The note: a card with text, and what belongs to it. Every field is a register of its own but the
//! text, so two people who fill in different fields of one plan at once lose nothing.
//!
//! * here: a note as it is read; [`kind`]: what it speaks of; [`new`]: a note to be posted
//! * [`authorship`]: who speaks, and the mark *I live with this*
//! * [`said`]: what only the board itself says
//! * [`born`]: what disturbed its writer into it; [`restatement`]: how another group says it
//! * [`cut`]: the photo of a paper note, and where on it the note is
//! * [`reaction`]: what readers say back with a press
//! * [`habit`]: what a habit gave us, and its breaking; [`plan`]: who tries it, when, and what came of it

mod authorship;
mod born;
mod cut;
mod habit;
mod kind;
mod new;
mod plan;
mod reaction;
mod restatement;
mod said;
#[cfg(test)]
mod tests;

pub use authorship::{Authorship, Lived};
pub use born::Born;
pub use cut::{Cut, CutRect};
pub use habit::{Broken, HabitAnswers, HabitQuestion};
pub use kind::NoteKind;
pub use new::NewNote;
pub use plan::{PlanField, PlanFields, PlanState};
pub use reaction::{Reaction, ReactionKind};
pub use restatement::{Restatement, Verdict};
pub use said::Said;

use super::{
    Order,
    document::{map_at, read_point, read_string, read_text},
};
use crate::schema::{AT, BORN, CLUSTER, KIND, ORDER, PHOTO, POS, TEXT};
use crate::{
    geometry::BoardPoint,
    ids::{ClusterId, NoteId, VoiceId},
};
use yrs::{Any, Map, MapRef, Number, Out, ReadTxn};

/// A note as it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its name for ever.
    pub id: NoteId,
    /// What it speaks of.
    pub kind: NoteKind,
    /// Top left corner, board units.
    pub pos: BoardPoint,
    /// What it says.
    pub text: String,
    /// The cluster that it belongs to, if that still exists.
    pub cluster: Option<ClusterId>,
    /// Its place in the stack.
    pub order: Order,
    /// When it was posted, milliseconds since 1970 by its writer's clock; 0 when unknown.
    pub at: f64,
    /// The voice that it speaks with, if its writer took one. Never on an anonymous board.
    pub voice: Option<VoiceId>,
    /// Who wrote it; only on boards where names are shown.
    pub by: Option<String>,
    /// Whether its writer lives with this.
    pub lived: bool,
    /// What it is an answer to, if a disturbance brought it forth.
    pub born: Option<Born>,
    /// Where on a photo it was cut out, if it was written on paper.
    pub cut: Option<Cut>,
    /// Of a habit: what it gave us, and whether it is broken.
    pub habit: HabitAnswers,
    /// Of a plan: who, when, how, and what came of it.
    pub plan: PlanFields,
    /// How others said it, and what its writer answered; the oldest first.
    pub restated: Vec<Restatement>,
    /// What its readers said back with a press, by random ids. Nobody's name.
    pub reactions: Vec<Reaction>,
}

impl Note {
    /// Reads a note in whatever state its map is. Reading is total: what is missing or of a foreign
    /// type counts as empty, and stays in the document as it is.
    pub(super) fn read<T: ReadTxn>(txn: &T, id: NoteId, map: &MapRef, clusters: &MapRef) -> Self {
        Self {
            id,
            kind: read_string(txn, map, KIND).map_or(NoteKind::Other, |name| NoteKind::read(&name)),
            pos: read_point(txn, map, POS).unwrap_or_default(),
            text: read_text(txn, map, TEXT),
            cluster: read_cluster(txn, map, clusters),
            order: read_string(txn, map, ORDER)
                .and_then(|text| Order::read(&text))
                .unwrap_or_default(),
            at: match map.get(txn, AT) {
                Some(Out::Any(Any::Number(number))) => number_as_f64(number),
                _ => 0.0,
            },
            voice: authorship::read_voice(txn, map),
            by: authorship::read_by(txn, map),
            lived: authorship::read_lived(txn, map),
            born: read_string(txn, map, BORN).and_then(|text| Born::read(&text)),
            cut: read_string(txn, map, PHOTO).and_then(|text| Cut::read(&text)),
            habit: HabitAnswers::read(txn, map),
            plan: PlanFields::read(txn, map),
            restated: restatement::read_all(txn, map),
            reactions: reaction::read_all(txn, map),
        }
    }
}

/// A note whose cluster was deleted meanwhile, or is gone, is simply free.
pub(super) fn read_cluster<T: ReadTxn>(
    txn: &T,
    map: &MapRef,
    clusters: &MapRef,
) -> Option<ClusterId> {
    read_string(txn, map, CLUSTER)
        .filter(|name| map_at(txn, clusters, name).is_some())
        .map(ClusterId::from)
}

/// A field of words; empty when there is none.
fn read_words<T: ReadTxn>(txn: &T, map: &MapRef, field: &str) -> String {
    read_string(txn, map, field).map_or_else(String::new, |words| words.to_string())
}

pub(super) fn number_as_f64(number: Number) -> f64 {
    match number {
        Number::Int(whole) => whole as f64,
        Number::Float(real) => real,
    }
}
