//! The WebSocket.

use super::{Ear, Heard};
use crate::{replica::timer, site};
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::window;
use samtavle_shared::ids::BoardId;
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

/// A WebSocket that stays open for so long is worth going back to.
const PROOF_MS: u32 = 35_000;

/// A socket with its listeners; they end with it.
pub(in crate::replica) struct Socket {
    inner: WebSocket,
    _on_open: Closure<dyn FnMut(Event)>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_close: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    pub(super) fn open(board: &BoardId, ear: &Ear) -> Option<Self> {
        Self::at(&["socket/", board.as_str()].concat(), ear)
    }

    fn at(page: &str, ear: &Ear) -> Option<Self> {
        let socket = WebSocket::new(&address(page)).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let [opened, heard, closed] = [0, 1, 2].map(|_| Rc::clone(ear));
        let on_open = Closure::<dyn FnMut(Event)>::new(move |_| opened(Heard::Open));
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() {
                heard(Heard::Frame(Uint8Array::new(&buffer).to_vec()));
            }
        });
        let on_close = Closure::<dyn FnMut(CloseEvent)>::new(move |event: CloseEvent| {
            closed(Heard::Closed(Some(event.code())));
        });
        socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Self {
            inner: socket,
            _on_open: on_open,
            _on_message: on_message,
            _on_close: on_close,
        })
    }

    pub(super) fn send(&self, frame: &[u8]) {
        // An error here means that the socket is closing: its close event does the rest.
        let _ = self.inner.send_with_u8_array(frame);
    }

    pub(super) fn hang_up(self) {
        self.inner.set_onopen(None);
        self.inner.set_onmessage(None);
        self.inner.set_onclose(None);
        let _ = self.inner.close(); // closed already is as good
    }
}

/// Looks whether a WebSocket gets through by now, and stays. Says nothing if not.
pub(in crate::replica) fn probe(then: impl FnOnce() + 'static) {
    let works = Rc::new(Cell::new(false));
    let told = Rc::clone(&works);
    let ear: Ear = Rc::new(move |heard| match heard {
        Heard::Frame(_) => told.set(true),
        Heard::Closed(_) => told.set(false),
        Heard::Open | Heard::HeldBack => {}
    });
    let Some(socket) = Socket::at("check/socket", &ear) else {
        return;
    };
    timer::after(PROOF_MS, move || {
        socket.hang_up();
        if works.get() {
            then();
        }
    });
}

fn address(page: &str) -> String {
    let location = window().location();
    let is_safe = location.protocol().is_ok_and(|scheme| scheme == "https:");
    let scheme = if is_safe { "wss://" } else { "ws://" };
    let host = location.host().unwrap_or_default();
    [scheme, &*host, &*site::path_to(page)].concat()
}
