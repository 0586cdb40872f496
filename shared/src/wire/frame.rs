//! The frames of the Yjs protocol (`y-protocols`: `sync.js`, `awareness.js`, `auth.js`), with one
//! type of our own. One frame is one WebSocket message.

use crate::lib0::{Reader, Writer};
use thiserror::Error;

const SYNC: u64 = 0;
const AWARENESS: u64 = 1;
const AUTH: u64 = 2;
const QUERY_AWARENESS: u64 = 3;
/// Far from the numbers that y-protocols uses: a standard client says that it does not know it, and
/// goes on. It is only sent to clients that said hello.
const OURS: u64 = 100;

const STEP_1: u64 = 0;
const STEP_2: u64 = 1;
const UPDATE: u64 = 2;
const DENIED: u64 = 0;

/// One frame; what it holds is borrowed from the bytes it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame<'a> {
    /// "This is what I have": a v1 state vector. To be answered with [`Frame::SyncStep2`].
    SyncStep1(&'a [u8]),
    /// "This is what you lack": a v1 update.
    SyncStep2(&'a [u8]),
    /// A v1 update as it happens.
    Update(&'a [u8]),
    /// Presence of one or several; see [`super::presence`].
    Awareness(&'a [u8]),
    /// "You may not", with the reason.
    Denied(&'a str),
    /// "Who is here?"
    QueryAwareness,
    /// A message of our own, in JSON.
    Ours(&'a str),
}

/// The bytes are no frame.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FrameError {
    /// They end too early, or a length or a text in them is wrong.
    #[error("the frame does not decode")]
    Malformed,
    /// The frame was read and bytes were left.
    #[error("the frame has {0} bytes after its end")]
    Trailing(usize),
    /// A type that neither the standard nor we know.
    #[error("there is no frame type {0}")]
    UnknownType(u64),
}

impl<'a> Frame<'a> {
    /// Reads a frame to its last byte.
    ///
    /// # Errors
    /// [`FrameError`], and nothing was read.
    pub fn read(bytes: &'a [u8]) -> Result<Self, FrameError> {
        let mut reader = Reader::new(bytes);
        let frame = match number(&mut reader)? {
            SYNC => match number(&mut reader)? {
                STEP_1 => Self::SyncStep1(block(&mut reader)?),
                STEP_2 => Self::SyncStep2(block(&mut reader)?),
                UPDATE => Self::Update(block(&mut reader)?),
                other => return Err(FrameError::UnknownType(other)),
            },
            AWARENESS => Self::Awareness(block(&mut reader)?),
            AUTH => match number(&mut reader)? {
                DENIED => Self::Denied(text(&mut reader)?),
                other => return Err(FrameError::UnknownType(other)),
            },
            QUERY_AWARENESS => Self::QueryAwareness,
            OURS => Self::Ours(text(&mut reader)?),
            other => return Err(FrameError::UnknownType(other)),
        };
        match reader.remaining() {
            0 => Ok(frame),
            left => Err(FrameError::Trailing(left)),
        }
    }

    /// The frame as bytes.
    pub fn write(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        let head: &[u64] = match self {
            Self::SyncStep1(_) => &[SYNC, STEP_1],
            Self::SyncStep2(_) => &[SYNC, STEP_2],
            Self::Update(_) => &[SYNC, UPDATE],
            Self::Awareness(_) => &[AWARENESS],
            Self::Denied(_) => &[AUTH, DENIED],
            Self::QueryAwareness => &[QUERY_AWARENESS],
            Self::Ours(_) => &[OURS],
        };
        for &number in head {
            writer.write_var_u64(number);
        }
        match self {
            Self::SyncStep1(bytes)
            | Self::SyncStep2(bytes)
            | Self::Update(bytes)
            | Self::Awareness(bytes) => {
                writer.write_var_bytes(bytes);
            }
            Self::Denied(text) | Self::Ours(text) => writer.write_var_str(text),
            Self::QueryAwareness => {}
        }
        writer.into_bytes()
    }
}

fn number(reader: &mut Reader<'_>) -> Result<u64, FrameError> {
    reader.var_u64().map_err(|_| FrameError::Malformed)
}

fn block<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], FrameError> {
    reader.var_bytes().map_err(|_| FrameError::Malformed)
}

fn text<'a>(reader: &mut Reader<'a>) -> Result<&'a str, FrameError> {
    reader.var_str().map_err(|_| FrameError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_frame_reads_back_and_none_with_a_byte_more_or_less() {
        let frames = [
            Frame::SyncStep1(&[0]),
            Frame::SyncStep2(&[0, 0]),
            Frame::Update(&[1, 2, 3]),
            Frame::Awareness(&[0]),
            Frame::Denied("wrong key"),
            Frame::QueryAwareness,
            Frame::Ours("{\"type\":\"saved\"}"),
        ];
        for frame in frames {
            let mut bytes = frame.write();
            assert_eq!(Frame::read(&bytes), Ok(frame.clone()));
            assert!(
                Frame::read(&bytes[..bytes.len() - 1]).is_err(),
                "{frame:?} cut"
            );
            bytes.push(0);
            assert_eq!(
                Frame::read(&bytes),
                Err(FrameError::Trailing(1)),
                "{frame:?} longer"
            );
        }
    }

    #[test]
    fn the_bytes_are_those_of_y_protocols() {
        assert_eq!(Frame::SyncStep1(&[0]).write(), [0, 0, 1, 0]);
        assert_eq!(Frame::Update(&[9, 8]).write(), [0, 2, 2, 9, 8]);
        assert_eq!(Frame::Awareness(&[0]).write(), [1, 1, 0]);
        assert_eq!(Frame::Denied("no").write(), [2, 0, 2, b'n', b'o']);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_frame_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(frame) = Frame::read(&bytes) {
                let written = frame.write();
                prop_assert_eq!(Frame::read(&written), Ok(frame));
            }
        }
    }
}
