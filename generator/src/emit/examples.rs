//! The document's examples as tests of the types.

use std::collections::{BTreeMap, BTreeSet};

use quote::{ToTokens, format_ident, quote};
use syn::parse_quote;

use super::docs::Docs;
use super::{Context, Emitted, raw_string, rust_type};
use crate::names;

/// Emits one test for each example of a body; nothing without examples.
pub(super) fn emit_examples(context: &Context<'_>) -> Option<Emitted> {
    let mut tests = BTreeMap::new();
    let mut imports = BTreeSet::from(["crate::runtime::assert_round_trip".to_owned()]);
    for example in &context.api.examples {
        let type_ = rust_type::outside(&context.api.types, &example.type_);
        let text = type_.to_token_stream().to_string();
        if text.contains("types ::") {
            imports.insert("super::types".to_owned());
        }
        imports.extend(
            rust_type::imports(&example.type_)
                .into_iter()
                .map(str::to_owned),
        );
        let key = (
            names::value_name(&example.name),
            text,
            example.value.to_string(),
        );
        tests.entry(key).or_insert((example, type_));
    }
    if tests.is_empty() {
        return None;
    }
    let mut taken = BTreeSet::new();
    let tests = tests.into_iter().map(|((name, _, _), (example, type_))| {
        let name = format_ident!("{}", names::free_name(&name, "_", &mut taken));
        let json = raw_string(&visible(&format!("{:#}", example.value)));
        quote! {
            #[test]
            fn #name() {
                const EXAMPLE: &str = #json;
                assert_round_trip::<#type_>(EXAMPLE);
            }
        }
    });
    let docs = Docs::new(
        "The document's examples: each decodes into its type, and encodes back to JSON that means \
         the same.",
    );
    let file: syn::File = parse_quote!(#(#tests)*);
    Some(Emitted {
        path: "examples.rs".to_owned(),
        emitter: "generator/src/emit/examples.rs",
        docs: docs.of_module(),
        imports,
        items: file.items,
    })
}

/// JSON with escaped bidirectional control characters, which rustc refuses.
fn visible(json: &str) -> String {
    let mut visible = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                visible.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => visible.push(character),
        }
    }
    visible
}
