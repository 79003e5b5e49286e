//! The query language's grammar: text -> [`Query`], without errors.
//!
//! ```text
//! or    := and (("OR" | "或") and)*
//! and   := not ("AND"? not)*                       a space is AND
//! not   := ("-" | "NOT" | "非") not | near
//! near  := value ("NEAR" ("/" digits)? value)*
//! value := field ":" value | "(" or ")" | quoted | word | word "*"
//! ```
//! Operators count only as words of their own, in capitals. What does not fit (an operator with nothing beside it, a
//! lone parenthesis, a date that is none) is a word to look for, and a [`Note`] says so; a quote that is still open
//! closes at the end, because people see results while they type.

use super::explain::Note;
use super::query::{DateSpan, FacetField, Node, Query, Term};
use super::{Field, fold, fold_string, is_word};
use jiff::civil::Date;

/// More pieces than anybody types; a pasted page is looked for word by word.
const MAX_TOKENS: usize = 256;
/// Distance of a NEAR without a number.
const DEFAULT_DISTANCE: u32 = 10;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Field(FieldName, String),
    Open,
    Close,
    Minus,
    Not(String),
    Or(String),
    And(String),
    Near(u32, String),
}

impl Token {
    fn starts_operand(&self) -> bool {
        matches!(self, Self::Word(_) | Self::Quoted(_) | Self::Field(..) | Self::Open | Self::Minus | Self::Not(_))
    }

    fn ends_operand(&self) -> bool {
        matches!(self, Self::Word(_) | Self::Quoted(_) | Self::Close)
    }

    fn is_value(&self) -> bool {
        matches!(self, Self::Word(_) | Self::Quoted(_) | Self::Field(..))
    }

    fn raw(&self) -> &str {
        match self {
            Self::Word(s) | Self::Quoted(s) | Self::Field(_, s) => s,
            Self::Not(s) | Self::Or(s) | Self::And(s) | Self::Near(_, s) => s,
            Self::Open => "(",
            Self::Close => ")",
            Self::Minus => "-",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum FieldName {
    Text(Field),
    Facet(FacetField),
    Date,
}

impl FieldName {
    fn from_word(word: &str) -> Option<Self> {
        Some(match fold_string(word).as_str() {
            "标题" | "题" | "title" | "headline" => Self::Text(Field::Title),
            "作者" | "记者" | "署名" | "author" | "by" | "byline" => Self::Text(Field::Byline),
            "正文" | "内容" | "body" | "text" => Self::Text(Field::Body),
            "镇" | "镇街" | "镇街道" | "town" => Self::Facet(FacetField::Town),
            "版" | "版次" | "page" => Self::Facet(FacetField::Page),
            "栏目" | "版面" | "section" | "column" => Self::Facet(FacetField::Section),
            "报" | "报纸" | "报名" | "newspaper" | "paper" => Self::Facet(FacetField::Newspaper),
            "体裁" | "类型" | "kind" => Self::Facet(FacetField::Kind),
            "标签" | "tag" => Self::Facet(FacetField::Tag),
            "日期" | "date" => Self::Date,
            _ => return None,
        })
    }
}

/// Reads a search text.
pub(super) fn parse(text: &str) -> Query {
    let mut notes = Vec::new();
    let mut tokens = lex(text, &mut notes);
    if tokens.len() > MAX_TOKENS {
        notes.push(Note::TooLong);
        let words: Vec<Node> =
            text.split_whitespace().filter_map(|w| Term::new(Field::Any, w, false)).map(Node::Term).collect();
        return Query { root: and(words), notes };
    }
    settle(&mut tokens, &mut notes);
    for token in &tokens {
        if let Token::Word(word) = token
            && looks_like_syntax(word)
            && !notes.contains(&Note::ReadAsText(word.clone()))
        {
            notes.push(Note::ReadAsText(word.clone()));
        }
    }
    let mut parser = Parser { tokens, at: 0, notes };
    let root = parser.or(None);
    Query { root, notes: parser.notes }
}

/// Whether a word that is looked for as text may have been meant as syntax: a field with nothing behind it, a NEAR with a
/// distance that is none, a lone minus.
fn looks_like_syntax(word: &str) -> bool {
    let is_field = |stem: &str| FieldName::from_word(stem).is_some();
    word.strip_suffix([':', '：']).is_some_and(is_field)
        || word.starts_with("NEAR/")
        || word.chars().all(|c| matches!(c, '-' | '－'))
}

/// Whether `word` is read as one literal word when written without quotes.
pub(super) fn is_bare_word(word: &str) -> bool {
    let mut notes = Vec::new();
    matches!(&lex(word, &mut notes)[..], [Token::Word(only)] if only == word)
        && !word.ends_with('*')
        && !word.starts_with(['-', '－'])
        && !word.chars().any(|c| c.is_whitespace() || c == ':' || c == '：')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂')
}

fn is_paren(c: char) -> bool {
    matches!(c, '(' | ')' | '（' | '）')
}

fn lex(text: &str, notes: &mut Vec<Note>) -> Vec<Token> {
    let mut out = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let is_field_value = matches!(out.last(), Some(Token::Field(..)));
        if c.is_whitespace() {
            at += 1;
        } else if is_quote(c) {
            at = lex_quoted(&chars, at, &mut out, notes);
        } else if is_paren(c) {
            out.push(if matches!(c, '(' | '（') { Token::Open } else { Token::Close });
            at += 1;
        } else if matches!(c, '-' | '－')
            && !is_field_value
            && chars.get(at + 1).is_some_and(|n| !n.is_whitespace() && !matches!(n, '-' | '－'))
        {
            out.push(Token::Minus);
            at += 1;
        } else {
            at = lex_word(&chars, at, is_field_value, &mut out);
        }
    }
    out
}

/// Reads a quoted text; returns the position after it.
fn lex_quoted(chars: &[char], open: usize, out: &mut Vec<Token>, notes: &mut Vec<Note>) -> usize {
    let is_straight = matches!(chars[open], '"' | '＂');
    let mut text = String::new();
    let mut at = open + 1;
    while at < chars.len() {
        let c = chars[at];
        let closes = if is_straight { matches!(c, '"' | '＂') } else { matches!(c, '”' | '"' | '＂') };
        if closes && is_straight && chars.get(at + 1) == Some(&c) {
            text.push(c);
            at += 2;
            continue;
        }
        if closes {
            out.push(Token::Quoted(text));
            return at + 1;
        }
        text.push(c);
        at += 1;
    }
    notes.push(Note::OpenQuote(text.clone()));
    out.push(Token::Quoted(text));
    at
}

/// Reads a word, an operator or a field's name; returns the position after it.
fn lex_word(chars: &[char], from: usize, is_field_value: bool, out: &mut Vec<Token>) -> usize {
    let mut at = from;
    let mut word = String::new();
    while at < chars.len() && !chars[at].is_whitespace() && !is_quote(chars[at]) && !is_paren(chars[at]) {
        let c = chars[at];
        if matches!(c, ':' | '：') && !is_field_value && !word.is_empty() {
            let has_value = chars.get(at + 1).is_some_and(|n| !n.is_whitespace() && !matches!(n, ')' | '）'));
            if let (true, Some(name)) = (has_value, FieldName::from_word(&word)) {
                word.push(c);
                out.push(Token::Field(name, word));
                return at + 1;
            }
        }
        word.push(c);
        at += 1;
    }
    out.push(if is_field_value { Token::Word(word) } else { operator(word) });
    at
}

fn operator(word: String) -> Token {
    match word.as_str() {
        "OR" | "或" => Token::Or(word),
        "AND" => Token::And(word),
        "NOT" | "非" => Token::Not(word),
        "NEAR" => Token::Near(DEFAULT_DISTANCE, word),
        _ => match word.strip_prefix("NEAR/").map(str::parse::<u32>) {
            Some(Ok(distance)) => Token::Near(distance, word),
            _ => Token::Word(word),
        },
    }
}

/// Turns everything that cannot be syntax into words, so that parsing cannot fail.
fn settle(tokens: &mut [Token], notes: &mut Vec<Note>) {
    loop {
        let mut bad: Vec<usize> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            let before = i.checked_sub(1).and_then(|j| tokens.get(j));
            let after = tokens.get(i + 1);
            let has_left = before.is_some_and(Token::ends_operand);
            let has_right = after.is_some_and(Token::starts_operand);
            let is_bad = match token {
                Token::Word(_) | Token::Quoted(_) => false,
                Token::Or(_) | Token::And(_) => !(has_left && has_right),
                Token::Minus | Token::Not(_) => !has_right,
                Token::Near(..) => !(has_left && after.is_some_and(Token::is_value)),
                Token::Field(..) => !matches!(after, Some(Token::Word(_) | Token::Quoted(_) | Token::Open)),
                Token::Open => {
                    open.push(i);
                    matches!(after, Some(Token::Close))
                }
                Token::Close => open.pop().is_none(),
            };
            if is_bad {
                bad.push(i);
            }
        }
        bad.extend(open);
        if bad.is_empty() {
            return;
        }
        for i in bad {
            let raw = tokens[i].raw().to_owned();
            let note = Note::ReadAsText(raw.clone());
            if !notes.contains(&note) {
                notes.push(note);
            }
            tokens[i] = Token::Word(raw);
        }
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    notes: Vec<Note>,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn or(&mut self, field: Option<FieldName>) -> Node {
        let mut parts = vec![self.and(field)];
        while matches!(self.peek(), Some(Token::Or(_))) {
            self.at += 1;
            parts.push(self.and(field));
        }
        // A part that came to nothing (quotes around blanks) must not turn the whole into "everything".
        parts.retain(|p| *p != Node::All);
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Node::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 => Node::All,
            1 => flat.swap_remove(0),
            _ => Node::Or(flat),
        }
    }

    fn and(&mut self, field: Option<FieldName>) -> Node {
        let mut parts = Vec::new();
        loop {
            match self.peek() {
                None | Some(Token::Close | Token::Or(_)) => break,
                Some(Token::And(_)) => self.at += 1,
                Some(_) => parts.push(self.not(field)),
            }
        }
        and(parts)
    }

    fn not(&mut self, field: Option<FieldName>) -> Node {
        if matches!(self.peek(), Some(Token::Minus | Token::Not(_))) {
            self.at += 1;
            return match self.not(field) {
                Node::All => Node::All,
                Node::Not(inner) => *inner,
                node => Node::Not(Box::new(node)),
            };
        }
        self.near(field)
    }

    fn near(&mut self, field: Option<FieldName>) -> Node {
        let mut last = self.value(field);
        let mut pairs = Vec::new();
        while let Some(Token::Near(distance, raw)) = self.peek().cloned() {
            self.at += 1;
            let right = self.value(field);
            match (last, right) {
                (Node::Term(left), Node::Term(mut right)) => {
                    if right.field == Field::Any {
                        right.field = left.field;
                    }
                    last = Node::Term(right.clone());
                    pairs.push(Node::Near { left, right, distance });
                }
                // Only words have a place in the text; beside anything else the operator is a word itself.
                (left, right) => {
                    self.notes.push(Note::ReadAsText(raw.clone()));
                    let word = Term::new(Field::Any, &raw, false).map_or(Node::All, Node::Term);
                    return and(pairs.into_iter().chain([left, word, right]).collect());
                }
            }
        }
        if pairs.is_empty() { last } else { and(pairs) }
    }

    fn value(&mut self, field: Option<FieldName>) -> Node {
        let token = self.peek().cloned();
        self.at += 1;
        match token {
            Some(Token::Open) => {
                let inner = self.or(field);
                if matches!(self.peek(), Some(Token::Close)) {
                    self.at += 1;
                }
                inner
            }
            Some(Token::Field(name, raw)) => self.field_value(name, &raw),
            Some(Token::Word(word)) => self.leaf(field, &word, false),
            Some(Token::Quoted(text)) => self.leaf(field, &text, true),
            // `settle` leaves no operator without its operand; should one slip through it is a word.
            Some(other) => self.leaf(field, other.raw(), true),
            None => Node::All,
        }
    }

    fn field_value(&mut self, name: FieldName, raw: &str) -> Node {
        if name == FieldName::Date
            && let Some(Token::Word(value) | Token::Quoted(value)) = self.peek().cloned()
            && parse_span(&value).is_none()
        {
            self.at += 1;
            self.notes.push(Note::BadDate(value.clone()));
            return self.leaf(None, &format!("{raw}{value}"), true);
        }
        self.value(Some(name))
    }

    fn leaf(&mut self, field: Option<FieldName>, text: &str, is_quoted: bool) -> Node {
        if fold(text).is_empty() {
            if !text.is_empty() {
                self.notes.push(Note::NothingToFind);
            }
            return Node::All;
        }
        match field {
            Some(FieldName::Facet(field)) => Node::Facet { field, value: text.to_owned() },
            Some(FieldName::Date) => match parse_span(text) {
                Some(span) => Node::Date(span),
                None => {
                    self.notes.push(Note::BadDate(text.to_owned()));
                    self.leaf(None, text, true)
                }
            },
            Some(FieldName::Text(field)) => self.term(field, text, is_quoted),
            None => self.term(Field::Any, text, is_quoted),
        }
    }

    fn term(&mut self, field: Field, text: &str, is_quoted: bool) -> Node {
        let stem = text.trim_end_matches('*');
        let (text, prefix) = match fold(stem) {
            _ if is_quoted || stem.len() == text.len() => (text, false),
            folded if folded.is_empty() => (text, false),
            folded if folded.iter().all(|&c| is_word(c)) => (stem, true),
            _ => {
                self.notes.push(Note::StarNotNeeded(text.to_owned()));
                (stem, false)
            }
        };
        Term::new(field, text, prefix).map_or(Node::All, Node::Term)
    }
}

/// All of `parts`, flattened; nothing is everything.
fn and(parts: Vec<Node>) -> Node {
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Node::All => {}
            Node::And(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    match flat.len() {
        0 => Node::All,
        1 => flat.swap_remove(0),
        _ => Node::And(flat),
    }
}

/// `2023`, `2023-01`, `2023年1月5日`, `2023-01..2023-06`, `2023-06..`, `..2023`.
fn parse_span(text: &str) -> Option<DateSpan> {
    let text = fold_string(text);
    let (from, to) = ["...", "..", "~", "至"].iter().find_map(|s| text.split_once(s)).unwrap_or((&text, &text));
    if from.is_empty() && to.is_empty() {
        return None;
    }
    let from = if from.is_empty() { None } else { Some(parse_day(from)?.0) };
    let to = if to.is_empty() { None } else { Some(parse_day(to)?.1) };
    Some(DateSpan { from, to })
}

/// First and last day of a day, month or year.
fn parse_day(text: &str) -> Option<(Date, Date)> {
    let compact = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let text = if compact { format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]) } else { text.to_owned() };
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月', '日', '号']).filter(|p| !p.is_empty()).collect();
    let year: i16 = parts.first()?.parse().ok().filter(|y| (1000..=9999).contains(y))?;
    let month: Option<i8> = parts.get(1).map(|m| m.parse()).transpose().ok()?;
    let day: Option<i8> = parts.get(2).map(|d| d.parse()).transpose().ok()?;
    if parts.len() > 3 {
        return None;
    }
    let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, None) => first.last_of_year(),
    };
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The canonical form shows how a text was read.
    #[track_caller]
    fn check(typed: &str, expected: &str) {
        let query = parse(typed);
        assert_eq!(query.to_string(), expected, "{typed}");
        assert_eq!(parse(expected).root, query.root, "{typed}");
    }

    #[test]
    fn space_is_and_and_operators_are_words_of_their_own() {
        check("春耕 新仓", "春耕 新仓");
        check("春耕 AND 新仓", "春耕 新仓");
        check("春耕 OR 秋收 新仓", "春耕 OR (秋收 新仓)");
        check("（春耕 或 秋收） 非 新仓", "(春耕 OR 秋收) -新仓");
        check("非遗 或许", "非遗 或许");
        check("甲 NEAR/5 乙", "甲 NEAR/5 乙");
    }

    #[test]
    fn fields_take_words_phrases_and_groups() {
        check("标题：春耕", "标题:春耕");
        check("title:(春耕 OR 秋收)", "标题:春耕 OR 标题:秋收");
        check("镇:\"新 仓\" 版:A1", "镇:\"新 仓\" 版:A1");
        check("日期:2023-02", "日期:2023-02-01..2023-02-28");
        check("日期:2023-01..2023-06", "日期:2023-01-01..2023-06-30");
        check("日期:20230109..", "日期:2023-01-09..");
    }

    #[test]
    fn what_is_no_syntax_is_text_and_a_note_says_so() {
        check("OR 春耕", "\"OR\" 春耕");
        check("春耕 (", "春耕 \"(\"");
        check("标题:", "\"标题:\"");
        check("日期:明天", "\"日期:明天\"");
        check("10:30", "\"10:30\"");
        check("\"没有关", "没有关");
        check("- --", "\"-\" \"--\"");
        assert_eq!(parse("\"没有关").notes, [Note::OpenQuote("没有关".to_owned())]);
        assert_eq!(parse("NOT").notes, [Note::ReadAsText("NOT".to_owned())]);
        assert_eq!(parse("标题:").notes, [Note::ReadAsText("标题:".to_owned())]);
        assert_eq!(parse("甲 NEAR/很近 乙").notes, [Note::ReadAsText("NEAR/很近".to_owned())]);
        assert!(parse("春耕 新仓 10:30 比分3:2").notes.is_empty());
    }

    #[test]
    fn a_star_is_for_latin_words() {
        check("cov*", "cov*");
        check("新仓*", "新仓");
        check("*", "\"*\"");
    }
}
