//! `baoku diff`: what differs between two articles, character by character.

use super::console::Console;
use super::{Ending, open, related};
use crate::model::ArticleId;
use crate::search::Difference;
use serde::Serialize;
use std::path::Path;

/// Characters of unchanged text that are printed on each side of a difference.
const AROUND: usize = 30;

#[derive(Serialize)]
struct Compared {
    first: ArticleId,
    second: ArticleId,
    /// Share of the characters that are the same, 0 to 1.
    same: f32,
    differences: Vec<Difference>,
}

pub(super) fn run(
    archive: &Path,
    first: ArticleId,
    second: ArticleId,
    json: bool,
    console: &mut Console,
) -> anyhow::Result<Ending> {
    let reader = open::reader(archive)?;
    for id in [first, second] {
        if reader.article(id)?.is_none() {
            return related::missing(id);
        }
    }
    let Some((differences, same)) = reader.compare(first, second)? else { return related::missing(first) };
    if json {
        console.json(&Compared { first, second, same, differences })?;
    } else {
        console.line(format_args!("{}", marked(&differences)))?;
        console.line(format_args!("{:.1} % of the characters are the same", same * 100.0))?;
        console.finish()?;
    }
    Ok(Ending::Done)
}

/// The differences in one text: [-only in the first-], {+only in the second+}, long stretches of the same cut short.
fn marked(differences: &[Difference]) -> String {
    let mut out = String::new();
    for (i, part) in differences.iter().enumerate() {
        match part {
            Difference::Removed(text) => out.push_str(&format!("[-{text}-]")),
            Difference::Added(text) => out.push_str(&format!("{{+{text}+}}")),
            Difference::Same(text) => {
                let length = text.chars().count();
                let head = if i == 0 { 0 } else { AROUND };
                let tail = if i + 1 == differences.len() { 0 } else { AROUND };
                if length <= head.max(1) + tail.max(1) {
                    out.push_str(text);
                } else {
                    out.extend(text.chars().take(head));
                    out.push('…');
                    out.extend(text.chars().skip(length - tail));
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_stretches_of_the_same_are_cut_short() {
        let parts = [
            Difference::Same("甲".repeat(100)),
            Difference::Removed("三".to_owned()),
            Difference::Added("五".to_owned()),
            Difference::Same("千斤".to_owned()),
        ];
        assert_eq!(marked(&parts), format!("…{}[-三-]{{+五+}}千斤", "甲".repeat(30)));
    }
}
