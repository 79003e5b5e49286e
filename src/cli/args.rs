//! What can be typed. Dumb on purpose: strings and paths, no defaults that depend on the machine, no meaning. [`super::plan`]
//! gives it meaning.

use super::repair_args::{RepairArgs, RepairsArgs, RevertArgs};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Baoku 报库: an archive browser for local newsrooms.
///
/// Without a command the window opens and imports the files that are named. A file that is called like a command is
/// reached as ./search.
#[derive(Debug, Parser)]
#[command(name = "baoku", version, disable_help_subcommand = true)]
pub(super) struct Cli {
    /// The archive's file [default: in the platform's data folder; BAOKU_ARCHIVE names another]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) archive: Option<PathBuf>,
    /// Dumps to import: .txt files, folders, zips
    #[arg(value_name = "PATH")]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) known: KnownArgs,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// Facts about all named dumps that the user knows better than their names.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct KnownArgs {
    /// Newspaper (报名) of the dumps
    #[arg(long, value_name = "NAME")]
    pub(super) newspaper: Option<String>,
    /// Publication date of the dumps, e.g. 2024-03-05
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<String>,
    /// Page label (版次) of the dumps, e.g. A1
    #[arg(long, value_name = "LABEL")]
    pub(super) page: Option<String>,
    /// Place list (TOML) instead of the one that ships
    #[arg(long, value_name = "FILE")]
    pub(super) places: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Put dumps into the archive: files, folders (recursive), zips; take exported JSON back
    Import(ImportArgs),
    /// Show what would be made of a dump, without an archive
    Reconstruct(ReconstructArgs),
    /// Find articles
    Search(SearchArgs),
    /// Print one article
    Show(ShowArgs),
    /// Write articles into files: text, web page, table, …
    Export(ExportArgs),
    /// Count what is found by month, section, town, …
    Facets(FacetsArgs),
    /// Say why a search finds nothing, or so little
    Why(FacetsArgs),
    /// Find articles about the same things as one, and other copies of it
    Related(RelatedArgs),
    /// Show what differs between two articles, character by character
    Diff(DiffArgs),
    /// List groups of articles that are nearly the same text
    Duplicates(DuplicatesArgs),
    /// The archive in numbers
    Stats(JsonArgs),
    /// Examine the archive: the file, the stored texts, the search index
    Check(CheckArgs),
    /// Make the articles anew from the stored text, with this version's engine
    Rebuild(RebuildArgs),
    /// List the imports
    Imports(JsonArgs),
    /// Take an import back
    Undo(UndoArgs),
    /// Put right what reconstruction got wrong: fields, lines, paragraphs; the original stays
    Repair(Box<RepairArgs>),
    /// List the repairs
    Repairs(RepairsArgs),
    /// Take repairs back, or do them again
    Revert(RevertArgs),
}

#[derive(Debug, Args)]
pub(super) struct JsonArgs {
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// Files, folders, zips
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) known: KnownArgs,
    /// Print the report as JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReconstructArgs {
    /// A dump, or a zip of dumps
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) known: KnownArgs,
    /// Print JSON: an object, or an array when the dump has several pages
    #[arg(long)]
    pub(super) json: bool,
}

/// Which articles.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct FilterArgs {
    /// Words; a space means "and", "…" a phrase, -词 or "NOT word" leaves out
    #[arg(value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// First day, e.g. 2024-03-05, 2024-03 or 2024
    #[arg(long, value_name = "DATE")]
    pub(super) from: Option<String>,
    /// Last day, e.g. 2024-03-05, 2024-03 or 2024
    #[arg(long, value_name = "DATE")]
    pub(super) to: Option<String>,
    /// Section (版面); several mean any of them
    #[arg(long, value_name = "NAME")]
    pub(super) section: Vec<String>,
    /// Town (镇街道) the story is about; several mean any of them
    #[arg(long, value_name = "NAME")]
    pub(super) town: Vec<String>,
    /// Newspaper (报名); several mean any of them
    #[arg(long, value_name = "NAME")]
    pub(super) newspaper: Vec<String>,
    /// Page label (版次); several mean any of them
    #[arg(long, value_name = "LABEL")]
    pub(super) page: Vec<String>,
    /// Kind: news, feature, interview, commentary, photo, essay, notice
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Vec<String>,
    /// Name in the byline (作者); several mean any of them
    #[arg(long, value_name = "NAME")]
    pub(super) byline: Vec<String>,
    /// Tag; several mean any of them
    #[arg(long, value_name = "TAG")]
    pub(super) tag: Vec<String>,
    /// Only articles without a date
    #[arg(long)]
    pub(super) undated: bool,
    /// Only articles the engine is not sure of
    #[arg(long)]
    pub(super) unsure: bool,
    /// Only articles that carry a flag.
    #[arg(long)]
    pub(super) flagged: bool,
}

#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    #[command(flatten)]
    pub(super) filter: FilterArgs,
    /// Order
    #[arg(long, value_enum, default_value_t = SortArg::Date)]
    pub(super) sort: SortArg,
    /// Articles to print; 0 prints the total alone
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(super) limit: u32,
    /// Articles to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) offset: u64,
    /// Also say how the query was read
    #[arg(long)]
    pub(super) explain: bool,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SortArg {
    /// Newest first
    Date,
    /// Oldest first
    Oldest,
    /// Most fitting first
    Relevance,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The article's number, as search prints it
    #[arg(value_name = "ID")]
    pub(super) id: i64,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    #[command(flatten)]
    pub(super) filter: FilterArgs,
    /// What to write
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) format: FormatArg,
    /// The file, or with --one-file-each the folder
    #[arg(long, short, value_name = "PATH")]
    pub(super) output: PathBuf,
    /// Just these articles, in this order, by their numbers: 12,7,30
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    pub(super) ids: Option<Vec<i64>>,
    /// The articles in the basket (选稿篮), in its order
    #[arg(long)]
    pub(super) basket: bool,
    /// The result of the search that was saved under this name
    #[arg(long, value_name = "NAME")]
    pub(super) saved: Option<String>,
    /// The articles of a set that was exported: its folder, its manifest.json, or its booklet (PDF)
    #[arg(long, value_name = "PATH")]
    pub(super) from_manifest: Option<PathBuf>,
    /// Order of the articles
    #[arg(long, value_enum, default_value_t = SortArg::Date)]
    pub(super) sort: SortArg,
    /// A file for each article, named by date, page and headline, and a manifest.json
    #[arg(long)]
    pub(super) one_file_each: bool,
    /// Title of the set
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// Template (.typ) of pdf and png instead of the one that ships
    #[arg(long, value_name = "FILE")]
    pub(super) template: Option<PathBuf>,
    /// Paper of a pdf
    #[arg(long, value_enum, default_value_t = PaperArg::A4)]
    pub(super) paper: PaperArg,
    /// Columns on a page of a pdf
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    pub(super) columns: u8,
    /// Width of a png in pixels
    #[arg(long, value_name = "PX", default_value_t = 1080, value_parser = clap::value_parser!(u32).range(200..=8000))]
    pub(super) width: u32,
    /// Encoding of txt and page-text
    #[arg(long, value_enum, default_value_t = EncodingArg::Utf8)]
    pub(super) encoding: EncodingArg,
    /// Print what was done as JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatArg {
    /// A booklet for paper, with cover and contents
    Pdf,
    /// A Word document
    #[value(alias = "word")]
    Docx,
    /// One long picture (长图) for chat groups
    Png,
    /// Plain text
    Txt,
    /// Markdown with front matter
    #[value(alias = "markdown")]
    Md,
    /// One self-contained web page
    Html,
    /// A table without the text of the articles
    Csv,
    /// The same table for Excel
    Xlsx,
    /// Everything, for programs
    Json,
    /// The original text of the pages
    PageText,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PaperArg {
    A4,
    A5,
    /// 16开, 184 × 260 mm
    #[value(name = "16k")]
    K16,
    /// As wide as a newspaper column
    Column,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum EncodingArg {
    /// UTF-8 with a byte-order mark
    Utf8,
    /// GB18030, for old software
    Gb18030,
}

#[derive(Debug, Args)]
pub(super) struct FacetsArgs {
    #[command(flatten)]
    pub(super) filter: FilterArgs,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct RelatedArgs {
    /// The article's number, as search prints it
    #[arg(value_name = "ID")]
    pub(super) id: i64,
    /// Articles to print
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(super) limit: u32,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct DuplicatesArgs {
    #[command(flatten)]
    pub(super) filter: FilterArgs,
    /// Groups to print
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(super) limit: u32,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// One article's number
    #[arg(value_name = "ID")]
    pub(super) first: i64,
    /// The other's
    #[arg(value_name = "ID")]
    pub(super) second: i64,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Build the search index anew if it is wrong
    #[arg(long)]
    pub(super) repair: bool,
    /// Articles whose text is compared with the index, spread over the archive
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(super) samples: u32,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct RebuildArgs {
    /// Every page, not only those of older engines
    #[arg(long)]
    pub(super) all: bool,
    /// Place list (TOML) instead of the one that ships
    #[arg(long, value_name = "FILE")]
    pub(super) places: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct UndoArgs {
    /// The import's number, as imports prints it
    #[arg(value_name = "ID")]
    pub(super) id: i64,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}
