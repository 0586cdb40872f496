//! The texts against the code, and the languages against each other: a key that is missing, that nobody
//! says, or that stands otherwise in another language fails here.

use super::Locale;
use leptos_i18n::Locale as _;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// `desk.undo` to its words.
type Texts = BTreeMap<String, String>;

fn texts_of(locale: Locale) -> Texts {
    let file = here("../assets/locales").join([locale.as_str(), ".json"].concat());
    let file = fs::read_to_string(file).expect("each language has its file");
    let groups: BTreeMap<String, Texts> = serde_json::from_str(&file).unwrap();
    let mut full = Texts::new();
    for (group, texts) in groups {
        for (key, words) in texts {
            full.insert([&*group, ".", &*key].concat(), words);
        }
    }
    full
}

fn languages() -> Vec<(&'static str, Texts)> {
    Locale::get_all()
        .iter()
        .map(|&locale| (locale.as_str(), texts_of(locale)))
        .collect()
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The keys that the client's views say.
fn said() -> BTreeSet<String> {
    let mut said = BTreeSet::new();
    for file in rust_files(&here("src")) {
        let code = fs::read_to_string(&file).unwrap();
        let code: String = (code.lines())
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| [line, "\n"])
            .collect();
        for name in ["text!", "t_string!", "td_string!"] {
            said.extend(said_by(name, &code));
        }
    }
    said
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

/// The key is the last thing that the macro is given; `$key` in the macros' own bodies is none.
fn said_by<'a>(name: &'a str, code: &'a str) -> impl Iterator<Item = String> + 'a {
    code.match_indices(name).filter_map(move |(at, _)| {
        let is_whole =
            !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
        let given = code[at + name.len()..]
            .strip_prefix('(')
            .filter(|_| is_whole)?;
        let key = up_to_its_end(given)
            .split(',')
            .map(str::trim)
            .rfind(|part| !part.is_empty())?;
        let is_key =
            |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | ' ' | '\n');
        let is_key = key.contains('.') && key.chars().all(is_key);
        is_key.then(|| key.split_whitespace().collect())
    })
}

/// What stands before the bracket that closes.
fn up_to_its_end(given: &str) -> &str {
    let mut depth = 1;
    let end = given.find(|letter| {
        depth += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    });
    &given[..end.unwrap_or(given.len())]
}

fn names_in(words: &str) -> BTreeSet<&str> {
    words
        .split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect()
}

#[test]
fn the_key_is_found_however_the_macro_is_written() {
    let code = "text!(desk.undo) t_string!(i18n, note.lived) td_string!(\n i18n.get_locale(),\n lead.go_to,\n)
        $crate::i18n::td_string!($i18n.get_locale(), $($key).+) context!(not.mine)";
    let found: Vec<String> = ["text!", "t_string!", "td_string!"]
        .iter()
        .flat_map(|name| said_by(name, code))
        .collect();
    assert_eq!(found, ["desk.undo", "note.lived", "lead.go_to"]);
}

#[test]
fn every_text_is_said_and_every_text_that_is_said_is_there_in_each_language() {
    let said = said();
    assert!(said.len() > 500, "the views are read: {}", said.len());
    for (language, texts) in languages() {
        let there: BTreeSet<String> = texts.into_keys().collect();
        let missing: Vec<_> = said.difference(&there).collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
        let unused: Vec<_> = there.difference(&said).collect();
        assert!(unused.is_empty(), "no view says {unused:?} of {language}");
    }
}

#[test]
fn a_text_has_the_same_names_to_fill_in_in_every_language() {
    let all = languages();
    let (_, first) = &all[0];
    for (language, texts) in &all {
        for (key, words) in texts {
            assert_eq!(
                names_in(words),
                names_in(&first[key]),
                "{key} in {language}"
            );
        }
    }
}

#[test]
fn what_is_counted_has_words_for_one_and_for_several() {
    for (language, texts) in languages() {
        for key in texts.keys() {
            let other = match (key.strip_suffix("_1"), key.strip_suffix("_n")) {
                (Some(counted), _) => [counted, "_n"].concat(),
                (_, Some(counted)) => [counted, "_1"].concat(),
                _ => continue,
            };
            assert!(texts.contains_key(&other), "{language} has {key} only");
        }
    }
}

#[test]
fn texts_are_set_with_care() {
    for (language, texts) in languages() {
        for (key, words) in texts {
            let place = [language, " ", &key, ": ", &words].concat();
            assert!(!words.is_empty() && words.trim() == words, "{place}");
            // Nobody is shouted at; « », “ ”, ’ and … are letters of their own.
            for wrong in ["!", "...", "\"", "'", "  ", " ."] {
                assert!(!words.contains(wrong), "{wrong:?} in {place}");
            }
        }
    }
}
