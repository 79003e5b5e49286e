//! Sets pages with answers anew: the same articles in the same order, but some of them left out, other measures, indents and
//! blank lines. What is learned from a page is then how it is laid out and not how long its lines happen to be.
//!
//! `cargo run --release --example reprint -- OUT_DIR TIMES SEED PAGES_DIR…` writes each page of the folders as it is and TIMES
//! more times. Deterministic.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

#[path = "press/random.rs"]
#[allow(dead_code, reason = "each program uses what it needs")]
mod random;

use anyhow::{Context, Result, ensure};
use random::Random;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// No line begins with one of these.
const CLOSING: &str = "，。、；：！？”’）》」』】…—％%,.;:!?)";
/// No line ends with one of these.
const OPENING: &str = "“‘（《「『【(";
/// Lines with these roles are running text.
const TEXT: [&str; 3] = ["body", "caption", "ednote"];
const INDENT: &str = "\u{3000}\u{3000}";
/// Half-width columns of a line that is a paragraph and has no measure.
const LONG: usize = 80;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [out, times, seed, folders @ ..] = &args[..] else { anyhow::bail!("OUT_DIR TIMES SEED PAGES_DIR…") };
    let (out, times, seed): (PathBuf, u64, u64) = (out.into(), times.parse()?, seed.parse()?);
    std::fs::create_dir_all(&out)?;
    let mut count = 0;
    for folder in folders {
        let mut names: Vec<_> = std::fs::read_dir(folder).context("PAGES_DIR")?.flatten().map(|e| e.path()).collect();
        names.sort();
        for path in names.iter().filter(|p| p.to_string_lossy().ends_with(".gold.json")) {
            let page = Page::read(path)?;
            let stem = path.file_name().context("a name")?.to_string_lossy().replace(".gold.json", "");
            write(&out, &stem, &page.lines.join("\n"), &page.gold)?;
            for time in 0..times {
                count += 1;
                let mut random = Random::new(seed * 1_000_003 + count);
                let way = Way::draw(&page, &mut random);
                let (text, gold) = page.reprint(&way).with_context(|| stem.clone())?;
                write(&out, &format!("{stem}-{time}"), &text, &gold)?;
            }
        }
    }
    Ok(())
}

fn write(out: &Path, stem: &str, text: &str, gold: &Value) -> Result<()> {
    std::fs::write(out.join(format!("{stem}.txt")), text)?;
    std::fs::write(out.join(format!("{stem}.gold.json")), serde_json::to_string(gold)?)?;
    Ok(())
}

/// Half-width columns that a text takes.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{250}' { 1 } else { 2 }).sum()
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A dump with its answer. Lines are counted from 0 here.
struct Page {
    lines: Vec<String>,
    gold: Value,
    /// Of each article: its lines with their roles, in reading order.
    articles: Vec<Vec<(usize, String)>>,
}

/// How a page is set anew.
struct Way {
    left_out: BTreeSet<usize>,
    /// Measures become so many per cent of what they were.
    percent: usize,
    /// Half-width columns for text that was one line a paragraph.
    measure: Option<usize>,
    /// Each piece of a paragraph becomes one line.
    is_whole: bool,
    /// Paragraphs get an indent, or lose it.
    indents: Option<bool>,
    has_blanks: bool,
}

impl Way {
    fn draw(page: &Page, random: &mut Random) -> Self {
        let mut free = page.independent();
        random.shuffle(&mut free);
        let all = page.articles.len();
        let most = if random.chance(70) { random.between(0, all / 2).min(all.saturating_sub(2)) } else { 0 };
        let measure = 2 * random.between(12, 30);
        let changes = [Some(!page.is_indented()), None, None, None];
        Self {
            left_out: free.into_iter().take(most).collect(),
            percent: *random.pick(&[100, 100, 75, 85, 120, 140, 170]),
            measure: random.chance(40).then_some(measure),
            is_whole: random.chance(12),
            indents: *random.pick(&changes),
            has_blanks: random.chance(75),
        }
    }
}

impl Page {
    fn read(gold: &Path) -> Result<Self> {
        let dump = PathBuf::from(gold.to_string_lossy().replace(".gold.json", ".txt"));
        let lines: Vec<String> = std::fs::read_to_string(dump)?.lines().map(str::to_owned).collect();
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(gold)?)?;
        let mut articles = Vec::new();
        for article in gold["articles"].as_array().context("articles")? {
            let mut own = Vec::new();
            for span in article["lines"].as_array().context("lines")? {
                let role = span["role"].as_str().context("role")?;
                own.extend(
                    range(span)?.filter(|line| !lines[*line].trim().is_empty()).map(|line| (line, role.to_owned())),
                );
            }
            articles.push(own);
        }
        Ok(Self { lines, gold, articles })
    }

    /// Articles that may be left out: not those that share a kicker or a column which is printed once.
    fn independent(&self) -> Vec<usize> {
        let all = self.gold["articles"].as_array().map_or(&[][..], Vec::as_slice);
        let is_borrowed =
            |at: usize, key: &str| all[at][key].is_string() && !self.articles[at].iter().any(|(_, role)| role == key);
        (0..all.len())
            .filter(|at| {
                ["kicker", "column"]
                    .iter()
                    .all(|key| !(0..all.len()).any(|other| is_borrowed(other, key) && all[other][key] == all[*at][key]))
            })
            .collect()
    }

    fn is_indented(&self) -> bool {
        self.articles.iter().flatten().any(|(line, role)| role == "body" && self.lines[*line].starts_with(INDENT))
    }

    fn reprint(&self, way: &Way) -> Result<(String, Value)> {
        let mut anew: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut dropped = BTreeSet::new();
        for (at, lines) in self.articles.iter().enumerate() {
            if way.left_out.contains(&at) {
                dropped.extend(lines.iter().map(|(line, _)| *line));
                continue;
            }
            for role in TEXT {
                let own: Vec<usize> = lines.iter().filter(|(_, r)| r == role).map(|(line, _)| *line).collect();
                for paragraph in self.paragraphs(at, &own) {
                    self.set(&paragraph, &own, role, way, &mut anew);
                }
            }
        }
        let mut out: Vec<String> = Vec::new();
        let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, line) in self.lines.iter().enumerate() {
            if line.trim().is_empty() {
                if way.has_blanks && out.last().is_some_and(|last| !last.is_empty()) {
                    out.push(String::new());
                }
            } else if !dropped.contains(&at) {
                for text in anew.get(&at).cloned().unwrap_or_else(|| vec![line.clone()]) {
                    places.entry(at).or_default().push(out.len());
                    out.push(text);
                }
            }
        }
        let gold = self.answer(way, &places, &out)?;
        Ok((out.join("\n"), gold))
    }

    /// The lines of an article's text by paragraphs, as far as the ends of the printed paragraphs are found in them.
    fn paragraphs(&self, article: usize, own: &[usize]) -> Vec<Vec<usize>> {
        let printed = self.gold["articles"][article]["paragraphs"].as_array().map_or(&[][..], Vec::as_slice);
        let ends: Vec<String> = printed
            .iter()
            .map(|text| {
                let text: Vec<char> = without_spaces(text.as_str().unwrap_or_default()).chars().collect();
                text[text.len().saturating_sub(8)..].iter().collect()
            })
            .collect();
        let mut out = vec![Vec::new()];
        let (mut text, mut next) = (String::new(), 0);
        for line in own {
            out.last_mut().expect("at least one").push(*line);
            text.push_str(&without_spaces(&self.lines[*line]));
            if let Some(end) = (next..ends.len().min(next + 3)).find(|at| text.ends_with(&ends[*at])) {
                next = end + 1;
                text.clear();
                out.push(Vec::new());
            }
        }
        out.retain(|paragraph| !paragraph.is_empty());
        out
    }

    /// Breaks the pieces of a paragraph anew: a piece ends with a full line unless it is the last.
    fn set(&self, paragraph: &[usize], own: &[usize], role: &str, way: &Way, anew: &mut BTreeMap<usize, Vec<String>>) {
        if paragraph.iter().any(|line| is_letter_spaced(&self.lines[*line])) {
            return;
        }
        let indent = match way.indents {
            Some(true) if role == "body" => INDENT,
            None if self.lines[paragraph[0]].starts_with(INDENT) => INDENT,
            _ => "",
        };
        let text: String = paragraph.iter().map(|line| self.lines[*line].trim()).collect();
        let words = words(&text);
        let mut rest = &words[..];
        let pieces: Vec<&[usize]> = paragraph.chunk_by(|one, other| other - one == 1).collect();
        let mut is_first = true;
        for (at, piece) in pieces.iter().enumerate() {
            let is_last = at + 1 == pieces.len();
            let size: usize = piece.iter().map(|line| width(self.lines[*line].trim())).sum();
            let beside = own.iter().filter(|line| line.abs_diff(piece[0]) < 25);
            let measure = match beside.map(|line| width(&self.lines[*line])).max().unwrap_or(LONG) {
                _ if way.is_whole => None,
                old if old > LONG => way.measure,
                old => Some((old * way.percent / 200 * 2).max(18)),
            };
            let mut lines = Vec::new();
            let mut set = 0;
            while !rest.is_empty() && (is_last || lines.is_empty() || set + measure.unwrap_or(size) / 2 <= size) {
                let wanted = measure.unwrap_or(if is_last { usize::MAX } else { size });
                let (line, behind) = cut(rest, wanted, if is_first { indent } else { "" });
                set += width(&line);
                lines.push(line);
                rest = behind;
                is_first = false;
            }
            anew.extend(piece.iter().map(|line| (*line, Vec::new())));
            anew.insert(piece[0], lines);
        }
    }

    /// The answer for the new lines; `places` are those that have become of each old one.
    fn answer(&self, way: &Way, places: &BTreeMap<usize, Vec<usize>>, out: &[String]) -> Result<Value> {
        let mut articles = Vec::new();
        for (at, lines) in self.articles.iter().enumerate().filter(|(at, _)| !way.left_out.contains(at)) {
            let mut spans: Vec<(usize, usize, &str)> = Vec::new();
            let mut text = String::new();
            for (old, role) in lines {
                for new in places.get(old).into_iter().flatten() {
                    if TEXT.contains(&role.as_str()) {
                        text.push_str(&without_spaces(&out[*new]));
                    }
                    match spans.last_mut() {
                        Some((_, to, last))
                            if last == role && new > to && out[*to + 1..*new].iter().all(String::is_empty) =>
                        {
                            *to = *new;
                        }
                        _ => spans.push((*new, *new, role)),
                    }
                }
            }
            let was = lines.iter().filter(|(_, role)| TEXT.contains(&role.as_str()));
            let was: String = was.map(|(line, _)| without_spaces(&self.lines[*line])).collect();
            ensure!(was == text, "characters lost or moved in article {at}");
            let mut article = self.gold["articles"][at].clone();
            article["lines"] = spans
                .iter()
                .map(|(from, to, role)| json!({"from": from + 1, "to": to + 1, "role": role}))
                .collect::<Vec<_>>()
                .into();
            articles.push(article);
        }
        let mut furniture = Vec::new();
        for span in self.gold["furniture"].as_array().into_iter().flatten() {
            for new in range(span)?.filter_map(|line| places.get(&line)).flatten() {
                furniture.push(json!({"from": new + 1, "to": new + 1, "what": span["what"]}));
            }
        }
        let mut gold = self.gold.clone();
        gold["articles"] = articles.into();
        gold["furniture"] = furniture.into();
        Ok(gold)
    }
}

/// The lines of a span of the answer, counted from 0.
fn range(span: &Value) -> Result<std::ops::Range<usize>> {
    let number = |key: &str| span[key].as_u64().map(|n| n as usize).context("a line number");
    Ok(number("from")? - 1..number("to")?)
}

/// Four single characters with spaces between them: such a line is no running text.
fn is_letter_spaced(line: &str) -> bool {
    let chars: Vec<char> = line.trim().chars().collect();
    chars.windows(7).any(|seven| seven.iter().enumerate().all(|(i, c)| (i % 2 == 1) == c.is_whitespace()))
}

/// What stays on one line: numbers and Latin words, else each character.
fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let stays = |c: char| c.is_ascii_alphanumeric() || c == '.';
    for c in text.chars() {
        match out.last_mut() {
            Some(last) if stays(c) && last.chars().all(stays) => last.push(c),
            _ => out.push(c.to_string()),
        }
    }
    out
}

/// One line of at most `measure` columns, but no line begins or ends with the wrong mark, and what is left.
fn cut<'a>(words: &'a [String], measure: usize, indent: &str) -> (String, &'a [String]) {
    let is_of = |word: &String, marks: &str| word.chars().all(|c| marks.contains(c));
    let (mut at, mut size) = (0, width(indent));
    while at < words.len() {
        let more = width(&words[at]);
        let hangs = is_of(&words[at], CLOSING) && size <= measure.saturating_add(2);
        if at > 0 && size.saturating_add(more) > measure && !hangs {
            break;
        }
        size += more;
        at += 1;
    }
    while at > 1 && at < words.len() && is_of(&words[at - 1], OPENING) {
        at -= 1;
    }
    (format!("{indent}{}", words[..at].concat()), &words[at..])
}
