//! The grammar of bylines (署名): bullets, role words, padded names, offices. Judges one line's text at a time and knows
//! nothing of its neighbours.

mod inline;
mod names;
mod signature;
mod taken;
mod words;

use super::chars::{is_bullet, is_han};
use crate::model::{Byline, BylineRole};
use names::LONGEST_NAME;
use signature::{bare_names, signed};
use std::borrow::Cow;
use words::{
    has_office, is_body, is_position, is_source, may_have_roles, names_closed_up, names_staff, roles_closed_up,
};

pub(crate) use inline::{InText, after_dateline, at_end};
pub(crate) use names::{closed_up, is_name};
pub(crate) use taken::taken_for_one;
pub(crate) use words::{ends_with_body, may_issue, role_of, says_of_author};

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
    /// More names than any signature has and nothing else: a row of winners, say.
    Roll,
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
    let bulleted = bare.starts_with(is_bullet);
    // A name behind a dash signs a letter or a saying; anything else is a subtitle.
    let bare = bare.strip_prefix("——").filter(|name| is_name(name)).unwrap_or(bare);
    let bare = bare.trim_matches(|c: char| is_bullet(c) || c.is_whitespace());
    let inner = unwrap_brackets(bare);
    let marked = bulleted || inner.len() < bare.len();
    let marks = Marks::of(inner);
    if inner.is_empty() || marks.is_sentence(inner) {
        return Reading::default();
    }
    let bare = if marks.has_space { roles_closed_up(inner) } else { Cow::Borrowed(inner) };
    let bare = if marks.has_single { names_closed_up(&bare).map_or(bare, Cow::Owned) } else { bare };
    let bare = before_teacher(&bare).map(str::to_owned).map_or(bare, Cow::Owned);
    if bare.is_empty() {
        return Reading { shape: Shape::Signed, names: Vec::new() };
    }
    if is_source(&bare) {
        return Reading { shape: Shape::RoleOnly, names: Vec::new() };
    }
    let has_roles = may_have_roles(&bare);
    // Without roles, bullets and brackets a name stands last, or what somebody is in brackets: most lines are out with that.
    let last = inner[marks.last..].trim_end_matches(separates);
    if !has_roles && !marked && !marks.has_single && !bare.ends_with(['）', ')']) && !is_name(last) {
        return open_office(&bare);
    }
    let words = words(&bare);
    let signed = match &words[..] {
        _ if has_roles => signed(&words, bulleted),
        [names] if marked && !is_name(names) => bare_names(&together(names), bulleted),
        _ => bare_names(&words, bulleted),
    };
    signed
        .filter(|reading| !speaks(&bare, reading, marked))
        .or_else(|| office(&bare, &words))
        .or_else(|| described(&bare, marked))
        .or_else(|| sent(&bare, &words).or_else(|| presented(&words)).filter(|_| marked))
        .or_else(|| provided(&bare))
        .unwrap_or_else(|| open_office(&bare))
}

/// "山前经济开发区党工委书记、管委会主任，", whose name the next line begins with, or nothing.
fn open_office(bare: &str) -> Reading {
    let is_open = bare.ends_with(['、', '，', ',']) && has_office(bare) && bare.chars().count() >= 6;
    Reading { shape: if is_open { Shape::OfficeOpen } else { Shape::None }, names: Vec::new() }
}

/// Characters of the longest first word that a signature can have: role, name, what follows it.
const LONGEST_FIRST: usize = 13;

/// What one walk over a line tells of it.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    /// There are marks that no signature has.
    has_stop: bool,
    /// Characters of the first and of the last word.
    first_size: usize,
    last_size: usize,
    /// Where the last word that is not empty begins, in bytes.
    last: usize,
    has_space: bool,
    /// A word is a single character: several in a row may be a name.
    has_single: bool,
}

impl Marks {
    fn of(bare: &str) -> Self {
        let mut out = Self::default();
        let (mut first, mut size) = (None, 0);
        for (at, c) in bare.char_indices() {
            if !is_han(c) && matches!(c, '。' | '！' | '？' | '；' | ';' | '!' | '?' | '“' | '《') {
                out.has_stop = true;
                return out;
            }
            if separates(c) {
                out.has_space |= c.is_whitespace();
                first = first.or(Some(size));
                out.has_single |= size == 1;
                size = 0;
            } else {
                if size == 0 {
                    out.last = at;
                }
                size += 1;
            }
        }
        out.has_single |= size == 1;
        out.first_size = first.unwrap_or(size);
        out.last_size = size;
        out
    }

    /// Whether there are marks that no signature has, or no role is named, the first word is too long for a signature and the
    /// last one for a name behind an office: most lines.
    fn is_sentence(&self, bare: &str) -> bool {
        self.has_stop || (self.first_size > LONGEST_FIRST && self.last_size > LONGEST_NAME && !names_staff(bare))
    }
}

/// What stands between the words of a signature.
fn separates(c: char) -> bool {
    !is_han(c) && (c.is_whitespace() || matches!(c, '、' | '，' | ',' | '：' | ':' | '|' | '｜'))
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

/// "记者：您常说，养蚕的账" is a question, "记者 走进 山村" a headline: of what stands where names do, most are none.
fn speaks(text: &str, reading: &Reading, marked: bool) -> bool {
    if text.starts_with("作者") {
        return false;
    }
    let strange = reading.names.iter().filter(|n| !is_name(&n.name) && !is_body(&n.name) && !is_staff(&n.name)).count();
    let all = reading.names.len();
    let asks = strange == all && text.contains(['：', ':']);
    strange > 0 && (asks || (!marked && all > 1 && strange * 2 > all))
}

/// "本报评论员", "本报编辑部": whoever writes for the house.
fn is_staff(text: &str) -> bool {
    text.ends_with("评论员") || text.ends_with("编辑部")
}

/// Two names in brackets or behind a bullet, of which letter-spacing left nothing between them: "（陆小满丁禾）".
fn together(names: &str) -> Vec<Cow<'_, str>> {
    let all = if (4..=6).contains(&names.chars().count()) { names::unglued(names) } else { Vec::new() };
    all.into_iter().map(Cow::Borrowed).collect()
}

/// "界溪镇".
fn is_town(word: &str) -> bool {
    word.chars().count() > 2 && word.ends_with(['镇', '乡', '村'])
}

/// Whom somebody works for and names, where a bullet or brackets say that it is a signature: "（县法院 陆小满）".
fn sent(bare: &str, words: &[Cow<'_, str>]) -> Option<Reading> {
    let (house, names) = words.split_first()?;
    let is_house =
        (2..=14).contains(&house.chars().count()) && house.chars().all(is_han) && (is_town(house) || !is_name(house));
    let are_names = (1..=3).contains(&names.len()) && names.iter().all(|name| is_name(name));
    if !is_house || !are_names || bare.contains(['：', ':', '，', '、']) {
        return None;
    }
    let signed = |name: &Cow<'_, str>| Byline {
        role: BylineRole::Author,
        name: name.clone().into_owned(),
        position: Some(house.clone().into_owned()),
    };
    Some(Reading { shape: Shape::Office, names: names.iter().map(signed).collect() })
}

/// A name and what its bearer is, where a bullet or brackets say that it is a signature: "（陆小满 望山镇驻村第一书记）".
fn presented(words: &[Cow<'_, str>]) -> Option<Reading> {
    let [name, position] = words else { return None };
    let byline = || Byline {
        role: BylineRole::Author,
        name: name.clone().into_owned(),
        position: Some(position.clone().into_owned()),
    };
    (is_name(name) && position.chars().all(is_han) && is_position(position))
        .then(|| Reading { shape: Shape::Office, names: vec![byline()] })
}

/// A name, what its bearer is in brackets: "王强（望湖市作家协会会员）"; or a signature, where its names come from: "通讯员 丁禾（渡口派出所）".
fn described(bare: &str, marked: bool) -> Option<Reading> {
    let (signature, position) = bare.strip_suffix(['）', ')'])?.split_once(['（', '('])?;
    if position.chars().count() < 2 || !position.chars().all(|c| is_han(c) || c == '、') {
        return None;
    }
    let name = closed_up(signature.split_whitespace()).concat();
    if is_name(&name) {
        let byline = Byline { role: BylineRole::Author, name, position: Some(position.to_owned()) };
        let is_told = marked || position.chars().count() > 2;
        return is_told.then(|| Reading { shape: Shape::Office, names: vec![byline] });
    }
    let mut reading = read(signature);
    if !matches!(reading.shape, Shape::Signed | Shape::Credit) {
        return None;
    }
    if let [name] = &mut reading.names[..] {
        name.position.get_or_insert_with(|| position.to_owned());
    }
    Some(reading)
}

/// A pupil's signature without the teacher's, which may stand alone: "渡口小学四（3）班 陆小满 指导老师 丁禾".
fn before_teacher(bare: &str) -> Option<&str> {
    // Most lines are out with that.
    if !bare.contains('导') {
        return None;
    }
    let mut teachers = ["指导老师", "指导教师", "辅导老师", "辅导教师"].iter();
    let (pupil, teacher) = teachers.find_map(|word| bare.split_once(word))?;
    // "指导老师走进课堂" is a headline.
    let is_named = words(teacher).iter().all(|name| is_name(name)) && teacher.starts_with(separates);
    is_named.then(|| pupil.trim_end_matches(separates))
}

/// "图片由县委宣传部提供", "图由王强提供", "本版图片由 王强 丁禾 摄".
fn provided(bare: &str) -> Option<Reading> {
    let bare = ["本版", "本组", "本文"].iter().find_map(|of| bare.strip_prefix(of)).unwrap_or(bare);
    let by = ["图片由", "照片由", "图由"].iter().find_map(|by| bare.strip_prefix(by))?;
    let by = ["提供", "拍摄", "摄影", "摄"].iter().find_map(|end| by.strip_suffix(end))?;
    let byline =
        |name: Cow<'_, str>| Byline { role: BylineRole::Photographer, name: name.into_owned(), position: None };
    let names = words(by).into_iter().filter(|name| is_name(name)).map(byline).collect();
    Some(Reading { shape: Shape::Credit, names })
}

/// What somebody is, white space, a name: "某镇党委书记 金 一", "县水利局 金 一".
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
    if !is_position(&position) {
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
        check("文小满", Shape::Names, &[("author", "文小满")]);
        check("记者 钱柏林 见习记者 陈知夏", Shape::Signed, &[("reporter", "钱柏林"), ("intern", "陈知夏")]);
        check("■实习生 陈知夏 记者 钱柏林", Shape::Signed, &[("intern", "陈知夏"), ("reporter", "钱柏林")]);
    }

    #[test]
    fn what_somebody_is_stands_before_the_name() {
        for text in [
            "县水利局 陆小满",
            "县人民医院呼吸内科主任医师 陆 小 满",
            "界溪镇读者 陆小满",
            "县政协委员、儿科主任 陆小满",
        ] {
            check(text, Shape::Office, &[("author", "陆小满")]);
        }
        check("渡口小学四（3）班 陆小满 指导老师 丁禾", Shape::Office, &[("author", "陆小满")]);
        check("指导老师 丁禾", Shape::Signed, &[]);
        check("指导老师 走进 渡口小学", Shape::None, &[]);
        check("县政协委员 微生满", Shape::Office, &[("author", "微生满")]);
        check("界溪镇 陆小满", Shape::None, &[]);
        check("马渡乡 陆小满", Shape::Office, &[("author", "陆小满")]);
        check("陆小满 书", Shape::Signed, &[("author", "陆小满")]);
        check("陆 满/摄", Shape::Credit, &[("photographer", "陆满")]);
        check("陆小满 书记", Shape::None, &[]);
    }

    #[test]
    fn roles_go_with_whom_one_works_for() {
        let one = [("reporter", "陆小满")];
        for text in ["望湖日报记者 陆小满", "县融媒体中心记者陆小满", "全媒体首席记者 陆小满", "本报驻山南记者 陆小满"]
        {
            check(text, Shape::Signed, &one);
        }
        check("本报首席评论员 方砚秋", Shape::Signed, &[("author", "方砚秋")]);
        check("■本报评论员", Shape::Signed, &[("author", "本报评论员")]);
        check("县委宣传部 供稿", Shape::Signed, &[("correspondent", "县委宣传部")]);
        check("记者 陆小满 通讯员 县水利局", Shape::Signed, &[("reporter", "陆小满"), ("correspondent", "县水利局")]);
        check("图片由方砚秋提供", Shape::Credit, &[("photographer", "方砚秋")]);
        check("图片由县水利局提供", Shape::Credit, &[]);
        let two = [("photographer", "陆小满"), ("photographer", "丁禾")];
        check("本版图片由 陆小满 丁 禾 摄", Shape::Credit, &two);
    }

    #[test]
    fn names_without_a_space_between_them_are_told_apart() {
        let three = [("reporter", "顾明川"), ("reporter", "沈禾"), ("correspondent", "李华")];
        check("■记者顾明川沈禾通讯员李华", Shape::Signed, &three);
        check("记 者顾明川 沈禾 通 讯 员 李 华", Shape::Signed, &three);
        check("记者 欧阳砚秋", Shape::Signed, &[("reporter", "欧阳砚秋")]);
        check("诸葛禾 摄", Shape::Credit, &[("photographer", "诸葛禾")]);
        check("东方红", Shape::None, &[]);
        check("□记者 王 小 满", Shape::Signed, &[("reporter", "王小满")]);
        check("（陆小满丁禾）", Shape::Names, &[("author", "陆小满"), ("author", "丁禾")]);
        check("陆小满丁禾", Shape::None, &[]);
        check("记者 王文", Shape::Signed, &[("reporter", "王文")]);
        check("王 文 摄", Shape::Credit, &[("photographer", "王文")]);
        check("文/段 玉", Shape::Signed, &[("author", "段玉")]);
        check("记者 段 玉/文", Shape::Signed, &[("reporter", "段玉")]);
        check("段 玉摄影", Shape::Credit, &[("photographer", "段玉")]);
    }

    #[test]
    fn what_stands_behind_names_says_what_they_did() {
        check("记者 陆小满 通讯员 丁禾 文/图", Shape::Signed, &[("reporter", "陆小满"), ("correspondent", "丁禾")]);
        check("陆小满 文/图", Shape::Signed, &[("reporter", "陆小满")]);
        check("记者 陆小满 摄", Shape::Credit, &[("photographer", "陆小满")]);
        check("通讯员 丁禾 摄影报道", Shape::Credit, &[("photographer", "丁禾")]);
        check("文/陆小满 图/方砚秋", Shape::Signed, &[("author", "陆小满"), ("photographer", "方砚秋")]);
        check("陆小满 文 方砚秋 图", Shape::Signed, &[("author", "陆小满"), ("photographer", "方砚秋")]);
        check("文/本报记者 陆小满 图/段 玉", Shape::Signed, &[("reporter", "陆小满"), ("photographer", "段玉")]);
        check("陆小满 记者", Shape::Signed, &[("reporter", "陆小满")]);
        check("陆小满 著", Shape::Signed, &[("author", "陆小满")]);
        check("方砚秋口述 陆小满整理", Shape::Signed, &[("author", "方砚秋"), ("reporter", "陆小满")]);
    }

    #[test]
    fn sources_and_words_on_an_author_name_nobody() {
        for text in ["据新华社电", "来源：望湖日报", "综合新华社", "（作者系县水利局局长）", "作者单位：县水利局"]
        {
            check(text, Shape::RoleOnly, &[]);
        }
        let reading = read("方砚秋（县作家协会会员）");
        assert_eq!((reading.shape, reading.names[0].name.as_str()), (Shape::Office, "方砚秋"));
        assert_eq!(reading.names[0].position.as_deref(), Some("县作家协会会员"));
        check("作者：陆小满（渡口小学）", Shape::Signed, &[("author", "陆小满")]);
        check("通讯员 丁禾（渡口派出所）", Shape::Signed, &[("correspondent", "丁禾")]);
        check("——陆小满", Shape::Names, &[("author", "陆小满")]);
        check("——渡口见闻", Shape::None, &[]);
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
    fn whom_one_works_for_stands_before_the_name_in_brackets() {
        let reading = read("（县法院 陆小满）");
        assert_eq!((reading.shape, reading.names[0].name.as_str()), (Shape::Office, "陆小满"));
        assert_eq!(reading.names[0].position.as_deref(), Some("县法院"));
        check("（陆小满 望山镇驻村第一书记）", Shape::Office, &[("author", "陆小满")]);
        check("望湖村 陆小满", Shape::None, &[]);
        check("（渡口：陆小满）", Shape::None, &[]);
    }

    #[test]
    fn a_row_of_many_names_is_no_signature() {
        check("陆小满　丁 禾　顾明川　沈禾", Shape::Roll, &[]);
        check("陆小满　丁 禾　顾明川", Shape::Names, &["陆小满", "丁禾", "顾明川"].map(|name| ("author", name)));
    }

    #[test]
    fn headlines_and_sentences_are_no_bylines() {
        for text in [
            "水退了",
            "记者：您常说，养蚕的账",
            "记者在现场看到，大水已经退去。",
            "三口塘并成一口 水面多出4亩",
            "开镰",
            "记者调查",
            "记者节快乐",
            "记者 走进 水乡",
            "通讯员培训班开班",
            "整理房间",
            "文化·生活",
            "记者：望湖镇",
            "近来到几个乡镇采访，常听",
            "保安告诉望湖日报记者，今天",
            "渡口观察·特别报道",
            "报道组",
            "摄影作品",
            "文化茶座",
            "图说乡村",
        ] {
            assert_eq!(read(text).shape, Shape::None, "{text}");
        }
    }
}
