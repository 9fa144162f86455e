//! The document's examples as values.

use serde::de::DeserializeOwned;

/// Decodes an example of the document.
#[allow(dead_code, reason = "a document may have no examples")]
pub(crate) fn example<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json)
        .expect("codegen's tests hold that each example decodes into its type")
}
