//! What the template is given: `articles.json`. The template's first lines describe it.

use super::booklet::Booklet;
use super::press::{Job, Template};
use crate::export::text::{byline, chinese_date, end_note, kind_name, one_line, source_line, visible};
use crate::export::{ExportError, Manifest, ManifestEntry, Options};
use crate::model::{BlockKind, StoredArticle};
use jiff::civil::Date;
use serde::Serialize;

/// Characters of a headline in a running head.
const SHORT_TITLE: usize = 28;

#[derive(Serialize)]
struct ArticleData {
    id: i64,
    column: Option<String>,
    kicker: Option<String>,
    title: String,
    short_title: String,
    subtitle: Option<String>,
    byline: String,
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
}

/// What is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Medium {
    /// Cover, contents, pages.
    Booklet,
    /// One page, as high as it needs to be.
    Picture,
}

/// Collects articles for typesetting.
pub struct Typesetter {
    options: Options,
    medium: Medium,
    has_cover: bool,
    template: Template,
    /// The articles' JSON objects, with commas between them.
    articles: String,
    days: Option<(Date, Date)>,
    manifest: Manifest,
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
        Ok(Self {
            template: Template::read(options.template.as_deref())?,
            manifest: Manifest::new(options.title(), options.made_on),
            options: options.clone(),
            medium,
            has_cover,
            articles: String::new(),
            days: None,
        })
    }

    /// Adds one article at the end.
    pub fn add(&mut self, stored: &StoredArticle) -> Result<(), ExportError> {
        if !self.articles.is_empty() {
            self.articles.push(',');
        }
        self.articles.push_str(&serde_json::to_string(&article(stored))?);
        if let Some(day) = stored.date.best {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
        self.manifest.articles.push(ManifestEntry::new(stored, None));
        Ok(())
    }

    /// Sets everything. Takes seconds for hundreds of articles; when `keep_going` says no, ends at once with
    /// [`ExportError::Cancelled`].
    pub fn lay_out(self, keep_going: &dyn Fn() -> bool) -> Result<Booklet, ExportError> {
        let mut data = serde_json::to_string(&self.head())?;
        // The articles are JSON already: they take the place of the closing brace.
        data.pop();
        data.push_str(",\"articles\":[");
        data.push_str(&self.articles);
        data.push_str("]}");
        let manifest = serde_json::to_vec_pretty(&self.manifest)?;
        Booklet::lay_out(Job { template: self.template, data, manifest }, keep_going)
    }

    /// The set's title; an article by itself gives its own to the document.
    fn title(&self) -> &str {
        match (&self.options.title, self.manifest.articles.as_slice()) {
            (None, [only]) if !self.has_cover => &only.title,
            _ => self.options.title(),
        }
    }

    fn head(&self) -> Head<'_> {
        let options = &self.options;
        let page = options.paper.page(options.columns);
        let head = Head {
            title: self.title(),
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
        };
        match self.medium {
            Medium::Booklet => head,
            // The width of a phone's screen in points; the picture's own width only decides how finely it is drawn.
            Medium::Picture => Head { width: 132.3, height: None, margin: 8.0, columns: 1, size: 11.5, ..head },
        }
    }
}

fn article(stored: &StoredArticle) -> ArticleData {
    let article = &stored.article;
    let line = |text: &str| visible(&one_line(text)).into_owned();
    let some = |text: &Option<String>| text.as_deref().filter(|text| !text.trim().is_empty()).map(line);
    let title = line(&article.title);
    let short = [stored.date.best.map(|date| date.to_string()), stored.page_label.clone()];
    ArticleData {
        id: stored.id.0,
        column: some(&article.column),
        kicker: some(&article.kicker),
        short_title: shortened(&title),
        title,
        subtitle: some(&article.subtitle),
        byline: line(&byline(article)),
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
