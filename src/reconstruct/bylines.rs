//! The grammar of bylines (署名): bullets, role words, padded names, offices. Judges one line's text at a time and knows
//! nothing of its neighbours.

use super::chars::{is_bullet, is_han};
use crate::model::{Byline, BylineRole};
use std::borrow::Cow;
use std::sync::LazyLock;

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

/// Role words, longest first where one begins another.
const ROLES: &[(&str, BylineRole)] = &[
    ("特约通讯员", BylineRole::Correspondent),
    ("通讯员", BylineRole::Correspondent),
    ("通訊員", BylineRole::Correspondent),
    ("见习记者", BylineRole::Intern),
    ("实习记者", BylineRole::Intern),
    ("首席记者", BylineRole::Reporter),
    ("特派记者", BylineRole::Reporter),
    ("全媒体记者", BylineRole::Reporter),
    ("融媒记者", BylineRole::Reporter),
    ("融媒体记者", BylineRole::Reporter),
    ("摄影记者", BylineRole::Photographer),
    ("本报记者", BylineRole::Reporter),
    ("记者", BylineRole::Reporter),
    ("記者", BylineRole::Reporter),
    ("实习生", BylineRole::Intern),
    ("實習生", BylineRole::Intern),
    ("摄影报道", BylineRole::Photographer),
    ("摄影/撰文", BylineRole::Photographer),
    ("摄影", BylineRole::Photographer),
    ("攝影", BylineRole::Photographer),
    ("供图", BylineRole::Photographer),
    ("图片", BylineRole::Photographer),
    ("摄", BylineRole::Photographer),
    ("图/文", BylineRole::Reporter),
    ("文/图", BylineRole::Reporter),
    ("文图", BylineRole::Reporter),
    ("图文", BylineRole::Reporter),
    ("撰文", BylineRole::Reporter),
    ("撰稿", BylineRole::Reporter),
    ("采写", BylineRole::Reporter),
    ("整理", BylineRole::Reporter),
    ("作者", BylineRole::Author),
    ("文", BylineRole::Reporter),
    ("图", BylineRole::Photographer),
];

/// Role words that follow the names they belong to ("王强 摄").
const TRAILING: &[(&str, Option<BylineRole>)] = &[
    ("摄影报道", Some(BylineRole::Photographer)),
    ("摄影", Some(BylineRole::Photographer)),
    ("供图", Some(BylineRole::Photographer)),
    ("图/文", None),
    ("文/图", None),
    ("/文", None),
    ("/图", Some(BylineRole::Photographer)),
    ("／文", None),
    ("／图", Some(BylineRole::Photographer)),
    ("报道", None),
    ("摄", Some(BylineRole::Photographer)),
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

/// Common family names of one character.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈\
姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易\
乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华\
喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商\
刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权\
强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆\
茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由居単";

/// The same in order, to be found fast: many lines begin like a name.
static SURNAMES_SORTED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut out: Vec<char> = SURNAMES.chars().collect();
    out.sort_unstable();
    out
});

/// First characters of all role words.
static ROLE_INITIALS: LazyLock<Vec<char>> =
    LazyLock::new(|| ROLES.iter().filter_map(|(word, _)| word.chars().next()).collect());

/// Last characters of all role words that follow names.
static TRAILING_ENDS: LazyLock<Vec<char>> =
    LazyLock::new(|| TRAILING.iter().filter_map(|(word, _)| word.chars().last()).collect());

/// The role word that `text` begins with.
fn leading_role(text: &str) -> Option<&'static (&'static str, BylineRole)> {
    text.starts_with(ROLE_INITIALS.as_slice()).then(|| ROLES.iter().find(|(word, _)| text.starts_with(word)))?
}

/// Whether `name` can be a person's name.
pub(crate) fn is_name(name: &str) -> bool {
    let count = name.chars().count();
    if !(2..=LONGEST_NAME).contains(&count) || !name.chars().all(|c| is_han(c) || c == '·' || c == '•') {
        return false;
    }
    if name.contains(['·', '•']) {
        return count >= 4;
    }
    match count {
        2 | 3 => name.chars().next().is_some_and(|first| SURNAMES_SORTED.binary_search(&first).is_ok()),
        4 => ["欧阳", "司马", "上官", "诸葛", "慕容", "皇甫", "尉迟", "司徒", "令狐", "夏侯", "东方"]
            .iter()
            .any(|surname| name.starts_with(surname)),
        _ => false,
    }
}

/// Whether `text` ends with the word of an office.
pub(crate) fn ends_with_office(text: &str) -> bool {
    OFFICES.iter().any(|office| text.ends_with(office))
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
/// Characters of the longest name.
const LONGEST_NAME: usize = 12;

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

/// Pieces that are not empty; two single characters in a row ("王 强", "记 者") are closed up.
pub(crate) fn closed_up<'a>(pieces: impl Iterator<Item = &'a str>) -> Vec<Cow<'a, str>> {
    let mut out: Vec<Cow<'_, str>> = Vec::new();
    let mut open = false;
    for word in pieces {
        if word.is_empty() {
            continue;
        }
        let mut chars = word.chars();
        let single = chars.next().is_some_and(is_han) && chars.next().is_none() && !matches!(word, "文" | "图" | "摄");
        match out.last_mut() {
            Some(last) if single && open && last.chars().count() < 2 => last.to_mut().push_str(word),
            _ => {
                out.push(Cow::Borrowed(word));
                open = single;
            }
        }
    }
    out
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

/// Names in brackets behind a dateline: "本报讯（记者 甲乙丙）", "本报记者 甲乙丙".
pub(crate) fn after_dateline(paragraph: &str) -> Vec<Byline> {
    let head: String = paragraph.chars().take(60).collect();
    let Some(open) = head.find(['（', '(']).filter(|&at| head[..at].chars().count() <= 16) else { return Vec::new() };
    let Some(close) = head[open..].find(['）', ')']) else { return Vec::new() };
    let inner = head[open..open + close].trim_start_matches(['（', '(']);
    let reading = read(inner);
    if matches!(reading.shape, Shape::Signed | Shape::Credit) { reading.names } else { Vec::new() }
}

fn has_office(text: &str) -> bool {
    OFFICES.iter().any(|office| text.contains(office))
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
