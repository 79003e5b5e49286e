//! Windows: the program that shows PDFs is told to print. Copies are handed over one by one; sides are the printer's setting.

use super::{PrintError, PrintJob, Printer};
use std::io::Write as _;
use std::process::{Command, Output};

/// Names come out in UTF-8, the default one marked.
const LIST: &str = "[Console]::OutputEncoding = [Text.Encoding]::UTF8; \
    Get-CimInstance Win32_Printer | ForEach-Object { \"$($_.Default)`t$($_.Name)\" }";
/// Names reach the script as variables, so that no name can be read as a command.
const PRINT: &str = "if ($env:BAOKU_PRINTER) { \
    Start-Process -FilePath $env:BAOKU_PDF -Verb PrintTo -ArgumentList ('\"' + $env:BAOKU_PRINTER + '\"') -WindowStyle Hidden \
    } else { Start-Process -FilePath $env:BAOKU_PDF -Verb Print -WindowStyle Hidden }";

pub(super) fn printers() -> Result<Vec<Printer>, PrintError> {
    let told = powershell(LIST, &[])?;
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    let parse = |line: &str| {
        let (default, name) = line.trim_end().split_once('\t')?;
        Some(Printer { name: name.to_owned(), is_default: default.eq_ignore_ascii_case("true") })
    };
    Ok(text.lines().filter_map(parse).collect())
}

pub(super) fn print(pdf: &[u8], job: &PrintJob) -> Result<Option<String>, PrintError> {
    let mut file = tempfile::Builder::new().prefix("baoku-").suffix(".pdf").tempfile()?;
    file.write_all(pdf)?;
    // The other program reads it when it pleases, so it stays; the system clears its folder of temporary files.
    let path = file.into_temp_path().keep().map_err(|error| PrintError::Io(error.error))?;
    let printer = job.printer.clone().unwrap_or_default();
    for _ in 0..job.copies.clamp(1, 999) {
        let told = powershell(PRINT, &[("BAOKU_PDF", path.as_os_str()), ("BAOKU_PRINTER", printer.as_ref())])?;
        if !told.status.success() {
            let words = String::from_utf8_lossy(&told.stderr).lines().next().unwrap_or_default().to_owned();
            return Err(PrintError::Refused { words });
        }
    }
    Ok(None)
}

fn powershell(script: &str, variables: &[(&str, &std::ffi::OsStr)]) -> Result<Output, PrintError> {
    let mut command = Command::new("powershell");
    command.args(["-NoProfile", "-NonInteractive", "-Command", script]);
    command.envs(variables.iter().copied());
    match command.output() {
        Ok(told) => Ok(told),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(PrintError::NoService { command: "powershell" })
        }
        Err(error) => Err(error.into()),
    }
}
