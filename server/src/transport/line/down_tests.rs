use super::*;

fn frame(text: &'static str) -> Bytes {
    Bytes::from_static(text.as_bytes())
}

fn with(texts: &[&'static str]) -> Arc<Down> {
    let down = Arc::new(Down::new());
    for text in texts {
        down.push(frame(text));
    }
    down
}

#[test]
fn who_comes_back_gets_what_they_did_not_get_and_nothing_twice() {
    let down = with(&["a", "b", "c"]);
    let mut reader = Reader::after(&down, 0);
    assert_eq!(reader.now(), Some(Taken::Frame(1, frame("a"))));
    assert_eq!(reader.now(), Some(Taken::Frame(2, frame("b"))));
    // The answer broke behind the first.
    let mut again = Reader::after(&down, 1);
    assert_eq!(reader.now(), Some(Taken::Replaced));
    assert_eq!(again.now(), Some(Taken::Frame(2, frame("b"))));
    assert_eq!(again.now(), Some(Taken::Frame(3, frame("c"))));
    assert_eq!(again.now(), None);
}

#[test]
fn who_asks_for_what_is_not_kept_is_told_to_sync_again() {
    let down = with(&["a", "b"]);
    let mut reader = Reader::after(&down, 0);
    reader.now();
    reader.now();
    down.confirm(2);
    for from in [0, 9] {
        assert_eq!(
            Reader::after(&down, from).now(),
            Some(Taken::Closed(CloseCode::Resync))
        );
    }
}

#[test]
fn what_was_taken_is_not_kept_without_end() {
    let down = Arc::new(Down::new());
    let mut reader = Reader::after(&down, 0);
    for _ in 0..5_000 {
        down.push(vec![0; 1000].into());
        reader.now();
    }
    let state = down.state();
    assert!(state.kept_bytes <= MAX_KEPT_BYTES && state.frames.len() <= MAX_KEPT_FRAMES);
    assert_eq!(
        (state.last(), state.taken, state.waiting_bytes),
        (5_000, 5_000, 0)
    );
}

#[test]
fn the_reason_to_end_comes_after_all_frames() {
    let down = with(&["a"]);
    down.close(CloseCode::Restart);
    let mut reader = Reader::after(&down, 0);
    assert_eq!(reader.now(), Some(Taken::Frame(1, frame("a"))));
    assert_eq!(reader.now(), Some(Taken::Closed(CloseCode::Restart)));
}

#[tokio::test]
async fn a_line_that_nobody_reads_is_left_after_a_while_and_not_before() {
    const A_WHILE: Duration = Duration::from_millis(20);
    let down = with(&[]);
    let began = Instant::now();
    let reader = Reader::after(&down, 0);
    assert!(timeout(A_WHILE * 3, down.is_left(A_WHILE)).await.is_err());
    drop(reader);
    down.is_left(A_WHILE).await;
    assert!(began.elapsed() >= A_WHILE * 4);
}

#[tokio::test]
async fn a_frame_waits_until_enough_was_taken() {
    let down = Arc::new(Down::new());
    down.push(vec![0; MAX_WAITING_BYTES].into());
    assert!(
        timeout(Duration::from_millis(5), down.has_room())
            .await
            .is_err()
    );
    Reader::after(&down, 0).now();
    down.has_room().await;
}
