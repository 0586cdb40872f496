//! Cargo and wasm-bindgen for the client: from Rust to a `.js` and a `.wasm`.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// How the client is built, following the server's own profile.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to rebuild, not compressed.
    Dev,
    /// Small: what people are served.
    Release,
}

impl Profile {
    /// The client's profile for what cargo calls the server's (`debug` or `release`).
    pub(crate) fn of_build(name: &str) -> Self {
        if name == "release" {
            Self::Release
        } else {
            Self::Dev
        }
    }

    fn cargo_name(self) -> &'static str {
        match self {
            Self::Dev => "client-dev",
            Self::Release => "client",
        }
    }
}

/// What is shown on a screen, as the client's features call it. Each has a bundle of its own: a phone need not wait for
/// the desk's canvas.
pub(crate) const SCREENS: [&str; 3] = ["desk", "phone", "wall"];

/// A built client: a module script and the WASM that it starts.
#[derive(Clone)]
pub(crate) struct Bundle {
    /// What its files are called.
    pub(crate) name: String,
    pub(crate) script: String,
    pub(crate) wasm: Vec<u8>,
}

/// Compiles the client for each of [`SCREENS`], in their order; or one that is all three.
pub(crate) fn build(
    workspace: &Path,
    out: &Path,
    profile: Profile,
    is_one: bool,
) -> Result<Vec<Bundle>, Box<dyn Error>> {
    if is_one {
        let bundle = build_bundle(workspace, out, profile, "client", &SCREENS.join(","))?;
        return Ok(vec![bundle; SCREENS.len()]);
    }
    SCREENS
        .iter()
        .map(|screen| {
            let name = format!("client-{screen}");
            build_bundle(workspace, out, profile, &name, screen)
        })
        .collect()
}

/// Compiles the client in a target folder of its own (the outer cargo holds the lock of its own),
/// and runs wasm-bindgen on the result.
fn build_bundle(
    workspace: &Path,
    out: &Path,
    profile: Profile,
    name: &str,
    features: &str,
) -> Result<Bundle, Box<dyn Error>> {
    let target = target_folder(out)?.join("client");
    let mut cargo = Command::new(env::var("CARGO")?);
    cargo
        .current_dir(workspace)
        .args([
            "build",
            "--package",
            "samtavle-client",
            "--lib",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .args(["--no-default-features", "--features", features])
        .args(["--profile", profile.cargo_name()])
        .arg("--target-dir")
        .arg(&target);
    // Flags and wrappers of the outer build (clippy, coverage, a linker for this machine) are not the client's.
    for (name, _) in env::vars() {
        if name.starts_with("CARGO_ENCODED_")
            || name.starts_with("CARGO_CFG_")
            || name.contains("RUSTC_W")
        {
            cargo.env_remove(name);
        }
    }
    // Leptos then builds views of one type instead of one type a view: a third of the size.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", "--cfg=erase_components");
    if !cargo.status()?.success() {
        return Err("the client did not compile; its errors are above".into());
    }

    let compiled = target
        .join("wasm32-unknown-unknown")
        .join(profile.cargo_name())
        .join("samtavle_client.wasm");
    let bound = out.join(name);
    fs::create_dir_all(&bound)?;
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen
        .input_path(compiled)
        .web(true)?
        .typescript(false)
        .remove_name_section(profile == Profile::Release)
        .remove_producers_section(true)
        .generate(&bound)?;
    Ok(Bundle {
        name: name.to_owned(),
        script: fs::read_to_string(bound.join("samtavle_client.js"))?,
        wasm: fs::read(bound.join("samtavle_client_bg.wasm"))?,
    })
}

/// `OUT_DIR` is `<target>/<profile>/build/<package>/out`.
fn target_folder(out: &Path) -> Result<PathBuf, Box<dyn Error>> {
    Ok(out
        .ancestors()
        .nth(4)
        .ok_or("OUT_DIR lies in a target folder")?
        .to_path_buf())
}
