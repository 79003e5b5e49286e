//! Newspapers' names (报名) in file and folder names.

/// Endings of newspapers' names, longest first. A bare 报 is not enough: 通报, 汇报 and 简报 are papers of other kinds.
const ENDINGS: [&str; 16] = [
    "都市报",
    "新闻报",
    "日报",
    "晚报",
    "晨报",
    "早报",
    "周报",
    "周刊",
    "时报",
    "商报",
    "导报",
    "新报",
    "快报",
    "青年报",
    "工人报",
    "农民报",
];

/// Words that may follow a newspaper's name without a break.
const FOLLOWERS: [&str; 8] = ["第", "数字", "电子", "社", "版", "文字", "历年", "合订"];

/// Words in front of a newspaper's name that do not belong to it.
const LEADERS: [&str; 8] = ["年", "月", "日", "号", "的", "备份", "原", "新"];

/// The nearest name, in the file's stem or a folder.
pub(super) fn find(stem: &str, folders: &[&str]) -> Option<String> {
    std::iter::once(&stem).chain(folders.iter().rev()).find_map(|name| in_name(name))
}

fn in_name(name: &str) -> Option<String> {
    let runs = name.split(|c: char| !is_han(c)).filter(|run| !run.is_empty());
    runs.flat_map(|run| ENDINGS.iter().map(move |ending| (run, *ending))).find_map(|(run, ending)| {
        let at = run.find(ending)?;
        let (head, tail) = (&run[..at], &run[at + ending.len()..]);
        let head = LEADERS.iter().fold(head, |head, leader| head.strip_prefix(leader).unwrap_or(head));
        let is_end = tail.is_empty() || FOLLOWERS.iter().any(|follower| tail.starts_with(follower));
        let place_chars = head.chars().count();
        // "日报" alone names no paper; "昨日报…" is cut off by the followers' rule; long runs are sentences.
        (is_end && (2..=8).contains(&place_chars) && !is_working_paper(head)).then(|| format!("{head}{ending}"))
    })
}

/// Daily and weekly reports of an office end like newspapers.
fn is_working_paper(head: &str) -> bool {
    ["工作", "数据", "销售", "生产", "项目", "值班", "每日", "个人", "情况"].iter().any(|word| head.ends_with(word))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
}
