//! A cargo feature for each namespace of a crate, so that builds compile only the namespaces that they use.
//!
//! A namespace takes the types of its requests and answers with it. A type of several namespaces is
//! there with any of them, and one of the operations without a namespace always.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Expr, ImplItem, Item, ItemFn, ItemImpl, Lit, Meta, Path, UseTree, parse_quote,
};

use crate::emit::{Emitted, namespace};
use crate::model::{Api, TypeId};
use crate::names;

/// The features of a crate's namespaces.
pub(crate) struct Features {
    /// By the names of their modules.
    by_module: BTreeMap<String, String>,
    /// The types that the files of each namespace name, by the names of their modules.
    references: BTreeMap<String, TypeReferences>,
}

/// The features that something needs one of; none where it is always there.
type Condition = Option<BTreeSet<String>>;

impl Features {
    /// None where there is nothing to choose from. `own` are the features that the crate has anyway.
    pub(crate) fn of(api: &Api, own: &BTreeSet<String>) -> Option<Self> {
        if api.namespaces.len() < 2 {
            return None;
        }
        let mut taken = own.clone();
        let named = api.namespaces.iter().filter_map(|one| one.name.as_ref());
        let by_module = named.map(|module| {
            // Cargo has no feature that begins with a `-`.
            let mut name = module.trim_matches('_').replace('_', "-");
            if own.contains(&name) {
                name.push_str("-operations");
            }
            (module.clone(), names::free_name(&name, "-", &mut taken))
        });
        let modules = api.namespaces.iter().map(namespace::module);
        Some(Self {
            by_module: by_module.collect(),
            references: modules
                .map(|module| (module.to_owned(), TypeReferences::default()))
                .collect(),
        })
    }

    /// The names of the features.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_module.values().map(String::as_str)
    }

    /// Puts a condition on everything in a file that is of some namespaces only.
    ///
    /// The conditions of types follow from the files of the namespaces, which come before all others.
    pub(crate) fn apply(&mut self, api: &Api, file: &mut Emitted) {
        match file.path.as_str() {
            "mod.rs" => self.apply_to_modules(&mut file.items),
            "client.rs" => self.apply_to_client(api, file),
            "mock/mod.rs" => {
                self.apply_to_modules(&mut file.items);
                let type_ = quote!(MockServer<Client>);
                self.apply_to_methods(&mut file.items, &type_, names::mock_method_name);
            }
            "types/mod.rs" => apply_to_types(&self.types(api), &mut file.items),
            "examples.rs" => relax(file, parse_quote!(dead_code)),
            "examples/tests.rs" | "mock/examples.rs" => apply_to_examples(&self.types(api), file),
            path => {
                let directory = path.split('/').next().unwrap_or_default();
                if let Some(references) = self.references.get_mut(directory) {
                    references.visit_file(file);
                }
            }
        }
    }

    fn apply_to_modules(&self, items: &mut [Item]) {
        for item in items {
            if let Item::Mod(module) = item
                && let Some(feature) = self.by_module.get(&module.ident.to_string())
            {
                module.attrs.push(parse_quote!(#[cfg(feature = #feature)]));
            }
        }
    }

    fn apply_to_client(&self, api: &Api, file: &mut Emitted) {
        let mut imports = Vec::new();
        for one in &api.namespaces {
            let Some(feature) = self.by_module.get(namespace::module(one)) else {
                continue;
            };
            let path = format!("super::{}::{}", namespace::module(one), one.type_name);
            file.imports.remove(&path);
            let tree: UseTree = syn::parse_str(&path).expect("a path");
            imports.push(parse_quote!(#[cfg(feature = #feature)] use #tree;));
        }
        self.apply_to_methods(&mut file.items, &quote!(Client), str::to_owned);
        file.items.splice(..0, imports);
    }

    /// Puts a condition on the methods of a type that give namespaces. `method_name` is the name that a
    /// namespace's method has there.
    fn apply_to_methods(
        &self,
        items: &mut [Item],
        type_: &TokenStream,
        method_name: fn(&str) -> String,
    ) {
        let by_module = self.by_module.iter();
        let by_method = by_module.map(|(module, feature)| (method_name(module), feature));
        let by_method: BTreeMap<_, _> = by_method.collect();
        let type_ = type_.to_string();
        let methods = items.iter_mut().filter_map(|item| match item {
            Item::Impl(own) if own.self_ty.to_token_stream().to_string() == type_ => {
                Some(&mut own.items)
            }
            _ => None,
        });
        for method in methods.flatten() {
            if let ImplItem::Fn(method) = method
                && let Some(feature) = by_method.get(&method.sig.ident.to_string())
            {
                method.attrs.push(parse_quote!(#[cfg(feature = #feature)]));
            }
        }
    }

    /// The dependencies of each type, by its name.
    fn types(&self, api: &Api) -> BTreeMap<String, Condition> {
        let ids: BTreeMap<_, _> = api
            .types
            .used_ids()
            .map(|id| (api.types.get(id).name.as_str(), id))
            .collect();
        let mut conditions = BTreeMap::new();
        for (module, named) in &self.references {
            let roots = named.types.iter().filter_map(|name| ids.get(name.as_str()));
            let feature = self.by_module.get(module);
            for id in reachable(api, roots.copied()) {
                let name = api.types.get(id).name.clone();
                let condition = conditions
                    .entry(name)
                    .or_insert_with(|| Some(BTreeSet::new()));
                match (condition.as_mut(), feature) {
                    (Some(features), Some(feature)) => {
                        features.insert(feature.clone());
                    }
                    _ => *condition = None,
                }
            }
        }
        conditions
    }
}

fn reachable(api: &Api, roots: impl Iterator<Item = TypeId>) -> BTreeSet<TypeId> {
    let mut waiting: Vec<_> = roots.collect();
    let mut found = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            waiting.extend(api.types.get(id).parts());
        }
    }
    found
}

fn apply_to_types(types: &BTreeMap<String, Condition>, items: &mut [Item]) {
    let mut by_module = BTreeMap::new();
    for item in items.iter_mut() {
        if let Item::Use(export) = item
            && let UseTree::Path(path) = &export.tree
            && let UseTree::Name(name) = &*path.tree
            && let Some(condition) = types.get(&name.ident.to_string()).and_then(attribute)
        {
            export.attrs.push(condition.clone());
            by_module.insert(path.ident.to_string(), condition);
        }
    }
    for item in items {
        if let Item::Mod(module) = item
            && let Some(condition) = by_module.get(&module.ident.to_string())
        {
            module.attrs.push(condition.clone());
        }
    }
}

fn apply_to_examples(types: &BTreeMap<String, Condition>, file: &mut Emitted) {
    for item in &mut file.items {
        let mut named = TypeReferences::default();
        named.visit_item_mut(item);
        let mut named = named.types.iter().filter_map(|name| types.get(name));
        if let Item::Fn(ItemFn { attrs, .. }) | Item::Impl(ItemImpl { attrs, .. }) = item
            && let Some(condition) = named.next().and_then(attribute)
        {
            attrs.push(condition);
        }
    }
    relax(file, parse_quote!(unused_imports));
}

/// Allows what a build without some of the features may lead to.
fn relax(file: &mut Emitted, lint: Path) {
    file.docs.push(Attribute {
        style: syn::AttrStyle::Inner(<syn::Token![!]>::default()),
        ..parse_quote!(#[allow(#lint, reason = "a build may have no examples")])
    });
}

fn attribute(condition: &Condition) -> Option<Attribute> {
    let features = condition.as_ref()?;
    let mut features = features.iter();
    Some(match (features.len(), features.next()) {
        (1, Some(feature)) => parse_quote!(#[cfg(feature = #feature)]),
        (_, first) => {
            let features = first.into_iter().chain(features);
            parse_quote!(#[cfg(any(#(feature = #features),*))])
        }
    })
}

/// Finds the types that code names, links of its docs included.
#[derive(Default)]
struct TypeReferences {
    types: BTreeSet<String>,
}

impl TypeReferences {
    fn visit_file(&mut self, file: &mut Emitted) {
        for item in &mut file.items {
            self.visit_item_mut(item);
        }
        for attribute in &mut file.docs {
            self.visit_attribute_mut(attribute);
        }
    }
}

impl VisitMut for TypeReferences {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let mut segments = path.segments.iter();
        if segments.any(|segment| segment.ident == "types")
            && let Some(type_) = segments.next()
        {
            self.types.insert(type_.ident.to_string());
        }
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        if let Meta::NameValue(docs) = &attribute.meta
            && let Expr::Lit(docs) = &docs.value
            && let Lit::Str(docs) = &docs.lit
        {
            for behind in docs.value().split("crate::types::").skip(1) {
                let end = behind.find(|c: char| !c.is_alphanumeric() && c != '_');
                let name = &behind[..end.unwrap_or(behind.len())];
                self.types.insert(name.to_owned());
            }
        }
    }
}
