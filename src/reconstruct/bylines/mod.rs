//! The grammar of bylines (署名): bullets, role words, padded names, offices. Judges one line's text at a time and knows
//! nothing of its neighbours.

mod inline;
mod names;
mod words;

use super::chars::{is_bullet, is_han};
use crate::model::{Byline, BylineRole};
use names::LONGEST_NAME;
use std::borrow::Cow;
use words::{ROLES, TRAILING, TRAILING_ENDS, has_office, leading_role};

pub(crate) use inline::after_dateline;
pub(crate) use names::{closed_up, is_name};
pub(crate) use words::ends_with_office;

/// What a line looks like to the grammar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Not a byline.
    #[default]
    None,
    /// Role words with names and nothing else.
    Signed,
    /// A bullet with names.
    Bulleted,
    /// Names alone.
    Names,
    /// An office with a name.
    Office,
    /// The first line of a long office, the name follows.
    OfficeOpen,
    /// A role word without a name.
    RoleOnly,
    /// Picture credit only.
    Credit,
}

/// What was read from a line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// Its shape.
    pub shape: Shape,
    /// The names.
    pub names: Vec<Byline>,
}

/// Reads one line.
pub(crate) fn read(text: &str) -> Reading {
    if text.chars().count() > 80 {
        return Reading::default();
    }
    let bare = text.trim();
    let had_bullet = bare.starts_with(is_bullet);
    let bare = bare.trim_matches(|c: char| is_bullet(c) || c.is_whitespace());
    let bare = unwrap_brackets(bare);
    if bare.is_empty() || is_sentence(bare) {
        return Reading::default();
    }
    let words = words(bare);
    signed(&words, had_bullet).filter(|reading| !speaks(bare, reading)).or_else(|| office(bare, &words)).unwrap_or_else(
        || {
            let shape = if bare.ends_with(['、', '，', ',']) && has_office(bare) && bare.chars().count() >= 6 {
                Shape::OfficeOpen
            } else {
                Shape::None
            };
            Reading { shape, names: Vec::new() }
        },
    )
}

/// Characters of the longest first word that a signature can have: role, name, what follows it.
const LONGEST_FIRST: usize = 13;
/// Whether there are marks that no signature has, or the first word is too long for a signature and the last one for a name
/// behind an office: most lines.
fn is_sentence(bare: &str) -> bool {
    let (mut first, mut last) = (None, 0);
    for c in bare.chars() {
        if matches!(c, '。' | '！' | '？' | '；' | ';' | '!' | '?' | '“' | '《') {
            return true;
        }
        last = if separates(c) {
            first = first.or(Some(last));
            0
        } else {
            last + 1
        };
    }
    first.unwrap_or(last) > LONGEST_FIRST && last > LONGEST_NAME
}

/// What stands between the words of a signature.
fn separates(c: char) -> bool {
    c.is_whitespace() || matches!(c, '、' | '，' | ',' | '：' | ':' | '|' | '｜')
}

/// The line is wholly in brackets: "（记者 甲乙丙）".
fn unwrap_brackets(text: &str) -> &str {
    for (open, close) in [('（', '）'), ('(', ')'), ('【', '】'), ('[', ']')] {
        if let Some(inner) = text.strip_prefix(open).and_then(|t| t.strip_suffix(close)) {
            return inner.trim();
        }
    }
    text
}

/// Pieces between white space and separators.
fn words(text: &str) -> Vec<Cow<'_, str>> {
    closed_up(text.split(separates))
}

/// "记者：您常说，养蚕的账" is a question, not a signature: what stands behind the colon are no names.
fn speaks(text: &str, reading: &Reading) -> bool {
    let strange = reading.names.iter().filter(|n| !is_name(&n.name)).count();
    text.contains(['：', ':']) && strange > 0 && strange == reading.names.len()
}

/// Role words and names, and nothing else.
fn signed(words: &[Cow<'_, str>], had_bullet: bool) -> Option<Reading> {
    let mut names: Vec<Byline> = Vec::new();
    let (mut role, mut any_role, mut since_role) = (None, false, 0);
    for word in words {
        let mut rest = word.as_ref();
        if let Some((prefix, found)) = leading_role(rest) {
            let is_trailing = *found == BylineRole::Photographer && rest.len() == prefix.len() && since_role > 0;
            if is_trailing && names.len() >= since_role && role.is_none() {
                let from = names.len() - since_role;
                names[from..].iter_mut().for_each(|n| n.role = *found);
                any_role = true;
                continue;
            }
            role = Some(*found);
            any_role = true;
            since_role = 0;
            rest = rest[prefix.len()..].trim_start_matches(['/', '／']);
        }
        let is_trailed = rest.ends_with(TRAILING_ENDS.as_slice());
        for (suffix, found) in TRAILING.iter().filter(|_| is_trailed) {
            if let Some(stem) = rest.strip_suffix(suffix)
                && (stem.is_empty() || is_name(stem))
            {
                rest = stem;
                any_role = true;
                if let Some(found) = found {
                    role = role.or(Some(*found));
                } else {
                    role = role.or(Some(BylineRole::Reporter));
                }
                break;
            }
        }
        if rest.is_empty() {
            continue;
        }
        if let Some((_, found)) = leading_role(rest).filter(|(word, _)| rest == *word) {
            role = Some(*found);
            continue;
        }
        let known_role = role.is_some();
        let plausible = is_name(rest)
            || (known_role && (2..=4).contains(&rest.chars().count()) && rest.chars().all(|c| is_han(c) || c == '·'));
        if !plausible {
            return None;
        }
        names.push(Byline { role: role.unwrap_or(BylineRole::Author), name: rest.to_owned(), position: None });
        since_role += 1;
    }
    let shape = match (names.is_empty(), any_role) {
        (true, true) => Shape::RoleOnly,
        (true, false) => return None,
        (false, true) if names.iter().all(|n| n.role == BylineRole::Photographer) => Shape::Credit,
        (false, true) => Shape::Signed,
        (false, false) if had_bullet => Shape::Bulleted,
        (false, false) if names.len() <= 3 => Shape::Names,
        (false, false) => return None,
    };
    Some(Reading { shape, names })
}

/// The role a line of role words alone names.
pub(crate) fn role_of(text: &str) -> Option<BylineRole> {
    let solid: String = text.chars().filter(|c| !c.is_whitespace() && !is_bullet(*c)).collect();
    ROLES.iter().find(|(word, _)| solid.contains(word)).map(|(_, role)| *role)
}

/// An office, white space, a name: "某镇党委书记 金 一".
fn office(bare: &str, words: &[Cow<'_, str>]) -> Option<Reading> {
    let (name, before) = words.split_last()?;
    if before.is_empty() || !is_name(name) {
        return None;
    }
    let position = bare.strip_suffix(name.as_ref()).map(str::to_owned).or_else(|| {
        let padded: String = name.chars().map(String::from).collect::<Vec<_>>().join(" ");
        bare.strip_suffix(padded.as_str()).map(str::to_owned)
    })?;
    let position = position.trim().to_owned();
    if !ends_with_office(&position) {
        return None;
    }
    let byline = Byline { role: BylineRole::Author, name: name.clone().into_owned(), position: Some(position) };
    Some(Reading { shape: Shape::Office, names: vec![byline] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shape: Shape, expected: &[(&str, &str)]) {
        let reading = read(text);
        let found: Vec<_> = reading.names.iter().map(|n| (n.role.as_str(), n.name.as_str())).collect();
        assert_eq!((reading.shape, found.as_slice()), (shape, expected), "{text}");
    }

    #[test]
    fn signatures_of_every_house_style() {
        let both = [("reporter", "陆小满"), ("correspondent", "丁禾")];
        check("■记者 陆小满 通讯员 丁 禾", Shape::Signed, &both);
        check("□本报记者 陆小满 通讯员 丁禾", Shape::Signed, &both);
        check("（记者 陆小满 通讯员 丁禾）", Shape::Signed, &both);
        check("记 者 陆小满", Shape::Signed, &both[..1]);
        check("◎记者陆小满/文", Shape::Signed, &both[..1]);
        check("■摄影 王 强 杨佳蓓", Shape::Credit, &[("photographer", "王强"), ("photographer", "杨佳蓓")]);
        check("王强 摄", Shape::Credit, &[("photographer", "王强")]);
        check("陆小满 摄影报道", Shape::Credit, &[("photographer", "陆小满")]);
        check("■方砚秋", Shape::Bulleted, &[("author", "方砚秋")]);
        check("方砚秋", Shape::Names, &[("author", "方砚秋")]);
        check("记者 钱柏林 见习记者 陈知夏", Shape::Signed, &[("reporter", "钱柏林"), ("intern", "陈知夏")]);
        check("■实习生 陈知夏 记者 钱柏林", Shape::Signed, &[("intern", "陈知夏"), ("reporter", "钱柏林")]);
    }

    #[test]
    fn an_office_goes_with_its_name() {
        let reading = read("望山镇党委副书记、镇长 丁 吕");
        assert_eq!(reading.shape, Shape::Office);
        assert_eq!(reading.names[0].name, "丁吕");
        assert_eq!(reading.names[0].position.as_deref(), Some("望山镇党委副书记、镇长"));
        assert_eq!(read("山前经济开发区党工委书记、管委会主任，").shape, Shape::OfficeOpen);
    }

    #[test]
    fn headlines_and_sentences_are_no_bylines() {
        for text in
            ["水退了", "记者：您常说，养蚕的账", "记者在现场看到，大水已经退去。", "三口塘并成一口 水面多出4亩", "开镰"]
        {
            assert_eq!(read(text).shape, Shape::None, "{text}");
        }
    }
}
