//! The menu of what can be done with what is chosen.

use super::{super::stage::Stage, Action, Chosen, MenuOf, What};
use crate::{
    desk::Selection,
    i18n::text,
    parts::{
        built::{Built, built},
        icon::IconName,
        kinds::kind_name,
        menu::{MenuAt, MenuItem, Tick},
    },
    tools::{BoardSight, Spot},
};
use leptos::prelude::*;
use samtavle_shared::{
    board::NoteKind,
    geometry::{BoardPoint, BoardRect, BoardVector, ScreenPoint},
    ids::ClusterId,
    layout::{CLUSTER_SIDE, CLUSTER_TOP},
};
use wasm_bindgen::JsCast;
use web_sys::Element;

#[component]
pub(in crate::desk::canvas) fn SelectionMenu(stage: Stage) -> impl IntoView {
    view! {
        <MenuAt label=text!(desk.selection_actions) at=stage.menu_at>
            {move || untrack(|| items(stage))}
        </MenuAt>
    }
}

fn items(stage: Stage) -> Vec<Built> {
    let chosen = stage.chosen();
    let actions = match stage.menu_of.get_untracked() {
        MenuOf::All => chosen.actions(),
        MenuOf::Rest => stage.bar(chosen).rest,
        MenuOf::Kinds => vec![Action::Kind],
    };
    let mut items = Vec::with_capacity(actions.len() + 3);
    for action in actions {
        if action == Action::Kind {
            let kinds = NoteKind::ALL.into_iter();
            items.extend(kinds.filter_map(|kind| kind_item(stage, chosen, kind)));
            if stage.menu_of.get_untracked() == MenuOf::All {
                items.push(built(view! { <hr class="rule"/> }));
            }
        } else {
            items.push(item(stage, chosen, action));
        }
    }
    items
}

fn item(stage: Stage, chosen: Chosen, action: Action) -> Built {
    let is_on = action
        .is_on(stage)
        .map(|_| Signal::derive(move || action.is_on(stage) == Some(true)));
    built(view! {
        <MenuItem
            label=move || action.label(stage, chosen)
            icon=action.icon(chosen)
            key=action.key()
            is_chosen=is_on
            tick=Tick::OnOrOff
            class=action.class()
            hook=action.hook()
            on_press=move || stage.do_action(action)
        />
    })
}

fn kind_item(stage: Stage, chosen: Chosen, kind: NoteKind) -> Option<Built> {
    let i18n = stage.i18n;
    let icon = IconName::of_kind(kind)?;
    Some(built(view! {
        <MenuItem
            label=move || kind_name(i18n.get_locale(), kind)
            icon
            is_chosen=Signal::derive(move || chosen.kind == Some(kind))
            hook="kind-item"
            on_press=move || {
                stage.desk.set_kind_of_selected(kind);
                stage.find_focus_soon();
            }
        />
    }))
}

impl Stage {
    /// Opens a menu with its corner here, window pixels. False: there is nothing to do.
    pub(in crate::desk::canvas) fn open_menu(self, of: MenuOf, at: ScreenPoint) -> bool {
        if untrack(|| self.chosen().actions()).is_empty() {
            return false;
        }
        self.menu_of.set(of);
        self.menu_at.set(Some((at.x, at.y)));
        true
    }

    /// Opens a menu below a button.
    pub(in crate::desk::canvas) fn open_menu_below(self, of: MenuOf, event: &web_sys::Event) {
        let button: Option<Element> = event
            .current_target()
            .and_then(|button| button.dyn_into().ok());
        if let Some(button) = button {
            let rect = button.get_bounding_client_rect();
            self.open_menu(of, ScreenPoint::new(rect.left(), rect.bottom() + 8.0));
        }
    }

    /// Opens the menu of everything at what is chosen, by a key. False: nothing is.
    pub(in crate::desk::canvas) fn open_menu_by_key(self) -> bool {
        let at = self.chosen_rect().map_or_else(BoardPoint::default, |rect| {
            BoardPoint::new(rect.min.x + rect.width() / 3.0, rect.center().y)
        });
        let at = self.desk.camera.get_untracked().screen_from_board(at);
        self.open_menu(MenuOf::All, at)
    }

    /// Opens the menu of what lies here, and chooses it. Nothing on the empty table.
    pub(in crate::desk::canvas) fn open_menu_at(self, at: ScreenPoint) {
        let on = self.desk.camera.get_untracked().board_from_screen(at);
        match self.spot_at(on) {
            Spot::Note(note) => {
                if self
                    .desk
                    .selection
                    .with_untracked(|selection| !selection.notes.contains(&note))
                {
                    self.desk.select(vec![note]);
                }
            }
            Spot::Head(cluster) | Spot::Inside(cluster) => self.choose_cluster(&cluster),
            Spot::Image(image) => self.choose_image(image),
            Spot::Table => return,
        }
        self.open_menu(MenuOf::All, at);
    }

    /// Opens the menu of this cluster below the end of its head, and chooses it.
    pub(in crate::desk::canvas) fn open_cluster_menu(self, cluster: &ClusterId) {
        self.choose_cluster(cluster);
        let Some(shape) = self.desk.replica.state.cluster(cluster) else {
            return;
        };
        let frame = shape.with_untracked(|shape| shape.frame);
        let corner = BoardPoint::new(frame.max.x, frame.min.y)
            + BoardVector::new(-2.0 * CLUSTER_SIDE, CLUSTER_TOP);
        let at = self.desk.camera.get_untracked().screen_from_board(corner);
        self.open_menu(MenuOf::All, at);
    }

    pub(super) fn choose_cluster(self, cluster: &ClusterId) {
        self.image.set(None);
        self.link.set(None);
        self.desk.selection.set(Selection {
            notes: Vec::new(),
            cluster: Some(cluster.clone()),
        });
    }

    /// Where what is chosen lies.
    fn chosen_rect(self) -> Option<BoardRect> {
        let state = self.desk.replica.state;
        match untrack(|| self.chosen().what) {
            What::Nothing => None,
            What::Image => self.chosen_image_now(),
            What::Link => {
                let link = self.link_of(&self.link.get_untracked()?)?;
                let at = samtavle_shared::layout::Route::middle(self.route_now(&link)?);
                Some(BoardRect { min: at, max: at })
            }
            What::Cluster => {
                let cluster = self.desk.selection.get_untracked().cluster?;
                let frame = state.cluster(&cluster)?.with_untracked(|shape| shape.frame);
                let head = BoardPoint::new(frame.max.x, frame.min.y + CLUSTER_TOP);
                Some(BoardRect {
                    min: frame.min,
                    max: head,
                })
            }
            What::Notes(_) => {
                let note = self.desk.selection.get_untracked().notes.last()?.clone();
                state.rect_of(&note)
            }
        }
    }
}
