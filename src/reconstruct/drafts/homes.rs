//! Which article every byline signs: the one whose headline or text stands before it, or that behind it. All bylines of a page
//! are given out at once: they mostly stand on the same side of what they sign, and an article is seldom signed twice.

use super::super::blocks::{At, Block, What};
use super::super::bylines::Shape;
use super::super::chars::{is_bullet, is_finished, opens};
use super::super::joins::{BYLINE, BYLINE_SIDES, BYLINE_STYLES, BylineCase};
use super::super::openers::Opener;
use super::super::weights::softmax;
use super::{Choice, Desk, Draft, flag};

/// A block beside a byline that may be of what it signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Home {
    Heading(usize),
    Text(usize),
    /// Whatever the byline before signs.
    Chained,
}

impl Home {
    fn block(self) -> Option<usize> {
        match self {
            Self::Heading(block) | Self::Text(block) => Some(block),
            Self::Chained => None,
        }
    }
}

/// A side of a byline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

/// Something that a byline may sign.
struct Place {
    home: Home,
    /// Its article; `None` if that is whose the byline before is.
    article: Option<usize>,
    /// Where it stands, see [`BYLINE_SIDES`]; that many if it is chained.
    side: usize,
    case: BylineCase,
}

/// A byline with all that it may sign.
struct Signature {
    block: usize,
    form: Form,
    places: Vec<Place>,
}

/// How a byline is written: a page has a side for each way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Form {
    Plain,
    InBrackets,
    Bulleted,
    Credit,
}

impl Form {
    const COUNT: usize = 4;

    fn of(first: Option<char>, shape: Shape) -> Self {
        match first {
            _ if shape == Shape::Credit => Self::Credit,
            Some(c) if opens(c) => Self::InBrackets,
            Some(c) if is_bullet(c) => Self::Bulleted,
            _ => Self::Plain,
        }
    }
}

/// Of every form the side that bylines of it stand on, if there are several.
type Styles = [Option<usize>; Form::COUNT];

/// Where bylines stand on this page, as shares of those that leave no doubt.
struct BylineHabit {
    text_before: f32,
    text_behind: f32,
    head_before: f32,
}

impl BylineHabit {
    fn of(blocks: &[Block]) -> Self {
        let (mut text_before, mut text_behind, mut head_before, mut all) = (0.0, 0.0, 0.0, 0.5);
        for (index, _) in blocks.iter().enumerate().filter(|(_, b)| b.what == What::Byline) {
            let before = blocks[..index].iter().rev().find(|b| b.what != What::Furniture).map(|b| b.what);
            let behind = blocks[index + 1..].iter().find(|b| b.what != What::Furniture).map(|b| b.what);
            let is_text = |what: Option<What>| matches!(what, Some(What::Body | What::Caption | What::Note));
            match (is_text(before), is_text(behind)) {
                (true, false) => text_before += 1.0,
                (false, true) if before != Some(What::Heading) => text_behind += 1.0,
                _ if before == Some(What::Heading) => head_before += 1.0,
                _ => continue,
            }
            all += 1.0;
        }
        Self { text_before: text_before / all, text_behind: text_behind / all, head_before: head_before / all }
    }
}

/// Ways of giving out bylines that are kept.
const WIDTH: usize = 4;
/// Sides that are worth less by so much are not looked at again.
const CLOSE: f32 = 6.0;

/// The place that was chosen for a byline, and its article.
type Chosen = (usize, Option<usize>);

impl Place {
    /// Whether it is another one than that of the byline before.
    fn is_free(&self) -> bool {
        self.side < BYLINE_SIDES
    }
}

/// What is seen of a place in view of the other bylines: how many of them sign its article, and the side of those of its form.
fn beside(place: &Place, article: Option<usize>, others: &[Option<usize>], style: Option<usize>) -> BylineCase {
    let mut case = place.case;
    if place.side == BYLINE_SIDES {
        return case;
    }
    case[10] = others.iter().filter(|other| article.is_some() && **other == article).count() as f32;
    match style {
        // How it mostly is says nothing where it is known how it is here.
        Some(style) => case[BYLINE_STYLES + style * BYLINE_SIDES + place.side] = 1.0,
        None => case[place.side] = 1.0,
    }
    case
}

impl Desk<'_> {
    /// Gives bylines to articles.
    pub(super) fn sign(&mut self, article_of_heading: &[Option<usize>]) {
        let habit = BylineHabit::of(&self.blocks);
        let bylines = (0..self.blocks.len()).filter(|&i| self.blocks[i].what == What::Byline);
        let signatures: Vec<Signature> =
            bylines.map(|index| self.signature(index, &habit, article_of_heading)).collect();
        let (chosen, styles) = match self.right_places(&signatures) {
            Some(chosen) => (chosen, None),
            None => {
                let styles = self.styles(&signatures);
                (self.best_way(&signatures, &styles).1, Some(styles))
            }
        };
        for (n, signature) in signatures.iter().enumerate() {
            let style = match styles {
                Some(styles) => styles[signature.form as usize],
                None => style_of_others(&signatures, &chosen, n),
            };
            let chances = self.chances(n, &signatures, &chosen, style);
            let own = chosen[n].1;
            self.doubt_byline(own, &chances);
            let article = own.unwrap_or_else(|| {
                self.articles.push(Draft::default());
                self.ends.push((signature.block, signature.block));
                self.articles.len() - 1
            });
            self.articles[article].bylines.extend(&self.blocks[signature.block].lines);
        }
    }

    /// A byline that might be another article's makes its own article doubtful, and the other one.
    fn doubt_byline(&mut self, own: Option<usize>, places: &[(Option<usize>, f32)]) {
        for &(article, _) in places {
            let Some(index) = article else { continue };
            let chance: f32 = places.iter().filter(|place| place.0 == article).map(|place| place.1).sum();
            let certainty = if article == own { chance } else { 1.0 - chance };
            let draft = &mut self.articles[index];
            draft.byline_certainty = draft.byline_certainty.min(certainty);
        }
    }

    /// The places that somebody who knows better chooses, if there is one.
    fn right_places(&mut self, signatures: &[Signature]) -> Option<Vec<Chosen>> {
        self.teacher.as_ref()?;
        let mut out: Vec<Chosen> = Vec::new();
        for signature in signatures {
            let places = &signature.places;
            let options: Vec<Vec<At>> = (0..places.len()).map(|own| self.lines_at(signatures, &out, own)).collect();
            let subject = &self.blocks[signature.block].lines;
            let right = self.teacher.as_mut().and_then(|teach| teach(Choice::Right { subject, options: &options }));
            let scores = places.iter().map(|place| self.lexicon.joins.of_byline(&beside(place, None, &[], None)));
            let chosen = right.unwrap_or_else(|| top(&scores.collect::<Vec<f32>>()));
            let before = out.last().and_then(|last| last.1);
            out.push((chosen, places.get(chosen).and_then(|place| place.article.or(before))));
        }
        Some(out)
    }

    /// The lines that stand at a place of the next byline after those that are chosen.
    fn lines_at(&self, signatures: &[Signature], chosen: &[Chosen], own: usize) -> Vec<At> {
        let block = |n: usize, own: usize| signatures[n].places.get(own).and_then(|place| place.home.block());
        let chained = || chosen.iter().enumerate().rev().find_map(|(n, (own, _))| block(n, *own));
        block(chosen.len(), own).or_else(chained).map(|block| self.blocks[block].lines.clone()).unwrap_or_default()
    }

    /// The likeliest side of every form that several bylines have.
    fn styles(&self, signatures: &[Signature]) -> Styles {
        let worth: Vec<Option<[f32; BYLINE_SIDES]>> =
            (0..Form::COUNT).map(|form| self.worth_of_styles(signatures, form)).collect();
        let mut out: Styles = std::array::from_fn(|form| worth[form].map(|worth| top(&worth)));
        for (form, worth) in worth.into_iter().enumerate() {
            let Some(worth) = worth else { continue };
            if let Some(side) = beyond_doubt(signatures, form) {
                out[form] = Some(side);
                continue;
            }
            let best = worth.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let close = (0..BYLINE_SIDES).filter(|&style| worth[style] > best - CLOSE);
            if close.clone().count() < 2 {
                continue;
            }
            // By themselves several may be as good: an article that would be signed twice speaks against one.
            let together = |style: usize| {
                let mut styles = out;
                styles[form] = Some(style);
                (self.usual(style) + self.best_way(signatures, &styles).0, style)
            };
            let best = close.map(together).reduce(|a, b| if b.0 > a.0 { b } else { a });
            out[form] = best.map(|(_, style)| style);
        }
        out
    }

    /// What it is worth that bylines of a form stand on each side, as if each were given out by itself; `None` if there are
    /// not several.
    fn worth_of_styles(&self, signatures: &[Signature], form: usize) -> Option<[f32; BYLINE_SIDES]> {
        let is_own = |s: &&Signature| s.form as usize == form && s.places.iter().any(Place::is_free);
        let own: Vec<&Signature> = signatures.iter().filter(is_own).collect();
        let score = |place: &Place, style| self.lexicon.joins.of_byline(&beside(place, None, &[], Some(style)));
        let best = |signature: &Signature, style: usize| {
            signature.places.iter().map(|place| score(place, style)).fold(f32::NEG_INFINITY, f32::max)
        };
        let all = |style: usize| self.usual(style) + own.iter().map(|signature| best(signature, style)).sum::<f32>();
        (own.len() > 1).then(|| std::array::from_fn(all))
    }

    /// How usual it is that bylines stand on a side.
    fn usual(&self, side: usize) -> f32 {
        self.lexicon.joins.byline[side]
    }

    /// The best way to give out all bylines.
    fn best_way(&self, signatures: &[Signature], styles: &Styles) -> (f32, Vec<Chosen>) {
        let mut ways: Vec<(f32, Vec<Chosen>)> = vec![(0.0, Vec::new())];
        for signature in signatures {
            let mut next = Vec::with_capacity(ways.len() * signature.places.len().max(1));
            for (score, way) in ways {
                let signed: Vec<Option<usize>> = signing(signatures, &way).collect();
                let before = way.last().and_then(|last| last.1);
                for (number, place) in signature.places.iter().enumerate() {
                    let article = place.article.or(before);
                    let case = beside(place, article, &signed, styles[signature.form as usize]);
                    let mut new = way.clone();
                    new.push((number, article));
                    next.push((score + self.lexicon.joins.of_byline(&case), new));
                }
                if signature.places.is_empty() {
                    let mut new = way;
                    new.push((0, None));
                    next.push((score, new));
                }
            }
            next.sort_by(|a, b| b.0.total_cmp(&a.0));
            next.truncate(WIDTH);
            ways = next;
        }
        ways.into_iter().next().unwrap_or_default()
    }

    /// How likely each article is what a byline signs, with all other bylines where they are.
    fn chances(
        &mut self,
        n: usize,
        signatures: &[Signature],
        chosen: &[Chosen],
        style: Option<usize>,
    ) -> Vec<(Option<usize>, f32)> {
        let places = &signatures[n].places;
        let others: Vec<Option<usize>> =
            signing(signatures, &chosen[..n]).chain(signing(&signatures[n + 1..], &chosen[n + 1..])).collect();
        let before = n.checked_sub(1).and_then(|before| chosen[before].1);
        let articles: Vec<Option<usize>> = places.iter().map(|place| place.article.or(before)).collect();
        let cases: Vec<BylineCase> =
            places.iter().zip(&articles).map(|(place, article)| beside(place, *article, &others, style)).collect();
        let scores: Vec<f32> = cases.iter().map(|case| self.lexicon.joins.of_byline(case)).collect();
        if self.teacher.is_some() {
            let lines = (0..cases.len()).map(|own| self.lines_at(signatures, &chosen[..n], own));
            let options: Vec<(Vec<At>, BylineCase)> = lines.zip(cases).collect();
            let subject = &self.blocks[signatures[n].block].lines;
            self.teacher.as_mut().and_then(|teach| teach(Choice::Byline { subject, options: &options }));
        }
        articles.into_iter().zip(softmax(&scores)).collect()
    }

    /// A byline and what it may sign.
    fn signature(&self, index: usize, habit: &BylineHabit, article_of_heading: &[Option<usize>]) -> Signature {
        let is_of_articles = |i: &usize| !matches!(self.blocks[*i].what, What::Furniture | What::Byline);
        let home = |i: usize| match self.blocks[i].what {
            What::Heading => Home::Heading(i),
            _ => Home::Text(i),
        };
        let mut homes: Vec<(Home, Side)> = Vec::new();
        if let Some(before) = (0..index).rev().find(|&i| self.blocks[i].what != What::Furniture) {
            let is_chained = self.blocks[before].what == What::Byline;
            homes.push((if is_chained { Home::Chained } else { home(before) }, Side::Before));
        }
        homes.extend((index + 1..self.blocks.len()).find(is_of_articles).map(|behind| (home(behind), Side::Behind)));
        // What stands inside a headline signs what that stands over.
        let is_inside =
            |home: Home| home.block().is_some_and(|block| self.blocks[block].first() < self.blocks[index].first());
        if let Some(&last) = homes.last().filter(|(home, side)| *side == Side::Behind && is_inside(*home)) {
            homes = vec![last];
        }
        // The signature of an essay stands behind its text, even where a headline got in between.
        if matches!(self.looks[self.blocks[index].first()].byline, Shape::Office | Shape::OfficeOpen) {
            let text = (0..index).rev().find(|&i| self.blocks[i].what == What::Body).map(Home::Text);
            homes.extend(
                text.filter(|text| homes.iter().all(|(home, _)| home != text)).map(|text| (text, Side::Before)),
            );
        }
        let article = |home: Home| match home {
            Home::Heading(i) => article_of_heading[i],
            Home::Text(i) => self.article_of[i],
            Home::Chained => None,
        };
        let articles: Vec<Option<usize>> = homes.iter().map(|(home, _)| article(*home)).collect();
        let place = |(&(home, from), &article): (&(Home, Side), &Option<usize>)| {
            let (side, case) = self.byline_case(index, home, from, article, habit);
            Place { home, article, side, case }
        };
        let first = &self.lines[self.blocks[index].first()];
        let form = Form::of(first.chars.first().copied(), self.looks[self.blocks[index].first()].byline);
        Signature { block: index, form, places: homes.iter().zip(&articles).map(place).collect() }
    }

    /// What speaks for a place by itself, and its side.
    fn byline_case(
        &self,
        index: usize,
        home: Home,
        from: Side,
        article: Option<usize>,
        habit: &BylineHabit,
    ) -> (usize, BylineCase) {
        let mut case: BylineCase = [0.0; BYLINE];
        let block = &self.blocks[index];
        let gap = |at: At| self.lines.get(at).map_or(3, |l| l.blanks_before.min(3));
        let (before, behind) = (gap(block.first()), gap(block.last() + 1));
        let (here, there) = if from == Side::Before { (before, behind) } else { (behind, before) };
        case[24] = flag(here < there);
        case[25] = flag(here > there);
        let Some(other) = home.block() else {
            case[4] = 1.0;
            case[9] = flag(self.lines[block.first()].blanks_before > 0);
            return (BYLINE_SIDES, case);
        };
        let blank = match from {
            Side::Before => self.lines[block.first()].blanks_before > 0,
            Side::Behind => self.lines[self.blocks[other].first()].blanks_before > 0,
        };
        let is_head = matches!(home, Home::Heading(_));
        let side = usize::from(from == Side::Behind) * 2 + usize::from(!is_head);
        let shape = self.looks[block.first()].byline;
        let is_caption = self.blocks[other].what == What::Caption;
        let untitled = is_head && !self.blocks[other].has_title(&self.labelling.labels);
        case[5 + side] = flag(blank);
        case[11] = flag(shape == Shape::Credit && is_caption);
        case[12] = flag(shape == Shape::Credit && !is_caption);
        let is_lone = matches!(shape, Shape::Bulleted | Shape::Names);
        case[13] = flag(is_lone && side == 1);
        case[14] = flag(is_lone && side == 3);
        case[15] = flag(matches!(shape, Shape::Office | Shape::OfficeOpen) && side == 1);
        case[16] = flag(side == 1 && !is_finished(&self.lines[self.last_text(other)].chars));
        let (first, last) = article.map_or((other, other), |article| self.ends[article]);
        case[17] = flag(side == 3 && first == other);
        case[18] = flag(side == 3 && first != other);
        case[19] = flag(side == 1) * habit.text_before;
        case[20] = flag(side == 3) * habit.text_behind;
        case[21] = flag(side == 0) * habit.head_before;
        case[22] = flag(side == 2 && untitled);
        case[23] = flag(side == 0 && untitled);
        let is_dated = |block: usize| self.looks[self.blocks[block].first()].opener() == Opener::Dateline as u8;
        case[26] = flag(side == 3 && is_dated(other));
        case[27] = flag(side == 1 && is_dated(first));
        case[28] = flag(side == 1 && last == other);
        case[29] = flag(side == 1 && last != other);
        let has_text = article.is_some_and(|article| !self.articles[article].texts.is_empty());
        case[30] = flag(is_head && !has_text);
        let is_apart = (first.min(index) + 1..first.max(index)).any(|i| self.blocks[i].is_text());
        case[31] = flag(is_head && has_text && is_apart);
        (side, case)
    }
}

/// The articles that bylines sign on their own, not with the one before.
fn signing<'a>(signatures: &'a [Signature], chosen: &'a [Chosen]) -> impl Iterator<Item = Option<usize>> + 'a {
    let of_own = signatures.iter().zip(chosen).filter(|(signature, (own, _))| side(signature, *own).is_some());
    of_own.map(|(_, (_, article))| *article)
}

/// The side of a place, unless it is chained.
fn side(signature: &Signature, chosen: usize) -> Option<usize> {
    signature.places.get(chosen).filter(|place| place.is_free()).map(|place| place.side)
}

/// The side of those bylines of a form that can stand on one side only: nothing that they could sign is on the other.
fn beyond_doubt(signatures: &[Signature], form: usize) -> Option<usize> {
    let own = signatures.iter().filter(|s| s.form as usize == form && s.places.len() == 1);
    let mut sides = own.filter_map(|signature| side(signature, 0));
    let first = sides.next()?;
    sides.all(|side| side == first).then_some(first)
}

/// The side that most of the other bylines of its form stand on.
fn style_of_others(signatures: &[Signature], chosen: &[Chosen], n: usize) -> Option<usize> {
    let mut counts = [0.0; BYLINE_SIDES];
    let others =
        signatures.iter().zip(chosen).enumerate().filter(|(other, (s, _))| *other != n && s.form == signatures[n].form);
    others.filter_map(|(_, (signature, (own, _)))| side(signature, *own)).for_each(|side| counts[side] += 1.0);
    let most = top(&counts);
    (counts[most] > 0.0).then_some(most)
}

/// The first of the highest.
fn top(scores: &[f32]) -> usize {
    (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::super::labels::Label;
    use super::super::tests::drafts;
    use super::*;

    const TEXTS: [&str; 3] = [
        "　　本报讯 昨夜水涨了三尺，渡口今天停渡。",
        "　　本报讯 粮站一早排起长队，到傍晚收了八十吨。",
        "　　本报讯 河滩上种了三亩柳条，明年春天能编筐。",
    ];
    const BYLINES: [&str; 3] = ["记者 杜长河", "记者 沈禾", "记者 顾明川"];
    const TITLES: [&str; 3] = ["渡口今天停渡", "粮站一早排起长队", "河滩种了柳条"];

    /// The text and the byline of every article, each by its number, of texts and bylines in turn and titles behind them all.
    fn signed(byline_first: bool) -> Vec<(At, At)> {
        let pair = |n: usize| if byline_first { [BYLINES[n], TEXTS[n]] } else { [TEXTS[n], BYLINES[n]] };
        let mut rows: Vec<&str> = (0..TEXTS.len()).flat_map(pair).collect();
        rows.extend(TITLES);
        let label = |row: &&str| match row {
            row if BYLINES.contains(row) => Label::Byline,
            row if TITLES.contains(row) => Label::Title,
            _ => Label::Opening,
        };
        let labels: Vec<Label> = rows.iter().map(label).collect();
        let found = drafts(&rows.join("\n\n"), &labels);
        let of = |draft: &Draft| Some((draft.texts.first()?[0] / 2, draft.bylines.first()? / 2));
        found.iter().filter_map(of).collect()
    }

    #[test]
    fn bylines_that_stand_before_their_texts_are_given_to_those() {
        assert_eq!(signed(true), [(0, 0), (1, 1), (2, 2)]);
    }

    #[test]
    fn bylines_that_stand_behind_their_texts_are_given_to_those() {
        assert_eq!(signed(false), [(0, 0), (1, 1), (2, 2)]);
    }

    #[test]
    fn a_column_and_the_byline_under_it_are_of_the_headline_that_they_are_set_to() {
        let text = ["粮站一早排起长队", TEXTS[1], "", "堤边闲话", "□ 沈禾", "渡口今天停渡", TEXTS[0]].join("\n");
        let labels = [Label::Title, Label::Opening, Label::Column, Label::Byline, Label::Title, Label::Opening];
        let found = drafts(&text, &labels);
        let own = found.iter().find(|draft| draft.texts.concat() == [5]).unwrap();
        assert_eq!((&own.heading[..], &own.bylines[..]), (&[2, 4][..], &[3][..]));
    }

    #[test]
    fn bylines_of_one_form_stand_on_the_sides_of_their_own() {
        assert_eq!(Form::of(Some('（'), Shape::Names), Form::InBrackets);
        assert_eq!(Form::of(Some('■'), Shape::Bulleted), Form::Bulleted);
        assert_eq!(Form::of(Some('骆'), Shape::Credit), Form::Credit);
        assert_eq!(Form::of(Some('记'), Shape::Signed), Form::Plain);
    }
}
