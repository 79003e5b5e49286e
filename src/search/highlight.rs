//! Hits inside a text, for marks and snippets: found literally in the stored text by the same folding as the search.

use super::query::Term;
use super::{fold_mapped, is_word};
use crate::model::Snippet;
use std::ops::Range;

/// Byte ranges of all hits of `terms` in `text`, ascending, overlapping ones merged.
pub fn find_all(terms: &[&Term], text: &str) -> Vec<Range<usize>> {
    if terms.is_empty() {
        return Vec::new();
    }
    let folded = fold_mapped(text);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for term in terms {
        let len = term.folded.len();
        for (at, window) in folded.chars.windows(len.max(1)).enumerate() {
            if window != &term.folded[..] || (term.prefix && at > 0 && is_word(folded.chars[at - 1])) {
                continue;
            }
            ranges.push(folded.bytes[at].0 as usize..folded.bytes[at + len - 1].1 as usize);
        }
    }
    merge(ranges)
}

fn merge(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// A piece of about `max_chars` characters of `texts` around the first hit, or the opening of the first text.
pub fn snippet(terms: &[&Term], texts: &[&str], max_chars: usize) -> Snippet {
    for text in texts {
        let marks = find_all(terms, text);
        if let Some(first) = marks.first() {
            return cut(text, &marks, first.start, max_chars);
        }
    }
    let opening = texts.iter().find(|t| !t.trim().is_empty()).copied().unwrap_or_default();
    cut(opening, &[], 0, max_chars)
}

/// Cuts a window of `text` that shows the byte `around`, a third of the window before it.
fn cut(text: &str, marks: &[Range<usize>], around: usize, max_chars: usize) -> Snippet {
    let lead = max_chars / 3;
    let before = text[..around].char_indices().rev().nth(lead.saturating_sub(1)).map_or(0, |(i, _)| i);
    let end = text[before..].char_indices().nth(max_chars).map_or(text.len(), |(i, _)| before + i);
    // Near the end there is room for more of what comes before.
    let start = if end == text.len() {
        text.char_indices().rev().nth(max_chars.saturating_sub(1)).map_or(0, |(i, _)| i).min(before)
    } else {
        before
    };
    let head = if start > 0 { "…" } else { "" };
    let tail = if end < text.len() { "…" } else { "" };
    let marks = marks
        .iter()
        .filter(|m| m.start < end && m.end > start)
        .map(|m| head.len() + m.start.max(start) - start..head.len() + m.end.min(end) - start)
        .collect();
    Snippet { text: format!("{head}{}{tail}", &text[start..end]), marks }
}

#[cfg(test)]
mod tests {
    use super::super::Query;
    use super::*;

    #[test]
    fn marks_cover_what_was_written_not_what_was_typed() {
        let text = "在Ｇ６０科创走廊，王 强说g60";
        let hits: Vec<&str> = Query::parse("g60 王强").highlight(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(hits, ["Ｇ６０", "王 强", "g60"]);
    }

    #[test]
    fn negated_words_are_not_marked() {
        assert!(Query::parse("春耕 -秋收").highlight("秋收之后").is_empty());
    }

    #[test]
    fn snippet_shows_the_first_hit() {
        let long = format!("{}春耕{}", "甲".repeat(200), "乙".repeat(200));
        let query = Query::parse("春耕");
        let snippet = snippet(&query.root.positive_terms(), &[long.as_str()], 60);
        assert!(snippet.text.starts_with('…') && snippet.text.ends_with('…'));
        assert_eq!(snippet.text.chars().count(), 62);
        assert_eq!(&snippet.text[snippet.marks[0].clone()], "春耕");
    }
}
