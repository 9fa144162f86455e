//! typify's paths, as a person would write them.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Lit, LitStr, Meta, Path, Token, TypePath};

use crate::engine::Failure;

/// A path of typify's, its replacement, and the import for that.
const SHORT: &[(&str, &str, &str)] = &[
    ("std::boxed::Box", "Box", ""),
    (
        "std::collections::BTreeMap",
        "BTreeMap",
        "std::collections::BTreeMap",
    ),
    ("std::convert::From", "From", ""),
    (
        "std::convert::Infallible",
        "Infallible",
        "std::convert::Infallible",
    ),
    ("std::convert::TryFrom", "TryFrom", ""),
    ("std::default::Default", "Default", ""),
    ("std::fmt::Display", "fmt::Display", "std::fmt"),
    ("std::fmt::Formatter", "fmt::Formatter", "std::fmt"),
    ("std::fmt::Result", "fmt::Result", "std::fmt"),
    ("std::ops::Deref", "Deref", "std::ops::Deref"),
    ("std::option::Option", "Option", ""),
    (
        "std::option::Option::deserialize",
        "Option::deserialize",
        "",
    ),
    ("std::option::Option::is_none", "Option::is_none", ""),
    (
        "std::collections::BTreeMap::is_empty",
        "BTreeMap::is_empty",
        "",
    ),
    ("std::vec::Vec::is_empty", "Vec::is_empty", ""),
    ("serde_json::Map::is_empty", "serde_json::Map::is_empty", ""),
    ("std::result::Result", "Result", ""),
    ("std::str::FromStr", "FromStr", "std::str::FromStr"),
    ("std::string::String", "String", ""),
    ("std::vec::Vec", "Vec", ""),
    ("chrono::DateTime", "DateTime", "chrono::DateTime"),
    ("chrono::naive::NaiveDate", "NaiveDate", "chrono::NaiveDate"),
    ("chrono::offset::Utc", "Utc", "chrono::Utc"),
    ("serde::Deserialize", "Deserialize", "serde::Deserialize"),
    ("serde::Serialize", "Serialize", "serde::Serialize"),
    ("serde_json::Map", "serde_json::Map", ""),
    ("serde_json::Value", "serde_json::Value", ""),
];

/// Shortens paths, and collects their imports.
///
/// No type of the document has one of the short names: see `names`.
#[derive(Default)]
pub(super) struct Shorten {
    /// The imports.
    pub(super) imports: BTreeSet<String>,
    /// A path that is not in the table.
    pub(super) unknown: Option<String>,
}

impl Shorten {
    /// The short form of a path of typify's.
    pub(super) fn shorten(&mut self, path: &str) -> Option<&'static str> {
        let Some((_, short, import)) = SHORT.iter().find(|(long, _, _)| *long == path) else {
            self.unknown = Some(format!("::{path}"));
            return None;
        };
        if !import.is_empty() {
            self.imports.insert((*import).to_owned());
        }
        Some(short)
    }

    /// Returns the imports, if every path was known.
    pub(super) fn into_imports(self) -> Result<BTreeSet<String>, Failure> {
        match self.unknown {
            None => Ok(self.imports),
            Some(path) => Err(Failure::Surprise(format!("path `{path}`"))),
        }
    }
}

impl VisitMut for Shorten {
    /// `<i64 as ::std::str::FromStr>::Err`
    fn visit_type_path_mut(&mut self, type_: &mut TypePath) {
        let Some(qself) = &mut type_.qself else {
            return visit_mut::visit_type_path_mut(self, type_);
        };
        self.visit_type_mut(&mut qself.ty);
        let behind = type_.path.segments.iter().skip(qself.position).cloned();
        let mut trait_ = Path {
            leading_colon: type_.path.leading_colon,
            segments: type_
                .path
                .segments
                .iter()
                .take(qself.position)
                .cloned()
                .collect(),
        };
        self.visit_path_mut(&mut trait_);
        qself.position = trait_.segments.len();
        trait_.segments.extend(behind);
        type_.path = trait_;
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if path.leading_colon.is_none() {
            return;
        }
        let names: Vec<_> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        let Some(short) = self.shorten(&names.join("::")) else {
            return;
        };
        let mut replaced: Path = syn::parse_str(short).expect("the table holds paths");
        let arguments = path.segments.last().map(|last| last.arguments.clone());
        if let (Some(last), Some(arguments)) = (replaced.segments.last_mut(), arguments) {
            last.arguments = arguments;
        }
        *path = replaced;
    }

    /// serde's attributes name functions in strings.
    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        if !attribute.path().is_ident("serde") {
            return;
        }
        let parse = Punctuated::<Meta, Token![,]>::parse_terminated;
        let (Ok(mut metas), Meta::List(list)) =
            (attribute.parse_args_with(parse), &mut attribute.meta)
        else {
            return;
        };
        for meta in &mut metas {
            if let Meta::NameValue(argument) = meta
                && let Expr::Lit(literal) = &mut argument.value
                && let Lit::Str(text) = &mut literal.lit
                && let Some(path) = text.value().replace(' ', "").strip_prefix("::")
                && let Some(short) = self.shorten(path)
            {
                *text = LitStr::new(short, text.span());
            }
        }
        list.tokens = metas.to_token_stream();
    }
}
