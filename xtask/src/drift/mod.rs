//! `cargo xtask drift`: compares the fragment with an official description.

mod options;

use std::path::Path;

use drift::{Comparison, Judgement, Ledger, Report, compare};
use generator::{Diagnostics, Source};
use openapi::check;

use crate::disk::{self, Lock};
use crate::document::{self, Problem};
use crate::format::{Format, annotations};
use crate::terminal::{self, Paint};
use crate::usage::Usage;
use crate::{Outcome, progress, workspace};
pub(crate) use options::Options;

/// Compares, reports, and pins the present upstream description with `--accept`.
pub(crate) fn run(options: &Options) -> anyhow::Result<Outcome> {
    match compare_and_report(options) {
        Err(error) if !error.is::<Usage>() => {
            // An exit code of 1 means drift, which is unknown here.
            let error = format!("{}: {error:#}\n", Paint::stderr().error("error"));
            terminal::warn(&error);
            Ok(Outcome::Unreadable)
        }
        result => result,
    }
}

fn compare_and_report(options: &Options) -> anyhow::Result<Outcome> {
    let root = workspace::root()?;
    let _lock = options
        .accept
        .then(|| Lock::of(&root.join("spec")))
        .transpose()?;
    let inputs = match Inputs::read(options, &root) {
        Ok(inputs) => inputs,
        Err(message) => return Ok(unreadable(&message)),
    };
    let what = format!("comparing with {}", inputs.upstream.name);
    let (ledger, comparison) = match progress::during(&what, || inputs.compared()) {
        Ok(compared) => compared,
        Err(message) => return Ok(unreadable(&message)),
    };
    let mut ledger_source = inputs.ledger.clone();
    // Pinned differences are not reported again, so those that break callers can't be pinned.
    let mut judgement = ledger.judge(&comparison, &options.name);
    let breaks = judgement.breaks();
    let is_accepted = options.accept && breaks == 0;
    if is_accepted {
        let text = match ledger.accepted(inputs.ledger.as_ref(), &comparison, &options.name) {
            Ok(text) => text,
            Err(found) => return Ok(unreadable(&rendered(&found, inputs.ledger.as_ref()))),
        };
        let source = Source::new(workspace::DRIFT, text);
        let pinned = match Ledger::read(&source) {
            Ok(ledger) => ledger,
            Err(found) => return Ok(unreadable(&rendered(&found, Some(&source)))),
        };
        let at = root.join(workspace::DRIFT);
        disk::replace(at, workspace::DRIFT, source.text.clone())?;
        judgement = pinned.judge(&comparison, &options.name);
        ledger_source = Some(source);
    }
    print_report(
        options,
        &inputs,
        ledger_source.as_ref(),
        &comparison,
        &judgement,
        is_accepted,
    )?;
    if options.accept && !is_accepted {
        let what = if breaks == 1 {
            "difference breaks"
        } else {
            "differences break"
        };
        let message = format!(
            "{}: nothing is pinned while {breaks} {what} callers\n{}: fix the fragment, or waive intended differences in {}\n",
            Paint::stderr().error("error"),
            Paint::stderr().help("help"),
            workspace::DRIFT
        );
        terminal::warn(&message);
    }
    Ok(if judgement.is_drift() {
        Outcome::Failed
    } else {
        Outcome::Done
    })
}

/// The texts to work on.
struct Inputs {
    fragment: Source,
    upstream: Source,
    /// `None` if there is no such file.
    ledger: Option<Source>,
}

impl Inputs {
    /// Reads all three, or says which cannot be read.
    fn read(options: &Options, root: &Path) -> Result<Self, String> {
        let render = |problem: Problem| problem.render(Paint::stderr());
        let name = options.upstream.to_string_lossy();
        let name = if name == document::STDIN {
            "<stdin>"
        } else {
            name.as_ref()
        };
        let in_workspace = |path: &str| document::read(&root.join(path), path);
        let ledger = if disk::is_there(&root.join(workspace::DRIFT)) {
            Some(in_workspace(workspace::DRIFT).map_err(render)?)
        } else {
            None
        };
        let mut fragment = in_workspace(workspace::DOCUMENT).map_err(render)?;
        document::read_neighbours(&mut fragment, &root.join(workspace::DOCUMENT));
        let mut upstream = document::read(&options.upstream, name).map_err(render)?;
        document::read_neighbours(&mut upstream, &options.upstream);
        Ok(Self {
            fragment,
            upstream,
            ledger,
        })
    }

    /// The waivers and pins, and the comparison; or the errors in one of the texts.
    fn compared(&self) -> Result<(Ledger, Comparison), String> {
        let ledger = match &self.ledger {
            Some(source) => Ledger::read(source).map_err(|found| rendered(&found, Some(source)))?,
            None => Ledger::empty(),
        };
        let render = |found: Diagnostics| rendered(&found, Some(&self.fragment));
        let fragment = openapi::load(&self.fragment).map_err(render)?;
        Diagnostics::from_found(check::check(&fragment)).map_err(render)?;
        let render = |found: Diagnostics| rendered(&found, Some(&self.upstream));
        let upstream = openapi::load(&self.upstream).map_err(render)?;
        Ok((ledger, compare(&fragment, upstream).map_err(render)?))
    }
}

fn rendered(found: &Diagnostics, source: Option<&Source>) -> String {
    source.map_or_else(String::new, |source| {
        found.render(source, Paint::stderr().colours)
    })
}

fn unreadable(message: &str) -> Outcome {
    terminal::warn(&format!("{}\n", message.trim_end()));
    Outcome::Unreadable
}

fn print_report(
    options: &Options,
    inputs: &Inputs,
    ledger: Option<&Source>,
    comparison: &Comparison,
    judgement: &Judgement,
    is_accepted: bool,
) -> anyhow::Result<()> {
    let report = Report {
        fragment: &inputs.fragment,
        upstream: &inputs.upstream,
        ledger,
        name: &options.name,
        comparison,
        judgement,
    };
    terminal::print(&match options.format {
        Format::Text if is_accepted => {
            let text = report.text(Paint::stdout().colours);
            format!("{text}pinned {} in {}\n", report.title(), workspace::DRIFT)
        }
        Format::Text => report.text(Paint::stdout().colours),
        Format::Markdown => report.markdown(),
        Format::Json => report.json(),
        Format::Github => annotations(&report.findings()),
    })
}
