//! Articles before they are set: fields from a corpus or from gold, dressed up with what a house style asks for.

use super::bylines;
use super::headline;
use super::random::Random;
use super::style::Style;
use super::words;
use anyhow::{Context, Result};
use serde_json::Value;

/// One article with all its parts.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    pub kind: &'static str,
    pub column: Option<String>,
    pub kicker: Option<String>,
    pub title: Vec<String>,
    pub has_title: bool,
    pub from_web: bool,
    /// Written for the press, with the headline parts and subheads it should have.
    pub is_written: bool,
    pub subtitle: Option<String>,
    /// Printed byline lines and what they say.
    pub byline: Vec<String>,
    pub names: Vec<Value>,
    /// An editor's note over what several people write.
    pub is_note: bool,
    /// Goes on from another page: the note that says so.
    pub resumed: Option<String>,
    /// Of a poem: the lines before which a stanza begins.
    pub stanzas: Option<Vec<usize>>,
    /// Where the byline goes: 0 behind the headline, 1 behind the text, 2 before the text.
    pub byline_place: usize,
    /// Lines of subheads that are read apart from their text, and how many of them stand behind it rather than behind the
    /// headline.
    pub apart: Vec<String>,
    pub apart_behind: usize,
    /// ("body" | "subhead" | "caption" | "ednote", text).
    pub body: Vec<(&'static str, String)>,
}

/// Articles of a JSON-lines corpus.
pub fn from_corpus(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    for line in text.lines() {
        let Ok(value) = serde_json::from_str::<Value>(line) else { continue };
        let title = value["title"].as_str().unwrap_or_default().trim().to_owned();
        let mut size = 0;
        let mut body: Vec<(&'static str, String)> = Vec::new();
        for paragraph in value["body"].as_str().unwrap_or_default().split('\n') {
            let paragraph: String = paragraph.trim().chars().filter(|c| !c.is_control()).collect();
            let count = paragraph.chars().count();
            let sane = paragraph.ends_with(['。', '！', '？', '”', '）', '：', '…']) && !paragraph.contains("http");
            if (18..=420).contains(&count) && sane && size < 1600 {
                size += count;
                body.push(("body", paragraph));
            }
        }
        if size >= 120 && (6..=32).contains(&title.chars().count()) {
            let phrases: Vec<String> =
                title.split([' ', '\u{3000}']).filter(|p| !p.is_empty()).map(str::to_owned).collect();
            out.push(Piece { kind: "news", title: phrases, has_title: true, from_web: true, body, ..Piece::default() });
        }
    }
    out
}

/// Articles of gold pages; with `half` only those whose `source_id` falls into that half.
pub fn from_gold(dir: &str, half: Option<usize>) -> Result<Vec<Piece>> {
    let mut out: Vec<Piece> = Vec::new();
    let mut names: Vec<_> = std::fs::read_dir(dir)?.flatten().map(|e| e.path()).collect();
    names.sort();
    for path in names.iter().filter(|p| p.to_string_lossy().ends_with(".gold.json")) {
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
        for article in gold["articles"].as_array().into_iter().flatten() {
            let id = article["source_id"].as_str().unwrap_or("even 0");
            if half.is_some_and(|h| id.bytes().map(usize::from).sum::<usize>() % 2 != h) {
                continue;
            }
            let strings = |key: &str| -> Vec<String> {
                article[key].as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
            };
            let kind = article["kind"].as_str().unwrap_or("news");
            let role = if kind == "photo" { "caption" } else { "body" };
            let title = article["title"].as_str().unwrap_or_default();
            out.push(Piece {
                kind: if kind == "photo" {
                    "photo"
                } else if kind == "essay" {
                    "essay"
                } else {
                    "news"
                },
                column: article["column"].as_str().map(str::to_owned),
                kicker: article["kicker"].as_str().map(str::to_owned),
                title: title.split(' ').map(str::to_owned).collect(),
                has_title: article["title_printed"].as_bool().unwrap_or(true),
                subtitle: article["subtitle"].as_str().map(str::to_owned),
                body: strings("paragraphs").into_iter().map(|p| (role, p)).collect(),
                ..Piece::default()
            });
        }
    }
    Ok(out)
}

/// Articles written for the press: the files of `dir`, of which `half` takes every second article.
///
/// An article begins with `== KIND`; `column:`, `kicker:`, `title:` and `subtitle:` may follow; every other line is a
/// paragraph, `## ` a subhead, `> ` a caption, `! ` an editor's note.
pub fn from_written(dir: &str, half: Option<usize>) -> Result<Vec<Piece>> {
    let mut names: Vec<_> = std::fs::read_dir(dir)?.flatten().map(|e| e.path()).collect();
    names.sort();
    let mut out: Vec<Piece> = Vec::new();
    for path in names.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        for line in std::fs::read_to_string(path)?.lines().map(str::trim).filter(|l| !l.is_empty()) {
            if let Some(kind) = line.strip_prefix("== ") {
                let kind = KINDS.iter().find(|k| **k == kind).with_context(|| format!("{}: {line}", path.display()))?;
                out.push(Piece { kind, is_written: true, ..Piece::default() });
            } else if let Some(piece) = out.last_mut() {
                piece.take(line);
            }
        }
    }
    out.retain(|piece| !piece.body.is_empty());
    if let Some(half) = half {
        out = out.into_iter().enumerate().filter(|(i, _)| i % 2 == half).map(|(_, piece)| piece).collect();
    }
    Ok(out)
}

const KINDS: &[&str] = &["news", "feature", "interview", "commentary", "photo", "essay", "notice"];

/// A clause of the text that can pass for a headline part.
pub fn clause(body: &[(&'static str, String)], least: usize, most: usize, random: &mut Random) -> Option<String> {
    let (_, paragraph) = random.pick(body);
    let clauses: Vec<&str> = paragraph
        .split(['。', '，', '；', '：', '！', '？', '、', '“', '”', '（', '）', ','])
        .filter(|c| (least..=most).contains(&c.chars().count()))
        .collect();
    (!clauses.is_empty()).then(|| random.pick(&clauses).trim().to_owned()).filter(|c| !c.is_empty())
}

/// A clause of exactly that many characters, a longer one cut if there is none.
fn sized(body: &[(&'static str, String)], count: usize, random: &mut Random) -> Option<String> {
    let found: Vec<String> = (0..12).filter_map(|_| clause(body, count, count, random)).collect();
    if !found.is_empty() {
        return Some(random.pick(&found).clone());
    }
    clause(body, count, 30, random).map(|text| text.chars().take(count).collect())
}

/// A telling clause, or two that follow one another, of at least that length.
fn longer(body: &[(&'static str, String)], least: usize, random: &mut Random) -> Option<String> {
    if random.chance(60) {
        return telling(body, least, least + 14, random);
    }
    let (first, second) = (telling(body, least / 2, 16, random)?, telling(body, 4.max(least / 2), 14, random)?);
    (first != second).then(|| format!("{first}，{second}"))
}

/// The least telling of some clauses: no figures, no places.
pub fn plain(body: &[(&'static str, String)], least: usize, most: usize, random: &mut Random) -> Option<String> {
    let mut found: Vec<String> = (0..4).filter_map(|_| clause(body, least, most, random)).collect();
    if random.chance(70) {
        found.sort_by_key(|t| std::cmp::Reverse(weight(t)));
    }
    found.pop()
}

/// Two clauses of one length, at most `most` characters, as headlines love them.
pub fn pair(body: &[(&'static str, String)], most: usize, random: &mut Random) -> Vec<String> {
    let found: Vec<String> = (0..14).filter_map(|_| plain(body, 3, most, random)).collect();
    let size = |t: &String| t.chars().count();
    for one in &found {
        if let Some(other) = found.iter().find(|o| *o != one && size(o) == size(one)) {
            return vec![one.clone(), other.clone()];
        }
    }
    let other = found.iter().find(|other| Some(*other) != found.first()).cloned();
    found.into_iter().take(1).chain(other).collect()
}

/// Sets a word of the headline in quotes.
fn quote(title: &mut [String], random: &mut Random) {
    let Some(last) = title.last_mut() else { return };
    let chars: Vec<char> = last.chars().collect();
    if chars.len() < 5 {
        return;
    }
    let size = random.between(2, 3);
    let at = if random.chance(60) { chars.len() - size } else { random.between(1, chars.len() - size) };
    let part = |range: std::ops::Range<usize>| chars[range].iter().collect::<String>();
    *last = format!("{}“{}”{}", part(0..at), part(at..at + size), part(at + size..chars.len()));
}

/// Figures and places in a text.
fn weight(text: &str) -> usize {
    text.chars().filter(|c| c.is_ascii_digit() || "镇村县市区街道局院校".contains(*c)).count()
}

/// The most telling of some clauses: figures and places stand in kickers and subtitles.
fn telling(body: &[(&'static str, String)], least: usize, most: usize, random: &mut Random) -> Option<String> {
    let mut found: Vec<String> = (0..4).filter_map(|_| clause(body, least, most, random)).collect();
    if random.chance(75) {
        found.sort_by_key(|t| weight(t));
    }
    found.pop()
}

impl Piece {
    /// One line of the written form.
    fn take(&mut self, line: &str) {
        let (key, value) = line.split_once(':').map_or(("", ""), |(key, value)| (key, value.trim()));
        match key {
            "column" => self.column = Some(value.to_owned()),
            "kicker" => self.kicker = Some(value.to_owned()),
            "subtitle" => self.subtitle = Some(value.to_owned()),
            "title" => {
                self.title = value.split(' ').map(str::to_owned).collect();
                self.has_title = true;
            }
            _ => {
                let marks = [("## ", "subhead"), ("> ", "caption"), ("! ", "ednote")];
                let found = marks.iter().find_map(|(mark, role)| Some((*role, line.strip_prefix(mark)?)));
                let (role, text) = found.unwrap_or(("body", line));
                self.body.push((role, text.to_owned()));
            }
        }
    }

    /// Adds what the style asks for.
    pub fn dress(mut self, style: &Style, random: &mut Random) -> Self {
        let most = if style.long { random.between(4, 14) } else { random.between(3, 8) };
        let most = if self.is_written { most * 2 + 4 } else { most };
        if self.body.len() > most {
            self.body.truncate(most);
            while self.body.last().is_some_and(|b| b.0 == "subhead") {
                self.body.pop();
            }
        }
        if self.kind == "news" && !self.is_written && random.chance(4) {
            self.notice(style, random);
        }
        if self.kind == "news" && !self.is_written && random.chance(6) {
            self.photo(random);
        }
        if self.kind == "news" && !self.is_written && random.chance(14) {
            self.brief(random);
        }
        if style.wide && self.kind == "photo" && random.chance(style.short_pictures) {
            self.shorten_head(random);
        }
        if self.kind == "news" && !self.is_written && random.chance(style.roundups) {
            self.roundup(random);
        }
        if self.kind == "essay" && random.chance(style.poems) {
            self.poem(random);
        }
        if self.kind != "photo" && self.stanzas.is_none() {
            self.dress_text(style, random);
        }
        if style.forum && self.kind == "essay" && !style.forum_heads {
            self.untitle();
        }
        let usual = match self.kind {
            _ if style.forum => 0,
            _ if !style.columns_by_kind => 100,
            "news" | "notice" => 35,
            "commentary" => 200,
            "essay" => 100,
            _ => 150,
        };
        let is_renamed = style.wide && self.is_written && self.column.is_some() && random.chance(40);
        if is_renamed || (self.column.is_none() && random.chance(style.columns * usual / 100)) {
            self.column = Some(if style.wide {
                words::column(style.half, random)
            } else {
                random.word(words::COLUMNS).to_owned()
            });
        }
        bylines::sign(&mut self, style, random);
        if style.half_width {
            let narrow = |t: &str| -> String {
                t.chars()
                    .map(|c| match c {
                        '，' => ',',
                        '：' => ':',
                        '；' => ';',
                        '（' => '(',
                        '）' => ')',
                        '？' => '?',
                        '！' => '!',
                        c => c,
                    })
                    .collect()
            };
            self.body.iter_mut().for_each(|(_, t)| *t = narrow(t));
            self.title.iter_mut().for_each(|t| *t = narrow(t));
            self.kicker = self.kicker.map(|t| narrow(&t));
            self.subtitle = self.subtitle.map(|t| narrow(&t));
        }
        self
    }

    fn dress_text(&mut self, style: &Style, random: &mut Random) {
        // Newspapers print shorter headlines than the web; the parts around them hold the figures.
        if self.from_web {
            let longest = self.title.iter().max_by_key(|t| t.chars().count()).cloned().unwrap_or_default();
            // The web's headlines tell all; a newspaper's are short, and what surrounds them tells.
            self.title = match random.between(0, 11) {
                0..=2 => vec![longest],
                3..=5 => plain(&self.body, 5, 13, random).map_or(vec![longest], |t| vec![t]),
                6..=9 => pair(&self.body, 9, random),
                _ => std::mem::take(&mut self.title),
            };
            if random.chance(18) {
                quote(&mut self.title, random);
            }
            if self.title.is_empty() {
                self.title = vec!["无题".to_owned()];
            }
        }
        // The main headline is set largest, so it is mostly the shortest part.
        let title = self.title.iter().map(|t| t.chars().count()).sum::<usize>();
        let least = if random.chance(80) { (title + 2).clamp(8, 20) } else { 6 };
        if self.is_written
            && let Some(kicker) = self.kicker.as_mut().filter(|kicker| kicker.chars().count() <= 18)
            && style.wide
            && random.chance(style.long_kickers)
            && let Some(more) = telling(&self.body, 7, 14, random)
        {
            *kicker = format!("{kicker}，{more}");
        }
        // What was written has the parts it should have.
        if !self.is_written && self.kicker.is_none() && random.chance(style.kickers) {
            let two = random.chance(30);
            let parts: Vec<String> = if two {
                (0..2).filter_map(|_| telling(&self.body, 5.max(least / 2), 14, random)).collect()
            } else {
                longer(&self.body, least, random).into_iter().collect()
            };
            self.kicker = (!parts.is_empty()).then(|| parts.join(random.word(&[" ", "，"])));
        }
        if !self.is_written && self.subtitle.is_none() && random.chance(style.subtitles) {
            let dash = random.word(&["", "", "", "", "——", "——访", "——记", "—"]).to_string();
            self.subtitle = longer(&self.body, least, random).map(|t| format!("{dash}{t}"));
        }
        if style.short_parts > 0 {
            self.shorten_parts(title, style, random);
        }
        self.subheads(style, random);
        let first = &mut self.body[0].1;
        if self.kind == "news" && !first.starts_with("本报讯") && random.chance(style.datelines) {
            *first = match style.dateline {
                0 => format!("本报讯 {first}"),
                1 => format!("本报讯（记者 {} 通讯员 {}）{first}", words::name(random), words::name(random)),
                2 => format!("新华社北京{}月{}日电 {first}", random.between(1, 12), random.between(1, 28)),
                3 => format!("本报记者 {} {first}", words::name(random)),
                5 if style.wide => format!("（本报讯）{first}"),
                6 if style.wide => format!("【本报讯】{first}"),
                _ => format!("本报讯（记者 {}）{first}", words::name(random)),
            };
        }
        if self.body.iter().any(|b| b.0 == "subhead") && random.chance(style.subheads_apart) {
            self.apart = headline::apart(self, random);
            let all = self.apart.len();
            self.apart_behind = match random.between(0, if style.wide { 2 } else { 1 }) {
                0 => 0,
                1 => all,
                _ => random.between(0, all),
            };
        }
        if (style.wide || !self.is_written) && self.body[0].0 != "ednote" && random.chance(style.notes) {
            let text = clause(&self.body, 10, 24, random).unwrap_or_default();
            let more = self.body.last().map(|b| b.1.clone()).unwrap_or_default();
            let more: String = more.chars().take(90).collect();
            let head = random.word(words::NOTE_HEADS).to_string();
            self.body.insert(0, ("ednote", format!("{head}{text}，{more}")));
        }
        if self.kind == "news" && !self.is_written && random.chance(5) {
            self.question(random);
        }
        if style.wide {
            self.lead_paragraphs(style, random);
            self.beside(style, random);
            self.results(style, random);
            self.resume(style, random);
        }
    }

    /// Kickers and subtitles of fewer characters than the headline's `title`.
    fn shorten_parts(&mut self, title: usize, style: &Style, random: &mut Random) {
        let most = title.saturating_sub(1).min(14);
        if most < 4 {
            return;
        }
        let Self { kicker, subtitle, body, .. } = self;
        for part in [kicker, subtitle].into_iter().flatten() {
            if part.chars().count() >= title
                && random.chance(style.short_parts)
                && let Some(text) = telling(body, 4, most, random)
            {
                *part = text;
            }
        }
    }

    /// Sets subheads into the text.
    fn subheads(&mut self, style: &Style, random: &mut Random) {
        if !self.is_written && random.chance(style.subheads) && self.body.len() >= 4 {
            let every = random.between(1, 2);
            let mut body = Vec::new();
            let ordinal = random.between(0, 5);
            for (i, item) in std::mem::take(&mut self.body).into_iter().enumerate() {
                if i > 0
                    && i % (every + 1) == 0
                    && let Some(text) = clause(std::slice::from_ref(&item), 5, 14, random)
                {
                    let mark = match ordinal {
                        0 => format!("{}、", ["一", "二", "三", "四", "五"][(i / (every + 1) - 1).min(4)]),
                        1 => "■ ".to_owned(),
                        _ => String::new(),
                    };
                    body.push(("subhead", format!("{mark}{text}")));
                }
                body.push(item);
            }
            self.body = body;
        }
        if style.wide {
            self.pair_subheads(style, random);
            if !self.is_written && random.chance(style.parallel_subheads) {
                self.align_subheads(random);
            }
        }
    }

    /// Makes all subheads alike, as many newspapers have them: clauses of the same lengths in each.
    fn align_subheads(&mut self, random: &mut Random) {
        let first = random.between(4, 7);
        let second = if random.chance(60) { Some(random.between(4, 8)) } else { None };
        let texts: Vec<_> = self.body.iter().filter(|(role, _)| *role == "body").cloned().collect();
        for (_, subhead) in self.body.iter_mut().filter(|(role, _)| *role == "subhead") {
            let Some(mut text) = sized(&texts, first, random) else { return };
            if let Some(more) = second.and_then(|second| sized(&texts, second, random)) {
                text = format!("{text}，{more}");
            }
            *subhead = text;
        }
    }

    /// Makes subheads of two clauses out of what follows them.
    fn pair_subheads(&mut self, style: &Style, random: &mut Random) {
        for at in 1..self.body.len() {
            let (before, behind) = self.body.split_at_mut(at);
            let Some((role, subhead)) = before.last_mut() else { continue };
            if *role == "subhead" && !subhead.contains('，') && random.chance(style.paired_subheads) {
                let most = if style.subhead_seam == "，" { 6 } else { 10 };
                let clauses = pair(&behind[..1], most, random);
                if clauses.len() == 2 {
                    *subhead = clauses.join(style.subhead_seam);
                }
            }
        }
    }
}
