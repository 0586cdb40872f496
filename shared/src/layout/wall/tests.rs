use super::*;
use proptest::prelude::*;

/// A hall's wall, 1920 × 1080.
pub(super) const HALL: WallArea = WallArea {
    width: 1_760.0,
    height: 700.0,
    unit: 1.0,
};
/// 1024 × 768.
pub(super) const SMALL: WallArea = WallArea {
    width: 910.0,
    height: 520.0,
    unit: 768.0 / 1080.0,
};

const FULL_HD: WallArea = WallArea {
    width: 1760.0,
    height: 640.0,
    unit: 1.0,
};

/// All pages: one when all is on one, else as many as the cards of a programme are counted to be.
pub(super) fn wall_pages(regions: &[WallRegion<'_>], area: WallArea) -> Vec<WallPage> {
    if is_nothing(regions, area) {
        return Vec::new();
    }
    if let Some((page, _)) = wall_page_after(&WallArrangement::default(), regions, area) {
        return vec![page];
    }
    let ordered: Vec<&WallRegion<'_>> = regions.iter().collect();
    let order: Vec<usize> = (0..regions.len()).collect();
    let font = FONT_STEPS[FONT_STEPS.len() - 1] * area.unit;
    let mut measured = Measured::of(&ordered, area.width / font, Paper::Tight);
    let dealt = pages::deal(&mut measured, area.height / font, usize::MAX);
    dealt
        .iter()
        .map(|plan| page_of(&mut measured, &order, plan, font, area))
        .collect()
}

/// The one page after another.
pub(super) fn after(
    before: &WallArrangement,
    regions: &[WallRegion<'_>],
    area: WallArea,
) -> (WallPage, WallArrangement) {
    wall_page_after(before, regions, area).expect("all is on one page")
}

fn check(regions: &[WallRegion<'_>], area: WallArea) -> Vec<WallPage> {
    let pages = wall_pages(regions, area);
    let mut seen: Vec<(usize, usize)> = Vec::new();
    for page in &pages {
        for placed in &page.regions {
            assert!(is_inside(placed.frame, area), "{placed:?} is outside");
            for note in &placed.notes {
                seen.push((placed.region, note.note));
                assert!(is_inside(note.rect, area));
                assert!(
                    note.rect.width > 0.0 && note.rect.height > 0.0,
                    "{note:?} has no room"
                );
                assert!(
                    contains(placed.frame, note.rect),
                    "{note:?} leaves {:?}",
                    placed.frame
                );
            }
            no_overlap(placed.notes.iter().map(|note| note.rect));
        }
        no_overlap(page.regions.iter().map(|placed| placed.frame));
    }
    let all: Vec<(usize, usize)> = regions
        .iter()
        .enumerate()
        .flat_map(|(region, content)| (0..content.notes.len()).map(move |note| (region, note)))
        .collect();
    assert_eq!(seen, all, "each note once, in its order");
    pages
}

fn is_inside(rect: WallRect, area: WallArea) -> bool {
    contains(
        WallRect {
            left: 0.0,
            top: 0.0,
            width: area.width,
            height: area.height,
        },
        rect,
    )
}

fn contains(outer: WallRect, inner: WallRect) -> bool {
    const HAIR: f64 = 1e-6;
    inner.left >= outer.left - HAIR
        && inner.top >= outer.top - HAIR
        && inner.left + inner.width <= outer.left + outer.width + HAIR
        && inner.top + inner.height <= outer.top + outer.height + HAIR
}

fn no_overlap(rects: impl Iterator<Item = WallRect>) {
    let rects: Vec<WallRect> = rects.collect();
    for (at, a) in rects.iter().enumerate() {
        for b in &rects[at + 1..] {
            let apart = a.left + a.width <= b.left
                || b.left + b.width <= a.left
                || a.top + a.height <= b.top
                || b.top + b.height <= a.top;
            assert!(apart, "{a:?} and {b:?} overlap");
        }
    }
}

#[test]
fn a_few_clusters_stand_side_by_side_in_large_letters() {
    let regions = [
        WallRegion {
            title_em: measure::TITLE,
            name: "Inge",
            title: "Ingen eier overgangen",
            notes: vec![
                "Jeg fikk tre telefonnumre. Ingen av dem svarte.".into(),
                "Epikrisen kommer tre dager etter at hun kom hjem.".into(),
                "Mamma ble sendt hjem fredag kl. 16.".into(),
                "Alle tror at noen andre har ringt.".into(),
            ],
        },
        WallRegion {
            title_em: measure::TITLE,
            name: "Vi s",
            title: "Vi snakker om, ikke med",
            notes: vec![
                "Møtet om meg ble holdt uten meg.".into(),
                "Jeg nikket. Jeg forsto ikke.".into(),
            ],
        },
        WallRegion {
            title_em: measure::TITLE,
            name: "Vane",
            title: "Vaner vi må slutte med",
            notes: vec!["Å skrive ut på fredager".into()],
        },
    ];
    let pages = check(&regions, FULL_HD);
    assert_eq!(pages.len(), 1);
    assert!(pages[0].font >= 32.0, "{}", pages[0].font);
    let tops: Vec<f64> = pages[0]
        .regions
        .iter()
        .map(|placed| placed.frame.top)
        .collect();
    assert_eq!(tops, [0.0, 0.0, 0.0]);
    let right = pages[0]
        .regions
        .iter()
        .map(|placed| placed.frame.left + placed.frame.width)
        .fold(0.0, f64::max);
    assert!((right - FULL_HD.width).abs() < 1.0, "they fill the width");
}

#[test]
fn four_hundred_notes_are_dealt_to_few_pages() {
    let texts: Vec<String> = (0..400)
        .map(|n| format!("Lapp {n}: ingen sa hvem jeg skulle ringe om natta"))
        .collect();
    let regions: Vec<WallRegion<'_>> = texts
        .chunks(40)
        .map(|chunk| WallRegion {
            title_em: measure::TITLE,
            name: "a",
            title: "En klynge med navn",
            notes: chunk.iter().map(|text| text.as_str().into()).collect(),
        })
        .collect();
    let pages = check(
        &regions,
        WallArea {
            height: 720.0,
            ..FULL_HD
        },
    );
    assert!((2..=26).contains(&pages.len()), "{} pages", pages.len());
}

#[test]
fn nothing_has_no_page_and_an_empty_cluster_has_one() {
    assert!(wall_pages(&[], FULL_HD).is_empty());
    assert_eq!(
        check(
            &[WallRegion {
                title_em: measure::TITLE,
                name: "a",
                title: "Tom",
                notes: vec![]
            }],
            FULL_HD
        )
        .len(),
        1
    );
}

/// Regions by name with so many notes each.
fn regions<'a>(content: &[(&'a str, usize)]) -> Vec<WallRegion<'a>> {
    let region = |&(name, count): &(&'a str, usize)| WallRegion {
        title_em: measure::TITLE,
        name,
        title: name,
        notes: vec!["Ingen sa hvem jeg skulle ringe om natta".into(); count],
    };
    content.iter().map(region).collect()
}

#[test]
fn a_few_notes_have_large_letters_and_fill_the_wall() {
    for count in 1..=8 {
        let mut region = regions(&[("a", count)]);
        region[0].title = "";
        let pages = check(&region, FULL_HD);
        let least = if count <= 4 { 48.0 } else { 36.0 };
        assert!(pages[0].font >= least, "{count}: {}", pages[0].font);
        let (width, height) = pages[0]
            .regions
            .iter()
            .fold((0.0f64, 0.0f64), |end, placed| {
                let frame = placed.frame;
                (
                    end.0.max(frame.left + frame.width),
                    end.1.max(frame.top + frame.height),
                )
            });
        let part = width * height / (FULL_HD.width * FULL_HD.height);
        assert!(count < 3 || part > 0.55, "{count} cover {part}");
    }
}

#[test]
fn what_has_a_place_keeps_it_while_nothing_forces_a_move() {
    let first = WallArrangement::default();
    let (page, before) = after(&first, &regions(&[("a", 4), ("b", 1)]), FULL_HD);
    // By now b has more: it would come first if all was laid out anew.
    let (now, _) = after(&before, &regions(&[("b", 2), ("a", 4)]), FULL_HD);
    assert_eq!(now.font.to_bits(), page.font.to_bits());
    let frame = |page: &WallPage, region: usize| {
        let mut regions = page.regions.iter();
        let placed = regions.find(|placed| placed.region == region);
        placed.map(|placed| (placed.frame.left, placed.frame.top, placed.frame.width))
    };
    assert_eq!(frame(&now, 1), frame(&page, 0));
    assert_eq!(frame(&now, 0), frame(&page, 1));
    // When it no longer fits, all are laid out anew, in the order that is given.
    let (anew, _) = after(&before, &regions(&[("b", 16), ("a", 4)]), FULL_HD);
    assert_eq!(anew.regions[0].region, 0);
    assert!(anew.font < page.font);
}

#[test]
fn a_new_region_goes_where_there_is_room_and_a_gone_one_leaves_no_hole() {
    let first = WallArrangement::default();
    let (page, before) = after(&first, &regions(&[("a", 8), ("b", 1)]), FULL_HD);
    let three = regions(&[("a", 8), ("b", 1), ("c", 0)]);
    let (now, before) = after(&before, &three, FULL_HD);
    assert_eq!(now.regions[..2], page.regions[..]);
    let (now, _) = after(&before, &regions(&[("c", 0)]), FULL_HD);
    assert!(now.font > page.font);
}

#[test]
fn no_word_is_broken_where_a_wider_column_holds_it() {
    let long = "Hjemmesykepleietjenesten";
    let region = WallRegion {
        title_em: measure::TITLE,
        name: "a",
        title: "",
        notes: vec![long.into(); 3],
    };
    let pages = check(&[region], FULL_HD);
    let room = pages[0].regions[0].notes[0].rect.width / pages[0].font - 2.0 * measure::NOTE_SIDE;
    assert_eq!(crate::layout::wrap(long, 1.0, room), [long]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn nothing_overlaps_and_nothing_is_outside(
        content in proptest::collection::vec(
            ("[A-Za-zæøå ]{0,90}", proptest::collection::vec("[a-zæøå👍 \n]{0,220}", 0..30)), 0..12),
        width in 420.0..4000.0f64,
        ratio in 0.3..1.2f64,
        unit in 0.5..2.0f64,
    ) {
        let regions: Vec<WallRegion<'_>> = content
            .iter()
            .map(|(title, notes)| WallRegion { title_em: measure::TITLE, name: title, title, notes: notes.iter().map(|text| WallNote { foot: text, ..text.as_str().into() }).collect() })
            .collect();
        let area = WallArea { width, height: (width * ratio).max(500.0 * unit), unit };
        check(&regions, area);
    }
}
