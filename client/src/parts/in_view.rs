//! Bringing something into view, moving what is read no farther than it must.

use web_sys::Element;

/// Air between what is brought into view and the rim of what shows it, pixels.
const AIR: f64 = 12.0;

/// Scrolls `page` so that `element` is seen in it, above `lowest` (pixels from the window's top). Of what is
/// higher than that room, its top is seen.
pub(crate) fn bring_into_view(page: &Element, element: &Element, lowest: f64) {
    let (frame, place) = (
        page.get_bounding_client_rect(),
        element.get_bounding_client_rect(),
    );
    let lowest = lowest.min(frame.bottom()) - AIR;
    let highest = frame.top() + AIR;
    let way = way(place.top(), place.bottom(), highest, lowest);
    if way != 0.0 {
        page.set_scroll_top((f64::from(page.scroll_top()) + way).round() as i32);
    }
}

/// How far down to scroll so that what lies from `top` to `bottom` comes between `highest` and `lowest`.
fn way(top: f64, bottom: f64, highest: f64, lowest: f64) -> f64 {
    if top < highest {
        top - highest
    } else {
        (bottom - lowest).min(top - highest).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::way;

    #[test]
    fn what_is_in_view_stays_and_what_is_not_moves_no_farther_than_it_must() {
        for (top, bottom, moved) in [
            (100.0, 200.0, 0.0),
            (500.0, 700.0, 100.0),
            (-30.0, 60.0, -40.0),
            (300.0, 1000.0, 290.0),
        ] {
            assert!((way(top, bottom, 10.0, 600.0) - moved).abs() < 0.1);
        }
    }
}
