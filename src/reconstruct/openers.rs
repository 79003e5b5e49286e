//! General newspaper vocabulary at the head or tail of a line: datelines, speakers, editor's notes, jump notes.

use super::chars::{Initials, is_bullet, is_finished, is_han, is_ordinal, is_pause};
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
    /// A document's number and nothing else: 望政发〔2024〕12号.
    Number,
}

const NOTES: &[&str] = &[
    "编者按",
    "编者的话",
    "编者语",
    "编者注",
    "编辑按",
    "编前话",
    "编前语",
    "编后",
    "开栏语",
    "开栏的话",
    "开栏寄语",
    "卷首语",
    "编辑点评",
    "本期导读",
    "按语",
];
/// The same where a colon or a closing bracket follows.
const NOTES_AND_COLON: &[&str] = &["引言", "导语", "核心提示", "阅读提示", "内容提要", "内容摘要", "提要", "按"];
const PICTURES: &[&str] = &["图为", "图①", "图一", "上图", "下图", "左图", "右图", "图片说明", "图说："];
const DATELINES: &[&str] = &["本报讯", "本报综合", "本刊讯", "讯（", "本报记者", "本台讯"];
const TIMES: &[&str] =
    &["近日", "日前", "昨天", "昨日", "今天", "今日", "前天", "连日来", "近期", "上周", "本周", "记者从", "记者获悉"];
const BOXES: &[&str] = &[
    "相关链接",
    "新闻链接",
    "背景链接",
    "知识链接",
    "知识窗",
    "相关新闻",
    "新闻背景",
    "名词解释",
    "延伸阅读",
    "新闻回放",
    "记者手记",
    "采访手记",
    "编辑手记",
    "记者感言",
    "专家点评",
    "记者点评",
    "小贴士",
    "小资料",
    "小知识",
    "人物名片",
    "人物简介",
    "作者简介",
    "点评",
    "短评",
    "链接",
];
/// Ends of the words for where news comes from, and what ends like them.
const REPORTS: &[&str] = &["讯", "日电", "时电", "综合消息"];
const NO_REPORTS: &[&str] =
    &["通讯", "资讯", "喜讯", "简讯", "快讯", "短讯", "音讯", "问讯", "电讯", "审讯", "闻讯", "刑讯"];
/// Characters of the longest word for where news comes from: "望湖日报山南二〇二四年六月十二日讯".
const LONGEST_DATELINE: usize = 18;
const FURTHER: &[&str] =
    &["首先", "其次", "同时", "此外", "另外", "不仅", "与此同时", "值得一提", "接着", "随后", "最后", "除了"];
const TURNS: &[&str] =
    &["下一步", "如今", "近年来", "今年以来", "目前", "截至", "据了解", "据悉", "据介绍", "多年来", "当前"];

/// First characters of everything in the lists.
static INITIALS: LazyLock<Initials> = LazyLock::new(|| {
    let lists = [NOTES, NOTES_AND_COLON, TIMES, BOXES, FURTHER, TURNS, PICTURES, DATELINES, &["据"]];
    Initials::of(lists.concat())
});

/// The opener of a line.
pub(crate) fn class(head: &[char]) -> Opener {
    let beginning = &head[..head.len().min(30)];
    if is_reported(head) {
        return Opener::Dateline;
    }
    if is_number(head) {
        return Opener::Number;
    }
    if head.first().is_some_and(|c| is_han(*c) && !INITIALS.contain(*c)) && !beginning.contains(&'社') {
        return if speaker(head).is_some() { Opener::Speaker } else { Opener::None };
    }
    let text = solid(beginning);
    let begins = |list: &[&str]| list.iter().any(|w| text.starts_with(w));
    let inner = text.trim_start_matches(is_pointer);
    if is_dateline(inner.trim_start_matches(['（', '('])) || is_signed(inner) {
        Opener::Dateline
    } else if is_note(inner.trim_start_matches(['（', '('])) {
        Opener::Note
    } else if PICTURES.iter().any(|w| inner.starts_with(w)) || is_numbered_picture(inner) {
        Opener::Picture
    } else if text.starts_with(['—', '－']) {
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

/// Characters of the longest document number.
const LONGEST_NUMBER: usize = 28;

/// "望政发〔2024〕12号", "（2024）第3号": a year in brackets, a number behind it.
fn is_number(head: &[char]) -> bool {
    if !matches!(head.last(), Some('号' | '）' | ')')) {
        return false;
    }
    let solid: Vec<char> = head.iter().copied().filter(|c| !c.is_whitespace()).take(LONGEST_NUMBER + 1).collect();
    let solid = match solid.as_slice() {
        [rest @ .., '）' | ')'] if rest.last() == Some(&'号') => rest,
        all => all,
    };
    let [rest @ .., '号'] = solid else { return false };
    let digits = |text: &[char]| text.iter().rev().take_while(|c| c.is_ascii_digit()).count();
    let rest = &rest[..rest.len() - digits(rest)];
    let rest = rest.strip_suffix(&['第']).unwrap_or(rest);
    let [rest @ .., '〕' | '）' | ')' | ']' | '】' | '］'] = rest else { return false };
    let year = digits(rest);
    year == 4 && matches!(rest[..rest.len() - year].last(), Some('〔' | '（' | '(' | '[' | '【' | '［'))
}

/// What points at something or opens a bracket for the first words.
fn is_pointer(c: char) -> bool {
    is_bullet(c) || matches!(c, '【' | '［' | '[' | '〔' | '↑' | '↓' | '←' | '→')
}

fn is_note(text: &str) -> bool {
    NOTES.iter().any(|word| text.starts_with(word))
        || NOTES_AND_COLON.iter().any(|word| {
            text.strip_prefix(word).is_some_and(|rest| rest.starts_with(['：', ':', '】', '］', ']', '）', ')', '〕']))
        })
}

/// Text without its white space.
fn solid(text: &[char]) -> String {
    let mut out = String::with_capacity(text.len() * '报'.len_utf8());
    out.extend(text.iter().filter(|c| !c.is_whitespace()));
    out
}

/// 图1, 图(1), 图②.
fn is_numbered_picture(text: &str) -> bool {
    text.strip_prefix('图').is_some_and(|rest| {
        rest.trim_start_matches(['（', '(']).starts_with(|c: char| c.is_ascii_digit() || ('①'..='⑳').contains(&c))
    })
}

/// "本报望湖讯 …", "望湖日报讯（记者 …", "人民日报北京1月3日电 …", "【望湖讯】…": a word for where news comes from, and
/// something behind it that parts it from the text.
fn is_reported(head: &[char]) -> bool {
    let from = head.iter().take_while(|c| is_pointer(**c) || matches!(c, '（' | '(') || c.is_whitespace()).count();
    let rest = &head[from..];
    let ends_word = |c: char| matches!(c, '讯' | '电' | '息');
    if !rest.iter().take(LONGEST_DATELINE).any(|&c| ends_word(c)) {
        return false;
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, '（' | '(' | '】' | '］' | ']' | '）' | ')' | '：' | ':');
    let Some(end) = rest.iter().take(LONGEST_DATELINE + 1).position(|&c| is_end(c)) else { return false };
    if !(2..=LONGEST_DATELINE).contains(&end) || !ends_word(rest[end - 1]) {
        return false;
    }
    let word: String = rest[..end].iter().collect();
    let is_word = rest[..end].iter().all(|&c| is_han(c) || c.is_ascii_digit() || c == '〇');
    is_word && REPORTS.iter().any(|end| word.ends_with(end)) && !NO_REPORTS.iter().any(|end| word.ends_with(end))
}

/// "（记者 陆小满）昨天…": who writes in brackets, and the text behind them.
fn is_signed(text: &str) -> bool {
    let inner = text.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')']));
    inner.is_some_and(|(who, behind)| !behind.is_empty() && (who.contains("记者") || who.contains("通讯员")))
}

/// 本报讯, 本报记者, …社…日电.
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
            let text = solid(text);
            let begins = text.trim_start_matches(['（', '(', '▲', '◀', '—', '■', '●']).starts_with('接');
            let from = text.len() <= 60 && (text.contains("上接") || text.contains("紧接") || begins);
            if from { JumpShape::From } else { JumpShape::None }
        }
    }
}

/// What says that the text goes on elsewhere, the longest first, and whether a page must be named as one ("2版", not "2").
const JUMPS: &[(&str, bool)] = &[
    ("下转", false),
    ("紧转", true),
    ("续转", true),
    ("续见", true),
    ("详见", true),
    ("全文见", true),
    ("报道见", true),
    ("转至", true),
    ("转第", true),
    ("（转", true),
    ("(转", true),
    ("（见", true),
    ("(见", true),
];

/// Whether `text` stops where no sentence may, and no jump note says where it goes on.
pub(crate) fn stops_inside(text: &[char]) -> bool {
    !is_finished(text) && jump(text).is_none()
}

/// A 下转 note at the end of `text`: where its marks begin and the page it names.
pub(crate) fn jump(text: &[char]) -> Option<(usize, String)> {
    let from = text.len().saturating_sub(24);
    let tail = &text[from..];
    let names_page = || tail.iter().any(|c| *c == '版' || c.is_ascii_digit());
    if !tail.iter().any(|c| matches!(c, '转' | '见')) || !names_page() {
        return None;
    }
    let solid: Vec<(usize, char)> =
        text.iter().copied().enumerate().skip(from).filter(|(_, c)| !c.is_whitespace()).collect();
    let begins =
        |at: usize, word: &str| word.chars().enumerate().all(|(n, c)| solid.get(at + n).is_some_and(|s| s.1 == c));
    let (at, page) = (0..solid.len()).find_map(|at| {
        let (word, strict) = JUMPS.iter().find(|(word, _)| begins(at, word))?;
        Some((at, page(&solid[at + word.chars().count()..], *strict)?))
    })?;
    let mut begin = solid[at].0;
    // "相关报道见3版", "更多报道见3版" are one word more.
    for word in ["相关", "更多", "详细"] {
        let count = word.chars().count();
        if at >= count && begins(at - count, word) {
            begin = solid[at - count].0;
        }
    }
    while begin > 0
        && (matches!(text[begin - 1], '（' | '(' | '—' | '▶' | '►' | '【' | '-' | '《' | '〈')
            || text[begin - 1].is_whitespace())
    {
        begin -= 1;
    }
    Some((begin, page))
}

/// The page that a note names and nothing else ("第2版", "C2", "至二、三版", "12版·综合"); with `strict` it must be called one.
fn page(rest: &[(usize, char)], strict: bool) -> Option<String> {
    let rest: String = rest.iter().map(|(_, c)| *c).collect();
    let rest = rest.trim_end_matches(['）', ')', '】', '▶', '►', '。', '〉', '》', '>', '＞', '→', '☞']);
    let rest = rest.trim_start_matches("至").trim_start_matches('第');
    let (pages, is_called) = match rest.split_once('版') {
        // A section's name may follow.
        Some((pages, behind)) if behind.is_empty() || behind == "面" || behind.starts_with(['·', '•']) => {
            (pages, true)
        }
        Some(_) => return None,
        None => (rest, false),
    };
    let is_page = |text: &str| {
        (1..=4).contains(&text.chars().count()) && text.chars().all(|c| c.is_ascii_alphanumeric() || is_ordinal(c))
    };
    let mut list = pages.split(['、', '，', '-', '—', '~', '～', '至']).peekable();
    let page = *list.peek()?;
    let is_list = list.all(is_page);
    let has_figure = page.chars().any(|c| c.is_ascii_digit());
    (is_list && (is_called || (has_figure && !strict))).then(|| page.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(usize, &str)>) {
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(jump(&chars), expected.map(|(at, page)| (at, page.to_owned())), "{text}");
    }

    fn opens(text: &str) -> Opener {
        class(&text.chars().collect::<Vec<char>>())
    }

    #[test]
    fn news_comes_from_many_houses() {
        for text in [
            "本报望湖讯 昨天",
            "望湖讯（记者 陆小满）昨天",
            "望湖日报讯 昨天",
            "【望湖讯】昨天",
            "本报6月3日讯 昨天",
            "人民日报北京6月3日电 昨天",
            "■本网讯 昨天",
            "（记者 陆小满）昨天",
        ] {
            assert_eq!(opens(text), Opener::Dateline, "{text}");
        }
        for text in ["喜讯 渡口复航", "通讯：渡口的灯", "闻讯（当天）赶来", "渡口的灯亮了 喜讯"]
        {
            assert_ne!(opens(text), Opener::Dateline, "{text}");
        }
    }

    #[test]
    fn notes_and_pictures_open_in_many_ways() {
        for text in ["[编者按]渡口", "（编者按）渡口", "编后：渡口", "核心提示：渡口", "【引言】渡口"]
        {
            assert_eq!(opens(text), Opener::Note, "{text}");
        }
        assert_eq!(opens("核心提示了渡口的水位"), Opener::None);
        for text in ["▲图为渡口", "图1：渡口", "图②渡口", "图片说明：渡口"] {
            assert_eq!(opens(text), Opener::Picture, "{text}");
        }
    }

    #[test]
    fn documents_have_numbers() {
        for text in ["望政发〔2024〕12号", "（2024）第3号", "（望土告字[2024]12号）"] {
            assert_eq!(opens(text), Opener::Number, "{text}");
        }
        for text in ["渡口〔2024〕", "2024年12号", "渡口（2024）的12号", "门牌12号"] {
            assert_ne!(opens(text), Opener::Number, "{text}");
        }
    }

    #[test]
    fn datelines_may_stand_in_brackets() {
        for text in ["本报讯 昨天", "（本报讯）昨天", "(本报讯)昨天", "【本报讯】昨天"] {
            assert_eq!(opens(text), Opener::Dateline, "{text}");
        }
    }

    #[test]
    fn jump_notes_of_every_house_style() {
        check("（紧转第2版）", Some((0, "2")));
        check("不会冻。（转2版）", Some((4, "2")));
        check("相关报道见A3版", Some((0, "A3")));
        check("不会冻。（全文见二、三版）", Some((4, "二")));
        check("下 转 2 版", Some((0, "2")));
        check("下转3版＞＞", Some((0, "3")));
        check("（下转12版·综合）", Some((0, "12")));
        check("报道见多家报纸", None);
        check("他们转2个村", None);
        check("拧成一股绳，——下转 C2 版", Some((6, "C2")));
        check("不会冻。（下转第2版）", Some((4, "2")));
        check("▶▶▶下转A3版", Some((0, "A3")));
        check("（下转二版）", Some((0, "二")));
        check("他从柜台下转出来", None);
        check("水退了，堤上的脚印还在", None);
    }
}
