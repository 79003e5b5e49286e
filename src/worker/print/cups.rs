//! CUPS, by its commands `lpstat` and `lp`: on Linux and macOS.

use super::{Duplex, Outcome, PrintError, PrintJob, Printer};
use crate::export::Paper;
use std::ffi::OsString;
use std::io::Write as _;
use std::process::Command;

pub(super) fn printers() -> Result<Vec<Printer>, PrintError> {
    // Names alone, which no language changes; with those that are found in the network without being set up.
    let listed = run("lpstat", &["-e".into()])?;
    let default = run("lpstat", &["-d".into()])?;
    let names: Vec<String> =
        listed.out.lines().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if listed.is_success && !names.is_empty() {
        return Ok(marked(names, &default.out));
    }
    // CUPS before 1.7 does not know -e. Without printers lpstat fails with a word about it on stderr: an empty list says the
    // same.
    let told = run("lpstat", &["-p".into()])?;
    Ok(marked(names_in(&told.out), &default.out))
}

pub(super) fn print(pdf: &[u8], job: &PrintJob) -> Result<Outcome, PrintError> {
    let mut file = tempfile::Builder::new().prefix("baoku-").suffix(".pdf").tempfile()?;
    file.write_all(pdf)?;
    file.flush()?;
    let mut words: Vec<OsString> = arguments(job).into_iter().map(OsString::from).collect();
    words.extend(["--".into(), file.path().into()]);
    // lp copies the file into the queue before it ends, so it may go away afterwards.
    let told = run("lp", &words)?;
    if !told.is_success {
        let words = told.err.lines().last().unwrap_or_default().trim_start_matches("lp: ").trim().to_owned();
        return Err(PrintError::Refused { words });
    }
    Ok(Outcome::Queued(job_name(&told.out)))
}

struct Told {
    is_success: bool,
    out: String,
    err: String,
}

fn run(command: &'static str, words: &[OsString]) -> Result<Told, PrintError> {
    // In English, whatever the desktop speaks: the words are read by this program.
    match Command::new(command).args(words).env("LC_ALL", "C").output() {
        Ok(ran) => Ok(Told {
            is_success: ran.status.success(),
            out: String::from_utf8_lossy(&ran.stdout).into_owned(),
            err: String::from_utf8_lossy(&ran.stderr).into_owned(),
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(PrintError::NoService { command }),
        Err(error) => Err(error.into()),
    }
}

/// Marks the printer that `lpstat -d` names behind its last colon. On a Mac it speaks the user's language whatever
/// `LC_ALL` says, so only the end is read, and only a name that is known counts.
fn marked(names: Vec<String>, told: &str) -> Vec<Printer> {
    let default = told.trim().rsplit([':', '：']).next().map(str::trim);
    names.into_iter().map(|name| Printer { is_default: Some(name.as_str()) == default, name }).collect()
}

/// The printers that `lpstat -p` lists.
fn names_in(told: &str) -> Vec<String> {
    let name = |line: &str| line.strip_prefix("printer ")?.split_whitespace().next().map(str::to_owned);
    told.lines().filter_map(name).collect()
}

/// What `lp` is told besides the file.
fn arguments(job: &PrintJob) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(printer) = &job.printer {
        words.extend(["-d".to_owned(), printer.clone()]);
    }
    words.extend(["-n".to_owned(), job.copies.clamp(1, 999).to_string()]);
    // A title with a line end would be cut; control characters do not belong into a queue's list.
    let title: String = job.title.chars().filter(|c| !c.is_control()).take(80).collect();
    words.extend(["-t".to_owned(), title]);
    let sides = match job.duplex {
        Duplex::Off => "sides=one-sided",
        Duplex::LongEdge => "sides=two-sided-long-edge",
        Duplex::ShortEdge => "sides=two-sided-short-edge",
    };
    let paper = match job.paper {
        Paper::A4 => "media=A4",
        Paper::A5 => "media=A5",
        Paper::K16 => "media=Custom.184x260mm",
        // Strips are printed on whatever paper there is, in their size, to be cut out.
        Paper::Column => "print-scaling=none",
    };
    for option in [sides, paper] {
        words.extend(["-o".to_owned(), option.to_owned()]);
    }
    words
}

/// `request id is PDF-3 (1 file(s))` names the job `PDF-3`, in any language: it is the word that ends with a number behind a
/// hyphen.
fn job_name(told: &str) -> Option<String> {
    let mut words = told.split(|c: char| c.is_whitespace() || "()（）:：".contains(c));
    let is_job = |word: &&str| {
        word.rsplit_once('-').is_some_and(|(printer, number)| {
            !printer.is_empty() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    words.rfind(is_job).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printers_are_read_from_what_lpstat_says() {
        let told = "printer Bangong-3 is idle.  enabled since Mon Jan  1 10:00:00 2024\n\
            printer PDF disabled since Mon Jan  1 10:00:00 2024 -\n\treason unknown\n";
        let printer = |name: &str, is_default| Printer { name: name.to_owned(), is_default };
        assert_eq!(names_in(told), ["Bangong-3", "PDF"]);
        for default in ["system default destination: PDF\n", "系统默认目标：PDF\n"] {
            assert_eq!(marked(names_in(told), default), [printer("Bangong-3", false), printer("PDF", true)]);
        }
        assert_eq!(
            marked(names_in(told), "no system default destination\n"),
            [printer("Bangong-3", false), printer("PDF", false)]
        );
    }

    #[test]
    fn a_job_becomes_words_for_lp() {
        let job = PrintJob {
            printer: Some("PDF".to_owned()),
            copies: 2,
            duplex: Duplex::LongEdge,
            paper: Paper::A5,
            title: "春茶\n剪报".to_owned(),
        };
        let expected = ["-d", "PDF", "-n", "2", "-t", "春茶剪报", "-o", "sides=two-sided-long-edge", "-o", "media=A5"];
        assert_eq!(arguments(&job), expected);
        let plain = PrintJob { printer: None, copies: 0, duplex: Duplex::Off, paper: Paper::Column, ..job };
        assert_eq!(arguments(&plain)[..2], ["-n", "1"]);
        assert!(arguments(&plain).ends_with(&["print-scaling=none".to_owned()]));
        let short = PrintJob { duplex: Duplex::ShortEdge, paper: Paper::K16, ..plain };
        assert!(arguments(&short).contains(&"sides=two-sided-short-edge".to_owned()));
        assert!(arguments(&short).contains(&"media=Custom.184x260mm".to_owned()));
    }

    #[test]
    fn the_job_is_named() {
        for told in ["request id is HP-3-17 (1 file(s))\n", "请求 ID 为 HP-3-17(1 个文件)\n"] {
            assert_eq!(job_name(told).as_deref(), Some("HP-3-17"));
        }
        assert_eq!(job_name(""), None);
    }
}
