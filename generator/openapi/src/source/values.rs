//! Builds a value from the events of its text.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::positions::Collection;

/// Builds a value from events, in their order.
#[derive(Default)]
pub(super) struct Values {
    open: Vec<Open>,
    anchored: HashMap<usize, Value>,
    root: Value,
}

/// A collection that is not closed yet, and its anchor.
struct Open {
    content: Content,
    anchor: usize,
}

enum Content {
    /// With the key whose value comes next.
    Object(Map<String, Value>, String),
    Array(Vec<Value>),
}

impl Values {
    pub(super) fn open(&mut self, collection: Collection, anchor: usize) {
        let content = match collection {
            Collection::Object => Content::Object(Map::new(), String::new()),
            Collection::Array => Content::Array(Vec::new()),
        };
        self.open.push(Open { content, anchor });
    }

    pub(super) fn close(&mut self) {
        if let Some(Open { content, anchor }) = self.open.pop() {
            let value = match content {
                Content::Object(fields, _) => Value::Object(fields),
                Content::Array(items) => Value::Array(items),
            };
            self.add(value, anchor);
        }
    }

    pub(super) fn key(&mut self, text: &str) {
        if let Some(Open {
            content: Content::Object(_, key),
            ..
        }) = self.open.last_mut()
        {
            text.clone_into(key);
        }
    }

    /// Adds a value, which aliases may repeat if its anchor is not 0.
    pub(super) fn add(&mut self, value: Value, anchor: usize) {
        if anchor != 0 {
            self.anchored.insert(anchor, value.clone());
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = value,
            Some(Content::Object(fields, key)) => {
                fields.insert(std::mem::take(key), value);
            }
            Some(Content::Array(items)) => items.push(value),
        }
    }

    pub(super) fn alias(&mut self, anchor: usize) {
        if let Some(value) = self.anchored.get(&anchor) {
            self.add(value.clone(), 0);
        }
    }

    pub(super) fn finish(self) -> Value {
        self.root
    }
}
