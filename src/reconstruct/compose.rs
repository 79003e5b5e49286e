//! Lines of one article become its fields: headline parts, bylines, paragraphs and subheads whose every character knows
//! its place in the dump.

use super::blocks::At;
use super::bylines::{self, InText, Reading, Shape};
use super::chars::{closes, is_bullet, is_finished, is_han, is_mark, opens};
use super::drafts::Draft;
use super::labels::Label;
use super::lines::{Line, Placed};
use super::openers;
use crate::model::{Article, Block, BlockKind, Byline, Kind, Role, SourceRun, Span};
use std::ops::Range;

/// Makes the article of a draft, with what every line of the page is.
pub(crate) fn article(draft: &Draft, lines: &[Line], labels: &[Label]) -> Article {
    let mut roles: Vec<(At, Role)> = Vec::new();
    let mut out = Article::default();
    headline(&mut out, draft, lines, labels, &mut roles);
    let mut body = Body::default();
    for &at in draft.heading.iter().filter(|&&at| labels[at].is_subhead()) {
        body.subhead(&lines[at], labels[at] == Label::SubheadMore);
        roles.push((at, Role::Subhead));
    }
    let stray = std::mem::take(&mut body.blocks);
    for text in &draft.texts {
        for &at in text {
            body.line(&lines[at], labels[at]);
            roles.push((at, labels[at].role().unwrap_or(Role::Body)));
        }
    }
    out.jump_to = body.jump.take();
    body.close();
    out.blocks = body.blocks;
    out.blocks.extend(stray);
    let last = draft.texts.last().and_then(|t| t.last()).map(|&at| &lines[at]);
    out.truncated =
        out.jump_to.is_none() && !draft.is_caption && last.is_some_and(|l| !is_finished(&l.chars) && cut_off(l));
    sign(&mut out, draft, lines, labels, &mut roles);
    out.kind = if draft.is_caption { Kind::Photo } else { Kind::News };
    out.spans = spans(&roles, lines);
    if out.title.is_empty() {
        out.title = stand_in(&out);
    }
    out
}

/// Whether a line that ends without a full stop was cut off rather than being a signature or a list.
fn cut_off(line: &Line) -> bool {
    let last = line.chars.last().copied().unwrap_or(' ');
    !closes(last) && (is_mark(last) || line.shortfall().is_none_or(|s| s < 6))
}

/// Title, kicker, subtitle, column.
fn headline(out: &mut Article, draft: &Draft, lines: &[Line], labels: &[Label], roles: &mut Vec<(At, Role)>) {
    let part = |wanted: &[Label]| -> Vec<&Line> {
        draft.heading.iter().filter(|&&at| wanted.contains(&labels[at])).map(|&at| &lines[at]).collect()
    };
    let joined = |wanted: &[Label]| Some(join_phrases(&part(wanted))).filter(|t| !t.is_empty());
    out.column = joined(&[Label::Column]).map(|name| without_ornaments(&name).to_owned());
    out.kicker = joined(&[Label::Kicker, Label::KickerMore]);
    out.subtitle = joined(&[Label::Subtitle, Label::SubtitleMore]);
    let title = joined(&[Label::Title, Label::TitleMore]);
    out.title_printed = title.is_some();
    out.title = title.unwrap_or_default();
    if out.kicker.is_none()
        && let Some((kicker, title)) = split_phrases(&out.title)
    {
        (out.kicker, out.title) = (Some(kicker), title);
    }
    // A headline block without a main headline: its longest part is the best there is.
    let stand_in = if out.title.is_empty() { take_stand_in(out) } else { None };
    for &at in &draft.heading {
        if let Some(role) = labels[at].role().filter(|r| *r != Role::Subhead) {
            roles.push((at, if Some(role) == stand_in { Role::Title } else { role }));
        }
    }
}

/// The name of a column (栏目) without what it is set in: 【以案说法】, ★田间新事, ■街谈■. A name that is nothing else
/// stays as it is.
fn without_ornaments(name: &str) -> &str {
    let is_ornament = |c: char| is_bullet(c) || c.is_whitespace() || matches!(c, '▍' | '┃' | '│' | '|' | '·' | '•');
    let mut bare = name.trim_matches(is_ornament);
    for pair in ["【】", "〔〕", "［］", "[]", "《》", "〈〉", "“”"] {
        let set_in = |c: char| pair.contains(c);
        let inner = bare.strip_prefix(set_in).and_then(|rest| rest.strip_suffix(set_in));
        if let Some(inner) = inner.filter(|inner| !inner.contains(set_in)) {
            bare = inner.trim_matches(is_ornament);
        }
    }
    if bare.is_empty() { name } else { bare }
}

/// Makes the kicker, or else the subtitle, the headline; says which it was.
fn take_stand_in(out: &mut Article) -> Option<Role> {
    let kicker = out.kicker.take().map(|text| (text, Role::Kicker));
    let (text, role) = kicker.or_else(|| out.subtitle.take().map(|text| (text, Role::Subtitle)))?;
    out.title = text;
    out.title_printed = true;
    Some(role)
}

/// Two phrases of one length and a third of another in one line are a kicker and its headline. Quotes and other marks are not
/// counted: nobody hears them.
fn split_phrases(title: &str) -> Option<(String, String)> {
    let phrases: Vec<&str> = title.split_whitespace().collect();
    let [first, second, third] = phrases[..] else { return None };
    let len = |t: &str| t.chars().filter(|&c| !is_mark(c)).count();
    let is_pair = len(first) == len(second) && len(first) >= 6 && len(third) > len(first) + 2;
    is_pair.then(|| (format!("{first} {second}"), third.to_owned()))
}

/// More lines than that are no headline: they are strung together without looking for shadows.
const MOST_PARTS: usize = 16;

/// Puts a headline's lines together: shadow copies fall away, phrases are parted by a space, a line that breaks inside
/// a phrase goes on without one.
fn join_phrases(lines: &[&Line]) -> String {
    let mut parts: Vec<String> = lines.iter().map(|l| l.text().trim().to_owned()).collect();
    if lines.len() > MOST_PARTS {
        return parts.join(" ");
    }
    let mut was_doubled = lines.iter().any(|l| l.was_doubled);
    let mut i = 0;
    while i < parts.len() {
        let contained = (0..parts.len())
            .any(|j| j != i && parts[j].contains(parts[i].as_str()) && (parts[j].len() > parts[i].len() || j < i));
        if contained {
            was_doubled = true;
            parts.remove(i);
        } else {
            i += 1;
        }
    }
    let mut out: Vec<char> = Vec::new();
    for part in parts {
        let next: Vec<char> = part.chars().collect();
        let overlap = if was_doubled {
            (1..=next.len().min(out.len()))
                .rev()
                .find(|&k| out[out.len() - k..] == next[..k] && (k >= 2 || is_mark(next[0])))
        } else {
            None
        };
        let overlap = overlap.unwrap_or(0);
        if overlap == 0 && !out.is_empty() && is_phrase_break(&out, &next) {
            out.push(' ');
        }
        out.extend(&next[overlap..]);
    }
    out.into_iter().collect()
}

/// Two lines of a headline are phrases of their own when they are about as long and neither leans on the other.
fn is_phrase_break(before: &[char], next: &[char]) -> bool {
    let last_phrase = before.rsplit(|c| c.is_whitespace()).next().map_or(0, <[char]>::len);
    let leans = before.last().is_some_and(|&c| is_mark(c) && !closes(c))
        || next.first().is_some_and(|&c| is_mark(c) && !opens(c));
    !leans && last_phrase.abs_diff(next.len()) <= 1 && next.len() >= 4
}

/// Bylines of their own lines, then those inside the text, behind the dateline and at the end.
fn sign(out: &mut Article, draft: &Draft, lines: &[Line], labels: &[Label], roles: &mut Vec<(At, Role)>) {
    let mut names: Vec<Byline> = Vec::new();
    let mut office = String::new();
    let mut role = None;
    for &at in &draft.bylines {
        roles.push((at, Role::Byline));
        let text = format!("{office}{}", lines[at].text().trim());
        let mut reading = bylines::read(&text);
        if matches!(reading.shape, Shape::None | Shape::RoleOnly) {
            let names = bylines::taken_for_one(&text);
            if !names.is_empty() {
                reading = Reading { shape: Shape::Names, names };
            }
        }
        match reading.shape {
            Shape::OfficeOpen => office = text,
            Shape::RoleOnly => {
                office.clear();
                role = bylines::role_of(&text);
            }
            _ => {
                office.clear();
                for mut name in reading.names {
                    if let (Some(role), Shape::Names) = (role, reading.shape) {
                        name.role = role;
                    }
                    names.push(name);
                }
                if labels[at] != Label::BylineMore {
                    role = None;
                }
            }
        }
    }
    names.extend(take_signature(&mut out.blocks, false));
    names.extend(take_signature(&mut out.blocks, true));
    for name in names {
        if !out.bylines.iter().any(|n| n.name == name.name && n.role == name.role) {
            out.bylines.push(name);
        }
    }
}

/// Takes the signature out of the first paragraph (behind the dateline) or the last one (at its end), unless there is no
/// other text.
fn take_signature(blocks: &mut Vec<Block>, at_end: bool) -> Vec<Byline> {
    let mut paragraphs = (0..blocks.len()).filter(|&i| blocks[i].kind == BlockKind::Paragraph);
    let Some(at) = (if at_end { paragraphs.next_back() } else { paragraphs.next() }) else { return Vec::new() };
    let read = if at_end { bylines::at_end } else { bylines::after_dateline };
    let Some(InText { names, apart }) = read(&blocks[at].text) else { return Vec::new() };
    let rest = without(&blocks[at], apart);
    if !rest.text.trim().is_empty() {
        blocks[at] = rest;
    } else if blocks.len() > 1 {
        blocks.remove(at);
    }
    names
}

/// A block without some of its characters.
fn without(block: &Block, apart: Range<usize>) -> Block {
    let (from, to) = (apart.start as u32, apart.end as u32);
    let text = block.text.chars().enumerate().filter(|(at, _)| !apart.contains(at)).map(|(_, c)| c).collect();
    let mut runs = Vec::new();
    for run in &block.runs {
        let end = run.start + run.len;
        let before = SourceRun { len: from.clamp(run.start, end) - run.start, ..*run };
        let goes_on = to.clamp(run.start, end);
        let behind = SourceRun {
            start: goes_on.saturating_sub(to - from),
            len: end - goes_on,
            column: run.column + goes_on - run.start,
            ..*run
        };
        runs.extend([before, behind].into_iter().filter(|run| run.len > 0));
    }
    Block { kind: block.kind, text, runs }
}

/// Running text while it grows.
#[derive(Default)]
struct Body<'a> {
    blocks: Vec<Block>,
    chars: Vec<char>,
    /// The same as a string, and where each character stands in the dump.
    text: String,
    open: Vec<Option<Placed>>,
    kind: Option<BlockKind>,
    jump: Option<String>,
    last: Option<&'a [char]>,
}

impl<'a> Body<'a> {
    fn line(&mut self, line: &'a Line, label: Label) {
        if label.is_subhead() {
            self.subhead(line, label == Label::SubheadMore);
            return;
        }
        let mut length = line.chars.len();
        if let Some((at, page)) = openers::jump(&line.chars) {
            self.jump = Some(page);
            length = at;
            if length == 0 {
                return;
            }
        }
        if label == Label::Jump && self.jump.is_none() {
            return;
        }
        if line.repeats_previous && self.last == Some(&line.chars) {
            return;
        }
        self.last = Some(&line.chars);
        let starts = (!label.is_more() && label != Label::Jump) || self.kind != Some(BlockKind::Paragraph);
        if starts {
            self.close();
            self.kind = Some(BlockKind::Paragraph);
        }
        self.push(line, length);
    }

    fn subhead(&mut self, line: &'a Line, more: bool) {
        if !more || self.kind != Some(BlockKind::Subhead) {
            self.close();
            self.kind = Some(BlockKind::Subhead);
        }
        self.push(line, line.chars.len());
        if !more {
            self.last = None;
        }
    }

    /// Appends the first `length` characters of a line; a space joins only what would otherwise run two Latin words or
    /// figures together.
    fn push(&mut self, line: &Line, length: usize) {
        if let (Some(a), Some(b)) = (self.chars.last(), line.chars.first())
            && a.is_ascii_alphabetic()
            && b.is_ascii_alphabetic()
        {
            self.chars.push(' ');
            self.text.push(' ');
            self.open.push(None);
        }
        self.chars.extend(&line.chars[..length]);
        if length == line.chars.len() {
            self.text.push_str(line.text());
        } else {
            self.text.extend(&line.chars[..length]);
        }
        self.open.extend(line.placed().take(length).map(Some));
    }

    fn close(&mut self) {
        let Self { chars, text, open, .. } = self;
        let all = chars.len();
        // A jump note that the line end cut in two.
        if let Some((at, page)) = openers::jump(chars) {
            self.jump = Some(page);
            chars.truncate(at);
            open.truncate(at);
        }
        if chars.iter().any(|c| c.is_whitespace()) {
            let keep = kept(chars);
            let (mut of_char, mut of_place) = (keep.iter(), keep.iter());
            chars.retain(|_| of_char.next() == Some(&true));
            open.retain(|_| of_place.next() == Some(&true));
        }
        let kind = self.kind.take().filter(|_| !chars.is_empty());
        if let Some(kind) = kind {
            let text = if chars.len() == all { std::mem::take(text) } else { chars.iter().collect() };
            self.blocks.push(Block { kind, text, runs: runs(open) });
        }
        chars.clear();
        text.clear();
        open.clear();
    }
}

fn follows(one: &Option<Placed>, next: &Option<Placed>) -> bool {
    matches!((one, next), (Some(one), Some(next)) if one.line == next.line && one.column + 1 == next.column)
}

/// Stretches of characters that follow one another in one line of the dump.
fn runs(places: &[Option<Placed>]) -> Vec<SourceRun> {
    let mut out: Vec<SourceRun> = Vec::new();
    let mut start = 0;
    for run in places.chunk_by(follows) {
        let len = run.len() as u32;
        if let [Some(first), ..] = run {
            out.push(SourceRun { start, len, line: first.line, column: first.column });
        }
        start += len;
    }
    out
}

/// Which characters stay when artefact spaces go: a space next to a figure, a Latin word or a mark in Chinese text is
/// the justification's, a space between two Chinese characters may be the writer's (本报讯 …).
fn kept(chars: &[char]) -> Vec<bool> {
    let mut keep = vec![true; chars.len()];
    let mut i = 0;
    while i < chars.len() {
        if !chars[i].is_whitespace() {
            i += 1;
            continue;
        }
        let run = (i..chars.len()).find(|&j| !chars[j].is_whitespace()).unwrap_or(chars.len());
        let before = (0..i).rev().map(|j| chars[j]).find(|c| !c.is_whitespace());
        let after = chars.get(run).copied();
        let real = match (before, after) {
            (Some(a), Some(b)) => {
                let latin = |c: char| c.is_ascii_alphanumeric() || (c.is_ascii_punctuation() && !c.is_ascii_digit());
                (is_han(a) && is_han(b))
                    || (latin(a) && latin(b) && (a.is_ascii_alphabetic() || b.is_ascii_alphabetic()))
            }
            _ => false,
        };
        for (j, slot) in keep.iter_mut().enumerate().take(run).skip(i) {
            *slot = real && j == i;
        }
        i = run;
    }
    keep
}

/// Roles line by line become spans, in reading order.
fn spans(roles: &[(At, Role)], lines: &[Line]) -> Vec<Span> {
    let mut out: Vec<(At, At, Role)> = Vec::new();
    for &(at, role) in roles {
        match out.last_mut() {
            Some((_, to, last)) if *last == role && *to + 1 == at => *to = at,
            _ => out.push((at, at, role)),
        }
    }
    out.into_iter().map(|(from, to, role)| Span { from: lines[from].number, to: lines[to].last(), role }).collect()
}

/// Words that stand for a headline that was not printed: the first clause.
fn stand_in(article: &Article) -> String {
    let Some(text) = article.paragraphs().next().or_else(|| article.subheads().next()) else {
        return article.bylines.first().map(|b| b.name.clone()).unwrap_or_default();
    };
    let text = text.trim_start_matches("本报讯").trim_start();
    let mut out = String::new();
    for (n, c) in text.chars().enumerate() {
        if n >= 30 || (n >= 6 && (c == '。' || c == '，' || c == '；' || c == ',' || c == '！' || c == '？')) {
            break;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<(&str, &str)>) {
        let expected = expected.map(|(kicker, title)| (kicker.to_owned(), title.to_owned()));
        assert_eq!(split_phrases(line), expected, "{line}");
    }

    #[test]
    fn a_column_is_filed_without_what_its_name_is_set_in() {
        let names =
            ["【田间课堂】", "★田间课堂", "■田间课堂■", "〔田间课堂〕", "·田间课堂·", "“田间课堂”", "《 田间课堂 》"];
        assert!(names.iter().all(|name| without_ornaments(name) == "田间课堂"));
        assert_eq!(without_ornaments("“渡口”与“石桥”"), "“渡口”与“石桥”");
        assert_eq!(without_ornaments("★★"), "★★");
    }

    #[test]
    fn a_pair_of_phrases_in_front_of_a_longer_one_is_its_kicker() {
        let title = "望山镇老桥边再添新渡口";
        check(&format!("早稻开镰抢晴天 秋茶上市赶早集 {title}"), Some(("早稻开镰抢晴天 秋茶上市赶早集", title)));
        // What is in quotes is as long as without them.
        let pair = "“一根丝线”穿百家 一张渔网捞银鱼";
        check(&format!("{pair} 望山镇老桥边再添“新渡口”"), Some((pair, "望山镇老桥边再添“新渡口”")));
    }

    #[test]
    fn phrases_of_other_lengths_are_one_headline() {
        for line in [
            "采菱角 摸田螺 赶早集",
            "早稻开镰抢晴天 秋茶上市 望山镇老桥边再添新渡口",
            "早稻开镰抢晴天 望山镇老桥边再添新渡口",
        ] {
            check(line, None);
        }
    }

    #[test]
    fn a_signature_inside_the_text_is_a_byline_and_no_text() {
        let text = "本报讯（记者 陆小满）渡口添了\n两盏灯。（通讯员 丁禾）";
        let lines = super::super::lines::read(text);
        let draft = Draft { texts: vec![vec![0, 1]], ..Draft::default() };
        let article = article(&draft, &lines, &[Label::Opening, Label::Running]);
        assert_eq!(article.bylines.iter().map(|b| b.name.as_str()).collect::<Vec<_>>(), ["陆小满", "丁禾"]);
        let [block] = &article.blocks[..] else { panic!("{:?}", article.blocks) };
        assert_eq!(block.text, "本报讯渡口添了两盏灯。");
        let at = |start, len, line, column| SourceRun { start, len, line, column };
        assert_eq!(block.runs, [at(0, 3, 1, 0), at(3, 4, 1, 11), at(7, 4, 2, 0)]);
    }

    #[test]
    fn a_text_that_is_only_a_signature_stays() {
        let lines = super::super::lines::read("（记者 陆小满）");
        let draft = Draft { texts: vec![vec![0]], ..Draft::default() };
        let article = article(&draft, &lines, &[Label::Opening]);
        assert_eq!(article.paragraphs().collect::<Vec<_>>(), ["（记者 陆小满）"]);
    }
}
