//! The articles read in this run, to go back and forward among them.

use crate::model::ArticleId;

/// Articles that are kept.
const KEPT: usize = 200;

/// A list of articles and the place in it.
#[derive(Debug, Default)]
pub struct History {
    visited: Vec<ArticleId>,
    at: usize,
}

impl History {
    /// An article was opened. What lay ahead is forgotten, as in a browser; going back and forward forgets nothing.
    pub fn visit(&mut self, id: ArticleId) {
        if self.visited.get(self.at) == Some(&id) {
            return;
        }
        self.visited.truncate(self.at + 1);
        if self.visited.len() == KEPT {
            self.visited.remove(0);
        }
        self.visited.push(id);
        self.at = self.visited.len() - 1;
    }

    /// The article before or after in the list; the place moves there.
    pub fn step(&mut self, is_forward: bool) -> Option<ArticleId> {
        let next = if is_forward { self.at + 1 } else { self.at.checked_sub(1)? };
        let id = *self.visited.get(next)?;
        self.at = next;
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_and_opening_another_forgets_what_lay_ahead() {
        let mut history = History::default();
        assert_eq!(history.step(false), None);
        (1..=3).for_each(|i| history.visit(ArticleId(i)));
        history.visit(ArticleId(3));
        assert_eq!(history.step(true), None);
        assert_eq!(history.step(false), Some(ArticleId(2)));
        history.visit(ArticleId(2)); // opened by going back
        assert_eq!(history.step(false), Some(ArticleId(1)));
        assert_eq!(history.step(true), Some(ArticleId(2)));
        history.visit(ArticleId(9));
        assert_eq!(history.step(true), None);
        assert_eq!(history.step(false), Some(ArticleId(2)));
    }

    #[test]
    fn the_list_does_not_grow_for_ever() {
        let mut history = History::default();
        (0..1000).for_each(|i| history.visit(ArticleId(i)));
        assert_eq!(history.visited.len(), KEPT);
        assert_eq!(history.step(false), Some(ArticleId(998)));
    }
}
