//! A value of the document together with its pointer.

use std::borrow::Cow;

use serde_json::Value;
use serde_json::map::Map;

use crate::pointer::Pointer;

/// A cursor: costs no allocation to move, as each step only remembers the one before.
#[derive(Clone, Copy)]
pub(super) struct Node<'v, 'p> {
    pub(super) value: &'v Value,
    place: Step<'v, 'p>,
}

#[derive(Clone, Copy)]
enum Step<'v, 'p> {
    Base(&'p Pointer),
    Field(&'p Node<'v, 'p>, &'v str),
    Item(&'p Node<'v, 'p>, usize),
}

impl<'v, 'p> Node<'v, 'p> {
    /// A value somewhere in the document.
    pub(super) fn at(pointer: &'p Pointer, value: &'v Value) -> Self {
        let place = Step::Base(pointer);
        Self { value, place }
    }

    pub(super) fn pointer(&self) -> Pointer {
        let (parent, segment) = match self.place {
            Step::Base(pointer) => return pointer.clone(),
            Step::Field(parent, key) => (parent, Cow::Borrowed(key)),
            Step::Item(parent, index) => (parent, Cow::Owned(index.to_string())),
        };
        let mut pointer = parent.pointer();
        pointer.push(segment);
        pointer
    }

    /// The key of this value, or of the list that contains it.
    pub(super) fn key(&self) -> Option<&'v str> {
        match self.place {
            Step::Base(_) => None,
            Step::Field(_, key) => Some(key),
            Step::Item(parent, _) => parent.key(),
        }
    }

    /// The key of the object that this value is a field of.
    pub(super) fn parent_key(&self) -> Option<&'v str> {
        match self.place {
            Step::Field(parent, _) => parent.key(),
            Step::Base(_) | Step::Item(..) => None,
        }
    }

    pub(super) fn is_item(&self) -> bool {
        matches!(self.place, Step::Item(..))
    }

    pub(super) fn object(&self) -> Option<&'v Map<String, Value>> {
        self.value.as_object()
    }

    pub(super) fn get<'c>(&'c self, key: &str) -> Option<Node<'v, 'c>> {
        let (key, value) = self.object()?.get_key_value(key)?;
        Some(Node {
            value,
            place: Step::Field(self, key),
        })
    }

    /// The text of a field.
    pub(super) fn text(&self, key: &str) -> Option<&'v str> {
        self.object()?.get(key)?.as_str()
    }

    /// Whether a field is `true`.
    pub(super) fn is_true(&self, key: &str) -> bool {
        self.object()
            .and_then(|fields| fields.get(key))
            .is_some_and(|value| value == &Value::Bool(true))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.object().is_some_and(|fields| fields.contains_key(key))
    }

    /// The fields of an object; nothing for any other value.
    pub(super) fn fields<'c>(&'c self) -> impl Iterator<Item = (&'v str, Node<'v, 'c>)> {
        let fields = self.object().into_iter().flatten();
        fields.map(|(key, value)| {
            let place = Step::Field(self, key);
            let node = Node { value, place };
            (key.as_str(), node)
        })
    }

    /// The items of a list; nothing for any other value.
    pub(super) fn items<'c>(&'c self) -> impl Iterator<Item = Node<'v, 'c>> {
        let items = self.value.as_array().into_iter().flatten();
        let items = items.enumerate();
        items.map(|(index, value)| Node {
            value,
            place: Step::Item(self, index),
        })
    }
}
