//! What stands over the canvas, measured: panels come and go with the session, and what is to be seen lies
//! beside them.
//!
//! An element says by `data-covers` which side of the canvas it takes: `left`, `right` or `bottom`.

use leptos::prelude::*;
use samtavle_shared::geometry::{ScreenPoint, Size};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// What lies over the canvas for longer than a moment.
pub(super) const OVER: &str = ".side > :not(.moments, dialog), .side > .moments > *, .rim__view, .rim__own > *, .rim__ask, .rim__troubles, .rim__tools, .rim__status";
/// Between a panel and what lies beside it, screen pixels.
const AIR: f64 = 16.0;
/// The least part of the view that panels leave; on a narrow screen notes lie under them, too.
const LEAST: f64 = 0.4;

/// How far panels reach into the view from each side, screen pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Insets {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Insets {
    /// As the page stands now.
    pub(super) fn now(view: Size) -> Self {
        let of = |side: &str| {
            let selector = ["[data-covers=", side, "]"].concat();
            let rects = found(&selector).into_iter().filter_map(|element| {
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

/// What is found on the page.
pub(super) fn found(selector: &str) -> Vec<Element> {
    let found = document().query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, web_sys::NodeList::length);
    let elements = (0..count).filter_map(|index| found.as_ref()?.get(index)?.dyn_into().ok());
    elements.collect()
}

/// The upper left and the lower right corner of something that lies over the canvas, screen pixels.
pub(super) type Corners = [ScreenPoint; 2];

/// What lies over the canvas now, one by one.
pub(super) fn over() -> Vec<Corners> {
    /// What only a screen reader is told is no larger, screen pixels.
    const UNSEEN: f64 = 2.0;
    let corners = |element: Element| {
        let rect = element.get_bounding_client_rect();
        let is_seen = rect.width() > UNSEEN && rect.height() > UNSEEN;
        is_seen.then(|| {
            [
                ScreenPoint::new(rect.left().round(), rect.top().round()),
                ScreenPoint::new(rect.right().round(), rect.bottom().round()),
            ]
        })
    };
    found(OVER).into_iter().filter_map(corners).collect()
}
