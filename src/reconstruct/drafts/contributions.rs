//! Nobody signs one article three times: a text with a signature right behind each of several pieces is what several people
//! contributed, one article each (笔谈, 简讯). Knows nothing of what they say.

use super::super::blocks::At;
use super::super::chars::is_finished;
use super::super::features::Look;
use super::super::lines::Line;
use super::super::openers::Opener;
use super::Draft;

/// Signed pieces from which on they are articles of their own. A story of two places is signed twice now and then.
const LEAST: usize = 3;

/// Parts the articles that are several.
pub(super) fn part(articles: &mut Vec<Draft>, lines: &[Line], looks: &[Look]) {
    let mut at = 0;
    while at < articles.len() {
        let is_signed_often = articles[at].bylines.len() >= LEAST;
        let mut parts = if is_signed_often { parted(&articles[at], lines) } else { Vec::new() };
        if parts.len() < LEAST {
            at += 1;
            continue;
        }
        let whole = std::mem::take(&mut articles[at]);
        let under = |part: &Draft| whole.heading.last().is_some_and(|&last| part.texts[0].first() == Some(&(last + 1)));
        // A headline over all of them is the editor's note's (编者按) that introduces them.
        let home = match parts.iter().position(under) {
            Some(part) => &mut parts[part],
            None => articles.iter_mut().find(|article| is_bare_note(article, looks)).unwrap_or(&mut parts[0]),
        };
        home.heading = whole.heading;
        home.heading_certainty = whole.heading_certainty;
        home.heading_why = whole.heading_why;
        let behind = at + parts.len();
        articles.splice(at..=at, parts);
        at = behind;
    }
}

fn is_bare_note(article: &Draft, looks: &[Look]) -> bool {
    let opens = |text: &Vec<At>| text.first().is_some_and(|&at| looks[at].opener() == Opener::Note as u8);
    article.heading.is_empty() && article.texts.first().is_some_and(opens)
}

/// The pieces of an article up to each that is signed right behind its last line, with the signatures; a last one may be signed
/// behind something else, and what no signature follows is the last one's.
fn parted(article: &Draft, lines: &[Line]) -> Vec<Draft> {
    let mut parts: Vec<Draft> = Vec::new();
    let mut unsigned: Vec<Vec<At>> = Vec::new();
    let mut bylines = article.bylines.clone();
    let empty = || Draft {
        join_certainty: article.join_certainty,
        byline_certainty: article.byline_certainty,
        is_caption: article.is_caption,
        ..Draft::default()
    };
    for text in &article.texts {
        unsigned.push(text.clone());
        let Some(&last) = text.last() else { continue };
        let signed: Vec<At> = (last + 1..).take_while(|at| bylines.contains(at)).collect();
        if !signed.is_empty() && is_finished(&lines[last].chars) {
            bylines.retain(|at| !signed.contains(at));
            parts.push(Draft { texts: std::mem::take(&mut unsigned), bylines: signed, ..empty() });
        }
    }
    let end = unsigned.last().and_then(|text| text.last());
    if end.is_some_and(|end| bylines.iter().any(|at| at > end)) {
        parts.push(Draft { texts: unsigned, bylines, ..empty() });
    } else if let Some(last) = parts.last_mut() {
        last.texts.append(&mut unsigned);
        last.bylines.append(&mut bylines);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::super::{features, lines, wording};
    use super::*;

    /// Texts of two lines, each signed in the line behind it; the first line is a headline.
    fn page(texts: usize) -> (Vec<Line>, Vec<Look>, Draft) {
        let one = "编者按：渡口添了两盏灯，夜\n里过河的人多了。\n（陆小满）\n";
        let lines = lines::read(&format!("今年我们怎样过河\n{}", one.repeat(texts)));
        let looks = features::look(&lines, &(&wording::Wording::default()).into());
        let first = |text: usize| 1 + 3 * text;
        let texts: Vec<Vec<At>> = (0..texts).map(|text| vec![first(text), first(text) + 1]).collect();
        let bylines = texts.iter().map(|text| text[1] + 1).collect();
        (lines, looks, Draft { heading: vec![0], texts, bylines, ..Draft::default() })
    }

    #[track_caller]
    fn check(articles: &[Draft], expected: &[(&[At], &[At], &[At])]) {
        let gist: Vec<_> = articles.iter().map(|a| (a.heading.clone(), a.texts.concat(), a.bylines.clone())).collect();
        let expected: Vec<_> = expected.iter().map(|(h, t, b)| (h.to_vec(), t.to_vec(), b.to_vec())).collect();
        assert_eq!(gist, expected);
    }

    #[test]
    fn each_of_several_signed_pieces_is_an_article() {
        let (lines, looks, draft) = page(3);
        let mut articles = vec![draft];
        part(&mut articles, &lines, &looks);
        check(&articles, &[(&[0], &[1, 2], &[3]), (&[], &[4, 5], &[6]), (&[], &[7, 8], &[9])]);
    }

    #[test]
    fn the_last_piece_may_be_signed_behind_something_else() {
        let (lines, looks, mut draft) = page(5);
        draft.bylines.retain(|at| *at != 12);
        let mut articles = vec![draft];
        part(&mut articles, &lines, &looks);
        // The fourth piece has no signature and goes with the fifth.
        assert_eq!(articles[3].texts.concat(), [10, 11, 13, 14]);
        let (lines, looks, mut draft) = page(4);
        draft.texts[3].pop();
        let mut articles = vec![draft];
        part(&mut articles, &lines, &looks);
        check(&articles[3..], &[(&[], &[10], &[12])]);
    }

    #[test]
    fn the_headline_over_all_is_the_notes_that_introduces_them() {
        let (lines, looks, mut draft) = page(4);
        let note = Draft { texts: vec![draft.texts.remove(0)], ..Draft::default() };
        draft.bylines.remove(0);
        let mut articles = vec![draft, note];
        part(&mut articles, &lines, &looks);
        check(&articles[2..], &[(&[], &[10, 11], &[12]), (&[0], &[1, 2], &[])]);
    }

    #[test]
    fn a_story_signed_twice_stays_one() {
        let (lines, looks, draft) = page(2);
        let mut articles = vec![draft];
        part(&mut articles, &lines, &looks);
        assert_eq!(articles.len(), 1);
    }
}
