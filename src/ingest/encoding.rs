//! Bytes become text, strictly, or not at all.
//!
//! Order of evidence: a byte-order mark; pure ASCII; else every encoding that county newspapers' dumps come in is tried
//! on a sample and rated by [`plausible::score`]; the best one that fits the *whole* file without a single malformed
//! sequence wins. `chardetng` names the guess for files that fit nothing. Replacement characters are never made.

use super::plausible;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A text and the encoding it was in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Every character except a byte-order mark.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// Whether the text looks like what the encoding is used for.
    pub is_sure: bool,
}

/// Why bytes did not become text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undecoded {
    /// Text, but no encoding fits from this byte on.
    Malformed {
        /// The best guess.
        guess: String,
        /// Byte offset of the first bytes that do not fit it.
        offset: u64,
    },
    /// Not text at all.
    Binary,
}

/// Encodings that are tried, with what speaks for each before looking: simplified Chinese is the rule, UTF-16 without
/// a mark the exception.
const TRIED: [(&Encoding, f32); 5] = [(UTF_8, 0.0), (GB18030, 0.0), (BIG5, -0.3), (UTF_16LE, -0.5), (UTF_16BE, -0.6)];

/// Bytes of a file that are looked at to rate an encoding.
const SAMPLE_BYTES: usize = 64 << 10;
/// Below this the encoding is used, but somebody should look.
const SURE_FROM: f32 = 0.8;
/// Below this a double-byte reading is taken for a coincidence.
const PLAUSIBLE_FROM: f32 = -0.5;

/// Decodes a whole file.
pub fn decode(bytes: &[u8]) -> Result<Decoded, Undecoded> {
    if let Some((encoding, mark)) = byte_order_mark(bytes) {
        return decode_marked(bytes, encoding, mark);
    }
    if bytes.is_ascii() && !bytes.contains(&0) {
        return finish(String::from_utf8_lossy(bytes).into_owned(), UTF_8.name(), true);
    }
    // One bad byte in a UTF-8 file must not make it readable as something else.
    if std::str::from_utf8(bytes).is_err() && is_mostly_utf8(bytes) {
        return Err(Undecoded::Malformed { guess: UTF_8.name().to_owned(), offset: malformed_at(UTF_8, bytes) });
    }
    let mut rated = rate(bytes);
    rated.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (encoding, score) in rated {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            if encoding != UTF_8 && score < PLAUSIBLE_FROM {
                continue;
            }
            let is_sure = encoding == UTF_8 || text.is_ascii() || plausible::score(sample_of(&text)) >= SURE_FROM;
            return finish(text.into_owned(), name_of(encoding), is_sure);
        }
    }
    Err(refuse(bytes))
}

/// Names of the encodings that a user can choose.
pub const ENCODINGS: [&str; 5] = ["UTF-8", "GB18030", "Big5", "UTF-16LE", "UTF-16BE"];

/// Decodes a whole file in the encoding that the user names, as strictly as [`decode`].
pub fn decode_as(bytes: &[u8], name: &str) -> Result<Decoded, Undecoded> {
    let Some(encoding) = Encoding::for_label(name.as_bytes()) else {
        return Err(Undecoded::Malformed { guess: name.to_owned(), offset: 0 });
    };
    let mark = byte_order_mark(bytes).filter(|(marked, _)| *marked == Some(encoding)).map_or(0, |(_, length)| length);
    match encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]) {
        Some(text) => finish(text.into_owned(), name_of(encoding), true),
        None => {
            let offset = mark as u64 + malformed_at(encoding, &bytes[mark..]);
            Err(Undecoded::Malformed { guess: name_of(encoding).to_owned(), offset })
        }
    }
}

/// The name of a zip member or the like: short, so UTF-8 wins whenever it fits, then the most plausible reading.
pub(super) fn decode_name(bytes: &[u8]) -> Option<String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    [GB18030, BIG5]
        .into_iter()
        .filter_map(|e| e.decode_without_bom_handling_and_without_replacement(bytes))
        .map(|text| (plausible::score(&text), text))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(score, _)| *score >= PLAUSIBLE_FROM)
        .map(|(_, text)| text.into_owned())
}

/// The standard spells it in lower case, people do not.
fn name_of(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

fn byte_order_mark(bytes: &[u8]) -> Option<(Option<&'static Encoding>, usize)> {
    // UTF-32's little-endian mark begins with UTF-16's.
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Some((None, 4));
    }
    if bytes.starts_with(b"\x84\x31\x95\x33") {
        return Some((Some(GB18030), 4));
    }
    Encoding::for_bom(bytes).map(|(encoding, length)| (Some(encoding), length))
}

fn decode_marked(bytes: &[u8], encoding: Option<&'static Encoding>, mark: usize) -> Result<Decoded, Undecoded> {
    let Some(encoding) = encoding else {
        return Err(Undecoded::Malformed { guess: "UTF-32".to_owned(), offset: 0 });
    };
    let rest = &bytes[mark..];
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(rest) {
        return finish(text.into_owned(), name_of(encoding), true);
    }
    // Some tools put UTF-8's mark before GBK text; believe the text if it is plainly Chinese.
    if encoding == UTF_8
        && !is_mostly_utf8(rest)
        && let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(rest)
        && plausible::score(sample_of(&text)) >= SURE_FROM
    {
        return finish(text.into_owned(), name_of(GB18030), false);
    }
    let offset = mark as u64 + malformed_at(encoding, rest);
    Err(Undecoded::Malformed { guess: name_of(encoding).to_owned(), offset })
}

/// Text that is mostly control characters is not text, whatever encoding allows it.
fn finish(text: String, encoding: &'static str, is_sure: bool) -> Result<Decoded, Undecoded> {
    let sample = sample_of(&text);
    let controls = sample.chars().filter(|c| plausible::is_stray_control(*c)).count();
    if controls * 2 > sample.chars().count() {
        return Err(Undecoded::Binary);
    }
    Ok(Decoded { text, encoding, is_sure })
}

/// The stretch of a text that says most about it: from its first character that is not ASCII on.
fn sample_of(text: &str) -> &str {
    let first = Encoding::ascii_valid_up_to(text.as_bytes()).min(text.len().saturating_sub(SAMPLE_BYTES));
    let first = text.floor_char_boundary(first);
    &text[first..text.floor_char_boundary(first + SAMPLE_BYTES)]
}

/// The stretch that says most about the encoding: from the first byte that is not ASCII on (evenly aligned, for UTF-16).
fn sample_bytes(bytes: &[u8]) -> &[u8] {
    let first = Encoding::ascii_valid_up_to(bytes).min(bytes.len().saturating_sub(SAMPLE_BYTES)) & !1;
    &bytes[first..bytes.len().min(first + SAMPLE_BYTES)]
}

/// Every encoding that fits the sample, with its score.
fn rate(bytes: &[u8]) -> Vec<(&'static Encoding, f32)> {
    let sample = sample_bytes(bytes);
    let is_whole = sample.len() == bytes.len();
    let mut out = Vec::new();
    for (encoding, prior) in TRIED {
        if (encoding == UTF_16LE || encoding == UTF_16BE) && !bytes.len().is_multiple_of(2) {
            continue;
        }
        if let Some(text) = decode_sample(encoding, sample, is_whole) {
            let bonus = if encoding == UTF_8 { utf8_bonus(&text) } else { 0.0 };
            out.push((encoding, plausible::score(&text) + prior + bonus));
        }
    }
    out
}

/// Valid UTF-8 is hardly ever a coincidence, except for a short run of two-byte sequences, which may be GBK.
fn utf8_bonus(text: &str) -> f32 {
    if text.chars().any(|c| c as u32 >= 0x800) { 3.0 } else { 1.5 }
}

fn decode_sample(encoding: &'static Encoding, sample: &[u8], is_whole: bool) -> Option<String> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(sample.len())?);
    match decoder.decode_to_string_without_replacement(sample, &mut text, is_whole).0 {
        DecoderResult::InputEmpty => Some(text),
        DecoderResult::OutputFull | DecoderResult::Malformed(..) => None,
    }
}

/// Whether nearly all bytes that are not ASCII stand in valid UTF-8 sequences of three bytes or more.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().map(char::len_utf8).filter(|len| *len >= 3).sum::<usize>();
        invalid += chunk.invalid().len();
    }
    valid >= 9 && valid >= invalid * 20
}

/// Offset of the first malformed sequence, or the length if there is none.
fn malformed_at(encoding: &'static Encoding, bytes: &[u8]) -> u64 {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut buffer = vec![0u8; 64 << 10];
    let mut read = 0;
    loop {
        let (result, consumed, _) = decoder.decode_to_utf8_without_replacement(&bytes[read..], &mut buffer, true);
        read += consumed;
        match result {
            DecoderResult::InputEmpty => return bytes.len() as u64,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(bad, after) => return (read - usize::from(bad + after).min(read)) as u64,
        }
    }
}

/// The refusal of bytes that fit nothing: binary, or text with the best guess.
fn refuse(bytes: &[u8]) -> Undecoded {
    let sample = sample_bytes(bytes);
    let controls = sample.iter().filter(|b| matches!(b, 0..=8 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F)).count();
    if controls * 50 > sample.len() {
        return Undecoded::Binary;
    }
    // A damaged file of a known encoding still reads well but for the damage.
    let damaged = TRIED
        .into_iter()
        .map(|(encoding, prior)| (encoding, plausible::score(&encoding.decode_without_bom_handling(sample).0) + prior))
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .filter(|(_, score)| *score >= SURE_FROM);
    if let Some((encoding, _)) = damaged {
        return Undecoded::Malformed { guess: name_of(encoding).to_owned(), offset: malformed_at(encoding, bytes) };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    let offset = match malformed_at(guess, bytes) {
        // It fits the guess, which is not an encoding of Chinese dumps: nothing fits from the first such byte on.
        at if at == bytes.len() as u64 => Encoding::ascii_valid_up_to(bytes) as u64,
        at => at,
    };
    Undecoded::Malformed { guess: name_of(guess).to_owned(), offset }
}

#[cfg(test)]
mod tests;
