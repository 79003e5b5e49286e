//! What lies between neighbouring lines of a run.

use super::super::blocks::At;
use super::super::cohesion::Terms;
use super::super::lines::Line;
use rustc_hash::FxHashSet;

/// Between two lines of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Seam {
    /// A blank line stands there.
    pub(super) blank: bool,
    /// A word runs over it.
    pub(super) word: bool,
    /// A text of the page runs on so.
    pub(super) said: bool,
    /// How readily the text runs on over it (see [`Neighbours::level`]).
    pub(super) flow: usize,
    /// The lines are of one width.
    pub(super) even: bool,
    /// See [`agreement`].
    pub(super) agree: usize,
}

/// The seams of the lines `at`, which share as much with each text as `profiles` say, and go on as a text does where `said`.
pub(super) fn seams(
    at: &[At],
    profiles: &[Vec<f32>],
    said: &FxHashSet<At>,
    lines: &[Line],
    terms: &mut Terms<'_>,
) -> Vec<Seam> {
    at.windows(2)
        .zip(profiles.windows(2))
        .map(|(w, p)| {
            let (one, two) = (&lines[w[0]], &lines[w[1]]);
            Seam {
                blank: two.blanks_before > 0,
                word: terms.spans_break_before(w[1]),
                said: said.contains(&w[1]),
                flow: terms.flow_before(w[1]),
                even: one.width.abs_diff(two.width) <= 2,
                agree: agreement(&p[0], &p[1]),
            }
        })
        .collect()
}

/// How far two lines speak of the same text: 0 unknown, 1 of others, 2 somewhat, 3 of the same.
fn agreement(one: &[f32], other: &[f32]) -> usize {
    let dot: f32 = one.iter().zip(other).map(|(a, b)| a * b).sum();
    let norm = |v: &[f32]| v.iter().map(|x| x * x).sum::<f32>().sqrt();
    let size = norm(one) * norm(other);
    if size <= 0.0 {
        return 0;
    }
    match dot / size {
        c if c < 0.35 => 1,
        c if c < 0.75 => 2,
        _ => 3,
    }
}
