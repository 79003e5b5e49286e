//! `baoku check`: is everything in the archive whole?
//!
//! Page by page: the stored text is the one that was hashed, every line of it that is not blank stands in exactly one
//! article or in the furniture, and every article can be read. Then the counts are compared, and the archive examines its
//! file and, on samples, its index.

use super::console::Console;
use super::{Ending, open};
use crate::archive::{Archive, Check, Reader};
use crate::ingest::content_hash;
use crate::model::{Dump, LineRange, PageId, StoredPage};
use serde::Serialize;
use std::path::Path;

/// Pages looked at in one go.
const BATCH_PAGES: u32 = 64;

#[derive(Default, Serialize)]
struct Findings {
    ok: bool,
    pages: u64,
    articles: u64,
    problems: Vec<Problem>,
    /// Articles whose text was compared with the index.
    samples: u64,
    /// Whether the index was built anew.
    repaired: bool,
}

#[derive(Serialize)]
struct Problem {
    page: Option<PageId>,
    what: String,
}

pub(super) fn run(
    archive: &Path,
    repair: bool,
    samples: u32,
    json: bool,
    console: &mut Console,
) -> anyhow::Result<Ending> {
    let mut archive = if repair { open::existing(archive) } else { open::to_examine(archive) }?;
    let mut check = archive.reader()?.check(samples)?;
    let repaired = repair && check.is_repairable();
    if repaired {
        archive.repair()?;
        check = archive.reader()?.check(samples)?;
    }
    let mut findings = examine(&archive)?;
    findings.samples = check.articles_read;
    findings.repaired = repaired;
    findings.problems.extend(words(&check).into_iter().map(|what| Problem { page: None, what }));
    findings.ok = findings.problems.is_empty();
    if json {
        console.json(&findings)?;
    } else {
        for Problem { page, what } in &findings.problems {
            match page {
                Some(page) => console.line(format_args!("page {page}: {what}"))?,
                None => console.line(format_args!("{what}"))?,
            }
        }
        let verdict = if findings.ok { "sound" } else { "NOT sound" };
        let Findings { pages, articles, samples, .. } = &findings;
        console
            .line(format_args!("{verdict}: {pages} pages, {articles} articles, {samples} looked up in the index"))?;
        if findings.repaired {
            console.line(format_args!("the search index was built anew"))?;
        } else if check.is_repairable() {
            console.line(format_args!("baoku check --repair builds the search index anew"))?;
        }
        console.finish()?;
    }
    Ok(if findings.ok { Ending::Done } else { Ending::Nothing })
}

fn examine(archive: &Archive) -> anyhow::Result<Findings> {
    let reader = archive.reader()?;
    let mut findings = Findings::default();
    let mut after = None;
    loop {
        // Every page is older than the engine of the far future.
        let pages = archive.stale_pages(u32::MAX, after, BATCH_PAGES)?;
        let Some((last, _)) = pages.last() else { break };
        after = Some(*last);
        for (id, dump) in &pages {
            findings.pages += 1;
            for what in examine_page(&reader, *id, dump, &mut findings.articles) {
                findings.problems.push(Problem { page: Some(*id), what });
            }
        }
    }
    let stats = reader.stats()?;
    if (stats.pages, stats.articles) != (findings.pages, findings.articles) {
        let what = format!(
            "the counts say {} pages and {} articles, there are {} and {}",
            stats.pages, stats.articles, findings.pages, findings.articles
        );
        findings.problems.push(Problem { page: None, what });
    }
    Ok(findings)
}

/// What the archive itself found.
fn words(check: &Check) -> Vec<String> {
    let mut out: Vec<String> = check.file.iter().map(|line| format!("the file: {line}")).collect();
    out.extend(check.unreadable.iter().map(|id| format!("article {id} cannot be read")));
    out.extend(check.missed.iter().map(|(id, piece)| format!("the index does not find {piece:?} in article {id}")));
    if check.miscounted > 0 {
        out.push(format!("the index and the articles disagree about {} articles", check.miscounted));
    }
    out
}

fn examine_page(reader: &Reader, id: PageId, dump: &Dump, articles: &mut u64) -> Vec<String> {
    let mut problems = Vec::new();
    if content_hash(&dump.text) != dump.content_hash {
        problems.push("its text is not the one that was stored (checksum)".to_owned());
    }
    let page = match reader.page(id) {
        Ok(Some(page)) => page,
        Ok(None) => return vec!["it cannot be found again".to_owned()],
        Err(error) => return vec![format!("it cannot be read: {error}")],
    };
    for article in &page.articles {
        *articles += 1;
        match reader.article(article.id) {
            Ok(Some(_)) => {}
            Ok(None) => problems.push(format!("article {} cannot be found", article.id)),
            Err(error) => problems.push(format!("article {} cannot be read: {error}", article.id)),
        }
    }
    problems.extend(uncovered(&page));
    problems
}

/// Complains about lines that are nowhere, or in two places. Articles that a repair cut out of one line share it.
fn uncovered(page: &StoredPage) -> Option<String> {
    let ranges = page
        .articles
        .iter()
        .flat_map(|article| article.spans.iter().map(|span| span.range()))
        .chain(page.furniture.iter().map(|furniture| furniture.range()));
    let line_count = page.text.split('\n').count();
    let mut places = vec![0u32; line_count + 1];
    for LineRange { from, to } in ranges {
        for line in from..=to {
            match places.get_mut(line as usize) {
                Some(count) => *count += 1,
                None => return Some(format!("an article claims line {line} of {line_count}")),
            }
        }
    }
    let lines = (1..).zip(page.text.split('\n')).filter(|(_, text)| !text.trim().is_empty());
    let wrong: Vec<String> = lines
        .filter(|(line, _)| places.get(*line) != Some(&1) && !is_shared(page, *line))
        .map(|(line, _)| line.to_string())
        .take(10)
        .collect();
    (!wrong.is_empty()).then(|| format!("lines that are not in exactly one place: {}", wrong.join(", ")))
}

/// Whether repaired articles, and nothing else, share a line.
fn is_shared(page: &StoredPage, line: usize) -> bool {
    let Ok(line) = u32::try_from(line) else { return false };
    let is_loose = page.furniture.iter().any(|furniture| furniture.range().contains(line));
    !is_loose && page.sharers(line).count() > 1 && page.sharers(line).all(|article| article.is_repaired)
}
