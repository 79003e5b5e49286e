//! Every encoding dumps come in, their misreadings, and bytes that are nothing.

use super::*;
use proptest::prelude::*;

const PAGE: &str = "云溪日报\n2024年3月5日 星期二 第02版\n\n青石镇：老茶园有了新“掌柜”\n本报讯（记者 陈 晓）昨天上午，青石镇桃岭村的\n\
    茶园里一派忙碌景象。“今年的明前茶比去年早了6天，”村党支部书记\n方大山说，“亩产值有望达到1.2万元。”\n";
const TRADITIONAL: &str = "雲溪日報\n昨天上午，青石鎮桃嶺村的茶園裡一派忙碌景象。農民們正在採摘今年的第一批春茶。\n";

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xFEFFu16).into_iter().chain(text.encode_utf16());
    units.flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
}

#[track_caller]
fn check(bytes: &[u8], text: &str, encoding: &str) {
    let decoded = decode(bytes).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
    assert!(decoded.is_sure);
}

#[track_caller]
fn check_refused(bytes: &[u8], expected_guess: &str, expected_offset: u64) {
    assert_eq!(decode(bytes), Err(Undecoded::Malformed { guess: expected_guess.to_owned(), offset: expected_offset }));
}

#[test]
fn a_page_is_read_in_every_encoding() {
    check(PAGE.as_bytes(), PAGE, "UTF-8");
    check(format!("\u{FEFF}{PAGE}").as_bytes(), PAGE, "UTF-8");
    check(&encoding_rs::GBK.encode(PAGE).0, PAGE, "GB18030");
    check(&[b"\x84\x31\x95\x33", &*GB18030.encode(PAGE).0].concat(), PAGE, "GB18030");
    for little in [true, false] {
        let name = if little { "UTF-16LE" } else { "UTF-16BE" };
        check(&utf16(PAGE, little, true), PAGE, name);
        check(&utf16(PAGE, little, false), PAGE, name);
    }
    check(&BIG5.encode(TRADITIONAL).0, TRADITIONAL, "Big5");
    check(&encoding_rs::GBK.encode(TRADITIONAL).0, TRADITIONAL, "GB18030");
    check(TRADITIONAL.as_bytes(), TRADITIONAL, "UTF-8");
}

#[test]
fn rare_characters_of_gb18030_survive() {
    let text = "村民龙\u{3CE0}、王\u{20164}昨天来到镇里领取奖金。";
    check(&GB18030.encode(text).0, text, "GB18030");
}

#[test]
fn short_texts_are_read_too() {
    for text in ["头版", "联通", "本报讯", "要闻", "今天的新闻", "云溪日报"] {
        check(&encoding_rs::GBK.encode(text).0, text, "GB18030");
        check(text.as_bytes(), text, "UTF-8");
    }
}

#[test]
fn text_behind_much_ascii_is_found() {
    let text = format!("{}{PAGE}", "0123456789 line of figures\n".repeat(8000));
    check(&encoding_rs::GBK.encode(&text).0, &text, "GB18030");
}

#[test]
fn plain_english_is_utf8_even_where_utf16_would_fit() {
    check(b"this app can break", "this app can break", "UTF-8");
    let text = "A report of the county office, in English.\n";
    check(&utf16(text, true, false), text, "UTF-16LE");
}

#[test]
fn utf8_with_one_bad_byte_is_refused_at_that_byte() {
    let at = PAGE.find("本报讯").unwrap();
    let mut bytes = PAGE.as_bytes().to_vec();
    bytes[at] = 0xFF;
    check_refused(&bytes, "UTF-8", at as u64);
    check_refused(&PAGE.as_bytes()[..PAGE.len() - 3], "UTF-8", PAGE.len() as u64 - 4);
}

#[test]
fn gbk_with_a_bad_byte_is_refused_at_that_byte() {
    let mut bytes = encoding_rs::GBK.encode(PAGE).0.into_owned();
    let at = bytes.len() - 1;
    bytes.insert(at, 0xFF);
    check_refused(&bytes, "GB18030", at as u64);
}

#[test]
fn gbk_behind_the_mark_of_utf8_is_read_with_doubt() {
    let decoded = decode(&[b"\xEF\xBB\xBF", &*encoding_rs::GBK.encode(PAGE).0].concat()).unwrap();
    assert_eq!((decoded.text.as_str(), decoded.is_sure), (PAGE, false));
}

#[test]
fn japanese_in_shift_jis_is_refused_with_its_name() {
    let text = "東京の新聞の記事です。昨日の午前、町の人々が広場に集まりました。カメラも見えました。";
    let Err(Undecoded::Malformed { guess, .. }) = decode(&encoding_rs::SHIFT_JIS.encode(text).0) else {
        panic!("taken for Chinese");
    };
    assert_eq!(guess, "Shift_JIS");
}

#[test]
fn bytes_that_are_no_text_are_binary() {
    assert_eq!(decode(&[0; 100]), Err(Undecoded::Binary));
    let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(decode(&noise), Err(Undecoded::Binary));
}

#[test]
fn control_characters_and_replacement_characters_of_the_file_survive() {
    let text = "第一行\0第二行\u{FFFD}第三行\u{1}的文字";
    check(text.as_bytes(), text, "UTF-8");
    check(&GB18030.encode(text).0, text, "GB18030");
}

#[test]
fn names_of_members_are_read() {
    assert_eq!(
        decode_name(&encoding_rs::GBK.encode("云溪日报/2024年/头版.txt").0).unwrap(),
        "云溪日报/2024年/头版.txt"
    );
    assert_eq!(decode_name("头版.txt".as_bytes()).unwrap(), "头版.txt");
    assert_eq!(decode_name(b"\xFF\xFF"), None);
}

/// Running text of the invented county, shuffled.
fn chinese() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "本报讯",
        "记者陈晓",
        "昨天上午，",
        "青石镇",
        "桃岭村的茶园里",
        "一派忙碌景象。",
        "“今年的收成不错，”",
        "他说。",
        "2024年",
        "全县",
        "经济",
        "增长6.5%",
        "\n",
        "会议强调，",
        "要把工作做实做细。",
        "方大山",
        "（通讯员 李文）",
        "——",
        "《条例》",
    ]);
    prop::collection::vec(pieces, 3..60).prop_map(|v| format!("新闻{}", v.concat()))
}

proptest! {
    #[test]
    fn any_bytes_give_text_or_a_refusal(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        match decode(&bytes) {
            Ok(decoded) => {
                // Strictness: encoding the text again loses no replacement characters into it.
                if !bytes.windows(3).any(|w| w == "\u{FFFD}".as_bytes()) && decoded.encoding == "UTF-8" {
                    let invented = decoded.text.contains('\u{FFFD}');
                    prop_assert!(!invented);
                }
            }
            Err(Undecoded::Malformed { offset, .. }) => prop_assert!(offset <= bytes.len() as u64),
            Err(Undecoded::Binary) => {}
        }
    }

    #[test]
    fn what_was_encoded_is_decoded(text in chinese()) {
        let gb = GB18030.encode(&text).0.into_owned();
        let le = utf16(&text, true, false);
        let be = utf16(&text, false, false);
        for bytes in [text.clone().into_bytes(), gb, le, be, utf16(&text, true, true), utf16(&text, false, true)] {
            prop_assert_eq!(&decode(&bytes).unwrap().text, &text);
        }
    }
}
