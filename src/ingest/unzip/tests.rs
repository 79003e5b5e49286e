//! Zips as newsrooms pack them, and as nobody honest does.

use super::*;
use crate::ingest::{Candidate, load};
use std::io::Write as _;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A zip whose members' names are raw bytes: written under an ASCII name of the same length, then patched.
fn zip_of(members: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut patches = Vec::new();
    for (i, (name, content)) in members.iter().enumerate() {
        let stand_in: String = format!("{i:02}").chars().chain(std::iter::repeat('~')).take(name.len()).collect();
        writer.start_file(stand_in.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
        patches.push((stand_in.into_bytes(), name.to_vec()));
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    for (from, to) in patches {
        for at in 0..bytes.len() - from.len() {
            if bytes[at..].starts_with(&from) {
                bytes[at..at + to.len()].copy_from_slice(&to);
            }
        }
    }
    bytes
}

fn load_all(zip: &[u8], limits: &Limits) -> Vec<(String, Result<String, FileOutcome>)> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("一月.zip");
    std::fs::write(&path, zip).unwrap();
    let mut out = Vec::new();
    load(&Candidate { path, size_bytes: zip.len() as u64 }, &Overrides::default(), limits, &mut |loaded| {
        out.push(match loaded {
            Loaded::Dumps { source, dumps, .. } => (source.member.unwrap(), Ok(dumps[0].text.clone())),
            Loaded::Set { source, file } => {
                let mut text = String::new();
                file.read(|reader| reader.read_to_string(&mut text)).unwrap().unwrap();
                (source.member.unwrap(), Ok(text))
            }
            Loaded::Failed(report) => (report.source.member.unwrap_or_default(), Err(report.outcome)),
        });
        true
    });
    out
}

#[track_caller]
fn check(members: &[(&[u8], &[u8])], limits: &Limits, expected: &[(&str, Result<&str, FileOutcome>)]) {
    let expected: Vec<_> = expected.iter().map(|(n, r)| ((*n).to_owned(), r.clone().map(str::to_owned))).collect();
    assert_eq!(load_all(&zip_of(members), limits), expected);
}

#[test]
fn names_in_gbk_and_utf8_are_read() {
    let gbk = encoding_rs::GBK.encode("云溪日报/2024-03-05/第02版.txt").0;
    check(
        &[(&gbk, "甲".as_bytes()), ("头版.txt".as_bytes(), "乙".as_bytes())],
        &Limits::default(),
        &[("云溪日报/2024-03-05/第02版.txt", Ok("甲")), ("头版.txt", Ok("乙"))],
    );
}

#[test]
fn names_that_lead_out_are_refused_and_the_rest_is_read() {
    let escape = || Err(Refusal::PathEscape.outcome());
    check(
        &[
            (b"../../a.txt", b"x"),
            (b"/etc/b.txt", b"x"),
            (b"..\\c.txt", b"x"),
            (b"C:\\d.txt", b"x"),
            (b"good.txt", b"y"),
        ],
        &Limits::default(),
        &[
            ("../../a.txt", escape()),
            ("/etc/b.txt", escape()),
            ("../c.txt", escape()),
            ("C:/d.txt", escape()),
            ("good.txt", Ok("y")),
        ],
    );
}

#[test]
fn nested_zips_and_documents_are_named_and_system_files_passed_over() {
    let nested = zip_of(&[(b"inner.txt", b"x")]);
    check(
        &[
            (b"b.zip", &nested),
            (b"c.txt", &nested),
            (b"__MACOSX/._d.txt", b"x"),
            (b"e.jpg", b"x"),
            (b"f.pdf", b"%PDF-1.4"),
        ],
        &Limits::default(),
        &[
            ("b.zip", Err(Refusal::NestedZip.outcome())),
            ("c.txt", Err(Refusal::NestedZip.outcome())),
            ("f.pdf", Err(FileOutcome::NotText { looks_like: "PDF".to_owned() })),
        ],
    );
}

#[test]
fn a_bomb_is_stopped_by_what_comes_out() {
    let limits = Limits { zip_ratio: 10, zip_ratio_free_bytes: 1000, ..Limits::default() };
    let bomb = vec![b'a'; 4 << 20];
    check(
        &[(b"a.txt", b"text"), (b"bomb.txt", &bomb)],
        &limits,
        &[("a.txt", Ok("text")), ("bomb.txt", Err(Refusal::Ratio.outcome()))],
    );
}

#[test]
fn a_lying_size_does_not_help() {
    let mut zip = zip_of(&[(b"big.txt", &[b'a'; 5000])]);
    // The uncompressed size stands little-endian in both headers.
    for at in 0..zip.len() - 4 {
        if zip[at..at + 4] == 5000u32.to_le_bytes() {
            zip[at..at + 4].copy_from_slice(&5u32.to_le_bytes());
        }
    }
    let limits = Limits { file_bytes: 100, ..Limits::default() };
    let [(_, Err(_))] = load_all(&zip, &limits).as_slice() else { panic!("accepted") };
}

#[test]
fn sizes_and_counts_are_limited() {
    let many: Vec<(Vec<u8>, &[u8])> = (0..20).map(|i| (format!("{i:03}.txt").into_bytes(), &b"text"[..])).collect();
    let members: Vec<(&[u8], &[u8])> = many.iter().map(|(n, c)| (n.as_slice(), *c)).collect();
    let limits = Limits { zip_members: 19, ..Limits::default() };
    check(&members, &limits, &[("", Err(Refusal::TooManyMembers.outcome()))]);
    let limits = Limits { zip_total_bytes: 6, ..Limits::default() };
    check(&members[..3], &limits, &[("000.txt", Ok("text")), ("001.txt", Err(Refusal::TotalSize.outcome()))]);
    let limits = Limits { file_bytes: 3, ..Limits::default() };
    check(&members[..1], &limits, &[("000.txt", Err(FileOutcome::TooLarge { size_bytes: 4, limit_bytes: 3 }))]);
}

#[test]
fn encrypted_members_are_refused() {
    let mut zip = zip_of(&[(b"secret.txt", b"x")]);
    let local = zip.windows(4).position(|w| w == b"PK\x03\x04").unwrap();
    let central = zip.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    zip[local + 6] |= 1;
    zip[central + 8] |= 1;
    assert_eq!(load_all(&zip, &Limits::default()), [("secret.txt".to_owned(), Err(Refusal::Encrypted.outcome()))]);
}

#[test]
fn damaged_and_empty_zips_are_told() {
    let zip = zip_of(&[(b"a.txt", b"text")]);
    assert_eq!(load_all(&zip[..zip.len() / 2], &Limits::default())[0].1, Err(Refusal::Damaged.outcome()));
    assert_eq!(load_all(&zip_of(&[]), &Limits::default())[0].1, Err(FileOutcome::Empty));
}

#[test]
fn every_reason_has_a_word_of_its_own() {
    for refusal in Refusal::ALL {
        assert_eq!(Refusal::from_word(refusal.word()), Some(refusal));
        assert!(!refusal.sentence().is_empty());
    }
}
