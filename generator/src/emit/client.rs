//! The client and the root of the emitted modules.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{ImplItemFn, Item, ItemStruct, parse_quote};

use super::docs::{Docs, in_one_line, sentence};
use super::{Context, Emitted, implementation, namespace};
use crate::model::{Namespace, ServerTemplate};

const EMITTER: &str = "generator/src/emit/client.rs";

/// What a client accepts unless the document says otherwise.
const ACCEPT: &str = "application/json";

/// Emits `mod.rs` and `client.rs`.
pub(super) fn emit_client(context: &Context<'_>) -> Vec<Emitted> {
    vec![emit_root(context), emit_definition(context)]
}

fn emit_root(context: &Context<'_>) -> Emitted {
    let mut modules: Vec<_> = context
        .api
        .namespaces
        .iter()
        .map(namespace::module)
        .collect();
    modules.extend(["client", "examples", "types"]);
    modules.sort_unstable();
    let modules = modules.iter().filter_map(|module| {
        let ident = format_ident!("{module}");
        match *module {
            "client" => Some(quote!(
                mod client;
            )),
            "examples" if context.lowered.examples.is_empty() => None,
            "examples" => Some(quote!(
                #[cfg(test)]
                mod examples;
            )),
            _ => Some(quote!(pub mod #ident;)),
        }
    });
    let file: syn::File = parse_quote!(#(#modules)* pub use client::Client;);
    Emitted {
        path: "mod.rs".to_owned(),
        emitter: EMITTER,
        docs: Vec::new(),
        imports: BTreeSet::new(),
        items: file.items,
    }
}

fn emit_definition(context: &Context<'_>) -> Emitted {
    let api = context.api;
    let named: Vec<_> = api
        .namespaces
        .iter()
        .filter(|namespace| namespace.name.is_some())
        .collect();
    let is_root_empty = named.len() == api.namespaces.len();
    let mut items = vec![
        expand_constant(context),
        expand_client(context, is_root_empty),
        expand_implementation(context, &named),
    ];
    items.extend(expand_templates(context));
    let mut imports: BTreeSet<String> = ["Api", "ClientBuilder", "Session"]
        .map(|name| format!("crate::runtime::{name}"))
        .into();
    imports.extend(named.iter().map(|namespace| {
        let (module, type_) = (
            namespace::module(namespace),
            namespace::type_ident(namespace),
        );
        format!("super::{module}::{type_}")
    }));
    Emitted {
        path: "client.rs".to_owned(),
        emitter: EMITTER,
        docs: Vec::new(),
        imports,
        items,
    }
}

fn expand_client(context: &Context<'_>, is_root_empty: bool) -> Item {
    let session = if is_root_empty {
        quote!()
    } else {
        quote!(pub(super))
    };
    let mut client: ItemStruct = parse_quote! {
        #[derive(Clone, Debug)]
        pub struct Client {
            #session session: Session,
        }
    };
    client_docs(context).describe(&mut client.attrs);
    Item::Struct(client)
}

fn expand_implementation(context: &Context<'_>, named: &[&Namespace]) -> Item {
    let api = context.api;
    let docs = match &api.base_url {
        Some(url) => format!("Starts a client of <{url}>, version `{}`.", api.version),
        None => format!(
            "Starts a client of version `{}`; it needs a base URL.",
            api.version
        ),
    };
    let mut builder: ImplItemFn = parse_quote! {
        pub fn builder() -> ClientBuilder<Self> {
            ClientBuilder::new(&API, |session| Self { session })
        }
    };
    Docs::new(&docs).describe(&mut builder.attrs);
    let accessors = named.iter().map(|namespace| expand_accessor(namespace));
    implementation(&quote!(Client), std::iter::once(builder).chain(accessors))
}

fn expand_templates(context: &Context<'_>) -> Option<Item> {
    let templates = &context.api.templates;
    let methods = templates
        .iter()
        .map(|template| expand_template(context, template));
    (!templates.is_empty()).then(|| implementation(&quote!(ClientBuilder<Client>), methods))
}

fn expand_constant(context: &Context<'_>) -> Item {
    let api = context.api;
    let base_url = optional(api.base_url.as_deref());
    let version = &api.version;
    let header = api
        .version_header
        .as_ref()
        .map(|header| header.to_ascii_lowercase());
    let header = optional(header.as_deref());
    let accept = api.accept.as_deref().unwrap_or(ACCEPT);
    parse_quote! {
        const API: Api = Api {
            base_url: #base_url,
            version: #version,
            version_header: #header,
            accept: #accept,
        };
    }
}

fn optional(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}

fn client_docs(context: &Context<'_>) -> Docs {
    let api = context.api;
    let mut docs = Docs::new(&format!("A client of {}.", api.title));
    if let Some(description) = &api.description {
        docs = docs.markdown(description);
    }
    docs = docs.markdown("A clone is cheap and shares the connections of the original.");
    let base = match api.base_url {
        Some(_) => "",
        None => ".base_url(\"https://api.example.com\")",
    };
    docs.section("Examples", example(context, base))
}

fn expand_accessor(namespace: &Namespace) -> ImplItemFn {
    let module = format_ident!("{}", namespace::module(namespace));
    let type_ = namespace::type_ident(namespace);
    let docs = match &namespace.description {
        Some(description) => Docs::new(&sentence(description)),
        None => Docs::new(&format!("The operations of the namespace `{module}`.")),
    };
    let mut accessor: ImplItemFn = parse_quote! {
        pub fn #module(&self) -> #type_ {
            #type_ { session: self.session.clone() }
        }
    };
    docs.describe(&mut accessor.attrs);
    accessor
}

/// A method of the builder for a server whose URL the caller completes.
fn expand_template(context: &Context<'_>, template: &ServerTemplate) -> ImplItemFn {
    let url = &template.url;
    let variable = &template.variable;
    let method = format_ident!("{}", template.method);
    let what = template.description.as_deref().unwrap_or("Another server");
    let what = in_one_line(what);
    let mut docs = Docs::new(&format!("{}: `{url}`.", what.trim_end_matches('.')));
    if let Some(description) = &template.variable_description {
        docs = docs.markdown(&format!("`{variable}`: {}", sentence(description)));
    }
    let call = format!(".{method}({:?})", template.example);
    let docs = docs.section("Examples", example(context, &call));
    let mut template: ImplItemFn = parse_quote! {
        pub fn #method(self, #method: impl AsRef<str>) -> Self {
            self.base_url_template(#url, #variable, #method.as_ref())
        }
    };
    docs.describe(&mut template.attrs);
    template
}

/// How a client is built, with `calls` on its builder.
fn example(context: &Context<'_>, calls: &str) -> Vec<String> {
    let name = context.crate_name;
    vec![
        "```no_run".to_owned(),
        format!("# use {name}::{{Client, Error}};"),
        "# fn example(token: &str) -> Result<(), Error> {".to_owned(),
        format!("let client = Client::builder(){calls}.token(token).build()?;"),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
        "```".to_owned(),
    ]
}
