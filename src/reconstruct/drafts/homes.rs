//! Which headline or text a byline belongs to.

use super::super::blocks::{At, Block, What};
use super::super::bylines::Shape;
use super::super::chars::is_finished;
use super::super::joins::{BYLINE, BylineCase, softmax};
use super::{Choice, Desk, Home, flag};

/// A place for a byline, with the lines that stand there and what speaks for it.
type Place = (Home, (Vec<At>, BylineCase));

/// A side of a byline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before,
    Behind,
}

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

impl Desk<'_> {
    /// Decides for every byline block whether it belongs to a headline or to a text.
    pub(super) fn homes_of_bylines(&mut self) -> Vec<Home> {
        let mut homes = vec![Home::Nobody; self.blocks.len()];
        let habit = BylineHabit::of(self.blocks);
        for index in 0..self.blocks.len() {
            if self.blocks[index].what != What::Byline {
                continue;
            }
            let mut options: Vec<Place> = Vec::new();
            if let Some(before) = (0..index).rev().find(|&i| self.blocks[i].what != What::Furniture) {
                let home = match self.blocks[before].what {
                    What::Heading => Home::Heading(before),
                    What::Byline => homes[before],
                    _ => Home::Text(before),
                };
                let is_chained = self.blocks[before].what == What::Byline;
                self.add_home(home, index, Side::Before, is_chained, &habit, &homes, &mut options);
            }
            let behind = (index + 1..self.blocks.len())
                .find(|&i| !matches!(self.blocks[i].what, What::Furniture | What::Byline));
            if let Some(behind) = behind {
                let home = match self.blocks[behind].what {
                    What::Heading => Home::Heading(behind),
                    _ => Home::Text(behind),
                };
                self.add_home(home, index, Side::Behind, false, &habit, &homes, &mut options);
            }
            // The signature of an essay stands behind its text, even where a headline got in between.
            let shape = self.looks[self.blocks[index].first()].byline;
            let text = (0..index).rev().find(|&i| self.blocks[i].what == What::Body);
            if let Some(text) = text.filter(|&t| {
                matches!(shape, Shape::Office | Shape::OfficeOpen) && options.iter().all(|o| o.0 != Home::Text(t))
            }) {
                self.add_home(Home::Text(text), index, Side::Before, false, &habit, &homes, &mut options);
            }
            let (places, options): (Vec<_>, Vec<_>) = options.into_iter().unzip();
            let subject = &self.blocks[index].lines;
            let taught = self.teacher.as_mut().and_then(|teach| teach(Choice::Byline { subject, options: &options }));
            let scores: Vec<f32> = options.iter().map(|(_, case)| self.lexicon.joins.of_byline(case)).collect();
            let best =
                taught.or_else(|| (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a))));
            let chances = softmax(&scores);
            self.places[index] = places.iter().copied().zip(chances).collect();
            homes[index] = best.map_or(Home::Nobody, |best| places[best]);
        }
        homes
    }

    #[allow(clippy::too_many_arguments, reason = "one call for each side of a byline")]
    fn add_home(
        &self,
        home: Home,
        index: usize,
        side: Side,
        is_chained: bool,
        habit: &BylineHabit,
        homes: &[Home],
        options: &mut Vec<Place>,
    ) {
        let other = match home {
            Home::Heading(i) | Home::Text(i) => i,
            Home::Nobody => return,
        };
        let block = &self.blocks[index];
        let blank = match side {
            Side::Before => self.lines[block.first()].blanks_before > 0,
            Side::Behind => self.lines[self.blocks[other].first()].blanks_before > 0,
        };
        let is_head = matches!(home, Home::Heading(_));
        let kind = match (side, is_head) {
            _ if is_chained => 4,
            (Side::Before, true) => 0,
            (Side::Before, false) => 1,
            (Side::Behind, true) => 2,
            (Side::Behind, false) => 3,
        };
        let article = |home: &Home| match home {
            Home::Text(i) => self.article_of[*i],
            _ => None,
        };
        let own = article(&home);
        let signed = !is_chained && homes[..index].iter().any(|h| *h == home || (own.is_some() && article(h) == own));
        let shape = self.looks[block.first()].byline;
        let is_caption = self.blocks[other].what == What::Caption;
        let untitled = is_head && !self.blocks[other].has_title(&self.labelling.labels);
        let mut case: BylineCase = [0.0; BYLINE];
        case[kind] = 1.0;
        case[5 + kind] = flag(blank);
        case[10] = flag(signed);
        case[11] = flag(shape == Shape::Credit && is_caption);
        case[12] = flag(shape == Shape::Credit && !is_caption);
        let is_lone = matches!(shape, Shape::Bulleted | Shape::Names);
        case[13] = flag(is_lone && kind == 1);
        case[14] = flag(is_lone && kind == 3);
        case[15] = flag(matches!(shape, Shape::Office | Shape::OfficeOpen) && kind == 1);
        case[16] = flag(kind == 1 && !is_finished(&self.lines[self.last_text(other)].chars));
        let starts = own.is_some_and(|a| self.ends[a].0 == other);
        case[17] = flag(kind == 3 && starts);
        case[18] = flag(kind == 3 && !starts);
        case[19] = flag(kind == 1) * habit.text_before;
        case[20] = flag(kind == 3) * habit.text_behind;
        case[21] = flag(kind == 0) * habit.head_before;
        case[22] = flag(kind == 2 && untitled);
        case[23] = flag(kind == 0 && untitled);
        let gap = |at: At| self.lines.get(at).map_or(3, |l| l.blanks_before.min(3));
        let (before, behind) = (gap(block.first()), gap(block.last() + 1));
        let (here, there) = if side == Side::Before { (before, behind) } else { (behind, before) };
        case[24] = flag(here < there);
        case[25] = flag(here > there);
        options.push((home, (self.blocks[other].lines.clone(), case)));
    }
}
