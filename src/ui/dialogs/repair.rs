//! Repairing an article: what reconstruction got wrong is corrected in a layer over the untouched original.

use super::window_ui;
use crate::model::{Article, ArticleId, Byline, BylineRole, Kind};
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use crate::ui::theme::{Palette, size};
use crate::worker::{Edit, MadeEdit, Note};
use egui::{Context, Grid, RichText, TextEdit, Ui};

/// Edit buffers of the dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairState {
    /// The article.
    pub id: ArticleId,
    before: Fields,
    fields: Fields,
}

/// The fields as they are typed.
#[derive(Clone, Debug, PartialEq)]
struct Fields {
    kicker: String,
    title: String,
    subtitle: String,
    column: String,
    bylines: String,
    towns: String,
    sections: String,
    kind: Kind,
}

impl RepairState {
    /// Begins with the article as it is shown.
    pub fn new(tr: Tr, id: ArticleId, article: &Article) -> Self {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let bylines: Vec<String> = article.bylines.iter().map(|byline| byline_line(tr, byline)).collect();
        let fields = Fields {
            kicker: text(&article.kicker),
            title: article.title.clone(),
            subtitle: text(&article.subtitle),
            column: text(&article.column),
            bylines: bylines.join("\n"),
            towns: article.towns.join(" "),
            sections: article.sections.join(" "),
            kind: article.kind,
        };
        Self { id, before: fields.clone(), fields }
    }

    /// The repairs that lead from the article to what was typed.
    fn edits(&self, tr: Tr) -> Vec<Edit> {
        let (old, new) = (&self.before, &self.fields);
        let optional = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let mut edits = Vec::new();
        let mut push = |is_changed: bool, edit: Edit| {
            if is_changed {
                edits.push(edit);
            }
        };
        push(old.kicker != new.kicker, Edit::Kicker(optional(&new.kicker)));
        push(old.title != new.title && !new.title.trim().is_empty(), Edit::Title(new.title.trim().to_owned()));
        push(old.subtitle != new.subtitle, Edit::Subtitle(optional(&new.subtitle)));
        push(old.column != new.column, Edit::Column(optional(&new.column)));
        push(old.bylines != new.bylines, Edit::Bylines(bylines(tr, &new.bylines)));
        push(old.towns != new.towns, Edit::Towns(words(&new.towns)));
        push(old.sections != new.sections, Edit::Sections(words(&new.sections)));
        push(old.kind != new.kind, Edit::Kind(new.kind));
        edits
    }
}

/// "记者 张三": a byline as one line.
fn byline_line(tr: Tr, byline: &Byline) -> String {
    let role = tr.join("byline", byline.role.as_str());
    match &byline.position {
        Some(position) => format!("{role} {position} {}", byline.name),
        None => format!("{role} {}", byline.name),
    }
}

/// Bylines out of lines: a role's word (author where there is none), an office where there are three parts, a name.
fn bylines(tr: Tr, text: &str) -> Vec<Byline> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let parse = |line: &str| {
        let find = |word: &str| BylineRole::ALL.into_iter().find(|role| tr.join("byline", role.as_str()) == word);
        let mut parts: Vec<&str> = line.split_whitespace().collect();
        let role = parts.first().and_then(|word| find(word));
        if role.is_some() && parts.len() > 1 {
            parts.remove(0);
        }
        let name = parts.pop().unwrap_or_default().to_owned();
        let position = Some(parts.join(" ")).filter(|p| !p.is_empty());
        Byline { role: role.unwrap_or(BylineRole::Author), name, position }
    };
    lines.map(parse).collect()
}

/// Draws the dialog.
pub fn repair_ui(
    ctx: &Context,
    tr: Tr,
    state: &mut RepairState,
    made: &[MadeEdit],
    is_open: &mut bool,
    commands: &mut Vec<Command>,
) {
    let title = tr.f("repair.title", &[("t", state.before.title.clone())]);
    window_ui(ctx, &title, is_open, |ui| {
        fields_ui(ui, tr, &mut state.fields);
        let edits = state.edits(tr);
        if ui.add_enabled(!edits.is_empty(), egui::Button::new(tr.t("repair.save"))).clicked() {
            commands.push(Command::Write(Note::Repair(state.id, edits)));
            state.before = state.fields.clone();
        }
        ui.separator();
        made_ui(ui, tr, state.id, made, commands);
    });
}

fn fields_ui(ui: &mut Ui, tr: Tr, fields: &mut Fields) {
    Grid::new("repair").num_columns(2).spacing([16.0, 8.0]).show(ui, |ui| {
        let line = |ui: &mut Ui, name: &str, text: &mut String, hint: String| {
            ui.label(name);
            let edit = TextEdit::singleline(text).hint_text(hint).desired_width(430.0);
            ui.add(edit).accessible_name(name);
            ui.end_row();
        };
        line(ui, &tr.t("repair.column"), &mut fields.column, String::new());
        line(ui, &tr.t("repair.kicker"), &mut fields.kicker, String::new());
        line(ui, &tr.t("repair.headline"), &mut fields.title, String::new());
        line(ui, &tr.t("repair.subtitle"), &mut fields.subtitle, String::new());
        line(ui, &tr.t("repair.towns"), &mut fields.towns, tr.t("repair.comma").into_owned());
        line(ui, &tr.t("repair.sections"), &mut fields.sections, tr.t("repair.comma").into_owned());
        ui.label(tr.t("repair.bylines"));
        let hint = tr.t("repair.bylines-hint").into_owned();
        let edit = TextEdit::multiline(&mut fields.bylines).hint_text(hint).desired_rows(2).desired_width(430.0);
        ui.add(edit).accessible_name(tr.t("repair.bylines"));
        ui.end_row();
        ui.label(tr.t("repair.kind"));
        let name = |kind: Kind| tr.join("kind", kind.as_str());
        let combo = egui::ComboBox::from_id_salt("kind").selected_text(name(fields.kind)).show_ui(ui, |ui| {
            for kind in Kind::ALL {
                ui.selectable_value(&mut fields.kind, kind, name(kind));
            }
        });
        combo.response.accessible_name(tr.t("repair.kind"));
        ui.end_row();
    });
}

fn made_ui(ui: &mut Ui, tr: Tr, id: ArticleId, made: &[MadeEdit], commands: &mut Vec<Command>) {
    let weak = Palette::of(ui).weak;
    let heading = if made.is_empty() { tr.t("repair.none") } else { tr.t("repair.history") };
    ui.label(RichText::new(heading).size(size::SMALL).color(weak));
    for edit in made {
        ui.horizontal(|ui| {
            let mut text = RichText::new(describe(tr, &edit.edit)).size(size::SMALL);
            if edit.is_undone {
                text = text.strikethrough().color(weak);
            }
            ui.add(egui::Label::new(text).truncate());
            let button = if edit.is_undone { tr.t("repair.redo") } else { tr.t("repair.undo") };
            if ui.small_button(button).clicked() {
                commands.push(Command::Write(Note::SetUndone(edit.id, !edit.is_undone)));
            }
        });
    }
    if made.iter().any(|edit| !edit.is_undone) && ui.button(tr.t("repair.revert")).clicked() {
        commands.push(Command::Write(Note::Revert(id)));
    }
}

/// A repair in words: the field and what it became.
fn describe(tr: Tr, edit: &Edit) -> String {
    let optional = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let (field, value) = match edit {
        Edit::Kicker(text) => (tr.t("repair.kicker"), optional(text)),
        Edit::Title(text) => (tr.t("repair.headline"), text.clone()),
        Edit::Subtitle(text) => (tr.t("repair.subtitle"), optional(text)),
        Edit::Column(text) => (tr.t("repair.column"), optional(text)),
        Edit::Bylines(list) => {
            let lines: Vec<String> = list.iter().map(|byline| byline_line(tr, byline)).collect();
            (tr.t("repair.bylines"), lines.join("; "))
        }
        Edit::Towns(list) => (tr.t("repair.towns"), list.join(" ")),
        Edit::Sections(list) => (tr.t("repair.sections"), list.join(" ")),
        Edit::Kind(kind) => (tr.t("repair.kind"), tr.join("kind", kind.as_str())),
        // Repairs of paragraphs are made elsewhere; here they can be undone.
        other => (tr.t("role.body"), serde_json::to_string(other).unwrap_or_default()),
    };
    format!("{field} → {value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_changed_becomes_a_repair() {
        let tr = Tr::default();
        let article = Article { title: "旧题".into(), towns: vec!["甲镇".into()], ..Article::default() };
        let mut state = RepairState::new(tr, ArticleId(1), &article);
        assert!(state.edits(tr).is_empty());
        state.fields.title = " 新题 ".into();
        state.fields.towns = "甲镇  乙镇".into();
        state.fields.bylines = "记者 张三\n某镇党委书记 李四\n通讯员 王五".into();
        let edits = state.edits(tr);
        assert_eq!(edits[0], Edit::Title("新题".into()));
        assert!(edits.contains(&Edit::Towns(vec!["甲镇".into(), "乙镇".into()])));
        let Some(Edit::Bylines(list)) = edits.iter().find(|e| matches!(e, Edit::Bylines(_))) else { panic!() };
        assert_eq!(list[0], Byline { role: BylineRole::Reporter, name: "张三".into(), position: None });
        let essay =
            Byline { role: BylineRole::Author, name: "李四".into(), position: Some("某镇党委书记".into()) };
        assert_eq!(list[1], essay);
        assert_eq!(list[2].role, BylineRole::Correspondent);
        state.fields.title = "  ".into();
        assert!(!state.edits(tr).iter().any(|e| matches!(e, Edit::Title(_))), "an article keeps a headline");
    }
}
