//! The articles of a selection, in its order.

use super::ArchiveError;
use super::reader::Reader;
use crate::model::{ArticleId, Selection};

impl Reader {
    /// The ids of a selection in its order. Named articles are not looked up: some of them may be gone.
    pub fn selected(&self, selection: &Selection) -> Result<Vec<ArticleId>, ArchiveError> {
        match selection {
            Selection::Articles(ids) => Ok(ids.clone()),
            Selection::Basket => self.basket(),
            Selection::Result(request) => self.ids(request),
            Selection::Saved(name) => {
                let mut searches = self.saved_searches()?.into_iter();
                let found = searches.find(|search| search.name == *name);
                let search = found.ok_or_else(|| ArchiveError::NoSavedSearch { name: name.clone() })?;
                self.ids(&search.request)
            }
        }
    }
}
