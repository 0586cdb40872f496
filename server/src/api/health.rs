//! `GET /health`: 200 when the server can serve, which is when its log can write and read. Whether it can is asked while one
//! waits, but not for long: while many write, or a large photo is on its way to the disk, the answer is what it was, until
//! the disk has taken too long.

use crate::{clock, log, state::AppState};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::Notify, time::timeout};

/// The log writes something for each probe: asking more often gets the last answer again.
const FRESH: Duration = Duration::from_millis(500);
/// A disk that takes longer cannot be served from.
const PATIENCE: Duration = Duration::from_secs(3);

/// So long an answer waits for the disk.
const GLANCE: Duration = Duration::from_millis(40);

/// What is known of it.
#[derive(Default)]
pub(crate) struct Health {
    pulse: Mutex<Pulse>,
    /// A probe has ended.
    news: Notify,
}

/// The last probe, and the one that is under way; by the time since the server started.
#[derive(Debug, Default)]
struct Pulse {
    last: Option<(Duration, bool)>,
    asked: Option<Duration>,
}

impl Pulse {
    /// What is known for sure just now.
    fn fresh(&self, now: Duration) -> Option<bool> {
        let (at, is_well) = self.last?;
        (now < at + FRESH).then_some(is_well)
    }

    /// Whether a probe is to be begun.
    fn begins(&mut self, now: Duration) -> bool {
        let is_first = self.asked.is_none();
        self.asked.get_or_insert(now);
        is_first
    }

    fn ends(&mut self, is_well: bool, now: Duration) {
        self.last = Some((now, is_well));
        self.asked = None;
    }

    /// What is said while the disk takes its time: what it was, until that is too long.
    fn meanwhile(&self, now: Duration) -> bool {
        let was_well = self.last.is_some_and(|(_, is_well)| is_well);
        was_well && self.asked.is_none_or(|asked| now < asked + PATIENCE)
    }
}

impl Health {
    fn pulse(&self) -> MutexGuard<'_, Pulse> {
        self.pulse.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn is_well(app: &Arc<AppState>, health: &Arc<Health>) -> bool {
    let news = health.news.notified();
    if let Some(is_well) = health.pulse().fresh(clock::steady()) {
        return is_well;
    }
    if health.pulse().begins(clock::steady()) {
        let (app, health) = (Arc::clone(app), Arc::clone(health));
        tokio::spawn(async move {
            let is_well = probe(&app).await;
            health.pulse().ends(is_well, clock::steady());
            health.news.notify_waiters();
        });
    }
    let is_first = health.pulse().last.is_none();
    let patience = if is_first { PATIENCE } else { GLANCE };
    // Whether it came in time is seen in what it left.
    let _ = timeout(patience, news).await;
    let now = clock::steady();
    let pulse = health.pulse();
    pulse.fresh(now).unwrap_or_else(|| pulse.meanwhile(now))
}

/// `GET /health`: 200 while boards can be saved.
pub(crate) async fn show(
    State(app): State<Arc<AppState>>,
    State(health): State<Arc<Health>>,
) -> Response {
    let (status, word) = if is_well(&app, &health).await {
        (StatusCode::OK, "ok")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "log-unavailable")
    };
    let trouble = *app.log.trouble().borrow();
    let census = app.rooms.census();
    let answer = json!({
        "status": word,
        "saving": trouble.map_or_else(|| json!("works"), |trouble| json!(trouble)),
        "damage": damage(&app.log.health()),
        "version": env!("CARGO_PKG_VERSION"),
        "boards": census.boards,
        "sockets": census.sockets,
    });
    (status, [(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response()
}

/// What is not as it was written; `null`: nothing is known of that kind.
fn damage(health: &log::Health) -> Value {
    if health.is_well() {
        return Value::Null;
    }
    json!({
        "set_aside": health.counts,
        "missing": health.missing,
        "files": health.files,
    })
}

async fn probe(app: &Arc<AppState>) -> bool {
    let log = Arc::clone(&app.log);
    let asked = tokio::task::spawn_blocking(move || log.probe());
    match timeout(PATIENCE, asked).await {
        Ok(Ok(Ok(()))) => true,
        Ok(Ok(Err(error))) => {
            tracing::error!(target: "samtavle::http", %error, "the log cannot write or read");
            false
        }
        Ok(Err(_)) | Err(_) => {
            tracing::error!(target: "samtavle::http", "the log does not answer");
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn a_slow_disk_keeps_no_answer_waiting_and_one_that_stands_still_is_told_of() {
        let mut pulse = Pulse::default();
        assert_eq!(pulse.fresh(ms(0)), None);
        assert!(!pulse.meanwhile(ms(0)), "nothing is known yet");
        assert!(pulse.begins(ms(0)));
        pulse.ends(true, ms(5));
        assert_eq!(pulse.fresh(ms(500)), Some(true));
        assert_eq!(pulse.fresh(ms(600)), None);
        assert!(pulse.begins(ms(600)));
        assert!(!pulse.begins(ms(650)), "one probe at a time");
        assert!(pulse.meanwhile(ms(3_500)));
        assert!(!pulse.meanwhile(ms(3_600)));
        pulse.ends(false, ms(3_600));
        assert!(pulse.begins(ms(4_200)));
        assert!(!pulse.meanwhile(ms(4_210)), "it was not well");
        pulse.ends(true, ms(4_220));
        assert_eq!(pulse.fresh(ms(4_230)), Some(true));
    }
}
