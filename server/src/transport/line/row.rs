//! The row of bytes that requests carry up in pieces, and the frames in it.

use crate::{
    http::Refusal,
    memory::{Loan, Purse, SHORT_BYTES},
    transport::websocket::Incoming,
};
use bytes::{Buf as _, Bytes, BytesMut};
use samtavle_shared::limits::MAX_FRAME_BYTES;
use tokio::sync::mpsc;

/// The row of bytes as far as it has come.
pub(super) struct Row {
    purse: Purse,
    /// For what is long of `rest`.
    loan: Option<Loan>,
    pub(super) length: u64,
    /// What is no whole frame yet, or waits to be handed on.
    rest: BytesMut,
}

impl Row {
    /// Nothing has come. What does is borrowed from `purse`.
    pub(super) fn of(purse: Purse) -> Self {
        Self {
            purse,
            loan: None,
            length: 0,
            rest: BytesMut::new(),
        }
    }

    pub(super) fn add(&mut self, at: u64, body: &[u8]) -> Result<(), Refusal> {
        let known = self.length.checked_sub(at).ok_or_else(Refusal::gap)?;
        let new = usize::try_from(known)
            .ok()
            .and_then(|known| body.get(known..))
            .unwrap_or_default();
        self.borrow(self.rest.len() + new.len())?;
        self.rest.extend_from_slice(new);
        self.length += new.len() as u64;
        Ok(())
    }

    fn borrow(&mut self, bytes: usize) -> Result<(), Refusal> {
        let lent = self.loan.as_ref().map_or(0, Loan::bytes);
        if bytes <= SHORT_BYTES || bytes <= lent {
            return Ok(());
        }
        let more = self.purse.borrow_now(bytes - lent);
        let more = more.map_err(|_| Refusal::unavailable())?;
        match &mut self.loan {
            Some(loan) => loan.and(more),
            None => self.loan = Some(more),
        }
        Ok(())
    }

    /// Every await is before something is taken off, so a request may be given up at any of them.
    pub(super) async fn hand_on(&mut self, words: &mpsc::Sender<Incoming>) -> Result<(), Refusal> {
        while let Some((head, length)) = self.first() {
            let Ok(place) = words.reserve().await else {
                return Err(Refusal::no_such_line());
            };
            if length > MAX_FRAME_BYTES {
                self.rest.clear();
                place.send(Incoming::TooLarge);
                return Ok(());
            }
            let loan = match &mut self.loan {
                Some(loan) if length > SHORT_BYTES => loan.part(length),
                _ => None,
            };
            self.rest.advance(head);
            let frame = self.rest.split_to(length).freeze();
            place.send(Incoming::Frame(match loan {
                // A part of the row holds on to all of it; what is short is worth no loan.
                Some(loan) => loan.around(frame),
                None => Bytes::copy_from_slice(&frame),
            }));
        }
        if self.rest.len() <= SHORT_BYTES {
            self.loan = None;
        }
        Ok(())
    }

    /// How long the length and the frame are, if the frame is whole, or can never be.
    fn first(&self) -> Option<(usize, usize)> {
        let mut length = 0_usize;
        for (index, byte) in self.rest.iter().take(5).enumerate() {
            length |= usize::from(byte & 0x7f) << (7 * index);
            if *byte < 0x80 {
                let is_there = self.rest.len() > index + length;
                return (is_there || length > MAX_FRAME_BYTES).then_some((index + 1, length));
            }
        }
        (self.rest.len() >= 5).then_some((5, usize::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Memory;
    use std::net::IpAddr;

    fn row() -> Row {
        let here = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
        Row::of(Memory::new().purse(here))
    }

    fn frame(text: &'static str) -> Incoming {
        Incoming::Frame(Bytes::from_static(text.as_bytes()))
    }

    async fn taken(pieces: &[(u64, &[u8])]) -> Vec<Incoming> {
        let (words, mut queue) = mpsc::channel(100);
        let mut row = row();
        for (at, body) in pieces {
            row.add(*at, body).unwrap();
            row.hand_on(&words).await.unwrap();
        }
        drop(words);
        let mut taken = Vec::new();
        queue.recv_many(&mut taken, 100).await;
        taken
    }

    #[tokio::test]
    async fn a_request_that_is_sent_again_adds_nothing() {
        let pieces: [(u64, &[u8]); 4] = [
            (0, b"\x01a\x02bc"),
            (0, b"\x01a\x02bc"),
            (2, b"\x02bc\x01d"),
            (5, b"\x01d"),
        ];
        assert_eq!(taken(&pieces).await, [frame("a"), frame("bc"), frame("d")]);
    }

    #[tokio::test]
    async fn a_frame_may_come_in_pieces() {
        assert_eq!(
            taken(&[(0, b"\x05he"), (3, b""), (3, b"llo"), (6, b"\x00")]).await,
            [frame("hello"), frame("")]
        );
    }

    #[tokio::test]
    async fn a_gap_is_refused_and_a_frame_over_the_limit_is_said_to_be() {
        assert!(row().add(1, b"x").is_err());
        assert_eq!(taken(&[(0, &[0xff; 6])]).await, [Incoming::TooLarge]);
        assert_eq!(
            taken(&[(0, b"\x81\x80\x80\x02")]).await,
            [Incoming::TooLarge],
            "4 MiB and a byte"
        );
    }

    #[tokio::test]
    async fn a_request_that_was_given_up_leaves_its_frames_to_the_next() {
        let (words, mut queue) = mpsc::channel(1);
        let mut row = row();
        row.add(0, b"\x01a\x01b").unwrap();
        let given_up =
            tokio::time::timeout(std::time::Duration::from_millis(5), row.hand_on(&words)).await;
        assert!(given_up.is_err());
        assert_eq!(queue.recv().await, Some(frame("a")));
        row.add(0, b"\x01a\x01b").unwrap();
        row.hand_on(&words).await.unwrap();
        assert_eq!(queue.recv().await, Some(frame("b")));
    }
}
