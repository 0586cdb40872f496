//! `POST /api/boards`: makes a board, its three keys and its join code.

use crate::{
    access::{
        codes::JoinCode,
        keys::{Key, NoRandomness, random_board_id, random_bytes},
    },
    clock,
    http::{Refusal, SameSite, Visitor, ask_log, is_json, read_json, unkept},
    log::{Kind, LogError, NewBoard, Record},
    state::AppState,
};
use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use samtavle_shared::{
    board::{Board, Made, Template, TextEdit},
    direction::plain_name,
    ids::BoardId,
    language::Language,
    limits::MAX_TITLE_UTF16,
    wire::Role,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Join codes that are tried before giving up: the chance that even two are taken is tiny.
const CODES_TO_TRY: u32 = 20;

/// What may be said of a new board.
#[derive(Deserialize)]
struct Wish {
    title: Option<String>,
    template: Option<String>,
    language: Option<String>,
}

/// Makes a board.
pub(crate) async fn make(
    State(app): State<Arc<AppState>>,
    _site: SameSite,
    visitor: Visitor,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    // Without it another site's page could make boards with its visitors' hands.
    if !is_json(&headers) {
        return Err(Refusal::not_json());
    }
    let wish: Wish = read_json(&headers, body)?;
    let title = plain_name(&wish.title.unwrap_or_default()).into_owned();
    if title.encode_utf16().count() > MAX_TITLE_UTF16 {
        return Err(Refusal::long_title(MAX_TITLE_UTF16));
    }
    let template = match wish.template {
        None => Template::default(),
        Some(name) => Template::read(&name).ok_or_else(|| {
            Refusal::unknown_template(&Template::ALL.map(Template::name).join(", "))
        })?,
    };
    let language = match wish.language {
        None => None,
        Some(tag) => Some(Language::read(&tag).ok_or_else(|| {
            Refusal::unknown_language(&Language::ALL.map(Language::tag).join(", "))
        })?),
    };
    app.doorkeeper
        .make_board(visitor.address, clock::steady())
        .map_err(|empty| Refusal::too_often("Many boards were made from here.", empty.wait))?;

    let made = ask_log(&app, move |app| {
        make_board(app, first_update(&title, template, language))
    })
    .await?;
    tracing::info!(target: "samtavle::http", board = %made.id, template = template.name(), "a board was made");
    let mut keys = Map::new();
    let mut links = Map::new();
    for (role, key) in &made.keys {
        keys.insert(role.name().to_owned(), Value::from(key.as_str()));
        links.insert(
            role.name().to_owned(),
            Value::from(visitor.link(&made.id, *role, key)),
        );
    }
    let answer =
        json!({ "id": made.id.as_str(), "code": made.code.as_str(), "keys": keys, "links": links });
    Ok(unkept(StatusCode::CREATED, &answer))
}

struct MadeBoard {
    id: BoardId,
    code: JoinCode,
    keys: Vec<(Role, Key)>,
}

fn make_board(app: &AppState, first: Result<Bytes, NoRandomness>) -> Result<MadeBoard, LogError> {
    let random = |error: NoRandomness| LogError::Failed(error.to_string());
    let mut keys = Vec::new();
    for role in Role::ALL {
        keys.push((role, Key::random().map_err(random)?));
    }
    let first = first.map_err(random)?;
    for _ in 0..CODES_TO_TRY {
        let (id, code) = (
            random_board_id().map_err(random)?,
            JoinCode::random().map_err(random)?,
        );
        let board = NewBoard {
            id: id.clone(),
            code: code.clone(),
            keys: keys.iter().map(|(role, key)| (key.hash(), *role)).collect(),
            first: Record {
                seq: 1,
                kind: Kind::Update,
                bytes: first.clone(),
                at: clock::now().wall,
                person: None,
            },
        };
        match app.log.make_board(board) {
            Ok(()) => return Ok(MadeBoard { id, code, keys }),
            Err(LogError::Taken) => {}
            Err(error) => return Err(error),
        }
    }
    Err(LogError::Taken)
}

/// The document that a board begins with: its title, its template and its language.
fn first_update(
    title: &str,
    template: Template,
    language: Option<Language>,
) -> Result<Bytes, NoRandomness> {
    let board = Board::new(u64::from_be_bytes(random_bytes()?));
    let mut change = board.change(Made::ForGood);
    change.write_board_title(&TextEdit {
        at: 0,
        remove: 0,
        insert: title.to_owned(),
    });
    change.set_template(template);
    if let Some(language) = language {
        change.set_language(language);
    }
    drop(change);
    Ok(board.whole().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_begins_with_its_title_template_and_language_and_nothing_else() {
        let update = first_update(
            "Ungdom og buss 🚌",
            Template::HabitBreak,
            Some(Language::Nn),
        )
        .unwrap();
        let board = Board::new(1);
        board.apply(&update, Made::Before).unwrap();
        assert_eq!(board.view().title(), "Ungdom og buss 🚌");
        assert_eq!(board.view().template(), Some(Template::HabitBreak));
        assert_eq!(board.view().language(), Some(Language::Nn));
        assert!(board.view().notes().is_empty());
    }
}
