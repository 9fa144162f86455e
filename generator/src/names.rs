//! Names of the document as Rust identifiers.

use heck::{ToPascalCase, ToSnakeCase};

/// Names that methods and fields of every request have, so that no parameter can take them.
const RESERVED_IN_REQUESTS: &[&str] = &[
    "decode",
    "download",
    "extract_to",
    "into_async_read",
    "new",
    "pages",
    "prefetch",
    "request",
    "send",
    "session",
    "stream",
    "to_file",
];

/// Types that the files of operations import or have from the prelude.
const IMPORTED_TYPES: &[&str] = &[
    "Answer",
    "Api",
    "BTreeMap",
    "Box",
    "Client",
    "ClientBuilder",
    "DateTime",
    "Error",
    "Into",
    "NaiveDate",
    "Operation",
    "Option",
    "QueryParam",
    "Redirect",
    "RequestBuilder",
    "Response",
    "Result",
    "Session",
    "String",
    "Utc",
    "Vec",
];

/// The type's or variant's name for `name`: `artifact-id` becomes `ArtifactId`.
pub(crate) fn type_name(name: &str) -> String {
    identifier(spelled(name).to_pascal_case(), "Empty")
}

/// The module's, function's or field's name for `name`: `get-artifact` becomes `get_artifact`.
pub(crate) fn value_name(name: &str) -> String {
    identifier(spelled(name).to_snake_case(), "empty")
}

/// The field's and setter's name for a parameter.
pub(crate) fn parameter_name(name: &str) -> String {
    let name = value_name(name);
    if RESERVED_IN_REQUESTS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// The request type's name for an operation of the namespace whose type is `owner`.
pub(crate) fn request_type_name(name: &str, owner: &str) -> String {
    let name = type_name(name);
    if IMPORTED_TYPES.contains(&name.as_str()) || name == owner {
        format!("{name}Request")
    } else {
        name
    }
}

/// The type's name for a namespace.
pub(crate) fn namespace_type_name(name: &str) -> String {
    let name = type_name(name);
    if IMPORTED_TYPES.contains(&name.as_str()) {
        format!("{name}Operations")
    } else {
        name
    }
}

/// Writes out the signs that alone tell two names apart, as in the reactions `+1` and `-1`.
fn spelled(name: &str) -> String {
    let name = match name.strip_prefix(['+', '-']) {
        Some(rest) if rest.starts_with(|first: char| first.is_ascii_digit()) => {
            let sign = if name.starts_with('+') {
                "plus"
            } else {
                "minus"
            };
            format!("{sign} {rest}")
        }
        _ => name.to_owned(),
    };
    name.replace('\'', "")
        .replace(|character: char| !character.is_alphanumeric(), " ")
}

/// Makes a valid identifier of a name that heck has cased, or of `empty` if nothing is left of it.
fn identifier(name: String, empty: &str) -> String {
    let name = match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if first.is_numeric() => format!("_{name}"),
        Some(_) => name,
    };
    if syn::parse_str::<syn::Ident>(&name).is_ok() {
        name
    } else {
        format!("{name}_")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types() {
        assert_eq!(type_name("artifact-id"), "ArtifactId");
        assert_eq!(type_name("HTTPError"), "HttpError");
        assert_eq!(type_name("self"), "Self_");
        assert_eq!(type_name("3d"), "_3d");
        assert_eq!(type_name("+1"), "Plus1");
        assert_eq!(type_name("-1"), "Minus1");
        assert_eq!(type_name("…"), "Empty");
    }

    #[test]
    fn values() {
        assert_eq!(value_name("get-artifact"), "get_artifact");
        assert_eq!(value_name("X-Foo"), "x_foo");
        assert_eq!(value_name("type"), "type_");
    }

    #[test]
    fn parameters_leave_the_names_of_requests_alone() {
        assert_eq!(parameter_name("send"), "send_");
        assert_eq!(parameter_name("per_page"), "per_page");
    }
}
