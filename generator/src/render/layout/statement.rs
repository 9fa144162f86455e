//! Statements that are calls or chains of calls.

use super::code::{arguments, calls, code_characters};
use super::{INDENT, fits};

/// rustfmt's `fn_call_width` and `chain_width`.
const CALL_WIDTH: usize = 60;

/// Puts each argument of a call on a line of its own where they are too wide together, but for a
/// closure at the end, which becomes a block.
pub(super) fn settle(indent: &str, line: &str, settled: &mut Vec<String>) {
    let is_narrow = calls(line).all(|call| is_narrow(call.inner(line)))
        && chain(line).is_none_or(|(start, links)| {
            links.len() < 2 || chain_width(start, &links) <= CALL_WIDTH
        });
    if fits(indent, line) && is_narrow {
        settled.push(format!("{indent}{line}"));
        return;
    }
    if let Some((start, links)) = chain(line)
        && links.len() > 1
        && !ends_in_wide_call(start, &links)
    {
        settled.push(format!("{indent}{start}"));
        for link in links {
            settle(&format!("{indent}{INDENT}"), link, settled);
        }
        return;
    }
    let Some(mut call) = calls(line)
        .filter(|call| is_tail(&line[call.close + 1..]))
        .min_by_key(|call| call.open)
    else {
        settled.push(format!("{indent}{line}"));
        return;
    };
    // A call that is another's only argument is broken instead.
    while let [only] = arguments(call.inner(line)).as_slice()
        && only.ends_with(')')
        && let Some(inner) =
            calls(line).find(|inner| inner.close + 1 == call.close && inner.open > call.open)
    {
        call = inner;
    }
    let (start, arguments) = (&line[..=call.open], arguments(call.inner(line)));
    let end = &line[call.close..];
    if let Some((closure, others)) = arguments.split_last()
        && let Some((head, body)) = closure.split_once("| ")
        && closure.starts_with('|')
    {
        let others: String = others.iter().map(|other| format!("{other}, ")).collect();
        settled.push(format!("{indent}{start}{others}{head}| {{"));
        settled.push(format!("{indent}{INDENT}{body}"));
        settled.push(format!("{indent}}}{end}"));
        return;
    }
    settled.push(format!("{indent}{start}"));
    for argument in arguments {
        settled.push(format!("{indent}{INDENT}{argument},"));
    }
    settled.push(format!("{indent}{end}"));
}

/// Whether the arguments of a call can stay on its line; one that is no call itself always can.
fn is_narrow(inner: &str) -> bool {
    inner.len() <= CALL_WIDTH || (arguments(inner).len() == 1 && !inner.contains('('))
}

/// What may follow a statement's last call.
fn is_tail(rest: &str) -> bool {
    rest.replace(".await", "")
        .chars()
        .all(|character| matches!(character, '?' | ';' | ')'))
}

/// A chain of calls that begins at `self` and goes to the statement's end: what stands before the
/// links, and the links. A statement that begins with `self` has the first field beside it.
fn chain(line: &str) -> Option<(&str, Vec<&str>)> {
    let begin = ["Ok(self.", "let request = self.", "self.session."]
        .iter()
        .find(|start| line.starts_with(**start))?;
    let first = begin.len() - 1;
    let mut links = Vec::new();
    let (mut depth, mut start) = (0_i32, first);
    for (index, character) in code_characters(&line[first..]) {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            '.' if depth == 0 && index > 0 => {
                links.push(&line[start..first + index]);
                start = first + index;
            }
            _ => {}
        }
    }
    links.push(&line[start..]);
    Some((&line[..first], links))
}

/// Whether the last link alone is too wide, and rustfmt breaks its arguments rather than the chain.
fn ends_in_wide_call(start: &str, links: &[&str]) -> bool {
    let Some((last, others)) = links.split_last() else {
        return false;
    };
    let is_wide = |link: &str| calls(link).any(|call| call.inner(link).len() > CALL_WIDTH);
    is_wide(last)
        && !others.iter().any(|link| is_wide(link))
        && chain_width(start, others) <= CALL_WIDTH
}

/// A chain's columns on one line, without what stands around it.
fn chain_width(start: &str, links: &[&str]) -> usize {
    let receiver = start.rsplit(['(', ' ']).next().map_or(0, str::len);
    let end = links
        .last()
        .map_or(0, |last| last.trim_end_matches(';').len());
    let others: usize = links[..links.len() - 1].iter().map(|link| link.len()).sum();
    receiver + others + end - usize::from(start.starts_with("Ok("))
}
