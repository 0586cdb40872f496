//! Everything that this server answers, in one screen.

use crate::{
    access::{codes::Life, keys::KeyHash, limits::Doorkeeper},
    clock,
    config::Settings,
    http::{self, BasePath, Refusal, boards, cards, check, health, join, keys, photos, site},
    log::{Log, Shown},
    memory::Memory,
    photos::Photos,
    room::{
        Registry,
        line::{self, Lines},
        socket,
    },
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get, post},
};
use samtavle_shared::{ids::PersonId, limits::MAX_PHOTO_PIECE_BYTES};
use std::sync::Arc;

/// What all answers share.
pub(crate) struct App {
    /// How the server was started.
    pub(crate) settings: Settings,
    /// Where boards are kept.
    pub(crate) log: Arc<dyn Log>,
    /// Photos of paper.
    pub(crate) photos: Arc<Photos>,
    /// Limits on those who have no key yet.
    pub(crate) doorkeeper: Doorkeeper,
    /// The boards that are open.
    pub(crate) rooms: Arc<Registry>,
    /// The lines over HTTP, for those whose network lets no WebSocket through.
    pub(crate) lines: Lines,
    /// What the self-check needs.
    pub(crate) check: check::Check,
    /// Memory for what has come in part.
    pub(crate) memory: Memory,
    /// The same for bodies of requests: who has one may still need some of the other.
    pub(crate) bodies: Memory,
    /// The last answer of `/health`.
    pub(crate) health: health::Health,
}

impl App {
    /// How long codes live, now.
    pub(crate) fn life_of_codes(&self) -> Life {
        self.settings.life_of_codes(clock::now().wall)
    }

    /// What somebody shows at a board's door.
    pub(crate) fn shown(&self, key: &str, person: Option<PersonId>) -> Shown {
        Shown {
            key: KeyHash::of(key),
            person,
            life: self.life_of_codes(),
        }
    }
}

/// Address → answer.
pub(crate) fn router(app: Arc<App>) -> Router {
    let base = BasePath::of(&app.settings);
    let router = Router::new()
        .route("/socket/{board}", any(socket::ours))
        .route("/yjs/{board}", any(socket::standard))
        .route("/line/{board}", post(line::open))
        .route(
            "/line/{board}/{token}",
            get(line::read)
                .post(line::write)
                .layer(DefaultBodyLimit::max(line::MAX_BODY_BYTES)),
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
        .layer(middleware::from_fn_with_state(app.clone(), http::lent))
        .layer(middleware::from_fn(http::hurry))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&app),
            http::guard,
        ))
        .with_state(app);
    base.around(router)
}
