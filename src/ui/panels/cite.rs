//! Source lines, bylines and citations: how an article says where it was printed.

use crate::model::{Article, BlockKind, StoredArticle};
use crate::ui::i18n::Tr;

/// 报名 · 日期 · 版次: what every quoted copy carries.
pub fn source_line(tr: Tr, stored: &StoredArticle) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(stored.newspaper.clone());
    parts.push(match (stored.date.best, stored.date.printed) {
        (Some(best), Some(_)) => best.to_string(),
        (Some(best), None) => tr.f("date.argued", &[("d", best.to_string())]),
        (None, _) => tr.t("date.unknown").into_owned(),
    });
    if let Some(label) = &stored.page_label {
        parts.push(tr.f("reader.page", &[("p", label.clone())]));
    }
    parts.join(" · ")
}

/// "记者 甲乙丙 通讯员 丁戊": names of one capacity share its word.
pub fn byline(tr: Tr, article: &Article) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut last = None;
    for byline in &article.bylines {
        if last != Some(byline.role) {
            parts.push(tr.join("byline", byline.role.as_str()));
            last = Some(byline.role);
        }
        match &byline.position {
            Some(position) => parts.push(format!("{position} {}", byline.name)),
            None => parts.push(byline.name.clone()),
        }
    }
    parts.join(" ")
}

/// The article as plain text with its source line, for the clipboard.
pub fn plain_text(tr: Tr, stored: &StoredArticle) -> String {
    let article = &stored.article;
    let mut out = String::new();
    let head = [article.kicker.as_ref(), Some(&article.title), article.subtitle.as_ref()];
    for line in head.into_iter().flatten() {
        out.push_str(line);
        out.push('\n');
    }
    let bylines = byline(tr, article);
    if !bylines.is_empty() {
        out.push_str(&bylines);
        out.push('\n');
    }
    out.push('\n');
    for block in &article.blocks {
        if block.kind == BlockKind::Paragraph {
            out.push_str("　　");
        }
        out.push_str(&block.text);
        out.push('\n');
    }
    out.push('\n');
    out.push_str(&source_line(tr, stored));
    out.push('\n');
    out
}

/// The reference of a newspaper article in the form of GB/T 7714—2015, 4.4 (type [N]):
/// `作者. 题名[N]. 报名, 年-月-日(版次).`; parts that are not known are left out.
pub fn citation(stored: &StoredArticle) -> String {
    let authors: Vec<&str> = stored.article.bylines.iter().map(|byline| byline.name.as_str()).collect();
    let mut out = String::new();
    if !authors.is_empty() {
        // Three names at most, then "等" (GB/T 7714—2015, 8.1.2).
        out.push_str(&authors[..authors.len().min(3)].join(", "));
        if authors.len() > 3 {
            out.push_str(", 等");
        }
        out.push_str(". ");
    }
    out.push_str(&stored.article.title);
    out.push_str("[N].");
    let mut place = stored.newspaper.clone().into_iter().collect::<Vec<_>>();
    let label = stored.page_label.as_ref().map(|label| format!("({label})")).unwrap_or_default();
    place.extend(stored.date.best.map(|date| format!("{date}{label}")));
    if !place.is_empty() {
        out.push(' ');
        out.push_str(&place.join(", "));
        out.push('.');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Byline, BylineRole, DateEvidence, PageId, Source};

    fn stored() -> StoredArticle {
        let byline = |name: &str| Byline { role: BylineRole::Reporter, name: name.into(), position: None };
        let article = Article {
            title: "三百盏路灯照亮回村路".into(),
            bylines: vec![byline("黎小满"), byline("卜建新")],
            ..Article::default()
        };
        StoredArticle {
            id: ArticleId(1),
            page_id: PageId(1),
            position: 0,
            newspaper: Some("槐川日报".into()),
            page_label: Some("A2".into()),
            date: DateEvidence { best: Some(jiff::civil::date(2024, 3, 18)), ..DateEvidence::default() },
            source: Source::default(),
            article,
        }
    }

    #[test]
    fn a_citation_has_the_form_of_the_standard() {
        let mut stored = stored();
        let expected = "黎小满, 卜建新. 三百盏路灯照亮回村路[N]. 槐川日报, 2024-03-18(A2).";
        assert_eq!(citation(&stored), expected);
        (stored.newspaper, stored.date.best) = (None, None);
        stored.article.bylines.clear();
        assert_eq!(citation(&stored), "三百盏路灯照亮回村路[N].");
    }

    #[test]
    fn names_of_one_capacity_share_its_word() {
        assert_eq!(byline(Tr::default(), &stored().article), "记者 黎小满 卜建新");
    }

    #[test]
    fn an_argued_date_says_so() {
        assert_eq!(source_line(Tr::default(), &stored()), "槐川日报 · 2024-03-18（推定） · A2版");
    }
}
