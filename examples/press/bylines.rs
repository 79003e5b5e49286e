//! Who signs an article and how that is printed.

use super::article::Piece;
use super::random::Random;
use super::style::Style;
use super::words;
use serde_json::{Value, json};

/// Signs the article as the house does; says where the byline goes.
pub fn sign(piece: &mut Piece, style: &Style, random: &mut Random) {
    piece.byline_place =
        if random.chance(style.bylines_lead) { 2 } else { usize::from(random.chance(style.bylines_behind)) };
    match piece.kind {
        "photo" => credit(piece, style, random),
        "notice" => {}
        "commentary" if style.wide && random.chance(50) => author(piece, style, random),
        kind if kind == "essay" || random.chance(style.essays) => author(piece, style, random),
        _ if !random.chance(style.signed) => {}
        _ => reporters(piece, style, random),
    }
}

fn person(role: &str, name: &str, position: Option<&str>) -> Value {
    json!({"role": role, "name": name, "position": position})
}

/// Who took the picture.
fn credit(piece: &mut Piece, style: &Style, random: &mut Random) {
    if random.chance(85) {
        let bullet = style.bullet;
        let name = words::name(random);
        let shown = words::padded(&name, style.pads);
        let line = match style.credit {
            0 => format!("{bullet}摄影 {shown}"),
            1 => format!("{shown} 摄"),
            2 => format!("{bullet}记者 {shown} 摄"),
            3 => format!("（{shown} 摄）"),
            4 => format!("{bullet}{shown} 摄影报道"),
            _ => format!("摄影 {shown}"),
        };
        piece.byline = vec![line];
        piece.names = vec![person("photographer", &name, None)];
    }
    piece.byline_place = if random.chance(style.credits_lead) { 2 } else { 1 };
}

/// Somebody who is not of the newspaper, mostly with an office.
fn author(piece: &mut Piece, style: &Style, random: &mut Random) {
    let bullet = style.bullet;
    // Verse is signed under its headline, essays mostly behind the text or there.
    let under = if piece.stanzas.is_some() { 80 } else { 25 };
    piece.byline_place = match random.chance(under) && style.wide {
        true => 0,
        false if random.chance(70) => 1,
        false => piece.byline_place,
    };
    let name = words::name(random);
    let office = if style.wide { words::office(random) } else { random.word(words::OFFICES).to_string() };
    let shown = words::padded(&name, style.pads);
    let lone = random.chance(if style.forum { 10 } else { 40 });
    if style.wide && piece.kind == "commentary" && random.chance(40) {
        piece.byline = vec![format!("{bullet}本报评论员")];
        piece.names = vec![person("author", "本报评论员", None)];
        return;
    }
    piece.byline = if style.wide && lone && random.chance(30) {
        match random.between(0, 2) {
            0 => vec![format!("{bullet}{shown}"), format!("（作者系{office}）")],
            1 => vec![format!("{shown}（{office}）")],
            _ => vec![format!("作者：{shown}")],
        }
    } else if lone {
        vec![format!("{bullet}{shown}")]
    } else if office.chars().count() > 14 && random.chance(60) {
        let marks: Vec<usize> =
            office.char_indices().filter(|(_, c)| "、，".contains(*c)).map(|(i, c)| i + c.len_utf8()).collect();
        let at = if style.wide { marks.get(marks.len() / 2) } else { marks.first() }.copied().unwrap_or(0);
        vec![office[..at].to_owned(), format!("{} {shown}", &office[at..])]
            .into_iter()
            .filter(|l| !l.is_empty())
            .collect()
    } else {
        vec![format!("{office} {shown}")]
    };
    piece.names = vec![person("author", &name, (!lone).then_some(office.as_str()))];
}

/// What a reporter is called by this house.
fn reporter(style: &Style) -> (&'static str, &'static str) {
    match style.role_word {
        1 => ("本报记者", "reporter"),
        2 => ("记 者", "reporter"),
        3 => ("见习记者", "intern"),
        6 => ("全媒体记者", "reporter"),
        7 => ("县融媒体中心记者", "reporter"),
        8 => ("望湖日报记者", "reporter"),
        9 => ("首席记者", "reporter"),
        _ => ("记者", "reporter"),
    }
}

/// Reporters and who helped them.
fn reporters(piece: &mut Piece, style: &Style, random: &mut Random) {
    let mut groups: Vec<String> = Vec::new();
    let pads = style.pads && !style.role_space.is_empty() && !style.name_space.is_empty();
    for (word, role) in [reporter(style), ("通讯员", "correspondent")] {
        if role == "correspondent" && !random.chance(45) {
            continue;
        }
        let names: Vec<String> = (0..random.between(1, 2)).map(|_| words::name(random)).collect();
        let shown: Vec<String> = names.iter().map(|n| words::padded(n, pads)).collect();
        groups.push(format!("{word}{}{}", style.role_space, shown.join(style.name_space)));
        piece.names.extend(names.iter().map(|n| person(role, n, None)));
    }
    let bullet = style.bullet;
    let tail = style.reported;
    piece.byline = if groups.len() > 1 && random.chance(style.stacked) {
        groups[0] = format!("{bullet}{}", groups[0]);
        groups
    } else {
        let line = groups.join(" ");
        vec![if style.bracketed { format!("（{line}）") } else { format!("{bullet}{line}{tail}") }]
    };
}
