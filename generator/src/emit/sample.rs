//! An example of a call, which compiles.

use quote::{ToTokens, format_ident};
use serde_json::Value;
use syn::visit_mut::VisitMut;
use syn::{Ident, Path, parse_quote};

use super::subject::{FieldOf, Subject, is_converted};
use crate::model::Success;

/// Columns of an example's code.
const WIDTH: usize = 88;

/// The example as a code block.
pub(super) fn docs(subject: &Subject<'_>) -> Vec<String> {
    let mut given = Vec::new();
    let mut arguments = Vec::new();
    for field in subject.fields.iter().filter(|field| field.is_argument()) {
        arguments.push(literal(subject, field).unwrap_or_else(|| {
            given.push(format!(", {}: {}", field.ident, type_of(subject, field)));
            field.ident.to_string()
        }));
    }
    let name = &subject.context.crate_name;
    let mut lines = vec![
        "```no_run".to_owned(),
        format!("# use {name}::{{Client, Error}};"),
        format!(
            "# async fn example(client: Client{}) -> Result<(), Error> {{",
            given.concat()
        ),
    ];
    lines.extend(call(subject, &arguments));
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// The call and what is done with its value.
fn call(subject: &Subject<'_>, arguments: &[String]) -> Vec<String> {
    let (bound, used) = match &subject.operation.success {
        Success::Json { .. } => ("let response = ", Some("println!(\"{response:?}\");")),
        Success::Empty { .. } => ("", None),
        Success::Redirect { .. } => ("let redirect = ", Some("println!(\"{redirect}\");")),
    };
    let call = format!("{}({})", subject.operation.name, arguments.join(", "));
    let one = format!("{bound}{}.{call}.send().await?;", subject.receiver);
    let mut lines = if one.len() <= WIDTH {
        vec![one]
    } else {
        let mut receiver = subject.receiver.split('.');
        let first = format!("{bound}{}", receiver.next().unwrap_or_default());
        let calls = receiver.map(str::to_owned).chain([call]);
        let mut lines = vec![first];
        lines.extend(calls.map(|call| format!("    .{call}")));
        lines.push("    .send()".to_owned());
        lines.push("    .await?;".to_owned());
        lines
    };
    lines.extend(used.map(str::to_owned));
    lines
}

/// An argument that can be written down: text, a number, or a type that is made of one.
fn literal(subject: &Subject<'_>, field: &FieldOf<'_>) -> Option<String> {
    let type_ = type_of(subject, field);
    let example = field.example;
    match type_.as_str() {
        "String" => {
            let text = example.and_then(Value::as_str).unwrap_or("…");
            Some(format!("{text:?}"))
        }
        "bool" => Some(example.and_then(Value::as_bool).unwrap_or(true).to_string()),
        "i32" | "i64" | "u64" => Some(example.and_then(Value::as_i64).unwrap_or(1).to_string()),
        _ if is_integer(subject, field) => {
            Some(example.and_then(Value::as_i64).unwrap_or(1).to_string())
        }
        _ => None,
    }
}

/// Whether a named type is made of an integer.
fn is_integer(subject: &Subject<'_>, field: &FieldOf<'_>) -> bool {
    let type_ = field.type_.to_token_stream().to_string();
    let schema = type_
        .strip_prefix("types :: ")
        .and_then(|name| subject.context.lowered.schema(name));
    is_converted(&field.type_, subject.context)
        && schema
            .is_some_and(|schema| schema["type"] == "integer" && schema.get("nullable").is_none())
}

/// A field's type as code outside of the crate names it.
fn type_of(subject: &Subject<'_>, field: &FieldOf<'_>) -> String {
    let mut type_ = field.type_.clone();
    let crate_name = format_ident!("{}", subject.context.crate_name);
    Qualify { crate_name }.visit_type_mut(&mut type_);
    type_.to_token_stream().to_string().replace(' ', "")
}

/// Gives a path what the emitted files have imports for.
struct Qualify {
    crate_name: Ident,
}

impl VisitMut for Qualify {
    fn visit_path_mut(&mut self, path: &mut Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let crate_name = &self.crate_name;
        let before: Option<Path> = match path.segments[0].ident.to_string().as_str() {
            "types" => Some(parse_quote!(#crate_name)),
            "DateTime" | "NaiveDate" | "Utc" => Some(parse_quote!(#crate_name::chrono)),
            "chrono" | "reqwest" => Some(parse_quote!(#crate_name)),
            "BTreeMap" => Some(parse_quote!(std::collections)),
            _ => None,
        };
        if let Some(mut before) = before {
            before.segments.extend(std::mem::take(&mut path.segments));
            *path = before;
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::Type;

    use super::*;

    #[test]
    fn types_are_qualified() {
        let mut type_: Type = parse_quote! {
            BTreeMap<String, Option<Vec<(DateTime<Utc>, NaiveDate, types::Utc, serde_json::Value)>>>
        };
        let crate_name = format_ident!("mine");
        Qualify { crate_name }.visit_type_mut(&mut type_);
        assert_eq!(
            type_.to_token_stream().to_string().replace(' ', ""),
            "std::collections::BTreeMap<String,Option<Vec<(mine::chrono::DateTime<mine::chrono::Utc>,\
             mine::chrono::NaiveDate,mine::types::Utc,serde_json::Value)>>>"
        );
    }
}
