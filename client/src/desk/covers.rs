//! What stands over the canvas, measured: panels come and go with the session, and what is to be seen lies
//! beside them.
//!
//! An element says by `data-covers` which side of the canvas it takes: `left`, `right` or `bottom`.

use samtavle_shared::geometry::Size;

/// Between a panel and what lies beside it, screen pixels.
const AIR: f64 = 16.0;
/// The least part of the view that panels leave; on a narrow screen notes lie under them, too.
const LEAST: f64 = 0.4;

/// How far panels reach into the view from each side, screen pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Covers {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Covers {
    /// As the page stands now.
    pub(super) fn now(view: Size) -> Self {
        let of = |side: &str| {
            let selector = ["[data-covers=", side, "]"].concat();
            let found = leptos::prelude::document()
                .query_selector_all(&selector)
                .ok();
            let count = found.as_ref().map_or(0, web_sys::NodeList::length);
            let rects = (0..count).filter_map(|index| {
                let node = found.as_ref()?.get(index)?;
                let element: web_sys::Element = wasm_bindgen::JsCast::dyn_into(node).ok()?;
                let rect = element.get_bounding_client_rect();
                (rect.width() > 0.0 && rect.height() > 0.0).then_some(rect)
            });
            rects.collect::<Vec<_>>()
        };
        let reach = |far: f64| if far > 0.0 { far + AIR } else { 0.0 };
        let most = |reaches: &mut dyn Iterator<Item = f64>| reach(reaches.fold(0.0, f64::max));
        Self {
            left: most(&mut of("left").iter().map(|rect| rect.left() + rect.width())),
            right: most(&mut of("right").iter().map(|rect| view.width - rect.left())),
            bottom: most(&mut of("bottom").iter().map(|rect| view.height - rect.top())),
        }
        .within(view)
    }

    /// Never so much that nothing is left to look at.
    fn within(self, view: Size) -> Self {
        let too_wide = self.left + self.right > (1.0 - LEAST) * view.width;
        let too_high = self.bottom > (1.0 - LEAST) * view.height;
        Self {
            left: if too_wide { 0.0 } else { self.left },
            right: self.right.min((1.0 - LEAST) * view.width),
            bottom: if too_high { 0.0 } else { self.bottom },
        }
    }
}
