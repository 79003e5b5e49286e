//! Words of bylines: roles before and behind names, offices.

use super::super::chars::{Initials, is_bullet, is_han};
use super::names::is_name;
use crate::model::BylineRole;
use aho_corasick::{AhoCorasick, MatchKind};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Role words that stand before names, longest first where one begins another.
const ROLES: &[(&str, BylineRole)] = &[
    ("特约评论员", BylineRole::Author),
    ("学生记者", BylineRole::Reporter),
    ("讲述人", BylineRole::Author),
    ("口述人", BylineRole::Author),
    ("主持人", BylineRole::Reporter),
    ("特约撰稿人", BylineRole::Correspondent),
    ("特约通讯员", BylineRole::Correspondent),
    ("全媒体记者", BylineRole::Reporter),
    ("融媒体记者", BylineRole::Reporter),
    ("实习编辑", BylineRole::Intern),
    ("特约撰稿", BylineRole::Correspondent),
    ("特约记者", BylineRole::Correspondent),
    ("见习记者", BylineRole::Intern),
    ("实习记者", BylineRole::Intern),
    ("首席记者", BylineRole::Reporter),
    ("特派记者", BylineRole::Reporter),
    ("融媒记者", BylineRole::Reporter),
    ("摄影记者", BylineRole::Photographer),
    ("本报记者", BylineRole::Reporter),
    ("摄影报道", BylineRole::Photographer),
    ("摄影/撰文", BylineRole::Photographer),
    ("撰文/摄影", BylineRole::Reporter),
    ("报道/摄影", BylineRole::Reporter),
    ("采访整理", BylineRole::Reporter),
    ("评论员", BylineRole::Author),
    ("撰稿人", BylineRole::Author),
    ("通讯员", BylineRole::Correspondent),
    ("实习生", BylineRole::Intern),
    ("记者", BylineRole::Reporter),
    ("摄影", BylineRole::Photographer),
    ("供图", BylineRole::Photographer),
    ("供稿", BylineRole::Correspondent),
    ("图片", BylineRole::Photographer),
    ("摄", BylineRole::Photographer),
    ("图/文", BylineRole::Reporter),
    ("文/图", BylineRole::Reporter),
    ("文/摄", BylineRole::Reporter),
    ("文图", BylineRole::Reporter),
    ("图文", BylineRole::Reporter),
    ("撰文", BylineRole::Reporter),
    ("撰稿", BylineRole::Reporter),
    ("采写", BylineRole::Reporter),
    ("采访", BylineRole::Reporter),
    ("整理", BylineRole::Reporter),
    ("口述", BylineRole::Author),
    ("作者", BylineRole::Author),
    ("文", BylineRole::Author),
    ("图", BylineRole::Photographer),
];

/// Role words that are also the beginning of names and headlines.
const WEAK: &[&str] = &["文", "图", "摄", "采访", "整理", "口述", "图片"];

/// Role words that follow the names they belong to ("王强 摄"): pictures were taken by whoever is named, what else is said
/// leaves the role that names have.
const TRAILING: &[(&str, Trailing)] = &[
    ("摄影报道", Trailing::Took),
    ("报道/摄影", Trailing::Wrote),
    ("撰文/摄影", Trailing::Wrote),
    ("摄影", Trailing::Took),
    ("供图", Trailing::Took),
    ("供稿", Trailing::Sent),
    ("图/文", Trailing::Wrote),
    ("文/图", Trailing::Wrote),
    ("文/摄", Trailing::Wrote),
    ("文图", Trailing::Wrote),
    ("图文", Trailing::Wrote),
    ("整理", Trailing::Wrote),
    ("口述", Trailing::Told),
    ("报道", Trailing::Wrote),
    ("摄", Trailing::Took),
    ("文", Trailing::Told),
    ("图", Trailing::Took),
    ("书", Trailing::Told),
    ("画", Trailing::Told),
    ("作", Trailing::Told),
    ("著", Trailing::Told),
    ("绘", Trailing::Told),
];

/// What those did whose names stand before a role word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trailing {
    /// Took the picture.
    Took,
    /// Wrote the text.
    Wrote,
    /// Sent it in.
    Sent,
    /// Told it to somebody else, or wrote or drew what is shown.
    Told,
}

/// Role words that may stand behind whom somebody works for ("望湖日报记者").
const STAFF: &[&str] = &["特约评论员", "首席评论员", "评论员", "特约通讯员", "通讯员", "实习生", "记者", "编辑部"];

/// What those are called that one works for, or what stands between them and the role.
const HOUSES: &[&str] =
    &["社", "报", "台", "网", "刊", "中心", "媒体", "融媒", "传媒", "集团", "首席", "见习", "特派", "实习", "驻站"];

/// Ends of the names of those that send texts in.
const BODIES: &[&str] = &[
    "部",
    "局",
    "办",
    "委",
    "会",
    "院",
    "校",
    "队",
    "所",
    "站",
    "中心",
    "公司",
    "合作社",
    "供销社",
    "社区",
    "小区",
    "小学",
    "中学",
    "银行",
    "馆",
    "办公室",
    "政府",
    "街道",
    "镇",
    "乡",
    "村",
];

/// Ends of the names of those that issue notices: of the above those that hardly end a headline, and what they are longer.
const ISSUERS: &[&str] = &[
    "部",
    "局",
    "委员会",
    "院",
    "校",
    "大队",
    "支队",
    "所",
    "中心",
    "公司",
    "集团",
    "馆",
    "办公室",
    "政府",
    "联合会",
    "协会",
    "银行",
];

/// Words that end an office.
const OFFICES: &[&str] = &[
    "书记",
    "主任",
    "镇长",
    "乡长",
    "区长",
    "县长",
    "市长",
    "局长",
    "部长",
    "院长",
    "校长",
    "会长",
    "经理",
    "主席",
    "常委",
    "委员",
    "所长",
    "站长",
    "处长",
    "科长",
    "董事长",
    "总裁",
    "教授",
    "研究员",
    "主编",
    "代表",
    "队长",
    "馆长",
    "园长",
    "教师",
    "厂长",
    "社长",
    "理事长",
    "秘书长",
    "检察长",
    "司令",
    "政委",
    "村主任",
    "总工程师",
    "负责人",
];

/// Words that end what somebody is who holds no office. They are read before names only.
const CALLINGS: &[&str] = &[
    "医师",
    "医生",
    "护士",
    "护士长",
    "律师",
    "法官",
    "检察官",
    "民警",
    "农艺师",
    "工程师",
    "技术员",
    "老师",
    "教练",
    "作家",
    "读者",
    "网友",
    "居民",
    "村民",
    "市民",
    "职工",
    "工人",
    "学生",
    "同学",
    "校友",
    "班",
    "年级",
    "级",
    "家长",
    "家属",
    "业主",
    "农民",
    "青年",
    "司机",
    "骑手",
    "队员",
    "志愿者",
    "会员",
    "顾问",
    "组长",
    "班长",
    "船长",
    "传承人",
    "创始人",
    "养路工",
    "驾驶员",
    "警察",
    "战士",
    "干部",
    "党员",
];

/// First characters of all role words.
static ROLE_INITIALS: LazyLock<Initials> = LazyLock::new(|| Initials::of(ROLES.iter().map(|(word, _)| *word)));

/// The length of the role word that `text` begins with, whom somebody works for before it included, and the role.
pub(super) fn leading_role(text: &str) -> Option<(usize, BylineRole)> {
    let found = ROLE_INITIALS.begin(text).then(|| ROLES.iter().find(|(word, _)| text.starts_with(word)));
    if let Some((word, role)) = found.flatten() {
        // Words that many a name or headline begins with are roles only by themselves.
        let is_apart = text[word.len()..].chars().next().is_none_or(is_bar);
        return (is_apart || !WEAK.contains(word)).then_some((word.len(), *role));
    }
    employed(text)
}

/// Finds [`STAFF`]; `None` only if the table could not be built, and then no line has any.
static STAFF_FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(STAFF).ok());

/// Finds role words of more than one character, the leftmost and longest first.
static ROLE_FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words =
        ROLES.iter().map(|(word, _)| *word).chain(TRAILING.iter().map(|(word, _)| *word)).chain(STAFF.iter().copied());
    let long = words.filter(|word| word.chars().count() > 1);
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(long).ok()
});

/// Whether whoever writes for a newspaper is named.
pub(super) fn names_staff(text: &str) -> bool {
    STAFF_FINDER.as_ref().is_some_and(|finder| finder.is_match(text))
}

/// Whether there may be a role word: most lines have none, and then only bare names are a signature.
pub(super) fn may_have_roles(text: &str) -> bool {
    text.contains(['文', '图', '摄'])
        || text.ends_with(['书', '画', '作', '著', '绘'])
        || ROLE_FINDER.as_ref().is_some_and(|finder| finder.is_match(text))
}

/// What parts a role word from a name in one word.
pub(super) fn is_bar(c: char) -> bool {
    matches!(c, '/' | '／' | '\\' | '丨' | '∕')
}

/// "望湖日报记者", "本报首席评论员", "本报驻山南记者": a role behind whom somebody works for.
fn employed(text: &str) -> Option<(usize, BylineRole)> {
    if !names_staff(text) {
        return None;
    }
    STAFF.iter().find_map(|word| {
        let at = text.find(word)?;
        let house = &text[..at];
        // "保安告诉望湖日报记者" is the beginning of a sentence.
        let is_house = house.chars().count() <= LONGEST_HOUSE
            && house.chars().all(|c| is_han(c) && !"诉向对据说受访与和跟是的了把被".contains(c));
        let is_known = is_house
            && (house.starts_with("本报") || house.starts_with('驻') || HOUSES.iter().any(|end| house.ends_with(end)));
        is_known.then(|| (at + word.len(), role_of(word).unwrap_or(BylineRole::Author)))
    })
}

/// Characters of the longest name of a house.
const LONGEST_HOUSE: usize = 12;

/// The length of the role word that `text` begins with and that may follow names.
pub(super) fn trailing_role(text: &str) -> Option<(usize, Trailing)> {
    TRAILING.iter().find(|(word, _)| text.starts_with(word)).map(|(word, role)| (word.len(), *role))
}

/// Where the names that `text` begins with end: at a role word of more than one character, at a bar, at 摄 behind a name.
pub(super) fn next_role(text: &str) -> usize {
    let found = ROLE_FINDER.as_ref().and_then(|finder| finder.find(text)).map(|found| found.start());
    let took = text.strip_suffix('摄').filter(|stem| is_name(stem)).map(str::len);
    let end = found.into_iter().chain(text.find(is_bar)).chain(took).min().unwrap_or(text.len());
    // "渡口观察·特别报道" is a column, not a foreign name with a role behind it.
    if text[..end].contains('·') { text.len() } else { end }
}

/// The role a line of role words alone names.
pub(crate) fn role_of(text: &str) -> Option<BylineRole> {
    let solid: String = text.chars().filter(|c| !c.is_whitespace() && !is_bullet(*c)).collect();
    ROLES.iter().find(|(word, _)| solid.contains(word)).map(|(_, role)| *role)
}

/// "作者系县水利局局长", "作者单位：县水利局": what the author is.
pub(crate) fn says_of_author(text: &str) -> bool {
    ["作者系", "作者为", "作者单位", "作者是"].iter().any(|word| text.starts_with(word))
}

/// Whether a line names where the text was taken from ("据新华社", "来源：望湖日报") or what its author is ("作者系…").
pub(super) fn is_source(text: &str) -> bool {
    let says_of_author = says_of_author(text);
    let is_taken = ["据", "综合", "来源", "转自", "摘自", "选自"].iter().any(|word| text.starts_with(word));
    if !says_of_author && !is_taken {
        return false;
    }
    let count = text.chars().count();
    let solid = text.trim_end_matches(['电', '讯', '》', '等']);
    (says_of_author && count <= 40) || (is_taken && count <= 16 && HOUSES.iter().any(|end| solid.ends_with(end)))
}

/// Whether `text` is called as those are that send texts in and take pictures: 县委宣传部.
pub(super) fn is_body(text: &str) -> bool {
    (3..=14).contains(&text.chars().count()) && text.chars().all(is_han) && ends_with_body(text)
}

/// Whether `text` ends as the names of offices, firms and places do.
pub(crate) fn ends_with_body(text: &str) -> bool {
    BODIES.iter().any(|end| text.ends_with(end))
}

/// Whether `text` is called as those are that issue notices: 县自来水公司.
pub(crate) fn may_issue(text: &str) -> bool {
    (4..=24).contains(&text.chars().count())
        && text.chars().all(is_han)
        && ISSUERS.iter().any(|end| text.ends_with(end))
}

/// The text with role words closed up that are set apart ("通 讯 员").
pub(super) fn roles_closed_up(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    for word in ["通讯员", "实习生", "记者", "摄影", "作者"] {
        let Some(first) = word.chars().next() else { continue };
        let mut from = 0;
        while let Some(at) = out[from..].find(first).map(|at| from + at) {
            from = at + first.len_utf8();
            if let Some(end) = set_apart(&out[at..], word).filter(|end| *end > word.len()) {
                // A padded name may follow.
                out.to_mut().replace_range(at..at + end, &format!("{word} "));
                from = at + word.len();
            }
        }
    }
    out
}

/// The text with padded names closed up that are set to a bar or a role word ("盛 夏/摄", "文/盛 夏", "盛 夏摄影"); nothing if
/// there are none.
pub(super) fn names_closed_up(text: &str) -> Option<String> {
    let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let count = words.len();
    let mut at = 0;
    while at + 1 < words.len() {
        if is_padded_name(&words[at], &words[at + 1]) {
            let rest = words.remove(at + 1);
            words[at].push_str(&rest);
        }
        at += 1;
    }
    (words.len() < count).then(|| words.join(" "))
}

/// Whether two words are the characters of one name, and what it is set to stands before the first or behind the second one.
fn is_padded_name(one: &str, other: &str) -> bool {
    let single = |text: &str| Some(text.chars().next()?).filter(|c| is_han(*c) && text.len() == c.len_utf8());
    let (before, surname) = one.rsplit_once(is_bar).unwrap_or(("", one));
    let (Some(surname), Some(given)) = (single(surname), other.chars().next()) else { return false };
    let behind = &other[given.len_utf8()..];
    let is_set_to =
        behind.starts_with(is_bar) || trailing_role(behind).is_some_and(|(length, _)| length == behind.len());
    // "文/摄" is a role by itself, "王 摄" a role behind a name.
    let is_role = trailing_role(other).is_some_and(|(length, _)| length == other.len() && length > given.len_utf8());
    let is_apart = if before.is_empty() { is_set_to } else { behind.is_empty() || is_set_to };
    is_apart && !is_role && is_name(&String::from_iter([surname, given]))
}

/// Where `word` ends that `text` begins with, white space between its characters.
fn set_apart(text: &str, word: &str) -> Option<usize> {
    let mut rest = word.chars().peekable();
    for (at, c) in text.char_indices() {
        match rest.peek() {
            None => return Some(at),
            Some(next) if *next == c => {
                rest.next();
            }
            _ if c.is_whitespace() && at > 0 => {}
            _ => return None,
        }
    }
    rest.peek().is_none().then_some(text.len())
}

/// Whether `text` ends with the word of an office.
fn ends_with_office(text: &str) -> bool {
    OFFICES.iter().any(|office| text.ends_with(office))
}

/// Whether `text` is what stands before the name of somebody who signs: an office, a calling, whom one works for. Places are
/// none of that: "界溪镇 金银花".
pub(super) fn is_position(text: &str) -> bool {
    let is_house = || !text.ends_with(['镇', '乡', '村']) && !text.ends_with("街道") && is_body(text);
    ends_with_office(text) || CALLINGS.iter().any(|calling| text.ends_with(calling)) || is_house()
}

/// Whether there is the word of an office in `text`.
pub(super) fn has_office(text: &str) -> bool {
    OFFICES.iter().any(|office| text.contains(office))
}
