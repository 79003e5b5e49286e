//! How far articles are read: kept while the window is open, told to the archive when another article is opened, and
//! restored when an article is opened again days later.

use crate::model::ArticleId;
use std::collections::HashMap;

/// Share of an article from which on a position is worth keeping.
const LEAST: f32 = 0.02;

/// Positions of this run.
#[derive(Debug, Default)]
pub struct ReadPosition {
    /// The open article and how far it is scrolled, 0 to 1.
    open: Option<(ArticleId, f32)>,
    /// How tall the open article and the view were at the last frame.
    extent: Option<(ArticleId, f32, f32)>,
    /// What the archive has of the articles of this run.
    stored: HashMap<ArticleId, f32>,
}

impl ReadPosition {
    /// Where to scroll to in this frame, once: `kept` is what the archive has of an article opened for the first time
    /// in this run. Nothing before the article was laid out once, and nothing where it `has_hits` to be looked at.
    pub fn restore(&mut self, id: ArticleId, kept: Option<f32>, has_hits: bool) -> Option<f32> {
        let (_, content, view) = self.extent.filter(|(of, ..)| *of == id)?;
        let kept = kept?;
        if self.stored.contains_key(&id) {
            return None;
        }
        self.stored.insert(id, kept);
        (kept > LEAST && !has_hits).then(|| (content - view).max(0.0) * kept)
    }

    /// After a frame: the offset and the heights.
    pub fn note(&mut self, id: ArticleId, offset: f32, content: f32, view: f32) {
        self.extent = Some((id, content, view));
        let room = content - view;
        let share = if room > 1.0 { (offset / room).clamp(0.0, 1.0) } else { 0.0 };
        self.open = Some((id, share));
    }

    /// A position that the archive does not have yet, of an article other than `open`; `None` as `open` for any.
    pub fn unsaved(&mut self, open: Option<ArticleId>) -> Option<(ArticleId, f64)> {
        let (id, share) = self.open.filter(|(id, _)| Some(*id) != open)?;
        // Before the kept position was restored there is nothing to keep.
        let stored = self.stored.get_mut(&id)?;
        if (*stored - share).abs() < LEAST / 2.0 {
            return None;
        }
        *stored = share;
        Some((id, f64::from(share)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ArticleId = ArticleId(1);
    const B: ArticleId = ArticleId(2);

    #[test]
    fn an_article_goes_on_where_it_was_left() {
        let mut position = ReadPosition::default();
        assert_eq!(position.restore(A, Some(0.5), false), None, "its height is not known yet");
        position.note(A, 0.0, 1000.0, 200.0);
        assert_eq!(position.unsaved(None), None, "and what is kept not overwritten");
        assert_eq!(position.restore(A, Some(0.5), false), Some(400.0));
        assert_eq!(position.restore(A, Some(0.5), false), None, "once");
        position.note(A, 600.0, 1000.0, 200.0);
        assert_eq!(position.unsaved(Some(A)), None, "still open");
        assert_eq!(position.unsaved(Some(B)), Some((A, 0.75)));
        assert_eq!(position.unsaved(Some(B)), None, "saved");
        position.note(B, 0.0, 100.0, 200.0);
        assert_eq!(position.restore(B, Some(0.0), true), None);
        assert_eq!(position.unsaved(None), None);
    }
}
