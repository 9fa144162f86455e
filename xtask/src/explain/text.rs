//! A rule for a terminal.

use openapi::{Level, Rule};

use super::{ADVICE, Rules, meaning, sentence};

/// All rules of a name.
pub(super) fn explain(rules: &Rules) -> String {
    let texts = [
        rules.diagnostic.map(of_documents),
        rules.drift.map(of_drift),
        rules.change.map(of_changes),
    ];
    texts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

fn of_documents(rule: &Rule) -> String {
    let name = rule.name;
    let level = match rule.level {
        Level::Error => "error",
        Level::Warning => "warning",
    };
    let mut text = format!("{level}[{name}]: {}\n", rule.explanation);
    if let Some(loss) = rule.loss {
        text.push_str(&format!("Lost: {loss}\n"));
    }
    if rule.level == Level::Warning {
        text.push_str(&format!(
            "`--allow {name}` silences it, `--deny {name}` makes it an error.\n"
        ));
    }
    if rule.is_advice {
        text.push_str(&format!("{ADVICE}\n"));
    }
    if let Some(example) = &rule.example {
        let option = match example.only {
            Some(pattern) => format!(", with `--only {pattern}`"),
            None if example.partial => ", with `--partial`".to_owned(),
            None => String::new(),
        };
        text.push_str(&format!(
            "\nExample{option}:\n\n{}\nDiagnostic:\n\n{}\nFixed:\n\n{}",
            indented(example.broken),
            indented(&generator::diagnose(example)),
            indented(example.fixed),
        ));
    }
    text
}

fn of_drift(rule: drift::Rule) -> String {
    let severity = rule.severity();
    format!(
        "drift[{}]: {}\n{}\nFix: {}\n",
        rule.id(),
        severity.name(),
        meaning(severity),
        sentence(rule.help())
    )
}

fn of_changes(rule: changes::Rule) -> String {
    format!(
        "change[{}]: {}\nReported as `{}`. {}\n",
        rule.name(),
        rule.verdict().name(),
        rule.kind(),
        rule.why()
    )
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("    {line}\n"),
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::explain;
    use crate::explain::Rules;

    #[track_caller]
    fn explained(name: &str) -> String {
        explain(&Rules::named(name).unwrap())
    }

    #[test]
    fn a_rule_with_its_example() {
        insta::assert_snapshot!(explained("unmatched-pattern"), @r#"
        error[unmatched-pattern]: A pattern matches no operation's id or tag.

        Example, with `--only cats`:

            paths:
              /pets:
                get:
                  operationId: pets/list
                  summary: List pets
                  responses: {"204": {description: Done}}

        Diagnostic:

            error[unmatched-pattern]: no operation with this id or tag: `cats`
            --> example.yaml
             = help: expected one of: `pets/list`

            1 error in example.yaml

        Fixed:

            paths:
              /pets:
                get:
                  operationId: pets/list
                  tags: [cats]
                  responses: {"204": {description: Done}}
        "#);
    }

    #[test]
    fn a_warning_with_a_loss() {
        let head = explained("left-out");
        let head = head.split_inclusive("\n\n").take(2).collect::<String>();
        insta::assert_snapshot!(head, @r"
        warning[left-out]: An operation can't be generated, and `--partial` leaves it out.
        Lost: The client has no method for it.
        `--allow left-out` silences it, `--deny left-out` makes it an error.

        Example, with `--partial`:
        ");
    }

    #[test]
    fn a_warning_as_advice() {
        let text = explained("unrecognised-pages");
        let head = text.split("\n\n").next().unwrap();
        insta::assert_snapshot!(head, @r"
        warning[unrecognised-pages]: An operation lacks only one thing to be a paginated list.
        Lost: The request has no `pages` and no `stream`.
        `--allow unrecognised-pages` silences it, `--deny unrecognised-pages` makes it an error.
        `--deny warnings` does not include it: it is advice.
        ");
    }

    #[test]
    fn rules_of_one_name() {
        insta::assert_snapshot!(explained("parameter-removed"), @r"
        drift[parameter-removed]: breaks sending
        A request that the fragment allows is refused, or does something else.
        Fix: Remove it.

        change[parameter-removed]: breaking
        Reported as `parameter removed`. It is no longer sent.
        ");
    }

    #[test]
    fn an_unknown_rule() {
        let error = Rules::named("unknown-feild").err().unwrap();
        let usage = error.downcast::<crate::usage::Usage>().unwrap();
        assert_eq!(usage.hint, "did you mean `unknown-field`?");
    }
}
