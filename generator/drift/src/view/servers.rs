//! Where an operation is served.

use openapi::{Pointer, template};
use serde_json::Value;

use super::index::Entry;

/// The URLs of an operation's servers, without variable names, and their position.
/// None if the document doesn't say.
pub(super) fn servers(root: &Value, entry: &Entry<'_>) -> Option<(Pointer, Vec<String>)> {
    let lists =
        [entry.at.clone(), entry.item.clone(), Pointer::root()].map(|at| at.child("servers"));
    lists.into_iter().find_map(|at| {
        let listed = root.pointer(at.as_str())?.as_array()?;
        let urls = listed
            .iter()
            .filter_map(|server| server.get("url")?.as_str());
        let mut urls: Vec<_> = urls
            .map(|url| template(url).trim_end_matches('/').to_owned())
            .collect();
        urls.sort();
        (!urls.is_empty()).then_some((at, urls))
    })
}
