//! The files of a document, and the targets of references in them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::path;
use crate::diagnostic::Diagnostic;
use crate::pointer::{Pointer, percent_decoded};
use crate::references::reference;
use crate::source::identifiers::{self, Identifiers};
use crate::source::places::Places;
use crate::source::{Read, Scanned, read_text};
use crate::terms::Version;
use crate::text::{Given, directory};
use crate::words;

/// Maximum references on the path to a value, nested ones included; more are a cycle.
const MAX_HOPS: usize = 100;

/// The files that were read, the document first.
pub(super) struct Files<'r> {
    read: &'r mut Read<'r>,
    /// The document's directory as the user wrote it, with its final separator.
    directory: String,
    version: Version,
    opened: Vec<File>,
    pub(super) places: Places,
    /// The outcome of each requested path.
    known: BTreeMap<String, Opened>,
}

/// A file that was read.
struct File {
    /// Relative to the document's directory.
    path: String,
    value: Value,
    identifiers: Identifiers,
}

/// Where a reference leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    pub(super) file: usize,
    pub(super) pointer: Pointer,
}

/// Why a reference leads nowhere.
pub(super) enum Problem {
    /// The target is elsewhere, as the text of the reference alone shows.
    Elsewhere,
    /// The reference is wrong.
    Reference {
        rule: &'static str,
        message: String,
        hint: String,
    },
    /// The file is wrong.
    File(Vec<Diagnostic>),
}

#[derive(Clone)]
enum Opened {
    File(usize),
    Unknown,
    Unreadable(String),
    Malformed(Vec<Diagnostic>),
}

impl<'r> Files<'r> {
    /// The value and the positions of a document that the user knows by `name`.
    pub(super) fn new(
        name: &str,
        version: Version,
        (value, identifiers): (Value, Identifiers),
        places: Places,
        read: &'r mut Read<'r>,
    ) -> Self {
        let directory = directory(name);
        let path = name[directory.len()..].to_owned();
        Self {
            directory: directory.to_owned(),
            known: BTreeMap::from([(path.clone(), Opened::File(0))]),
            version,
            opened: vec![File {
                path,
                value,
                identifiers,
            }],
            places,
            read,
        }
    }

    pub(super) fn value(&self, target: &Target) -> Option<&Value> {
        let file = &self.opened[target.file];
        file.value.pointer(target.pointer.as_str())
    }

    pub(super) fn path(&self, file: usize) -> &str {
        &self.opened[file].path
    }

    /// The target of a reference in the file numbered `from`: an existing value, unless it is in the document. Warnings about
    /// a file that is read for it go to `warnings`.
    pub(super) fn target(
        &mut self,
        reference: &str,
        from: usize,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Target, Problem> {
        let mut hops_left = MAX_HOPS;
        self.target_within(reference, from, warnings, &mut hops_left)
    }

    fn target_within(
        &mut self,
        reference: &str,
        from: usize,
        warnings: &mut Vec<Diagnostic>,
        hops_left: &mut usize,
    ) -> Result<Target, Problem> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if path.is_empty() {
            from
        } else {
            self.file(path, from, warnings)?
        };
        let pointer = Pointer::from_reference(&format!("#{fragment}"));
        let named = || self.opened[file].identifiers.only(fragment).cloned();
        let pointer = pointer.or_else(named).ok_or_else(|| malformed(reference))?;
        let target = Target { file, pointer };
        if file == 0 || self.value(&target).is_some() {
            return Ok(target);
        }
        match self.on_the_way(&target) {
            Some((next, rest)) if *hops_left > 0 => {
                *hops_left -= 1;
                let around = self.target_within(&next, file, warnings, hops_left)?;
                let reference = around.pointer.followed_by(&rest).to_reference();
                self.target_within(&reference, around.file, warnings, hops_left)
            }
            _ => Err(self.unresolved(reference, &target)),
        }
    }

    /// The first reference on the path to a value, and the rest of the path.
    fn on_the_way(&self, target: &Target) -> Option<(String, String)> {
        let mut around = &self.opened[target.file].value;
        let mut at = Pointer::root();
        for segment in target.pointer.segments() {
            if let Some(reference) = reference(around) {
                let rest = &target.pointer.as_str()[at.as_str().len()..];
                return Some((reference.to_owned(), rest.to_owned()));
            }
            around = match around {
                Value::Array(items) => items.get(segment.parse::<usize>().ok()?)?,
                other => other.get(segment.as_ref())?,
            };
            at.push(segment);
        }
        None
    }

    fn file(
        &mut self,
        path: &str,
        from: usize,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<usize, Problem> {
        let path = percent_decoded(path).ok_or_else(|| malformed(path))?;
        let path = path::resolve(self.path(from), &path).ok_or(Problem::Elsewhere)?;
        if !self.known.contains_key(&path) {
            let found = self.open(&path, warnings);
            self.known.insert(path.clone(), found);
        }
        match self.known[&path].clone() {
            Opened::File(file) => Ok(file),
            Opened::Unknown => Err(Problem::Elsewhere),
            // What has no dot may as well be meant for a name in the document.
            Opened::Unreadable(_) if from == 0 && !path.contains('.') => Err(Problem::Elsewhere),
            Opened::Unreadable(reason) => {
                Err(unreadable(&format!("{}{path}", self.directory), &reason))
            }
            Opened::Malformed(found) => Err(Problem::File(found)),
        }
    }

    fn open(&mut self, path: &str, warnings: &mut Vec<Diagnostic>) -> Opened {
        let Some(Given { text, first }) = (self.read)(path) else {
            return Opened::Unknown;
        };
        let text = match text {
            Ok(text) => text,
            Err(reason) => return Opened::Unreadable(reason),
        };
        let moved = |diagnostic: Diagnostic| diagnostic.moved_by(first);
        match read_text(path, &text) {
            Ok((mut value, scanned)) => {
                let Scanned {
                    positions,
                    warnings: found,
                } = scanned;
                warnings.extend(found.into_iter().map(moved));
                self.places.add_file(positions, first);
                let identifiers = identifiers::resolve(self.version, &text, &mut value);
                self.opened.push(File {
                    path: path.to_owned(),
                    value,
                    identifiers,
                });
                Opened::File(self.opened.len() - 1)
            }
            Err(found) => Opened::Malformed(found.into_iter().map(moved).collect()),
        }
    }

    pub(super) fn unresolved(&self, reference: &str, target: &Target) -> Problem {
        let file = &self.opened[target.file];
        let mut around = &file.value;
        let mut missing = String::new();
        for segment in target.pointer.segments() {
            match around.get(segment.as_ref()) {
                Some(inner) => around = inner,
                None => {
                    missing = segment.into_owned();
                    break;
                }
            }
        }
        let names = around.as_object().into_iter().flatten();
        let hint = words::suggestion(&missing, names.map(|(name, _)| name.as_str()));
        problem(
            "unresolved-reference",
            "unresolved reference",
            reference,
            hint,
        )
    }
}

fn unreadable(path: &str, reason: &str) -> Problem {
    Problem::Reference {
        rule: "external-reference",
        message: format!("cannot read `{}`: {reason}", words::shown(path)),
        hint: "paths are relative to the file with the reference".to_owned(),
    }
}

fn malformed(reference: &str) -> Problem {
    let hint = "write `FILE#/…`, with the pointer to the value in the file".to_owned();
    problem(
        "malformed-reference",
        "malformed reference",
        reference,
        hint,
    )
}

fn problem(rule: &'static str, what: &str, reference: &str, hint: String) -> Problem {
    Problem::Reference {
        rule,
        message: format!("{what}: `{}`", words::shown(reference)),
        hint,
    }
}
