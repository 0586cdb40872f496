//! The session: how a mixed group is led through a workshop.
//!
//! ```text
//!  Command ─► Session::handle ─┬─► Events (to the log; Session::apply folds them)
//!  (who, when, facts)         ├─► Edits (to the document, as the server's own changes)
//!             │               └─► views: what all may see, what one may see, what facilitators may see
//!             └─► Refusal: nothing has changed
//! ```
//! A pure state machine. It knows no document, only ids and the [`Facts`] that it is given; it has no
//! clock and no randomness. Drafts and ballots never leave it but by a reveal or a result.
//!
//! Start at [`command`], [`event`], [`view`]; each feature has a file of its own.

mod bin;
mod command;
mod deck;
mod disturbance;
mod door;
mod drafts;
mod event;
mod facts;
mod groups;
mod keeping;
mod localized_text;
pub mod mix;
mod people;
mod phase;
mod refusal;
mod rights;
mod rounds;
mod rules;
mod say_back;
mod state;
mod steering;
mod sweep;
pub mod tally;
mod timer;
pub mod turns;
mod view;
mod wall;

pub use bin::{MAX_THROWN, Thrown, ThrownView};
pub use command::{Command, RoundWish};
pub use deck::{Card, Deck};
pub use disturbance::{Disturbance, DisturbanceOf};
pub use door::{Door, WaitingView};
pub use drafts::{Draft, DraftNote, MAX_DRAFTS_PER_PERSON, Wave, Writing};
pub use event::{Edit, Event, Outcome};
pub use facts::{Actor, Compared, Facts, KnownNote};
pub use groups::{Group, GroupId, MAX_GROUPS};
pub use keeping::{which_count, without_names};
pub use localized_text::{Language, LocalizedText};
pub use people::{MAX_PAPER_PEOPLE, Person, Showing, Voice, paper_person, tidy_name};
pub use phase::{Phase, PhaseId, Script, Tool};
pub use refusal::Refusal;
pub use rights::{MayDelete, MayRename, Rights};
pub use rounds::{Among, Round, RoundId, RoundOn, RoundOrder};
pub use rules::can_be_looked_at;
pub use say_back::{Restating, Verdict};
pub use state::Session;
pub use steering::{Followers, Gather, Locks, Scene};
pub use sweep::{A_FEW_OF_OTHERS, SWEEP_LIVES_MS, Sweep, SweepId, Swept, SweptThing};
pub use tally::{Ballot, Item};
pub use timer::{NextStep, Stage, Timer};
pub use view::{
    GroupView, HiddenView, LeadView, OwnView, PaperView, PersonView, RoundView, SharedView,
    Speaker, SweepView, ToJudge, TurnsView, VoiceView,
};
pub use wall::{WallFacts, WallScene, WallWatch, scene_of};
