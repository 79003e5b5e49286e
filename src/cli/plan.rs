//! What was typed, made sense of: dates parsed, paths looked at, defaults filled in. Nothing after this reads arguments.

use super::args::{
    Cli, Command, EncodingArg, ExportArgs, FilterArgs, FormatArg, KnownArgs, PaperArg, SearchArgs, SortArg,
};
use super::failure::Failure;
use super::repair_args::{RepairPlan, RevertPlan};
use crate::export::{self, Encoding, Format, Paper};
use crate::ingest::parse_date;
use crate::model::{ArticleId, Filter, Hints, ImportId, Kind, SearchRequest, Selection, Sort, YearMonth};
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// One run of the program.
#[derive(Debug, PartialEq)]
pub(super) struct Plan {
    pub(super) archive: PathBuf,
    pub(super) job: Job,
}

/// What to do.
#[derive(Debug, PartialEq)]
pub(super) enum Job {
    Window { import: Vec<PathBuf>, overrides: Hints, places: Option<PathBuf> },
    Import { paths: Vec<PathBuf>, overrides: Hints, places: Option<PathBuf>, json: bool },
    Reconstruct { file: PathBuf, overrides: Hints, places: Option<PathBuf>, json: bool },
    Search { request: SearchRequest, page: ResultPage, explain: bool, json: bool },
    Show { id: ArticleId, json: bool },
    Export(Box<ExportPlan>),
    Facets { request: SearchRequest, json: bool },
    Why { request: SearchRequest, json: bool },
    Related { id: ArticleId, limit: usize, json: bool },
    Diff { first: ArticleId, second: ArticleId, json: bool },
    Duplicates { request: SearchRequest, limit: usize, json: bool },
    Stats { json: bool },
    Check { repair: bool, samples: u32, json: bool },
    Rebuild { all: bool, places: Option<PathBuf>, json: bool },
    Imports { json: bool },
    Undo { id: ImportId, json: bool },
    Repair(Box<RepairPlan>),
    Repairs { id: Option<ArticleId>, json: bool },
    Revert(RevertPlan),
}

/// Which part of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ResultPage {
    pub(super) limit: u32,
    pub(super) offset: u64,
}

/// What to export, and how.
#[derive(Debug, PartialEq)]
pub(super) struct ExportPlan {
    pub(super) articles: Articles,
    pub(super) format: Format,
    pub(super) options: export::Options,
    pub(super) output: PathBuf,
    pub(super) is_one_file_each: bool,
    pub(super) json: bool,
}

/// Which articles.
#[derive(Debug, PartialEq)]
pub(super) enum Articles {
    /// Those of the archive's own.
    Selected(Selection),
    /// Those that a set names which was exported.
    OfSet(PathBuf),
}

impl Plan {
    /// The plan of these arguments; `archive_env` is what BAOKU_ARCHIVE says.
    pub(super) fn new(cli: Cli, archive_env: Option<PathBuf>) -> Result<Self, Failure> {
        let named = cli.archive.or(archive_env.filter(|path| !path.as_os_str().is_empty()));
        let archive = named.map_or_else(default_archive, Ok)?;
        let job = match cli.command {
            None => window(cli.files, cli.known)?,
            Some(_) if !cli.files.is_empty() => return Err(Failure::FilesBeforeCommand),
            Some(_) if cli.known.is_some() => return Err(Failure::OptionsBeforeCommand),
            Some(command) => command_job(command)?,
        };
        Ok(Self { archive, job })
    }
}

fn window(files: Vec<PathBuf>, known: KnownArgs) -> Result<Job, Failure> {
    if let Some(missing) = files.iter().find(|file| !file.exists()) {
        return Err(Failure::NoSuchFileOrCommand { name: missing.clone() });
    }
    let (overrides, places) = known.split()?;
    Ok(Job::Window { import: files, overrides, places })
}

fn command_job(command: Command) -> Result<Job, Failure> {
    Ok(match command {
        Command::Import(args) => {
            let (overrides, places) = args.known.split()?;
            Job::Import { paths: args.paths, overrides, places, json: args.json }
        }
        Command::Reconstruct(args) => {
            let (overrides, places) = args.known.split()?;
            Job::Reconstruct { file: args.file, overrides, places, json: args.json }
        }
        Command::Search(args) => search(args)?,
        Command::Show(args) => Job::Show { id: ArticleId(args.id), json: args.json },
        Command::Export(args) => Job::Export(Box::new(export_plan(args)?)),
        Command::Facets(args) => Job::Facets { request: request(args.filter, Sort::default())?, json: args.json },
        Command::Why(args) => Job::Why { request: request(args.filter, Sort::default())?, json: args.json },
        Command::Related(args) => Job::Related { id: ArticleId(args.id), limit: args.limit as usize, json: args.json },
        Command::Diff(args) => {
            Job::Diff { first: ArticleId(args.first), second: ArticleId(args.second), json: args.json }
        }
        Command::Duplicates(args) => Job::Duplicates {
            request: request(args.filter, Sort::default())?,
            limit: args.limit as usize,
            json: args.json,
        },
        Command::Stats(args) => Job::Stats { json: args.json },
        Command::Check(args) => Job::Check { repair: args.repair, samples: args.samples, json: args.json },
        Command::Rebuild(args) => Job::Rebuild { all: args.all, places: args.places, json: args.json },
        Command::Imports(args) => Job::Imports { json: args.json },
        Command::Undo(args) => Job::Undo { id: ImportId(args.id), json: args.json },
        Command::Repair(args) => Job::Repair(Box::new(args.plan()?)),
        Command::Repairs(args) => Job::Repairs { id: args.id.map(ArticleId), json: args.json },
        Command::Revert(args) => Job::Revert(args.plan()),
    })
}

fn export_plan(args: ExportArgs) -> Result<ExportPlan, Failure> {
    let sort = args.sort.order();
    let request = request(args.filter, sort)?;
    let has_filters = request != SearchRequest { sort, ..SearchRequest::default() };
    let ids = args.ids.map(|ids| Articles::Selected(Selection::Articles(ids.into_iter().map(ArticleId).collect())));
    let named = [
        ids,
        args.basket.then_some(Articles::Selected(Selection::Basket)),
        args.saved.map(|name| Articles::Selected(Selection::Saved(name))),
        args.from_manifest.map(Articles::OfSet),
    ];
    let mut named = named.into_iter().flatten();
    let articles = match (named.next(), named.next()) {
        (Some(_), Some(_)) => return Err(Failure::SeveralSelections),
        (Some(_), None) if has_filters => return Err(Failure::IdsAndFilters),
        (Some(named), None) => named,
        (None, _) => Articles::Selected(Selection::Result(request)),
    };
    let options = export::Options {
        title: args.title,
        made_on: Some(jiff::Zoned::now().date()),
        encoding: match args.encoding {
            EncodingArg::Utf8 => Encoding::Utf8,
            EncodingArg::Gb18030 => Encoding::Gb18030,
        },
        template: args.template,
        paper: match args.paper {
            PaperArg::A4 => Paper::A4,
            PaperArg::A5 => Paper::A5,
            PaperArg::K16 => Paper::K16,
            PaperArg::Column => Paper::Column,
        },
        columns: args.columns,
        width_px: args.width,
    };
    if !args.one_file_each && args.output.is_dir() {
        return Err(Failure::OutputIsFolder { path: args.output });
    }
    if args.one_file_each && args.output.is_file() {
        return Err(Failure::OutputIsFile { path: args.output });
    }
    Ok(ExportPlan {
        articles,
        format: args.format.format(),
        options,
        output: args.output,
        is_one_file_each: args.one_file_each,
        json: args.json,
    })
}

impl FormatArg {
    fn format(self) -> Format {
        match self {
            Self::Pdf => Format::Pdf,
            Self::Docx => Format::Docx,
            Self::Png => Format::Png,
            Self::Txt => Format::Txt,
            Self::Md => Format::Markdown,
            Self::Html => Format::Html,
            Self::Csv => Format::Csv,
            Self::Xlsx => Format::Xlsx,
            Self::Json => Format::Json,
            Self::PageText => Format::PageText,
        }
    }
}

impl SortArg {
    fn order(self) -> Sort {
        match self {
            Self::Date => Sort::Newest,
            Self::Oldest => Sort::Oldest,
            Self::Relevance => Sort::Relevance,
        }
    }
}

fn search(args: SearchArgs) -> Result<Job, Failure> {
    let request = request(args.filter, args.sort.order())?;
    let page = ResultPage { limit: args.limit, offset: args.offset };
    Ok(Job::Search { request, page, explain: args.explain, json: args.json })
}

fn request(args: FilterArgs, sort: Sort) -> Result<SearchRequest, Failure> {
    let kind = |word: String| Kind::from_word(&word).ok_or(Failure::NoSuchKind { word });
    let filter = Filter {
        from: args.from.map(|text| first_day(&text)).transpose()?,
        to: args.to.map(|text| last_day(&text)).transpose()?,
        undated: args.undated,
        sections: args.section,
        towns: args.town,
        newspapers: args.newspaper,
        pages: args.page,
        kinds: args.kind.into_iter().map(kind).collect::<Result<_, _>>()?,
        bylines: args.byline,
        tags: args.tag,
        unsure: args.unsure,
        flagged: args.flagged,
    };
    if let (Some(from), Some(to)) = (filter.from, filter.to)
        && from > to
    {
        return Err(Failure::EmptyRange { from, to });
    }
    Ok(SearchRequest { query: args.query.join(" "), filter, sort })
}

impl KnownArgs {
    fn is_some(&self) -> bool {
        self.newspaper.is_some() || self.date.is_some() || self.page.is_some() || self.places.is_some()
    }

    fn split(self) -> Result<(Hints, Option<PathBuf>), Failure> {
        let date = self.date.map(|text| parse_date(&text).ok_or(Failure::NotADate { text })).transpose()?;
        Ok((Hints { date, page_label: self.page, newspaper: self.newspaper, ..Hints::default() }, self.places))
    }
}

fn first_day(text: &str) -> Result<Date, Failure> {
    day_or_month(text, YearMonth::first_day, 1)
}

fn last_day(text: &str) -> Result<Date, Failure> {
    day_or_month(text, YearMonth::last_day, 12)
}

/// A day as it is, a month or a year by the day that `of_month` picks.
fn day_or_month(text: &str, of_month: fn(YearMonth) -> Date, month_of_year: i8) -> Result<Date, Failure> {
    let not_a_date = || Failure::NotADate { text: text.to_owned() };
    if let Some(date) = parse_date(text) {
        return Ok(date);
    }
    let (year, month) = match text.trim().split_once('-') {
        Some((year, month)) => (year, month.parse().map_err(|_| not_a_date())?),
        None => (text.trim(), month_of_year),
    };
    let year: i16 = year.parse().ok().filter(|_| year.len() == 4).ok_or_else(not_a_date)?;
    let first = Date::new(year, month, 1).map_err(|_| not_a_date())?;
    Ok(of_month(YearMonth::of(first)))
}

/// Where the archive lies when nobody says otherwise.
fn default_archive() -> Result<PathBuf, Failure> {
    let folders = directories::ProjectDirs::from("", "", "baoku").ok_or(Failure::NoDataFolder)?;
    Ok(folders.data_dir().join(Path::new("archive.baoku")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    fn plan(words: &[&str]) -> Result<Plan, Failure> {
        let cli = Cli::try_parse_from(std::iter::once(&"baoku").chain(words)).unwrap();
        Plan::new(cli, Some(PathBuf::from("env.baoku")))
    }

    #[track_caller]
    fn check_request(words: &[&str], expected: SearchRequest) {
        match plan(words).unwrap().job {
            Job::Search { request, .. } => assert_eq!(request, expected),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_arguments_are_consistent() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }

    #[test]
    fn nothing_opens_the_window() {
        let job = Job::Window { import: vec![], overrides: Hints::default(), places: None };
        assert_eq!(plan(&[]).unwrap(), Plan { archive: "env.baoku".into(), job });
    }

    #[test]
    fn the_option_wins_over_the_environment_wherever_it_stands() {
        for words in [["--archive", "a.baoku", "stats"], ["stats", "--archive", "a.baoku"]] {
            assert_eq!(plan(&words).unwrap(), Plan { archive: "a.baoku".into(), job: Job::Stats { json: false } });
        }
    }

    #[test]
    fn files_open_the_window_and_a_mistyped_command_does_not() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().to_str().unwrap();
        let words = [path, "--date", "2024年3月5日"];
        let Job::Window { import, overrides, .. } = plan(&words).unwrap().job else { panic!("no window") };
        assert_eq!(import, [file.path()]);
        assert_eq!(overrides.date, Some(jiff::civil::date(2024, 3, 5)));
        assert!(matches!(plan(&["serach"]), Err(Failure::NoSuchFileOrCommand { .. })));
        assert!(matches!(plan(&[path, "search"]), Err(Failure::NoSuchFileOrCommand { .. })));
        let words = [path, "--date", "2024-03-05", "search"];
        assert!(matches!(plan(&words), Err(Failure::FilesBeforeCommand)));
    }

    #[test]
    fn dates_may_be_days_months_or_years() {
        let date = jiff::civil::date;
        let filter = |from, to| Filter { from: Some(from), to: Some(to), ..Filter::default() };
        let request = |filter| SearchRequest { filter, ..SearchRequest::default() };
        check_request(
            &["search", "--from", "2024-02", "--to", "2024-02"],
            request(filter(date(2024, 2, 1), date(2024, 2, 29))),
        );
        check_request(
            &["search", "--from", "2024", "--to", "20241103"],
            request(filter(date(2024, 1, 1), date(2024, 11, 3))),
        );
        for bad in ["2024-13", "24", "yesterday", "2024-02-30", ""] {
            let error = plan(&["search", "--from", bad]).unwrap_err();
            assert_eq!(error, Failure::NotADate { text: bad.to_owned() });
        }
        assert!(matches!(plan(&["search", "--from", "2024", "--to", "2023"]), Err(Failure::EmptyRange { .. })));
    }

    #[test]
    fn words_and_filters_become_a_request() {
        check_request(
            &[
                "search",
                "茶园",
                "春天",
                "--town",
                "青石镇",
                "--town",
                "桃岭镇",
                "--section",
                "三农",
                "--sort",
                "relevance",
            ],
            SearchRequest {
                query: "茶园 春天".to_owned(),
                filter: Filter {
                    towns: vec!["青石镇".to_owned(), "桃岭镇".to_owned()],
                    sections: vec!["三农".to_owned()],
                    ..Filter::default()
                },
                sort: Sort::Relevance,
            },
        );
        assert!(matches!(plan(&["facets", "--kind", "poem"]), Err(Failure::NoSuchKind { .. })));
    }
}
