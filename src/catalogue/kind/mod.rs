//! What sort of piece an article is, from its build: captions, questions and answers, signatures, openings, length.
//!
//! Each trait of the build speaks for or against kinds, as much as its learned weight says (a multinomial logit model,
//! `examples/train_kinds.rs`); the likeliest kind is taken. None of the traits is certain, because the parts come out of
//! reconstruction and may be missing.

mod observed;

use super::story::Story;
use crate::model::{Article, Decision, DecisionKind, Kind, Role};
use crate::reconstruct::weights::{Learned, softmax};
use observed::OF_KIND;
use std::sync::LazyLock;

/// The weights: those of every kind for what is seen, kind after kind.
pub type Kinds = Learned<{ OF_KIND * Kind::ALL.len() }>;

static SHARED: LazyLock<Kinds> = LazyLock::new(|| Kinds::from_text(include_str!("../../../assets/models/kinds.txt")));

/// Characters of the longest text that is a picture's though nothing says so.
const LONGEST_CAPTION: usize = 260;

/// Fills in the kind of `article`.
pub(super) fn judge(article: &mut Article, story: &Story) {
    let chances = chances(&SHARED, &observed::see(article, story));
    // No picture's text is as long as that: it would have been read as one.
    let is_possible = |kind: usize| {
        Kind::ALL[kind] != Kind::Photo
            || story.length <= LONGEST_CAPTION
            || article.spans.iter().any(|span| span.role == Role::Caption)
    };
    let possible = (0..chances.len()).filter(|&kind| is_possible(kind));
    let best = possible.max_by(|&a, &b| chances[a].total_cmp(&chances[b])).unwrap_or(0);
    article.kind = Kind::ALL[best];
    let confidence = chances[best].clamp(0.2, 0.97);
    article.decisions.push(Decision { what: DecisionKind::Kind, confidence, why: String::new() });
}

/// What is held to be so before anything is learned: a headline and a column that say what an article is are mostly right, also
/// by words that nothing was learned of, because a newsroom may add some.
pub fn prior() -> Kinds {
    let mut out = Kinds::default();
    for (kind, at) in observed::told() {
        out.weights[kind * OF_KIND + at] = TOLD;
    }
    out
}

const TOLD: f32 = 3.0;

/// What is seen of an article, as numbers of weights; for learning.
pub fn seen(article: &Article) -> Vec<usize> {
    observed::see(article, &Story::new(article))
}

/// How likely each kind is for an article of which that is seen, in the order of [`Kind::ALL`].
pub fn chances(kinds: &Kinds, seen: &[usize]) -> Vec<f32> {
    let score = |kind: usize| seen.iter().map(|at| kinds.weights[kind * OF_KIND + at]).sum::<f32>();
    softmax(&(0..Kind::ALL.len()).map(score).collect::<Vec<f32>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Byline, BylineRole, Span};

    fn byline(role: BylineRole, name: &str, position: Option<&str>) -> Byline {
        Byline { role, name: name.to_owned(), position: position.map(str::to_owned) }
    }

    fn article(title: &str, paragraphs: &[&str]) -> Article {
        let block = |text: &&str| Block { kind: BlockKind::Paragraph, text: (*text).to_owned(), runs: Vec::new() };
        let blocks = paragraphs.iter().map(block).collect();
        let spans = vec![Span { from: 1, to: 9, role: Role::Body }];
        Article { title: title.to_owned(), title_printed: true, blocks, spans, ..Article::default() }
    }

    #[track_caller]
    fn check(mut article: Article, expected: Kind) {
        let story = Story::new(&article);
        judge(&mut article, &story);
        assert_eq!(article.kind, expected, "{}", article.title);
    }

    #[test]
    fn news_opens_with_its_newspaper_or_with_the_day() {
        for lead in ["本报讯 昨天", "（本报讯）昨天", "【本报讯】昨天"] {
            check(article("集市开张", &[&format!("{lead}，青石镇的集市开张，来了三千多人。")]), Kind::News);
        }
        check(
            article("集市开张", &["昨天清早，青石镇的集市开张。", &"来的人比去年多，摊位排到了桥头。".repeat(16)]),
            Kind::News,
        );
    }

    #[test]
    fn a_short_text_that_is_no_caption_is_news() {
        let text = "昨天，青石镇的集市开张，来了三千多人。“摊位比去年多了两成。”镇商会会长说，到傍晚卖出了八吨鲜藕。";
        check(article("青石镇集市昨天开张", &[text]), Kind::News);
    }

    #[test]
    fn captions_make_a_picture() {
        let mut photo = article("桥头", &["3月5日，青石镇的孩子们在桥头放风筝。"]);
        photo.spans[0].role = Role::Caption;
        check(photo.clone(), Kind::Photo);
        // Even when the caption was taken for body text, the photographer tells.
        photo.spans[0].role = Role::Body;
        photo.bylines.push(byline(BylineRole::Photographer, "尤海", None));
        check(photo, Kind::Photo);
    }

    #[test]
    fn questions_make_an_interview() {
        let answer = "来的人多了，书也添了，孩子放学就往这里跑，阅览室的座位从六十个加到一百二十个。".repeat(4);
        let turns = [
            "今年图书馆办了什么？记者走进青石镇图书馆，问了馆长。",
            "记者：图书馆今年为什么这么热闹？",
            &format!("林馆长：{answer}"),
            "记者：接下来还有什么打算？",
            &format!("林馆长：{answer}"),
        ];
        check(article("书多人多", &turns), Kind::Interview);
        let told = "林一：图书馆今年办了很多事，来的人多了，书也添了，孩子放学就往这里跑。".repeat(6);
        let mut visit = article("书多人多", &["书多人多，忙不忙？", &told, "座位够不够？", &told]);
        visit.subtitle = Some("——访青石镇图书馆馆长林一".to_owned());
        check(visit, Kind::Interview);
    }

    #[test]
    fn signatures_tell_comment_from_essay() {
        let mut comment = article("台阶矮一寸", &[&"台阶不妨矮一寸，道理其实很简单。难道不应当如此？".repeat(12)]);
        comment.bylines.push(byline(BylineRole::Author, "方一", None));
        check(comment, Kind::Commentary);
        let street =
            "当了七年镇长，我每天都要走过这条老街。石阶高，老人挑着担子上来要歇两回，去年我们把台阶改矮了一寸。";
        let mut essay = article("台阶矮一寸", &[&street.repeat(4), &street.repeat(5)]);
        essay.bylines.push(byline(BylineRole::Author, "方一", Some("青石镇镇长")));
        check(essay, Kind::Essay);
        let mut unsigned = article("台阶矮一寸", &[&"台阶不妨矮一寸，道理其实很简单。难道不应当如此？".repeat(12)]);
        unsigned.column = Some("云溪时评".to_owned());
        check(unsigned, Kind::Commentary);
    }

    #[test]
    fn subheads_and_length_make_a_feature() {
        let mut feature = article("守塘人", &[&"夜里的塘边只有蛙声，老人打着手电走过去。".repeat(50)]);
        feature.bylines.push(byline(BylineRole::Reporter, "林一", None));
        for text in ["夜半", "天明"] {
            feature.blocks.push(Block { kind: BlockKind::Subhead, text: text.to_owned(), runs: Vec::new() });
        }
        check(feature, Kind::Feature);
    }

    #[test]
    fn announcements_and_editors_notes_are_notices() {
        check(
            article("关于封闭青石大桥的通告", &["因维修，青石大桥封闭。", "敬请谅解。", "云溪市交通局 2019年8月6日"]),
            Kind::Notice,
        );
        check(article("停水通知", &["因维修，3月5日停水，请提前做好储水准备。"]), Kind::Notice);
        check(article("学习邻县", &["编者按：本报今起刊发各镇心得，敬请关注。"]), Kind::Notice);
        // A report that a notice arrived is none.
        check(article("收到通知第二天就开工", &["本报讯 昨天，青石镇收到通知，第二天就开工。"]), Kind::News);
    }
}
