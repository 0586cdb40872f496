//! System tests: the real server, over real sockets. Each module is one thing that people rely on.

#![allow(clippy::unwrap_used, reason = "in a test a panic is how it fails")]

mod api;
mod bin;
mod copies;
mod damage;
mod first_command;
mod full_disk;
mod hand_over;
mod held_back;
mod line;
mod links;
mod lost_writes;
mod photos;
mod refusals;
mod saved;
mod session_hour;
mod session_saved;
mod session_scribe;
mod session_secrets;
mod session_steering;
mod site_build;
mod standard_clients;
mod start_and_stop;
mod sweeps;
mod together;
