//! Honest people beside an attack: two on each board write to each other all the time, and how long it takes until
//! the other has it is measured, first while all is quiet and then under the attack, in the same run. Absolute numbers
//! say something of the machine; the ratio of the two says what the attack does.

use crate::{
    people::Person,
    server::{Answer, request_at},
    table::Table,
    wire::PATIENCE,
};
use samtavle_shared::{
    board::{Made, TextEdit},
    ids::NoteId,
    wire::Role,
};
use std::{
    fmt,
    future::Future,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};
use tokio::time::timeout;

/// Between two edits of one pair: two people who type.
const BETWEEN: Duration = Duration::from_millis(15);
/// How long all is quiet.
const QUIET: Duration = Duration::from_secs(2);
/// Letters after which a pair begins a new note.
const NOTE_LETTERS: usize = 400;
/// Between two looks at `/health`.
const HEALTH: Duration = Duration::from_millis(50);

/// Below this the machine's own unevenness is larger than what is measured.
const UNEVEN: Duration = Duration::from_millis(30);
/// `/health` answers within this, whatever boards are asked to do.
const HEALTHY: Duration = Duration::from_millis(100);
/// No machine that others use too is so slow by itself.
const STALLED: Duration = Duration::from_secs(3);

/// Two people on each of some boards.
pub struct Honest {
    pairs: Vec<Pair>,
    between: Duration,
    address: String,
}

struct Pair {
    writer: Person,
    reader: Person,
}

/// How long something took, each time.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

/// How long edits took on each board, in the order of the boards, and answers of `/health`.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Until the other person had it.
    pub edits: Vec<Times>,
    /// Until it answered.
    pub health: Times,
}

/// An attack, measured.
pub struct Beside<T> {
    /// What the attack gave.
    pub attack: T,
    /// Before it.
    pub quiet: Measured,
    /// While it went on.
    pub attacked: Measured,
}

impl Honest {
    /// Sits two participants down at each of these.
    pub async fn at(tables: &[&Table]) -> Self {
        Self::at_pace(tables, BETWEEN).await
    }

    /// The same, each of whom rests so long between two edits.
    pub async fn at_pace(tables: &[&Table], between: Duration) -> Self {
        let mut pairs = Vec::new();
        for table in tables {
            pairs.push(Pair {
                writer: table.join_as("Kari", Role::Participant).await,
                reader: table.join_as("Ola", Role::Participant).await,
            });
        }
        Self {
            pairs,
            between,
            address: tables.first().expect("a board").address.clone(),
        }
    }

    /// Measures, then attacks and measures beside it until the attack has ended.
    pub async fn beside<T>(&self, attack: impl Future<Output = T>) -> Beside<T> {
        let quiet = self.quiet().await;
        let is_over = AtomicBool::new(false);
        let attack = async {
            let gave = attack.await;
            is_over.store(true, Ordering::Relaxed);
            gave
        };
        let go_on = |_| !is_over.load(Ordering::Relaxed);
        let (attack, attacked) = tokio::join!(attack, self.measured(&go_on));
        Beside {
            attack,
            quiet,
            attacked,
        }
    }

    /// Measures for some seconds.
    pub async fn quiet(&self) -> Measured {
        let edits = QUIET.div_duration_f64(self.between).clamp(5.0, 1_000.0) as usize;
        self.measured(&|done| done < edits).await
    }

    async fn measured(&self, go_on: &impl Fn(usize) -> bool) -> Measured {
        let is_over = AtomicBool::new(false);
        let edits = async {
            let pairs = self
                .pairs
                .iter()
                .map(|pair| pair.write(self.between, go_on));
            let edits = futures_util::future::join_all(pairs).await;
            is_over.store(true, Ordering::Relaxed);
            edits
        };
        let health = async {
            let mut times = Times::default();
            while !is_over.load(Ordering::Relaxed) {
                let began = Instant::now();
                let answer: Answer = request_at(&self.address, "GET", "/health", &[], b"").await;
                times.0.push(began.elapsed());
                assert_eq!(answer.status, 200, "{}", answer.text());
                tokio::time::sleep(HEALTH).await;
            }
            times
        };
        let (edits, health) = tokio::join!(edits, health);
        Measured { edits, health }
    }
}

impl Pair {
    /// One writes, and the other waits for it, as long as it is to go on.
    async fn write(&self, between: Duration, go_on: &impl Fn(usize) -> bool) -> Times {
        let mut times = Times::default();
        let mut note = self.begins_a_note().await;
        let mut text = String::new();
        while go_on(times.0.len()) || times.0.is_empty() {
            if text.len() >= NOTE_LETTERS {
                note = self.begins_a_note().await;
                text.clear();
            }
            let letter = char::from(b'a' + (times.0.len() % 26) as u8);
            let began = Instant::now();
            self.writer.adds_at(&note, text.len(), letter).await;
            text.push(letter);
            let arrives = self.reader.has_letters(&note, text.len());
            let waited = timeout(PATIENCE, arrives).await;
            let closed = (self.writer.state().closed, self.reader.state().closed);
            assert!(waited.is_ok(), "an honest edit never came: {closed:?}");
            times.0.push(began.elapsed());
            tokio::time::sleep(between).await;
        }
        times
    }

    async fn begins_a_note(&self) -> NoteId {
        let note = self.writer.writes("").await;
        self.reader
            .until("the new note", |state| {
                state.board.view().note(&note).is_some()
            })
            .await;
        note
    }
}

impl Person {
    async fn adds_at(&self, note: &NoteId, at: usize, letter: char) {
        let edit = TextEdit {
            at: u32::try_from(at).expect("a short note"),
            remove: 0,
            insert: letter.into(),
        };
        self.state()
            .board
            .change(Made::Here)
            .write_note(note, &edit);
        self.sends_changes().await;
    }

    async fn has_letters(&self, note: &NoteId, letters: usize) {
        self.until("a letter", |state| {
            let note = state.board.view().note(note);
            note.is_some_and(|note| note.text.len() >= letters)
        })
        .await;
    }
}

impl Measured {
    /// All edits together.
    pub fn all(&self) -> Times {
        Times(self.edits.iter().flat_map(|one| one.0.clone()).collect())
    }
}

impl Times {
    /// How often.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// What all but one in a hundred stay below.
    pub fn p99(&self) -> Duration {
        self.quantile(0.99)
    }

    /// The longest.
    pub fn longest(&self) -> Duration {
        self.quantile(1.0)
    }

    fn quantile(&self, part: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() as f64 * part).ceil() as usize;
        sorted
            .get(at.max(1) - 1)
            .copied()
            .expect("something was measured")
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} times, p50 {:.1?}, p99 {:.1?}, longest {:.1?}",
            self.count(),
            self.quantile(0.5),
            self.p99(),
            self.longest()
        )
    }
}

impl<T> Beside<T> {
    /// How many times longer an edit takes on a board. What is shorter than [`UNEVEN`] counts as that.
    fn slower(&self, board: usize, part: f64) -> f64 {
        let of = |measured: &Measured| measured.edits[board].quantile(part).max(UNEVEN);
        of(&self.attacked).as_secs_f64() / of(&self.quiet).as_secs_f64()
    }

    /// The people of a board hardly noticed. With `ROUNDS`, alone on the machine and with the server that ships, all
    /// but one edit in a hundred is at most three times as slow, and `/health` answers within 100 ms. Beside other
    /// tests, and in a debug build, half of them are, and nothing takes seconds.
    pub fn stays_quick(&self, board: usize) {
        let (edits, health) = (&self.attacked.edits[board], &self.attacked.health);
        if std::env::var_os("ROUNDS").is_some() {
            let slower = self.slower(board, 0.99);
            assert!(
                slower <= 3.0,
                "edits take {slower:.1} times as long: {edits}"
            );
            assert!(health.p99() <= HEALTHY, "/health: {health}");
        } else {
            let slower = self.slower(board, 0.5);
            assert!(
                slower <= 3.0,
                "edits take {slower:.1} times as long: {edits}"
            );
            assert!(edits.longest() < STALLED, "an edit was stalled: {edits}");
            assert!(health.longest() < STALLED, "/health: {health}");
        }
    }

    /// Prints what was measured.
    pub fn says(&self, attack: &str) {
        for (board, (quiet, attacked)) in
            (self.quiet.edits.iter().zip(&self.attacked.edits)).enumerate()
        {
            println!("{attack}, board {board}: quiet {quiet}; attacked {attacked}");
        }
        let [quiet, attacked] = [&self.quiet.health, &self.attacked.health];
        println!("{attack}, /health: quiet {quiet}; attacked {attacked}");
    }
}
