//! A schema while its keywords are rewritten.

use serde_json::{Map, Value};

use crate::pointer::Pointer;

/// A schema while its keywords are rewritten.
pub(super) struct Schema<'v> {
    /// Where it is written.
    pub(super) at: Pointer,
    fields: Vec<(&'v str, Term<'v>)>,
}

/// A value of a keyword, with the original position of it or of its source.
pub(super) enum Term<'v> {
    /// As written; still to be rewritten.
    Written(&'v Value, Pointer),
    /// Rewritten.
    Made(Value, Pointer),
    List(Vec<Term<'v>>, Pointer),
    Map(Vec<(&'v str, Term<'v>)>, Pointer),
    /// A schema whose own keywords are rewritten.
    Schema(Schema<'v>),
}

impl<'v> Schema<'v> {
    pub(super) fn of(fields: &'v Map<String, Value>, at: Pointer) -> Self {
        let mut schema = Self::new(at);
        for (key, value) in fields {
            let term = Term::Written(value, schema.at.child(key));
            schema.fields.push((key, term));
        }
        schema
    }

    /// One that says nothing.
    pub(super) fn new(at: Pointer) -> Self {
        let fields = Vec::new();
        Self { at, fields }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|(known, _)| *known == key)
    }

    /// The value of a keyword.
    pub(super) fn get(&self, key: &str) -> Option<&'v Value> {
        match self.fields.iter().find(|(known, _)| *known == key)? {
            (_, Term::Written(value, _)) => Some(*value),
            _ => None,
        }
    }

    /// The members of a list of schemas that are still to be rewritten, each with the place where it is written.
    pub(super) fn members(&self, key: &str) -> Vec<(&'v Value, Pointer)> {
        let written = |term: &Term<'v>| match term {
            Term::Written(value, at) => Some((*value, at.clone())),
            _ => None,
        };
        match self.fields.iter().find(|(known, _)| *known == key) {
            Some((_, Term::List(terms, _))) => terms.iter().filter_map(written).collect(),
            Some((_, Term::Written(list, at))) => {
                Term::items(list, at).iter().filter_map(written).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Where the value of a keyword is written.
    pub(super) fn place(&self, key: &str) -> Pointer {
        let field = self.fields.iter().find(|(known, _)| *known == key);
        field.map_or_else(|| self.at.child(key), |(_, term)| term.at().clone())
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &'v str> {
        self.fields.iter().map(|(key, _)| *key)
    }

    /// Sets a keyword, where it is or else at the end.
    pub(super) fn set(&mut self, key: &'v str, term: Term<'v>) {
        match self.fields.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = term,
            None => self.fields.push((key, term)),
        }
    }

    /// Puts another keyword in the place of one.
    pub(super) fn replace(&mut self, key: &str, by: &'v str, term: Term<'v>) {
        if key != by {
            self.remove(by);
        }
        match self.fields.iter_mut().find(|(known, _)| *known == key) {
            Some(known) => *known = (by, term),
            None => self.fields.push((by, term)),
        }
    }

    /// Whether a keyword has a text that was made for it.
    pub(super) fn has_made(&self, key: &str, text: &str) -> bool {
        let is_made = |term: &Term<'_>| matches!(term, Term::Made(value, _) if value == text);
        self.fields
            .iter()
            .any(|(known, term)| *known == key && is_made(term))
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Term<'v>> {
        let index = self.fields.iter().position(|(known, _)| *known == key)?;
        Some(self.fields.remove(index).1)
    }

    pub(super) fn into_fields(self) -> impl Iterator<Item = (&'v str, Term<'v>)> {
        self.fields.into_iter()
    }
}

impl<'v> Term<'v> {
    pub(super) fn at(&self) -> &Pointer {
        match self {
            Self::Written(_, at) | Self::Made(_, at) | Self::List(_, at) | Self::Map(_, at) => at,
            Self::Schema(schema) => &schema.at,
        }
    }

    /// The items of a list, as written.
    pub(super) fn items(list: &'v Value, at: &Pointer) -> Vec<Self> {
        let items = list.as_array().into_iter().flatten().enumerate();
        items
            .map(|(index, item)| Self::Written(item, at.child(index.to_string())))
            .collect()
    }

    /// A schema for the values of any of several schemas, if there are any.
    pub(super) fn any_of(mut schemas: Vec<Self>, at: Pointer) -> Option<Self> {
        if schemas.len() < 2 {
            return schemas.pop();
        }
        let mut any = Schema::new(at.clone());
        any.set("anyOf", Self::List(schemas, at));
        Some(Self::Schema(any))
    }

    pub(super) fn made(value: impl Into<Value>, at: Pointer) -> Self {
        Self::Made(value.into(), at)
    }
}

/// Whether a keyword says nothing about values.
pub(super) fn is_annotation(key: &str) -> bool {
    const WORDS: &[&str] = &[
        "$comment",
        "$defs",
        "default",
        "definitions",
        "deprecated",
        "description",
        "example",
        "examples",
        "externalDocs",
        "readOnly",
        "title",
        "writeOnly",
        "xml",
    ];
    WORDS.contains(&key) || key.starts_with("x-")
}
