//! The lines that a headline part or the subheads of a story come out as.

use super::article::Piece;
use super::random::Random;

/// The lines of subheads that are read apart from their text: those of neighbouring columns may share one.
pub fn apart(piece: &Piece, random: &mut Random) -> Vec<String> {
    let mut texts = piece.body.iter().filter(|b| b.0 == "subhead").map(|b| b.1.as_str()).peekable();
    let in_one = *random.pick(&[0, 0, 0, 50, 100]);
    let mut out = Vec::new();
    while let Some(text) = texts.next() {
        let other = texts.next_if(|_| random.chance(in_one));
        out.push(other.map_or(text.to_owned(), |other| format!("{text} {other}")));
    }
    out
}

/// The text in pieces that begin and end with its quotes.
pub fn at_quotes(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for c in text.chars() {
        if c == '“' && out.last().is_some_and(|l| !l.is_empty()) {
            out.push(String::new());
        }
        if let Some(last) = out.last_mut() {
            last.push(c);
        }
        if c == '”' {
            out.push(String::new());
        }
    }
    out.retain(|t| !t.is_empty());
    out
}

/// A headline part in one or two lines.
pub fn broken(text: &str, random: &mut Random, measure: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() < 8 || (chars.len() <= measure && random.chance(65)) {
        return vec![text.to_owned()];
    }
    let at = match text.chars().position(|c| c == ' ' || c == '，') {
        Some(at) if at > 2 && at + 3 < chars.len() => at + 1,
        _ => (chars.len() * random.between(35, 65) / 100).clamp(3, chars.len() - 3),
    };
    vec![chars[..at].iter().collect::<String>().trim().to_owned(), chars[at..].iter().collect()]
}

/// A headline with a drop shadow.
pub fn shadowed(texts: Vec<String>, random: &mut Random) -> Vec<String> {
    // Pieces and the whole, one after the other.
    let phrases: Vec<String> = texts.join(" ").split([' ', '，']).map(str::to_owned).collect();
    if let ([first, second], true) = (&phrases[..], random.chance(30)) {
        let whole = texts.join(" ");
        return match random.between(0, 2) {
            0 => vec![first.clone(), whole.clone(), second.clone(), whole],
            1 => vec![first.clone(), whole, second.clone()],
            _ => vec![first.clone(), first.clone(), second.clone(), second.clone()],
        };
    }
    match random.between(0, 5) {
        0 | 3 => texts.into_iter().map(|t| format!("{t}{t}")).collect(),
        4 => texts.into_iter().map(|t| format!("{t}{t}{t}")).collect(),
        5 => vec![texts.join(" ")].into_iter().flat_map(|t| [t.clone(), t]).collect(),
        1 => texts.into_iter().flat_map(|t| [t.clone(), t]).collect(),
        _ => {
            let mut out = texts.clone();
            out.extend(texts);
            out
        }
    }
}

/// The lines of a paragraph whose last ones are bold or have a shadow: a program that sees its words twice ends the line
/// between the two.
pub fn stuttered(lines: Vec<String>, random: &mut Random) -> Vec<String> {
    let from = lines.len().saturating_sub(random.between(1, 4));
    let mut out: Vec<String> = Vec::new();
    for (number, text) in lines.into_iter().enumerate() {
        if number < from {
            out.push(text);
            continue;
        }
        out.push(String::new());
        let chars: Vec<char> = text.chars().collect();
        for run in chars.chunk_by(|a, b| a.is_alphabetic() == b.is_alphabetic()) {
            let run: String = run.iter().collect();
            let is_twice = run.chars().any(char::is_alphanumeric) && random.chance(70);
            if let Some(last) = out.last_mut() {
                last.push_str(&run);
            }
            if is_twice {
                out.push(run);
            }
        }
    }
    out
}
