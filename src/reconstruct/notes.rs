//! Editor's notes (编者按) over a package: one that several signed texts without headlines follow belongs to none of them, nor does
//! one that says that several people write.

use super::blocks::{self, Block, What};
use super::chars::is_finished;
use super::labels::Label;
use super::lines::Line;
use super::sequence::Labelling;

/// Words of a note over what several people wrote: it is chosen from much, or they were asked for it.
const SEVERAL: [&str; 6] = ["选登", "选发", "选刊", "约请", "集中刊发", "首期刊发"];
/// Signatures for each headline from which on a page is a package.
const SIGNATURES: usize = 4;

/// Makes the notes of a package articles of their own.
pub(crate) fn stand_alone(lines: &[Line], labelling: &mut Labelling) {
    if !labelling.labels.contains(&Label::Note) {
        return;
    }
    let blocks = blocks::cut(lines, labelling);
    let count = |what: What| blocks.iter().filter(|block| block.what == what).count();
    let is_package = count(What::Heading) * SIGNATURES <= count(What::Byline);
    for note in blocks.iter().filter(|block| block.what == What::Note) {
        if is_package || is_of_several(note, lines) {
            relabel(note, lines, labelling);
        }
    }
}

/// Whether a note says that several people write.
fn is_of_several(note: &Block, lines: &[Line]) -> bool {
    let mut text = Vec::new();
    note.lines.iter().for_each(|&at| lines[at].add_solid(&mut text));
    let text: String = text.into_iter().collect();
    SEVERAL.iter().any(|word| text.contains(word))
}

fn relabel(note: &Block, lines: &[Line], labelling: &mut Labelling) {
    for &at in &note.lines {
        let begins = |at: usize| lines[at].blanks_before > 0 && is_finished(&lines[at - 1].chars);
        let label = if at == note.first() {
            Label::Opening
        } else if begins(at) {
            Label::Paragraph
        } else {
            Label::Running
        };
        let (labels, chances) = (&mut labelling.labels[at], &mut labelling.marginals[at]);
        chances.swap(*labels as usize, label as usize);
        *labels = label;
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    const NOTE: &str = "编者按：春天里，三个村的人说种树。";

    /// Labels of a page of a note and two signed texts, under a headline for each or none.
    fn labels(note: &str, with_headlines: bool) -> Vec<Label> {
        let head = |text| if with_headlines { text } else { "" };
        let text = [
            note,
            head("沟口栽下第一片林"),
            "沟口的坡上栽了三百棵杏树。",
            "石桥村党支部书记 田禾",
            head("河滩换了新颜"),
            "河滩的沙地里插了柳条。",
            "柳湾村党支部书记 程小雨",
        ]
        .join("\n");
        let lines = lines::read(&text);
        let all: Vec<Label> = lines
            .iter()
            .map(|line| match line.text() {
                text if text.starts_with("编者按") => Label::Note,
                text if text.contains("书记") => Label::Byline,
                text if text.ends_with('。') => Label::Opening,
                _ => Label::Title,
            })
            .collect();
        let marginals = all.iter().map(|&label| std::array::from_fn(|l| f32::from(u8::from(l == label as usize))));
        let mut labelling = Labelling { marginals: marginals.collect(), labels: all, ..Labelling::default() };
        stand_alone(&lines, &mut labelling);
        labelling.labels
    }

    #[test]
    fn a_note_over_signed_texts_without_headlines_is_an_article() {
        assert_eq!(labels(NOTE, false)[0], Label::Opening);
    }

    #[test]
    fn a_note_among_texts_with_headlines_stays_a_note() {
        assert_eq!(labels(NOTE, true)[0], Label::Note);
    }

    #[test]
    fn a_note_that_says_that_several_people_write_is_an_article() {
        let note = "编者按：沟口和柳湾都种了树，本报选登两位村支书的来信。";
        assert_eq!(labels(note, true)[0], Label::Opening);
    }
}
