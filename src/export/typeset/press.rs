//! The world that the typst engine sees: a template, the articles' JSON, the bundled fonts, and the files beside the template.
//! Nothing else: no packages, no network, no system fonts, no clock.

use crate::export::ExportError;
use crate::fonts;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World, WorldExt as _};

/// The template that ships.
const BUILTIN: &str = include_str!("../../../assets/print/booklet.typ");
/// Sets the template's content.
const MAIN: &str = "#include \"template.typ\"\n";
/// Sets the template's content with the list of the set inside the PDF.
const MAIN_WITH_MANIFEST: &str = r#"#pdf.attach("manifest.json", read("manifest.json", encoding: none), relationship: "data",
  mime-type: "application/json", description: "Baoku")
#include "template.typ"
"#;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let all: Vec<Font> = fonts::ALL.iter().filter_map(|file| Font::new(Bytes::new(*file), 0)).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&all)), all }
});

struct Fonts {
    book: LazyHash<FontBook>,
    all: Vec<Font>,
}

/// What a template says of itself when it can set a long booklet part by part.
const IN_PARTS: &str = "// parts: yes";

/// A template and where it was read from.
#[derive(Clone)]
pub(super) struct Template {
    text: Arc<str>,
    path: Option<PathBuf>,
}

impl Template {
    /// The template in `path`, or the one that ships.
    pub(super) fn read(path: Option<&Path>) -> Result<Self, ExportError> {
        let Some(path) = path else { return Ok(Self { text: BUILTIN.into(), path: None }) };
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|source| ExportError::TemplateUnreadable { path: path.to_owned(), source })?;
        Ok(Self { text: text.into(), path: Some(path.to_owned()) })
    }

    /// Whether it can set a long booklet part by part.
    pub(super) fn is_in_parts(&self) -> bool {
        self.text.lines().any(|line| line.trim() == IN_PARTS)
    }

    fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| "booklet.typ".to_owned(), |path| path.display().to_string())
    }
}

/// What is to be set.
pub(super) struct Job {
    pub(super) template: Template,
    /// `articles.json`.
    pub(super) data: String,
    /// `manifest.json`, where it goes into the PDF.
    pub(super) manifest: Option<Vec<u8>>,
}

/// The world of one job.
pub(super) struct Press {
    library: LazyHash<Library>,
    main: Source,
    template: Source,
    data: (FileId, Bytes),
    manifest: (FileId, Bytes),
    template_name: String,
    folder: Option<PathBuf>,
}

impl Press {
    pub(super) fn new(job: Job) -> Self {
        let folder = job.template.path.as_ref().and_then(|path| path.parent()).map(Path::to_owned);
        let template_name = job.template.name();
        Self {
            library: LazyHash::new(Library::default()),
            main: Source::new(
                file_id("/baoku-main.typ"),
                if job.manifest.is_some() { MAIN_WITH_MANIFEST } else { MAIN }.to_owned(),
            ),
            template: Source::new(file_id("/template.typ"), job.template.text.to_string()),
            data: (file_id("/articles.json"), Bytes::from_string(job.data)),
            manifest: (file_id("/manifest.json"), Bytes::new(job.manifest.unwrap_or_default())),
            template_name,
            folder,
        }
    }

    /// The engine's first complaint, in the words of the template.
    pub(super) fn complaint(&self, errors: &[SourceDiagnostic]) -> ExportError {
        let Some(first) = errors.first() else {
            return ExportError::Template { file: self.template_name.clone(), line: None, message: String::new() };
        };
        // An error inside a function of the engine is told where the template called it.
        let spans = std::iter::once(first.span).chain(first.trace.iter().map(|point| point.span.into()));
        let line = spans.into_iter().find_map(|span| {
            let is_template = span.id() == Some(self.template.id());
            let range = self.range(span).filter(|_| is_template)?;
            self.template.lines().byte_to_line(range.start).map(|line| line + 1)
        });
        let mut message = first.message.to_string();
        for hint in &first.hints {
            message.push_str("; ");
            message.push_str(&hint.v);
        }
        ExportError::Template { file: self.template_name.clone(), line, message }
    }

    /// A file beside the template. Virtual paths cannot leave their root.
    fn beside_template(&self, id: FileId) -> FileResult<Vec<u8>> {
        let path = id.vpath();
        if !matches!(id.root(), VirtualRoot::Project) {
            return Err(FileError::Other(Some("packages cannot be used in templates".into())));
        }
        let folder = self.folder.as_deref().ok_or_else(|| FileError::NotFound(path.get_without_slash().into()))?;
        let real = path.realize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?;
        std::fs::read(&real).map_err(|error| FileError::from_io(error, &real))
    }
}

/// The id of a virtual file. The paths are constants and well formed.
fn file_id(path: &str) -> FileId {
    #[expect(clippy::expect_used, reason = "constant paths without . or .. are valid")]
    let path = VirtualPath::new(path).expect("a plain path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if let Some(known) = [&self.main, &self.template].into_iter().find(|source| source.id() == id) {
            return Ok(known.clone());
        }
        let bytes = self.beside_template(id)?;
        Ok(Source::new(id, String::from_utf8(bytes).map_err(|_| FileError::InvalidUtf8)?))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some((_, known)) = [&self.data, &self.manifest].into_iter().find(|(known, _)| *known == id) {
            return Ok(known.clone());
        }
        self.beside_template(id).map(Bytes::new)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.all.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
