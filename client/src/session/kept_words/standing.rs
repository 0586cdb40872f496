//! How what is written on stands for the person here: there, hidden, gone, locked, or the person is out. All of these
//! follow what they read.

use crate::replica::{Replica, SharedText};
use leptos::prelude::*;
use samtavle_shared::{
    board::ItemId,
    ids::{ClusterId, NoteId},
    kept_words::{Access, Standing, Thing, Why},
    wire::CloseCode,
};

/// Why a field on one of the board's texts closes by itself.
pub(super) fn text_closed(replica: Replica, text: &SharedText) -> Option<Why> {
    match text {
        SharedText::Note(note) => note_closed(replica, note),
        SharedText::ClusterTitle(cluster) => cluster_closed(replica, cluster),
        SharedText::BoardTitle => {
            let access = access(replica, || false);
            let thing = Thing::There;
            Standing { thing, access }.why_closed()
        }
    }
}

/// Why a field about a note closes by itself.
pub(crate) fn note_closed(replica: Replica, note: &NoteId) -> Option<Why> {
    let state = replica.state;
    state.moved.track();
    let thing = if state.is_hidden(note) {
        Thing::Hidden
    } else if state.note(note).is_some() {
        Thing::There
    } else {
        gone(replica, &ItemId::Note(note.clone()), Why::NoteDeleted)
    };
    let access = access(replica, || !replica.may_touch(note));
    Standing { thing, access }.why_closed()
}

fn cluster_closed(replica: Replica, cluster: &ClusterId) -> Option<Why> {
    let state = replica.state;
    state.moved.track();
    let thing = if state.cluster(cluster).is_some() {
        Thing::There
    } else {
        gone(replica, &ItemId::Cluster(cluster.clone()), Why::ClusterGone)
    };
    let access = access(replica, || !replica.is_unlocked(cluster));
    Standing { thing, access }.why_closed()
}

fn gone(replica: Replica, item: &ItemId, why: Why) -> Thing {
    if replica.was_taken(item) {
        Thing::TakenAway(why)
    } else {
        Thing::PutAway
    }
}

fn access(replica: Replica, is_its_cluster_locked: impl FnOnce() -> bool) -> Access {
    if let Some(why) = shut_out(replica) {
        Access::Out(why)
    } else if replica.session.locked.read().board {
        Access::BoardLocked
    } else if is_its_cluster_locked() {
        Access::ClusterLocked
    } else {
        Access::Open
    }
}

/// Why there is no way to the board any more.
pub(crate) fn shut_out(replica: Replica) -> Option<Why> {
    replica.shut_out.get().map(|code| match code {
        CloseCode::Removed => Why::Removed,
        CloseCode::NoSuchBoard => Why::BoardGone,
        _ => Why::LinkEnded,
    })
}
