//! The app: drains the worker, carries out commands, lays out the panes.
//!
//! [`App::logic`] changes state, [`App::ui`] only draws and collects commands. `logic` also runs while the window is
//! hidden, so that an import goes on and its end is noticed.

use super::command::{Action, Command};
use super::dialogs::import_preview::import_preview_ui;
use super::dialogs::imports::{ImportsState, ImportsView, imports_ui};
use super::dialogs::preview::{PreviewView, preview_ui};
use super::dialogs::settings::{SettingsView, settings_ui};
use super::dialogs::{Dialogs, about, basket, export, page_text, palette, paragraph, quit, repair, repairs, shortcuts};
use super::files::FileDialogs;
use super::i18n::Tr;
use super::panels::article_text::ReaderState;
use super::panels::filters::{FiltersState, FiltersView, filters_ui};
use super::panels::reader::{ReaderView, reader_ui};
use super::panels::results::{ResultsView, results_ui};
use super::panels::status::{StatusView, status_ui};
use super::panels::top::{TopState, TopView, focus_search_box, top_ui};
use super::press::{Clipboard, PressCommand, is_list_of_set};
use super::saved::Saved;
use super::session::{Session, Stage};
use super::theme::{self, Palette, size};
use super::widgets::{VirtualListState, split_ui};
use super::{Options, fonts, welcome};
use crate::model::{ArticleId, Hints};
use crate::worker::Backend;
use egui::{CentralPanel, Context, Frame, Id, LayerId, Margin, Order, Panel, RichText, Ui};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long news stays.
const NEWS_TIME: Duration = Duration::from_secs(8);

/// What panels keep between frames: scroll positions, edit buffers, open flags.
#[derive(Default)]
pub(super) struct PanelStates {
    pub(super) top: TopState,
    pub(super) filters: FiltersState,
    pub(super) list: VirtualListState,
    pub(super) reader: ReaderState,
    pub(super) imports: ImportsState,
}

/// The window's app.
pub struct App {
    pub(super) saved: Saved,
    pub(super) backend: Box<dyn Backend>,
    pub(super) session: Session,
    pub(super) panels: PanelStates,
    pub(super) dialogs: Dialogs,
    pub(super) files: FileDialogs,
    pub(super) commands: Vec<Command>,
    pub(super) first_import: Vec<PathBuf>,
    pub(super) overrides: Hints,
    pub(super) quits_anyway: bool,
    pub(super) clipboard: Clipboard,
    archive: String,
    /// When the program began, and how long after it the first frame was drawn.
    started: Option<Instant>,
    /// The same, until the list and the counts have been drawn.
    unfilled_since: Option<Instant>,
    first_frame_ms: Option<u128>,
}

/// Fonts, styles and options of a context. Call once, before the first frame.
pub fn prepare(ctx: &Context) {
    fonts::install(ctx);
    theme::apply(ctx);
    ctx.add_plugin(super::soft_break::SoftBreaks);
    ctx.add_plugin(super::names::OwnNames::default());
    // Ctrl+plus and Ctrl+minus change the reader's type, not the whole window.
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        // A desktop that does not tell gets paper, not night.
        options.fallback_theme = egui::Theme::Light;
    });
}

impl App {
    /// An app over `backend`; `places` is the city and number of towns of the place list the backend began with.
    pub fn new(saved: Saved, backend: Box<dyn Backend>, options: Options, places: (Option<String>, usize)) -> Self {
        let session = Session::new(places);
        Self {
            saved: saved.for_archive(&options.archive),
            backend,
            session,
            panels: PanelStates::default(),
            dialogs: Dialogs::default(),
            files: FileDialogs::default(),
            commands: Vec::new(),
            first_import: options.import,
            overrides: options.overrides,
            quits_anyway: false,
            clipboard: Clipboard::default(),
            archive: options.archive.display().to_string(),
            started: options.started,
            unfilled_since: options.started,
            first_frame_ms: None,
        }
    }

    /// Uses the clipboard of the desktop, with formatting.
    pub fn with_rich_clipboard(mut self) -> Self {
        self.clipboard = Clipboard::of_desktop();
        self
    }

    /// Texts in the chosen language.
    pub fn tr(&self) -> Tr {
        Tr { lang: self.saved.lang }
    }

    /// The open article.
    pub fn article_id(&self) -> Option<ArticleId> {
        self.session.article.as_ref().map(|article| article.id)
    }

    /// Number of articles in the result.
    pub fn result_count(&self) -> u64 {
        self.session.results.len()
    }

    /// The selected articles, in the order of the list.
    pub fn selected_ids(&self) -> Vec<ArticleId> {
        self.session.selection.ids()
    }

    /// What will be remembered.
    pub fn saved_state(&self) -> &Saved {
        &self.saved
    }

    /// Everything that changes state: called before each frame, and while the window is hidden.
    pub fn update(&mut self, ctx: &Context) {
        ctx.set_theme(self.saved.theme.preference());
        self.drain_worker();
        self.take_dropped(ctx);
        self.take_picked();
        for command in std::mem::take(&mut self.commands) {
            self.carry_out(command, ctx);
        }
        self.fetch_wanted_row();
        self.watch_import(ctx);
        self.watch_press(ctx);
        self.guard_closing(ctx);
        if self.session.news.as_ref().is_some_and(|(_, since)| since.elapsed() > NEWS_TIME) {
            self.session.news = None;
        } else if self.session.news.is_some() {
            ctx.request_repaint_after(NEWS_TIME);
        }
    }

    fn take_dropped(&mut self, ctx: &Context) {
        // Taken, not read: while the window is hidden this runs again with the same input.
        let dropped = ctx.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
        let paths: Vec<PathBuf> = dropped.iter().map(|file| file.path().to_owned()).collect();
        match paths.as_slice() {
            [] => {}
            // A booklet or the list of a folder is no dump: it is opened again.
            [one] if is_list_of_set(one) => {
                self.commands.push(Command::Press(PressCommand::OpenSet(one.clone())));
            }
            _ => self.commands.push(Command::Import(paths)),
        }
    }

    fn guard_closing(&mut self, ctx: &Context) {
        let wants_to_close = ctx.input(|input| input.viewport().close_requested());
        let is_busy = self.session.import.is_some() || self.session.press.export.is_some();
        if wants_to_close && is_busy && !self.quits_anyway {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.dialogs.quit = true;
        }
    }

    fn take_shortcuts(&mut self, ui: &Ui) {
        if self.dialogs.is_any_open() && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
            self.dialogs = Dialogs::default();
        }
        if self.session.is_full_screen && ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
            self.commands.push(Command::Do(Action::FullScreen));
        }
        let mut actions: Vec<Action> = Action::ALL.to_vec();
        // Ctrl+Shift+O before Ctrl+O: egui lets the shorter one match both.
        actions.sort_by_key(|action| std::cmp::Reverse(action.shortcut().map_or(0, |s| modifier_count(s.modifiers))));
        // What is typed into a field is taken back there, not in the archive.
        let is_typing = ui.ctx().text_edit_focused();
        actions.retain(|action| !(is_typing && matches!(action, Action::UndoRepair | Action::RedoRepair)));
        for action in actions {
            // In a text field Ctrl+A is about its text.
            if action == Action::SelectAll && ui.text_edit_focused() {
                continue;
            }
            if let Some(shortcut) = action.shortcut()
                && ui.input_mut(|input| input.consume_shortcut(&shortcut))
            {
                self.commands.push(Command::Do(action));
                if action == Action::FocusSearch {
                    // At once: what is typed in the same moment must not be lost.
                    focus_search_box(ui.ctx(), &self.panels.top);
                }
            }
        }
        // The key that carries "+" is "=" on most keyboards.
        if ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Equals)) {
            self.commands.push(Command::Do(Action::LargerType));
        }
    }

    /// Draws the window.
    pub fn draw(&mut self, ui: &mut Ui) {
        let lang = self.saved.lang;
        ui.ctx().with_plugin(|names: &mut super::names::OwnNames| names.lang = lang);
        self.take_shortcuts(ui);
        let palette = Palette::of(ui);
        if self.session.is_full_screen && self.session.article.is_some() {
            CentralPanel::default().frame(Frame::new().fill(palette.paper)).show(ui, |ui| self.draw_reader(ui));
            self.draw_dialogs(ui.ctx());
            if !self.commands.is_empty() {
                ui.ctx().request_repaint();
            }
            return;
        }
        let bar = |fill| Frame::new().fill(fill).inner_margin(Margin::symmetric(10, 7));
        Panel::top("top").frame(bar(palette.panel)).show(ui, |ui| self.draw_top(ui));
        Panel::bottom("status").frame(bar(palette.panel)).show(ui, |ui| self.draw_status(ui));
        match &self.session.stage {
            Stage::Failed(error) => {
                let error = error.clone();
                CentralPanel::default().show(ui, |ui| self.draw_failure(ui, &error));
            }
            _ if self.is_archive_empty() => {
                let (tr, is_importing) = (self.tr(), self.session.import.is_some());
                let frame = Frame::new().fill(palette.paper);
                CentralPanel::default()
                    .frame(frame)
                    .show(ui, |ui| welcome::welcome_ui(ui, tr, is_importing, &mut self.commands));
            }
            _ => self.draw_panes(ui, &palette),
        }
        self.draw_dialogs(ui.ctx());
        self.draw_drop_overlay(ui.ctx(), &palette);
        if !self.commands.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    fn is_archive_empty(&self) -> bool {
        self.saved.search == Default::default()
            && self.session.facets.as_ref().is_some_and(|f| f.total == 0)
            && self.session.results.is_empty()
    }

    fn draw_top(&mut self, ui: &mut Ui) {
        let view = TopView {
            tr: self.tr(),
            search: &self.saved.search,
            reading: self.reading(),
            is_open: self.session.stage == Stage::Open,
            shows_filters: self.saved.shows_filters,
            shows_list: self.saved.shows_list,
            shows_reader: self.saved.shows_reader,
            shelf: &self.session.shelf,
            suggestions: &self.session.suggestions,
        };
        top_ui(ui, &view, &mut self.panels.top, &mut self.commands);
    }

    /// What was read in another way than it may look.
    fn reading(&self) -> Option<String> {
        let is_chinese = self.saved.lang == super::i18n::Lang::Chinese;
        let notes = self.session.query.explain().notes;
        let sentences: Vec<String> = notes.iter().map(|note| note.sentence(is_chinese)).collect();
        (!sentences.is_empty()).then(|| sentences.join("  "))
    }

    fn draw_status(&mut self, ui: &mut Ui) {
        let view = StatusView {
            tr: self.tr(),
            import: self.session.import.as_ref().map(|import| &import.figures),
            report: self.session.report.as_deref(),
            news: self.session.news.as_ref().map(|(news, _)| news),
            archive: &self.archive,
            is_copy: self.session.is_copy,
            press: &self.session.press,
        };
        status_ui(ui, &view, &mut self.commands);
    }

    fn draw_failure(&mut self, ui: &mut Ui, error: &str) {
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.3);
            ui.label(RichText::new(self.tr().t("failure.title")).heading());
            ui.label(RichText::new(error).color(Palette::of(ui).error));
            ui.label(RichText::new(&self.archive).color(Palette::of(ui).weak));
            ui.label(self.tr().t("failure.hint"));
        });
    }

    fn draw_panes(&mut self, ui: &mut Ui, palette: &Palette) {
        let tr = self.tr();
        if self.saved.shows_filters {
            let panel = Panel::left("filters")
                .frame(Frame::new().fill(palette.panel).inner_margin(Margin { left: 10, right: 6, top: 8, bottom: 4 }))
                .default_size(size::FILTER_WIDTH)
                .size_range(180.0..=420.0);
            split_ui(ui, panel, |ui| {
                let view = FiltersView {
                    tr,
                    filter: &self.saved.search.filter,
                    facets: self.session.facets.as_ref(),
                    today: jiff::Zoned::now().date(),
                    days: self.session.days.as_ref(),
                    tags: &self.session.shelf.tags,
                };
                filters_ui(ui, &view, &mut self.panels.filters, &mut self.commands);
            });
        }
        let ground = |fill| Frame::new().fill(fill);
        match (self.saved.shows_list, self.saved.shows_reader) {
            (true, false) => {
                CentralPanel::default().frame(ground(palette.list)).show(ui, |ui| self.draw_list(ui));
            }
            (shows_list, _) => {
                if shows_list {
                    let panel = Panel::left("list")
                        .frame(ground(palette.list))
                        .default_size(size::LIST_WIDTH)
                        .size_range(260.0..=760.0);
                    split_ui(ui, panel, |ui| self.draw_list(ui));
                }
                CentralPanel::default().frame(ground(palette.paper)).show(ui, |ui| self.draw_reader(ui));
            }
        }
    }

    fn draw_list(&mut self, ui: &mut Ui) {
        let view = ResultsView {
            tr: self.tr(),
            list: &self.session.results,
            selection: &self.session.selection,
            density: self.saved.density,
            tags: &self.session.shelf.tags,
            open: self.saved.open,
            is_narrowed: self.is_narrowed(),
            search: &self.saved.search,
            why: self.session.why.as_deref(),
            loose: &self.session.loose,
            shows_loose: self.session.shows_loose,
        };
        let rows = results_ui(ui, &view, &mut self.panels.list, &mut self.commands);
        if let Some(block) = self.session.results.missing_block(rows) {
            self.ask_rows(block);
        }
    }

    fn draw_reader(&mut self, ui: &mut Ui) {
        let row = self.session.open_row;
        let view = ReaderView {
            tr: self.tr(),
            article: self.session.article.as_ref(),
            page: self.session.page.as_ref(),
            marks: self.session.marks_of(self.article_id()),
            tags: &self.session.shelf.tags,
            related: self.session.related.as_ref(),
            same_day: self.session.same_day.as_ref(),
            query: &self.session.query,
            type_size: self.saved.reader_size,
            face: self.saved.face,
            shows_source: self.saved.shows_source,
            shows_beside: self.saved.shows_beside,
            shows_overview: self.session.shows_overview,
            has_next: row.is_none_or(|row| row + 1 < self.session.results.len()),
            has_previous: row.is_some_and(|row| row > 0),
        };
        reader_ui(ui, &view, &mut self.panels.reader, &mut self.commands);
    }

    fn is_narrowed(&self) -> bool {
        !self.saved.search.query.trim().is_empty() || !self.saved.search.filter.is_empty()
    }

    fn draw_dialogs(&mut self, ctx: &Context) {
        let tr = self.tr();
        let is_importing = self.session.import.is_some();
        if let Some(preview) = &mut self.session.preview {
            import_preview_ui(ctx, tr, preview, &mut self.commands);
        }
        if self.dialogs.imports {
            let view = ImportsView {
                tr,
                imports: &self.session.imports,
                report: self.session.shown_report.as_deref(),
                is_importing,
            };
            imports_ui(ctx, &view, &mut self.panels.imports, &mut self.dialogs.imports, &mut self.commands);
        }
        if self.dialogs.settings {
            let view = SettingsView { tr, saved: &self.saved, places: &self.session.places, is_importing };
            settings_ui(ctx, &view, &mut self.dialogs.settings, &mut self.commands);
        }
        if self.dialogs.basket {
            let basket = &self.session.shelf.basket;
            basket::basket_ui(ctx, tr, basket, &mut self.dialogs.basket, &mut self.commands);
        }
        if let Some(text) = &mut self.dialogs.page_text {
            let mut is_open = true;
            page_text::page_text_ui(ctx, tr, text, &self.session.query, &mut is_open);
            if !is_open {
                self.dialogs.page_text = None;
            }
        }
        self.draw_repair(ctx);
        self.draw_press(ctx);
        if self.dialogs.repairs {
            let made = &self.session.repairs;
            repairs::repairs_ui(ctx, tr, made, &mut self.dialogs.repairs, &mut self.commands);
        }
        if let Some(state) = &mut self.dialogs.paragraph {
            let mut is_open = true;
            paragraph::paragraph_ui(ctx, tr, state, &mut is_open, &mut self.commands);
            if !is_open {
                self.dialogs.paragraph = None;
            }
        }
        if let Some(palette) = &mut self.dialogs.palette {
            palette::palette_ui(ctx, tr, palette, &mut self.commands);
        }
        if self.dialogs.shortcuts {
            shortcuts::shortcuts_ui(ctx, tr, &mut self.dialogs.shortcuts);
        }
        if self.dialogs.about {
            let view = about::AboutView {
                tr,
                archive: &self.archive,
                articles: self.session.facets.as_ref().map_or(0, |facets| facets.total),
                first_frame_ms: self.first_frame_ms,
            };
            about::about_ui(ctx, &view, &mut self.dialogs.about, &mut self.commands);
        }
        if self.dialogs.quit {
            quit::quit_ui(ctx, tr, is_importing, &mut self.dialogs.quit, &mut self.commands);
        }
    }

    fn draw_repair(&mut self, ctx: &Context) {
        let tr = self.tr();
        let Some(state) = &mut self.dialogs.repair else { return };
        let made = self.session.marks.as_ref().filter(|(id, ..)| *id == state.id);
        let made = made.map(|(.., repairs)| repairs.as_slice()).unwrap_or_default();
        let mut is_open = true;
        repair::repair_ui(ctx, tr, state, made, &mut is_open, &mut self.commands);
        if !is_open {
            self.dialogs.repair = None;
        }
    }

    fn draw_press(&mut self, ctx: &Context) {
        let tr = self.tr();
        let mut is_open = true;
        if let Some(state) = &mut self.dialogs.export {
            let is_busy = self.session.press.export.is_some();
            export::export_ui(ctx, tr, state, is_busy, &mut is_open, &mut self.commands);
            if !is_open {
                self.dialogs.export = None;
            }
        }
        let mut is_open = true;
        if let Some(state) = &mut self.dialogs.preview {
            let press = &self.session.press;
            let view = PreviewView { tr, sheets: press.sheets.as_ref(), printers: press.printers.as_ref() };
            preview_ui(ctx, &view, state, &mut is_open, &mut self.commands);
            if !is_open {
                self.dialogs.preview = None;
            }
        }
    }

    fn draw_drop_overlay(&self, ctx: &Context, palette: &Palette) {
        let hovered = ctx.input(|input| input.raw.hovered_files.len());
        if hovered == 0 {
            return;
        }
        let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop-overlay")));
        let rect = ctx.content_rect();
        painter.rect_filled(rect, 0.0, palette.veil);
        let frame = egui::Stroke::new(3.0, palette.accent);
        painter.rect_stroke(rect.shrink(24.0), 14.0, frame, egui::StrokeKind::Inside);
        let text = if self.session.import.is_some() {
            self.tr().f("drop.busy", &[("n", hovered.to_string())])
        } else {
            self.tr().f("drop.here", &[("n", hovered.to_string())])
        };
        let font = fonts::sans_bold(26.0);
        painter.text(rect.center(), egui::Align2::CENTER_CENTER, text, font, palette.accent);
    }
}

fn modifier_count(modifiers: egui::Modifiers) -> u32 {
    [modifiers.alt, modifiers.shift, modifiers.command].into_iter().map(u32::from).sum()
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.update(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.draw(ui);
        if let Some(started) = self.started.take() {
            let ms = started.elapsed().as_millis();
            log::info!("first frame after {ms} ms");
            self.first_frame_ms = Some(ms);
        }
        if let Some(started) = self.unfilled_since
            && self.session.facets.is_some()
            && !self.session.results.is_waiting()
        {
            log::info!("list with counts after {} ms", started.elapsed().as_millis());
            self.unfilled_since = None;
        }
        // The frame before this one: what it cost without waiting for the screen.
        if let Some(seconds) = frame.info().cpu_usage {
            log::trace!("frame {:.2} ms", seconds * 1000.0);
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.keep_position();
        eframe::set_value(storage, Saved::KEY, &self.saved);
    }
}
