//! Places of which there are so many: connections, lines, seats. Whoever comes first does not keep all others out:
//!
//! * some are kept for those without whom nothing goes on: who leads, and walls;
//! * when all are taken, who comes gets the place of somebody who has done nothing since they came;
//! * else the newest place of the network (/24, /48) that has most, if theirs has fewer.
//!
//! Behind one address may be a whole school: it has all places that nobody else wants.

use super::limits::wide_network_of;
use std::{
    collections::{BTreeMap, HashMap},
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::Notify;

/// So long nobody has to have done anything yet.
const GRACE: Duration = Duration::from_secs(3);

/// So many places.
pub(crate) struct Places {
    most: usize,
    kept: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    next: u64,
    /// The oldest first.
    all: BTreeMap<u64, Sitting>,
    ordinary: HashMap<IpAddr, usize>,
}

struct Sitting {
    network: IpAddr,
    is_kept: bool,
    since: Instant,
    told: Arc<Told>,
}

#[derive(Default)]
struct Told {
    is_active: AtomicBool,
    cut: Notify,
}

/// One of them, while this is held.
pub(crate) struct Place {
    number: u64,
    places: Arc<Places>,
    told: Arc<Told>,
}

impl Places {
    /// So many, and how many of them only those get for whom they are kept.
    pub(crate) fn new(most: usize, kept: usize) -> Arc<Self> {
        Arc::new(Self {
            most,
            kept,
            taken: Mutex::default(),
        })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many are taken.
    pub(crate) fn count(&self) -> usize {
        self.taken().all.len()
    }

    /// A place for somebody at this address; `is_kept`: one is kept for them. `None`: there is none for them.
    pub(crate) fn enter(
        self: &Arc<Self>,
        address: IpAddr,
        is_kept: bool,
        now: Instant,
    ) -> Option<Place> {
        let network = wide_network_of(address);
        let mut taken = self.taken();
        let ordinary: usize = taken.ordinary.values().sum();
        let is_full = if is_kept {
            taken.all.len() >= self.most
        } else {
            ordinary >= self.most - self.kept || taken.all.len() >= self.most
        };
        if is_full {
            let goes = taken.who_goes_for(network, is_kept, now)?;
            taken.cut(goes);
        }
        let number = taken.next;
        taken.next += 1;
        let told = Arc::<Told>::default();
        taken.all.insert(
            number,
            Sitting {
                network,
                is_kept,
                since: now,
                told: Arc::clone(&told),
            },
        );
        if !is_kept {
            *taken.ordinary.entry(network).or_default() += 1;
        }
        Some(Place {
            number,
            places: Arc::clone(self),
            told,
        })
    }
}

impl Taken {
    fn who_goes_for(&self, network: IpAddr, is_kept: bool, now: Instant) -> Option<u64> {
        let mut ordinary = self.all.iter().filter(|(_, one)| !one.is_kept);
        let is_idle = |one: &Sitting| {
            !one.told.is_active.load(Ordering::Relaxed)
                && now.saturating_duration_since(one.since) >= GRACE
        };
        if let Some((number, _)) = ordinary.clone().find(|(_, one)| is_idle(one)) {
            return Some(*number);
        }
        let (largest, most) = self.ordinary.iter().max_by_key(|(_, count)| **count)?;
        let own = self.ordinary.get(&network).copied().unwrap_or_default();
        let is_theirs = |(_, one): &(&u64, &Sitting)| one.network == *largest;
        if is_kept || own + 1 < *most {
            return ordinary.rfind(is_theirs).map(|(number, _)| *number);
        }
        None
    }

    fn cut(&mut self, number: u64) {
        if let Some(one) = self.leaves(number) {
            one.told.cut.notify_one();
        }
    }

    fn leaves(&mut self, number: u64) -> Option<Sitting> {
        let one = self.all.remove(&number)?;
        if !one.is_kept
            && let Some(count) = self.ordinary.get_mut(&one.network)
        {
            *count -= 1;
            if *count == 0 {
                self.ordinary.remove(&one.network);
            }
        }
        Some(one)
    }
}

impl Place {
    /// They do what one comes for.
    pub(crate) fn is_used(&self) {
        self.told.is_active.store(true, Ordering::Relaxed);
    }

    /// Waits until somebody else gets this place.
    pub(crate) async fn is_lost(&self) {
        self.told.cut.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken().leaves(self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(number: u8) -> IpAddr {
        IpAddr::V4(std::net::Ipv4Addr::new(10, 0, number, 1))
    }

    fn is_lost(place: &Place) -> bool {
        let lost = std::pin::pin!(place.is_lost());
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        lost.poll(&mut context).is_ready()
    }

    fn used(places: &Arc<Places>, address: IpAddr, now: Instant) -> Option<Place> {
        let place = places.enter(address, false, now)?;
        place.is_used();
        Some(place)
    }

    #[test]
    fn a_school_behind_one_address_has_all_places_until_others_come() {
        let (places, now) = (Places::new(100, 10), Instant::now());
        let school: Vec<Place> = std::iter::from_fn(|| used(&places, network(1), now)).collect();
        assert_eq!(school.len(), 90);
        let others: Vec<Place> = std::iter::from_fn(|| used(&places, network(2), now)).collect();
        assert_eq!(others.len(), 45, "as many as the school has left");
        assert_eq!(school.iter().filter(|place| is_lost(place)).count(), 45);
        assert!(
            school.first().is_some_and(|first| !is_lost(first)),
            "the newest go"
        );
        assert_eq!(places.count(), 90);
    }

    #[test]
    fn who_leads_and_walls_always_get_in() {
        let (places, now) = (Places::new(20, 4), Instant::now());
        let crowd: Vec<Place> = std::iter::from_fn(|| used(&places, network(1), now)).collect();
        assert_eq!(crowd.len(), 16);
        let kept: Vec<Place> = (0..6)
            .filter_map(|_| places.enter(network(1), true, now))
            .collect();
        assert_eq!(kept.len(), 6);
        assert_eq!(crowd.iter().filter(|place| is_lost(place)).count(), 2);
        assert_eq!(places.count(), 20);
    }

    #[test]
    fn who_does_nothing_makes_way_for_who_comes_also_from_the_same_network() {
        let (places, now) = (Places::new(10, 0), Instant::now());
        let silent: Vec<Place> = (0..10)
            .filter_map(|_| places.enter(network(1), false, now))
            .collect();
        assert!(
            places.enter(network(1), false, now).is_none(),
            "they have just come"
        );
        let later = now + GRACE;
        let active: Vec<Place> = std::iter::from_fn(|| used(&places, network(1), later)).collect();
        assert_eq!(active.len(), 10);
        assert!(silent.iter().all(is_lost));
        assert!(active.iter().all(|place| !is_lost(place)));
        drop(silent);
        assert_eq!(places.count(), 10, "who was sent away has left already");
    }
}
