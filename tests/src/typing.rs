//! People who type while the server is killed, again and again: what was called saved must be there each time.

use crate::{
    people::{Person, all_see_the_same},
    server::Server,
    table::Table,
};
use rand::{RngExt as _, rngs::StdRng};
use std::{ops::Range, time::Duration};

/// Two who type at a board.
pub struct Typing {
    people: [Person; 2],
    round: usize,
    /// What the server has called saved.
    pub saved: Vec<String>,
}

impl Typing {
    /// They sit down.
    pub async fn at(board: &Table) -> Self {
        Self {
            people: [board.join("Kari").await, board.join("Ola").await],
            round: 0,
            saved: Vec::new(),
        }
    }

    /// They type until the server is killed at a random moment, so many milliseconds after they began.
    pub async fn until_a_kill(
        &mut self,
        server: &mut Server,
        after: Range<u64>,
        chance: &mut StdRng,
    ) {
        let pause = Duration::from_millis(chance.random_range(after));
        let kill = async {
            tokio::time::sleep(pause).await; // the moment is the random choice
            server.kill().await;
        };
        let [kari, ola] = &self.people;
        let (of_kari, of_ola, ()) = tokio::join!(
            kari.types_until_the_end(self.round),
            ola.types_until_the_end(self.round),
            kill
        );
        self.saved.extend(of_kari);
        self.saved.extend(of_ola);
        self.round += 1;
    }

    /// The server starts again and has all that it called saved, before anybody hands anything back; then all
    /// see the same.
    pub async fn nothing_is_lost(&self, server: &mut Server, board: &Table) {
        server.start_again().await;
        let fresh = board.join("Fresh").await;
        let there = fresh.state().texts();
        for text in &self.saved {
            assert!(
                there.contains(text),
                "{text} was saved and is lost in round {}; the server: {}",
                self.round,
                server.log()
            );
        }
        let [kari, ola] = &self.people;
        kari.comes_back().await;
        ola.comes_back().await;
        all_see_the_same(&[kari, ola, &fresh]).await;
    }
}
