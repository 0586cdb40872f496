//! The line over plain HTTP: an event stream down, requests up, the same frames (docs/protocol.md).
//! A request that breaks is sent again with the same numbers, so nothing is lost or comes twice.

use super::{Ear, Heard, Way, base64};
use crate::{replica::timer, site};
use js_sys::Uint8Array;
use leptos::{prelude::window, task::spawn_local};
use samtavle_shared::{ids::BoardId, lib0::Writer};
use serde::Deserialize;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventSource, MessageEvent, RequestInit, Response};

/// Bytes in one request: far below the 1 MiB that many proxies allow.
const PIECE_BYTES: usize = 256 * 1024;
/// Broken requests in a row, on either way, before the line is given up.
const PATIENCE: u32 = 5;
/// Between two tries; times the number of tries.
const WAIT_MS: u32 = 300;
/// The server speaks at once: a stream that says nothing for so long is held back by a proxy.
const HELD_BACK_MS: u32 = 4_000;

/// A line over HTTP.
pub(in crate::replica) struct HttpLine(Rc<Inner>);

struct Inner {
    address: String,
    ear: Ear,
    is_poll: Cell<bool>,
    is_over: Cell<bool>,
    token: RefCell<String>,
    /// Bytes that the server has not confirmed; they begin at the `at`-th of all.
    row: RefCell<Vec<u8>>,
    at: Cell<u64>,
    is_sending: Cell<bool>,
    /// The last frame that was heard.
    got: Cell<u64>,
    stream: RefCell<Option<Stream>>,
    failures: Cell<u32>,
}

/// An event stream with its listeners; they end with it.
struct Stream {
    source: EventSource,
    _on_open: Closure<dyn FnMut()>,
    _on_event: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut()>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onmessage(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// What the server answers to hello and to pieces.
#[derive(Deserialize)]
struct Answer {
    line: Option<String>,
    close: Option<u16>,
    at: Option<u64>,
}

/// Why a request gave nothing.
enum Failure {
    /// It may get through the next time.
    Broken,
    /// The server does not know the line any more.
    Ended,
}

impl HttpLine {
    pub(super) fn open(board: &BoardId, way: Way, ear: Ear) -> Self {
        let inner = Rc::new(Inner {
            address: site::path_to(&["line/", board.as_str()].concat()),
            ear,
            is_poll: Cell::new(way == Way::Poll),
            is_over: Cell::new(false),
            token: RefCell::default(),
            row: RefCell::default(),
            at: Cell::new(0),
            is_sending: Cell::new(false),
            got: Cell::new(0),
            stream: RefCell::default(),
            failures: Cell::new(0),
        });
        let opened = Rc::clone(&inner);
        // Not before whoever dials has it.
        spawn_local(async move { opened.tell(Heard::Open) });
        Self(inner)
    }

    pub(super) fn hello(&self, frame: Vec<u8>) {
        let inner = Rc::clone(&self.0);
        spawn_local(async move {
            match post(&inner.address, &frame).await {
                Ok(Answer {
                    line: Some(token), ..
                }) => inner.begin(&token),
                Ok(Answer { close, .. }) => inner.end(close),
                Err(_) => inner.end(None),
            }
        });
    }

    /// Before hello there is nobody to send to.
    pub(super) fn send(&self, frame: &[u8]) {
        let inner = &self.0;
        let mut head = Writer::new();
        head.write_var_u64(frame.len() as u64);
        let mut row = inner.row.borrow_mut();
        row.extend_from_slice(&head.into_bytes());
        row.extend_from_slice(frame);
        drop(row);
        inner.send_on();
    }

    pub(super) fn hang_up(self) {
        self.0.is_over.set(true);
        self.0.stream.borrow_mut().take();
    }
}

impl Inner {
    fn tell(&self, heard: Heard) {
        if !self.is_over.get() {
            (self.ear)(heard);
        }
    }

    fn end(&self, code: Option<u16>) {
        self.tell(Heard::Closed(code));
        self.is_over.set(true);
    }

    fn begin(self: &Rc<Self>, token: &str) {
        *self.token.borrow_mut() = ["/", token].concat();
        self.listen();
        self.send_on();
        if !self.is_poll.get() {
            let this = Rc::clone(self);
            timer::after(HELD_BACK_MS, move || {
                if this.got.get() == 0 {
                    this.is_poll.set(true);
                    this.tell(Heard::HeldBack);
                    this.listen();
                }
            });
        }
    }

    fn request(&self, query: &str) -> String {
        [&*self.address, &**self.token.borrow(), query].concat()
    }

    /// Opens the event stream (again) after what was heard.
    fn listen(self: &Rc<Self>) {
        if self.is_over.get() {
            return;
        }
        let poll = if self.is_poll.get() { "&poll=1" } else { "" };
        let query = ["?from=", &*self.got.get().to_string(), poll].concat();
        let Ok(source) = EventSource::new(&self.request(&query)) else {
            return self.end(None);
        };
        let has_opened = Rc::new(Cell::new(false));
        let (this, opened) = (Rc::clone(self), Rc::clone(&has_opened));
        let on_open = Closure::<dyn FnMut()>::new(move || {
            opened.set(true);
            this.failures.set(0);
        });
        let this = Rc::clone(self);
        let on_event = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            this.hear(&event);
        });
        let this = Rc::clone(self);
        let on_error = Closure::<dyn FnMut()>::new(move || this.stream_ended(has_opened.get()));
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        source.set_onmessage(Some(on_event.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // An event source takes every name that events can have.
        let _ = source.add_event_listener_with_callback("close", on_event.as_ref().unchecked_ref());
        *self.stream.borrow_mut() = Some(Stream {
            source,
            _on_open: on_open,
            _on_event: on_event,
            _on_error: on_error,
        });
    }

    fn hear(&self, event: &MessageEvent) {
        let data = event.data().as_string().unwrap_or_default();
        if event.type_() == "close" {
            return self.end(data.parse().ok());
        }
        // A number that was heard already is of a stream that another has replaced.
        if event.last_event_id().parse() == Ok(self.got.get() + 1) {
            self.got.set(self.got.get() + 1);
            self.tell(Heard::Frame(base64::read(&data)));
        }
    }

    /// It broke, or a proxy cut it, or an answer to a poll was whole.
    fn stream_ended(self: &Rc<Self>, had_opened: bool) {
        self.stream.borrow_mut().take();
        if self.is_over.get() {
            return;
        }
        let this = Rc::clone(self);
        if had_opened {
            let wait = if self.is_poll.get() { 0 } else { WAIT_MS };
            timer::after(wait, move || this.listen());
            return;
        }
        // The browser does not say why: the other way tells whether the line is still there.
        spawn_local(async move {
            match this.send_piece(&[]).await {
                Err(Failure::Ended) => this.end(None),
                _ => {
                    if let Some(wait) = this.wait() {
                        let again = Rc::clone(&this);
                        timer::after(wait, move || again.listen());
                    }
                }
            }
        });
    }

    /// How long to wait before the next try; the line is given up after some.
    fn wait(&self) -> Option<u32> {
        self.failures.set(self.failures.get() + 1);
        if self.failures.get() > PATIENCE {
            self.end(None);
            return None;
        }
        Some(WAIT_MS * self.failures.get())
    }

    /// Sends what waits, one request after the other.
    fn send_on(self: &Rc<Self>) {
        if self.is_sending.get() || self.is_over.get() || self.token.borrow().is_empty() {
            return;
        }
        let piece = {
            let row = self.row.borrow();
            row[..row.len().min(PIECE_BYTES)].to_vec()
        };
        if piece.is_empty() {
            return;
        }
        self.is_sending.set(true);
        let this = Rc::clone(self);
        spawn_local(async move {
            let sent = this.send_piece(&piece).await;
            this.is_sending.set(false);
            match sent {
                Ok(at) => {
                    let confirmed = at.saturating_sub(this.at.get());
                    let mut row = this.row.borrow_mut();
                    let confirmed = row.len().min(confirmed as usize); // less than a row is long
                    row.drain(..confirmed);
                    drop(row);
                    this.at.set(at);
                    this.failures.set(0);
                    this.send_on();
                }
                Err(Failure::Ended) => this.end(None),
                Err(Failure::Broken) => {
                    if let Some(wait) = this.wait() {
                        let again = Rc::clone(&this);
                        timer::after(wait, move || again.send_on());
                    }
                }
            }
        });
    }

    /// Gives how far the server has come.
    async fn send_piece(&self, piece: &[u8]) -> Result<u64, Failure> {
        let at = self.at.get().to_string();
        let got = self.got.get().to_string();
        let address = self.request(&["?at=", &*at, "&got=", &*got].concat());
        post(&address, piece).await?.at.ok_or(Failure::Broken)
    }
}

async fn post(address: &str, body: &[u8]) -> Result<Answer, Failure> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&Uint8Array::from(body));
    let response = fetch(address, &init).await.ok_or(Failure::Broken)?;
    match response.status() {
        200 => {}
        404 | 409 => return Err(Failure::Ended),
        _ => return Err(Failure::Broken),
    }
    let text = response.text().map_err(|_| Failure::Broken)?;
    let text = JsFuture::from(text).await.map_err(|_| Failure::Broken)?;
    let text = text.as_string().unwrap_or_default();
    serde_json::from_str(&text).map_err(|_| Failure::Broken)
}

/// Whether the server answers over plain HTTP just now.
pub(in crate::replica) async fn answers() -> bool {
    let init = RequestInit::new();
    init.set_cache(web_sys::RequestCache::NoStore);
    fetch(&site::path_to("check/echo"), &init)
        .await
        .is_some_and(|response| response.ok())
}

async fn fetch(address: &str, init: &RequestInit) -> Option<Response> {
    let response = JsFuture::from(window().fetch_with_str_and_init(address, init)).await;
    response.map(JsValue::unchecked_into).ok()
}
