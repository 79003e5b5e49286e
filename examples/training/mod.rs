//! What the training programs share: their arguments, and the pages with gold in a folder.

use anyhow::{Context, Result};
use serde_json::Value;
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
