//! Windows: the program that shows PDFs is told to print. Copies are handed over one by one; sides are the printer's setting.
//!
//! Not every such program can be told to (Edge, which Windows brings, knows only how to open): then it is asked to show the
//! pages, and the user prints from there.

use super::{Outcome, PrintError, PrintJob, Printer};
use std::ffi::OsStr;
use std::io::Write as _;
use std::process::{Command, Output};

/// What is said comes out in UTF-8, whatever the console is set to; a refusal ends with status 1.
const BEGIN: &str = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; $ErrorActionPreference = 'Stop'; ";
/// The default one is marked.
const LIST: &str = "Get-CimInstance Win32_Printer | ForEach-Object { \"$($_.Default)`t$($_.Name)\" }";
/// Names reach the script as variables, so that no name can be read as a command.
const PRINT_TO: &str = "Start-Process -FilePath $env:BAOKU_PDF -Verb PrintTo -ArgumentList ('\"' + $env:BAOKU_PRINTER + '\"') \
    -WindowStyle Hidden";
const PRINT: &str = "Start-Process -FilePath $env:BAOKU_PDF -Verb Print -WindowStyle Hidden";
const OPEN: &str = "Start-Process -FilePath $env:BAOKU_PDF";

pub(super) fn printers() -> Result<Vec<Printer>, PrintError> {
    let told = run(powershell(LIST, &[]))?;
    if !told.status.success() {
        return Err(PrintError::Refused { words: first_line(&told.stderr) });
    }
    Ok(parse(&String::from_utf8_lossy(&told.stdout)))
}

pub(super) fn print(pdf: &[u8], job: &PrintJob) -> Result<Outcome, PrintError> {
    let mut file = tempfile::Builder::new().prefix("baoku-").suffix(".pdf").tempfile()?;
    file.write_all(pdf)?;
    // The other program reads it when it pleases, so it stays; the system clears its folder of temporary files.
    let path = file.into_temp_path().keep().map_err(|error| PrintError::Io(error.error))?;
    for _ in 0..job.copies.clamp(1, 999) {
        if !run(print_command(path.as_os_str(), job))?.status.success() {
            let told = run(powershell(OPEN, &[("BAOKU_PDF", path.as_os_str())]))?;
            return match told.status.success() {
                true => Ok(Outcome::Opened),
                false => Err(PrintError::Refused { words: first_line(&told.stderr) }),
            };
        }
    }
    Ok(Outcome::Queued(None))
}

fn print_command(pdf: &OsStr, job: &PrintJob) -> Command {
    match &job.printer {
        Some(printer) => powershell(PRINT_TO, &[("BAOKU_PDF", pdf), ("BAOKU_PRINTER", printer.as_ref())]),
        None => powershell(PRINT, &[("BAOKU_PDF", pdf)]),
    }
}

fn parse(told: &str) -> Vec<Printer> {
    let printer = |line: &str| {
        let (default, name) = line.trim_start_matches('\u{FEFF}').trim_end().split_once('\t')?;
        Some(Printer { name: name.to_owned(), is_default: default.eq_ignore_ascii_case("true") })
    };
    told.lines().filter_map(printer).collect()
}

fn first_line(told: &[u8]) -> String {
    String::from_utf8_lossy(told).lines().next().unwrap_or_default().trim().to_owned()
}

fn powershell(script: &str, variables: &[(&str, &OsStr)]) -> Command {
    let mut command = Command::new("powershell");
    command.args(["-NoProfile", "-NonInteractive", "-Command", &format!("{BEGIN}{script}")]);
    command.envs(variables.iter().copied());
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt as _;
        /// CREATE_NO_WINDOW: no black window flashes up beside ours.
        const NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(NO_WINDOW);
    }
    command
}

fn run(mut command: Command) -> Result<Output, PrintError> {
    command.output().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => PrintError::NoService { command: "powershell" },
        _ => error.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Paper;
    use crate::worker::print::Duplex;

    #[test]
    fn printers_are_read_from_what_powershell_lists() {
        let told = "\u{FEFF}False\t办公室 HP LaserJet\r\nTrue\tMicrosoft Print to PDF\r\n\r\n";
        let printer = |name: &str, is_default| Printer { name: name.to_owned(), is_default };
        assert_eq!(parse(told), [printer("办公室 HP LaserJet", false), printer("Microsoft Print to PDF", true)]);
    }

    #[test]
    fn names_are_handed_over_as_variables_and_never_as_commands() {
        let evil = "x'; Remove-Item C:\\ -Recurse; '";
        let mut job = PrintJob {
            printer: Some(evil.to_owned()),
            copies: 1,
            duplex: Duplex::Off,
            paper: Paper::A4,
            title: "剪报".to_owned(),
        };
        let pdf = OsStr::new("C:\\临时\\baoku-1.pdf");
        let words = |command: &Command| -> Vec<String> {
            command.get_args().map(|word| word.to_string_lossy().into_owned()).collect()
        };
        let variable = |command: &Command, name: &str| {
            command.get_envs().find(|(key, _)| *key == name).and_then(|(_, value)| value).map(OsStr::to_owned)
        };
        let command = print_command(pdf, &job);
        assert_eq!(command.get_program(), "powershell");
        assert_eq!(words(&command)[..3], ["-NoProfile", "-NonInteractive", "-Command"]);
        assert!(words(&command)[3].contains("-Verb PrintTo") && !words(&command).concat().contains("Remove-Item"));
        assert_eq!(variable(&command, "BAOKU_PRINTER").as_deref(), Some(OsStr::new(evil)));
        assert_eq!(variable(&command, "BAOKU_PDF").as_deref(), Some(pdf));
        job.printer = None;
        let command = print_command(pdf, &job);
        assert!(words(&command)[3].contains("-Verb Print ") && variable(&command, "BAOKU_PRINTER").is_none());
    }
}
