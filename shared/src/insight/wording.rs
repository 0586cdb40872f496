//! Is a note worded as a solution?
//!
//! While the problem is still being looked at, such a note is welcome and is asked: "What trouble would
//! that take away?" The answer here only leads to that question; nothing is ever refused for it. A
//! question too many annoys more than one too few, so the rules are narrow: they look for what people
//! say when they propose («vi burde», «hva om vi», «lag en», "we should", "let's"), and leave alone what
//! tells of something that happened («legen burde ha ringt»), was said by others («de sa at vi burde
//! vente»), is doubted («hva bør vi gjøre?») or feared («hva om vi ikke får plass?»). What we must stop
//! is a habit, and no solution.
//!
//! Bokmål, nynorsk and English. The rules are lists of phrases in `wording/phrases.rs`; the few that
//! need more than a list are spelled out here.

#[rustfmt::skip] // the lists read as prose
mod phrases;

use super::words::words;
use phrases::{
    ANYWHERE, AT_A_CLAUSE, AT_A_SENTENCE, BY_OURSELVES, DETERMINERS, DOUBTS, FILLERS, NEGATIONS,
    OUGHT_SUBJECTS, PARTICIPLES, REPORTS, STOPPING, THINGS, WORRIES,
};

/// Whether a note says what to do, rather than what is wrong.
///
/// ```
/// use samtavle_shared::insight::is_worded_as_solution;
/// assert!(is_worded_as_solution("Hva om vi pakker en pose før hjemreise?"));
/// assert!(!is_worded_as_solution("Legen burde ha ringt"));
/// ```
pub fn is_worded_as_solution(text: &str) -> bool {
    text.split_inclusive(['.', '!', '?', '\n', ';', ':'])
        .any(says_what_to_do)
}

/// What stands before a colon: «Forslag: …», "My idea: …".
const PROPOSALS: &str = "forslag|løsning|ide|tiltak|suggestion|solution|idea|proposal";

/// Words of a sentence that are read; nobody proposes after so many.
const LONGEST_SENTENCE: usize = 60;

fn says_what_to_do(sentence: &str) -> bool {
    let said: Vec<String> = words(sentence)
        .filter(|word| !FILLERS.contains(&word.as_str()))
        .take(LONGEST_SENTENCE)
        .collect();
    // «Forslag: …»
    if sentence.ends_with(':') && said.last().is_some_and(|last| fits(last, PROPOSALS)) {
        return said.len() <= 2;
    }
    if said.iter().any(|word| REPORTS.contains(&word.as_str())) {
        return false;
    }
    begins_with_a_deed(&said)
        || clauses(sentence).any(|clause| asks_openly(&clause))
        || (0..said.len()).any(|at| proposes(&said, at))
        || asks_for_more(&said)
}

/// «Ansett flere», «Lag en app», «Å innføre …», "Introduce …".
fn begins_with_a_deed(said: &[String]) -> bool {
    let said = said.strip_prefix(&["å".to_owned()]).unwrap_or(said);
    AT_A_SENTENCE.iter().any(|phrase| begins(said, phrase)) && !has_any(said, BY_OURSELVES)
}

/// «Hva om vi …», «Kan vi ikke …», "Let's …": at the beginning of a sentence or after a comma.
fn asks_openly(clause: &[String]) -> bool {
    AT_A_CLAUSE.iter().any(|phrase| {
        rest_after(clause, phrase).is_some_and(|rest| {
            rest.first()
                .is_some_and(|next| !WORRIES.contains(&next.as_str()))
        })
    })
}

/// The words of each clause: between commas and dashes.
fn clauses(sentence: &str) -> impl Iterator<Item = Vec<String>> {
    sentence.split([',', '–', '—']).map(|clause| {
        words(clause)
            .filter(|word| !FILLERS.contains(&word.as_str()))
            .collect()
    })
}

/// «… det trengs en …», «… vi burde …», "… we could set up …": from this word on.
fn proposes(said: &[String], at: usize) -> bool {
    let (before, from) = said.split_at(at);
    if ANYWHERE.iter().any(|phrase| begins(from, phrase)) {
        return !has_any(from, BY_OURSELVES);
    }
    needs_a_thing(from) || ought(before, from)
}

/// «Vi trenger en koordinator» asks for a thing; «vi trenger hjelp» tells of a need.
fn needs_a_thing(from: &[String]) -> bool {
    rest_after(from, "vi|me|man|kommunen|skolen|bygda|byen|we|they|everyone trenger|treng|trengs|behøver|need|needs")
        .is_some_and(|rest| {
            let soon = &rest[..rest.len().min(4)];
            !has_any(soon, NEGATIONS) && has_any(soon, THINGS)
        })
}

/// «Vi burde …», "we should …": about what is to come, by somebody who could do it.
fn ought(before: &[String], from: &[String]) -> bool {
    let Some(rest) = rest_after(from, "@subject burde|bør|should|ought") else {
        return false;
    };
    // «Ingen vet hva vi bør gjøre», «vi lurer på om vi burde flytte», «hva bør vi …?»
    if has_any(&before[before.len().saturating_sub(2)..], DOUBTS)
        || before
            .first()
            .is_some_and(|first| DOUBTS.contains(&first.as_str()))
    {
        return false;
    }
    let Some(next) = rest.first() else {
        return false;
    };
    let deed = rest.get(1).map_or("", String::as_str);
    match next.as_str() {
        _ if has_any(&rest[..rest.len().min(2)], NEGATIONS) => false,
        _ if has_any(&rest[..rest.len().min(3)], STOPPING) => false,
        // «burde ha en», "should have a": to own; «burde ha ringt», "should have called": too late.
        "ha" | "have" => !is_participle(deed),
        "vært" | "vore" | "hatt" => DETERMINERS.contains(&deed),
        word => !is_participle(word),
    }
}

fn is_participle(word: &str) -> bool {
    if DETERMINERS.contains(&word) {
        return false;
    }
    let norwegian = word.len() > 3 && (word.ends_with('t') || word.ends_with("dd"));
    norwegian || word.ends_with("ed") || PARTICIPLES.contains(&word)
}

/// «Flere ansatte», «Bedre informasjon til pårørende», "More staff": a wish with no verb.
fn asks_for_more(said: &[String]) -> bool {
    said.len() <= 6
        && begins(
            said,
            "flere|fleire|mer|meir|bedre|betre|more|better @resource",
        )
        && said.get(2).is_none_or(|next| {
            [
                "på", "i", "til", "for", "om", "in", "on", "at", "to", "and", "og",
            ]
            .contains(&next.as_str())
        })
}

fn has_any(said: &[String], list: &[&str]) -> bool {
    said.iter().any(|word| list.contains(&word.as_str()))
}

fn begins(said: &[String], phrase: &str) -> bool {
    rest_after(said, phrase).is_some()
}

/// What follows the phrase, when the words begin with it.
///
/// A phrase is words with a space between: `a|b` is either, `@name` any of a list.
fn rest_after<'a>(said: &'a [String], phrase: &str) -> Option<&'a [String]> {
    let mut rest = said;
    for choice in phrase.split(' ') {
        let (first, others) = rest.split_first()?;
        if !fits(first, choice) {
            return None;
        }
        rest = others;
    }
    Some(rest)
}

fn fits(word: &str, choice: &str) -> bool {
    match choice {
        "@a" => DETERMINERS.contains(&word),
        "@thing" => THINGS.contains(&word),
        "@resource" => phrases::RESOURCES.contains(&word),
        "@make" => phrases::MAKING.contains(&word),
        "@subject" => OUGHT_SUBJECTS.contains(&word),
        _ => choice.split('|').any(|one| one == word),
    }
}

#[cfg(test)]
mod tests;
