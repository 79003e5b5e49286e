//! Classes of what a line has: its width, ends, marks, figures, wording.

use super::super::chars::{
    closes, ends_place, ends_sentence, is_bullet, is_finished, is_foreign_letter, is_han, is_ordinal, is_pause, opens,
    parts_phrases,
};
use super::super::lines::{Line, UNWRAPPED};
use super::super::wording::TONES;
use super::HEADS;

pub(super) fn width_class(half_ems: u32) -> u8 {
    const STEPS: [u32; 13] = [4, 7, 10, 13, 16, 20, 24, 28, 34, 42, 52, 64, UNWRAPPED];
    STEPS.iter().take_while(|&&s| half_ems > s).count() as u8
}

pub(super) fn shortfall_class(line: &Line) -> u8 {
    match line.shortfall() {
        None => 0,
        Some(short) => match short {
            ..=-5 => 1,
            -4..=-2 => 2,
            -1..=1 => 3,
            2 => 4,
            3..=5 => 5,
            6..=8 => 6,
            9..=14 => 7,
            15..=22 => 8,
            _ => 9,
        },
    }
}

pub(super) fn end_class(tail: &[char]) -> u8 {
    let Some(&last) = tail.last() else { return 0 };
    match last {
        c if ends_sentence(c) => 1,
        c if closes(c) || c == '"' => 2 + u8::from(is_finished(tail)),
        '，' | ',' => 4,
        '、' => 5,
        '：' | ':' => 6,
        '；' | ';' => 7,
        c if opens(c) => 8,
        c if c.is_ascii_digit() => 9,
        c if is_foreign_letter(c) => 10,
        '—' | '…' | '-' => 11,
        c if is_han(c) => 0,
        _ => 12,
    }
}

pub(super) fn start_class(head: &[char]) -> u8 {
    let Some(&first) = head.first() else { return 0 };
    let second = head.get(1).copied().unwrap_or(' ');
    match first {
        '“' | '‘' | '"' => 1,
        '【' | '〖' | '［' => 2,
        '（' | '(' | '《' | '〈' => 3,
        c if is_bullet(c) => 4,
        '—' | '-' | '－' => 5,
        c if closes(c) || is_pause(c) || ends_sentence(c) || c == '…' => 6,
        c if is_ordinal(c) && matches!(second, '、' | '是' | '．' | '.') => 7,
        c if c.is_ascii_digit() => 8 + u8::from(matches!(second, '.' | '．' | '、')),
        c if is_foreign_letter(c) => 10,
        '第' | '之' => 11,
        '的' | '了' | '和' | '与' | '及' | '着' | '等' | '们' | '地' | '得' => 12,
        _ if is_han(first) => 0,
        _ => 13,
    }
}

/// Measures of a page's columns in half ems, 0 where lines are whole paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// That of most lines.
    usual: u32,
    /// The widest.
    widest: u32,
}

/// Classes that [`Columns::class`] tells apart.
pub(super) const ON_PAGE: usize = 6;

impl Columns {
    /// Full lines that a column has at least.
    const LEAST: u32 = 6;
    /// A mark that hangs behind a full line, and one half em more.
    const HANGING: u32 = 3;

    pub(super) fn of(lines: &[Line]) -> Self {
        let mut of_measure = [0u32; UNWRAPPED as usize + 1];
        for line in lines.iter().filter(|line| line.shortfall().is_some_and(|short| (-1..=1).contains(&short))) {
            of_measure[line.width.min(UNWRAPPED) as usize] += 1;
        }
        // Full lines differ by half an em.
        let full = |measure: usize| of_measure[measure - 1..=measure + 1].iter().sum::<u32>();
        let found = (1..UNWRAPPED as usize).filter(|&measure| full(measure) >= Self::LEAST);
        let widest = found.clone().next_back().unwrap_or_default() as u32;
        let usual = found.max_by_key(|&measure| full(measure)).unwrap_or_default() as u32;
        Self { usual, widest }
    }

    /// How wide a line is against the columns of its page: 0 there are none, wider than any, as wide as the widest, as the
    /// usual one, narrower, much narrower.
    pub(super) fn class(self, width: u32) -> u8 {
        match width {
            _ if self.usual == 0 => 0,
            w if w > self.widest + Self::HANGING => 1,
            w if w > self.usual + Self::HANGING => 2,
            w if w + Self::HANGING >= self.usual => 3,
            w if w * 5 >= self.usual * 3 => 4,
            _ => 5,
        }
    }
}

/// What the characters of a line are, counted in one walk.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// Sentence ends, commas and other pauses before the last character.
    stops: usize,
    commas: usize,
    pauses: usize,
    /// Spaces between phrases, likewise.
    spaces: usize,
    digits: usize,
    /// Letters of other scripts.
    foreign: usize,
    /// Characters that end the names of places.
    places: usize,
    /// Quotes and brackets that stay open.
    open: usize,
    /// One closes that was not opened here.
    closes_alone: bool,
}

impl Counts {
    pub(super) fn of(head: &[char]) -> Self {
        let mut out = Self::default();
        for (at, &c) in head.iter().enumerate() {
            if is_han(c) {
                out.places += usize::from(ends_place(c));
                continue;
            }
            let inside = usize::from(at + 1 < head.len());
            match c {
                '，' | ',' => out.commas += inside,
                '、' | '；' | '：' | ':' => out.pauses += inside,
                '0'..='9' => out.digits += 1,
                c if ends_sentence(c) => out.stops += inside,
                c if opens(c) => out.open += 1,
                c if closes(c) => match out.open.checked_sub(1) {
                    Some(open) => out.open = open,
                    None => out.closes_alone = true,
                },
                c if c.is_whitespace() => {
                    let inner = &head[..head.len() - 1];
                    out.spaces += usize::from(at > 0 && inner.get(at - 1..at + 2).is_some_and(parts_phrases));
                }
                c => out.foreign += usize::from(is_foreign_letter(c)),
            }
        }
        out
    }

    /// What stands inside: sentence ends, commas, spaces between phrases.
    pub(super) fn inside_class(&self) -> u8 {
        match (self.stops, self.commas, self.pauses, self.spaces) {
            (2.., ..) => 9,
            (1, ..) => 8,
            // Two phrases of two clauses each: subheads of neighbouring columns in one line.
            (0, 2, _, 1) => 10,
            (_, 2.., ..) => 7,
            (_, 1, _, 0) => 5,
            (_, 1, ..) => 6,
            (_, _, 1.., 0) => 3,
            (_, _, 1.., _) => 4,
            (_, _, _, 2..) => 2,
            (.., spaces) => spaces as u8,
        }
    }

    pub(super) fn digits_class(&self, length: usize) -> u8 {
        match (self.digits, self.foreign) {
            (_, f) if f * 2 > length => 4,
            (d, _) if d * 2 > length => 3,
            (0, _) => 0,
            (1..=2, _) => 1,
            _ => 2,
        }
    }

    pub(super) fn places_class(&self) -> u8 {
        self.places.min(2) as u8
    }

    /// 0 balanced, 1 a quote or bracket stays open, 2 one closes that was not opened here.
    pub(super) fn balance_class(&self) -> u8 {
        if self.closes_alone { 2 } else { u8::from(self.open > 0) }
    }
}

/// How much a line is worded like part of a headline rather than like running text.
pub(super) fn headline_class(text: f32) -> u8 {
    match -text {
        // ln of the probability of text, turned round: 0 is surely text.
        t if t < 0.02 => 0,
        t if t < 0.1 => 1,
        t if t < 0.35 => 2,
        t if t < 0.8 => 3,
        t if t < 1.6 => 4,
        t if t < 2.8 => 5,
        t if t < 4.5 => 6,
        _ => 7,
    }
}

/// Which part of a headline a line is worded like, and whether clearly; 0 is running text.
pub(super) fn tone_class(tones: &[f32; TONES], text: f32) -> u8 {
    let rest = &tones[1..HEADS];
    let best = (0..rest.len()).max_by(|&a, &b| rest[a].total_cmp(&rest[b]).then(b.cmp(&a))).unwrap_or(0);
    if text > rest[best] {
        return 0;
    }
    let next =
        (0..rest.len()).filter(|&other| other != best).map(|other| rest[other]).fold(f32::NEG_INFINITY, f32::max);
    1 + 2 * best as u8 + u8::from(rest[best] - next > 1.5)
}

/// How many of `steps` a value is above.
pub(super) fn step(value: f32, steps: &[f32]) -> u8 {
    steps.iter().take_while(|&&step| value > step).count() as u8
}

#[cfg(test)]
mod tests {
    use super::super::super::lines::read;
    use super::*;

    #[test]
    fn a_line_wider_than_any_column_of_the_page_is_known_as_such() {
        let column = "望山镇的老桥昨天修好\n".repeat(8);
        let columns = Columns::of(&read(&format!("{column}\n老桥")));
        let class = |characters: u32| columns.class(characters * 2);
        assert_eq!([14, 11, 10, 9, 7, 2].map(class), [1, 3, 3, 3, 4, 5]);
        assert_eq!(Columns::of(&read("老桥醒了\n\n两盏灯")).class(40), 0, "no column, no measure");
    }
}
