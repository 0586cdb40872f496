//! Stories of honest and of hostile clients, told with real Yrs documents.

mod fill;
mod forge;
mod honest;
mod hostile;
mod misfits;
mod naming;
mod pieces;
mod reactions;
mod room;
mod touched;
