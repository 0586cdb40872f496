//! So that nothing burns in: the whole picture drifts by some pixels, a step a minute, and a wall on which nothing
//! has happened for hours is dimmed until something does.

use crate::replica::Replica;
use leptos::prelude::*;
use samtavle_shared::session::SharedView;
use std::{f64::consts::TAU, time::Duration};

/// How often the picture is looked after.
const LOOK: Duration = Duration::from_secs(30);
/// A step of the drift, milliseconds.
const STEP_MS: f64 = 60_000.0;
/// Steps of one round: in half of them each edge has moved by twice the distance.
const STEPS: f64 = 48.0;
/// How far it drifts to each side, 1/1080 of the screen's height: wider than a stroke of the letters, and far
/// within the margins.
const ASIDE: f64 = 12.0;
/// How far it drifts up and down.
const UP_AND_DOWN: f64 = 8.0;
/// A workshop's pauses are shorter.
const DIMS_AFTER_MS: f64 = 3.0 * 3_600_000.0;

/// Keeps the picture from burning in. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct BurnIn {
    drift: RwSignal<(f64, f64)>,
    is_dimmed: RwSignal<bool>,
}

impl BurnIn {
    /// Looks after the picture of this wall.
    pub(super) fn of(replica: Replica) -> Self {
        let rest = Self {
            drift: RwSignal::new(drift_at(Replica::now_ms())),
            is_dimmed: RwSignal::new(false),
        };
        let stirred_at = StoredValue::new(Replica::now_ms());
        // A line that comes back says the same once more, at another time: that is no stir.
        let session = replica.session.part(|view| SharedView {
            now: 0,
            ..view.clone()
        });
        Effect::new(move || {
            replica.state.moved.track();
            session.track();
            stirred_at.set_value(Replica::now_ms());
            if rest.is_dimmed.get_untracked() {
                rest.is_dimmed.set(false);
            }
        });
        let look = move || {
            let Some(stirred_at) = stirred_at.try_get_value() else {
                return;
            };
            let now = Replica::now_ms();
            let drift = drift_at(now);
            if rest.drift.get_untracked() != drift {
                rest.drift.set(drift);
            }
            let is_dimmed = now - stirred_at > DIMS_AFTER_MS;
            if rest.is_dimmed.get_untracked() != is_dimmed {
                rest.is_dimmed.set(is_dimmed);
            }
        };
        if let Ok(looking) = set_interval_with_handle(look, LOOK) {
            on_cleanup(move || looking.clear());
        }
        rest
    }

    /// Where everything is now, for `translate`.
    pub(super) fn drift(self, unit: f64) -> String {
        let (aside, down) = self.drift.get();
        let rounded = |units: f64| ((units * unit).round()).to_string();
        [&*rounded(aside), "px ", &*rounded(down), "px"].concat()
    }

    /// Whether nothing has happened for so long that the wall is dimmed.
    pub(super) fn is_dimmed(self) -> bool {
        self.is_dimmed.get()
    }
}

/// Round an ellipse.
fn drift_at(now: f64) -> (f64, f64) {
    let step = (now / STEP_MS).floor() % STEPS;
    let angle = step / STEPS * TAU;
    (ASIDE * angle.cos(), UP_AND_DOWN * angle.sin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_drifts_in_small_steps_and_comes_round() {
        let minutes = |minute: f64| drift_at(minute * STEP_MS);
        for minute in 0..48 {
            let (from, to) = (minutes(f64::from(minute)), minutes(f64::from(minute + 1)));
            let step = (from.0 - to.0).hypot(from.1 - to.1);
            assert!(step < 2.0, "{step} units at once are seen");
            assert!(from.0.abs() <= ASIDE && from.1.abs() <= UP_AND_DOWN);
        }
        assert_eq!(minutes(3.0), minutes(51.0));
        assert!((minutes(0.0).0 - minutes(24.0).0).abs() > 20.0);
    }
}
