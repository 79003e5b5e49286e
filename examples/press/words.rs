//! House vocabulary: names, roles, bullets, mastheads of newspapers that do not exist.

use super::random::Random;

pub const BULLETS: &[&str] = &["■", "■", "", "", "□", "●", "◎", "◆", "▲", "☆", "★", "■ "];
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁沈姚卢钟陆汪范金石贾韦付方邹孟熊秦邱江薛侯龙史陶黎贺顾毛郝龚邵万钱";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰春梅雪建国志海燕红波斌宇浩凯健俊帆梦佳欣雨婷思琪晨阳悦宁晓东子涵若兰文清林峰云松柏竹溪雁鸣一苇禾川小满";
pub const PAPERS: &[&str] = &[
    "山前日报",
    "南屏日报",
    "今日云川",
    "河口晚报",
    "青石时报",
    "白塔新闻",
    "望海周报",
    "临溪版",
    "东湾都市报",
    "云川商报",
];
pub const SECTIONS: &[&str] = &[
    "要闻",
    "时政",
    "综合新闻",
    "经济",
    "社会民生",
    "专题",
    "文化",
    "镇街新闻",
    "教育",
    "副刊",
    "三农",
    "法治",
    "健康",
    "视点",
    "人文",
];
pub const COLUMNS: &[&str] = &[
    "云川时评",
    "身边",
    "山前故事",
    "老街新事",
    "一线见闻",
    "民生速递",
    "今日关注",
    "百姓话题",
    "镜头",
    "新春走基层",
    "人物",
    "喜迎建县七十周年特别报道",
    "政法在线",
    "田野调查",
    "屏风夜话",
    "健康课堂",
    "书香云川",
    "记者观察",
    "微评",
    "基层声音",
    "记忆",
    "深化千村示范",
    "聚焦重大项目",
    "学习贯彻大会精神",
    "追梦人",
    "我们这十年",
    "乡村振兴进行时",
    "一周热评",
    "影像",
    "局长访谈",
];
/// Where a column looks from.
const STEMS: &[&str] = &[
    "街角", "巷口", "灯下", "田头", "村口", "桥头", "檐下", "窗前", "书边", "校园", "社区", "乡间", "古城", "江畔",
    "晨光", "百姓", "基层", "民生", "法治", "健康", "文化", "老街", "新城", "家门", "溪边", "海塘", "稻香", "柳下",
    "渡头", "工友", "邻里", "山乡", "园区", "课间", "集市", "船头", "林间", "茶余", "岁月", "今朝",
];
/// What it is called by, in one character and in two.
const NOOKS: &[&str] = &["轩", "台", "窗", "谭", "圈", "桥", "廊", "坊", "站", "汇", "录", "谈", "记", "说", "眼"];
const MANNERS: &[&str] = &[
    "夜话", "笔谈", "茶座", "走笔", "时评", "故事", "见闻", "视点", "观察", "手札", "札记", "人情", "人家", "讲堂",
    "信箱", "论坛", "漫谈", "快评", "连线", "剪影", "纪事", "风采", "直击", "聚焦", "速写", "印象", "发布", "速递",
    "访谈", "春秋", "影像",
];
/// What it is about.
const MATTERS: &[&str] = &["人物", "经济", "山海", "风土", "科技", "企业", "教育", "农家"];
/// One character each, in the order of a phrase: "访巷听声".
const PHRASE: [&str; 4] = ["行访望听问探寻说", "乡城街巷田园企校河山", "察问论听记找讲评", "情人变新声路商景"];

/// A standing column's name: a known one, or one put together as newspapers do.
pub fn column(random: &mut Random) -> String {
    let stem = random.word(STEMS);
    match random.between(0, 9) {
        0..=2 => random.word(COLUMNS).to_owned(),
        3..=5 => format!("{stem}{}", random.word(NOOKS)),
        6..=7 => format!("{stem}{}", random.word(MANNERS)),
        8 => format!("{stem}{}{}", random.word(MATTERS), random.word(MANNERS)),
        _ => PHRASE.iter().map(|characters| *random.pick(&characters.chars().collect::<Vec<char>>())).collect(),
    }
}

pub const OFFICES: &[&str] = &[
    "南屏镇党委书记",
    "青石镇党委副书记、镇长",
    "云川经济开发区党工委书记、管委会主任",
    "县教育局局长",
    "山前街道办事处主任",
    "县人民医院院长",
    "市委常委、组织部部长",
    "白塔村党总支书记",
    "云川市农业农村局党委书记、局长",
    "县实验小学校长",
];
pub const ISSUERS: &[&str] = &[
    "云川市交通运输局",
    "南屏镇人民政府",
    "青石水务有限公司",
    "县公安局交通警察大队",
    "白塔市自然资源和规划局",
    "山前街道办事处",
];
pub const NOTE_HEADS: &[&str] = &["编者按：", "编者按 ", "【编者按】", "开栏语：", "编者的话：", "开栏的话 "];

pub fn name(random: &mut Random) -> String {
    let surnames: Vec<char> = SURNAMES.chars().collect();
    let given: Vec<char> = GIVEN.chars().collect();
    let mut out = String::from(*random.pick(&surnames));
    for _ in 0..if random.chance(70) { 2 } else { 1 } {
        out.push(*random.pick(&given));
    }
    out
}

/// The name as printed: two-character names may be padded.
pub fn padded(name: &str, pad: bool) -> String {
    if pad && name.chars().count() == 2 {
        name.chars().map(String::from).collect::<Vec<_>>().join(" ")
    } else {
        name.to_owned()
    }
}

pub fn staff(random: &mut Random) -> String {
    let colon = random.word(&["：", " ", ":", "/"]).to_owned();
    let roles = ["责任编辑", "编辑", "版式", "校对", "美编", "值班主任", "审读", "版面设计", "主编"];
    let from = random.between(0, 3);
    let count = random.between(1, 3);
    roles[from..from + count].iter().map(|r| format!("{r}{colon}{}", name(random))).collect::<Vec<_>>().join(" ")
}

pub fn slogan(random: &mut Random) -> String {
    let all = [
        "新闻热线：0571-88886666",
        "新闻热线：85556666 投稿邮箱：news@yunchuan.cn",
        "讲文明 树新风 公益广告",
        "今日天气 晴到多云 15℃到22℃",
        "垃圾分类 从我做起",
        "云川发布 山前客户端",
        "扫一扫 关注云川日报微信公众号",
        "YUNCHUAN RIBAO",
        "国内统一刊号：CN33-0099",
        "今日4版",
        "网址：www.yunchuan.com.cn",
        "中共云川市委主管主办",
        "DIANJI XINWEN",
        "广告热线 85551234",
        "绿水青山就是金山银山",
        "本报地址：云川市人民路88号 邮编：314000",
        "节约用水 人人有责",
        "社会主义核心价值观",
        "导读",
        "更多内容请看山前新闻客户端",
    ];
    random.word(&all).to_string()
}

/// Lines of the page that were printed somewhere among the articles.
pub fn stray(random: &mut Random) -> Vec<String> {
    match random.between(0, 4) {
        0 => vec![slogan(random)],
        1 => vec![label(random)],
        2 => vec![staff(random)],
        3 => dateline(random).0.split(' ').map(str::to_owned).collect(),
        _ => vec![random.word(PAPERS).to_string(), dateline(random).0],
    }
}

/// Date line variants; the date in ISO form comes back too.
pub fn dateline(random: &mut Random) -> (String, String) {
    let (y, m, d) = (random.between(1998, 2025), random.between(1, 12), random.between(1, 28));
    let day = random.word(&["星期一", "星期二", "星期五", "星期日", ""]).to_string();
    let text = match random.between(0, 5) {
        0 => format!("{y}年{m}月{d}日 {day}"),
        1 => format!("{y}年{m}月{d}日{day}"),
        2 => format!("{y}.{m}.{d} {day}"),
        3 => format!("{y}-{m:02}-{d:02} {day}"),
        4 => format!("{y}年{m}月{d}日 {day} 农历八月初三 第{}期", random.between(100, 9999)),
        _ => format!("{y}/{m}/{d} {day}"),
    };
    (text.trim().to_owned(), format!("{y}-{m:02}-{d:02}"))
}

pub fn label(random: &mut Random) -> String {
    let n = random.between(1, 8);
    let section = random.word(SECTIONS).to_string();
    match random.between(0, 7) {
        0 => format!("A{n}"),
        1 => format!("第{n:02}版"),
        2 => format!("{n}版"),
        3 => format!("{n:02} {section}"),
        4 => format!("{section} {n}"),
        5 => section,
        6 => format!("B{n} {section}"),
        _ => format!("{n}"),
    }
}

pub fn jump(random: &mut Random) -> (String, String) {
    let page = random.word(&["2", "3", "A2", "C2", "4", "二", "B1"]).to_string();
    let sp = random.word(&["", "", " "]).to_string();
    let text = match random.between(0, 7) {
        0 => format!("（下转{page}版）"),
        1 => format!("（下转第{page}版）"),
        2 => format!("——下转{sp}{page}{sp}版"),
        3 => format!("▶▶▶下转{page}版"),
        4 => format!("下转{page}版"),
        5 => format!("▶下转第{page}版"),
        6 => format!("（下转第{sp}{page}{sp}版）"),
        _ => format!("【下转{page}版】"),
    };
    (text, page)
}
