//! Names of the document as Rust identifiers.

pub(crate) mod reserved;

use std::collections::BTreeSet;

use heck::{ToPascalCase, ToSnakeCase};
pub(crate) use openapi::free_name;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Files that Windows can't hold.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// The longest name of a module, in bytes.
const MODULE_LENGTH: usize = 100;

/// The type's name for a schema.
pub(crate) fn schema_type_name(name: &str) -> String {
    let name = type_name(name);
    if reserved::IN_FILES_OF_TYPES.contains(&name.as_str()) {
        format!("{name}Type")
    } else {
        lettered(name, "Schema")
    }
}

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
    if reserved::IN_REQUESTS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// The name of a mock's method for a namespace, or for an operation without one.
pub(crate) fn mock_method_name(name: &str) -> String {
    if reserved::IN_MOCKS.contains(&name) {
        format!("{name}_")
    } else {
        name.to_owned()
    }
}

/// The names of setters for fields, in a struct that has other `methods` as well.
pub(crate) fn setter_names(
    fields: impl IntoIterator<Item = String>,
    methods: &[&str],
) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let names = fields.into_iter().map(|field| {
        let is_reserved = [reserved::IN_STRUCTS, methods]
            .iter()
            .any(|names| names.contains(&field.as_str()));
        let wish = if is_reserved {
            format!("{field}_")
        } else {
            field
        };
        free_name(&wish, "_", &mut taken)
    });
    names.collect()
}

/// The request type's name for an operation of the namespace whose type is `owner`.
pub(crate) fn request_type_name(name: &str, owner: &str) -> String {
    let name = type_name(name);
    if reserved::IN_FILES_OF_OPERATIONS.contains(&name.as_str()) || name == owner {
        format!("{name}Request")
    } else {
        lettered(name, "Request")
    }
}

/// A type's name that begins with a letter: one that begins with a digit would be that of its module.
fn lettered(name: String, beginning: &str) -> String {
    match name.strip_prefix('_') {
        Some(digits) => format!("{beginning}{digits}"),
        None => name,
    }
}

/// The name of a module and its file for `name`: one that any system can hold.
pub(crate) fn module_name(name: &str) -> String {
    let module = value_name(name);
    let is_numbered = |stem: &str| {
        let number = module.strip_prefix(stem);
        number.is_some_and(|number| number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
    };
    // Windows takes them for devices, whatever their ending.
    if DEVICES.contains(&module.as_str()) || is_numbered("com") || is_numbered("lpt") {
        return format!("{module}_");
    }
    if module.len() <= MODULE_LENGTH {
        return module;
    }
    let beginning = &module[..MODULE_LENGTH - 9];
    format!(
        "{}_{:08x}",
        beginning.trim_end_matches('_'),
        checksum(&module)
    )
}

/// The module's name for an operation: another one than that of the module it is in.
pub(crate) fn operation_module(name: &str, namespace: Option<&str>) -> String {
    let module = module_name(name);
    if namespace == Some(module.as_str()) || module == "operations" {
        format!("{module}_operation")
    } else {
        module
    }
}

/// A hash (FNV-1a) that keeps long names with the same beginning apart.
fn checksum(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The type's name for a namespace.
pub(crate) fn namespace_type_name(name: &str) -> String {
    let name = type_name(name);
    if reserved::IN_FILES_OF_OPERATIONS.contains(&name.as_str()) {
        format!("{name}Operations")
    } else {
        lettered(name, "Operations")
    }
}

/// Spells out signs that may be the only difference between names, as in the reactions `+1` and `-1`; and all in ASCII:
/// letters without their marks, and other characters as code points.
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
    let mut spelled = String::new();
    for character in name
        .nfkd()
        .filter(|character| !is_combining_mark(*character))
    {
        match character {
            '\'' => {}
            'ß' => spelled.push_str("ss"),
            'æ' | 'Æ' => spelled.push_str("ae"),
            'œ' | 'Œ' => spelled.push_str("oe"),
            'ø' | 'Ø' => spelled.push('o'),
            'ł' | 'Ł' => spelled.push('l'),
            _ if character.is_ascii_alphanumeric() => spelled.push(character),
            // rustc warns of names that mix scripts or look like others, and files of such names have two spellings.
            _ if character.is_alphanumeric() => {
                spelled.push_str(&format!(" u{:x} ", u32::from(character)));
            }
            _ => spelled.push(' '),
        }
    }
    spelled
}

/// Makes a valid identifier of a name that heck has cased, or of `empty` if nothing is left of it.
fn identifier(name: String, empty: &str) -> String {
    let name = match name.chars().next() {
        None => empty.to_owned(),
        Some(first) if first.is_numeric() => format!("_{name}"),
        Some(_) => name,
    };
    // Edition 2024 has one keyword that syn knows nothing of.
    if name != "gen" && syn::parse_str::<syn::Ident>(&name).is_ok() {
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
        assert_eq!(type_name("+a"), "A");
        assert_eq!(type_name("-a"), "A");
        assert_eq!(type_name("…"), "Empty");
        assert_eq!(type_name("m²"), "M2");
        assert_eq!(type_name("²"), "_2");
        assert_eq!(type_name("Ärger"), "Arger");
        assert_eq!(type_name("A\u{308}rger"), "Arger");
        assert_eq!(type_name("ﬁ"), "Fi");
        assert_eq!(type_name("größe"), "Grosse");
        assert_eq!(type_name("名"), "U540d");
        assert_eq!(type_name("a\nb"), "AB");
    }

    #[test]
    fn values() {
        assert_eq!(value_name("get-artifact"), "get_artifact");
        assert_eq!(value_name("X-Foo"), "x_foo");
        assert_eq!(value_name("type"), "type_");
    }

    #[test]
    fn modules() {
        assert_eq!(module_name("com1"), "com1_");
        assert_eq!(module_name("LPT9"), "lpt9_");
        assert_eq!(module_name("com12"), "com12");
        assert_eq!(module_name("comb"), "comb");
        assert_eq!(module_name("aux"), "aux_");
        let longest = "a".repeat(MODULE_LENGTH);
        assert_eq!(module_name(&longest), longest);
        let shortened = module_name(&format!("{longest}b"));
        assert_eq!(shortened.len(), MODULE_LENGTH);
        assert_ne!(shortened, module_name(&format!("{longest}c")));
    }

    #[test]
    fn modules_of_operations() {
        assert_eq!(operation_module("pets", Some("pets")), "pets_operation");
        assert_eq!(operation_module("pets", None), "pets");
        assert_eq!(operation_module("mod", None), "mod_");
        assert_eq!(operation_module("operations", None), "operations_operation");
    }

    #[test]
    fn setters_leave_the_names_of_other_methods_alone() {
        let fields = ["new", "type_", "parts", "clone", "from"].map(str::to_owned);
        let names = ["new_", "type_", "parts_", "clone_", "from"];
        assert_eq!(setter_names(fields, &["parts"]), names);
    }

    #[test]
    fn parameters_leave_the_names_of_requests_alone() {
        assert_eq!(parameter_name("send"), "send_");
        assert_eq!(parameter_name("per_page"), "per_page");
    }
}
