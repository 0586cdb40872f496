//! The scenes of the wall, one a file. Which is on is chosen in `shared::session::scene_of`.

mod broken;
mod disturbance;
mod gather;
mod groups;
mod insights;
mod newest;
mod plans;
mod result;
mod result_row;
mod said_back;
mod say_back;
mod silent;
mod spotlight;
mod turns;
mod vote;

use super::{
    picture::{Picture, Shown},
    room::Room,
    stage::Stage,
};
use crate::replica::Replica;
use broken::Broken;
use disturbance::Disturbance;
use gather::Gather;
use groups::Groups;
pub(super) use groups::MOST_WITH_CODE as MOST_GROUPS_WITH_CODE;
use insights::InsightCounts;
use leptos::prelude::*;
use plans::Plans;
use result::VoteResult;
use said_back::SaidBack;
use samtavle_shared::session::{Item, WallScene};
use say_back::SayBack;
use silent::Silent;
use spotlight::SpotlitNote;
use turns::Turns;
use vote::Vote;

/// A scene, as it fades in.
pub(super) fn scene(replica: Replica, room: Room, scene: WallScene) -> AnyView {
    let name = scene.name();
    let notes = |shown| {
        let picture = Picture::of(replica, room, shown);
        view! { <Stage replica picture/> }.into_any()
    };
    let inside = match scene {
        WallScene::Gather => view! { <Gather replica room/> }.into_any(),
        WallScene::Silent => view! { <Silent replica room/> }.into_any(),
        WallScene::Reveal => notes(Shown::Revealed),
        WallScene::Clusters => notes(Shown::All),
        WallScene::Follow => notes(Shown::Followed),
        WallScene::Spotlight(Item::Cluster(_)) => notes(Shown::Spotlit),
        WallScene::Spotlight(Item::Note(note)) => {
            view! { <SpotlitNote replica room note/> }.into_any()
        }
        WallScene::Turns => view! { <Turns replica room/> }.into_any(),
        WallScene::Vote => view! { <Vote replica room/> }.into_any(),
        WallScene::Result => view! { <VoteResult replica room/> }.into_any(),
        WallScene::Disturbance => view! { <Disturbance room/> }.into_any(),
        WallScene::SayBack => view! { <SayBack replica room/> }.into_any(),
        WallScene::SaidBack => view! { <SaidBack replica room/> }.into_any(),
        WallScene::Insights => view! { <InsightCounts replica room/> }.into_any(),
        WallScene::Plans => view! { <Plans replica room/> }.into_any(),
        WallScene::Broken(note) => view! { <Broken replica room note/> }.into_any(),
        WallScene::Groups => view! { <Groups replica/> }.into_any(),
    };
    view! {
        <div class=["wall__scene wall__scene--", name].concat() data-testid="wall-scene" data-scene=name>
            {inside}
        </div>
    }
    .into_any()
}
