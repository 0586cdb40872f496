//! From what the database says to what people and operators can do about it.

use rusqlite::ErrorCode;
use samtavle_shared::wire::SaveTrouble;
use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write as _},
    path::Path,
};

/// Written and taken away again, to see whether there is room.
const PROBE: &str = "samtavle.probe";
/// Less room than this is as good as none: a commit would fail again at once, and people would be told
/// "saved", "not saved", "saved".
const ROOM_BYTES: usize = 256 * 1024;

/// Whether the disk is at fault, so that the same may be written later; `None`: it is what was written, or
/// the page that it belongs on.
pub(super) fn of_database(error: &rusqlite::Error, folder: &Path) -> Option<SaveTrouble> {
    match error.sqlite_error_code()? {
        ErrorCode::DiskFull => Some(SaveTrouble::DiskFull),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Some(SaveTrouble::ReadOnly),
        // SQLite does not hand on what the system said: ask it again.
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen => {
            Some(has_room(folder).err().unwrap_or(SaveTrouble::Failed))
        }
        ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::FileLockingProtocolFailed
        | ErrorCode::OutOfMemory => Some(SaveTrouble::Failed),
        _ => None,
    }
}

/// The same for what the system says.
pub(super) fn of_system(error: &io::Error) -> SaveTrouble {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            SaveTrouble::DiskFull
        }
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => SaveTrouble::ReadOnly,
        _ => SaveTrouble::Failed,
    }
}

/// Is there room in the folder for a few commits?
pub(super) fn has_room(folder: &Path) -> Result<(), SaveTrouble> {
    let path = folder.join(PROBE);
    let tried = File::create(&path).and_then(|mut file| {
        file.write_all(&vec![0; ROOM_BYTES])?;
        file.sync_all()
    });
    match fs::remove_file(&path) {
        Err(error) if tried.is_ok() => Err(of_system(&error)),
        _ => tried.map_err(|error| of_system(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_room_says_so_and_keeps_nothing_of_the_probe() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(has_room(folder.path()), Ok(()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_the_system_says_is_told_apart() {
        let of = |kind: ErrorKind| of_system(&kind.into());
        assert_eq!(of(ErrorKind::StorageFull), SaveTrouble::DiskFull);
        assert_eq!(of(ErrorKind::QuotaExceeded), SaveTrouble::DiskFull);
        assert_eq!(of(ErrorKind::ReadOnlyFilesystem), SaveTrouble::ReadOnly);
        assert_eq!(of(ErrorKind::Other), SaveTrouble::Failed);
    }
}
