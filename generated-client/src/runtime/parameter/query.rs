//! Query parameters.

use serde::Serialize;

use super::deep_object::deep_pairs;
use super::percent::Encoding;
use super::style::{Delimiter, exploded, joined};
use super::value::{Parameter, json_value};
use crate::runtime::Error;

/// The query of a request, to which its parameters are added.
///
/// An absent value adds nothing, and nor does an empty array or object.
#[must_use = "a query is for a URL"]
pub(crate) struct Query {
    /// `name=value` pairs, encoded.
    pairs: Vec<String>,
}

#[allow(dead_code, reason = "the document decides which styles there are")]
impl Query {
    pub(crate) fn new() -> Self {
        Self { pairs: Vec::new() }
    }

    /// Style `form`, exploded, which is the default: an array repeats the name, and an object adds
    /// its own names.
    pub(crate) fn form(self, name: &'static str, value: &impl Serialize) -> Result<Self, Error> {
        self.exploded(name, value, Encoding::Unreserved)
    }

    /// The same for a parameter with `allowReserved`.
    pub(crate) fn form_reserved(
        self,
        name: &'static str,
        value: &impl Serialize,
    ) -> Result<Self, Error> {
        self.exploded(name, value, Encoding::Reserved)
    }

    /// Styles `form`, `spaceDelimited` and `pipeDelimited`, not exploded: an array is one value, and
    /// so is an object, with its names among its values.
    pub(crate) fn joined(
        self,
        name: &'static str,
        value: &impl Serialize,
        delimiter: Delimiter,
    ) -> Result<Self, Error> {
        self.in_a_row(name, value, delimiter, Encoding::Unreserved)
    }

    /// The same for a parameter with `allowReserved`.
    pub(crate) fn joined_reserved(
        self,
        name: &'static str,
        value: &impl Serialize,
        delimiter: Delimiter,
    ) -> Result<Self, Error> {
        self.in_a_row(name, value, delimiter, Encoding::Reserved)
    }

    /// Style `deepObject`: `name[member]=value`, to any depth.
    ///
    /// OpenAPI does not define the form of arrays. An array within an object repeats the name of its
    /// member; one with objects or arrays as items numbers them, as in `name[member][0][id]=1`. An
    /// array that is the parameter itself becomes `name[]=value`, and a scalar `name=value`.
    pub(crate) fn deep_object(
        mut self,
        name: &'static str,
        value: &impl Serialize,
    ) -> Result<Self, Error> {
        for (path, value) in deep_pairs(name, json_value(name, value)?)? {
            self.push(&path, &Encoding::Unreserved.encode(&value));
        }
        Ok(self)
    }

    /// A value that is sent as JSON (`content: application/json`).
    pub(crate) fn json(
        mut self,
        name: &'static str,
        value: &impl Serialize,
    ) -> Result<Self, Error> {
        let value = json_value(name, value)?;
        if !value.is_null() {
            self.push(name, &Encoding::Unreserved.encode(&value.to_string()));
        }
        Ok(self)
    }

    /// A name and a value as they are.
    pub(in crate::runtime) fn pair(mut self, name: &str, value: &str) -> Self {
        self.push(name, &Encoding::Unreserved.encode(value));
        self
    }

    /// The URL with the query appended to its own.
    pub(crate) fn append_to(self, url: impl Into<String>) -> String {
        let url = url.into();
        if self.pairs.is_empty() {
            return url;
        }
        let (url, fragment) = match url.split_once('#') {
            Some((url, fragment)) => (url, format!("#{fragment}")),
            None => (url.as_str(), String::new()),
        };
        let between = match url.split_once('?') {
            None => "?",
            Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
            Some(_) => "&",
        };
        format!("{url}{between}{}{fragment}", self.pairs.join("&"))
    }

    fn exploded(
        mut self,
        name: &'static str,
        value: &impl Serialize,
        encoding: Encoding,
    ) -> Result<Self, Error> {
        for (name, value) in exploded(name, Parameter::new(name, value)?) {
            self.push(&name, &encoding.encode(&value));
        }
        Ok(self)
    }

    fn in_a_row(
        mut self,
        name: &'static str,
        value: &impl Serialize,
        delimiter: Delimiter,
        encoding: Encoding,
    ) -> Result<Self, Error> {
        if let Some(value) = joined(&Parameter::new(name, value)?, delimiter, encoding) {
            self.push(name, &value);
        }
        Ok(self)
    }

    /// Adds a value that is encoded already.
    fn push(&mut self, name: &str, value: &str) {
        let name = Encoding::Unreserved.encode(name);
        self.pairs.push(format!("{name}={value}"));
    }
}

#[cfg(test)]
mod tests;
