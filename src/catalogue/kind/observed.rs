//! What is seen of an article that tells its kind.

use super::super::people::is_han;
use super::super::phrases::Phrases;
use super::super::story::{Story, contains, ends_with, is_editors_note, starts_with};
use crate::model::{Article, BylineRole, Kind, Role};
use crate::reconstruct::weights;
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
    let file: File = toml::from_str(include_str!("../../../assets/kinds.toml")).unwrap_or_default();
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

/// Sizes of the groups of weights, in order.
const SIZES: [usize; 29] = [
    4,                  // lines of captions: none, nothing else, more than of text, less
    4,                  // paragraphs with a speaker
    3,                  // questions
    3,                  // subheads
    3,                  // opens with an editor's note: no, and has little else, yes
    SIGNERS,            // who signed
    SIGNERS * LENGTHS,  // who signed, length
    OPENINGS,           // how the text begins
    2 + KINDS,          // column: none, one that tells nothing, what it tells
    2 * KINDS,          // what words of the headline tell
    3,                  // words of announcements in the text
    6,                  // words of those who argue
    4,                  // paragraphs with what somebody says
    2,                  // 记者 in the text
    SELVES,             // 我
    LENGTHS,            // length
    6,                  // paragraphs
    5,                  // their mean length
    FIGURES,            // digits
    4,                  // question marks
    2,                  // ends with the day, as announcements do
    3,                  // the headline asks, calls out
    3,                  // 你, 您
    SIGNERS * FIGURES,  // who signed, digits
    SIGNERS * SELVES,   // who signed, 我
    SIGNERS * OPENINGS, // who signed, how the text begins
    4 * LENGTHS,        // captions, length
    OPENINGS * LENGTHS, // how the text begins, length
    2,                  // the headline is printed
];
const KINDS: usize = Kind::ALL.len();
const SIGNERS: usize = 6;
const LENGTHS: usize = 8;
const OPENINGS: usize = 4;
const SELVES: usize = 5;
const FIGURES: usize = 5;

const BASES: [usize; SIZES.len()] = weights::bases(SIZES);
/// Weights of one kind.
pub const OF_KIND: usize = weights::total(SIZES);

/// The number of the class that a value falls into.
fn class(value: f32, steps: &[f32]) -> usize {
    steps.iter().filter(|&&step| value >= step).count()
}

/// What is seen of an article: numbers below [`OF_KIND`].
pub(super) fn see(article: &Article, story: &Story) -> Vec<usize> {
    let mut out = Vec::with_capacity(SIZES.len());
    let mut add = |group: usize, value: usize| {
        debug_assert!(value < SIZES[group]);
        out.push(BASES[group] + value);
    };
    let (captions, signer, opening) = (captions(article), signer(article), opening(story));
    let length = class(story.length as f32, &[80.0, 160.0, 260.0, 400.0, 600.0, 850.0, 1200.0]);
    let each = |wanted: &dyn Fn(char) -> bool| {
        let count = story.paragraphs.iter().flatten().filter(|c| wanted(**c)).count();
        100.0 * count as f32 / story.length.max(1) as f32
    };
    let figures = class(each(&|c| c.is_ascii_digit()), &[0.1, 1.0, 2.5, 5.0]);
    let selves = class(each(&|c| c == '我'), &[0.05, 0.4, 0.9, 1.8]);
    add(0, captions);
    let turns = story.paragraphs.iter().filter(|p| is_turn(p)).count();
    add(1, class(turns as f32, &[1.0, 2.0, 4.0]));
    add(2, story.paragraphs.iter().filter(|p| is_question(p)).count().min(2));
    add(3, story.subheads.len().min(2));
    let is_noted = story.paragraphs.first().is_some_and(|p| is_editors_note(p));
    add(4, if is_noted { 1 + usize::from(story.paragraphs.len() > 2) } else { 0 });
    add(5, signer);
    add(6, signer * LENGTHS + length);
    add(7, opening);
    let column = WORDS.columns.find(&story.column).last().map(|hit| 2 + *hit.value as usize);
    add(8, column.unwrap_or(usize::from(!story.column.is_empty())));
    for (kind, is_told) in told_by_headline(story).into_iter().enumerate() {
        add(9, kind * 2 + usize::from(is_told));
    }
    let announced = story.paragraphs.iter().flat_map(|p| WORDS.bodies.find(p)).filter(|h| *h.value == Kind::Notice);
    add(10, announced.count().min(2));
    let arguing: usize = story.paragraphs.iter().map(|p| WORDS.arguing.find(p).count()).sum();
    add(11, class(1000.0 * arguing as f32 / story.length.max(1) as f32, &[0.1, 2.0, 4.0, 7.0, 11.0]));
    let says = story.paragraphs.iter().filter(|p| contains(p, "”") && contains(p, "说")).count();
    add(12, class(says as f32, &[1.0, 2.0, 4.0]));
    add(13, usize::from(story.paragraphs.iter().any(|p| contains(p, "记者"))));
    add(14, selves);
    add(15, length);
    add(16, class(story.paragraphs.len() as f32, &[2.0, 3.0, 5.0, 8.0, 13.0]));
    let mean = story.length as f32 / story.paragraphs.len().max(1) as f32;
    add(17, class(mean, &[14.0, 28.0, 60.0, 120.0]));
    add(18, figures);
    add(19, class(each(&|c| matches!(c, '？' | '?')), &[0.05, 0.4, 0.9]));
    let is_day = |p: &&Vec<char>| p.len() < 40 && ends_with(p, "日") && contains(p, "年");
    add(20, usize::from(story.paragraphs.last().filter(is_day).is_some()));
    let headline = |marks: [char; 2]| story.headline.iter().any(|c| marks.contains(c));
    add(21, if headline(['？', '?']) { 1 } else { 2 * usize::from(headline(['！', '!'])) });
    add(22, class(each(&|c| matches!(c, '你' | '您')), &[0.05, 0.6]));
    add(23, signer * FIGURES + figures);
    add(24, signer * SELVES + selves);
    add(25, signer * OPENINGS + opening);
    add(26, captions * LENGTHS + length);
    add(27, opening * LENGTHS + length);
    add(28, usize::from(article.title_printed));
    out
}

/// Every kind with what is seen where the column or the headline tells it.
pub(super) fn told() -> impl Iterator<Item = (usize, usize)> {
    (0..KINDS).flat_map(|kind| [(kind, BASES[8] + 2 + kind), (kind, BASES[9] + kind * 2 + 1)])
}

/// Lines of captions: none, nothing else, more than of text, less.
fn captions(article: &Article) -> usize {
    let lines = |role: Role| article.spans.iter().filter(|s| s.role == role).map(|s| s.to - s.from + 1).sum::<u32>();
    match (lines(Role::Caption), lines(Role::Body)) {
        (0, _) => 0,
        (_, 0) => 1,
        (captions, bodies) if captions > bodies => 2,
        _ => 3,
    }
}

/// Who signed: nobody, somebody of the newsroom, a photographer alone, an author whose position is told, another author, one
/// beside the newsroom.
fn signer(article: &Article) -> usize {
    let has = |wanted: &dyn Fn(BylineRole) -> bool| article.bylines.iter().any(|b| wanted(b.role));
    let is_writer = |role| matches!(role, BylineRole::Reporter | BylineRole::Correspondent | BylineRole::Intern);
    let mut authors = article.bylines.iter().filter(|b| b.role == BylineRole::Author).peekable();
    match (has(&is_writer), authors.peek().is_some()) {
        (true, true) => 5,
        (true, false) => 1,
        (false, true) if authors.any(|author| author.position.is_some()) => 3,
        (false, true) => 4,
        (false, false) if has(&|role| role == BylineRole::Photographer) => 2,
        _ => 0,
    }
}

/// How the text begins: with the newspaper or the agency that tells it, with the day, with neither; it has none.
fn opening(story: &Story) -> usize {
    let Some(lead) = lead(story) else { return 3 };
    let opening = &lead[..lead.len().min(14)];
    let is_told = starts_with(opening, "本报") && (contains(opening, "讯") || contains(opening, "电"))
        || starts_with(opening, "据新华社")
        || starts_with(opening, "新华社");
    let is_dated = ["日", "昨", "近日", "今天"].iter().any(|word| contains(opening, word));
    match (is_told, is_dated) {
        (true, _) => 0,
        (_, true) => 1,
        _ => 2,
    }
}

/// Of every kind whether words of the headline tell it.
fn told_by_headline(story: &Story) -> [bool; KINDS] {
    let mut out = [false; KINDS];
    for hit in WORDS.titles.find(&story.headline) {
        // 通告 closes a headline, or at least one of its lines; "收到通知后" inside one is no announcement.
        let closes = story.headline.get(hit.end).is_none_or(|c| matches!(c, '\n' | ' ' | '　' | '（' | '('));
        let fits = match hit.value {
            Kind::Notice => closes,
            _ => hit.start == 0 || !is_han(story.headline[hit.start - 1]),
        };
        out[*hit.value as usize] |= fits;
    }
    out
}

/// The first paragraph without a bracket before it: "（本报讯）", "【本报讯】".
fn lead(story: &Story) -> Option<&[char]> {
    let lead = story.paragraphs.get(story.lead())?;
    Some(&lead[lead.iter().take_while(|c| "（(【".contains(**c)).count()..])
}

/// "记者：…", "某某：…", "问：…".
fn is_turn(paragraph: &[char]) -> bool {
    let Some(colon) = paragraph.iter().take(7).position(|c| matches!(c, '：' | ':')) else { return false };
    (1..=6).contains(&colon) && paragraph[..colon].iter().all(|c| is_han(*c))
}

fn is_question(paragraph: &[char]) -> bool {
    ["记者：", "记者:", "问：", "问:", "主持人：", "主持人:"].iter().any(|opening| starts_with(paragraph, opening))
}
