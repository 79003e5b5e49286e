//! One article as an archivist would file it.

use super::{LineRange, Place, SourceRun, Span};
use serde::{Deserialize, Serialize};

/// What sort of piece an article is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Straight news (消息).
    #[default]
    News,
    /// Feature, reportage, round-up (通讯, 特写, 综述).
    Feature,
    /// Questions and answers, or a visit to one person (访谈).
    Interview,
    /// Opinion under a column or signature (评论).
    Commentary,
    /// A picture with its caption (图片新闻).
    Photo,
    /// A signed essay or report by somebody outside the newsroom (署名文章).
    Essay,
    /// Announcements, editor's notes over a package (公告, 编者按).
    Notice,
}

impl Kind {
    /// Every kind, in the order filters list them.
    pub const ALL: [Self; 7] =
        [Self::News, Self::Feature, Self::Interview, Self::Commentary, Self::Photo, Self::Essay, Self::Notice];

    /// The word of the exchange format (`"news"`, …).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Feature => "feature",
            Self::Interview => "interview",
            Self::Commentary => "commentary",
            Self::Photo => "photo",
            Self::Essay => "essay",
            Self::Notice => "notice",
        }
    }

    /// The kind of an exchange-format word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// In what capacity somebody signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BylineRole {
    /// Staff writer (记者).
    Reporter,
    /// Outside correspondent (通讯员).
    Correspondent,
    /// Intern or trainee (实习生, 见习记者).
    Intern,
    /// Photographer (摄影).
    Photographer,
    /// A lone signature or the author of a signed essay.
    Author,
}

impl BylineRole {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Reporter, Self::Correspondent, Self::Intern, Self::Photographer, Self::Author];

    /// The word of the exchange format (`"reporter"`, …).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Correspondent => "correspondent",
            Self::Intern => "intern",
            Self::Photographer => "photographer",
            Self::Author => "author",
        }
    }

    /// The role of an exchange-format word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// One name of a byline (署名).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// Capacity in which the person signed.
    pub role: BylineRole,
    /// The name, padding spaces closed up ("王 强" is stored as "王强").
    pub name: String,
    /// Office printed with the name, for signed essays.
    pub position: Option<String>,
}

/// A person named in the text, with the office printed next to the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Office or relation, as printed ("镇卫生院院长").
    pub position: Option<String>,
}

/// What a block of an article's body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// A paragraph of running text (or of an editor's note that belongs to the article).
    Paragraph,
    /// A heading inside the body (小标题).
    Subhead,
}

/// A paragraph or subhead with the source of its characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Paragraph or subhead.
    pub kind: BlockKind,
    /// The restored text.
    pub text: String,
    /// Where each character stands in the dump; in text order, not overlapping.
    pub runs: Vec<SourceRun>,
}

impl Block {
    /// The dump's lines this block was made of, in text order, merged where they follow each other.
    pub fn lines(&self) -> Vec<LineRange> {
        let mut out: Vec<LineRange> = Vec::new();
        for run in &self.runs {
            match out.last_mut() {
                Some(last) if run.line == last.to || run.line == last.to + 1 => last.to = run.line,
                Some(last) if last.contains(run.line) => {}
                _ => out.push(LineRange { from: run.line, to: run.line }),
            }
        }
        out
    }
}

/// A question the engine had to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecisionKind {
    /// Which headline belongs to this body.
    Headline,
    /// Which body pieces belong together.
    Grouping,
    /// Which byline belongs to this body.
    Byline,
    /// Where paragraphs begin.
    Paragraphs,
    /// Section.
    Section,
    /// Kind.
    Kind,
    /// Towns.
    Towns,
}

/// How sure the engine is of one decision, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided.
    pub what: DecisionKind,
    /// Probability that it is right, 0 to 1.
    pub confidence: f32,
    /// Short reason for a reader (evidence words, distance); may be empty.
    pub why: String,
}

/// One article of a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// What sort of piece it is.
    pub kind: Kind,
    /// The line above the headline (引题).
    pub kicker: Option<String>,
    /// The headline; when none was printed, words of the text that stand for it.
    pub title: String,
    /// Whether the page printed `title` as a headline.
    pub title_printed: bool,
    /// The line under the headline (副题).
    pub subtitle: Option<String>,
    /// Name of the standing column or package (栏目).
    pub column: Option<String>,
    /// Who signed.
    pub bylines: Vec<Byline>,
    /// Paragraphs and subheads in reading order.
    pub blocks: Vec<Block>,
    /// Towns (镇街道) the story is about, official names.
    pub towns: Vec<String>,
    /// Other towns it mentions.
    pub towns_mentioned: Vec<String>,
    /// Sections (版面, 要闻 …), most fitting first.
    pub sections: Vec<String>,
    /// People named with their offices.
    pub people: Vec<Person>,
    /// The page a jump line (下转) points to.
    pub jump_to: Option<String>,
    /// The text stops in mid-article and no jump line says where it goes on.
    pub truncated: bool,
    /// The dump's lines of this article, in reading order.
    pub spans: Vec<Span>,
    /// Probability that the article is exactly right (lines, headline, text), 0 to 1.
    pub confidence: f32,
    /// The decisions behind it.
    pub decisions: Vec<Decision>,
}

impl Article {
    /// The paragraphs' texts, in reading order.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).map(|b| b.text.as_str())
    }

    /// The first character of its text that stands in the dump.
    pub fn begin(&self) -> Option<Place> {
        let run = self.blocks.iter().flat_map(|block| &block.runs).next()?;
        Some(Place { line: run.line, column: run.column })
    }

    /// The subheads' texts, in reading order.
    pub fn subheads(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().filter(|b| b.kind == BlockKind::Subhead).map(|b| b.text.as_str())
    }

    /// Number of characters of the running text, white space not counted.
    pub fn char_count(&self) -> usize {
        self.paragraphs().flat_map(str::chars).filter(|c| !c.is_whitespace()).count()
    }

    /// Whether the engine is sure enough that nobody needs to look (calibrated: see ARCHITECTURE.md).
    pub fn is_sure(&self) -> bool {
        self.confidence >= Self::SURE
    }

    /// Confidence from which an article counts as sure.
    pub const SURE: f32 = 0.9;
}
