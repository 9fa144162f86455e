//! Lenient reading of JSON, which keeps some of it.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What is kept of a JSON value: of one that is not as expected, nothing.
pub(super) trait Kept: Default {
    fn keep_text(&mut self, _text: &str) {}

    /// Takes the next item off a list, if there is one.
    fn keep_item<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<bool, A::Error> {
        Ok(list.next_element::<IgnoredAny>()?.is_some())
    }

    /// Takes what an object has for a key.
    fn keep_entry<'de, A: MapAccess<'de>>(
        &mut self,
        _key: &str,
        object: &mut A,
    ) -> Result<(), A::Error> {
        object.next_value::<IgnoredAny>().map(drop)
    }
}

/// Reads a JSON value of any type.
pub(super) struct Lenient<T>(pub(super) T);

impl<'de, T: Kept> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader(PhantomData)).map(Self)
    }
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Kept> Visitor<'de> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        let mut kept = T::default();
        kept.keep_text(text);
        Ok(kept)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<T, A::Error> {
        let mut kept = T::default();
        while kept.keep_item(&mut list)? {}
        Ok(kept)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<T, A::Error> {
        let mut kept = T::default();
        while let Some(key) = object.next_key::<String>()? {
            kept.keep_entry(&key, &mut object)?;
        }
        Ok(kept)
    }
}

impl Kept for Option<String> {
    fn keep_text(&mut self, text: &str) {
        *self = Some(text.to_owned());
    }
}
