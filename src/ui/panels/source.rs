//! The page's original lines, tinted by role; a click on a line opens the article it belongs to.

use crate::model::{ArticleId, FurnitureKind, Role, StoredPage};
use crate::ui::command::Command;
use crate::ui::i18n::{Tr, number};
use crate::ui::theme::{Palette, size};
use egui::{Align2, FontId, RichText, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

const LINE_HEIGHT: f32 = 22.0;
/// Characters of a line that are laid out; a dump may be one line of many megabytes.
const LONGEST_LINE: usize = 400;

/// What a line is, for its tint and its name.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Of(ArticleId, Role),
    Furniture(FurnitureKind),
    Blank,
}

/// Draws the lines of `page`, with those of article `open` in full colour.
pub fn source_ui(ui: &mut Ui, tr: Tr, page: &StoredPage, open: ArticleId, commands: &mut Vec<Command>) {
    let palette = Palette::of(ui);
    let lines: Vec<&str> = page.text.split('\n').collect();
    let places = places(page, &lines);
    egui::Frame::new().inner_margin(egui::Margin::symmetric(16, 4)).show(ui, |ui| {
        ui.label(RichText::new(account(tr, &places)).size(size::SMALL).color(palette.weak));
        let source = page.source.display();
        ui.label(RichText::new(format!("{source} ({})", page.encoding)).size(size::SMALL).color(palette.weak));
    });
    // Rows follow each other without a gap; the scroll area reckons with the spacing set here.
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::both().id_salt(("source", page.id.0)).auto_shrink(false).show_rows(
        ui,
        LINE_HEIGHT,
        lines.len(),
        |ui, range| {
            for i in range {
                line_ui(ui, tr, &palette, i, lines[i], places[i], open, commands);
            }
        },
    );
}

/// What each line is.
fn places(page: &StoredPage, lines: &[&str]) -> Vec<Place> {
    let mut places: Vec<Place> = vec![Place::Blank; lines.len()];
    let mut set = |from: u32, to: u32, place| {
        for n in from..=to {
            if let Some(slot) = (n as usize).checked_sub(1).and_then(|i| places.get_mut(i)) {
                *slot = place;
            }
        }
    };
    for article in &page.articles {
        for span in &article.spans {
            set(span.from, span.to, Place::Of(article.id, span.role));
        }
    }
    for furniture in &page.furniture {
        set(furniture.from, furniture.to, Place::Furniture(furniture.what));
    }
    for (place, line) in places.iter_mut().zip(lines) {
        if line.trim().is_empty() {
            *place = Place::Blank;
        }
    }
    places
}

/// "n lines: in articles, furniture, unplaced".
fn account(tr: Tr, places: &[Place]) -> String {
    let count = |f: fn(&Place) -> bool| number(places.iter().filter(|p| f(p)).count() as u64);
    let unplaced = |p: &Place| *p == Place::Furniture(FurnitureKind::Unplaced);
    tr.f(
        "source.account",
        &[
            ("n", count(|p| *p != Place::Blank)),
            ("a", count(|p| matches!(p, Place::Of(..)))),
            ("f", count(|p| matches!(p, Place::Furniture(k) if *k != FurnitureKind::Unplaced))),
            ("u", count(unplaced)),
        ],
    )
}

#[expect(clippy::too_many_arguments, reason = "a line's own facts; a struct would be made and taken apart at once")]
fn line_ui(
    ui: &mut Ui,
    tr: Tr,
    palette: &Palette,
    index: usize,
    line: &str,
    place: Place,
    open: ArticleId,
    commands: &mut Vec<Command>,
) {
    let shown: String = line.chars().take(LONGEST_LINE).map(|c| if c.is_control() { '·' } else { c }).collect();
    let font = FontId::proportional(size::TEXT);
    let galley = ui.painter().layout_no_wrap(shown, font.clone(), palette.text);
    let width = (galley.size().x + 150.0).max(ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(width, LINE_HEIGHT), Sense::click());
    let role = match place {
        Place::Of(_, role) => tr.join("role", role.as_str()),
        Place::Furniture(FurnitureKind::Unplaced) => tr.t("role.unplaced").into_owned(),
        Place::Furniture(_) => tr.t("role.furniture").into_owned(),
        Place::Blank => String::new(),
    };
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, format!("{} {line} {role}", index + 1)));
    if let Place::Of(id, role) = place {
        let tint = palette.role_tint(role);
        let tint = if id == open { tint } else { tint.gamma_multiply(0.35) };
        ui.painter().rect_filled(rect.with_min_x(rect.left() + 116.0), 2.0, tint);
        if response.clicked() && id != open {
            commands.push(Command::OpenArticle(id));
        }
    }
    let middle = rect.center().y;
    let small = FontId::proportional(11.5);
    let number_at = pos2(rect.left() + 44.0, middle);
    ui.painter().text(number_at, Align2::RIGHT_CENTER, (index + 1).to_string(), small.clone(), palette.weak);
    ui.painter().text(pos2(rect.left() + 54.0, middle), Align2::LEFT_CENTER, role, small, palette.weak);
    let text_at = pos2(rect.left() + 122.0, middle - galley.size().y / 2.0);
    ui.painter().galley(text_at, galley, palette.text);
}
