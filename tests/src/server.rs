//! A real server: the binary, on a free port, with a data folder of its own.

use crate::table::Table;
use serde_json::{Value, json};
use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{ExitStatus, Output, Stdio},
    sync::{Arc, OnceLock},
    time::Duration,
};
use tempfile::{NamedTempFile, TempDir};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    process::{Child, Command},
    time::timeout,
};

/// A running server. It is killed when this is dropped.
pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`; the same after a restart.
    address: String,
    flags: Vec<String>,
    environment: Vec<(String, String)>,
    folder: Folder,
    said: Arc<NamedTempFile>,
}

/// An answer over HTTP.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Where its boards are.
enum Folder {
    /// It goes with the server.
    Own(TempDir),
    /// It stays.
    Given(PathBuf),
}

impl Folder {
    fn path(&self) -> &Path {
        match self {
            Self::Own(folder) => folder.path(),
            Self::Given(folder) => folder,
        }
    }
}

impl Server {
    /// Starts one with an empty data folder.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// The same, with more flags.
    pub async fn start_with(flags: &[&str]) -> Self {
        Self::start_within(flags, Vec::new()).await
    }

    /// The same, with more in its environment.
    pub async fn start_within(flags: &[&str], environment: Vec<(String, String)>) -> Self {
        let folder = Folder::Own(tempfile::tempdir().unwrap());
        Self::start_at(folder, flags, environment).await
    }

    /// Starts one on a data folder that is there.
    pub async fn start_in(folder: &Path, flags: &[&str]) -> Self {
        Self::start_at(Folder::Given(folder.to_owned()), flags, Vec::new()).await
    }

    /// The same; `None`: it does not start there.
    pub async fn try_start_in(folder: &Path) -> Option<Self> {
        let said = Arc::new(NamedTempFile::new().unwrap());
        let (child, address) = try_launch("127.0.0.1:0", folder, &[], &[], &said).await?;
        Some(Self {
            child,
            address,
            flags: Vec::new(),
            environment: Vec::new(),
            folder: Folder::Given(folder.to_owned()),
            said,
        })
    }

    async fn start_at(folder: Folder, flags: &[&str], environment: Vec<(String, String)>) -> Self {
        let said = Arc::new(NamedTempFile::new().unwrap());
        let flags: Vec<String> = flags.iter().map(|flag| (*flag).to_owned()).collect();
        let (child, address) =
            launch("127.0.0.1:0", folder.path(), &flags, &environment, &said).await;
        Self {
            child,
            address,
            flags,
            environment,
            folder,
            said,
        }
    }

    /// `127.0.0.1:PORT`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.folder().join("samtavle.db")
    }

    /// The names under which states of its boards are kept, the oldest first.
    pub fn named_checkpoints(&self) -> Vec<String> {
        let log = rusqlite::Connection::open(self.database()).unwrap();
        let mut names = log
            .prepare("SELECT name FROM checkpoints WHERE name IS NOT NULL ORDER BY seq")
            .unwrap();
        let rows = names.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.id().expect("the server runs")
    }

    /// How much memory it has now, in bytes.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().nth(1));
        1024 * kib.unwrap().parse::<u64>().unwrap()
    }

    /// `kill -9`: no time for anything.
    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// SIGTERM: gives its exit status.
    pub async fn stop(&mut self) -> ExitStatus {
        self.ask_to_stop().await;
        timeout(Duration::from_secs(15), self.child.wait())
            .await
            .expect("it stops within seconds")
            .unwrap()
    }

    /// SIGTERM, without waiting.
    pub async fn ask_to_stop(&self) {
        let sent = Command::new("kill")
            .arg("-TERM")
            .arg(self.pid().to_string())
            .status()
            .await
            .unwrap();
        assert!(sent.success());
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.said.path()).unwrap()
    }

    /// Starts it again after `kill` or `stop`, on the same port and folder.
    pub async fn start_again(&mut self) {
        let (child, address) = launch(
            &self.address,
            self.folder.path(),
            &self.flags,
            &self.environment,
            &self.said,
        )
        .await;
        self.child = child;
        self.address = address;
    }

    /// Stops for a moment, and keeps a copy of all its data as it is then. Sockets end.
    pub async fn is_copied(&mut self) -> TempDir {
        self.kill().await;
        let copy = tempfile::tempdir().unwrap();
        copy_files(self.folder.path(), copy.path());
        self.start_again().await;
        copy
    }

    /// Its data is what it was when it was copied: an older backup, or a disk that lost what came after.
    pub async fn is_set_back_to(&mut self, copy: &TempDir) {
        self.kill().await;
        for entry in std::fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::remove_file(path).unwrap();
            }
        }
        copy_files(copy.path(), self.folder.path());
        self.start_again().await;
    }

    /// Makes a board.
    pub async fn board(&self, title: &str) -> Table {
        let made = self.post("/api/boards", &json!({ "title": title })).await;
        assert_eq!(made.status, 201, "{}", made.text());
        Table::of(&self.address, &made.json())
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.request("GET", path, &[], b"").await
    }

    /// `POST` with JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let headers = [("content-type", "application/json")];
        self.request("POST", path, &headers, body.to_string().as_bytes())
            .await
    }

    /// Any request.
    pub async fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        request_at(&self.address, method, path, headers, body).await
    }
}

/// Any request to the server at this address.
pub(crate) async fn request_at(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Answer {
    let mut text = format!(
        "{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    if !headers.iter().any(|(name, _)| *name == "host") {
        text += "host: ";
        text += address;
        text += "\r\n";
    }
    for (name, value) in headers {
        text += &[name, ": ", value, "\r\n"].concat();
    }
    text += "\r\n";
    let mut stream = TcpStream::connect(address)
        .await
        .expect("the server listens");
    stream.write_all(text.as_bytes()).await.unwrap();
    // Who refuses a large body need not read it.
    let _ = stream.write_all(body).await;
    let mut bytes = Vec::new();
    let read = timeout(crate::wire::PATIENCE, stream.read_to_end(&mut bytes))
        .await
        .expect("an answer");
    if bytes.is_empty() {
        read.unwrap();
    }
    Answer::read(&bytes)
}

impl Answer {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let end = bytes
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .expect("an HTTP answer");
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.lines();
        let status = lines
            .next()
            .unwrap()
            .split(' ')
            .nth(1)
            .unwrap()
            .parse()
            .unwrap();
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
            .collect();
        Self {
            status,
            headers,
            body: bytes[end + 4..].to_vec(),
        }
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(its, _)| its == name)
            .map(|(_, value)| value.as_str())
    }
}

fn copy_files(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
        }
    }
}

async fn launch(
    listen: &str,
    folder: &Path,
    flags: &[String],
    environment: &[(String, String)],
    said: &NamedTempFile,
) -> (Child, String) {
    try_launch(listen, folder, flags, environment, said)
        .await
        .expect("the server says its address before it ends")
}

async fn try_launch(
    listen: &str,
    folder: &Path,
    flags: &[String],
    environment: &[(String, String)],
    said: &NamedTempFile,
) -> Option<(Child, String)> {
    // A file that may not grow is an error to it, as a full disk is, and not its death.
    let mut child = Command::new("sh")
        .args(["-c", r#"trap "" XFSZ; exec "$0" "$@""#])
        .arg(binary())
        .args(["--listen", listen, "--data"])
        .arg(folder)
        .args(flags)
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .envs(std::env::var("SAMTAVLE_TEST_LOG").map(|filter| ("SAMTAVLE_LOG", filter)))
        .stdout(Stdio::piped())
        .stderr(match std::env::var("SAMTAVLE_TEST_LOG") {
            Ok(_) => Stdio::inherit(),
            Err(_) => File::options()
                .append(true)
                .open(said.path())
                .unwrap()
                .into(),
        })
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = timeout(crate::wire::PATIENCE, async {
        while let Some(line) = lines.next_line().await.unwrap() {
            if let Some(address) = line.strip_prefix("Samtavle: http://") {
                return Some(address.to_owned());
            }
        }
        None
    })
    .await
    .expect("the server says its address, or ends")?;
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Some((child, address))
}

/// Runs the server to its end: for options and folders that it must refuse.
pub async fn run(flags: &[&str]) -> Output {
    let run = Command::new(binary())
        .args(flags)
        .env_remove("SAMTAVLE_LOG")
        .kill_on_drop(true)
        .output();
    timeout(crate::wire::PATIENCE, run)
        .await
        .expect("it ends by itself")
        .unwrap()
}

/// The server's binary: `SAMTAVLE_BIN`, or built now, once.
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Ok(path) = std::env::var("SAMTAVLE_BIN") {
            return path.into();
        }
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let built = std::process::Command::new(cargo)
            .current_dir(workspace)
            .args(["build", "--quiet", "--package", "samtavle"])
            .status()
            .unwrap();
        assert!(built.success(), "the server builds");
        let target = std::env::var("CARGO_TARGET_DIR")
            .map_or_else(|_| workspace.join("target"), PathBuf::from);
        target.join("debug").join("samtavle")
    })
}
