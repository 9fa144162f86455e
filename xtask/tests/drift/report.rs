//! Reports of drift in each format.

use crate::workspace::{WORDS, Workspace};

#[test]
fn no_drift() {
    let workspace = Workspace::accepted();
    let output = |format: &str| workspace.drift(&["--format", format]).ends(0);
    insta::assert_snapshot!(output("text"), @"spec/artifacts.yaml and things 1.2.3: no drift; 1 operation compared, 5 differences waived");
    insta::assert_snapshot!(output("markdown"), @r"
    ### `spec/artifacts.yaml` and `things 1.2.3`

    No drift; 1 operation compared, 5 differences waived.
    ");
    assert!(output("json").contains("\"drift\": false"));
}

#[test]
fn drift_as_text() {
    insta::assert_snapshot!("text", Workspace::new().drift(&[]).ends(1));
}

#[test]
fn drift_as_markdown() {
    insta::assert_snapshot!(
        "markdown",
        Workspace::new().drift(&["--format", "markdown"]).ends(1)
    );
}

#[test]
fn drift_as_json() {
    insta::assert_snapshot!(
        "json",
        Workspace::new().drift(&["--format", "json"]).ends(1)
    );
}

#[test]
fn operations_missing_from_the_fragment_are_listed() {
    let workspace = Workspace::accepted();
    let more = "paths:
  /things/{thing_id}/parts:
    get: { operationId: things/list-parts, responses: {} }
  /things/{thing_id}/parts/{number_of_the_part_within_the_whole_thing}:
    put: { operationId: things/replace-part, responses: {} }
";
    workspace.edit("things.yaml", "paths:\n", more);
    insta::assert_snapshot!(workspace.drift(&[]).ends(1), @r##"
    news[operation-not-in-fragment]: 2 operations of the same section not in the fragment
     |
     = upstream: things/list-parts, `get /things/{thing_id}/parts`, at things.yaml:6:5
     = upstream: things/replace-part, `put /things/{thing_id}/parts/{number_of_the_part_within_the_whole_thing}`, at things.yaml:8:5
     = help: describe them, or waive them: `- { rule: operation-not-in-fragment, operation: "things/*", reason: … }`

    spec/artifacts.yaml and things 1.2.3: 2 news; 1 operation compared, 5 differences waived
    fix the fragment, or waive intended differences in spec/drift.yaml, with the reason
    "##);
}

#[test]
fn stale_waivers_are_drift() {
    let workspace = Workspace::accepted();
    workspace.edit("things.yaml", "nullable: true", "minLength: 0");
    workspace.edit(
        "workspace/spec/drift.yaml",
        "/responses/404",
        "/responses/410",
    );
    for format in ["text", "markdown", "json", "github"] {
        let output = workspace.drift(&["--format", format]).ends(1);
        insta::assert_snapshot!(format!("stale-{format}"), output);
    }
}

#[test]
fn a_stale_waiver_alone_is_drift() {
    let workspace = Workspace::accepted();
    let more = "waivers:\n  - { rule: parameter-added, operation: '*', pointer: /lost, reason: r }";
    workspace.edit("workspace/spec/drift.yaml", "waivers:", more);
    let output = workspace.drift(&[]).ends(1);
    assert!(
        output.ends_with(
            ": 1 stale in spec/drift.yaml; 1 operation compared, 5 differences waived\n"
        )
    );
}

#[test]
fn long_lines_are_truncated() {
    let workspace = Workspace::waived();
    let schema = r#"{"type":"object","properties":{"name":{"type":"integer"}},"required":["id"]}"#;
    let padding = format!(r#""x-padding":"{}""#, "x".repeat(5000));
    let upstream = format!(
        r#"{{"openapi":"3.0.3",{padding},"paths":{{"/things/{{thing_id}}":{{"get":{{"operationId":"things/get-thing","responses":{{"200":{{"content":{{"application/json":{{"schema":{schema}}}}}}}}}}}}}}},{padding}}}"#
    );
    workspace.write("line.json", upstream);
    let output = workspace.run(&["drift", "--upstream", "line.json"]).ends(1);
    let start = output.find("breaks decoding[response-retyped]").unwrap();
    let end = start + output[start..].find("\n\n").unwrap();
    insta::assert_snapshot!(&output[start..end], @r#"
    breaks decoding[response-retyped]: `name` is `integer` upstream, but `string` here
      --> spec/artifacts.yaml:21:27
       |
    21 |                   name: { type: string }
       |                           ^^^^ `string`
       |
      ::: line.json:1:5205, #/paths/~1things~1{thing_id}/get/responses/200/content/application~1json/schema/properties/name/type
       |
     1 | …:{"type":"object","properties":{"name":{"type":"integer"}},"required":["id"]}}}}}}}},"x-padding":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
       |                                          ^^^^^^ `integer`
       |
       = in: things/get-thing /responses/200/content/application~1json/schema/properties/name
       = help: use upstream's type
    "#);
}

#[test]
fn two_reports_fit_into_an_issue() {
    for (longer, rows) in [(0, 40), (10, 31)] {
        let workspace = Workspace::accepted();
        let properties: Vec<_> = (0..60)
            .map(|number| format!("p{number}{}: {{}}", "x".repeat(number * longer)))
            .collect();
        let more = format!("{}\n        size: {{", properties.join("\n        "));
        workspace.edit("things.yaml", "size: {", &more);
        let output = workspace.drift(&["--format", "markdown"]).ends(1);
        assert!(output.len() < 30_000, "{}", output.len());
        for (start, expect) in [("| ", rows + 1), ("   - To do: ", rows)] {
            let lines = output.lines().filter(|line| line.starts_with(start));
            let count = lines.filter(|line| !line.starts_with("| ---")).count();
            assert_eq!(count, expect, "{start}");
        }
        assert!(output.contains(&format!("\nAnd {} more.\n", 60 - rows)));
        assert!(output.trim_end().ends_with("</details>"));
    }
}

#[test]
fn reports_have_no_prose_of_upstream() {
    let workspace = Workspace::new();
    for format in ["markdown", "json"] {
        let output = workspace.drift(&["--format", format]).ends(1);
        assert!(!output.contains(WORDS), "{output}");
    }
    let workspace = Workspace::accepted();
    assert!(!workspace.read("workspace/spec/drift.yaml").contains(WORDS));
}

#[test]
fn names_of_upstream_are_escaped() {
    let workspace = Workspace::accepted();
    let hostile = r#""a|b` @octocat `<!-- #1 \u001b[31m\n## d\u202e": { type: string }"#;
    workspace.edit(
        "things.yaml",
        "size: {",
        &format!("{hostile}\n        size: {{"),
    );
    workspace.edit("things.yaml", "version: 1.2.3", "version: '@octocat'");
    let output = workspace.drift(&["--format", "markdown"]).ends(1);
    insta::assert_snapshot!("hostile-markdown", output);
    let output = workspace.drift(&[]).ends(1);
    assert!(!output.contains(['\u{1b}', '\u{202e}']), "{output}");
    // Programs get names as they are, escaped as JSON escapes them.
    let output = workspace.drift(&["--format", "json"]).ends(1);
    assert!(!output.contains('\u{1b}'), "{output}");
}

#[test]
fn colours_follow_the_environment() {
    let workspace = Workspace::new();
    let args = ["drift", "--upstream", "things.yaml"];
    let output = |variable: &str| {
        workspace
            .command(&args)
            .env(variable, "1")
            .output()
            .unwrap()
            .stdout
    };
    assert!(output("CLICOLOR_FORCE").contains(&0x1b));
    assert!(!output("NO_COLOR").contains(&0x1b));
}
