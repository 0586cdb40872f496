//! The Rust that builds the client: the very one that builds the server, with its part for browsers. That part is
//! looked for before anything is compiled with it, and added where rustup can: a toolchain file names it, but
//! rustup does not read that file where another toolchain is in force, nor add anything with
//! `RUSTUP_AUTO_INSTALL=0`.

use super::progress;
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What browsers run.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The compiler that cargo runs for the server.
pub(crate) struct Toolchain {
    /// The compiler itself, not rustup's stand-in for it: that might choose another one in another folder.
    pub(crate) rustc: PathBuf,
    /// What rustup calls it; `None`: it is not one of rustup's.
    pub(crate) name: Option<String>,
}

impl Toolchain {
    /// Finds it, and sees to it that it can build for browsers.
    ///
    /// # Errors
    /// A line that says what to type.
    pub(crate) fn for_browsers() -> Result<Self, String> {
        let asked = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        Self::of(asked, &rustup())
    }

    /// The one of this compiler, with this rustup to add what it lacks.
    pub(crate) fn of(asked: OsString, rustup: &Path) -> Result<Self, String> {
        let root = PathBuf::from(ask(&asked, &["--print", "sysroot"])?);
        let toolchain = Self {
            rustc: compiler_in(&root).unwrap_or_else(|| asked.into()),
            name: name_of(&root),
        };
        if !toolchain.has_target()? {
            toolchain.add_target(rustup)?;
        }
        Ok(toolchain)
    }

    fn has_target(&self) -> Result<bool, String> {
        let wish = ["--print", "target-libdir", "--target", TARGET];
        let folder = ask(self.rustc.as_os_str(), &wish)?;
        // Without the folder the part is not there; with one that is empty it is not there any more.
        Ok(fs::read_dir(folder).is_ok_and(|entries| {
            let mut names = entries.flatten().map(|entry| entry.file_name());
            names.any(|name| name.to_string_lossy().starts_with("libcore-"))
        }))
    }

    fn add_target(&self, rustup: &Path) -> Result<(), String> {
        let Some(name) = &self.name else {
            return Err(format!(
                "this Rust has no {TARGET}, which the client is built for: install that part (Debian: \
                 libstd-rust-dev-wasm32), or Rust with https://rustup.rs"
            ));
        };
        let line = format!("rustup target add {TARGET} --toolchain {name}");
        progress::say(&format!("adding Rust's part for browsers: {line}"));
        let added = Command::new(rustup)
            .args(["target", "add", TARGET, "--toolchain", name])
            .output();
        let why = match added {
            Ok(added) if added.status.success() && self.has_target()? => return Ok(()),
            Ok(added) => what_is_wrong(&added.stderr),
            Err(error) => format!("rustup: {error}"),
        };
        Err(format!(
            "Rust's part for browsers could not be added ({why}); please type: {line}"
        ))
    }
}

/// rustup's name of the toolchain in this folder.
fn name_of(root: &Path) -> Option<String> {
    let is_of_rustup = root.parent()?.file_name()? == "toolchains";
    is_of_rustup.then(|| Some(root.file_name()?.to_str()?.to_owned()))?
}

fn compiler_in(root: &Path) -> Option<PathBuf> {
    let compiler = root
        .join("bin")
        .join(format!("rustc{}", env::consts::EXE_SUFFIX));
    compiler.is_file().then_some(compiler)
}

/// Where cargo is found rustup is, too, as a rule; else it lies with cargo's other programs.
fn rustup() -> PathBuf {
    let name = format!("rustup{}", env::consts::EXE_SUFFIX);
    let homes = [
        env::var_os("CARGO_HOME").map(PathBuf::from),
        env::home_dir().map(|home| home.join(".cargo")),
    ];
    let on_path = env::var_os("PATH").into_iter().flat_map(|path| {
        env::split_paths(&path)
            .map(|folder| folder.join(&name))
            .collect::<Vec<_>>()
    });
    let in_homes = homes
        .iter()
        .flatten()
        .map(|home| home.join("bin").join(&name));
    on_path
        .chain(in_homes)
        .find(|program| program.is_file())
        .unwrap_or_else(|| name.clone().into())
}

fn ask(rustc: &std::ffi::OsStr, wish: &[&str]) -> Result<String, String> {
    let program = OsString::from(rustc);
    let answer = Command::new(&program)
        .args(wish)
        .output()
        .map_err(|error| format!("{} cannot be run: {error}", program.display()))?;
    if !answer.status.success() {
        return Err(format!(
            "{} {}: {}",
            program.display(),
            wish.join(" "),
            what_is_wrong(&answer.stderr)
        ));
    }
    Ok(String::from_utf8_lossy(&answer.stdout).trim().to_owned())
}

/// The line that says it: what is below may be a backtrace.
fn what_is_wrong(output: &[u8]) -> String {
    let output = String::from_utf8_lossy(output);
    let mut lines = output
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let error = lines.clone().find(|line| line.starts_with("error"));
    let line = error.or_else(|| lines.next_back());
    line.unwrap_or("without a word").to_owned()
}
