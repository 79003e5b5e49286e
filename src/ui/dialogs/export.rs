//! The export dialog: which articles, as what, how, where to.

use super::window_ui;
use crate::model::Selection;
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use crate::ui::press::{Choices, PressCommand, Scope, ScopeChoice};
use crate::ui::theme::{Palette, size};
use crate::worker::export::{Encoding, Format, Paper};
use egui::{Button, ComboBox, Context, Grid, RichText, TextEdit, Ui};
use std::path::{Path, PathBuf};

/// Width of the dialog's fields.
const FIELD: f32 = 400.0;

/// What is chosen in the dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportState {
    /// Which articles.
    pub scope: Scope,
    scopes: Vec<ScopeChoice>,
    /// As what and how.
    pub choices: Choices,
    /// Title of a set.
    pub title: String,
    is_title_typed: bool,
    /// Where to.
    pub path: String,
    /// The path as it was suggested; while nothing else is typed it follows the other choices.
    suggested: String,
    /// The path that the system's dialog gave, which asked about replacing.
    chosen: Option<String>,
    /// What the suggestion was made for.
    suggested_for: Option<(Scope, Format, bool, String)>,
    /// Something of that name is there.
    pub asks_to_replace: bool,
}

impl ExportState {
    /// A dialog for these articles.
    pub fn new(scope: Scope, scopes: Vec<ScopeChoice>, choices: Choices, title: String) -> Self {
        let is_there = scopes.iter().any(|choice| choice.scope == scope);
        let scope = if is_there { scope } else { scopes.first().map(|first| first.scope.clone()).unwrap_or_default() };
        Self {
            scope,
            scopes,
            choices,
            title,
            is_title_typed: false,
            path: String::new(),
            suggested: String::new(),
            chosen: None,
            suggested_for: None,
            asks_to_replace: false,
        }
    }

    /// The articles that are chosen.
    pub fn selection(&self) -> Option<Selection> {
        self.choice().map(|choice| choice.selection.clone())
    }

    fn choice(&self) -> Option<&ScopeChoice> {
        self.scopes.iter().find(|choice| choice.scope == self.scope)
    }

    fn is_set(&self) -> bool {
        self.choice().is_some_and(|choice| choice.count != Some(1))
    }

    /// Whether a folder is written rather than a file.
    pub fn is_folder(&self) -> bool {
        self.choices.is_one_file_each && self.is_set()
    }

    /// Whether the path stands as the system's dialog gave it.
    pub fn is_chosen(&self) -> bool {
        self.chosen.as_deref() == Some(self.path.as_str())
    }

    /// The path that the system's dialog gave.
    pub fn choose(&mut self, path: &Path) {
        self.path = path.display().to_string();
        self.chosen = Some(self.path.clone());
        self.asks_to_replace = false;
    }

    /// A title that was not typed.
    pub fn set_title(&mut self, title: String) {
        if !self.is_title_typed {
            self.title = title;
        }
    }

    fn suggestion_key(&self) -> (Scope, Format, bool, String) {
        (self.scope.clone(), self.choices.format, self.is_folder(), self.title.clone())
    }

    /// Whether something changed that the suggested place depends on.
    pub fn wants_suggestion(&self) -> bool {
        self.suggested_for.as_ref() != Some(&self.suggestion_key())
    }

    /// Whether the suggestion was made for other articles.
    pub fn is_another_scope(&self) -> bool {
        self.suggested_for.as_ref().is_none_or(|(scope, ..)| *scope != self.scope)
    }

    /// A place to write to. A place that somebody chose keeps its folder and name and only changes its ending.
    pub fn suggest(&mut self, path: &Path) {
        let own = self.path != self.suggested && !self.path.trim().is_empty();
        let path = if own { PathBuf::from(self.path.trim()) } else { path.to_owned() };
        let path = if self.is_folder() {
            path.with_extension("")
        } else if path.extension().is_some_and(is_known_ending) || !own {
            path.with_extension(self.choices.format.extension())
        } else {
            path
        };
        self.path = path.display().to_string();
        if !own {
            self.suggested.clone_from(&self.path);
        }
        self.asks_to_replace = false;
        self.suggested_for = Some(self.suggestion_key());
    }
}

fn is_known_ending(ending: &std::ffi::OsStr) -> bool {
    Format::ALL.iter().any(|format| ending == format.extension())
}

/// Draws the dialog.
pub fn export_ui(
    ctx: &Context,
    tr: Tr,
    state: &mut ExportState,
    is_busy: bool,
    is_open: &mut bool,
    commands: &mut Vec<Command>,
) {
    let mut push = |command| commands.push(Command::Press(command));
    window_ui(ctx, &tr.t("press.export-title"), is_open, |ui| {
        Grid::new("export").num_columns(2).spacing([18.0, 10.0]).show(ui, |ui| {
            scope_row(ui, tr, &mut state.scope, &state.scopes);
            format_row(ui, tr, &mut state.choices.format);
            options_rows(ui, tr, state, &mut push);
            ui.label(tr.t("press.where"));
            ui.horizontal(|ui| {
                let edit = TextEdit::singleline(&mut state.path).desired_width(FIELD - 70.0);
                let name = tr.t("press.where");
                if ui.add(edit).accessible_name(name).changed() {
                    state.asks_to_replace = false;
                }
                if ui.button(tr.t("press.choose")).clicked() {
                    push(PressCommand::ChoosePlace);
                }
            });
            ui.end_row();
        });
        ui.add_space(6.0);
        if state.asks_to_replace {
            ui.horizontal(|ui| {
                ui.label(RichText::new(tr.t("press.exists")).color(Palette::of(ui).warning));
                if ui.button(tr.t("press.replace")).clicked() {
                    push(PressCommand::Replace);
                }
            });
        }
        ui.separator();
        ui.horizontal(|ui| {
            let can_begin = !is_busy && !state.path.trim().is_empty() && !state.asks_to_replace;
            let text = RichText::new(tr.t("press.export")).strong();
            if ui.add_enabled(can_begin, Button::new(text)).clicked() {
                push(PressCommand::Export);
            }
            if ui.button(tr.t("press.preview")).on_hover_text(tr.t("press.preview-tip")).clicked() {
                push(PressCommand::ShowPreview(state.scope.clone()));
            }
            if is_busy {
                ui.label(RichText::new(tr.t("press.busy")).size(size::SMALL).color(Palette::of(ui).weak));
            }
        });
    });
}

pub(super) fn scope_row(ui: &mut Ui, tr: Tr, scope: &mut Scope, scopes: &[ScopeChoice]) {
    ui.label(tr.t("press.scope"));
    scope_box(ui, tr, scope, scopes, FIELD);
    ui.end_row();
}

/// Chooses which articles; tells whether that changed.
pub(super) fn scope_box(ui: &mut Ui, tr: Tr, scope: &mut Scope, scopes: &[ScopeChoice], width: f32) -> bool {
    let before = scope.clone();
    let shown = scopes.iter().find(|choice| choice.scope == *scope).map(|choice| choice.text(tr)).unwrap_or_default();
    let list = ComboBox::from_id_salt("scope").selected_text(shown).width(width).show_ui(ui, |ui| {
        for choice in scopes {
            ui.selectable_value(scope, choice.scope.clone(), choice.text(tr));
        }
    });
    list.response.accessible_name(tr.t("press.scope"));
    before != *scope
}

fn format_row(ui: &mut Ui, tr: Tr, format: &mut Format) {
    ui.label(tr.t("press.format"));
    let name = |format: Format| tr.join("format", format.word());
    let list = ComboBox::from_id_salt("format").selected_text(name(*format)).width(FIELD).height(400.0);
    let list = list.show_ui(ui, |ui| {
        for choice in Format::ALL {
            ui.selectable_value(format, choice, name(choice));
        }
    });
    list.response.accessible_name(tr.t("press.format"));
    ui.end_row();
}

fn options_rows(ui: &mut Ui, tr: Tr, state: &mut ExportState, push: &mut dyn FnMut(PressCommand)) {
    let is_set = state.is_set();
    let is_folder = state.is_folder();
    let choices = &mut state.choices;
    if is_set {
        ui.label("");
        ui.checkbox(&mut choices.is_one_file_each, tr.t("press.one-each")).on_hover_text(tr.t("press.one-each-tip"));
        ui.end_row();
    }
    let has_title =
        matches!(choices.format, Format::Pdf | Format::Docx | Format::Html | Format::Markdown) && is_set && !is_folder;
    if has_title {
        ui.label(tr.t("press.title"));
        let edit = TextEdit::singleline(&mut state.title).desired_width(FIELD);
        if ui.add(edit).accessible_name(tr.t("press.title")).changed() {
            state.is_title_typed = true;
        }
        ui.end_row();
    }
    match choices.format {
        Format::Pdf => {
            paper_row(ui, tr, choices);
            template_row(ui, tr, choices, push);
        }
        Format::Png => {
            ui.label(tr.t("press.width"));
            ui.horizontal(|ui| {
                for width in Choices::WIDTHS {
                    ui.selectable_value(&mut choices.width_px, width, width.to_string());
                }
                ui.label(tr.t("press.pixels"));
            });
            ui.end_row();
            template_row(ui, tr, choices, push);
        }
        Format::Txt | Format::PageText => {
            ui.label(tr.t("press.encoding"));
            ui.horizontal(|ui| {
                ui.selectable_value(&mut choices.encoding, Encoding::Utf8, tr.t("press.utf8"));
                ui.selectable_value(&mut choices.encoding, Encoding::Gb18030, tr.t("press.gb18030"));
            });
            ui.end_row();
        }
        _ => {}
    }
    let note = tr.join("format-note", choices.format.word());
    ui.label("");
    ui.add(egui::Label::new(RichText::new(note).size(size::SMALL).color(Palette::of(ui).weak)).wrap());
    ui.end_row();
}

fn paper_row(ui: &mut Ui, tr: Tr, choices: &mut Choices) {
    ui.label(tr.t("press.paper"));
    ui.horizontal(|ui| {
        paper_choice(ui, tr, choices);
    });
    ui.end_row();
    ui.label(tr.t("press.columns"));
    ui.horizontal(|ui| {
        columns_choice(ui, tr, choices);
    });
    ui.end_row();
}

/// Chooses the paper; tells whether that changed.
pub(super) fn paper_choice(ui: &mut Ui, tr: Tr, choices: &mut Choices) -> bool {
    let before = choices.paper;
    for paper in Paper::ALL {
        ui.selectable_value(&mut choices.paper, paper, tr.join("paper", paper.word()));
    }
    before != choices.paper
}

/// Chooses the columns; tells whether that changed.
pub(super) fn columns_choice(ui: &mut Ui, tr: Tr, choices: &mut Choices) -> bool {
    let before = choices.columns;
    for (columns, text) in [(1, tr.t("press.one-column")), (2, tr.t("press.two-columns"))] {
        ui.selectable_value(&mut choices.columns, columns, text);
    }
    before != choices.columns
}

fn template_row(ui: &mut Ui, tr: Tr, choices: &mut Choices, push: &mut dyn FnMut(PressCommand)) {
    ui.label(tr.t("press.template"));
    ui.horizontal(|ui| {
        let name = choices.template.as_ref().and_then(|path| path.file_name());
        let name = name.map_or_else(|| tr.t("press.builtin").into_owned(), |name| name.to_string_lossy().into_owned());
        ui.label(name);
        if ui.button(tr.t("press.choose-template")).on_hover_text(tr.t("press.template-tip")).clicked() {
            push(PressCommand::ChooseTemplate);
        }
        if choices.template.is_some() && ui.button(tr.t("press.reset-template")).clicked() {
            choices.template = None;
        }
    });
    ui.end_row();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SearchRequest;

    fn state() -> ExportState {
        let search = SearchRequest::default();
        let scopes = ScopeChoice::all(None, Vec::new(), 0, (5, &search), std::iter::empty());
        let mut state = ExportState::new(Scope::Open, scopes, Choices::default(), "剪报".to_owned());
        state.suggest(Path::new("文档/剪报.pdf"));
        state
    }

    #[test]
    fn a_scope_without_articles_gives_way() {
        assert_eq!(state().scope, Scope::Result);
    }

    #[test]
    fn the_suggested_place_follows_and_a_typed_one_only_changes_its_ending() {
        let mut state = state();
        state.choices.format = Format::Docx;
        assert!(state.wants_suggestion());
        state.suggest(Path::new("文档/剪报.docx"));
        assert_eq!(state.path, Path::new("文档/剪报.docx").display().to_string());
        assert!(!state.wants_suggestion());
        state.path = "我的/三月.docx".to_owned();
        state.choices.format = Format::Txt;
        state.suggest(Path::new("文档/剪报.txt"));
        assert_eq!(state.path, Path::new("我的/三月.txt").display().to_string());
        state.choices.is_one_file_each = true;
        state.suggest(Path::new("文档/剪报"));
        assert_eq!(state.path, Path::new("我的/三月").display().to_string());
    }
}
