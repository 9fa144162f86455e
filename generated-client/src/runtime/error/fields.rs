//! The documented properties of an error's JSON body.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess};

use super::lenient::{Kept, Lenient};
use crate::runtime::api::ErrorFields;
use crate::runtime::text::Beginning;

/// Maximum characters of a text that are shown.
const SHOWN: usize = 1000;

/// Maximum details of an error that are shown.
const DETAILS_SHOWN: usize = 10;

/// Maximum details of an error that are kept: a long body may have very many.
const DETAILS_KEPT: usize = 100;

/// The documented properties, as far as they are there and have the usual types.
pub(super) struct Fields {
    names: &'static ErrorFields,
    texts: Texts,
    details: Vec<Detail>,
}

/// Texts by the names of their properties.
type Texts = BTreeMap<&'static str, String>;

impl Fields {
    /// Reads them from JSON; there are none in anything else.
    pub(super) fn read(text: &str, names: &'static ErrorFields) -> Self {
        let none = || Self {
            names,
            texts: Texts::new(),
            details: Vec::new(),
        };
        let mut json = serde_json::Deserializer::from_str(text);
        let fields = Lenient(none()).deserialize(&mut json);
        fields
            .and_then(|fields| json.end().map(|()| fields))
            .unwrap_or_else(|_| none())
    }

    pub(super) fn message(&self) -> Option<&str> {
        first(&self.texts, self.names.messages)
    }

    pub(super) fn documentation_url(&self) -> Option<&str> {
        first(&self.texts, self.names.documentation_urls)
    }

    /// Whether there is nothing to show.
    pub(super) fn are_empty(&self) -> bool {
        self.message().is_none() && self.details.iter().all(Detail::is_empty)
    }

    /// All texts, to take secrets out of them.
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let details = self.details.iter_mut().flat_map(Detail::texts_mut);
        self.texts.values_mut().chain(details)
    }
}

/// The message and the details.
impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if let Some(message) = self.message() {
            Beginning(message, SHOWN).fmt(f)?;
            separator = ": ";
        }
        let details = self.details.iter().filter(|detail| !detail.is_empty());
        for (index, detail) in details.enumerate() {
            if index == DETAILS_SHOWN {
                return write!(f, "{separator}…");
            }
            write!(f, "{separator}{detail}")?;
            separator = "; ";
        }
        Ok(())
    }
}

impl Kept for Fields {
    fn keep_entry<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        object: &mut A,
    ) -> Result<(), A::Error> {
        let names = self.names;
        let name = named(key, &[names.messages, names.documentation_urls]);
        let is_list = names.details.contains(&key);
        if name.is_none() && !is_list {
            return object.next_value::<IgnoredAny>().map(drop);
        }
        let value = object.next_value_seed(Lenient(Property::new(names)))?;
        if let Some(name) = name {
            set(&mut self.texts, name, value.text);
        }
        if is_list {
            self.details = value.details;
        }
        Ok(())
    }
}

/// The value of a property: a text, or a list of details.
struct Property {
    names: &'static ErrorFields,
    text: Option<String>,
    details: Vec<Detail>,
}

impl Property {
    fn new(names: &'static ErrorFields) -> Self {
        Self {
            names,
            text: None,
            details: Vec::new(),
        }
    }
}

impl Kept for Property {
    fn keep_text(&mut self, text: &str) {
        self.text.keep_text(text);
    }

    fn keep_item<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<bool, A::Error> {
        if self.details.len() == DETAILS_KEPT {
            return Ok(list.next_element::<IgnoredAny>()?.is_some());
        }
        let detail = list.next_element_seed(Lenient(Detail::new(self.names)))?;
        let is_some = detail.is_some();
        self.details.extend(detail);
        Ok(is_some)
    }
}

/// One detail of an error.
struct Detail {
    names: &'static ErrorFields,
    texts: Texts,
    /// All of it, if it is mere text.
    plain: Option<String>,
}

impl Detail {
    fn new(names: &'static ErrorFields) -> Self {
        Self {
            names,
            texts: Texts::new(),
            plain: None,
        }
    }

    fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        self.texts.values_mut().chain(&mut self.plain)
    }

    fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.plain.is_none()
    }
}

impl Kept for Detail {
    fn keep_text(&mut self, text: &str) {
        self.plain.keep_text(text);
    }

    fn keep_entry<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        object: &mut A,
    ) -> Result<(), A::Error> {
        let names = self.names;
        let Some(name) = named(key, &[names.messages, names.codes, names.locations]) else {
            return object.next_value::<IgnoredAny>().map(drop);
        };
        let text = object.next_value_seed(Lenient(None))?;
        set(&mut self.texts, name, text);
        Ok(())
    }
}

/// As in `Issue.title: invalid: the title is too long`.
impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let locations = self.names.locations.iter();
        let locations = locations.filter_map(|name| self.texts.get(name));
        let location = locations.map(String::as_str).collect::<Vec<_>>().join(".");
        let parts = [
            Some(location.as_str()).filter(|location| !location.is_empty()),
            first(&self.texts, self.names.codes),
            first(&self.texts, self.names.messages).or(self.plain.as_deref()),
        ];
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
        Beginning(&text, SHOWN).fmt(f)
    }
}

/// The first property that is there.
fn first<'t>(texts: &'t Texts, names: &'static [&'static str]) -> Option<&'t str> {
    let mut found = names.iter().filter_map(|name| texts.get(name));
    found.next().map(String::as_str)
}

/// The name that a key is, if it is one of them.
fn named(key: &str, lists: &[&'static [&'static str]]) -> Option<&'static str> {
    let mut names = lists.iter().copied().flatten();
    names.find(|name| **name == key).copied()
}

/// Sets or removes a text: the last value of a key is used.
fn set(texts: &mut Texts, name: &'static str, text: Option<String>) {
    match text {
        Some(text) => texts.insert(name, text),
        None => texts.remove(name),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::tests::API;

    /// However many details there are, few are kept, and the rest of the body is read.
    #[test]
    fn few_are_kept() {
        for detail in ["{}", "[]", "0", "\"\"", r#"{"a":[{}]}"#] {
            let many = vec![detail; 1000].join(",");
            let body = format!(r#"{{"errors":[{many}],"a":[{many}],"message":"m"}}"#);
            let fields = Fields::read(&body, &API.error_fields);
            assert_eq!(fields.details.len(), 100);
            assert_eq!(fields.message(), Some("m"));
        }
    }
}
