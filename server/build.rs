//! Builds the client for the browser and hands the whole site (page, script, WASM, styles, fonts)
//! to the server as a table of embedded files, so that `cargo run --release` is all there is to do.
//!
//! `SAMTAVLE_CLIENT=skip` leaves the client out: for `cargo check` and `clippy` of the server while
//! the client is changing. The server built so says that it has no client. `SAMTAVLE_CLIENT=one` builds one client
//! for all screens, as a debug build does: less time, and more for each to fetch.

#[path = "build/client.rs"]
mod client;
#[path = "build/critical.rs"]
mod critical;
#[path = "build/pack.rs"]
mod pack;
#[path = "build/progress.rs"]
mod progress;
#[path = "build/shell.rs"]
mod shell;
#[path = "build/site.rs"]
mod site;
#[path = "build/toolchain.rs"]
mod toolchain;

use std::{env, error::Error, path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={error}"); // the line that cargo shows
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let server = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let workspace = server
        .parent()
        .ok_or("the server has a folder above it")?
        .to_path_buf();
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let profile = client::Profile::of_build(&env::var("PROFILE")?);

    println!("cargo::rerun-if-env-changed=SAMTAVLE_CLIENT");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    let wish = env::var("SAMTAVLE_CLIENT");
    if wish.as_deref() == Ok("skip") {
        return Ok(site::write_empty_table(&out)?);
    }
    for source in [
        "client",
        "shared/src",
        "shared/Cargo.toml",
        "assets",
        "Cargo.lock",
        "Cargo.toml",
    ] {
        println!(
            "cargo::rerun-if-changed={}",
            workspace.join(source).display()
        );
    }

    let is_one = profile == client::Profile::Dev || wish.as_deref() == Ok("one");
    let bundles = client::build(&workspace, &out, profile, is_one)?;
    site::write_table(&workspace.join("assets"), &bundles, &out, profile)?;
    Ok(())
}
