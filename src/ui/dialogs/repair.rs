//! Repairing an article: what reconstruction got wrong is corrected in a layer over the untouched original.

use super::window_ui;
use crate::ingest::parse_date;
use crate::model::{Anchor, ArticleId, Byline, BylineRole, Field, Kind, PageId, Repair, StoredArticle};
use crate::ui::command::Command;
use crate::ui::i18n::Tr;
use crate::ui::repair_words::{byline_line, describe};
use crate::ui::theme::{Palette, size};
use crate::worker::{MadeRepair, Note};
use egui::{Context, Grid, RichText, TextEdit, Ui};

/// Edit buffers of the dialog.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairState {
    /// The article.
    pub id: ArticleId,
    page: PageId,
    anchor: Anchor,
    before: Fields,
    fields: Fields,
    has_focus: bool,
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
    date: String,
    newspaper: String,
    page_label: String,
}

impl RepairState {
    /// Begins with the article as it is shown.
    pub fn new(tr: Tr, stored: &StoredArticle) -> Self {
        let article = &stored.article;
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
            date: stored.date.best.map(|date| date.to_string()).unwrap_or_default(),
            newspaper: text(&stored.newspaper),
            page_label: text(&stored.page_label),
        };
        let (id, page, anchor) = (stored.id, stored.page_id, Anchor::of(article));
        Self { id, page, anchor, before: fields.clone(), fields, has_focus: false }
    }

    /// The repairs that lead from the article to what was typed. A date that cannot be read is none.
    fn repairs(&self, tr: Tr) -> Vec<Repair> {
        let (old, new) = (&self.before, &self.fields);
        let optional = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let mut fields = Vec::new();
        let mut push = |is_changed: bool, field: Field| {
            if is_changed {
                fields.push(Repair::Set { of: self.anchor.clone(), field });
            }
        };
        push(old.kicker != new.kicker, Field::Kicker(optional(&new.kicker)));
        push(old.title != new.title && !new.title.trim().is_empty(), Field::Title(new.title.trim().to_owned()));
        push(old.subtitle != new.subtitle, Field::Subtitle(optional(&new.subtitle)));
        push(old.column != new.column, Field::Column(optional(&new.column)));
        push(old.bylines != new.bylines, Field::Bylines(bylines(tr, &new.bylines)));
        push(old.towns != new.towns, Field::Towns(words(&new.towns)));
        push(old.sections != new.sections, Field::Sections(words(&new.sections)));
        push(old.kind != new.kind, Field::Kind(new.kind));
        if old.newspaper != new.newspaper {
            fields.push(Repair::Newspaper { to: optional(&new.newspaper) });
        }
        if old.page_label != new.page_label {
            fields.push(Repair::PageLabel { to: optional(&new.page_label) });
        }
        if old.date != new.date && self.is_date_readable() {
            fields.push(Repair::Date { to: parse_date(&new.date) });
        }
        fields
    }

    fn is_date_readable(&self) -> bool {
        self.fields.date.trim().is_empty() || parse_date(&self.fields.date).is_some()
    }
}

/// Bylines out of lines: a role's word (author where there is none), an office where there are three parts, a name.
fn bylines(tr: Tr, text: &str) -> Vec<Byline> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let parse = |line: &str| {
        // A role with two words is found by either.
        let is_named = |role: &BylineRole, word: &str| {
            let label = tr.join("byline", role.as_str());
            label == word || label.split('/').any(|one| one == word)
        };
        let find = |word: &str| BylineRole::ALL.into_iter().find(|role| is_named(role, word));
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
    made: &[MadeRepair],
    is_open: &mut bool,
    commands: &mut Vec<Command>,
) {
    let title = tr.f("repair.title", &[("t", state.before.title.clone())]);
    window_ui(ctx, &title, is_open, |ui| {
        let is_readable = state.is_date_readable();
        let wants_focus = !std::mem::replace(&mut state.has_focus, true);
        fields_ui(ui, tr, &mut state.fields, is_readable, wants_focus);
        let repairs = state.repairs(tr);
        if ui.add_enabled(!repairs.is_empty() && is_readable, egui::Button::new(tr.t("repair.save"))).clicked() {
            commands.push(Command::Write(Note::Repair(state.page, state.before.title.clone(), repairs)));
            state.before = state.fields.clone();
        }
        ui.separator();
        made_ui(ui, tr, state.id, made, commands);
    });
}

fn fields_ui(ui: &mut Ui, tr: Tr, fields: &mut Fields, is_date_readable: bool, wants_focus: bool) {
    let error = Palette::of(ui).error;
    Grid::new("repair").num_columns(2).spacing([16.0, 8.0]).show(ui, |ui| {
        let line = |ui: &mut Ui, name: &str, text: &mut String, hint: String, is_wrong: bool| {
            ui.label(name);
            let mut edit = TextEdit::singleline(text).hint_text(hint).desired_width(430.0);
            if is_wrong {
                edit = edit.text_color(error);
            }
            let response = ui.add(edit).accessible_name(name);
            ui.end_row();
            response
        };
        line(ui, &tr.t("repair.column"), &mut fields.column, String::new(), false);
        line(ui, &tr.t("repair.kicker"), &mut fields.kicker, String::new(), false);
        let headline = line(ui, &tr.t("repair.headline"), &mut fields.title, String::new(), false);
        if wants_focus {
            headline.request_focus();
        }
        line(ui, &tr.t("repair.subtitle"), &mut fields.subtitle, String::new(), false);
        line(ui, &tr.t("repair.towns"), &mut fields.towns, tr.t("repair.comma").into_owned(), false);
        line(ui, &tr.t("repair.sections"), &mut fields.sections, tr.t("repair.comma").into_owned(), false);
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
        let hint = tr.t("repair.date-hint").into_owned();
        line(ui, &tr.t("repair.date"), &mut fields.date, hint, !is_date_readable);
        line(ui, &tr.t("repair.newspaper"), &mut fields.newspaper, String::new(), false);
        line(ui, &tr.t("repair.page-label"), &mut fields.page_label, String::new(), false);
    });
}

fn made_ui(ui: &mut Ui, tr: Tr, id: ArticleId, made: &[MadeRepair], commands: &mut Vec<Command>) {
    let weak = Palette::of(ui).weak;
    let heading = if made.is_empty() { tr.t("repair.none") } else { tr.t("repair.history") };
    ui.label(RichText::new(heading).size(size::SMALL).color(weak));
    for repair in made {
        made_row_ui(ui, tr, repair, commands);
    }
    if made.iter().any(|edit| !edit.is_undone) && ui.button(tr.t("repair.revert")).clicked() {
        commands.push(Command::Write(Note::Revert(id)));
    }
}

/// One repair that was made, with the button that takes it back or does it again.
pub fn made_row_ui(ui: &mut Ui, tr: Tr, made: &MadeRepair, commands: &mut Vec<Command>) {
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        let button = if made.is_undone { tr.t("repair.redo") } else { tr.t("repair.undo") };
        let words = describe(tr, &made.repair);
        let name = format!("{button} {words}");
        if ui.small_button(button).on_hover_text(&name).accessible_name(name).clicked() {
            commands.push(Command::Write(Note::SetUndone(vec![made.id], !made.is_undone)));
        }
        let mut text = RichText::new(words).size(size::SMALL);
        if made.is_undone {
            text = text.strikethrough().color(palette.weak);
        }
        if let Some(trouble) = made.trouble {
            let why = tr.join("trouble", trouble.as_str());
            ui.label(RichText::new(why).size(size::SMALL).color(palette.warning));
        }
        ui.add(egui::Label::new(text).truncate()).on_hover_text(&made.made_at);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, ArticleId};

    fn state(article: Article) -> RepairState {
        let stored = StoredArticle {
            id: ArticleId(1),
            page_id: PageId(1),
            position: 0,
            newspaper: None,
            page_label: Some("A1".into()),
            date: crate::model::DateEvidence::default(),
            source: crate::model::Source::default(),
            article,
        };
        RepairState::new(Tr::default(), &stored)
    }

    #[test]
    fn only_what_was_changed_becomes_a_repair() {
        let tr = Tr::default();
        let mut state = state(Article { title: "旧题".into(), towns: vec!["甲镇".into()], ..Article::default() });
        assert!(state.repairs(tr).is_empty());
        state.fields.title = " 新题 ".into();
        state.fields.towns = "甲镇  乙镇".into();
        state.fields.bylines = "记者 张三\n某镇党委书记 李四\n通讯员 王五".into();
        let fields: Vec<Field> = state
            .repairs(tr)
            .into_iter()
            .map(|repair| match repair {
                Repair::Set { field, .. } => field,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(fields[0], Field::Title("新题".into()));
        assert!(fields.contains(&Field::Towns(vec!["甲镇".into(), "乙镇".into()])));
        let Some(Field::Bylines(list)) = fields.iter().find(|e| matches!(e, Field::Bylines(_))) else { panic!() };
        assert_eq!(list[0], Byline { role: BylineRole::Reporter, name: "张三".into(), position: None });
        let essay =
            Byline { role: BylineRole::Author, name: "李四".into(), position: Some("某镇党委书记".into()) };
        assert_eq!(list[1], essay);
        assert_eq!(list[2].role, BylineRole::Correspondent);
    }

    #[test]
    fn an_article_keeps_a_headline_and_a_page_a_date_that_can_be_read() {
        let tr = Tr::default();
        let mut state = state(Article { title: "旧题".into(), ..Article::default() });
        state.fields.title = "  ".into();
        state.fields.date = "去年".into();
        assert!(state.repairs(tr).is_empty() && !state.is_date_readable());
        state.fields.date = "2024-03-05".into();
        state.fields.newspaper = " 槐川日报 ".into();
        state.fields.page_label = String::new();
        let day = jiff::civil::date(2024, 3, 5);
        let newspaper = Repair::Newspaper { to: Some("槐川日报".into()) };
        assert_eq!(state.repairs(tr), [newspaper, Repair::PageLabel { to: None }, Repair::Date { to: Some(day) }]);
    }
}
