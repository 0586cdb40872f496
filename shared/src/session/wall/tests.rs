use super::*;
use crate::{
    geometry::BoardRect,
    session::{
        Among, Group, GroupId, GroupView, LocalizedText, Phase, RoundOn, RoundOrder, RoundView,
        Timer, TurnsView, tally::Outcome,
    },
};

const NOTES: WallFacts = WallFacts {
    is_empty: false,
    has_plans: false,
    has_chosen: true,
};

/// A wall that hears views, one after the other.
#[derive(Default)]
struct Wall {
    watch: WallWatch,
    view: SharedView,
    /// Of the newest moment.
    number: u32,
}

impl Wall {
    fn hung_up() -> Self {
        let mut wall = Self::default();
        wall.view.phases = vec![phase(1, 0), phase(2, 1)];
        wall.hears(|_| {});
        wall
    }

    fn hears(&mut self, change: impl FnOnce(&mut SharedView)) -> Option<u32> {
        change(&mut self.view);
        let (number, lasts) = self.watch.hear(&self.view)?;
        self.number = number;
        Some(lasts)
    }

    fn waits(&mut self) {
        self.watch.moment_is_over(self.number);
    }

    fn scene(&self) -> WallScene {
        scene_of(&self.view, &self.watch, NOTES)
    }
}

fn phase(id: u16, sitting: u8) -> Phase {
    Phase {
        id: PhaseId(id),
        title: LocalizedText::own("a"),
        prompt: LocalizedText::own("b"),
        kinds: Vec::new(),
        minutes: 5,
        writing: Writing::Open,
        tools: vec![Tool::Plans],
        sitting,
    }
}

fn in_phase(id: u16) -> Stage {
    Stage::In(PhaseId(id), Timer::Paused { left: 1 })
}

fn round(id: u16, is_open: bool) -> RoundView {
    RoundView {
        id: RoundId(id),
        title: String::new(),
        on: RoundOn::Clusters,
        among: Among::All,
        dots: 3,
        most_on_one: 1,
        voted: 0,
        is_open,
        order: RoundOrder::Total,
        result: (!is_open).then(Outcome::default),
        waits_for_last: false,
        closed_in: None,
        reopened: 0,
        opening: 1,
    }
}

fn spotlight(note: &str) -> Scene {
    Scene::Spotlight(Item::Note(note.into()))
}

#[test]
fn an_empty_board_says_how_to_join_and_then_shows_its_notes() {
    let wall = Wall::hung_up();
    let empty = WallFacts {
        is_empty: true,
        ..WallFacts::default()
    };
    assert_eq!(scene_of(&wall.view, &wall.watch, empty), WallScene::Gather);
    assert_eq!(wall.scene(), WallScene::Clusters);
}

#[test]
fn silence_ends_in_a_reveal_and_that_in_the_clusters() {
    let mut wall = Wall::hung_up();
    wall.hears(|view| {
        view.stage = in_phase(1);
        view.writing = Writing::Silent;
    });
    assert_eq!(wall.scene(), WallScene::Silent);
    let lasts = wall.hears(|view| {
        view.writing = Writing::Open;
        view.reveals = 1;
        view.revealed = vec!["a".into()];
    });
    assert_eq!(lasts, Some(12_000));
    assert_eq!(wall.scene(), WallScene::Reveal);
    wall.waits();
    assert_eq!(wall.scene(), WallScene::Clusters);
}

#[test]
fn what_was_before_the_wall_was_hung_up_is_no_moment() {
    let mut wall = Wall::default();
    let lasts = wall.hears(|view| {
        view.surprises = 3;
        view.reveals = 2;
        view.round = Some(round(1, false));
    });
    assert_eq!((lasts, wall.scene()), (None, WallScene::Clusters));
}

#[test]
fn a_reveal_of_nothing_is_no_moment() {
    let mut wall = Wall::hung_up();
    assert_eq!(wall.hears(|view| view.reveals = 1), None);
    assert_eq!(wall.scene(), WallScene::Clusters);
}

#[test]
fn a_surprise_comes_before_all_and_goes_by_itself() {
    let mut wall = Wall::hung_up();
    wall.hears(|view| view.scene = Some(Scene::Plans));
    assert_eq!(wall.hears(|view| view.surprises = 1), Some(20_000));
    assert_eq!(wall.scene(), WallScene::Disturbance);
    wall.waits();
    assert_eq!(wall.scene(), WallScene::Plans);
}

#[test]
fn the_end_of_one_moment_is_not_the_end_of_the_next() {
    let mut wall = Wall::hung_up();
    wall.hears(|view| view.surprises = 1);
    wall.hears(|view| view.round = Some(round(1, false)));
    wall.waits();
    assert_eq!(wall.scene(), WallScene::Result);
}

#[test]
fn what_the_facilitator_chooses_in_a_moment_ends_it() {
    let mut wall = Wall::hung_up();
    wall.hears(|view| view.surprises = 1);
    wall.hears(|view| view.scene = Some(spotlight("a")));
    assert_eq!(wall.scene(), WallScene::Spotlight(Item::Note("a".into())));
}

#[test]
fn what_was_chosen_is_shown_until_the_session_lets_go_of_it() {
    let mut wall = Wall::hung_up();
    wall.hears(|view| view.scene = Some(spotlight("a")));
    wall.hears(|view| {
        view.turns = Some(turns());
        view.scene = None;
    });
    assert_eq!(wall.scene(), WallScene::Turns);
    wall.hears(|view| view.scene = Some(spotlight("b")));
    assert_eq!(wall.scene(), WallScene::Spotlight(Item::Note("b".into())));
}

#[test]
fn what_is_pinned_stays_through_every_moment() {
    let mut wall = Wall::hung_up();
    wall.hears(|view| {
        view.scene = Some(Scene::Follow);
        view.is_scene_pinned = true;
    });
    wall.hears(|view| {
        view.reveals = 1;
        view.revealed = vec!["a".into()];
    });
    assert_eq!(wall.scene(), WallScene::Follow);
    wall.hears(|view| view.round = Some(round(1, true)));
    assert_eq!(wall.scene(), WallScene::Follow);
    wall.hears(|view| view.scene = Some(spotlight("a")));
    let gone = WallFacts {
        has_chosen: false,
        ..NOTES
    };
    assert_eq!(
        scene_of(&wall.view, &wall.watch, gone),
        WallScene::Vote,
        "what is gone cannot be pinned"
    );
}

fn turns() -> TurnsView {
    TurnsView {
        present: None,
        next: None,
        heard: 0,
        of: 0,
        seconds: None,
        ends_at: None,
    }
}

#[test]
fn a_note_that_is_gone_is_not_shown() {
    let mut wall = Wall::hung_up();
    wall.hears(|view| view.scene = Some(spotlight("gone")));
    let facts = WallFacts {
        has_chosen: false,
        ..NOTES
    };
    assert_eq!(
        scene_of(&wall.view, &wall.watch, facts),
        WallScene::Clusters
    );
}

#[test]
fn a_vote_is_open_then_its_result_stays_until_something_begins() {
    let mut wall = Wall::hung_up();
    wall.hears(|view| view.round = Some(round(1, true)));
    assert_eq!(wall.scene(), WallScene::Vote);
    let lasts = wall.hears(|view| view.round = Some(round(1, false)));
    assert_eq!((lasts, wall.scene()), (None, WallScene::Result));
    wall.hears(|view| view.people = 9);
    assert_eq!(wall.scene(), WallScene::Result);
    wall.hears(|view| view.stage = in_phase(1));
    assert_eq!(wall.scene(), WallScene::Clusters);
    wall.hears(|view| view.scene = Some(Scene::Votes));
    assert_eq!(wall.scene(), WallScene::Result);
}

#[test]
fn groups_are_shown_when_they_are_made_but_not_over_silence() {
    let group = GroupView {
        group: Group {
            id: GroupId(0),
            area: BoardRect::default(),
        },
        people: 4,
        voices: 3,
    };
    let mut wall = Wall::hung_up();
    assert_eq!(
        wall.hears(|view| {
            view.mixes = 1;
            view.groups = vec![group.clone()];
        }),
        Some(90_000)
    );
    assert_eq!(wall.scene(), WallScene::Groups);
    // Who comes late is seated without a new picture.
    assert_eq!(wall.hears(|view| view.groups[0].people = 5), None);
    wall.hears(|view| view.writing = Writing::Silent);
    assert_eq!(wall.scene(), WallScene::Silent);
    // Mixed again, into as many: people have to find a table again.
    wall.hears(|view| view.writing = Writing::Open);
    wall.waits();
    assert_eq!(wall.scene(), WallScene::Clusters);
    assert_eq!(wall.hears(|view| view.mixes = 2), Some(90_000));
    assert_eq!(wall.scene(), WallScene::Groups);
    assert_eq!(wall.hears(|view| view.groups.clear()), None);
    assert_eq!(wall.scene(), WallScene::Clusters, "there are none any more");
}

#[test]
fn a_wall_that_is_opened_after_a_vote_shows_its_result_as_long_as_its_phase_goes_on() {
    let hung_up = |change: &dyn Fn(&mut SharedView)| {
        let mut wall = Wall::default();
        wall.hears(|view| {
            view.stage = in_phase(1);
            view.round = Some(RoundView {
                closed_in: Some(PhaseId(1)),
                ..round(1, false)
            });
            change(view);
        });
        wall
    };
    let mut wall = hung_up(&|_| {});
    assert_eq!(wall.scene(), WallScene::Result);
    wall.hears(|view| view.stage = in_phase(2));
    assert_eq!(wall.scene(), WallScene::Clusters);
    let later = hung_up(&|view| view.stage = in_phase(2));
    assert_eq!(later.scene(), WallScene::Clusters);
    let speaking = hung_up(&|view| view.turns = Some(turns()));
    assert_eq!(speaking.scene(), WallScene::Turns);
}

#[test]
fn plans_are_shown_where_they_are_written_and_when_it_is_over() {
    let plans = WallFacts {
        has_plans: true,
        ..NOTES
    };
    let mut wall = Wall::hung_up();
    wall.hears(|view| {
        view.phases[0].kinds = vec![NoteKind::Plan];
        view.stage = in_phase(1);
    });
    assert_eq!(scene_of(&wall.view, &wall.watch, plans), WallScene::Plans);
    assert_eq!(wall.scene(), WallScene::Clusters, "there are none yet");
    wall.hears(|view| view.stage = Stage::Over);
    assert_eq!(scene_of(&wall.view, &wall.watch, plans), WallScene::Plans);
}

#[test]
fn later_sittings_are_about_their_plans() {
    let mut wall = Wall::hung_up();
    let plans = WallFacts {
        has_plans: true,
        ..NOTES
    };
    wall.hears(|view| view.stage = in_phase(1));
    assert_eq!(
        scene_of(&wall.view, &wall.watch, plans),
        WallScene::Clusters
    );
    wall.hears(|view| view.stage = in_phase(2));
    assert_eq!(scene_of(&wall.view, &wall.watch, plans), WallScene::Plans);
}

#[test]
fn what_is_not_covered_is_asked_of_the_room_until_it_goes_on_or_stays() {
    let mut wall = Wall::hung_up();
    wall.hears(|view| view.stage = in_phase(1));
    wall.hears(|view| {
        view.looking = Some(PhaseId(2));
        view.scene = Some(Scene::Plans);
    });
    assert_eq!(wall.scene(), WallScene::Insights, "whatever was chosen");
    wall.hears(|view| {
        view.looking = None;
        view.scene = None;
    });
    assert_eq!(wall.scene(), WallScene::Clusters, "it stays");
    wall.hears(|view| view.looking = Some(PhaseId(2)));
    wall.hears(|view| {
        view.looking = None;
        view.insights_moment = 1;
        view.stage = in_phase(2);
        view.writing = Writing::Silent;
    });
    assert_eq!(wall.scene(), WallScene::Silent, "it has gone on");
}
