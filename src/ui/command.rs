//! Everything a user can do, as data. Panels push commands; only the app carries them out.
//!
//! [`Action`] lists the commands that have a name, a tooltip and a shortcut: one table feeds the buttons, the menus and
//! the shortcut sheet. [`Command`] adds those that carry a value.

use super::density::Density;
use super::i18n::{Lang, Tr};
use super::press::PressCommand;
use super::selection::Pick;
use super::theme::ThemeChoice;
use crate::model::{ArticleId, Filter, ImportId, PageId, Repair, SearchRequest, Sort, YearMonth};
use crate::worker::Note;
use egui::{Key, KeyboardShortcut, Modifiers};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons as icon;
use std::path::PathBuf;

/// A command with a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Put the cursor into the search box.
    FocusSearch,
    /// Drop search text and filters.
    ClearAll,
    /// Choose files to import.
    ImportFiles,
    /// Choose a folder to import.
    ImportFolder,
    /// Import the sample pages that come with the program.
    ImportSamples,
    /// Choose a folder whose new files are imported by themselves.
    WatchFolder,
    /// Pause or go on importing.
    PauseImport,
    /// Stop importing; what is stored stays.
    CancelImport,
    /// The imports so far and their reports.
    ShowImports,
    /// Show or hide the filter panel.
    ToggleFilters,
    /// Put the cursor into the dates of the filters.
    FocusDates,
    /// Show or hide the list.
    ToggleList,
    /// Show or hide the reader.
    ToggleReader,
    /// Select every row of the list.
    SelectAll,
    /// Select nothing.
    SelectNone,
    /// Show the page's original lines instead of the article.
    ToggleSource,
    /// Open the next row.
    NextResult,
    /// Open the row before.
    PreviousResult,
    /// Open the next article of the page.
    NextOnPage,
    /// Open the article before on the page.
    PreviousOnPage,
    /// Go to the next hit in the article.
    NextHit,
    /// Go to the hit before.
    PreviousHit,
    /// Open the article that was open before.
    Back,
    /// Open the article that was open after.
    Forward,
    /// Put the open article into the basket (选稿篮), or take it out.
    ToggleBasket,
    /// Show the basket.
    ShowBasket,
    /// Flag the open article, or take the flag off.
    ToggleFlag,
    /// Repair what reconstruction got wrong.
    Repair,
    /// Copy the article with its source line.
    CopyArticle,
    /// Copy the reference in the form of GB/T 7714.
    CopyCitation,
    /// Write articles into files.
    Export,
    /// Show articles as pages and print them.
    Print,
    /// Open a set again that was exported.
    OpenSet,
    /// Larger type in the reader.
    LargerType,
    /// Smaller type in the reader.
    SmallerType,
    /// Settings.
    ShowSettings,
    /// The command palette.
    ShowPalette,
    /// The shortcut sheet.
    ShowShortcuts,
    /// About box.
    ShowAbout,
    /// Show the page's original lines beside the article.
    SourceBeside,
    /// The page at a glance.
    ShowOverview,
    /// Only the article, on the whole screen.
    FullScreen,
    /// The other type face of the reader.
    ToggleFace,
    /// The next article of the page goes on from the open one.
    MergeNext,
    /// Take back what was repaired last.
    UndoRepair,
    /// Do again what was taken back last.
    RedoRepair,
    /// The repairs so far.
    ShowRepairs,
}

impl Action {
    /// Every action, in the order of the shortcut sheet.
    pub const ALL: [Self; 47] = [
        Self::FocusSearch,
        Self::ClearAll,
        Self::ImportFiles,
        Self::ImportFolder,
        Self::ImportSamples,
        Self::WatchFolder,
        Self::PauseImport,
        Self::CancelImport,
        Self::ShowImports,
        Self::ToggleFilters,
        Self::FocusDates,
        Self::ToggleList,
        Self::ToggleReader,
        Self::SelectAll,
        Self::SelectNone,
        Self::ToggleSource,
        Self::NextResult,
        Self::PreviousResult,
        Self::NextOnPage,
        Self::PreviousOnPage,
        Self::NextHit,
        Self::PreviousHit,
        Self::Back,
        Self::Forward,
        Self::ToggleBasket,
        Self::ShowBasket,
        Self::ToggleFlag,
        Self::Repair,
        Self::CopyArticle,
        Self::CopyCitation,
        Self::Export,
        Self::Print,
        Self::OpenSet,
        Self::LargerType,
        Self::SmallerType,
        Self::ShowSettings,
        Self::ShowPalette,
        Self::ShowShortcuts,
        Self::ShowAbout,
        Self::SourceBeside,
        Self::ShowOverview,
        Self::FullScreen,
        Self::ToggleFace,
        Self::MergeNext,
        Self::UndoRepair,
        Self::RedoRepair,
        Self::ShowRepairs,
    ];

    /// Name of its texts: `action.NAME` and `tip.NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::FocusSearch => "focus-search",
            Self::ClearAll => "clear-all",
            Self::ImportFiles => "import-files",
            Self::ImportFolder => "import-folder",
            Self::ImportSamples => "import-samples",
            Self::WatchFolder => "watch-folder",
            Self::PauseImport => "pause-import",
            Self::CancelImport => "cancel-import",
            Self::ShowImports => "show-imports",
            Self::ToggleFilters => "toggle-filters",
            Self::FocusDates => "focus-dates",
            Self::ToggleList => "toggle-list",
            Self::ToggleReader => "toggle-reader",
            Self::SelectAll => "select-all",
            Self::SelectNone => "select-none",
            Self::ToggleSource => "toggle-source",
            Self::NextResult => "next-result",
            Self::PreviousResult => "previous-result",
            Self::NextOnPage => "next-on-page",
            Self::PreviousOnPage => "previous-on-page",
            Self::NextHit => "next-hit",
            Self::PreviousHit => "previous-hit",
            Self::Back => "back",
            Self::Forward => "forward",
            Self::ToggleBasket => "toggle-basket",
            Self::ShowBasket => "show-basket",
            Self::ToggleFlag => "toggle-flag",
            Self::Repair => "repair",
            Self::CopyArticle => "copy-article",
            Self::CopyCitation => "copy-citation",
            Self::Export => "export",
            Self::Print => "print",
            Self::OpenSet => "open-set",
            Self::LargerType => "larger-type",
            Self::SmallerType => "smaller-type",
            Self::ShowSettings => "show-settings",
            Self::ShowPalette => "show-palette",
            Self::ShowShortcuts => "show-shortcuts",
            Self::ShowAbout => "show-about",
            Self::SourceBeside => "source-beside",
            Self::ShowOverview => "show-overview",
            Self::FullScreen => "full-screen",
            Self::ToggleFace => "toggle-face",
            Self::MergeNext => "merge-next",
            Self::UndoRepair => "undo-repair",
            Self::RedoRepair => "redo-repair",
            Self::ShowRepairs => "show-repairs",
        }
    }

    /// Its text in menus and as the name of its button.
    pub fn text(self, tr: Tr) -> String {
        tr.join("action", self.name())
    }

    /// Its tooltip, with the shortcut.
    pub fn tip(self, tr: Tr) -> String {
        let tip = tr.join("tip", self.name());
        match self.shortcut() {
            Some(shortcut) => format!("{tip}  ({})", shortcut_text(shortcut)),
            None => tip,
        }
    }

    /// Its icon.
    pub fn icon(self) -> MaterialIcon {
        match self {
            Self::FocusSearch => icon::ICON_SEARCH,
            Self::ClearAll => icon::ICON_CLOSE,
            Self::ImportFiles => icon::ICON_UPLOAD_FILE,
            Self::ImportFolder => icon::ICON_FOLDER_OPEN,
            Self::ImportSamples => icon::ICON_SCIENCE,
            Self::WatchFolder => icon::ICON_FOLDER_EYE,
            Self::PauseImport => icon::ICON_PAUSE,
            Self::CancelImport => icon::ICON_CANCEL,
            Self::ShowImports => icon::ICON_HISTORY,
            Self::ToggleFilters => icon::ICON_FILTER_ALT,
            Self::FocusDates => icon::ICON_CALENDAR_MONTH,
            Self::ToggleList => icon::ICON_FORMAT_LIST_BULLETED,
            Self::ToggleReader => icon::ICON_ARTICLE,
            Self::SelectAll => icon::ICON_SELECT_ALL,
            Self::SelectNone => icon::ICON_DESELECT,
            Self::ToggleSource => icon::ICON_SUBJECT,
            Self::NextResult => icon::ICON_KEYBOARD_ARROW_DOWN,
            Self::PreviousResult => icon::ICON_KEYBOARD_ARROW_UP,
            Self::NextOnPage => icon::ICON_NAVIGATE_NEXT,
            Self::PreviousOnPage => icon::ICON_NAVIGATE_BEFORE,
            Self::NextHit => icon::ICON_ARROW_DOWNWARD,
            Self::PreviousHit => icon::ICON_ARROW_UPWARD,
            Self::Back => icon::ICON_ARROW_BACK,
            Self::Forward => icon::ICON_ARROW_FORWARD,
            Self::ToggleBasket => icon::ICON_ADD_SHOPPING_CART,
            Self::ShowBasket => icon::ICON_SHOPPING_BASKET,
            Self::ToggleFlag => icon::ICON_FLAG,
            Self::Repair => icon::ICON_EDIT,
            Self::CopyArticle => icon::ICON_CONTENT_COPY,
            Self::CopyCitation => icon::ICON_FORMAT_QUOTE,
            Self::Export => icon::ICON_FILE_SAVE,
            Self::Print => icon::ICON_PRINT,
            Self::OpenSet => icon::ICON_FILE_OPEN,
            Self::LargerType => icon::ICON_TEXT_INCREASE,
            Self::SmallerType => icon::ICON_TEXT_DECREASE,
            Self::ShowSettings => icon::ICON_SETTINGS,
            Self::ShowPalette => icon::ICON_TERMINAL,
            Self::ShowShortcuts => icon::ICON_KEYBOARD,
            Self::ShowAbout => icon::ICON_INFO,
            Self::SourceBeside => icon::ICON_VERTICAL_SPLIT,
            Self::ShowOverview => icon::ICON_DASHBOARD,
            Self::FullScreen => icon::ICON_FULLSCREEN,
            Self::ToggleFace => icon::ICON_FONT_DOWNLOAD,
            Self::MergeNext => icon::ICON_CALL_MERGE,
            Self::UndoRepair => icon::ICON_UNDO,
            Self::RedoRepair => icon::ICON_REDO,
            Self::ShowRepairs => icon::ICON_CHECKLIST,
        }
    }

    /// Its shortcut. Ctrl is Cmd on macOS.
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let ctrl = Modifiers::COMMAND;
        let ctrl_shift = Modifiers::COMMAND.plus(Modifiers::SHIFT);
        let (modifiers, key) = match self {
            Self::FocusSearch => (ctrl, Key::F),
            Self::ClearAll => (ctrl_shift, Key::X),
            Self::ImportFiles => (ctrl, Key::O),
            Self::ImportFolder => (ctrl_shift, Key::O),
            Self::ShowImports => (ctrl, Key::H),
            Self::ToggleFilters => (ctrl, Key::B),
            Self::FocusDates => (ctrl_shift, Key::D),
            Self::ToggleList => (ctrl, Key::L),
            Self::ToggleReader => (ctrl_shift, Key::L),
            Self::SelectAll => (ctrl, Key::A),
            Self::SelectNone => (ctrl_shift, Key::A),
            Self::ToggleSource => (ctrl, Key::U),
            Self::NextResult => (Modifiers::ALT, Key::ArrowDown),
            Self::PreviousResult => (Modifiers::ALT, Key::ArrowUp),
            Self::NextOnPage => (Modifiers::ALT, Key::ArrowRight),
            Self::PreviousOnPage => (Modifiers::ALT, Key::ArrowLeft),
            Self::NextHit => (Modifiers::NONE, Key::F3),
            Self::PreviousHit => (Modifiers::SHIFT, Key::F3),
            Self::Back => (ctrl, Key::OpenBracket),
            Self::Forward => (ctrl, Key::CloseBracket),
            Self::ToggleBasket => (ctrl, Key::D),
            Self::ShowBasket => (ctrl_shift, Key::B),
            Self::ToggleFlag => (ctrl, Key::M),
            Self::Repair => (ctrl, Key::E),
            Self::CopyArticle => (ctrl_shift, Key::C),
            Self::CopyCitation => (ctrl_shift, Key::R),
            Self::Export => (ctrl, Key::S),
            Self::Print => (ctrl, Key::P),
            Self::LargerType => (ctrl, Key::Plus),
            Self::SmallerType => (ctrl, Key::Minus),
            Self::ShowSettings => (ctrl, Key::Comma),
            Self::ShowPalette => (ctrl, Key::K),
            Self::ShowShortcuts => (Modifiers::NONE, Key::F1),
            // Input methods take Ctrl+Shift+U (characters by number) and Ctrl+Shift+F (traditional forms) for themselves.
            Self::SourceBeside => (Modifiers::NONE, Key::F4),
            Self::ShowOverview => (ctrl_shift, Key::G),
            Self::FullScreen => (Modifiers::NONE, Key::F11),
            Self::ToggleFace => (ctrl_shift, Key::T),
            Self::MergeNext => (ctrl_shift, Key::J),
            Self::UndoRepair => (ctrl, Key::Z),
            Self::RedoRepair => (ctrl_shift, Key::Z),
            Self::ShowRepairs => (ctrl_shift, Key::E),
            Self::ImportSamples
            | Self::WatchFolder
            | Self::PauseImport
            | Self::CancelImport
            | Self::OpenSet
            | Self::ShowAbout => return None,
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }
}

/// A shortcut as people write it and as keys are printed: `Ctrl+Shift+O`, `Alt+↓`, `Ctrl+[`.
pub fn shortcut_text(shortcut: KeyboardShortcut) -> String {
    let text = shortcut.format(&egui::ModifierNames::NAMES, cfg!(target_os = "macos"));
    let printed = match shortcut.logical_key {
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        Key::Comma => ",",
        _ => return text,
    };
    let name = shortcut.logical_key.name();
    text.strip_suffix(name).map_or(text.clone(), |modifiers| format!("{modifiers}{printed}"))
}

/// What a panel asks the app to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A named action.
    Do(Action),
    /// Search for this text.
    SetQuery(String),
    /// Use these filters.
    SetFilter(Filter),
    /// Count the days of this month for the calendar.
    CountDays(YearMonth),
    /// Use this order.
    SetSort(Sort),
    /// Open the row at this position of the result.
    OpenRow(u64),
    /// A row was clicked: select it, and open it if it is alone.
    PickRow(u64, Pick),
    /// An arrow key was pressed in the list: go to this row and take the focus there; with Shift the rows between are selected.
    MoveToRow(u64, Pick),
    /// The keyboard's focus goes into the list.
    FocusList,
    /// Show the list's rows so close.
    SetDensity(Density),
    /// Open this article.
    OpenArticle(ArticleId),
    /// List the hits outside of articles, or no longer.
    ShowLoose(bool),
    /// Show the original text of this page by itself, from this line on.
    OpenPageText(PageId, u32),
    /// Import these files and folders.
    Import(Vec<PathBuf>),
    /// Read files of the preview again, in this encoding or the guessed one.
    PreviewEncoding(Vec<usize>, Option<String>),
    /// Import what the preview shows.
    ImportPreviewed,
    /// Close the preview; nothing is imported.
    ClosePreview,
    /// Watch a folder, or none.
    Watch(Option<PathBuf>),
    /// Look at files before they are imported, or do not.
    SetPreviews(bool),
    /// Look at these files again before they are imported, whatever the settings say.
    PreviewFiles(Vec<PathBuf>),
    /// Take an import out again.
    UndoImport(ImportId),
    /// Show the report of an import.
    ShowReport(ImportId),
    /// Give a tag to the selected articles, or to the open one.
    TagTargets(String),
    /// Write a small change: a mark, a tag, a repair.
    Write(Note),
    /// Put the text of this paragraph of the open article right.
    EditParagraph(usize),
    /// Open what a repair of this page is about.
    OpenRepaired(PageId, Repair),
    /// Show this line of the open article's page.
    ShowLine(u32),
    /// Search as saved.
    SetSearch(SearchRequest),
    /// Copy this text.
    Copy(String),
    /// Use this theme.
    SetTheme(ThemeChoice),
    /// Use this language.
    SetLanguage(Lang),
    /// Choose a place list file.
    ChoosePlaces,
    /// Go back to the bundled place list.
    BuiltinPlaces,
    /// Make all articles anew with the place list in use.
    Rebuild,
    /// Export, preview, print.
    Press(PressCommand),
    /// Close the command palette.
    ClosePalette,
    /// Close the window even though an import is running.
    QuitAnyway,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn every_action_has_texts_in_both_languages() {
        for action in Action::ALL {
            for (lang, _) in Lang::ALL {
                let tr = Tr { lang };
                assert_ne!(action.text(tr), action.name(), "{action:?} has no text in {lang:?}");
                assert!(!action.tip(tr).starts_with(action.name()), "{action:?} has no tooltip in {lang:?}");
            }
        }
    }

    #[test]
    fn shortcuts_do_not_collide() {
        let mut seen = HashMap::new();
        for action in Action::ALL {
            if let Some(shortcut) = action.shortcut()
                && let Some(other) = seen.insert(shortcut_text(shortcut), action)
            {
                panic!("{action:?} and {other:?} share a shortcut");
            }
        }
    }
}
