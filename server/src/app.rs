//! Everything that this server answers, in one screen.

use crate::{
    access::limits::Doorkeeper,
    config::Settings,
    http::{self, Refusal, boards, health, join, keys, site},
    log::Log,
    room::{Registry, socket},
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get, post},
};
use std::sync::Arc;

/// What all answers share.
pub(crate) struct App {
    /// How the server was started.
    pub(crate) settings: Settings,
    /// Where boards are kept.
    pub(crate) log: Arc<dyn Log>,
    /// Limits on those who have no key yet.
    pub(crate) doorkeeper: Doorkeeper,
    /// The boards that are open.
    pub(crate) rooms: Arc<Registry>,
    /// The last answer of `/health`.
    pub(crate) health: health::Health,
}

/// Address → answer.
pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/socket/{board}", any(socket::ours))
        .route("/yjs/{board}", any(socket::standard))
        .route("/api/boards", post(boards::make))
        .route("/api/boards/{board}/keys", post(keys::give))
        .route("/api/join", post(join::join))
        .route("/health", get(health::show))
        .fallback(site::serve)
        .method_not_allowed_fallback(async || Refusal::wrong_method())
        .layer(DefaultBodyLimit::max(http::MAX_BODY_BYTES))
        .layer(middleware::from_fn(http::hurry))
        .layer(middleware::map_response(site::secure))
        .with_state(app)
}
