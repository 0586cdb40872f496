//! A photo to be looked at: in a dialog, with the part outlined that a note was cut from; and on the
//! wall only that part. Until the photo is here, words stand in its place.

use super::load::{Photo, photo};
use crate::parts::words::written;
use crate::{
    i18n::{t_string, text, use_i18n},
    parts::{
        dialog::{Dialog, DialogWidth},
        icon::{Icon, IconName},
        sheet::open_while,
    },
    replica::Replica,
};
use leptos::{html, prelude::*};
use samtavle_shared::{
    board::{Cut, CutRect},
    ids::{NoteId, PhotoId},
};

/// What the dialog shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    /// Which photo.
    pub(crate) photo: PhotoId,
    /// The part of it that is meant; `None`: all of it.
    pub(crate) cut: Option<CutRect>,
    /// What it shows, or what the note says that was cut from it.
    pub(crate) words: String,
}

thread_local! {
    /// A page has one such dialog; what is in it outlives the desk that becomes a phone.
    static SHOWN: ArcRwSignal<Option<Shown>> = ArcRwSignal::new(None);
}

/// Opens the dialog with a photo.
pub(crate) fn show(shown: Shown) {
    SHOWN.with(|signal| signal.set(Some(shown)));
}

/// Opens the dialog with the photo that a note was cut from.
pub(crate) fn show_cut(cut: Cut, words: String) {
    show(Shown {
        photo: cut.photo,
        cut: Some(cut.rect),
        words,
    });
}

/// Opens the dialog with the photo that this note was cut from, if it was.
pub(crate) fn show_photo_of(replica: Replica, note: &NoteId) {
    let note = replica.state.note(note);
    let note = note.map(|signals| signals.note.get_untracked());
    if let Some((cut, text)) = note.and_then(|note| Some((note.cut?, note.text))) {
        show_cut(cut, text);
    }
}

/// The dialog; once on a page.
#[component]
pub(crate) fn PhotoDialog(
    /// The board.
    replica: Replica,
) -> impl IntoView {
    let i18n = use_i18n();
    let shown = SHOWN.with(Clone::clone);
    let open = open_while(shown.clone());
    let title = {
        let shown = shown.clone();
        move || {
            let is_cut =
                shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.cut.is_some()));
            if is_cut {
                t_string!(i18n, photo.cut_from)
            } else {
                t_string!(i18n, photo.photo)
            }
        }
    };
    view! {
        <Dialog title open width=DialogWidth::Wide>
            {
                let shown = shown.clone();
                move || shown.get().map(|shown| view! { <WholePhoto replica shown/> })
            }
        </Dialog>
    }
}

/// A whole photo, with what is meant outlined.
#[component]
fn WholePhoto(replica: Replica, shown: Shown) -> impl IntoView {
    let Shown {
        photo: id,
        cut,
        words,
    } = shown;
    let percent = |part: f64| [&(part * 100.0).to_string(), "%"].concat();
    let outline = cut.map(|cut| {
        let [left, top, width, height] = cut.fractions().map(percent);
        view! {
            <div
                class="photo__cut"
                data-testid="photo-cut"
                style:left=left
                style:top=top
                style:width=width
                style:height=height
            ></div>
        }
    });
    let says = (!words.is_empty()).then(
        || view! { <figcaption class="photo__words" {..written(words.clone())}></figcaption> },
    );
    view! {
        <figure class="photo" data-testid="photo">
            <div class="photo__frame">
                <PhotoImage replica id words/>
                {outline}
            </div>
            {says}
        </figure>
    }
}

/// A photo as an image of its own, as large as its place; until it is here, words.
#[component]
pub(crate) fn PhotoImage(
    /// The board.
    replica: Replica,
    /// Which photo.
    id: PhotoId,
    /// What it shows, for whoever does not see it.
    #[prop(into)]
    words: Signal<String>,
    /// Told what it measures, in its own pixels, when it is here.
    #[prop(optional, into)]
    on_size: Option<UnsyncCallback<(f64, f64)>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let shown = photo(replica, id);
    let alt = move || {
        words.with(|words| {
            if words.is_empty() {
                t_string!(i18n, photo.photo).to_owned()
            } else {
                words.clone()
            }
        })
    };
    let image = NodeRef::<html::Img>::new();
    let measure = move |_| {
        if let (Some(image), Some(on_size)) = (image.get_untracked(), on_size) {
            let (width, height) = (image.natural_width(), image.natural_height());
            if width > 0 && height > 0 {
                on_size.run((f64::from(width), f64::from(height)));
            }
        }
    };
    move || match shown.get() {
        Photo::Here(address) => view! {
            <img
                node_ref=image
                class="photo__image"
                src=address
                alt=alt
                draggable="false"
                decoding="async"
                on:load=measure
            />
        }
        .into_any(),
        waits => {
            let says = match waits {
                Photo::Missing => text!(photo.missing),
                _ => text!(photo.loading),
            };
            view! {
                <div class="photo__wait">
                    <Icon name=IconName::Photo/>
                    <span>{says}</span>
                </div>
            }
            .into_any()
        }
    }
}

/// The mark of a note that was cut from a photo; pressed, it shows the photo. By key the same is in the
/// note's bar: at a desk Tab goes from note to note.
#[component]
pub(crate) fn CutMark(
    /// Which part of which photo.
    cut: Cut,
    /// What the note says.
    text: Memo<String>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="note__photo"
            data-testid="cut-mark"
            tabindex="-1"
            aria-label=text!(photo.look)
            on:click=move |_| show_cut(cut.clone(), text.get_untracked())
        >
            <Icon name=IconName::Photo/>
        </button>
    }
}

/// The part of a photo that a note was cut from, as wide as its place.
#[component]
pub(crate) fn CutImage(
    /// The board.
    replica: Replica,
    /// Which part of which photo.
    cut: Cut,
    /// What it shows.
    #[prop(into)]
    words: Signal<String>,
) -> impl IntoView {
    let [left, top, width, height] = cut.rect.fractions();
    // Until the photo is here nobody knows its shape.
    let shape = RwSignal::new(4.0 / 3.0);
    let on_size = move |(wide, high): (f64, f64)| shape.set(wide / high);
    let percent = |part: f64| [&(part * 100.0).to_string(), "%"].concat();
    view! {
        <div
            class="photo-cut"
            data-testid="photo-cut"
            style=("--ratio", move || (shape.get() * width / height).to_string())
        >
            <div
                class="photo-cut__whole"
                style:width=percent(1.0 / width)
                style:height=percent(1.0 / height)
                style:left=percent(-left / width)
                style:top=percent(-top / height)
            >
                <PhotoImage replica id=cut.photo words on_size=UnsyncCallback::new(on_size)/>
            </div>
        </div>
    }
}
