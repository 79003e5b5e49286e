//! Words of a page's furniture: makers, sections, newspapers, hot lines, slogans.

use super::super::bylines::is_name;
use super::super::chars::{Initials, is_ordinal};
use super::super::dates::is_figure;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Ends of what the makers of a page are called; before them stands what they are responsible for.
const STAFF: &[&str] = &[
    "编辑",
    "责编",
    "校对",
    "版式",
    "版面",
    "美编",
    "值班",
    "值班主任",
    "值班总编",
    "编委",
    "统筹",
    "审读",
    "审校",
    "审核",
    "审签",
    "编审",
    "组版",
    "主编",
    "总编",
    "排版",
    "设计",
    "版式设计",
    "监制",
    "签发",
    "制图",
    "绘图",
    "检校",
    "本版",
    "组稿",
    "照排",
    "视觉",
    "一审",
    "二审",
    "三审",
    "初审",
    "复审",
    "终审",
    "核发",
    "策划",
    "总策划",
    "出品",
    "总监制",
    "社长",
    "台长",
    "总监",
    "主办",
    "承办",
    "协办",
];
/// What stands before them.
const CHARGES: &[&str] = &[
    "责任",
    "值班",
    "本版",
    "本期",
    "版面",
    "版式",
    "图片",
    "美术",
    "文字",
    "视觉",
    "电脑",
    "见习",
    "实习",
    "首席",
    "执行",
    "常务",
    "副",
    "总",
    "栏目",
    "专题",
    "今日",
    "本报",
    "特约",
    "一版",
    "二版",
    "三版",
    "四版",
    "头版",
    "要闻",
    "副刊",
    "终审",
    "新媒体",
];
pub(super) const CONTACTS: &[&str] = &[
    "热线",
    "投稿",
    "邮箱",
    "电话",
    "电子信箱",
    "邮编",
    "网址",
    "客户端",
    "公众号",
    "微信",
    "微博",
    "扫码",
    "扫一扫",
    "二维码",
    "广告部",
    "发行部",
    "定价",
    "零售",
    "订阅",
    "国内统一",
    "CN",
    "邮发代号",
    "ISSN",
    "社址",
    "除署名",
    "机关报",
    "主管主办",
    "中心主办",
    "委主办",
    "政府主办",
    "中心出版",
    "报社主办",
    "报社出版",
    "印刷",
    "承印",
    "@",
    "http",
    "www.",
    ".com",
    ".cn",
];
const SLOGANS: &[&str] =
    &["天气", "公益广告", "树新风", "垃圾分类", "℃", "气温", "今日多云", "讲文明", "导读", "导览", "空气质量"];
pub(super) const SECTIONS: &[&str] = &[
    "要闻",
    "时政",
    "综合",
    "综合新闻",
    "经济",
    "专题",
    "副刊",
    "文化",
    "教育",
    "健康",
    "广告",
    "国内",
    "国际",
    "体育",
    "社会",
    "民生",
    "三农",
    "法治",
    "评论",
    "生活",
    "周末",
    "新闻",
    "本地新闻",
    "镇街新闻",
    "镇街",
    "人文",
    "悦读",
    "文旅",
    "党建",
    "特刊",
    "特别报道",
    "深度",
    "视点",
    "财经",
    "天下",
    "时事",
    "县域",
    "乡镇",
    "基层",
    "理论",
    "读书",
    "科技",
    "专版",
    "关注",
    "图片",
    "时事",
    "本地",
    "城事",
    "县市",
    "镇村",
];
/// What ends like a newspaper's name and is none.
pub(super) const NO_PAPERS: &[&str] = &[
    "汇报", "申报", "通报", "预报", "公报", "喜报", "捷报", "情报", "海报", "举报", "回报", "播报", "简报", "填报",
    "上报", "瞒报", "谎报", "战报", "板报", "电报", "呈报", "年报", "季报", "月报", "登报", "见报", "报报",
];
pub(super) const PAPERS: &[&str] = &[
    "日报",
    "晚报",
    "早报",
    "时报",
    "周报",
    "商报",
    "导报",
    "快报",
    "都市报",
    "周刊",
    "新报",
    "农报",
    "工报",
    "报",
    "晨讯",
    "时讯",
];

/// What an electronic page (数字报) offers its reader: such lines come along when a page is copied from the web.
const CONTROLS: &[&str] = &[
    "放大",
    "缩小",
    "默认",
    "朗读",
    "打印",
    "复制",
    "收藏",
    "分享",
    "转发",
    "点赞",
    "评论",
    "字体",
    "字号",
    "大",
    "中",
    "小",
    "上一版",
    "下一版",
    "上一篇",
    "下一篇",
    "上一期",
    "下一期",
    "版面导航",
    "标题导航",
    "版面概览",
    "版面目录",
    "版面预览",
    "往期回顾",
    "往期查询",
    "返回目录",
    "返回首页",
    "返回版面",
    "返回",
    "首页",
    "全文检索",
    "高级检索",
    "关闭",
];

/// Figures of the years of the old calendar (天干), which its years begin with.
pub(super) const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
/// What days of the week, of the old calendar and pages begin with.
const OTHERS: &[&str] = &["星期", "周", "农历", "第"];

/// First characters of the words for makers, of sections, and of all that means something to a page by its first one, each
/// list in order: most words of a line begin with none of them.
static STAFF_INITIALS: LazyLock<Initials> = LazyLock::new(|| Initials::of([STAFF, CHARGES].concat()));
static CONTROL_INITIALS: LazyLock<Initials> = LazyLock::new(|| Initials::of(CONTROLS.iter().copied()));
static SECTION_INITIALS: LazyLock<Initials> = LazyLock::new(|| Initials::of(SECTIONS.iter().copied()));
static INITIALS: LazyLock<Initials> = LazyLock::new(|| {
    let words = [STAFF, CHARGES, SECTIONS, OTHERS].concat();
    words.into_iter().filter_map(|word| word.chars().next()).chain(STEMS.chars()).collect()
});

/// Whether a word's first or last character lets it mean something to a page: most words are out with that.
pub(super) fn may_mean(piece: &str) -> bool {
    let begins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '&' | '.') || is_figure(c) || is_ordinal(c);
    piece.starts_with(begins) || piece.ends_with(['期', '号', '版', '报', '刊', '闻', '讯']) || INITIALS.begin(piece)
}

/// Whether a piece begins with a section's name.
pub(super) fn begins_with_section(piece: &str) -> bool {
    SECTION_INITIALS.begin(piece) && SECTIONS.iter().any(|section| piece.starts_with(section))
}

/// Whether a piece is a section's name.
pub(super) fn is_section(piece: &str) -> bool {
    SECTION_INITIALS.begin(piece) && SECTIONS.contains(&piece)
}

/// "放大 缩小 默认 朗读", "上一版 下一版": two such words and more and nothing else.
pub(crate) fn offers(text: &str) -> bool {
    if !CONTROL_INITIALS.begin(text) {
        return false;
    }
    let parts = |c: char| c.is_whitespace() || matches!(c, '+' | '-' | '＋' | '－' | '|' | '｜' | '/' | '·');
    let mut words = text.split(parts).filter(|word| !word.is_empty());
    let mut count = 0;
    words.all(|word| {
        count += usize::from(word.chars().count() >= 2);
        CONTROLS.contains(&word)
    }) && count >= 2
}

/// "责任编辑", "本版编辑", "总编辑": a word for somebody who made the page.
fn is_staff(text: &str) -> bool {
    STAFF.iter().any(|word| {
        text.strip_suffix(word).is_some_and(|charge| {
            charge.is_empty()
                || CHARGES.contains(&charge)
                || CHARGES.iter().any(|c| charge.strip_prefix(c).is_some_and(|rest| CHARGES.contains(&rest)))
        })
    })
}

/// Makers whose names stand right behind what they are called; the other words also begin headlines.
const GLUED: &[&str] = &["编辑", "责编", "校对", "美编", "编委", "主编", "审读", "组版", "制图", "值班"];

/// A word for a maker, or one with the name behind it and nothing between the two.
pub(super) fn names_staff(piece: &str) -> bool {
    if !STAFF_INITIALS.begin(piece) {
        return false;
    }
    let is_glued = |word: &str| GLUED.iter().any(|end| word.ends_with(end)) && is_staff(word);
    is_staff(piece) || piece.char_indices().skip(2).any(|(at, _)| is_name(&piece[at..]) && is_glued(&piece[..at]))
}

/// "今日8版", "本期共4版": how many pages there are.
pub(super) fn is_extent(piece: &str) -> bool {
    let Some(rest) = piece.strip_suffix('版') else { return false };
    let begins = ["今日", "今天", "本期", "本报今日", "共", "总"];
    let Some(rest) = begins.iter().find_map(|word| rest.strip_prefix(word)) else { return false };
    let number = rest.trim_start_matches(['共', '第', '出']);
    !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || is_ordinal(c))
}

/// Which of the lists have a word in a line: found in one walk, as most lines have none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hints {
    pub(super) contact: bool,
    pub(super) slogan: bool,
}

/// Finds words of both lists; `None` only if the tables could not be built, and then no line has any.
static HINTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(CONTACTS.iter().chain(SLOGANS)).ok());

impl Hints {
    pub(super) fn of(text: &str) -> Self {
        let mut out = Self::default();
        for found in HINTS.iter().flat_map(|words| words.find_overlapping_iter(text)) {
            if found.pattern().as_usize() < CONTACTS.len() {
                out.contact = true;
            } else {
                out.slogan = true;
            }
        }
        out
    }

    pub(super) fn any(self) -> bool {
        self.contact || self.slogan
    }
}
