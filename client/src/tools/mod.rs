//! Tools: gestures into commands, one small state machine a file, with no browser in it.
//!
//! ```text
//! pointer ─► Input ─► Gesture ─┬─► Select  (click, drag, lasso)
//!                              ├─► Pan     (hand, middle button, space)
//!                              ├─► Place   (click posts a note)
//!                              ├─► Carry   (click lays down what is selected)
//!                              ├─► Connect (two clicks, or a drag, make a link)
//!                              └─► Pinch   (two fingers)
//!                    each: (state, input, what is seen) ─► (state, commands)
//! key ─► Shortcut
//! ```
//! A machine leaves a state only by finishing, by [`Input::Cancel`], or by [`Input::Lost`], so that nothing
//! stays lifted or half drawn. Cancelled, all is as before. Lost, it is as if the hand had let go where it
//! was last seen; but what was only pressed is no click. The canvas carries the commands out.

mod carry;
mod command;
mod connect;
mod drop;
mod gesture;
mod input;
mod keys;
mod loops;
mod pan;
mod pinch;
mod place;
mod placing;
#[cfg(test)]
mod scene;
mod select;
mod sight;

pub use command::{Command, Dropped};
pub use drop::Drop;
pub use gesture::{Gesture, Tool};
pub use input::{Device, Input, Intent, Pointer};
pub use keys::{Direction, KeyPress, Reach, Shortcut};
pub use placing::free_place;
pub use sight::{BoardSight, Spot};
