//! Source lines and bylines in the window's language. What is copied or exported is worded by `export`.

use crate::model::{Article, StoredArticle};
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
    fn names_of_one_capacity_share_its_word() {
        assert_eq!(byline(Tr::default(), &stored().article), "记者 黎小满 卜建新");
    }

    #[test]
    fn an_argued_date_says_so() {
        assert_eq!(source_line(Tr::default(), &stored()), "槐川日报 · 2024-03-18（推定） · A2版");
    }
}
