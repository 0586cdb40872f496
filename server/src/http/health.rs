//! `GET /health`: 200 when the server can serve, which is when its log can write and read.

use crate::{app::App, log};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The log writes something for each probe: asking more often gets the last answer again.
const FRESH: Duration = Duration::from_millis(500);
/// A disk that takes longer cannot be served from.
const PATIENCE: Duration = Duration::from_secs(3);

/// The last answer.
#[derive(Default)]
pub(crate) struct Health(Mutex<Option<(Instant, bool)>>);

impl Health {
    fn last(&self) -> std::sync::MutexGuard<'_, Option<(Instant, bool)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers.
pub(crate) async fn show(State(app): State<Arc<App>>) -> Response {
    let known = app
        .health
        .last()
        .filter(|(at, _)| at.elapsed() < FRESH)
        .map(|(_, is_well)| is_well);
    let is_well = if let Some(is_well) = known {
        is_well
    } else {
        let is_well = probe(&app).await;
        *app.health.last() = Some((Instant::now(), is_well));
        is_well
    };
    let (status, word) = if is_well {
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

async fn probe(app: &Arc<App>) -> bool {
    let log = Arc::clone(&app.log);
    let asked = tokio::task::spawn_blocking(move || log.probe());
    match tokio::time::timeout(PATIENCE, asked).await {
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
