//! What a text is about. Every pair of ideographs has a place in a space of [`AXES`] axes, near the pairs that stand in the same
//! texts (医院 near 门诊); a text lies where the sum of its pairs points to. So two texts on one matter lie near one another though
//! they share no word. Learned from running text by `examples/train_meanings.rs`.

use super::chars::is_han;
use rustc_hash::FxHashMap;

/// Axes of the space.
pub const AXES: usize = 64;
/// The text form has a mark for each number: this one for 0, those up to [`FARTHEST`] from it for the others.
const MIDDLE: i32 = 'P' as i32;
const FARTHEST: f32 = 45.0;
/// Steps of a number in the text form: a place that is not damped is 1 away from the middle, hardly ever a third of it along one axis.
const STEPS: f32 = 130.0;

/// So many places can be summed in 16 bits.
const HOLDS: usize = 256;

/// Places of pairs of ideographs.
#[derive(Clone, Debug, Default)]
pub struct Meanings {
    numbers: FxHashMap<(char, char), u32>,
    places: Vec<Place>,
}

/// A place on all axes, in [`STEPS`]; laid where a processor has all of it at hand at once.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Place([i8; AXES]);

/// The pairs of ideographs of a text, in their order.
pub fn pairs(text: &[char]) -> impl Iterator<Item = (char, char)> {
    text.windows(2).map(|pair| (pair[0], pair[1])).filter(|&(first, second)| is_han(first) && is_han(second))
}

/// The sum of the places of some pairs, and how many they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meaning {
    sum: [f32; AXES],
    count: f32,
}

impl Default for Meaning {
    fn default() -> Self {
        Self { sum: [0.0; AXES], count: 0.0 }
    }
}

impl Meaning {
    /// Adds another text's, `times`.
    pub fn add(&mut self, other: &Self, times: f32) {
        self.sum.iter_mut().zip(&other.sum).for_each(|(own, other)| *own += times * other);
        self.count += times * other.count;
    }

    /// Seen from where all texts together lie, `times` of the way there: what they have in common tells none from another.
    pub fn seen_from(mut self, all: &Self, times: f32) -> Self {
        let share = times * self.count / all.count.max(1.0);
        self.sum.iter_mut().zip(&all.sum).for_each(|(own, all)| *own -= share * all);
        self
    }

    /// How near two texts lie: the cosine of the angle between them, 0 where nothing is known of one.
    pub fn near(&self, other: &Self) -> f32 {
        let lengths = (product(&self.sum, &self.sum) * product(&other.sum, &other.sum)).sqrt();
        product(&self.sum, &other.sum) / lengths.max(1e-6)
    }
}

impl Meanings {
    /// Reads the text form, [`Meanings::line`] after line; what cannot be read is left out.
    pub fn from_text(text: &str) -> Self {
        let mut out = Self::default();
        for line in text.lines().filter(|line| !line.starts_with("# ")) {
            let mut chars = line.chars();
            let (Some(first), Some(second)) = (chars.next(), chars.next()) else { continue };
            let mut place = [0; AXES];
            place.iter_mut().zip(chars).for_each(|(number, mark)| *number = (mark as i32 - MIDDLE) as i8);
            out.numbers.insert((first, second), out.places.len() as u32);
            out.places.push(Place(place));
        }
        out
    }

    /// The text form of a pair.
    pub fn line(first: char, second: char, place: &[f32]) -> String {
        let mark = |number: &f32| (MIDDLE + (number * STEPS).round().clamp(-FARTHEST, FARTHEST) as i32) as u8 as char;
        [first, second].into_iter().chain(place.iter().map(mark)).chain(['\n']).collect()
    }

    /// What a text is about.
    pub(crate) fn of(&self, text: &[char]) -> Meaning {
        // First all are looked up, then all are summed: memory answers several such questions at a time.
        let numbers: Vec<u32> = pairs(text).filter_map(|pair| self.numbers.get(&pair).copied()).collect();
        let mut sum = [0i32; AXES];
        for some in numbers.chunks(HOLDS) {
            let mut of_some = [0i16; AXES];
            for &number in some {
                let Place(place) = &self.places[number as usize];
                of_some.iter_mut().zip(place).for_each(|(sum, own)| *sum += i16::from(*own));
            }
            sum.iter_mut().zip(of_some).for_each(|(sum, some)| *sum += i32::from(some));
        }
        Meaning { sum: sum.map(|sum| sum as f32 / STEPS), count: numbers.len() as f32 }
    }
}

/// The product of two places: summed in rows, which a processor works off at once.
fn product(one: &[f32; AXES], other: &[f32; AXES]) -> f32 {
    const ROW: usize = 8;
    let mut sums = [0.0; ROW];
    for (one, other) in one.chunks_exact(ROW).zip(other.chunks_exact(ROW)) {
        sums.iter_mut().zip(one).zip(other).for_each(|((sum, one), other)| *sum += one * other);
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: &str, other: &str) -> f32 {
        let meanings = &super::super::Lexicon::shared().meanings;
        let of = |text: &str| meanings.of(&text.chars().collect::<Vec<char>>());
        of(one).near(&of(other))
    }

    #[test]
    fn texts_on_one_matter_lie_near_one_another_though_they_share_no_word() {
        let ward = "护士推着病床进了手术室";
        assert!(near(ward, "门诊的医生开了药方") > near(ward, "农户把水稻秧苗插到田里"));
    }

    #[test]
    fn nothing_lies_near_what_is_not_known() {
        assert_eq!(near("渡口添了灯", "12.5%"), 0.0);
    }

    #[test]
    fn the_text_form_keeps_places_nearly() {
        let mut place = [0.0; AXES];
        (place[0], place[AXES - 1]) = (0.25, -0.125);
        let meanings = Meanings::from_text(&format!("# note\n{}", Meanings::line('渡', '口', &place)));
        let read = meanings.of(&['渡', '口']);
        assert_eq!(read.count, 1.0);
        assert!(read.sum.iter().zip(&place).all(|(read, written)| (read - written).abs() < 0.005));
    }

    #[test]
    fn what_all_texts_have_in_common_tells_none_from_another() {
        let meaning = |x: f32, y: f32| {
            let mut out = Meaning { count: 1.0, ..Meaning::default() };
            (out.sum[0], out.sum[1]) = (x, y);
            out
        };
        let (one, other) = (meaning(5.0, 1.0), meaning(5.0, -1.0));
        let mut all = one;
        all.add(&other, 1.0);
        assert!(one.near(&other) > 0.9 && one.seen_from(&all, 1.0).near(&other.seen_from(&all, 1.0)) < -0.9);
    }
}
