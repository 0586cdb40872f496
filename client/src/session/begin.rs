//! What begins with a board's page, and goes on for as long as it is open.

use super::{
    chime, draft_links, introduce, kept::keep_session, kept_words, page, post_waiting, scribe,
    voice,
};
use crate::replica::Replica;

/// Begins a board's page; call it where the page lives, before what is shown on it.
pub(crate) fn begin(replica: Replica) {
    page::open(replica);
    keep_session(replica);
    kept_words::begin::begin(replica);
    voice::follow_own_voices(replica);
    scribe::let_go_of_who_left(replica);
    introduce::tell_remembered_name(replica);
    draft_links::link_what_came(replica);
    post_waiting::post_what_waits(replica);
    chime::ring_at_the_end(replica);
}
