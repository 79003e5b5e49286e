//! The command line: the only room that prints.
//!
//! [`args`] says what can be typed, [`plan`] what it means, one file per command does it. Results go to stdout (with
//! `--json` nothing but JSON), progress and `error:`/`hint:` lines to stderr. Exit codes: 0 done, 1 nothing found or
//! something refused, 2 error.

mod args;
mod check;
mod console;
mod crash;
mod diff;
mod duplicates;
mod export;
mod facets;
mod failure;
mod import;
mod imports;
mod open;
mod plan;
mod rebuild;
mod reconstruct;
mod related;
mod repair;
mod repair_args;
mod search;
mod show;
mod stats;
mod why;

use clap::Parser as _;
use console::Console;
use plan::{Job, Plan};
use std::ffi::OsString;
use std::process::ExitCode;

/// How a command ended that ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Done, something found.
    Done,
    /// Nothing found, or something refused.
    Nothing,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let cli = match args::Cli::try_parse_from(with_negations(std::env::args_os())) {
        Ok(cli) => cli,
        // Prints help and version to stdout, mistakes to stderr; its exit codes are 0 and 2.
        Err(error) => error.exit(),
    };
    let ended = Plan::new(cli, std::env::var_os("BAOKU_ARCHIVE").map(Into::into))
        .map_err(anyhow::Error::from)
        .and_then(|plan| execute(plan, &mut Console::new()));
    match ended {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Nothing) => ExitCode::from(1),
        Err(error) if failure::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            console::complain(&error);
            ExitCode::from(2)
        }
    }
}

fn execute(plan: Plan, console: &mut Console) -> anyhow::Result<Ending> {
    let archive = plan.archive;
    crash::prepare(&archive);
    match plan.job {
        Job::Window { import, overrides, places } => {
            // The window's errors hold handles that cannot change threads; only their words travel on.
            crate::ui::run(crate::ui::Options {
                archive,
                import,
                overrides,
                places,
                started: Some(std::time::Instant::now()),
            })
            .map_err(|error| anyhow::anyhow!("{error}"))?;
            Ok(Ending::Done)
        }
        Job::Import { paths, overrides, places, json } => {
            import::run(&archive, paths, overrides, places.as_deref(), json, console)
        }
        Job::Reconstruct { file, overrides, places, json } => {
            reconstruct::run(&file, &overrides, places.as_deref(), json, console)
        }
        Job::Search { request, page, explain, json } => search::run(&archive, &request, page, explain, json, console),
        Job::Show { id, json } => show::run(&archive, id, json, console),
        Job::Export(plan) => export::run(&archive, &plan, console),
        Job::Facets { request, json } => facets::run(&archive, &request, json, console),
        Job::Why { request, json } => why::run(&archive, &request, json, console),
        Job::Related { id, limit, json } => related::run(&archive, id, limit, json, console),
        Job::Diff { first, second, json } => diff::run(&archive, first, second, json, console),
        Job::Duplicates { request, limit, json } => duplicates::run(&archive, &request, limit, json, console),
        Job::Stats { json } => stats::run(&archive, json, console),
        Job::Check { repair, samples, json } => check::run(&archive, repair, samples, json, console),
        Job::Rebuild { all, places, json } => rebuild::run(&archive, all, places.as_deref(), json, console),
        Job::Imports { json } => imports::list(&archive, json, console),
        Job::Undo { id, json } => imports::undo(&archive, id, json, console),
        Job::Repair(plan) => repair::repair(&archive, &plan, console),
        Job::Repairs { id, json } => repair::list(&archive, id, json, console),
        Job::Revert(plan) => repair::revert(&archive, &plan, console),
    }
}

/// `-词` as a word of its own is "not 词" in a query and no option: no option has a Chinese name.
fn with_negations(words: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    words.map(|word| match word.to_str().and_then(|word| word.strip_prefix('-')) {
        Some(rest) if rest.starts_with(|c: char| !c.is_ascii()) => format!("NOT {rest}").into(),
        _ => word,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_word_with_a_minus_is_left_out_of_the_result() {
        let words = ["search", "茶园", "-青石", "--limit", "-h", "-"].map(OsString::from);
        let expected = ["search", "茶园", "NOT 青石", "--limit", "-h", "-"].map(OsString::from);
        assert!(with_negations(words.into_iter()).eq(expected));
    }
}
