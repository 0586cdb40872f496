//! The real server in a process of its own, and what it takes of the machine.

use crate::Outcome;
use serde_json::Value;
use std::{
    env, fs,
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Linux counts a process's time in hundredths of a second, on every machine that Rust runs on.
const TICK: Duration = Duration::from_millis(10);

/// What it takes to come in.
pub(crate) struct Address {
    pub(crate) host: String,
    pub(crate) board: String,
    pub(crate) key: String,
}

/// Ends with the value, and its folder with it.
pub(crate) struct Server {
    process: Child,
    host: String,
    _folder: TempDir,
}

impl Server {
    /// On a free port and in a folder of its own; it answers when this returns.
    pub(crate) async fn start() -> Outcome<Self> {
        let binary = env::var("SAMTAVLE_BIN").unwrap_or_else(|_| "target/release/samtavle".to_owned());
        let folder = TempDir::new()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let host = format!("127.0.0.1:{port}");
        let process = Command::new(&binary)
            .args(["--listen", &host, "--data"])
            .arg(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{binary} does not start ({error}): build it with `cargo build --release`"))?;
        let server = Self { process, host, _folder: folder };
        for _ in 0..200 {
            if matches!(server.ask("GET /health", "").await, Ok(answer) if answer.contains(" 200 ")) {
                return Ok(server);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err("the server does not answer".into())
    }

    pub(crate) async fn make_board(&self) -> Outcome<Address> {
        let answer = self.ask("POST /api/boards", "{\"template\":\"blank\"}").await?;
        let body = answer.split_once("\r\n\r\n").ok_or("an answer without a body")?.1;
        let made: Value = serde_json::from_str(body)?;
        let text = |value: &Value| value.as_str().map(str::to_owned).ok_or("a board without its key");
        Ok(Address {
            host: self.host.clone(),
            board: text(&made["id"])?,
            key: text(&made["keys"]["participant"])?,
        })
    }

    async fn ask(&self, what: &str, body: &str) -> Outcome<String> {
        let mut stream = TcpStream::connect(self.host.as_str()).await?;
        let request = format!(
            "{what} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            self.host,
            body.len()
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }

    /// Processor time since it started.
    pub(crate) fn cpu_time(&self) -> Outcome<Duration> {
        cpu_time(&self.process.id().to_string())
    }

    /// What it holds in memory now.
    pub(crate) fn memory_mb(&self) -> Outcome<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill(); // gone already is as good
        let _ = self.process.wait();
    }
}

/// Processor time of this program.
pub(crate) fn own_cpu_time() -> Outcome<Duration> {
    cpu_time("self")
}

fn cpu_time(process: &str) -> Outcome<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name in parentheses may hold spaces; user and system time are the 12th and 13th after it.
    let after_name = stat.rsplit_once(") ").ok_or("an unknown form of /proc/…/stat")?.1;
    let ticks: u32 = after_name.split(' ').skip(11).take(2).map(str::parse::<u32>).sum::<Result<_, _>>()?;
    Ok(TICK * ticks)
}
