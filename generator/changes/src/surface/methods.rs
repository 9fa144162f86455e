//! Methods and associated functions.

use generator::tidy;
use syn::{FnArg, ImplItem, ImplItemFn, Pat, ReturnType, Safety};

use super::attributes::{is_public, is_test};
use super::members::marks;
use super::names::Names;
use super::{Argument, Method, TypeText};

/// A public method of an implementation with these generic parameters.
pub(super) fn method(
    names: &Names<'_>,
    item: &ImplItem,
    generics: &str,
) -> Option<(String, Method)> {
    let ImplItem::Fn(method) = item else {
        return None;
    };
    if !is_public(&method.vis) || is_test(&method.attrs) {
        return None;
    }
    let read = Method {
        modifiers: modifiers(method),
        generics: [generics, &names.generics(&method.sig.generics)].concat(),
        receiver: receiver(method),
        arguments: arguments(names, method),
        output: match &method.sig.output {
            ReturnType::Default => TypeText::plain("()"),
            ReturnType::Type(_, type_) => names.type_(type_),
        },
        marks: marks(&method.attrs),
    };
    Some((method.sig.ident.to_string(), read))
}

fn modifiers(method: &ImplItemFn) -> String {
    let signature = &method.sig;
    let words = [
        (signature.constness.is_some(), "const "),
        (signature.asyncness.is_some(), "async "),
        (matches!(signature.safety, Safety::Unsafe(_)), "unsafe "),
    ];
    let words = words.iter().filter(|(is_there, _)| *is_there);
    let words: String = words.map(|(_, word)| *word).collect();
    match &signature.abi {
        Some(abi) => words + &tidy(abi) + " ",
        None => words,
    }
}

/// Whether a method may change its `self` is its own affair.
fn receiver(method: &ImplItemFn) -> Option<String> {
    method.sig.inputs.iter().find_map(|input| match input {
        FnArg::Receiver(receiver) => {
            let written = tidy(receiver);
            Some(written.strip_prefix("mut ").unwrap_or(&written).to_owned())
        }
        FnArg::Typed(_) => None,
    })
}

fn arguments(names: &Names<'_>, method: &ImplItemFn) -> Vec<Argument> {
    let typed = method.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => Some(argument),
        FnArg::Receiver(_) => None,
    });
    typed
        .map(|argument| Argument {
            name: match &*argument.pat {
                Pat::Ident(name) => name.ident.to_string(),
                other => tidy(other),
            },
            type_: names.type_(&argument.ty),
        })
        .collect()
}
