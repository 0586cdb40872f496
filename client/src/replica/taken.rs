//! What others have taken off the board while the page was open: a field that closes over it must know whether that
//! was its writer's own doing.

use super::Replica;
use samtavle_shared::{
    board::{BoardChange, ItemId},
    news::By,
};

impl Replica {
    /// Whether somebody else has taken this off the board while the page was open. What the person here took
    /// away themselves was not taken from them.
    pub fn was_taken(self, item: &ItemId) -> bool {
        self.inner().taken.borrow().contains(item)
    }

    /// These changes were made by this hand. The views do not show them yet.
    pub(super) fn remember_what_went(self, changes: &[BoardChange], hand: By) {
        let inner = self.inner();
        let view = inner.board.view();
        let mut taken = inner.taken.borrow_mut();
        for change in changes {
            let (item, was_seen) = match change {
                BoardChange::Note(id) => (ItemId::Note(id.clone()), self.state.note(id).is_some()),
                BoardChange::Cluster(id) => (
                    ItemId::Cluster(id.clone()),
                    self.state.cluster(id).is_some(),
                ),
                BoardChange::Link(_) | BoardChange::Image(_) | BoardChange::Meta => continue,
            };
            if !was_seen && !taken.contains(&item) {
                continue; // what comes was taken by nobody: a board of 10,000 notes comes at once
            }
            let is_there = match &item {
                ItemId::Note(id) => view.note(id).is_some(),
                ItemId::Cluster(id) => view.cluster(id).is_some(),
            };
            if is_there || (was_seen && hand == By::Me) {
                taken.remove(&item);
            } else if was_seen {
                taken.insert(item);
            }
        }
    }
}
