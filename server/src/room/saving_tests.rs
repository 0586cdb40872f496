//! A disk that takes nothing, told as frames in and effects out.

use super::*;
use samtavle_shared::wire::SaveTrouble;

const FULL: Option<SaveTrouble> = Some(SaveTrouble::DiskFull);

fn says(trouble: Option<SaveTrouble>) -> ServerMessage {
    ServerMessage::Saving { trouble }
}

impl Scene {
    fn has(&mut self, trouble: Option<SaveTrouble>) -> Vec<Effect> {
        self.room.handle(Input::Saving(trouble), self.now)
    }
}

#[test]
fn everybody_is_told_once_and_so_is_who_comes_later() {
    let mut scene = Scene::with(&[KARI, OLA]);
    let told = scene.has(FULL);
    for peer in [KARI, OLA] {
        assert!(messages(&told, peer).contains(&says(FULL)));
    }
    assert_eq!(scene.has(FULL), []);
    let welcome = scene.enters(WALL, Role::Wall);
    assert!(messages(&welcome, WALL).contains(&says(FULL)));
    let told = scene.has(None);
    for peer in [KARI, OLA, WALL] {
        assert!(messages(&told, peer).contains(&says(None)));
    }
}

#[test]
fn what_is_written_meanwhile_reaches_the_others_and_is_not_called_saved() {
    let mut scene = Scene::with(&[KARI, OLA]);
    scene.has(FULL);
    let written = update_of(&Board::new(7), "a");
    let mut effects = scene.says(KARI, &Frame::Update(&written));
    effects.extend(scene.after(1_000));
    assert!(sent(&effects, |frame| matches!(frame, Frame::Update(_))).contains(&OLA));
    let is_saved = |message: &ServerMessage| matches!(message, ServerMessage::Saved { .. });
    assert!(!messages(&effects, KARI).iter().any(is_saved));
    assert!(messages(&scene.is_on_disk(), KARI).iter().any(is_saved));
}

#[test]
fn more_than_it_can_hold_is_refused_without_closing_and_asked_for_when_there_is_room() {
    let mut scene = Scene::with(&[KARI, OLA]);
    scene.has(FULL);
    scene.room.is_full_up();
    let written = update_of(&Board::new(7), "a");
    let effects = scene.says(KARI, &Frame::Update(&written));
    let refused = ServerMessage::Refused {
        code: RefusalCode::NotSaved,
        frame: Some(1),
    };
    assert_eq!(messages(&effects, KARI), [refused]);
    assert_eq!(effects.len(), 1);
    let asked = sent(&scene.has(None), |frame| {
        matches!(frame, Frame::SyncStep1(_))
    });
    assert_eq!(asked, [KARI], "only who was refused has more");
    let effects = scene.says(KARI, &Frame::SyncStep2(&written));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Append(_)))
    );
}

#[test]
fn a_disk_that_works_holds_everything() {
    let mut scene = Scene::with(&[KARI]);
    scene.room.is_full_up();
    let written = update_of(&Board::new(7), "a");
    let effects = scene.says(KARI, &Frame::Update(&written));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Append(_)))
    );
}
