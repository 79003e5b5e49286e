//! Which towns (镇街道) an article is about, and which it merely mentions. Names come from the place list alone.
//!
//! Every town that a local story names takes part in it, and an archivist files it under each: the workshop's village and
//! the village its reeds come from. There are three exceptions. A story of the whole city (全市) that names a town as one
//! example is about the city. An essay by a town's own officer is about that town. And a list of three or more towns that
//! the story never takes up again ("甲、乙、丙三个街道") is a figure of speech for a part of the city.

use super::phrases::Phrases;
use super::story::Story;
use crate::model::{Article, Decision, DecisionKind, PlaceList};
use crate::reconstruct::{Lexicon, plain};
use std::borrow::Cow;

/// A place list made ready for use.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    towns: Vec<String>,
    names: Phrases<Name>,
    city: Vec<char>,
}

/// What a name of the list, or a word for the whole city, stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Full(usize),
    Alias(usize),
    Zone(usize),
    Village(usize),
    City,
}

/// Words for the county or city as a whole.
const WHOLE: [&str; 27] = [
    "我市",
    "全市",
    "我县",
    "全县",
    "我区",
    "全区",
    "市委",
    "县委",
    "区委",
    "市政府",
    "县政府",
    "区政府",
    "本市",
    "本县",
    "市域",
    "县域",
    "市人大",
    "县人大",
    "市政协",
    "县政协",
    "市领导",
    "县领导",
    "市纪委",
    "县纪委",
    "市长",
    "县长",
    "全域",
];

/// Words that end like the name of a county or city and name none.
const NO_COUNTIES: [&str; 18] = [
    "我县", "我市", "全县", "全市", "本市", "本县", "各县", "各市", "城市", "上市", "超市", "夜市", "集市", "早市",
    "股市", "楼市", "门市", "闹市",
];

/// What turns a town's short name into the name of a road, which need not even lie there.
const ROADS: [&str; 14] = [
    "路",
    "东路",
    "西路",
    "南路",
    "北路",
    "中路",
    "一路",
    "二路",
    "三路",
    "大道",
    "东大街",
    "西大街",
    "南大街",
    "北大街",
];

/// Where a name stands, and how much it says there.
const HEADLINE: f32 = 4.0;
const OFFICE: f32 = 6.0;
const LEAD: f32 = 2.0;
const SUBHEAD: f32 = 1.5;

/// What is known of one town in one story.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    weight: f32,
    mentions: u32,
    in_headline: bool,
    in_office: bool,
    in_lead: bool,
    /// Mentions outside enumerations that are never taken up again.
    alone: u32,
}

/// Everything counted in one story.
#[derive(Debug)]
struct Count {
    towns: Vec<Tally>,
    city: f32,
}

impl Gazetteer {
    /// Makes `list` ready.
    pub fn new(list: &PlaceList) -> Self {
        let mut names: Vec<(String, Name)> = Vec::new();
        for (at, town) in list.towns.iter().enumerate() {
            names.push((town.name.clone(), Name::Full(at)));
            names.extend(town.aliases.iter().map(|n| (n.clone(), Name::Alias(at))));
            names.extend(town.zones.iter().map(|n| (n.clone(), Name::Zone(at))));
            names.extend(town.villages.iter().map(|n| (n.clone(), Name::Village(at))));
        }
        let city = list.city.as_deref().map(plain::plain_text).unwrap_or_default();
        if !city.is_empty() {
            names.push((city.to_string(), Name::City));
            let stem = city.trim_end_matches(['市', '县', '区']);
            if stem.chars().count() >= 2 {
                names.push((stem.to_owned(), Name::City));
            }
        }
        names.extend(WHOLE.iter().map(|w| ((*w).to_owned(), Name::City)));
        Self {
            towns: list.towns.iter().map(|t| t.name.clone()).collect(),
            names: Phrases::new(names),
            city: city.chars().collect(),
        }
    }

    /// Fills in the towns of `article`.
    pub(super) fn place(&self, article: &mut Article, story: &Story) {
        if self.towns.is_empty() {
            return;
        }
        let count = self.count(story);
        let citywide = is_citywide(&count);
        let total: f32 = count.towns.iter().map(|t| t.weight).sum();
        let own_office = count.towns.iter().any(|t| t.in_office);
        let mut found: Vec<(usize, &Tally)> = count.towns.iter().enumerate().filter(|(_, t)| t.weight > 0.0).collect();
        found.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight).then(a.0.cmp(&b.0)));
        let mut least_sure: f32 = 0.97;
        for (at, tally) in found {
            let share = tally.weight / total.max(f32::EPSILON);
            let about = tally.in_headline && !citywide
                || tally.in_office
                || !citywide && tally.alone > 0 && share >= if own_office { 0.4 } else { 0.04 };
            least_sure = least_sure.min(if share > 0.25 || !about { 0.95 } else { 0.8 });
            // What a headline without its text is about is left open.
            let about = about && !article.blocks.is_empty();
            let names = if about { &mut article.towns } else { &mut article.towns_mentioned };
            names.push(self.towns[at].clone());
        }
        let why = if citywide { "全市" } else { "" };
        article.decisions.push(Decision { what: DecisionKind::Towns, confidence: least_sure, why: why.to_owned() });
    }

    /// The text without the names of places: a town called 桑园 makes no story one about farming.
    pub(super) fn without_names<'t>(&self, text: &'t [char]) -> Cow<'t, [char]> {
        let mut out = Cow::Borrowed(text);
        for hit in self.names.find(text).filter(|hit| *hit.value != Name::City) {
            out.to_mut()[hit.start..hit.end].fill('\u{25a1}');
        }
        out
    }

    fn count(&self, story: &Story) -> Count {
        let mut count = Count { towns: vec![Tally::default(); self.towns.len()], city: 0.0 };
        self.look(&story.headline, HEADLINE, story, &mut count, |t| t.in_headline = true);
        self.look(&story.offices, OFFICE, story, &mut count, |t| t.in_office = true);
        let lead = story.lead();
        for (at, paragraph) in story.paragraphs.iter().enumerate() {
            if at == lead {
                self.look(paragraph, LEAD, story, &mut count, |t| t.in_lead = true);
            } else {
                self.look(paragraph, 1.0, story, &mut count, |_| {});
            }
        }
        for subhead in &story.subheads {
            self.look(subhead, SUBHEAD, story, &mut count, |_| {});
        }
        count
    }

    /// Counts the names in one field, each mention with `weight`.
    fn look(&self, text: &[char], weight: f32, story: &Story, count: &mut Count, mark: impl Fn(&mut Tally)) {
        // Towns of the enumeration that is being read, and where its last member ended.
        let mut listed: Vec<usize> = Vec::new();
        let mut list_end = usize::MAX;
        for hit in self.names.find(text) {
            let (town, strength) = match *hit.value {
                Name::City => {
                    count.city += weight.min(3.0);
                    continue;
                }
                Name::Full(town) => (town, 1.0),
                Name::Village(town) => (town, 0.9),
                Name::Zone(town) => (town, if hit.end - hit.start <= 3 { 0.8 } else { 1.0 }),
                Name::Alias(town) => (town, 0.8),
            };
            if !self.is_place(text, hit.start, hit.end, *hit.value, story) {
                continue;
            }
            if list_end.checked_add(1) != Some(hit.start) || text.get(list_end) != Some(&'、') {
                close_list(&mut listed, count);
            }
            listed.push(town);
            list_end = hit.end;
            let tally = &mut count.towns[town];
            tally.weight += strength * weight;
            tally.mentions += 1;
            mark(tally);
        }
        close_list(&mut listed, count);
    }

    /// Whether a name found in a text means the place.
    fn is_place(&self, text: &[char], start: usize, end: usize, name: Name, story: &Story) -> bool {
        let before = start.checked_sub(1).map(|at| text[at]);
        // "另县青石镇" is another county's town of the same name.
        if matches!(before, Some('县' | '市')) && !self.is_own_county(text, start) {
            return false;
        }
        match name {
            Name::Zone(_) if end - start <= 3 => {
                // A list may hold a bare "开发区"; "外地经济开发区" is then somebody else's.
                !ends_with_any(
                    &text[..start],
                    &["经济", "技术", "产业", "高新", "工业", "科技", "旅游", "省级", "国家级"],
                )
            }
            Name::Alias(_) => {
                let rest = &text[end..];
                let road = ROADS.iter().any(|road| super::story::starts_with(rest, road));
                let person = story.signatures.iter().any(|name| covers(text, name, start, end))
                    || is_persons_name(text, start, end);
                !road && !person && !is_inside_word(text, start, end)
            }
            _ => true,
        }
    }

    /// Whether the county or city named right before `start` is the list's own, or is not named ("我县青石镇").
    fn is_own_county(&self, text: &[char], start: usize) -> bool {
        let before = &text[..start];
        if before.ends_with(&self.city) && !self.city.is_empty() {
            return true;
        }
        let two: String = before[before.len().saturating_sub(2)..].iter().collect();
        NO_COUNTIES.contains(&two.as_str())
    }
}

/// An enumeration ends: its members count as taken up when they are fewer than three.
fn close_list(listed: &mut Vec<usize>, count: &mut Count) {
    if listed.len() < 3 {
        for &town in listed.iter() {
            count.towns[town].alone += 1;
        }
    } else if listed.iter().any(|&t| count.towns[t].alone > 0 || count.towns[t].in_headline) {
        // One of them is a place of the story, so the list is of the story's places.
        for &town in listed.iter() {
            count.towns[town].alone += 1;
        }
    }
    listed.clear();
}

/// A story of the whole city: no town in its headline or lead carries it, and the city is named far more often.
fn is_citywide(count: &Count) -> bool {
    if count.towns.iter().any(|t| t.in_headline || t.in_office) {
        return false;
    }
    let mentions: u32 = count.towns.iter().map(|t| t.mentions).sum();
    let lead = count.towns.iter().any(|t| t.in_lead);
    let needed = if lead { 6.0 } else { 1.5 };
    count.city >= 3.0 && count.city >= needed * mentions as f32
}

/// Whether `name` stands in the text over `start..end`: who signed is a person, even one named like a place.
fn covers(text: &[char], name: &[char], start: usize, end: usize) -> bool {
    let width = name.len();
    if width <= end - start {
        return false;
    }
    let first = end.saturating_sub(width);
    (first..=start).any(|at| text.get(at..at + width) == Some(name))
}

/// A surname in front and a verb of saying behind: somebody is called that.
fn is_persons_name(text: &[char], start: usize, end: usize) -> bool {
    const SAYING: [&str; 11] = ["说", "表示", "介绍", "告诉", "坦言", "认为", "回忆", "笑着", "笑道", "指出", "透露"];
    let surname = start.checked_sub(1).is_some_and(|at| super::people::is_surname(text[at]));
    surname && end - start == 2 && SAYING.iter().any(|verb| super::story::starts_with(&text[end..], verb))
}

/// Whether a dictionary word runs over an end of a short name: "更新仓库" does not name 新仓.
fn is_inside_word(text: &[char], start: usize, end: usize) -> bool {
    if end - start > 2 {
        return false;
    }
    let from = (start.saturating_sub(3)..start).rev().take_while(|&at| is_han(text[at])).last().unwrap_or(start);
    let to = (end..text.len().min(end + 3)).take_while(|&at| is_han(text[at])).last().map_or(end, |at| at + 1);
    let window: String = text[from..to].iter().collect();
    let mut at = from;
    for word in Lexicon::shared().words(&window) {
        let next = at + word.chars().count();
        let crosses_start = at < start && start < next;
        let crosses_end = at < end && end < next && next - at > 1 && at > start;
        if crosses_start || crosses_end {
            return true;
        }
        at = next;
    }
    false
}

fn ends_with_any(text: &[char], endings: &[&str]) -> bool {
    endings.iter().any(|ending| super::story::ends_with(text, ending))
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Byline, BylineRole, Town};

    fn gazetteer() -> Gazetteer {
        let town = |name: &str, alias: &str, zones: &[&str], villages: &[&str]| Town {
            name: name.to_owned(),
            aliases: vec![alias.to_owned()],
            zones: zones.iter().map(|z| (*z).to_owned()).collect(),
            villages: villages.iter().map(|v| (*v).to_owned()).collect(),
        };
        let towns = vec![
            town("青石镇", "青石", &["云溪经济开发区", "开发区"], &["石门村"]),
            town("新仓镇", "新仓", &[], &[]),
            town("白沙街道", "白沙", &[], &["沙湾社区"]),
            town("临江镇", "临江", &[], &[]),
        ];
        Gazetteer::new(&PlaceList { newspaper: None, city: Some("云溪市".to_owned()), towns })
    }

    fn article(title: &str, paragraphs: &[&str]) -> Article {
        let block = |text: &&str| Block { kind: BlockKind::Paragraph, text: (*text).to_owned(), runs: Vec::new() };
        let blocks = paragraphs.iter().map(block).collect();
        Article { title: title.to_owned(), title_printed: true, blocks, ..Article::default() }
    }

    fn placed(mut article: Article) -> (Vec<String>, Vec<String>) {
        let story = Story::new(&article);
        gazetteer().place(&mut article, &story);
        article.towns.sort();
        (article.towns, article.towns_mentioned)
    }

    #[track_caller]
    fn check(title: &str, paragraphs: &[&str], about: &[&str], mentioned: &[&str]) {
        let (towns, others) = placed(article(title, paragraphs));
        assert_eq!(
            (towns, others),
            (about.iter().map(|t| (*t).to_owned()).collect(), mentioned.iter().map(|t| (*t).to_owned()).collect())
        );
    }

    #[test]
    fn zones_villages_and_offices_count_for_their_town() {
        check("集市开张", &["石门村的集市昨天开张。"], &["青石镇"], &[]);
        check("新厂投产", &["云溪经济开发区又有一家企业投产。"], &["青石镇"], &[]);
        check("民警上门", &["白沙派出所民警上门走访。"], &["白沙街道"], &[]);
        // Another place's zone is not the one the list calls 开发区 for short.
        check("客商来访", &["邻省的海东经济技术开发区来客。"], &[], &[]);
    }

    #[test]
    fn roads_people_longer_words_and_other_counties_are_no_towns() {
        check("路灯亮了", &["新仓路上的路灯亮了，临江大道也亮了。"], &[], &[]);
        check("货架换新", &["超市更新仓库货架。"], &[], &[]);
        check("修路", &["“路修好了。”王新仓说，路灯也亮了。"], &[], &[]);
        check("邻县来客", &["东海县新仓镇的客人来访。"], &[], &[]);
        check("我市新仓镇", &["我市新仓镇的客人来访。"], &["新仓镇"], &[]);
        let mut signed = article("秋日", &["秋天来了，何新仓坐在门口。"]);
        signed.bylines.push(Byline { role: BylineRole::Author, name: "何新仓".to_owned(), position: None });
        assert_eq!(placed(signed).0, Vec::<String>::new());
    }

    #[test]
    fn a_story_of_the_whole_city_is_about_no_town() {
        let text = [
            "昨天，全市外贸工作会议召开，云溪市有关部门参加。",
            "我市今年组织企业参展，市委、市政府多次部署。",
            "白沙街道组织了招商团组。全市已有十个团组。",
        ];
        check("外贸开新局", &text, &[], &["白沙街道"]);
        // A headline that names the town makes it the town's story.
        check("白沙街道外贸开新局", &text, &["白沙街道"], &[]);
    }

    #[test]
    fn a_list_that_is_never_taken_up_is_a_figure_of_speech() {
        let text = ["临江镇的书船每周出发。", "白沙、新仓、青石三个地方的读者多，临江镇的少。"];
        check("书船", &text, &["临江镇"], &["青石镇", "新仓镇", "白沙街道"]);
        let taken_up = ["青石镇的卫生院连上了平台。", "青石、新仓、白沙三家卫生院都能用。"];
        check("平台", &taken_up, &["新仓镇", "白沙街道", "青石镇"], &[]);
    }

    #[test]
    fn an_officers_essay_is_about_his_own_town() {
        let mut essay = article("体会", &["白沙街道要向青石学习，白沙街道将努力。", "白沙街道再出发，白沙要开新局。"]);
        let office = Some("白沙街道党工委书记".to_owned());
        essay.bylines.push(Byline { role: BylineRole::Author, name: "金一".to_owned(), position: office });
        assert_eq!(placed(essay), (vec!["白沙街道".to_owned()], vec!["青石镇".to_owned()]));
    }
}
