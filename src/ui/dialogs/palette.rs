//! The command palette: every action by name, from the keyboard.

use crate::ui::command::{Action, Command, shortcut_text};
use crate::ui::i18n::{Lang, Tr};
use egui::{Align2, Button, Context, Id, Key, Modal, Modifiers, ScrollArea, TextEdit, vec2};

/// What the palette keeps between frames.
#[derive(Debug, Default)]
pub struct PaletteState {
    text: String,
    chosen: usize,
    has_focus: bool,
}

/// Draws the palette. Enter or a click runs the command; running one or Escape closes it.
pub fn palette_ui(ctx: &Context, tr: Tr, state: &mut PaletteState, commands: &mut Vec<Command>) {
    let area = Modal::default_area(Id::unique("palette")).anchor(Align2::CENTER_TOP, vec2(0.0, 90.0));
    let response = Modal::new(Id::unique("palette")).area(area).show(ctx, |ui| {
        ui.set_width(460.0);
        let matches = matches(tr, &state.text);
        let (up, down, enter) = ui.input_mut(|i| {
            let mut key = |key| i.consume_key(Modifiers::NONE, key);
            (key(Key::ArrowUp), key(Key::ArrowDown), key(Key::Enter))
        });
        let last = matches.len().saturating_sub(1);
        state.chosen = match (up, down) {
            (true, _) => state.chosen.saturating_sub(1),
            (_, true) => state.chosen + 1,
            _ => state.chosen,
        }
        .min(last);
        let edit = TextEdit::singleline(&mut state.text).hint_text(tr.t("palette.hint").into_owned());
        let response = ui.add(edit.desired_width(f32::INFINITY)).accessible_name(tr.t("palette.name"));
        if !std::mem::replace(&mut state.has_focus, true) {
            response.request_focus();
        }
        if response.changed() {
            state.chosen = 0;
        }
        let mut run = enter.then(|| matches.get(state.chosen).copied()).flatten();
        ScrollArea::vertical().max_height(360.0).auto_shrink([false, true]).show(ui, |ui| {
            for (i, action) in matches.iter().enumerate() {
                let shortcut = action.shortcut().map(shortcut_text).unwrap_or_default();
                let text = format!("{}  {}", action.icon().codepoint, action.text(tr));
                let button = Button::selectable(i == state.chosen, text).shortcut_text(shortcut);
                let response = ui.add_sized([ui.available_width(), 28.0], button);
                if i == state.chosen && (up || down) {
                    response.scroll_to_me(None);
                }
                if response.on_hover_text(action.tip(tr)).clicked() {
                    run = Some(*action);
                }
            }
        });
        run
    });
    if let Some(action) = response.inner {
        commands.push(Command::ClosePalette);
        commands.push(Command::Do(action));
    } else if response.should_close() {
        commands.push(Command::ClosePalette);
    }
}

/// The actions whose name or tooltip holds every word of `text`, in either language.
fn matches(tr: Tr, text: &str) -> Vec<Action> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let is_match = |action: &Action| {
        let other = Tr { lang: if tr.lang == Lang::Chinese { Lang::English } else { Lang::Chinese } };
        let names = [action.text(tr), action.tip(tr), action.text(other)].join(" ").to_lowercase();
        words.iter().all(|word| names.contains(word))
    };
    Action::ALL.into_iter().filter(is_match).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_in_both_languages() {
        let tr = Tr::default();
        assert_eq!(matches(tr, "").len(), Action::ALL.len());
        assert_eq!(matches(tr, "导入文件夹"), [Action::ImportFolder]);
        assert_eq!(matches(tr, "import folder"), [Action::ImportFolder]);
        assert!(matches(tr, "没有这个命令").is_empty());
    }
}
