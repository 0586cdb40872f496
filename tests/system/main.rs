//! System tests: the real server, over real sockets. Each module is one thing that people rely on.

mod api;
mod refusals;
mod saved;
mod standard_clients;
mod start_and_stop;
mod together;
