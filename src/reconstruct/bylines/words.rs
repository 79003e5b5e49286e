//! Words of bylines: roles before and behind names, offices.

use crate::model::BylineRole;
use std::sync::LazyLock;

/// Role words, longest first where one begins another.
pub(super) const ROLES: &[(&str, BylineRole)] = &[
    ("特约通讯员", BylineRole::Correspondent),
    ("通讯员", BylineRole::Correspondent),
    ("通訊員", BylineRole::Correspondent),
    ("见习记者", BylineRole::Intern),
    ("实习记者", BylineRole::Intern),
    ("首席记者", BylineRole::Reporter),
    ("特派记者", BylineRole::Reporter),
    ("全媒体记者", BylineRole::Reporter),
    ("融媒记者", BylineRole::Reporter),
    ("融媒体记者", BylineRole::Reporter),
    ("摄影记者", BylineRole::Photographer),
    ("本报记者", BylineRole::Reporter),
    ("记者", BylineRole::Reporter),
    ("記者", BylineRole::Reporter),
    ("实习生", BylineRole::Intern),
    ("實習生", BylineRole::Intern),
    ("摄影报道", BylineRole::Photographer),
    ("摄影/撰文", BylineRole::Photographer),
    ("摄影", BylineRole::Photographer),
    ("攝影", BylineRole::Photographer),
    ("供图", BylineRole::Photographer),
    ("图片", BylineRole::Photographer),
    ("摄", BylineRole::Photographer),
    ("图/文", BylineRole::Reporter),
    ("文/图", BylineRole::Reporter),
    ("文图", BylineRole::Reporter),
    ("图文", BylineRole::Reporter),
    ("撰文", BylineRole::Reporter),
    ("撰稿", BylineRole::Reporter),
    ("采写", BylineRole::Reporter),
    ("整理", BylineRole::Reporter),
    ("作者", BylineRole::Author),
    ("文", BylineRole::Reporter),
    ("图", BylineRole::Photographer),
];

/// Role words that follow the names they belong to ("王强 摄").
pub(super) const TRAILING: &[(&str, Option<BylineRole>)] = &[
    ("摄影报道", Some(BylineRole::Photographer)),
    ("摄影", Some(BylineRole::Photographer)),
    ("供图", Some(BylineRole::Photographer)),
    ("图/文", None),
    ("文/图", None),
    ("/文", None),
    ("/图", Some(BylineRole::Photographer)),
    ("／文", None),
    ("／图", Some(BylineRole::Photographer)),
    ("报道", None),
    ("摄", Some(BylineRole::Photographer)),
];

/// Words that end an office.
const OFFICES: &[&str] = &[
    "书记",
    "主任",
    "镇长",
    "乡长",
    "区长",
    "县长",
    "市长",
    "局长",
    "部长",
    "院长",
    "校长",
    "会长",
    "经理",
    "主席",
    "常委",
    "委员",
    "所长",
    "站长",
    "处长",
    "科长",
    "董事长",
    "总裁",
    "教授",
    "研究员",
    "主编",
    "代表",
    "队长",
    "馆长",
    "园长",
    "教师",
    "厂长",
    "社长",
    "理事长",
    "秘书长",
    "检察长",
    "司令",
    "政委",
    "村主任",
    "总工程师",
    "负责人",
];

/// First characters of all role words.
static ROLE_INITIALS: LazyLock<Vec<char>> =
    LazyLock::new(|| ROLES.iter().filter_map(|(word, _)| word.chars().next()).collect());

/// Last characters of all role words that follow names.
pub(super) static TRAILING_ENDS: LazyLock<Vec<char>> =
    LazyLock::new(|| TRAILING.iter().filter_map(|(word, _)| word.chars().last()).collect());

/// The role word that `text` begins with.
pub(super) fn leading_role(text: &str) -> Option<&'static (&'static str, BylineRole)> {
    text.starts_with(ROLE_INITIALS.as_slice()).then(|| ROLES.iter().find(|(word, _)| text.starts_with(word)))?
}

/// Whether `text` ends with the word of an office.
pub(crate) fn ends_with_office(text: &str) -> bool {
    OFFICES.iter().any(|office| text.ends_with(office))
}

/// Whether there is the word of an office in `text`.
pub(super) fn has_office(text: &str) -> bool {
    OFFICES.iter().any(|office| text.contains(office))
}
