//! How each repair changes the layout.

use super::RepairId;
use super::blocks::Rewording;
use super::layout::{Layout, Piece, is_text};
use crate::model::{Anchor, LineRange, Place, Repair, Role, Target, Trouble};
use crate::reconstruct::{GivenLine, Part, ends_sentence};

impl Layout<'_> {
    /// Applies one repair of articles or lines; on trouble nothing changes.
    pub(super) fn apply(&mut self, id: RepairId, repair: &Repair) -> Result<(), Trouble> {
        match repair {
            Repair::Set { of, field } => {
                let at = self.find(of).ok_or(Trouble::NoArticle)?;
                self.pieces[at].fields.push(field.clone());
                self.pieces[at].touched.insert(id);
                Ok(())
            }
            Repair::Paragraph { at, begins } => {
                let (piece, line) = self.holder_of(*at).or(self.holder(at.line)).ok_or(Trouble::NoLine)?;
                if !is_text(self.pieces[piece].lines[line].role) {
                    return Err(Trouble::NoLine);
                }
                self.rewordings.push((id, Rewording::Paragraph { at: *at, begins: *begins }));
                Ok(())
            }
            Repair::Replace { at, was, by } => {
                self.holder(at.line).ok_or(Trouble::NoLine)?;
                self.rewordings.push((id, Rewording::Replace { at: *at, was: was.clone(), by: by.clone() }));
                Ok(())
            }
            Repair::Split { line, column } => self.split(id, Place { line: *line, column: *column }),
            Repair::Merge { first, second } => self.merge(id, first, second),
            Repair::Move { lines, to, role, after } => self.move_lines(id, lines, to, *role, *after),
            // Facts of the page are no matter of the layout.
            Repair::Date { .. } | Repair::Newspaper { .. } | Repair::PageLabel { .. } => Ok(()),
        }
    }

    /// The text from `place` on becomes an article of its own; a subhead at its top becomes its headline. A signature goes
    /// with the text that it stands behind.
    fn split(&mut self, id: RepairId, place: Place) -> Result<(), Trouble> {
        let line = place.line;
        let (at, index) = self.holder_of(place).ok_or(Trouble::NoLine)?;
        let given = self.pieces[at].lines[index];
        if !is_text(given.role) {
            return Err(Trouble::NoLine);
        }
        let (before, behind) = (Part { to: place.column, ..given.part }, Part { from: place.column, ..given.part });
        if !self.is_inked(line, behind) {
            return Err(Trouble::NoLine);
        }
        let mut index = index;
        if self.is_inked(line, before) {
            let lines = &mut self.pieces[at].lines;
            lines[index].part = before;
            index += 1;
            lines.insert(index, GivenLine { part: behind, opens: true, ..given });
        }
        let lines = &self.pieces[at].lines;
        if !lines[..index].iter().any(|given| is_text(given.role)) {
            // It begins its article already.
            self.pieces[at].touched.insert(id);
            return Ok(());
        }
        let is_second = |i: usize| is_text(lines[i].role) && i >= index;
        let signs_second = |byline: u32| {
            let texts = (0..lines.len()).filter(|&i| is_text(lines[i].role) && lines[i].line < byline);
            texts.max_by_key(|&i| lines[i].line).is_some_and(is_second)
        };
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for (i, given) in lines.iter().enumerate() {
            let goes = is_second(i) || (given.role == Role::Byline && signs_second(given.line));
            if goes { second.push(*given) } else { first.push(*given) }
        }
        let mut is_head = true;
        for (n, given) in second.iter_mut().filter(|given| is_text(given.role)).enumerate() {
            is_head &= given.role == Role::Subhead && (n == 0 || !given.opens);
            if is_head {
                given.role = Role::Title;
            } else if n == 0 {
                given.opens = true;
            }
        }
        let origin = self.pieces[at].origin;
        let piece = &mut self.pieces[at];
        (piece.lines, piece.is_recut) = (first, true);
        piece.touched.insert(id);
        self.pieces.insert(at + 1, Piece::new(origin, second, id));
        self.is_recut = true;
        Ok(())
    }

    /// `second` goes on from `first`. Its headline becomes a subhead where `first` has one of its own; a sentence that is
    /// not finished goes on without a new paragraph.
    fn merge(&mut self, id: RepairId, first: &Anchor, second: &Anchor) -> Result<(), Trouble> {
        let to = self.find(first).ok_or(Trouble::NoArticle)?;
        let from = self.find(second).ok_or(Trouble::NoArticle)?;
        if to == from {
            self.pieces[to].touched.insert(id);
            return Ok(());
        }
        let mut moved = std::mem::take(&mut self.pieces[from].lines);
        let touched = std::mem::take(&mut self.pieces[from].touched);
        let heir = self.pieces[from].heir;
        let is_headed = self.pieces[to].has_title();
        let goes_on = self.is_open_ended(&self.pieces[to].lines);
        let mut last_head = None;
        for given in &mut moved {
            match given.role {
                Role::Title | Role::Kicker | Role::Subtitle | Role::Column if is_headed => {
                    given.opens = last_head.replace(given.role) != Some(given.role);
                    given.role = Role::Subhead;
                }
                _ => {}
            }
        }
        if goes_on && let Some(text) = moved.iter_mut().find(|given| is_text(given.role)) {
            text.opens &= text.role != Role::Body;
        }
        let piece = &mut self.pieces[to];
        // A line that was cut in two between them is whole again.
        if let Some(last) = piece.lines.iter_mut().rfind(|given| is_text(given.role))
            && let Some(next) = moved.iter().position(|given| is_text(given.role))
            && (last.line, last.role, last.part.to) == (moved[next].line, moved[next].role, moved[next].part.from)
        {
            last.part.to = moved.remove(next).part.to;
        }
        piece.lines.extend(moved);
        piece.is_recut = true;
        piece.heir = piece.heir.or(heir);
        piece.touched.extend(touched);
        piece.touched.insert(id);
        self.pieces.remove(from);
        self.is_recut = true;
        Ok(())
    }

    /// Whether a text stops in the middle of a sentence.
    fn is_open_ended(&self, lines: &[GivenLine]) -> bool {
        let last = lines.iter().rfind(|given| is_text(given.role));
        last.is_some_and(|given| given.role == Role::Body && !ends_sentence(&self.text(*given)))
    }

    fn move_lines(
        &mut self,
        id: RepairId,
        ranges: &[LineRange],
        to: &Target,
        role: Option<Role>,
        after: Option<u32>,
    ) -> Result<(), Trouble> {
        let numbers = self.known(ranges);
        if numbers.is_empty() {
            return Err(Trouble::NoLine);
        }
        let target = match to {
            Target::Article(anchor) => Some(self.find(anchor).ok_or(Trouble::NoArticle)?),
            Target::New => {
                self.pieces.push(Piece::new(None, Vec::new(), id));
                Some(self.pieces.len() - 1)
            }
            Target::Furniture(_) => None,
        };
        let moved = self.take_out(id, &numbers, target, role);
        match (target, to) {
            (Some(at), _) => self.put_in(id, at, moved, after),
            (None, Target::Furniture(what)) => self.rest.extend(numbers.iter().map(|&line| (line, *what))),
            (None, _) => {}
        }
        self.pieces.retain(|piece| !(piece.is_recut && piece.lines.is_empty()));
        self.is_recut = true;
        Ok(())
    }

    /// Takes lines out of wherever they are and gives them their role. Lines that stay in article `target` as text keep
    /// their place there and are not given back.
    fn take_out(&mut self, id: RepairId, numbers: &[u32], target: Option<usize>, role: Option<Role>) -> Vec<GivenLine> {
        let mut out = Vec::with_capacity(numbers.len());
        let mut before: Option<u32> = None;
        for &line in numbers {
            self.make_whole(id, line, target);
            let follows = before.replace(line).is_some_and(|b| (b + 1..line).all(|n| self.line(n).trim().is_empty()));
            // Lines without a place say nothing of paragraphs: one begins behind a sentence's end in a short line.
            let opens = !follows || ends_sentence(self.line(line.saturating_sub(1)));
            let Some((at, index)) = self.holder(line) else {
                self.rest.remove(&line);
                out.push(GivenLine { line, role: role.unwrap_or(Role::Body), opens, part: Part::WHOLE });
                continue;
            };
            let piece = &mut self.pieces[at];
            piece.is_recut = true;
            piece.touched.insert(id);
            let old = piece.lines[index];
            let new = role.unwrap_or(old.role);
            let opens = if is_text(old.role) && old.role == new { old.opens } else { opens };
            // What went on from it begins a paragraph now.
            let next = piece.lines.get_mut(index + 1).filter(|next| is_text(next.role) && old.opens);
            if Some(at) == target && is_text(old.role) && is_text(new) {
                if new != old.role
                    && let Some(next) = next
                    && !numbers.contains(&next.line)
                {
                    next.opens = true;
                }
                piece.lines[index] = GivenLine { role: new, opens, ..old };
                continue;
            }
            if let Some(next) = next {
                next.opens = true;
            }
            piece.lines.remove(index);
            out.push(GivenLine { role: new, opens, ..old });
        }
        out
    }

    /// Puts lines into an article: headline lines behind those of their role, text behind line `after` or by its place in
    /// the dump.
    fn put_in(&mut self, id: RepairId, at: usize, moved: Vec<GivenLine>, after: Option<u32>) {
        let mut previous = after;
        for mut given in moved {
            let lines = &self.pieces[at].lines;
            let index = if is_text(given.role) {
                let named = previous.and_then(|line| lines.iter().position(|g| g.line == line && is_text(g.role)));
                let before = |g: &&GivenLine| is_text(g.role) && g.line < given.line;
                let nearest = lines.iter().filter(before).max_by_key(|g| g.line).map(|g| g.line);
                let nearest = nearest.and_then(|line| lines.iter().position(|g| g.line == line));
                let first = lines.iter().position(|g| is_text(g.role)).unwrap_or(lines.len());
                named.or(nearest).map_or(first, |index| index + 1)
            } else {
                let behind = lines.iter().rposition(|g| g.role == given.role && g.line < given.line);
                let front = lines.iter().position(|g| g.role == given.role);
                behind.map(|index| index + 1).or(front).unwrap_or(0)
            };
            if given.role == Role::Body && given.opens && self.is_open_ended(&self.pieces[at].lines[..index]) {
                given.opens = false;
            }
            if previous.is_some() && is_text(given.role) {
                previous = Some(given.line);
            }
            self.pieces[at].lines.insert(index, given);
        }
        self.pieces[at].is_recut = true;
        self.pieces[at].touched.insert(id);
    }
}
