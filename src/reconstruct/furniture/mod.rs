//! What belongs to the page and not to an article: masthead, date, page label, makers' credits, slogans, hot lines.
//! Judges one line at a time; which lines really are furniture is decided with their neighbours in view.

mod words;

use super::bylines::{closed_up, ends_with_body, is_name};
use super::chars::{is_han, is_ordinal};
use super::dates::{date_at, is_figure};
use jiff::civil::Date;
use words::{
    CONTACTS, Hints, NO_PAPERS, PAPERS, SECTIONS, STEMS, begins_with_section, is_extent, is_section, may_mean,
    names_staff,
};

pub(crate) use words::offers;

/// What one word of a line is to a page's furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Date,
    Weekday,
    Issue,
    Label,
    Newspaper,
    Staff,
    Contact,
    Section,
    Capitals,
    Name,
    Other,
}

/// What a line looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing of the kind.
    #[default]
    None,
    /// Date, weekday, issue, perhaps with label and name.
    Dateline,
    /// A newspaper's name.
    Newspaper,
    /// A page label, perhaps with a section.
    Label,
    /// Credits of the page's makers.
    Staff,
    /// Hot line, address, web.
    Contact,
    /// Section words only.
    Section,
    /// Latin capitals.
    Capitals,
    /// Weather, public-service slogans.
    Slogan,
    /// No letter, no ideograph, no digit; or what an electronic page offers its reader.
    Noise,
}

/// What was read from a line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// What it looks like.
    pub shape: Shape,
    /// A newspaper's name in it.
    pub newspaper: Option<String>,
    /// A page label in it.
    pub label: Option<String>,
    /// A full date in it.
    pub date: Option<Date>,
    /// No headline is like that.
    pub is_plain: bool,
    /// A day of the week and nothing else: only mastheads have such lines.
    pub is_weekday: bool,
}

/// "要闻02", "02要闻", "2版要闻": a page's label and its section in one word.
fn label_with_section(piece: &str) -> Option<String> {
    if !piece.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let section = SECTIONS.iter().find(|section| piece.starts_with(*section) || piece.ends_with(*section))?;
    let rest = piece.strip_prefix(section).or_else(|| piece.strip_suffix(section))?;
    label(rest).filter(|_| rest.chars().any(|c| c.is_ascii_digit()))
}

/// Characters of the longest word that means something to a page.
const LONGEST_WORD: usize = 12;

/// Characters of the longest name, but for a foreigner's.
const LONGEST_OF_NAMES: usize = 4;

/// Characters of the longest full date, "二〇二四年十二月二十一日".
const LONGEST_DATE: usize = 13;

/// What stands between the words of a masthead.
fn parts(c: char) -> bool {
    !is_han(c) && (c.is_whitespace() || matches!(c, '|' | '｜' | '·' | '：' | ':' | '，' | '■'))
}

/// Characters of the longest line of a list of contents.
const LONGEST_LISTED: usize = 32;

/// Characters of the shortest headline in a list of what the newspaper has on other pages.
const SHORTEST_ENTRY: usize = 5;

/// "渡口添了两盏灯 2版", "渡口添了两盏灯……A3": a line of the list of contents (导读), a headline with the page it stands on.
fn points_elsewhere(text: &str) -> bool {
    let solid = text.trim_end_matches(['）', ')', '】', '▶', '►', '》', '>']);
    let may_end = solid.ends_with(|c: char| c == '版' || c.is_ascii_digit());
    // Sentences are none.
    if !may_end || text.len() > 3 * LONGEST_LISTED || text.contains(['。', '？']) {
        return false;
    }
    let parts = |c: char| {
        c.is_whitespace() || matches!(c, '▶' | '►' | '→' | '…' | '·' | '/' | '（' | '(' | '【' | '》' | '>' | '☞')
    };
    let Some((at, mark)) = solid.char_indices().rev().find(|(_, c)| parts(*c)) else { return false };
    let page = solid[at + mark.len_utf8()..].trim_start_matches(['见', '详']);
    let is_called = page.ends_with('版') || page.starts_with(|c: char| c.is_ascii_uppercase()) || mark == '…';
    let entry = &solid[..at];
    let begins = label(entry.split(parts).next().unwrap_or_default()).is_some();
    is_called
        && label(page).is_some()
        && !begins
        && entry.chars().filter(|&c| is_han(c)).count() >= SHORTEST_ENTRY
        && !entry.contains(['日', '，'])
}

/// "2版 渡口添了两盏灯", "03版：渡口的灯", "A02 渡口添了两盏灯": the same with the page before the headline.
fn begins_elsewhere(text: &str) -> bool {
    let may_begin = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || c == '第' || is_ordinal(c);
    if !text.starts_with(may_begin) {
        return false;
    }
    let parts = |c: char| c.is_whitespace() || matches!(c, '：' | ':' | '►' | '▶' | '→' | '·');
    let Some((page, entry)) = text.split_once(parts) else { return false };
    let is_called = page.ends_with('版') || page.starts_with(|c: char| c.is_ascii_uppercase());
    let count = text.chars().count();
    is_called
        && label(page).is_some()
        && count <= LONGEST_LISTED
        && entry.chars().filter(|&c| is_han(c)).count() >= SHORTEST_ENTRY
        && !entry.contains(['。', '；'])
}

const BARS: [char; 2] = ['/', '／'];

/// A bar parts words, not the figures of a date.
fn at_bars(piece: &str) -> impl Iterator<Item = &str> {
    let bars: &[char] = if piece.starts_with(|c: char| c.is_ascii_digit()) { &[] } else { &BARS };
    piece.split(bars)
}

/// Reads one line.
pub(crate) fn read(text: &str) -> Reading {
    if points_elsewhere(text) {
        return Reading { shape: Shape::Slogan, ..Reading::default() };
    }
    let mut out = by_words(closed_pair(text).as_deref().unwrap_or(text));
    if out.shape == Shape::None && begins_elsewhere(text) {
        out.shape = Shape::Slogan;
    }
    out.is_plain = match out.shape {
        Shape::Newspaper => out.newspaper.as_deref().is_some_and(is_paper),
        Shape::Contact => text.starts_with('扫') || text.contains("国内统一") || text.contains("主管主办"),
        _ => false,
    };
    out
}

/// "导 读" as one word: a word of two characters that is set apart.
fn closed_pair(text: &str) -> Option<String> {
    let mut chars = text.chars();
    let (first, last) = (chars.next()?, chars.next_back()?);
    let is_pair = is_han(first) && is_han(last) && text.len() > 6 && chars.all(char::is_whitespace);
    is_pair.then(|| [first, last].iter().collect())
}

/// Whether a name ends like a newspaper's.
fn is_paper(name: &str) -> bool {
    PAPERS.iter().any(|end| name.ends_with(end)) && !NO_PAPERS.iter().any(|end| name.ends_with(end))
}

/// Characters of the longest section that stands behind a newspaper's name.
const LONGEST_SUPPLEMENT: usize = 4;

/// "望湖日报·老桥头": a newspaper's supplement.
fn is_supplement(words: &[Word], text: &str) -> bool {
    matches!(words, [Word::Newspaper, Word::Other | Word::Name])
        && text.split_once('·').is_some_and(|(_, name)| (2..=LONGEST_SUPPLEMENT).contains(&name.chars().count()))
}

fn by_words(text: &str) -> Reading {
    let mut out = Reading::default();
    let (mut count, mut is_parted, mut has_comma, mut has_bar, mut has_letters) = (0, false, false, false, false);
    for c in text.chars() {
        count += 1;
        // Sentences are no furniture; most lines are out with that. Whom to follow by scanning a code is in quotes.
        if count > 60 || matches!(c, '。' | '？') || (matches!(c, '“' | '”') && !text.starts_with('扫')) {
            return out;
        }
        if is_han(c) {
            has_letters = true;
            continue;
        }
        is_parted |= parts(c);
        has_comma |= c == '，';
        has_bar |= BARS.contains(&c);
        has_letters = has_letters || c.is_alphanumeric();
    }
    if !has_letters || offers(text) {
        out.shape = Shape::Noise;
        return out;
    }
    let hints = Hints::of(text);
    // Nothing of a masthead is one long word, save a date with what follows it.
    if !is_parted && count > LONGEST_WORD && !hints.any() && text.starts_with(|c| is_han(c) && !is_figure(c)) {
        return out;
    }
    if has_comma && !hints.any() && begins_like_a_sentence(text) {
        return out;
    }
    let mut words = Vec::new();
    let pieces = text.split(parts);
    for piece in if has_bar { closed_up(pieces.flat_map(at_bars)) } else { closed_up(pieces) } {
        let word = word(&piece, hints, &mut out);
        // Nor is what begins like a sentence with commas.
        if word == Word::Other && has_comma && !hints.any() && words.contains(&Word::Other) {
            return out;
        }
        words.push(word);
    }
    out.shape = shape(&words, hints, text);
    out.is_weekday = words == [Word::Weekday] && WEEKDAYS.iter().any(|name| text.starts_with(name));
    out
}

/// Whether the first two words are long and nothing to a page: most lines of running text are out with that.
fn begins_like_a_sentence(text: &str) -> bool {
    let is_other = |piece: &str| piece.chars().nth(LONGEST_OF_NAMES).is_some() && !may_mean(piece);
    let mut pieces = text.split(parts).filter(|piece| !piece.is_empty());
    pieces.next().is_some_and(is_other) && pieces.next().is_some_and(is_other)
}

fn shape(words: &[Word], hints: Hints, text: &str) -> Shape {
    let count = |w: Word| words.iter().filter(|&&x| x == w).count();
    let other = count(Word::Other);
    if count(Word::Staff) > 0 && other <= 1 && words.first() == Some(&Word::Staff) {
        return Shape::Staff;
    }
    if hints.slogan && text.chars().count() <= 40 && !text.contains(['。', '，', '“']) {
        return Shape::Slogan;
    }
    if count(Word::Contact) > 0 && !text.contains(['。', '；']) && (text.starts_with('扫') || !text.contains('“'))
    {
        return Shape::Contact;
    }
    if is_supplement(words, text) {
        return Shape::Newspaper;
    }
    if other > 0 || (count(Word::Name) > 0 && count(Word::Staff) == 0) {
        return Shape::None;
    }
    if count(Word::Date) + count(Word::Weekday) + count(Word::Issue) > 0 {
        Shape::Dateline
    } else if count(Word::Newspaper) > 0 {
        Shape::Newspaper
    } else if count(Word::Label) > 0 {
        Shape::Label
    } else if count(Word::Staff) > 0 {
        Shape::Staff
    } else if count(Word::Section) > 0 {
        Shape::Section
    } else if count(Word::Capitals) > 0 {
        Shape::Capitals
    } else {
        Shape::None
    }
}

fn word(piece: &str, hints: Hints, out: &mut Reading) -> Word {
    if !hints.contact && !may_mean(piece) {
        return if is_name(piece) { Word::Name } else { Word::Other };
    }
    let count = piece.chars().count();
    if let Some((date, rest)) = date(piece) {
        out.date = out.date.or(Some(date));
        let rest = rest.trim_start_matches(BARS);
        return if rest.is_empty() { Word::Date } else { word(rest, hints, out).max_date() };
    }
    if WEEKDAYS
        .iter()
        .find_map(|name| piece.strip_prefix(name))
        .is_some_and(|d| is_weekday(d) && d.chars().count() == 1)
    {
        return Word::Weekday;
    }
    if piece.starts_with("农历") || is_lunar(piece) {
        return Word::Weekday;
    }
    if count <= 12 && (piece.ends_with('期') || piece.ends_with('号')) && piece.chars().any(|c| c.is_ascii_digit()) {
        return Word::Issue;
    }
    if is_extent(piece) {
        return Word::Issue;
    }
    if let Some(label) = label(piece).or_else(|| label_with_section(piece)) {
        out.label = out.label.take().or(Some(label));
        return Word::Label;
    }
    if hints.contact && CONTACTS.iter().any(|c| piece.contains(c)) {
        return Word::Contact;
    }
    if names_staff(piece) {
        return Word::Staff;
    }
    if is_section(piece) {
        return Word::Section;
    }
    let may_be = (3..=8).contains(&count) && piece.chars().all(is_han);
    let named = (piece.ends_with(['报', '刊', '讯']) && is_paper(piece)) || (count <= 5 && piece.starts_with("今日"));
    let edition = count <= 4 && (piece.ends_with('版') || piece.ends_with("新闻"));
    if edition && begins_with_section(piece) {
        return Word::Section;
    }
    if may_be && (named || edition) {
        let name = out.newspaper.take().map_or_else(|| piece.to_owned(), |n| format!("{n} {piece}"));
        out.newspaper = Some(name);
        return Word::Newspaper;
    }
    if is_name(piece) {
        return Word::Name;
    }
    if piece.chars().all(|c| c.is_ascii_uppercase() || c == '&' || c == '.') && count >= 2 {
        return Word::Capitals;
    }
    Word::Other
}

impl Word {
    /// A date with something known behind it is still a date; with something unknown it is not.
    fn max_date(self) -> Self {
        match self {
            Self::Other | Self::Name => Self::Other,
            _ => Self::Date,
        }
    }
}

/// What the names of the days of a week begin with.
const WEEKDAYS: [&str; 2] = ["星期", "周"];

fn is_weekday(text: &str) -> bool {
    text.chars().all(|c| "一二三四五六日天".contains(c))
}

fn is_lunar(piece: &str) -> bool {
    const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
    let mut chars = piece.chars();
    chars.next().is_some_and(|c| STEMS.contains(c))
        && chars.next().is_some_and(|c| BRANCHES.contains(c))
        && chars.next() == Some('年')
}

/// A full date at the start, in digits or in words; what follows it comes back too.
fn date(text: &str) -> Option<(Date, &str)> {
    text.starts_with(is_figure).then_some(())?;
    let chars: Vec<char> = text.chars().take(LONGEST_DATE).collect();
    let (date, end) = date_at(&chars, 0)?;
    Some((date, &text[chars[..end].iter().map(|c| c.len_utf8()).sum()..]))
}

/// "望湖市水利局 2024年8月15日", "… 二〇二四年八月十五日": who signs a notice and the day (落款), and nothing else.
pub(crate) fn is_signed_day(text: &str) -> bool {
    let text = text.trim();
    text.char_indices().filter(|(_, c)| c.is_whitespace()).any(|(at, _)| {
        let signer = text[..at].trim_end();
        is_signer(signer) && is_full_date(&text[at..])
    })
}

fn is_signer(text: &str) -> bool {
    (4..=30).contains(&text.chars().count()) && text.chars().all(|c| is_han(c) || c.is_whitespace())
}

/// "望湖市水利局": the line of who signs a notice, if the day follows in a line of its own.
pub(crate) fn is_signing_body(text: &str) -> bool {
    is_signer(text) && ends_with_body(text.trim_end())
}

/// A full date and nothing else, in figures or in words.
pub(crate) fn is_full_date(text: &str) -> bool {
    if !text.trim_start().starts_with(is_figure) {
        return false;
    }
    let mut rest = text.chars().filter(|c| !c.is_whitespace());
    let solid: String = rest.by_ref().take(LONGEST_DATE).collect();
    rest.next().is_none() && date(&solid).is_some_and(|(_, rest)| rest.is_empty())
}

/// "A1", "第02版", "3版", "A2版", "2" are page labels.
pub(crate) fn label(piece: &str) -> Option<String> {
    let inner = piece.strip_prefix('第').unwrap_or(piece);
    let inner = inner.strip_suffix('版').or(inner.strip_suffix("版面")).unwrap_or(inner);
    let stripped = inner.len() < piece.len();
    let (letters, digits) = inner.split_at(inner.bytes().take_while(u8::is_ascii_uppercase).count());
    let plain = letters.len() <= 1 && (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if plain && (stripped || !letters.is_empty() || digits.len() <= 2) {
        return Some(inner.to_owned());
    }
    let ordinal = stripped && !inner.is_empty() && inner.chars().count() <= 2 && inner.chars().all(is_ordinal);
    ordinal.then(|| inner.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mastheads_are_read_word_by_word() {
        let reading = read("望湖日报 2024.8.17 星期六 第1版");
        assert_eq!(reading.shape, Shape::Dateline);
        assert_eq!(reading.newspaper.as_deref(), Some("望湖日报"));
        assert_eq!(reading.label.as_deref(), Some("1"));
        assert_eq!(reading.date.map(|d| d.to_string()).as_deref(), Some("2024-08-17"));
    }

    #[track_caller]
    fn check(text: &str, shape: Shape) {
        assert_eq!(read(text).shape, shape, "{text}");
    }

    #[test]
    fn the_end_of_a_notice_is_known_by_signer_and_day() {
        for text in [
            "望湖市水利局 2024年8月15日",
            "望湖市 老桥镇人民政府　2024 年 8 月 5日",
            "望湖市教育局 二〇二四年八月十五日",
        ] {
            assert!(is_signed_day(text), "{text}");
        }
        for text in [
            "2024年8月15日",
            "望湖市水利局2024年8月",
            "望湖日报 2024年8月15日 星期四",
            "桥修好了，通车 2024年8月15日",
            "望湖市 二〇年日月",
        ] {
            assert!(!is_signed_day(text), "{text}");
        }
    }

    #[test]
    fn every_sort_of_furniture_has_its_shape() {
        check("2024年8月16日 星期五 农历七月十三", Shape::Dateline);
        check("二〇二四年八月十六日 星期五", Shape::Dateline);
        check("二○二四年十二月二十一日", Shape::Dateline);
        check("２０２４年８月１６日 星期五", Shape::Dateline);
        check("甲辰年七月十三 第1234期", Shape::Dateline);
        check("放大 缩小 默认 朗读", Shape::Noise);
        check("上一版｜下一版", Shape::Noise);
        check("放大 缩小 各有用处", Shape::None);
        check("A2 专题", Shape::Label);
        check("第4版", Shape::Label);
        check("责任编辑 倪雨欣 版面设计 马雨欣 校对 方伟", Shape::Staff);
        check("责任编辑：姚雨欣 校对：蒋雨欣", Shape::Staff);
        check("责任编辑 姚 欣  版式 蒋 雨", Shape::Staff);
        for text in
            ["本版编辑：姚雨欣", "值班编委/姚雨欣 视觉/蒋雨", "一审：姚欣 二审：蒋雨", "责编姚雨欣", "总编辑 姚欣"]
        {
            check(text, Shape::Staff);
        }
        for text in ["2024年8月16日/星期五", "今日八版", "本期共4版 总第1234期"] {
            check(text, Shape::Dateline);
        }
        for text in ["民生新闻", "要闻版", "图片新闻"] {
            check(text, Shape::Section);
        }
        for text in ["要闻02", "2版要闻", "要闻/A2"] {
            check(text, Shape::Label);
        }
        for text in [
            "渡口添了两盏灯 2版",
            "渡口添了两盏灯……A3",
            "水退以后（3版）",
            "渡口添了两盏灯 ▶4版",
            "“老井”添了两盏灯 >>>2版",
            "导 读",
        ] {
            check(text, if text.starts_with('水') { Shape::None } else { Shape::Slogan });
        }
        for text in ["2版 “摆渡人”添了两盏灯", "03版：渡口——水退以后", "A02 渡口添了两盏灯", "二版 渡口添了两盏灯"]
        {
            check(text, Shape::Slogan);
        }
        for text in ["3号 渡口添了两盏灯", "一版再版的渡口往事", "2版 水退了"] {
            check(text, Shape::None);
        }
        for text in ["社长来了", "设计未来", "种下金苗见回报", "编辑部的故事"] {
            check(text, Shape::None);
        }
        check("姚 欣 蒋 雨", Shape::None);
        check("新闻热线：85012345 投稿邮箱：news@example.com", Shape::Contact);
        check("扫二维码 关注“望湖发布”", Shape::Contact);
        check("扫“黄”不手软", Shape::None);
        check("今日天气 多云到阴 偏东风3到4级 18℃到24℃", Shape::Slogan);
        for text in ["望湖日报", "望湖晨讯", "望湖日报·老桥头"] {
            check(text, Shape::Newspaper);
            assert!(read(text).is_plain, "{text}");
        }
        assert!(read("中共渡口县委主管主办").is_plain);
        assert!(read("扫码看更多图片").is_plain && !read("热线一周接了三百个电话").is_plain);
        check("视觉总监 姚雨欣", Shape::Staff);
        check("承办：望湖县水利局", Shape::Staff);
        check("空气质量：良", Shape::Slogan);
        check("＊＊＊", Shape::Noise);
        check("水退了，堤上的脚印还在", Shape::None);
    }
}
