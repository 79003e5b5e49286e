//! What is asked of every engine, and what is known of every article beside its text.

use baoku::model::FiledPage;
use baoku::search::{FoldedDoc, fold};
use jiff::civil::Date;

/// Words that must, must not, may stand in the text; days and town.
pub struct Question {
    pub name: &'static str,
    pub must: Vec<&'static str>,
    pub not: Vec<&'static str>,
    pub any: Vec<&'static str>,
    pub days: Option<(Date, Date)>,
    pub town: Option<&'static str>,
}

impl Question {
    fn of(name: &'static str, must: &[&'static str]) -> Self {
        Self { name, must: must.to_vec(), not: Vec::new(), any: Vec::new(), days: None, town: None }
    }

    /// Whether a folded text answers it; the literal scan.
    pub fn is_answered_by(&self, text: &str) -> bool {
        self.must.iter().all(|w| text.contains(w))
            && !self.not.iter().any(|w| text.contains(w))
            && (self.any.is_empty() || self.any.iter().any(|w| text.contains(w)))
    }

    /// Whether an article passes its filters.
    pub fn lets_through(&self, facts: &Facts) -> bool {
        self.days.is_none_or(|(from, to)| (from..=to).contains(&facts.day)) && self.town.is_none_or(|t| t == facts.town)
    }
}

/// From very rare to more than half of all articles, one character to six, with filters. All are as folded texts are.
pub fn questions() -> Vec<Question> {
    let day = |y, m| jiff::civil::date(y, m, 1);
    let q = Question::of;
    vec![
        q("的", &["的"]),
        q("我", &["我"]),
        q("鳄", &["鳄"]),
        q("中国", &["中国"]),
        q("记者", &["记者"]),
        q("发展", &["发展"]),
        q("王强", &["王强"]),
        q("南屏", &["南屏"]),
        q("增长率", &["增长率"]),
        q("习近平", &["习近平"]),
        q("有限公司", &["有限公司"]),
        q("人工智能", &["人工智能"]),
        q("新能源汽车", &["新能源汽车"]),
        q("中国科学院院", &["中国科学院院"]),
        q("中国 发展", &["中国", "发展"]),
        q("经济 市场 企业", &["经济", "市场", "企业"]),
        Question { not: vec!["美国"], ..q("国家 -美国", &["国家"]) },
        Question { any: vec!["足球", "篮球"], ..q("足球 OR 篮球", &[]) },
        Question {
            days: Some((day(2010, 1), day(2011, 1))),
            town: Some("石渡镇"),
            ..q("公司 + year + town", &["公司"])
        },
        Question { town: Some("望湖街道"), ..q("的 + town", &["的"]) },
    ]
}

/// What filters and counts need.
#[derive(Clone)]
pub struct Facts {
    pub day: Date,
    pub town: String,
    pub section: String,
}

impl Facts {
    /// Months since year 0.
    pub fn month(&self) -> u64 {
        self.day.year().unsigned_abs() as u64 * 12 + self.day.month().unsigned_abs() as u64 - 1
    }

    /// Days as a number that sorts.
    pub fn day_number(&self) -> u64 {
        self.day.year().unsigned_abs() as u64 * 400 + u64::from(self.day.day_of_year().unsigned_abs())
    }
}

/// The articles of a page as one folded line each (units kept apart by a character that no query holds), and their facts.
pub fn lines_of(page: &FiledPage) -> impl Iterator<Item = (String, Facts)> + '_ {
    let day = page.page.date.best.expect("generated pages are dated");
    page.page.articles.iter().map(move |article| {
        let doc = FoldedDoc::of(article);
        let mut line = String::with_capacity(doc.body.len() * 3 + 100);
        for part in [&doc.title, &doc.byline, &doc.body] {
            line.extend(part.iter().map(|&c| if c == FoldedDoc::BREAK { BREAK } else { c }));
            line.push(BREAK);
        }
        (line, Facts { day, town: article.towns[0].clone(), section: article.sections[0].clone() })
    })
}

/// Stands between units in the lines.
pub const BREAK: char = '\u{1}';

/// A question's word as the index's pairs see it.
pub fn chars(word: &str) -> Vec<char> {
    fold(word)
}
