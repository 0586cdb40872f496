//! `samtavle backup FILE`: all boards in one file, while the server runs or not. The file is checked before it gets its
//! name, says that it is whole, and takes no other's place.

use super::{
    head::Head,
    inspect::{self, FILE, Mark, OpenError, with_ending},
    schema, trouble,
    verify::{self, Report},
};
use rusqlite::Connection;
use samtavle_shared::wire::SaveTrouble;
use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};
use thiserror::Error;

/// Why there is no backup.
#[derive(Debug, Error)]
pub(crate) enum NoBackup {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("there is no database in {0}")]
    Nothing(String),
    #[error("{0} is there already; nothing was changed: choose another name")]
    Taken(String),
    #[error("cannot write {0}: {1}")]
    Write(String, String),
    #[error("the database cannot be read ({0}); no backup was made: see samtavle verify")]
    Read(String),
    #[error("the backup is not what the database is ({0}); it was not kept")]
    Unlike(String),
}

/// Makes one of the database of a folder. Gives what is in it.
pub(crate) fn back_up(folder: &Path, file: &Path) -> Result<Report, NoBackup> {
    let path = folder.join(FILE);
    if inspect::header(&path)?.is_none() {
        return Err(NoBackup::Nothing(folder.display().to_string()));
    }
    if file.symlink_metadata().is_ok() {
        return Err(NoBackup::Taken(file.display().to_string()));
    }
    let connection = verify::open(&path)?;
    let part = Part::beside(file);
    let cannot_read = |error: rusqlite::Error| NoBackup::Read(error.to_string());
    write_whole(&connection, &part.0).map_err(|error| {
        match trouble::of_database(&error, folder) {
            Some(_) => NoBackup::Write(file.display().to_string(), error.to_string()),
            None => cannot_read(error),
        }
    })?;
    let copied = inspect::open_immutable(&part.0).map_err(cannot_read)?;
    let report = verify::look_at(&copied).map_err(cannot_read)?;
    if let Some(line) = report.lines.first() {
        return Err(NoBackup::Unlike(line.clone()));
    }
    drop(copied);
    part.becomes(file).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => NoBackup::Taken(file.display().to_string()),
        _ => NoBackup::Write(file.display().to_string(), error.to_string()),
    })?;
    Ok(report)
}

/// Writes a database anew whose file was taken away while it was open.
pub(super) fn write_anew(connection: &Connection, path: &Path) -> Result<(), SaveTrouble> {
    let folder = path.parent().unwrap_or(path);
    let part = Part::beside(path);
    write_whole(connection, &part.0).map_err(|error| {
        tracing::error!(target: "samtavle::log", %error, "the database could not be written anew");
        trouble::of_database(&error, folder).unwrap_or(SaveTrouble::Failed)
    })?;
    part.becomes(path)
        .map_err(|error| trouble::of_system(&error))
}

/// Everything that a connection sees, as one file, which says so; it is another database from now on.
fn write_whole(connection: &Connection, part: &Path) -> rusqlite::Result<()> {
    let name = part.to_string_lossy();
    connection.execute("VACUUM INTO ?1", [&*name])?;
    let whole = Connection::open(part)?;
    // It has no journal to be mended by, and needs none: should this end, it is thrown away.
    whole.pragma_update(None, "journal_mode", "MEMORY")?;
    if let Some(head) = Head::of(&whole)? {
        let identity = schema::new_identity()?;
        Head { identity, ..head }.write(&whole)?;
    }
    Mark::Whole.write(&whole)?;
    whole.close().map_err(|(_, error)| error)
}

/// A file in the making. It goes when it does not get its name.
struct Part(PathBuf);

impl Part {
    fn beside(file: &Path) -> Self {
        let part = Self(with_ending(file, &format!(".part-{}", std::process::id())));
        let _ = fs::remove_file(&part.0); // of a process of the same number, long gone
        part
    }

    /// Gives it its name, unless another has that.
    fn becomes(self, file: &Path) -> io::Result<()> {
        File::open(&self.0)?.sync_all()?;
        match fs::hard_link(&self.0, file) {
            Ok(()) => {}
            // Of a kind of disk without links.
            Err(error)
                if error.kind() != ErrorKind::AlreadyExists && file.symlink_metadata().is_err() =>
            {
                fs::rename(&self.0, file)?;
            }
            Err(error) => return Err(error),
        }
        let folder = file.parent().filter(|folder| *folder != Path::new(""));
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0); // it has its name, or was never made
    }
}
