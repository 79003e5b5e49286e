//! Setting and taking apart: pieces become lines in some order, lines become a dump with gold.

use super::article::Piece;
use super::headline::{at_quotes, broken, shadowed, stuttered};
use super::random::Random;
use super::style::Style;
use super::words;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One line with what it is; `None` is a blank line.
type Set = Option<(Option<usize>, &'static str, String)>;

/// A run of lines that stays together.
#[derive(Clone, Debug)]
struct Block {
    lines: Vec<Set>,
    /// Stands before the headline, though it is the text's end.
    leads: bool,
}

impl Block {
    fn of(lines: Vec<Set>) -> Self {
        Self { lines, leads: false }
    }
}

struct Sheet<'a> {
    style: &'a Style,
    random: &'a mut Random,
    facts: Vec<Value>,
}

/// Sets the articles; gives the dump and its gold.
pub fn set(style: &Style, pieces: Vec<Piece>, random: &mut Random) -> (String, Value) {
    let mut sheet = Sheet { style, random, facts: Vec::new() };
    let mut heads = Vec::new();
    let mut texts: Vec<Vec<Block>> = Vec::new();
    for (id, piece) in pieces.iter().enumerate() {
        let (text, facts) = sheet.text(id, piece);
        heads.push(sheet.head(id, piece));
        texts.push(text);
        sheet.facts.push(facts);
    }
    let pictures: Vec<bool> = pieces.iter().map(|piece| piece.kind == "photo").collect();
    let blocks = sheet.order(heads, texts, &pictures);
    let mut lines: Vec<Set> = Vec::new();
    let printed = sheet.masthead(&mut lines);
    let stray = if sheet.random.chance(30) { sheet.random.between(1, blocks.len().max(1)) } else { usize::MAX };
    let mut after_picture = false;
    for (number, block) in (0..).zip(blocks) {
        // What belongs to the page stands anywhere in some dumps.
        if number == stray {
            lines.push(None);
            let text = words::stray(sheet.random);
            lines.extend(text.into_iter().map(|text| Some((None, "masthead", text))));
        }
        let blank = sheet.random.chance(sheet.style.blank_articles);
        if blank && !lines.is_empty() {
            let is_picture = block.lines.iter().flatten().any(|line| line.0.is_some_and(|id| pictures[id]));
            let apart = style.pictures_apart && is_picture != after_picture && !block.lines.is_empty();
            after_picture = if block.lines.is_empty() { after_picture } else { is_picture };
            lines.extend(std::iter::repeat_n(None, if apart || sheet.random.chance(10) { 3 } else { 1 }));
        }
        lines.extend(block.lines);
    }
    if sheet.random.chance(sheet.style.masthead / 3) {
        lines.push(None);
        let staff = words::staff(sheet.random);
        lines.push(Some((None, "staff", staff)));
    }
    sheet.gold(lines, printed)
}

/// Characters of a headline that is short.
const SHORT_TITLE: usize = 6;

/// The lines of a headline.
fn title_lines(piece: &Piece, style: &Style, random: &mut Random) -> Vec<String> {
    let in_a_line = style.wide && random.chance(style.wide_titles);
    let size = piece.title.iter().map(|phrase| phrase.chars().count()).max().unwrap_or_default();
    let is_short = piece.title.len() == 1 && size <= SHORT_TITLE;
    if size <= 10 && (random.chance(style.spaced) || (is_short && random.chance(style.spaced_short))) {
        return piece.title.iter().map(|phrase| words::set_apart(phrase)).collect();
    }
    let mut texts: Vec<String> =
        if in_a_line || random.chance(50) { vec![piece.title.join(" ")] } else { piece.title.clone() };
    if !in_a_line && texts.len() == 1 && piece.title.len() == 1 {
        texts = broken(&texts[0], random, 14);
    }
    if random.chance(style.shadow) {
        texts = shadowed(texts, random);
    }
    // Quotes are often of another font: a program begins a new line with them.
    if random.chance(style.quotes) {
        texts = texts.iter().flat_map(|t| at_quotes(t)).collect();
    }
    texts
}

impl Sheet<'_> {
    fn head(&mut self, id: usize, piece: &Piece) -> Block {
        let mut lines: Vec<Set> = Vec::new();
        let style = self.style;
        let part = |random: &mut Random, lines: &mut Vec<Set>, role: &'static str, texts: &[String]| {
            let last = lines.iter().rev().flatten().map(|l| l.1).next();
            let seam = match (last, role) {
                (Some("kicker"), "title") | (Some("title"), "kicker") => 0,
                (_, "subtitle") | (Some("subtitle"), _) => 1,
                (_, "column") | (Some("column"), _) => 2,
                (_, "byline") => 3,
                _ => 0,
            };
            let chance = if style.seams[seam] > 100 { style.blank_parts } else { style.seams[seam] };
            if !lines.is_empty() && random.chance(chance) {
                lines.push(None);
            }
            for (n, text) in texts.iter().enumerate() {
                if n > 0 && role != "byline" && random.chance(style.loose) {
                    lines.push(None);
                }
                lines.push(Some((Some(id), role, text.clone())));
            }
        };
        let random = &mut *self.random;
        let column_under = random.chance(style.column_under);
        if let Some(column) = piece.column.as_ref().filter(|_| !column_under) {
            part(random, &mut lines, "column", std::slice::from_ref(column));
        }
        // Some programs put all phrases of a headline into one line.
        let in_one = piece.has_title && random.chance(5);
        let part_lines = |text: &String, random: &mut Random, measure| {
            if style.wide && random.chance(style.wide_parts) {
                vec![text.clone()]
            } else {
                broken(text, random, measure)
            }
        };
        // Some read the largest type first.
        let kicker_behind = random.chance(style.kicker_behind);
        let kicker = piece.kicker.as_ref().filter(|_| !in_one).map(|kicker| part_lines(kicker, random, 26));
        if let Some(texts) = kicker.as_ref().filter(|_| !kicker_behind) {
            part(random, &mut lines, "kicker", texts);
        }
        if piece.has_title {
            let texts = title_lines(piece, style, random);
            part(random, &mut lines, "title", &texts);
        }
        if let Some(texts) = kicker.as_ref().filter(|_| kicker_behind) {
            part(random, &mut lines, "kicker", texts);
        }
        if let Some(subtitle) = &piece.subtitle {
            let texts = part_lines(subtitle, random, 20);
            part(random, &mut lines, "subtitle", &texts);
        }
        if let Some(column) = piece.column.as_ref().filter(|_| column_under) {
            part(random, &mut lines, "column", std::slice::from_ref(column));
        }
        if piece.byline_place == 0 {
            part(random, &mut lines, "byline", &piece.byline);
        }
        for text in &piece.apart[piece.apart_behind..] {
            if random.chance(style.blank_paragraphs) {
                lines.push(None);
            }
            lines.push(Some((Some(id), "subhead", text.clone())));
        }
        Block::of(lines)
    }

    /// Sets the paragraphs of a text and the subheads that stand among them in lines `measure` wide and columns of so many
    /// lines; gives the line of the last block at which the last paragraph begins.
    fn set_paragraphs(
        &mut self,
        id: usize,
        body: &[(&'static str, String)],
        piece: &Piece,
        (measure, column_height): (usize, usize),
        blocks: &mut Vec<Block>,
    ) -> usize {
        let style = self.style;
        let (mut count, mut last_paragraph) = (0, 0);
        for (index, (role, text)) in body.iter().enumerate() {
            if *role == "subhead" && !piece.apart.is_empty() {
                continue;
            }
            let blank = match (index, *role) {
                (0, _) => false,
                _ if piece.stanzas.is_some() && style.blank_paragraphs < 100 => {
                    piece.stanzas.iter().flatten().any(|at| *at == index)
                }
                (_, "subhead") => self.random.chance(style.blank_paragraphs.max(style.blank_parts)),
                _ => self.random.chance(style.blank_paragraphs),
            };
            let end = blocks.len() - 1;
            if blank {
                blocks[end].lines.push(None);
            }
            let own = if *role == "ednote" { style.note_measure.unwrap_or(measure) } else { measure };
            let wrapped = if *role == "subhead" { vec![text.clone()] } else { self.wrap(text, own) };
            let stutters = *role == "body" && measure > 0 && self.random.chance(style.stutter);
            let wrapped = if stutters { stuttered(wrapped, self.random) } else { wrapped };
            let total = wrapped.len();
            last_paragraph = blocks[end].lines.len();
            for (n, line) in wrapped.into_iter().enumerate() {
                let line = if n == 0 && *role != "subhead" { format!("{}{line}", style.indent) } else { line };
                let end = blocks.len() - 1;
                blocks[end].lines.push(Some((Some(id), *role, line)));
                count += 1;
                if measure == 0 && n + 1 < total {
                    blocks[end].lines.push(None);
                    continue;
                }
                let is_last = n + 1 == total;
                // Behind the very last line nothing of the text goes on.
                let may_end = if is_last { style.wide && index > 0 && index + 1 < body.len() } else { n > 0 };
                if may_end && count % column_height == 0 {
                    if *role == "body" && self.random.chance(style.torn) && blocks.len() < 3 {
                        blocks.push(Block::of(Vec::new()));
                    } else if self.random.chance(style.blank_columns) {
                        blocks[end].lines.push(None);
                    }
                }
            }
        }
        last_paragraph
    }

    /// Blocks of running text (more than one when it is torn), and the article's gold without lines.
    fn text(&mut self, id: usize, piece: &Piece) -> (Vec<Block>, Value) {
        let style = self.style;
        let measure = if style.same_measure || style.measure == 0 {
            style.measure
        } else {
            (style.measure + self.random.between(0, 12)).saturating_sub(6).max(16)
        };
        let measure = if piece.is_note { style.note_measure.unwrap_or(measure) } else { measure };
        let column_height = self.random.between(8, 30);
        let jump = (piece.kind == "news" && self.random.chance(style.jumps)).then(|| words::jump(self.random));
        let mut blocks = vec![Block::of(Vec::new())];
        if piece.byline_place == 2 && !piece.byline.is_empty() {
            blocks[0].lines.extend(piece.byline.iter().map(|t| Some((Some(id), "byline", t.clone()))));
            let blank = self.random.chance(style.before_bylines());
            blocks[0].lines.extend(blank.then_some(None));
        }
        if let Some(note) = &piece.resumed {
            blocks[0].lines.push(Some((Some(id), "jump", note.clone())));
            let blank = self.random.chance(style.before_bylines());
            blocks[0].lines.extend(blank.then_some(None));
        }
        let mut body = piece.body.clone();
        if let (Some(_), Some(last)) = (&jump, body.last_mut())
            && last.0 == "body"
        {
            let keep = last.1.chars().count() * 2 / 3;
            last.1 = last.1.chars().take(keep).collect();
        }
        let is_cut = jump.is_none() && piece.kind == "news" && self.random.chance(style.cut_texts);
        if let (true, Some(last)) = (is_cut, body.last_mut().filter(|last| last.0 == "body")) {
            let count = last.1.chars().count();
            last.1 = last.1.chars().take(self.random.between(count / 4, count * 9 / 10).max(1)).collect();
        }
        let last_paragraph = self.set_paragraphs(id, &body, piece, (measure, column_height), &mut blocks);
        let end = blocks.len() - 1;
        if let Some((note, _)) = &jump {
            if self.random.chance(style.blank_parts) {
                blocks[end].lines.push(None);
            }
            blocks[end].lines.push(Some((Some(id), "jump", note.clone())));
        }
        for text in &piece.apart[..piece.apart_behind] {
            if self.random.chance(style.blank_paragraphs) {
                blocks[end].lines.push(None);
            }
            blocks[end].lines.push(Some((Some(id), "subhead", text.clone())));
        }
        if piece.byline_place == 1 && !piece.byline.is_empty() {
            let blank = self.random.chance(style.before_bylines());
            blocks[end].lines.extend(blank.then_some(None));
            blocks[end].lines.extend(piece.byline.iter().map(|t| Some((Some(id), "byline", t.clone()))));
        }
        self.lead_with_end(&body, &mut blocks, last_paragraph);
        let pick = |wanted: bool| -> Vec<&String> {
            body.iter().filter(|(role, _)| (*role == "subhead") == wanted).map(|(_, t)| t).collect()
        };
        let facts = json!({
            "id": id + 1, "kind": piece.kind, "kicker": piece.kicker, "title": piece.title.join(" "),
            "title_printed": piece.has_title, "subtitle": piece.subtitle, "column": piece.column, "bylines": piece.names,
            "subheads": pick(true), "paragraphs": pick(false), "towns": [], "towns_mentioned": [], "sections": [],
            "jump_to": jump.map(|j| j.1), "truncated": is_cut,
        });
        (blocks, facts)
    }

    /// Puts the last paragraph, which begins at line `from` of a text in one block, before everything else: some programs
    /// read the foot of a column before the headline over the others.
    fn lead_with_end(&mut self, body: &[(&str, String)], blocks: &mut Vec<Block>, from: usize) {
        let [block] = blocks.as_mut_slice() else { return };
        let ends_with_text = block.lines.last().is_some_and(|l| l.as_ref().is_some_and(|l| l.1 == "body"));
        let is_long = body.len() > 3 && body.last().is_some_and(|last| last.0 == "body");
        let is_read_later = !matches!(self.style.order, 0 | 3);
        let may_lead = self.style.ends_lead > 0 && ends_with_text && is_long && !is_read_later;
        if !may_lead || !self.random.chance(self.style.ends_lead) {
            return;
        }
        let lines = block.lines.split_off(from);
        while block.lines.last().is_some_and(Option::is_none) {
            block.lines.pop();
        }
        blocks.insert(0, Block { lines, leads: true });
    }

    /// Hard wraps with an indent that is lost, and the rules that keep marks off line ends and heads.
    fn wrap(&mut self, text: &str, measure: usize) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        if measure == 0 {
            // Columns still end somewhere: the paragraph breaks there, with a blank line.
            if chars.len() < 60 || !self.random.chance(self.style.blank_columns / 3) {
                return vec![text.to_owned()];
            }
            let at = self.random.between(12, chars.len() - 12);
            return vec![chars[..at].iter().collect(), chars[at..].iter().collect()];
        }
        let mut out = Vec::new();
        let (mut line, mut width) = (String::new(), 4);
        let mut i = 0;
        while i < chars.len() {
            let c = chars[i];
            let w = if c.is_ascii() { 1 } else { 2 };
            let hangs = "，。、；：！？”’）》】,.;:!?)".contains(c);
            if width + w > measure && !(hangs && width <= measure) {
                let mut next = String::new();
                while line.ends_with(['“', '‘', '（', '《', '【']) {
                    next.insert(0, line.pop().unwrap_or(' '));
                }
                if c.is_ascii_digit() {
                    while line.ends_with(|c: char| c.is_ascii_digit()) && line.chars().count() > 4 {
                        next.insert(0, line.pop().unwrap_or(' '));
                    }
                }
                out.push(std::mem::replace(&mut line, next));
                width = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            }
            if c.is_ascii_digit() && i > 0 && !chars[i - 1].is_ascii() && self.random.chance(self.style.digit_spaces) {
                line.push(' ');
            }
            line.push(c);
            width += w;
            i += 1;
        }
        if !line.is_empty() {
            out.push(line);
        }
        out
    }

    fn order(&mut self, heads: Vec<Block>, texts: Vec<Vec<Block>>, pictures: &[bool]) -> Vec<Block> {
        let style = self.style;
        let mut out: Vec<Block> = Vec::new();
        let (mut early, mut late, mut torn): (Vec<Block>, Vec<Block>, Vec<Block>) = Default::default();
        for ((head, text), is_picture) in heads.into_iter().zip(texts).zip(pictures) {
            let order = match style.order {
                4 => self.random.between(0, 2),
                // Pictures often have their headline elsewhere than texts.
                _ if *is_picture && style.pictures => self.random.between(0, 1),
                order => order,
            };
            let mut text = text.into_iter().peekable();
            out.extend(text.next_if(|block| block.leads));
            let first = text.next();
            let rest: Vec<Block> = text.collect();
            // What goes on later, where texts are torn far apart behind the next article at the earliest.
            let mut later: Vec<Block> = Vec::new();
            match order {
                0 | 3 => {
                    if order == 3 {
                        early.push(head)
                    } else {
                        out.push(head)
                    }
                    out.extend(first);
                    if style.apart || self.random.chance(50) { later.extend(rest) } else { late.extend(rest) }
                }
                1 => {
                    out.extend(first);
                    if rest.is_empty() || self.random.chance(if style.apart { 80 } else { 50 }) {
                        out.push(head);
                        later.extend(rest);
                    } else {
                        out.extend(rest);
                        out.push(head);
                    }
                }
                _ => {
                    out.extend(first);
                    if !style.apart || self.random.chance(style.near) {
                        out.append(&mut torn);
                    }
                    later.extend(rest);
                    late.push(head);
                }
            }
            if !style.apart {
                torn.append(&mut later);
            }
            if self.random.chance(style.near) {
                out.append(&mut torn);
            }
            torn.append(&mut later);
            if self.random.chance(style.bands) {
                self.random.shuffle(&mut late);
                out.append(&mut late);
            }
        }
        early.append(&mut out);
        out = early;
        if style.order == 2 && self.random.chance(60) {
            self.random.shuffle(&mut late);
        }
        out.append(&mut torn);
        out.append(&mut late);
        out.retain(|b| !b.lines.is_empty());
        out
    }

    fn masthead(&mut self, lines: &mut Vec<Set>) -> Option<String> {
        if !self.random.chance(self.style.masthead) {
            return None;
        }
        let mut parts: Vec<String> = Vec::new();
        let mut printed = None;
        if self.random.chance(70) {
            parts.push(self.random.word(words::PAPERS).to_string());
        }
        if self.random.chance(60) {
            let (text, date) = words::dateline(self.random);
            parts.push(text);
            printed = Some(date);
        }
        if self.random.chance(60) {
            parts.push(words::label(self.random));
        }
        if self.random.chance(35) {
            parts.push(words::slogan(self.random));
        }
        if self.random.chance(25) {
            parts.push(words::staff(self.random));
        }
        self.random.shuffle(&mut parts);
        if self.random.chance(30) {
            parts = vec![parts.join(" ")];
        }
        if self.style.wide && self.random.chance(12) {
            parts.extend(words::contents(self.random));
        }
        for part in parts.into_iter().filter(|p| !p.is_empty()) {
            lines.push(Some((None, "masthead", part)));
            if self.random.chance(50) {
                lines.push(None);
            }
        }
        printed
    }

    fn gold(self, mut lines: Vec<Set>, printed: Option<String>) -> (String, Value) {
        if self.style.cut {
            let keep = lines.len() * self.random.between(70, 99) / 100;
            lines.truncate(keep.max(3));
        }
        let mut spans: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
        let mut furniture = Vec::new();
        let mut text = String::new();
        let mut last: Option<(Option<usize>, &str)> = None;
        for (number, line) in lines.iter().enumerate() {
            let n = number + 1;
            let Some((id, role, content)) = line else {
                text.push('\n');
                continue;
            };
            text.push_str(content);
            text.push('\n');
            let list = match id {
                Some(id) => spans.entry(*id).or_default(),
                None => &mut furniture,
            };
            let key = if id.is_some() { "role" } else { "what" };
            match list.last_mut() {
                Some(span) if last == Some((*id, role)) => span["to"] = json!(n),
                _ => list.push(json!({"from": n, "to": n, key: role})),
            }
            last = Some((*id, role));
        }
        let articles: Vec<Value> = self
            .facts
            .into_iter()
            .enumerate()
            .filter_map(|(id, mut facts)| {
                facts["lines"] = json!(spans.remove(&id)?);
                Some(facts)
            })
            .collect();
        let page = json!({"newspaper": null, "page_label": null, "date_printed": printed});
        (text, json!({"dump": "", "page": page, "articles": articles, "furniture": furniture}))
    }
}
