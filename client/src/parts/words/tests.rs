//! The views against the rule of [`super`]: where people's words are shown or typed, they run their own way.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What gives words that people wrote: notes' texts, titles, prompts, and what people and voices are called.
const PEOPLES_WORDS: [&str; 16] = [
    "Replica::words(",
    "board_title(",
    "full_name(",
    "item_title(",
    "name_of(",
    "note.text",
    "note_title(",
    "one.text",
    "person_name(",
    "shown_name(",
    "speaker_name(",
    "text.get()",
    "title.get()",
    "title_of(",
    "voice_name(",
    "words_of(",
];

/// What views call such words when they have them in hand.
const IN_HAND: [&str; 5] = ["{title}", "{named}", "{speaker}", "{voice}", "{one.text}"];

/// Headings of cards are sentences of ours.
const SENTENCES: &str = "moment__title";

/// Where a title is ours: the parts know no board, and the list of keys has headings.
const OURS: [&str; 2] = ["src/parts/", "src/desk/toolbars/keys.rs"];

struct View {
    path: PathBuf,
    code: String,
}

fn views() -> Vec<View> {
    let mut views = Vec::new();
    read(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut views,
    );
    assert!(views.len() > 100, "the views are read: {}", views.len());
    views
}

fn read(folder: &Path, views: &mut Vec<View>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, views);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && path.file_stem().is_some_and(|name| name != "tests")
        {
            let code = fs::read_to_string(&path).unwrap();
            let code = (code.lines())
                .filter(|line| !line.trim_start().starts_with("//"))
                .flat_map(|line| [line, "\n"])
                .collect();
            views.push(View { path, code });
        }
    }
}

/// The tags of a name that are opened in a view, each with all that stands in it.
fn tags<'c>(code: &'c str, name: &'c str) -> impl Iterator<Item = &'c str> {
    let begin = ["<", name].concat();
    let places: Vec<usize> = code.match_indices(&begin).map(|(at, _)| at).collect();
    places.into_iter().filter_map(move |at| {
        let rest = &code[at..];
        let is_whole = rest[begin.len()..].starts_with([' ', '\n', '>']);
        is_whole.then(|| &rest[..end_of_tag(rest)])
    })
}

/// Where the tag that begins here ends: at the first `>` that stands in no brackets and is no arrow.
fn end_of_tag(code: &str) -> usize {
    let mut depth = 0_i32;
    let mut before = ' ';
    for (at, letter) in code.char_indices() {
        match letter {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            '>' if depth == 0 && !matches!(before, '=' | '-') => return at,
            _ => {}
        }
        before = letter;
    }
    code.len()
}

/// The tag in which a part of a view stands as what is shown: `<p class="…">{move || title.get()}`. None where it is an
/// attribute or stands in no view.
fn tag_around(code: &str, at: usize) -> Option<&str> {
    let mut depth = 0_i32;
    let begin = code[..at]
        .char_indices()
        .rev()
        .find_map(|(place, letter)| {
            depth += match letter {
                '}' => 1,
                '{' => -1,
                _ => 0,
            };
            (depth < 0).then_some(place)
        })?;
    let before = code[..begin].trim_end();
    let is_child = before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->");
    let tag = is_child
        .then(|| before.rfind('<'))?
        .map(|at| &before[at..])?;
    let is_of_a_page = tag[1..].starts_with(|letter: char| letter.is_ascii_lowercase());
    (is_of_a_page && !tag.starts_with("</")).then_some(tag)
}

/// Whether what stands in a tag runs its own way: by the tag, or by the one that it stands in alone.
fn runs_its_own_way(code: &str, tag: &str) -> bool {
    let runs = |tag: &str| {
        tag.contains("dir=\"auto\"") || tag.contains("{..written") || tag.starts_with("<bdi")
    };
    let begin = tag.as_ptr() as usize - code.as_ptr() as usize;
    let before = code[..begin].trim_end();
    let outer = before.rfind('<').map(|at| &before[at..]);
    let is_around =
        |outer: &&str| before.ends_with('>') && !outer.starts_with("</") && !outer.ends_with("/>");
    runs(tag) || outer.filter(is_around).is_some_and(runs)
}

#[test]
fn tags_are_read_as_they_stand() {
    let code = r#"<p class=move || if a > b { "x" } else { "y" } dir="auto">{move || title.get()}</p>
        <input type="text" on:input=move |event| act(event) dir="auto"/>
        <span title=title.get()>{icon}</span>"#;
    let shown = code.find("title.get()").unwrap();
    assert!(runs_its_own_way(code, tag_around(code, shown).unwrap()));
    let attribute = code.rfind("title.get()").unwrap();
    assert_eq!(tag_around(code, attribute), None);
    assert_eq!(
        tags(code, "input").collect::<Vec<_>>(),
        [r#"<input type="text" on:input=move |event| act(event) dir="auto"/"#]
    );
}

#[test]
fn every_field_that_is_written_in_runs_as_what_is_written() {
    let mut fields = 0;
    for View { path, code } in views() {
        let inputs = tags(&code, "input").filter(|tag| {
            let others = ["checkbox", "number", "file", "range", "radio", "date"];
            !others
                .iter()
                .any(|kind| tag.contains(&["type=\"", kind, "\""].concat()))
        });
        for tag in tags(&code, "textarea").chain(inputs) {
            fields += 1;
            assert!(tag.contains("dir=\""), "{}: {tag}", path.display());
        }
    }
    assert!(fields > 10, "the fields are found: {fields}");
}

#[test]
fn peoples_words_run_their_own_way_wherever_they_are_shown() {
    let mut shown = 0;
    let is_ours = |view: &View| {
        let path = view.path.to_string_lossy();
        OURS.iter().any(|ours| path.contains(ours))
    };
    for View { path, code } in views().into_iter().filter(|view| !is_ours(view)) {
        for words in PEOPLES_WORDS.into_iter().chain(IN_HAND) {
            for (at, _) in code.match_indices(words) {
                let inside = at + usize::from(words.starts_with('{'));
                let Some(tag) = tag_around(&code, inside).filter(|tag| !tag.contains(SENTENCES))
                else {
                    continue;
                };
                let line = code[at..].lines().next().unwrap_or_default();
                // A sentence of ours keeps them apart by itself.
                let is_sentence = code[..at]
                    .rsplit('{')
                    .next()
                    .unwrap_or_default()
                    .contains("filled(");
                shown += 1;
                assert!(
                    is_sentence || runs_its_own_way(&code, tag),
                    "{}: {line}\nin {tag}",
                    path.display()
                );
            }
        }
    }
    assert!(shown > 20, "they are found: {shown}");
}

#[test]
fn words_in_a_row_are_kept_apart() {
    for View { path, code } in views() {
        for between in [", ", " · "] {
            let by_hand = ["join(\"", between, "\")"].concat();
            assert!(!code.contains(&by_hand), "{}: {by_hand}", path.display());
        }
    }
}
