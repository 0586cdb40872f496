//! Long words, as Norwegian has them.

use super::{
    tests::{after, wall_pages},
    *,
};
use crate::layout::wrap;

const LONG: &str = "Hjemmesykepleietjenesten";
const TITLE: &str =
    "Ingen eier overgangen fra sykehuset til kommunen, og ingen vet hvem som skal ringe hvem der";

fn region<'a>(name: &'a str, title: &'a str, notes: &'a [String]) -> WallRegion<'a> {
    WallRegion {
        title_em: measure::TITLE,
        name,
        title,
        notes: notes.iter().map(|text| text.as_str().into()).collect(),
    }
}

/// Two clusters, one with a title of three lines, and some free notes: the wall of the browser's story.
fn beside_a_long_title(notes: &[String]) -> Vec<WallRegion<'_>> {
    vec![
        region("a", TITLE, &notes[..5]),
        region("b", "Vi snakker om, ikke med", &notes[5..9]),
        region("", "Uten klynge", &notes[9..]),
    ]
}

fn notes() -> Vec<String> {
    let texts = [
        "Hjemmesykepleietjenesten visste ikke om det før mandag.",
        "To lister med medisiner, og ingen vet hvilken som gjelder.",
        "Alle tror at noen andre har ringt.",
    ];
    let numbered =
        |count: usize| (0..count).map(move |at| format!("{} ({at})", texts[at % texts.len()]));
    let free = [
        "Ingen spurte meg.",
        "Jeg nikket. Jeg forsto ikke.",
        "Bussen går ikke etter klokka seks.",
    ];
    let clustered = numbered(5).chain(numbered(4));
    clustered.chain(free.map(str::to_owned)).collect()
}

/// Whether the long word stands on one line of every note that has it.
fn is_whole(pages: &[WallPage], regions: &[WallRegion<'_>]) -> bool {
    pages.iter().all(|page| {
        page.regions.iter().all(|placed| {
            placed.notes.iter().all(|note| {
                let text = regions[placed.region].notes[note.note].text;
                let room = note.rect.width / page.font - 2.0 * measure::NOTE_SIDE;
                !text.contains(LONG) || wrap(LONG, 1.0, room).len() == 1
            })
        })
    })
}

#[test]
fn a_long_word_is_whole_beside_a_title_of_three_lines() {
    let notes = notes();
    let regions = beside_a_long_title(&notes);
    // As much as head and foot leave at 1920 × 1080, with a heading of one line and of two, at 3840 × 2160, and at
    // 1024 × 768, where there is not room for all.
    for (width, height, unit, count) in [
        (1_760.0, 682.0, 1.0, 1),
        (1_760.0, 640.0, 1.0, 1),
        (3_520.0, 1_364.0, 2.0, 1),
        (910.0, 485.0, 0.711, 2),
    ] {
        let area = WallArea {
            width,
            height,
            unit,
        };
        let pages = wall_pages(&regions, area);
        assert_eq!(pages.len(), count, "{area:?}");
        assert!(is_whole(&pages, &regions), "{area:?}");
    }
}

#[test]
fn a_long_word_stays_whole_while_its_cluster_grows() {
    let notes = notes();
    let regions = beside_a_long_title(&notes);
    let area = WallArea {
        width: 1_760.0,
        height: 682.0,
        unit: 1.0,
    };
    let mut before = WallArrangement::default();
    for count in 1..=5 {
        let mut now = regions.clone();
        now[0].notes.truncate(count);
        let (page, next) = after(&before, &now, area);
        assert!(is_whole(&[page], &now), "{count} notes");
        before = next;
    }
}

#[test]
fn no_text_is_cut_where_longer_lines_hold_it() {
    let told =
        "Jeg ringte tre ganger, og hver gang måtte jeg fortelle det hele på nytt. ".repeat(6);
    let mut notes: Vec<String> = vec!["Ingen ringte.".to_owned(); 20];
    notes.push(told);
    for title in ["", TITLE] {
        let regions = [region("a", title, &notes)];
        let area = WallArea {
            width: 1_760.0,
            height: 682.0,
            unit: 1.0,
        };
        for page in wall_pages(&regions, area) {
            for note in &page.regions[0].notes {
                let room = note.rect.width / page.font - 2.0 * measure::NOTE_SIDE;
                let lines = wrap(&notes[note.note], 1.0, room).len();
                assert!(lines <= measure::MOST_LINES, "{lines} lines");
            }
        }
    }
}

#[test]
fn a_long_word_among_many_notes_does_not_make_a_page_of_each() {
    let mut notes: Vec<String> = vec!["Ingen sa hvem jeg skulle ringe om natta".to_owned(); 60];
    notes[3] = format!("{LONG} visste ikke om det før mandag.");
    let regions = [
        region("a", "Ingen eier overgangen", &notes[..6]),
        region("", "Uten klynge", &notes[6..]),
    ];
    for (width, height, unit) in [(1_760.0, 793.0, 1.0), (910.0, 564.0, 0.711)] {
        let area = WallArea {
            width,
            height,
            unit,
        };
        let pages = wall_pages(&regions, area);
        assert!(pages.len() <= 5, "{} pages", pages.len());
        assert!(is_whole(&pages, &regions));
    }
}

#[test]
fn the_cluster_of_most_voices_has_the_largest_title() {
    let notes = notes();
    let mut regions = beside_a_long_title(&notes);
    let area = WallArea {
        width: 1_760.0,
        height: 682.0,
        unit: 1.0,
    };
    let height = |regions: &[WallRegion<'_>]| {
        let pages = wall_pages(regions, area);
        let placed = &pages[0].regions[0];
        (placed.notes[0].rect.top - placed.frame.top) / pages[0].font
    };
    regions[0].title = "Ingen eier overgangen";
    let before = height(&regions);
    regions[0].title_em = measure::TITLE_OF_MOST;
    let more = height(&regions) - before;
    let line = (measure::TITLE_OF_MOST - measure::TITLE) * measure::TITLE_LINE;
    assert!((more - line).abs() < 1e-6, "{more}");
}
