//! The panes of the window: functions over a snapshot that push commands. They never block and never see the archive.

pub mod article_text;
mod calendar;
pub mod chips;
pub mod credits;
mod dates;
pub mod filters;
pub mod loose;
pub mod marks;
pub mod overview;
pub mod paragraph;
pub mod position;
pub mod reader;
pub mod results;
mod row;
pub mod searches;
mod selected;
pub mod source;
mod source_repair;
pub mod status;
pub mod suggestions;
pub mod top;
pub mod why;
