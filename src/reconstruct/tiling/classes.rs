//! Classes that numbers seen of a walk are put into, each of which has a weight of its own.

use super::units::Unit;

/// How torn a page is: how many of its paragraphs begin in mid-sentence behind one that is over.
pub fn torn(units: &[Unit]) -> usize {
    let is_torn = |pair: &&[Unit]| pair[1].begins_inside && !pair[0].is_open;
    match units.windows(2).filter(is_torn).count() {
        0 => 0,
        1 | 2 => 1,
        _ => 2,
    }
}

/// How headlines stand, each given by how many paragraphs stand before it: with texts between all of them, partly, in a heap.
pub fn crowd(heads: &[usize]) -> usize {
    let heaped = heads.windows(2).filter(|pair| pair[0] == pair[1]).count();
    match heaped * 10 / heads.len() {
        0..=1 => 0,
        2..=6 => 1,
        _ => 2,
    }
}

pub fn length(unit: &Unit) -> usize {
    match unit.text.len() {
        ..20 => 0,
        20..45 => 1,
        45..90 => 2,
        90..180 => 3,
        _ => 4,
    }
}

pub fn opening(unit: &Unit) -> usize {
    match unit.open {
        o if o > 1.0 => 2,
        o if o > -1.5 => 1,
        _ => 0,
    }
}

pub fn margin(by: f32) -> usize {
    class(by, &[-2.0, -1.0, -0.5, -0.2, -0.05, 0.05, 0.2, 0.5, 1.0, 2.0])
}

/// How near texts lie to one another (see `Meaning::near`).
pub fn nearness(near: f32) -> usize {
    class(near, &[-0.3, -0.1, 0.05, 0.2, 0.35, 0.5, 0.7])
}

/// By how much one text lies nearer than another.
pub fn nearer(by: f32) -> usize {
    margin(3.0 * by)
}

pub fn class(value: f32, steps: &[f32]) -> usize {
    steps.iter().filter(|&&step| value > step).count()
}

pub fn flow(follows: f32) -> usize {
    1 + class(follows, &[-2.0, -1.0, 0.0, 1.0, 2.2, 3.6])
}

/// The highest and the next of some values.
#[derive(Clone, Copy, Debug)]
pub struct Top {
    first: f32,
    at: usize,
    second: f32,
}

impl Top {
    pub fn of(values: impl Iterator<Item = f32>) -> Self {
        let mut out = Self { first: f32::NEG_INFINITY, at: usize::MAX, second: f32::NEG_INFINITY };
        for (at, value) in values.enumerate() {
            if value > out.first {
                out = Self { first: value, at, second: out.first };
            } else if value > out.second {
                out.second = value;
            }
        }
        out
    }

    /// The highest beside that at `own`.
    pub fn beside(&self, own: usize) -> f32 {
        if self.at == own { self.second } else { self.first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_beside_one_is_the_next_best_where_that_one_is_the_best() {
        let top = Top::of([1.0, 4.0, 2.5].into_iter());
        assert_eq!((top.beside(0), top.beside(1), top.beside(2)), (4.0, 2.5, 4.0));
        assert_eq!(Top::of([1.0].into_iter()).beside(0), f32::NEG_INFINITY);
    }

    #[test]
    fn headlines_stand_apart_or_in_a_heap() {
        assert_eq!((crowd(&[0, 3, 5]), crowd(&[0, 0, 4]), crowd(&[7, 7, 7, 7, 7])), (0, 1, 2));
    }
}
