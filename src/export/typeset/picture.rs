//! A long picture (长图): pages of any height, drawn in bands, so that memory does not grow with the picture.

use super::booklet::{Booklet, picture};
use crate::export::{ExportError, Watch};
use std::io::Write;
use typst::foundations::Content;
use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst_layout::Page;

/// Rows that are drawn at once.
const BAND: u32 = 2048;
/// Points around a band in which a glyph's baseline may lie so that some of it shows.
const REACH: f64 = 80.0;

/// Writes all pages, one below the other, as a PNG of `width` pixels across.
pub(super) fn write(booklet: &Booklet, width: u32, out: impl Write, watch: &dyn Watch) -> Result<(), ExportError> {
    let pages: Vec<(&Page, f64, u32)> = booklet.only_pages().iter().map(|page| measured(page, width)).collect();
    let height = pages.iter().try_fold(0_u32, |sum, page| sum.checked_add(page.2));
    let height = height.filter(|height| i32::try_from(*height).is_ok()).ok_or(ExportError::PictureTooHigh)?;
    let mut encoder = png::Encoder::new(out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    let mut rows = writer.stream_writer()?;
    for (page, scale, height) in pages {
        for top in (0..height).step_by(BAND as usize) {
            if !watch.keep_going() {
                return Err(ExportError::Cancelled);
            }
            let band = picture(&band(page, scale, top, BAND.min(height - top)), scale);
            rows.write_all(&rgb(&band.rgba, band.width, width))?;
        }
    }
    rows.finish()?;
    Ok(writer.finish()?)
}

/// A page with its pixels per point and its height in pixels.
fn measured(page: &Page, width: u32) -> (&Page, f64, u32) {
    let size = page.frame.size();
    let scale = f64::from(width) / size.x.to_pt();
    (page, scale, (size.y.to_pt() * scale).round().max(1.0) as u32)
}

/// The page's part from row `top` on.
fn band(page: &Page, scale: f64, top: u32, rows: u32) -> Page {
    let offset = Abs::pt(f64::from(top) / scale);
    let height = Abs::pt(f64::from(rows) / scale);
    let mut frame = Frame::hard(Size::new(page.frame.width(), height));
    let part = visible_part(&page.frame, offset - Abs::pt(REACH), offset + height + Abs::pt(REACH));
    frame.push_frame(Point::with_y(-offset), part);
    Page {
        frame,
        bleed: page.bleed,
        fill: page.fill.clone(),
        numbering: None,
        supplement: Content::empty(),
        number: page.number,
    }
}

/// `frame` without text that lies above `from` or below `to`: drawing what is not seen would cost as much as drawing it.
fn visible_part(frame: &Frame, from: Abs, to: Abs) -> Frame {
    let mut out = Frame::new(frame.size(), frame.kind());
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) if group.transform == Transform::identity() && group.clip.is_none() => {
                if at.y + group.frame.height() >= from && at.y <= to {
                    out.push_frame(*at, visible_part(&group.frame, from - at.y, to - at.y));
                }
            }
            FrameItem::Text(_) if at.y < from || at.y > to => {}
            FrameItem::Tag(_) | FrameItem::Link(..) => {}
            item => out.push(*at, item.clone()),
        }
    }
    out
}

/// Opaque pixels without their alpha. A rounding of sizes may leave a column more or less; the picture keeps its width.
fn rgb(rgba: &[u8], from: u32, to: u32) -> Vec<u8> {
    let (from, to) = (from as usize, to as usize);
    let mut out = Vec::with_capacity(rgba.len() / 4 * 3);
    for row in rgba.chunks_exact(from * 4) {
        for x in 0..to {
            let x = x.min(from - 1) * 4;
            out.extend_from_slice(&row[x..x + 3]);
        }
    }
    out
}
