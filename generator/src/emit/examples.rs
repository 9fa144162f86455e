//! The document's examples as tests of the types.

use std::collections::{BTreeMap, BTreeSet};

use quote::{format_ident, quote};
use syn::{Type, parse_quote};

use super::docs::Docs;
use super::{Context, Emitted, raw_string};
use crate::names;

/// Emits a test for each example of a body, each once; none where there is no example.
pub(super) fn emit_examples(context: &Context<'_>) -> Option<Emitted> {
    if context.lowered.examples.is_empty() {
        return None;
    }
    let mut tests = BTreeMap::new();
    for example in &context.lowered.examples {
        let key = (
            names::value_name(&example.name),
            example.type_.clone(),
            example.value.to_string(),
        );
        tests.entry(key).or_insert(example);
    }
    let mut taken = BTreeSet::new();
    let tests = tests.into_iter().map(|((name, _, _), example)| {
        let name = format_ident!("{}", names::free_name(&name, "_", &mut taken));
        let type_: Type = syn::parse_str(&example.type_).expect("lowering writes types");
        let json = raw_string(&format!("{:#}", example.value));
        quote! {
            #[test]
            fn #name() {
                const EXAMPLE: &str = #json;
                round_trip::<#type_>(EXAMPLE);
            }
        }
    });
    let docs = Docs::new(
        "The document's examples: each decodes into its type, and encodes back to the same JSON.",
    );
    let file: syn::File = parse_quote! {
        #(#tests)*

        #[track_caller]
        fn round_trip<T: DeserializeOwned + Serialize>(json: &str) {
            let value: T = serde_json::from_str(json).expect("the example is of the type");
            let encoded = serde_json::to_value(value).expect("the type can be written as JSON");
            let example: serde_json::Value = serde_json::from_str(json).expect("the example is JSON");
            assert_eq!(encoded, example);
        }
    };
    let mut imports = BTreeSet::from([
        "serde::Serialize".to_owned(),
        "serde::de::DeserializeOwned".to_owned(),
    ]);
    if context
        .lowered
        .examples
        .iter()
        .any(|example| example.type_.contains("types::"))
    {
        imports.insert("super::types".to_owned());
    }
    Some(Emitted {
        path: "examples.rs".to_owned(),
        emitter: "generator/src/emit/examples.rs",
        docs: docs.of_module(),
        imports,
        items: file.items,
    })
}
