//! One file for each operation: the method that expects requests of it, and what they can be expected to
//! have.

use std::collections::BTreeSet;

use quote::{format_ident, quote};
use syn::{ImplItemFn, Item, ItemStruct, parse_quote};

use super::matcher;
use crate::emit::docs::{Docs, code_span};
use crate::emit::subject::Subject;
use crate::emit::{Emitted, body, implementation, names_types, namespace, request};
use crate::names;

/// Emits the file of one operation.
pub(in crate::emit) fn emit_operation(subject: &Subject<'_>) -> Emitted {
    let type_ = format_ident!("{}", subject.operation.type_name);
    let matchers = matcher::expand_all(subject);
    let mut items = vec![expand_method(subject), expand_definition(subject)];
    if !matchers.is_empty() {
        items.push(implementation(&type_, matchers));
    }
    Emitted {
        path: format!("mock/{}/{}.rs", subject.module, subject.operation.module),
        emitter: "generator/src/emit/mock/operation.rs",
        docs: Vec::new(),
        imports: imports(subject, &items),
        items,
    }
}

fn imports(subject: &Subject<'_>, items: &[Item]) -> BTreeSet<String> {
    let (owner, module) = (&subject.owner, subject.module);
    let mut imports = BTreeSet::from(["crate::runtime::mock".to_owned()]);
    imports.insert(match subject.module {
        namespace::ROOT => "crate::generated::Client".to_owned(),
        _ => format!("super::{owner}"),
    });
    let mut import = |paths: &[&'static str]| {
        imports.extend(paths.iter().map(|&path| path.to_owned()));
    };
    import(&super::success::imports(subject));
    for field in &subject.fields {
        if let Some(parameter) = field.parameter {
            import(&field.imports);
            import(request::parameter_imports(subject, parameter));
        }
    }
    if request::has_content_type(subject) {
        import(&["reqwest::header::CONTENT_TYPE"]);
    }
    if let Some(body) = &subject.operation.body {
        let types = body::own_types(body);
        // A type of the operation's own stands for those in it.
        if types.is_empty() {
            import(&body::imports(body));
        } else {
            import(&body::encoding_imports(body));
        }
        let types = types.into_iter();
        imports.extend(types.map(|type_| format!("crate::generated::{module}::{type_}")));
    }
    if items.iter().any(names_types) {
        imports.insert("crate::generated::types".to_owned());
    }
    imports
}

/// The method that adds an expectation.
fn expand_method(subject: &Subject<'_>) -> Item {
    let operation = subject.operation;
    let owner = &subject.owner;
    let type_ = format_ident!("{}", operation.type_name);
    let (receiver, session, name) = match &subject.namespace.name {
        Some(_) => (quote!(#owner), quote!(self.session), operation.name.clone()),
        None => (
            quote!(mock::MockServer<Client>),
            quote!(self.session()),
            names::mock_method_name(&operation.name),
        ),
    };
    let name = format_ident!("{name}");
    let (id, method) = (&operation.id, operation.method.to_uppercase());
    let path = request::path_template(subject);
    let errors = super::errors::expand_all(subject);
    let expectation = super::success::expand_type(subject);
    let encode = super::success::expand_encode(subject);
    let convention = (operation.name == "new")
        .then(|| quote!(#[expect(clippy::new_ret_no_self, reason = "it is the operation's name")]));
    let mut expect: ImplItemFn = parse_quote! {
        #convention
        pub fn #name(&self, when: impl FnOnce(#type_) -> #type_) -> #expectation {
            const OPERATION: &mock::MockOperation = &mock::MockOperation {
                id: #id,
                method: #method,
                path: #path,
                errors: &[#(#errors),*],
            };
            let #type_(when) = when(#type_(#session.when()));
            #session.expect(OPERATION, when, #encode)
        }
    };
    let link = match &subject.namespace.name {
        Some(_) => format!("crate::{}::{owner}::{}", subject.module, operation.name),
        None => format!("crate::Client::{}", operation.name),
    };
    Docs::default()
        .text(&format!(
            "Expects requests of [`{}`]({link}).",
            operation.name
        ))
        .lines([code_span(&format!("{method} {}", operation.path))])
        .describe(&mut expect.attrs);
    implementation(&receiver, [expect])
}

/// What requests are expected to have.
fn expand_definition(subject: &Subject<'_>) -> Item {
    let type_ = format_ident!("{}", subject.operation.type_name);
    let link = format!("crate::{}::{type_}", subject.module);
    let mut definition: ItemStruct = parse_quote! {
        #[derive(Debug)]
        pub struct #type_(mock::When);
    };
    Docs::default()
        .text(&format!(
            "Matches requests of type [`{type_}`]({link}): all of them, unless a method narrows it."
        ))
        .describe(&mut definition.attrs);
    Item::Struct(definition)
}
