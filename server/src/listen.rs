//! Connections: how many there may be, and how slow. Below the router, because it is about those
//! who have not asked for anything yet.

use crate::{
    access::{
        limits,
        places::{Place, Places},
    },
    stopping::is_asked_to_stop,
};
use axum::Router;
use hyper::{
    Request,
    body::Incoming,
    server::conn::http1,
    service::{Service as _, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{
    net::SocketAddr,
    pin::pin,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};

/// The other end of a request's connection: a person, or a proxy.
#[derive(Clone, Copy)]
pub(crate) struct OtherEnd(pub(crate) SocketAddr);

/// Longest that somebody may take to say what they want, and that a connection may idle after.
const PATIENCE: Duration = Duration::from_secs(10);
/// Longest head of a request, which is also what is read at once.
const MAX_HEAD_BYTES: usize = 16 * 1024;
/// When the machine gives no more sockets: until some are closed.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `is_stopping`, and then until the requests that are under way are answered.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    mut is_stopping: watch::Receiver<bool>,
) {
    let places = Places::new(limits::CONNECTIONS, 0);
    let mut connections = JoinSet::new();
    {
        // It goes on while connections end: one that is taken and waits for its place must not be dropped for that.
        let mut accepting = pin!(accept(&listener, &places));
        loop {
            let accepted = tokio::select! {
                biased;
                () = is_asked_to_stop(&mut is_stopping) => break,
                Some(_) = connections.join_next() => continue,
                accepted = &mut accepting => accepted,
            };
            accepting.set(accept(&listener, &places));
            match accepted {
                Ok((stream, address, place)) => {
                    connections.spawn(connection(
                        stream,
                        address,
                        router.clone(),
                        is_stopping.clone(),
                        place,
                    ));
                }
                Err(error) => {
                    tracing::warn!(target: "samtavle::app", %error, "a connection could not be taken");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Places>,
) -> std::io::Result<(TcpStream, SocketAddr, Place)> {
    let (stream, address) = listener.accept().await?;
    // While there is none, connections wait in the system's own queue.
    loop {
        if let Some(place) = places.enter(address.ip(), false, Instant::now()) {
            return Ok((stream, address, place));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// One connection, up to where it becomes a WebSocket.
async fn connection(
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    mut is_stopping: watch::Receiver<bool>,
    place: Place,
) {
    // A frame must not wait for the next one to fill a packet.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(target: "samtavle::app", %error, "a connection sends with delay");
    }
    let router = TowerToHyperService::new(router);
    let place = Arc::new(place);
    let asks = Arc::clone(&place);
    let service = service_fn(move |mut request: Request<Incoming>| {
        asks.is_used();
        request.extensions_mut().insert(OtherEnd(address));
        router.call(request)
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(MAX_HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut serving = pin!(serving);
    let ended = tokio::select! {
        ended = &mut serving => ended,
        () = place.is_lost() => return,
        () = is_asked_to_stop(&mut is_stopping) => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(target: "samtavle::app", %error, "a connection broke");
    }
}
