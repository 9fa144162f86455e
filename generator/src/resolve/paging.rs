//! Recognises operations that return one page of a list.

use openapi::Pointer;

use super::Resolver;
use super::response::Responses;
use crate::model::{Paging, Parameter, ParameterLocation, Shape, Type, TypeRef};

/// Parameters that select a page.
const SELECTORS: &[&str] = &["page", "per_page"];

const RULE: &str = "unrecognised-pages";

/// A list goes on when a GET has the query parameters `page` and `per_page`, its success has a
/// `Link` header, and the body is an array or an object with exactly one array in it. An operation that lacks only one of these is reported.
pub(super) fn recognise(
    resolver: &mut Resolver<'_>,
    (method, pointer): (&str, &Pointer),
    parameters: &[Parameter],
    responses: &Responses,
) -> Option<Paging> {
    if method != "get" {
        return None;
    }
    let is_selected = |selector: &&&str| {
        parameters.iter().any(|parameter| {
            parameter.location == ParameterLocation::Query && parameter.name == **selector
        })
    };
    let paging = responses
        .success
        .json()
        .and_then(|page| of_page(resolver, page));
    let mut lacks: Vec<_> = SELECTORS
        .iter()
        .filter(|selector| !is_selected(selector))
        .map(|selector| format!("the query parameter `{selector}`"))
        .collect();
    if !responses.has_link {
        lacks.push("a `Link` header in its response".to_owned());
    }
    if paging.is_none() {
        lacks.push("a response that is an array, or an object with exactly one array".to_owned());
    }
    if let [lack] = &lacks[..] {
        let message = format!("almost a paginated list: it lacks {lack}");
        let hint = "describe it if the server has it: the request then gets `pages` and `stream`";
        resolver.report.add(RULE, pointer, message, hint);
    }
    paging.filter(|_| lacks.is_empty())
}

fn of_page(resolver: &Resolver<'_>, page: &TypeRef) -> Option<Paging> {
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
