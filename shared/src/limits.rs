//! Every limit on what a stranger can send, in one place: the unit is in the name, the reason in the comment, and how
//! the limits hang together is checked when this file is compiled.
//!
//! Two kinds stand here. *A person's* limits (`MAX_NOTE_TEXT_UTF16`) are kept by our own screens and said in words.
//! *The guard's* limits are far wider, because two people who each keep theirs can together pass it, and a refused
//! update leaves its sender behind for good: they are for those who mean harm.

/// Longest frame we take: a 10,000-note board in one update is 4 MiB.
pub const MAX_FRAME_BYTES: usize = 4 * 1024 * 1024;

/// Longest piece of what is handed over, either way, when it is too large for one frame; one struct may be longer. Over
/// plain HTTP the server keeps two such frames for a browser whose request broke.
pub const HAND_OVER_PIECE_BYTES: usize = 128 * 1024;

/// Largest state that the server sends in one frame: a board of some 3,000 notes. It costs time to cut, and a larger one
/// should not begin anew when the network is lost in the middle of it.
pub const MAX_STATE_FRAME_BYTES: usize = 1024 * 1024;

/// Most Yjs clients of which a page may say that it writes or wrote as them: a few for each thing that somebody
/// touches. Of more the server remembers the newest.
pub const MAX_OWN_CLIENTS: usize = 4_096;

/// Most Yjs clients that a page may say it was before, on the same device, when it says hello.
pub const MAX_FORMER_CLIENTS: usize = 64;

/// Most structs in one update: a 10,000-note board has about ten a note, and hard-edited texts have more. Yrs keeps
/// some 200 bytes for each, so one frame of nothing but small structs costs at most 50 MiB.
pub const MAX_STRUCTS_PER_UPDATE: usize = 262_144;

/// Most Yjs clients in one update. Our pages write each thing under a client of its own, and a whole board in one update
/// names all that ever wrote on it: 300 people who touch 200 things.
pub const MAX_CLIENTS_PER_UPDATE: usize = 65_536;

/// Most steps that merging one update may take, where a step is to pass one competitor for a place:
/// about a second. Two people who write a thousand words each in the same spot of a full note, without
/// a line between them, and then meet, need half of it.
pub const MAX_MERGE_STEPS_PER_UPDATE: u64 = 20_000_000;

/// Most ranges in the delete set of one update. A client hands over everything that it knows to be deleted at every
/// reconnect; typing that was corrected here and there leaves ranges that don't merge.
pub const MAX_DELETED_RANGES_PER_UPDATE: usize = 524_288;

/// Deepest array or map within one plain value. Yrs reads values recursively: 20,000 levels overflow its stack.
pub const MAX_VALUE_DEPTH: usize = 16;

/// Largest plain value: a pen stroke of 10,000 points is about 180 KB.
pub const MAX_VALUE_BYTES: usize = 256 * 1024;

/// Most single values (elements of arrays and maps included) in one update: Yrs takes 16 bytes or more for what is one
/// byte on the wire.
pub const MAX_VALUES_PER_UPDATE: usize = 1_048_576;

/// Deepest nesting of shared types under a root: root → note → its text is 2; the rest is room for later versions. Yrs
/// deletes and collects recursively, one stack frame a level.
pub const MAX_TYPE_DEPTH: u8 = 8;

/// Longest id of a note, cluster, link …: a UUID with braces is 38 bytes, other clients may have their own habit.
pub const MAX_ID_BYTES: usize = 64;

/// Longest name of a field.
pub const MAX_FIELD_NAME_BYTES: usize = 64;

/// Longest short string of a field that we know (kind, colour, voice, who wrote).
pub const MAX_SHORT_TEXT_BYTES: usize = 256;

/// Longest stacking order: a fractional index grows by a byte for each few inserts at the same spot.
pub const MAX_ORDER_BYTES: usize = 4096;

/// Farthest that anything may lie from the middle of the board, in board units: beyond it, screens lose precision.
pub const MAX_BOARD_COORDINATE: f64 = 10_000_000.0;

/// Longest note that a person may write, in UTF-16 units as Yjs counts: three pages.
pub const MAX_NOTE_TEXT_UTF16: usize = 10_000;

/// Most text that is pasted or dropped at once, in bytes: a thousand notes of a page each, in one update.
pub const MAX_PASTED_BYTES: usize = 1024 * 1024;

/// Most HTML that is read beside it, in bytes: a spreadsheet writes a hundred for each cell.
pub const MAX_PASTED_HTML_BYTES: usize = 8 * 1024 * 1024;

/// Most notes that are pasted or dropped at once: more than a workshop reads.
pub const MAX_PASTED_NOTES: usize = 1_000;

/// Longest title (board, cluster) that a person may write, in UTF-16 units.
pub const MAX_TITLE_UTF16: usize = 200;

/// Longest title that the guard lets stand, in UTF-16 units: ten people may each paste a full one into the same. It is
/// also the most of a title that screens read.
pub const MAX_SHARED_TITLE_UTF16: usize = 10 * MAX_TITLE_UTF16;

/// Longest answer about a habit or a plan that a person may write, in UTF-16 units: half a page.
pub const MAX_ANSWER_UTF16: usize = 1_000;

/// Longest such answer that the guard lets stand, in bytes. It is one value and never merged, so this is the same in a
/// script of three bytes a letter.
pub const MAX_ANSWER_BYTES: usize = 3 * MAX_ANSWER_UTF16;

/// Longest wording of a restatement and of its correction, in UTF-16 units: to say it back is to be short.
pub const MAX_RESTATEMENT_UTF16: usize = 1_000;

/// Most restatements that one note keeps: each of sixteen groups says it back once.
pub const MAX_RESTATEMENTS_PER_NOTE: usize = 16;

/// Most reactions to one note that our screens make: three of each of 300 people, and some more.
pub const MAX_REACTIONS_PER_NOTE: usize = 1_000;

/// Most that the guard lets stand: many may react in the same moment.
pub const MAX_SHARED_REACTIONS_PER_NOTE: usize = 4 * MAX_REACTIONS_PER_NOTE;

/// Longest name of a reaction's kind, in bytes.
pub const MAX_REACTION_BYTES: usize = 16;

/// Longest name of a person, in UTF-16 units.
pub const MAX_PERSON_NAME_UTF16: usize = 80;

/// Most pictures that people lay on one board: each may be a photo of 3 MB, and a screen holds those in view.
pub const MAX_IMAGES_PER_BOARD: usize = 200;

/// Longest side of a picture on the board, in board units: a flip chart as large as forty notes are wide.
pub const MAX_IMAGE_SIDE: f64 = 8_000.0;

/// Longest words that say what a picture shows, in UTF-16 units.
pub const MAX_ALT_UTF16: usize = 500;

/// Longest such words that the guard lets stand, in bytes; one value, as for answers.
pub const MAX_ALT_BYTES: usize = 3 * MAX_ALT_UTF16;

/// Largest stored photo, in bytes. A phone shrinks a photo to some 2,000 pixels a side, which is well under 1 MB.
pub const MAX_PHOTO_BYTES: usize = 3 * 1024 * 1024;

/// Largest piece of a photo in one request, in bytes: what 1.6 Mbit/s carries in a second or two, so that a lost
/// network costs little, and what every proxy takes.
pub const MAX_PHOTO_PIECE_BYTES: usize = 256 * 1024;

/// Longest side of a stored photo, in pixels: an old phone can still show it.
pub const MAX_PHOTO_SIDE_PIXELS: usize = 4_096;

/// Most pixels of a photo, which are decoded to be encoded anew: twelve megapixels are what phones take, and ours sends a
/// third of that at most.
pub const MAX_PHOTO_PIXELS: usize = 13_000_000;

/// Most photos that are kept for one board: all its pictures, and photos that notes were cut from.
pub const MAX_PHOTOS_PER_BOARD: usize = 2 * MAX_IMAGES_PER_BOARD;

/// Most bytes of photos that are kept for one board.
pub const MAX_PHOTO_BYTES_PER_BOARD: usize = 256 * 1024 * 1024;

/// Longest text that the guard lets stand, in UTF-16 units: ten people may each paste a full note into the same one.
pub const MAX_SHARED_TEXT_UTF16: usize = 10 * MAX_NOTE_TEXT_UTF16;

/// Most notes, clusters, links and the like that were ever on one board, deleted ones too: Yrs keeps their ids.
pub const MAX_ITEMS_PER_BOARD: usize = 100_000;

/// How long what was taken off the board stays in the document, in milliseconds: whoever was away for a break comes
/// back with their words in it, and it can be brought back with all of them. After that it is gone for good.
pub const KEEP_GONE_MS: u64 = 30 * 60_000;

/// How long notes stay in the bin, in milliseconds: longer than any workshop lasts in one go.
pub const KEEP_THROWN_MS: u64 = 24 * 60 * 60_000;

/// Most shared types that were ever on one board: an item and its text, and then some.
pub const MAX_TYPES_PER_BOARD: usize = 4 * MAX_ITEMS_PER_BOARD;

/// Most id ranges that the guard keeps for one board, about 24 bytes each; Yrs keeps some 200 for the same.
pub const MAX_RANGES_PER_BOARD: usize = 1_000_000;

/// Most Yjs clients that ever wrote on one board: a page may use one for each thing that it writes, and a board may
/// live for years.
pub const MAX_CLIENTS_PER_BOARD: usize = 131_072;

/// Most of them that are one person's: thirteen full pages of notes, each under a client of its own.
pub const MAX_YJS_CLIENTS_OF_ONE: usize = 4_000;

/// Most notes that lie on one board at the same time: twice the largest that we measure.
pub const MAX_NOTES_PER_BOARD: usize = 40_000;

/// Most clusters that lie on one board at the same time.
pub const MAX_CLUSTERS_PER_BOARD: usize = 4_000;

/// Most links that there are on one board at the same time.
pub const MAX_LINKS_PER_BOARD: usize = 20_000;

/// Most letters of all texts on one board, in UTF-16 units, and bytes of its answers: four times the Bible.
pub const MAX_LETTERS_PER_BOARD: usize = 16_000_000;

/// Most bytes of what the schema does not know, on one board: some hundred pen strokes of a later version.
pub const MAX_UNKNOWN_BYTES_PER_BOARD: usize = 8 * 1024 * 1024;

/// Most different keys that may ever be used on one board: the ids of its items, and the names of
/// fields, of which ours are about 30, and one for each reaction.
pub const MAX_KEYS_PER_BOARD: usize = MAX_ITEMS_PER_BOARD + 65_536;

/// Highest clock of a client, in Yjs's unit of one per inserted element. Yrs subtracts clocks as `i32` and wraps at
/// `u32`; a person who types day and night needs sixty years to get here.
pub const MAX_CLOCK: u32 = i32::MAX as u32;

/// Highest client id: Yjs clients are JavaScript, whose whole numbers are exact up to 53 bits.
pub const MAX_CLIENT_ID: u64 = (1 << 53) - 1;

/// Longest presence of one person (cursor, selection, name, what is being dragged).
pub const MAX_PRESENCE_BYTES: usize = 16 * 1024;

const _: () = assert!(
    MAX_VALUE_BYTES < MAX_FRAME_BYTES,
    "a value travels in a frame"
);
const _: () = assert!(
    4 * HAND_OVER_PIECE_BYTES + MAX_VALUE_BYTES < MAX_FRAME_BYTES
        && 4 * HAND_OVER_PIECE_BYTES + 3 * MAX_SHARED_TEXT_UTF16 < MAX_FRAME_BYTES,
    "a piece with its deletions travels in a frame, also when it ends in the longest struct"
);
const _: () = assert!(
    HAND_OVER_PIECE_BYTES < MAX_STATE_FRAME_BYTES && MAX_STATE_FRAME_BYTES <= MAX_FRAME_BYTES,
    "what fits in a frame need not be cut"
);
const _: () = assert!(
    MAX_PRESENCE_BYTES < MAX_FRAME_BYTES,
    "presence travels in a frame"
);
const _: () = assert!(
    MAX_SHARED_TEXT_UTF16 * 3 < MAX_FRAME_BYTES,
    "the longest text fits in one frame, also in a script of three bytes a letter"
);
const _: () = assert!(
    MAX_NOTE_TEXT_UTF16 < MAX_SHARED_TEXT_UTF16,
    "people are stopped long before the guard is"
);
const _: () = assert!(
    MAX_PASTED_BYTES + 1_024 * MAX_PASTED_NOTES < MAX_FRAME_BYTES,
    "what is pasted at once is one update: its text, and what a note has besides"
);
const _: () = assert!(
    MAX_TITLE_UTF16 <= MAX_NOTE_TEXT_UTF16,
    "a title is a short text"
);
const _: () = assert!(
    2 * MAX_ANSWER_BYTES < MAX_VALUE_BYTES,
    "who breaks a habit and from when stand in one value"
);
const _: () = assert!(
    MAX_RESTATEMENTS_PER_NOTE * (2 * 3 * MAX_RESTATEMENT_UTF16 + 64) < MAX_VALUE_BYTES,
    "all restatements of a note are one value"
);
const _: () = assert!(
    3 * MAX_PERSON_NAME_UTF16 <= MAX_SHORT_TEXT_BYTES,
    "a name is a short text"
);
const _: () = assert!(
    2 * MAX_ID_BYTES + 8 <= MAX_SHORT_TEXT_BYTES,
    "what a note was born of is a short text"
);
const _: () = assert!(
    crate::ids::PhotoId::LETTERS + 4 * 7 <= MAX_SHORT_TEXT_BYTES,
    "where a note was cut out is a short text"
);
const _: () = assert!(
    MAX_IMAGES_PER_BOARD < MAX_ITEMS_PER_BOARD && MAX_ALT_BYTES < MAX_VALUE_BYTES,
    "a picture is an item, and its words are a value"
);
const _: () = assert!(
    MAX_PHOTO_PIECE_BYTES < MAX_PHOTO_BYTES && MAX_PHOTO_BYTES < MAX_PHOTO_BYTES_PER_BOARD,
    "a photo comes in pieces, and a board holds many"
);
const _: () = assert!(
    MAX_SHARED_REACTIONS_PER_NOTE < MAX_KEYS_PER_BOARD - MAX_ITEMS_PER_BOARD,
    "a note cannot use up the board's keys"
);
const _: () = assert!(
    MAX_CLIENTS_PER_UPDATE <= MAX_CLIENTS_PER_BOARD,
    "an update is about one board"
);
const _: () = assert!(
    MAX_STRUCTS_PER_UPDATE < MAX_RANGES_PER_BOARD,
    "an update is about one board"
);
const _: () = assert!(
    MAX_ITEMS_PER_BOARD <= MAX_TYPES_PER_BOARD,
    "each item is a shared type"
);
const _: () = assert!(
    MAX_SHARED_TEXT_UTF16 < MAX_CLOCK as usize,
    "text is counted in clocks"
);
const _: () = assert!(
    MAX_TYPE_DEPTH as usize + MAX_VALUE_DEPTH <= 64,
    "what Yrs recurses over fits in the smallest stack (1 MiB in a browser)"
);
