//! What becomes of a piece of a photo. Pieces of one photo are taken one at a time, and all that is
//! known of it is read from the disk each time: so it goes on after a restart as if nothing had been.

use super::{
    picture::{Picture, bare},
    rates::Rates,
};
use crate::log::{
    LogError,
    photos::{NewPhoto, PhotoLog, PhotoState, Place},
};
use bytes::Bytes;
use samtavle_shared::ids::PersonId;
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Instant,
};

/// Photos whose pieces may come at the same time without waiting for one another.
const TURNS: usize = 64;
/// Photos that one device may have under way: ours sends one after the other.
const UNDER_WAY: usize = 16;

/// The photos of all boards.
pub(crate) struct Photos {
    log: Arc<dyn PhotoLog>,
    rates: Rates,
    turns: [tokio::sync::Mutex<()>; TURNS],
    /// What is being sent to somebody just now: a whole room that asks for one photo gets the same bytes.
    on_their_way: Mutex<HashMap<Place, Weak<Whole>>>,
}

/// A piece of a photo, as a request brings it.
pub(crate) struct Piece {
    /// Which photo.
    pub(crate) place: Place,
    /// Who sends it, if they say so.
    pub(crate) device: Option<PersonId>,
    /// Whether they lead.
    pub(crate) leads: bool,
    /// At which byte it begins.
    pub(crate) at: u64,
    /// How long the photo is.
    pub(crate) length: u64,
    /// The piece.
    pub(crate) bytes: Bytes,
    /// Milliseconds since 1970.
    pub(crate) now: i64,
}

/// Why a piece was not kept.
#[derive(Clone, Debug)]
pub(crate) enum Unkept {
    /// Another device began this photo.
    NotTheirs,
    /// It was said to be of another length.
    OtherLength,
    /// Bytes before it are missing: so many are there.
    Gap(u64),
    /// It goes beyond the length that it said.
    TooLong,
    /// The board keeps no more photos.
    BoardFull,
    /// Too much at once from there.
    TooMany,
    /// It is whole, and no picture that we show. It was thrown away.
    NoPicture,
    /// The disk did not do its part.
    Failed(LogError),
}

/// How far a photo has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stay {
    /// Bytes that are on disk.
    pub(crate) offset: u64,
    /// Bytes that there will be.
    pub(crate) length: u64,
}

/// A photo that is whole.
#[derive(Debug)]
pub(crate) struct Whole {
    /// Its media type.
    pub(crate) kind: String,
    /// What it is.
    pub(crate) bytes: Vec<u8>,
}

impl From<LogError> for Unkept {
    fn from(error: LogError) -> Self {
        Self::Failed(error)
    }
}

impl Photos {
    /// Photos that are kept here.
    pub(crate) fn new(log: Arc<dyn PhotoLog>) -> Self {
        Self {
            log,
            rates: Rates::new(),
            turns: [const { tokio::sync::Mutex::const_new(()) }; TURNS],
            on_their_way: Mutex::default(),
        }
    }

    /// May they send so many bytes now?
    pub(crate) fn may_send(
        &self,
        device: Option<&PersonId>,
        address: IpAddr,
        bytes: usize,
    ) -> Result<(), Unkept> {
        let taken = self.rates.may_send(device, address, bytes, Instant::now());
        taken.map_err(|_| Unkept::TooMany)
    }

    /// Keeps a piece; gives how many bytes of the photo are on disk now. Goes through with it also when
    /// whoever asked has gone.
    pub(crate) async fn keep(self: Arc<Self>, piece: Piece) -> Result<u64, Unkept> {
        let kept = tokio::spawn(async move {
            let _turn = self.turns[turn_of(&piece.place)].lock().await;
            let photos = Arc::clone(&self);
            tokio::task::spawn_blocking(move || photos.take(&piece)).await
        });
        match kept.await {
            Ok(Ok(kept)) => kept,
            Ok(Err(panic)) | Err(panic) => Err(Unkept::Failed(LogError::Failed(panic.to_string()))),
        }
    }

    /// How far a photo has come; `None`: nothing of it is here. Waits for the disk.
    pub(crate) fn stay(&self, place: &Place) -> Result<Option<Stay>, LogError> {
        let state = self.log.photo_state(place)?;
        Ok(state.map(|state| Stay {
            offset: state.offset,
            length: state.length,
        }))
    }

    /// A photo, if it is whole. Waits for the disk.
    pub(crate) fn whole(&self, place: &Place) -> Result<Option<Arc<Whole>>, LogError> {
        let known = || {
            self.on_their_way
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(whole) = known().get(place).and_then(Weak::upgrade) {
            return Ok(Some(whole));
        }
        let Some((kind, bytes)) = self.log.photo(place)? else {
            return Ok(None);
        };
        let whole = Arc::new(Whole { kind, bytes });
        let mut known = known();
        known.retain(|_, whole| whole.strong_count() > 0);
        known.insert(place.clone(), Arc::downgrade(&whole));
        Ok(Some(whole))
    }

    fn take(&self, piece: &Piece) -> Result<u64, Unkept> {
        let state = match self.log.photo_state(&piece.place)? {
            Some(state) => state,
            None => self.begin(piece)?,
        };
        if state.device.is_some() && state.device != piece.device {
            return Err(Unkept::NotTheirs);
        }
        if state.length != piece.length {
            return Err(Unkept::OtherLength);
        }
        if state.is_whole {
            return Ok(state.length);
        }
        let Some(known) = state.offset.checked_sub(piece.at) else {
            return Err(Unkept::Gap(state.offset));
        };
        let new = usize::try_from(known)
            .ok()
            .filter(|known| *known <= piece.bytes.len())
            .map_or_else(Bytes::new, |known| piece.bytes.slice(known..));
        let offset = state.offset + new.len() as u64;
        if offset > state.length {
            return Err(Unkept::TooLong);
        }
        if offset == state.length {
            self.finish(piece, &new)?;
        } else if !new.is_empty() {
            self.log
                .add_piece(&piece.place, state.offset, new, piece.now)?;
        }
        Ok(offset)
    }

    fn begin(&self, piece: &Piece) -> Result<PhotoState, Unkept> {
        if piece.at > 0 {
            return Err(Unkept::Gap(0));
        }
        let device = piece.device.as_ref();
        if self.log.photos_under_way(&piece.place.board, device)? >= UNDER_WAY {
            return Err(Unkept::TooMany);
        }
        let new = NewPhoto {
            place: piece.place.clone(),
            device: piece.device.clone(),
            leads: piece.leads,
            length: piece.length,
            at: piece.now,
        };
        match self.log.begin_photo(new) {
            Ok(()) => {}
            Err(LogError::Fenced) => return Err(Unkept::BoardFull),
            Err(error) => return Err(error.into()),
        }
        Ok(PhotoState {
            device: piece.device.clone(),
            length: piece.length,
            offset: 0,
            is_whole: false,
        })
    }

    fn finish(&self, piece: &Piece, last: &[u8]) -> Result<(), Unkept> {
        let Some(mut bytes) = self.log.pieces(&piece.place)? else {
            // The disk lost some of it: its sender has all of it still, and begins anew.
            self.log.drop_photo(&piece.place)?;
            return Err(Unkept::Gap(0));
        };
        bytes.extend(last);
        let Ok(Picture { kind, bytes }) = bare(&bytes) else {
            self.log.drop_photo(&piece.place)?;
            return Err(Unkept::NoPicture);
        };
        self.log
            .finish_photo(&piece.place, kind, bytes, piece.now)?;
        Ok(())
    }
}

fn turn_of(place: &Place) -> usize {
    let mut hasher = DefaultHasher::new();
    place.hash(&mut hasher);
    (hasher.finish() % TURNS as u64) as usize
}
