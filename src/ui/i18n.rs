//! Texts of the window in 简体中文 (default) and English. No widget holds a string of its own.
//!
//! The texts are `assets/locales/*.toml`; a test checks that every key used in `src/ui` exists in both files.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

rust_i18n::i18n!("assets/locales", fallback = "zh-CN");

/// Language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lang {
    /// 简体中文.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Lang {
    /// Both languages, each under its own name.
    pub const ALL: [(Self, &'static str); 2] = [(Self::Chinese, "简体中文"), (Self::English, "English")];

    fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }
}

/// Looks texts up in one language. Cheap to copy; handed to every panel.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tr {
    /// The language.
    pub lang: Lang,
}

impl Tr {
    /// The text of `key`; the key itself where the text is missing, so that a gap is seen and not silent.
    pub fn t(self, key: &'static str) -> Cow<'static, str> {
        _rust_i18n_try_translate(self.lang.code(), key).unwrap_or(Cow::Borrowed(key))
    }

    /// The text of `key` with `%{name}` replaced by the values.
    pub fn f(self, key: &'static str, values: &[(&str, String)]) -> String {
        let (names, values): (Vec<&str>, Vec<String>) = values.iter().cloned().unzip();
        rust_i18n::replace_patterns(&self.t(key), &names, &values)
    }

    /// The text of a key that is put together at run time, e.g. `kind.` + kind.
    pub fn join(self, group: &'static str, name: &str) -> String {
        let key = format!("{group}.{name}");
        _rust_i18n_try_translate(self.lang.code(), &key).map_or_else(|| name.to_owned(), Cow::into_owned)
    }
}

/// A headline as it is shown: an article without one (a lone piece of text) is called so.
pub fn headline(tr: Tr, title: &str) -> Cow<'_, str> {
    if title.trim().is_empty() { tr.t("article.untitled") } else { Cow::Borrowed(title) }
}

/// A number with separators between thousands: "1,234,567".
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1234), "1,234");
        assert_eq!(number(1_234_567), "1,234,567");
    }

    #[test]
    fn values_stand_in_the_text() {
        let tr = Tr { lang: Lang::English };
        assert!(tr.f("list.count", &[("n", "1,234".into())]).contains("1,234"));
    }

    fn keys(table: &toml::Table, prefix: &str, out: &mut BTreeSet<String>) {
        for (name, value) in table {
            let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
            match value {
                toml::Value::Table(inner) => keys(inner, &key, out),
                _ => {
                    out.insert(key);
                }
            }
        }
    }

    fn locale(text: &str) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        keys(&text.parse().unwrap(), "", &mut out);
        out
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let chinese = locale(include_str!("../../assets/locales/zh-CN.toml"));
        let english = locale(include_str!("../../assets/locales/en.toml"));
        assert_eq!(chinese, english);
    }

    #[test]
    fn every_key_that_the_window_uses_exists() {
        let known = locale(include_str!("../../assets/locales/zh-CN.toml"));
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui");
        let mut seen = 0;
        for entry in walkdir::WalkDir::new(root) {
            let entry = entry.unwrap();
            if entry.path().extension().is_none_or(|e| e != "rs") || entry.file_name() == "i18n.rs" {
                continue;
            }
            let source = std::fs::read_to_string(entry.path()).unwrap();
            for call in ["tr.t(\"", "tr.f(\"", "tr().t(\"", "tr().f(\""] {
                for part in source.split(call).skip(1) {
                    let key = part.split('"').next().unwrap();
                    seen += 1;
                    assert!(known.contains(key), "{}: no text for {key:?}", entry.path().display());
                }
            }
        }
        assert!(seen > 40, "the scan found only {seen} keys: has the way of calling changed?");
    }
}
