//! What programs put on the clipboard, as far as it was seen, and anything else.

use super::*;
use crate::limits::{MAX_NOTE_TEXT_UTF16, MAX_PASTED_BYTES, MAX_PASTED_NOTES};
use proptest::prelude::*;

#[track_caller]
fn notes(text: &str) -> Vec<String> {
    notes_with(text, "")
}

/// The notes, where nothing is asked.
#[track_caller]
fn notes_with(text: &str, html: &str) -> Vec<String> {
    match read(text, html).unwrap() {
        Pasted::Nothing => Vec::new(),
        Pasted::Notes(notes) => notes,
        Pasted::Columns(columns) => panic!("asked: {columns:?}"),
    }
}

#[track_caller]
fn columns(text: &str, html: &str) -> Columns {
    match read(text, html).unwrap() {
        Pasted::Columns(columns) => columns,
        other => panic!("not asked: {other:?}"),
    }
}

#[test]
fn a_spreadsheet_of_two_columns_with_a_list_behind_it_is_four_notes() {
    let text = "Problem\tHvem\n\"Ventetid\npå telefon\"\tPasient\n• punkt\n1. nummer\n\u{200b}\n";
    let columns = columns(text, "");
    assert_eq!(columns.count(), 2);
    assert_eq!(
        (columns.heading(0), columns.heading(1)),
        ("Problem", "Hvem")
    );
    assert_eq!(
        columns.notes(0),
        ["Problem", "Ventetid\npå telefon", "punkt", "nummer"]
    );
    assert_eq!(columns.notes(1), ["Hvem", "Pasient", "punkt", "nummer"]);
    assert_eq!(
        columns.whole_rows(),
        [
            "Problem\nHvem",
            "Ventetid\npå telefon\nPasient",
            "punkt",
            "nummer"
        ]
    );
}

#[test]
fn each_line_that_shows_something_is_a_note() {
    let text = "Første linje\n\n  Andre linje æøå\r\nTredje 🎈\r\u{feff}\n \u{a0}\u{200b}\n\u{2060}\u{200d}";
    assert_eq!(
        notes(text),
        ["Første linje", "Andre linje æøå", "Tredje 🎈"]
    );
    assert_eq!(read("", ""), Ok(Pasted::Nothing));
    assert_eq!(read("\u{200b}\n\t\n", ""), Ok(Pasted::Nothing));
}

#[test]
fn letters_that_belong_together_stay_together() {
    assert_eq!(
        notes("👩\u{200d}👧 venter\n\u{200f}مرحبا!"),
        ["👩\u{200d}👧 venter", "\u{200f}مرحبا!"]
    );
    assert_eq!(notes("Kari\u{0}\u{7} ringer"), ["Kari ringer"]);
}

#[test]
fn a_column_of_cells_with_line_breaks_is_a_note_a_cell() {
    assert_eq!(
        notes("\"Ventetid\r\npå telefon\"\r\nKø\r\n\"Sier \"\"nei\"\"\"\r\n"),
        ["Ventetid\npå telefon", "Kø", "Sier \"nei\""]
    );
}

#[test]
fn quotes_that_people_wrote_are_theirs() {
    let said = "\"Ingen ringer tilbake\", sa hun\n\"Ingen svarer\"\n\"Åpent sitat\nog mer";
    assert_eq!(
        notes(said),
        [
            "\"Ingen ringer tilbake\", sa hun",
            "\"Ingen svarer\"",
            "\"Åpent sitat",
            "og mer"
        ]
    );
}

#[test]
fn bullets_and_numbers_fall_away() {
    let list =
        "• en\n– to\n- tre\n* fire\no fem\n▪ seks\n1. sju\n2. åtte\n1) ni\na) ti\n•\n-\n·  elleve";
    assert_eq!(
        notes(list),
        [
            "en", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve"
        ]
    );
    assert_eq!(notes("a. først\nb. så"), ["først", "så"]);
    assert_eq!(notes("3. tredje\n4. fjerde"), ["tredje", "fjerde"]);
}

#[test]
fn what_only_looks_like_a_bullet_or_a_number_stays() {
    for kept in [
        "17. mai er fri",
        "1. klasse har ikke plass",
        "3. etasje mangler heis",
        "1.5 timer i kø",
        "–5 grader ute",
        "*viktig* å si",
        "a. Hansen",
        "2024. Et langt år",
        "1",
        "ordet",
        "(NAV) svarer ikke",
    ] {
        assert_eq!(notes(kept), [kept]);
    }
    let list = notes("Ventetid\n\"- en\n- to\"");
    assert_eq!(list, ["Ventetid", "- en\n- to"], "a list within a note");
}

#[test]
fn a_list_with_its_markers_in_a_column_of_their_own_is_not_asked_about() {
    assert_eq!(
        notes("Overskrift\n•\tpunkt\no\tunderpunkt\n1.\tnummer\n§\tWord"),
        ["Overskrift", "punkt", "underpunkt", "nummer", "Word"]
    );
    assert_eq!(
        notes("Hoved\n\tunder\n\t\tunder det"),
        ["Hoved", "under", "under det"]
    );
}

#[test]
fn numbers_beside_words_are_not_asked_about() {
    let text = "Nr\tProblem\tAntall\n1\tVentetid\t12\n2\tKø\t7\n\t\t19\n";
    let columns = match read(text, "").unwrap() {
        Pasted::Notes(notes) => notes,
        other => panic!("{other:?}"),
    };
    assert_eq!(columns, ["Nr", "Ventetid", "Kø", "19"]);
    assert_eq!(notes("12\t13\n14\t15"), ["12", "14"]);
}

#[test]
fn semicolons_and_commas_part_cells_only_where_every_line_has_them() {
    assert_eq!(
        columns("Problem;Hvem\nKø;Alle", "").notes(1),
        ["Hvem", "Alle"]
    );
    assert_eq!(
        columns("Problem,Hvem\n\"Kø, og mer\",Alle", "").notes(0),
        ["Problem", "Kø, og mer"]
    );
    assert_eq!(notes("Kø, kaos\nUro, stress"), ["Kø, kaos", "Uro, stress"]);
    assert_eq!(
        notes("Vi venter; ingen kommer\nStille"),
        ["Vi venter; ingen kommer", "Stille"]
    );
    let file = read_file("Problem,Hvem\nKø,Alle\n", true).unwrap();
    assert!(matches!(file, Pasted::Columns(_)), "{file:?}");
    let file = read_file("Kø, kaos\nUro\n", false).unwrap();
    assert_eq!(file, Pasted::Notes(vec!["Kø, kaos".into(), "Uro".into()]));
}

#[test]
fn a_break_within_a_paragraph_is_no_other_note() {
    assert_eq!(
        notes("Ventetid\u{b}på telefon\rKø\u{c}Neste side\u{2029}Siste"),
        ["Ventetid\npå telefon", "Kø", "Neste side", "Siste"]
    );
}

#[test]
fn excels_page_says_the_same_as_its_text() {
    let html = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><style><!--table {mso-x:\"a>b\";} td{}--></style></head>\
        <body><table border=0><!--StartFragment--><col width=64><tr height=20><td class=xl65>Problem</td><td>Hvem</td></tr>\
        <tr><td class=xl65>Ventetid<br>\n    på telefon</td><td>Pasient</td></tr><!--EndFragment--></table></body></html>";
    let text = "Problem\tHvem\r\n\"Ventetid\npå telefon\"\tPasient\r\n";
    let both = columns(text, html);
    assert_eq!(both, columns(text, ""));
    assert_eq!(both, columns("", html));
}

#[test]
fn a_table_of_which_the_text_lost_the_rows_is_read_from_the_page() {
    let html = "<p>Før</p><table><tr><td><p>Ventetid</p><p>på telefon</p></td><td>7</td></tr>\
        <tr><td rowspan=2>Kø</td><td>8</td></tr><tr><td>9</td></tr></table><p>Etter</p>";
    let text = "Før\nVentetid\npå telefon\n7\nKø\n8\n9\nEtter\n";
    assert_eq!(
        notes_with(text, html),
        ["Før", "Ventetid\npå telefon", "Kø", "9", "Etter"]
    );
}

#[test]
fn a_page_that_is_laid_out_in_one_cell_is_read_as_lines() {
    let html = "<table><tr><td>En<br>To<table><tr><td>Tre</td></tr></table></td></tr></table>";
    assert_eq!(notes_with("En\nTo\nTre", html), ["En", "To", "Tre"]);
}

#[test]
fn a_page_without_text_beside_it_is_read_as_lines() {
    let html = "<meta charset=utf-8><ul><li>K&oslash; &amp; kaos</li><li>&#8226; Stress<li></ul>\
        <script>if (a<b) alert(1)</script><p>1 < 2<br>&quot;Ja&quot; &hva; &#x1F388;</p><img src=x alt=bilde>";
    assert_eq!(
        notes_with("", html),
        ["Kø & kaos", "Stress", "1 < 2", "\"Ja\" &hva; 🎈"]
    );
    assert_eq!(notes_with("", "<img src=\"a.png\" alt=\"a\">"), [""; 0]);
}

#[test]
fn cells_that_reach_over_others_keep_the_columns_apart() {
    let html = "<table><tr><td colspan=2>Tittel</td><td>Hvem</td></tr>\
        <tr><td>Kø</td><td>Lang</td><td>Alle</td></tr></table>";
    let columns = columns("", html);
    assert_eq!(columns.count(), 3);
    assert_eq!(columns.notes(2), ["Hvem", "Alle"]);
}

#[test]
fn what_is_too_much_is_refused_by_its_number() {
    let lines = |count: usize| "Kø\n".repeat(count);
    assert_eq!(notes(&lines(MAX_PASTED_NOTES)).len(), MAX_PASTED_NOTES);
    let count = MAX_PASTED_NOTES + 1;
    assert_eq!(read(&lines(count), ""), Err(TooMuch::Notes { count }));
    let long = "å".repeat(MAX_NOTE_TEXT_UTF16 + 1);
    assert_eq!(
        read(&["kort\n", &long].concat(), ""),
        Err(TooMuch::Note { number: 2 })
    );
    assert_eq!(read(&"å".repeat(MAX_PASTED_BYTES), ""), Err(TooMuch::Text));
    let html = "<p>Kø</p>".repeat(MAX_PASTED_BYTES);
    assert_eq!(read("", &html), Err(TooMuch::Text));
    assert_eq!(notes_with("Kø", &html), ["Kø"], "the text is not too much");
}

#[test]
fn a_name_beside_a_file_is_no_text() {
    let files = ["bilde av lapper.png".to_owned()];
    for text in [
        "",
        "bilde av lapper.png",
        "/home/kari/bilde av lapper.png",
        "file:///C:/Bilder/bilde%20av.png\n",
        "https://example.org/bilde.png",
        "data:image/png;base64,AAAA",
    ] {
        assert!(only_names(text, &files), "{text}");
        assert!(!only_names(text, &[]), "{text}");
    }
    for text in [
        "Ventetid",
        "https://example.org er treg",
        "bilde av\tlapper.png\nKø",
    ] {
        assert!(!only_names(text, &files), "{text}");
    }
}

#[test]
fn files_of_the_nineties_are_read() {
    assert_eq!(decoded("Kø – «nå»".as_bytes()), "Kø – «nå»");
    assert_eq!(decoded(b"K\xf8 \x96 \xe6"), "Kø – æ");
    assert_eq!(decoded(b"\xef\xbb\xbfK\xc3\xb8"), "Kø");
    assert_eq!(decoded(b"\xff\xfeK\0\xf8\0"), "Kø");
    assert_eq!(decoded(b"\xfe\xff\0K\0\xf8"), "Kø");
}

#[test]
fn what_is_made_to_take_time_or_room_takes_none() {
    let quotes = "\"\t\"\" ".repeat(MAX_PASTED_BYTES / 5);
    let _ = read(&quotes, "");
    let spans = "<tr><td colspan=200 rowspan=200>x<td>y".repeat(20_000);
    if let Ok(Pasted::Columns(columns)) = read("", &spans) {
        let rows = columns.whole_rows();
        assert!(rows.len() <= 20_000);
    }
    let open = "<td colspan='".repeat(100_000);
    let _ = read("", &open);
    let _ = read("", &"<pre> </p>&#x;<!--".repeat(50_000));
}

/// Text of what matters to the readers.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\t"),
        Just("\n"),
        Just("\r\n"),
        Just("\""),
        Just("\"\""),
        Just(";"),
        Just(","),
        Just("• "),
        Just("1. "),
        Just("a) "),
        Just("-"),
        Just("\u{200b}"),
        Just("\u{2029}"),
        Just("<td>"),
        Just("<tr>"),
        Just("</table>"),
        Just("<table>"),
        Just("<p>"),
        Just("<!--"),
        Just("-->"),
        Just("<td colspan=3 rowspan=2>"),
        Just("&amp;"),
        Just("&"),
        Just("<style>"),
        Just("Kø"),
        Just("på"),
        Just("7"),
        Just(" "),
        Just("👩\u{200d}👧"),
        Just("<"),
        Just("\u{0}"),
    ];
    prop_oneof![
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

/// A cell of a spreadsheet, without letters that nobody sees and without a list's markers.
fn cell() -> impl Strategy<Value = String> {
    "[A-Z][a-zæøå]{1,8}( [a-z\"',;]{1,6}[a-z]){0,3}(\n[A-Z][a-z]{1,5}){0,2}"
}

/// As Excel writes it.
fn quoted(cell: &str) -> String {
    if cell.contains(['\n', '\t', '"']) {
        ["\"", &cell.replace('"', "\"\""), "\""].concat()
    } else {
        cell.to_owned()
    }
}

fn escaped(cell: &str) -> String {
    let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
    cell.replace('\n', "<br>\n   ")
}

proptest! {
    #[test]
    fn anything_is_read_and_nothing_grows(text in any_text(), html in any_text(), is_table: bool) {
        for read in [read(&text, &html), read_file(&text, is_table), read(&html, "")] {
            let all = match read.unwrap() {
                Pasted::Nothing => Vec::new(),
                Pasted::Notes(notes) => vec![notes],
                Pasted::Columns(columns) => {
                    prop_assert!(columns.count() > 1);
                    let mut all: Vec<_> = (0..columns.count()).map(|one| columns.notes(one)).collect();
                    all.push(columns.whole_rows());
                    all
                }
            };
            for notes in all {
                prop_assert!(!notes.is_empty());
                prop_assert!(notes.iter().all(|note| !shows_nothing(note)));
                prop_assert!(notes.iter().all(|note| note.trim() == note && !note.contains(['\r', '\t', '\0'])));
                let length: usize = notes.iter().map(String::len).sum();
                prop_assert!(length <= text.len() + html.len());
            }
        }
        let _ = decoded(text.as_bytes());
    }

    #[test]
    fn a_spreadsheet_comes_as_it_was(
        rows in prop::collection::vec(prop::collection::vec(cell(), 2..4), 1..8),
    ) {
        let width = rows.iter().map(Vec::len).min().unwrap();
        let rows: Vec<Vec<String>> = rows.into_iter().map(|mut row| { row.truncate(width); row }).collect();
        let line = |row: &Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join("\t");
        let text = rows.iter().map(line).collect::<Vec<_>>().join("\r\n");
        let html: String = rows.iter().map(|row| {
            let cells: String = row.iter().map(|cell| ["<td style='a:\">\"'>", &escaped(cell), "</td>"].concat()).collect();
            ["<tr>", &cells, "</tr>"].concat()
        }).collect();
        let html = ["<table>", &html, "</table>"].concat();
        let lost = rows.concat().join("\n");
        for (text, html) in [(&*text, ""), ("", &*html), (&*text, &*html), (&*lost, &*html)] {
            let columns = columns(text, html);
            prop_assert_eq!(columns.count(), width);
            for column in 0..width {
                let expected: Vec<String> = rows.iter().map(|row| row[column].clone()).collect();
                prop_assert_eq!(columns.notes(column), expected);
            }
        }
    }

    #[test]
    fn any_bytes_are_text(bytes: Vec<u8>) {
        let _ = decoded(&bytes);
    }
}

#[test]
fn a_page_alone_is_its_words_line_by_line() {
    let page = "<ul><li>Ventetid</li><li>Ingen <b>svarer</b></li></ul><table><tr><td>Kø<td>Pasient</table>";
    assert_eq!(text_of_page(page), "Ventetid\nIngen svarer\nKø\tPasient");
    for nothing in ["", "<p> </p>", "<img src=x>", "\u{200b}"] {
        assert_eq!(text_of_page(nothing), "");
    }
    let long = "<p>å".repeat(MAX_PASTED_HTML_BYTES / 4);
    assert_eq!(text_of_page(&long), "");
}
