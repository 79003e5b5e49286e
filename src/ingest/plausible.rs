//! How much a decoded text looks like Chinese newspaper text: the tie-break between encodings that all fit strictly.
//!
//! Almost any bytes are valid GB18030 or UTF-16, so validity alone decides little. Text in the right encoding is made of
//! common characters; the same bytes in a wrong one give rare ones, private-use code points and controls. Judged by
//! character sets of the national standards and a list of the language's most frequent characters, never by words.

use encoding_rs::{BIG5, Encoding, GB18030};
use std::sync::LazyLock;

/// The score of a text without anything to judge by (only ASCII, or empty).
const NEUTRAL: f32 = 0.5;

/// The most frequent characters of running Chinese, simplified and where it differs traditional. About two thirds of
/// any Chinese text is made of them, and a few percent of text in a wrong encoding.
const FREQUENT: &str = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能\
    对小多然于心学么之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿回位分\
    爱老因很给名法间斯知世什两次使身者被高已亲其进此话常与活正感见明问力理尔点文几定本公特做外孩相西果走将月十实向声车全信重三\
    机工物气每并别真打太新比才便夫再书部水像眼等体却加电主界门利海受听表德少克代员许先口由死安写性马光白或住难望教命花结乐色更\
    拉东神记处让母父应直字场平报友关放至张认接告入笑内英军候民岁往何度山觉路带万男边风解叫任金快原吃变通师立象数四失满战远格士\
    音轻目条呢病始达深完今提求清王化空业思切怎非找片罗钱南语元喜曾离飞科言干流欢约各即指合反题必该论交终林请医晚制球决传画保读\
    运及则房早院量苦火布品近坐产答星精视五连司巴奇管类未朋且婚台夜青北队久乎越观落尽形影红爸百令周吧识步希亚术留市半热送兴造谈\
    容极随演收首根讲整式取照办强石古华村镇乡县区街农企项建设城发展政府记者服务社居委员群众党支部会议经济领导活动工程安全环境\
    這個們來時為說國年著裡後會過學對麼於發當沒還樣種開總從無現動經長兒愛給間兩進話與見問點幾將實聲車機氣並別書體電門聽員許\
    難結樂東處讓應場報關認軍歲覺帶萬邊風變師數滿戰遠輕條達業羅錢語離飛歡約題論請醫決傳畫讀運則產視連類隊觀盡紅識術熱興談極隨講\
    鎮鄉縣區農企項設黨議濟領導環務";

/// Marks that Chinese text is full of.
const MARKS: &str = "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·\u{3000}％";

/// What one character says, in quarter points.
static WEIGHTS: LazyLock<Box<[i8]>> = LazyLock::new(weights);

/// Mean weight of the characters that are not ASCII; about 2 for Chinese text, below 0 for the wrong encoding.
pub(super) fn score(text: &str) -> f32 {
    let mut sum = 0i64;
    let mut count = 0i64;
    for c in text.chars() {
        let weight = weight(c);
        if !c.is_ascii() || weight < 0 {
            sum += i64::from(weight);
            count += 1;
        }
    }
    // Samples are 64 KiB, where f32 is exact enough.
    if count == 0 { NEUTRAL } else { sum as f32 / count as f32 / 4.0 }
}

/// Whether `c` is a control character that has no business in text.
pub(super) fn is_stray_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\x0C')
}

fn weight(c: char) -> i8 {
    let code = c as usize;
    match WEIGHTS.get(code) {
        Some(weight) => *weight,
        // Planes beyond the first: extension B and later are rare but real, the rest is not Chinese.
        None if (0x2_0000..0x3_4000).contains(&code) => -6,
        None => -8,
    }
}

fn weights() -> Box<[i8]> {
    let mut table: Vec<i8> = (0..=0xFFFFu32).map(block_weight).collect();
    let mut set = |text: &str, weight: i8, only_if_less: bool| {
        for c in text.chars() {
            if let Some(slot) = table.get_mut(c as usize)
                && (!only_if_less || *slot < weight)
            {
                *slot = weight;
            }
        }
    };
    // GB 2312 level 1 (by frequency) and 2, Big5 level 1 and 2: <https://encoding.spec.whatwg.org/> has the same maps.
    set(&han(BIG5, 0xC9..=0xF9, true), -3, true);
    set(&han(GB18030, 0xD8..=0xF7, false), -1, true);
    set(&han(BIG5, 0xA4..=0xC6, true), 1, true);
    set(&han(GB18030, 0xB0..=0xD7, false), 4, true);
    set(FREQUENT, 12, true);
    set(MARKS, 8, true);
    table.into_boxed_slice()
}

/// Weight by Unicode block, before the national sets are laid over it.
fn block_weight(code: u32) -> i8 {
    match code {
        0x09 | 0x0A | 0x0C | 0x0D => 0,
        0x00..0x20 | 0x7F..0xA0 => -16,
        0x20..0x7F => 0,
        0xA0..0x0250 | 0x0370..0x0530 => -4,
        0x2000..0x2070 | 0x2100..0x2200 | 0x2460..0x2500 | 0x25A0..0x2700 | 0x3000..0x3030 => 0,
        0x3040..0x3130 => -4,
        0x3400..0x4DC0 => -8,
        0x4E00..0xA000 => -4,
        0xFF00..0xFFE7 => 2,
        0xFEFF => 0,
        0xE000..0xF900 | 0xFFF0..=0xFFFF => -16,
        _ => -8,
    }
}

/// The Han characters of the rows `leads` of a double-byte set, Big5 with its low trail bytes.
fn han(encoding: &'static Encoding, leads: std::ops::RangeInclusive<u8>, has_low_trails: bool) -> String {
    let trails: Vec<u8> = (0x40..=0x7E).filter(|_| has_low_trails).chain(0xA1..=0xFE).collect();
    let mut out = String::new();
    for lead in leads {
        for trail in &trails {
            if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&[lead, *trail]) {
                out.extend(text.chars().filter(|c| ('\u{4E00}'..'\u{A000}').contains(c)));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_text_scores_high_and_its_misreadings_low() {
        let text = "本报讯 昨天上午，云溪县召开全县春季农业生产工作会议，部署今年的粮食生产任务。";
        let real = score(text);
        let (gbk, _, _) = encoding_rs::GBK.encode(text);
        let (as_big5, _) = BIG5.decode_without_bom_handling(&gbk);
        let (utf8_as_gbk, _) = GB18030.decode_without_bom_handling(text.as_bytes());
        assert!(real > 1.5, "{real}");
        assert!(score(&as_big5) < real - 1.0, "{}", score(&as_big5));
        assert!(score(&utf8_as_gbk) < real - 1.0, "{}", score(&utf8_as_gbk));
    }

    #[test]
    fn ascii_is_neutral_and_controls_count_against() {
        assert_eq!(score("plain text 123\n"), NEUTRAL);
        assert_eq!(score(""), NEUTRAL);
        assert!(score("plain\0text") < NEUTRAL);
        assert!(score("\u{E000}\u{E001}") < -2.0);
    }
}
