//! The client.
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
#[component]
fn App() -> impl IntoView {
    let n = RwSignal::new(1);
    view! { <h1>"hei"</h1> <p>{move || n.get()}</p> <button on:click=move |_| n.set(3)>"en"</button> }
}
/// Starts.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(|| view! { <App/> });
    use yrs::{Doc, Transact, Map};
    let d = Doc::new(); let m = d.get_or_insert_map("notes"); m.insert(&mut d.transact_mut(), "a", 1.0);
}
