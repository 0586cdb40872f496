//! The board in the browser: desk, phone and wall.
//!
//! [`app`] chooses the page, [`replica`] holds the board and talks to the server, [`state`] turns
//! its changes into signals, [`tools`] turn gestures into changes, and `desk`, `phone`, `wall` and
//! `home` are what people see, made of [`parts`]. At the bottom are [`browser`] and [`i18n`]. No rule of the board lives here: see `shared`.

// What `#[component]` makes is `pub`, wherever it stands.
#![allow(unreachable_pub)]

mod app;
mod browser;
mod desk;
mod facilitate;
mod home;
mod i18n;
mod moments;
mod notes;
mod parts;
mod paste;
mod phone;
mod photo;
mod remember;
mod replica;
mod session;
mod site;
mod state;
mod tools;
mod wall;

pub use app::Bundle;

/// Starts the client; what a bundle (`src/bin`) does when its WASM has arrived.
pub fn start(bundle: &'static Bundle) {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(move || leptos::view! { <app::App bundle /> });
}
