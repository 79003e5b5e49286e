//! What a person puts right: repairs as plain data. They name lines and characters of the dump, never rows of an archive
//! or numbers of paragraphs, so that they mean the same after a better engine has made the page anew.

use super::{Article, Byline, FurnitureKind, Kind, LineRange, Person, Role};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A character of a dump.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Line, 1-based.
    pub line: u32,
    /// Character of the line, 0-based.
    #[serde(default)]
    pub column: u32,
}

/// Which article is meant: the one that holds most of these lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// The lines it had when the repair was made.
    pub lines: Vec<LineRange>,
    /// The headline it had then: for people, and for articles that stand in no line.
    #[serde(default)]
    pub title: String,
    /// The first character of its text then: it tells articles apart that share a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begin: Option<Place>,
}

impl Anchor {
    /// The anchor of an article as it is now.
    pub fn of(article: &Article) -> Self {
        let mut lines: Vec<LineRange> = article.spans.iter().map(|s| s.range()).collect();
        lines.sort_by_key(|range| range.from);
        Self { lines, title: article.title.clone(), begin: article.begin() }
    }

    /// Whether the article had this line.
    pub fn has(&self, line: u32) -> bool {
        self.lines.iter().any(|range| range.contains(line))
    }
}

/// One corrected field of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "set", content = "to")]
#[non_exhaustive]
pub enum Field {
    /// The line above the headline.
    Kicker(Option<String>),
    /// The headline.
    Title(String),
    /// The line under the headline.
    Subtitle(Option<String>),
    /// The standing column.
    Column(Option<String>),
    /// Who signed.
    Bylines(Vec<Byline>),
    /// Towns it is about.
    Towns(Vec<String>),
    /// Sections.
    Sections(Vec<String>),
    /// People named.
    People(Vec<Person>),
    /// Kind.
    Kind(Kind),
}

/// Where lines are moved to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// Into this article.
    Article(Anchor),
    /// Into an article of their own.
    New,
    /// Out of all articles.
    Furniture(FurnitureKind),
}

/// One repair of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "repair")]
#[non_exhaustive]
pub enum Repair {
    /// A field of an article.
    Set {
        /// The article.
        of: Anchor,
        /// The field and what it is.
        field: Field,
    },
    /// The page's publication date; `None` for unknown.
    Date {
        /// The day.
        to: Option<Date>,
    },
    /// The page's newspaper (报名).
    Newspaper {
        /// Its name.
        to: Option<String>,
    },
    /// The page's label (版次).
    PageLabel {
        /// The label.
        to: Option<String>,
    },
    /// A paragraph begins at this character, or does not.
    Paragraph {
        /// The character.
        at: Place,
        /// Whether one begins there.
        begins: bool,
    },
    /// Other characters in place of those printed.
    Replace {
        /// The first of them.
        at: Place,
        /// The characters that stand there.
        was: String,
        /// What they become; nothing takes them away.
        by: String,
    },
    /// From this line of its text on, or from a character in the line, an article is another one.
    Split {
        /// The line.
        line: u32,
        /// The character of the line, 0-based. What stands before it stays, in the same line.
        #[serde(default, skip_serializing_if = "is_zero")]
        column: u32,
    },
    /// Two articles are one.
    Merge {
        /// The one whose headline and beginning stay.
        first: Anchor,
        /// The one that goes on from it.
        second: Anchor,
    },
    /// Lines belong elsewhere, or are something else.
    Move {
        /// The lines.
        lines: Vec<LineRange>,
        /// Where they belong.
        to: Target,
        /// What they are there; `None`: what they were.
        role: Option<Role>,
        /// The line of the article they follow; `None`: by their place in the dump.
        #[serde(default)]
        after: Option<u32>,
    },
}

/// Why a repair cannot be applied to the page as the engine makes it now. It is kept all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Trouble {
    /// No article holds enough of the lines it is about.
    NoArticle,
    /// The line stands in no article's text.
    NoLine,
    /// The text there is not what it was.
    OtherText,
}

impl Trouble {
    /// The word of the exchange format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoArticle => "no-article",
            Self::NoLine => "no-line",
            Self::OtherText => "other-text",
        }
    }
}

impl Repair {
    /// The word of its kind in the exchange format.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Set { .. } => "set",
            Self::Date { .. } => "date",
            Self::Newspaper { .. } => "newspaper",
            Self::PageLabel { .. } => "page-label",
            Self::Paragraph { .. } => "paragraph",
            Self::Replace { .. } => "replace",
            Self::Split { .. } => "split",
            Self::Merge { .. } => "merge",
            Self::Move { .. } => "move",
        }
    }

    /// The smallest replacement that makes `new` of the paragraph `old`, whose characters stand at `places` (`None` for
    /// characters that joining added); `None` when nothing changes or nothing of it stands in the dump.
    pub fn rewording(old: &str, new: &str, places: &[Option<Place>]) -> Option<Self> {
        let (was, is): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        if was == is || was.len() != places.len() {
            return None;
        }
        let mut from = was.iter().zip(&is).take_while(|(a, b)| a == b).count();
        let most = was.len().min(is.len()) - from;
        let behind = was.iter().rev().zip(is.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
        // A replacement begins at a character that stands in the dump.
        let mut first = from.min(was.len().saturating_sub(1));
        while first > 0 && places[first].is_none() {
            first -= 1;
        }
        from = first.min(from);
        let at = (*places.get(first)?)?;
        let to = (was.len() - behind).max(from);
        let text = |chars: &[char]| chars.iter().collect::<String>();
        Some(Self::Replace { at, was: text(&was[from..to]), by: text(&is[from..is.len() - behind]) })
    }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<Option<Place>> {
        (0..text.chars().count() as u32).map(|column| Some(Place { line: 3, column })).collect()
    }

    #[track_caller]
    fn check(old: &str, new: &str, column: u32, was: &str, by: &str) {
        let expected = Repair::Replace { at: Place { line: 3, column }, was: was.to_owned(), by: by.to_owned() };
        assert_eq!(Repair::rewording(old, new, &places(old)), Some(expected));
    }

    #[test]
    fn a_rewording_is_as_small_as_can_be() {
        check("春根时节", "春耕时节", 1, "根", "耕");
        check("春时节", "春耕时节", 1, "", "耕");
        check("春春耕", "春耕", 1, "春", "");
        check("春耕", "春耕。", 1, "耕", "耕。");
        assert_eq!(Repair::rewording("春耕", "春耕", &places("春耕")), None);
        let mut added = places("AB CD");
        added[2] = None;
        let repair = Repair::rewording("AB CD", "ABCD", &added);
        assert_eq!(
            repair,
            Some(Repair::Replace { at: Place { line: 3, column: 1 }, was: "B ".into(), by: "B".into() })
        );
    }

    #[test]
    fn a_split_of_an_older_program_is_at_the_beginning_of_its_line() {
        let split = Repair::Split { line: 7, column: 0 };
        assert_eq!(serde_json::to_string(&split).unwrap(), r#"{"repair":"split","line":7}"#);
        assert_eq!(serde_json::from_str::<Repair>(r#"{"repair":"split","line":7}"#).unwrap(), split);
    }

    #[test]
    fn repairs_are_written_in_words() {
        let repair = Repair::Set { of: Anchor::default(), field: Field::Title("题".into()) };
        let text = serde_json::to_string(&repair).unwrap();
        assert!(text.contains(r#""repair":"set""#) && text.contains(r#""set":"title""#), "{text}");
        assert_eq!(serde_json::from_str::<Repair>(&text).unwrap(), repair);
        let moved = Repair::Move { lines: vec![], to: Target::New, role: None, after: None };
        assert_eq!(serde_json::from_str::<Repair>(&serde_json::to_string(&moved).unwrap()).unwrap(), moved);
    }
}
