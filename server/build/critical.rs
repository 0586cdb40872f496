//! The part of the stylesheet that the page needs before the client is there, so that it can stand in the page
//! itself: what is written first waits for no other file.

use std::collections::BTreeSet;

/// Of each rule, the selectors that can match something in a page with these words; tokens and fonts as they are.
pub(crate) fn of(styles: &str, words: &BTreeSet<&str>) -> String {
    let styles = without_comments(styles);
    let mut kept = String::new();
    keep(&styles, words, &mut kept);
    kept
}

/// Everything in these texts that may be the name of a class or an id.
pub(crate) fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let is_inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let split = |text: &'a str| text.split(move |letter| !is_inside(letter));
    texts
        .into_iter()
        .flat_map(split)
        .filter(|word| !word.is_empty())
        .collect()
}

fn keep(styles: &str, words: &BTreeSet<&str>, kept: &mut String) {
    let mut rest = styles;
    while let Some((prelude, body, after)) = next_block(rest) {
        rest = after;
        if prelude.starts_with("@media")
            || prelude.starts_with("@supports")
            || prelude.starts_with("@container")
        {
            let mut inside = String::new();
            keep(body, words, &mut inside);
            if !inside.is_empty() {
                push(kept, prelude, &inside);
            }
        } else if prelude.starts_with("@font-face") {
            push(kept, prelude, &squeezed(body));
        } else if !prelude.starts_with('@') {
            let wanted: Vec<&str> = selectors(prelude)
                .into_iter()
                .filter(|selector| may_match(selector, words))
                .collect();
            if !wanted.is_empty() {
                push(kept, &wanted.join(","), &squeezed(body));
            }
        }
    }
}

fn push(kept: &mut String, prelude: &str, body: &str) {
    kept.extend([squeezed(prelude).as_str(), "{", body, "}"]);
}

/// What is before the next block, what is in it, and what comes after.
fn next_block(styles: &str) -> Option<(&str, &str, &str)> {
    let open = styles.find('{')?;
    let mut depth = 0;
    for (at, letter) in styles.char_indices().skip_while(|(at, _)| *at < open) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((
                styles[..open].trim(),
                &styles[open + 1..at],
                &styles[at + 1..],
            ));
        }
    }
    None
}

/// Split at the commas that are in no parentheses.
fn selectors(prelude: &str) -> Vec<&str> {
    let mut depth = 0;
    prelude
        .split(|letter| {
            match letter {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            letter == ',' && depth == 0
        })
        .map(str::trim)
        .collect()
}

/// Whether all classes and ids that something must have are among the words; what it must not have, does not matter.
fn may_match(selector: &str, words: &BTreeSet<&str>) -> bool {
    if let Some(at) = selector.find(":not(") {
        let (before, negated) = (&selector[..at], &selector[at + ":not".len()..]);
        let mut depth = 0;
        let end = negated.find(|letter| {
            match letter {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let after = end.map_or("", |end| &negated[end + 1..]);
        return may_match(before, words) && may_match(after, words);
    }
    let is_inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    selector.match_indices(['.', '#']).all(|(at, _)| {
        let name = &selector[at + 1..];
        words.contains(
            name.split(|letter| !is_inside(letter))
                .next()
                .unwrap_or_default(),
        )
    })
}

fn without_comments(styles: &str) -> String {
    let mut parts = styles.split("/*");
    let first = parts.next().unwrap_or_default();
    let others = parts.map(|part| part.split_once("*/").map_or("", |(_, after)| after));
    std::iter::once(first).chain(others).collect()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(styles: &str, kept: &str) {
        assert_eq!(
            of(
                styles,
                &words([r#"<p class="note note--idea" id="before">"#])
            ),
            kept
        );
    }

    #[test]
    fn a_rule_for_something_that_is_not_there_is_left_out() {
        check(
            ".note { color: red; }\n.wall { color: blue; }",
            ".note{color: red;}",
        );
        check("p, .wall p, .note > a { top: 0 }", "p,.note > a{top: 0}");
        check("#before, #after { top: 0 }", "#before{top: 0}");
        check(".note:has(.mark) { top: 0 }", "");
    }

    #[test]
    fn what_it_must_not_have_does_not_matter() {
        check(
            ".note:not(.wall, :has(.mark)):hover { top: 0 }",
            ".note:not(.wall, :has(.mark)):hover{top: 0}",
        );
        check(".note:not(.wall) .mark { top: 0 }", "");
    }

    #[test]
    fn conditions_stay_around_what_is_kept() {
        check("@media print { .wall { top: 0 } }", "");
        check(
            "/* a } */ @media print { .wall { top: 0 } .note--idea { top: 1px } }",
            "@media print{.note--idea{top: 1px}}",
        );
        check(
            "@keyframes note { to { top: 0 } } @font-face { src: x }",
            "@font-face{src: x}",
        );
    }
}
