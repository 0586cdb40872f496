//! Our own messages: JSON in a frame of type 100.

use crate::{
    geometry::BoardRect,
    guard::{Fill, Share},
    ids::NoteId,
    role::Role,
    session::{Command, LeadView, OwnView, Refusal, SharedView},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The version of our messages. A client of another version is told to load the page again.
pub const PROTOCOL: u32 = 2;

/// On which screen somebody is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Screen {
    /// Canvas on a laptop.
    #[default]
    Desk,
    /// Compose and browse.
    Phone,
    /// Big and read-only.
    Wall,
}

/// From our client to the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ClientMessage {
    /// The first frame on a socket.
    Hello {
        /// [`PROTOCOL`].
        protocol: u32,
        /// The key from the link.
        key: String,
        /// The id by which this page is present.
        client: u64,
        /// A random secret that this browser keeps for this board.
        device: String,
        /// The screen it shows.
        screen: Screen,
        /// The Yjs clients that pages of this browser were before, as far as it knows: what they wrote
        /// may be handed over only now.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        wrote_as: Vec<u64>,
        /// The newest word of how much the server had written down.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        knows: String,
    },
    /// Yjs clients that this page writes as, or pages of this browser did: said before anything is sent that bears
    /// them. Answered by `not-yours` if one of them is another's.
    #[serde(rename = "writes-as")]
    WritesAs {
        /// Yjs client ids under which this page has written.
        clients: Vec<u64>,
    },
    /// Who waits at the door, where names are told; said as often as it changes, and heard only there.
    Knocks {
        /// As they like to be called; may be empty.
        name: String,
    },
    /// Asks the session for something; answered by `done` or `declined`.
    Command {
        /// To find the answer by.
        id: u32,
        /// What is asked for.
        command: Box<Command>,
    },
    /// These notes were in front of the person here long enough to be read.
    Seen {
        /// Ids of notes that one says are one's own.
        notes: Vec<NoteId>,
    },
    /// What the person here sees of the board, whom others follow.
    Look {
        /// Board units.
        rect: BoardRect,
    },
}

/// From the server to our client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ServerMessage {
    /// The answer to hello.
    Welcome {
        /// What the key lets you do.
        role: Role,
        /// The join code, for others.
        code: String,
        /// Milliseconds since 1970 by the server's clock.
        now: u64,
    },
    /// Somebody must let you in first. Said now and then until it comes to a welcome, or an end.
    Waiting {
        /// Whether they would like to know who it is: the board is not anonymous.
        #[serde(default)]
        names: bool,
    },
    /// To those who came with a facilitator's key: the old ones open nothing any more for others, and this is the new one.
    #[serde(rename = "lead-key")]
    LeadKey {
        /// The key.
        key: String,
    },
    /// There is another join code; empty: the last one is over.
    Code {
        /// For others.
        code: String,
    },
    /// So many of your document frames (sync step 2 and update, since hello) are on disk, or had
    /// nothing to write.
    Saved {
        /// The count.
        frames: u64,
    },
    /// Under these Yjs client ids somebody else writes: take others, and write anew what you wrote under them.
    #[serde(rename = "not-yours")]
    NotYours {
        /// The ids that are asked about.
        clients: Vec<u64>,
    },
    /// One of your frames was not taken.
    Refused {
        /// The reason, which a page turns into a sentence.
        code: RefusalCode,
        /// Which of your document frames, counted from 1 since hello.
        frame: Option<u64>,
    },
    /// What there is no more room for; said before a frame is refused as [`RefusalCode::Full`].
    Full {
        /// What fills it.
        what: Fill,
        /// Whose room it is.
        whose: Share,
    },
    /// How the session stands, for all.
    Session {
        /// What all may see.
        view: Box<SharedView>,
    },
    /// How the session stands for the person at this socket.
    Own {
        /// What only they may see.
        view: Box<OwnView>,
    },
    /// How the session stands for facilitators.
    Lead {
        /// What they see besides.
        view: Box<LeadView>,
    },
    /// Whether the server can write down what it is told. Said when it cannot, and when it can again.
    Saving {
        /// Why it cannot; what is sent meanwhile reaches the others and is not saved yet.
        trouble: Option<SaveTrouble>,
    },
    /// What the facilitator sees whom one may follow.
    Look {
        /// Board units.
        rect: BoardRect,
    },
    /// A command was done, and is on disk.
    Done {
        /// The id that its sender gave the command.
        id: u32,
    },
    /// A command was not done.
    Declined {
        /// The id that its sender gave the command.
        id: u32,
        /// The reason, which a page turns into a sentence.
        refusal: Refusal,
    },
}

/// Why the server cannot write down what it is told just now. It serves all the same, and goes on by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SaveTrouble {
    /// There is no room left on its disk.
    DiskFull,
    /// Its disk may only be read.
    ReadOnly,
    /// Anything else: the server's log says what.
    #[serde(other)]
    Failed,
}

impl fmt::Display for SaveTrouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::DiskFull => "the disk is full",
            Self::ReadOnly => "the disk is read-only",
            Self::Failed => "the disk or the database failed",
        })
    }
}

/// Why something was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefusalCode {
    /// The key is missing or wrong.
    WrongKey,
    /// There is no such board.
    NoSuchBoard,
    /// The client's messages are of another version.
    OtherVersion,
    /// The role may not write.
    MayNotWrite,
    /// The board or the cluster is locked just now: keep it, it is asked for again when it is not.
    Locked,
    /// The frame or the update does not decode.
    Malformed,
    /// Over a limit.
    TooLarge,
    /// The board's schema has no place for it.
    NotOfTheSchema,
    /// Too many messages, people or tries.
    TooMany,
    /// The server cannot write just now and holds as much as it can: keep it, it is asked for again.
    NotSaved,
    /// There is no room for it, and `full` says of what: keep it, it is asked for again when something was deleted.
    Full,
    /// Some of it is under the Yjs client id of somebody else, and was left out.
    NotYours,
    /// Only some may do that on this board: it was put back as it was.
    PutBack,
}

/// With which code the server closes a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseCode {
    /// The server stops or starts again: come back by yourself.
    Restart,
    /// You sent what is no frame.
    Rubbish,
    /// The key is missing or wrong.
    WrongKey,
    /// There is no such board.
    NoSuchBoard,
    /// You fell behind: connect again and sync.
    Resync,
    /// An update was refused for good.
    Refused,
    /// A frame was over the limit.
    TooLarge,
    /// Too many messages or people.
    TooMany,
    /// A facilitator has sent this person away.
    Removed,
    /// Nobody more is let in, or this person was not.
    NotLetIn,
    /// The messages are of another version: load the page again.
    OtherVersion,
}

impl CloseCode {
    const ALL: [Self; 11] = [
        Self::Restart,
        Self::Rubbish,
        Self::WrongKey,
        Self::NoSuchBoard,
        Self::Resync,
        Self::Refused,
        Self::TooLarge,
        Self::TooMany,
        Self::Removed,
        Self::NotLetIn,
        Self::OtherVersion,
    ];

    /// The number on the wire: 1012 is RFC 6455's "service restart", the others are of the private
    /// range, after the HTTP status that they are like.
    pub const fn number(self) -> u16 {
        match self {
            Self::Restart => 1012,
            Self::Rubbish => 4400,
            Self::WrongKey => 4401,
            Self::NoSuchBoard => 4404,
            Self::Resync => 4408,
            Self::Refused => 4409,
            Self::TooLarge => 4413,
            Self::TooMany => 4429,
            Self::Removed => 4403,
            Self::NotLetIn => 4423,
            Self::OtherVersion => 4426,
        }
    }

    /// Reads a number; `None` for a code that is not ours.
    pub fn read(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.number() == number)
    }

    /// Whether it is any use to connect again by oneself.
    pub const fn can_come_back(self) -> bool {
        matches!(self, Self::Restart | Self::Resync | Self::TooMany)
    }
}

impl ServerMessage {
    /// As JSON, for [`super::Frame::Ours`].
    ///
    /// # Panics
    /// Never: JSON can hold all that a message can.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("these messages have only string keys")
    }
}

impl ClientMessage {
    /// As JSON, for [`super::Frame::Ours`].
    ///
    /// # Panics
    /// Never: JSON can hold all that a message can.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("these messages have only string keys")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_look_as_the_protocol_says() {
        let saved = ServerMessage::Saved { frames: 3 };
        assert_eq!(saved.to_json(), r#"{"type":"saved","frames":3}"#);
        let refused = ServerMessage::Refused {
            code: RefusalCode::MayNotWrite,
            frame: Some(2),
        };
        assert_eq!(
            refused.to_json(),
            r#"{"type":"refused","code":"may-not-write","frame":2}"#
        );
        let full = ServerMessage::Saving {
            trouble: Some(SaveTrouble::DiskFull),
        };
        assert_eq!(full.to_json(), r#"{"type":"saving","trouble":"disk-full"}"#);
        assert_eq!(
            serde_json::from_str::<ServerMessage>(r#"{"type":"saving","trouble":"of-later"}"#)
                .unwrap(),
            ServerMessage::Saving {
                trouble: Some(SaveTrouble::Failed)
            }
        );
        let hello =
            r#"{"type":"hello","protocol":2,"key":"k","client":7,"device":"d","screen":"phone"}"#;
        let ClientMessage::Hello { client, screen, .. } = serde_json::from_str(hello).unwrap()
        else {
            panic!("it is a hello");
        };
        assert_eq!((client, screen), (7, Screen::Phone));
    }

    #[test]
    fn close_codes_read_back() {
        for code in CloseCode::ALL {
            assert_eq!(CloseCode::read(code.number()), Some(code));
        }
        assert_eq!(CloseCode::read(1006), None);
    }
}
