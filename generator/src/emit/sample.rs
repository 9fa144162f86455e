//! An example of a call, which compiles.

use std::collections::BTreeSet;

use quote::{ToTokens, format_ident};
use serde_json::Value;
use syn::visit_mut::VisitMut;
use syn::{Ident, Path, parse_quote};

use super::subject::{RequestField, Subject};
use super::{Context, namespace};
use crate::model::{CaseKind, Field, Integer, Shape, Type as ModelType, TypeRef, Types};
use crate::names;

/// Columns of an example's code.
const WIDTH: usize = 88;

/// The code for each item of a list.
const PRINTED_ITEMS: &[&str] = &[
    "while let Some(item) = items.next().await {",
    "    let item = item?;",
    "    println!(\"{item:?}\");",
    "}",
];

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
    let mut code = Vec::new();
    let content = content(subject).map(|(content, type_)| {
        given.push(format!(", {content}: &{name}::types::{type_}"));
        code.push(format!("// `{content}` is a `types::{type_}`."));
        content
    });
    code.extend(calls(subject, &arguments, content.as_deref()));
    let mut lines = vec![
        "```no_run".to_owned(),
        format!("# use {name}::{{Client, Error}};"),
        format!(
            "# async fn example(client: Client{}) -> Result<(), Error> {{",
            given.concat()
        ),
    ];
    lines.extend(code);
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// The name and type of a value that describes the content of a download: the result of a GET at a path above that of the
/// download.
fn content<'a>(subject: &Subject<'a>) -> Option<(String, &'a str)> {
    if !subject.operation.is_download() {
        return None;
    }
    let mut types = subject.context.contents.iter().copied();
    let type_ = types.find(|type_| is_returned_above(subject, type_))?;
    let idents = subject.fields.iter().map(|field| field.ident.to_string());
    let mut taken: BTreeSet<_> = idents.chain(["client".to_owned()]).collect();
    let name = names::free_name(&names::value_name(type_), "_", &mut taken);
    Some((name, type_))
}

fn is_returned_above(subject: &Subject<'_>, type_: &str) -> bool {
    let api = subject.context.api;
    let (path, _) = subject.operation.path.rsplit_once('/').unwrap_or_default();
    let mut operations = api.operations();
    operations.any(|operation| {
        let rest = path.strip_prefix(operation.path.as_str());
        let is_above = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let returned = operation.success.json().and_then(TypeRef::named);
        operation.method == "get"
            && is_above
            && returned.is_some_and(|id| api.types.get(id).name == type_)
    })
}

/// The calls, and the use of their value.
fn calls(subject: &Subject<'_>, arguments: &[String], content: Option<&str>) -> Vec<String> {
    let begin = format!("{}({})", subject.operation.name, arguments.join(", "));
    let mut calls = vec![begin];
    let (bound, used): (_, &[&str]) = if subject.items.is_some() {
        calls.push("stream();".to_owned());
        ("let mut items = ", PRINTED_ITEMS)
    } else if subject.operation.is_download() {
        calls.push("download()".to_owned());
        calls.extend(content.map(|content| format!("verify({content})")));
        calls.extend([r#"to_file("download")"#, "await?;"].map(str::to_owned));
        ("let saved = ", &["println!(\"{saved:?}\");"])
    } else {
        calls.extend(["send()", "await?;"].map(str::to_owned));
        match subject
            .operation
            .success
            .filled()
            .next()
            .map(|case| &case.kind)
        {
            None => ("", &[]),
            Some(CaseKind::Redirect(_)) if !subject.operation.success.is_choice() => {
                ("let redirect = ", &["println!(\"{redirect:?}\");"])
            }
            Some(_) => ("let response = ", &["println!(\"{response:?}\");"]),
        }
    };
    let mut lines = chain(bound, &subject.receiver, &calls);
    lines.extend(used.iter().map(|&line| line.to_owned()));
    lines
}

/// Calls on one line if there is room, or else each on a line of its own.
fn chain(bound: &str, receiver: &str, calls: &[String]) -> Vec<String> {
    let one = format!("{bound}{receiver}.{}", calls.join("."));
    if one.len() <= WIDTH {
        return vec![one];
    }
    let mut links = receiver.split('.');
    let first = format!("{bound}{}", links.next().unwrap_or_default());
    let links = links.chain(calls.iter().map(String::as_str));
    let links = links.map(|link| format!("    .{link}"));
    std::iter::once(first).chain(links).collect()
}

/// An argument that can be written down.
fn literal(subject: &Subject<'_>, field: &RequestField<'_>) -> Option<String> {
    let types = &subject.context.api.types;
    literal_of(types, &field.parameter?.type_, field.example())
}

/// A value that can be written down: text, a number, or a type that is made of one.
fn literal_of(types: &Types, type_: &TypeRef, example: Option<&Value>) -> Option<String> {
    match scalar(types, type_)? {
        ModelType::Text => {
            let text = example.and_then(Value::as_str).unwrap_or("…");
            Some(format!("{text:?}"))
        }
        ModelType::Boolean => Some(example.and_then(Value::as_bool).unwrap_or(true).to_string()),
        ModelType::Integer(integer) => {
            let number = example
                .and_then(Value::as_i64)
                .filter(|number| match integer {
                    Integer::I32 => i32::try_from(*number).is_ok(),
                    Integer::I64 => true,
                    Integer::U64 => *number >= 0,
                });
            Some(number.unwrap_or(1).to_string())
        }
        _ => None,
    }
}

/// The scalar that a value is, or that its type is made of.
fn scalar<'a>(types: &'a Types, type_: &'a TypeRef) -> Option<&'a ModelType> {
    match &type_.type_ {
        ModelType::Named(id) => match &types.get(*id).shape {
            Shape::Newtype(inner) if !inner.nullable => match &inner.type_ {
                integer @ ModelType::Integer(_) => Some(integer),
                _ => None,
            },
            _ => None,
        },
        type_ => Some(type_),
    }
}

/// How a struct that is sent is made, as a code block: the first one for which it can be written down.
pub(super) fn construction(context: &Context<'_>) -> Option<Vec<String>> {
    let types = &context.api.types;
    let mut sent: Vec<_> = types.used().filter(|definition| definition.sent).collect();
    sent.sort_by_key(|definition| &definition.name);
    sent.into_iter().find_map(|definition| {
        let Shape::Struct(object) = &definition.shape else {
            return None;
        };
        let literal = |field: &Field| {
            (!field.type_.nullable).then(|| literal_of(types, &field.type_, None))?
        };
        let (optional, required): (Vec<_>, Vec<_>) = object
            .fields
            .iter()
            .partition(|field| definition.may_lack(field));
        let arguments = required.into_iter().map(literal);
        let arguments = arguments.collect::<Option<Vec<_>>>()?.join(", ");
        let setter = optional.into_iter().find_map(|field| {
            let [setter] = names::setter_names([field.name.clone()], &[])
                .try_into()
                .ok()?;
            let is_set = !field.read_only && !field.docs.deprecated && setter == field.name;
            is_set
                .then(|| literal(field))
                .flatten()
                .map(|value| format!("{setter}({value})"))
        })?;
        let (crate_name, name) = (context.crate_name, &definition.name);
        let variable = format!("let {} = ", names::value_name(name));
        let made = format!("{name}::new({arguments})");
        let mut lines = vec![
            "```".to_owned(),
            format!("use {crate_name}::types::{name};"),
            String::new(),
        ];
        lines.extend(chain(&variable, &made, &[format!("{setter};")]));
        lines.push("```".to_owned());
        Some(lines)
    })
}

/// A field's type as code outside of the crate names it.
fn type_of(subject: &Subject<'_>, field: &RequestField<'_>) -> String {
    let mut type_ = field.type_.clone();
    Qualify {
        crate_name: format_ident!("{}", subject.context.crate_name),
        module: subject.module,
        own: namespace::exported(subject.operation)
            .map(str::to_owned)
            .collect(),
    }
    .visit_type_mut(&mut type_);
    type_.to_token_stream().to_string().replace(' ', "")
}

/// Shortens a path as the imports of the emitted files do.
struct Qualify<'a> {
    crate_name: Ident,
    /// The module of the operation's file, and the types in it.
    module: &'a str,
    own: BTreeSet<String>,
}

impl VisitMut for Qualify<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let crate_name = &self.crate_name;
        if let Some(own) = path.get_ident().map(Ident::to_string)
            && self.own.contains(&own)
        {
            let module = format_ident!("{}", self.module);
            let ident = format_ident!("{own}");
            *path = parse_quote!(#crate_name::#module::#ident);
            return;
        }
        let before: Option<Path> = match path.segments[0].ident.to_string().as_str() {
            "types" => Some(parse_quote!(#crate_name)),
            "DateTime" | "NaiveDate" | "Utc" => Some(parse_quote!(#crate_name::chrono)),
            "chrono" | "reqwest" | "Upload" | "Multipart" => Some(parse_quote!(#crate_name)),
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
        let mut qualify = Qualify {
            crate_name,
            module: "m",
            own: BTreeSet::new(),
        };
        qualify.visit_type_mut(&mut type_);
        assert_eq!(
            type_.to_token_stream().to_string().replace(' ', ""),
            "std::collections::BTreeMap<String,Option<Vec<(mine::chrono::DateTime<mine::chrono::Utc>,\
             mine::chrono::NaiveDate,mine::types::Utc,serde_json::Value)>>>"
        );
    }
}
