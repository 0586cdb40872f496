//! What a build tells while it goes on. Cargo keeps the words of a build script to itself until the script has
//! failed; ours takes minutes. So they go where cargo's own go, if somebody is there to read: a terminal, or a pipe.

use std::{
    fs::{File, OpenOptions},
    io::{IsTerminal as _, Write as _},
    process::Stdio,
};

/// One line, in the form of cargo's own.
pub(crate) fn say(line: &str) {
    if let Some(mut place) = place() {
        // Over the bar that cargo draws, which it then draws anew.
        let over = if place.is_terminal() { "\r\x1b[K" } else { "" };
        // A reader who has gone away needs no words.
        let _ = writeln!(place, "{over}      Client {line}");
    }
    println!("{line}");
}

/// Where a program that is run by the build may speak.
pub(crate) fn voice() -> Stdio {
    place().map_or_else(Stdio::inherit, Stdio::from)
}

#[cfg(unix)]
fn place() -> Option<File> {
    use std::os::unix::{fs::FileTypeExt as _, process::parent_id};

    let cargos = format!("/proc/{}/fd/2", parent_id());
    // In a file our words and cargo's would lie over each other.
    let is_read_as_it_comes = std::fs::metadata(&cargos)
        .is_ok_and(|file| file.file_type().is_fifo() || file.file_type().is_char_device());
    let name = if is_read_as_it_comes {
        cargos.as_str()
    } else if cfg!(target_os = "linux") {
        return None;
    } else {
        "/dev/tty"
    };
    OpenOptions::new().append(true).open(name).ok()
}

#[cfg(not(unix))]
fn place() -> Option<File> {
    OpenOptions::new().append(true).open("CONOUT$").ok()
}
