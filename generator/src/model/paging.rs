//! Which operations answer one page of a list.

use serde_json::Value;

use super::resolve::Resolver;
use super::response::Responses;
use super::{Paging, Parameter, Place, Success};

/// Parameters that select a page.
const SELECTORS: &[&str] = &["page", "per_page"];

/// A list goes on when its success has a `Link` header, `page` and `per_page` select a page, and
/// the body is an array or an object with exactly one array in it.
pub(super) fn recognise(
    resolver: &Resolver<'_>,
    parameters: &[Parameter],
    responses: &Responses,
) -> Option<Paging> {
    let Success::Json { schema, .. } = &responses.success else {
        return None;
    };
    let selected = SELECTORS.iter().all(|selector| {
        parameters
            .iter()
            .any(|parameter| parameter.place == Place::Query && parameter.name == *selector)
    });
    if !selected || !responses.has_link {
        return None;
    }
    let schema = target(resolver.root(), schema);
    if is_array(schema) {
        return Some(Paging::Items);
    }
    let properties = schema.get("properties")?.as_object()?;
    let mut arrays = properties
        .iter()
        .filter(|(_, property)| is_array(target(resolver.root(), property)));
    match (arrays.next(), arrays.next()) {
        (Some((name, _)), None) => Some(Paging::Property(name.clone())),
        _ => None,
    }
}

fn is_array(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("array")
}

/// The schema behind a reference.
fn target<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let target = reference.and_then(|reference| root.pointer(reference.strip_prefix('#')?));
    target.unwrap_or(schema)
}
