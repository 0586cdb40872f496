//! The carets and selections of others, drawn beside the field in which the person here writes.
//!
//! Where a letter is, the browser knows: a range over the note's text element, which stays in layout
//! under the field. Rectangles come in screen pixels and are drawn in board units.

use super::super::DeskState;
use crate::parts::flow::For;
use crate::{
    i18n::use_i18n,
    parts::people::{person_class, person_color, writer_name},
    replica::Person,
};
use leptos::{html, prelude::*};
use samtavle_shared::{direction::TextDirection, ids::NoteId, wire::presence::Caret};
use web_sys::{DomRect, HtmlElement, Node};

/// Others' carets and selections in a note; laid over the note's text element `of`. Their names stand
/// above the note, where they cover no word.
#[component]
pub(crate) fn Carets(desk: DeskState, note: NoteId, of: NodeRef<html::Div>) -> impl IntoView {
    let replica = desk.replica;
    let here = note.clone();
    let writers = Memo::new(move |_| {
        replica.writers.with(|writers| {
            writers
                .iter()
                .filter(|writer| writer.note == here)
                .map(|writer| writer.client)
                .collect::<Vec<_>>()
        })
    });
    let person = move |client: u64| {
        replica.people.with_untracked(|people| {
            people
                .iter()
                .find(|person| person.client == client)
                .cloned()
        })
    };
    view! {
        <div class="carets__names" aria-hidden="true">
            <For each=move || writers.get() key=|client| *client let:client>
                {person(client).map(|person| view! { <NameOf person /> })}
            </For>
        </div>
        <For each=move || writers.get() key=|client| *client let:client>
            {person(client).map(|person| view! { <CaretOf desk note=note.clone() of person /> })}
        </For>
    }
}

/// A place in the text element, board units.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// What is drawn of one person.
#[derive(Clone, Debug, Default, PartialEq)]
struct Drawn {
    bar: Option<Place>,
    marks: Vec<Place>,
}

/// Who it is that writes here.
#[component]
fn NameOf(person: Person) -> impl IntoView {
    let i18n = use_i18n();
    let client = person.client;
    let name = {
        let presence = person.presence.clone();
        move || presence.with(|presence| writer_name(i18n.get_locale(), presence, client))
    };
    let name = Memo::new(move |_| name());
    let class = move || {
        let presence = &person.presence;
        let number = presence.with(|presence| person_color(&presence.user.color, client));
        ["carets__name ", person_class(number)].concat()
    };
    view! {
        <span class=class dir="auto">
            {name}
        </span>
    }
}

#[component]
fn CaretOf(desk: DeskState, note: NoteId, of: NodeRef<html::Div>, person: Person) -> impl IntoView {
    let replica = desk.replica;
    let layer = NodeRef::<html::Div>::new();
    let client = person.client;
    let presence = person.presence.clone();
    let caret = Memo::new(move |_| presence.with(|presence| presence.caret.clone()));
    let color = Memo::new(move |_| {
        person
            .presence
            .with(|presence| person_color(&presence.user.color, client))
    });
    let drawn = RwSignal::new(Drawn::default());
    let is_due = StoredValue::new(false);
    // Where they were last: the letter that they stand at may reach us after their caret does.
    let last = StoredValue::new((0_u32, 0_u32));

    let offsets_of = {
        let note = note.clone();
        move |caret: &Caret| {
            let anchor = replica.offset_of(&note, &caret.anchor);
            anchor.zip(replica.offset_of(&note, &caret.head))
        }
    };
    let draw = move || {
        if is_due.try_set_value(false).is_some() {
            return; // the view is gone
        }
        let Some(caret) = caret.get_untracked() else {
            return;
        };
        if let Some(offsets) = offsets_of(&caret) {
            last.set_value(offsets);
        }
        let now = match (of.get_untracked(), layer.get_untracked()) {
            (Some(of), Some(layer)) => measure(&of, &layer, last.get_value()),
            _ => Drawn::default(),
        };
        if drawn.with_untracked(|drawn| *drawn != now) {
            drawn.set(now);
        }
    };
    Effect::new(move || {
        caret.track();
        if let Some(signals) = replica.state.note(&note) {
            signals.note.track();
        }
        if !is_due
            .try_update_value(|is_due| std::mem::replace(is_due, true))
            .unwrap_or(true)
        {
            // By then the text element shows the new text.
            request_animation_frame(draw.clone());
        }
    });

    let class = move || ["carets ", person_class(color.get())].concat();
    let boxed = |class: &'static str, place: Place| {
        view! {
            <span
                class=class
                style:left=px(place.left)
                style:top=px(place.top)
                style:width=px(place.width)
                style:height=px(place.height)
            ></span>
        }
    };
    view! {
        <div node_ref=layer class=class aria-hidden="true">
            {move || {
                let drawn = drawn.get();
                let marks = drawn.marks.into_iter().map(|place| boxed("carets__mark", place)).collect_view();
                let bar = drawn.bar.map(|bar| {
                    view! {
                        <span
                            class="carets__bar"
                            style:left=px(bar.left)
                            style:top=px(bar.top)
                            style:height=px(bar.height)
                        ></span>
                    }
                });
                (marks, bar)
            }}
        </div>
    }
}

fn px(length: f64) -> String {
    [&*(((length * 100.0).round()) / 100.0).to_string(), "px"].concat()
}

/// Where the letters from `anchor` to `head` are in `of`, as seen from `layer`.
fn measure(of: &HtmlElement, layer: &HtmlElement, (anchor, head): (u32, u32)) -> Drawn {
    let origin = layer.get_bounding_client_rect();
    let scale = origin.width() / f64::from(layer.offset_width()).max(1.0);
    if scale <= 0.0 {
        return Drawn::default(); // not in layout
    }
    let place = |rect: &DomRect| Place {
        left: (rect.left() - origin.left()) / scale,
        top: (rect.top() - origin.top()) / scale,
        width: rect.width() / scale,
        height: rect.height() / scale,
    };
    let Some(text) = Letters::of(of) else {
        // No letter yet: the caret stands where the first will be.
        let field = place(&of.get_bounding_client_rect());
        let bar = Place {
            width: 0.0,
            height: LINE,
            ..field
        };
        return Drawn {
            bar: Some(bar),
            marks: Vec::new(),
        };
    };
    let bar = text.caret_at(head, &place);
    let marks = text
        .rects(anchor.min(head), anchor.max(head))
        .iter()
        .map(place)
        .collect();
    Drawn { bar, marks }
}

/// From line to line in a note, board units.
const LINE: f64 = samtavle_shared::layout::NOTE_LINE;
/// What ends a line that was broken by hand.
const BREAK: u16 = b'\n' as u16;

/// The text node of a note.
struct Letters {
    node: Node,
    units: Vec<u16>,
    around: DomRect,
}

impl Letters {
    fn of(element: &HtmlElement) -> Option<Self> {
        let mut child = element.first_child();
        while let Some(node) = child {
            if node.node_type() == Node::TEXT_NODE {
                let units: Vec<u16> = node
                    .node_value()
                    .unwrap_or_default()
                    .encode_utf16()
                    .collect();
                let around = element.get_bounding_client_rect();
                return (!units.is_empty()).then_some(Self {
                    node,
                    units,
                    around,
                });
            }
            child = node.next_sibling();
        }
        None
    }

    fn rects(&self, start: u32, end: u32) -> Vec<DomRect> {
        let most = self.units.len() as u32;
        let (start, end) = (start.min(most), end.min(most));
        if start == end {
            return Vec::new();
        }
        let Ok(range) = document().create_range() else {
            return Vec::new();
        };
        let is_set = range
            .set_start(&self.node, start)
            .and_then(|()| range.set_end(&self.node, end));
        let Some(list) = is_set.ok().and_then(|()| range.get_client_rects()) else {
            return Vec::new();
        };
        (0..list.length())
            .filter_map(|index| list.item(index))
            .collect()
    }

    /// A bar where the letter at `offset` begins, or where the one before it ends.
    fn caret_at(&self, offset: u32, place: &impl Fn(&DomRect) -> Place) -> Option<Place> {
        let most = self.units.len() as u32;
        let offset = offset.min(most);
        let is_break = |at: u32| self.units.get(at as usize) == Some(&BREAK);
        let bar = |left: f64, at: Place| Place {
            left,
            width: 0.0,
            ..at
        };
        if offset < most && !is_break(offset) {
            let next = self.after(offset);
            let at = place(self.rects(offset, next).first()?);
            return Some(bar(self.begin_of(offset, at), at));
        }
        let Some(before) = offset.checked_sub(1) else {
            // An empty first line.
            let field = place(&self.around);
            let first = Place {
                height: LINE,
                ..field
            };
            return Some(bar(self.begin_of(0, field), first));
        };
        let at = self
            .rects(self.start_of(before), offset)
            .last()
            .map(place)?;
        if is_break(before) {
            let below = Place {
                top: at.top + LINE,
                ..at
            };
            return Some(bar(self.begin_of(offset, place(&self.around)), below));
        }
        let begin = self.begin_of(self.start_of(before), at);
        Some(bar(2.0 * at.left + at.width - begin, at)) // the other side
    }

    /// On which side of its place a letter begins.
    fn begin_of(&self, offset: u32, at: Place) -> f64 {
        match self.way_at(offset) {
            TextDirection::LeftToRight => at.left,
            TextDirection::RightToLeft => at.left + at.width,
        }
    }

    /// The way in which the text runs at a letter: marks and figures go on as what is before them.
    fn way_at(&self, offset: u32) -> TextDirection {
        let end = (self.after(offset) as usize).min(self.units.len());
        let before = &self.units[..(offset as usize).min(end)];
        let line = before.iter().rposition(|unit| *unit == BREAK);
        let line = String::from_utf16_lossy(&self.units[line.map_or(0, |at| at + 1)..end]);
        let mut letters = line.chars().rev();
        letters
            .find_map(|letter| TextDirection::of(letter.encode_utf8(&mut [0; 4])))
            .unwrap_or_default()
    }

    /// Letters outside the basic plane are two units, and have a place only together.
    fn after(&self, offset: u32) -> u32 {
        let is_high = matches!(self.units.get(offset as usize), Some(0xD800..0xDC00));
        offset + if is_high { 2 } else { 1 }
    }

    fn start_of(&self, offset: u32) -> u32 {
        let is_low = matches!(self.units.get(offset as usize), Some(0xDC00..0xE000));
        if is_low {
            offset.saturating_sub(1)
        } else {
            offset
        }
    }
}
