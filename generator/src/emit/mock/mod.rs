//! The mock: for each namespace and each operation what a test can expect, with the names that the client
//! has for them.

mod errors;
mod matcher;
mod operation;
mod success;

use std::collections::BTreeSet;

use quote::{format_ident, quote};
use syn::{ImplItemFn, Item, ItemStruct, parse_quote};

use super::docs::Docs;
use super::{Context, Emitted, implementation, namespace};
use crate::model::Namespace;
use crate::names;
pub(super) use operation::emit_operation;

const EMITTER: &str = "generator/src/emit/mock/mod.rs";

/// Emits the module `mock`, without those of the namespaces.
pub(super) fn emit_mock(context: &Context<'_>) -> Emitted {
    let namespaces = &context.api.namespaces;
    let mut modules: Vec<_> = namespaces.iter().map(namespace::module).collect();
    if !context.api.examples.is_empty() {
        modules.push("examples");
    }
    modules.sort_unstable();
    let modules = modules.into_iter().map(|module| {
        let module = format_ident!("{module}");
        quote!(pub mod #module;)
    });
    let named = namespaces
        .iter()
        .filter(|namespace| namespace.name.is_some());
    let mut methods = vec![parse_quote! {
        /// Starts a mock on a free port of this machine.
        ///
        /// # Panics
        ///
        /// When there is none, or no HTTP client can be built here.
        #[track_caller]
        pub fn start() -> Self {
            Self::start_for(Client::builder)
        }
    }];
    methods.extend(named.map(expand_accessor));
    let methods = implementation(&quote!(MockServer<Client>), methods);
    let file: syn::File = parse_quote! {
        #(#modules)*

        pub use crate::runtime::mock::{
            Downloaded, Expectation, MockContent, MockResponse, MockServer, Paged, PartMatcher,
            Single, Times,
        };

        /// A server on loopback that speaks the API, for tests: see [`MockServer`].
        pub type Mock = MockServer<Client>;

        #methods
    };
    Emitted {
        path: "mock/mod.rs".to_owned(),
        emitter: EMITTER,
        docs: docs(context).of_module(),
        imports: BTreeSet::from(["super::Client".to_owned()]),
        items: file.items,
    }
}

fn docs(context: &Context<'_>) -> Docs {
    let docs = Docs::default().text(
        "A server on loopback that speaks the API, for tests of code that uses the client. It has the \
         namespaces and operations of the client, and answers as a test configures it.",
    );
    let docs = docs.text(
        "A test starts a [`Mock`], adds an [`Expectation`] for each kind of request that it expects, and \
         gives the code that it tests a [`client`](MockServer::client) of the mock. When the mock is \
         dropped, the test fails if a request came that was not expected, or if one did not come that was.",
    );
    docs.section("Examples", example(context).unwrap_or_default())
}

/// A request that finds nothing.
fn example(context: &Context<'_>) -> Option<Vec<String>> {
    let crate_name = context.crate_name;
    let mut namespaces = context.api.namespaces.iter();
    let (name, operation) = namespaces.find_map(|namespace| {
        let name = namespace.name.as_deref()?;
        Some((name, namespace.operations.first()?))
    })?;
    let (mock_name, method) = (names::mock_method_name(name), &operation.name);
    let code = format!(
        "use {crate_name}::mock::{{Mock, MockResponse}};\n\
         \n\
         let mock = Mock::start();\n\
         let requests = mock.{mock_name}().{method}(|when| when);\n\
         let requests = requests.respond_with(MockResponse::new(404)).times(..);\n\
         let client = mock.client();\n\
         // … code that sends requests by the client\n\
         # let _ = client;\n\
         assert_eq!(requests.requests(), 0);"
    );
    let lines = code.lines().map(str::to_owned);
    let fence = || std::iter::once("```".to_owned());
    Some(fence().chain(lines).chain(fence()).collect())
}

fn expand_accessor(namespace: &Namespace) -> ImplItemFn {
    let module = format_ident!("{}", namespace::module(namespace));
    let name = namespace::module(namespace);
    let method = format_ident!("{}", names::mock_method_name(name));
    let type_ = namespace::type_ident(namespace);
    let mut accessor: ImplItemFn = parse_quote! {
        pub fn #method(&self) -> #module::#type_ {
            #module::#type_ { session: self.session().clone() }
        }
    };
    Docs::default()
        .text(&format!("Expects requests of the namespace `{name}`."))
        .describe(&mut accessor.attrs);
    accessor
}

/// Emits the module of a namespace, without those of its operations.
pub(super) fn emit_namespace(namespace: &Namespace) -> Emitted {
    let modules = namespace.operations.iter().map(|operation| {
        let module = format_ident!("{}", operation.module);
        quote!(mod #module;)
    });
    let exports = namespace.operations.iter().map(|operation| {
        let module = format_ident!("{}", operation.module);
        let type_ = format_ident!("{}", operation.type_name);
        quote!(pub use #module::#type_;)
    });
    let file: syn::File = parse_quote!(#(#modules)* #(#exports)*);
    let mut items = file.items;
    let name = namespace::module(namespace);
    if namespace.name.is_some() {
        items.push(definition(namespace));
    }
    Emitted {
        path: format!("mock/{name}/mod.rs"),
        emitter: EMITTER,
        docs: Docs::default()
            .text(&format!(
                "The matchers for requests of [`{name}`](crate::{name})."
            ))
            .of_module(),
        imports: BTreeSet::new(),
        items,
    }
}

fn definition(namespace: &Namespace) -> Item {
    let type_ = namespace::type_ident(namespace);
    let name = namespace::module(namespace);
    let mut definition: ItemStruct = parse_quote! {
        #[derive(Clone, Debug)]
        pub struct #type_ {
            pub(super) session: crate::runtime::mock::MockSession,
        }
    };
    Docs::default()
        .text(&format!(
            "Adds expectations of the operations of the namespace `{name}`."
        ))
        .describe(&mut definition.attrs);
    Item::Struct(definition)
}
