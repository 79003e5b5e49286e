//! Which articles something is done with: the same words for the window and for the command line.

use super::{ArticleId, SearchRequest};
use serde::{Deserialize, Serialize};

/// Articles that are exported, printed or copied, in this order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Selection {
    /// Those, in that order: the open one, the selected rows, the articles of a set that was opened again.
    Articles(Vec<ArticleId>),
    /// The basket (选稿篮), in its order.
    Basket,
    /// A whole result, in the order it is shown.
    Result(SearchRequest),
    /// The result of the search that was saved under this name.
    Saved(String),
}
