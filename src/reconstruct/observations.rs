//! The observations of a page's lines as the sequence model takes them: numbers, line after line. Knows nothing of what they
//! mean.

/// Observations that a line has about, those of the second look among them.
const ROOM: usize = 180;

/// The observations of one page's lines.
#[derive(Clone, Debug, Default)]
pub struct Observations {
    features: Vec<u16>,
    ends: Vec<usize>,
    /// Blank-line class before each line: the model's transitions depend on it.
    pub gaps: Vec<u8>,
    /// Number behind that of the last observation there can be.
    size: usize,
}

impl Observations {
    /// With room for so many lines.
    pub(crate) fn for_lines(lines: usize) -> Self {
        Self {
            features: Vec::with_capacity(lines * ROOM),
            ends: Vec::with_capacity(lines),
            gaps: Vec::with_capacity(lines),
            size: 0,
        }
    }

    /// Number of lines.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no lines.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A copy in which only the observations stand that `keep` says yes to; for training.
    pub fn thinned(&self, keep: &mut dyn FnMut() -> bool) -> Self {
        let mut out = Self { gaps: self.gaps.clone(), ..Self::default() };
        for i in 0..self.len() {
            out.features.extend(self.of(i).iter().copied().filter(|&f| f == 0 || keep()));
            out.ends.push(out.features.len());
        }
        out
    }

    /// Number of the first observation behind these.
    pub(crate) fn next(&self) -> usize {
        self.size
    }

    /// Begins a line; [`Self::push`] adds to it, [`Self::end`] ends it.
    pub(crate) fn begin(&mut self, gap: u8) {
        self.gaps.push(gap);
    }

    /// Begins a line with what `base` saw of line `i`.
    pub(crate) fn begin_with(&mut self, base: &Self, i: usize) {
        self.begin(base.gaps[i]);
        self.features.extend_from_slice(base.of(i));
    }

    /// Adds an observation.
    pub(crate) fn push(&mut self, feature: usize) {
        self.features.push(feature as u16);
    }

    /// Ends a line, of which there can be observations up to before `next`.
    pub(crate) fn end(&mut self, next: usize) {
        self.ends.push(self.features.len());
        self.size = next;
    }

    /// Observations of line `i`.
    pub fn of(&self, i: usize) -> &[u16] {
        let from = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.features[from..self.ends[i]]
    }
}
