//! What the sequence model says of a line: a role, and whether the line opens something or goes on with it.

use crate::model::Role;

/// Label of one non-blank line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Label {
    /// Belongs to no article.
    Furniture,
    /// Name of a standing column.
    Column,
    /// First line of a kicker.
    Kicker,
    /// The kicker goes on.
    KickerMore,
    /// First line of a main headline.
    Title,
    /// The main headline goes on.
    TitleMore,
    /// First line of a subtitle.
    Subtitle,
    /// The subtitle goes on.
    SubtitleMore,
    /// First line of a byline.
    Byline,
    /// More lines of the same byline.
    BylineMore,
    /// A heading inside the body.
    Subhead,
    /// The subhead goes on.
    SubheadMore,
    /// The first line of an article's running text.
    Opening,
    /// The first line of a later paragraph.
    Paragraph,
    /// A line that goes on with a paragraph.
    #[default]
    Running,
    /// First line of a picture's text.
    Caption,
    /// The picture's text goes on.
    CaptionMore,
    /// A line that is only a jump note.
    Jump,
    /// First line of an editor's note inside an article.
    Note,
    /// The editor's note goes on.
    NoteMore,
}

impl Label {
    /// Every label, in the order of the weights.
    pub const ALL: [Self; 20] = [
        Self::Furniture,
        Self::Column,
        Self::Kicker,
        Self::KickerMore,
        Self::Title,
        Self::TitleMore,
        Self::Subtitle,
        Self::SubtitleMore,
        Self::Byline,
        Self::BylineMore,
        Self::Subhead,
        Self::SubheadMore,
        Self::Opening,
        Self::Paragraph,
        Self::Running,
        Self::Caption,
        Self::CaptionMore,
        Self::Jump,
        Self::Note,
        Self::NoteMore,
    ];

    /// Number of labels.
    pub const COUNT: usize = Self::ALL.len();

    /// The label of an index into the weights.
    pub fn from_index(index: usize) -> Self {
        Self::ALL.get(index).copied().unwrap_or_default()
    }

    /// The role in the exchange format; `None` for furniture.
    pub fn role(self) -> Option<Role> {
        Some(match self {
            Self::Furniture => return None,
            Self::Column => Role::Column,
            Self::Kicker | Self::KickerMore => Role::Kicker,
            Self::Title | Self::TitleMore => Role::Title,
            Self::Subtitle | Self::SubtitleMore => Role::Subtitle,
            Self::Byline | Self::BylineMore => Role::Byline,
            Self::Subhead | Self::SubheadMore => Role::Subhead,
            Self::Opening | Self::Paragraph | Self::Running => Role::Body,
            Self::Caption | Self::CaptionMore => Role::Caption,
            Self::Jump => Role::Jump,
            Self::Note | Self::NoteMore => Role::Ednote,
        })
    }

    /// Whether a line of this label can stand right before one of `next`: what goes on must have begun, save running
    /// text, whose beginning may stand elsewhere.
    pub fn may_precede(self, next: Self) -> bool {
        match next {
            Self::KickerMore => matches!(self, Self::Kicker | Self::KickerMore),
            Self::TitleMore => matches!(self, Self::Title | Self::TitleMore),
            Self::SubtitleMore => matches!(self, Self::Subtitle | Self::SubtitleMore),
            Self::BylineMore => matches!(self, Self::Byline | Self::BylineMore),
            Self::SubheadMore => matches!(self, Self::Subhead | Self::SubheadMore),
            Self::CaptionMore => matches!(self, Self::Caption | Self::CaptionMore),
            Self::NoteMore => matches!(self, Self::Note | Self::NoteMore),
            _ => true,
        }
    }

    /// Part of a headline block.
    pub fn is_heading(self) -> bool {
        (Self::Column as u8..=Self::SubtitleMore as u8).contains(&(self as u8))
    }

    /// A heading inside a text.
    pub fn is_subhead(self) -> bool {
        matches!(self, Self::Subhead | Self::SubheadMore)
    }

    /// Running text of an article.
    pub fn is_body(self) -> bool {
        matches!(self, Self::Opening | Self::Paragraph | Self::Running)
    }

    /// A later line of what an earlier line opened.
    pub fn is_more(self) -> bool {
        matches!(
            self,
            Self::KickerMore
                | Self::TitleMore
                | Self::SubtitleMore
                | Self::BylineMore
                | Self::SubheadMore
                | Self::Running
                | Self::CaptionMore
                | Self::NoteMore
        )
    }
}

/// Some of the labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LabelSet(u32);

impl LabelSet {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// These ones.
    pub const fn of(labels: &[Label]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < labels.len() {
            bits |= 1 << labels[at] as u32;
            at += 1;
        }
        Self(bits)
    }

    /// All others.
    pub const fn others(self) -> Self {
        Self(!self.0 & ((1 << Label::COUNT) - 1))
    }

    /// These and those of `other`.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// One after another.
    pub fn labels(self) -> impl Iterator<Item = Label> {
        Label::ALL.into_iter().filter(move |&label| self.0 >> label as u32 & 1 == 1)
    }
}
