//! Threads, requests, events, progress, cancellation. Owns the archive's handles; knows no egui.

mod progress;

pub use progress::{Progress, ProgressSnapshot};
