//! What the template is given: `articles.json`. The template's first lines describe it.

use super::binder::{ARTICLE_LINK, Facts};
use super::booklet::{Booklet, Copy};
use super::press::{Job, Template};
use crate::export::text::{
    byline, calling, chinese_date, end_note, headline, kind_name, one_line, source_line, visible,
};
use crate::export::{ExportError, Manifest, ManifestEntry, Options, Watch};
use crate::model::{BlockKind, StoredArticle};
use jiff::civil::Date;
use serde::Serialize;
use std::io::Write;
use std::ops::Range;

/// Characters of a headline in a running head.
const SHORT_TITLE: usize = 28;

#[derive(Serialize)]
struct ArticleData {
    id: i64,
    column: Option<String>,
    kicker: Option<String>,
    /// The headline as it is set; empty when the page printed none.
    title: String,
    /// What the article is called where there must be a word.
    calling: String,
    short_title: String,
    subtitle: Option<String>,
    byline: String,
    newspaper: Option<String>,
    source: String,
    short_source: String,
    kind: &'static str,
    sections: Vec<String>,
    towns: Vec<String>,
    characters: usize,
    note: Option<String>,
    blocks: Vec<BlockData>,
}

#[derive(Serialize)]
struct BlockData {
    kind: BlockKind,
    text: String,
}

/// Everything but the articles.
#[derive(Serialize)]
struct Head<'a> {
    title: &'a str,
    made_on: Option<String>,
    first_day: Option<String>,
    last_day: Option<String>,
    medium: Medium,
    cover: bool,
    width: f64,
    height: Option<f64>,
    margin: f64,
    columns: u8,
    size: f64,
    /// Names of the newspapers, each once, in the order they come.
    newspapers: &'a [String],
    /// Articles of the whole set.
    count: usize,
    /// Which part of a long booklet this is; none when everything is set in one run.
    part: Option<PartHead<'a>>,
}

/// What a part must know of the whole.
#[derive(Serialize)]
struct PartHead<'a> {
    /// Cover and contents, without articles; else articles alone.
    is_front: bool,
    /// Number of its first page.
    first_page: usize,
    /// Number of its first article, from 0.
    first: usize,
    /// For the front: what the contents list.
    contents: Vec<ContentsEntry>,
    /// What the address of a link to an article begins with.
    link: &'a str,
}

#[derive(Serialize)]
struct ContentsEntry {
    title: String,
    short_source: String,
    newspaper: Option<String>,
    page: usize,
}

/// What is set.
#[derive(Clone, std::marker::Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Medium {
    /// Cover, contents, pages.
    Booklet,
    /// One page, as high as it needs to be.
    Picture,
}

/// Articles and characters after which another part begins: about two hundred megabytes while a part is set.
const PART_ARTICLES: usize = 300;
const PART_CHARS: usize = 200_000;

/// Collects articles for typesetting.
pub struct Typesetter {
    set: Set,
    days: Option<(Date, Date)>,
    manifest: Manifest,
    /// Characters of the last part.
    chars: usize,
}

/// A set of articles that is ready for the engine.
struct Set {
    options: Options,
    medium: Medium,
    has_cover: bool,
    template: Template,
    parts: Vec<Part>,
    /// What the contents say of each article, its page aside.
    contents: Vec<Listed>,
    newspapers: Vec<String>,
    days: Option<(Date, Date)>,
    title: String,
    manifest: Vec<u8>,
}

/// An article as the contents list it.
struct Listed {
    calling: String,
    short_source: String,
    newspaper: Option<String>,
}

/// Articles that are set in one run.
#[derive(Default)]
struct Part {
    articles: Range<usize>,
    /// The articles' JSON objects, with commas between them.
    json: String,
}

impl Typesetter {
    /// A booklet without articles, with cover and contents or, for one article, without. Fails when the template cannot be
    /// read.
    pub fn for_booklet(options: &Options, has_cover: bool) -> Result<Self, ExportError> {
        Self::new(options, Medium::Booklet, has_cover)
    }

    /// A long picture without articles.
    pub fn for_picture(options: &Options) -> Result<Self, ExportError> {
        Self::new(options, Medium::Picture, false)
    }

    fn new(options: &Options, medium: Medium, has_cover: bool) -> Result<Self, ExportError> {
        let set = Set {
            template: Template::read(options.template.as_deref())?,
            options: options.clone(),
            medium,
            has_cover,
            parts: vec![Part::default()],
            contents: Vec::new(),
            newspapers: Vec::new(),
            days: None,
            title: String::new(),
            manifest: Vec::new(),
        };
        Ok(Self { set, days: None, manifest: Manifest::new(options.title(), options.made_on), chars: 0 })
    }

    /// Adds one article at the end.
    pub fn add(&mut self, stored: &StoredArticle) -> Result<(), ExportError> {
        let set = &mut self.set;
        let number = set.contents.len();
        let chars = stored.article.blocks.iter().map(|block| block.text.chars().count()).sum::<usize>();
        let in_parts = set.medium == Medium::Booklet && set.has_cover && set.template.is_in_parts();
        let is_full = set.parts.last().is_some_and(|part| {
            part.articles.len() >= PART_ARTICLES || (!part.articles.is_empty() && self.chars + chars > PART_CHARS)
        });
        if in_parts && is_full {
            set.parts.push(Part { articles: number..number, json: String::new() });
            self.chars = 0;
        }
        self.chars += chars;
        let data = article(stored);
        if let Some(part) = set.parts.last_mut() {
            if !part.json.is_empty() {
                part.json.push(',');
            }
            part.json.push_str(&serde_json::to_string(&data)?);
            part.articles.end = number + 1;
        }
        if let Some(newspaper) = data.newspaper.as_ref().filter(|newspaper| !set.newspapers.contains(newspaper)) {
            set.newspapers.push(newspaper.clone());
        }
        let ArticleData { calling, short_source, newspaper, .. } = data;
        set.contents.push(Listed { calling, short_source, newspaper });
        if let Some(day) = stored.date.best {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
        self.manifest.articles.push(ManifestEntry::new(stored, None));
        Ok(())
    }

    /// Sets everything. Takes seconds for hundreds of articles; when `watch` says no, ends at once with
    /// [`ExportError::Cancelled`].
    pub fn lay_out(self, watch: &dyn Watch) -> Result<Booklet, ExportError> {
        Booklet::lay_out(Box::new(self.ready()?), watch)
    }

    /// Sets everything and writes the PDF.
    pub(super) fn write_pdf(self, out: &mut dyn Write, watch: &dyn Watch) -> Result<(), ExportError> {
        Booklet::write(Box::new(self.ready()?), out, watch)
    }

    fn ready(self) -> Result<Set, ExportError> {
        let Self { mut set, days, manifest, .. } = self;
        // An article by itself gives its own title to the document.
        set.title = match (&set.options.title, manifest.articles.as_slice()) {
            (None, [only]) if !set.has_cover => only.title.clone(),
            _ => set.options.title().to_owned(),
        };
        set.days = days;
        set.manifest = serde_json::to_vec_pretty(&manifest)?;
        Ok(set)
    }
}

impl Set {
    fn job(&self, part: Option<PartHead<'_>>, articles: &str, has_manifest: bool) -> Result<Job, ExportError> {
        let mut data = serde_json::to_string(&self.head(part))?;
        // The articles are JSON already: they take the place of the closing brace.
        data.pop();
        data.push_str(",\"articles\":[");
        data.push_str(articles);
        data.push_str("]}");
        let manifest = has_manifest.then(|| self.manifest.clone());
        Ok(Job { template: self.template.clone(), data, manifest })
    }

    fn head<'a>(&'a self, part: Option<PartHead<'a>>) -> Head<'a> {
        let options = &self.options;
        let page = options.paper.page(options.columns);
        let head = Head {
            title: &self.title,
            made_on: options.made_on.map(chinese_date),
            first_day: self.days.map(|days| chinese_date(days.0)),
            last_day: self.days.map(|days| chinese_date(days.1)),
            medium: self.medium,
            cover: self.has_cover,
            width: page.width_mm,
            height: Some(page.height_mm),
            margin: page.margin_mm,
            columns: options.columns.clamp(1, 2),
            size: page.text_pt,
            newspapers: &self.newspapers,
            count: self.contents.len(),
            part,
        };
        match self.medium {
            Medium::Booklet => head,
            // The width of a phone's screen in points; the picture's own width only decides how finely it is drawn.
            Medium::Picture => Head { width: 132.3, height: None, margin: 8.0, columns: 1, size: 11.5, ..head },
        }
    }
}

impl Copy for Set {
    fn part_count(&self) -> usize {
        self.parts.len()
    }

    fn articles(&self, part: usize) -> Range<usize> {
        self.parts.get(part).map(|part| part.articles.clone()).unwrap_or_default()
    }

    fn title(&self, article: usize) -> &str {
        self.contents.get(article).map(|listed| listed.calling.as_str()).unwrap_or_default()
    }

    fn facts(&self) -> Facts<'_> {
        Facts { title: &self.title, manifest: self.manifest.clone() }
    }

    fn part(&self, part: usize, first_page: usize) -> Result<Job, ExportError> {
        let is_only = self.parts.len() == 1;
        let first = self.articles(part).start;
        let head = PartHead { is_front: false, first_page, first, contents: Vec::new(), link: ARTICLE_LINK };
        let json = self.parts.get(part).map(|part| part.json.as_str()).unwrap_or_default();
        self.job((!is_only).then_some(head), json, is_only)
    }

    fn front(&self, numbers: &[usize]) -> Result<Job, ExportError> {
        let page = |number| numbers.get(number).copied().unwrap_or(1);
        let entry = |(number, listed): (usize, &'_ Listed)| ContentsEntry {
            title: listed.calling.clone(),
            short_source: listed.short_source.clone(),
            newspaper: listed.newspaper.clone(),
            page: page(number),
        };
        let contents = self.contents.iter().enumerate().map(entry).collect();
        let head = PartHead { is_front: true, first_page: 1, first: 0, contents, link: ARTICLE_LINK };
        // The list goes into the whole when it is bound.
        self.job(Some(head), "", false)
    }
}

fn article(stored: &StoredArticle) -> ArticleData {
    let article = &stored.article;
    let line = |text: &str| visible(&one_line(text)).into_owned();
    let some = |text: &Option<String>| text.as_deref().filter(|text| !text.trim().is_empty()).map(line);
    let calling = line(&calling(article));
    let short = [stored.date.best.map(|date| date.to_string()), stored.page_label.clone()];
    ArticleData {
        id: stored.id.0,
        column: some(&article.column),
        kicker: some(&article.kicker),
        title: headline(article).map(line).unwrap_or_default(),
        short_title: shortened(&calling),
        calling,
        subtitle: some(&article.subtitle),
        byline: line(&byline(article)),
        newspaper: some(&stored.newspaper),
        source: line(&source_line(stored)),
        short_source: line(&short.into_iter().flatten().collect::<Vec<_>>().join(" ")),
        kind: kind_name(article.kind),
        sections: article.sections.clone(),
        towns: article.towns.clone(),
        characters: article.char_count(),
        note: end_note(article),
        blocks: article
            .blocks
            .iter()
            .map(|block| BlockData { kind: block.kind, text: visible(block.text.trim()).into_owned() })
            .collect(),
    }
}

fn shortened(title: &str) -> String {
    match title.char_indices().nth(SHORT_TITLE) {
        Some((at, _)) => format!("{}…", &title[..at]),
        None => title.to_owned(),
    }
}
