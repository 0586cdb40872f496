//! A view that is built already, without its type: what [`flow`](super::flow) shows and lists.
//!
//! Leptos' own `AnyView` can also be brought up to date in place, and carries the code for that for each
//! view that becomes one. What is shown and hidden, or a row that comes and goes, never is: it is built
//! once and taken away.

use leptos::tachys::{
    html::attribute::{Attribute, any_attribute::AnyAttribute},
    hydration::Cursor,
    renderer::types::{Element, Node},
    view::{Mountable, Position, PositionState, Render, RenderHtml, add_attr::AddAnyAttr},
};
use send_wrapper::SendWrapper;

/// A view that is built already.
pub(crate) struct Built(SendWrapper<BuiltState>);

/// The elements of a [`Built`], in the page or ready for it.
pub(crate) struct BuiltState(Box<dyn Mountable>);

/// Builds a view now.
pub(crate) fn built<V>(view: V) -> Built
where
    V: Render,
    V::State: 'static,
{
    Built(SendWrapper::new(BuiltState(Box::new(view.build()))))
}

impl Render for Built {
    type State = BuiltState;

    fn build(self) -> BuiltState {
        self.0.take()
    }

    fn rebuild(self, state: &mut BuiltState) {
        let new = self.0.take();
        let mut old = std::mem::replace(state, new);
        old.insert_before_this(state);
        old.unmount();
    }
}

impl Mountable for BuiltState {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

impl AddAnyAttr for Built {
    type Output<NewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

/// For the compiler only: this client makes its pages in the browser, never as text.
impl RenderHtml for Built {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> BuiltState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
