//! `baoku show`: one article as it stands in the archive.

use super::console::{Console, say};
use super::{Ending, open, reconstruct};
use crate::export::record::{self, ArticleRecord};
use crate::model::{ArticleId, PageId, StoredArticle};
use serde::Serialize;
use std::path::Path;

/// The exchange format's article with what the archive knows about its page.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    article: ArticleRecord,
    date: Option<String>,
    date_why: &'a str,
    page_label: Option<&'a str>,
    newspaper: Option<&'a str>,
    file: String,
    page_id: PageId,
    position: u32,
}

pub(super) fn run(archive: &Path, id: ArticleId, json: bool, console: &mut Console) -> anyhow::Result<Ending> {
    let Some(stored) = open::reader(archive)?.article(id)? else {
        say(format_args!("error: there is no article {id}"));
        say(format_args!("hint: baoku search prints the numbers of articles"));
        return Ok(Ending::Nothing);
    };
    if json {
        console.json(&shown(&stored))?;
    } else {
        let mut facts = vec![stored.date.best.map_or_else(|| "no date".to_owned(), |date| date.to_string())];
        facts.extend(stored.newspaper.clone());
        facts.extend(stored.page_label.clone());
        facts.push(stored.source.display());
        console.line(format_args!("{}", facts.join(" · ")))?;
        console.line(format_args!(""))?;
        reconstruct::print_article(&stored.article, console)?;
        console.finish()?;
    }
    Ok(Ending::Done)
}

fn shown(stored: &StoredArticle) -> Shown<'_> {
    Shown {
        article: record::article(&stored.article, stored.id.0),
        date: stored.date.best.map(|date| date.to_string()),
        date_why: &stored.date.why,
        page_label: stored.page_label.as_deref(),
        newspaper: stored.newspaper.as_deref(),
        file: stored.source.display(),
        page_id: stored.page_id,
        position: stored.position,
    }
}
