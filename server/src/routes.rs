//! Everything that this server answers, in one screen.

use crate::{
    api::{
        boards, cards,
        check::{self, Check},
        health::{self, Health},
        join, keys, photos,
    },
    base_path::BasePath,
    http::{self, Refusal},
    site,
    state::AppState,
    transport::{
        line::{self, Lines},
        socket,
    },
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef},
    middleware,
    routing::{any, get, post},
};
use samtavle_shared::limits::MAX_PHOTO_PIECE_BYTES;
use std::sync::Arc;

/// What the answers have: each takes what it needs of it.
#[derive(Clone)]
struct Answers {
    app: Arc<AppState>,
    lines: Arc<Lines>,
    check: Arc<Check>,
    health: Arc<Health>,
}

impl FromRef<Answers> for Arc<AppState> {
    fn from_ref(answers: &Answers) -> Self {
        Arc::clone(&answers.app)
    }
}

impl FromRef<Answers> for Arc<Lines> {
    fn from_ref(answers: &Answers) -> Self {
        Arc::clone(&answers.lines)
    }
}

impl FromRef<Answers> for Arc<Check> {
    fn from_ref(answers: &Answers) -> Self {
        Arc::clone(&answers.check)
    }
}

impl FromRef<Answers> for Arc<Health> {
    fn from_ref(answers: &Answers) -> Self {
        Arc::clone(&answers.health)
    }
}

/// Address → answer.
pub(crate) fn router(app: &Arc<AppState>) -> Router {
    let base = BasePath::of(&app.settings.base_path);
    let answers = Answers {
        app: Arc::clone(app),
        lines: Arc::default(),
        check: Arc::default(),
        health: Arc::default(),
    };
    let router = Router::new()
        .route("/socket/{board}", any(socket::ours))
        .route("/yjs/{board}", any(socket::standard))
        .route("/line/{board}", post(line::open))
        .route(
            "/line/{board}/{token}",
            get(line::read)
                .post(line::write)
                .layer(DefaultBodyLimit::max(http::LONGEST_BODY_BYTES)),
        )
        .route(
            "/check/echo",
            get(check::echo)
                .post(check::echo)
                .layer(DefaultBodyLimit::max(check::MAX_BODY_BYTES)),
        )
        .route("/check/stream", get(check::stream))
        .route("/check/socket", any(check::socket))
        .route("/api/boards", post(boards::make))
        .route("/api/boards/{board}/keys", post(keys::give))
        .route(
            "/api/boards/{board}/photos/{photo}",
            get(photos::show)
                .head(photos::ask)
                .patch(photos::send)
                .layer(DefaultBodyLimit::max(MAX_PHOTO_PIECE_BYTES)),
        )
        .route("/api/join", post(join::join))
        .route("/api/cards", get(cards::show))
        .route("/health", get(health::show))
        .fallback(site::serve)
        .method_not_allowed_fallback(async || Refusal::wrong_method())
        .layer(DefaultBodyLimit::max(http::MAX_BODY_BYTES))
        .layer(middleware::from_fn_with_state(Arc::clone(app), http::lent))
        .layer(middleware::from_fn(http::hurry))
        .layer(middleware::from_fn_with_state(Arc::clone(app), site::guard))
        .with_state(answers);
    base.around(router)
}
