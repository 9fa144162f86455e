//! cargo-semver-checks, an independent judge of the Rust API: `bash .ci/semver`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::batch;
use crate::cases::{self, Case};

/// The variable with the program's path, set by the script that installs it.
const PROGRAM: &str = "CARGO_SEMVER_CHECKS";

/// The lints that find something, by the module of the case, each with its severity.
type Lints = BTreeMap<String, BTreeSet<(String, String)>>;

#[test]
#[ignore = "needs cargo-semver-checks: run `bash .ci/semver`"]
fn every_case_is_judged_as_recorded() {
    let cases = cases::all();
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver");
    let (before, after) = batch::write(&directory, &cases);
    let target = directory.join("target");
    let (before, after) = (
        rustdoc(&before, &target.join("before")),
        rustdoc(&after, &target.join("after")),
    );
    let report = judge(&before, &after);
    let found = lints(&report);
    assert!(!found.is_empty(), "{report}");
    let mut wrong = String::new();
    for (index, case) in cases.iter().enumerate() {
        let recorded = recorded(case);
        let found = found.get(&batch::module(index)).cloned();
        let found = found.unwrap_or_default();
        if found != recorded {
            let name = &case.name;
            wrong.push_str(&format!(
                "{name}\n  recorded: {recorded:?}\n  found:    {found:?}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn recorded(case: &Case) -> BTreeSet<(String, String)> {
    let of = |severity: &str, lints: &[String]| -> Vec<_> {
        let lints = lints.iter();
        lints
            .map(|lint| (severity.to_owned(), lint.clone()))
            .collect()
    };
    let (major, minor) = (of("major", &case.major), of("minor", &case.minor));
    major.into_iter().chain(minor).collect()
}

/// Describes a crate in rustdoc's JSON; the compiler that the workspace is built with will do.
fn rustdoc(directory: &Path, target: &Path) -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["rustdoc", "--offline", "--lib", "--"])
        .args([
            "-Z",
            "unstable-options",
            "--output-format",
            "json",
            "--cap-lints",
            "allow",
        ])
        .current_dir(directory)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
    target.join("doc/pairs.json")
}

fn judge(before: &Path, after: &Path) -> String {
    let program = std::env::var_os(PROGRAM).expect("the script tells where the program is");
    let output = Command::new(program)
        .args(["semver-checks", "check-release", "--release-type", "patch"])
        .args(["--color", "never", "--verbose"])
        .arg("--baseline-rustdoc")
        .arg(before)
        .arg("--current-rustdoc")
        .arg(after)
        .output()
        .expect("cargo-semver-checks runs");
    let texts =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    texts.concat()
}

/// Reads a report: `FAIL [ 0.1s] major LINT` gives the severity of a failed lint, and `--- failure LINT: …`
/// begins its findings.
fn lints(report: &str) -> Lints {
    let severities: BTreeMap<_, _> = report
        .lines()
        .filter_map(|line| {
            let mut words = line.trim_start().strip_prefix("FAIL ")?.split(' ').rev();
            let lint = words.next()?;
            Some((lint, words.find(|word| !word.is_empty())?))
        })
        .collect();
    let mut found = Lints::new();
    let mut lint = None;
    for line in report.lines() {
        if let Some(heading) = line.strip_prefix("--- ") {
            let name = heading.strip_prefix("failure ");
            lint = name
                .and_then(|name| name.split_once(':'))
                .map(|(name, _)| name);
        } else if let (Some(lint), Some(module)) = (lint, module_in(line)) {
            let severity = severities.get(lint).copied().unwrap_or("unknown");
            let lints = found.entry(module).or_default();
            lints.insert((severity.to_owned(), lint.to_owned()));
        }
    }
    found
}

/// The module of a case that a line speaks of.
fn module_in(line: &str) -> Option<String> {
    let (_, behind) = line.split_once("case_")?;
    let number: String = behind.chars().take_while(char::is_ascii_digit).collect();
    Some(batch::module(number.parse().ok()?))
}

#[test]
fn reports_are_read() {
    let report = "--- failure struct_missing: pub struct removed or renamed ---\n\
                  Failed in:\n  struct pairs::case_07::builds::Start, previously in x.rs:51\n\
                  --- warning other: not counted ---\nFailed in:\n  case_08\n\
                  \x20       FAIL [   0.269s]       major        struct_missing\n\
                  \x20       WARN [   0.136s]       major        other\n";
    let lint = ("major".to_owned(), "struct_missing".to_owned());
    let expected = Lints::from([("case_07".to_owned(), BTreeSet::from([lint]))]);
    assert_eq!(lints(report), expected);
}
