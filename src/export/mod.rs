//! Articles become files for other programs. Knows neither the archive nor the window.

pub mod record;
