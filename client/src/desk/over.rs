//! All that lies over the canvas is followed one by one, as it comes, goes and grows: what belongs to something on the
//! board stands clear of it.

use super::{
    DeskState,
    insets::{OVER, found, over},
};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MutationObserver, MutationObserverInit, ResizeObserver};

/// Where such things come and go at any depth.
const DEEP: &str = ".side, .rim__own, .rim__troubles";

/// What tells of sizes and of what comes, and what they call.
struct Watch {
    sizes: ResizeObserver,
    comings: MutationObserver,
    _measured: Closure<dyn FnMut()>,
    _came: Closure<dyn FnMut(JsValue, MutationObserver)>,
}

impl Watch {
    fn new(desk: DeskState) -> Option<Self> {
        let measured = Closure::<dyn FnMut()>::new(move || desk.measure_covers());
        let sizes = ResizeObserver::new(measured.as_ref().unchecked_ref()).ok()?;
        let each = sizes.clone();
        let came = Closure::new(move |_: JsValue, comings: MutationObserver| {
            look_out(&comings, &each);
        });
        let comings = MutationObserver::new(came.as_ref().unchecked_ref()).ok()?;
        look_out(&comings, &sizes);
        Some(Self {
            sizes,
            comings,
            _measured: measured,
            _came: came,
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.sizes.disconnect();
        self.comings.disconnect();
    }
}

/// Hears of what comes and goes, and of the sizes of what is there. Who is looked at anew is told of at once.
fn look_out(comings: &MutationObserver, sizes: &ResizeObserver) {
    let how = MutationObserverInit::new();
    how.set_child_list(true);
    for (selector, is_deep) in [(".desk", false), (DEEP, true)] {
        how.set_subtree(is_deep);
        for element in found(selector) {
            // Fails only where nothing is asked for.
            let _ = comings.observe_with_options(&element, &how);
        }
    }
    for element in found(OVER) {
        sizes.observe(&element);
    }
}

impl DeskState {
    /// Keeps `over` true, as things come and go and are of another size.
    pub(super) fn follow_covers(self) {
        let watch = StoredValue::new_local(None::<Watch>);
        Effect::new(move || {
            if watch.with_value(Option::is_none) {
                watch.set_value(Watch::new(self));
            }
            // What hangs at the rim of a window moves with it, and stays as large as it is.
            self.view.track();
            self.measure_covers();
        });
        on_cleanup(move || drop(watch.try_update_value(Option::take)));
    }

    fn measure_covers(self) {
        let now = over();
        let is_new = self.over.try_with_untracked(|before| *before != now);
        if is_new == Some(true) {
            self.over.set(now);
        }
    }
}
