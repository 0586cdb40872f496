//! What may be put where: the fields of [`crate::schema`], and room for those that we don't know, so that later versions
//! and other clients can live beside us.

use super::Rejection;
use super::reader::{Content, Type, values_of};
use super::rejection::{Limit, Misfit};
use super::value::Value;
use crate::{
    limits::{MAX_BOARD_COORDINATE, MAX_FIELD_NAME_BYTES, MAX_ID_BYTES},
    schema::{Field, Holds, REACTION, Root, TITLE},
};

/// What a shared type is for. It decides what may be put in it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Role {
    /// A root: a map of ids to things, or of names to values for `meta`.
    Root(Root),
    /// A note, cluster, link …
    Thing(Root),
    /// A text that people write together.
    Text,
    /// A short one.
    Title,
    /// Under a field that we don't know.
    Free(Type),
}

/// Whether we know this field.
pub(super) fn is_known(root: Root, name: &str) -> bool {
    root.field(name).is_some()
}

/// Whether this field of a note is a reaction to it.
pub(super) fn is_reaction(root: Root, name: &str) -> bool {
    root.field(name).is_some_and(|field| field.name == REACTION)
}

impl Role {
    /// Whether we know what stands there, and not only that somebody may have a use for it.
    pub(super) fn knows(self, key: Option<&str>) -> bool {
        match (self, key) {
            (Self::Root(root @ Root::Meta) | Self::Thing(root), Some(name)) => is_known(root, name),
            (Self::Free(_), _) => false,
            _ => true,
        }
    }

    /// Whether `content` may stand under `key` (an entry) or in the list of a type of this role.
    /// Answers the role of what is put there, if that is a shared type.
    pub(super) fn admits(
        self,
        key: Option<&str>,
        content: Content<'_>,
    ) -> Result<Option<Self>, Rejection> {
        match (self, key) {
            (Self::Root(root), Some(key)) => {
                check_name(key, MAX_ID_BYTES)?;
                root_admits(root, key, content)
            }
            (Self::Thing(root), Some(name)) => {
                check_name(name, MAX_FIELD_NAME_BYTES)?;
                field_admits(root.field(name), content)
            }
            (Self::Free(Type::Map), Some(name)) => {
                check_name(name, MAX_FIELD_NAME_BYTES)?;
                field_admits(None, content)
            }
            (Self::Text | Self::Title | Self::Free(Type::Text), None) => match content {
                Content::Text | Content::Deleted => Ok(None),
                _ => Err(Misfit::Content.into()),
            },
            (Self::Free(Type::Array), None) => field_admits(None, content),
            (Self::Root(_) | Self::Thing(_) | Self::Free(Type::Map), None)
            | (Self::Text | Self::Title | Self::Free(_), Some(_)) => Err(Misfit::Shape.into()),
        }
    }
}

fn check_name(name: &str, most: usize) -> Result<(), Rejection> {
    if name.len() > most {
        return Err(Limit::Name.into());
    }
    Ok(())
}

fn root_admits(root: Root, key: &str, content: Content<'_>) -> Result<Option<Role>, Rejection> {
    match (root, content) {
        (_, Content::Deleted) | (Root::Meta, Content::Values(_) | Content::Bytes) => Ok(None),
        (Root::Meta, Content::Type(Type::Text)) if key == TITLE => Ok(Some(Role::Title)),
        (Root::Meta, _) => Err(Misfit::Value.into()),
        (_, Content::Type(Type::Map)) => Ok(Some(Role::Thing(root))),
        _ => Err(Misfit::NotAThing.into()),
    }
}

/// `field`: `None` where it is one that we don't know.
fn field_admits(field: Option<&Field>, content: Content<'_>) -> Result<Option<Role>, Rejection> {
    match (field, content) {
        (_, Content::Deleted) | (None, Content::Values(_) | Content::Bytes) => Ok(None),
        (None, Content::Type(kind)) => Ok(Some(Role::Free(kind))),
        (Some(field), Content::Type(Type::Text)) if matches!(field.holds, Holds::Text(_)) => {
            Ok(Some(match field.name {
                TITLE => Role::Title,
                _ => Role::Text,
            }))
        }
        // Several values under one key: overwritten ones that were merged into one struct.
        (Some(field), Content::Values(bytes)) => {
            for value in values_of(bytes) {
                if !may_stand(field, value?.0) {
                    return Err(Misfit::Value.into());
                }
            }
            Ok(None)
        }
        _ => Err(Misfit::Value.into()),
    }
}

fn may_stand(field: &Field, value: Value<'_>) -> bool {
    let on_board = |number: f64| number.abs() <= MAX_BOARD_COORDINATE;
    match (field.holds, value) {
        (_, Value::Nothing) => field.may_be_null,
        (Holds::Words(most), Value::Text(text)) => text.len() <= most,
        (Holds::Strings(most), Value::Texts(texts)) => texts <= most,
        (Holds::Pair, Value::Pair(x, y)) => on_board(x) && on_board(y),
        (Holds::Number, Value::Number(number)) => number.is_finite(),
        (Holds::Bool, Value::Bool) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(field: &str, value: &[u8]) -> Result<Option<Role>, Rejection> {
        Role::Thing(Root::Notes).admits(Some(field), Content::Values(value))
    }

    #[test]
    fn a_note_has_its_fields_and_room_for_others() {
        assert_eq!(note("kind", &[119, 4, b'i', b'd', b'e', b'a']), Ok(None));
        assert_eq!(note("pos", &[117, 2, 125, 1, 125, 2]), Ok(None));
        assert_eq!(note("cluster", &[126]), Ok(None));
        assert_eq!(note("at", &[125, 9]), Ok(None));
        assert_eq!(note("gone", &[125, 9]), Ok(None));
        assert_eq!(note("lived", &[120]), Ok(None));
        assert_eq!(note("who", &[119, 1, b'x']), Ok(None));
        assert_eq!(note("learnt", &[126]), Ok(None));
        assert_eq!(note("restated", &[117, 1, 119, 0]), Ok(None));
        assert_eq!(note("restated", &[117, 0]), Ok(None));
        assert_eq!(note("from-the-future", &[118, 0]), Ok(None));
        assert_eq!(note("r-1", &[119, 1, b'x']), Ok(None));
        let text = Content::Type(Type::Text);
        assert_eq!(
            Role::Thing(Root::Notes).admits(Some("text"), text),
            Ok(Some(Role::Text))
        );
    }

    #[test]
    fn a_known_field_has_no_foreign_value() {
        let misfit = Err(Rejection::NotOfTheSchema(Misfit::Value));
        assert_eq!(note("kind", &[125, 1]), misfit);
        assert_eq!(note("pos", &[117, 2, 125, 1, 126]), misfit);
        assert_eq!(note("lived", &[119, 1, b'x']), misfit);
        assert_eq!(note("gone", &[120]), misfit);
        assert_eq!(note("when", &[125, 1]), misfit);
        let long = |length: u16| {
            let mut value = vec![119, (length & 127) as u8 | 128, (length >> 7) as u8];
            value.extend(vec![b'x'; usize::from(length)]);
            value
        };
        assert_eq!(note("gave", &long(3_000)), Ok(None));
        assert_eq!(note("gave", &long(3_001)), misfit);
        assert_eq!(note("broken", &long(6_001)), Ok(None));
        assert_eq!(note("broken", &long(6_002)), misfit);
        assert_eq!(note("voice", &long(300)), misfit);
        assert_eq!(note("r-1", &[&[119, 17][..], &[b'x'; 17]].concat()), misfit);
        assert_eq!(note("r-1", &[126]), misfit);
        assert_eq!(note("restated", &[117, 1, 125, 1]), misfit);
        assert_eq!(note("restated", &[119, 1, b'x']), misfit);
        let many = [&[117, 49][..], &[119, 0].repeat(49)].concat();
        assert_eq!(note("restated", &many), misfit);
        assert_eq!(note("text", &[119, 1, b'x']), misfit);
        assert_eq!(note("at", &[122, 0, 0, 0, 0, 0, 0, 0, 1]), misfit);
        let far = [&[117, 2, 125, 0, 123][..], &1e8_f64.to_be_bytes()].concat();
        assert_eq!(note("pos", &far), misfit);
        let nowhere = [&[117, 2, 125, 0, 123][..], &f64::NAN.to_be_bytes()].concat();
        assert_eq!(note("pos", &nowhere), misfit);
        let array = Content::Type(Type::Array);
        assert_eq!(Role::Thing(Root::Notes).admits(Some("text"), array), misfit);
    }

    #[test]
    fn a_picture_has_its_fields_and_room_for_others() {
        fn image(field: &str, value: &[u8]) -> Result<Option<Role>, Rejection> {
            Role::Thing(Root::Images).admits(Some(field), Content::Values(value))
        }
        let misfit = Err(Rejection::NotOfTheSchema(Misfit::Value));
        assert_eq!(image("pos", &[117, 2, 125, 1, 125, 2]), Ok(None));
        assert_eq!(image("size", &[117, 2, 125, 8, 125, 6]), Ok(None));
        assert_eq!(image("photo", &[119, 1, b'x']), Ok(None));
        assert_eq!(image("alt", &[119, 0]), Ok(None));
        assert_eq!(image("order", &[119, 1, b'8']), Ok(None));
        assert_eq!(image("gone", &[125, 1]), Ok(None));
        assert_eq!(image("from-the-future", &[118, 0]), Ok(None));
        assert_eq!(image("size", &[125, 1]), misfit);
        assert_eq!(image("gone", &[126]), misfit);
        assert_eq!(image("photo", &[125, 1]), misfit);
        assert_eq!(image("photo", &[126]), misfit);
        assert_eq!(image("alt", &[126]), misfit);
        let long = |length: u16| {
            let mut value = vec![119, (length & 127) as u8 | 128, (length >> 7) as u8];
            value.extend(vec![b'x'; usize::from(length)]);
            value
        };
        assert_eq!(image("alt", &long(1_500)), Ok(None));
        assert_eq!(image("alt", &long(1_501)), misfit);
        assert_eq!(note("photo", &long(200)), Ok(None));
        assert_eq!(note("photo", &long(300)), misfit);
    }

    #[test]
    fn roots_hold_only_things_and_texts_only_letters() {
        let notes = Role::Root(Root::Notes);
        assert!(notes.admits(Some("a"), Content::Values(&[126])).is_err());
        assert!(notes.admits(None, Content::Type(Type::Map)).is_err());
        assert!(Role::Text.admits(None, Content::Values(&[126])).is_err());
        assert!(Role::Text.admits(Some("a"), Content::Text).is_err());
        assert!(Role::Free(Type::Array).admits(None, Content::Text).is_err());
    }
}
