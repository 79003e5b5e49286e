//! The bundled fonts hold what a newspaper page needs, and can be embedded in a PDF.
//!
//! `fonts/README.md` tells the story of glyph ids and CIDs; this test keeps a font cut in another way from slipping in.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use skrifa::MetadataProvider as _;
use skrifa::raw::ps::cff::{charset::Charset, dict};
use skrifa::raw::{FontRef, TableProvider as _};
use std::ops::RangeInclusive;

const FONTS: [&str; 4] =
    ["NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf", "NotoSerifSC-Regular.otf", "NotoSerifSC-Bold.otf"];

fn font_file(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(name);
    std::fs::read(&path).unwrap_or_else(|err| panic!("{}: {err}", path.display()))
}

#[track_caller]
fn check_holds(name: &str, font: &FontRef<'_>, characters: impl IntoIterator<Item = char>) {
    let charmap = font.charmap();
    let missing: String = characters.into_iter().filter(|c| charmap.map(*c).is_none()).collect();
    assert!(missing.is_empty(), "{name} lacks {} characters: {missing}", missing.chars().count());
}

#[test]
fn every_font_holds_the_characters_of_a_chinese_newspaper() {
    // The last assigned characters of GB 18030's original base block and extension A.
    const HAN: [RangeInclusive<char>; 2] = ['\u{4E00}'..='\u{9FA5}', '\u{3400}'..='\u{4DB5}'];
    const RANGES: [RangeInclusive<char>; 9] = [
        ' '..='~',
        '\u{A1}'..='\u{AC}',
        '\u{AE}'..='ÿ',
        '\u{3000}'..='\u{301F}',
        'ぁ'..='ゖ',
        'ァ'..='ヺ',
        'ㄅ'..='ㄩ',
        '！'..='～',
        '①'..='⑳',
    ];
    const MARKS: &str = "、。·ˉˇ¨〃々—～…‘’“”〔〕〈〉《》「」『』〖〗【】〇○●◎◇◆□■△▲▽▼☆★※→←↑↓↖↗↘↙\
        ±×÷∶∧∨∑∏∪∩∈∷√⊥∥∠⌒⊙∫∮≡≌≈∽∝≠≮≯≤≥∞∵∴♂♀°′″℃＄¤￠￡‰§№€℃㎡㎏㎜㎝㎞㏄\
        āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ─│┌┐└┘├┤┬┴┼▌█αβγΔΩАЯая︵︶︹︺﹏";
    for name in FONTS {
        let bytes = font_file(name);
        let font = FontRef::new(&bytes).expect("a font");
        check_holds(name, &font, HAN.into_iter().flatten());
        check_holds(name, &font, RANGES.into_iter().flatten());
        check_holds(name, &font, MARKS.chars());
        // Characters of names that the Table of General Standard Characters (通用规范汉字表) takes from outside the base
        // block and extension A.
        check_holds(name, &font, "𬭎𫖯𫘧𫍯𬸦𪨰𬱖𫓧".chars());
    }
}

#[test]
fn glyph_ids_equal_cids_so_that_pdfs_keep_their_ink() {
    for name in FONTS {
        let bytes = font_file(name);
        let font = FontRef::new(&bytes).expect("a font");
        let cff = font.cff().expect("CFF outlines");
        let top = cff.top_dicts().get(0).expect("a top dict");
        let (mut charset_offset, mut is_cid_keyed) = (None, false);
        for entry in dict::entries(top, None) {
            match entry.expect("a dict entry") {
                dict::Entry::Charset(offset) => charset_offset = Some(offset),
                dict::Entry::Ros { .. } => is_cid_keyed = true,
                _ => {}
            }
        }
        assert!(is_cid_keyed, "{name} is not CID-keyed");
        let glyphs = u32::from(font.maxp().expect("maxp").num_glyphs());
        let charset = Charset::new(cff.offset_data(), charset_offset.expect("a charset"), glyphs).expect("a charset");
        let strangers: Vec<_> =
            charset.iter().filter(|(glyph, cid)| glyph.to_u32() != u32::from(cid.to_u16())).take(5).collect();
        assert!(strangers.is_empty(), "{name}: glyph ids differ from CIDs: {strangers:?}");
        assert_eq!(charset.iter().count(), glyphs as usize, "{name}: the charset names every glyph");
    }
}

#[test]
fn fonts_keep_their_licence_and_their_names() {
    use skrifa::string::StringId;
    for name in FONTS {
        let bytes = font_file(name);
        let font = FontRef::new(&bytes).expect("a font");
        let text =
            |id: StringId| font.localized_strings(id).english_or_first().map(|s| s.to_string()).unwrap_or_default();
        let family = if name.starts_with("NotoSans") { "Noto Sans SC" } else { "Noto Serif SC" };
        let style = if name.contains("Bold") { "Bold" } else { "Regular" };
        assert_eq!(text(StringId::FAMILY_NAME), family);
        assert_eq!(text(StringId::SUBFAMILY_NAME), style);
        assert!(text(StringId::COPYRIGHT_NOTICE).contains("Adobe"), "{name}");
        assert!(text(StringId::LICENSE_DESCRIPTION).contains("SIL Open Font License"), "{name}");
    }
    let licence = String::from_utf8(font_file("LICENSE-OFL.txt")).expect("UTF-8");
    assert!(licence.contains("SIL OPEN FONT LICENSE Version 1.1"));
}
