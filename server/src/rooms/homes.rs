//! From which networks a board's own people come. While somebody guesses codes from everywhere, and nobody is told whether a
//! code is right, who comes from where the board's people sit is let in all the same.

use crate::access::limits::wide_network_of;
use samtavle_shared::ids::BoardId;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many of a board's people are in a network.
#[derive(Clone, Default)]
pub(crate) struct Homes(Arc<Mutex<HashMap<(BoardId, IpAddr), usize>>>);

/// Somebody is there while this is held.
pub(crate) struct AtHome {
    homes: Homes,
    home: (BoardId, IpAddr),
}

impl Homes {
    /// Somebody of this board is at this address.
    pub(super) fn enter(&self, board: &BoardId, address: IpAddr) -> AtHome {
        let home = (board.clone(), wide_network_of(address));
        *self.locked().entry(home.clone()).or_default() += 1;
        AtHome {
            homes: self.clone(),
            home,
        }
    }

    /// Whether somebody of this board is in the network of this address.
    pub(super) fn has(&self, board: &BoardId, address: IpAddr) -> bool {
        let home = (board.clone(), wide_network_of(address));
        self.locked().contains_key(&home)
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<(BoardId, IpAddr), usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for AtHome {
    fn drop(&mut self) {
        let mut homes = self.homes.locked();
        if let Some(count) = homes.get_mut(&self.home) {
            *count -= 1;
            if *count == 0 {
                homes.remove(&self.home);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_is_at_home_where_its_people_are_and_as_long_as_they_are() {
        let homes = Homes::default();
        let (board, other) = (BoardId::from("a"), BoardId::from("b"));
        let hall = |last: u8| IpAddr::from([192, 0, 2, last]);
        let lead = homes.enter(&board, hall(1));
        let wall = homes.enter(&board, hall(2));
        assert!(homes.has(&board, hall(99)));
        assert!(!homes.has(&other, hall(99)));
        assert!(!homes.has(&board, IpAddr::from([198, 51, 100, 1])));
        drop(lead);
        assert!(homes.has(&board, hall(99)));
        drop(wall);
        assert!(!homes.has(&board, hall(99)));
    }
}
