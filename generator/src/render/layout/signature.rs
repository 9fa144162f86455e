//! Signatures of functions, heads of implementations, and fields.

use super::code::{arguments, calls};
use super::{INDENT, WIDTH, fits};

/// Puts each parameter on a line of its own where the signature is too wide for one.
pub(super) fn settle(indent: &str, line: &str, settled: &mut Vec<String>) {
    let first = calls(line).min_by_key(|call| call.open);
    let Some(parameters) = first.filter(|_| !fits(indent, line)) else {
        settled.push(format!("{indent}{line}"));
        return;
    };
    settled.push(format!("{indent}{}", &line[..=parameters.open]));
    for parameter in arguments(parameters.inner(line)) {
        settled.push(format!("{indent}{INDENT}{parameter},"));
    }
    let result = &line[parameters.close..];
    let type_ = result.trim_end_matches(" {");
    // rustfmt leaves columns free here.
    if indent.len() + result.len() + 1 < WIDTH {
        settled.push(format!("{indent}{result}"));
    } else if fits(indent, type_) {
        settled.push(format!("{indent}{type_}"));
        settled.push(format!("{indent}{{"));
    } else {
        settle_result(indent, type_, settled);
    }
}

/// Puts each argument of a generic type on a line of its own.
fn settle_result(indent: &str, result: &str, settled: &mut Vec<String>) {
    let inner = result.split_once('<').zip(result.rsplit_once('>'));
    let Some(((start, _), (inner, _))) = inner else {
        settled.push(format!("{indent}{result} {{"));
        return;
    };
    settled.push(format!("{indent}{start}<"));
    for argument in arguments(&inner[start.len() + 1..]) {
        settled.push(format!("{indent}{INDENT}{argument},"));
    }
    settled.push(format!("{indent}> {{"));
}

/// Breaks the head of an implementation before `for`.
pub(super) fn settle_implementation(indent: &str, line: &str, settled: &mut Vec<String>) {
    match line.split_once(" for ") {
        Some((trait_, type_)) if !fits(indent, line) => {
            settled.push(format!("{indent}{trait_}"));
            settled.push(format!(
                "{indent}{INDENT}for {}",
                type_.trim_end_matches(" {")
            ));
            settled.push(format!("{indent}{{"));
        }
        _ => settled.push(format!("{indent}{line}")),
    }
}

/// Breaks a field before its type.
pub(super) fn settle_field(indent: &str, line: &str, settled: &mut Vec<String>) {
    match line.split_once(": ") {
        Some((name, type_)) if !fits(indent, line) => {
            settled.push(format!("{indent}{name}:"));
            settled.push(format!("{indent}{INDENT}{type_}"));
        }
        _ => settled.push(format!("{indent}{line}")),
    }
}
