//! Takes who wrote out of what was taken long ago: the records of a board that shows less of it from now on. What they
//! said of it stands in them as deleted, so that whatever builds on it has its place.

use super::Guard;
use super::index::{Place, What};
use super::reader::{Content, Id, Range, Size, Update};
use super::rejection::Rejection;
use super::rewrite;
use super::schema::{Role, is_known};
use super::terms::{Naming, Reserved};
use crate::schema::Root;

impl Guard {
    /// An update that this guard has taken, or whose elements it has by others, without what it tells of who wrote and
    /// may not any more. `None`: it tells nothing, or nothing that is understood.
    ///
    /// # Errors
    /// When it is no update.
    pub fn without_authors(
        &self,
        update: &[u8],
        naming: Naming,
    ) -> Result<Option<Vec<u8>>, Rejection> {
        let update = Update::read(update, Size::Whole)?;
        let mut told = Vec::new();
        for section in &update.sections {
            for number in section.first..section.end {
                let one = &update.structs[number];
                // What they are in stays, and so does what is in it.
                let is_said = one.item.as_ref().is_some_and(|item| {
                    let content = item.content;
                    matches!(content, Content::Text | Content::Values(_) | Content::Bytes)
                });
                let id = Id {
                    client: section.client,
                    clock: one.clock,
                };
                if let Some(What::Item(place, _)) = self.index.at(id)
                    && is_said
                    && self.tells_who(place, naming)
                {
                    let range = Range {
                        client: section.client,
                        start: one.clock,
                        end: one.end(),
                    };
                    told.push((number, range));
                }
            }
        }
        let is_whole = !told.is_empty() && !update.has_gap;
        Ok(is_whole.then(|| rewrite::without(&update, &told)))
    }

    /// Whether what stands in this place tells more of who wrote than may be told.
    fn tells_who(&self, mut place: Place, naming: Naming) -> bool {
        while let Some(parent) = self.index.shared_type(place.parent) {
            let field = place.key.and_then(|key| self.index.key(&[], key));
            if let (Role::Thing(root), Some(field)) = (parent.role, field) {
                return match Reserved::of(root, field) {
                    Some(Reserved::Voice) => naming == Naming::Nobody,
                    Some(Reserved::Name) => naming != Naming::Names,
                    Some(Reserved::Said) => false,
                    // What we do not know may be a name. (Of ink and frames we know nothing yet.)
                    None => {
                        naming == Naming::Nobody
                            && !matches!(root, Root::Ink | Root::Frames)
                            && !is_known(root, field)
                    }
                };
            }
            let Some((_, outer)) = parent.born else {
                return false;
            };
            place = outer;
        }
        false
    }
}
