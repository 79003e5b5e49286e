//! Names inside running text.

use super::{Shape, read};
use crate::model::Byline;

/// Names in brackets behind a dateline: "本报讯（记者 甲乙丙）", "本报记者 甲乙丙".
pub(crate) fn after_dateline(paragraph: &str) -> Vec<Byline> {
    let head: String = paragraph.chars().take(60).collect();
    let Some(open) = head.find(['（', '(']).filter(|&at| head[..at].chars().count() <= 16) else { return Vec::new() };
    let Some(close) = head[open..].find(['）', ')']) else { return Vec::new() };
    let inner = head[open..open + close].trim_start_matches(['（', '(']);
    let reading = read(inner);
    if matches!(reading.shape, Shape::Signed | Shape::Credit) { reading.names } else { Vec::new() }
}
