//! Lenient reading of JSON, which keeps some of it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The part of a JSON value that is kept: nothing of one that is not as expected.
pub(super) trait Kept {
    fn keep_text(&mut self, _text: &str) {}

    /// Takes the next item off a list, if there is one.
    fn keep_item<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<bool, A::Error> {
        Ok(list.next_element::<IgnoredAny>()?.is_some())
    }

    /// Takes the value of a key from an object.
    fn keep_entry<'de, A: MapAccess<'de>>(
        &mut self,
        _key: &str,
        object: &mut A,
    ) -> Result<(), A::Error> {
        object.next_value::<IgnoredAny>().map(drop)
    }
}

/// Reads a JSON value of any type into a value that keeps some of it.
pub(super) struct Lenient<T>(pub(super) T);

impl<'de, T: Kept> DeserializeSeed<'de> for Lenient<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Kept> Visitor<'de> for Lenient<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_i64<E>(self, _: i64) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_u64<E>(self, _: u64) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_f64<E>(self, _: f64) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(self.0)
    }

    fn visit_str<E>(mut self, text: &str) -> Result<T, E> {
        self.0.keep_text(text);
        Ok(self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<T, A::Error> {
        while self.0.keep_item(&mut list)? {}
        Ok(self.0)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<T, A::Error> {
        while let Some(key) = object.next_key::<String>()? {
            self.0.keep_entry(&key, &mut object)?;
        }
        Ok(self.0)
    }
}

impl Kept for Option<String> {
    fn keep_text(&mut self, text: &str) {
        *self = Some(text.to_owned());
    }
}
