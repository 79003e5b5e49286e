//! The table of [`super::csv`] for Excel. Every cell is a string or a number, never a formula; rows go to the disk as they come.

use super::csv::{HEADINGS, row};
use super::output::PendingFile;
use super::writer::ArticleWriter;
use super::{ExportError, Item, Watch};
use rust_xlsxwriter::{Format as CellFormat, Workbook, Worksheet};

/// Rows of one sheet (the limit of the file format is 1,048,576); more articles go to a further sheet.
const MAX_ROWS: u32 = 1_000_000;
/// UTF-16 units of one cell (the limit of the file format).
const MAX_CELL: usize = 32_767;
/// Width of each column in characters.
const WIDTHS: [f64; HEADINGS.len()] = [11., 12., 7., 12., 16., 8., 24., 44., 28., 14., 24., 7., 8., 40.];
/// Columns that hold numbers: 字数, 编号.
const NUMBERS: [usize; 2] = [11, 12];

pub(super) struct Xlsx {
    out: PendingFile,
    workbook: Workbook,
    sheet: Worksheet,
    next_row: u32,
}

impl Xlsx {
    pub(super) fn new(out: PendingFile) -> Result<Self, ExportError> {
        let mut workbook = Workbook::new();
        let sheet = begin_sheet(&mut workbook)?;
        Ok(Self { out, workbook, sheet, next_row: 1 })
    }
}

fn begin_sheet(workbook: &mut Workbook) -> Result<Worksheet, ExportError> {
    let mut sheet = workbook.new_worksheet_with_constant_memory()?;
    let bold = CellFormat::new().set_bold();
    for (column, (heading, width)) in (0..).zip(HEADINGS.iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, *heading, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(sheet)
}

impl ArticleWriter for Xlsx {
    fn add(&mut self, item: &Item<'_>) -> Result<(), ExportError> {
        if self.next_row > MAX_ROWS {
            let next = begin_sheet(&mut self.workbook)?;
            self.workbook.push_worksheet(std::mem::replace(&mut self.sheet, next));
            self.next_row = 1;
        }
        for (at, cell) in row(item.article).iter().enumerate() {
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            match cell.parse::<u32>() {
                Ok(number) if NUMBERS.contains(&at) => self.sheet.write_number(self.next_row, column, number)?,
                _ if cell.is_empty() => continue,
                _ => self.sheet.write_string(self.next_row, column, cut(cell))?,
            };
        }
        self.next_row += 1;
        Ok(())
    }

    fn finish(self: Box<Self>, _watch: &dyn Watch) -> Result<PendingFile, ExportError> {
        let Self { mut out, mut workbook, mut sheet, next_row } = *self;
        sheet.autofilter(0, 0, next_row.saturating_sub(1), WIDTHS.len() as u16 - 1)?;
        workbook.push_worksheet(sheet);
        workbook.save_to_writer(&mut out)?;
        Ok(out)
    }
}

/// As much of `text` as a cell holds.
fn cut(text: &str) -> &str {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > MAX_CELL {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_cut_between_characters() {
        let long = "𬭎".repeat(20_000);
        assert_eq!(cut(&long).chars().count(), MAX_CELL / 2);
        assert_eq!(cut("短"), "短");
    }
}
