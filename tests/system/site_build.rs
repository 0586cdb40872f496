//! Cargo runs no tests of a build script: those of the server's are run here.

#[allow(dead_code, reason = "only its tests are wanted")]
#[path = "../../server/build/critical.rs"]
mod critical;
