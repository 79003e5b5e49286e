//! What a file is that is not text: told by its first bytes, whatever its name says.

/// First bytes and what they mean. Signatures as in the `file` program's magic and PRONOM; those that are printable ASCII
/// are long enough that no dump begins with them by chance.
const SIGNATURES: [(&[u8], &str); 29] = [
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"\x89PNG\r\n\x1A\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "DOC/XLS"),
    (b"CAJ\0", "CAJ"),
    (b"HN\0\0", "CAJ"),
    (b"KDH ", "CAJ"),
    (b"PK\x05\x06", "ZIP"),
    (b"Rar!\x1A\x07", "RAR"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"\x1F\x8B\x08", "gzip"),
    (b"BZh91AY&SY", "bzip2"),
    (b"\xFD7zXZ\0", "xz"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"\x7FELF", "program"),
    (b"MZ\x90\0", "program"),
    (b"SQLite format 3\0", "SQLite"),
    (b"ID3\x03", "MP3"),
    (b"ID3\x04", "MP3"),
    (b"OggS\0", "Ogg"),
    (b"fLaC\0", "FLAC"),
    (b"\0\0\x01\0", "ICO"),
    (b"%!PS-Adobe", "PostScript"),
    (b"AT&TFORM", "DjVu"),
];

/// The format that the first bytes name, if they are not those of text.
pub(super) fn looks_like(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(zip_kind(bytes));
    }
    match (bytes.get(..4), bytes.get(4..8), bytes.get(8..12)) {
        (Some(b"RIFF"), _, Some(b"WEBP")) => Some("WebP"),
        (Some(b"RIFF"), _, Some(b"WAVE")) => Some("WAV"),
        (Some(b"RIFF"), _, Some(b"AVI ")) => Some("AVI"),
        (_, Some(b"ftyp"), Some(b"heic" | b"mif1")) => Some("HEIC"),
        (_, Some(b"ftyp"), Some(_)) => Some("MP4"),
        // BMP: "BM", file size, four zero bytes.
        (Some([b'B', b'M', ..]), _, _) if bytes.get(6..10) == Some(&[0; 4]) => Some("BMP"),
        _ => None,
    }
}

/// Whether these are the first bytes of articles that Baoku exported as JSON, however that is spaced.
pub(super) fn is_articles(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut dense = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    br#"{"format":"baoku-articles""#.iter().all(|wanted| dense.next() == Some(wanted))
}

/// Whether these are the first bytes of a zip, also of an empty one.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Office files are zips; their first members' names tell which.
fn zip_kind(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(4096)];
    let holds = |needle: &[u8]| head.windows(needle.len()).any(|w| w == needle);
    if holds(b"word/") {
        "DOCX"
    } else if holds(b"xl/") {
        "XLSX"
    } else if holds(b"ppt/") {
        "PPTX"
    } else if holds(b"application/epub+zip") {
        "EPUB"
    } else if holds(b"application/vnd.oasis.opendocument") {
        "OpenDocument"
    } else if holds(b"[Content_Types].xml") {
        "Office"
    } else {
        "ZIP"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Option<&str>) {
        assert_eq!(looks_like(bytes), expected, "{bytes:?}");
    }

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        check(b"\xFF\xD8\xFF\xE0\0\x10JFIF", Some("JPEG"));
        check(b"%PDF-1.7", Some("PDF"));
        check(b"PK\x03\x04\x14\0\0\0\0\0[Content_Types].xml..word/document.xml", Some("DOCX"));
        check(b"PK\x03\x04\x14\0", Some("ZIP"));
        check(b"RIFF\x10\0\0\0WEBPVP8 ", Some("WebP"));
        check(b"\0\0\0\x18ftypmp42", Some("MP4"));
        check(b"BM\x36\0\x0C\0\0\0\0\0\x36\0", Some("BMP"));
    }

    #[test]
    fn exported_articles_are_known_by_their_first_words() {
        assert!(is_articles(b"{\"format\":\"baoku-articles\",\"version\":1"));
        assert!(is_articles(b"\xEF\xBB\xBF{\n  \"format\" : \"baoku-articles\","));
        assert!(!is_articles(b"{\"format\":\"baoku-set\""));
        assert!(!is_articles(b"{\"format\""));
    }

    #[test]
    fn text_is_no_format() {
        check(b"", None);
        check("头版 本报讯".as_bytes(), None);
        check(b"BMW opened a plant", None);
        check(b"\xFF\xFEA\0", None);
        check(b"PK", None);
        check(b"MZ and ID3 are words too", None);
    }
}
