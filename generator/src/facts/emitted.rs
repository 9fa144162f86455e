//! The emitted files, by their tokens.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::document::{Fact, OperationFacts};
use super::tokens::Tokens;
use crate::File;

/// Every file's words, and where each word is.
#[derive(Debug)]
pub(super) struct EmittedIndex<'f> {
    files: Vec<Tokens<'f>>,
    /// The files that write the URL of a path, by the path without the names of its parameters.
    paths: HashMap<String, Vec<usize>>,
    names: WordIndex<'f>,
    /// Literals and numbers.
    values: WordIndex<'f>,
    /// Code spans of docs, in which white space and what can't be seen differ from the document.
    spans: WordIndex<'f>,
}

/// The files that have a word, in ascending order.
type WordIndex<'f> = HashMap<Cow<'f, str>, Vec<usize>>;

impl<'f> EmittedIndex<'f> {
    pub(super) fn index(files: &'f [File]) -> Self {
        let files = files.iter().filter(|file| is_emitted(&file.path));
        let mut index = Self {
            files: files.map(|file| Tokens::read(&file.contents)).collect(),
            paths: HashMap::new(),
            names: HashMap::new(),
            values: HashMap::new(),
            spans: HashMap::new(),
        };
        for (at, file) in index.files.iter().enumerate() {
            let paths = file.literals.iter().filter_map(|literal| path(literal));
            for path in paths {
                index.paths.entry(path).or_default().push(at);
            }
            let fields = file.fields.iter().map(|&field| Cow::Borrowed(field));
            add(&mut index.names, at, file.literals.iter().cloned());
            add(&mut index.names, at, fields);
            let numbers = file.numbers.iter().cloned().map(Cow::Owned);
            let spans = file.spans().flat_map(|span| {
                // A number is looked for without its sign, and nothing is written as `""`.
                let nothing = (span == "\"\"").then_some("");
                let spans = [Some(span), span.strip_prefix('-'), nothing];
                spans.into_iter().flatten()
            });
            let spans = spans.map(|span| Cow::Owned(visible(span)));
            add(&mut index.values, at, file.literals.iter().cloned());
            add(&mut index.values, at, numbers);
            add(&mut index.spans, at, spans);
        }
        index
    }

    /// The files that send the requests of an operation.
    pub(super) fn of_operation(&self, operation: &OperationFacts<'_>) -> Vec<&Tokens<'f>> {
        let method = operation.method;
        let constant = method.to_uppercase();
        let files = self.paths.get(&operation.template()).into_iter().flatten();
        files
            .map(|at| &self.files[*at])
            .filter(|file| {
                file.identifiers.contains(method) || file.identifiers.contains(constant.as_str())
            })
            .collect()
    }

    /// The properties that no file has beside the others of their schema.
    pub(super) fn without_properties<'a>(&self, properties: &'a [Fact]) -> Vec<&'a Fact> {
        absent(properties, |fact| files(&self.names, &fact.text).to_vec())
    }

    /// The values that no file has beside the others of their schema.
    pub(super) fn without_values<'a>(&self, values: &'a [Fact]) -> Vec<&'a Fact> {
        absent(values, |fact| {
            let literals = files(&self.values, &fact.text);
            let spans = files(&self.spans, &visible(&fact.text));
            [literals, spans].concat()
        })
    }
}

/// In a whole crate, `src` is by hand but for one directory. What a mock has is there for tests only.
fn is_emitted(path: &str) -> bool {
    let emitted = path.strip_prefix("src/generated/");
    let emitted = emitted.or_else(|| (!path.starts_with("src/")).then_some(path));
    emitted.is_some_and(|path| path.ends_with(".rs") && !path.starts_with("mock/"))
}

fn add<'f>(words: &mut WordIndex<'f>, file: usize, more: impl Iterator<Item = Cow<'f, str>>) {
    for word in more {
        let files = words.entry(word).or_default();
        if files.last() != Some(&file) {
            files.push(file);
        }
    }
}

fn files<'i>(words: &'i WordIndex<'_>, word: &str) -> &'i [usize] {
    words.get(word).map_or(&[], Vec::as_slice)
}

/// The text without all that docs may show in another way.
fn visible(text: &str) -> String {
    let is_kept = |c: &char| c.is_ascii_graphic() || c.is_alphanumeric();
    text.chars().filter(is_kept).collect()
}

/// Which of the facts are not in the file that has most of them.
fn absent(facts: &[Fact], files: impl Fn(&Fact) -> Vec<usize>) -> Vec<&Fact> {
    let files: Vec<BTreeSet<_>> = facts
        .iter()
        .map(|fact| files(fact).into_iter().collect())
        .collect();
    let mut counts = HashMap::<usize, usize>::new();
    for file in files.iter().flatten() {
        *counts.entry(*file).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|&(file, count)| (count, std::cmp::Reverse(file)));
    let is_absent = |files: &BTreeSet<usize>| most.is_none_or(|(most, _)| !files.contains(&most));
    let absent = facts
        .iter()
        .zip(&files)
        .filter(|(_, files)| is_absent(files));
    absent.map(|(fact, _)| fact).collect()
}

/// The path in a literal from which a URL is made: `/things/{}` of `{}/things/{}`.
fn path(literal: &str) -> Option<String> {
    let path = openapi::template(literal);
    let path = path.strip_prefix("{}").unwrap_or(&path);
    path.starts_with('/').then(|| super::unescaped(path))
}
