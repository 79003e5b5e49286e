//! General newspaper vocabulary at the head or tail of a line: datelines, speakers, editor's notes, jump notes.

use super::chars::{is_han, is_pause};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What a line's first words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Opener {
    /// Nothing special.
    None,
    /// 本报讯, 新华社北京1月1日电.
    Dateline,
    /// 编者按, 开栏语.
    Note,
    /// 记者：, 问：, a speaker's short name and a colon.
    Speaker,
    /// 近日, 昨天, 日前, 12月5日.
    Time,
    /// 图为.
    Picture,
    /// 访, 记, 侧记 behind a dash.
    Dash,
    /// 摘要, 链接, 相关链接, 新闻背景.
    Box,
    /// 据……
    According,
    /// ▲▶ and other pointers with text.
    Pointer,
    /// 首先, 其次, 同时, 此外, 接下来.
    Further,
    /// 下一步, 如今, 近年来.
    Turn,
}

const NOTES: &[&str] = &["编者按", "编者的话", "编者语", "开栏语", "开栏的话", "编辑点评", "本期导读", "按语"];
const PICTURES: &[&str] = &["图为", "图①", "图一", "上图", "下图", "左图", "右图"];
const DATELINES: &[&str] =
    &["本报讯", "本报综合", "本刊讯", "本报訊", "讯（", "（记者", "（通讯员", "(记者", "(通讯员", "本报记者", "本台讯"];
const TIMES: &[&str] =
    &["近日", "日前", "昨天", "昨日", "今天", "今日", "前天", "连日来", "近期", "上周", "本周", "记者从", "记者获悉"];
const BOXES: &[&str] =
    &["相关链接", "新闻链接", "新闻背景", "名词解释", "延伸阅读", "新闻回放", "记者手记", "短评", "链接"];
const FURTHER: &[&str] =
    &["首先", "其次", "同时", "此外", "另外", "不仅", "与此同时", "值得一提", "接着", "随后", "最后", "除了"];
const TURNS: &[&str] =
    &["下一步", "如今", "近年来", "今年以来", "目前", "截至", "据了解", "据悉", "据介绍", "多年来", "当前"];

/// First characters of everything in the lists, in order: most lines begin with none of them.
static INITIALS: LazyLock<BTreeSet<char>> = LazyLock::new(|| {
    let lists = [NOTES, TIMES, BOXES, FURTHER, TURNS, PICTURES, DATELINES, &["据"]];
    lists.iter().flat_map(|list| list.iter()).filter_map(|word| word.chars().next()).collect()
});

/// The opener of a line.
pub(crate) fn class(head: &[char]) -> Opener {
    let beginning = &head[..head.len().min(30)];
    if head.first().is_some_and(|c| is_han(*c) && !INITIALS.contains(c)) && !beginning.contains(&'社') {
        return if speaker(head).is_some() { Opener::Speaker } else { Opener::None };
    }
    let text: String = beginning.iter().filter(|c| !c.is_whitespace()).collect();
    let begins = |list: &[&str]| list.iter().any(|w| text.starts_with(w));
    let inner = text.trim_start_matches(['【', '■', '●', '◎', '▲', '▶', '◆', '□', '★', '☆']);
    if is_dateline(inner.trim_start_matches(['（', '('])) {
        Opener::Dateline
    } else if NOTES.iter().any(|w| inner.starts_with(w)) {
        Opener::Note
    } else if begins(PICTURES) {
        Opener::Picture
    } else if text.starts_with(['—', '－', '―']) {
        Opener::Dash
    } else if BOXES.iter().any(|w| inner.starts_with(w)) {
        Opener::Box
    } else if speaker(head).is_some() {
        Opener::Speaker
    } else if begins(TIMES) || is_day(&text) {
        Opener::Time
    } else if begins(FURTHER) {
        Opener::Further
    } else if begins(TURNS) {
        Opener::Turn
    } else if text.starts_with('据') {
        Opener::According
    } else if inner.len() < text.len() {
        Opener::Pointer
    } else {
        Opener::None
    }
}

/// 本报讯, 本报记者, …社…日电, （记者 …）.
fn is_dateline(text: &str) -> bool {
    if DATELINES.iter().any(|w| text.starts_with(w)) {
        return true;
    }
    let first: String = text.chars().take(24).collect();
    first.find('社').is_some_and(|at| at <= 12)
        && (first.contains("日电") || first.contains("日讯") || first.contains("电（") || first.contains("电("))
}

/// "8月6日…" at the head.
fn is_day(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let Some(rest) = text.get(digits..).filter(|_| (1..=2).contains(&digits)).and_then(|r| r.strip_prefix('月'))
    else {
        return false;
    };
    let day = rest.bytes().take_while(u8::is_ascii_digit).count();
    day > 0 && rest.get(day..).is_some_and(|r| r.starts_with('日') || r.starts_with('至'))
}

/// Who speaks: "记者：", "问:", "甲乙丙：" with something said behind the colon.
pub(crate) fn speaker(head: &[char]) -> Option<&[char]> {
    let colon = head.iter().take(6).position(|&c| c == '：' || c == ':')?;
    let (name, said) = head.split_at(colon);
    let is_named = !name.is_empty() && name.iter().all(|&c| is_han(c) || c.is_whitespace());
    (is_named && said.get(1).is_some_and(|&c| !is_pause(c))).then_some(name)
}

/// What of a line is a jump note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum JumpShape {
    /// None.
    None,
    /// The whole line.
    Whole,
    /// The line's end.
    AtEnd,
    /// 上接: the article began elsewhere.
    From,
}

/// What of a line is a jump note.
pub(crate) fn jump_class(head: &[char], tail: &[char]) -> JumpShape {
    match jump(tail) {
        Some((at, _)) if at <= 1 && head.len() <= 40 => JumpShape::Whole,
        Some(_) => JumpShape::AtEnd,
        None => {
            let text = &head[..head.len().min(24)];
            if !text.contains(&'版') || !text.contains(&'接') {
                return JumpShape::None;
            }
            let text: String = text.iter().filter(|c| !c.is_whitespace()).collect();
            let from = text.len() <= 60 && (text.contains("上接") || text.contains("紧接"));
            if from { JumpShape::From } else { JumpShape::None }
        }
    }
}

/// A 下转 note at the end of `text`: where its marks begin and the page it names.
pub(crate) fn jump(text: &[char]) -> Option<(usize, String)> {
    let from = text.len().saturating_sub(24);
    let at = (from..text.len().saturating_sub(1)).rev().find(|&i| {
        matches!((text[i], text[i + 1]), ('下', '转') | ('转', '至') | ('转', '第') | ('详', '见') | ('下', '轉'))
    })?;
    let rest: String = text[at + 2..].iter().filter(|c| !c.is_whitespace()).collect();
    let rest = rest.trim_end_matches(['）', ')', '】', '▶', '►', '。', '〉', '》', '>']);
    let page = rest.trim_start_matches("至").trim_start_matches('第');
    let page = page.strip_suffix("版面").or(page.strip_suffix('版')).map_or((page, false), |p| (p, true));
    let plausible = !page.0.is_empty()
        && page.0.chars().count() <= 4
        && page.0.chars().all(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c));
    if !plausible || (!page.1 && !page.0.chars().any(|c| c.is_ascii_digit())) {
        return None;
    }
    // 下转第2版: the search from the end meets 转第 first.
    let mut begin = if at > 0 && (text[at - 1], text[at]) == ('下', '转') { at - 1 } else { at };
    while begin > 0
        && (matches!(text[begin - 1], '（' | '(' | '—' | '▶' | '►' | '【' | '-' | '《' | '〈')
            || text[begin - 1].is_whitespace())
    {
        begin -= 1;
    }
    Some((begin, page.0.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(usize, &str)>) {
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(jump(&chars), expected.map(|(at, page)| (at, page.to_owned())), "{text}");
    }

    #[test]
    fn datelines_may_stand_in_brackets() {
        for text in ["本报讯 昨天", "（本报讯）昨天", "(本报讯)昨天", "【本报讯】昨天"] {
            assert_eq!(class(&text.chars().collect::<Vec<char>>()), Opener::Dateline, "{text}");
        }
    }

    #[test]
    fn jump_notes_of_every_house_style() {
        check("拧成一股绳，——下转 C2 版", Some((6, "C2")));
        check("不会冻。（下转第2版）", Some((4, "2")));
        check("▶▶▶下转A3版", Some((0, "A3")));
        check("（下转二版）", Some((0, "二")));
        check("他从柜台下转出来", None);
        check("水退了，堤上的脚印还在", None);
    }
}
