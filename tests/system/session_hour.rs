//! A whole workshop, from the first person to the last phase, over real sockets.

use samtavle_shared::{
    board::Verdict as BoardVerdict,
    session::{
        Command, DisturbanceOf, NextStep, RoundId, Scene, Stage, Verdict, Writing,
        mix::{GroupSize, Wishes},
    },
    wire::Role,
};
use samtavle_tests::{people::Person, server::Server, table::Table};

/// A facilitator, eight people of four voices, and a wall.
struct Room {
    liv: Person,
    people: Vec<Person>,
    wall: Person,
}

impl Room {
    async fn of(board: &Table) -> Self {
        let liv = board.join_as("Liv", Role::Facilitator).await;
        let wall = board.join_as("wall", Role::Wall).await;
        let mut people = Vec::new();
        for (number, voice) in ["youth", "patient", "front-line", "leader"]
            .into_iter()
            .cycle()
            .take(8)
            .enumerate()
        {
            let person = board.join(&format!("Person {number}")).await;
            person.introduces_as(&[voice]).await;
            people.push(person);
        }
        Self { liv, people, wall }
    }

    async fn all_are_in(&self, phase: u16) {
        for person in self.people.iter().chain([&self.liv, &self.wall]) {
            person.is_in_phase(phase).await;
        }
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one hour, told in order")]
async fn a_workshop_from_start_to_end() {
    let server = Server::start_with(&["--clock-speed", "600"]).await;
    let board = server.board("Ungdom og buss").await;
    let room = Room::of(&board).await;
    let (liv, people, wall) = (&room.liv, &room.people, &room.wall);

    // Before it begins: who is here, and what will come.
    liv.until("everybody", |state| {
        state.lead.people.len() == 9 && state.lead.people.iter().all(|person| person.is_here)
    })
    .await;
    wall.until("how it stands", |state| state.session.people == 9)
        .await;
    {
        let state = wall.state();
        assert_eq!(state.session.template, "samskaping-60");
        assert_eq!(
            (state.session.stage, state.session.next),
            (Stage::Gathering, NextStep::Begin)
        );
        assert_eq!(state.session.clock_speed, 600);
        assert!(state.own.person.is_none() && state.lead.people.is_empty());
    }

    // The first phase is silent; the time runs fast.
    assert_eq!(liv.goes_on().await, NextStep::Begin);
    room.all_are_in(1).await;
    let begun = wall.state().session.clone();
    let left = begun.stage.timer().unwrap().left(begun.now);
    assert!((18 * 60_000..=20 * 60_000).contains(&left), "{left} ms");
    assert_eq!(begun.writing, Writing::Silent);
    for (number, person) in people.iter().enumerate() {
        person
            .drafts(&format!("draft {number} about the bus"))
            .await;
    }
    wall.until("eight drafts", |state| state.session.drafts == 8)
        .await;
    assert!(wall.state().texts().is_empty());

    // Reveal: all at once, in no two the same place.
    assert_eq!(liv.goes_on().await, NextStep::Reveal);
    wall.until("eight notes", |state| state.texts().len() == 8)
        .await;
    let notes = wall.state().board.view().notes();
    for (place, note) in notes.iter().enumerate() {
        assert!(note.voice.is_some() || note.by.is_none());
        assert!(notes[..place].iter().all(|other| other.pos != note.pos));
    }

    // The phase ends: the board as it was then has a name.
    assert_eq!(
        liv.goes_on().await,
        NextStep::Phase(samtavle_shared::session::PhaseId(2))
    );
    room.all_are_in(2).await;
    assert_eq!(wall.state().session.ended.len(), 1);

    // Groups: each of four different voices; notes land in the group's area.
    let size = GroupSize::Groups(2);
    liv.does(Command::Mix {
        size,
        wishes: Wishes::default(),
    })
    .await;
    for person in people {
        person
            .until("a group", |state| {
                state.own.group.is_some() && state.session.groups.len() == 2
            })
            .await;
    }
    let groups = wall.state().session.groups.clone();
    assert!(
        groups
            .iter()
            .all(|group| group.people == 4 && group.voices == 4),
        "{groups:?}"
    );
    liv.does(Command::StartSilence).await;
    let at_a_table = people[0].drafts("from our table").await;
    liv.does(Command::Reveal).await;
    wall.sees("from our table").await;
    let own = people[0].state().own.group;
    let group = groups
        .iter()
        .find(|group| Some(group.group.id) == own)
        .unwrap();
    assert!(
        group
            .group
            .area
            .contains(wall.note(&at_a_table).unwrap().pos)
    );

    // Disturb me, disturb all.
    people[1].does(Command::DisturbMe { by_card: false }).await;
    people[1]
        .until("a disturbance", |state| state.own.disturbance.is_some())
        .await;
    let Some(DisturbanceOf::Note(note)) = people[1].state().own.disturbance.clone() else {
        panic!("somebody's note")
    };
    assert_ne!(wall.note(&note).unwrap().text, "draft 1 about the bus");
    people[1].does(Command::DisturbMe { by_card: true }).await;
    people[1]
        .until("a card", |state| {
            matches!(state.own.disturbance, Some(DisturbanceOf::Card { .. }))
        })
        .await;
    people[1].does(Command::SetAside).await;
    liv.does(Command::DisturbAll).await;
    let mut given = Vec::new();
    for person in people {
        person
            .until("the surprise", |state| {
                state.session.surprises == 1 && state.own.disturbance.is_some()
            })
            .await;
        given.push(format!("{:?}", person.state().own.disturbance));
    }
    given.sort();
    given.dedup();
    assert_eq!(given.len(), 8, "each another: {given:?}");

    say_back(&room).await;
    take_turns(&room).await;
    vote(&room).await;

    // Habits, and a broken one.
    assert!(matches!(liv.goes_on().await, NextStep::Phase(_)));
    room.all_are_in(3).await;
    let habit = samtavle_shared::ids::NoteId::from("a-habit");
    let Command::WriteDraft { mut note } =
        samtavle_tests::session::draft(&habit, "Vi spør aldri dem det gjelder")
    else {
        unreachable!()
    };
    note.kind = "habit".to_owned();
    people[2].does(Command::WriteDraft { note }).await;
    assert_eq!(liv.goes_on().await, NextStep::Reveal);
    let (who, from) = ("Ledergruppa".to_owned(), "i morgen".to_owned());
    people[2]
        .does(Command::BreakHabit {
            note: habit.clone(),
            who,
            from,
        })
        .await;
    wall.until("it is broken", |state| {
        let note = state.board.view().note(&habit);
        note.is_some_and(|note| note.habit.broken.is_some())
            && state.session.scene == Some(Scene::Broken(habit.clone()))
    })
    .await;

    // On to ideas: what nobody has heard yet is shown once. Then on to the end.
    for phase in [4, 5, 6, 7] {
        while !matches!(liv.goes_on().await, NextStep::Phase(_)) {}
        room.all_are_in(phase).await;
        let moment = u32::from(phase >= 5);
        wall.until("the insights", |state| {
            state.session.insights_moment == moment
        })
        .await;
        let is_another_day = phase >= 6;
        let timer = wall.state().session.stage.timer().unwrap();
        assert_eq!(
            matches!(timer, samtavle_shared::session::Timer::Waits { .. }),
            is_another_day
        );
    }
    while liv.goes_on().await != NextStep::End {}
    for person in people.iter().chain([liv, wall]) {
        person
            .until("the end", |state| state.session.stage == Stage::Over)
            .await;
    }
    assert_eq!(wall.state().session.next, NextStep::Nothing);

    // It is all there after the server has gone and come back.
    let before = wall.state().session.clone();
    let mut server = server;
    server.kill().await;
    server.start_again().await;
    let late = board.join("Late").await;
    late.until("the end", |state| state.session.stage == Stage::Over)
        .await;
    let after = late.state().session.clone();
    assert_eq!(
        (before.ended, before.groups.len(), before.former_rounds),
        (after.ended, after.groups.len(), after.former_rounds)
    );
    // Each ended phase is kept under its name.
    assert_eq!(
        server.named_checkpoints(),
        [
            "Hva er egentlig problemet?",
            "Se det gjennom andre",
            "Hvilke vaner holder det fast?",
            "Gi klyngene navn",
            "Løs det",
            "Planlegg og prøv",
            "Lag og del",
        ]
    );
}

async fn say_back(room: &Room) {
    let Room { liv, people, wall } = room;
    liv.does(Command::StartSayBack).await;
    for person in people {
        person
            .until("a note to say back", |state| state.own.say_back.is_some())
            .await;
        let (note, _) = person.state().own.say_back.clone().unwrap();
        let text = format!("as {} says it", person.name);
        let for_whom = None;
        person
            .does(Command::Restate {
                note,
                text,
                for_whom,
            })
            .await;
    }
    let waits = |person: &&Person| !person.state().own.to_judge.is_empty();
    let mut looks = 0;
    let judge = loop {
        if let Some(judge) = people.iter().find(waits) {
            break judge;
        }
        looks += 1;
        assert!(looks < 1_000, "nobody has anything to judge");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await; // looks again
    };
    let said = judge.state().own.to_judge[0].clone();
    let verdict = Verdict::Corrected("not quite".to_owned());
    judge
        .does(Command::Judge {
            note: said.note.clone(),
            by: said.by,
            verdict,
        })
        .await;
    wall.until("both wordings", |state| {
        let note = state.board.view().note(&said.note).unwrap();
        note.restated.iter().any(|one| {
            one.text == said.text && one.verdict == BoardVerdict::Corrected("not quite".to_owned())
        })
    })
    .await;
    liv.does(Command::EndSayBack).await;
    wall.until("it is over", |state| state.session.say_back.is_none())
        .await;
}

async fn take_turns(room: &Room) {
    let Room { liv, people, wall } = room;
    liv.does(Command::StartTurns { seconds: None }).await;
    let mut voices = Vec::new();
    for turn in 0..8 {
        wall.until("whose turn it is", |state| {
            state
                .session
                .turns
                .as_ref()
                .is_some_and(|turns| turns.heard == turn && turns.present.is_some())
        })
        .await;
        let present = wall.state().session.turns.clone().unwrap().present.unwrap();
        voices.push(present.voice.unwrap());
        liv.does(Command::EndTurn).await;
    }
    for round in voices.chunks(4) {
        let mut round = round.to_vec();
        round.sort();
        round.dedup();
        assert_eq!(
            round.len(),
            4,
            "each voice once before any twice: {voices:?}"
        );
    }
    people[0]
        .until("everybody was heard", |state| {
            state
                .session
                .turns
                .as_ref()
                .is_some_and(|turns| turns.present.is_none() && turns.heard == 8)
        })
        .await;
    liv.does(Command::EndTurns).await;
}

async fn vote(room: &Room) -> RoundId {
    let Room { liv, people, wall } = room;
    let round = liv.opens_a_round(3).await;
    let notes = wall.state().board.view().notes();
    for person in people {
        person
            .until("the round", |state| state.session.round.is_some())
            .await;
        person
            .does(Person::vote(round, &[(&notes[0].id, 2), (&notes[1].id, 1)]))
            .await;
    }
    wall.until("eight votes", |state| {
        state
            .session
            .round
            .as_ref()
            .is_some_and(|round| round.voted == 8)
    })
    .await;
    assert_eq!(liv.goes_on().await, NextStep::CloseRound);
    wall.until("the result", |state| {
        state.session.round.as_ref().is_some_and(|round| {
            round
                .result
                .as_ref()
                .is_some_and(|result| result.voters == 8)
        })
    })
    .await;
    round
}
