//! What is pasted and dropped on a page, from spreadsheets, documents, folders and other windows. Nothing is
//! swallowed in silence: what is not taken is said.
//!
//! ```text
//! paste, drop ─► listen ─┬─ in a field: the browser's own, if there is room for it
//!                        └─ else: carried ─► words (read in `shared::paste`) ─► notes, or ask which column
//!                                        └─► pictures ─► photo
//! offer   several lines in the box for one note: a button makes them several
//! ```
//! Text goes before a picture that comes with it: spreadsheets and slides put a picture of themselves beside
//! their words.

mod ask;
mod carried;
mod field;
mod listen;
mod offer;
mod say;

pub(crate) use ask::AskColumn;
pub(crate) use carried::OWN_NOTES;
pub(crate) use listen::{Taker, keep_page, listen};
pub(crate) use offer::{Offers, PasteOffer, PasteQuestion};
