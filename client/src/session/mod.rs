//! Taking part in a session, on phone and desk alike.
//!
//! - [`agenda`]: the bar of segments, 55 parts looking and 5 solving; [`timer`]: the time left, [`chime`]: its end;
//!   [`turn_time`]: that of who speaks in the round
//! - [`prompt`]: what the board asks; [`phase`]: what is asked now; [`phase_now`]: the same in a line
//! - [`coming`]: how what I write comes to the board; [`post`]: it does, or waits as a draft; [`drafts`]: what only I see
//!   until then, [`draft_links`]: their links; [`written`]: how much there is of it, for all
//! - [`posted`], [`post_waiting`]: what was posted before the client was there; [`standing`]: how far what was written has
//!   come
//! - [`paper`]: where it is written; [`silent_desk`], [`composer`]: the same at a desk in silence
//! - [`over`]: what one takes home, and the way back
//! - [`kept_words`]: what was being written when its field went away
//! - [`introduce`]: who I am here; [`voice`], [`voice_choice`]: as whom I write; [`voice_chips`]: the voices to choose from
//! - [`scribe`], [`scribe_dialog`]: for whom I write, if for another
//! - [`group`]: names and colours of groups, and which is mine
//! - [`attend`], [`refusal`], [`news`]: what is said to who looks elsewhere; [`seen`]: what was read here; [`gather`]: where
//!   everybody is called
//!
//! What the session is stands in `replica.session`. At the bottom are [`page`], which keeps what is this page's own,
//! [`remembered`], what the device knows of the person here, and [`kept`], what it remembers of the session where there
//! is no network. At the top is [`begin`], which puts everything together.

pub(crate) mod agenda;
mod attend;
mod begin;
pub(crate) mod chime;
pub(crate) mod coming;
mod composer;
pub(crate) mod draft_links;
pub(crate) mod drafts;
pub(crate) mod gather;
pub(crate) mod group;
pub(crate) mod introduce;
mod kept;
pub(crate) mod kept_words;
pub(crate) mod news;
pub(crate) mod over;
mod page;
pub(crate) mod paper;
pub(crate) mod phase;
pub(crate) mod phase_now;
pub(crate) mod post;
mod post_waiting;
pub(crate) mod posted;
pub(crate) mod prompt;
pub(crate) mod refusal;
pub(crate) mod remembered;
pub(crate) mod scribe;
mod scribe_dialog;
pub(crate) mod seen;
pub(crate) mod silent_desk;
pub(crate) mod speaker;
pub(crate) mod standing;
pub(crate) mod timer;
pub(crate) mod trial;
pub(crate) mod turn_time;
pub(crate) mod voice;
mod voice_chips;
pub(crate) mod voice_choice;
pub(crate) mod written;

pub(crate) use attend::attend;
pub(crate) use begin::begin;
