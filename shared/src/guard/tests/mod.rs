//! Stories of honest and of hostile clients, told with real Yrs documents.

mod honest;
mod hostile;
mod room;
