//! A line that stands where signatures stand and is none by its grammar: rare family names, pen names, bodies that sign.

use super::names::{closed_up, is_no_name};
use super::words::{is_body, role_of, says_of_author};
use super::{before_teacher, is_bullet, is_staff, separates, unwrap_brackets};
use crate::model::{Byline, BylineRole};

/// Names of the most that sign so.
const MOST: usize = 3;

/// Who signs, where the line as a whole can be names; else nobody.
pub(crate) fn taken_for_one(text: &str) -> Vec<Byline> {
    let bare = text.trim().trim_matches(|c: char| is_bullet(c) || c.is_whitespace());
    let bare = unwrap_brackets(bare);
    if before_teacher(bare).is_some_and(str::is_empty) {
        return Vec::new();
    }
    if says_of_author(bare) {
        return described(bare).into_iter().collect();
    }
    let mut words = closed_up(bare.split(|c| separates(c) || matches!(c, '/' | '／')));
    let took = words.last().is_some_and(|word| word == "摄");
    if took {
        words.pop();
    }
    let role = if took { BylineRole::Photographer } else { BylineRole::Author };
    let signs = match &words[..] {
        [body] if (is_body(body) && !is_place(body)) || is_staff(body) => true,
        names => names.len() <= MOST && names.iter().all(|name| may_be(name)),
    };
    // Where a role is named the grammar has the say.
    if !signs || words.iter().any(|word| role_of(word).is_some()) {
        return Vec::new();
    }
    words.into_iter().map(|name| Byline { role, name: name.into_owned(), position: None }).collect()
}

/// "作者系市人大代表、渡口村党支部书记 陆小满": what the author is, and the name.
fn described(bare: &str) -> Option<Byline> {
    let (position, name) = bare.rsplit_once(|c: char| c.is_whitespace() || matches!(c, '，' | ','))?;
    let position = position.trim_start_matches("作者").trim_start_matches(['系', '为', '是', '：', ' ']);
    let byline = || Byline { role: BylineRole::Author, name: name.to_owned(), position: Some(position.to_owned()) };
    may_be(name).then(byline)
}

/// Two to four ideographs that name neither a place nor a column.
fn may_be(name: &str) -> bool {
    let count = name.chars().count();
    (2..=4).contains(&count)
        && name.chars().all(super::is_han)
        && !is_place(name)
        && !is_body(name)
        && !is_no_name(name)
}

fn is_place(text: &str) -> bool {
    text.ends_with(['镇', '乡', '村', '县', '市', '区', '省', '州'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = taken_for_one(text);
        let names: Vec<_> = found.iter().map(|b| (b.role.as_str(), b.name.as_str())).collect();
        assert_eq!(names, expected, "{text}");
    }

    #[test]
    fn rare_names_and_bodies_sign_where_signatures_stand() {
        check("□ 桥 生", &[("author", "桥生")]);
        check("（水渡生）", &[("author", "水渡生")]);
        check("隗小满 摄", &[("photographer", "隗小满")]);
        check("陆小满 隗禾/摄", &[("photographer", "陆小满"), ("photographer", "隗禾")]);
        check("望湖市自来水公司", &[("author", "望湖市自来水公司")]);
        check("望湖报编辑部", &[("author", "望湖报编辑部")]);
    }

    #[test]
    fn what_an_author_is_may_stand_before_the_name() {
        check("（作者系市人大代表、渡口村党支部书记 隗小满）", &[("author", "隗小满")]);
        let position = taken_for_one("（作者系市人大代表 隗小满）").remove(0).position;
        assert_eq!(position.as_deref(), Some("市人大代表"));
        check("（作者系渡口村党支部书记，隗小满）", &[("author", "隗小满")]);
        check("（作者系县水利局局长）", &[]);
        check("指导老师 隗小满", &[]);
    }

    #[test]
    fn places_columns_and_sentences_do_not_sign() {
        for text in ["马渡镇", "文苑", "水退了，堤上的脚印还在", "一 二 三 四 五 六 七 八"] {
            check(text, &[]);
        }
    }
}
