//! Headlines of two lines that the weights took for a headline and a subtitle.

use super::super::chars::is_mark;
use super::super::labels::Label;
use super::super::lines::Line;
use super::super::sequence::Labelling;
use super::At;

/// Characters of the shortest half of a headline.
const SHORTEST_HALF: usize = 6;

/// Takes second lines of headlines for what they are.
pub(super) fn join(lines: &[Line], labelling: &mut Labelling) {
    for at in 0..lines.len() {
        if is_second_half(lines, labelling, at) {
            labelling.labels[at] = Label::TitleMore;
        }
    }
}

/// Whether what was read as a subtitle of one line is the second line of a headline in two: right below one of as many
/// characters, which is how compositors set a headline that is a pair.
fn is_second_half(lines: &[Line], labelling: &Labelling, at: At) -> bool {
    let label = |at: At| labelling.labels.get(at).copied();
    let Some(before) = at.checked_sub(1) else { return false };
    let has_phrases = |at: At| lines[at].chars.iter().any(|c| c.is_whitespace());
    label(before) == Some(Label::Title)
        && label(at) == Some(Label::Subtitle)
        && label(at + 1) != Some(Label::SubtitleMore)
        && labelling.heads[before] == labelling.heads[at]
        && lines[at].blanks_before == 0
        && lines[at].chars.len() == lines[before].chars.len()
        && lines[at].chars.len() >= SHORTEST_HALF
        && !is_mark(lines[at].chars[0])
        && !has_phrases(before)
        && !has_phrases(at)
}

#[cfg(test)]
mod tests {
    use super::super::super::lines;
    use super::*;

    #[test]
    fn a_subtitle_as_long_as_the_headline_right_above_it_is_its_second_line() {
        let halves = |text: &str, labels: &[Label]| {
            let lines = lines::read(text);
            let labelling = Labelling { labels: labels.to_vec(), heads: vec![1; lines.len()], ..Labelling::default() };
            is_second_half(&lines, &labelling, 1)
        };
        let pair = [Label::Title, Label::Subtitle];
        assert!(halves("北岸新开两条渡船\n去镇上不用再绕路", &pair));
        assert!(!halves("北岸新开两条渡船\n\n去镇上不用再绕路", &pair));
        assert!(!halves("北岸新开两条渡船\n去镇上再不用绕路了", &pair));
        assert!(!halves("北岸新开两条渡船\n——访渡口船工", &pair));
        let longer = [Label::Title, Label::Subtitle, Label::SubtitleMore];
        assert!(!halves("北岸新开两条渡船\n去镇上不用再绕路\n早晚各四班", &longer));
    }
}
