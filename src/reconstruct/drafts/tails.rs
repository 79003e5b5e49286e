//! Sentences that stop in the middle and go on elsewhere: no text that was printed stops so, and none begins so. The halves of a
//! page are given to one another anew, all at once; what goes on with a sentence takes along what stands right behind it.

use super::super::blocks::{At, Block};
use super::super::chars::{closes, ends_sentence};
use super::super::cohesion::Cohesion;
use super::super::continuations::Edge;
use super::super::labels::Label;
use super::super::openers;
use super::lone::{MOST_ARTICLES, MOST_SURE};
use super::{Desk, Draft, flag};
use pathfinding::prelude::{Matrix, kuhn_munkres};

/// How likely a line must be of the sentence before it to be the rest of one.
const MAY_GO_ON: f32 = 0.1;
/// What speaks for two halves being of one sentence if they are in one article, in the wrong order: odds as natural logarithms, as
/// what they say themselves (see [`Continuations::readiness`](super::super::continuations::Continuations::readiness)).
const OF_ONE_TEXT: f32 = 2.4;
/// What speaks against it if a paragraph of its article begins behind the first half.
const FOLLOWED: f32 = 2.5;
/// How much the chance of the second half being one says, as a logarithm; that of the lines it takes along speaks against it.
const CHANCE: f32 = 0.5;
/// What speaks for both on the mean: each lacks a half.
const BOTH: f32 = 0.52;
/// What speaks for halves that are together staying so.
const AS_IT_IS: f32 = 5.0;
/// What speaks against a sentence going on from or with a line where nothing is seen of a break: that lines which stand together are
/// of one text.
const UNSEEN: f32 = 2.0;
/// How readily a character follows another one at most where a text hardly goes on over such a place, and at least where it may, see
/// [`Neighbours::follows`](super::super::neighbours::Neighbours::follows).
const HARDLY: f32 = -0.6;
/// Lines on each side of such a place that are looked at.
const BESIDE: usize = 3;
/// What a piece and its text have in common at least where words bind them, see [`Words::tie`](super::super::words::Words::tie).
const TIED: f32 = 0.5;
/// How much more one headline says of a piece than another one where it plainly speaks of it, see [`Cohesion::evidence`].
const PLAIN: f32 = 30.0;
/// Half ems that the last line of a piece is too short at most where its sentence goes on.
const MOST_MISSING: i32 = 3;
/// Times that they are given to one another: what is refused leaves others to be chosen.
const ROUNDS: usize = 4;
/// Halves of sentences that a page has at most.
const MOST_HALVES: usize = 64;
/// Worth of what cannot be.
const IMPOSSIBLE: f32 = -1e6;

/// Lines of a text that nothing parts.
struct Piece {
    article: usize,
    /// Its text has sentences.
    is_prose: bool,
    lines: Vec<At>,
    /// It stops in mid-sentence.
    is_open: bool,
    /// Its last line is full, as far as can be told: a sentence may go on behind it.
    is_full: bool,
    /// How likely it begins so; 0 if it hardly does.
    inside: f32,
    /// Nothing is seen of a break before it: it hardly goes on with the line before it, that is all.
    is_cut: bool,
}

/// A piece whose sentence goes on with another one.
#[derive(Clone, Copy)]
struct Link {
    end: usize,
    rest: usize,
    worth: f32,
}

impl Desk<'_> {
    /// Puts sentences together whose halves are in other articles, or in the wrong order.
    pub(super) fn mend_sentences(&mut self) {
        if self.articles.len() > MOST_ARTICLES || self.teacher.is_some() {
            return;
        }
        let whole = Pieces(self.pieces_of_texts());
        if whole.is_whole() {
            return;
        }
        let cut = self.cut_unseen(&whole);
        let mut weighed = [&cut, &whole].into_iter().filter_map(|pieces| Some((self.halves(pieces)?, pieces)));
        let Some((mut halves, pieces)) = weighed.next() else { return };
        let mut links: Vec<Link> = Vec::new();
        for _ in 0..ROUNDS {
            let chosen = halves.links(pieces);
            let all = chosen.len();
            links.clear();
            for link in chosen {
                if pieces.leads_to(link.rest, link.end, &links) || self.is_anothers(link, pieces) {
                    halves.refuse(link);
                } else {
                    links.push(link);
                }
            }
            if links.len() == all {
                break;
            }
        }
        if !links.is_empty() {
            self.rearrange(pieces, &links);
        }
    }

    /// Whether a piece plainly is of the article that it is in: words bind it to that and none to the sentence that it would go on
    /// with, or the headline speaks of it, and the other one does not.
    fn is_anothers(&mut self, link: Link, pieces: &Pieces) -> bool {
        let [own, other] = [link.rest, link.end].map(|at| pieces.0[at].article);
        let run = pieces.run(link.rest, &[]);
        if own == other || run.len() == pieces.0.iter().filter(|piece| piece.article == own).count() {
            return false;
        }
        let lines = pieces.texts(&run).concat();
        let left = |article: usize| {
            let texts = self.articles[article].texts.iter().flatten();
            texts.copied().filter(|at| !lines.contains(at)).collect::<Vec<At>>()
        };
        let left = [left(own), left(other)];
        let ties = left.each_ref().map(|left| self.words.tie(&mut self.scratch, &lines, left));
        if ties[0] >= TIED && ties[1] == 0.0 {
            return true;
        }
        let texts = [&lines, &left[0], &left[1]].map(|lines| self.sentences(lines));
        let heads = [own, other].map(|article| self.articles[article].heading.as_slice());
        let cohesion = Cohesion::new(&heads, &texts.each_ref().map(Vec::as_slice), &mut self.terms);
        cohesion.evidence(0, 0) - cohesion.evidence(1, 0) >= PLAIN
    }

    /// The pieces of all texts.
    fn pieces_of_texts(&self) -> Vec<Piece> {
        let mut out = Vec::new();
        for article in (0..self.articles.len()).filter(|&article| !self.articles[article].is_caption) {
            let pieces = self.pieces(article);
            // Verse stops anywhere.
            let is_prose = pieces.iter().flatten().any(|&at| self.lines[at].chars.iter().any(|&c| ends_sentence(c)));
            out.extend(pieces.into_iter().map(|lines| self.piece(article, is_prose, lines)));
        }
        out
    }

    fn piece(&self, article: usize, is_prose: bool, lines: Vec<At>) -> Piece {
        let last = lines.iter().rev().copied().find(|&at| !self.is_subhead(at));
        let is_full = |last: At| self.lines[last].shortfall().is_none_or(|missing| missing <= MOST_MISSING);
        Piece {
            is_open: is_prose && last.is_some_and(|last| self.stops_inside(last)),
            is_full: last.is_some_and(is_full),
            inside: self.begins_inside(lines[0]),
            is_cut: false,
            article,
            is_prose,
            lines,
        }
    }

    /// Pieces in parts: where a line hardly goes on with the one before it, though it seems to be of its sentence, another text
    /// may have been set right below.
    fn cut_unseen(&self, pieces: &Pieces) -> Pieces {
        let mut out = Vec::with_capacity(pieces.0.len());
        for Piece { article, is_prose, lines, .. } in &pieces.0 {
            let mut from = 0;
            for to in 1..=lines.len() {
                let is_end = to == lines.len();
                let beside = (&lines[to.saturating_sub(BESIDE)..to], &lines[to..(to + BESIDE).min(lines.len())]);
                if is_end || self.hardly_goes_on(beside.0, beside.1) {
                    let part = self.piece(*article, *is_prose, lines[from..to].to_vec());
                    out.push(Piece { is_cut: from > 0, ..part });
                    from = to;
                }
            }
        }
        Pieces(out)
    }

    /// Whether lines that seem to go on with a sentence speak against it.
    fn hardly_goes_on(&self, before: &[At], after: &[At]) -> bool {
        let Some((&last, &first)) = before.last().zip(after.first()) else { return false };
        let seems_to = self.labelling.labels[first] == Label::Running && !self.lines[first].was_indented;
        if !seems_to || !self.stops_inside(last) || self.lexicon.follows(&self.lines[last], &self.lines[first]) > HARDLY
        {
            return false;
        }
        let known = &self.lexicon.continuations;
        let [before, after] = [before, after].map(|lines| self.sentences(lines));
        let cut = ((&known.end(&before), before.as_slice()), (&known.beginning(&after), after.as_slice()));
        self.lexicon.goes_on(0.0, cut.0, cut.1).is_none()
    }

    /// What lines say without the subheads among them.
    fn sentences(&self, lines: &[At]) -> Vec<char> {
        let mut out = Vec::new();
        lines.iter().filter(|&&at| !self.is_subhead(at)).for_each(|&at| self.lines[at].add_solid(&mut out));
        out
    }

    fn stops_inside(&self, last: At) -> bool {
        let text = &self.lines[last].chars;
        // A signature in brackets stands there, or a list behind it.
        let is_else = text.last().is_none_or(|&c| closes(c) || c == '：');
        !is_else && self.labelling.labels[last].is_body() && openers::stops_inside(text)
    }

    /// How likely a piece begins with the rest of a sentence; 0 if it hardly does.
    fn begins_inside(&self, first: At) -> f32 {
        let chance = self.labelling.probability(first, Label::Running);
        let may = self.labelling.labels[first].is_body() && !self.lines[first].was_indented;
        if may && chance > MAY_GO_ON { chance } else { 0.0 }
    }

    /// What every end and every beginning of a page say of one another; `None` where there is nothing to choose, or too much.
    fn halves(&self, pieces: &Pieces) -> Option<Halves> {
        let ends: Vec<usize> = (0..pieces.0.len()).filter(|&at| pieces.0[at].is_open).collect();
        let rests: Vec<usize> = (0..pieces.0.len()).filter(|&at| pieces.0[at].inside > 0.0).collect();
        if rests.is_empty() || ends.len().max(rests.len()) > MOST_HALVES {
            return None;
        }
        let known = &self.lexicon.continuations;
        let texts: Vec<Vec<char>> = pieces.0.iter().map(|piece| self.sentences(&piece.lines)).collect();
        let stops: Vec<Edge> = ends.iter().map(|&at| known.end(&texts[at])).collect();
        let starts: Vec<Edge> = rests.iter().map(|&at| known.beginning(&texts[at])).collect();
        // Where nothing is seen of a break, the characters on both sides must at least go together.
        let may_meet = |end: usize, rest: usize| {
            let meeting = texts[end].last().zip(texts[rest].first());
            !pieces.is_unseen(end, rest)
                || meeting.is_some_and(|(&last, &first)| self.lexicon.neighbours.follows(last, first) > HARDLY)
        };
        let moving: Vec<f32> = rests.iter().map(|&rest| pieces.speaks_for_moving(rest)).collect();
        let worth = |(&end, stop): (&usize, &Edge), ((&rest, start), &moving): ((&usize, &Edge), &f32)| {
            let beside = pieces.speaks_for(end, rest, moving).filter(|_| may_meet(end, rest))?;
            // What is worth less than nothing is never chosen.
            let goes_on = self.lexicon.goes_on(-beside, (stop, &texts[end]), (start, &texts[rest]))?;
            Some(beside + goes_on)
        };
        let worth = |end, rest| worth(end, rest).unwrap_or(IMPOSSIBLE);
        let row = |end| rests.iter().zip(&starts).zip(&moving).map(|rest| worth(end, rest)).collect();
        let worths = ends.iter().zip(&stops).map(row).collect();
        Some(Halves { ends, rests, worths })
    }

    /// Takes pieces to the ends that they go on with, and gives headlines and bylines to the texts that come out.
    fn rearrange(&mut self, pieces: &Pieces, links: &[Link]) {
        let mut is_moved = vec![false; pieces.0.len()];
        links.iter().flat_map(|link| pieces.run(link.rest, links)).for_each(|at| is_moved[at] = true);
        let mut orders: Vec<Vec<usize>> = vec![Vec::new(); self.articles.len()];
        let homes = pieces.homes(links, &is_moved);
        for at in (0..pieces.0.len()).filter(|&at| !is_moved[at]) {
            pieces.follow(at, links, &mut orders[homes[at]]);
        }
        let mut article_of: Vec<Option<usize>> = vec![None; self.lines.len()];
        let old = std::mem::take(&mut self.articles);
        for (index, (Draft { texts, is_caption, join_certainty, .. }, order)) in old.into_iter().zip(orders).enumerate()
        {
            let own = (0..pieces.0.len()).filter(|&at| pieces.0[at].article == index);
            let draft = if own.eq(order.iter().copied()) {
                Draft { texts, is_caption, join_certainty, ..Draft::default() }
            } else {
                Draft { texts: pieces.texts(&order), join_certainty: join_certainty.min(MOST_SURE), ..Draft::default() }
            };
            if !draft.texts.is_empty() {
                draft.texts.iter().flatten().for_each(|&at| article_of[at] = Some(self.articles.len()));
                self.articles.push(draft);
            }
        }
        self.cut_anew(&article_of);
        self.give_headings();
    }

    /// Cuts blocks where lines of other articles follow one another, and notes which blocks are of which article.
    fn cut_anew(&mut self, article_of: &[Option<usize>]) {
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for block in self.blocks.iter() {
            let parts = block.lines.chunk_by(|&a, &b| article_of[a] == article_of[b]);
            blocks.extend(parts.map(|lines| Block { what: block.what, lines: lines.to_vec() }));
        }
        self.article_of = blocks.iter().map(|block| article_of[block.first()]).collect();
        let mut block_of = vec![0; self.lines.len()];
        for (index, block) in blocks.iter().enumerate() {
            block.lines.iter().for_each(|&at| block_of[at] = index);
        }
        let block = |at: Option<&At>| at.map_or(0, |&at| block_of[at]);
        let ends = |draft: &Draft| {
            (block(draft.texts.iter().flatten().next()), block(draft.texts.iter().flatten().next_back()))
        };
        self.ends = self.articles.iter().map(ends).collect();
        self.blocks = blocks.into();
    }
}

/// Pieces whose sentence stops short, pieces that begin in mid-sentence, and what speaks for each of those going on with each of
/// these.
struct Halves {
    ends: Vec<usize>,
    rests: Vec<usize>,
    worths: Vec<Vec<f32>>,
}

impl Halves {
    /// Which pieces go on with which others that they do not go on with now, what speaks most for first.
    fn links(&self, pieces: &Pieces) -> Vec<Link> {
        // An end may go on with nothing, too.
        let weights = Matrix::from_fn(self.ends.len(), self.rests.len() + self.ends.len(), |(row, column)| {
            self.worths[row].get(column).map_or(0, |worth| (worth * 1000.0) as i64)
        });
        let (_, chosen) = kuhn_munkres(&weights);
        let link = |(row, column): (usize, usize)| {
            Some(Link { end: self.ends[row], rest: *self.rests.get(column)?, worth: self.worths[row][column] })
        };
        let links = chosen.into_iter().enumerate().filter_map(link);
        let mut links: Vec<Link> = links.filter(|link| pieces.next(link.end) != Some(link.rest)).collect();
        links.sort_by(|a, b| b.worth.total_cmp(&a.worth));
        links
    }

    /// Says that a sentence does not go on so.
    fn refuse(&mut self, link: Link) {
        let row = self.ends.iter().position(|&end| end == link.end);
        let column = self.rests.iter().position(|&rest| rest == link.rest);
        if let Some((row, column)) = row.zip(column) {
            self.worths[row][column] = IMPOSSIBLE;
        }
    }
}

/// The pieces of all texts, those of one article one after another.
struct Pieces(Vec<Piece>);

impl Pieces {
    /// Whether every sentence that stops short goes on with the piece that follows.
    fn is_whole(&self) -> bool {
        let goes_on = |end: usize| self.next(end).is_some_and(|next| self.0[next].inside > 0.0);
        (0..self.0.len()).filter(|&at| self.0[at].is_open).all(goes_on)
    }

    /// The piece that follows another one in its article.
    fn next(&self, at: usize) -> Option<usize> {
        self.0.get(at + 1).filter(|next| next.article == self.0[at].article).map(|_| at + 1)
    }

    /// Whether a sentence would break off, or be gone on with, where nothing is seen of it.
    fn is_unseen(&self, end: usize, rest: usize) -> bool {
        let next = self.next(end);
        next != Some(rest) && (self.0[rest].is_cut || next.is_some_and(|next| self.0[next].is_cut))
    }

    /// What speaks for a sentence going on with a piece beside what they say, and `moving` for any going on with it from elsewhere;
    /// `None` if it cannot.
    fn speaks_for(&self, end: usize, rest: usize, moving: f32) -> Option<f32> {
        let next = self.next(end);
        if next == Some(rest) {
            return Some(AS_IT_IS);
        }
        if end == rest || !self.0[end].is_full {
            return None;
        }
        let is_followed = next.is_some_and(|next| self.0[next].inside == 0.0);
        let is_of_one_text = self.0[end].article == self.0[rest].article;
        let beside = match (self.is_unseen(end, rest), is_of_one_text) {
            (true, _) => -UNSEEN,
            (false, true) => OF_ONE_TEXT,
            (false, false) => 0.0,
        };
        Some(moving - FOLLOWED * flag(is_followed) + beside)
    }

    /// What speaks for taking a piece elsewhere: the more it takes along, the less.
    fn speaks_for_moving(&self, rest: usize) -> f32 {
        let size: usize = self.run(rest, &[]).into_iter().map(|at| self.0[at].lines.len()).sum();
        BOTH + CHANCE * self.0[rest].inside.ln() - (size as f32).ln()
    }

    /// A piece with those that stand right behind it in the dump and in its article, up to the next that goes elsewhere.
    fn run(&self, first: usize, links: &[Link]) -> Vec<usize> {
        let mut out = vec![first];
        let mut at = first;
        while let Some(next) = self.next(at) {
            let is_behind = self.0[at].lines.last().is_some_and(|&last| last + 1 == self.0[next].lines[0]);
            if !is_behind || links.iter().any(|link| link.rest == next) {
                break;
            }
            out.push(next);
            at = next;
        }
        out
    }

    /// The article of every piece that is not moved. Where a sentence goes on with all that another article has, what seemed the
    /// rest of it until now is that one's.
    fn homes(&self, links: &[Link], is_moved: &[bool]) -> Vec<usize> {
        let mut out: Vec<usize> = self.0.iter().map(|piece| piece.article).collect();
        for link in links {
            let emptied = self.0[link.rest].article;
            let is_emptied = (0..self.0.len()).all(|at| self.0[at].article != emptied || is_moved[at]);
            let mut next = self.next(link.end).filter(|&next| is_emptied && self.0[next].inside > 0.0);
            while let Some(at) = next.filter(|&at| !is_moved[at]) {
                out[at] = emptied;
                next = self.next(at);
            }
        }
        out
    }

    /// The lines of some pieces, in one run where nothing stands between them.
    fn texts(&self, order: &[usize]) -> Vec<Vec<At>> {
        let mut out: Vec<Vec<At>> = Vec::new();
        for Piece { lines, .. } in order.iter().map(|&at| &self.0[at]) {
            match out.last_mut() {
                Some(text) if text.last().is_some_and(|&last| last + 1 == lines[0]) => text.extend(lines),
                _ => out.push(lines.clone()),
            }
        }
        out
    }

    /// A piece, and what goes on with it, and with that.
    fn follow(&self, at: usize, links: &[Link], out: &mut Vec<usize>) {
        out.push(at);
        let Some(link) = links.iter().find(|link| link.end == at) else { return };
        self.run(link.rest, links).into_iter().for_each(|at| self.follow(at, links, out));
    }

    /// Whether one piece would come before another one, so that that one cannot go on with it.
    fn leads_to(&self, at: usize, end: usize, links: &[Link]) -> bool {
        let mut order = Vec::new();
        self.run(at, links).into_iter().for_each(|at| self.follow(at, links, &mut order));
        order.contains(&end)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::lexicon::{ModelTexts, SHIPPED};
    use super::super::given::Page;
    use super::*;

    const JOINS: &str = "head words 3\nbyline text-before 3\n";

    /// Lines of the text and of the bylines of every article of a page, whose last text line goes on with a sentence.
    fn articles(page: [&str; 3]) -> Vec<(Vec<usize>, Vec<usize>)> {
        let [first, second, rest] = page;
        let text = format!("渡口停渡三天\n{first}\n河滩种柳条护堤\n{second}\n\n{rest}\n记者 陆小满");
        read(&text, &ModelTexts { joins: JOINS, ..ModelTexts::default() })
    }

    fn read(text: &str, weights: &ModelTexts<'_>) -> Vec<(Vec<usize>, Vec<usize>)> {
        let labels = [Label::Title, Label::Opening, Label::Title, Label::Opening, Label::Running, Label::Byline];
        let drafts = Page::new(text, &labels).drafts_with(weights);
        drafts.articles.into_iter().map(|article| (article.texts.concat(), article.bylines)).collect()
    }

    const TORN: &str = "渡口停渡三天。老船工把船拴在堤上的";
    const WHOLE: &str = "河滩上种了三亩柳条。";

    #[test]
    fn a_sentence_goes_on_where_it_stopped_and_what_stands_behind_it_goes_along() {
        assert_eq!(articles([TORN, WHOLE, "柳树下。"]), [(vec![1, 4], vec![5]), (vec![3], vec![])]);
    }

    #[test]
    fn a_sentence_goes_on_below_another_text_though_no_blank_line_parts_them() {
        let ModelTexts { neighbours, continuations, .. } = SHIPPED;
        let weights = ModelTexts { joins: JOINS, neighbours, continuations, ..ModelTexts::default() };
        let page = |second: &str| {
            let first = "渡口停渡三天。船工们坐在堤上，像赶集一";
            let rest = "样热闹，船工们谁也不肯先下堤。";
            read(&format!("渡口停渡三天\n{first}\n河滩种柳条护堤\n{second}\n{rest}\n记者 陆小满"), &weights)
        };
        assert_eq!(page("河滩上种了三亩柳条，柳条长得比人还要"), [(vec![1, 4], vec![5]), (vec![3], vec![])]);
        assert_eq!(page("河滩上种了三亩柳条，远看像麦地一"), [(vec![1], vec![]), (vec![3, 4], vec![5])]);
    }

    #[test]
    fn breaks_that_are_seen_are_mended_on_a_page_with_too_many_that_are_not() {
        let ModelTexts { neighbours, continuations, .. } = SHIPPED;
        let weights = ModelTexts { joins: JOINS, neighbours, continuations, ..ModelTexts::default() };
        let other = "样热闹，船工们谁也不肯先下堤，比人还要\n".repeat(2 * MOST_HALVES);
        let [first, rest] = ["渡口停渡三天。船工们坐在堤上，像赶集一", "样热闹，船工们谁也不肯先下堤。"];
        let text = format!(
            "渡口停渡三天\n{first}\n河滩种柳条护堤\n{WHOLE}\n\n{rest}\n记者 陆小满\n\n老堤\n堤上\n{other}下堤。"
        );
        let mut labels =
            vec![Label::Title, Label::Opening, Label::Title, Label::Opening, Label::Running, Label::Byline];
        labels.extend([Label::Title, Label::Opening]);
        labels.resize(labels.len() + 2 * MOST_HALVES + 1, Label::Running);
        let drafts = Page::new(&text, &labels).drafts_with(&weights);
        assert_eq!(drafts.articles[0].texts.concat(), [1, 4]);
    }

    #[test]
    fn what_is_refused_leaves_others_to_be_chosen() {
        let piece = |article| Piece {
            article,
            is_prose: true,
            lines: vec![article],
            is_open: true,
            is_full: true,
            inside: 1.0,
            is_cut: false,
        };
        let pieces = Pieces((0..4).map(piece).collect());
        let mut halves = Halves { ends: vec![0, 1], rests: vec![2, 3], worths: vec![vec![5.0, 4.0], vec![4.0, 1.0]] };
        let chosen =
            |halves: &Halves| halves.links(&pieces).iter().map(|link| (link.end, link.rest)).collect::<Vec<_>>();
        assert_eq!(chosen(&halves), [(0, 3), (1, 2)]);
        halves.refuse(Link { end: 1, rest: 2, worth: 4.0 });
        assert_eq!(chosen(&halves), [(0, 2), (1, 3)]);
    }

    #[test]
    fn halves_that_are_together_stay_so() {
        let torn = "河滩上种了三亩柳条。柳条护住了堤脚和";
        assert_eq!(articles([TORN, torn, "柳树下。"]), [(vec![1], vec![]), (vec![3, 4], vec![5])]);
    }

    #[test]
    fn where_no_sentence_stops_short_nothing_is_moved() {
        let whole = "渡口停渡三天。老船工上了岸。";
        assert_eq!(articles([whole, WHOLE, "柳树下。"]), [(vec![1], vec![]), (vec![3, 4], vec![5])]);
    }

    #[test]
    fn verse_stops_anywhere() {
        let verse = "老船工把船拴在堤上的";
        assert_eq!(articles([verse, WHOLE, "柳树下。"]), [(vec![1], vec![]), (vec![3, 4], vec![5])]);
    }
}
