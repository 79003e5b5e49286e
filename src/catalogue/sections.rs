//! Which section (版面) an article belongs to: what sort of piece it is, then the column printed over it, then the weight of
//! its words. The sections and their words are data; the only names this file knows are those that follow from a kind.

use super::phrases::Phrases;
use super::story::Story;
use super::towns::Gazetteer;
use crate::model::{Article, Decision, DecisionKind, Kind, SectionList};
use std::sync::LazyLock;

/// A section list made ready for use.
#[derive(Clone, Debug, Default)]
pub struct Sections {
    names: Vec<String>,
    printed: Phrases<usize>,
    /// Each word with the sections it speaks for.
    words: Phrases<Vec<(usize, f32)>>,
    /// Sections that articles get for their kind, where the list has them.
    opinion: Option<usize>,
    picture: Option<usize>,
    package: Option<usize>,
    front: Option<usize>,
    society: Option<usize>,
}

static BUILTIN: LazyLock<Sections> = LazyLock::new(|| {
    // A test holds the file to be sound.
    Sections::new(&toml::from_str(include_str!("../../assets/sections.toml")).unwrap_or_default())
});

/// How much more a word of the headline and of the lead says.
const HEADLINE: f32 = 2.5;
const LEAD: f32 = 1.3;
/// A second section is named when it weighs at least this share of the first.
const SECOND: f32 = 0.45;
/// What the words of a notice weigh at least, and how many times as much as those of any other section, that say more than
/// that it is one.
const CLEAR_NOTICE: f32 = 8.0;
const CLEAR_LEAD: f32 = 2.0;
/// What a column that is called like a section adds.
const COLUMN: f32 = 12.0;

impl Sections {
    /// Makes `list` ready.
    pub fn new(list: &SectionList) -> Self {
        let mut printed = Vec::new();
        let mut words: std::collections::BTreeMap<String, Vec<(usize, f32)>> = std::collections::BTreeMap::new();
        for (at, section) in list.sections.iter().enumerate() {
            printed.push((section.name.clone(), at));
            printed.extend(section.printed.iter().map(|name| (name.clone(), at)));
            for (word, weight) in &section.words {
                words.entry(word.clone()).or_default().push((at, *weight));
            }
        }
        let named = |name: &str| list.sections.iter().position(|s| s.name == name);
        Self {
            names: list.sections.iter().map(|s| s.name.clone()).collect(),
            printed: Phrases::new(printed),
            words: Phrases::new(words),
            opinion: named("评论"),
            picture: named("图片"),
            package: named("专题"),
            front: named("要闻"),
            society: named("社会民生"),
        }
    }

    /// The list that ships with Baoku.
    pub fn builtin() -> Self {
        BUILTIN.clone()
    }

    /// Fills in the sections of `article`, most fitting first.
    pub(super) fn sort(&self, article: &mut Article, story: &Story, places: &Gazetteer, front_page: bool) {
        if self.names.is_empty() {
            return;
        }
        let mut weights = self.weigh(story, places);
        let printed = self.printed_column(story);
        if let Some(at) = printed {
            weights[at] += COLUMN;
        }
        if let Some(front) = self.front {
            weights[front] *= if front_page { 1.0 } else { 0.75 };
        }
        let total: f32 = weights.iter().sum();
        let mut ranked: Vec<(usize, f32)> = weights.into_iter().enumerate().filter(|(_, w)| *w > 0.0).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let lead = ranked.first().map_or(0.0, |(_, w)| *w);
        let second = ranked.get(1).map_or(0.0, |(_, w)| *w);
        // What is printed over a comment, an essay or a notice says more than that it is one, and so does what a notice is of.
        let by_column = printed.filter(|_| matches!(article.kind, Kind::Commentary | Kind::Essay | Kind::Notice));
        let is_clear = article.kind == Kind::Notice && lead >= CLEAR_NOTICE && lead >= CLEAR_LEAD * second;
        let by_words = ranked.first().filter(|_| is_clear).map(|(at, _)| *at);
        let of_kind = self.of_kind(article.kind, story);
        let mut chosen: Vec<usize> = by_column.or(by_words).into_iter().chain(of_kind).collect();
        let is_told = !chosen.is_empty();
        chosen.extend(ranked.iter().filter(|(_, w)| *w >= SECOND * lead).map(|(at, _)| *at));
        if article.kind == Kind::Feature {
            chosen.extend(self.package);
        }
        if chosen.is_empty() {
            chosen.extend(self.society);
        }
        let mut seen = Vec::new();
        chosen.retain(|at| {
            !seen.contains(at) && (seen.len() < 3) && {
                seen.push(*at);
                true
            }
        });
        let confidence = if is_told { 0.93 } else { (0.5 + 0.9 * (lead - second) / total.max(8.0)).clamp(0.4, 0.95) };
        article.sections = chosen.into_iter().map(|at| self.names[at].clone()).collect();
        let why = printed.map(|at| self.names[at].clone()).unwrap_or_default();
        article.decisions.push(Decision { what: DecisionKind::Section, confidence, why });
    }

    /// The section that follows from the kind.
    fn of_kind(&self, kind: Kind, story: &Story) -> Option<usize> {
        match kind {
            Kind::Commentary => self.opinion,
            Kind::Photo => self.picture,
            Kind::Essay => self.package,
            Kind::Notice if story.paragraphs.first().is_some_and(|p| super::story::is_editors_note(p)) => self.package,
            Kind::Notice => self.society,
            Kind::News | Kind::Feature | Kind::Interview => None,
        }
    }

    /// The section the printed column is called after.
    fn printed_column(&self, story: &Story) -> Option<usize> {
        self.printed.find(&story.column).map(|hit| *hit.value).find(|at| {
            // Comment and picture columns are told by the kind; a column 水乡镜头 may hold a feature.
            Some(*at) != self.opinion && Some(*at) != self.picture
        })
    }

    /// The weight of each section's words in the story.
    fn weigh(&self, story: &Story, places: &Gazetteer) -> Vec<f32> {
        // Word by word how much of it there is: a word said ten times says little more than one said three times.
        let mut counts: Vec<(&Vec<(usize, f32)>, f32)> = Vec::new();
        let mut look = |text: &[char], weight: f32| {
            for hit in self.words.find(&places.without_names(text)) {
                match counts.iter_mut().find(|(value, _)| std::ptr::eq(*value, hit.value)) {
                    Some((_, count)) => *count += weight,
                    None => counts.push((hit.value, weight)),
                }
            }
        };
        look(&story.headline, HEADLINE);
        for subhead in &story.subheads {
            look(subhead, LEAD);
        }
        let lead = story.lead();
        for (at, paragraph) in story.paragraphs.iter().enumerate() {
            look(paragraph, if at == lead { LEAD } else { 1.0 });
        }
        let mut weights = vec![0.0; self.names.len()];
        for (value, count) in counts {
            for (section, weight) in value {
                weights[*section] += weight * (1.0 + count).ln();
            }
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, PlaceList, Section, Town};

    fn sorted(sections: &Sections, kind: Kind, column: Option<&str>, title: &str, text: &str) -> Vec<String> {
        let block = Block { kind: BlockKind::Paragraph, text: text.to_owned(), runs: Vec::new() };
        let mut article = Article { kind, title: title.to_owned(), title_printed: true, ..Article::default() };
        article.column = column.map(str::to_owned);
        article.blocks.push(block);
        let story = Story::new(&article);
        let town = Town { name: "稻田镇".to_owned(), ..Town::default() };
        let places = Gazetteer::new(&PlaceList { towns: vec![town], ..PlaceList::default() });
        sections.sort(&mut article, &story, &places, false);
        article.sections
    }

    #[track_caller]
    fn check(kind: Kind, column: Option<&str>, title: &str, text: &str, expected: &str) {
        let found = sorted(&Sections::builtin(), kind, column, title, text);
        assert_eq!(found.first().map(String::as_str), Some(expected), "{title}: {found:?}");
        assert!(found.len() <= 3, "{found:?}");
    }

    #[test]
    fn words_decide_where_nothing_is_printed() {
        check(Kind::News, None, "两家为一堵墙争了三年", "法官在村口开庭，双方签了调解书。", "法治");
        check(Kind::News, None, "早稻开镰", "收割机开进稻田，农户忙着装袋。", "三农");
        check(Kind::News, None, "新生产线投产", "公司订单排到年底，产值同比增长两成。", "经济");
        check(Kind::News, None, "新校区启用", "学生们走进新教室，校长和老师在门口迎接。", "科教文卫");
        // The name of a town says nothing about farming.
        check(Kind::News, None, "路灯亮了", "稻田镇的老旧小区装上了路灯，居民夜里好走了。", "社会民生");
    }

    #[test]
    fn kinds_have_sections_of_their_own() {
        check(Kind::Photo, None, "早稻开镰", "收割机开进稻田。", "图片");
        check(Kind::Commentary, None, "台阶", "菜场的台阶不妨矮一寸。", "评论");
        check(Kind::Essay, None, "心得", "稻田里的心得。", "专题");
        check(Kind::Notice, None, "停水通知", "因维修停水。", "社会民生");
        let court = "本院受理原告的起诉，法官定于下月开庭，被告逾期不到庭的，法院依法判决，执行局督促履行判决。";
        check(Kind::Notice, None, "法院公告", court, "法治");
    }

    #[test]
    fn a_column_named_after_a_section_decides() {
        check(Kind::News, Some("法治进行时"), "村里来了客人", "村民在稻田边说说笑笑。", "法治");
        check(Kind::Essay, Some("健康驿站"), "冬天怎么睡", "被窝里不妨放一只热水袋。", "科教文卫");
        check(Kind::Commentary, Some("法治进行时"), "台阶", "菜场的台阶不妨矮一寸。", "法治");
    }

    #[test]
    fn a_newsroom_may_have_sections_of_its_own() {
        let words = [("海浪".to_owned(), 2.0)].into();
        let own = Section { name: "海事".to_owned(), printed: Vec::new(), words };
        let sections = Sections::new(&SectionList { sections: vec![own] });
        assert_eq!(sorted(&sections, Kind::News, None, "海浪", "海浪来了。"), ["海事"]);
        assert_eq!(sorted(&sections, Kind::Photo, None, "别的", "什么也没有。"), Vec::<String>::new());
    }
}
