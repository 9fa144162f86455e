//! The document's examples, as tests of the types and as values for tests of those who use them.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Ident, Type as RustType, parse_quote};

use super::docs::{Docs, code_span};
use super::{Context, Emitted, names_types, raw_string, rust_type};
use crate::model::{Example, Shape};
use crate::names;

const EMITTER: &str = "generator/src/emit/examples.rs";

/// An example that is emitted.
struct Emission<'a> {
    example: &'a Example,
    /// Its place among all examples of the document.
    place: usize,
    type_: RustType,
    name: Ident,
    constant: Ident,
}

/// Emits each example once: its text, a test that reads it, and a function that gives it as a value; none
/// where there is no example.
pub(super) fn emit_examples(context: &Context<'_>) -> Vec<Emitted> {
    let examples = examples(context);
    if examples.is_empty() {
        return Vec::new();
    }
    vec![
        emit_texts(&examples),
        emit_tests(&examples),
        emit_values(context, &examples),
    ]
}

fn examples<'a>(context: &Context<'a>) -> Vec<Emission<'a>> {
    let mut examples = BTreeMap::new();
    for (place, example) in context.api.examples.iter().enumerate() {
        let type_ = rust_type::outside(&context.api.types, &example.type_);
        let key = (
            names::value_name(&example.name),
            type_.to_token_stream().to_string(),
            example.value.to_string(),
        );
        examples.entry(key).or_insert((place, example, type_));
    }
    let mut taken = BTreeSet::new();
    let examples = examples
        .into_iter()
        .map(|((name, _, _), (place, example, type_))| {
            let name = names::free_name(&name, "_", &mut taken);
            Emission {
                example,
                place,
                type_,
                constant: format_ident!("{}", name.to_ascii_uppercase()),
                name: format_ident!("{name}"),
            }
        });
    examples.collect()
}

impl Emission<'_> {
    fn expand_text(&self) -> TokenStream {
        let constant = &self.constant;
        let json = raw_string(&visible(&format!("{:#}", self.example.value)));
        quote!(pub(super) const #constant: &str = #json;)
    }

    fn expand_test(&self) -> TokenStream {
        let (name, type_, constant) = (&self.name, &self.type_, &self.constant);
        quote! {
            #[test]
            fn #name() {
                assert_round_trip::<#type_>(super::#constant);
            }
        }
    }

    fn expand_value(&self) -> TokenStream {
        let (name, type_, constant) = (&self.name, &self.type_, &self.constant);
        let docs = self.docs();
        quote! {
            #(#docs)*
            pub fn #name() -> #type_ {
                example(examples::#constant)
            }
        }
    }

    fn expand_method(&self) -> TokenStream {
        let (name, type_) = (&self.name, &self.type_);
        let docs = self.docs();
        quote! {
            impl #type_ {
                #(#docs)*
                pub fn example() -> Self {
                    #name()
                }
            }
        }
    }

    fn docs(&self) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        let name = code_span(&self.example.name);
        let docs = Docs::default().text(&format!("The document's example {name}."));
        docs.describe(&mut attributes);
        attributes
    }
}

fn emit_texts(examples: &[Emission<'_>]) -> Emitted {
    let texts = examples.iter().map(Emission::expand_text);
    let file: syn::File = parse_quote!(#[cfg(test)] mod tests; #(#texts)*);
    emitted("examples.rs", "The document's examples.", file)
}

fn emit_tests(examples: &[Emission<'_>]) -> Emitted {
    let tests = examples.iter().map(Emission::expand_test);
    let file: syn::File = parse_quote!(#(#tests)*);
    let docs = "Each example decodes into its type, and encodes back to JSON that means the same.";
    let mut tests = emitted("examples/tests.rs", docs, file);
    tests.imports = imports(examples, "crate::runtime::assert_round_trip");
    tests
}

fn emit_values(context: &Context<'_>, examples: &[Emission<'_>]) -> Emitted {
    let values = examples.iter().map(Emission::expand_value);
    let chosen = chosen(context, examples).into_iter();
    let methods = chosen.map(Emission::expand_method);
    let file: syn::File = parse_quote!(#(#values)* #(#methods)*);
    let mut values = emitted(
        "mock/examples.rs",
        "The document's examples as values.",
        file,
    );
    values.imports = imports(examples, "crate::runtime::mock::example");
    values
        .imports
        .insert("crate::generated::examples".to_owned());
    values
}

/// The example of each type that has some: the one of its name, or else the document's first. A type that has
/// a method of that name already has none.
fn chosen<'e, 'a>(context: &Context<'_>, examples: &'e [Emission<'a>]) -> Vec<&'e Emission<'a>> {
    let types = &context.api.types;
    let mut chosen = BTreeMap::new();
    for emission in examples {
        let type_ = &emission.example.type_;
        let Some(id) = type_.named().filter(|_| !type_.nullable) else {
            continue;
        };
        let definition = types.get(id);
        let has_setter = matches!(&definition.shape, Shape::Struct(object)
            if object.fields.iter().any(|field| field.name == "example"));
        if has_setter {
            continue;
        }
        let is_named = emission.name == names::value_name(&definition.name);
        let rank = (!is_named, emission.place);
        let best = chosen.entry(id).or_insert((rank, emission));
        if rank < best.0 {
            *best = (rank, emission);
        }
    }
    chosen.into_values().map(|(_, emission)| emission).collect()
}

fn imports(examples: &[Emission<'_>], function: &str) -> BTreeSet<String> {
    let mut imports = BTreeSet::from([function.to_owned()]);
    for Emission { example, type_, .. } in examples {
        if names_types(type_) {
            imports.insert("crate::generated::types".to_owned());
        }
        let others = rust_type::imports(&example.type_).into_iter();
        imports.extend(others.map(str::to_owned));
    }
    imports
}

fn emitted(path: &str, docs: &str, file: syn::File) -> Emitted {
    Emitted {
        path: path.to_owned(),
        emitter: EMITTER,
        docs: Docs::new(docs).of_module(),
        imports: BTreeSet::new(),
        items: file.items,
    }
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
