//! Memory for what has come in part, or waits: unfinished messages, bodies of requests, frames on their way to a room.
//! What is short needs no leave; for the rest memory is lent, out of what the server has for it and what each network
//! (/24, /48) may have of that, and comes back with the last copy of the bytes. Where there is none left, who sends
//! waits: their own network slows them, and nobody's bytes pile up here.

use crate::access::limits::wide_network_of;
use bytes::Bytes;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// What is no longer needs no leave: a note, an answer, a cursor.
pub(crate) const SHORT_BYTES: usize = 16 * 1024;
/// Memory is lent in so many bytes.
const UNIT_BYTES: usize = 1024;
/// What the server lends in all.
const OF_SERVER_BYTES: usize = 64 * 1024 * 1024;
/// What one network has of it at most: 256 pieces of a hand-over at the same moment.
const OF_NETWORK_BYTES: usize = 32 * 1024 * 1024;
/// Longest that somebody waits for it.
const PATIENCE: Duration = Duration::from_secs(10);
/// Networks that are remembered before those that have nothing are forgotten.
const NETWORKS: usize = 1_000;

/// What the server lends.
pub(crate) struct Memory {
    server: Arc<Semaphore>,
    networks: Mutex<HashMap<IpAddr, Weak<Semaphore>>>,
}

/// What one network may borrow. It is held by each of its connections.
#[derive(Clone)]
pub(crate) struct Purse {
    server: Arc<Semaphore>,
    network: Arc<Semaphore>,
}

/// Memory that is lent.
#[derive(Debug)]
pub(crate) struct Loan {
    server: OwnedSemaphorePermit,
    network: OwnedSemaphorePermit,
}

/// There is none just now.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoneLeft;

impl Memory {
    /// Nothing is lent.
    pub(crate) fn new() -> Self {
        Self {
            server: Arc::new(Semaphore::new(OF_SERVER_BYTES / UNIT_BYTES)),
            networks: Mutex::default(),
        }
    }

    /// What somebody at this address may borrow from.
    pub(crate) fn purse(&self, address: IpAddr) -> Purse {
        let mut networks = self.networks.lock().unwrap_or_else(PoisonError::into_inner);
        if networks.len() >= NETWORKS {
            networks.retain(|_, network| network.strong_count() > 0);
        }
        let network = networks.entry(wide_network_of(address)).or_default();
        let semaphore = network.upgrade().unwrap_or_else(|| {
            let new = Arc::new(Semaphore::new(OF_NETWORK_BYTES / UNIT_BYTES));
            *network = Arc::downgrade(&new);
            new
        });
        Purse {
            server: Arc::clone(&self.server),
            network: semaphore,
        }
    }
}

impl Purse {
    /// Borrows so many bytes, if they are there.
    pub(crate) fn borrow_now(&self, bytes: usize) -> Result<Loan, NoneLeft> {
        let network = Arc::clone(&self.network).try_acquire_many_owned(units(bytes));
        let network = network.map_err(|_| NoneLeft)?;
        let server = Arc::clone(&self.server).try_acquire_many_owned(units(bytes));
        let server = server.map_err(|_| NoneLeft)?;
        Ok(Loan { server, network })
    }

    /// The same, and waits its turn for a while.
    pub(crate) async fn borrow(&self, bytes: usize) -> Result<Loan, NoneLeft> {
        let borrowed = timeout(PATIENCE, async {
            let network = Arc::clone(&self.network).acquire_many_owned(units(bytes));
            let network = network.await.map_err(|_| NoneLeft)?;
            let server = Arc::clone(&self.server).acquire_many_owned(units(bytes));
            let server = server.await.map_err(|_| NoneLeft)?;
            Ok(Loan { server, network })
        });
        borrowed.await.unwrap_or(Err(NoneLeft))
    }
}

impl Loan {
    /// These bytes, and the loan for as long as a copy of them is held.
    pub(crate) fn around(self, bytes: Bytes) -> Bytes {
        Bytes::from_owner(Lent { bytes, _loan: self })
    }

    /// Both as one.
    pub(crate) fn and(&mut self, more: Self) {
        self.server.merge(more.server);
        self.network.merge(more.network);
    }

    /// A part of it, if it is so large.
    pub(crate) fn part(&mut self, bytes: usize) -> Option<Self> {
        let units = units(bytes) as usize;
        let (server, network) = (self.server.split(units)?, self.network.split(units)?);
        Some(Self { server, network })
    }

    /// How many bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.server.num_permits() * UNIT_BYTES
    }
}

struct Lent {
    bytes: Bytes,
    _loan: Loan,
}

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// No more than a network has: what is longer than all of it gets all of it.
fn units(bytes: usize) -> u32 {
    let units = bytes
        .div_ceil(UNIT_BYTES)
        .min(OF_NETWORK_BYTES / UNIT_BYTES);
    u32::try_from(units).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const BESIDE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 99));
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 1));
    const MIB: usize = 1024 * 1024;

    #[test]
    fn a_network_has_its_part_and_leaves_the_others_theirs() {
        let memory = Memory::new();
        let (here, beside) = (memory.purse(HERE), memory.purse(BESIDE));
        let loans: Vec<Loan> = std::iter::from_fn(|| here.borrow_now(4 * MIB).ok()).collect();
        assert_eq!(loans.len(), 8);
        assert!(beside.borrow_now(MIB).is_err());
        assert!(memory.purse(THERE).borrow_now(4 * MIB).is_ok());
        drop(loans);
        assert!(beside.borrow_now(MIB).is_ok());
    }

    #[test]
    fn what_is_lent_comes_back_with_the_last_copy_of_the_bytes() {
        let memory = Memory::new();
        let purse = memory.purse(HERE);
        let loan = purse.borrow_now(OF_NETWORK_BYTES).unwrap();
        let bytes = loan.around(Bytes::from_static(b"long"));
        let copy = bytes.clone();
        drop(bytes);
        assert!(purse.borrow_now(MIB).is_err());
        assert_eq!(&copy[..], b"long");
        drop(copy);
        assert!(purse.borrow_now(MIB).is_ok());
    }

    #[tokio::test]
    async fn who_comes_first_is_served_first() {
        let memory = Memory::new();
        let purse = memory.purse(HERE);
        let all = purse.borrow_now(OF_NETWORK_BYTES).unwrap();
        let large = purse.clone();
        let waits = tokio::spawn(async move { large.borrow(4 * MIB).await.is_ok() });
        tokio::task::yield_now().await;
        drop(all);
        assert!(waits.await.unwrap());
    }
}
