//! What costs much, of one network on all boards: a board's own allowances (`room/allowance.rs`) are for its own people, and
//! anybody can make many boards. When a network has used up its part, each of its boards still has a little for who leads it,
//! for a hall full of workshops may sit behind one address; and boards an address makes only so many an hour.

use super::{
    bucket::{Bucket, Empty, Rate},
    limits::wide_network_of,
};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Ten workshops of thirty people each press at the same moment; then five a second go on, which is a quarter of a core.
const OF_A_NETWORK: Rate = Rate {
    burst: 600,
    refill: Duration::from_mins(2),
};
/// Networks that are remembered before those that have rested are forgotten.
const NETWORKS: usize = 20_000;

/// What each network has used of it.
#[derive(Default)]
pub(crate) struct Costly(Mutex<HashMap<IpAddr, Bucket>>);

impl Costly {
    /// Takes one for somebody at this address.
    ///
    /// # Errors
    /// [`Empty`]: their network has used up its part.
    pub(crate) fn take_turn(&self, address: IpAddr, now: Duration) -> Result<(), Empty> {
        let mut networks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if networks.len() >= NETWORKS {
            networks.retain(|_, bucket| bucket.level(now) < 1.0);
            if networks.len() >= NETWORKS {
                networks.clear(); // more than that at once is no workshop; what boards allow still holds
            }
        }
        let full = || Bucket::full(OF_A_NETWORK, now);
        let network = networks
            .entry(wide_network_of(address))
            .or_insert_with(full);
        network.take_tokens(1, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_its_part_however_many_addresses_and_boards_it_has_and_leaves_others_theirs() {
        let costly = Costly::default();
        let take = |address: [u8; 4], at| costly.take_turn(address.into(), at).is_ok();
        let had = (0..2_000).filter(|number| take([192, 0, 2, *number as u8], Duration::ZERO));
        assert_eq!(had.count(), 600);
        assert!(take([198, 51, 100, 1], Duration::ZERO));
        let later = Duration::from_secs(1);
        assert_eq!((0..20).filter(|_| take([192, 0, 2, 1], later)).count(), 5);
    }
}
