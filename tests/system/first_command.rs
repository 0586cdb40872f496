//! The first command in a fresh clone: what it does where Rust's part for browsers is not there. The toolchains here are
//! made up, in empty folders.

#[allow(dead_code, reason = "the build script uses the rest")]
#[path = "../../server/build/progress.rs"]
mod progress;
#[allow(dead_code, reason = "the build script uses the rest")]
#[path = "../../server/build/toolchain.rs"]
mod toolchain;

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};
use tempfile::TempDir;
use toolchain::Toolchain;

/// A home of toolchains with one in it, which builds for this machine alone.
struct Home {
    folder: TempDir,
    root: PathBuf,
}

impl Home {
    fn with(toolchain: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join(toolchain);
        fs::create_dir_all(root.join("bin")).unwrap();
        let home = Self { folder, root };
        let answers = format!(
            "case \"$*\" in *sysroot*) echo '{root}' ;; *) echo '{root}/lib' ;; esac",
            root = home.root.display()
        );
        home.program("bin/rustc", &answers);
        home
    }

    fn program(&self, name: &str, does: &str) -> PathBuf {
        let path = self.root.join(name);
        fs::write(&path, format!("#!/bin/sh\n{does}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn looks(&self, rustup: &Path) -> Result<Toolchain, String> {
        // By a name that stands for the compiler, as rustup's own does.
        let stand_in = self.folder.path().join("rustc");
        let _ = fs::remove_file(&stand_in);
        std::os::unix::fs::symlink(self.root.join("bin/rustc"), &stand_in).unwrap();
        Toolchain::of(stand_in.into(), rustup)
    }
}

#[test]
fn what_is_missing_is_added_to_the_toolchain_that_cargo_runs() {
    let home = Home::with("toolchains/1.95.0-here");
    let heard = home.folder.path().join("heard");
    let adds = format!(
        "echo \"$@\" > '{}'; mkdir '{root}/lib' && touch '{root}/lib/libcore-1.rlib'",
        heard.display(),
        root = home.root.display()
    );
    let rustup = home.program("bin/rustup", &adds);

    let toolchain = home.looks(&rustup).unwrap();
    assert_eq!(toolchain.name.as_deref(), Some("1.95.0-here"));
    assert_eq!(toolchain.rustc, home.root.join("bin/rustc"));
    let asked = "target add wasm32-unknown-unknown --toolchain 1.95.0-here\n";
    assert_eq!(fs::read_to_string(&heard).unwrap(), asked);

    // It is there now: nobody is asked again.
    fs::remove_file(&heard).unwrap();
    home.looks(&rustup).unwrap();
    assert!(!heard.exists());
}

#[test]
fn where_it_cannot_be_added_one_line_says_why_and_what_to_type() {
    let home = Home::with("toolchains/nightly-here");
    let fails = "echo 'error: no network' >&2; echo ' 1: a backtrace' >&2; exit 1";
    let failing = home.program("bin/rustup", fails);
    let none = home.folder.path().join("no-rustup");
    for (rustup, why) in [(failing, "no network"), (none, "rustup: ")] {
        let said = home.looks(&rustup).err().expect("it cannot");
        assert!(said.contains(why), "{said}");
        let line = "please type: rustup target add wasm32-unknown-unknown --toolchain nightly-here";
        assert!(said.ends_with(line), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn a_rust_that_is_not_of_rustup_is_told_apart() {
    let home = Home::with("usr");
    let said = home.looks(Path::new("rustup")).err().expect("it cannot");
    assert!(said.contains("https://rustup.rs"), "{said}");
    assert!(!said.contains("--toolchain"), "{said}");
}
