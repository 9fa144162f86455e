//! Clients with settings from the environment, where the document names variables.

use quote::quote;
use syn::{ImplItemFn, parse_quote};

use super::Context;
use super::docs::Docs;
use crate::model::Environment;

/// The method that builds a client from the environment alone.
pub(super) fn expand_from_env(context: &Context<'_>) -> Option<ImplItemFn> {
    let environment = context.api.environment.as_ref()?;
    let mut method: ImplItemFn = parse_quote! {
        pub fn from_env() -> Result<Self, Error> {
            Self::builder().read_env().build()
        }
    };
    let docs = Docs::new("Builds a client with settings from the environment.")
        .lines(table(context, environment))
        .markdown(
            "Of several variables, the first that is set and not empty is used. Clients that are \
             built in other ways read none of them.",
        )
        .section(
            "Errors",
            vec!["Those of [`build`](ClientBuilder::build); they name the variable.".to_owned()],
        );
    docs.describe(&mut method.attrs);
    Some(method)
}

/// The builder's method that does the same, and leaves room for other settings.
pub(super) fn expand_read_env(context: &Context<'_>) -> Option<ImplItemFn> {
    let environment = context.api.environment.as_ref()?;
    let base_url = &environment.base_url;
    let credentials = environment.credentials.iter().map(|(scheme, variables)| {
        let setting = context.api.schemes[*scheme].setting();
        quote!((#setting, &[#(#variables),*]))
    });
    Some(parse_quote! {
        /// Takes settings from the environment, as [`Client::from_env`] does. They replace earlier ones.
        pub fn read_env(self) -> Self {
            self.read_variables(&[#(#base_url),*], &[#(#credentials),*])
        }
    })
}

/// The purpose of each variable.
fn table(context: &Context<'_>, environment: &Environment) -> Vec<String> {
    let mut lines = vec![
        "| variable | setting |".to_owned(),
        "| --- | --- |".to_owned(),
    ];
    let mut row = |variables: &[String], setting: &str| {
        let variables: Vec<_> = variables.iter().map(|name| format!("`{name}`")).collect();
        if !variables.is_empty() {
            let variables = variables.join(", or else ");
            lines.push(format!(
                "| {variables} | [`{setting}`](ClientBuilder::{setting}) |"
            ));
        }
    };
    row(&environment.base_url, "base_url");
    for (scheme, variables) in &environment.credentials {
        row(variables, context.api.schemes[*scheme].setting());
    }
    lines
}
