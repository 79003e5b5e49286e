//! What can be typed behind `repair`, `repairs` and `revert`, and what it means.

use super::failure::Failure;
use crate::ingest::parse_date;
use crate::model::{ArticleId, Byline, BylineRole, Field, Kind, LineRange, Place, Role};
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct RepairArgs {
    /// The article's number, as search prints it
    #[arg(value_name = "ID")]
    id: i64,
    /// The line above the headline (引题); "" for none, also with the next three
    #[arg(long, value_name = "TEXT")]
    kicker: Option<String>,
    /// The headline
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The line under the headline (副题)
    #[arg(long, value_name = "TEXT")]
    subtitle: Option<String>,
    /// The standing column (栏目)
    #[arg(long, value_name = "TEXT")]
    column: Option<String>,
    /// Who signed, e.g. reporter:张三; roles: reporter, correspondent, intern, photographer, author; repeat for several
    #[arg(long, value_name = "ROLE:NAME")]
    byline: Vec<String>,
    /// Town it is about; repeat for several
    #[arg(long, value_name = "NAME")]
    town: Vec<String>,
    /// Section; repeat for several
    #[arg(long, value_name = "NAME")]
    section: Vec<String>,
    /// Kind: news, feature, interview, commentary, photo, essay, notice
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Publication date of the whole page; "" for unknown
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Label of the whole page; "" for none
    #[arg(long, value_name = "LABEL")]
    page: Option<String>,
    /// Newspaper (报名) of the whole page; "" for none
    #[arg(long, value_name = "NAME")]
    newspaper: Option<String>,
    /// From this line of its text on, or from this character of it, it is another article
    #[arg(long, value_name = "LINE[:CHARACTER]")]
    split: Option<String>,
    /// This article goes on from it
    #[arg(long, value_name = "ID")]
    merge: Option<i64>,
    /// Lines of the page to move, e.g. 12-15,18
    #[arg(long, value_name = "LINES")]
    lines: Option<String>,
    /// Where the lines go: an article's number, new, or furniture [default: into this article]
    #[arg(long, value_name = "WHERE", requires = "lines")]
    to: Option<String>,
    /// What the lines are there: kicker, title, subtitle, column, byline, subhead, body, caption, jump, ednote
    #[arg(long = "as", value_name = "ROLE", requires = "lines")]
    role: Option<String>,
    /// The line of the article that they follow
    #[arg(long, value_name = "LINE", requires = "lines")]
    after: Option<u32>,
    /// A paragraph begins at this line, or at this character of it; repeat for several
    #[arg(long, value_name = "LINE[:CHARACTER]")]
    begin: Vec<String>,
    /// No paragraph begins there; repeat for several
    #[arg(long, value_name = "LINE[:CHARACTER]")]
    join: Vec<String>,
    /// Place list (TOML) instead of the one that ships
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct RepairsArgs {
    /// Only those that touch this article
    #[arg(value_name = "ID")]
    pub(super) id: Option<i64>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct RevertArgs {
    /// The repairs' numbers, as repairs prints them
    #[arg(value_name = "N", required_unless_present_any = ["last", "article"])]
    pub(super) repairs: Vec<i64>,
    /// What was repaired last
    #[arg(long, conflicts_with = "repairs")]
    pub(super) last: bool,
    /// All repairs that touch this article
    #[arg(long, value_name = "ID", conflicts_with_all = ["repairs", "last", "again"])]
    pub(super) article: Option<i64>,
    /// Do it again instead
    #[arg(long)]
    pub(super) again: bool,
    /// Place list (TOML) instead of the one that ships
    #[arg(long, value_name = "FILE")]
    pub(super) places: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// What to repair.
#[derive(Debug, PartialEq)]
pub(super) struct RepairPlan {
    pub(super) id: ArticleId,
    pub(super) steps: Vec<Step>,
    pub(super) places: Option<PathBuf>,
    pub(super) json: bool,
}

/// One repair, before the archive says which lines the article has.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    Set(Field),
    Date(Option<Date>),
    PageLabel(Option<String>),
    Newspaper(Option<String>),
    Split(Place),
    Merge(ArticleId),
    Move { lines: Vec<LineRange>, to: Goal, role: Option<Role>, after: Option<u32> },
    Paragraph { at: Place, begins: bool },
}

/// Where lines go.
#[derive(Debug, PartialEq)]
pub(super) enum Goal {
    Here,
    Article(ArticleId),
    New,
    Furniture,
}

/// What to take back, or to do again.
#[derive(Debug, PartialEq)]
pub(super) struct RevertPlan {
    pub(super) which: Which,
    pub(super) is_undone: bool,
    pub(super) places: Option<PathBuf>,
    pub(super) json: bool,
}

/// Which repairs.
#[derive(Debug, PartialEq)]
pub(super) enum Which {
    Numbers(Vec<i64>),
    Last,
    Article(ArticleId),
}

impl RevertArgs {
    pub(super) fn plan(self) -> RevertPlan {
        let which = match self.article {
            Some(id) => Which::Article(ArticleId(id)),
            None if self.last => Which::Last,
            None => Which::Numbers(self.repairs),
        };
        RevertPlan { which, is_undone: !self.again, places: self.places, json: self.json }
    }
}

impl RepairArgs {
    pub(super) fn plan(self) -> Result<RepairPlan, Failure> {
        let mut steps = Vec::new();
        // Fields first: they are said of the article as it is named, before it is parted.
        let mut set = |field| steps.push(Step::Set(field));
        if let Some(text) = self.kicker {
            set(Field::Kicker(given(text)));
        }
        if let Some(text) = self.title.and_then(given) {
            set(Field::Title(text));
        }
        if let Some(text) = self.subtitle {
            set(Field::Subtitle(given(text)));
        }
        if let Some(text) = self.column {
            set(Field::Column(given(text)));
        }
        let names = |list: Vec<String>| list.into_iter().filter_map(given).collect::<Vec<_>>();
        if !self.byline.is_empty() {
            set(Field::Bylines(self.byline.into_iter().filter_map(given).map(byline).collect::<Result<_, _>>()?));
        }
        if !self.town.is_empty() {
            set(Field::Towns(names(self.town)));
        }
        if !self.section.is_empty() {
            set(Field::Sections(names(self.section)));
        }
        if let Some(word) = self.kind {
            set(Field::Kind(Kind::from_word(&word).ok_or(Failure::NoSuchKind { word })?));
        }
        if let Some(text) = self.split {
            steps.push(Step::Split(place(text)?));
        }
        if let Some(id) = self.merge {
            steps.push(Step::Merge(ArticleId(id)));
        }
        if let Some(text) = self.lines {
            let role = self.role.map(|word| Role::from_word(&word).ok_or(Failure::NoSuchRole { word })).transpose()?;
            let to = self.to.map_or(Ok(Goal::Here), goal)?;
            steps.push(Step::Move { lines: lines(text)?, to, role, after: self.after });
        }
        for (texts, begins) in [(self.begin, true), (self.join, false)] {
            for text in texts {
                steps.push(Step::Paragraph { at: place(text)?, begins });
            }
        }
        if let Some(text) = self.date {
            let day = given(text).map(|text| parse_date(&text).ok_or(Failure::NotADate { text })).transpose()?;
            steps.push(Step::Date(day));
        }
        if let Some(text) = self.page {
            steps.push(Step::PageLabel(given(text)));
        }
        if let Some(text) = self.newspaper {
            steps.push(Step::Newspaper(given(text)));
        }
        if steps.is_empty() {
            return Err(Failure::NothingToRepair);
        }
        Ok(RepairPlan { id: ArticleId(self.id), steps, places: self.places, json: self.json })
    }
}

/// Text that says something.
fn given(text: String) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn byline(text: String) -> Result<Byline, Failure> {
    let (role, name) = text.split_once([':', '：']).unwrap_or(("author", &text));
    let role = BylineRole::from_word(role).ok_or_else(|| Failure::NoSuchRole { word: role.to_owned() })?;
    Ok(Byline { role, name: name.trim().to_owned(), position: None })
}

fn goal(text: String) -> Result<Goal, Failure> {
    match text.as_str() {
        "new" => Ok(Goal::New),
        "furniture" => Ok(Goal::Furniture),
        number => number.parse().map(|id| Goal::Article(ArticleId(id))).map_err(|_| Failure::NotLines { text }),
    }
}

/// "12-15,18".
fn lines(text: String) -> Result<Vec<LineRange>, Failure> {
    let range = |part: &str| -> Option<LineRange> {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        (0 < from && from <= to).then_some(LineRange { from, to })
    };
    text.split([',', '，']).map(range).collect::<Option<_>>().ok_or(Failure::NotLines { text })
}

/// "12" or "12:7", both from 1.
fn place(text: String) -> Result<Place, Failure> {
    let (line, character) = text.split_once([':', '：']).unwrap_or((&text, "1"));
    let read = |part: &str| part.trim().parse::<u32>().ok().filter(|&n| n > 0);
    match (read(line), read(character)) {
        (Some(line), Some(character)) => Ok(Place { line, column: character - 1 }),
        _ => Err(Failure::NotLines { text }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Typed {
        #[command(flatten)]
        args: RepairArgs,
    }

    fn steps(words: &[&str]) -> Result<Vec<Step>, Failure> {
        let typed = Typed::try_parse_from(["repair", "7"].iter().chain(words)).unwrap();
        typed.args.plan().map(|plan| plan.steps)
    }

    #[test]
    fn what_is_typed_becomes_steps() {
        let moved = steps(&["--lines", "3-5,9", "--as", "title", "--after", "2"]).unwrap();
        let lines = vec![LineRange { from: 3, to: 5 }, LineRange { from: 9, to: 9 }];
        assert_eq!(moved, [Step::Move { lines, to: Goal::Here, role: Some(Role::Title), after: Some(2) }]);
        let begun = steps(&["--begin", "4:7", "--join", "9"]).unwrap();
        assert_eq!(begun[0], Step::Paragraph { at: Place { line: 4, column: 6 }, begins: true });
        assert_eq!(begun[1], Step::Paragraph { at: Place { line: 9, column: 0 }, begins: false });
        let split = steps(&["--split", "4:7", "--newspaper", "槐川日报"]).unwrap();
        assert_eq!(split[0], Step::Split(Place { line: 4, column: 6 }));
        assert_eq!(split[1], Step::Newspaper(Some("槐川日报".into())));
        assert_eq!(steps(&["--split", "12"]).unwrap(), [Step::Split(Place { line: 12, column: 0 })]);
        let set = steps(&["--kicker", "", "--byline", "reporter:张三", "--date", ""]).unwrap();
        assert_eq!(set[0], Step::Set(Field::Kicker(None)));
        let byline = Byline { role: BylineRole::Reporter, name: "张三".into(), position: None };
        assert_eq!(set[1], Step::Set(Field::Bylines(vec![byline])));
        assert_eq!(set[2], Step::Date(None));
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        assert_eq!(steps(&[]), Err(Failure::NothingToRepair));
        assert_eq!(steps(&["--lines", "5-3"]), Err(Failure::NotLines { text: "5-3".into() }));
        assert_eq!(steps(&["--lines", "3", "--as", "头"]), Err(Failure::NoSuchRole { word: "头".into() }));
        assert_eq!(steps(&["--begin", "4:0"]), Err(Failure::NotLines { text: "4:0".into() }));
    }
}
