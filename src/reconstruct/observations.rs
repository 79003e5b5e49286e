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
    #[cfg(test)]
    pub(crate) fn next(&self) -> usize {
        self.size
    }

    /// Begins a line; `gap` is its blank-line class.
    pub(crate) fn line(&mut self, gap: u8) -> Sink<'_> {
        self.gaps.push(gap);
        Sink { out: self, base: 0 }
    }

    /// Begins a line with what `first` saw of line `i`.
    pub(crate) fn line_with(&mut self, first: &Self, i: usize) -> Sink<'_> {
        self.gaps.push(first.gaps[i]);
        self.features.extend_from_slice(first.of(i));
        Sink { out: self, base: first.size }
    }

    /// Observations of line `i`.
    pub fn of(&self, i: usize) -> &[u16] {
        let from = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.features[from..self.ends[i]]
    }
}

/// A line's observations while they are made: of each group one, or none, group after group.
pub(crate) struct Sink<'a> {
    out: &'a mut Observations,
    /// Number of the next group's first observation.
    base: usize,
}

impl Sink<'_> {
    /// Adds observation `value` of a group that has `size` of them.
    pub fn add(&mut self, size: usize, value: usize) {
        debug_assert!(value < size);
        self.out.features.push((self.base + value) as u16);
        self.base += size;
    }

    /// Leaves a group out.
    pub fn skip(&mut self, size: usize) {
        self.base += size;
    }

    /// Ends the line.
    pub fn end(self) {
        self.out.ends.push(self.out.features.len());
        self.out.size = self.base;
    }
}
