//! The content of the report, whatever its format.

use changes::{Change, Changes, Rule, Verdict, gravest};

use super::base::Base;
use super::due::{Due, Versions};

/// Changes of one section that are listed; the rest is counted.
const LISTED: usize = 40;
/// Items with changed docs that are listed; the rest is counted.
const DOCUMENTED: usize = 5;

/// The differences between the two sides.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// Changes caused by the document.
    pub(super) of_document: Changes,
    /// Other changes, by the generator or in hand-written code.
    pub(super) of_code: Vec<Change>,
    /// Parts that could not be compared, and why.
    pub(super) notes: Vec<String>,
    /// Why there may be graver changes than those that were found; nothing if there are none.
    pub(super) unknown: Option<String>,
}

/// A whole report.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) base: Base,
    pub(super) difference: Difference,
    pub(super) versions: Option<Versions>,
}

/// Some changes under a heading.
pub(super) struct Section<'r> {
    pub(super) title: &'static str,
    pub(super) listed: Vec<&'r Change>,
    /// The number of changes that are not listed; empty if none.
    pub(super) more: String,
    /// Whether the compiler is silent about them, so that the reasons are of interest.
    pub(super) is_silent: bool,
}

impl Difference {
    pub(super) fn verdict(&self) -> Verdict {
        self.of_document.verdict().max(gravest(&self.of_code))
    }

    /// The gravest that it may be.
    pub(super) fn worst(&self) -> Verdict {
        match self.unknown {
            Some(_) => Verdict::Breaking,
            None => self.verdict(),
        }
    }

    /// Why there may be graver changes than the gravest that was found.
    pub(super) fn doubt(&self) -> Option<&str> {
        let is_open = self.verdict() < self.worst();
        self.unknown.as_deref().filter(|_| is_open)
    }
}

impl Report {
    pub(super) fn verdict(&self) -> Verdict {
        self.difference.verdict()
    }

    /// The verdict in words, with no more certainty than there is.
    pub(super) fn headline(&self) -> String {
        let found = self.verdict().name();
        match (self.difference.doubt(), self.verdict()) {
            (None, _) => found.to_owned(),
            (Some(why), Verdict::None) => format!("unknown ({why})"),
            (Some(why), _) => format!("unknown, at least {found} ({why})"),
        }
    }

    /// The note for a version that is due because of unknown changes.
    pub(super) fn in_doubt(&self) -> &'static str {
        match self.difference.doubt() {
            Some(_) => ", as after a breaking change",
            None => "",
        }
    }

    /// The sections that are not empty.
    pub(super) fn sections(&self) -> Vec<Section<'_>> {
        let Difference {
            of_document,
            of_code,
            ..
        } = &self.difference;
        let all = [
            ("For callers", &of_document.callers, false),
            ("On the wire", &of_document.wire, true),
            ("Beside the description", of_code, false),
        ];
        let sections = all.into_iter().map(|(title, changes, is_silent)| {
            let shown = changes.iter().filter(|change| !is_docs(change));
            let mut listed: Vec<_> = shown.collect();
            let more = more(listed.get(LISTED..).unwrap_or_default());
            listed.truncate(LISTED);
            Section {
                title,
                listed,
                more,
                is_silent,
            }
        });
        sections
            .filter(|section| !section.listed.is_empty())
            .collect()
    }

    /// The items with changed docs only, and how many more there are.
    pub(super) fn documented(&self) -> (Vec<&str>, usize) {
        let callers = self.difference.of_document.callers.iter();
        let all = callers.chain(&self.difference.of_code);
        let mut items: Vec<_> = all
            .filter(|change| is_docs(change))
            .flat_map(|change| change.subjects.iter().map(String::as_str))
            .collect();
        let more = items.len().saturating_sub(DOCUMENTED);
        items.truncate(DOCUMENTED);
        (items, more)
    }

    /// The required version; `None` if it can stay.
    pub(super) fn due(&self) -> Option<Due> {
        self.versions.as_ref()?.due(self.difference.worst())
    }
}

/// How many changes there are, and how many of them are breaking.
fn more(changes: &[&Change]) -> String {
    let is_breaking = |change: &&&Change| change.rule.verdict() == Verdict::Breaking;
    match (changes.len(), changes.iter().filter(is_breaking).count()) {
        (0, _) => String::new(),
        (all, 0) => format!("and {all} more"),
        (all, breaking) => format!("and {all} more, {breaking} of them breaking"),
    }
}

fn is_docs(change: &Change) -> bool {
    change.rule == Rule::DocsChanged
}
