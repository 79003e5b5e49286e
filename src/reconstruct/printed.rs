//! What was made of a text in [plain form](super::plain) gets back the characters that were printed. Knows nothing of how
//! it was made: lines and columns are the same in both.

use super::plain::Printed;
use crate::model::{Article, Block, Page, Role};

/// The lines of a dump as printed, each with its plain form.
pub(crate) struct Lines<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Lines<'a> {
    /// Takes a dump and its plain form apart.
    pub fn new(printed: &'a str, plain: &'a str) -> Self {
        Self(printed.split('\n').zip(plain.split('\n')).collect())
    }

    /// Lines `from..=to`, counted from 1.
    fn of(&self, (from, to): (u32, u32)) -> &[(&'a str, &'a str)] {
        let to = self.0.len().min(to as usize);
        self.0.get((from as usize).saturating_sub(1)..to).unwrap_or_default()
    }

    fn is_plain(&self, range: (u32, u32)) -> bool {
        self.of(range).iter().all(|(printed, plain)| printed == plain)
    }

    fn printed(&self, ranges: impl Iterator<Item = (u32, u32)>) -> Printed {
        let mut out = Printed::default();
        ranges.flat_map(|range| self.of(range)).for_each(|(printed, plain)| out.add(printed, plain));
        out
    }
}

/// Gives a page the characters of the dump it was made of.
pub(crate) fn restore_page(page: &mut Page, lines: &Lines<'_>) {
    restore_articles(&mut page.articles, lines);
    let furniture = || page.furniture.iter().map(|f| (f.from, f.to));
    if !furniture().all(|range| lines.is_plain(range)) {
        let furniture = lines.printed(furniture());
        for part in page.newspaper.iter_mut().chain(&mut page.page_label) {
            *part = furniture.restore(part);
        }
    }
}

/// Gives articles the characters of the dump's lines.
pub(crate) fn restore_articles(articles: &mut [Article], lines: &Lines<'_>) {
    let is_plain = |article: &Article| article.spans.iter().all(|span| lines.is_plain((span.from, span.to)));
    for article in articles.iter_mut().filter(|article| !is_plain(article)) {
        for block in &mut article.blocks {
            restore_block(block, lines);
        }
        restore_parts(article, lines);
    }
}

/// Headline, signatures and jump note.
fn restore_parts(article: &mut Article, lines: &Lines<'_>) {
    let spans: Vec<(u32, u32, Role)> = article.spans.iter().map(|span| (span.from, span.to, span.role)).collect();
    let of = |wanted: &dyn Fn(Role) -> bool| {
        lines.printed(spans.iter().filter(|span| wanted(span.2)).map(|&(from, to, _)| (from, to)))
    };
    // A part was made of the lines of its role, but for what stood inside the text.
    let restore = |part: &mut String, role: Role| {
        *part = of(&|of| of == role).piece(part).unwrap_or_else(|| of(&|_| true).restore(part));
    };
    restore(&mut article.title, if article.title_printed { Role::Title } else { Role::Body });
    article.kicker.iter_mut().for_each(|kicker| restore(kicker, Role::Kicker));
    article.subtitle.iter_mut().for_each(|subtitle| restore(subtitle, Role::Subtitle));
    article.column.iter_mut().for_each(|column| restore(column, Role::Column));
    article.jump_to.iter_mut().for_each(|jump| restore(jump, Role::Jump));
    for byline in &mut article.bylines {
        restore(&mut byline.name, Role::Byline);
        byline.position.iter_mut().for_each(|position| restore(position, Role::Byline));
    }
}

fn restore_block(block: &mut Block, lines: &Lines<'_>) {
    if block.runs.iter().all(|run| lines.is_plain((run.line, run.line))) {
        return;
    }
    let mut text: Vec<char> = block.text.chars().collect();
    for run in &block.runs {
        for (line, _) in lines.of((run.line, run.line)) {
            let printed = line.chars().skip(run.column as usize).take(run.len as usize);
            text.iter_mut().skip(run.start as usize).zip(printed).for_each(|(c, printed)| *c = printed);
        }
    }
    block.text = text.into_iter().collect();
}
