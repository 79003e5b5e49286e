//! What was typed becomes a query; texts become tokens, hits and snippets. Pure.
//!
//! This room knows no SQL and no files. Its centre is a promise: a term finds exactly the articles in which a literal
//! scan of the folded text ([`fold`]) finds it. The texts that are scanned are the headline (kicker, title, subtitle, column),
//! the bylines (names, offices) and the body (each paragraph and subhead); a term never matches across two of them.

mod document;
mod explain;
mod fold;
mod highlight;
mod pinyin;
mod query;
mod relevance;
mod similar;
mod syntax;

pub use document::{Facts, Field, FoldedDoc, matches, near_positions, positions, value_matches};
pub use explain::{Explanation, Note};
pub use fold::{Folded, fold, fold_mapped, fold_onto, fold_string, is_east_asian, is_invisible, is_word};
pub use highlight::{find_all, snippet};
pub use pinyin::{sounds_alike, spells};
pub use query::{DateSpan, FacetField, Node, Query, Term};
pub use relevance::{Scorer, field_weight, weight, words};
pub use similar::{Difference, NEAR_BITS, differences, fingerprint};
