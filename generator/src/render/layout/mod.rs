//! Where rustfmt breaks lines and prettyplease does not, or the other way round.
//!
//! Only what the emitters emit is covered: derives, signatures, and statements that are calls.

mod code;
mod signature;
mod statement;

use syn::Item;

use code::code_characters;

/// rustfmt's `max_width`.
pub(super) const WIDTH: usize = 100;

/// rustfmt's `struct_lit_width`.
const LITERAL_WIDTH: usize = 18;

const INDENT: &str = "    ";

/// Lays out one printed item anew.
pub(super) fn settle(text: &str, item: &Item) -> String {
    let mut settled = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if is_code(line) {
            let mut group = vec![line];
            while let Some(next) = lines.next_if(|next| !is_complete(&group, next)) {
                group.push(next);
            }
            settle_group(&group, &mut settled);
        } else {
            settled.push(line.to_owned());
        }
        let ends_method =
            matches!(item, Item::Impl(_)) && settled.last().is_some_and(|line| line == "    }");
        let ends_type = matches!(item, Item::Impl(_)) && line.starts_with("    type ");
        if (ends_method || ends_type) && lines.peek().is_some_and(|next| *next != "}") {
            settled.push(String::new());
        }
    }
    settled.push(String::new());
    settled.join("\n")
}

/// Whether a line begins what may have to be laid out anew.
fn is_code(line: &str) -> bool {
    let code = line.trim_start();
    code.starts_with("#[derive(")
        || is_signature(code)
        || is_statement(code)
        || is_literal(code)
        || is_field(code)
        || code.starts_with("impl ")
        || code.ends_with("=> {")
}

fn is_signature(code: &str) -> bool {
    [
        "fn ",
        "pub fn ",
        "async fn ",
        "pub async fn ",
        "pub(crate) fn ",
    ]
    .iter()
    .any(|start| code.starts_with(start))
}

fn is_statement(code: &str) -> bool {
    let starts = [
        "let ",
        "Ok(",
        "within(",
        "self.",
        "assert_eq!(",
        "std::mem::take(",
        "Pages::new(",
        "Download::new(",
    ];
    starts.iter().any(|start| code.starts_with(start))
}

fn is_field(code: &str) -> bool {
    code.starts_with("pub ") && code.contains(": ") && code.ends_with([',', '<'])
}

/// A struct literal on one line.
fn is_literal(code: &str) -> bool {
    (code.starts_with("Self {") || code.starts_with("const "))
        && code.ends_with(['}', ';'])
        && code.contains(" { ")
}

/// Whether the brackets that the lines open are closed in them, and `next` does not go on.
fn is_complete(lines: &[&str], next: &str) -> bool {
    let text = lines.concat();
    let code = text.trim_start();
    let end = code.trim_end();
    if code.contains("=> {") {
        // An arm with one expression has three lines.
        return lines.len() == 3 || lines.len() == 2 && next.trim_start() != "}";
    }
    if end.ends_with('{') || is_signature(code) || code.starts_with("impl ") {
        return end.ends_with(['{', '}']);
    }
    if is_field(lines[0].trim_start()) {
        return end.ends_with(',') && end.matches('<').count() == end.matches('>').count();
    }
    let mut depth = 0_i32;
    for (_, character) in code_characters(code) {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    depth <= 0 && (end.ends_with([';', ']']) || !next.trim_start().starts_with('.'))
}

fn settle_group(lines: &[&str], settled: &mut Vec<String>) {
    let first = lines[0];
    let code = first.trim_start();
    let indent = &first[..first.len() - code.len()];
    let has_block = lines.iter().any(|line| line.trim_end().ends_with('{'));
    if code.starts_with("#[derive(") {
        settle_derive(indent, &join(lines), settled);
    } else if is_signature(code) {
        signature::settle(indent, &join(lines), settled);
    } else if is_statement(code) && !has_block {
        statement::settle(indent, &join(lines), settled);
    } else if is_field(code) {
        signature::settle_field(indent, &join(lines), settled);
    } else if code.starts_with("impl ") && has_block {
        signature::settle_implementation(indent, &join(lines), settled);
    } else if is_literal(code) {
        settle_literal(indent, code, settled);
    } else if let [arm, body, _] = lines
        && let Some(pattern) = arm.strip_suffix(" {")
        && !body.ends_with([';', '{', '('])
        && fits(pattern, &format!(" {},", body.trim_start()))
    {
        settled.push(format!("{pattern} {},", body.trim_start()));
    } else {
        settled.extend(lines.iter().map(|line| (*line).to_owned()));
    }
}

/// Printed lines as the one line they would be if it were wide enough.
fn join(lines: &[&str]) -> String {
    let mut joined = String::new();
    for line in lines {
        let part = line.trim();
        let closes = part.starts_with([')', ']', '>']);
        if closes && joined.ends_with(',') {
            joined.pop();
        }
        let is_tight = joined.is_empty()
            || joined.ends_with(['(', '[', '<'])
            || closes
            || part.starts_with('.');
        if !is_tight {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
        .replace("& ", "&")
        .replace(" ?", "?")
        .replace(",)", ")")
}

fn fits(indent: &str, line: &str) -> bool {
    indent.len() + line.len() <= WIDTH
}

fn settle_derive(indent: &str, line: &str, settled: &mut Vec<String>) {
    let traits = line.trim_start_matches("#[derive(").trim_end_matches(")]");
    // rustfmt leaves one column free here.
    if indent.len() + line.len() < WIDTH {
        settled.push(format!("{indent}{line}"));
        return;
    }
    settled.push(format!("{indent}#[derive("));
    settled.push(format!("{indent}{INDENT}{traits},"));
    settled.push(format!("{indent})]"));
}

fn settle_literal(indent: &str, line: &str, settled: &mut Vec<String>) {
    let fields = line.split_once("{ ").zip(line.rsplit_once(" }"));
    match fields {
        Some(((start, _), (inner, end))) if inner.len() - start.len() - 2 > LITERAL_WIDTH => {
            settled.push(format!("{indent}{start}{{"));
            for field in code::arguments(&inner[start.len() + 2..]) {
                settled.push(format!("{indent}{INDENT}{field},"));
            }
            settled.push(format!("{indent}}}{end}"));
        }
        _ => settled.push(format!("{indent}{line}")),
    }
}
