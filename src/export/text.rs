//! The words that every format sets around an article: source line, bylines, names of kinds.

use crate::model::{Article, BylineRole, Kind, StoredArticle};
use jiff::civil::Date;
use std::borrow::Cow;

/// What every quoted copy carries: 报名·日期·版次·栏目. What is not known is left out.
pub fn source_line(stored: &StoredArticle) -> String {
    let date = stored.date.best.map(|date| {
        let argued = if stored.date.printed.is_none() { "（推定）" } else { "" };
        format!("{}{argued}", chinese_date(date))
    });
    let parts = [
        stored.newspaper.clone(),
        Some(date.unwrap_or_else(|| "日期不详".to_owned())),
        stored.page_label.as_deref().map(page_words),
        stored.article.column.clone(),
    ];
    parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("·")
}

/// The headline that is set over an article's text; none when the page printed none. Words of the text that stand for a
/// headline in lists are not said twice.
pub fn headline(article: &Article) -> Option<&str> {
    let title = article.title.trim();
    let is_lead = || article.paragraphs().next().is_some_and(|text| text.trim_start().starts_with(title));
    (!title.is_empty() && (article.title_printed || !is_lead())).then_some(title)
}

/// What an article is called in contents, bookmarks, running heads and names of files: its headline, or the beginning of its
/// text, or the word that it has none. One line.
pub fn calling(article: &Article) -> Cow<'_, str> {
    let title = one_line(article.title.trim());
    if !title.is_empty() {
        return title;
    }
    let lead = article.blocks.iter().map(|block| without_opening(&block.text)).find(|text| !text.is_empty());
    lead.map_or(Cow::Borrowed(UNTITLED), |text| Cow::Owned(beginning(text)))
}

/// A text without the words that every report begins with (本报讯, 记者).
fn without_opening(text: &str) -> &str {
    let mut rest = text.trim();
    for opening in ["本报讯", "本报消息", "【本报讯】"] {
        rest = rest.strip_prefix(opening).unwrap_or(rest).trim_start();
    }
    if rest.starts_with(['（', '('])
        && let Some((signed, behind)) = rest.split_once(['）', ')'])
        && signed.chars().count() <= LEAD_CHARS
        && (signed.contains("记者") || signed.contains("通讯员"))
    {
        rest = behind.trim_start();
    }
    rest.trim_start_matches(['：', ':', '，'])
}

/// What stands where neither headline nor text is there.
const UNTITLED: &str = "（无题）";
/// Characters of a text that stand for its headline.
const LEAD_CHARS: usize = 24;

/// The first sentence of a text; of a long one the clauses that fit, and dots.
fn beginning(text: &str) -> String {
    let line: Vec<char> = one_line(text.get(..text.floor_char_boundary(400)).unwrap_or(text)).chars().collect();
    let end = line.iter().position(|c| matches!(c, '。' | '！' | '？' | '!' | '?')).filter(|at| *at <= LEAD_CHARS);
    let out: String = match end {
        // A question keeps its mark, a statement does not: headlines are set so.
        Some(at) => line.iter().take(if line.get(at) == Some(&'。') { at } else { at + 1 }).collect(),
        None if line.len() <= LEAD_CHARS => line.iter().collect(),
        None => {
            let is_mark = |c: &char| matches!(c, '，' | '；' | '：' | '、' | ',' | ';' | ' ');
            let cut = line.iter().take(LEAD_CHARS).rposition(is_mark).filter(|at| *at >= 4).unwrap_or(LEAD_CHARS);
            line.iter().take(cut).chain(&['…']).collect()
        }
    };
    // A quotation whose end was cut off would stay open.
    match out.strip_prefix('“') {
        Some(rest) if !rest.contains('”') => rest.to_owned(),
        _ => out,
    }
}

/// "2023年1月9日".
pub fn chinese_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A page label as it is read aloud: "A1版"; "头版" stays.
pub fn page_words(label: &str) -> String {
    if label.ends_with('版') { label.to_owned() } else { format!("{label}版") }
}

/// "记者 甲乙丙 通讯员 丁戊": names of one capacity share its word.
pub fn byline(article: &Article) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut last = None;
    for byline in &article.bylines {
        let word = role_name(byline.role);
        if last != Some(byline.role) && !word.is_empty() {
            parts.push(word);
        }
        last = Some(byline.role);
        parts.extend(byline.position.as_deref());
        parts.push(&byline.name);
    }
    parts.join(" ")
}

fn role_name(role: BylineRole) -> &'static str {
    match role {
        BylineRole::Reporter => "记者",
        BylineRole::Correspondent => "通讯员",
        BylineRole::Intern => "实习/见习",
        BylineRole::Photographer => "摄影",
        BylineRole::Author => "",
    }
}

/// The Chinese name of a kind.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::News => "消息",
        Kind::Feature => "通讯",
        Kind::Interview => "访谈",
        Kind::Commentary => "评论",
        Kind::Photo => "图片",
        Kind::Essay => "署名文章",
        Kind::Notice => "公告",
    }
}

/// The note at an article's end that says where it goes on, or that it stops.
pub fn end_note(article: &Article) -> Option<String> {
    match &article.jump_to {
        Some(page) => Some(format!("（下转{}）", page_words(page))),
        None if article.truncated => Some("（原文至此中断）".to_owned()),
        None => None,
    }
}

/// `text` with pictures (␀, ␛ …) in place of control characters, and U+FFFD in place of noncharacters: XML, spreadsheets and
/// old readers cannot hold them. Tabs and line ends stay; `\r` becomes a line end.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(text.chars().map(picture).collect())
}

fn is_invisible(c: char) -> bool {
    picture(c) != c
}

fn picture(c: char) -> char {
    match c {
        '\t' | '\n' => c,
        '\r' => '\n',
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        '\u{80}'..='\u{9F}' => '\u{FFFD}',
        c if u32::from(c) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c) => '\u{FFFD}',
        c => c,
    }
}

/// `text` in one line: runs of white space that hold a line end become one space.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{B}', '\u{C}']) {
        return Cow::Borrowed(text);
    }
    let lines = text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{B}', '\u{C}']);
    Cow::Owned(lines.map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Byline, DateEvidence};

    #[track_caller]
    fn check_source(stored: &StoredArticle, expected: &str) {
        assert_eq!(source_line(stored), expected);
    }

    #[test]
    fn the_source_line_names_paper_date_page_and_column() {
        let mut stored = crate::export::fixture::article("春茶开采");
        check_source(&stored, "青岚日报·2024年3月18日·A1版·乡村行");
        stored.date.printed = None;
        check_source(&stored, "青岚日报·2024年3月18日（推定）·A1版·乡村行");
        stored.article.column = None;
        stored.page_label = Some("头版".into());
        stored.date = DateEvidence::default();
        check_source(&stored, "青岚日报·日期不详·头版");
    }

    #[test]
    fn names_of_one_capacity_share_its_word() {
        let signed = |role, name: &str| Byline { role, name: name.into(), position: None };
        let mut article = Article {
            bylines: vec![
                signed(BylineRole::Reporter, "甲乙"),
                signed(BylineRole::Reporter, "丙"),
                signed(BylineRole::Correspondent, "丁戊"),
            ],
            ..Article::default()
        };
        assert_eq!(byline(&article), "记者 甲乙 丙 通讯员 丁戊");
        article.bylines =
            vec![Byline { role: BylineRole::Author, name: "己庚".into(), position: Some("镇长".into()) }];
        assert_eq!(byline(&article), "镇长 己庚");
    }

    #[track_caller]
    fn check_calling(title: &str, text: &str, expected: &str) {
        let block = crate::model::Block { kind: crate::model::BlockKind::Paragraph, text: text.into(), runs: vec![] };
        let article = Article { title: title.into(), blocks: vec![block], ..Article::default() };
        assert_eq!(calling(&article), expected);
    }

    #[test]
    fn an_article_without_headline_is_called_by_its_beginning() {
        check_calling("春茶\n开采", "天刚亮。", "春茶 开采");
        check_calling(" ", "天刚亮，茶农们就上了山。晚上回来。", "天刚亮，茶农们就上了山");
        check_calling("", "谁来守水？老林。", "谁来守水？");
        check_calling("", "本报讯（记者 林小溪 通讯员 甲乙） 水退了。", "水退了");
        check_calling("", "本报讯“您好，重量500克，请核对。”秤说。", "您好，重量500克，请核对");
        check_calling(
            "",
            "昨日清晨六点，青石镇的茶农们背着竹篓走上山坡，开始了今年的第一批春茶采摘",
            "昨日清晨六点，青石镇的茶农们背着竹篓走上山坡…",
        );
        check_calling("", &"字".repeat(60), &format!("{}…", "字".repeat(24)));
        check_calling("", "\n ", "（无题）");
    }

    #[test]
    fn words_that_stand_for_a_headline_are_not_set_as_one() {
        let mut article = crate::export::fixture::article("天刚亮").article;
        assert_eq!(headline(&article), Some("天刚亮"));
        article.title_printed = false;
        assert_eq!(headline(&article), None);
        article.title = "别的字".into();
        assert_eq!(headline(&article), Some("别的字"), "what stands nowhere else is not lost");
        article.title = " ".into();
        assert_eq!(headline(&article), None);
    }

    #[test]
    fn control_characters_become_visible() {
        assert_eq!(visible("a\0b\u{1B}\u{7F}\u{FFFE}\u{85}c\td\r\ne"), "a␀b␛␡\u{FFFD}\u{FFFD}c\td\ne");
        assert!(matches!(visible("水到渠成\u{202E}𬭎"), Cow::Borrowed(_)));
        assert_eq!(one_line(" 一\r\n 二\u{2028}三"), "一 二 三");
    }
}
