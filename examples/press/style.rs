//! House style: everything about a page that one newspaper or one program does otherwise than another.

use super::random::Random;
use super::words;

/// The habits of one newspaper page and of the program that read it.
#[derive(Clone, Debug)]
pub struct Style {
    /// Column measure in half ems; 0: paragraphs are lines.
    pub measure: usize,
    pub same_measure: bool,
    /// Blank line chances in percent: between paragraphs, at column breaks, between parts.
    pub blank_paragraphs: usize,
    pub blank_columns: usize,
    pub blank_parts: usize,
    /// The same for single seams, where a page has its own habit: kicker, subtitle, column, byline, text.
    pub seams: [usize; 5],
    pub blank_articles: usize,
    /// Pictures and what follows them stand three lines apart.
    pub pictures_apart: bool,
    /// Blank lines between the lines of one headline part.
    pub loose: usize,
    pub subheads: usize,
    /// Headlines that are broken at their quotes.
    pub quotes: usize,
    /// Subheads that a program reads apart from their text.
    pub subheads_apart: usize,
    /// Long stories.
    pub long: bool,
    /// 0 headline first, 1 headline behind, 2 all headlines at the end, 3 all first, 4 mixed.
    pub order: usize,
    /// How often, in percent, the headlines that wait for the page's end come already behind an article: programs that
    /// read a page in bands give the texts of a band and then its headlines.
    pub bands: usize,
    /// Pictures have an order of their own.
    pub pictures: bool,
    pub indent: &'static str,
    pub shadow: usize,
    /// Paragraphs in which something is printed twice, as headlines with a shadow are.
    pub stutter: usize,
    pub columns: usize,
    /// Columns that stand under the headline.
    pub column_under: usize,
    pub kickers: usize,
    /// Heads and subheads as many newspapers have them: see [`Style::draw`].
    pub wide: bool,
    /// The half of the words for columns that the page may use, if not all.
    pub half: Option<usize>,
    /// Kickers of two clauses where they were written with one.
    pub long_kickers: usize,
    /// Kickers and subtitles of fewer characters than their headline, which only name the matter or the place.
    pub short_parts: usize,
    /// Kickers and subtitles that stay in one line.
    pub wide_parts: usize,
    /// Headlines that stay in one line.
    pub wide_titles: usize,
    /// Subheads of two clauses; what parts them.
    pub paired_subheads: usize,
    pub subhead_seam: &'static str,
    /// Stories whose subheads have clauses of the same lengths.
    pub parallel_subheads: usize,
    /// Pictures whose headline is a single short phrase.
    pub short_pictures: usize,
    /// Stories with paragraphs that give what happened before, a word's meaning or the like.
    pub sidebars: usize,
    /// Essays that are poems.
    pub poems: usize,
    /// News that are a list of short items.
    pub roundups: usize,
    /// Editor's notes over single articles.
    pub notes: usize,
    /// Columns stand over what somebody wrote or was asked rather than over the news.
    pub columns_by_kind: bool,
    pub kicker_behind: usize,
    pub subtitles: usize,
    pub datelines: usize,
    pub dateline: usize,
    pub essays: usize,
    pub signed: usize,
    pub bylines_behind: usize,
    /// Bylines that stand before the text, wherever the headline is.
    pub bylines_lead: usize,
    pub bullet: &'static str,
    pub role_word: usize,
    pub role_space: &'static str,
    pub name_space: &'static str,
    pub stacked: usize,
    pub pads: bool,
    pub bracketed: bool,
    /// What stands behind the names of those who wrote.
    pub reported: &'static str,
    pub credit: usize,
    /// Credits of pictures that stand before the picture's text.
    pub credits_lead: usize,
    pub half_width: bool,
    pub digit_spaces: usize,
    /// Texts that are torn; programs that give headlines first mostly read a whole article at once.
    pub torn: usize,
    /// Texts go on farther down and ends stand before headlines: see [`Style::draw`].
    pub apart: bool,
    /// How often a text goes on right behind the next article rather than farther down, in percent.
    pub near: usize,
    /// Texts whose end stands before their headline.
    pub ends_lead: usize,
    pub jumps: usize,
    /// Texts that go on from another page; texts that end in mid-sentence without a note.
    pub resumed: usize,
    pub cut_texts: usize,
    /// Stories whose paragraphs begin with what they are about, in brackets.
    pub leads: usize,
    /// Headlines whose characters are set apart.
    pub spaced: usize,
    /// The same for short headlines, which many newspapers set so.
    pub spaced_short: usize,
    /// Stories with rows of results.
    pub tables: usize,
    /// Editor's notes have a measure of their own, in half ems.
    pub note_measure: Option<usize>,
    /// The page is a forum: an editor's note and what several people write on its matter.
    pub forum: bool,
    /// Its contributions have headlines.
    pub forum_heads: bool,
    pub masthead: usize,
    pub cut: bool,
}

/// Values of [`Style::order`], as often as they are drawn.
const ORDERS: &[usize] = &[0, 0, 0, 1, 1, 2, 2, 0, 4, 4];
const WIDE_ORDERS: &[usize] = &[0, 0, 0, 0, 1, 1, 2, 2, 3, 4, 4];

/// Blank line chances of single seams, if the page has habits of that kind.
fn seams(random: &mut Random, airy: bool) -> [usize; 5] {
    let own = random.chance(65);
    let chances: &[usize] = if airy { &[0, 0, 50, 100, 100] } else { &[0, 0, 0, 40] };
    std::array::from_fn(|_| if own { *random.pick(chances) } else { 1000 })
}

/// What stands between names; the last is nothing at all.
const NAME_SPACES: &[&str] = &[" ", " ", "、", "\u{3000}", ""];

/// What stands behind the names of those who wrote, where anything does.
fn reported(random: &mut Random, wide: bool) -> &'static str {
    let all = if wide { words::REPORTED } else { &words::REPORTED[..1] };
    if random.chance(8) { random.word(all) } else { "" }
}

impl Style {
    /// How often in a hundred a blank line stands between a text and its byline.
    pub fn before_bylines(&self) -> usize {
        if self.seams[4] > 100 { self.blank_parts } else { self.seams[4] }
    }

    /// Draws a page's style; with `wide` one in which parts of heads may be long and stay in one line, columns have any
    /// name and mostly stand over headlines of other things than news, subheads may be of two clauses, texts may go on from
    /// elsewhere or end in mid-sentence, and several people may write under one editor's note; with `apart` one
    /// in which more texts are torn, go on behind several other articles, or have their last paragraph before their
    /// headline.
    pub fn draw(random: &mut Random, half: Option<usize>, wide: bool, apart: bool) -> Self {
        let unwrapped = random.chance(30);
        let airy = random.chance(60) || unwrapped;
        let pick = |random: &mut Random, list: &[usize]| *random.pick(list);
        let if_wide = |random: &mut Random, list: &[usize]| if wide { pick(random, list) } else { 0 };
        let regions = unwrapped && random.chance(65);
        let style = Self {
            measure: if unwrapped { 0 } else { random.between(20, 52) },
            same_measure: random.chance(40),
            blank_paragraphs: if airy { pick(random, &[100, 100, 90, 50]) } else { pick(random, &[0, 0, 10]) },
            blank_columns: if airy { pick(random, &[0, 50, 100]) } else { 0 },
            blank_parts: if airy { pick(random, &[100, 60, 30, 0]) } else { pick(random, &[0, 0, 30]) },
            seams: seams(random, airy),
            loose: if airy { pick(random, &[0, 0, 0, 30, 100]) } else { 0 },
            quotes: pick(random, &[0, 0, 40]),
            subheads: pick(random, &[20, 35, 60]),
            subheads_apart: pick(random, &[0, 0, 50, 100]),
            long: random.chance(50),
            blank_articles: if airy { 97 } else { pick(random, &[0, 0, 60, 100]) },
            order: pick(random, if wide { WIDE_ORDERS } else { ORDERS }),
            bands: pick(random, &[0, 0, 30, 60]),
            pictures: random.chance(40),
            indent: random.word(&["", "", "", "", "\u{3000}\u{3000}", "  ", "    "]),
            shadow: pick(random, &[0, 0, 0, 20, 50]),
            stutter: if_wide(random, &[0, 0, 0, 0, 0, 0, 0, 2]),
            columns: pick(random, &[0, 15, 40, 70]),
            column_under: if wide { pick(random, &[0, 0, 0, 0, 30, 100]) } else { pick(random, &[0, 0, 30, 60, 100]) },
            kicker_behind: pick(random, &[0, 0, 0, 0, 30]),
            kickers: pick(random, &[0, 20, 40, 70]),
            wide,
            half,
            long_kickers: if_wide(random, &[0, 0, 40, 80]),
            short_parts: if_wide(random, &[0, 0, 50, 90]),
            wide_parts: if_wide(random, &[0, 0, 60, 100, 100]),
            wide_titles: if_wide(random, &[0, 0, 40, 80]),
            paired_subheads: if_wide(random, &[0, 0, 50, 100]),
            subhead_seam: if wide { random.word(&["，", "，", " ", "\u{3000}"]) } else { "，" },
            parallel_subheads: if_wide(random, &[0, 50, 100]),
            short_pictures: if_wide(random, &[0, 0, 40, 100]),
            sidebars: if_wide(random, &[0, 0, 4, 20]),
            poems: if_wide(random, &[0, 20, 50, 100]),
            roundups: if_wide(random, &[0, 0, 3, 8]),
            notes: if wide { pick(random, &[2, 2, 8, 20]) } else { 5 },
            columns_by_kind: wide && random.chance(70),
            subtitles: pick(random, &[0, 20, 40, 70]),
            datelines: pick(random, &[0, 50, 90]),
            dateline: random.between(0, 8),
            essays: pick(random, &[0, 0, 10, 20, 100]),
            signed: pick(random, &[30, 70, 95]),
            bylines_behind: pick(random, &[0, 0, 50, 100]),
            bylines_lead: pick(random, &[0, 0, 0, 0, 60, 100]),
            bullet: random.word(words::BULLETS),
            role_word: random.between(0, if wide { 9 } else { 5 }),
            role_space: random.word(&[" ", " ", "", "：", "\u{3000}"]),
            name_space: random.word(if wide { NAME_SPACES } else { &NAME_SPACES[..4] }),
            stacked: pick(random, &[0, 30, 100]),
            pads: random.chance(40),
            bracketed: random.chance(8),
            reported: reported(random, wide),
            credit: random.between(0, 5),
            credits_lead: pick(random, &[0, 0, 0, 100]),
            half_width: unwrapped && random.chance(60),
            digit_spaces: pick(random, &[0, 0, 40]),
            torn: if apart { pick(random, &[0, 15, 30, 60]) } else { pick(random, &[0, 0, 15, 30]) },
            apart,
            near: if apart { pick(random, &[60, 25, 10]) } else { 60 },
            ends_lead: 0,
            jumps: pick(random, &[0, 0, 12, 30]),
            resumed: if_wide(random, &[0, 0, 0, 8]),
            cut_texts: if_wide(random, &[0, 0, 4, 12]),
            leads: if_wide(random, &[0, 0, 3, 10]),
            spaced: if_wide(random, &[0, 0, 0, 10, 40]),
            spaced_short: if_wide(random, &[0, 0, 0, 50, 100]),
            tables: if_wide(random, &[0, 0, 0, 4, 12]),
            note_measure: (wide && random.chance(60)).then(|| random.between(24, 96)),
            forum: wide && random.chance(7),
            forum_heads: random.chance(50),
            masthead: pick(random, &[0, 60, 90]),
            cut: random.chance(12),
            pictures_apart: false,
        };
        let style = if apart && matches!(style.order, 0 | 3) { Self { torn: style.torn / 4, ..style } } else { style };
        if regions { style.in_regions(random) } else { style }
    }

    /// The page as programs see it that find regions first: each has a blank line before it, whatever it is, and they
    /// mostly come in reading order.
    fn in_regions(self, random: &mut Random) -> Self {
        Self {
            blank_paragraphs: 100,
            blank_columns: *random.pick(&[20, 50, 100]),
            blank_parts: 100,
            seams: [1000; 5],
            loose: 100,
            blank_articles: 100,
            pictures_apart: random.chance(60),
            order: if random.chance(70) { 0 } else { self.order },
            subheads_apart: *random.pick(&[0, 0, 0, self.subheads_apart]),
            shadow: 0,
            stutter: 0,
            ends_lead: if self.apart { *random.pick(&[0, 15, 30]) } else { 0 },
            ..self
        }
    }
}
