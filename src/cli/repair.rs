//! `baoku repair`, `baoku repairs` and `baoku revert`: what reconstruction got wrong, put right in a layer over the
//! untouched original.

use super::console::{Console, say};
use super::repair_args::{Goal, RepairPlan, RevertPlan, Step, Which};
use super::{Ending, open};
use crate::archive::{Archive, MadeRepair, Reader, RepairsOf};
use crate::model::{Anchor, ArticleId, FurnitureKind, LineRange, Repair, StoredArticle, Target};
use serde::Serialize;
use std::path::Path;

pub(super) fn repair(archive: &Path, plan: &RepairPlan, console: &mut Console) -> anyhow::Result<Ending> {
    let desk = open::desk(plan.places.as_deref())?;
    let mut archive = open::existing(archive)?;
    archive.set_describer(desk.describer());
    let reader = archive.reader()?;
    let Some(stored) = known(&reader, plan.id)? else { return Ok(Ending::Nothing) };
    let mut repairs = Vec::with_capacity(plan.steps.len());
    for step in &plan.steps {
        let Some(repair) = step.repair(&reader, &stored)? else { return Ok(Ending::Nothing) };
        repairs.push(repair);
    }
    let action = archive.repair_page(stored.page_id, &stored.article.title, &repairs)?;
    let made: Vec<MadeRepair> =
        reader.repairs(RepairsOf::Page(stored.page_id))?.into_iter().filter(|made| made.action == action).collect();
    print(&made, plan.json, console)
}

pub(super) fn list(archive: &Path, id: Option<ArticleId>, json: bool, console: &mut Console) -> anyhow::Result<Ending> {
    let reader = open::reader(archive)?;
    let made = reader.repairs(id.map_or(RepairsOf::All, RepairsOf::Article))?;
    print(&made, json, console)
}

pub(super) fn revert(archive: &Path, plan: &RevertPlan, console: &mut Console) -> anyhow::Result<Ending> {
    let desk = open::desk(plan.places.as_deref())?;
    let mut archive = open::existing(archive)?;
    archive.set_describer(desk.describer());
    let numbers = match &plan.which {
        Which::Numbers(numbers) => numbers.clone(),
        Which::Last => {
            let made = if plan.is_undone { archive.undo_repair()? } else { archive.redo_repair()? };
            made.iter().map(|made| made.id).collect()
        }
        Which::Article(id) => {
            if known(&archive.reader()?, *id)?.is_none() {
                return Ok(Ending::Nothing);
            }
            standing(&archive, *id)?
        }
    };
    if plan.which != Which::Last {
        let all = archive.reader()?.repairs(RepairsOf::All)?;
        if let Some(missing) = numbers.iter().find(|n| !all.iter().any(|made| made.id == **n)) {
            say(format_args!("error: there is no repair {missing}"));
            say(format_args!("hint: baoku repairs lists them"));
            return Ok(Ending::Nothing);
        }
        archive.set_repairs_undone(&numbers, plan.is_undone)?;
    }
    let mut made = archive.reader()?.repairs(RepairsOf::All)?;
    made.retain(|made| numbers.contains(&made.id));
    print(&made, plan.json, console)
}

fn standing(archive: &Archive, id: ArticleId) -> anyhow::Result<Vec<i64>> {
    let made = archive.reader()?.repairs(RepairsOf::Article(id))?;
    Ok(made.iter().filter(|made| !made.is_undone).map(|made| made.id).collect())
}

fn known(reader: &Reader, id: ArticleId) -> anyhow::Result<Option<StoredArticle>> {
    let stored = reader.article(id)?;
    if stored.is_none() {
        say(format_args!("error: there is no article {id}"));
        say(format_args!("hint: baoku search prints the numbers of articles"));
    }
    Ok(stored)
}

impl Step {
    /// The repair it is of this article; nothing when another article that it names is not there.
    fn repair(&self, reader: &Reader, stored: &StoredArticle) -> anyhow::Result<Option<Repair>> {
        let of = Anchor::of(&stored.article);
        let other = |id: ArticleId| -> anyhow::Result<Option<Anchor>> {
            let Some(other) = known(reader, id)? else { return Ok(None) };
            if other.page_id != stored.page_id {
                say(format_args!("error: article {id} stands on another page"));
                say(format_args!("hint: repairs join and move lines of one page only"));
                return Ok(None);
            }
            Ok(Some(Anchor::of(&other.article)))
        };
        Ok(Some(match self {
            Self::Set(field) => Repair::Set { of, field: field.clone() },
            Self::Date(to) => Repair::Date { to: *to },
            Self::PageLabel(to) => Repair::PageLabel { to: to.clone() },
            Self::Split(at) => Repair::Split { line: at.line, column: at.column },
            Self::Newspaper(to) => Repair::Newspaper { to: to.clone() },
            Self::Merge(id) => {
                let Some(second) = other(*id)? else { return Ok(None) };
                Repair::Merge { first: of, second }
            }
            Self::Move { lines, to, role, after } => {
                let to = match to {
                    Goal::Here => Target::Article(of),
                    Goal::New => Target::New,
                    Goal::Furniture => Target::Furniture(FurnitureKind::Slogan),
                    Goal::Article(id) => {
                        let Some(anchor) = other(*id)? else { return Ok(None) };
                        Target::Article(anchor)
                    }
                };
                Repair::Move { lines: lines.clone(), to, role: *role, after: *after }
            }
            Self::Paragraph { at, begins } => Repair::Paragraph { at: *at, begins: *begins },
        }))
    }
}

fn print(made: &[MadeRepair], json: bool, console: &mut Console) -> anyhow::Result<Ending> {
    #[derive(Serialize)]
    struct Listed<'a> {
        #[serde(flatten)]
        made: &'a MadeRepair,
        words: String,
    }
    if json {
        let listed: Vec<Listed> = made.iter().map(|made| Listed { made, words: words(&made.repair) }).collect();
        console.json(&listed)?;
    } else {
        for made in made {
            let mut notes = Vec::new();
            if made.is_undone {
                notes.push("taken back".to_owned());
            }
            if made.page.is_none() {
                notes.push("its page is not in the archive".to_owned());
            }
            notes.extend(made.trouble.map(|trouble| format!("NOT APPLIED: {}", trouble_words(trouble))));
            let notes = if notes.is_empty() { String::new() } else { format!("  ({})", notes.join("; ")) };
            let (id, at, about) = (made.id, &made.made_at, &made.about);
            console.line(format_args!("{id}  {at}  {about}  {}{notes}", words(&made.repair)))?;
        }
        console.finish()?;
    }
    Ok(if made.is_empty() { Ending::Nothing } else { Ending::Done })
}

fn trouble_words(trouble: crate::model::Trouble) -> &'static str {
    use crate::model::Trouble;
    match trouble {
        Trouble::NoArticle => "no article holds enough of its lines any more",
        Trouble::NoLine => "its line is no running text any more",
        _ => "the text there is another now",
    }
}

/// A repair in a few words.
fn words(repair: &Repair) -> String {
    let lines = |ranges: &[LineRange]| {
        let one = |r: &LineRange| if r.from == r.to { r.from.to_string() } else { format!("{}-{}", r.from, r.to) };
        ranges.iter().map(one).collect::<Vec<_>>().join(",")
    };
    match repair {
        Repair::Set { field, .. } => {
            let value = serde_json::to_value(field).unwrap_or_default();
            format!("{} = {}", value["set"].as_str().unwrap_or_default(), value["to"])
        }
        Repair::Date { to } => format!("date = {}", to.map_or_else(|| "unknown".to_owned(), |day| day.to_string())),
        Repair::Newspaper { to } => format!("newspaper = {}", to.as_deref().unwrap_or("none")),
        Repair::PageLabel { to } => format!("page label = {}", to.as_deref().unwrap_or("none")),
        Repair::Paragraph { at, begins: true } => format!("a paragraph begins at {}:{}", at.line, at.column + 1),
        Repair::Paragraph { at, begins: false } => format!("no paragraph begins at {}:{}", at.line, at.column + 1),
        Repair::Replace { at, was, by } => format!("{was:?} becomes {by:?} at {}:{}", at.line, at.column + 1),
        Repair::Split { line, column: 0 } => format!("another article from line {line} on"),
        Repair::Split { line, column } => format!("another article from {line}:{} on", column + 1),
        Repair::Merge { second, .. } => format!("{:?} goes on from it", second.title),
        Repair::Move { lines: moved, to, role, .. } => {
            let to = match to {
                Target::Article(anchor) => format!("into {:?}", anchor.title),
                Target::New => "into an article of their own".to_owned(),
                Target::Furniture(_) => "out of the articles".to_owned(),
            };
            let role = role.map_or_else(String::new, |role| format!(" as {}", role.as_str()));
            format!("lines {} {to}{role}", lines(moved))
        }
    }
}
