//! Repairs in an archive: what is shown, found and counted follows them, and taking them back restores what was.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test or tool may stop at once")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it speaks to whoever runs it")]

use baoku::archive::{Added, Archive, ArchiveError, Reader, RepairsOf};
use baoku::ingest::{Desk, places, sections};
use baoku::model::*;
use baoku::search::{Facts, FoldedDoc, Query, matches};
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The sample pages as the engine files them.
static PAGES: LazyLock<Vec<FiledPage>> = LazyLock::new(|| {
    let desk = desk();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let dump = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        Dump {
            source: Source { path: path.clone(), member: None, part: 1 },
            encoding: "UTF-8".to_owned(),
            content_hash: format!("{:0>64}", path.file_name().unwrap().len() + text.len()),
            text,
            hints: Hints::default(),
        }
    };
    files.iter().map(|path| desk.file(dump(path)).0).collect()
});

fn desk() -> Desk {
    let list = places::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples/places.toml")).unwrap();
    Desk::new(&list, &sections::builtin())
}

struct Case {
    archive: Archive,
    reader: Reader,
    _folder: tempfile::TempDir,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut archive = Archive::open(&folder.path().join("库.baoku")).unwrap();
        archive.set_describer(desk().describer());
        let reader = archive.reader().unwrap();
        let mut case = Self { archive, reader, _folder: folder };
        case.import();
        case
    }

    fn import(&mut self) -> ImportId {
        let import = self.archive.begin_import().unwrap();
        let added = self.archive.add_pages(import, &PAGES).unwrap();
        assert!(added.iter().all(|a| matches!(a, Added::New { .. })));
        self.archive.finish_import(import, &ImportReport::default()).unwrap();
        import
    }

    /// The article with the longest text of at least three paragraphs.
    fn long(&self) -> StoredArticle {
        let all = self.articles();
        all.into_iter().filter(|a| a.article.blocks.len() > 2).max_by_key(|a| a.article.char_count()).unwrap()
    }

    fn articles(&self) -> Vec<StoredArticle> {
        let mut ids = self.reader.ids(&SearchRequest::default()).unwrap();
        ids.sort_unstable_by_key(|id| id.0);
        ids.into_iter().map(|id| self.reader.article(id).unwrap().unwrap()).collect()
    }

    fn pages(&self) -> Vec<StoredPage> {
        let mut pages: Vec<PageId> = self.articles().iter().map(|a| a.page_id).collect();
        pages.sort_unstable_by_key(|id| id.0);
        pages.dedup();
        pages.into_iter().map(|id| self.reader.page(id).unwrap().unwrap()).collect()
    }

    /// Everything a user can see of articles and pages.
    fn all(&self) -> (Vec<StoredArticle>, Vec<Marks>, Vec<StoredPage>, Facets) {
        let articles = self.articles();
        let marks = articles.iter().map(|a| self.reader.marks(a.id).unwrap()).collect();
        (articles, marks, self.pages(), self.reader.facets(&SearchRequest::default()).unwrap())
    }

    fn found(&self, query: &str) -> Vec<ArticleId> {
        let mut ids = self.reader.ids(&SearchRequest { query: query.to_owned(), ..SearchRequest::default() }).unwrap();
        ids.sort_unstable_by_key(|id| id.0);
        ids
    }

    /// What the index says is what a scan of the texts says; the file is sound.
    #[track_caller]
    fn check(&self) {
        let check = self.reader.check(1000).unwrap();
        assert!(check.is_sound(), "{check:?}");
        let articles = self.articles();
        let facets = self.reader.facets(&SearchRequest::default()).unwrap();
        assert_eq!(facets.total, articles.len() as u64);
        for (town, count) in &facets.towns {
            assert_eq!(articles.iter().filter(|a| a.article.towns.contains(town)).count() as u64, *count, "{town}");
        }
        for word in ["题", "村", "的", "茶园", "龙窑", "记者", "街道"] {
            let query = Query::parse(word);
            let scan = articles.iter().filter(|a| matches(&query.root, &FoldedDoc::of(&a.article), &Facts::default()));
            assert_eq!(self.found(word), scan.map(|a| a.id).collect::<Vec<_>>(), "{word}");
        }
    }
}

fn first_line(block: &Block) -> u32 {
    block.runs[0].line
}

#[test]
fn a_split_is_found_counted_and_taken_back_exactly() {
    let mut case = Case::new();
    let before = case.all();
    let whole = case.long();
    let line = first_line(&whole.article.blocks[1]);
    case.archive.repair_page(whole.page_id, &whole.article.title, &[Repair::Split { line, column: 0 }]).unwrap();
    case.check();
    let first = case.reader.article(whole.id).unwrap().unwrap().article;
    assert_eq!(first.blocks, whole.article.blocks[..1]);
    let page = case.reader.page(whole.page_id).unwrap().unwrap();
    let second = page.article_at(line).unwrap().id;
    assert_ne!(second, whole.id);
    let second = case.reader.article(second).unwrap().unwrap();
    assert_eq!(second.article.blocks, whole.article.blocks[1..]);
    assert_eq!(case.articles().len(), before.0.len() + 1);
    assert!(case.reader.marks(second.id).unwrap().is_edited);
    assert_eq!(case.archive.undo_repair().unwrap()[0].repair, Repair::Split { line, column: 0 });
    case.check();
    assert_eq!(case.all(), before);
    assert!(case.archive.undo_repair().unwrap().is_empty());
    case.archive.redo_repair().unwrap();
    assert_eq!(case.reader.article(second.id).unwrap().unwrap(), second, "under the same number");
}

#[test]
fn a_split_inside_a_line_is_found_on_both_sides_and_survives_another_engine() {
    let mut case = Case::new();
    let before = case.all();
    let whole = case.long();
    let at = PAGES.iter().position(|p| p.dump.source == whole.source).unwrap();
    let run = whole.article.blocks[1].runs[0];
    let cut = Repair::Split { line: run.line, column: run.column + 5 };
    case.archive.repair_page(whole.page_id, "", &[cut]).unwrap();
    case.check();
    let page = case.reader.page(whole.page_id).unwrap().unwrap();
    let sharers: Vec<ArticleId> = page.sharers(run.line).map(|article| article.id).collect();
    assert_eq!(sharers.len(), 2);
    let second = case.reader.article(sharers[1]).unwrap().unwrap();
    case.archive.correct(second.id, &[Field::Title("拆出来的下半篇".into())]).unwrap();
    assert_eq!(case.found("拆出来的下半篇"), [second.id]);
    let split = case.all();
    let newer = FiledPage { engine_version: 99, ..PAGES[at].clone() };
    case.archive.replace_pages(&[(whole.page_id, newer)]).unwrap();
    case.check();
    assert_eq!(case.articles(), split.0);
    case.archive.undo_repair().unwrap();
    case.archive.undo_repair().unwrap();
    case.check();
    assert_eq!(case.articles(), before.0);
}

#[test]
fn what_the_user_added_to_an_article_comes_back_with_it() {
    let mut case = Case::new();
    let whole = case.long();
    let page = case.reader.page(whole.page_id).unwrap().unwrap();
    let other = page.articles.iter().find(|a| a.id != whole.id).unwrap().id;
    case.archive.tag(&[other], "样稿").unwrap();
    case.archive.set_flagged(&[other], true).unwrap();
    case.archive.basket_add(&[other, whole.id]).unwrap();
    case.archive.set_note(other, "打电话核对").unwrap();
    let before = case.all();
    let second = Anchor::of(&case.reader.article(other).unwrap().unwrap().article);
    let merge = Repair::Merge { first: Anchor::of(&whole.article), second };
    case.archive.repair_page(whole.page_id, "", &[merge]).unwrap();
    case.check();
    assert_eq!(case.reader.article(other).unwrap(), None);
    assert_eq!(case.reader.basket().unwrap(), [whole.id]);
    case.archive.undo_repair().unwrap();
    case.check();
    assert_eq!(case.all(), before);
    assert_eq!(case.reader.basket().unwrap(), [other, whole.id]);
    assert_eq!(case.reader.marks(other).unwrap().note.as_deref(), Some("打电话核对"));
    assert_eq!(case.found("标签:样稿"), [other]);
}

#[test]
fn corrected_fields_are_searched_and_one_step_takes_them_all_back() {
    let mut case = Case::new();
    let article = case.long();
    let before = case.all();
    let fields = [Field::Title("改过的题目".into()), Field::Towns(vec!["某某镇".into()]), Field::Kind(Kind::Essay)];
    case.archive.correct(article.id, &fields).unwrap();
    case.check();
    assert_eq!(case.found("改过的题目"), [article.id]);
    let date = jiff::civil::date(2020, 2, 2);
    case.archive.repair_page(article.page_id, "", &[Repair::Date { to: Some(date) }]).unwrap();
    let mates = case.reader.page(article.page_id).unwrap().unwrap().articles.len();
    assert_eq!(case.found("日期:2020-02-02").len(), mates, "a date is the whole page's");
    case.archive.undo_repair().unwrap();
    case.archive.undo_repair().unwrap();
    assert_eq!(case.all(), before);
    case.archive.redo_repair().unwrap();
    assert_eq!(case.found("改过的题目"), [article.id]);
    case.archive.correct(article.id, &[Field::Subtitle(Some("新副题".into()))]).unwrap();
    assert!(case.archive.redo_repair().unwrap().is_empty(), "something else was done since");
    let listed = case.reader.repairs(RepairsOf::All).unwrap();
    assert_eq!(listed.len(), 5);
    assert!(listed[3].is_undone && !listed[4].is_undone);
    case.archive.revert(article.id).unwrap();
    assert_eq!(case.all(), before);
}

#[test]
fn repairs_survive_taking_an_import_back_and_doing_it_again() {
    let mut case = Case::new();
    let article = case.long();
    case.archive.correct(article.id, &[Field::Title("改过的题目".into())]).unwrap();
    let line = first_line(&article.article.blocks[1]);
    case.archive.repair_page(article.page_id, "", &[Repair::Split { line, column: 0 }]).unwrap();
    let titles = |case: &Case| case.articles().into_iter().map(|a| a.article).collect::<Vec<_>>();
    let before = titles(&case);
    let import = case.reader.imports().unwrap()[0].id;
    case.archive.undo_import(import).unwrap();
    assert!(case.articles().is_empty());
    let kept = case.reader.repairs(RepairsOf::All).unwrap();
    assert!(kept.len() == 2 && kept.iter().all(|made| made.page.is_none()));
    case.import();
    case.check();
    let mut after = titles(&case);
    after.sort_by_key(|a| before.iter().position(|b| b == a));
    let mut expected = before;
    expected.sort_by_key(|b| after.iter().position(|a| a == b));
    assert_eq!(after, expected);
    assert_eq!(case.found("改过的题目").len(), 1);
    case.archive.undo_repair().unwrap();
    case.archive.undo_repair().unwrap();
    assert_eq!(case.articles().len(), PAGES.iter().map(|p| p.page.articles.len()).sum::<usize>());
}

#[test]
fn a_new_engine_keeps_repairs_and_says_which_fit_no_more() {
    let mut case = Case::new();
    let article = case.long();
    let at = PAGES.iter().position(|p| p.dump.source == article.source).unwrap();
    case.archive.correct(article.id, &[Field::Title("改过的题目".into())]).unwrap();
    let line = first_line(&article.article.blocks[1]);
    case.archive.repair_page(article.page_id, "", &[Repair::Split { line, column: 0 }]).unwrap();
    case.archive.tag(&[article.id], "样稿").unwrap();
    let before = case.all();
    let newer = FiledPage { engine_version: 99, ..PAGES[at].clone() };
    case.archive.replace_pages(&[(article.page_id, newer.clone())]).unwrap();
    case.check();
    assert_eq!(case.articles(), before.0);
    assert_eq!(case.found("标签:样稿"), [article.id]);
    // An engine that takes the whole article for furniture.
    let mut worse = newer.clone();
    let gone =
        worse.page.articles.iter().position(|a| a.title == PAGES[at].page.articles[article.position as usize].title);
    let gone = worse.page.articles.remove(gone.unwrap());
    worse.page.furniture.extend(gone.spans.iter().map(|s| Furniture {
        from: s.from,
        to: s.to,
        what: FurnitureKind::Unplaced,
    }));
    case.archive.replace_pages(&[(article.page_id, worse)]).unwrap();
    case.check();
    let listed = case.reader.repairs(RepairsOf::Page(article.page_id)).unwrap();
    let troubles: Vec<Option<Trouble>> = listed.iter().map(|made| made.trouble).collect();
    assert_eq!(troubles, [Some(Trouble::NoArticle), Some(Trouble::NoLine)]);
    // And one that is as good again.
    case.archive.replace_pages(&[(article.page_id, newer)]).unwrap();
    case.check();
    assert!(case.reader.repairs(RepairsOf::All).unwrap().iter().all(|made| made.trouble.is_none()));
    assert_eq!(case.found("改过的题目").len(), 1);
}

#[test]
fn a_repair_that_does_not_fit_changes_nothing() {
    let mut case = Case::new();
    let before = case.all();
    let page = case.long().page_id;
    let repairs = [Repair::Date { to: None }, Repair::Split { line: 1_000_000, column: 0 }];
    let refused = case.archive.repair_page(page, "", &repairs);
    assert!(matches!(refused, Err(ArchiveError::Inapplicable { trouble: Trouble::NoLine })));
    assert_eq!(case.all(), before);
    assert!(case.reader.repairs(RepairsOf::All).unwrap().is_empty());
    assert!(matches!(case.archive.repair_page(PageId(999), "", &[]), Err(ArchiveError::Missing { .. })));
}

/// A repair of some page, made from numbers.
fn some_repair(page: &StoredPage, case: &Case, (kind, a, b): (u8, u32, u32)) -> Repair {
    let count = page.text.split('\n').count() as u32;
    let article = |n: u32| case.reader.article(page.articles[n as usize % page.articles.len()].id).unwrap().unwrap();
    let anchor = |n: u32| Anchor::of(&article(n).article);
    let line = a % count + 1;
    let lines = vec![LineRange { from: line, to: (line + b % 4).min(count) }];
    let role = Some(Role::ALL[b as usize % Role::ALL.len()]);
    let blocks = article(a).article.blocks;
    let text_line = blocks.get(b as usize % blocks.len().max(1)).map_or(line, first_line);
    match kind % 10 {
        0 => Repair::Set { of: anchor(a), field: Field::Title(format!("题{b}")) },
        1 => Repair::Set { of: anchor(a), field: Field::Towns(vec![format!("镇{}", b % 3)]) },
        2 => Repair::Paragraph { at: Place { line: text_line, column: b % 9 }, begins: true },
        3 => Repair::Paragraph { at: Place { line: text_line, column: 0 }, begins: false },
        4 => Repair::Split { line: text_line, column: if b % 2 == 0 { 0 } else { b % 19 } },
        5 => Repair::Merge { first: anchor(a), second: anchor(b) },
        6 => Repair::Move { lines, to: Target::Article(anchor(b)), role, after: None },
        7 => Repair::Move { lines, to: Target::New, role: None, after: None },
        8 => Repair::Move { lines, to: Target::Furniture(FurnitureKind::Slogan), role: None, after: None },
        _ => Repair::Date { to: Some(jiff::civil::date(2024, 1, (a % 28) as i8 + 1)) },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn whatever_is_repaired_the_index_agrees_and_undoing_restores(
        steps in proptest::collection::vec((0usize..6, any::<(u8, u32, u32)>()), 1..10),
    ) {
        let mut case = Case::new();
        let mut shown = vec![case.all()];
        for (page, step) in steps {
            let pages = case.pages();
            let page = &pages[page % pages.len()];
            let repair = some_repair(page, &case, step);
            match case.archive.repair_page(page.id, "", &[repair]) {
                Ok(_) => {
                    case.check();
                    shown.push(case.all());
                }
                Err(ArchiveError::Inapplicable { .. }) => prop_assert_eq!(&case.all(), &shown[shown.len() - 1]),
                Err(other) => panic!("{other}"),
            }
        }
        let last = shown.pop().unwrap();
        for then in shown.iter().rev() {
            case.archive.undo_repair().unwrap();
            prop_assert_eq!(&case.all(), then);
        }
        case.check();
        for _ in &shown {
            case.archive.redo_repair().unwrap();
        }
        prop_assert_eq!(&case.all(), &last);
        case.check();
    }
}
