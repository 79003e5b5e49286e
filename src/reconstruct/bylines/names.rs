//! Names of people as bylines print them.

use super::super::chars::{Initials, is_han};
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Characters of the longest name.
pub(super) const LONGEST_NAME: usize = 12;

/// Bytes of the longest ideograph.
const LONGEST_IDEOGRAPH: usize = 4;

/// Common family names of one character.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈傅常姚卢姜崔钟谭陆汪\
范金石廖贾夏韦付方白邹孟熊洪赖阎秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜\
倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳阳管柴蒙鲍华喻祁蒲房\
滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫\
寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠\
豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺\
战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由単萧郄庾荀乜雒逄蹇郗隗訾麴缑宓酆贲钮羿\
汲糜钭韶鄂籍莘贡堵郦郤璩濮习宦暨殳沃蔚夔厍毋巢蒯竺桓佴谯笪汝仉昌麹粘丘畅";

/// Family names of two characters.
const DOUBLE_SURNAMES: [&str; 57] = [
    "欧阳", "司马", "上官", "诸葛", "慕容", "皇甫", "尉迟", "司徒", "令狐", "夏侯", "端木", "公孙", "长孙", "宇文",
    "司空", "太史", "独孤", "呼延", "轩辕", "钟离", "澹台", "闻人", "申屠", "东方", "万俟", "赫连", "公羊", "公冶",
    "宗政", "濮阳", "淳于", "太叔", "仲孙", "鲜于", "闾丘", "亓官", "司寇", "颛孙", "巫马", "公西", "漆雕", "乐正",
    "壤驷", "公良", "拓跋", "夹谷", "宰父", "谷梁", "羊舌", "微生", "梁丘", "左丘", "南宫", "段干", "完颜", "纳兰",
    "叶赫",
];
/// Those of them that three characters begin with mostly where nobody is named (东方红, 濮阳市).
const PLACES_TOO: [&str; 3] = ["东方", "濮阳", "南宫"];

/// Words for sections, columns and the like that look like names.
const NO_NAMES: &str = "简讯 简报 简介 时讯 时评 时政 时事 文摘 文苑 文艺 文化 文旅 文明 车讯 农事 农经 \
党建 经济 关注 关爱 平安 安全 阳光 成长 项目 公告 通知 方言 花絮 祝贺 温馨 温情 \
和谐 卫生 景点 路况 金融 楼市 房产 相册 连载 连线 项目库 文化馆 文章 待续 未完待续 敬上 贺卡";

/// [`NO_NAMES`] to be found fast: most lines that begin like a name are asked about.
static NO_NAME: LazyLock<FxHashSet<&str>> = LazyLock::new(|| NO_NAMES.split(' ').collect());

/// [`SURNAMES`] to be found fast: many lines begin like a name.
static FAMILY_NAMES: LazyLock<Initials> = LazyLock::new(|| SURNAMES.chars().collect());

/// What [`DOUBLE_SURNAMES`] begin with.
static DOUBLE_INITIALS: LazyLock<Initials> = LazyLock::new(|| Initials::of(DOUBLE_SURNAMES));

/// Whether `name` can be a person's name.
pub(crate) fn is_name(name: &str) -> bool {
    // Only a foreigner's name, which has a dot in it, is longer than four ideographs.
    if name.len() > 4 * LONGEST_IDEOGRAPH && !name.contains(['·', '•']) {
        return false;
    }
    let count = name.chars().count();
    if !(2..=LONGEST_NAME).contains(&count) || !name.chars().all(|c| is_han(c) || c == '·' || c == '•') {
        return false;
    }
    if name.contains(['·', '•']) {
        return count >= 4;
    }
    let is_double = || DOUBLE_INITIALS.begin(name) && DOUBLE_SURNAMES.iter().any(|surname| name.starts_with(surname));
    let may_be = match count {
        2 => FAMILY_NAMES.begin(name),
        3 => FAMILY_NAMES.begin(name) || (is_double() && !PLACES_TOO.iter().any(|place| name.starts_with(place))),
        4 => is_double(),
        _ => false,
    };
    may_be && !is_no_name(name)
}

/// Whether `text` is a word for a section or column that looks like a name.
pub(super) fn is_no_name(text: &str) -> bool {
    NO_NAME.contains(text)
}

/// Names that are set without anything between them ("顾明川沈禾"), the likeliest way: where one ends is told by the family
/// name that the next begins with, a common one sooner than a rare one. Empty if there is no such way.
pub(super) fn unglued(text: &str) -> Vec<&str> {
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let count = ends.len() - 1;
    // For every place the least cost of coming there, and from where.
    let mut best: Vec<Option<(f32, usize)>> = vec![None; count + 1];
    best[0] = Some((0.0, 0));
    for at in 0..count {
        let Some((cost, _)) = best[at] else { continue };
        for size in 2..=4.min(count - at) {
            let name = &text[ends[at]..ends[at + size]];
            if !is_name(name) {
                continue;
            }
            let cost = cost + rareness(name);
            if best[at + size].is_none_or(|(old, _)| cost < old) {
                best[at + size] = Some((cost, at));
            }
        }
    }
    let mut out = Vec::new();
    let mut at = count;
    while at > 0 {
        let Some((_, from)) = best[at] else { return Vec::new() };
        out.push(&text[ends[from]..ends[at]]);
        at = from;
    }
    out.reverse();
    out
}

/// How rare a family name is, as logarithm of its place in the list.
fn rareness(name: &str) -> f32 {
    let place = name.chars().next().and_then(|first| SURNAMES.chars().position(|c| c == first));
    (place.map_or(SURNAMES.len(), |place| place + 3) as f32).ln()
}

/// Pieces that are not empty; single characters in a row ("王 强", "王 小 明") are closed up to names.
pub(crate) fn closed_up<'a>(pieces: impl Iterator<Item = &'a str>) -> Vec<Cow<'a, str>> {
    let mut out: Vec<Cow<'_, str>> = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        // "杜 文": nobody signs with a family name alone.
        let is_given = piece == "文" && run.len() == 1 && FAMILY_NAMES.begin(run[0]);
        if is_single(piece) || is_given {
            run.push(piece);
            continue;
        }
        close_up(&mut run, &mut out);
        out.push(Cow::Borrowed(piece));
    }
    close_up(&mut run, &mut out);
    out
}

/// A single ideograph that is no role word.
fn is_single(word: &str) -> bool {
    let mut chars = word.chars();
    word.len() <= LONGEST_IDEOGRAPH
        && chars.next().is_some_and(is_han)
        && chars.next().is_none()
        && !matches!(word, "文" | "图" | "摄")
}

/// Takes single characters in a row as names.
fn close_up<'a>(run: &mut Vec<&'a str>, out: &mut Vec<Cow<'a, str>>) {
    match run.as_slice() {
        [word] => out.push(Cow::Borrowed(*word)),
        [_, _, _] if is_name(&run.concat()) => out.push(Cow::Owned(run.concat())),
        _ => out.extend(run.chunks(2).map(|pair| Cow::Owned(pair.concat()))),
    }
    run.clear();
}
