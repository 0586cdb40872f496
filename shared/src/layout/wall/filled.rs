//! One page of a wall that is too full for one: filled with the notes that are wanted first.

use super::{
    FONT_STEPS, Paper, ROOMY, WallArea, WallPage, WallRegion, Words, fit,
    fit::{Plan, Spot},
    page_of,
    region::Measured,
};

/// As many of the `wanted` notes (region, and which of its notes), from the first on, as one page holds; with the
/// largest letters in which these fit. Gives how many they are: one at least.
pub fn filled_page(
    regions: &[WallRegion<'_>],
    wanted: &[(usize, usize)],
    area: WallArea,
) -> (WallPage, usize) {
    let smallest = FONT_STEPS[FONT_STEPS.len() - 1];
    let fits = |count: usize| {
        let parts = Parts::of(regions, &wanted[..count]);
        let shown: Vec<&WallRegion<'_>> = parts.regions.iter().collect();
        let font = smallest * area.unit;
        let mut measured = Measured::of(&shown, area.width / font, Paper::Tight);
        let all = measured.whole();
        fit::fits(&mut measured, &all, area.height / font)
    };
    // So many fit, and so many do not.
    let (mut fitting, mut too_many) = (wanted.len().min(1), wanted.len() + 1);
    let mut step = 8;
    while too_many - fitting > 1 {
        // A page holds a few dozen of thousands: the end is looked for from the beginning.
        let next = (fitting + step).min(usize::midpoint(fitting, too_many).max(fitting + 1));
        if fits(next) {
            fitting = next;
        } else {
            too_many = next;
            step = usize::MAX / 4;
        }
    }
    let parts = Parts::of(regions, &wanted[..fitting]);
    (parts.page(area), fitting)
}

/// Some notes, by their regions.
struct Parts<'a> {
    regions: Vec<WallRegion<'a>>,
    /// Which region each is, and which of its notes there are.
    which: Vec<(usize, Vec<usize>)>,
}

impl<'a> Parts<'a> {
    /// In the order of the regions, and of the notes in them.
    fn of(regions: &[WallRegion<'a>], chosen: &[(usize, usize)]) -> Self {
        let mut chosen = chosen.to_vec();
        crate::sorting::sort_by(&mut chosen, Ord::cmp);
        let mut which: Vec<(usize, Vec<usize>)> = Vec::new();
        for (region, note) in chosen {
            match which.last_mut() {
                Some((last, notes)) if *last == region => notes.push(note),
                _ => which.push((region, vec![note])),
            }
        }
        let part = |(region, notes): &(usize, Vec<usize>)| WallRegion {
            notes: notes
                .iter()
                .map(|&note| regions[*region].notes[note])
                .collect(),
            ..regions[*region]
        };
        Self {
            regions: which.iter().map(part).collect(),
            which,
        }
    }

    fn page(&self, area: WallArea) -> WallPage {
        let shown: Vec<&WallRegion<'_>> = self.regions.iter().collect();
        let order: Vec<usize> = self.which.iter().map(|(region, _)| *region).collect();
        let smallest = FONT_STEPS[FONT_STEPS.len() - 1];
        let steps = FONT_STEPS.into_iter().filter(|&step| step <= ROOMY);
        let sizes = steps
            .map(|step| (step, Words::Whole))
            .chain([(smallest, Words::Broken)]);
        let mut page = None;
        for (step, words) in sizes {
            let font = step * area.unit;
            let (width, height) = (area.width / font, area.height / font);
            let mut measured = Measured::of(&shown, width, Paper::Tight);
            let all = measured.whole();
            if let Some(plan) = fit::best(&mut measured, &all, words, height) {
                page = Some(page_of(&mut measured, &order, &plan, font, area));
                break;
            }
        }
        let mut page = page.unwrap_or_else(|| cut(&shown, &order, area));
        for placed in &mut page.regions {
            let notes = self
                .which
                .iter()
                .find(|(region, _)| *region == placed.region);
            let Some((_, chosen)) = notes else {
                continue;
            };
            for note in &mut placed.notes {
                note.note = chosen[note.note];
            }
        }
        page
    }
}

/// Only on a screen too small for one note: it is shown as far as there is room.
fn cut(shown: &[&WallRegion<'_>], order: &[usize], area: WallArea) -> WallPage {
    let font = FONT_STEPS[FONT_STEPS.len() - 1] * area.unit;
    let mut measured = Measured::of(shown, area.width / font, Paper::Tight);
    let spots = measured.whole().first().map(|&piece| Spot {
        piece,
        column: 0,
        span: 1,
        top: 0.0,
    });
    let plan = Plan {
        words: Words::Broken,
        columns: 1,
        spots: spots.into_iter().collect(),
    };
    page_of(&mut measured, order, &plan, font, area)
}

#[cfg(test)]
mod tests {
    use super::super::tests::HALL;
    use super::{super::measure, *};
    use proptest::prelude::*;

    fn region<'a>(name: &'a str, texts: &'a [String]) -> WallRegion<'a> {
        WallRegion {
            name,
            title: "Ingen eier overgangen",
            title_em: measure::TITLE,
            notes: texts.iter().map(|text| text.as_str().into()).collect(),
        }
    }

    proptest! {
        #[test]
        fn the_first_wanted_are_on_the_page_each_once_and_nothing_is_outside(
            texts in proptest::collection::vec("[a-zæø ]{4,160}", 1..60),
            turned in any::<bool>(),
        ) {
            let (few, many) = texts.split_at(texts.len() / 3);
            let regions = [region("a", few), region("b", many)];
            let mut wanted: Vec<(usize, usize)> = (0..few.len()).map(|note| (0, note)).collect();
            wanted.extend((0..many.len()).map(|note| (1, note)));
            if turned {
                wanted.reverse();
            }
            let (page, count) = filled_page(&regions, &wanted, HALL);
            let mut shown: Vec<(usize, usize)> = Vec::new();
            for region in &page.regions {
                for note in &region.notes {
                    prop_assert!(note.rect.top + note.rect.height <= HALL.height + 1e-6);
                    shown.push((region.region, note.note));
                }
            }
            let mut first = wanted[..count].to_vec();
            first.sort_unstable();
            shown.sort_unstable();
            prop_assert_eq!(shown, first);
        }
    }

    #[test]
    fn a_page_is_filled() {
        let texts =
            vec!["Ingen ringte da hun kom hjem, og ingen visste hvem som skulle".to_owned(); 60];
        let regions = [region("a", &texts[..4]), region("b", &texts[4..])];
        let wanted: Vec<(usize, usize)> = (0..4)
            .map(|n| (0, n))
            .chain((0..56).map(|n| (1, n)))
            .collect();
        let (page, count) = filled_page(&regions, &wanted, HALL);
        assert!(count >= 16, "{count}");
        let covered: f64 = page
            .regions
            .iter()
            .map(|region| region.frame.width * region.frame.height)
            .sum();
        assert!(covered > 0.75 * HALL.width * HALL.height, "{covered}");
    }
}
