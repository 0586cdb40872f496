//! Before and after every answer.

use super::secure;
use crate::{
    http::{Refusal, is_host, our_hosts},
    state::AppState,
};
use axum::{
    extract::{Request, State},
    http::{Version, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::sync::Arc;

/// Refuses what does not say, or says twice, whom it asks; and sets what holds for every answer.
pub(crate) async fn guard(
    State(app): State<Arc<AppState>>,
    request: Request,
    next: Next,
) -> Response {
    let hosts = our_hosts(request.headers(), &app.settings);
    let answer = if names_one_host(&request) {
        next.run(request).await
    } else {
        Refusal::bad_request("A request names one host.").into_response()
    };
    secure(answer, &hosts)
}

fn names_one_host(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(is_host),
        (None, None) => request.version() < Version::HTTP_11,
        _ => false,
    }
}
