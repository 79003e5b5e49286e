//! People named with their offices: "镇卫生院院长某某介绍". Those who signed are not among them.

use super::phrases::Phrases;
use super::story::{Story, as_printed, starts_with};
use crate::model::{Article, Person};
use crate::reconstruct::Lexicon;
use serde::Deserialize;
use std::sync::LazyLock;

/// Words around names (`assets/names.toml`).
#[derive(Debug)]
struct Words {
    offices: Phrases<()>,
    followers: Phrases<()>,
    surnames: Vec<bool>,
    double_surnames: Vec<[char; 2]>,
    stops: Vec<char>,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    surnames: String,
    double_surnames: Vec<String>,
    offices: Vec<String>,
    followers: Vec<String>,
    never: String,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A test holds the file to be sound.
    let file: File = toml::from_str(include_str!("../../assets/names.toml")).unwrap_or_default();
    let mut surnames = vec![false; 0x1_0000];
    for c in file.surnames.chars().filter(|c| !c.is_whitespace()) {
        surnames[(c as usize) & 0xFFFF] = true;
    }
    let pair = |s: &String| {
        let mut chars = s.chars();
        Some([chars.next()?, chars.next()?])
    };
    Words {
        offices: Phrases::new(file.offices.into_iter().map(|w| (w, ()))),
        followers: Phrases::new(file.followers.into_iter().map(|w| (w, ()))),
        surnames,
        double_surnames: file.double_surnames.iter().filter_map(pair).collect(),
        stops: file.never.chars().filter(|c| !c.is_whitespace()).collect(),
    }
});

/// People per article; a list of winners is no catalogue entry.
const MOST: usize = 40;
/// Characters of an office, counted back from the name.
const LONGEST_OFFICE: usize = 40;

/// Whether `c` is a common surname of one character.
pub(super) fn is_surname(c: char) -> bool {
    WORDS.surnames.get(c as usize).copied().unwrap_or(false)
}

/// Whether `c` is an ideograph.
pub(super) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c)
}

/// Fills in the people of `article`.
pub(super) fn name(article: &mut Article, story: &Story) {
    find(article, story);
    if !story.is_plain && !article.people.is_empty() {
        file_as_printed(article);
    }
}

/// Names and offices get back the characters of the text they were found in.
fn file_as_printed(article: &mut Article) {
    let printed = as_printed([&*article]);
    for person in &mut article.people {
        let office = person.position.take().unwrap_or_default();
        let found = printed.restore(&format!("{office}{}", person.name));
        let at = found.char_indices().nth(office.chars().count()).map_or(found.len(), |(at, _)| at);
        let (office, name) = found.split_at(at);
        person.name = name.to_owned();
        person.position = Some(office.to_owned()).filter(|office| !office.is_empty());
    }
}

fn find(article: &mut Article, story: &Story) {
    let words = &*WORDS;
    for text in story.paragraphs.iter().chain([&story.headline]) {
        for office in words.offices.find(text) {
            let Some(end) = name_end(text, office.end, words) else { continue };
            let name = &text[office.end..end];
            let position: String = text[office_start(text, office.start)..office.end].iter().collect();
            if story.signatures.iter().any(|signature| signature == name) {
                continue;
            }
            let name: String = name.iter().collect();
            let is_full = article.people.len() >= MOST;
            match article.people.iter_mut().find(|person| person.name == name) {
                // The fullest wording of an office is kept: "镇卫生院院长" rather than "院长".
                Some(person) => {
                    let shorter = person.position.as_ref().is_none_or(|p| p.chars().count() < position.chars().count());
                    if shorter {
                        person.position = Some(position);
                    }
                }
                None if is_full => return,
                None => article.people.push(Person { name, position: Some(position) }),
            }
        }
    }
}

/// Where the name ends that begins at `start`, if one does.
fn name_end(text: &[char], start: usize, words: &Words) -> Option<usize> {
    let first = *text.get(start)?;
    let is_double = text.get(start + 1).is_some_and(|second| words.double_surnames.contains(&[first, *second]));
    if !is_double && !is_surname(first) {
        return None;
    }
    let lengths: &[usize] = if is_double { &[4, 3] } else { &[3, 2] };
    lengths.iter().copied().map(|length| start + length).find(|&end| {
        let Some(name) = text.get(start..end) else { return false };
        let given_is_fine = name.iter().all(|c| is_han(*c) && !words.stops.contains(c));
        let follower = match text.get(end) {
            None => true,
            Some(c) if !is_han(*c) && !c.is_alphanumeric() => true,
            _ => words.followers.longest_at(text, end).is_some(),
        };
        given_is_fine && follower && !(name.len() == 3 && runs_on(text, end))
    })
}

/// Whether a dictionary word runs over the end of a name: "王二帮忙" is about 王二.
fn runs_on(text: &[char], end: usize) -> bool {
    let window: String = text[end - 1..text.len().min(end + 2)].iter().collect();
    Lexicon::shared().words(&window).first().is_some_and(|word| word.chars().count() > 1)
}

/// Where the office begins whose last word begins at `at`: after the last mark or verb.
fn office_start(text: &[char], at: usize) -> usize {
    let least = at.saturating_sub(LONGEST_OFFICE);
    let mut start = at;
    while start > least {
        let c = text[start - 1];
        let joins = is_han(c) || c.is_ascii_digit() || matches!(c, '、' | '·' | '（' | '）' | '“' | '”');
        if !joins || is_break(text, start) {
            break;
        }
        start -= 1;
    }
    while start < at && matches!(text[start], '、' | '”' | '）' | '·') {
        start += 1;
    }
    start
}

/// Whether a word that cannot belong to an office ends right before `at`.
fn is_break(text: &[char], at: usize) -> bool {
    const BREAKS: [&str; 29] = [
        "的",
        "了",
        "在",
        "是",
        "和",
        "与",
        "向",
        "对",
        "被",
        "由",
        "从",
        "把",
        "让",
        "请",
        "到",
        "说",
        "据",
        "给",
        "跟",
        "叫",
        "岁",
        "访",
        "有",
        "找",
        "来",
        "以来",
        "着",
        "记者同",
        "正如",
    ];
    // "有限公司总经理" is one office, "有位店主" is none.
    if text[at - 1] == '有' && text.get(at) == Some(&'限') {
        return false;
    }
    BREAKS.iter().any(|word| {
        let length = word.chars().count();
        at >= length && starts_with(&text[at - length..at], word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Byline, BylineRole};

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let mut article = Article::default();
        article.blocks.push(Block { kind: BlockKind::Paragraph, text: text.to_owned(), runs: Vec::new() });
        article.bylines.push(Byline { role: BylineRole::Reporter, name: "林一".to_owned(), position: None });
        let story = Story::new(&article);
        name(&mut article, &story);
        let found: Vec<_> =
            article.people.iter().map(|p| (p.name.as_str(), p.position.as_deref().unwrap_or_default())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn people_are_named_with_their_offices() {
        check("镇农技站站长宫雪梅说，苗情很好。", &[("宫雪梅", "镇农技站站长")]);
        check("县水利局副局长辛钧介绍，水库都查过了。", &[("辛钧", "县水利局副局长")]);
        check("市委常委、开发区党工委书记欧阳明出席。", &[("欧阳明", "市委常委、开发区党工委书记")]);
        check("他去找了村民王二，又找村民王二帮忙。", &[("王二", "村民")]);
        check("站长宫雪梅说。镇农技站站长宫雪梅表示。", &[("宫雪梅", "镇农技站站长")]);
        check("云溪木业有限公司总经理桑远说，订单多。", &[("桑远", "云溪木业有限公司总经理")]);
    }

    #[test]
    fn offices_without_a_name_and_those_who_signed_are_left_out() {
        check("镇长说，路修好了。", &[]);
        check("局长和书记都来了。", &[]);
        check("本报工作人员林一。", &[]);
        check("主任高度重视。", &[]);
    }
}
