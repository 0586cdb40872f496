//! Disks that take nothing: full ones, and ones that may only be read.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// A disk of its own, as small as wanted. It needs the right to mount.
pub struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    /// Mounts one; `None`: this machine does not let us.
    pub fn mount(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={size}");
        run(
            "mount",
            &["-t", "tmpfs", "-o", &options, "tmpfs", &path(folder.path())],
        )
        .then_some(Self { folder })
    }

    /// Where its files lie; the folder goes with it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Fills it to the last byte.
    pub fn fill(&self) {
        // Blocks that are free, until there are none: what is written last does not fit.
        let _ = fs::write(self.filler(), vec![0_u8; 64 * 1024 * 1024]);
    }

    /// Makes room again.
    pub fn free(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    fn filler(&self) -> PathBuf {
        self.folder().join("filler")
    }

    /// From now on it may only be read. Nothing on it may be open for writing.
    pub fn lock(&self) {
        self.remount("ro");
    }

    /// From now on it may be written.
    pub fn unlock(&self) {
        self.remount("rw");
    }

    fn remount(&self, how: &str) {
        let how = format!("remount,{how}");
        assert!(run("mount", &["-o", &how, &path(self.folder())]), "{how}");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a server that is being killed may still have its files open.
        run("umount", &["-l", &path(self.folder())]);
    }
}

/// No file of this process may grow beyond so many bytes, or any may again: as a full disk, where nobody may mount.
pub fn limit_files(pid: u32, bytes: Option<u64>) {
    let bytes = bytes.map_or_else(|| "unlimited".to_owned(), |bytes| bytes.to_string());
    let (pid, limit) = (pid.to_string(), format!("--fsize={bytes}:"));
    assert!(run("prlimit", &["--pid", &pid, &limit]), "{limit}");
}

fn path(folder: &Path) -> String {
    folder.to_str().unwrap().to_owned()
}

fn run(command: &str, arguments: &[&str]) -> bool {
    let said = Command::new(command).args(arguments).output();
    said.is_ok_and(|said| said.status.success())
}
