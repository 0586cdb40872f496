//! Pictures on the table, under all that people wrote. Near and far they are elements: there are few of
//! them, and a picture that the browser has scales by itself.
//!
//! One is chosen by a press or with Tab, after the notes; then it can be moved, looked at and taken off.

use super::{selection_bar::clear_now, selection_menu::Action, short, stage::Stage, translate};
use crate::{
    i18n::{language::filled, t_string, td_string, text},
    parts::{
        button::Button,
        flow::{For, Show},
        icon::IconName,
    },
    photo::{
        load::{Photo, photo},
        show::{PhotoImage, Shown, show},
    },
};
use leptos::{either::Either, prelude::*};
use samtavle_shared::{
    board::{BoardChange, Image},
    geometry::{BoardRect, BoardVector},
    ids::ImageId,
};

/// From the picture's lower edge to the bar, screen pixels.
const BELOW: f64 = 14.0;
/// As wide as the bar is at most, screen pixels.
const WIDTH: f64 = 480.0;

/// All pictures.
#[component]
pub(super) fn Images(stage: Stage) -> impl IntoView {
    let images = stage.desk.replica.state.images;
    view! {
        <Show when=move || images.with(|images| !images.is_empty())>
            <div role="group" aria-label=text!(photo.on_board)>
                <For each=move || images.get() key=Clone::clone let:id>
                    <ImageView stage id/>
                </For>
            </div>
        </Show>
    }
}

#[component]
fn ImageView(stage: Stage, id: ImageId) -> impl IntoView {
    let i18n = stage.i18n;
    let replica = stage.desk.replica;
    let Some(image) = replica.state.image(&id) else {
        return Either::Left(()); // it went while it came
    };
    let hook = id.to_string();
    let is_chosen = stage.is_chosen_image(id);
    let image = Memo::new(move |_| image.get());
    let rect = Memo::new(move |_| {
        let lift = stage.image_lift.get().filter(|_| is_chosen.get());
        image.read().rect().moved(lift.unwrap_or_default())
    });
    // What has been in view once stays on the page.
    let was_seen = RwSignal::new(false);
    Effect::new(move || {
        if was_seen.get() || stage.is_moving.get() {
            return;
        }
        let view = stage.desk.view.get();
        let visible = stage.desk.camera.get_untracked().visible(view);
        if rect.get().overlaps(visible) {
            was_seen.set(true); // never to what it is already, for this follows it
        }
    });
    let words = Signal::derive(move || image.read().alt.clone());
    let loaded = Memo::new(move |_| {
        let id = image.read().photo.clone().filter(|_| was_seen.get())?;
        Some(photo(replica, id))
    });
    let state = move || match loaded.get().map(|loaded| loaded.get()) {
        Some(Photo::Here(_)) => "here",
        Some(Photo::Missing) => "missing",
        Some(Photo::Loading) | None => "loading",
    };
    let label = move || {
        let words = words.get();
        let name = if words.is_empty() {
            t_string!(i18n, photo.photo).to_owned()
        } else {
            filled(t_string!(i18n, photo.label), &[("words", &words)])
        };
        if state() == "missing" {
            [&*name, ". ", t_string!(i18n, photo.missing)].concat()
        } else {
            name
        }
    };
    let px = |length: f64| [&short(length), "px"].concat();
    Either::Right(view! {
        <figure
            class="board-image"
            class:board-image--chosen=move || is_chosen.get()
            data-image=hook
            data-photo=state
            role="img"
            tabindex="-1"
            aria-label=label
            style:transform=move || { let rect = rect.get(); translate(rect.min.x, rect.min.y) }
            style:width=move || px(rect.get().width())
            style:height=move || px(rect.get().height())
        >
            {move || {
                let id = image.read().photo.clone().filter(|_| was_seen.get())?;
                Some(view! { <PhotoImage replica id words/> })
            }}
        </figure>
    })
}

/// The line around the chosen picture, as thick as it is far away.
#[component]
pub(super) fn ChosenImage(stage: Stage) -> impl IntoView {
    let rect = stage.chosen_image_rect();
    let px = |length: f64| [&short(length), "px"].concat();
    let side = move |of: fn(BoardRect) -> f64| rect.get().map(|rect| px(of(rect)));
    view! {
        <Show when=move || rect.with(Option::is_some)>
            <div
                class="outline outline--own outline--image"
                aria-hidden="true"
                style:transform=move || rect.get().map(|rect| translate(rect.min.x, rect.min.y))
                style:width=move || side(BoardRect::width)
                style:height=move || side(BoardRect::height)
            ></div>
        </Show>
    }
}

/// What can be done with the chosen picture.
#[component]
pub(super) fn ImageBar(stage: Stage) -> impl IntoView {
    let desk = stage.desk;
    let rect = stage.chosen_image_rect();
    let place = move || {
        let rect = rect.get()?;
        let camera = desk.camera.get();
        let [min, max] = [rect.min, rect.max].map(|corner| camera.screen_from_board(corner));
        let clear = clear_now(stage);
        let x = f64::midpoint(min.x, max.x) - WIDTH / 2.0;
        let x = x.min(clear.right - WIDTH).max(clear.left);
        let y = (max.y + BELOW)
            .min(clear.bottom - 2.0 * BELOW)
            .max(clear.top);
        Some(translate(x.round(), y.round()))
    };
    let is_shown = move || {
        rect.with(Option::is_some)
            && !stage.is_moving.get()
            && !stage.is_dragging.get()
            && desk.editing.with(Option::is_none)
    };
    let words = move || {
        let image = desk.replica.state.image(&stage.image.get()?)?;
        Some(image.with(|image| image.alt.clone())).filter(|words| !words.is_empty())
    };
    view! {
        <Show when=is_shown>
            <div
                class="selection-bar link-bar panel"
                role="toolbar"
                data-testid="image-bar"
                aria-label=text!(photo.photo)
                style:transform=place
                on:keydown=move |event| stage.on_bar_key(&event)
            >
                <span class="link-bar__words" dir="auto">{words}</span>
                <Button
                    label=text!(photo.look)
                    icon=IconName::Eye
                    hook="image-open"
                    on_press=move |()| stage.do_action(Action::Look)
                />
                <Show when=move || desk.replica.may_write()>
                    <Button
                        label=text!(photo.take_off)
                        icon=IconName::Trash
                        hook="image-remove"
                        on_press=move |()| stage.do_action(Action::Delete)
                    />
                </Show>
            </div>
        </Show>
    }
}

impl Stage {
    /// Lets go of a picture that is gone, and of one when something else is selected.
    pub(super) fn follow_images(self) {
        let state = self.desk.replica.state;
        Effect::new(move || {
            let Some(chosen) = self.image.get() else {
                return;
            };
            let is_gone = state.images.with(|images| !images.contains(&chosen));
            let is_other = self
                .desk
                .selection
                .with(|selection| !selection.notes.is_empty() || selection.cluster.is_some());
            if is_gone || is_other || self.link.get().is_some() {
                self.image.set(None);
                self.image_lift.set(None);
            }
        });
    }

    pub(super) fn choose_image(self, image: ImageId) {
        self.desk.select(Vec::new());
        self.link.set(None);
        self.image.set(Some(image));
    }

    /// Chooses a picture by key: brought into view, with the focus on it.
    pub(super) fn go_to_image(self, id: &ImageId) {
        if let Some(rect) = self.image_rect(id) {
            self.desk.reveal(rect);
        }
        self.choose_image(id.clone());
        self.focus_on(&["[data-image=\"", id.as_str(), "\"]"].concat());
    }

    pub(super) fn open_image(self, id: &ImageId) {
        let image = self.desk.replica.state.image(id);
        let image = image.map(|image| image.get_untracked());
        if let Some(Image {
            photo: Some(photo),
            alt,
            ..
        }) = image
        {
            show(Shown {
                photo,
                cut: None,
                words: alt,
            });
        }
    }

    /// False when none is chosen.
    pub(super) fn open_chosen_image(self) -> bool {
        let chosen = self.image.get_untracked();
        if let Some(id) = &chosen {
            self.open_image(id);
        }
        chosen.is_some()
    }

    /// Moves a picture as one step.
    pub(super) fn move_image(self, id: &ImageId, by: BoardVector) {
        let replica = self.desk.replica;
        replica.new_step();
        self.nudge_image(id, by);
        replica.new_step();
    }

    /// Moves a picture as part of a step.
    pub(super) fn nudge_image(self, id: &ImageId, by: BoardVector) {
        if let Some(rect) = self.image_rect(id) {
            let to = rect.min + by;
            let thing = BoardChange::Image(id.clone());
            self.desk
                .replica
                .change_of(&thing, |change| change.move_image(id, to));
        }
    }

    /// Takes the chosen picture off the board and says so, with the way back. False when none is chosen.
    pub(super) fn remove_image(self) -> bool {
        let Some(id) = self.image.get_untracked() else {
            return false;
        };
        let replica = self.desk.replica;
        let at = replica.written_at();
        let step = replica.step(|change| change.remove_image(&id, at));
        self.image.set(None);
        let locale = self.i18n.get_locale_untracked();
        self.offer_undo(td_string!(locale, photo.taken_off), step);
        true
    }

    fn is_chosen_image(self, id: ImageId) -> Memo<bool> {
        Memo::new(move |_| self.image.with(|chosen| chosen.as_ref() == Some(&id)))
    }

    fn image_rect(self, id: &ImageId) -> Option<BoardRect> {
        let image = self.desk.replica.state.image(id)?;
        Some(image.with_untracked(Image::rect))
    }

    /// Where the chosen picture lies.
    pub(super) fn chosen_image_now(self) -> Option<BoardRect> {
        self.image_rect(&self.image.get_untracked()?)
    }

    /// Where the chosen picture is seen now; followed.
    fn chosen_image_rect(self) -> Memo<Option<BoardRect>> {
        Memo::new(move |_| {
            let id = self.image.get()?;
            self.desk.replica.state.images.track();
            let image = self.desk.replica.state.image(&id)?;
            let lift = self.image_lift.get().unwrap_or_default();
            Some(image.with(Image::rect).moved(lift))
        })
    }
}
