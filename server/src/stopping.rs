//! The word that the server stops, for all who wait for something else.

use tokio::sync::watch;

/// Waits until the server stops. (If nobody is left who could say so, it does.)
pub(crate) async fn is_asked_to_stop(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|is_stopping| *is_stopping).await;
}
