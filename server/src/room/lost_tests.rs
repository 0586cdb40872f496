//! A disk that loses what was written: nobody is locked out, nothing of a person's is lost, all are equal,
//! and nobody is taken for the writer of what they only hand over.

use super::*;
use crate::room::take_back::take_back;
use samtavle_shared::{
    board::{BoardChange, NewNote, Note, NoteKind, Restatement, TextEdit, Verdict},
    geometry::BoardPoint,
};

/// Somebody's page: it keeps what it has, whatever becomes of the server.
struct Page {
    peer: PeerId,
    board: Board,
    wrote_as: Vec<u64>,
}

impl Page {
    /// One that knows nothing yet.
    fn of(peer: PeerId) -> Self {
        Self {
            peer,
            board: Board::new(peer.0),
            wrote_as: Vec::new(),
        }
    }

    /// The page of somebody who is in the room, and has all that it has.
    fn in_room(scene: &mut Scene, peer: PeerId) -> Self {
        let page = Self::of(peer);
        let asks = Frame::SyncStep1(&page.board.state_vector()).write();
        page.hears(&scene.handle(Input::Frame(peer, asks.into())));
        page
    }

    /// Opened again: another Yjs client, with the same local copy.
    fn opened_again(&self, client: u64) -> Self {
        let board = Board::new(client);
        board.apply(&self.board.whole(), Made::Before).unwrap();
        board.take_updates();
        Self {
            peer: self.peer,
            board,
            wrote_as: vec![self.board.client()],
        }
    }

    fn hears(&self, effects: &[Effect]) {
        for update in updates_to(effects, self.peer) {
            self.board.apply(&update, Made::Elsewhere).unwrap();
        }
        let _: Vec<BoardChange> = self.board.take_changes();
        self.board.take_updates();
    }

    /// Comes to the room, and hands over what that lacks. Gives all that came of it.
    fn comes_to(&self, scene: &mut Scene, role: Role) -> Vec<Effect> {
        let entrance = Entrance {
            caller: crate::room::terms::Caller::at([192, 0, 2, 1].into()),
            role,
            code: String::new(),
            key: crate::access::keys::KeyHash::of("key"),
            dialect: Dialect::Ours {
                client: self.board.client(),
                device: format!("device {}", self.peer.0),
                wrote_as: self.wrote_as.clone(),
                knows: String::new(),
            },
        };
        let mut effects = scene.handle(Input::Enter(self.peer, entrance));
        let theirs = Frame::SyncStep1(&self.board.state_vector()).write();
        effects.extend(scene.handle(Input::Frame(self.peer, theirs.into())));
        let missing = self
            .board
            .missing_from(&scene.room.document.state_vector())
            .unwrap();
        effects.extend(scene.sends(self.peer, &Frame::SyncStep2(&missing)));
        effects.extend(scene.after(3_000));
        self.hears(&effects);
        effects
    }

    fn does(&self, scene: &mut Scene, edit: impl FnOnce(&Board)) -> Vec<Effect> {
        edit(&self.board);
        let mut effects = Vec::new();
        for update in self.board.take_updates() {
            effects.extend(scene.sends(self.peer, &Frame::Update(&update.bytes)));
        }
        effects.extend(scene.after(3_000));
        effects
    }

    fn equals(&self, scene: &Scene) -> bool {
        let sorted = |mut notes: Vec<Note>| {
            notes.sort_by(|one, other| one.id.cmp(&other.id));
            notes
        };
        let theirs = scene.room.document.read(|board| sorted(board.notes()));
        sorted(self.board.view().notes()) == theirs
    }
}

fn is_close(effect: &Effect) -> bool {
    matches!(effect, Effect::Close(..))
}

/// What the notes say when all that somebody did is taken back.
fn texts_without(scene: &Scene, who: &PersonId) -> Vec<String> {
    let board = Board::new(1);
    let updates = scene
        .written
        .iter()
        .filter(|record| record.kind == Kind::Update);
    for record in updates {
        board.apply(&record.bytes, Made::Before).unwrap();
    }
    if let Some(update) = take_back(&scene.written, who, Naming::Voices, 999) {
        board.apply(&update, Made::Before).unwrap();
    }
    let notes = board.view().notes().into_iter();
    let mut texts: Vec<String> = notes.map(|note| note.text).collect();
    texts.sort();
    texts
}

fn person(scene: &Scene, peer: PeerId) -> PersonId {
    scene.room.peers[&peer].person.clone().unwrap()
}

/// A note that has been said back once, by the room's own hand, and who has seen it.
fn with_a_restated_note() -> (Scene, Page) {
    let mut scene = Scene::new();
    let kari = Page::in_room(&mut scene, KARI);
    kari.does(&mut scene, |board| {
        board
            .change(Made::Here)
            .add_note(new_note("n1", "Vi venter"));
    });
    let effects = restates(&mut scene, "Dere står i kø");
    kari.hears(&effects);
    (scene, kari)
}

fn new_note(id: &str, text: &str) -> NewNote {
    let pos = BoardPoint::default();
    NewNote::new(id.into(), NoteKind::Habit, pos, text, 0.0)
}

fn restatement(text: &str) -> Restatement {
    Restatement {
        text: text.to_owned(),
        verdict: Verdict::Confirmed,
    }
}

fn restates(scene: &mut Scene, text: &str) -> Vec<Effect> {
    let mut turn = Turn::at(scene.now);
    let said = scene.room.change(None, &mut turn, |board| {
        board.restate(&"n1".into(), &restatement(text));
    });
    assert!(said.is_ok());
    for effect in &turn.effects {
        if let Effect::Append(record) = effect {
            scene.written.push(record.clone());
        }
    }
    turn.effects.extend(scene.after(3_000));
    turn.effects
}

#[test]
fn nobody_sees_the_servers_own_changes_before_they_are_on_disk() {
    let mut scene = Scene::new();
    scene.does(LEAD, Command::StartSilence);
    scene.does(KARI, draft("n1", "hemmelig"));
    let mut effects = scene.commands(LEAD, Command::Reveal);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Append(_)))
    );
    // A disk that takes its time, and somebody who comes meanwhile.
    let late = PeerId(9);
    effects.extend(scene.enters(late, Role::Participant));
    for _ in 0..7 {
        scene.now.steady += 500;
        effects.extend(scene.handle(Input::Tick));
    }
    assert!(!effects.iter().any(is_update));
    assert!(updates_to(&effects, late).is_empty(), "the answer waits");
    for peer in [LEAD, KARI, WALL] {
        assert!(shared(&effects, peer).is_none(), "and so does the moment");
    }
    let wakes = scene.room.wakes_at();
    assert!(
        wakes.is_none_or(|at| at > scene.now.steady),
        "it does not spin"
    );

    let effects = scene.after(0);
    assert!(effects.iter().any(is_update));
    assert_eq!(shared(&effects, WALL).unwrap().reveals, 1);
    let page = Page::of(late);
    page.hears(&effects);
    assert!(page.equals(&scene));
    assert_eq!(page.board.view().notes().len(), 1);
}

#[test]
fn a_disk_that_takes_nothing_for_long_keeps_the_servers_own_and_nothing_else() {
    let mut scene = Scene::new();
    scene.does(LEAD, Command::StartSilence);
    scene.does(KARI, draft("n1", "hemmelig"));
    // Without a change of the board, how the session stands is shown after a moment.
    let mut effects = scene.commands(LEAD, Command::Hide { note: "n0".into() });
    effects.extend(scene.waits(2_000));
    scene.commands(LEAD, Command::StartTurns { seconds: None });
    let effects = scene.waits(2_000);
    assert!(shared(&effects, WALL).unwrap().turns.is_some());

    scene.commands(LEAD, Command::Reveal);
    let late = PeerId(9);
    scene.enters(late, Role::Participant);
    let effects = scene.waits(60_000);
    assert!(!effects.iter().any(is_update), "only one who asks is told");
    assert_eq!(updates_to(&effects, late).len(), 1);
    assert!(shared(&effects, WALL).is_none(), "and the moment waits");
    let is_a_word = |effect: &&Effect| matches!(effect, Effect::Send { frame, .. } if matches!(Frame::read(frame), Ok(Frame::Awareness([0]))));
    let words = effects.iter().filter(is_a_word).count();
    assert!((4..=6).contains(&words), "{words} words in a minute");

    let effects = scene.after(0);
    assert!(effects.iter().any(is_update));
    assert_eq!(shared(&effects, WALL).unwrap().reveals, 1);
}

#[test]
fn while_nothing_can_be_written_nobody_asks_the_server_to_change_the_board() {
    let mut scene = Scene::new();
    scene.does(LEAD, Command::StartSilence);
    scene.does(KARI, draft("n1", "hemmelig"));
    let trouble = Some(samtavle_shared::wire::SaveTrouble::DiskFull);
    scene.handle(Input::Saving(trouble));
    let effects = scene.commands(LEAD, Command::Reveal);
    let declined = ServerMessage::Declined {
        id: scene.next - 1,
        refusal: Refusal::NotSaved,
    };
    assert!(messages(&effects, LEAD).contains(&declined), "{effects:?}");
    assert_eq!(scene.room.workshop.session.shared_view().drafts, 1);
    scene.handle(Input::Saving(None));
    scene.does(LEAD, Command::Reveal);
}

#[test]
fn what_people_do_goes_out_while_the_servers_own_waits() {
    let mut scene = Scene::new();
    scene.does(LEAD, Command::StartSilence);
    scene.does(KARI, draft("n1", "hemmelig"));
    let page = Page::in_room(&mut scene, KARI);
    scene.commands(LEAD, Command::Reveal);
    scene.now.steady += 1_000;
    let effects = scene.sends(
        OLA,
        &Frame::Update(&note_of(&Board::new(OLA.0), "n2", None)),
    );
    page.hears(&effects);
    let texts = page.board.view().notes().len();
    assert_eq!(texts, 1, "hers is not there yet");
    page.hears(&scene.after(1_000));
    assert!(page.equals(&scene));
}

#[test]
fn a_lost_saying_of_the_server_locks_nobody_out() {
    let (mut scene, kari) = with_a_restated_note();
    let before = scene.written.len();
    kari.hears(&restates(&mut scene, "Dere venter på tur"));
    // She writes on, and nothing of hers is on disk, either.
    kari.does(&mut scene, |board| {
        let edit = TextEdit {
            at: 0,
            remove: 0,
            insert: "Også ".to_owned(),
        };
        board.change(Made::Here).write_note(&"n1".into(), &edit);
        board.change(Made::Here).add_note(new_note("n2", "ny"));
    });

    let mut scene = scene.starts_again_with(before);
    let effects = kari.comes_to(&mut scene, Role::Participant);
    assert!(!effects.iter().any(is_close));
    let refused = |message: &ServerMessage| matches!(message, ServerMessage::Refused { .. });
    assert!(!messages(&effects, KARI).iter().any(refused));
    assert!(kari.equals(&scene));
    let note = kari.board.view().note(&"n1".into()).unwrap();
    assert_eq!(note.text, "Også Vi venter");
    assert_eq!(
        note.restated,
        [restatement("Dere står i kø")],
        "what it said before is said again"
    );
    assert!(kari.board.view().note(&"n2".into()).is_some());

    // It goes on as ever: for her, for one who knows nothing, and after another start.
    kari.hears(&restates(&mut scene, "Dere venter på tur"));
    assert!(kari.equals(&scene));
    assert_eq!(
        kari.board.view().note(&"n1".into()).unwrap().restated.len(),
        2
    );
    let all = scene.written.len();
    let mut scene = scene.starts_again_with(all);
    for page in [Page::of(OLA), kari.opened_again(222)] {
        page.comes_to(&mut scene, Role::Participant);
        assert!(page.equals(&scene));
    }
}

#[test]
fn a_reveal_that_was_lost_comes_back_as_its_writers() {
    let mut scene = Scene::new();
    scene.does(LEAD, Command::StartSilence);
    scene.does(KARI, draft("n1", "av Kari"));
    let writer = person(&scene, KARI);
    let before = scene.written.len();
    let ola = Page::in_room(&mut scene, OLA);
    ola.hears(&scene.does(LEAD, Command::Reveal));
    assert_eq!(ola.board.view().notes().len(), 1);

    let mut scene = scene.starts_again_with(before);
    ola.comes_to(&mut scene, Role::Participant);
    let session = scene.again();
    let wrote = |note: &str, who: &PersonId| session.wrote(&note.into(), who).is_none();
    assert!(wrote("n1", &writer), "it is known who wrote it");
    let own = ola.does(&mut scene, |board| {
        board.change(Made::Here).add_note(new_note("n2", "av Ola"));
    });
    assert!(own.iter().any(|effect| matches!(effect, Effect::Append(_))));

    let olas = person(&scene, OLA);
    assert_eq!(
        texts_without(&scene, &olas),
        ["av Kari"],
        "to remove who handed it over leaves it there"
    );
    assert_eq!(texts_without(&scene, &writer), ["av Ola"]);
}

#[test]
fn what_others_wrote_is_theirs_whoever_hands_it_over() {
    let mut scene = Scene::new();
    let (kari, ola) = (
        Page::in_room(&mut scene, KARI),
        Page::in_room(&mut scene, OLA),
    );
    let before = scene.written.len();
    let effects = kari.does(&mut scene, |board| {
        board.change(Made::Here).add_note(new_note("n1", "av Kari"));
    });
    ola.hears(&effects);
    ola.does(&mut scene, |board| {
        board.change(Made::Here).add_note(new_note("n2", "av Ola"));
        board.change(Made::Here).delete_note(&"n0".into(), 0.0);
    });
    let (karis, olas) = (person(&scene, KARI), person(&scene, OLA));

    let mut scene = scene.starts_again_with(before);
    ola.comes_to(&mut scene, Role::Participant);
    let is_of = |scene: &Scene, note: &str, who: &PersonId| {
        let events = scene
            .written
            .iter()
            .filter(|record| record.kind == Kind::Session);
        events
            .flat_map(|record| serde_json::from_slice::<Vec<Event>>(&record.bytes).unwrap())
            .any(|event| event == Event::Wrote(note.into(), who.clone()))
    };
    assert!(is_of(&scene, "n2", &olas));
    assert!(!is_of(&scene, "n1", &olas) && !is_of(&scene, "n1", &karis));
    let all_of_olas = |record: &Record| record.kind == Kind::Update && record.person.is_some();
    assert!(!scene.written[before..].iter().any(all_of_olas));

    // She has opened her page again, and it says as whom it wrote.
    kari.opened_again(222)
        .comes_to(&mut scene, Role::Participant);
    assert!(is_of(&scene, "n1", &karis));
    assert_eq!(texts_without(&scene, &karis), ["av Ola"]);
    assert_eq!(texts_without(&scene, &olas), ["av Kari"]);
}

#[test]
fn nobody_takes_a_page_that_is_known_to_be_anothers() {
    let mut scene = Scene::new();
    let kari = Page::in_room(&mut scene, KARI);
    kari.does(&mut scene, |board| {
        board.change(Made::Here).add_note(new_note("n1", "av Kari"));
    });
    let ola = Page {
        peer: PeerId(9),
        board: Board::new(9),
        wrote_as: vec![KARI.0, LEAD.0],
    };
    let before = scene.written.len();
    ola.comes_to(&mut scene, Role::Participant);
    let claims = scene.written[before..]
        .iter()
        .filter(|record| record.kind == Kind::Session);
    let events: Vec<Event> = claims
        .flat_map(|record| serde_json::from_slice::<Vec<Event>>(&record.bytes).unwrap())
        .collect();
    assert!(
        !events
            .iter()
            .any(|event| matches!(event, Event::WritesAs(..))),
        "{events:?}"
    );
}

#[test]
fn what_a_lock_holds_back_is_not_called_saved_before_it_has_come() {
    let mut scene = Scene::new();
    let kari = Page::in_room(&mut scene, KARI);
    let locks = Locks {
        board: true,
        ..Locks::default()
    };
    scene.does(LEAD, Command::Lock { locks });
    let mut said = messages(
        &kari.does(&mut scene, |board| {
            board.change(Made::Here).add_note(new_note("n1", "før"));
            board.change(Made::Here).add_note(new_note("n2", "etter"));
        }),
        KARI,
    );
    // Ola comes, Kari deletes what is not there for the room: nothing of hers is settled.
    scene.enters(PeerId(9), Role::Participant);
    said.extend(messages(&scene.after(3_000), KARI));
    let saved = |said: &[ServerMessage]| {
        said.iter()
            .any(|message| matches!(message, ServerMessage::Saved { .. }))
    };
    assert!(!saved(&said), "{said:?}");

    let open = Command::Lock {
        locks: Locks::default(),
    };
    let effects = scene.does(LEAD, open);
    assert!(!saved(&messages(&effects, KARI)));
    let missing = kari
        .board
        .missing_from(&scene.room.document.state_vector())
        .unwrap();
    let mut effects = scene.sends(KARI, &Frame::SyncStep2(&missing));
    effects.extend(scene.after(0));
    let all = ServerMessage::Saved { frames: 3 };
    assert!(messages(&effects, KARI).contains(&all), "{effects:?}");
}

#[test]
fn a_note_that_a_facilitator_takes_out_of_a_locked_cluster_may_come() {
    let mut scene = Scene::new();
    let (lead, kari) = (
        Page::in_room(&mut scene, LEAD),
        Page::in_room(&mut scene, KARI),
    );
    let effects = lead.does(&mut scene, |board| {
        let mut change = board.change(Made::Here);
        change.add_cluster(&"c".into(), "", BoardPoint::default());
        change.add_note(new_note("n1", "i klyngen"));
        change.join_cluster(&"n1".into(), &"c".into());
    });
    kari.hears(&effects);
    let locks = Locks {
        clusters: ["c".into()].into(),
        ..Locks::default()
    };
    scene.does(LEAD, Command::Lock { locks });
    kari.does(&mut scene, |board| {
        let edit = TextEdit {
            at: 0,
            remove: 0,
            insert: "fortsatt ".to_owned(),
        };
        board.change(Made::Here).write_note(&"n1".into(), &edit);
    });
    let is_question = |effect: &Effect| matches!(effect, Effect::Send { to, frame, .. } if *to == [KARI] && matches!(Frame::read(frame), Ok(Frame::SyncStep1(_))));
    let is_asked = |effects: &[Effect]| effects.iter().any(is_question);
    assert!(!is_asked(&scene.after(60_000)));
    let effects = lead.does(&mut scene, |board| {
        board.change(Made::Here).dissolve(&"c".into(), 0.0);
    });
    assert!(is_asked(&effects));
}
