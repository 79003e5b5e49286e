//! References to newspaper articles after GB/T 7714-2015: `作者. 题名[N]. 报名, 年-月-日(版次).`

use super::text::{calling, one_line};
use crate::model::{BylineRole, StoredArticle};

/// How many authors are named before "等" (GB/T 7714-2015, 8.1.2).
const MAX_AUTHORS: usize = 3;

/// The whole reference. Authors and what else is not known are left out.
pub fn gb_t_7714(stored: &StoredArticle) -> String {
    let article = &stored.article;
    // Who wrote it comes first; photographers are named only when nobody wrote.
    let wrote = |is_photographer: bool| {
        let signed = article.bylines.iter().filter(move |b| (b.role == BylineRole::Photographer) == is_photographer);
        signed.map(|byline| byline.name.as_str()).collect::<Vec<_>>()
    };
    let mut authors = wrote(false);
    if authors.is_empty() {
        authors = wrote(true);
    }
    let mut out = String::new();
    if !authors.is_empty() {
        let is_cut = authors.len() > MAX_AUTHORS;
        authors.truncate(MAX_AUTHORS);
        if is_cut {
            authors.push("等");
        }
        out.push_str(&authors.join(", "));
        out.push_str(". ");
    }
    out.push_str(&title(stored));
    out.push_str(&source(stored));
    out
}

/// The part after the title: `[N]. 报名, 年-月-日(版次).`
pub fn source(stored: &StoredArticle) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(stored.newspaper.clone());
    parts.extend(stored.date.best.map(|date| date.to_string()));
    let label = stored.page_label.as_ref().map(|label| format!("({label})")).unwrap_or_default();
    match (parts.is_empty(), label.is_empty()) {
        (true, true) => "[N].".to_owned(),
        _ => format!("[N]. {}{label}.", parts.join(", ")),
    }
}

fn title(stored: &StoredArticle) -> String {
    let article = &stored.article;
    let mut out = calling(article).into_owned();
    if let Some(subtitle) = &article.subtitle {
        let subtitle = one_line(subtitle);
        let bare = subtitle.trim_start_matches(['—', '-', '–', '―', ' ']);
        if !bare.is_empty() {
            out.push('：');
            out.push_str(bare);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Byline, DateEvidence};

    #[test]
    fn a_reference_follows_the_standard() {
        let mut stored = crate::export::fixture::article("春茶开采");
        assert_eq!(gb_t_7714(&stored), "林小溪. 春茶开采：青石镇茶园见闻[N]. 青岚日报, 2024-03-18(A1).");
        assert_eq!(source(&stored), "[N]. 青岚日报, 2024-03-18(A1).");
        let signed = |name: &str| Byline { role: BylineRole::Reporter, name: name.into(), position: None };
        stored.article.bylines = ["甲", "乙", "丙", "丁"].map(signed).to_vec();
        assert!(gb_t_7714(&stored).starts_with("甲, 乙, 丙, 等. 春茶"));
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let mut stored = crate::export::fixture::article("无题");
        stored.article.bylines.clear();
        stored.article.subtitle = None;
        stored.date = DateEvidence::default();
        assert_eq!(gb_t_7714(&stored), "无题[N]. 青岚日报(A1).");
        (stored.newspaper, stored.page_label) = (None, None);
        assert_eq!(gb_t_7714(&stored), "无题[N].");
    }
}
