//! A headline that is broken over two lines says what its text says: where the end of a line and the beginning of the next one
//! stand side by side in a text of the page, the two are one part of a head.

use super::super::blocks::At;
use super::super::lines::Line;
use rustc_hash::{FxHashMap, FxHashSet};

/// Characters on either side of a line end.
const SIDE: usize = 2;
/// What stands around a line end.
type Around = [char; SIDE * 2];
/// Values of a character's last eight bits.
const BYTES: usize = 256;

/// The lines of `runs` that go on with the one right before them as one of the `texts` does. Takes one pass over the texts.
pub(super) fn said(runs: &[Vec<At>], texts: &[&[char]], lines: &[Line]) -> FxHashSet<At> {
    let mut asked: FxHashMap<Around, Vec<At>> = FxHashMap::default();
    let seams = runs.iter().flat_map(|run| run.windows(2));
    for seam in seams.filter(|seam| lines[seam[1]].blanks_before == 0) {
        if let Some(around) = around(&lines[seam[0]], &lines[seam[1]]) {
            asked.entry(around).or_default().push(seam[1]);
        }
    }
    // Nearly all of a text is passed over by its first two characters.
    let mut first = [[false; BYTES]; SIDE];
    for around in asked.keys() {
        first.iter_mut().zip(around).for_each(|(known, &c)| known[last_byte(c)] = true);
    }
    let may_be = |c: &[char]| first[0][last_byte(c[0])] && first[1][last_byte(c[1])];
    let pieces = texts.iter().flat_map(|text| text.windows(SIDE * 2)).filter(|piece| may_be(piece));
    // What a text says over and over is told once.
    let told: FxHashSet<&[char]> = pieces.filter(|piece| asked.contains_key(*piece)).collect();
    told.iter().filter_map(|piece| asked.get(*piece)).flatten().copied().collect()
}

fn last_byte(c: char) -> usize {
    c as usize % BYTES
}

/// The last characters of a line and the first ones of the next, white space left out.
fn around(line: &Line, next: &Line) -> Option<Around> {
    let solid = |c: &&char| !c.is_whitespace();
    let mut before = line.chars.iter().rev().filter(solid);
    let mut behind = next.chars.iter().filter(solid);
    let (second, first) = (before.next()?, before.next()?);
    Some([*first, *second, *behind.next()?, *behind.next()?])
}

#[cfg(test)]
mod tests {
    use super::super::super::lines;
    use super::*;

    #[test]
    fn a_text_says_which_lines_go_on() {
        let lines = lines::read("两座渡口添了\n夜航灯\n村里人不再摸黑");
        let said = |text: &str| said(&[vec![0, 1, 2]], &[&text.chars().collect::<Vec<char>>()], &lines);
        assert!(said("昨天，两座渡口添了夜航灯，亮了一夜。").into_iter().eq([1]));
        assert!(said("夜航灯添了，村里人高兴。").is_empty());
        assert!(said("").is_empty());
        let apart = lines::read("渡口管理所开会\n\n研究添灯");
        let text: Vec<char> = "渡口管理所开会研究添灯。".chars().collect();
        assert!(super::said(&[vec![0, 1]], &[&text], &apart).is_empty(), "headline and subtitle");
    }
}
