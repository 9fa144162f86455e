//! The values of YAML, judged by serde_yaml.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::read;

fn value(text: &str) -> Value {
    read(text).expect("YAML").0
}

/// What both read is the same.
#[track_caller]
fn compare(text: &str) -> bool {
    // libyaml takes a byte order mark for an indentation.
    let judged = serde_yaml::from_str::<Value>(text.trim_start_matches('\u{feff}'));
    let (Ok((value, scanned)), Ok(judged)) = (read(text), judged) else {
        return false;
    };
    if scanned.warnings.is_empty() {
        assert_eq!(value, judged, "{text}");
    }
    true
}

#[test]
fn styles_of_scalars() {
    for text in [
        "plain: a b\n  c\n\n  d # no comment#\n",
        "single: 'it''s\n  folded\n\n  twice'",
        "double: \"a\\tb \\u00e9 \\x41 \\\n   c\n  d\"",
        "literal: |\n  a\n   b\n\n  c\n",
        "strip: |-\n  a\n\nkeep: |+\n  a\n\nindented: |2\n   a\n",
        "folded: >\n  a\n  b\n\n  c\n   d\n  e\n",
        "flow: {a: [1, 'b', \"c\", d e], \"f\":1, g: {}, h: []}",
        "- - a\n  - b\n-\n  - c\n- ? d\n  : e\n",
        "quoted: ['1', \"true\", 'null', '']\nempty:\nalso: ~\n",
        "tags: [!!str 1, !!int 2, !!str true, !!float 2.5]",
        "200: a\ntrue: b\n1.5: c\n~: d\n",
        "a: &a {b: &b [1, 2]}\nc: *a\nd: [*b, *b]\n",
        "a: 1 \r\nb: |\r\n  c\r\n  d\r\n",
        "%YAML 1.2\n---\na: 1\n...\n",
        "\u{feff}a: 1\nb: é\n",
        "'a: b': c\nurl: http://a/b#c\nemoji: \"\\U0001F600\"\n",
    ] {
        assert!(compare(text), "{text}");
    }
}

/// The documents of the tests, whole and with single lines or bytes gone.
#[test]
fn documents_as_serde_yaml_reads_them() {
    let mut texts = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec"),
        &mut texts,
    );
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/tests"),
        &mut texts,
    );
    assert!(texts.len() > 50, "{}", texts.len());
    for text in &texts {
        compare(text);
        let lines: Vec<_> = text.split_inclusive('\n').collect();
        for skipped in (0..lines.len()).step_by(lines.len().div_ceil(5)) {
            compare(&[&lines[..skipped], &lines[skipped + 1..]].concat().concat());
        }
    }
}

fn collect(directory: &Path, texts: &mut Vec<String>) {
    for entry in fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, texts);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            texts.push(fs::read_to_string(path).expect("text"));
        }
    }
}

#[test]
fn integers_beyond_64_bits_are_the_nearest_numbers() {
    let text = "\u{feff}é: -9223372036854776000\nb: [18446744073709551616, 18446744073709551615]\nc: '18446744073709551616'\nd: !!str 18446744073709551616";
    let (value, scanned) = read(text).unwrap();
    let expected = json!({
        "é": -9223372036854776000.0,
        "b": [18446744073709551616.0, u64::MAX],
        "c": "18446744073709551616",
        "d": "18446744073709551616",
    });
    assert_eq!(value, expected);
    assert_eq!(scanned.warnings.len(), 2);
}

/// Of keys that are given twice, the last counts.
#[test]
fn the_last_of_two_values() {
    let found = read("a: 1\nb: 2\na: [3]\n");
    assert_eq!(found.expect("YAML").0, json!({"a": [3], "b": 2}));
}

#[test]
fn aliases_are_expanded_up_to_a_limit() {
    assert_eq!(
        value("a: &a [x]\nb: [*a, *a]\n"),
        json!({"a": ["x"], "b": [["x"], ["x"]]})
    );
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let alias = format!("*a{}, ", level - 1).repeat(10);
        laughs.push_str(&format!("a{level}: &a{level} [{alias}]\n"));
    }
    let found = read(&laughs).unwrap_err();
    let rules: Vec<_> = found.iter().map(|diagnostic| diagnostic.rule).collect();
    assert_eq!(rules, ["too-large"]);
}
