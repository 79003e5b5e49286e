//! What a frame of the window costs: `cargo bench --bench window`.
//!
//! The real app over a backend that makes up half a million articles, drawn as eframe draws it but for the graphics card:
//! input, layout, the tree for screen readers, and tessellation into triangles. Each round scrolls, so that every frame
//! shows something new.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![expect(clippy::single_range_in_vec_init, reason = "lists of one mark")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::model::{
    Article, ArticleId, Block, BlockKind, Byline, BylineRole, DateEvidence, Facets, Kind, PageId, SearchRequest,
    Snippet, Source, StoredArticle, Summary, YearMonth,
};
use baoku::ui::Options;
use baoku::ui::app::{App, prepare};
use baoku::ui::density::Density;
use baoku::ui::saved::Saved;
use baoku::worker::{Backend, Event, Marks, Reply, Request, RowMarks, Shelf, Ticket};
use egui::{Event as Input, Modifiers, MouseWheelUnit, TouchPhase, pos2, vec2};
use egui_kittest::Harness;
use std::collections::VecDeque;
use std::sync::Arc;

const ARTICLES: u64 = 500_000;
const LONG: usize = 30_000;

/// Words of an invented county; texts are drawn from them.
const WORDS: &str = "春茶开采青石镇茶园里一派忙碌景象村民们背着竹篓走上山坡指尖翻飞嫩芽落进篮子合作社负责人说今年雨水足长势好预计\
    产量比去年提高一成加工车间连夜开机炒青揉捻烘干一道道工序有条不紊";

fn text(from: u64, length: usize) -> String {
    let words: Vec<char> = WORDS.chars().collect();
    let at = |i: usize| words[(from as usize * 31 + i * 7 + i / 50) % words.len()];
    (0..length).map(|i| if i % 17 == 16 { '，' } else { at(i) }).collect()
}

fn day(number: u64) -> Option<jiff::civil::Date> {
    let span = jiff::Span::new().days((ARTICLES - number) as i64 / 50);
    jiff::civil::date(1997, 1, 1).checked_add(span).ok()
}

fn summary(number: u64) -> Summary {
    Summary {
        id: ArticleId(number as i64),
        page_id: PageId(number as i64 / 7),
        title: Snippet { text: text(number, 18), marks: vec![3..9] },
        title_printed: true,
        date: day(number),
        page_label: Some(format!("A{}", number % 8 + 1)),
        newspaper: Some("青岚日报".into()),
        section: Some("要闻".into()),
        towns: vec!["青石镇".into()],
        kind: Kind::News,
        byline: "林小溪".into(),
        snippet: Snippet { text: text(number + 5, 90), marks: vec![30..36] },
        confidence: 0.99,
    }
}

fn article(id: ArticleId) -> StoredArticle {
    let paragraph =
        |n: usize| Block { kind: BlockKind::Paragraph, text: text(n as u64, 149) + "。", runs: Vec::new() };
    StoredArticle {
        id,
        page_id: PageId(1),
        position: 0,
        newspaper: Some("青岚日报".into()),
        page_label: Some("A1".into()),
        date: DateEvidence { best: day(id.0 as u64), ..DateEvidence::default() },
        source: Source::default(),
        article: Article {
            title: text(id.0 as u64, 18),
            title_printed: true,
            bylines: vec![Byline { role: BylineRole::Reporter, name: "林小溪".into(), position: None }],
            blocks: (0..LONG / 150).map(paragraph).collect(),
            ..Article::default()
        },
    }
}

/// Answers every question at once with made-up articles.
#[derive(Default)]
struct MadeUp {
    events: VecDeque<Event>,
    last: u64,
}

impl Backend for MadeUp {
    fn send(&mut self, request: Request) -> Ticket {
        self.last += 1;
        let ticket = Ticket(self.last);
        let reply = match request {
            Request::Rows { offset, limit, .. } => {
                let rows: Vec<Summary> = (offset..(offset + u64::from(limit)).min(ARTICLES)).map(summary).collect();
                let marks = rows.iter().map(|row| RowMarks { is_flagged: row.id.0 % 9 == 0, ..RowMarks::default() });
                let marks = marks.collect();
                Some(Reply::Rows { offset, rows, marks })
            }
            Request::Counts(_) => Some(Reply::Counts(Box::new(facets()))),
            Request::Article(id) => Some(Reply::Article(Some(Arc::new(article(id))))),
            Request::Marks(id) => Some(Reply::Marks(id, Box::<Marks>::default(), Vec::new())),
            Request::Shelf => Some(Reply::Shelf(Box::<Shelf>::default())),
            _ => None,
        };
        self.events.extend(reply.map(|reply| Event::Reply(ticket, reply)));
        ticket
    }

    fn poll(&mut self) -> Option<Event> {
        if self.last == 0 {
            self.last = 1;
            return Some(Event::Opened(Vec::new()));
        }
        self.events.pop_front()
    }
}

fn facets() -> Facets {
    let months = (1997..=2024).flat_map(|year| (1..=12).map(move |month| (YearMonth { year, month }, 1_488)));
    Facets {
        total: ARTICLES,
        months: months.rev().collect(),
        sections: (0..30).map(|n| (text(n, 3), 90_000 / (n + 1))).collect(),
        towns: (0..40).map(|n| (text(n + 40, 3), 60_000 / (n + 1))).collect(),
        bylines: (0..200).map(|n| (text(n + 90, 3), 9_000 / (n + 1))).collect(),
        ..Facets::default()
    }
}

/// A window of the usual size; the first frames are done.
fn window(saved: Saved) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size([1280.0, 800.0])
        .with_theme(egui::Theme::Light)
        .with_context_setup(prepare)
        .build_eframe(move |_| App::new(saved, Box::<MadeUp>::default(), Options::default(), (None, 0)));
    harness.run_steps(8);
    assert_eq!(harness.state().result_count(), ARTICLES);
    harness
}

/// One frame: a turn of the wheel at `at`, everything up to the triangles.
fn frame(harness: &mut Harness<'static, App>, at: egui::Pos2, by: f32) -> usize {
    harness.event(Input::PointerMoved(at));
    harness.event(Input::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -by),
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    harness.step();
    let output = harness.output();
    let shapes = output.shapes.clone();
    harness.ctx.tessellate(shapes, output.pixels_per_point).len()
}

#[divan::bench(args = [Density::Comfortable, Density::Compact], sample_count = 300)]
fn scrolling_the_list(bencher: divan::Bencher, density: Density) {
    let mut window = window(Saved { density, ..Saved::default() });
    bencher.bench_local(|| frame(&mut window, pos2(400.0, 500.0), 900.0));
}

#[divan::bench(sample_count = 300)]
fn scrolling_a_long_article(bencher: divan::Bencher) {
    let mut window = window(Saved { open: Some(ArticleId(7)), ..Saved::default() });
    bencher.bench_local(|| frame(&mut window, pos2(1000.0, 500.0), 120.0));
}

#[divan::bench(sample_count = 60)]
fn opening_a_long_article(bencher: divan::Bencher) {
    let mut window = window(Saved { open: Some(ArticleId(7)), ..Saved::default() });
    let mut size = 17.0;
    bencher.bench_local(|| {
        // Another type size sets the whole article anew, as another article would.
        let action =
            if size > 17.0 { baoku::ui::command::Action::SmallerType } else { baoku::ui::command::Action::LargerType };
        size = if size > 17.0 { 17.0 } else { 18.0 };
        let shortcut = action.shortcut().unwrap();
        window.key_press_modifiers(shortcut.modifiers, shortcut.logical_key);
        window.run_steps(2);
    });
}

fn main() {
    // Rows of a search with nothing in it: what the made-up backend is asked for.
    let _ = SearchRequest::default();
    divan::main();
}
