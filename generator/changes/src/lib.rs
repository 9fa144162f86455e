//! What a change of the document does to callers, and to what is sent and read.
//!
//! The emitted crate's own public API is the judge of the first, item by item; the model of the
//! document and what serde is told, of the second. What each kind of change means is in one table:
//! [`Rule`].

mod callers;
mod deprecation;
mod inside;
mod manifest;
mod places;
mod recognised;
mod revision;
mod rules;
mod surface;
mod wire;

use std::collections::BTreeMap;

use generator::File;

pub use inside::changed_inside;
pub use revision::Revision;
pub use rules::Rule;

use surface::Surface;

/// What a change asks of callers, least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing.
    #[default]
    None,
    /// To read: the documentation is another one.
    Docs,
    /// Nothing, unless they want what is new.
    Compatible,
    /// To adapt.
    Breaking,
}

impl Verdict {
    /// As reports call it: `docs only`.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Docs => "docs only",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

/// What differs between two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changes {
    /// What callers of the Rust API see.
    pub callers: Vec<Change>,
    /// What servers see, and what becomes of their answers.
    pub wire: Vec<Change>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What has changed.
    pub rule: Rule,
    /// Rust paths or requests; several where the same happened to each.
    pub subjects: Vec<String>,
    /// The argument or parameter that it is about.
    pub part: Option<String>,
    /// As it was.
    pub before: Option<String>,
    /// As it is.
    pub after: Option<String>,
    /// Why, where it is no part of what the document says there.
    pub cause: Option<&'static str>,
    /// Where a document says so.
    pub place: Option<DocumentLine>,
}

/// A line of one of the two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentLine {
    /// Of the old one, counted from 1: what was there is gone.
    Before(usize),
    /// Of the new one, counted from 1.
    After(usize),
}

/// Compares two documents by what is emitted for them.
pub fn compare(before: &Revision, after: &Revision) -> Changes {
    let hints = wire::renamed_requests(before, after);
    let mut callers = callers::compare(&before.surface, &after.surface, &hints);
    let renamed = renamed_types(&callers);
    let wire = wire::compare(before, after, &renamed, &renamed_fields(&callers));
    let deprecated = deprecation::told_in_docs(&callers, &renamed, before, after);
    if wire.is_empty() && callers.iter().all(is_docs) {
        callers.extend(inside::emitted(&before.files, &after.files, ""));
    }
    for (index, rule) in deprecated {
        callers[index].rule = rule;
    }
    for change in &mut callers {
        change.place = places::of_item(change, before, after);
        change.cause = recognised::cause(change, before, after);
    }
    drop_docs_of_what_changes(&mut callers, &wire);
    Changes {
        callers: grouped(callers),
        wire: grouped(wire),
    }
}

/// Compares two crates by their text alone: their root is `lib.rs`, what is emitted is below
/// `generated`, and the manifest, if it is of interest, is `Cargo.toml`.
///
/// # Errors
///
/// The path of a file that is no Rust.
pub fn compare_code(before: &[File], after: &[File]) -> Result<Vec<Change>, String> {
    let (old, new) = (Surface::of_crate(before)?, Surface::of_crate(after)?);
    let mut found = callers::compare(&old, &new, &BTreeMap::new());
    let shown = &old.crates() & &new.crates();
    found.extend(manifest::compare(before, after, &shown));
    if found.iter().all(is_docs) {
        found.extend(inside::emitted(before, after, surface::EMITTED));
    }
    Ok(grouped(found))
}

impl Changes {
    /// All changes.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.callers.iter().chain(&self.wire)
    }

    /// The gravest of all verdicts.
    pub fn verdict(&self) -> Verdict {
        gravest(self.iter())
    }
}

/// The gravest verdict on any of these changes.
pub fn gravest<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Verdict {
    let verdicts = changes.into_iter().map(|change| change.rule.verdict());
    verdicts.max().unwrap_or_default()
}

impl Change {
    fn new(rule: Rule, subject: impl Into<String>) -> Self {
        Self {
            rule,
            subjects: vec![subject.into()],
            part: None,
            before: None,
            after: None,
            cause: None,
            place: None,
        }
    }

    fn of(mut self, part: impl Into<String>) -> Self {
        self.part = Some(part.into());
        self
    }

    fn was(mut self, before: impl Into<String>) -> Self {
        self.before = Some(before.into());
        self
    }

    fn becomes(mut self, after: impl Into<String>) -> Self {
        self.after = Some(after.into());
        self
    }

    fn at(mut self, place: DocumentLine) -> Self {
        self.place = Some(place);
        self
    }
}

fn is_docs(change: &Change) -> bool {
    change.rule == Rule::DocsChanged
}

/// Docs go with what they tell of: only where that is the same is it news that they differ.
fn drop_docs_of_what_changes(callers: &mut Vec<Change>, wire: &[Change]) {
    let others: Vec<_> = callers.iter().filter(|change| !is_docs(change)).collect();
    let subjects: Vec<_> = others.iter().flat_map(|change| &change.subjects).collect();
    let places: Vec<_> = others
        .into_iter()
        .chain(wire)
        .filter_map(|change| change.place)
        .collect();
    let is_told = |change: &Change| {
        let has_subject = change.subjects.iter().any(|path| subjects.contains(&path));
        has_subject || change.place.is_some_and(|place| places.contains(&place))
    };
    let told: Vec<_> = callers
        .iter()
        .map(|change| is_docs(change) && is_told(change))
        .collect();
    let mut told = told.into_iter();
    callers.retain(|_| told.next() != Some(true));
}

/// The old paths of types by the new ones.
fn renamed_types(callers: &[Change]) -> BTreeMap<&str, &str> {
    let renamed = callers
        .iter()
        .filter(|change| change.rule == Rule::TypeRenamed);
    let paths = renamed.filter_map(|change| change.after.as_deref().zip(change.subjects.first()));
    paths.map(|(new, old)| (new, old.as_str())).collect()
}

/// The old paths of fields by the new ones.
fn renamed_fields(callers: &[Change]) -> BTreeMap<String, String> {
    let renamed = callers
        .iter()
        .filter(|change| change.rule == Rule::FieldRenamed);
    let paths =
        renamed.filter_map(|change| change.after.clone().zip(change.subjects.first().cloned()));
    paths.collect()
}

/// The gravest first, each once: what happened to several for the same reason is one change.
fn grouped(changes: Vec<Change>) -> Vec<Change> {
    let mut grouped = Vec::<Change>::new();
    for change in changes {
        let twin = grouped.iter_mut().find(|other| {
            (other.rule, other.place, &other.part) == (change.rule, change.place, &change.part)
                && (&other.before, &other.after, other.cause)
                    == (&change.before, &change.after, change.cause)
                && (change.place.is_some() || last(other) == last(&change))
        });
        match twin {
            Some(twin) => twin.subjects.extend(change.subjects),
            None => grouped.push(change),
        }
    }
    grouped.sort_by_key(|change| std::cmp::Reverse(change.rule.verdict()));
    grouped
}

/// The name at the end of a change's path.
fn last(change: &Change) -> Option<&str> {
    change.subjects.first()?.rsplit("::").next()
}
