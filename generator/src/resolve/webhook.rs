//! Types of webhooks.

use openapi::media_type::{self, MediaKind};
use openapi::{METHODS, Pointer};
use serde_json::Value;

use super::{Resolver, body, entries, examples};
use crate::names;

/// Finds the types of webhooks' bodies and parameters.
pub(super) fn resolve(resolver: &mut Resolver<'_>) {
    let root = resolver.root;
    let at = Pointer::root().child("webhooks");
    for (name, item) in entries(root, "webhooks") {
        let (item, at) = resolver.follow(item, &at.child(name));
        for method in METHODS {
            let webhook = item.get(*method);
            if let Some(webhook) = webhook.filter(|value| resolver.selects(value)) {
                received(resolver, name, webhook, &at.child(method));
            }
        }
    }
}

/// Takes every named schema for one that is sent and received.
pub(super) fn resolve_components(resolver: &mut Resolver<'_>) {
    let root = resolver.root;
    let Some(components) = root.get("components") else {
        return;
    };
    let at = Pointer::root().child("components").child("schemas");
    for (name, _) in entries(components, "schemas") {
        let type_ = resolver.types.named(&at.child(name));
        resolver.sent.extend(type_.clone());
        resolver.received.extend(type_);
    }
}

fn received<'a>(resolver: &mut Resolver<'a>, name: &str, webhook: &'a Value, at: &Pointer) {
    let Some(body) = webhook.get("requestBody") else {
        return;
    };
    resolver.types.begin_operation();
    let (body, at) = resolver.follow(body, &at.child("requestBody"));
    let wish = format!("{}Webhook", names::type_name(name));
    for media in &body::media(resolver, body, &at) {
        let kind = media_type::kind(media.name, media.schema());
        if matches!(
            kind,
            MediaKind::Json | MediaKind::Form | MediaKind::Multipart
        ) {
            let type_ = media.type_(resolver, &wish);
            resolver.received.push(type_.clone());
            if kind == MediaKind::Json {
                examples::of_media(resolver, media, &format!("{name} webhook"), &type_);
            }
        }
    }
}
