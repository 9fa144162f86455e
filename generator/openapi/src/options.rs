//! The options of a run.

use crate::glob;

/// Stands for all rules that are warnings, except advice.
pub(crate) const WARNINGS: &str = "warnings";

/// The options of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Rules whose warnings are errors; `warnings` for all rules that are not in `allow`.
    pub deny: Vec<String>,
    /// Rules whose warnings are silenced.
    pub allow: Vec<String>,
    /// Leave out operations that can't be expressed, instead of failing.
    pub partial: bool,
    /// Take only operations whose id or tag is like one of these, where `*` is any text. Empty: all operations.
    pub only: Vec<String>,
}

impl Options {
    /// Takes every warning for an error.
    pub fn strict() -> Self {
        Self {
            deny: vec![WARNINGS.to_owned()],
            ..Self::default()
        }
    }

    /// Whether an operation with this id and these tags is asked for.
    pub fn selects<'a>(
        &self,
        id: Option<&'a str>,
        tags: impl IntoIterator<Item = &'a str>,
    ) -> bool {
        let mut names = id.into_iter().chain(tags);
        self.only.is_empty() || names.any(|name| self.is_named(name))
    }

    fn is_named(&self, name: &str) -> bool {
        self.only
            .iter()
            .any(|pattern| glob::matches(pattern, name, None))
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[track_caller]
    fn check(only: &[&str], id: Option<&str>, tags: &[&str], expect: bool) {
        let options = Options {
            only: only.iter().map(ToString::to_string).collect(),
            ..Options::default()
        };
        let tags = tags.iter().copied();
        assert_eq!(options.selects(id, tags), expect, "{only:?}");
    }

    #[test]
    fn operations_are_selected_by_id_and_by_tag() {
        check(&[], None, &[], true);
        check(&["actions/*"], Some("actions/get-artifact"), &[], true);
        check(&["*artifact*"], Some("actions/get-artifact"), &[], true);
        check(&["actions"], Some("actions/get-artifact"), &[], false);
        check(
            &["actions"],
            Some("actions/get-artifact"),
            &["actions"],
            true,
        );
        check(&["users", "act*"], None, &["actions"], true);
        check(&["Actions"], None, &["actions"], false);
        check(&["*"], None, &[], false);
    }
}
