//! `cargo xtask help rules`: what codegen holds documents to.

use openapi::Rule;

use crate::rules::classes;

const HEAD: &str = "\
The rules that `cargo xtask codegen` holds documents to.

An error leaves no right code: nothing is written. A warning is told, and the
code is right all the same, save for what is lost. `--deny RULE` makes an error
of a warning, `--deny warnings` of all but advice; `--allow RULE` keeps one
silent. `cargo xtask explain RULE` shows an example and its mend.
";

/// Every rule, by level.
pub(crate) fn rules() -> String {
    let classes = classes();
    [
        HEAD.to_owned(),
        section("Warnings by which something is lost:", &classes.lossy),
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
