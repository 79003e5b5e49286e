//! Small parts that panels are made of. They know the theme and egui, nothing of articles' storage.

mod buttons;
mod check_row;
mod histogram;
mod split;
mod tags;
mod text;
mod virtual_list;

pub use buttons::{action_button, icon_button, tag};
pub use check_row::check_row;
pub use histogram::{Bar, histogram};
pub use split::split_ui;
pub use tags::tags_menu;
pub use text::{PrintJob, marked_job, print_job};
pub use virtual_list::{VirtualListState, virtual_list};
