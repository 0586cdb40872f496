//! The picture: a photo of paper notes or a flip chart that lies on the board, under the notes.
//!
//! The document says where it lies and which stored photo it shows; the photo itself is kept and
//! handed out by the server, and may come later than this. Every field is a plain register.

use super::{
    Change, Order, ThingId,
    change::ThingMap,
    document::{point, read_point, read_string},
    text_edit::shortened,
};
use crate::schema::{ALT, ORDER, PHOTO, POS, SIZE};
use crate::{
    geometry::{BoardPoint, BoardRect, Size},
    ids::{ImageId, PhotoId},
    limits::{MAX_ALT_UTF16, MAX_IMAGE_SIDE},
};
use yrs::{In, MapPrelim, MapRef, ReadTxn};

/// How large a picture is whose size is missing or makes no sense, in board units.
const USUAL: Size = Size {
    width: 480.0,
    height: 360.0,
};
/// Shortest side that can be seen and pressed, in board units.
const SHORTEST_SIDE: f64 = 24.0;

/// A picture as it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Its name for ever.
    pub id: ImageId,
    /// Top left corner, board units.
    pub pos: BoardPoint,
    /// How large it lies there, board units.
    pub size: Size,
    /// The stored photo; `None`: the document names none that there can be.
    pub photo: Option<PhotoId>,
    /// What it shows, in words, for whoever does not see it. May be empty.
    pub alt: String,
    /// Its place among the pictures.
    pub order: Order,
}

/// A picture to be laid on the board.
#[derive(Clone, Debug, PartialEq)]
pub struct NewImage {
    /// Its id, made by the client.
    pub id: ImageId,
    /// Top left corner, board units.
    pub pos: BoardPoint,
    /// How large, board units.
    pub size: Size,
    /// The stored photo, also if it is still on its way to the server.
    pub photo: PhotoId,
    /// What it shows, in words.
    pub alt: String,
}

impl Image {
    /// Reading is total: what is missing or of a foreign type counts as usual, and stays in the
    /// document as it is.
    pub(super) fn read<T: ReadTxn>(txn: &T, id: ImageId, map: &MapRef) -> Self {
        Self {
            id,
            pos: read_point(txn, map, POS).unwrap_or_default(),
            size: read_point(txn, map, SIZE).map_or(USUAL, |corner| {
                sensible(Size {
                    width: corner.x,
                    height: corner.y,
                })
            }),
            photo: read_string(txn, map, PHOTO).and_then(|text| PhotoId::read(&text)),
            alt: read_string(txn, map, ALT).map_or_else(String::new, |alt| alt.to_string()),
            order: read_string(txn, map, ORDER)
                .and_then(|text| Order::read(&text))
                .unwrap_or_default(),
        }
    }

    /// Where it lies.
    pub fn rect(&self) -> BoardRect {
        BoardRect::at(self.pos, self.size)
    }
}

impl Change<'_> {
    /// Lays a picture on top of the other pictures. One that is there already stays as it is.
    pub fn add_image(&mut self, image: &NewImage) {
        let thing = ThingId::Image(image.id.clone());
        if self.any_thing(&thing).is_some() {
            return;
        }
        let order = Order::above(self.orders(&self.roots().images).iter());
        let size = sensible(image.size);
        let corner = BoardPoint::new(size.width, size.height);
        let map = MapPrelim::from([
            (POS, In::Any(point(image.pos))),
            (SIZE, In::Any(point(corner))),
            (PHOTO, In::from(image.photo.as_str())),
            (ALT, In::from(shortened(&image.alt, MAX_ALT_UTF16))),
            (ORDER, In::from(order.spelled())),
        ]);
        self.add(thing, map);
    }

    /// Moves a picture's top left corner here (whole board units).
    pub fn move_image(&mut self, id: &ImageId, to: BoardPoint) {
        if let Some(map) = self.image_map(id) {
            self.set_point(&map, POS, to);
        }
    }

    /// Says in words what a picture shows.
    pub fn describe_image(&mut self, id: &ImageId, alt: &str) {
        if let Some(map) = self.image_map(id) {
            self.set_words(&map, ALT, shortened(alt, MAX_ALT_UTF16));
        }
    }

    /// Takes a picture off the board; `at`: milliseconds since 1970. The stored photo stays: the picture
    /// can be brought back, and notes may have been cut from it.
    pub fn remove_image(&mut self, id: &ImageId, at: f64) {
        self.take_off(&ThingId::Image(id.clone()), at);
    }

    fn image_map(&self, id: &ImageId) -> Option<ThingMap> {
        self.thing(&ThingId::Image(id.clone()))
    }
}

/// Large enough to be seen, and not larger than a screen can hold.
fn sensible(size: Size) -> Size {
    Size {
        width: size.width.clamp(SHORTEST_SIDE, MAX_IMAGE_SIDE),
        height: size.height.clamp(SHORTEST_SIDE, MAX_IMAGE_SIDE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::{Board, Made};
    use yrs::{Any, Map as _, Transact as _};

    fn photo() -> PhotoId {
        PhotoId::from_random([7; 16])
    }

    fn new_image(name: &str) -> NewImage {
        NewImage {
            id: name.into(),
            pos: BoardPoint::new(10.4, 20.0),
            size: Size {
                width: 800.0,
                height: 600.0,
            },
            photo: photo(),
            alt: "Tre lapper".into(),
        }
    }

    #[test]
    fn a_picture_is_laid_down_moved_described_and_taken_off() {
        let board = Board::new(1);
        let (first, second) = (ImageId::from("a"), ImageId::from("b"));
        board.change(Made::Here).add_image(&new_image("a"));
        board.change(Made::Here).add_image(&NewImage {
            alt: "Noe annet".into(),
            ..new_image("a")
        });
        board.change(Made::Here).add_image(&new_image("b"));
        let image = board.view().image(&first).unwrap();
        assert_eq!(image.pos, BoardPoint::new(10.0, 20.0));
        assert_eq!(image.rect().max, BoardPoint::new(810.0, 620.0));
        assert_eq!((image.photo, &*image.alt), (Some(photo()), "Tre lapper"));
        assert!(board.view().image(&second).unwrap().order > image.order);

        board
            .change(Made::Here)
            .move_image(&first, BoardPoint::new(5.0, 6.0));
        board.change(Made::Here).describe_image(&first, "");
        let image = board.view().image(&first).unwrap();
        assert_eq!((image.pos, &*image.alt), (BoardPoint::new(5.0, 6.0), ""));
        board.change(Made::Here).remove_image(&first, 9.0);
        assert_eq!(board.view().images().len(), 1);
    }

    #[test]
    fn a_picture_of_another_client_is_read_whatever_it_holds() {
        let board = Board::new(1);
        let images = board.doc().get_or_insert_map("images");
        let mut txn = board.doc().transact_mut();
        images.insert(&mut txn, "empty", MapPrelim::default());
        let strange: [(&str, Any); 4] = [
            (POS, Any::from("here")),
            (SIZE, point(BoardPoint::new(-3.0, 1e9))),
            (PHOTO, Any::from("../../secret")),
            (ALT, Any::from(7.0)),
        ];
        images.insert(
            &mut txn,
            "strange",
            strange.into_iter().collect::<MapPrelim>(),
        );
        drop(txn);
        let image = board.view().image(&"empty".into()).unwrap();
        assert_eq!((image.size, image.photo), (USUAL, None));
        let image = board.view().image(&"strange".into()).unwrap();
        assert_eq!(
            (image.size.width, image.size.height),
            (24.0, MAX_IMAGE_SIDE)
        );
        assert_eq!((image.photo, &*image.alt), (None, ""));
    }
}
