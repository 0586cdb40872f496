//! What the server says when it starts, and how it is asked to stop.

use crate::{
    access::limits::{CONNECTIONS, SOCKETS},
    config::Settings,
    log::sqlite::verify::Report,
};
use qrcodegen::{QrCode, QrCodeEcc};
use std::{
    io::{self, Write as _},
    net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket},
    path::Path,
    process::ExitCode,
};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// `--help` and `--version` as clap has them; of an error the one line that says what is wrong.
pub(crate) fn say_option_error(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // A closed pipe (`--help | head`) is no trouble.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    let first: Vec<&str> = text
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .map(str::trim)
        .collect();
    eprintln!(
        "samtavle: {} (see --help)",
        first.join(" ").trim_start_matches("error: ")
    );
    ExitCode::from(2)
}

/// Prints where people find the boards.
pub(crate) fn say_hello(settings: &Settings) {
    let mut out = io::stdout().lock();
    // Whoever started us may not read it; people can still be served.
    let _ = out.write_all(hello(settings, network_address()).as_bytes());
    let _ = out.flush();
}

fn hello(settings: &Settings, network: Option<IpAddr>) -> String {
    let listen = settings.listen;
    let here = if listen.ip().is_unspecified() {
        format!("http://localhost:{}", listen.port())
    } else {
        format!("http://{listen}")
    };
    let for_phones = match (&settings.public_url, network) {
        (Some(url), _) => Some(url.clone()),
        (None, Some(network)) if listen.ip().is_unspecified() => Some(format!(
            "http://{}",
            SocketAddr::new(network, listen.port())
        )),
        _ => None,
    };
    let mut text = format!("Samtavle: {here}\n");
    if let Some(address) = for_phones {
        text += "For phones and others on the network: ";
        text += &address;
        text.push('\n');
        if let Ok(code) = QrCode::encode_text(&address, QrCodeEcc::Low) {
            text += &half_blocks(&code);
        }
    }
    text
}

/// The address of this machine in its network, without asking anybody: connecting a UDP socket
/// sends nothing, and 192.0.2.1 (RFC 5737) is nobody.
fn network_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

/// Two modules a character, light on whatever the terminal's colours are: cameras want dark on light,
/// so the light modules are drawn.
fn half_blocks(code: &QrCode) -> String {
    const QUIET: i32 = 2;
    let mut text = String::new();
    for row in (-QUIET..code.size() + QUIET).step_by(2) {
        for column in -QUIET..code.size() + QUIET {
            text.push(
                match (
                    code.get_module(column, row),
                    code.get_module(column, row + 1),
                ) {
                    (true, true) => ' ',
                    (true, false) => '▄',
                    (false, true) => '▀',
                    (false, false) => '█',
                },
            );
        }
        text.push('\n');
    }
    text
}

/// Says what is in a backup.
pub(crate) fn say_backup(file: &Path, report: &Report) {
    say(&format!(
        "{}: {}, all of it checked\n",
        file.display(),
        contents(report)
    ));
}

/// Says what was found in a database, a line each, and what was read.
pub(crate) fn say_verified(folder: &Path, report: Option<Report>) -> ExitCode {
    let Some(report) = report else {
        say(&format!(
            "{}: there is no database here\n",
            folder.display()
        ));
        return ExitCode::FAILURE;
    };
    for line in &report.lines {
        say(&format!("{line}\n"));
    }
    let read = contents(&report);
    match report.lines.len() {
        0 => {
            say(&format!("{read}: all is as it was written\n"));
            ExitCode::SUCCESS
        }
        count => {
            say(&format!(
                "{read}: {count} found that is not as it should be\n"
            ));
            ExitCode::from(DAMAGED)
        }
    }
}

/// The end of `samtavle verify` when something is not as it was written.
const DAMAGED: u8 = 3;

fn contents(report: &Report) -> String {
    let Report {
        boards,
        records,
        checkpoints,
        photos,
        unsealed,
        ..
    } = report;
    let unsealed = match unsealed {
        0 => String::new(),
        unsealed => format!(" ({unsealed} of a version without checksums)"),
    };
    format!(
        "boards: {boards}, records: {records}{unsealed}, checkpoints: {checkpoints}, photos: {photos}"
    )
}

/// Whoever reads it may have gone: nothing is lost by that.
fn say(words: &str) {
    let _ = io::stdout().write_all(words.as_bytes());
}

/// Takes as many sockets as the machine allows. The usual soft limit of 1,024 is less than a room.
pub(crate) fn allow_many_sockets() {
    match rlimit::increase_nofile_limit((SOCKETS + CONNECTIONS + 100) as u64) {
        Ok(files) => tracing::debug!(target: "samtavle::app", files, "open files allowed"),
        Err(error) => {
            tracing::warn!(target: "samtavle::app", %error, "the limit on open files stays as it is");
        }
    }
}

/// SIGTERM and SIGINT.
pub(crate) struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    /// From now on they do not end the process.
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for one of them.
    pub(crate) async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Options;
    use clap::Parser as _;

    fn settings(flags: &[&str]) -> Settings {
        Options::try_parse_from([&["samtavle"], flags].concat())
            .unwrap()
            .settle()
            .unwrap()
    }

    const NETWORK: Option<IpAddr> = Some(IpAddr::V4(Ipv4Addr::new(192, 168, 1, 5)));

    #[test]
    fn one_address_is_said_in_one_line() {
        assert_eq!(
            hello(&settings(&["--listen", "127.0.0.1:9000"]), NETWORK),
            "Samtavle: http://127.0.0.1:9000\n"
        );
    }

    #[test]
    fn who_listens_everywhere_says_the_address_for_phones_with_a_code() {
        let said = hello(&settings(&["--listen", "0.0.0.0:8080"]), NETWORK);
        assert!(
            said.starts_with("Samtavle: http://localhost:8080\n"),
            "{said}"
        );
        assert!(said.contains("http://192.168.1.5:8080\n"), "{said}");
        assert!(said.contains('█'), "{said}");
    }

    #[test]
    fn a_wrong_option_is_said_in_one_line() {
        let error = Options::try_parse_from(["samtavle", "--lisen", "x"]).unwrap_err();
        assert!(
            error
                .to_string()
                .lines()
                .next()
                .unwrap()
                .contains("--lisen")
        );
    }
}
