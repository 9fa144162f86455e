//! The client and the root of the emitted modules.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::{Ident, ImplItemFn, Item, ItemStruct, parse_quote};

use super::docs::{Docs, in_one_line, sentence};
use super::{Context, Emitted, environment, implementation, namespace};
use crate::model::{
    ErrorFields, Namespace, SchemeKind, SecurityScheme, ServerTemplate, ServerVariable, Servers,
};

const EMITTER: &str = "generator/src/emit/client.rs";

/// The default `Accept` header.
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
    modules.extend(["client", "examples", "mock", "types"]);
    modules.sort_unstable();
    let modules = modules.iter().filter_map(|module| {
        let ident = format_ident!("{module}");
        match *module {
            "client" => Some(quote!(
                mod client;
            )),
            "mock" => Some(quote!(
                #[cfg(feature = "mock")]
                pub mod mock;
            )),
            "examples" if context.api.examples.is_empty() => None,
            "examples" => Some(quote!(
                #[cfg(any(test, feature = "mock"))]
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
    let templates = &context.api.servers.templates;
    let mut items = vec![expand_constant(context)];
    items.extend(templates.iter().enumerate().map(expand_server));
    items.push(expand_client(context, is_root_empty));
    items.push(expand_implementation(context, &named));
    items.extend(expand_settings(context));
    items.extend(expand_constructors(context));
    let mut imports: BTreeSet<String> = [
        "Api",
        "ClientBuilder",
        "Error",
        "ErrorFields",
        "RawRequest",
        "RequestOptions",
        "Response",
        "Session",
    ]
    .map(|name| format!("crate::runtime::{name}"))
    .into();
    imports.extend(
        ["Method", "StatusCode", "header::HeaderMap"].map(|name| format!("reqwest::{name}")),
    );
    if !context.api.schemes.is_empty() {
        imports.insert("crate::runtime::Scheme".to_owned());
    }
    if !templates.is_empty() {
        imports.extend(["Server", "Variable"].map(|name| format!("crate::runtime::{name}")));
    }
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
    let docs = match &api.servers.base_url {
        Some(url) => format!(
            "Starts to build a client of <{url}>, API version `{}`.",
            api.version
        ),
        None => format!(
            "Starts to build a client of API version `{}`. It needs {}.",
            api.version,
            needed(&api.servers),
        ),
    };
    let mut builder: ImplItemFn = parse_quote! {
        pub fn builder() -> ClientBuilder<Self> {
            ClientBuilder::new(&API, |session| Self { session })
        }
    };
    Docs::new(&docs).describe(&mut builder.attrs);
    let with_options = parse_quote! {
        /// Returns a client that sends all of its requests with these options.
        ///
        /// It shares the connections of this one.
        pub fn with_options(&self, options: RequestOptions) -> Self {
            Self { session: self.session.with_options(options) }
        }
    };
    let accessors = named.iter().map(|namespace| expand_accessor(namespace));
    let request = parse_quote! {
        /// Starts a request by method and path, for operations that have no method here: see
        /// [`RawRequest`].
        pub fn request(&self, method: Method, path: impl Into<String>) -> RawRequest {
            RawRequest::new(self.session.clone(), method, path.into())
        }
    };
    let own = [builder]
        .into_iter()
        .chain(environment::expand_from_env(context))
        .chain([with_options, request]);
    implementation(&quote!(Client), own.chain(accessors))
}

/// The settings that callers must supply if the document has no absolute server URL.
fn needed(servers: &Servers) -> String {
    let mut templates = servers.templates.iter();
    if let Some(path) = &servers.relative {
        format!("a base URL, whose path is that of the server in the document: `{path}`")
    } else if let Some(template) = templates.find(|template| needs_value(template)) {
        format!(
            "the variables of the server `{}`, or a base URL",
            template.url
        )
    } else {
        "a base URL".to_owned()
    }
}

/// Whether callers have to set a variable of a server before it has a URL.
fn needs_value(template: &ServerTemplate) -> bool {
    let mut variables = template.variables.iter();
    variables.any(|variable| variable.default.is_empty())
}

/// Responses and errors for tests, which have to know the API.
fn expand_constructors(context: &Context<'_>) -> [Item; 2] {
    let name = context.crate_name;
    let mut from_status: ImplItemFn = parse_quote! {
        pub fn from_status(
            status: StatusCode,
            headers: HeaderMap,
            body: impl Into<Vec<u8>>,
        ) -> Self {
            Self::constructed(&API, status, headers, body.into())
        }
    };
    Docs::new("Constructs an error that a server reports, for tests of code that handles it.")
        .text("For a status below 400, [`is_unexpected`](Self::is_unexpected) is true.")
        .section(
            "Examples",
            vec![
                "```".to_owned(),
                format!("# use {name}::Error;"),
                format!("# use {name}::reqwest::{{StatusCode, header::HeaderMap}};"),
                "let error = Error::from_status(StatusCode::NOT_FOUND, HeaderMap::new(), \"no\");"
                    .to_owned(),
                "assert!(error.is_not_found());".to_owned(),
                "assert_eq!(error.body(), Some(\"no\"));".to_owned(),
                "```".to_owned(),
            ],
        )
        .describe(&mut from_status.attrs);
    [
        parse_quote! {
            impl<T> Response<T> {
                /// Constructs a response, for tests.
                pub fn new(value: T, status: StatusCode, headers: HeaderMap) -> Self {
                    Self::constructed(&API, value, status, headers)
                }
            }
        },
        implementation(&quote!(Error), [from_status]),
    ]
}

/// The methods of the builder that the document gives rise to.
fn expand_settings(context: &Context<'_>) -> Option<Item> {
    let api = context.api;
    let schemes = api.schemes.iter();
    let mut methods: Vec<_> = schemes
        .filter_map(|scheme| expand_scheme(context, scheme))
        .collect();
    for (index, template) in api.servers.templates.iter().enumerate() {
        let variables = template.variables.iter();
        methods
            .extend(variables.map(|variable| expand_variable(context, index, template, variable)));
    }
    methods.extend(environment::expand_read_env(context));
    (!methods.is_empty()).then(|| implementation(&quote!(ClientBuilder<Client>), methods))
}

/// The runtime's description of a server with variables.
fn expand_server((index, template): (usize, &ServerTemplate)) -> Item {
    let name = server_ident(index);
    let url = &template.url;
    let variables = template.variables.iter().map(|variable| {
        let ServerVariable {
            name,
            default,
            values,
            ..
        } = variable;
        quote!(Variable { name: #name, default: #default, values: &[#(#values),*] })
    });
    parse_quote! {
        const #name: Server = Server {
            url: #url,
            variables: &[#(#variables),*],
        };
    }
}

fn server_ident(index: usize) -> Ident {
    match index {
        0 => format_ident!("SERVER"),
        index => format_ident!("SERVER_{}", index + 1),
    }
}

fn expand_constant(context: &Context<'_>) -> Item {
    let api = context.api;
    let base_url = optional(api.servers.base_url.as_deref());
    let version = &api.version;
    let header = api
        .version_header
        .as_ref()
        .map(|header| header.to_ascii_lowercase());
    let header = optional(header.as_deref());
    let accept = api.accept.as_deref().unwrap_or(ACCEPT);
    let schemes = api.schemes.iter().map(|scheme| {
        let setting = scheme.setting();
        let kind = match &scheme.kind {
            SchemeKind::Bearer => quote!(Scheme::Bearer),
            SchemeKind::Basic => quote!(Scheme::Basic),
            SchemeKind::Authorization => quote!(Scheme::Authorization),
            SchemeKind::Header(name) => quote!(Scheme::Header(#name)),
            SchemeKind::Query(name) => quote!(Scheme::Query(#name)),
            SchemeKind::Cookie(name) => quote!(Scheme::Cookie(#name)),
        };
        quote!((#setting, #kind))
    });
    let servers: BTreeSet<_> = api
        .operations()
        .filter_map(|operation| operation.server.as_deref())
        .collect();
    let servers = servers.iter();
    let id_header = &api.request_id_header;
    let limit = &api.rate_limit_errors;
    let statuses = limit.statuses.iter().copied().map(Literal::u16_unsuffixed);
    let phrases = limit.phrases.iter();
    let fields = expand_error_fields(&api.error_fields);
    parse_quote! {
        const API: Api = Api {
            base_url: #base_url,
            version: #version,
            version_header: #header,
            accept: #accept,
            request_id_header: #id_header,
            rate_limit_statuses: &[#(#statuses),*],
            rate_limit_phrases: &[#(#phrases),*],
            error_fields: #fields,
            operation_servers: &[#(#servers),*],
            schemes: &[#(#schemes),*],
        };
    }
}

fn expand_error_fields(fields: &ErrorFields) -> TokenStream {
    let ErrorFields {
        messages,
        documentation_urls,
        details,
        locations,
        codes,
    } = fields;
    quote! {
        ErrorFields {
            messages: &[#(#messages),*],
            documentation_urls: &[#(#documentation_urls),*],
            details: &[#(#details),*],
            locations: &[#(#locations),*],
            codes: &[#(#codes),*],
        }
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
    docs = docs
        .markdown("Clones are cheap, and share the connections and rate limits of the original.");
    docs.section("Examples", example(context, ""))
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

/// A method of the builder for a variable of a server's URL.
fn expand_variable(
    context: &Context<'_>,
    index: usize,
    template: &ServerTemplate,
    variable: &ServerVariable,
) -> ImplItemFn {
    let (url, name) = (&template.url, &variable.name);
    let method = format_ident!("{}", variable.method);
    let what = template.description.as_deref().unwrap_or("Another server");
    let what = in_one_line(what);
    let mut docs = Docs::new(&format!("{}: `{url}`.", what.trim_end_matches('.')));
    if let Some(description) = &variable.description {
        docs = docs.markdown(&format!("`{name}`: {}", sentence(description)));
    }
    if !variable.values.is_empty() {
        let values: Vec<_> = variable
            .values
            .iter()
            .map(|value| format!("`{value}`"))
            .collect();
        docs = docs.markdown(&format!("One of {}.", values.join(", ")));
    }
    if template.variables.len() > 1 && !variable.default.is_empty() {
        docs = docs.markdown(&format!("Default: `{}`.", variable.default));
    }
    let value = match variable.default.as_str() {
        "" => "example",
        default => default,
    };
    let call = format!(".{method}({value:?})");
    let docs = docs.section("Examples", example_at(context, &call));
    let server = server_ident(index);
    let mut setter: ImplItemFn = parse_quote! {
        pub fn #method(self, #method: impl AsRef<str>) -> Self {
            self.server_variable(&#server, #name, #method.as_ref())
        }
    };
    docs.describe(&mut setter.attrs);
    setter
}

/// A method of the builder for a security scheme that `token` does not serve.
fn expand_scheme(context: &Context<'_>, scheme: &SecurityScheme) -> Option<ImplItemFn> {
    let name = scheme.method.as_ref()?;
    let method = format_ident!("{name}");
    let (what, arguments, mut setter): (_, _, ImplItemFn) = match &scheme.kind {
        SchemeKind::Basic => (
            "with a user name and a password (HTTP basic authentication)".to_owned(),
            "\"user\", \"password\"",
            parse_quote! {
                pub fn #method(self, user_name: impl AsRef<str>, password: impl AsRef<str>) -> Self {
                    self.basic_credential(#name, user_name.as_ref(), password.as_ref())
                }
            },
        ),
        SchemeKind::Bearer => (
            "with a token, in an `Authorization: Bearer …` header".to_owned(),
            "token",
            parse_quote! {
                pub fn #method(self, token: impl AsRef<str>) -> Self {
                    self.token_credential(#name, token.as_ref())
                }
            },
        ),
        kind => (
            match kind {
                SchemeKind::Header(name) => format!("with a key, in the header `{name}`"),
                SchemeKind::Query(name) => format!("with a key, in the query as `{name}`"),
                SchemeKind::Cookie(name) => format!("with a key, in the cookie `{name}`"),
                _ => "with the whole value of an `Authorization` header".to_owned(),
            },
            "token",
            parse_quote! {
                pub fn #method(self, key: impl AsRef<str>) -> Self {
                    self.key_credential(#name, key.as_ref())
                }
            },
        ),
    };
    let mut docs = Docs::new(&format!("Signs requests {what}."));
    if let Some(description) = &scheme.description {
        docs = docs.markdown(description);
    }
    docs = docs.text("It is protected like a [`token`](Self::token).");
    let call = format!(".{method}({arguments})");
    docs.section("Examples", signed_example(context, &call))
        .describe(&mut setter.attrs);
    Some(setter)
}

/// How a client is built, with `calls` on its builder.
fn example(context: &Context<'_>, calls: &str) -> Vec<String> {
    signed_example(context, &format!("{calls}.token(token)"))
}

/// The same with `calls` that say where the API is.
fn example_at(context: &Context<'_>, calls: &str) -> Vec<String> {
    built(context, &format!("{calls}.token(token)"))
}

/// The same with `calls` that sign requests.
fn signed_example(context: &Context<'_>, calls: &str) -> Vec<String> {
    let needs_base = context.api.servers.base_url.is_none();
    let base = if needs_base {
        ".base_url(\"https://api.example.com\")"
    } else {
        ""
    };
    built(context, &format!("{base}{calls}"))
}

fn built(context: &Context<'_>, calls: &str) -> Vec<String> {
    let name = context.crate_name;
    vec![
        "```no_run".to_owned(),
        format!("# use {name}::{{Client, Error}};"),
        "# fn example(token: &str) -> Result<(), Error> {".to_owned(),
        format!("let client = Client::builder(){calls}.build()?;"),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
        "```".to_owned(),
    ]
}
