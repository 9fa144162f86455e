//! The pairs: base.yaml, and each case's edit of it.

use std::sync::OnceLock;

use changes::{Changes, Revision, compare};
use generator::Source;
use serde_json::Value;

/// A pair of documents, and the expected verdicts of both judges.
pub(crate) struct Case {
    pub(crate) name: String,
    /// The changed document.
    text: String,
    /// Whether it is the old one.
    is_back: bool,
    /// The rules that we find, in the order of the report.
    pub(crate) rules: Vec<String>,
    /// The lints that cargo-semver-checks finds and takes for breaking.
    pub(crate) major: Vec<String>,
    /// The other lints that it finds.
    pub(crate) minor: Vec<String>,
    /// Why the two differ on whether callers are broken, if they do.
    pub(crate) because: Option<String>,
}

impl Case {
    pub(crate) fn sides<'s>(
        &self,
        base: &'s Revision,
        changed: &'s Revision,
    ) -> (&'s Revision, &'s Revision) {
        if self.is_back {
            (changed, base)
        } else {
            (base, changed)
        }
    }

    /// The code emitted for the changed document.
    pub(crate) fn changed(&self) -> Revision {
        side(&self.text).unwrap_or_else(|error| panic!("{}\n{error}", self.name))
    }
}

/// Every case with our findings.
pub(crate) fn compared() -> &'static [(Case, Changes)] {
    static COMPARED: OnceLock<Vec<(Case, Changes)>> = OnceLock::new();
    COMPARED.get_or_init(|| {
        let (base, cases) = (base(), all());
        let changes = tests::map_in_parallel(&cases, |case| {
            let changed = case.changed();
            let (before, after) = case.sides(&base, &changed);
            compare(before, after)
        });
        cases.into_iter().zip(changes).collect()
    })
}

/// The document that the cases change.
pub(crate) fn base() -> Revision {
    side(&base_text()).expect("the document is right")
}

pub(crate) fn all() -> Vec<Case> {
    let base = base_text();
    let cases: Value = serde_yaml::from_str(&read("cases.yaml")).expect("it is YAML");
    let cases = cases.as_array().expect("it is a list").iter();
    cases.map(|case| self::case(case, &base)).collect()
}

fn case(case: &Value, base: &str) -> Case {
    let name = case["name"].as_str().expect("a case has a name");
    let mut text = base.to_owned();
    for edit in case["edits"].as_array().expect("a case has edits") {
        let (old, new) = (edit[0].as_str(), edit[1].as_str());
        let (old, new) = (old.expect("text"), new.expect("text"));
        assert_eq!(
            text.matches(old).count(),
            1,
            "{name}: not there once: {old}"
        );
        text = text.replace(old, new);
    }
    Case {
        name: name.to_owned(),
        text,
        is_back: case["back"] == true,
        rules: list(case, "rules"),
        major: list(case, "major"),
        minor: list(case, "minor"),
        because: case["because"].as_str().map(str::to_owned),
    }
}

fn list(case: &Value, field: &str) -> Vec<String> {
    let items = case[field].as_array().into_iter().flatten();
    items
        .map(|item| item.as_str().expect("text").to_owned())
        .collect()
}

pub(crate) fn base_text() -> String {
    read("base.yaml")
}

fn read(name: &str) -> String {
    let path = tests::workspace().join("tests/tests/semver").join(name);
    std::fs::read_to_string(path).expect("a file of the workspace")
}

pub(crate) fn side(text: &str) -> Result<Revision, String> {
    let source = Source::new("base.yaml", text);
    Revision::new(&source).map_err(|found| found.render(&source, false))
}
