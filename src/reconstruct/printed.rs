//! What was made of a text in [plain form](super::plain) gets back the characters that were printed. Knows nothing of how
//! it was made: lines and columns are the same in both.

use super::plain::Printed;
use crate::model::{Article, Block, Page, Role, Span};

/// Gives a page the characters of `text`, the dump it was made of.
pub(crate) fn restore_page(page: &mut Page, text: &str) {
    let lines: Vec<&str> = text.split('\n').collect();
    restore_articles(&mut page.articles, &lines);
    let mut printed = Printed::default();
    page.furniture.iter().flat_map(|f| of(&lines, f.from, f.to)).for_each(|line| printed.add(line));
    for part in page.newspaper.iter_mut().chain(&mut page.page_label) {
        *part = printed.restore(part);
    }
}

/// Gives articles the characters of the dump's lines.
pub(crate) fn restore_articles(articles: &mut [Article], lines: &[&str]) {
    articles.iter_mut().for_each(|article| restore(article, lines));
}

fn restore(article: &mut Article, lines: &[&str]) {
    for block in &mut article.blocks {
        restore_block(block, lines);
    }
    // First the lines of the role, which are what the part was made of, then all others.
    let printed = |role: Role| {
        let mut printed = Printed::default();
        let (own, others): (Vec<&Span>, Vec<&Span>) = article.spans.iter().partition(|span| span.role == role);
        let spans = own.into_iter().chain(others);
        spans.flat_map(|span| of(lines, span.from, span.to)).for_each(|line| printed.add(line));
        printed
    };
    for (role, part) in [
        (Role::Kicker, &mut article.kicker),
        (Role::Subtitle, &mut article.subtitle),
        (Role::Column, &mut article.column),
        (Role::Jump, &mut article.jump_to),
    ] {
        if let Some(part) = part {
            *part = printed(role).restore(part);
        }
    }
    let of_title = if article.title_printed { Role::Title } else { Role::Body };
    article.title = printed(of_title).restore(&article.title);
    if !article.bylines.is_empty() {
        let signed = printed(Role::Byline);
        for byline in &mut article.bylines {
            byline.name = signed.restore(&byline.name);
            byline.position = byline.position.take().map(|position| signed.restore(&position));
        }
    }
}

fn restore_block(block: &mut Block, lines: &[&str]) {
    let mut text: Vec<char> = block.text.chars().collect();
    for run in &block.runs {
        let Some(line) = (run.line as usize).checked_sub(1).and_then(|at| lines.get(at)) else { continue };
        let printed = line.chars().skip(run.column as usize).take(run.len as usize);
        text.iter_mut().skip(run.start as usize).zip(printed).for_each(|(c, printed)| *c = printed);
    }
    block.text = text.into_iter().collect();
}

/// Lines `from..=to`, counted from 1.
fn of<'a>(lines: &'a [&'a str], from: u32, to: u32) -> impl Iterator<Item = &'a str> {
    let from = (from as usize).max(1);
    lines.iter().take(to as usize).skip(from - 1).copied()
}
