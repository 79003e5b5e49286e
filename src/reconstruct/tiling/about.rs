//! How near paragraphs and headlines lie to one another by what they are about (see [`Meanings`]).

use super::super::meanings::{Meaning, Meanings};
use super::classes::Top;

/// Headlines of a page from which on its mean is of several stories.
const SEVERAL: usize = 3;

/// What the paragraphs and headlines of a sheet are about, seen from where all of its text lies.
#[derive(Clone, Debug)]
pub(super) struct About {
    units: Vec<Meaning>,
    heads: Vec<Meaning>,
    /// Of every paragraph: how near it lies to every headline, and to the two paragraphs before it.
    to_heads: Vec<Vec<f32>>,
    before: Vec<f32>,
    nearest: Vec<Top>,
}

impl About {
    /// Reads the texts of the paragraphs, and those of the lines of every headline.
    pub fn of(units: &[&[char]], heads: &[Vec<&[char]>], meanings: &Meanings) -> Self {
        let mut units: Vec<Meaning> = units.iter().map(|text| meanings.of(text)).collect();
        let all = together(&units);
        // What one story is about is what all of its page is.
        let times = (heads.len().saturating_sub(1) as f32 / (SEVERAL - 1) as f32).min(1.0);
        units.iter_mut().for_each(|unit| *unit = unit.seen_from(&all, times));
        let of_head = |lines: &Vec<&[char]>| {
            let lines: Vec<Meaning> = lines.iter().map(|line| meanings.of(line)).collect();
            together(&lines).seen_from(&all, times)
        };
        let heads: Vec<Meaning> = heads.iter().map(of_head).collect();
        let to_heads: Vec<Vec<f32>> =
            units.iter().map(|unit| heads.iter().map(|head| unit.near(head)).collect()).collect();
        let before = |i: usize| units[i].near(&together(&units[i.saturating_sub(2)..i]));
        Self {
            before: (0..units.len()).map(before).collect(),
            nearest: to_heads.iter().map(|near| Top::of(near.iter().copied())).collect(),
            to_heads,
            units,
            heads,
        }
    }

    /// How near a paragraph lies to the two before it.
    pub fn before(&self, unit: usize) -> f32 {
        self.before[unit]
    }

    /// How much nearer a paragraph lies to a headline than to any other.
    pub fn to_head(&self, unit: usize, head: usize) -> f32 {
        self.to_heads[unit][head] - self.nearest[unit].beside(head).max(-1.0)
    }

    /// How near every paragraph lies to every headline with the paragraphs in its state, itself aside.
    pub fn to_texts(&self, states: &[usize]) -> Vec<Vec<f32>> {
        let mut texts = self.heads.clone();
        for (unit, &state) in self.units.iter().zip(states) {
            if let Some(text) = texts.get_mut(state) {
                text.add(unit, 1.0);
            }
        }
        let near = |unit: &Meaning, state: usize, own: usize| {
            let mut others = texts[state];
            if state == own {
                others.add(unit, -1.0);
            }
            unit.near(&others)
        };
        let of_unit = |(unit, &own): (&Meaning, &usize)| (0..texts.len()).map(|state| near(unit, state, own)).collect();
        self.units.iter().zip(states).map(of_unit).collect()
    }
}

fn together(all: &[Meaning]) -> Meaning {
    let mut out = Meaning::default();
    all.iter().for_each(|one| out.add(one, 1.0));
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::Lexicon;
    use super::*;

    #[test]
    fn a_paragraph_lies_near_the_text_on_its_matter() {
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        let units = [
            "护士推着病床进了手术室，病人家属等在门外。",
            "农户把秧苗插到田里，今年种了三百亩水稻。",
            "门诊的医生开了药方，嘱咐按时服药。",
            "收割机开进稻田，亩产比去年高。",
        ]
        .map(chars);
        let units: Vec<&[char]> = units.iter().map(Vec::as_slice).collect();
        let heads = [chars("医院添新设备"), chars("粮食丰收在望")];
        let heads: Vec<Vec<&[char]>> = heads.iter().map(|head| vec![head.as_slice()]).collect();
        let about = About::of(&units, &heads, &Lexicon::shared().meanings);
        let near = about.to_texts(&[0, 1, 2, 2]);
        assert!(near[2][0] > near[2][1] && near[3][1] > near[3][0], "{near:?}");
        assert!(about.to_head(0, 0) > 0.0 && about.to_head(0, 1) < 0.0);
        assert_eq!(about.before(0), 0.0);
    }

    #[test]
    fn the_paragraphs_of_a_single_story_lie_near_it() {
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        let units = ["护士推着病床进了手术室，病人家属等在门外。", "门诊的医生开了药方，嘱咐病人按时服药。"].map(chars);
        let units: Vec<&[char]> = units.iter().map(Vec::as_slice).collect();
        let head = chars("医院添新设备");
        let about = About::of(&units, &[vec![head.as_slice()]], &Lexicon::shared().meanings);
        let near = about.to_texts(&[0, 0]);
        assert!(near[0][0] > 0.2 && near[1][0] > 0.2, "{near:?}");
    }
}
