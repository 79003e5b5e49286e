//! What news becomes when it is set as something else: a picture's text, a notice, a poem, a contribution to a forum.

use super::article::{Piece, clause, pair, plain};
use super::random::Random;
use super::style::Style;
use super::words;

/// The first sentence of a text, cut after so many characters.
fn first_sentence(text: &str, most: usize) -> String {
    let first: String =
        text.split_inclusive(['。', '！', '？']).next().unwrap_or_default().chars().take(most).collect();
    format!("{}。", first.trim_end_matches(['，', '、', '“', '：', '；', '。']))
}

impl Piece {
    pub fn photo(&mut self, random: &mut Random) {
        self.kind = "photo";
        self.body.truncate(1);
        let text: String = self.body[0].1.chars().take(random.between(40, 110)).collect();
        let text = text.trim_end_matches(['，', '、', '“', '：', '；']).to_owned();
        let lead = random.word(&["", "", "近日，", "昨天，", "图为", "8月6日，", "连日来，"]).to_string();
        let end = if text.ends_with(['。', '！']) { "" } else { "。" };
        self.body = vec![("caption", format!("{lead}{text}{end}"))];
        self.kicker = None;
        self.subtitle = None;
        self.title = if random.chance(65) {
            pair(&self.body, 9, random)
        } else {
            clause(&self.body, 4, 9, random).into_iter().collect()
        };
        self.has_title = !self.title.is_empty();
    }

    /// One phrase of the headline, or of the text, over the picture.
    pub fn shorten_head(&mut self, random: &mut Random) {
        self.kicker = None;
        self.subtitle = None;
        if self.title.len() > 1 {
            self.title.truncate(1);
        } else if let Some(phrase) = plain(&self.body, 3, 6, random) {
            self.title = vec![phrase];
        }
    }

    /// A story of one or two short paragraphs: no picture's text, however short.
    pub fn brief(&mut self, random: &mut Random) {
        self.body.truncate(random.between(1, 2));
        for (_, text) in &mut self.body {
            let most = random.between(40, 120);
            let mut size = 0;
            let kept: String = text
                .split_inclusive(['。', '！', '？'])
                .take_while(|sentence| {
                    size += sentence.chars().count();
                    size <= most
                })
                .collect();
            if !kept.is_empty() {
                *text = kept;
            }
        }
    }

    /// An announcement: numbered items, the office and the day at the end.
    pub fn notice(&mut self, style: &Style, random: &mut Random) {
        self.kind = "notice";
        self.from_web = false;
        if style.wide && random.chance(50) {
            self.body.retain(|(role, _)| *role == "body");
            self.body.truncate(random.between(1, 4));
            let most = random.between(20, 90);
            self.body.iter_mut().for_each(|(_, text)| *text = first_sentence(text, most));
            let head = random.word(words::NOTICES);
            self.title = vec![match random.between(0, 5) {
                0 => format!("{}{head}", random.word(words::ISSUERS)),
                1 => format!(
                    "云川市20{:02}年第{}季度{head}",
                    random.between(1, 25),
                    random.word(&["一", "二", "三", "四"])
                ),
                _ => head.to_owned(),
            }];
            let day = words::day(random);
            let office = random.word(words::ISSUERS);
            match random.between(0, 4) {
                0 => self.body.push(("body", office.to_owned())),
                1 => self.body.push(("body", format!("{office} {day}"))),
                2 => self.body.extend([("body", office.to_owned()), ("body", day)]),
                _ => {}
            }
            if random.chance(25) {
                self.subtitle = Some(words::document(random));
            }
            return;
        }
        self.body.truncate(random.between(3, 5));
        for (i, (_, text)) in self.body.iter_mut().enumerate() {
            let short: String = text.chars().take(random.between(20, 90)).collect();
            let short = short.trim_end_matches(['，', '、', '“', '：', '；', '。']);
            *text = match i {
                0 => format!("{short}。现将有关事项{}如下：", random.word(&["通告", "公告", "通知"])),
                _ => format!("{}、{short}。", ["一", "二", "三", "四", "五"][(i - 1).min(4)]),
            };
        }
        let day = words::day(random);
        let office = random.word(words::ISSUERS).to_string();
        let end = ["特此通告。", "特此公告。", "不便之处，敬请谅解。", "请相互转告，望周知。"];
        self.body.push(("body", random.word(&end).to_string()));
        if random.chance(50) {
            self.body.push(("body", format!("{office} {day}")));
        } else {
            self.body.push(("body", office));
            self.body.push(("body", day));
        }
        let about = clause(&self.body[..1], 5, 12, random).unwrap_or_else(|| "道路封闭施工".to_owned());
        self.title = vec![format!("关于{about}的{}", random.word(&["通告", "公告", "通知"]))];
        if style.wide && random.chance(25) {
            self.subtitle = Some(words::document(random));
        }
    }

    /// A list of short items, set like a notice.
    pub fn roundup(&mut self, random: &mut Random) {
        if self.body.len() < 3 {
            return;
        }
        self.kind = "notice";
        let mark = random.word(words::ITEMS);
        self.body.retain(|(role, _)| *role == "body");
        for (_, text) in &mut self.body {
            let most = random.between(20, 70);
            *text = format!("{mark}{}", first_sentence(text, most));
        }
        self.title = vec![random.word(words::ROUNDUPS).to_owned()];
        self.from_web = false;
        self.is_written = true;
        self.kicker = None;
        self.subtitle = None;
    }

    /// Verse: a clause a line, mostly without marks.
    pub fn poem(&mut self, random: &mut Random) {
        let most = random.between(8, 30);
        let has_marks = random.chance(30);
        let mut lines: Vec<String> = Vec::new();
        for (_, text) in self.body.iter().filter(|(role, _)| *role == "body") {
            for clause in text.split_inclusive(['，', '。', '；', '！', '？', '、', '：', '“', '”']) {
                let bare = clause.trim_matches(|c: char| "，。；！？、：“”（）".contains(c));
                if (2..=14).contains(&bare.chars().count()) && lines.len() < most {
                    lines.push(if has_marks {
                        clause.trim_matches(['“', '”']).to_owned()
                    } else {
                        bare.to_owned()
                    });
                }
            }
        }
        if lines.len() < 4 {
            return;
        }
        let size = random.between(2, 6);
        self.stanzas = Some((1..lines.len()).filter(|at| at % size == 0).collect());
        self.body = lines.into_iter().map(|line| ("body", line)).collect();
        self.title.truncate(1);
        self.kicker = None;
        self.subtitle = None;
    }

    /// Turns the text into questions and answers.
    pub fn question(&mut self, random: &mut Random) {
        let who = words::name(random);
        let (q, a) = random.pick(&[("记者", ""), ("问", "答"), ("记者", "")]);
        let colon = random.word(&["：", ":"]).to_string();
        for (i, (role, text)) in self.body.iter_mut().enumerate().skip(1) {
            if *role == "body" {
                let speaker = if i % 2 == 1 {
                    q.to_string()
                } else if a.is_empty() {
                    who.clone()
                } else {
                    a.to_string()
                };
                *text = format!("{speaker}{colon}{text}");
            }
        }
    }

    /// Makes of it what stands on a forum page: the editor's note that opens it, or somebody's contribution.
    pub fn for_forum(mut self, is_note: bool, random: &mut Random) -> Self {
        let Some((_, text)) = self.body.iter().find(|(role, _)| *role == "body").cloned() else { return self };
        self.column = None;
        if !is_note {
            self.kind = "essay";
            return self;
        }
        self.is_note = true;
        self.kind = "notice";
        self.kicker = None;
        self.subtitle = None;
        self.is_written = true;
        self.body = vec![("body", format!("{}{text}", random.word(words::NOTE_HEADS)))];
        self
    }

    pub fn untitle(&mut self) {
        self.has_title = false;
        self.kicker = None;
        self.subtitle = None;
        self.column = None;
    }

    /// Says in brackets at the paragraphs' beginnings what they are about.
    pub fn lead_paragraphs(&mut self, style: &Style, random: &mut Random) {
        if !random.chance(style.leads) {
            return;
        }
        for at in 0..self.body.len() {
            let (role, text) = &self.body[at];
            if *role == "body"
                && random.chance(70)
                && let Some(lead) = clause(&self.body[at..=at], 3, 9, random)
            {
                self.body[at].1 = format!("【{lead}】{text}");
            }
        }
    }

    /// Puts paragraphs of what is known besides into the story.
    pub fn beside(&mut self, style: &Style, random: &mut Random) {
        if self.body.len() < 3 || !random.chance(style.sidebars) {
            return;
        }
        let head = random.word(words::SIDEBARS);
        for _ in 0..random.between(1, 3) {
            let at = random.between(1, self.body.len() - 1);
            let (role, text) = &mut self.body[at];
            if *role == "body" && !text.starts_with(head) {
                *text = format!("{head}{text}");
            }
        }
    }

    /// Puts rows of results, prices or winners into the story: short pieces with spaces between them.
    pub fn results(&mut self, style: &Style, random: &mut Random) {
        if self.body.len() < 2 || !random.chance(style.tables) {
            return;
        }
        let at = random.between(1, self.body.len());
        let space = random.word(&["  ", " ", "\u{3000}", "\u{3000}\u{3000}"]);
        let of_names = random.chance(30);
        let cells = if of_names { random.between(4, 7) } else { random.between(2, 4) };
        let row = |random: &mut Random| -> Vec<String> {
            (0..cells)
                .filter_map(|cell| match random.between(0, 3) {
                    _ if of_names => Some(words::padded(&words::name(random), style.pads)),
                    0 if cell > 0 => Some(format!("{}", random.between(1, 900))),
                    1 => Some(words::name(random)),
                    _ => clause(&self.body, 2, 7, random),
                })
                .collect()
        };
        let rows: Vec<_> = (0..random.between(2, 7)).map(|_| ("body", row(random).join(space))).collect();
        self.body.splice(at..at, rows.into_iter().filter(|(_, text)| !text.is_empty()));
    }

    /// Takes off what stood on another page.
    pub fn resume(&mut self, style: &Style, random: &mut Random) {
        let is_long = self.body.len() > 3 && self.body[1].0 == "body";
        if self.kind != "news" || !is_long || !random.chance(style.resumed) {
            return;
        }
        self.body.remove(0);
        let text = &mut self.body[0].1;
        let count = text.chars().count();
        if count > 40 {
            let rest: String = text.chars().skip(random.between(5, count / 2)).collect();
            *text = rest.trim_start_matches(|c: char| "，。、；：！？”’）》】,.;:!?) ".contains(c)).to_owned();
        }
        self.resumed = Some(words::resumed(random));
    }
}
