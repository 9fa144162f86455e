//! Media types, as `Content-Type` headers and documents have them.

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type is JSON, as `application/json` and `application/problem+json` are.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn essences() {
        for (media_type, expected, json) in [
            ("application/json", "application/json", true),
            ("Application/JSON ; charset=utf-8", "application/json", true),
            (
                " application/problem+json;a=b;c=d",
                "application/problem+json",
                true,
            ),
            ("text/plain;a=application/json", "text/plain", false),
            ("application/json-seq", "application/json-seq", false),
            ("", "", false),
        ] {
            assert_eq!(essence(media_type), expected);
            assert_eq!(is_json(media_type), json, "{media_type}");
        }
    }
}
