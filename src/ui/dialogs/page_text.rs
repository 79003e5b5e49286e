//! The original text of a page whose hit lies in no article.

use super::window_ui;
use crate::model::{ArticleId, StoredPage};
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use crate::ui::panels::source::{SourceState, source_ui};
use egui::Context;
use std::sync::Arc;

/// No article of the page is the open one.
const NONE: ArticleId = ArticleId(0);

/// Draws the dialog.
pub fn page_text_ui(
    ctx: &Context,
    tr: Tr,
    page: &Arc<StoredPage>,
    state: &mut SourceState,
    is_open: &mut bool,
    commands: &mut Vec<Command>,
) {
    let mut title = vec![tr.t("page-text.title").into_owned()];
    title.extend(page.date.best.map(|date| date.to_string()));
    title.extend(page.newspaper.clone());
    title.extend(page.page_label.clone());
    window_ui(ctx, &title.join(" · "), is_open, |ui| {
        ui.set_min_height(360.0);
        source_ui(ui, tr, page, NONE, &[], state, commands);
    });
}
