//! The rows of a vote's result: as many on a page as are whole, evenly dealt to pages, and as large as the height lets
//! them be: few results are not small at the top of an empty wall.

/// How rows are shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResultRows {
    /// So many are on a page.
    pub on_page: usize,
    /// How much larger than at their smallest everything in them is.
    pub grown: f64,
}

// As `assets/styles/wall.css` draws, in 1/1080 of the screen's height.
/// A title and a verdict: the least height of a row.
const ROW: f64 = 107.0;
/// Between rows.
const GAP: f64 = 14.0;
/// The bar, and each line of figures under it.
const BAR: f64 = 46.0;
const FIGURES: f64 = 33.0;
/// Which part of the width is theirs.
const FIGURES_PART: f64 = 0.59;
/// More is larger than what is asked above.
const MOST_GROWN: f64 = 1.9;
const STEP: f64 = 0.1;

impl ResultRows {
    /// For so many `items`, each with figures of these widths in a row, in a room of this size; all in 1/1080 of the
    /// screen's height.
    pub fn fitting(items: usize, figures: &[f64], (width, height): (f64, f64)) -> Self {
        let row = |grown: f64| {
            let lines = lines(figures, width * FIGURES_PART / grown) as f64;
            grown * ROW.max(BAR + FIGURES * lines) + GAP
        };
        let fit = ((height + GAP) / row(1.0)).floor().max(1.0) as usize;
        let pages = items.div_ceil(fit).max(1);
        let on_page = items.div_ceil(pages).max(1);
        let mut grown = MOST_GROWN;
        while grown > 1.0 && on_page as f64 * row(grown) > height + GAP {
            grown -= STEP;
        }
        Self {
            on_page,
            grown: grown.max(1.0),
        }
    }
}

/// How many lines figures stand in, side by side.
fn lines(figures: &[f64], width: f64) -> usize {
    let (mut lines, mut used) = (1, 0.0);
    for figure in figures {
        if used > 0.0 && used + figure > width {
            lines += 1;
            used = 0.0;
        }
        used += figure;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn few_results_fill_the_height_and_many_are_dealt_evenly() {
        let figures = [250.0; 5];
        let three = ResultRows::fitting(3, &figures, (1_760.0, 640.0));
        assert_eq!(three.on_page, 3);
        assert!(three.grown > 1.25, "{three:?}");
        let seven = ResultRows::fitting(7, &figures, (1_760.0, 640.0));
        assert_eq!(seven.on_page, 4, "four and three, not five and two");
    }

    #[test]
    fn a_small_screen_has_more_than_three() {
        let figures = [220.0; 5];
        let rows = ResultRows::fitting(8, &figures, (1_280.0, 560.0));
        assert!(rows.on_page >= 4, "{rows:?}");
    }

    proptest! {
        #[test]
        fn all_rows_of_a_page_are_within_the_height(
            items in 1..40_usize,
            figures in proptest::collection::vec(120.0..340.0f64, 0..8),
            width in 1_000.0..1_800.0f64,
            height in 300.0..900.0f64,
        ) {
            let rows = ResultRows::fitting(items, &figures, (width, height));
            prop_assert!((1.0..=MOST_GROWN).contains(&rows.grown));
            let lines = lines(&figures, width * FIGURES_PART / rows.grown) as f64;
            let row = rows.grown * ROW.max(BAR + FIGURES * lines);
            let needed = rows.on_page as f64 * (row + GAP) - GAP;
            prop_assert!(needed <= height + 1e-6 || rows.on_page == 1);
        }
    }
}
