//! Structs as objects of JSON, by a table of their properties.
//!
//! The derived implementations are most of the code that the compiler reads of a large API. Those of
//! [`json_object`] share the code below, and take half of the time and memory.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// Implements `Serialize` and `Deserialize` for a struct, by a row for each of its fields:
///
/// | row | property |
/// | --- | --- |
/// | `"name" => required(name)` | is required, and may be `null` |
/// | `"name" => optional(name)` | is absent if the field is `None`; `null` is read as `None` too |
/// | `"name" => items(name)` | is absent if the field has no items; `null` is read as no items |
/// | `"name" => nullable(name)` | is absent if the field is `None`, and `null` if it is `Some(None)` |
/// | `_ => additional(others)` | has a name without a row of its own |
#[allow(unused_macros, reason = "a document may have no objects")]
macro_rules! json_object {
    ($type:ident {
        $($property:literal => $kind:ident($field:ident),)*
        $(_ => additional($additional:ident),)?
    }) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::ObjectWriter::new(serializer)
                    $(.$kind($property, &self.$field))*
                    $(.additional(&self.$additional))?
                    .end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::read_object(deserializer)
            }
        }

        impl<'de> $crate::runtime::JsonObject<'de> for $type {
            #[allow(clippy::match_single_binding, reason = "there may be no properties")]
            fn read<A: serde::de::MapAccess<'de>>(
                mut object: $crate::runtime::ObjectReader<A>,
            ) -> Result<Self, A::Error> {
                $(let mut $field = None;)*
                $(let mut $additional = Default::default();)?
                while let Some(name) = object.next_name()? {
                    match &*name {
                        $($property => object.read($property, &mut $field),)*
                        $(_ => object.read_additional(name, &mut $additional),)?
                        #[allow(unreachable_patterns, reason = "there may be additional properties")]
                        _ => object.skip(),
                    }?;
                }
                Ok(Self {
                    $($field: object.$kind($property, $field)?,)*
                    $($additional)?
                })
            }
        }
    };
}

#[allow(unused_imports, reason = "a document may have no objects")]
pub(crate) use json_object;

/// A struct that [`json_object`] has implemented serde's traits for.
#[allow(dead_code, reason = "the document decides which of them are used")]
pub(crate) trait JsonObject<'de>: Sized {
    /// Reads the properties of an object to its end.
    fn read<A: MapAccess<'de>>(object: ObjectReader<A>) -> Result<Self, A::Error>;
}

/// Decodes an object.
#[allow(dead_code, reason = "the document decides which of them are used")]
pub(crate) fn read_object<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: JsonObject<'de>,
    D: Deserializer<'de>,
{
    struct Reading<T>(PhantomData<T>);

    impl<'de, T: JsonObject<'de>> Visitor<'de> for Reading<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, properties: A) -> Result<T, A::Error> {
            T::read(ObjectReader(properties))
        }
    }

    deserializer.deserialize_map(Reading(PhantomData))
}

/// The properties of an object that have not been read yet.
#[derive(Debug)]
#[allow(dead_code, reason = "the document decides which of them are used")]
pub(crate) struct ObjectReader<A>(A);

#[allow(dead_code, reason = "the document decides which of them are used")]
impl<'de, A: MapAccess<'de>> ObjectReader<A> {
    /// Reads the name of the next property; none at the end of the object.
    pub(crate) fn next_name(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        let name = self.0.next_key::<Name<'de>>()?;
        Ok(name.map(|Name(name)| name))
    }

    /// Reads the value of a property into its field.
    pub(crate) fn read<T: Deserialize<'de>>(
        &mut self,
        property: &'static str,
        field: &mut Option<T>,
    ) -> Result<(), A::Error> {
        if field.is_some() {
            return Err(A::Error::duplicate_field(property));
        }
        *field = Some(self.0.next_value()?);
        Ok(())
    }

    /// Reads the value of a property that has no field.
    pub(crate) fn read_additional<C: Collection>(
        &mut self,
        name: Cow<'de, str>,
        additional: &mut C,
    ) -> Result<(), A::Error>
    where
        C::Item: Deserialize<'de>,
    {
        additional.insert(name.into_owned(), self.0.next_value()?);
        Ok(())
    }

    /// Skips the value of a property that the document does not name.
    pub(crate) fn skip(&mut self) -> Result<(), A::Error> {
        self.0.next_value::<IgnoredAny>()?;
        Ok(())
    }

    /// Takes the value of a required property.
    pub(crate) fn required<T>(
        &self,
        property: &'static str,
        field: Option<T>,
    ) -> Result<T, A::Error> {
        field.ok_or_else(|| A::Error::missing_field(property))
    }

    /// Takes the value of a property that may be absent.
    pub(crate) fn optional<T: Default>(
        &self,
        _property: &'static str,
        field: Option<T>,
    ) -> Result<T, A::Error> {
        Ok(field.unwrap_or_default())
    }

    /// Takes the items of a property that may be absent or, as some servers send it, `null`.
    pub(crate) fn items<C: Default>(
        &self,
        _property: &'static str,
        field: Option<Option<C>>,
    ) -> Result<C, A::Error> {
        Ok(field.flatten().unwrap_or_default())
    }

    /// Takes the value of a property that may be absent, and may be `null` as well.
    pub(crate) fn nullable<T>(
        &self,
        _property: &'static str,
        field: Option<Option<T>>,
    ) -> Result<Option<Option<T>>, A::Error> {
        Ok(field)
    }
}

/// The name of a property: borrowed from the text unless it has escapes.
#[allow(dead_code, reason = "the document decides which of them are used")]
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Naming;

        impl<'de> Visitor<'de> for Naming {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a property")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }

            fn visit_string<E>(self, name: String) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name)))
            }
        }

        deserializer.deserialize_identifier(Naming)
    }
}

/// An object that is being written. An error is returned at its end.
#[derive(Debug)]
#[allow(dead_code, reason = "the document decides which of them are used")]
pub(crate) struct ObjectWriter<S: Serializer>(Result<S::SerializeMap, S::Error>);

#[allow(dead_code, reason = "the document decides which of them are used")]
impl<S: Serializer> ObjectWriter<S> {
    pub(crate) fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    /// Writes a required property.
    pub(crate) fn required(mut self, property: &str, value: &impl Serialize) -> Self {
        if let Ok(object) = &mut self.0
            && let Err(error) = object.serialize_entry(property, value)
        {
            self.0 = Err(error);
        }
        self
    }

    /// Writes a property unless it is absent.
    pub(crate) fn optional(self, property: &str, value: &(impl Serialize + Absence)) -> Self {
        if value.is_absent() {
            return self;
        }
        self.required(property, value)
    }

    /// Writes the items of a property unless there are none.
    pub(crate) fn items(self, property: &str, items: &(impl Serialize + Absence)) -> Self {
        self.optional(property, items)
    }

    /// Writes a property that is absent, `null`, or a value.
    pub(crate) fn nullable<T: Serialize>(self, property: &str, value: &Option<Option<T>>) -> Self {
        self.optional(property, value)
    }

    /// Writes the properties that have no field.
    pub(crate) fn additional<C: Collection>(self, additional: &C) -> Self
    where
        C::Item: Serialize,
    {
        let properties = additional.properties();
        properties.fold(self, |object, (name, value)| object.required(name, value))
    }

    pub(crate) fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }
}

/// A value that may stand for the absence of a property.
#[allow(dead_code, reason = "the document decides which of them are used")]
pub(crate) trait Absence {
    fn is_absent(&self) -> bool;
}

impl<T> Absence for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absence for Box<Option<T>> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> Absence for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T> Absence for BTreeMap<String, T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl Absence for Map<String, Value> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// A collection of properties by their names.
#[allow(dead_code, reason = "the document decides which of them are used")]
pub(crate) trait Collection {
    type Item;

    fn insert(&mut self, name: String, value: Self::Item);

    fn properties(&self) -> impl Iterator<Item = (&String, &Self::Item)>;
}

impl<T> Collection for BTreeMap<String, T> {
    type Item = T;

    fn insert(&mut self, name: String, value: T) {
        self.insert(name, value);
    }

    fn properties(&self) -> impl Iterator<Item = (&String, &T)> {
        self.iter()
    }
}

impl Collection for Map<String, Value> {
    type Item = Value;

    fn insert(&mut self, name: String, value: Value) {
        self.insert(name, value);
    }

    fn properties(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq)]
    struct Thing {
        id: Option<u8>,
        object: String,
        tags: Vec<u8>,
        name: Option<Option<String>>,
        others: BTreeMap<String, u8>,
    }

    json_object! {
        Thing {
            "id" => required(id),
            "object" => required(object),
            "the tags" => items(tags),
            "name" => nullable(name),
            _ => additional(others),
        }
    }

    /// What typify has for a property that refers to itself, for maps, and for values of any type.
    #[derive(Debug, PartialEq)]
    struct Rarer {
        boxed: Box<Option<u8>>,
        map: BTreeMap<String, u8>,
        object: Map<String, Value>,
        others: Map<String, Value>,
    }

    json_object! {
        Rarer {
            "boxed" => optional(boxed),
            "map" => items(map),
            "object" => items(object),
            _ => additional(others),
        }
    }

    #[derive(Debug, PartialEq)]
    struct Nothing {}

    json_object! {
        Nothing {}
    }

    fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn check(text: &str, tags: &[u8], name: Option<Option<&str>>, others: &[(&str, u8)]) {
        let others = others
            .iter()
            .map(|(name, value)| ((*name).to_owned(), *value));
        let thing = Thing {
            id: None,
            object: "o".to_owned(),
            tags: tags.to_owned(),
            name: name.map(|name| name.map(str::to_owned)),
            others: others.collect(),
        };
        assert_eq!(read::<Thing>(text).as_ref(), Ok(&thing));
        assert_eq!(serde_json::to_string(&thing).unwrap(), text);
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(
            serde_json::from_value::<Thing>(value.clone()).unwrap(),
            thing
        );
        assert_eq!(serde_json::to_value(&thing).unwrap(), value);
    }

    #[test]
    fn objects() {
        check(r#"{"id":null,"object":"o"}"#, &[], None, &[]);
        check(
            r#"{"id":null,"object":"o","the tags":[1],"name":null,"a":1}"#,
            &[1],
            Some(None),
            &[("a", 1)],
        );
        check(
            r#"{"id":null,"object":"o","name":"n"}"#,
            &[],
            Some(Some("n")),
            &[],
        );
        assert_eq!(read(r#"{"a": [{}]}"#), Ok(Nothing {}));
        assert_eq!(serde_json::to_value(Nothing {}).unwrap(), json!({}));
    }

    #[test]
    fn rarer_fields() {
        for text in [
            "{}",
            r#"{"boxed":1,"map":{"a":1},"object":{"b":2},"c":[3]}"#,
        ] {
            let rarer = read::<Rarer>(text).unwrap();
            assert_eq!(serde_json::to_string(&rarer).unwrap(), text);
        }
    }

    #[test]
    fn escaped_names() {
        let text = r#"{"\u0069d": 1, "object": "o", "\t": 2}"#;
        let thing = read::<Thing>(text).unwrap();
        assert_eq!(thing.id, Some(1));
        assert_eq!(thing.others["\t"], 2);
    }

    #[test]
    fn null_is_no_items() {
        let thing = read::<Thing>(r#"{"id": 1, "object": "o", "the tags": null}"#).unwrap();
        assert!(thing.tags.is_empty());
    }

    #[test]
    fn refusals() {
        for (text, reason) in [
            (r#"{"object": "o"}"#, "missing field `id`"),
            (r#"{"id": 1, "id": 1}"#, "duplicate field `id`"),
            (
                r#"{"id": 1, "object": "o", "the tags": {}}"#,
                "expected a sequence",
            ),
            (r#"[1, "o", [], null]"#, "expected an object"),
        ] {
            let error = read::<Thing>(text).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }

    /// The first failure is returned, and nothing is written after it.
    #[test]
    fn keys_must_be_strings() {
        #[derive(Debug)]
        struct Odd {
            odd: BTreeMap<Vec<u8>, u8>,
            even: u8,
        }

        impl Serialize for Odd {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                ObjectWriter::new(serializer)
                    .required("odd", &self.odd)
                    .required("even", &self.even)
                    .end()
            }
        }

        let odd = Odd {
            odd: BTreeMap::from([(vec![1], 1)]),
            even: 2,
        };
        let error = serde_json::to_string(&odd).unwrap_err().to_string();
        assert_eq!(error, "key must be a string");
    }
}
