//! Randomness from the browser.

use crate::browser::storage;
use js_sys::Uint8Array;
use std::cell::RefCell;

/// So many random bytes.
pub(crate) fn bits<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let array = Uint8Array::new_with_length(N as u32);
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| {
            crypto
                .get_random_values_with_array_buffer_view(&array)
                .is_ok()
        });
    if filled {
        array.copy_to(&mut bytes);
    } else {
        // Every browser that runs WASM has it; should one not, ids must still be told apart.
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    bytes
}

/// A Yjs client id: 32 bits, as Yjs itself draws them (`random.uint32`), so that it stays short on
/// the wire.
pub(super) fn client_id() -> u64 {
    u64::from(u32::from_le_bytes(bits()))
}

/// A secret for this browser and this board, kept in its local storage; where nothing is kept it holds
/// until the page is closed.
pub(super) fn device_secret(board: &str) -> String {
    thread_local! {
        /// A page opens one board.
        static KNOWN: RefCell<Option<String>> = const { RefCell::new(None) };
    }
    KNOWN.with_borrow_mut(|known| known.get_or_insert_with(|| kept_secret(board)).clone())
}

fn kept_secret(board: &str) -> String {
    let key = format!("samtavle.device.{board}");
    if let Some(kept) = storage::read(&key) {
        return kept;
    }
    let secret = bits::<16>().iter().fold(String::new(), |mut hex, byte| {
        use std::fmt::Write as _;
        let _ = write!(hex, "{byte:02x}"); // a String takes all that is written
        hex
    });
    storage::write(&key, &secret);
    secret
}
