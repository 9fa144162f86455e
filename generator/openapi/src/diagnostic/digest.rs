//! Many diagnostics in few lines: errors as they are, warnings by their rules.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use annotate_snippets::{Group, Level};

use super::render::{level, render_one, renderer, summary};
use super::{Diagnostic, Rule};
use crate::text::{Lines, Source, Span};
use crate::words;

/// Maximum errors shown with their lines; others are counted by rule.
const SHOWN: usize = 100;
/// Maximum characters of a message in a list.
const LONGEST: usize = 160;

/// The lines of a digest, for diagnostics that are sorted by position.
pub(super) fn digest(diagnostics: &[Diagnostic], source: &Source, color: bool) -> String {
    let lines = Lines::new(source);
    let renderer = renderer(color);
    let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.iter().partition(|one| one.is_error());
    let (shown, further) = errors.split_at(errors.len().min(SHOWN));

    let mut text = String::new();
    for error in shown {
        text += &render_one(error, &lines, &renderer);
        text += "\n\n";
    }
    for same in by_rule(further).into_iter().chain(by_rule(&warnings)) {
        text += &renderer.render(&[headline(&same, &lines)]);
        text += "\n";
        if let Some(loss) = loss(same[0]) {
            let note = Group::with_title(Level::NOTE.secondary_title(loss));
            text += &format!("  {}\n", renderer.render(&[note]));
        }
    }
    if !further.is_empty() || !warnings.is_empty() {
        text += "\n";
    }
    text + &summary(diagnostics, &source.name)
}

/// Those of each rule: first where something is lost, then by how many there are.
fn by_rule<'d>(diagnostics: &[&'d Diagnostic]) -> Vec<Vec<&'d Diagnostic>> {
    let mut rules = BTreeMap::<_, Vec<_>>::new();
    for diagnostic in diagnostics {
        rules.entry(diagnostic.rule).or_default().push(*diagnostic);
    }
    let mut rules: Vec<_> = rules.into_values().collect();
    rules.sort_by_key(|same| (loss(same[0]).is_none(), Reverse(same.len())));
    rules
}

/// How many there are, and the first of them.
fn headline<'d>(same: &[&'d Diagnostic], lines: &Lines<'_>) -> Group<'d> {
    let first = same[0];
    let place = if first.span == Span::NOWHERE {
        lines.name.to_owned()
    } else {
        lines.place(first.span.start)
    };
    let count = match same.len() {
        1 => "at".to_owned(),
        count => format!("{count} times, first at"),
    };
    let message = words::shown_up_to(LONGEST, &first.message);
    let title = level(first)
        .primary_title(format!("{count} {place}: {message}"))
        .id(first.rule);
    Group::with_title(title)
}

fn loss(diagnostic: &Diagnostic) -> Option<&'static str> {
    Rule::named(diagnostic.rule)?.loss
}
