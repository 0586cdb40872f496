//! Places and sizes. Board units and screen pixels are types of their own, so that mixing them
//! does not compile; [`Camera`] is the only way from one to the other.

mod camera;
mod grid;
mod lasso;
mod space;

pub use camera::{Camera, MAX_SCALE, MIN_SCALE};
pub use grid::SpatialIndex;
pub use lasso::Lasso;
pub use space::{BoardPoint, BoardRect, BoardVector, ScreenPoint, ScreenVector, Size};
