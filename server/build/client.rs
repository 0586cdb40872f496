//! Cargo and wasm-bindgen for the client: from Rust to a `.js` and a `.wasm`.

use super::{
    progress,
    toolchain::{TARGET, Toolchain},
};
use std::{
    env,
    error::Error,
    fmt::Display,
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
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

/// The screens. Each has a bundle of its own: a phone need not wait for the desk's canvas.
pub(crate) const SCREENS: [&str; 3] = ["desk", "phone", "wall"];
/// The bundle that is all three.
const ALL: &str = "all";

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
    let toolchain = Toolchain::for_browsers()?;
    let names: &[&str] = if is_one { &[ALL] } else { &SCREENS };
    let target = target_folder(out)?.join("client");
    let compiled = compile(workspace, &target, profile, names, &toolchain)?;

    let bundles = thread::scope(|scope| {
        let bound: Vec<_> = names
            .iter()
            .map(|name| format!("client-{name}"))
            .map(|name| scope.spawn(|| bind(name, &compiled, out, profile)))
            .collect();
        bound
            .into_iter()
            .map(|bundle| {
                bundle
                    .join()
                    .map_err(|_| "wasm-bindgen panicked".to_owned())?
            })
            .collect::<Result<Vec<_>, String>>()
    })?;
    Ok(if is_one {
        vec![bundles[0].clone(); SCREENS.len()]
    } else {
        bundles
    })
}

/// One run of cargo for all of them, for what they share is the larger part; in a target folder of its own, as the outer
/// cargo holds the lock of its own. Gives the folder with the WASM.
fn compile(
    workspace: &Path,
    target: &Path,
    profile: Profile,
    names: &[&str],
    toolchain: &Toolchain,
) -> Result<PathBuf, Box<dyn Error>> {
    progress::say(match profile {
        Profile::Release => "compiling it for browsers, small: some minutes the first time",
        Profile::Dev => "compiling it for browsers",
    });
    let mut cargo = Command::new(env::var("CARGO")?);
    cargo
        .current_dir(workspace)
        .args(["build", "--package", "samtavle-client"])
        .args(["--target", TARGET, "--profile", profile.cargo_name()])
        .args(names.iter().map(|name| format!("--bin=client-{name}")))
        .arg("--target-dir")
        .arg(target)
        .stderr(progress::voice());
    // Flags and wrappers of the outer build (clippy, coverage, a linker for this machine) are not the client's.
    for (name, _) in env::vars() {
        if name.starts_with("CARGO_ENCODED_")
            || name.starts_with("CARGO_CFG_")
            || name.contains("RUSTC_W")
        {
            cargo.env_remove(name);
        }
    }
    // Whatever toolchain is in force where cargo runs: the compiler of the server is that of the client.
    cargo.env("RUSTC", &toolchain.rustc);
    if let Some(name) = &toolchain.name {
        cargo.env("RUSTUP_TOOLCHAIN", name);
    }
    cargo.env("CARGO_TERM_PROGRESS_WHEN", "never"); // the outer cargo draws its own bar there
    // Leptos then builds views of one type instead of one type a view: a third of the size.
    cargo.env("CARGO_ENCODED_RUSTFLAGS", "--cfg=erase_components");
    if !cargo.status()?.success() {
        return Err("the client did not compile; its errors are above".into());
    }
    Ok(target.join(TARGET).join(profile.cargo_name()))
}

/// Runs wasm-bindgen on a compiled bundle.
fn bind(name: String, compiled: &Path, out: &Path, profile: Profile) -> Result<Bundle, String> {
    let words = |error: &dyn Display| format!("{name}: {error}");
    let bound = out.join(&name);
    fs::create_dir_all(&bound).map_err(|error| words(&error))?;
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen
        .input_path(compiled.join(format!("{name}.wasm")))
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(false)
                .remove_name_section(profile == Profile::Release)
                .remove_producers_section(true)
                .generate(&bound)
        })
        .map_err(|error| words(&error))?;
    let script = fs::read_to_string(bound.join(format!("{name}.js")));
    let wasm = fs::read(bound.join(format!("{name}_bg.wasm")));
    Ok(Bundle {
        script: script.map_err(|error| words(&error))?,
        wasm: wasm.map_err(|error| words(&error))?,
        name,
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
