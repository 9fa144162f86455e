//! `cargo xtask help rules`: the list of the rules of codegen.

use openapi::Rule;

use crate::rules::classes;

const HEAD: &str = "\
The rules that `cargo xtask codegen` checks documents against.

An error leaves no right code: nothing is written. With a warning, the code is
right, except for the stated loss. `--deny RULE` turns a warning into an error,
`--deny warnings` all but advice; `--allow RULE` silences one.
`cargo xtask explain RULE` shows an example and its fix.
";

/// Every rule, by level.
pub(crate) fn rules() -> String {
    let classes = classes();
    [
        HEAD.to_owned(),
        section("Warnings with a loss:", &classes.lossy),
        section("Other warnings:", &classes.plain),
        section("Errors:", &classes.errors),
    ]
    .join("\n")
}

fn section(title: &str, rules: &[&Rule]) -> String {
    let rules: String = rules.iter().map(|rule| paragraph(rule)).collect();
    format!("{title}\n{rules}")
}

fn paragraph(rule: &Rule) -> String {
    let loss = rule.loss.map(|loss| format!(" {loss}")).unwrap_or_default();
    let advice = if rule.is_advice {
        " This is advice."
    } else {
        ""
    };
    let text = wrapped(&format!("{}{loss}{advice}", rule.explanation));
    format!("  {}\n{text}", rule.name)
}

/// Lines of at most 80 characters, indented.
fn wrapped(text: &str) -> String {
    const INDENT: &str = "     ";
    let mut lines = String::new();
    let mut line = INDENT.to_owned();
    for word in text.split(' ') {
        if line.len() + 1 + word.len() > 80 {
            lines.push_str(&line);
            lines.push('\n');
            INDENT.clone_into(&mut line);
        }
        line.push(' ');
        line.push_str(word);
    }
    lines + &line + "\n"
}
