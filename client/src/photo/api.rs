//! The server's photos: where one is, and what every request for it says (docs/protocol.md, "Photos").

use crate::{replica::Replica, site};
use samtavle_shared::ids::PhotoId;
use web_sys::{Headers, RequestInit};

/// Where a photo is.
pub(crate) fn address(replica: Replica, photo: &PhotoId) -> String {
    let board = replica.ticket().board;
    let page = ["api/boards/", board.as_str(), "/photos/", photo.as_str()].concat();
    site::path_to(&page)
}

/// A request with the board's key and this browser's secret for it; `None`: the key is none.
pub(crate) fn request(replica: Replica, method: &str) -> Option<(RequestInit, Headers)> {
    let headers = Headers::new().ok()?;
    let key = ["Bearer ", &replica.ticket().key].concat();
    headers.set("authorization", &key).ok()?;
    if method == "PATCH" {
        // Whose photo it is; who only looks is nobody.
        headers.set("samtavle-device", &replica.device()).ok()?;
    }
    let init = RequestInit::new();
    init.set_method(method);
    init.set_headers(&headers);
    Some((init, headers))
}
