//! Whoever waits for an export: told how far it is, asked whether to go on.

/// Watches an export. A plain closure that says whether to go on is one.
pub trait Watch {
    /// Asked now and then; on `false` the export ends with [`super::ExportError::Cancelled`] and leaves nothing.
    fn keep_going(&self) -> bool;

    /// So many more articles were typeset.
    fn typeset(&self, articles: u64) {
        let _ = articles;
    }
}

impl<F: Fn() -> bool> Watch for F {
    fn keep_going(&self) -> bool {
        self()
    }
}
