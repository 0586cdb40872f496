//! Work that may take long: a large frame, a command that reads all notes, a whole board as bytes. It is done aside, so
//! that the tasks that share a thread with it go on elsewhere, and only so many at once, in the order in which they
//! came: whatever boards are asked to do, one of the machine's cores is left for those who do little.

use std::{cell::Cell, num::NonZero, sync::LazyLock, thread::available_parallelism};
use tokio::{
    runtime::{Handle, RuntimeFlavor},
    sync::Semaphore,
    task::block_in_place,
};

/// Places for work that may take long.
static PLACES: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = available_parallelism().map_or(1, NonZero::get);
    Semaphore::new(cores.saturating_sub(1).max(1))
});

thread_local! {
    static HAS_PLACE: Cell<bool> = const { Cell::new(false) };
}

/// Does something that may take long. Called from a task; elsewhere it is done at once.
pub(crate) fn aside<T>(work: impl FnOnce() -> T) -> T {
    let handle = Handle::try_current()
        .ok()
        .filter(|handle| handle.runtime_flavor() == RuntimeFlavor::MultiThread)
        .filter(|_| !HAS_PLACE.get());
    let Some(handle) = handle else {
        return work();
    };
    block_in_place(|| {
        // The semaphore is never closed.
        let _place = handle.block_on(PLACES.acquire());
        let _has = Has::place();
        work()
    })
}

/// What is done within such work has its place already; also when it panics, the thread is told that it ended.
struct Has;

impl Has {
    fn place() -> Self {
        HAS_PLACE.set(true);
        Self
    }
}

impl Drop for Has {
    fn drop(&mut self) {
        HAS_PLACE.set(false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn others_go_on_while_it_takes_long() {
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (end, ends) = std::sync::mpsc::channel();
        let long = tokio::spawn(async move {
            aside(|| {
                begun.send(()).unwrap();
                // Work within work has a place already.
                aside(|| ends.recv_timeout(Duration::from_secs(20)))
            })
        });
        has_begun.await.unwrap();
        // On the only worker.
        tokio::spawn(async move { end.send(()) })
            .await
            .unwrap()
            .unwrap();
        assert_eq!(long.await.unwrap(), Ok(()));
    }
}
