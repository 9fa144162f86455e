//! Changes of all requests.

use generator::model::{Api, ServerTemplate, ServerVariable};
use openapi::Pointer;

use super::Wire;
use crate::{Change, Rule};

const CLIENT: &str = "Client";

impl Wire<'_> {
    pub(super) fn api(&mut self) {
        if self.before.api.operations().next().is_none() {
            return;
        }
        self.base_url();
        self.servers();
        self.version();
        let (old, new) = (&self.before.api.accept, &self.after.api.accept);
        if old != new {
            self.whole(
                Rule::AcceptChanged,
                "x-accept",
                old.as_deref(),
                new.as_deref(),
            );
        }
    }

    fn base_url(&mut self) {
        let (old, new) = (
            &self.before.api.servers.base_url,
            &self.after.api.servers.base_url,
        );
        let rule = match (old, new) {
            (None, Some(_)) => Rule::BaseUrlAdded,
            (Some(_), None) => Rule::BaseUrlRemoved,
            (old, new) if old != new => Rule::BaseUrlChanged,
            _ => return,
        };
        self.whole(rule, "servers", old.as_deref(), new.as_deref());
    }

    /// Servers that the same method of the builder leads to.
    fn servers(&mut self) {
        let (before, after) = (self.before, self.after);
        for (old, variable) in variables(&before.api) {
            let mut others = variables(&after.api);
            let same = others.find(|(_, other)| other.method == variable.method);
            if let Some((new, other)) = same
                && marked(&new.url, &other.name) != marked(&old.url, &variable.name)
            {
                let (old, new) = (old.url.as_str(), new.url.as_str());
                self.whole(Rule::ServerChanged, "servers", Some(old), Some(new));
            }
        }
    }

    fn version(&mut self) {
        let (old, new) = (&self.before.api, &self.after.api);
        let spelt = |header: &Option<String>| header.as_ref().map(|name| name.to_ascii_lowercase());
        if spelt(&old.version_header) != spelt(&new.version_header) {
            let (old, new) = (old.version_header.as_deref(), new.version_header.as_deref());
            self.whole(Rule::VersionHeaderChanged, "x-api-version-header", old, new);
        } else if new.version_header.is_some() && old.version != new.version {
            let change = Change::new(Rule::VersionChanged, CLIENT)
                .was(old.version.as_str())
                .becomes(new.version.as_str());
            let place = self.in_after(&Pointer::root().child("info").child("version"));
            self.found.push(change.at(place));
        }
    }

    fn whole(&mut self, rule: Rule, field: &str, old: Option<&str>, new: Option<&str>) {
        let is_one_sided = matches!(rule, Rule::BaseUrlAdded | Rule::BaseUrlRemoved);
        let text = |value: Option<&str>| {
            let value = value.or((!is_one_sided).then_some("none"));
            value.map(str::to_owned)
        };
        let mut change = Change::new(rule, CLIENT);
        (change.before, change.after) = (text(old), text(new));
        let pointer = Pointer::root().child(field);
        let is_there = self.after.value().get(field).is_some();
        let place = if new.is_some() && is_there {
            self.in_after(&pointer)
        } else {
            self.in_before(&pointer)
        };
        self.found.push(change.at(place));
    }
}

/// The variables of all servers.
fn variables(api: &Api) -> impl Iterator<Item = (&ServerTemplate, &ServerVariable)> {
    let templates = api.servers.templates.iter();
    templates.flat_map(|template| {
        let variables = template.variables.iter();
        variables.map(move |variable| (template, variable))
    })
}

/// A template whatever its variable is called.
fn marked(url: &str, variable: &str) -> String {
    url.replace(&format!("{{{variable}}}"), "{}")
}
