use super::*;
use crate::{
    board::ThingId,
    session::{SWEEP_LIVES_MS, Sweep, SweepId, Swept, SweptThing},
};

fn thing(thing: ThingId) -> SweptThing {
    SweptThing {
        thing,
        gone: Some(5.0),
        was: None,
    }
}

fn sweep(id: u32, at: u64, things: &[ThingId]) -> Event {
    Event::Swept(Sweep {
        id: SweepId(id),
        by: Some("kari".into()),
        did: Swept::Removed,
        at,
        things: things.iter().cloned().map(thing).collect(),
    })
}

#[test]
fn a_sweep_grows_is_undone_in_order_and_only_for_some_minutes() {
    let mut hall = Hall::with(&["kari"]);
    let at = hall.world.now;
    let (note, link) = (ThingId::Note("n1".into()), ThingId::Link("l".into()));
    hall.session
        .apply(sweep(1, at, &[link.clone(), note.clone()]));
    let cluster = ThingId::Cluster("c".into());
    hall.session
        .apply(sweep(1, at + 1, std::slice::from_ref(&cluster)));
    assert_eq!(hall.session.next_sweep(), SweepId(2));
    let undo = || Command::UndoSweep { sweep: SweepId(1) };
    hall.may_not("kari", undo(), Refusal::NotYours);
    hall.world.now = at + 1 + SWEEP_LIVES_MS;
    hall.may_not(LIV, undo(), Refusal::TooLate);
    hall.world.now -= 1;
    hall.does(LIV, undo());
    let things = [cluster, note, link].map(thing).to_vec();
    assert_eq!(hall.edits, [Edit::BringBack(things)]);
    hall.may_not(LIV, undo(), Refusal::TooLate);
    assert_eq!(
        hall.session.next_sweep(),
        SweepId(2),
        "its number is used up"
    );
}

#[test]
fn only_so_many_are_remembered() {
    let mut hall = Hall::with(&["kari"]);
    let at = hall.world.now;
    for id in 1..=20 {
        hall.session.apply(sweep(id, at, &[]));
    }
    assert_eq!(hall.session.sweeps(at).count(), 8);
    hall.session.apply(sweep(21, at + SWEEP_LIVES_MS, &[]));
    assert_eq!(hall.session.sweeps(0).count(), 1);
}
