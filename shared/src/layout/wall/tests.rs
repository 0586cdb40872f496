use super::*;
use proptest::prelude::*;

const FULL_HD: WallArea = WallArea {
    width: 1760.0,
    height: 640.0,
    unit: 1.0,
};

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
            title: "Ingen eier overgangen",
            notes: vec![
                "Jeg fikk tre telefonnumre. Ingen av dem svarte.".into(),
                "Epikrisen kommer tre dager etter at hun kom hjem.".into(),
                "Mamma ble sendt hjem fredag kl. 16.".into(),
                "Alle tror at noen andre har ringt.".into(),
            ],
        },
        WallRegion {
            title: "Vi snakker om, ikke med",
            notes: vec![
                "Møtet om meg ble holdt uten meg.".into(),
                "Jeg nikket. Jeg forsto ikke.".into(),
            ],
        },
        WallRegion {
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
    assert!((2..=16).contains(&pages.len()), "{} pages", pages.len());
}

#[test]
fn nothing_has_no_page_and_an_empty_cluster_has_one() {
    assert!(wall_pages(&[], FULL_HD).is_empty());
    assert_eq!(
        check(
            &[WallRegion {
                title: "Tom",
                notes: vec![]
            }],
            FULL_HD
        )
        .len(),
        1
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

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
            .map(|(title, notes)| WallRegion { title, notes: notes.iter().map(|text| WallNote { foot: text, ..text.as_str().into() }).collect() })
            .collect();
        let area = WallArea { width, height: (width * ratio).max(500.0 * unit), unit };
        check(&regions, area);
    }
}
