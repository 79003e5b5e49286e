//! A dateline (电头: "本报讯") opens a report. Where it stands further down in a text, the columns were put together from the wrong
//! end: the page prints what stands behind before it, or the piece that was met first looked more like a beginning.

use super::super::blocks::At;
use super::super::features::Look;
use super::super::labels::Label;
use super::super::openers::Opener;
use super::Draft;

/// Puts the piece that begins with the only dateline of an article's text before the others, behind an editor's note.
pub(super) fn put_first(articles: &mut [Draft], looks: &[Look], labels: &[Label]) {
    let is_dateline = |at: At| {
        looks[at].opener() == Opener::Dateline as u8 && matches!(labels[at], Label::Opening | Label::Paragraph)
    };
    let is_note = |text: &[At]| text.first().is_some_and(|&at| labels[at] == Label::Note);
    for article in articles.iter_mut().filter(|article| !article.is_caption) {
        let notes = article.texts.iter().take_while(|text| is_note(text)).count();
        let lines = || {
            article
                .texts
                .iter()
                .enumerate()
                .skip(notes)
                .flat_map(|(text, lines)| lines.iter().map(move |&at| (text, at)))
        };
        let mut datelines = lines().filter(|&(_, at)| is_dateline(at));
        let (Some((text, dateline)), None) = (datelines.next(), datelines.next()) else { continue };
        if !lines().take_while(|&(_, at)| at != dateline).any(|(_, at)| labels[at].is_body()) {
            continue;
        }
        let place = article.texts[text].iter().position(|&at| at == dateline).unwrap_or(0);
        let piece = article.texts[text].split_off(place);
        article.texts.insert(notes, piece);
        article.texts.retain(|text| !text.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::features;
    use super::super::super::lexicon::Lexicon;
    use super::super::super::lines;
    use super::*;

    #[test]
    fn a_dateline_opens_the_report() {
        use Label::{Note, Opening, Paragraph, Running, Subhead};
        let order = |text: &str, labels: &[Label], texts: &[&[At]]| {
            let lines = lines::read(text);
            let looks = features::look(&lines, &Lexicon::shared().wording);
            let mut article = [Draft { texts: texts.iter().map(|text| text.to_vec()).collect(), ..Draft::default() }];
            put_first(&mut article, &looks, labels);
            article[0].texts.concat()
        };
        let page = "灯亮了一夜。\n村里人说好。\n本报讯 渡口昨天添了灯。\n两盏灯照着对岸。\n明年再添两盏。\n";
        let read = [Opening, Paragraph, Paragraph, Running, Paragraph];
        assert_eq!(order(page, &read, &[&[0, 1, 2, 3], &[4]]), [2, 3, 0, 1, 4]);
        assert_eq!(order(page, &read, &[&[0, 1], &[2, 3, 4]]), [2, 3, 4, 0, 1]);
        assert_eq!(order(page, &read, &[&[2, 3], &[4]]), [2, 3, 4]);
        // A note and a subhead stand before it.
        assert_eq!(order(page, &[Note, Subhead, Opening, Running, Paragraph], &[&[0], &[1, 2, 3, 4]]), [0, 1, 2, 3, 4]);
        let reports = "本报讯 渡口停渡。\n水退了复航。\n本报讯 渡口添灯。\n";
        assert_eq!(order(reports, &[Opening, Paragraph, Paragraph], &[&[1, 0, 2]]), [1, 0, 2], "two reports");
    }
}
