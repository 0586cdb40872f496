//! What comes with Samtavle and is inside the program: the templates' phases and voices, and the deck
//! of cards.

use samtavle_shared::{
    board::Template,
    session::{Card, LocalizedText, Phase, Script, Tool},
};
use serde::Deserialize;
use std::{collections::HashMap, sync::LazyLock};

static SCRIPTS: LazyLock<HashMap<&str, Script>> = LazyLock::new(|| {
    Template::ALL
        .iter()
        .map(|template| {
            let script = serde_json::from_str(text_of(*template));
            (template.name(), script.expect("a test reads them all"))
        })
        .collect()
});

static CARDS: LazyLock<Vec<Card>> = LazyLock::new(|| {
    let read = |text| -> Vec<Written> { serde_json::from_str(text).expect("a test reads them") };
    let nb = read(include_str!("../../../assets/cards/nb.json"));
    let nn = read(include_str!("../../../assets/cards/nn.json"));
    let en = read(include_str!("../../../assets/cards/en.json"));
    nb.into_iter()
        .zip(nn.into_iter().zip(en))
        .map(|(nb, (nn, en))| Card {
            id: nb.id,
            text: LocalizedText {
                nb: nb.text,
                nn: nn.text,
                en: en.text,
            },
        })
        .collect()
});

/// A card in one language.
#[derive(Deserialize)]
struct Written {
    id: String,
    text: String,
}

const fn text_of(template: Template) -> &'static str {
    match template {
        Template::Samskaping60 => include_str!("../../../assets/templates/samskaping-60.json"),
        Template::HalfDay => include_str!("../../../assets/templates/half-day.json"),
        Template::ProblemHunt => include_str!("../../../assets/templates/problem-hunt.json"),
        Template::HabitBreak => include_str!("../../../assets/templates/habit-break.json"),
        Template::Blank => include_str!("../../../assets/templates/blank.json"),
    }
}

/// How a board of this template begins; one whose template we do not know begins with nothing given.
pub(super) fn script_of(template: &str) -> Script {
    SCRIPTS
        .get(template)
        .or_else(|| SCRIPTS.get(Template::Blank.name()))
        .cloned()
        .unwrap_or_default()
}

/// Phases of a workshop that began with an earlier version get the tool that the template gives them today; only those
/// that are in all else as the template has them: what a facilitator changed stays as it is.
pub(super) fn brought_up_to_date(phases: &mut [Phase]) {
    let today = || SCRIPTS.values().flat_map(|script| &script.phases);
    for phase in phases {
        if phase.names_clusters() {
            continue;
        }
        let is_it = |now: &&Phase| {
            let before = now.tools.iter().filter(|tool| **tool != Tool::Clusters);
            now.names_clusters()
                && before.eq(&phase.tools)
                && (now.id, &now.title, &now.prompt) == (phase.id, &phase.title, &phase.prompt)
                && (&now.kinds, now.writing, now.sitting)
                    == (&phase.kinds, phase.writing, phase.sitting)
        };
        if let Some(now) = today().find(is_it) {
            phase.tools.clone_from(&now.tools);
        }
    }
}

/// The deck.
pub(crate) fn cards() -> &'static [Card] {
    &CARDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes<'a>(phases: impl Iterator<Item = &'a Phase>) -> u16 {
        phases.map(|phase| phase.minutes).sum()
    }

    #[test]
    fn the_hour_is_55_minutes_of_the_problem_and_5_of_solving_it() {
        let script = script_of("samskaping-60");
        let hour = || script.phases.iter().filter(|phase| phase.sitting == 0);
        assert_eq!(minutes(hour()), 60);
        assert_eq!(
            minutes(hour().filter(|phase| phase.looks_at_the_problem())),
            55
        );
        let last = hour().next_back().unwrap();
        assert_eq!((last.minutes, last.looks_at_the_problem()), (5, false));
        // Plan and test, make and share: a sitting each.
        let later: Vec<u8> = (script.phases.iter().map(|phase| phase.sitting))
            .filter(|sitting| *sitting > 0)
            .collect();
        assert_eq!(later, [1, 2]);
    }

    #[test]
    fn every_template_has_voices_and_all_but_the_blank_one_phases_in_every_language() {
        for template in Template::ALL {
            let script = script_of(template.name());
            assert!(script.voices.len() >= 5, "{template:?}");
            let has_all = |words: &LocalizedText| !words.is_empty() && !words.nn.is_empty();
            assert!(script.voices.iter().all(|voice| has_all(&voice.name)));
            assert_eq!(script.phases.is_empty(), template == Template::Blank);
            for phase in &script.phases {
                assert!(has_all(&phase.title) && has_all(&phase.prompt), "{phase:?}");
                assert!(phase.minutes > 0 && !phase.kinds.is_empty(), "{phase:?}");
            }
            let mut ids: Vec<_> = script.phases.iter().map(|phase| phase.id).collect();
            ids.dedup();
            assert_eq!(ids.len(), script.phases.len(), "{template:?}");
        }
        assert_eq!(script_of("of a later version"), script_of("blank"));
    }

    #[test]
    fn a_workshop_of_an_earlier_version_gets_the_tool_that_its_phase_has_today() {
        let old = |template: &str| {
            let mut phases = script_of(template).phases;
            for phase in &mut phases {
                phase.tools.retain(|tool| *tool != Tool::Clusters);
            }
            phases
        };
        for template in Template::ALL {
            let mut phases = old(template.name());
            brought_up_to_date(&mut phases);
            assert_eq!(phases, script_of(template.name()).phases, "{template:?}");
        }

        // A time of one's own changes nothing of what a phase is for; other words and tools do.
        let at = 3;
        let with = |change: &dyn Fn(&mut Phase)| {
            let mut phases = old("samskaping-60");
            change(&mut phases[at]);
            brought_up_to_date(&mut phases);
            phases[at].names_clusters()
        };
        assert!(with(&|phase| phase.minutes = 25));
        assert!(!with(&|phase| phase.title = LocalizedText::own("Våre navn")));
        assert!(!with(&|phase| phase.prompt = LocalizedText::own("Hva nå?")));
        assert!(!with(&|phase| phase.tools = vec![Tool::Vote]));
        assert!(!with(&|phase| phase.kinds.clear()));
    }

    #[test]
    fn the_deck_says_the_same_in_every_language() {
        let decks = [
            include_str!("../../../assets/cards/nb.json"),
            include_str!("../../../assets/cards/nn.json"),
            include_str!("../../../assets/cards/en.json"),
        ]
        .map(|text| -> Vec<Written> { serde_json::from_str(text).unwrap() });
        let ids = decks
            .each_ref()
            .map(|deck| -> Vec<&str> { deck.iter().map(|card| card.id.as_str()).collect() });
        assert!(ids.iter().all(|others| *others == ids[0]));
        assert!(cards().len() >= 60);
        let has_all = |card: &Card| !card.text.is_empty() && !card.text.nn.is_empty();
        assert!(cards().iter().all(has_all));
    }
}
