//! What becomes of a piece of a photo. Pieces of one photo are taken one at a time, and all that is
//! known of it is read from the disk each time: so it goes on after a restart as if nothing had been.

use super::{
    picture::{NoPicture, Picture, Walked, walk},
    rates::Rates,
};
use crate::log::{
    LogError,
    photos::{NewPhoto, NoRoom, PhotoState, PhotoStore, Place},
};
use crate::{clock, work};
use bytes::Bytes;
use samtavle_shared::ids::PersonId;
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError, Weak},
};
use tokio::{
    sync::Semaphore,
    task::{JoinError, spawn_blocking},
};

/// Photos whose pieces may come at the same time without waiting for one another.
const TURNS: usize = 64;
/// Photos that one device may have under way: ours sends one after the other.
const UNDER_WAY: usize = 16;
/// Photos that are decoded at the same time: one takes up to 150 MB for a second.
const DECODED_AT_ONCE: usize = 1;
/// As many pixels cost their sender as much as a byte: a file of few bytes can be as much work as a large photo.
const PIXELS_OF_A_BYTE: usize = 8;

/// The photos of all boards.
pub(crate) struct Photos {
    log: Arc<dyn PhotoStore>,
    rates: Rates,
    turns: [tokio::sync::Mutex<()>; TURNS],
    /// Who decodes just now.
    decoding: Semaphore,
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
    /// From where.
    pub(crate) address: IpAddr,
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

/// What becomes of a piece at first.
enum Step {
    /// So many bytes are on disk now.
    Kept(u64),
    /// This is the rest: the photo can be looked at.
    Last(Bytes),
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

impl From<JoinError> for Unkept {
    fn from(panic: JoinError) -> Self {
        Self::Failed(LogError::Failed(panic.to_string()))
    }
}

impl Photos {
    /// Photos that are kept here.
    pub(crate) fn new(log: Arc<dyn PhotoStore>) -> Self {
        Self {
            log,
            rates: Rates::new(),
            turns: [const { tokio::sync::Mutex::const_new(()) }; TURNS],
            decoding: Semaphore::new(DECODED_AT_ONCE),
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
        let taken = self.rates.may_send(device, address, bytes, clock::steady());
        taken.map_err(|_| Unkept::TooMany)
    }

    /// Keeps a piece; gives how many bytes of the photo are on disk now. Goes through with it also when
    /// whoever asked has gone.
    pub(crate) async fn keep(self: Arc<Self>, piece: Piece) -> Result<u64, Unkept> {
        let kept = tokio::spawn(async move {
            let _turn = self.turns[turn_of(&piece.place)].lock().await;
            let piece = Arc::new(piece);
            let (photos, taken) = (Arc::clone(&self), Arc::clone(&piece));
            match spawn_blocking(move || photos.take_piece(&taken)).await?? {
                Step::Kept(offset) => Ok(offset),
                Step::Last(rest) => self.finish(piece, rest).await,
            }
        });
        kept.await?
    }

    /// Looks at a photo of which the last piece has come, and keeps it as another file than it was.
    async fn finish(self: &Arc<Self>, piece: Arc<Piece>, rest: Bytes) -> Result<u64, Unkept> {
        // Only then are its pieces held in memory. The semaphore is never closed.
        let _decodes = self.decoding.acquire().await;
        let (photos, whole) = (Arc::clone(self), Arc::clone(&piece));
        let walked = spawn_blocking(move || photos.walk(&whole, &rest)).await??;
        let picture = work::aside(|| walked.anew());
        drop(walked);
        let photos = Arc::clone(self);
        spawn_blocking(move || photos.put(&piece, picture)).await?
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

    fn take_piece(&self, piece: &Piece) -> Result<Step, Unkept> {
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
            return Ok(Step::Kept(state.length));
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
            return Ok(Step::Last(new));
        }
        if !new.is_empty() {
            self.log
                .add_piece(&piece.place, state.offset, new, piece.now)?;
        }
        Ok(Step::Kept(offset))
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
            Err(NoRoom::Full) => return Err(Unkept::BoardFull),
            Err(NoRoom::Log(error)) => return Err(error.into()),
        }
        Ok(PhotoState {
            device: piece.device.clone(),
            length: piece.length,
            offset: 0,
            is_whole: false,
        })
    }

    /// All of it, if its sender may have it decoded.
    fn walk(&self, piece: &Piece, rest: &[u8]) -> Result<Walked, Unkept> {
        let Some(mut bytes) = self.log.pieces(&piece.place)? else {
            // The disk lost some of it: its sender has all of it still, and begins anew.
            self.log.drop_photo(&piece.place)?;
            return Err(Unkept::Gap(0));
        };
        bytes.extend(rest);
        let Ok(walked) = walk(&bytes) else {
            self.log.drop_photo(&piece.place)?;
            return Err(Unkept::NoPicture);
        };
        let work = walked.pixels() / PIXELS_OF_A_BYTE;
        self.may_send(piece.device.as_ref(), piece.address, work)?;
        Ok(walked)
    }

    fn put(&self, piece: &Piece, picture: Result<Picture, NoPicture>) -> Result<u64, Unkept> {
        let Ok(Picture { kind, bytes }) = picture else {
            self.log.drop_photo(&piece.place)?;
            return Err(Unkept::NoPicture);
        };
        self.log
            .finish_photo(&piece.place, kind, bytes, piece.now)?;
        Ok(piece.length)
    }
}

fn turn_of(place: &Place) -> usize {
    let mut hasher = DefaultHasher::new();
    place.hash(&mut hasher);
    (hasher.finish() % TURNS as u64) as usize
}
