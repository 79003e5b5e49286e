//! Signatures inside running text: behind the dateline and at the end.

use super::super::chars::{closes, is_bullet};
use super::{Shape, is_name, read};
use crate::model::Byline;
use std::ops::Range;

/// Characters of the longest signature in a text.
const LONGEST: usize = 60;

/// Characters of the shortest text behind a signature that stands before it.
const SHORTEST_TEXT: usize = 8;

/// What ends a signature that stands in a sentence.
const REPORTS: &str = "报道";

const OPEN: [char; 2] = ['（', '('];
const CLOSE: [char; 2] = ['）', ')'];

/// A signature inside running text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct InText {
    /// Who signs.
    pub names: Vec<Byline>,
    /// The characters of the paragraph that are the signature and nothing else, brackets and all: no part of what was
    /// written.
    pub apart: Range<usize>,
}

/// Names behind a dateline, in brackets or before what they report: "本报讯（记者 甲乙丙）", "本报讯 记者 甲乙丙 报道"; or before the
/// text that they wrote: "本报记者 甲乙丙 渡口……".
pub(crate) fn after_dateline(paragraph: &str) -> Option<InText> {
    let head: String = paragraph.chars().take(LONGEST).collect();
    in_brackets(&head).or_else(|| reported(&head)).or_else(|| run_in(&head))
}

fn in_brackets(head: &str) -> Option<InText> {
    let open = head.find(OPEN).filter(|&at| head[..at].chars().count() <= 16)?;
    let close = open + head[open..].find(CLOSE)?;
    let inside = head[open..close].trim_start_matches(OPEN);
    let bare = || (open == 0 || is_dateline(&head[..open])).then(|| bare_names(inside)).flatten();
    let names = signatures(inside).or_else(bare)?;
    let from = head[..open].chars().count();
    Some(InText { names, apart: from..from + head[open..close].chars().count() + 1 })
}

/// "本报讯", "新华社北京6月3日电", "【望湖讯】".
fn is_dateline(text: &str) -> bool {
    text.trim_end().trim_end_matches(['】', '）', ')', ']']).ends_with(['讯', '电'])
}

/// Names and nothing else, which are a signature by where they stand.
fn bare_names(text: &str) -> Option<Vec<Byline>> {
    let reading = read(text);
    matches!(reading.shape, Shape::Names | Shape::Office).then_some(reading.names)
}

/// "本报讯 记者 甲乙丙 报道：…": a signature without brackets, up to the word for reporting.
fn reported(head: &str) -> Option<InText> {
    let (first, rest) = head.split_once(char::is_whitespace)?;
    let signature = if is_dateline(first) { rest } else { head };
    let end = signature.find(REPORTS)?;
    let reading = read(&signature[..end]);
    let is_sure = matches!(reading.shape, Shape::Signed) && reading.names.iter().all(|name| is_name(&name.name));
    let behind = &signature[end + REPORTS.len()..];
    let mark = behind.chars().next().filter(|c| matches!(c, '：' | ':' | '，' | ',') || c.is_whitespace())?;
    let from = head.chars().count() - signature.chars().count();
    let to = head[..head.len() - behind.len() + mark.len_utf8()].chars().count();
    is_sure.then_some(InText { names: reading.names, apart: from..to })
}

/// "本报记者 甲乙丙　渡口添了两盏灯": a role and a name, set apart from the sentence behind them.
fn run_in(head: &str) -> Option<InText> {
    let solid = head.trim_start_matches(|c: char| is_bullet(c) || c.is_whitespace());
    let mut words = solid.split(char::is_whitespace);
    let (role, name) = (words.next()?, words.next()?);
    let signature = &solid[..role.len() + solid[role.len()..].chars().next()?.len_utf8() + name.len()];
    let behind = solid[signature.len()..].trim_start();
    let reading = read(signature);
    let is_signed = reading.shape == Shape::Signed && read(role).shape == Shape::RoleOnly && is_name(name);
    let goes_on =
        words.next().is_some_and(|word| read(word).shape == Shape::None) && behind.chars().count() >= SHORTEST_TEXT;
    let to = head[..head.len() - behind.len()].chars().count();
    (is_signed && goes_on).then_some(InText { names: reading.names, apart: 0..to })
}

/// Names behind the last sentence: "……（记者 甲乙丙 通讯员 丁戊）", "……（甲乙丙）", "……甲乙丙 摄".
pub(crate) fn at_end(paragraph: &str) -> Option<InText> {
    let text = paragraph.trim_end();
    // Most texts end with a sentence.
    if text.ends_with(['。', '！', '？']) && !text.ends_with("）。") {
        return None;
    }
    let length = text.chars().count();
    let tail: String = text.chars().skip(length.saturating_sub(LONGEST)).collect();
    let (names, chars) = bracketed(&tail).or_else(|| behind_sentence(&tail))?;
    Some(InText { names, apart: length - chars..length })
}

/// The names of a signature in brackets, and the characters of it.
fn bracketed(tail: &str) -> Option<(Vec<Byline>, usize)> {
    let inside = tail.strip_suffix(CLOSE).or_else(|| tail.strip_suffix("）。"))?;
    let open = inside.rfind(OPEN)?;
    let text = inside[open..].trim_start_matches(OPEN);
    let before = inside[..open].trim_end();
    let ends_sentence = before.is_empty() || before.ends_with(ends);
    let reading = read(&format!("（{text}）"));
    let is_bare = matches!(reading.shape, Shape::Names | Shape::Office) && ends_sentence;
    let names = if is_bare { reading.names } else { signatures(text)? };
    Some((names, tail[open..].chars().count()))
}

/// The names of a signature behind the last sentence, and the characters of it.
fn behind_sentence(tail: &str) -> Option<(Vec<Byline>, usize)> {
    let (at, mark) = tail.char_indices().rev().find(|(_, c)| matches!(c, '。' | '！' | '？'))?;
    let behind = tail[at + mark.len_utf8()..].trim_start_matches(closes);
    let names = signatures(behind.trim())?;
    names.iter().all(|name| is_name(&name.name)).then(|| (names, behind.chars().count()))
}

fn ends(c: char) -> bool {
    matches!(c, '。' | '！' | '？') || closes(c)
}

/// Names of a signature that says who they are.
fn signatures(text: &str) -> Option<Vec<Byline>> {
    let reading = read(text);
    let is_signed = matches!(reading.shape, Shape::Signed | Shape::Credit) && !reading.names.is_empty();
    is_signed.then_some(reading.names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: Option<InText>) -> Vec<String> {
        found.unwrap_or_default().names.iter().map(|n| format!("{} {}", n.role.as_str(), n.name)).collect()
    }

    /// What is left of a paragraph without its signature.
    fn rest(paragraph: &str, found: Option<InText>) -> String {
        let apart = found.unwrap_or_default().apart;
        paragraph.chars().enumerate().filter(|(at, _)| !apart.contains(at)).map(|(_, c)| c).collect()
    }

    #[test]
    fn names_stand_behind_a_dateline() {
        let of = |text: &str| names(after_dateline(text));
        assert_eq!(of("本报讯（记者 陆小满）渡口添了两盏灯。"), ["reporter 陆小满"]);
        assert_eq!(of("本报讯 记者陆小满 通讯员丁禾报道：渡口添了两盏灯。"), ["reporter 陆小满", "correspondent 丁禾"]);
        assert_eq!(of("本报讯 记者从渡口了解到，据报道水位已经回落。"), [""; 0]);
        assert_eq!(of("渡口的灯（共两盏）亮了。"), [""; 0]);
        assert_eq!(of("（陆小满）渡口添了两盏灯。"), ["author 陆小满"]);
        assert_eq!(of("□ 通讯员 丁禾　渡口上个月添了两盏灯。"), ["correspondent 丁禾"]);
        assert_eq!(of("记者 走进 渡口的时候灯还没有亮。"), [""; 0]);
    }

    #[test]
    fn names_stand_at_the_end_of_a_text() {
        let of = |text: &str| names(at_end(text));
        assert_eq!(of("渡口添了两盏灯。（记者 陆小满 通讯员 丁禾）"), ["reporter 陆小满", "correspondent 丁禾"]);
        assert_eq!(of("渡口添了两盏灯。 （陆小满）"), ["author 陆小满"]);
        assert_eq!(of("渡口添了两盏灯。陆小满 摄"), ["photographer 陆小满"]);
        assert_eq!(of("渡口的灯亮了。记者 陆小满 摄"), ["photographer 陆小满"]);
        assert_eq!(of("他说“灯亮了。”（通讯员 丁禾）"), ["correspondent 丁禾"]);
        assert_eq!(of("渡口添了两盏灯。（县水利局 方砚秋）"), ["author 方砚秋"]);
        assert_eq!(of("渡口归水利站管（方砚秋）"), [""; 0]);
        assert_eq!(of("渡口添了两盏灯。"), [""; 0]);
        assert_eq!(of("渡口添了两盏灯（共四盏）"), [""; 0]);
    }

    #[test]
    fn what_is_nothing_but_the_signature_is_told_from_the_text() {
        let behind = |text: &str| rest(text, after_dateline(text));
        assert_eq!(behind("本报讯（记者 陆小满）渡口添了两盏灯。"), "本报讯渡口添了两盏灯。");
        assert_eq!(behind("本报讯（陆小满）渡口添了两盏灯。"), "本报讯渡口添了两盏灯。");
        assert_eq!(behind("本报讯 记者陆小满报道：渡口添了两盏灯。"), "本报讯 渡口添了两盏灯。");
        assert_eq!(behind("老桥（陆小满）修好了。"), "老桥（陆小满）修好了。");
        assert_eq!(behind("通讯员 丁禾　渡口上个月添了两盏灯。"), "渡口上个月添了两盏灯。");
        let before = |text: &str| rest(text, at_end(text));
        assert_eq!(before("他说“灯亮了。”（通讯员 丁禾）"), "他说“灯亮了。”");
        assert_eq!(before("渡口添了两盏灯。（陆小满）。"), "渡口添了两盏灯。");
        assert_eq!(before("渡口添了两盏灯。陆小满 摄 "), "渡口添了两盏灯。 ");
        assert_eq!(before("渡口添了两盏灯（共四盏）"), "渡口添了两盏灯（共四盏）");
    }
}
