//! Samtavle, the server: options, start, stop.
//!
//! * [`config`]: flags, environment and file
//! * [`routes`]: everything that it answers, in one screen; [`state`]: what all answers share
//! * [`room`]: what is decided on a board, without input or output; [`rooms`]: the boards that are open, one task each
//! * [`transport`]: what carries frames: sockets, and lines over plain HTTP
//! * [`log`]: boards on disk
//! * [`photos`]: photos of paper, sent in pieces
//! * [`access`]: keys, codes, limits
//! * [`http`]: what all requests over plain HTTP have in common; [`api`]: boards, keys, codes, photos, health; [`site`]: the
//!   embedded client; [`base_path`]: the path of a proxy
//! * [`listen`]: connections, how many and how slow
//! * [`start`]: what it says when it starts
//! * [`stopping`]: the word that it stops
//! * [`memory`]: what has come in part, and how much of it there may be
//! * [`work`]: what may take long, aside from those who do little
//! * [`logging`]: what it says while it runs

mod access;
mod api;
mod base_path;
mod clock;
mod config;
mod http;
mod listen;
mod log;
mod logging;
mod memory;
mod photos;
mod room;
mod rooms;
mod routes;
mod site;
mod start;
mod state;
mod stopping;
mod transport;
mod work;

use access::limits::Doorkeeper;
use clap::Parser as _;
use config::{Options, Settings, Task};
use log::{Log as _, sqlite::SqliteLog};
use photos::Photos;
use rooms::Registry;
use state::AppState;
use std::{net::SocketAddr, process::ExitCode, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::watch};

/// Longest that stopping may take: systemd and Docker kill after 10 s or more.
const PATIENCE: Duration = Duration::from_secs(8);

fn main() -> ExitCode {
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(error) => return start::say_option_error(&error),
    };
    match options.settle().map_err(Trouble::from).and_then(run) {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("samtavle: {trouble}");
            ExitCode::FAILURE
        }
    }
}

/// Why the server does not start: one line each.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Options(#[from] config::OptionError),
    #[error(transparent)]
    Log(#[from] logging::FilterError),
    #[error(transparent)]
    Data(#[from] log::sqlite::OpenError),
    #[error(transparent)]
    Backup(#[from] log::sqlite::backup::NoBackup),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    #[error("cannot start: {0}")]
    Machine(#[from] std::io::Error),
}

fn run(settings: Settings) -> Result<ExitCode, Trouble> {
    match &settings.task {
        None => run_server(settings).map(|()| ExitCode::SUCCESS),
        Some(Task::Backup { file }) => {
            let report = log::sqlite::backup::back_up(&settings.data, file)?;
            start::say_backup(file, &report);
            Ok(ExitCode::SUCCESS)
        }
        Some(Task::Verify) => Ok(start::say_verified(
            &settings.data,
            log::sqlite::verify::verify(&settings.data)?,
        )),
    }
}

fn run_server(settings: Settings) -> Result<(), Trouble> {
    logging::start(&settings.trace_filter, settings.log_format)?;
    start::allow_many_sockets();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(settings))
}

async fn serve(settings: Settings) -> Result<(), Trouble> {
    // Before the data folder is touched: a port in use must change nothing.
    let cannot_listen = |error| Trouble::Listen(settings.listen, error);
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(cannot_listen)?;
    let listen = listener.local_addr().map_err(cannot_listen)?;
    let log = Arc::new(SqliteLog::open_even(&settings.data, settings.faulty)?);
    let app = Arc::new(AppState {
        rooms: Registry::new(log.clone(), settings.clone()),
        doorkeeper: Doorkeeper::new(settings.boards_per_hour, clock::steady()),
        memory: memory::Memory::new(),
        bodies: memory::Memory::new(),
        photos: Arc::new(Photos::new(log.clone())),
        log: log.clone(),
        settings: Settings { listen, ..settings },
    });
    start::say_hello(&app.settings);
    tracing::info!(target: "samtavle::app", "started");

    let mut stop = start::StopSignals::new()?;
    let (stopping, is_stopping) = watch::channel(false);
    let serving = tokio::spawn(listen::serve(listener, routes::router(&app), is_stopping));
    stop.wait().await;

    tracing::info!(target: "samtavle::app", "stopping");
    stopping.send_replace(true);
    if !app.rooms.stop(PATIENCE).await {
        tracing::warn!(target: "samtavle::app", "some rooms or sockets did not end in time");
    }
    // Requests that are under way may finish; a connection that only idles is not waited for.
    let _ = tokio::time::timeout(Duration::from_secs(1), serving).await;
    if tokio::task::spawn_blocking(move || log.close())
        .await
        .is_err()
    {
        tracing::error!(target: "samtavle::app", "closing the log panicked");
    }
    tracing::info!(target: "samtavle::app", "stopped");
    Ok(())
}
