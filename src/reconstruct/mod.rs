//! The lines of one dump become articles. Pure: no files, no SQL, never an `Err`.
//!
//! In this order: the text is taken in its [plain form](plain); [`lines`] are read, measured and freed of shadow text; every
//! line is [looked at](features); a [sequence model](sequence) gives each line a [label](labels); labelled lines are cut into
//! [`blocks`]; blocks are put together to [`drafts`] of articles by one scored assignment; drafts are [composed](compose) into
//! articles, which get back the characters that were [`printed`].
//!
//! **Invariant**: every non-blank line of the dump stands in exactly one article span or in furniture.

mod balance;
mod blocks;
mod bylines;
mod chars;
mod cohesion;
mod compose;
mod confidence;
mod context;
mod continuations;
mod dates;
mod drafts;
mod features;
mod furniture;
mod heads;
mod joins;
mod labels;
pub mod learning;
mod lexicon;
mod lines;
mod meanings;
mod neighbours;
mod notes;
mod observations;
mod openers;
pub(crate) mod plain;
mod printed;
mod recompose;
mod ruled_out;
mod sequence;
mod series;
mod sheets;
mod tiling;
mod torn;
mod undouble;
pub(crate) mod weights;
mod wording;
mod words;

pub(crate) use dates::{date_at, is_figure};
pub use lexicon::{Lexicon, ModelTexts};
pub use recompose::{GivenLine, Part, ends_sentence, recompose};

use crate::model::{Furniture, FurnitureKind, LineRange, Page, Warning, WarningKind};
use cohesion::Terms;
use features::Look;
use labels::Label;
use lines::Line;
use sequence::Labelling;
use std::borrow::Cow;

/// Version of the engine; pages made by an older one can be rebuilt from their stored text.
pub const ENGINE_VERSION: u32 = 34;

/// Rebuilds the articles of one dump.
pub fn reconstruct(text: &str, lexicon: &Lexicon) -> Page {
    let plain = plain::plain_text(text);
    let mut page = rebuild(&plain, text, lexicon);
    if let Cow::Owned(plain) = plain {
        printed::restore_page(&mut page, &printed::Lines::new(text, &plain));
    }
    page
}

/// Rebuilds the articles of a dump, with the characters of its plain form.
fn rebuild(plain: &str, text: &str, lexicon: &Lexicon) -> Page {
    let lines = lines::read_plain(plain, text);
    let mut page = Page::default();
    if lines.is_empty() {
        page.warnings.push(Warning { kind: WarningKind::EmptyPage, lines: None, detail: String::new() });
        return page;
    }
    let mut looks = features::look(&lines, &lexicon.wording);
    let pages = sheets::pages(&lines, &looks);
    let is_one = pages.len() == 1;
    let mut furniture = Vec::new();
    for at in pages {
        let lines = &lines[at.clone()];
        if !is_one {
            looks.splice(at.clone(), features::look(lines, &lexicon.wording));
        }
        let found = put_together(lines, &looks[at.clone()], lexicon, &mut page);
        furniture.extend(found.into_iter().map(|line| line + at.start));
    }
    page.articles.sort_by_key(|a| a.spans.iter().map(|s| s.from).min());
    masthead(&mut page, &lines, &looks, &furniture);
    warn(&mut page, text, &lines);
    page
}

/// Makes the articles of one page, sheet by sheet; gives back its furniture lines.
fn put_together(lines: &[Line], looks: &[Look], lexicon: &Lexicon, page: &mut Page) -> Vec<usize> {
    let labelling = lexicon.label(lines, looks);
    let mut furniture = Vec::new();
    for sheet in sheets::sheets(lines, &labelling) {
        let part = Labelling {
            labels: labelling.labels[sheet.clone()].to_vec(),
            marginals: labelling.marginals[sheet.clone()].to_vec(),
            ..Labelling::default()
        };
        let found = make(&lines[sheet.clone()], &looks[sheet.clone()], part, lexicon, page);
        furniture.extend(found.into_iter().map(|at| at + sheet.start));
    }
    furniture
}

/// Makes the articles of one sheet; gives back its furniture lines.
fn make(lines: &[Line], looks: &[Look], mut labelling: Labelling, lexicon: &Lexicon, page: &mut Page) -> Vec<usize> {
    let (drafts, labels) = drafted(lines, looks, &mut labelling, lexicon);
    let mut judge = confidence::Judge::new(lines, &labelling, &drafts);
    for draft in &drafts.articles {
        let mut article = compose::article(draft, lines, &labels);
        judge.judge(&mut article, draft, &lexicon.sure);
        page.articles.push(article);
    }
    drafts.furniture
}

/// Puts the lines of one sheet together, once more where a line turns out to be something else than it was read as.
/// Gives the labels of all lines too.
fn drafted(
    lines: &[Line],
    looks: &[Look],
    labelling: &mut Labelling,
    lexicon: &Lexicon,
) -> (drafts::Drafts, Vec<Label>) {
    let mut terms = Terms::new(lines, lexicon);
    let blocks = cut_blocks(lines, looks, labelling, lexicon, &mut terms);
    let drafts = drafts::draft(lines, looks, labelling, &blocks, lexicon, terms, None);
    let labels = drafts.labels(lines, &labelling.labels);
    if !drafts::set_free(&drafts, lines, &labels, labelling) {
        return (drafts, labels);
    }
    let blocks = torn::part(blocks::cut(lines, labelling), lines, labelling, lexicon);
    let drafts = drafts::draft(lines, looks, labelling, &blocks, lexicon, Terms::new(lines, lexicon), None);
    let labels = drafts.labels(lines, &labelling.labels);
    (drafts, labels)
}

/// Characters of a line that is more than a slogan.
const SENTENCE: usize = 30;
/// Characters of the longest jump note or masthead that stands alone.
const LONGEST_NOTE: usize = 60;

/// Sets right what single lines leave no doubt about.
fn settle(lines: &[Line], looks: &[Look], labelling: &mut Labelling) {
    keep_sentences(lines, looks, labelling);
    keep_what_is_written(lines, looks, labelling);
    keep_signed_days(lines, labelling);
    keep_indents(lines, labelling);
    keep_flush(lines, labelling);
}

/// A long line with a full stop is an article's, whatever the labelling took it for: a dump of a single line, say.
fn keep_sentences(lines: &[Line], looks: &[Look], labelling: &mut Labelling) {
    for ((line, look), label) in lines.iter().zip(looks).zip(&mut labelling.labels) {
        if *label == Label::Furniture
            && line.chars.len() >= SENTENCE
            && line.chars.iter().any(|&c| chars::ends_sentence(c))
            && look.furniture.shape == furniture::Shape::None
        {
            *label = Label::Opening;
        }
    }
}

/// Jump notes, mastheads and the ends of notices that are nothing else are known by their grammar, wherever they
/// stand.
fn keep_what_is_written(lines: &[Line], looks: &[Look], labelling: &mut Labelling) {
    for at in (0..lines.len()).filter(|&at| lines[at].chars.len() <= LONGEST_NOTE) {
        let look = &looks[at];
        let label = labelling.labels[at];
        let is_head = label.is_heading() || label.is_subhead();
        let known = if look.jump() == openers::JumpShape::Whole as u8 {
            Label::Jump
        } else if label != Label::Furniture && (is_masthead(&lines[at], look) || furniture::offers(lines[at].text())) {
            Label::Furniture
        } else if look.byline == bylines::Shape::RoleOnly && is_on_author(lines[at].text()) {
            Label::Byline
        } else if is_head && furniture::is_signed_day(lines[at].text()) {
            Label::Paragraph
        } else {
            continue;
        };
        labelling.set(at, known);
    }
}

/// "（作者单位：县水利局）": a line in brackets that says what the author is.
fn is_on_author(text: &str) -> bool {
    text.strip_prefix(['（', '(']).is_some_and(bylines::says_of_author)
}

/// The bodies that sign a notice and the day, each in a line of its own behind the text, are of the notice.
fn keep_signed_days(lines: &[Line], labelling: &mut Labelling) {
    for day in 2..lines.len() {
        if !furniture::is_full_date(lines[day].text()) {
            continue;
        }
        let is_signer = |at: &usize| furniture::is_signing_body(lines[*at].text());
        let signers = (0..day).rev().take(MOST_SIGNERS).take_while(is_signer).count();
        let from = day - signers;
        if signers > 0 && from > 0 && labelling.labels[from - 1].is_body() {
            (from..=day).for_each(|at| labelling.set(at, Label::Paragraph));
        }
    }
}

/// Where paragraphs are set in, one of running text that stands flush between such ones begins none: it goes on with a
/// sentence that was broken off elsewhere.
fn keep_flush(lines: &[Line], labelling: &mut Labelling) {
    let starts = (0..lines.len()).filter(|&at| matches!(labelling.labels[at], Label::Opening | Label::Paragraph));
    let starts: Vec<(usize, bool)> = starts.map(|at| (at, lines[at].was_indented)).collect();
    let indented = starts.iter().filter(|(_, is_indented)| *is_indented).count();
    if indented < LEAST_INDENTED || indented * 5 < starts.len() * 4 {
        return;
    }
    for around in starts.windows(3) {
        if let [(_, true), (at, false), (_, true)] = *around
            && labelling.labels[at] == Label::Paragraph
        {
            labelling.shift(at, Label::Paragraph, Label::Running);
        }
    }
}

/// Paragraphs that are set in on a page where that says something.
const LEAST_INDENTED: usize = 8;

/// Where most lines stand flush, one of running text that is set in begins a paragraph.
fn keep_indents(lines: &[Line], labelling: &mut Labelling) {
    let of_text = || (0..lines.len()).filter(|&at| labelling.labels[at].is_body());
    let indented: Vec<usize> = of_text().filter(|&at| lines[at].was_indented).collect();
    if 2 * indented.len() > of_text().count() {
        return;
    }
    for at in indented.into_iter().filter(|&at| at > 0 && !lines[at - 1].was_indented) {
        if labelling.labels[at] == Label::Running {
            labelling.shift(at, Label::Running, Label::Paragraph);
        }
    }
}

/// Bodies that sign a notice together, at most.
const MOST_SIGNERS: usize = 3;

/// A newspaper's name with a date, and nothing else.
fn is_masthead(line: &Line, look: &Look) -> bool {
    let reading = &look.furniture;
    reading.shape == furniture::Shape::Dateline
        && reading.newspaper.is_some()
        && reading.date.is_some()
        && line.chars.iter().filter(|c| c.is_ascii_digit()).count() >= 6
}

/// The blocks of a sheet, after its labels have been looked over with the whole sheet in view.
fn cut_blocks(
    lines: &[Line],
    looks: &[Look],
    labelling: &mut Labelling,
    lexicon: &Lexicon,
    terms: &mut Terms<'_>,
) -> Vec<blocks::Block> {
    settle(lines, looks, labelling);
    series::settle(lines, looks, labelling);
    notes::stand_alone(lines, labelling);
    heads::read(lines, looks, labelling, lexicon, terms);
    tiling::tile(lines, labelling, &lexicon.balance, &lexicon.walks, terms);
    // Reading heads again where the walk has set other beginnings of texts was tried: titles of unseen pages came out worse.
    torn::part(blocks::cut(lines, labelling), lines, labelling, lexicon)
}

/// Furniture with the printed facts of the masthead.
fn masthead(page: &mut Page, lines: &[Line], looks: &[Look], furniture: &[usize]) {
    for &at in furniture {
        let reading = &looks[at].furniture;
        page.newspaper = page.newspaper.take().or_else(|| reading.newspaper.clone());
        page.page_label = page.page_label.take().or_else(|| reading.label.clone());
        page.date.printed = page.date.printed.or(reading.date);
        let what = match reading.shape {
            furniture::Shape::Noise => FurnitureKind::Noise,
            furniture::Shape::Dateline | furniture::Shape::Newspaper | furniture::Shape::Label => {
                FurnitureKind::Masthead
            }
            furniture::Shape::None => FurnitureKind::Unplaced,
            _ => FurnitureKind::Slogan,
        };
        let (from, to) = (lines[at].number, lines[at].last());
        let adjoins = at > 0 && furniture.binary_search(&(at - 1)).is_ok();
        match page.furniture.last_mut() {
            Some(last) if last.what == what && adjoins => last.to = to,
            _ => page.furniture.push(Furniture { from, to, what }),
        }
    }
}

fn warn(page: &mut Page, text: &str, lines: &[Line]) {
    let mut warn = |kind, lines, detail: String| page.warnings.push(Warning { kind, lines, detail });
    if has_controls(text) {
        warn(WarningKind::ControlCharacters, None, String::new());
    }
    for line in lines.iter().filter(|l| l.chars.len() > lines::LONG_LINE) {
        let at = LineRange { from: line.number, to: line.number };
        warn(WarningKind::LongLine, Some(at), line.chars.len().to_string());
    }
    let of_pieces = warnings_of_pieces(page);
    page.warnings.extend(of_pieces);
}

/// Whether there are control characters but for line ends and tabs. Nearly no dump has any: its bytes are looked at first,
/// of which one of a control character's is below 32, 127, or (from 128 on, in two bytes) 194.
fn has_controls(text: &str) -> bool {
    let is_odd = |byte: u8| (byte < 32 && !matches!(byte, b'\n' | b'\t' | b'\r')) || byte == 127 || byte == 194;
    text.bytes().fold(false, |odd, byte| odd | is_odd(byte))
        && text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
}

/// What there is to look at in how a page was cut up: lines without a place, pieces without their other half.
pub fn warnings_of_pieces(page: &Page) -> Vec<Warning> {
    let mut out = Vec::new();
    let mut warn = |kind, lines, detail: String| out.push(Warning { kind, lines, detail });
    for furniture in page.furniture.iter().filter(|f| f.what == FurnitureKind::Unplaced) {
        warn(WarningKind::UnplacedLines, Some(furniture.range()), String::new());
    }
    for article in &page.articles {
        let at = article.spans.first().map(|s| s.range());
        if article.blocks.is_empty() {
            warn(WarningKind::LonelyPiece, at, article.title.clone());
        }
        if article.truncated {
            let end = article.spans.iter().rfind(|s| s.role == crate::model::Role::Body).map(|s| s.range());
            warn(WarningKind::Truncated, end, article.title.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many lines, all of which have one label beyond doubt.
    fn all(label: Label, lines: usize) -> Labelling {
        let mut marginals = [0.0; Label::COUNT];
        marginals[label as usize] = 1.0;
        Labelling { labels: vec![label; lines], marginals: vec![marginals; lines], ..Labelling::default() }
    }

    /// Labels of lines that the labelling took for subheads, once single lines have been settled.
    #[track_caller]
    fn check(text: &str, expected: &[Label]) {
        let lines = lines::read(text);
        let mut labelling = all(Label::Subhead, lines.len());
        let looks = features::look(&lines, &(&wording::Wording::default()).into());
        settle(&lines, &looks, &mut labelling);
        assert_eq!(labelling.labels, expected, "{text}");
    }

    #[test]
    fn what_its_grammar_leaves_no_doubt_about_is_settled() {
        check("下转A3版", &[Label::Jump]);
        check("（下转第二版）", &[Label::Jump]);
        check("（作者系望湖市水利局局长）", &[Label::Byline]);
        check("望湖市水利局 2024年8月17日", &[Label::Paragraph]);
        check("望湖日报 2024年8月17日 星期六", &[Label::Furniture]);
        check("2024.8.17 望湖日报 第3版", &[Label::Furniture]);
        check("放大　缩小　默认　朗读", &[Label::Furniture]);
    }

    #[test]
    fn a_flush_line_between_paragraphs_that_are_set_in_goes_on_with_a_sentence() {
        let settled = |set_in: usize| {
            let paragraph = "　　渡口今天停渡，摆渡人把船拴在柳树下，说等水退了再开。\n";
            let text = format!("{}粮站的收购价比去年高，农户一早排起了长队。\n{paragraph}", paragraph.repeat(set_in));
            let lines = lines::read(&text);
            let mut labelling = all(Label::Paragraph, lines.len());
            keep_flush(&lines, &mut labelling);
            (labelling.labels[set_in], labelling.labels[0], labelling.labels[set_in + 1])
        };
        assert_eq!(settled(8), (Label::Running, Label::Paragraph, Label::Paragraph));
        assert_eq!(settled(3).0, Label::Paragraph, "too few are set in to tell");
    }

    #[test]
    fn who_signs_a_notice_and_the_day_may_stand_in_lines_of_their_own() {
        let signed = "渡口停渡。\n望湖市水利局\n望湖市城市管理局\n2024年8月17日";
        let lines = lines::read(signed);
        let looks = features::look(&lines, &(&wording::Wording::default()).into());
        let labels = |first: Label| {
            let mut labelling = Labelling {
                labels: [first, Label::Subhead, Label::Byline, Label::Furniture].to_vec(),
                marginals: vec![[0.0; Label::COUNT]; lines.len()],
                ..Labelling::default()
            };
            settle(&lines, &looks, &mut labelling);
            labelling.labels
        };
        assert_eq!(labels(Label::Opening)[1..], [Label::Paragraph; 3]);
        assert_eq!(labels(Label::Title)[1..], [Label::Subhead, Label::Byline, Label::Furniture]);
    }

    #[test]
    fn a_line_that_is_set_in_begins_a_paragraph_where_others_are_not() {
        let labels = |text: &str| {
            let lines = lines::read(text);
            let mut labelling = Labelling {
                labels: vec![Label::Running; lines.len()],
                marginals: vec![[0.0; Label::COUNT]; lines.len()],
                ..Labelling::default()
            };
            keep_indents(&lines, &mut labelling);
            labelling.labels
        };
        let flush = labels("渡口添了两盏灯。\n老桥边的灯也换了。\n　　夜里过河的人多了，\n摆渡人不再歇得早。");
        assert_eq!(flush, [Label::Running, Label::Running, Label::Paragraph, Label::Running]);
        let all_set_in = labels("渡口添了\n　两盏灯。\n　老桥边的\n　灯也换了。");
        assert_eq!(all_set_in, [Label::Running; 4]);
    }

    #[test]
    fn control_characters_are_found_among_all_others() {
        for c in ('\0'..'\u{3100}').chain('\u{FEFF}'..='\u{FFFF}') {
            let is_odd = c.is_control() && !matches!(c, '\n' | '\t' | '\r');
            assert_eq!(has_controls(&format!("桥{c}堤")), is_odd, "{c:?}");
        }
    }

    #[test]
    fn what_may_be_something_else_is_left_alone() {
        for text in ["记者：您常说，养蚕的账", "丁家禾", "2024年8月17日", "水退了，堤上的脚印还在"]
        {
            check(text, &[Label::Subhead]);
        }
    }
}
