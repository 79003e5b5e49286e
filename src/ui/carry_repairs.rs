//! How the app carries out repairs, and what it shows when one was made, taken back or done again.

use super::app::App;
use super::repair_words::describe;
use crate::worker::{MadeRepair, Request};

impl App {
    /// Repairs were made or taken back: what is on the screen of them is asked for again.
    pub(super) fn repairs_changed(&mut self) {
        self.archive_changed();
        self.fetch_marks();
        if self.dialogs.repairs {
            self.backend.send(Request::Repairs);
        }
    }

    /// The last action was taken back, or done again: says what it was and shows its page.
    pub(super) fn repair_stepped(&mut self, made: &[MadeRepair], is_undone: bool) {
        let tr = self.tr();
        let Some(last) = made.last() else {
            let text = if is_undone { tr.t("news.nothing-to-undo") } else { tr.t("news.nothing-to-redo") };
            self.session.tell(text.into_owned());
            return;
        };
        let what = made.iter().map(|made| describe(tr, &made.repair)).collect::<Vec<_>>().join("; ");
        let values = [("what", what), ("t", last.about.clone())];
        let text = if is_undone { tr.f("news.repair-undone", &values) } else { tr.f("news.repair-redone", &values) };
        self.session.tell(text);
        self.repairs_changed();
    }
}
