//! Repairs in words, for lists and for news. Knows no widgets.

use super::i18n::{Tr, headline};
use crate::model::{Anchor, Byline, Field, LineRange, Repair, Target};

/// "记者 张三": a byline as one line.
pub fn byline_line(tr: Tr, byline: &Byline) -> String {
    let role = tr.join("byline", byline.role.as_str());
    match &byline.position {
        Some(position) => format!("{role} {position} {}", byline.name),
        None => format!("{role} {}", byline.name),
    }
}

/// A repair in words: what was done, and what it became.
pub fn describe(tr: Tr, repair: &Repair) -> String {
    let optional = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let name = |anchor: &Anchor| headline(tr, &anchor.title).into_owned();
    match repair {
        Repair::Set { field, .. } => describe_field(tr, field),
        Repair::Date { to } => {
            let day = to.map_or_else(|| tr.t("filter.undated").into_owned(), |day| day.to_string());
            format!("{} → {day}", tr.t("repair.date"))
        }
        Repair::Newspaper { to } => format!("{} → {}", tr.t("filter.newspaper"), optional(to)),
        Repair::PageLabel { to } => format!("{} → {}", tr.t("repair.page-label"), optional(to)),
        Repair::Paragraph { at, begins } => {
            let line = [("n", at.line.to_string())];
            if *begins { tr.f("repaired.begin", &line) } else { tr.f("repaired.join", &line) }
        }
        Repair::Replace { was, by, .. } => tr.f("repaired.replace", &[("a", was.clone()), ("b", by.clone())]),
        Repair::Split { line, column: 0 } => tr.f("repaired.split", &[("n", line.to_string())]),
        Repair::Split { line, column } => {
            tr.f("repaired.split-inside", &[("n", line.to_string()), ("c", (column + 1).to_string())])
        }
        Repair::Merge { first, second } => tr.f("repaired.merge", &[("a", name(first)), ("b", name(second))]),
        Repair::Move { lines, to, role, .. } => {
            let mut text = match to {
                Target::Article(anchor) => tr.f("repaired.move", &[("n", lines_text(lines)), ("t", name(anchor))]),
                Target::New => tr.f("repaired.new", &[("n", lines_text(lines))]),
                Target::Furniture(_) => tr.f("repaired.furniture", &[("n", lines_text(lines))]),
            };
            if let Some(role) = role {
                text.push_str(&tr.f("repaired.as", &[("r", tr.join("role", role.as_str()))]));
            }
            text
        }
    }
}

fn describe_field(tr: Tr, field: &Field) -> String {
    let optional = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let (name, value) = match field {
        Field::Kicker(text) => (tr.t("repair.kicker"), optional(text)),
        Field::Title(text) => (tr.t("repair.headline"), text.clone()),
        Field::Subtitle(text) => (tr.t("repair.subtitle"), optional(text)),
        Field::Column(text) => (tr.t("repair.column"), optional(text)),
        Field::Bylines(list) => {
            let lines: Vec<String> = list.iter().map(|byline| byline_line(tr, byline)).collect();
            (tr.t("repair.bylines"), lines.join("; "))
        }
        Field::Towns(list) => (tr.t("repair.towns"), list.join(" ")),
        Field::Sections(list) => (tr.t("repair.sections"), list.join(" ")),
        Field::People(list) => {
            (tr.t("repair.people"), list.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(" "))
        }
        Field::Kind(kind) => (tr.t("repair.kind"), tr.join("kind", kind.as_str())),
    };
    format!("{name} → {value}")
}

/// "12–15, 18".
pub fn lines_text(lines: &[LineRange]) -> String {
    let one = |range: &LineRange| match range.from == range.to {
        true => range.from.to_string(),
        false => format!("{}–{}", range.from, range.to),
    };
    lines.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Role;

    #[test]
    fn a_repair_reads_like_a_sentence() {
        let tr = Tr::default();
        let to = Target::Article(Anchor { title: "春耕".into(), ..Anchor::default() });
        let lines = vec![LineRange { from: 3, to: 5 }, LineRange { from: 9, to: 9 }];
        let repair = Repair::Move { lines, to, role: Some(Role::Title), after: None };
        assert_eq!(describe(tr, &repair), "第 3–5, 9 行移入《春耕》，作标题");
        assert_eq!(describe(tr, &Repair::Split { line: 7, column: 0 }), "自第 7 行起拆成另一篇");
        assert_eq!(describe(tr, &Repair::Split { line: 7, column: 4 }), "自第 7 行第 5 字起拆成另一篇");
    }
}
