//! What a board's document may hold: each root, each field of the things in it, what stands there, who may set it, and what
//! becomes of it when all that its setter did is taken back. The board, the guard, the server's taking back and
//! docs/protocol.md go by this table.

use crate::limits::{
    MAX_ALT_BYTES, MAX_ANSWER_BYTES, MAX_ORDER_BYTES, MAX_REACTION_BYTES,
    MAX_RESTATEMENTS_PER_NOTE, MAX_SHARED_TEXT_UTF16, MAX_SHARED_TITLE_UTF16, MAX_SHORT_TEXT_BYTES,
};

/// A root type.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Root {
    /// Cards with text.
    Notes,
    /// Named groups of notes.
    Clusters,
    /// Lines with a meaning.
    Links,
    /// Pen strokes.
    Ink,
    /// Frames around things.
    Frames,
    /// Pictures: the place of each, and the id of its photo.
    Images,
    /// What is said about the board itself.
    Meta,
}

/// What stands in a field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Holds {
    /// A string of at most so many bytes.
    Words(usize),
    /// Two numbers: a place, or a width and a height, in board units.
    Pair,
    /// A number that is finite.
    Number,
    /// Yes or no.
    Bool,
    /// At most so many strings.
    Strings(usize),
    /// A text that people write together, of at most so many UTF-16 code units.
    Text(usize),
}

/// Who may set a field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SetBy {
    /// Whoever may write.
    Anybody,
    /// Who has that voice.
    Voice,
    /// Who has that name.
    Name,
    /// The board alone.
    Board,
}

/// What a value is when all that its setter did is taken back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TakenBack {
    /// What it was before them.
    Former,
    /// The same; where there was nothing it stays: without it the thing would be nowhere, or nothing.
    Needed,
    /// What it was before them. Where others said something in it the thing stays.
    Said,
}

/// A field of a thing, or of the board itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Field {
    /// Its name; of [`REACTION`] how it begins, before a random id.
    pub name: &'static str,
    /// What stands there.
    pub holds: Holds,
    /// Whether `null` may stand there, too.
    pub may_be_null: bool,
    /// Who may set it.
    pub set_by: SetBy,
    /// What becomes of it.
    pub taken_back: TakenBack,
}

/// What a picture shows, in words.
pub const ALT: &str = "alt";
/// When a note was posted, in milliseconds since 1970.
pub const AT: &str = "at";
/// What a note is an answer to.
pub const BORN: &str = "born";
/// Who stops a habit, and from when.
pub const BROKEN: &str = "broken";
/// A writer's name.
pub const BY: &str = "by";
/// The cluster that a note is in.
pub const CLUSTER: &str = "cluster";
/// Whether a cluster lies there as a stack.
pub const COLLAPSED: &str = "collapsed";
/// Where a link begins.
pub const FROM: &str = "from";
/// What a habit gave us.
pub const GAVE: &str = "gave";
/// When the thing was taken off the board, in milliseconds since 1970.
pub const GONE: &str = "gone";
/// How we will know whether a plan works.
pub const HOW: &str = "how";
/// Of which kind a note or a link is.
pub const KIND: &str = "kind";
/// In which language the board speaks where nobody chooses one.
pub const LANGUAGE: &str = "language";
/// What was learnt of a plan.
pub const LEARNT: &str = "learnt";
/// Whether its writer lives with what a note says.
pub const LIVED: &str = "lived";
/// The place in the stack: a fractional index.
pub const ORDER: &str = "order";
/// The id of a stored photo; on a note with where on it the note was.
pub const PHOTO: &str = "photo";
/// The top left corner, in board units.
pub const POS: &str = "pos";
/// How the field of a reader's reaction begins; a random id follows.
pub const REACTION: &str = "r-";
/// How others said a note back.
pub const RESTATED: &str = "restated";
/// Width and height of a picture, in board units.
pub const SIZE: &str = "size";
/// How far a plan has come.
pub const STATE: &str = "state";
/// What happens if we stop a habit.
pub const STOPS: &str = "stops";
/// The template that a board was made from.
pub const TEMPLATE: &str = "template";
/// What a note says.
pub const TEXT: &str = "text";
/// The title of a cluster, or of the board.
pub const TITLE: &str = "title";
/// Where a link ends.
pub const TO: &str = "to";
/// The voice that a note speaks with.
pub const VOICE: &str = "voice";
/// By when a plan is tried.
pub const WHEN: &str = "when";
/// Who tries a plan.
pub const WHO: &str = "who";

/// Fields in which people answer in words, of habits and plans.
pub const ANSWERS: [&str; 6] = [GAVE, STOPS, WHO, WHEN, HOW, LEARNT];

const SHORT: Holds = Holds::Words(MAX_SHORT_TEXT_BYTES);
const ANSWER: Holds = Holds::Words(MAX_ANSWER_BYTES);
const ORDERED: Field = field(ORDER, Holds::Words(MAX_ORDER_BYTES)).needed();

const TAKEN_OFF: Field = field(GONE, Holds::Number);

const NOTE: [Field; 22] = [
    field(KIND, SHORT).needed(),
    field(POS, Holds::Pair).needed(),
    field(TEXT, Holds::Text(MAX_SHARED_TEXT_UTF16)).needed(),
    field(CLUSTER, SHORT).or_null().needed(),
    ORDERED,
    field(AT, Holds::Number).needed(),
    field(VOICE, SHORT).or_null().set_by(SetBy::Voice),
    field(BY, SHORT).or_null().set_by(SetBy::Name),
    field(LIVED, Holds::Bool),
    field(BORN, SHORT).or_null(),
    field(PHOTO, SHORT).or_null().needed(),
    field(GAVE, ANSWER).or_null().said(),
    field(STOPS, ANSWER).or_null().said(),
    // Two answers, with a sign between them.
    field(BROKEN, Holds::Words(2 * MAX_ANSWER_BYTES + 1))
        .or_null()
        .set_by(SetBy::Board),
    field(WHO, ANSWER).or_null().said(),
    field(WHEN, ANSWER).or_null().said(),
    field(HOW, ANSWER).or_null().said(),
    field(LEARNT, ANSWER).or_null().said(),
    field(STATE, SHORT).or_null(),
    // Each is as long as it likes: all of them are one value, which has its limit.
    field(RESTATED, Holds::Strings(3 * MAX_RESTATEMENTS_PER_NOTE))
        .or_null()
        .set_by(SetBy::Board),
    field(REACTION, Holds::Words(MAX_REACTION_BYTES)),
    TAKEN_OFF,
];

const CLUSTERS: [Field; 5] = [
    field(TITLE, Holds::Text(MAX_SHARED_TITLE_UTF16)).needed(),
    field(POS, Holds::Pair).needed(),
    ORDERED,
    field(COLLAPSED, Holds::Bool),
    TAKEN_OFF,
];

const LINK: [Field; 4] = [
    field(FROM, SHORT).needed(),
    field(TO, SHORT).needed(),
    field(KIND, SHORT).needed(),
    TAKEN_OFF,
];

const IMAGE: [Field; 6] = [
    field(POS, Holds::Pair).needed(),
    field(SIZE, Holds::Pair).needed(),
    field(PHOTO, SHORT).needed(),
    field(ALT, Holds::Words(MAX_ALT_BYTES)),
    ORDERED,
    TAKEN_OFF,
];

const META: [Field; 3] = [
    field(TITLE, Holds::Text(MAX_SHARED_TITLE_UTF16)).needed(),
    field(TEMPLATE, SHORT),
    field(LANGUAGE, SHORT),
];

impl Root {
    /// All of them; the place in this list is a root's number in the guard's index.
    pub const ALL: [Self; 7] = [
        Self::Notes,
        Self::Clusters,
        Self::Links,
        Self::Ink,
        Self::Frames,
        Self::Images,
        Self::Meta,
    ];

    /// The name in the document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Notes => "notes",
            Self::Clusters => "clusters",
            Self::Links => "links",
            Self::Ink => "ink",
            Self::Frames => "frames",
            Self::Images => "images",
            Self::Meta => "meta",
        }
    }

    /// The root of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|root| root.name() == name)
    }

    /// The fields that we know of a thing in it.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Notes => &NOTE,
            Self::Clusters => &CLUSTERS,
            Self::Links => &LINK,
            Self::Ink | Self::Frames => &[TAKEN_OFF],
            Self::Images => &IMAGE,
            Self::Meta => &META,
        }
    }

    /// The field of this name; `None`: we don't know it.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.is_named(name))
    }
}

/// What becomes of a field of this name, in whatever thing it is.
pub fn taken_back(name: &str) -> TakenBack {
    let mut known = Root::ALL.iter().filter_map(|root| root.field(name));
    known
        .find(|field| field.taken_back != TakenBack::Former)
        .map_or(TakenBack::Former, |field| field.taken_back)
}

const fn field(name: &'static str, holds: Holds) -> Field {
    Field {
        name,
        holds,
        may_be_null: false,
        set_by: SetBy::Anybody,
        taken_back: TakenBack::Former,
    }
}

impl Field {
    const fn or_null(self) -> Self {
        Self {
            may_be_null: true,
            ..self
        }
    }

    const fn set_by(self, set_by: SetBy) -> Self {
        Self { set_by, ..self }
    }

    const fn needed(self) -> Self {
        Self {
            taken_back: TakenBack::Needed,
            ..self
        }
    }

    const fn said(self) -> Self {
        Self {
            taken_back: TakenBack::Said,
            ..self
        }
    }

    fn is_named(&self, name: &str) -> bool {
        match self.name {
            REACTION => name.starts_with(REACTION),
            own => own == name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const PAGE: &str = include_str!("../../docs/protocol.md");

    /// The rows of the page's table: root and field, and the type.
    fn rows() -> BTreeMap<(String, String), String> {
        let (_, table) = PAGE.split_once("| map | field | type | |\n").unwrap();
        let mut root = String::new();
        let mut rows = BTreeMap::new();
        for line in table
            .lines()
            .skip(1)
            .take_while(|line| line.starts_with('|'))
        {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            if !cells[1].is_empty() {
                root = cells[1]
                    .trim_end_matches(" → id")
                    .trim_matches('`')
                    .to_owned();
            }
            for name in cells[2].split('`').skip(1).step_by(2) {
                rows.insert((root.clone(), name.to_owned()), cells[3].to_owned());
            }
        }
        rows
    }

    #[test]
    fn the_page_for_those_who_write_another_client_has_each_field_and_no_other() {
        let mut rows = rows();
        for root in Root::ALL {
            for field in root.fields() {
                let at_each = "each of these".to_owned();
                let of = if field.name == GONE {
                    at_each
                } else {
                    root.name().to_owned()
                };
                let key = (of, field.name.to_owned());
                let kind = match field.name {
                    GONE => rows.get(&key).cloned(),
                    _ => rows.remove(&key),
                };
                let kind = kind.unwrap_or_else(|| panic!("{key:?} is not on the page"));
                let expected: &[&str] = match field.holds {
                    Holds::Words(_) => &["string"],
                    Holds::Pair => &["`[x, y]`", "`[w, h]`"],
                    Holds::Number => &["number"],
                    Holds::Bool => &["bool", "`true`"],
                    Holds::Strings(_) => &["array of strings"],
                    Holds::Text(_) => &["YText"],
                };
                assert!(
                    expected.iter().any(|begin| kind.starts_with(begin)),
                    "{key:?} is {kind:?} on the page, and {:?} here",
                    field.holds
                );
            }
        }
        rows.retain(|(_, field), _| field != GONE);
        assert!(rows.is_empty(), "only on the page: {rows:?}");
    }

    #[test]
    fn what_becomes_of_a_name_is_the_same_in_every_thing() {
        for field in Root::ALL.iter().flat_map(|root| root.fields()) {
            assert_eq!(field.taken_back, taken_back(field.name), "{}", field.name);
        }
    }

    #[test]
    fn no_name_is_there_twice_in_a_thing() {
        for root in Root::ALL {
            for (at, field) in root.fields().iter().enumerate() {
                assert_eq!(root.field(field.name), Some(&root.fields()[at]));
            }
        }
    }
}
