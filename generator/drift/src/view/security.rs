//! The security requirements of an operation.

use std::collections::BTreeSet;

use openapi::Pointer;
use serde_json::Value;

use super::index::Entry;
use super::refs::follow;

/// One alternative: the schemes and scopes that are required together.
pub(crate) type Way = BTreeSet<String>;

/// The alternative without credentials.
pub(crate) const NOTHING: Way = Way::new();

/// The ways in, and where they are listed if they are. Unspecified security means none.
pub(super) fn security(root: &Value, entry: &Entry<'_>) -> (Option<Pointer>, BTreeSet<Way>) {
    let lists = [entry.at.clone(), Pointer::root()].map(|at| at.child("security"));
    let declared = lists.into_iter().find_map(|at| {
        let listed = root.pointer(at.as_str())?.as_array()?;
        let ways: BTreeSet<_> = listed.iter().map(|way| schemes(root, way)).collect();
        Some((at, ways))
    });
    match declared {
        Some((at, ways)) if !ways.is_empty() => (Some(at), ways),
        Some((at, _)) => (Some(at), BTreeSet::from([NOTHING])),
        None => (None, BTreeSet::from([NOTHING])),
    }
}

/// Each scheme, and each scope of it.
fn schemes(root: &Value, way: &Value) -> Way {
    let mut needed = Way::new();
    for (name, scopes) in way.as_object().into_iter().flatten() {
        let scheme = scheme(root, name);
        let scopes = scopes.as_array().into_iter().flatten();
        let scopes = scopes.filter_map(Value::as_str);
        needed.extend(scopes.map(|scope| format!("{scheme} {scope}")));
        needed.insert(scheme);
    }
    needed
}

/// A scheme without its name: `http bearer`, `apiKey in header x-key`.
fn scheme(root: &Value, name: &str) -> String {
    let at = ["components", "securitySchemes", name];
    let at = at
        .iter()
        .fold(Pointer::root(), |at, segment| at.child(segment));
    let Ok((_, scheme)) = follow(root, &at) else {
        return name.to_owned();
    };
    let text = |field: &str| {
        scheme
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or("?")
            .to_lowercase()
    };
    match text("type").as_str() {
        "http" => format!("http {}", text("scheme")),
        "apikey" => format!("apiKey in {} {}", text("in"), text("name")),
        kind => kind.to_owned(),
    }
}
