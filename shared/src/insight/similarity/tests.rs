//! Which notes must be nearer to each other than to others.

use super::super::made::{Made, thoughts};
use super::*;
use proptest::prelude::*;

/// A board as it may be after twenty minutes: what the tests compare stands among these.
const BOARD: &[&str] = &[
    "Mamma ble sendt hjem fredag kl. 16. Apoteket var stengt.",
    "Jeg fikk ikke medisinene mine før mandag",
    "Apotekene er stengt i helga når vi kommer hjem",
    "Ingen ringte oss etter at pappa kom hjem fra sykehuset",
    "Etter sykehusinnleggelsen var det ingen som tok kontakt",
    "Vi visste ikke hvem vi skulle ringe om natta",
    "Jeg ringte fem ulike telefonnummer og ingen svarte",
    "Ungdommer sitter alene på rommet hele helga",
    "Det finnes ikke noe sted for ungdom å være om kvelden",
    "Fritidsklubben er stengt om sommeren",
    "Mange eldre er ensomme, særlig i jula",
    "Ensomheten er verst om kvelden",
    "Bussen går bare to ganger om dagen",
    "Uten bil kommer du ingen vei her ute",
    "Bussrutene passer ikke med legetimene",
    "Jeg måtte fortelle historien min på nytt til hver nye lege",
    "Fastlegen slutta, og ingen kjenner historia mi",
    "Journalene snakker ikke sammen",
    "Pårørende blir aldri spurt om hvordan de har det",
    "Eg er pårørande og veit ikkje kva rettar eg har",
    "Skjemaet på nett var så vanskelig at jeg ga opp",
    "Bestefar får ikke til BankID",
    "Skolen ser ikke barna som er slitne av å passe på mor",
    "Nobody told us who to call when he came home",
    "The bus does not run at weekends",
];

fn alike(a: &str, b: &str) -> f64 {
    let mut made: Vec<Made> = (BOARD.iter().enumerate())
        .map(|(number, text)| Made::new(&number.to_string(), "", text))
        .collect();
    made.push(Made::new("a", "", a));
    made.push(Made::new("b", "", b));
    let thoughts = thoughts(&made);
    Corpus::of(&thoughts).likeness(&"a".into(), &"b".into())
}

/// The first is nearer to the second than to the third.
#[track_caller]
fn nearer(to: &str, near: &str, far: &str) {
    let (near_by, far_off) = (alike(to, near), alike(to, far));
    assert!(
        near_by > far_off + 0.1,
        "«{to}» {near_by:.3} «{near}», {far_off:.3} «{far}»"
    );
}

#[test]
fn notes_on_the_same_thing_are_nearer() {
    nearer(
        "Mamma ble sendt hjem fredag kl. 16. Apoteket var stengt.",
        "Apotekene er stengt i helga når vi kommer hjem",
        "Bussen går bare to ganger om dagen",
    );
    nearer(
        "Ensomheten er verst om kvelden",
        "Mange eldre er ensomme, særlig i jula",
        "Bussrutene passer ikke med legetimene",
    );
    nearer(
        "Jeg måtte fortelle historien min på nytt til hver nye lege",
        "Fastlegen slutta, og ingen kjenner historia mi",
        "Skjemaet på nett var så vanskelig at jeg ga opp",
    );
    nearer(
        "Jeg venter på svar fra NAV",
        "Det tok ni uker før NAV svarte",
        "Pappa venter på at noen skal komme",
    );
    nearer(
        "Ingen ringte tilbake",
        "Vi ringer og ringer uten å få svar",
        "Vi fikk ingen hjelp",
    );
}

#[test]
fn compounds_meet_what_they_are_made_of() {
    nearer(
        "Ingen ringte oss etter at pappa kom hjem fra sykehuset",
        "Etter sykehusinnleggelsen var det ingen som tok kontakt",
        "Ungdommer sitter alene på rommet hele helga",
    );
    nearer(
        "Bussrutene passer ikke med legetimene",
        "Bussen går bare to ganger om dagen",
        "Journalene snakker ikke sammen",
    );
    nearer(
        "Fritidsklubben er stengt om sommeren",
        "Klubben på fritida la ned",
        "Bestefar får ikke til BankID",
    );
    nearer(
        "Ventelista er for lang",
        "Ett år på venteliste hos psykolog",
        "Et langt skjema å fylle ut",
    );
}

#[test]
fn bokmål_and_nynorsk_meet() {
    nearer(
        "Eg er pårørande og veit ikkje kva rettar eg har",
        "Pårørende blir aldri spurt om hvordan de har det",
        "Journalene snakker ikke sammen",
    );
    nearer(
        "Ho vart send heim frå sjukehuset utan medisinar",
        "Sendt hjem fra sykehuset uten medisiner",
        "Fastlegen slutta, og ingen kjenner historia mi",
    );
    nearer(
        "Dei einsame er åleine heile veka",
        "Ensomme folk er alene hele uka",
        "Bussen går bare to ganger i uka",
    );
}

#[test]
fn english_notes_meet() {
    nearer(
        "Nobody told us who to call when he came home",
        "We called five numbers after coming home",
        "The bus does not run at weekends",
    );
    nearer(
        "Waiting eight months for a therapist",
        "Therapists have waiting lists of a year",
        "The bus does not run at weekends",
    );
}

/// The note of the board that is most like this one.
fn nearest(to: usize) -> usize {
    let made: Vec<Made> = (BOARD.iter().enumerate())
        .map(|(number, text)| Made::new(&number.to_string(), "", text))
        .collect();
    let corpus = Corpus::of(&thoughts(&made));
    (0..BOARD.len())
        .filter(|&other| other != to)
        .max_by(|&a, &b| {
            let likeness = |other: usize| corpus.likeness(&made[to].id, &made[other].id);
            likeness(a).total_cmp(&likeness(b))
        })
        .unwrap()
}

#[test]
fn of_a_whole_board_the_right_note_is_nearest() {
    for (one, other) in [(0, 2), (2, 0), (3, 4), (4, 3), (7, 8), (10, 11), (11, 10)] {
        assert_eq!(nearest(one), other, "{}", BOARD[one]);
    }
    for (one, other) in [(12, 14), (14, 12), (15, 16), (16, 15), (18, 19), (19, 18)] {
        assert_eq!(nearest(one), other, "{}", BOARD[one]);
    }
}

#[test]
fn the_same_words_are_alike_and_others_are_not() {
    assert!(alike("Apoteket var stengt", "apoteket er stengt!") > 0.999);
    assert!(alike("Apoteket var stengt", "Jeg gruer meg til jul").abs() < 0.05);
    assert!(alike("", "Apoteket var stengt").abs() < f64::EPSILON);
    assert!(alike("Det er ikke", "Det er ikke").abs() < f64::EPSILON);
}

#[test]
fn what_everybody_writes_counts_for_less() {
    let texts = [
        "vente sykehus korridor",
        "vente sykehus parkering",
        "vente fysioterapi",
        "vente tannlege",
        "vente korridor",
    ];
    let made: Vec<Made> = (texts.iter().enumerate())
        .map(|(number, text)| Made::new(&number.to_string(), "", text))
        .collect();
    let corpus = Corpus::of(&thoughts(&made));
    let likeness = |a: &str, b: &str| corpus.likeness(&a.into(), &b.into());
    assert!(likeness("0", "4") > 2.0 * likeness("0", "3"));
}

#[test]
fn a_text_that_stands_on_no_note_is_compared_as_if_it_did() {
    let made = [
        Made::new("1", "", BOARD[0]),
        Made::new("2", "", BOARD[7]),
        Made::new("3", "", "ok"),
    ];
    let corpus = Corpus::of(&thoughts(&made));
    let text = "apoteket stengte fredag";
    assert!(corpus.likeness_to_text(&"1".into(), text) > 0.2);
    assert!(corpus.likeness_to_text(&"2".into(), text) < 0.05);
    assert!(corpus.likeness_to_text(&"1".into(), BOARD[0]) > 0.999);
    assert!(corpus.likeness_to_text(&"gone".into(), text).abs() < f64::EPSILON);
    assert!(corpus.is_thin(&"3".into()) && !corpus.is_thin(&"1".into()));
}

proptest! {
    #[test]
    fn likeness_is_from_nothing_to_one_and_the_same_both_ways(
        texts in proptest::collection::vec("[a-eæøå]{0,6}( [a-eæøå\u{301}🙂]{1,6}){0,5}", 2..12),
    ) {
        let made: Vec<Made> = (texts.iter().enumerate())
            .map(|(number, text)| Made::new(&number.to_string(), "", text))
            .collect();
        let corpus = Corpus::of(&thoughts(&made));
        for a in &made {
            for b in &made {
                let likeness = corpus.likeness(&a.id, &b.id);
                prop_assert!((0.0..=1.0).contains(&likeness));
                prop_assert!((likeness - corpus.likeness(&b.id, &a.id)).abs() < 1e-6);
            }
            let itself = corpus.likeness(&a.id, &a.id);
            prop_assert!(itself.abs() < 1e-6 || (itself - 1.0).abs() < 1e-4, "{itself}");
        }
    }
}
