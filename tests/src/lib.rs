//! The harness of the system tests: a real server, and people on real sockets.
//!
//! ```no_run
//! # async fn story() {
//! use samtavle_tests::server::Server;
//!
//! let server = Server::start().await;
//! let board = server.board("Ungdom og buss").await;
//! let kari = board.join("Kari").await;
//! let ola = board.join("Ola").await;
//! kari.writes("The bus does not come").await;
//! ola.sees("The bus does not come").await;
//! # }
//! ```
//!
//! Nothing here sleeps for a fixed time: a test waits for what it wants to see, and fails with what
//! it saw instead when that does not come.

#![allow(
    clippy::missing_panics_doc,
    reason = "in a test a panic is how it fails"
)]
#![allow(clippy::unwrap_used, reason = "same")]

pub mod disk;
pub mod honest;
pub mod line;
pub mod people;
pub mod seen;
pub mod server;
pub mod session;
pub mod table;
pub mod typing;
pub mod ways;
pub mod wire;
