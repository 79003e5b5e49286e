//! Which articles an export or a print is about.

use crate::model::{ArticleId, SearchRequest, Selection, YearMonth};
use crate::ui::i18n::{Tr, number};

/// What the user means by "these".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The open article.
    #[default]
    Open,
    /// The selected rows.
    Selected,
    /// The basket.
    Basket,
    /// The whole result.
    Result,
    /// The result of a saved search.
    Saved(String),
}

/// A scope as it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeChoice {
    /// Which.
    pub scope: Scope,
    /// How many articles, where that is known.
    pub count: Option<u64>,
    /// The articles.
    pub selection: Selection,
}

impl ScopeChoice {
    /// What is there to be taken: scopes without an article are left out.
    pub fn all(
        open: Option<ArticleId>,
        selected: Vec<ArticleId>,
        basket: u64,
        result: (u64, &SearchRequest),
        saved: impl Iterator<Item = String>,
    ) -> Vec<Self> {
        let choice = |scope, count, selection| Self { scope, count: Some(count), selection };
        let mut out = Vec::new();
        if let Some(id) = open {
            out.push(choice(Scope::Open, 1, Selection::Articles(vec![id])));
        }
        if selected.len() > 1 {
            out.push(choice(Scope::Selected, selected.len() as u64, Selection::Articles(selected)));
        }
        if basket > 0 {
            out.push(choice(Scope::Basket, basket, Selection::Basket));
        }
        if result.0 > 0 {
            out.push(choice(Scope::Result, result.0, Selection::Result(result.1.clone())));
        }
        out.extend(saved.map(|name| Self {
            scope: Scope::Saved(name.clone()),
            count: None,
            selection: Selection::Saved(name),
        }));
        out
    }

    /// Its name in lists.
    pub fn text(&self, tr: Tr) -> String {
        let n = [("n", number(self.count.unwrap_or_default()))];
        match &self.scope {
            Scope::Open => tr.t("press.scope-open").into_owned(),
            Scope::Selected => tr.f("press.scope-selected", &n),
            Scope::Basket => tr.f("press.scope-basket", &n),
            Scope::Result => tr.f("press.scope-result", &n),
            Scope::Saved(name) => tr.f("press.scope-saved", &[("s", name.clone())]),
        }
    }
}

/// A title for what a search finds: its words, towns and month, as far as there are some.
pub(super) fn title_of(search: &SearchRequest) -> Option<String> {
    let filter = &search.filter;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(Some(search.query.trim().to_owned()).filter(|query| !query.is_empty()));
    parts.extend(filter.towns.iter().cloned());
    parts.extend(filter.sections.iter().cloned());
    if let (Some(from), Some(to)) = (filter.from, filter.to) {
        let (first, last) = (YearMonth::of(from), YearMonth::of(to));
        if first == last {
            parts.push(format!("{}年{}月", from.year(), from.month()));
        } else {
            parts.push(format!("{from}至{to}"));
        }
    }
    // A title that lists everything is none.
    (!parts.is_empty() && parts.len() <= 4).then(|| parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Filter;
    use jiff::civil::date;

    #[test]
    fn only_what_is_there_can_be_taken() {
        let search = SearchRequest::default();
        let all = ScopeChoice::all(None, vec![ArticleId(3)], 0, (0, &search), std::iter::empty());
        assert_eq!(all, []);
        let ids = vec![ArticleId(3), ArticleId(1)];
        let all = ScopeChoice::all(Some(ArticleId(3)), ids.clone(), 2, (9, &search), ["茶".to_owned()].into_iter());
        let scopes: Vec<&Scope> = all.iter().map(|choice| &choice.scope).collect();
        let saved = Scope::Saved("茶".to_owned());
        assert_eq!(scopes, [&Scope::Open, &Scope::Selected, &Scope::Basket, &Scope::Result, &saved]);
        assert_eq!(all[1].selection, Selection::Articles(ids), "in the order of the list");
    }

    #[test]
    fn a_narrow_search_gives_the_booklet_its_title() {
        let filter = Filter {
            towns: vec!["青石镇".to_owned()],
            from: Some(date(2024, 3, 1)),
            to: Some(date(2024, 3, 31)),
            ..Filter::default()
        };
        let search = SearchRequest { filter, ..SearchRequest::default() };
        assert_eq!(title_of(&search).as_deref(), Some("青石镇 2024年3月"));
        assert_eq!(title_of(&SearchRequest::default()), None);
    }
}
