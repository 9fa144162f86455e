//! Versions of the API: GitHub's descriptions tell the oldest one, and beside it what newer ones change.
//!
//! An `x-github-breaking-changes` holds patches for the object that it stands in, each with the version
//! that brings it. The fragment speaks one version, so that is the one to compare with.

use serde_json::Value;

use super::patch::patch;

const CHANGES: &str = "x-github-breaking-changes";

/// The version that the fragment requests, if any.
pub(super) fn requested(fragment: &Value) -> Option<&str> {
    fragment.get("x-api-version-header")?;
    fragment
        .pointer("/info/version")?
        .as_str()
        .filter(|version| is_date(version))
}

/// Applies the changes up to this version; returns their number.
pub(super) fn apply(upstream: &mut Value, version: Option<&str>) -> usize {
    let Some(version) = version else { return 0 };
    let mut applied = 0;
    for object in changeable(upstream) {
        let changes = object.get_mut(CHANGES).map(Value::take);
        let listed = changes
            .as_ref()
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let mut due: Vec<_> = listed
            .filter_map(|change| Some((change.get("version")?.as_str()?, change.get("patch")?)))
            .filter(|(since, _)| is_date(since) && *since <= version)
            .collect();
        due.sort_by_key(|(since, _)| *since);
        applied += due.len();
        for (_, change) in due {
            patch(object, change);
        }
    }
    applied
}

/// The objects in which changes are announced: operations and components.
fn changeable(upstream: &mut Value) -> impl Iterator<Item = &mut Value> {
    let mut found = Vec::new();
    for (section, inner) in upstream.as_object_mut().into_iter().flatten() {
        if section == "paths" || section == "components" {
            let groups = inner.as_object_mut().into_iter().flatten();
            found.extend(groups.filter_map(|(_, group)| group.as_object_mut()));
        }
    }
    let objects = found.into_iter().flatten().map(|(_, object)| object);
    objects.filter(|object| object.get(CHANGES).is_some())
}

/// Versions of the API are dates, which are in order as texts too.
fn is_date(version: &str) -> bool {
    let is_digit = |(at, byte): (usize, u8)| {
        if [4, 7].contains(&at) {
            byte == b'-'
        } else {
            byte.is_ascii_digit()
        }
    };
    version.len() == 10 && version.bytes().enumerate().all(is_digit)
}
