//! Which operations answer one page of a list.

use serde_json::Value;

use super::response::Responses;
use super::{Paging, Parameter, Place, Success};
use crate::schema::{Kind, behind, fields, kind};

/// Parameters that select a page.
const SELECTORS: &[&str] = &["page", "per_page"];

/// A list goes on when a GET has the query parameters `page` and `per_page`, its success has a
/// `Link` header, and the body is an array or an object with exactly one array in it.
pub(super) fn recognise(
    root: &Value,
    method: &str,
    parameters: &[Parameter],
    responses: &Responses,
) -> Option<Paging> {
    let Success::Json { schema, .. } = &responses.success else {
        return None;
    };
    let is_selected = SELECTORS.iter().all(|selector| {
        parameters
            .iter()
            .any(|parameter| parameter.place == Place::Query && parameter.name == *selector)
    });
    if method != "get" || !is_selected || !responses.has_link {
        return None;
    }
    let schema = behind(root, schema);
    match kind(schema) {
        Kind::Array => Some(Paging::Items),
        Kind::Object => only_array(root, schema).map(Paging::Property),
        _ => None,
    }
}

/// The name of the one property that is an array.
fn only_array(root: &Value, schema: &Value) -> Option<String> {
    let mut arrays = fields(schema, "properties")
        .filter(|(_, property)| kind(behind(root, property)) == Kind::Array);
    match (arrays.next(), arrays.next()) {
        (Some((name, _)), None) => Some(name.clone()),
        _ => None,
    }
}
