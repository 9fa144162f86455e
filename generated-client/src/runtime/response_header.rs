//! The value of a response's header.

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads the first header of a name as a value of a type: text, what is written as in JSON, or a
/// list with commas. `None` when there is no such header, or it is not of the type.
#[allow(dead_code, reason = "a document may describe no headers of responses")]
pub(crate) fn response_header<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    let as_text = || T::deserialize(Value::from(text)).ok();
    let as_json = || serde_json::from_str(text).ok();
    let as_list = || {
        let items = text.split(',').map(|item| Value::from(item.trim()));
        T::deserialize(Value::Array(items.collect())).ok()
    };
    as_text().or_else(as_json).or_else(as_list)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn read<T: DeserializeOwned>(text: &'static str) -> Option<T> {
        let headers =
            HeaderMap::from_iter([("x-value".parse().unwrap(), HeaderValue::from_static(text))]);
        response_header(&headers, "X-Value")
    }

    #[test]
    fn values() {
        assert_eq!(read::<String>(" 12 ").as_deref(), Some("12"));
        assert_eq!(read::<u64>("12"), Some(12));
        assert_eq!(read::<bool>("true"), Some(true));
        assert_eq!(
            read::<Vec<String>>("a, b"),
            Some(vec!["a".to_owned(), "b".to_owned()])
        );
        assert_eq!(read::<u64>("soon"), None);
        assert_eq!(
            response_header::<String>(&HeaderMap::new(), "x-value"),
            None
        );
    }
}
