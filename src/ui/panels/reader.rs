//! The reader: one article set like a printed page. Everything can be selected and copied.

use crate::model::{Article, ArticleId, BlockKind, StoredArticle, StoredPage};
use crate::search::Query;
use crate::ui::command::{Action, Command};
use crate::ui::fonts;
use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use crate::ui::widgets::{icon_button, print_job, tag};
use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Label, RichText, ScrollArea, Ui};
use std::sync::Arc;

/// What the reader shows.
pub struct ReaderView<'a> {
    /// Texts.
    pub tr: Tr,
    /// The article, once it is there.
    pub article: Option<&'a Arc<StoredArticle>>,
    /// Its page, once it is there.
    pub page: Option<&'a StoredPage>,
    /// The search text, for its hits.
    pub query: &'a Query,
    /// Type size in points.
    pub type_size: f32,
    /// Whether the page's original lines are shown instead.
    pub shows_source: bool,
    /// Whether there is a row after and before the open one.
    pub has_next: bool,
    /// Whether there is a row before the open one.
    pub has_previous: bool,
}

/// What the reader keeps between frames: the open article's paragraphs, broken into lines.
///
/// Breaking 30,000 characters takes some milliseconds; it is done again only when the article, the measure, the type,
/// the theme or the hits change.
#[derive(Default)]
pub struct ReaderState {
    key: Option<JobKey>,
    jobs: Vec<Arc<LayoutJob>>,
}

struct JobKey {
    article: Arc<StoredArticle>,
    measure: f32,
    type_size: f32,
    is_dark: bool,
    query: String,
}

impl JobKey {
    fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.article, &other.article)
            && (self.measure, self.type_size, self.is_dark) == (other.measure, other.type_size, other.is_dark)
            && self.query == other.query
    }
}

/// Draws the reader.
pub fn reader_ui(ui: &mut Ui, view: &ReaderView<'_>, state: &mut ReaderState, commands: &mut Vec<Command>) {
    let palette = Palette::of(ui);
    let Some(stored) = view.article else {
        ui.centered_and_justified(|ui| {
            ui.label(RichText::new(view.tr.t("reader.nothing-open")).color(palette.weak));
        });
        return;
    };
    bar_ui(ui, view, stored, commands);
    if view.shows_source {
        if let Some(page) = view.page {
            super::source::source_ui(ui, view.tr, page, stored.id, commands);
        }
        return;
    }
    // The id keeps a reading position for each article and starts a new one at its top.
    ScrollArea::vertical().id_salt(("reader", stored.id.0)).auto_shrink(false).show(ui, |ui| {
        let measure = (view.type_size * size::MEASURE_CHARS).min(ui.available_width() - 48.0).max(200.0);
        let margin = ((ui.available_width() - measure) / 2.0).max(24.0);
        egui::Frame::new().inner_margin(egui::Margin::symmetric(margin as i8, 18)).show(ui, |ui| {
            ui.set_max_width(measure);
            article_ui(ui, view, stored, state, &palette, commands);
        });
    });
}

fn bar_ui(ui: &mut Ui, view: &ReaderView<'_>, stored: &StoredArticle, commands: &mut Vec<Command>) {
    let tr = view.tr;
    egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 4)).show(ui, |ui| {
        ui.horizontal(|ui| {
            icon_button(ui, Action::PreviousResult, tr, view.has_previous, false, commands);
            icon_button(ui, Action::NextResult, tr, view.has_next, false, commands);
            ui.separator();
            let (at, count) = position_on_page(view.page, stored.id);
            icon_button(ui, Action::PreviousOnPage, tr, at > 0, false, commands);
            let place = tr.f("reader.on-page", &[("i", (at + 1).to_string()), ("n", count.to_string())]);
            ui.label(RichText::new(place).size(size::SMALL).color(Palette::of(ui).weak));
            icon_button(ui, Action::NextOnPage, tr, at + 1 < count, false, commands);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                icon_button(ui, Action::CopyArticle, tr, true, false, commands);
                icon_button(ui, Action::ToggleSource, tr, true, view.shows_source, commands);
                icon_button(ui, Action::LargerType, tr, true, false, commands);
                icon_button(ui, Action::SmallerType, tr, true, false, commands);
            });
        });
    });
    ui.separator();
}

/// Where the article stands among those of its page, and how many there are.
pub fn position_on_page(page: Option<&StoredPage>, id: ArticleId) -> (usize, usize) {
    let articles = page.map(|p| p.articles.as_slice()).unwrap_or_default();
    (articles.iter().position(|a| a.id == id).unwrap_or(0), articles.len().max(1))
}

fn article_ui(
    ui: &mut Ui,
    view: &ReaderView<'_>,
    stored: &Arc<StoredArticle>,
    state: &mut ReaderState,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    let tr = view.tr;
    let article = &stored.article;
    let base = view.type_size;
    state.refresh(ui, view, stored, palette);
    let mut jobs = state.jobs.iter();
    let head_count = head_texts(article).count();
    for job in jobs.by_ref().take(head_count) {
        ui.add(Label::new(job.clone()).selectable(true).extend());
    }
    ui.add_space(6.0);
    source_line_ui(ui, tr, stored, palette);
    tags_ui(ui, tr, article, palette);
    ui.add_space(base * 0.7);
    for (block, job) in article.blocks.iter().zip(jobs) {
        if block.kind == BlockKind::Subhead {
            ui.add_space(base * 0.45);
        }
        ui.add(Label::new(job.clone()).selectable(true).extend());
        ui.add_space(base * 0.35);
    }
    end_ui(ui, tr, article, palette);
    siblings_ui(ui, view, stored, palette, commands);
}

/// The parts of a headline.
#[derive(Clone, Copy, PartialEq)]
enum Head {
    Column,
    Kicker,
    Title,
    Subtitle,
}

/// The lines of the headline, from top to bottom.
fn head_texts(article: &Article) -> impl Iterator<Item = (Head, &str)> {
    let all = [
        (Head::Column, article.column.as_deref()),
        (Head::Kicker, article.kicker.as_deref()),
        (Head::Title, Some(article.title.as_str())),
        (Head::Subtitle, article.subtitle.as_deref()),
    ];
    all.into_iter().filter_map(|(head, text)| Some((head, text?)))
}

impl ReaderState {
    fn refresh(&mut self, ui: &Ui, view: &ReaderView<'_>, stored: &Arc<StoredArticle>, palette: &Palette) {
        let measure = ui.available_width();
        let key = JobKey {
            article: stored.clone(),
            measure,
            type_size: view.type_size,
            is_dark: ui.visuals().dark_mode,
            query: view.query.to_string(),
        };
        if self.key.as_ref().is_some_and(|old| old.is_same(&key)) {
            return;
        }
        self.key = Some(key);
        let base = view.type_size;
        let article = &stored.article;
        let job = |text: &str, indent, font: FontId, color, leading: f32| {
            let line_height = Some(font.size * leading);
            let format = TextFormat { font_id: font, color, line_height, ..Default::default() };
            Arc::new(print_job(ui, text, &view.query.highlight(text), indent, &format, palette, measure))
        };
        let title_color = if article.title_printed { palette.strong } else { palette.weak };
        let heads = head_texts(article).map(|(head, text)| match head {
            Head::Column => job(text, "", fonts::sans_bold(base * 0.85), palette.accent, 1.4),
            Head::Kicker | Head::Subtitle => job(text, "", fonts::serif(base * 1.05), palette.weak, 1.4),
            Head::Title => job(text, "", fonts::serif_bold(base * 1.65), title_color, 1.4),
        });
        let blocks = article.blocks.iter().map(|block| match block.kind {
            BlockKind::Paragraph => job(&block.text, "　　", fonts::serif(base), palette.text, 1.75),
            BlockKind::Subhead => job(&block.text, "", fonts::serif_bold(base * 1.08), palette.strong, 1.6),
        });
        self.jobs = heads.chain(blocks).collect();
    }
}

fn source_line_ui(ui: &mut Ui, tr: Tr, stored: &StoredArticle, palette: &Palette) {
    let line = RichText::new(source_line(tr, stored)).size(size::TEXT).color(palette.weak);
    let why = stored.date.why.clone();
    let response = ui.add(Label::new(line).selectable(true).wrap());
    if !why.is_empty() {
        response.on_hover_text(why);
    }
    let bylines = byline(tr, &stored.article);
    if !bylines.is_empty() {
        ui.add(Label::new(RichText::new(bylines).size(size::TEXT).color(palette.text)).selectable(true).wrap());
    }
}

/// 报名 · 日期 · 版次: what every quoted copy carries.
pub fn source_line(tr: Tr, stored: &StoredArticle) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(stored.newspaper.clone());
    parts.push(match (stored.date.best, stored.date.printed) {
        (Some(best), Some(_)) => best.to_string(),
        (Some(best), None) => tr.f("date.argued", &[("d", best.to_string())]),
        (None, _) => tr.t("date.unknown").into_owned(),
    });
    if let Some(label) = &stored.page_label {
        parts.push(tr.f("reader.page", &[("p", label.clone())]));
    }
    parts.join(" · ")
}

/// "记者 甲乙丙 通讯员 丁戊": names of one capacity share its word.
pub fn byline(tr: Tr, article: &Article) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut last = None;
    for byline in &article.bylines {
        if last != Some(byline.role) {
            parts.push(tr.join("byline", byline.role.as_str()));
            last = Some(byline.role);
        }
        match &byline.position {
            Some(position) => parts.push(format!("{position} {}", byline.name)),
            None => parts.push(byline.name.clone()),
        }
    }
    parts.join(" ")
}

fn tags_ui(ui: &mut Ui, tr: Tr, article: &Article, palette: &Palette) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 4.0);
        if let Some(section) = article.sections.first() {
            tag(ui, section, palette.accent).on_hover_text(tr.t("filter.section"));
        }
        for town in &article.towns {
            tag(ui, town, palette.good).on_hover_text(tr.t("filter.town"));
        }
        tag(ui, &tr.join("kind", article.kind.as_str()), palette.weak).on_hover_text(tr.t("filter.kind"));
        if !article.title_printed {
            tag(ui, &tr.t("article.no-headline"), palette.weak).on_hover_text(tr.t("article.no-headline-tip"));
        }
        if !article.is_sure() {
            let percent = tr.f("article.unsure-tip", &[("p", format!("{:.0}", article.confidence * 100.0))]);
            tag(ui, &tr.t("article.unsure"), palette.warning).on_hover_text(percent);
        }
    });
}

fn end_ui(ui: &mut Ui, tr: Tr, article: &Article, palette: &Palette) {
    let note = match &article.jump_to {
        Some(page) => Some(tr.f("reader.jump", &[("p", page.clone())])),
        None if article.truncated => Some(tr.t("reader.truncated").into_owned()),
        None => None,
    };
    if let Some(note) = note {
        ui.label(RichText::new(note).size(size::TEXT).color(palette.warning));
    }
}

fn siblings_ui(
    ui: &mut Ui,
    view: &ReaderView<'_>,
    stored: &StoredArticle,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    let others: Vec<_> = view.page.iter().flat_map(|p| &p.articles).filter(|a| a.id != stored.id).collect();
    if others.is_empty() {
        return;
    }
    ui.add_space(18.0);
    ui.separator();
    ui.label(RichText::new(view.tr.t("reader.same-page")).size(size::TEXT).color(palette.weak));
    for other in others {
        if ui.link(RichText::new(&other.title).size(size::TEXT)).clicked() {
            commands.push(Command::OpenArticle(other.id));
        }
    }
}

/// The article as plain text with its source line, for the clipboard.
pub fn plain_text(tr: Tr, stored: &StoredArticle) -> String {
    let article = &stored.article;
    let mut out = String::new();
    let head = [article.kicker.as_ref(), Some(&article.title), article.subtitle.as_ref()];
    for line in head.into_iter().flatten() {
        out.push_str(line);
        out.push('\n');
    }
    let bylines = byline(tr, article);
    if !bylines.is_empty() {
        out.push_str(&bylines);
        out.push('\n');
    }
    out.push('\n');
    for block in &article.blocks {
        if block.kind == BlockKind::Paragraph {
            out.push_str("　　");
        }
        out.push_str(&block.text);
        out.push('\n');
    }
    out.push('\n');
    out.push_str(&source_line(tr, stored));
    out.push('\n');
    out
}
