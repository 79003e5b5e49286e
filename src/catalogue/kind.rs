//! What sort of piece an article is, from its build: captions, questions and answers, signatures, openings, length.
//!
//! Each trait of the build speaks for or against kinds; the kind with most in its favour wins. None of the traits is
//! certain, because the parts come out of reconstruction and may be missing.

use super::phrases::Phrases;
use super::story::{Story, contains, ends_with, is_editors_note, starts_with};
use crate::model::{Article, BylineRole, Decision, DecisionKind, Kind, Role};
use serde::Deserialize;
use std::sync::LazyLock;

/// Words that tell a kind (`assets/kinds.toml`).
#[derive(Debug, Default)]
struct Words {
    columns: Phrases<Kind>,
    titles: Phrases<Kind>,
    bodies: Phrases<Kind>,
    arguing: Phrases<()>,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    #[serde(default)]
    column: Vec<Entry>,
    #[serde(default)]
    headline: Vec<Entry>,
    #[serde(default)]
    body: Vec<Entry>,
    #[serde(default)]
    arguing: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    kind: Kind,
    words: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A test holds the file to be sound.
    let file: File = toml::from_str(include_str!("../../assets/kinds.toml")).unwrap_or_default();
    let phrases = |entries: Vec<Entry>| {
        Phrases::new(entries.into_iter().flat_map(|e| e.words.into_iter().map(move |word| (word, e.kind))))
    };
    Words {
        columns: phrases(file.column),
        titles: phrases(file.headline),
        bodies: phrases(file.body),
        arguing: Phrases::new(file.arguing.into_iter().map(|word| (word, ()))),
    }
});

/// What each kind has in its favour.
#[derive(Debug, Default)]
struct Scores([f32; Kind::ALL.len()]);

impl Scores {
    fn add(&mut self, kind: Kind, weight: f32) {
        self.0[kind as usize] += weight;
    }
}

/// Fills in the kind of `article`.
pub(super) fn judge(article: &mut Article, story: &Story) {
    let mut scores = Scores::default();
    score_build(article, story, &mut scores);
    score_signatures(article, &mut scores);
    score_opening(story, &mut scores);
    score_words(story, &mut scores);
    score_length(story, &mut scores);
    let mut ranked: Vec<(f32, Kind)> = Kind::ALL.iter().map(|kind| (scores.0[*kind as usize], *kind)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let lead = ranked[0].0 - ranked[1].0;
    article.kind = ranked[0].1;
    let confidence = (0.6 + 0.1 * lead).clamp(0.5, 0.97);
    article.decisions.push(Decision { what: DecisionKind::Kind, confidence, why: String::new() });
}

/// Captions, subheads, questions and answers.
fn score_build(article: &Article, story: &Story, scores: &mut Scores) {
    let lines = |role: Role| article.spans.iter().filter(|s| s.role == role).map(|s| s.to - s.from + 1).sum::<u32>();
    let (captions, bodies) = (lines(Role::Caption), lines(Role::Body));
    if captions == 0 {
        scores.add(Kind::Photo, -1.5);
    } else if bodies == 0 {
        scores.add(Kind::Photo, 5.0);
    } else if captions > bodies {
        scores.add(Kind::Photo, 2.0);
    }
    let turns = story.paragraphs.iter().filter(|p| is_turn(p)).count();
    let asked = story.paragraphs.iter().filter(|p| is_question(p)).count();
    if turns >= 4 || asked >= 2 {
        scores.add(Kind::Interview, 6.0);
    } else if asked == 1 && turns >= 2 {
        scores.add(Kind::Interview, 3.0);
    }
    match story.subheads.len() {
        0 => {}
        1 => scores.add(Kind::Feature, 2.0),
        _ => scores.add(Kind::Feature, 3.0),
    }
    if story.paragraphs.first().is_some_and(|p| is_editors_note(p)) && story.paragraphs.len() <= 2 {
        scores.add(Kind::Notice, 6.0);
    }
}

/// "记者：…", "某某：…", "问：…".
fn is_turn(paragraph: &[char]) -> bool {
    let Some(colon) = paragraph.iter().take(7).position(|c| matches!(c, '：' | ':')) else { return false };
    (1..=6).contains(&colon) && paragraph[..colon].iter().all(|c| super::people::is_han(*c))
}

fn is_question(paragraph: &[char]) -> bool {
    ["记者：", "记者:", "问：", "问:", "主持人：", "主持人:"].iter().any(|opening| starts_with(paragraph, opening))
}

/// Who signed, and as what.
fn score_signatures(article: &Article, scores: &mut Scores) {
    let count = |role: BylineRole| article.bylines.iter().filter(|b| b.role == role).count();
    let writers = count(BylineRole::Reporter) + count(BylineRole::Correspondent) + count(BylineRole::Intern);
    if writers > 0 {
        for kind in [Kind::News, Kind::Feature, Kind::Interview] {
            scores.add(kind, 1.5);
        }
        scores.add(Kind::Commentary, -1.0);
        scores.add(Kind::Essay, -2.0);
    } else if count(BylineRole::Photographer) > 0 {
        scores.add(Kind::Photo, 2.5);
    }
    let authors: Vec<_> = article.bylines.iter().filter(|b| b.role == BylineRole::Author).collect();
    if authors.iter().any(|b| b.position.is_some()) {
        scores.add(Kind::Essay, 5.0);
    } else if !authors.is_empty() {
        scores.add(Kind::Commentary, 2.5);
        scores.add(Kind::Essay, 2.0);
    }
}

/// The first paragraph without a bracket before it: "（本报讯）", "【本报讯】".
fn lead(story: &Story) -> Option<&[char]> {
    let lead = story.paragraphs.get(story.lead())?;
    Some(&lead[lead.iter().take_while(|c| "（(【".contains(**c)).count()..])
}

/// How the text begins.
fn score_opening(story: &Story, scores: &mut Scores) {
    let Some(lead) = lead(story) else { return };
    let opening = &lead[..lead.len().min(14)];
    if starts_with(opening, "本报") && (contains(opening, "讯") || contains(opening, "电"))
        || starts_with(opening, "据新华社")
        || starts_with(opening, "新华社")
    {
        scores.add(Kind::News, 5.0);
    }
    if contains(opening, "日") || contains(opening, "昨") || contains(opening, "近日") || contains(opening, "今天")
    {
        scores.add(Kind::News, 0.7);
        scores.add(Kind::Photo, 0.7);
    }
}

/// Column names, words of announcements, argument.
fn score_words(story: &Story, scores: &mut Scores) {
    let words = &*WORDS;
    if let Some(hit) = words.columns.find(&story.column).last() {
        scores.add(*hit.value, 4.0);
    }
    let mut titles = Vec::new();
    for hit in words.titles.find(&story.headline) {
        // 通告 closes a headline, or at least one of its lines; "收到通知后" inside one is no announcement.
        let closes = story.headline.get(hit.end).is_none_or(|c| matches!(c, '\n' | ' ' | '　' | '（' | '('));
        let fits = match hit.value {
            Kind::Notice => closes,
            _ => hit.start == 0 || !super::people::is_han(story.headline[hit.start - 1]),
        };
        if fits && !titles.contains(hit.value) {
            titles.push(*hit.value);
            scores.add(*hit.value, 5.5);
        }
    }
    let mut bodies = 0.0f32;
    for paragraph in &story.paragraphs {
        bodies += words.bodies.find(paragraph).filter(|hit| *hit.value == Kind::Notice).count() as f32;
    }
    scores.add(Kind::Notice, (bodies * 1.5).min(3.0));
    if story.length >= 200 {
        let arguing: usize = story.paragraphs.iter().map(|p| words.arguing.find(p).count()).sum();
        let questions = story.paragraphs.iter().flatten().filter(|c| matches!(c, '？' | '?')).count();
        let share = 1000.0 * (arguing as f32 + 0.5 * questions as f32) / story.length as f32;
        scores.add(Kind::Commentary, (0.35 * share).min(3.0));
    }
    let says = story.paragraphs.iter().filter(|p| contains(p, "”") && contains(p, "说")).count();
    if says >= 1 {
        scores.add(Kind::Commentary, -0.8);
    }
    if story.paragraphs.iter().any(|p| contains(p, "记者")) {
        scores.add(Kind::Commentary, -1.5);
        scores.add(Kind::Essay, -1.5);
    }
    let first_person = story.paragraphs.iter().flatten().filter(|c| **c == '我').count();
    if story.length > 0 && first_person * 150 > story.length {
        scores.add(Kind::Essay, 1.0);
    }
}

/// Long pieces are features, short ones news, the shortest may be captions.
fn score_length(story: &Story, scores: &mut Scores) {
    let opened = lead(story).is_some_and(|lead| starts_with(lead, "本报"));
    match story.length {
        0..=160 if story.paragraphs.len() <= 2 && !opened => scores.add(Kind::Photo, 1.5),
        0..=160 => scores.add(Kind::News, 0.5),
        161..=600 => scores.add(Kind::News, 1.2),
        601..=850 => scores.add(Kind::Feature, 0.8),
        _ => scores.add(Kind::Feature, 1.6),
    }
    if story.length > 260 {
        scores.add(Kind::Photo, -3.0);
    }
    if story.paragraphs.last().is_some_and(|p| p.len() < 40 && ends_with(p, "日") && contains(p, "年")) {
        // Signed and dated like an announcement.
        scores.add(Kind::Notice, 2.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Byline, Span};

    fn byline(role: BylineRole, name: &str, position: Option<&str>) -> Byline {
        Byline { role, name: name.to_owned(), position: position.map(str::to_owned) }
    }

    fn article(title: &str, paragraphs: &[&str]) -> Article {
        let block = |text: &&str| Block { kind: BlockKind::Paragraph, text: (*text).to_owned(), runs: Vec::new() };
        let blocks = paragraphs.iter().map(block).collect();
        let spans = vec![Span { from: 1, to: 9, role: Role::Body }];
        Article { title: title.to_owned(), title_printed: true, blocks, spans, ..Article::default() }
    }

    #[track_caller]
    fn check(mut article: Article, expected: Kind) {
        let story = Story::new(&article);
        judge(&mut article, &story);
        assert_eq!(article.kind, expected, "{}", article.title);
    }

    #[test]
    fn news_opens_with_its_newspaper_or_with_the_day() {
        for lead in ["本报讯 昨天", "（本报讯）昨天", "【本报讯】昨天"] {
            check(article("集市开张", &[&format!("{lead}，青石镇的集市开张，来了三千多人。")]), Kind::News);
        }
        check(
            article("集市开张", &["昨天清早，青石镇的集市开张。", &"来的人比去年多，摊位排到了桥头。".repeat(16)]),
            Kind::News,
        );
    }

    #[test]
    fn a_short_text_that_is_no_caption_is_news() {
        check(article("集市开张", &["昨天，青石镇的集市开张，来了三千多人。"]), Kind::News);
    }

    #[test]
    fn captions_make_a_picture() {
        let mut photo = article("桥头", &["3月5日，青石镇的孩子们在桥头放风筝。"]);
        photo.spans[0].role = Role::Caption;
        check(photo.clone(), Kind::Photo);
        // Even when the caption was taken for body text, the photographer tells.
        photo.spans[0].role = Role::Body;
        photo.bylines.push(byline(BylineRole::Photographer, "尤海", None));
        check(photo, Kind::Photo);
    }

    #[test]
    fn questions_make_an_interview() {
        let turns = [
            "今年图书馆办了什么？记者问了馆长。",
            "记者：为什么？",
            "林馆长：人多。",
            "记者：还有呢？",
            "林馆长：书多。",
        ];
        check(article("书多人多", &turns), Kind::Interview);
        let mut visit = article("书多人多", &[&"图书馆今年办了很多事。".repeat(60)]);
        visit.subtitle = Some("——访青石镇图书馆馆长林一".to_owned());
        check(visit, Kind::Interview);
    }

    #[test]
    fn signatures_tell_comment_from_essay() {
        let mut comment = article("台阶矮一寸", &[&"台阶不妨矮一寸，道理其实很简单。难道不应当如此？".repeat(12)]);
        comment.bylines.push(byline(BylineRole::Author, "方一", None));
        check(comment.clone(), Kind::Commentary);
        comment.bylines[0].position = Some("青石镇镇长".to_owned());
        check(comment, Kind::Essay);
        let mut unsigned = article("台阶矮一寸", &[&"台阶不妨矮一寸，道理其实很简单。难道不应当如此？".repeat(12)]);
        unsigned.column = Some("云溪时评".to_owned());
        check(unsigned, Kind::Commentary);
    }

    #[test]
    fn subheads_and_length_make_a_feature() {
        let mut feature = article("守塘人", &[&"夜里的塘边只有蛙声，老人打着手电走过去。".repeat(50)]);
        feature.bylines.push(byline(BylineRole::Reporter, "林一", None));
        for text in ["夜半", "天明"] {
            feature.blocks.push(Block { kind: BlockKind::Subhead, text: text.to_owned(), runs: Vec::new() });
        }
        check(feature, Kind::Feature);
    }

    #[test]
    fn announcements_and_editors_notes_are_notices() {
        check(
            article("关于封闭青石大桥的通告", &["因维修，青石大桥封闭。", "敬请谅解。", "云溪市交通局 2019年8月6日"]),
            Kind::Notice,
        );
        check(article("停水通知", &["因维修，3月5日停水，请提前做好储水准备。"]), Kind::Notice);
        check(article("学习邻县", &["编者按：本报今起刊发各镇心得，敬请关注。"]), Kind::Notice);
        // A report that a notice arrived is none.
        check(article("收到通知第二天就开工", &["本报讯 昨天，青石镇收到通知，第二天就开工。"]), Kind::News);
    }
}
