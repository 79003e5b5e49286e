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

/// What a newspaper does for weeks on end, to what, and what it calls that.
const DEEDS: &[&str] =
    &["喜迎", "聚焦", "学习贯彻", "深入推进", "决胜", "共建", "回眸", "庆祝", "走进", "争创", "奋战", "关注"];
const GOALS: &[&str] = &[
    "县第九次党代会",
    "全国文明城市",
    "县两会",
    "重大项目",
    "新春",
    "建县六十周年",
    "乡村振兴",
    "营商环境",
    "平安山前",
    "三级干部会精神",
    "高质量发展",
    "河长制五周年",
    "冬季攻坚",
    "十四五",
    "美丽乡村",
    "科技兴农",
];
const REPORTS: &[&str] = &["特别报道", "系列报道", "进行时", "专栏", "", "", "·一线见闻", "大家谈"];

/// A standing column's name: a known one, or one put together as newspapers do. With `half` only of that half of the words:
/// wording that was learned from the other half does not know them.
pub fn column(half: Option<usize>, random: &mut Random) -> String {
    let mut word = |words: &[&'static str]| match half {
        Some(half) => {
            let own = (words.len() + 1 - half) / 2;
            words[random.between(0, own - 1) * 2 + half].to_owned()
        }
        None => random.word(words).to_owned(),
    };
    let (stem, known, nook, manner, matter) = (word(STEMS), word(COLUMNS), word(NOOKS), word(MANNERS), word(MATTERS));
    let campaign = word(DEEDS) + &word(GOALS) + &word(REPORTS);
    match random.between(0, 11) {
        0..=2 => known,
        3..=5 => stem + &nook,
        6..=7 => stem + &manner,
        8 => stem + &matter + &manner,
        9 => campaign,
        10 => stem,
        _ => PHRASE
            .iter()
            .map(|characters| {
                let found: Vec<char> =
                    characters.chars().skip(half.unwrap_or(0)).step_by(1 + usize::from(half.is_some())).collect();
                *random.pick(&found)
            })
            .collect(),
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
/// Where offices are, and which there are.
const SEATS: &[&str] = &[
    "南屏镇",
    "青石镇",
    "山前街道",
    "白塔乡",
    "云川经济开发区",
    "望海新区",
    "河口港区",
    "县教育局",
    "市农业农村局",
    "县文旅集团",
    "市水利局",
    "临溪高新技术产业园区",
    "县行政审批局",
    "东湾街道",
    "市中医院",
    "县交通运输局",
];
const POSTS: &[&str] = &[
    "党委书记",
    "党委副书记、镇长",
    "党工委书记、管委会主任",
    "党组书记、局长",
    "党委委员、副主任",
    "党工委副书记、办事处主任",
    "党委书记、董事长",
    "主任",
    "局长",
    "党组成员、副局长",
    "人大主席",
    "党工委委员、管委会副主任",
];

/// An office, sometimes two or three of one person.
pub fn office(random: &mut Random) -> String {
    if random.chance(30) {
        return random.word(OFFICES).to_owned();
    }
    let one = |random: &mut Random| format!("{}{}", random.word(SEATS), random.word(POSTS));
    match random.between(0, 9) {
        0 => format!("市委常委、{}", one(random)),
        1..=3 => format!("{}{}{}", one(random), random.word(&["，", "、"]), one(random)),
        _ => one(random),
    }
}

/// Says that a text began on another page.
pub fn resumed(random: &mut Random) -> String {
    let page = random.word(&["1", "一", "A1", "01", "2", "3"]).to_owned();
    match random.between(0, 4) {
        0 => format!("（上接{page}版）"),
        1 => format!("（上接第{page}版）"),
        2 => format!("（紧接第{page}版）"),
        3 => format!("▶▶▶上接{page}版"),
        _ => format!("上接第{page}版"),
    }
}

pub const ISSUERS: &[&str] = &[
    "云川市交通运输局",
    "南屏镇人民政府",
    "青石水务有限公司",
    "县公安局交通警察大队",
    "白塔市自然资源和规划局",
    "山前街道办事处",
];
/// Short headlines of notices.
pub const NOTICES: &[&str] = &[
    "停水通知",
    "停电通告",
    "旺铺招租",
    "厂房出租",
    "招标公告",
    "中标公示",
    "清算公告",
    "减资公告",
    "寻人启事",
    "认领启事",
    "征稿启事",
    "征集启事",
    "招生简章",
    "致歉声明",
    "鸣谢",
    "敬告读者",
    "温馨提示",
    "便民信息",
    "拟录用人员公示",
    "任前公示",
    "空气质量公报",
    "水质公告",
    "二手房信息",
    "遗失声明",
    "招领启事",
    "寻物启事",
    "招聘启事",
    "注销公告",
    "拍卖公告",
    "会议通知",
    "更正",
    "招租公告",
    "讣告",
    "致读者",
    "征稿启事",
    "道路封闭通告",
    "债权公告",
    "温馨提示",
    "开业公告",
    "感谢信",
    "公示",
];
/// Headlines of lists of short items, and what stands before each item.
pub const ROUNDUPS: &[&str] = &[
    "简讯",
    "短讯",
    "简明新闻",
    "一句话新闻",
    "镇街动态",
    "要闻简报",
    "农事快讯",
    "校园短波",
    "三言两语",
    "基层短新闻",
];
pub const ITEMS: &[&str] = &["△", "▲", "●", "■", "◆", "△", "※", "○", "★ ", "· "];
/// What begins a paragraph beside the story.
pub const SIDEBARS: &[&str] = &[
    "新闻回放：",
    "新闻链接：",
    "相关链接：",
    "名词解释：",
    "背景：",
    "新闻背景：",
    "延伸阅读：",
    "小贴士：",
    "记者手记：",
    "人物简介：",
    "链接>>> ",
    "提醒：",
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

/// A phrase with spaces between its characters.
pub fn set_apart(phrase: &str) -> String {
    phrase.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

/// The name as printed: two-character names may be padded.
pub fn padded(name: &str, pad: bool) -> String {
    if pad && name.chars().count() == 2 { set_apart(name) } else { name.to_owned() }
}

pub fn staff(random: &mut Random) -> String {
    let colon = random.word(&["：", " ", ":", "/"]).to_owned();
    let pads = random.chance(30);
    let colon = if pads { " ".to_owned() } else { colon };
    let between = if pads { "  " } else { " " };
    let roles = [
        ["责任编辑", "编辑", "版式", "校对", "美编", "值班主任"],
        ["编辑", "版式", "校对", "美编", "值班主任", "审读"],
        ["本版责编", "版面设计", "校对", "主编", "终审", "视觉"],
        ["值班编委", "一版编辑", "版式设计", "责任校对", "图片编辑", "总编辑"],
        ["一审", "二审", "三审", "终审", "统筹", "策划"],
    ];
    let roles = random.pick(&roles);
    let from = random.between(0, 3);
    let count = random.between(1, 3);
    let credits: Vec<String> = roles[from..from + count]
        .iter()
        .map(|role| {
            let name = name(random);
            format!("{role}{colon}{}", padded(&name, pads))
        })
        .collect();
    credits.join(between)
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
        "云川市融媒体中心主办",
        "云川日报社出版",
        "中共山前县委机关报",
        "今日8版",
        "本期共4版",
        "（本版稿件除署名外均据新华社）",
    ];
    random.word(&all).to_string()
}

/// Lines of the page that were printed somewhere among the articles.
pub fn stray(random: &mut Random) -> Vec<String> {
    match random.between(0, 5) {
        0 => vec![slogan(random)],
        4 => contents(random),
        1 => vec![label(random)],
        2 => vec![staff(random)],
        3 => dateline(random).0.split(' ').map(str::to_owned).collect(),
        _ => vec![random.word(PAPERS).to_string(), dateline(random).0],
    }
}

/// A list of what stands on other pages.
pub fn contents(random: &mut Random) -> Vec<String> {
    let mut entries: Vec<&str> = ELSEWHERE.to_vec();
    random.shuffle(&mut entries);
    let mut out = Vec::new();
    if random.chance(60) {
        out.push(random.word(&["导读", "今日导读", "导航", "本期导读", "内页导读"]).to_owned());
    }
    let shape = random.between(0, 4);
    let count = random.between(2, 5);
    for (number, entry) in (2..).zip(entries.into_iter().take(count)) {
        out.push(match shape {
            0 => format!("{entry} {number}版"),
            1 => format!("{entry}……{number:02}"),
            2 => format!("{entry} ▶{number}版"),
            3 => format!("{entry}  A{number}"),
            _ => format!("{entry}（{number}版）"),
        });
    }
    out
}

/// Headlines of other pages.
const ELSEWHERE: &[&str] = &[
    "轮渡加开夜班船",
    "三口老井重新出水",
    "菜场里的缝补摊",
    "乡村教师的第三十个秋天",
    "河长巡河用上无人机",
    "晒谷场变身篮球场",
    "老粮仓改成图书馆",
    "山里来了修路人",
    "一碗羊汤卖了四十年",
    "小区电梯装上了",
    "古桥有了身份证",
    "返乡青年种出彩色稻",
    "冬泳队的早晨",
    "旧校舍里的养老院",
    "茶农的直播课",
    "村口的修车铺",
    "社区食堂的账本",
    "最后一班绿皮车",
    "湿地里飞来了反嘴鹬",
    "镇卫生院添了新设备",
    "广场舞让出夜读角",
    "渔村的灯塔守护者",
    "赶在汛期之前",
    "一张图看懂新医保",
    "百年老街亮灯了",
];

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

/// What stands behind the names of those who wrote, the plainest first.
pub const REPORTED: &[&str] = &[" 报道", " 文/图", " 文/摄"];

/// A full date.
pub fn day(random: &mut Random) -> String {
    format!("20{:02}年{}月{}日", random.between(1, 25), random.between(1, 12), random.between(1, 28))
}

/// The number of a document that a notice is.
pub fn document(random: &mut Random) -> String {
    let from = random.word(&["望政发", "望自然告字", "望交通告", "望农发", "望建公告", ""]);
    let (year, number) = (2000 + random.between(1, 25), random.between(1, 90));
    let mark = random.word(&["", "", "第"]);
    match random.between(0, 2) {
        0 => format!("{from}〔{year}〕{mark}{number}号"),
        1 => format!("{from}［{year}］{mark}{number}号"),
        _ => format!("（{from}〔{year}〕{mark}{number}号）"),
    }
}
