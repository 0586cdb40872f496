//! The lines over HTTP that are open, each under a token that only its browser knows.

use super::{HttpWire, down::Down, row::Row};
use crate::{
    access::{
        keys::{NoRandomness, random_bytes},
        limits,
        places::Places,
    },
    memory::Purse,
    transport::websocket::Incoming,
};
use data_encoding::HEXLOWER;
use samtavle_shared::{ids::BoardId, wire::Role};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};
use tokio::sync::mpsc;

/// Frames that may wait for the one who serves a line: over this, its requests wait.
const QUEUE: usize = 8;

/// All of them.
pub(crate) struct Lines {
    all: Mutex<HashMap<String, Arc<Line>>>,
    places: Arc<Places>,
}

/// One, as its requests see it.
pub(super) struct Line {
    board: BoardId,
    pub(super) words: mpsc::Sender<Incoming>,
    pub(super) row: tokio::sync::Mutex<Row>,
    pub(super) down: Arc<Down>,
}

/// A line that was just opened.
pub(super) struct Added {
    pub(super) token: String,
    pub(super) wire: HttpWire,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            all: Mutex::default(),
            places: Places::new(limits::LINES, limits::KEPT),
        }
    }
}

impl Lines {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Arc<Line>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens one for somebody at this address; `None`: there are too many.
    pub(super) fn add(
        &self,
        board: &BoardId,
        role: Role,
        address: IpAddr,
        purse: Purse,
    ) -> Result<Option<Added>, NoRandomness> {
        let is_kept = matches!(role, Role::Facilitator | Role::Wall);
        let Some(place) = self.places.enter(address, is_kept, Instant::now()) else {
            return Ok(None);
        };
        let token = HEXLOWER.encode(&random_bytes::<16>()?);
        let (words, queue) = mpsc::channel(QUEUE);
        let down = Arc::new(Down::new());
        let mut all = self.all();
        let line = Line {
            board: board.clone(),
            words,
            row: tokio::sync::Mutex::new(Row::of(purse)),
            down: Arc::clone(&down),
        };
        all.insert(token.clone(), Arc::new(line));
        Ok(Some(Added {
            token,
            wire: HttpWire {
                words: queue,
                down,
                place,
            },
        }))
    }

    /// The one with this token, if it is this board's.
    pub(super) fn find(&self, board: &str, token: &str) -> Option<Arc<Line>> {
        self.all()
            .get(token)
            .filter(|line| line.board.as_str() == board)
            .cloned()
    }

    /// It has ended.
    pub(super) fn remove(&self, token: &str) {
        self.all().remove(token);
    }
}
