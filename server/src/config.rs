//! Options: from flags, from `SAMTAVLE_*` in the environment, from a TOML file, and defaults, in that order.
//!
//! `Options` is what was said; `Settings` is what holds once every place has been asked.

use crate::{access::codes::Life, log::sqlite::Faulty};
use crate::{base_path::BasePath, clock::SessionClock};
use clap::{Parser, Subcommand, ValueEnum};
use serde::Deserialize;
use std::{
    net::{SocketAddr, ToSocketAddrs},
    path::{Path, PathBuf},
    time::Duration,
};
use thiserror::Error;

/// Samtavle: a board that many people write and cluster on at once.
///
/// Starts the server. The database is made in the data folder on the first start; everything else
/// is inside this one program. Stop it with Ctrl-C or SIGTERM: what people wrote is on disk.
///
/// To copy the boards use `samtavle backup FILE`, also while the server runs: a copy of the file samtavle.db alone lacks
/// what is newest, and is refused.
#[derive(Debug, Parser)]
#[command(name = "samtavle", version, max_term_width = 100)]
pub(crate) struct Options {
    /// Address and port to listen on. Port 0 takes a free one; it is printed at the start.
    /// [default: 0.0.0.0:8080, every network of this machine]
    #[arg(long, value_name = "HOST:PORT", env = "SAMTAVLE_LISTEN")]
    listen: Option<String>,

    /// Folder of the database. Made if it is not there; one server at a time may use it.
    /// [default: ./data]
    #[arg(long, value_name = "DIR", env = "SAMTAVLE_DATA", global = true)]
    data: Option<PathBuf>,

    /// File with options in TOML: the long names of these flags, `-` written as `_`, for example
    /// `listen = "127.0.0.1:9000"`. [default: none]
    #[arg(long, value_name = "FILE", env = "SAMTAVLE_CONFIG", global = true)]
    config: Option<PathBuf>,

    /// Address that people reach this server by, for example `https://board.example.org`. Needed
    /// for right links only where a proxy does not hand on Host and X-Forwarded-Proto.
    /// [default: what the browser asked for]
    #[arg(long, value_name = "URL", env = "SAMTAVLE_PUBLIC_URL")]
    public_url: Option<String>,

    /// Path that a reverse proxy serves this under, for example `/verktoy/samtavle`, whether the proxy
    /// takes it off or not. [default: the path of --public-url, else what X-Forwarded-Prefix says]
    #[arg(long, value_name = "PATH", env = "SAMTAVLE_BASE_PATH")]
    base_path: Option<String>,

    /// How people's addresses are known, for the limits on guessing codes and making boards:
    /// `direct` takes the sender of the connection; `proxy` takes the last entry of
    /// X-Forwarded-For: choose it when, and only when, everything comes through a proxy of yours.
    /// [default: direct]
    #[arg(long, value_name = "HOW", env = "SAMTAVLE_ADDRESSES")]
    addresses: Option<Addresses>,

    /// What to log: a level (error, warn, info, debug, trace), or levels for the areas app, access,
    /// http, log, room and socket, for example `info,room=debug`. Names, texts, keys and addresses
    /// of people are never logged. [default: info]
    #[arg(long, value_name = "FILTER", env = "SAMTAVLE_LOG")]
    log: Option<String>,

    /// How log lines (on stderr) look: `text` for people, `json` for machines. [default: text]
    #[arg(long, value_name = "FORMAT", env = "SAMTAVLE_LOG_FORMAT")]
    log_format: Option<LogFormat>,

    /// Seconds that a board without people stays in memory. [default: 60]
    #[arg(long, value_name = "SECONDS", env = "SAMTAVLE_UNLOAD_AFTER")]
    unload_after: Option<u64>,

    /// Records after which a board's state is written whole, so that it opens fast. [default: 500]
    #[arg(long, value_name = "RECORDS", env = "SAMTAVLE_CHECKPOINT_EVERY")]
    checkpoint_every: Option<u64>,

    /// Boards that one address may make in an hour. [default: 1000]
    #[arg(long, value_name = "BOARDS", env = "SAMTAVLE_BOARDS_PER_HOUR")]
    boards_per_hour: Option<u32>,

    /// Hours that a board's join code opens it after somebody took part the last time. A board on which nobody has been yet keeps
    /// its code for 30 days. [default: 12]
    #[arg(long, value_name = "HOURS", env = "SAMTAVLE_CODE_HOURS")]
    code_hours: Option<u32>,

    /// Open the database also if it is damaged, or if something is missing from it, as from a copy that was made while a
    /// server ran. What can be read is served. [default: the server does not start, and changes nothing]
    #[arg(long)]
    open_anyway: bool,

    #[command(subcommand)]
    task: Option<Task>,

    /// So many minutes of a session go by in one: for tests and demonstrations.
    #[arg(
        long,
        value_name = "TIMES",
        env = "SAMTAVLE_CLOCK_SPEED",
        hide = true,
        default_value_t = 1
    )]
    clock_speed: u32,
}

/// What to do instead of serving.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub(crate) enum Task {
    /// Copy all boards, with their photos, into one file, whether the server runs or not.
    ///
    /// The copy is checked before it gets its name; a file that is there already is left alone. To go back to it, stop
    /// the server and put it in the data folder as samtavle.db. Ends with 0 when there is a backup, else with 1.
    Backup {
        /// The file to make.
        file: PathBuf,
    },
    /// Read everything in the database, whether the server runs or not, and say what is not as it was written.
    ///
    /// Nothing is changed. Ends with 0 when all is as it was written, with 3 when something is not, and with 1 when it could
    /// not be read.
    Verify,
}

/// How people's addresses are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Addresses {
    /// The other end of the connection.
    Direct,
    /// What our own proxy says in X-Forwarded-For.
    Proxy,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The options of the file. The same names as the flags; unknown names are errors, not ignored.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileOptions {
    listen: Option<String>,
    data: Option<PathBuf>,
    public_url: Option<String>,
    base_path: Option<String>,
    addresses: Option<Addresses>,
    log: Option<String>,
    log_format: Option<LogFormat>,
    unload_after: Option<u64>,
    checkpoint_every: Option<u64>,
    boards_per_hour: Option<u32>,
    code_hours: Option<u32>,
}

/// What holds.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Where to listen.
    pub(crate) listen: SocketAddr,
    /// The folder of the database.
    pub(crate) data: PathBuf,
    /// The beginning of links, without a slash at the end; `None`: as the browser asked.
    pub(crate) public_url: Option<String>,
    /// The path that a proxy serves us under: empty, or with a slash before and none after it.
    pub(crate) base_path: String,
    /// How people's addresses are known.
    pub(crate) addresses: Addresses,
    /// Which of the traces are written, as `tracing` reads it: a level, or levels by area.
    pub(crate) trace_filter: String,
    /// How log lines look.
    pub(crate) log_format: LogFormat,
    /// How long an empty board stays in memory.
    pub(crate) unload_after: Duration,
    /// Records between two checkpoints of a board.
    pub(crate) checkpoint_every: u64,
    /// Boards that one address may make in an hour.
    pub(crate) boards_per_hour: u32,
    /// Hours that a join code lives after the last sitting.
    pub(crate) code_hours: u32,
    /// How fast the clock of sessions runs.
    pub(crate) clock: SessionClock,
    /// What is done about a database that is damaged or not whole.
    pub(crate) faulty: Faulty,
    /// What to do instead of serving.
    pub(crate) task: Option<Task>,
}

impl Settings {
    /// How long codes live, at this moment, milliseconds since 1970.
    pub(crate) fn life_of_codes(&self, now: i64) -> Life {
        Life {
            hours: self.code_hours,
            now,
        }
    }
}

/// Why the options cannot be used: each one line that names the option.
#[derive(Debug, Error, PartialEq, Eq)]
pub(crate) enum OptionError {
    #[error("cannot use the config file {file}: {why}")]
    File { file: String, why: String },
    #[error("--listen {0} is not an address and a port, such as 0.0.0.0:8080")]
    Listen(String),
    #[error("--public-url {0} does not begin with http:// or https:// and a host")]
    PublicUrl(String),
    #[error("--base-path {0} is not a path such as /verktoy/samtavle")]
    BasePath(String),
    #[error("--{0} must be at least 1")]
    Zero(&'static str),
}

impl Options {
    /// Asks every place in order of precedence: flag, environment, file, default.
    pub(crate) fn settle(self) -> Result<Settings, OptionError> {
        let file = self
            .config
            .as_deref()
            .map_or_else(|| Ok(FileOptions::default()), read_file)?;
        let listen = self
            .listen
            .or(file.listen)
            .unwrap_or_else(|| "0.0.0.0:8080".to_owned());
        let public_url = self.public_url.or(file.public_url);
        let public_url = public_url.map(|url| beginning_of_links(&url)).transpose()?;
        let base_path = match self.base_path.or(file.base_path) {
            Some(path) => BasePath::read(&path).ok_or(OptionError::BasePath(path))?,
            None => public_url
                .as_deref()
                .map(path_of)
                .transpose()?
                .unwrap_or_default(),
        };
        let checkpoint_every = self
            .checkpoint_every
            .or(file.checkpoint_every)
            .unwrap_or(500);
        let boards_per_hour = self
            .boards_per_hour
            .or(file.boards_per_hour)
            .unwrap_or(1000);
        if checkpoint_every == 0 {
            return Err(OptionError::Zero("checkpoint-every"));
        }
        if self.clock_speed == 0 {
            return Err(OptionError::Zero("clock-speed"));
        }
        if boards_per_hour == 0 {
            return Err(OptionError::Zero("boards-per-hour"));
        }
        Ok(Settings {
            listen: socket_address(&listen)?,
            data: self
                .data
                .or(file.data)
                .unwrap_or_else(|| PathBuf::from("data")),
            public_url,
            base_path,
            addresses: self
                .addresses
                .or(file.addresses)
                .unwrap_or(Addresses::Direct),
            trace_filter: self.log.or(file.log).unwrap_or_else(|| "info".to_owned()),
            log_format: self
                .log_format
                .or(file.log_format)
                .unwrap_or(LogFormat::Text),
            unload_after: Duration::from_secs(
                self.unload_after.or(file.unload_after).unwrap_or(60),
            ),
            checkpoint_every,
            boards_per_hour,
            code_hours: self.code_hours.or(file.code_hours).unwrap_or(12),
            clock: SessionClock::new(self.clock_speed),
            faulty: if self.open_anyway {
                Faulty::OpenAnyway
            } else {
                Faulty::Refuse
            },
            task: self.task,
        })
    }
}

fn read_file(path: &Path) -> Result<FileOptions, OptionError> {
    config::Config::builder()
        .add_source(config::File::from(path).format(config::FileFormat::Toml))
        .build()
        .and_then(config::Config::try_deserialize)
        .map_err(|error| OptionError::File {
            file: path.display().to_string(),
            why: error
                .to_string()
                .lines()
                .map(str::trim)
                .collect::<Vec<_>>()
                .join(" "),
        })
}

fn socket_address(text: &str) -> Result<SocketAddr, OptionError> {
    text.to_socket_addrs()
        .ok()
        .and_then(|mut addresses| addresses.next())
        .ok_or_else(|| OptionError::Listen(text.to_owned()))
}

fn path_of(url: &str) -> Result<String, OptionError> {
    let host = url.find("://").map_or(0, |scheme| scheme + 3);
    let path = url[host..]
        .find('/')
        .map_or("", |slash| &url[host + slash..]);
    BasePath::read(path).ok_or_else(|| OptionError::PublicUrl(url.to_owned()))
}

fn beginning_of_links(url: &str) -> Result<String, OptionError> {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.trim_matches('/').is_empty() && !host.contains(['#', '?', ' ']) => {
            Ok(url.trim_end_matches('/').to_owned())
        }
        _ => Err(OptionError::PublicUrl(url.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn options(flags: &[&str]) -> Options {
        Options::try_parse_from([&["samtavle"], flags].concat()).unwrap()
    }

    fn file(text: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    }

    #[test]
    fn a_flag_goes_before_the_file_and_the_file_before_the_default() {
        let file = file("listen = \"127.0.0.1:9000\"\nunload_after = 5\n");
        let path = file.path().to_str().unwrap();
        let settings = options(&["--config", path, "--listen", "127.0.0.1:9001"])
            .settle()
            .unwrap();
        assert_eq!(settings.listen.port(), 9001);
        assert_eq!(settings.unload_after, Duration::from_secs(5));
        assert_eq!(settings.checkpoint_every, 500);
    }

    #[test]
    fn a_name_that_we_do_not_know_in_the_file_is_an_error_of_one_line() {
        let file = file("lisen = \"127.0.0.1:9000\"\n");
        let error = options(&["--config", file.path().to_str().unwrap()])
            .settle()
            .unwrap_err()
            .to_string();
        assert!(error.contains("lisen") && !error.contains('\n'), "{error}");
    }

    #[test]
    fn an_address_without_a_port_is_refused() {
        assert_eq!(
            options(&["--listen", "here"]).settle().unwrap_err(),
            OptionError::Listen("here".into())
        );
    }

    #[test]
    fn the_path_of_a_proxy_is_said_or_read_off_the_public_url() {
        let path = |flags: &[&str]| options(flags).settle().map(|settings| settings.base_path);
        assert_eq!(path(&[]).unwrap(), "");
        assert_eq!(path(&["--base-path", "a/b/"]).unwrap(), "/a/b");
        assert_eq!(
            path(&["--public-url", "https://x.example/a/b/"]).unwrap(),
            "/a/b"
        );
        assert!(path(&["--base-path", "/a?b"]).is_err());
    }

    #[test]
    fn a_public_url_is_kept_without_its_last_slash() {
        let settings = options(&["--public-url", "https://board.example.org/"])
            .settle()
            .unwrap();
        assert_eq!(
            settings.public_url.as_deref(),
            Some("https://board.example.org")
        );
        assert!(
            options(&["--public-url", "board.example.org"])
                .settle()
                .is_err()
        );
    }
}
