//! What the training programs share: their arguments, and the pages with gold in a folder.

use anyhow::{Context, Result};
use baoku::reconstruct::{Lexicon, ModelTexts};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Takes `name VALUE` out of the arguments.
pub fn take(args: &mut Vec<String>, name: &str) -> Option<String> {
    let at = args.iter().position(|a| a == name)?;
    let value = args.get(at + 1).cloned();
    args.drain(at..(at + 2).min(args.len()));
    value
}

/// The comment that `--note TEXT` puts at the head of an asset.
pub fn take_note(args: &mut Vec<String>) -> String {
    take(args, "--note").map_or(String::new(), |note| format!("# {note}\n"))
}

/// The fixed pseudo-random sequence that all training goes by (xorshift64).
pub struct Sequence(u64);

impl Sequence {
    /// From its beginning.
    pub fn new() -> Self {
        Self::of(0)
    }

    /// A sequence of its own for each member of a mean.
    pub fn of(member: u64) -> Self {
        Self(0x2545_F491_4F6C_DD1D ^ member.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 16
    }

    /// Puts `items` into another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}

/// The dumps of a folder that have gold in another, in the order of their names.
pub fn pages(dumps: &str, golds: &str) -> Result<Vec<(String, Value)>> {
    let mut names: Vec<_> = std::fs::read_dir(golds).context("GOLD_DIR")?.flatten().map(|e| e.file_name()).collect();
    names.sort();
    let mut out = Vec::new();
    for name in names {
        let name = name.to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".gold.json") else { continue };
        let text = std::fs::read_to_string(Path::new(dumps).join(format!("{stem}.txt"))).context("the dump")?;
        let gold = serde_json::from_str(&std::fs::read_to_string(Path::new(golds).join(&name))?)?;
        out.push((text, gold));
    }
    Ok(out)
}

/// The weights of a folder like `assets/models`; files that are not there yet are no weights.
pub fn lexicon(folder: &str) -> Result<Lexicon> {
    let read = |name: &str| {
        let path = Path::new(folder).join(name);
        if path.exists() { std::fs::read_to_string(&path).with_context(|| name.to_owned()) } else { Ok(String::new()) }
    };
    let (wording, first, second) = (read("wording.txt")?, read("roles.txt")?, read("roles-in-context.txt")?);
    let (balance, neighbours, continuations) =
        (read("balance.txt")?, read("neighbours.txt")?, read("continuations.txt")?);
    let meanings = read("meanings.txt")?;
    let (heads, walks) = (read("heads.txt")?, read("walks.txt")?);
    let (joins, sure) = (read("joins.txt")?, read("sure.txt")?);
    Ok(Lexicon::from_texts(&ModelTexts {
        wording: &wording,
        neighbours: &neighbours,
        continuations: &continuations,
        meanings: &meanings,
        first: &first,
        second: &second,
        balance: &balance,
        heads: &heads,
        walks: &walks,
        joins: &joins,
        sure: &sure,
    }))
}

/// `MODELS:DUMP_DIR:GOLD_DIR[:TIMES]`: the folders, and how often they count: once where nothing is said.
pub fn with_times(text: &str) -> (String, &str) {
    match text.splitn(4, ':').collect::<Vec<_>>()[..] {
        [models, dumps, golds, times] => (format!("{models}:{dumps}:{golds}"), times),
        _ => (text.to_owned(), "1"),
    }
}

/// The mean of the weights of `members`, each of which `learn`s in an order of its own: one order's weights make a hundredth
/// more or less of the articles right than another's.
pub fn mean(members: u64, learn: impl Fn(u64) -> Vec<f32> + Sync) -> Vec<f32> {
    let all: Vec<Vec<f32>> = std::thread::scope(|scope| {
        let learn = &learn;
        let work: Vec<_> = (0..members).map(|member| scope.spawn(move || learn(member))).collect();
        work.into_iter().map(|thread| thread.join().expect("learning does not panic")).collect()
    });
    let size = all.first().map_or(0, Vec::len);
    (0..size).map(|i| all.iter().map(|weights| weights[i]).sum::<f32>() / members as f32).collect()
}

/// `MODELS:DUMP_DIR:GOLD_DIR`: the weights of a folder, and pages to look at with them.
pub fn source(text: &str) -> Result<(Lexicon, Vec<(String, Value)>)> {
    let [models, dumps, golds] = text.split(':').collect::<Vec<_>>()[..] else {
        anyhow::bail!("MODELS:DUMP_DIR:GOLD_DIR, not {text}");
    };
    Ok((lexicon(models)?, pages(dumps, golds)?))
}

/// The lines of an article's or a page's spans in the gold, in their order: 1-based numbers with what they are.
pub fn lines(spans: &Value) -> impl Iterator<Item = (u32, &str)> {
    let number = |span: &Value, name: &str| span[name].as_u64().unwrap_or(0) as u32;
    spans.as_array().into_iter().flatten().flat_map(move |span| {
        let role = span["role"].as_str().unwrap_or_default();
        (number(span, "from")..=number(span, "to")).map(move |line| (line, role))
    })
}

/// What is met most often; of several the lowest.
pub fn most(all: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    counts.into_iter().max_by_key(|&(one, count)| (count, std::cmp::Reverse(one))).map(|(one, _)| one)
}

/// Tells `see` of every paragraph of web news and of articles (see [`texts`]).
pub fn running_text(news: &str, articles: &str, see: impl FnMut(&str)) -> Result<()> {
    texts(news, articles)?.iter().flat_map(|text| text.lines()).for_each(see);
    Ok(())
}

/// The texts of web news (a `body` on each line of a file) and of a folder of articles written for `examples/press`: a line for
/// each paragraph.
pub fn texts(news: &str, articles: &str) -> Result<Vec<String>> {
    let mut out = Vec::new();
    for line in std::fs::read_to_string(news).context("NEWS.jsonl")?.lines() {
        let value: Value = serde_json::from_str(line)?;
        out.push(value["body"].as_str().unwrap_or_default().to_owned());
    }
    let mut paths: Vec<_> = std::fs::read_dir(articles).context("ARTICLES_DIR")?.flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
        for article in std::fs::read_to_string(path)?.split("\n== ") {
            // Kinds, headline parts and subheads are no running text; the first line names the kind.
            let is_text = |line: &&str| !line.starts_with(['=', '#', '>', '!']) && !line.contains(": ");
            out.push(article.lines().skip(1).filter(is_text).map(|line| format!("{line}\n")).collect());
        }
    }
    Ok(out)
}
