//! Reads exported articles as they come, one at a time: memory does not grow with the file.
//!
//! A page comes behind its articles, and nothing may be stored before the whole file was found sound; so articles and pages
//! are put on a shelf (a nameless temporary file) as they are read, and taken from it page by page. What stays in memory is
//! where they lie.

use super::{Articles, FORMAT, PageRecord, TakenArticle, VERSION, WrittenArticle};
use crate::export::ExportError;
use crate::export::output::{Place, Shelf};
use crate::model::{ArticleId, PageId};
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::{BufReader, Read};
use std::marker::PhantomData;

/// Bytes that are read at once.
const CHUNK: usize = 1 << 16;

/// Reads a whole file into memory.
pub fn read(from: impl Read) -> Result<Articles, ExportError> {
    let mut out = Articles::default();
    stream(
        from,
        &mut |article| {
            out.articles.push(article);
            Ok(())
        },
        &mut |page| {
            out.pages.push(page);
            Ok(())
        },
    )?;
    Ok(out)
}

/// A file that was read to its end and found sound, on a shelf.
pub struct ReturnedSet {
    shelf: Shelf,
    articles: HashMap<PageId, Vec<Place>>,
    pages: Vec<Place>,
    article_count: usize,
    /// An article whose page did not come.
    lost: Option<ArticleId>,
}

impl ReturnedSet {
    /// Reads a file from beginning to end.
    pub fn read(from: impl Read) -> Result<Self, ExportError> {
        let shelf = std::cell::RefCell::new(Shelf::new());
        let mut articles: HashMap<PageId, Vec<Place>> = HashMap::new();
        let (mut pages, mut known) = (Vec::new(), HashSet::new());
        let mut article_count = 0;
        let mut first_of_page: HashMap<PageId, ArticleId> = HashMap::new();
        stream(
            from,
            &mut |TakenArticle { stored, added }| {
                let written = WrittenArticle { stored: &stored, added: added.as_ref() };
                articles.entry(stored.page_id).or_default().push(shelf.borrow_mut().put(&written)?);
                first_of_page.entry(stored.page_id).or_insert(stored.id);
                article_count += 1;
                Ok(())
            },
            &mut |page| {
                pages.push(shelf.borrow_mut().put(&page)?);
                known.insert(page.id);
                Ok(())
            },
        )?;
        let lost = first_of_page.iter().filter(|(page, _)| !known.contains(page)).map(|(_, article)| *article).min();
        Ok(Self { shelf: shelf.into_inner(), articles, pages, article_count, lost })
    }

    /// How many articles it holds.
    pub fn article_count(&self) -> usize {
        self.article_count
    }

    /// How many pages it holds.
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// An article whose page is not in the file, if there is one.
    pub fn lost(&self) -> Option<ArticleId> {
        self.lost
    }

    /// The pages in their order, each with its articles.
    pub fn pages(mut self) -> impl Iterator<Item = Result<(PageRecord, Vec<TakenArticle>), ExportError>> {
        std::mem::take(&mut self.pages).into_iter().map(move |place| {
            let page: PageRecord = self.shelf.get(place)?;
            let places = self.articles.remove(&page.id).unwrap_or_default();
            let articles = places.into_iter().map(|place| self.shelf.get(place)).collect::<Result<_, _>>()?;
            Ok((page, articles))
        })
    }
}

/// Gets one element of a list; an error ends the reading.
type Sink<'a, T> = dyn FnMut(T) -> Result<(), ExportError> + 'a;

/// Reads a file, handing on each article and each page as it comes.
fn stream(
    from: impl Read,
    articles: &mut Sink<'_, TakenArticle>,
    pages: &mut Sink<'_, PageRecord>,
) -> Result<(), ExportError> {
    let mut head = Head { format: None, version: None, failure: None };
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(CHUNK, from));
    let read = Whole { head: &mut head, articles, pages }.deserialize(&mut json).and_then(|()| json.end());
    if let Some(failure) = head.failure {
        return Err(failure);
    }
    // A file of another kind or of a newer form is told as such, not as a wrong field.
    match (head.format, head.version) {
        (Some(found), _) if found != FORMAT => return Err(ExportError::NotArticles { found }),
        (Some(_), Some(found)) if found > VERSION => return Err(ExportError::TooNew { found, known: VERSION }),
        (None, _) if read.is_ok() => return Err(ExportError::NotArticles { found: String::new() }),
        _ => {}
    }
    Ok(read?)
}

/// What is said of the file itself, and what went wrong outside its text.
struct Head {
    format: Option<String>,
    version: Option<u32>,
    failure: Option<ExportError>,
}

/// The file's one object.
struct Whole<'a, 's> {
    head: &'a mut Head,
    articles: &'a mut Sink<'s, TakenArticle>,
    pages: &'a mut Sink<'s, PageRecord>,
}

impl<'de> DeserializeSeed<'de> for Whole<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of exported articles")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let is_known = match key.as_str() {
                "format" => {
                    let format: String = map.next_value()?;
                    let is_ours = format == FORMAT;
                    self.head.format = Some(format);
                    is_ours
                }
                "version" => {
                    let version = map.next_value()?;
                    self.head.version = Some(version);
                    version <= VERSION
                }
                "articles" => {
                    map.next_value_seed(Each { sink: &mut *self.articles, head: &mut *self.head, of: PhantomData })?;
                    true
                }
                "pages" => {
                    map.next_value_seed(Each { sink: &mut *self.pages, head: &mut *self.head, of: PhantomData })?;
                    true
                }
                _ => map.next_value::<IgnoredAny>().map(|_| true)?,
            };
            if !is_known {
                return Err(A::Error::custom("of another kind or version"));
            }
        }
        Ok(())
    }
}

/// A list whose elements are handed on one by one.
struct Each<'a, 's, T> {
    sink: &'a mut Sink<'s, T>,
    head: &'a mut Head,
    of: PhantomData<T>,
}

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for Each<'_, '_, T> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for Each<'_, '_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(element) = seq.next_element::<T>()? {
            if let Err(error) = (self.sink)(element) {
                self.head.failure = Some(error);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
