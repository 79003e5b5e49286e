//! The bundled typefaces as bytes, for the window and for print. `fonts/README.md` tells what is in them.
//!
//! The files are embedded uncompressed, so that the first frame waits for no unpacking. System fonts are never asked:
//! they may give Japanese shapes for Han, and a booklet must look the same wherever it is made.

/// Noto Sans SC Regular.
pub const SANS_REGULAR: &[u8] = include_bytes!("../fonts/NotoSansSC-Regular.otf");
/// Noto Sans SC Bold.
pub const SANS_BOLD: &[u8] = include_bytes!("../fonts/NotoSansSC-Bold.otf");
/// Noto Serif SC Regular.
pub const SERIF_REGULAR: &[u8] = include_bytes!("../fonts/NotoSerifSC-Regular.otf");
/// Noto Serif SC Bold.
pub const SERIF_BOLD: &[u8] = include_bytes!("../fonts/NotoSerifSC-Bold.otf");

/// All of them.
pub const ALL: [&[u8]; 4] = [SERIF_REGULAR, SERIF_BOLD, SANS_REGULAR, SANS_BOLD];
