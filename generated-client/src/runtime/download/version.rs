//! Versions of content at a store.

use std::ffi::OsStr;

use reqwest::Url;
use reqwest::header::{ETAG, HeaderMap, HeaderValue};
use sha2::{Digest as _, Sha256};

/// The version of the content, by what the store says of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Version {
    /// Its strong `ETag`.
    pub(super) etag: Option<HeaderValue>,
    /// Its length in bytes.
    pub(super) total: Option<u64>,
}

impl Version {
    pub(super) fn new(headers: &HeaderMap, total: Option<u64>) -> Self {
        let etag = headers.get(ETAG).filter(|etag| is_strong(etag)).cloned();
        Self { etag, total }
    }

    /// Whether the two cannot be the same.
    pub(super) fn differs_from(&self, other: &Self) -> bool {
        differ(self.etag.as_ref(), other.etag.as_ref())
            || differ(self.total.as_ref(), other.total.as_ref())
    }

    /// Some digits that stand for this version of what goes this way; none when there is another
    /// version that they could stand for.
    pub(super) fn key(&self, route: &Route) -> Option<String> {
        let (etag, total) = (self.etag.as_ref()?, self.total?);
        let mut hasher = route.0.clone();
        hash_part(&mut hasher, etag.as_bytes());
        hasher.update(total.to_le_bytes());
        Some(digits(hasher))
    }
}

/// Where content comes from, and the name of the file that it goes into: a store may well call two
/// objects the same. The API is the same whichever way it is reached.
#[derive(Clone, Debug)]
pub(super) struct Route(Sha256);

impl Route {
    pub(super) fn new(request: &Url, file_name: &OsStr) -> Self {
        let mut hasher = Sha256::new();
        hash_part(&mut hasher, request.path().as_bytes());
        hash_part(&mut hasher, request.query().unwrap_or_default().as_bytes());
        hash_part(&mut hasher, file_name.as_encoded_bytes());
        Self(hasher)
    }
}

/// Hashes one of several parts, so that no others give the same.
fn hash_part(hasher: &mut Sha256, part: &[u8]) {
    hasher.update(part.len().to_le_bytes());
    hasher.update(part);
}

/// The first 16 hexadecimal digits of a hash.
pub(super) fn digits(hasher: Sha256) -> String {
    let bytes = hasher.finalize();
    bytes[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn is_strong(etag: &HeaderValue) -> bool {
    let bytes = etag.as_bytes();
    bytes.len() >= 2 && bytes.starts_with(b"\"") && bytes.ends_with(b"\"")
}

fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(etag: &'static str, total: Option<u64>) -> Version {
        let etag = HeaderValue::from_static(etag);
        Version::new(&HeaderMap::from_iter([(ETAG, etag)]), total)
    }

    #[test]
    fn strong_etags() {
        for (etag, expected) in [
            ("\"a\"", true),
            ("\"\"", true),
            ("W/\"a\"", false),
            ("a", false),
            ("\"", false),
            ("", false),
        ] {
            assert_eq!(version(etag, None).etag.is_some(), expected, "{etag}");
        }
    }

    #[test]
    fn differences() {
        let known = version("\"a\"", Some(1));
        for (other, expected) in [
            (version("\"a\"", Some(1)), false),
            (version("W/\"b\"", None), false),
            (version("\"b\"", Some(1)), true),
            (version("\"a\"", Some(2)), true),
        ] {
            assert_eq!(known.differs_from(&other), expected, "{other:?}");
            assert_eq!(other.differs_from(&known), expected, "{other:?}");
        }
    }

    #[test]
    fn keys() {
        let key_of = |from: &str, name: &str, etag, total| {
            let from = Url::parse(from).unwrap();
            version(etag, total).key(&Route::new(&from, OsStr::new(name)))
        };
        let key = |name: &str, etag, total| key_of("https://api.test/1", name, etag, total);
        let known = key("a", "\"b\"", Some(1)).unwrap();
        assert_eq!(known.len(), 16);
        assert_eq!(key("a", "\"b\"", Some(1)), Some(known.clone()));
        for other in [
            key("b", "\"b\"", Some(1)),
            key("a", "\"c\"", Some(1)),
            key("a", "\"b\"", Some(2)),
            key("a\"", "b\"", Some(1)),
            key_of("https://api.test/2", "a", "\"b\"", Some(1)),
        ] {
            assert_ne!(other, Some(known.clone()));
        }
        assert_eq!(key("a", "W/\"b\"", Some(1)), None);
        assert_eq!(key("a", "\"b\"", None), None);
    }
}
