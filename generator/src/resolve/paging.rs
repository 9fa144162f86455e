//! Which operations answer one page of a list.

use super::Resolver;
use super::response::Responses;
use crate::model::{Paging, Parameter, ParameterLocation, Shape, Type};

/// Parameters that select a page.
const SELECTORS: &[&str] = &["page", "per_page"];

/// A list goes on when a GET has the query parameters `page` and `per_page`, its success has a
/// `Link` header, and the body is an array or an object with exactly one array in it.
pub(super) fn recognise(
    resolver: &Resolver<'_>,
    method: &str,
    parameters: &[Parameter],
    responses: &Responses,
) -> Option<Paging> {
    let is_selected = SELECTORS.iter().all(|selector| {
        parameters.iter().any(|parameter| {
            parameter.location == ParameterLocation::Query && parameter.name == *selector
        })
    });
    if method != "get" || !is_selected || !responses.has_link {
        return None;
    }
    let page = responses.success.json()?;
    match resolver.types.behind(page)? {
        (Type::List(_), _) => Some(Paging::Items),
        (_, Some(Shape::Struct(page))) => {
            let mut lists = page.fields.iter().filter(|field| {
                let type_ = resolver.types.behind(&field.type_);
                matches!(type_, Some((Type::List(_), _)))
            });
            match (lists.next(), lists.next()) {
                (Some(list), None) => Some(Paging::Property(list.property.clone())),
                _ => None,
            }
        }
        _ => None,
    }
}
