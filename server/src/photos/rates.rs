//! How much somebody may send: a device, and all behind one address. A workshop of 300 people behind
//! one address photographs its tables at the same time; a script must not fill the disk all the same.

use crate::access::{
    bucket::{Bucket, Empty, Rate},
    limits::network_of,
};
use samtavle_shared::ids::PersonId;
use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Bytes from one device: thirty photos of a flip chart at once, then one every twenty seconds.
const OF_A_DEVICE: Rate = Rate {
    burst: 32 << 20,
    refill: Duration::from_mins(10),
};
/// Bytes from one address.
const OF_AN_ADDRESS: Rate = Rate {
    burst: 512 << 20,
    refill: Duration::from_mins(10),
};
/// Bytes of a request besides its piece: so many small ones cost as well.
const A_REQUEST: u32 = 4 << 10;
/// Devices and addresses that are remembered.
const REMEMBERED: usize = 50_000;

/// Who has sent how much.
pub(super) struct Rates {
    devices: Mutex<HashMap<PersonId, Bucket>>,
    addresses: Mutex<HashMap<IpAddr, Bucket>>,
}

impl Rates {
    pub(super) fn new() -> Self {
        Self {
            devices: Mutex::default(),
            addresses: Mutex::default(),
        }
    }

    /// May they send so many bytes now? Without a device only the address counts.
    pub(super) fn may_send(
        &self,
        device: Option<&PersonId>,
        address: IpAddr,
        bytes: usize,
        now: Duration,
    ) -> Result<(), Empty> {
        let cost = u32::try_from(bytes)
            .unwrap_or(u32::MAX)
            .saturating_add(A_REQUEST);
        if let Some(device) = device {
            take_bytes(&self.devices, device.clone(), OF_A_DEVICE, cost, now)?;
        }
        take_bytes(
            &self.addresses,
            network_of(address),
            OF_AN_ADDRESS,
            cost,
            now,
        )
    }
}

fn take_bytes<K: Eq + Hash>(
    buckets: &Mutex<HashMap<K, Bucket>>,
    whose: K,
    rate: Rate,
    cost: u32,
    now: Duration,
) -> Result<(), Empty> {
    let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
    if buckets.len() >= REMEMBERED {
        buckets.retain(|_, bucket| bucket.level(now) < 1.0);
        if buckets.len() >= REMEMBERED {
            buckets.clear(); // more than that at once is no workshop; a board's own limits still hold
        }
    }
    let bucket = buckets.entry(whose);
    bucket
        .or_insert_with(|| Bucket::full(rate, now))
        .take_tokens(cost, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));

    #[test]
    fn a_table_may_photograph_its_flip_charts_and_a_script_may_not_go_on_for_ever() {
        let (rates, start) = (Rates::new(), Duration::ZERO);
        let device = PersonId::from("kari");
        let photo = 1 << 20;
        let sent = (0..100)
            .take_while(|_| rates.may_send(Some(&device), HERE, photo, start).is_ok())
            .count();
        assert_eq!(sent, 31);
        assert!(
            rates
                .may_send(Some(&"per".into()), HERE, photo, start)
                .is_ok()
        );
        let later = start + Duration::from_mins(1);
        assert!(rates.may_send(Some(&device), HERE, photo, later).is_ok());
    }

    #[test]
    fn another_device_for_each_photo_meets_the_limit_of_the_address() {
        let (rates, start) = (Rates::new(), Duration::ZERO);
        let sent = (0..1_000)
            .take_while(|number| {
                let device = PersonId::from(&*number.to_string());
                rates.may_send(Some(&device), HERE, 3 << 20, start).is_ok()
            })
            .count();
        assert_eq!(sent, 170);
    }
}
