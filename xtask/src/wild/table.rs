//! The report after all documents have been tried.

use std::collections::BTreeMap;
use std::time::Duration;

use generator::facts::FactKind;

use super::builds::{Builds, Outcome};
use super::trial::{Trial, Verdict};

/// The outcome of everything.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub(super) trials: &'a [Trial],
    pub(super) checked: Builds,
    pub(super) tested: Builds,
    pub(super) formatted: Builds,
}

/// Documents that take longer are named.
const SLOW: Duration = Duration::from_secs(10);

/// Maximum crates listed with the cost of their builds.
const COSTS: usize = 10;

impl Table<'_> {
    /// Whether nothing has failed except rejected documents.
    pub(super) fn is_clean(&self) -> bool {
        let builds = [&self.checked, &self.tested, &self.formatted];
        self.crashed().next().is_none() && builds.iter().all(|builds| builds.failed().count() == 0)
    }

    pub(super) fn show(&self) -> String {
        let sections = [
            self.refusals(),
            self.warnings(),
            self.missing(),
            self.crashes(),
            costs("compiling", &self.checked),
            costs("testing", &self.tested),
            self.builds(),
            self.times(),
            self.verdicts(),
        ];
        let sections = sections.iter().filter(|section| !section.is_empty());
        sections.cloned().collect::<Vec<_>>().join("\n")
    }

    /// A line on each document, and on each fact that is not found.
    pub(super) fn list(&self) -> String {
        let mut lines = String::new();
        for Trial {
            name,
            verdict,
            busy,
        } in self.trials
        {
            let outcome = match verdict {
                Verdict::Accepted(accepted) => {
                    format!("accepted, {} operations", accepted.operations)
                }
                Verdict::Refused(rules) => format!("refused: {}", counts(rules)),
                Verdict::Crashed(reason) => format!("crashed: {reason}"),
            };
            lines.push_str(&format!(
                "{name}: {outcome} ({:.1} s)\n",
                busy.as_secs_f64()
            ));
            if let Verdict::Accepted(accepted) = verdict {
                if !accepted.warnings.is_empty() {
                    lines.push_str(&format!("  warnings: {}\n", counts(&accepted.warnings)));
                }
                for fact in &accepted.missing {
                    lines.push_str(&format!("  not found: {fact}\n"));
                }
            }
        }
        lines.push('\n');
        lines
    }

    fn refusals(&self) -> String {
        let refused = self.trials.iter().filter_map(|trial| match &trial.verdict {
            Verdict::Refused(rules) => Some(rules),
            _ => None,
        });
        let mut by_rule = BTreeMap::<&str, (usize, usize)>::new();
        for rules in refused {
            for rule in rules.keys() {
                let (documents, alone) = by_rule.entry(rule).or_default();
                *documents += 1;
                *alone += usize::from(rules.len() == 1);
            }
        }
        let rows = sorted(by_rule, |(documents, _)| *documents);
        let rows = rows
            .iter()
            .map(|(rule, (documents, alone))| format!("{rule:34} {documents:>9} {alone:>5}\n"));
        headed("refused by                         documents alone\n", rows)
    }

    fn warnings(&self) -> String {
        let mut by_rule = BTreeMap::<&str, (usize, usize)>::new();
        for accepted in self.trials.iter().filter_map(Trial::accepted) {
            for (rule, count) in &accepted.warnings {
                let (documents, warnings) = by_rule.entry(rule).or_default();
                *documents += 1;
                *warnings += count;
            }
        }
        let rows = sorted(by_rule, |(documents, _)| *documents);
        let rows = rows.iter().map(|(rule, (documents, warnings))| {
            format!("{rule:34} {documents:>9} {warnings:>8}\n")
        });
        headed(
            "warned of by                       documents warnings\n",
            rows,
        )
    }

    fn missing(&self) -> String {
        let rows = FactKind::ALL.iter().filter_map(|kind| {
            let (mut documents, mut facts, mut first) = (0, 0, None);
            for trial in self.trials {
                let missing = trial
                    .accepted()
                    .map_or(&[][..], |accepted| &accepted.missing);
                let mut missing = missing.iter().filter(|fact| fact.kind == *kind).peekable();
                if let Some(fact) = missing.peek() {
                    first = first.or_else(|| Some(format!("{}: {fact}", trial.name)));
                    documents += 1;
                    facts += missing.count();
                }
            }
            let first = first?;
            Some(format!("{kind:34} {documents:>9} {facts:>5}  {first}\n"))
        });
        headed(
            "not found                          documents facts  for example\n",
            rows,
        )
    }

    fn crashes(&self) -> String {
        self.crashed()
            .map(|(name, reason)| format!("crashed: {name}: {reason}\n"))
            .collect()
    }

    fn builds(&self) -> String {
        build("compiled with warnings denied", &self.checked)
            + &build("passed their tests", &self.tested)
            + &build("as rustfmt leaves them", &self.formatted)
    }

    fn times(&self) -> String {
        let all: Duration = self.trials.iter().map(|trial| trial.busy).sum();
        let slow = self.trials.iter().filter(|trial| trial.busy >= SLOW);
        let slow = slow
            .map(|Trial { name, busy, .. }| format!("slow: {name}, {:.0} s\n", busy.as_secs_f64()));
        let slow: String = slow.collect();
        format!("{slow}processor: {:.0} s in all\n", all.as_secs_f64())
    }

    fn verdicts(&self) -> String {
        let all = self.trials.len();
        let accepted = self.trials.iter().filter_map(Trial::accepted);
        let operations: usize = accepted.clone().map(|accepted| accepted.operations).sum();
        let accepted = accepted.count();
        let crashed = self.crashed().count();
        let permille = 1000 * accepted / all.max(1);
        format!(
            "accepted {accepted} of {all} ({}.{} %, {operations} operations), refused {}, crashed {crashed}\n",
            permille / 10,
            permille % 10,
            all - accepted - crashed,
        )
    }

    fn crashed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.trials.iter().filter_map(|trial| match &trial.verdict {
            Verdict::Crashed(reason) => Some((trial.name.as_str(), reason.as_str())),
            _ => None,
        })
    }
}

fn build(what: &str, builds: &Builds) -> String {
    let all = builds.outcomes.len();
    if all == 0 {
        return String::new();
    }
    let failed = builds.failed();
    let lines: String = failed
        .map(|(name, reason)| format!("  not so: {name}: {reason}\n"))
        .collect();
    format!(
        "{what}: {} of {all}\n{lines}",
        all - builds.failed().count()
    )
}

/// The cost of the most expensive builds.
fn costs(what: &str, builds: &Builds) -> String {
    let mut dearest: Vec<_> = builds.outcomes.iter().collect();
    dearest.sort_by_key(|(_, Outcome { cost, .. })| std::cmp::Reverse((cost.busy, cost.memory)));
    let figure = |figure: Option<String>| figure.unwrap_or_else(|| "-".to_owned());
    let rows = dearest.iter().take(COSTS).map(|(name, outcome)| {
        let seconds = outcome
            .cost
            .busy
            .map(|busy| format!("{:.1}", busy.as_secs_f64()));
        let memory = outcome.cost.memory.map(|memory| (memory >> 20).to_string());
        format!("{name:34} {:>9} {:>5}\n", figure(seconds), figure(memory))
    });
    headed(&format!("{what:34}         s    MB\n"), rows)
}

/// The most frequent first.
fn sorted<T>(rules: BTreeMap<&str, T>, by: impl Fn(&T) -> usize) -> Vec<(&str, T)> {
    let mut rows: Vec<_> = rules.into_iter().collect();
    rows.sort_by_key(|(_, counts)| std::cmp::Reverse(by(counts)));
    rows
}

fn headed(head: &str, rows: impl Iterator<Item = String>) -> String {
    let rows: String = rows.collect();
    if rows.is_empty() {
        rows
    } else {
        format!("{head}{rows}")
    }
}

/// `rule 3, other 1`.
fn counts(rules: &BTreeMap<String, usize>) -> String {
    let counts: Vec<_> = rules
        .iter()
        .map(|(rule, count)| format!("{rule} {count}"))
        .collect();
    counts.join(", ")
}
