//! Invariants of every document.

use std::time::{Duration, Instant};

use generator::{Diagnostics, File, Options, Output, Source, facts, generate};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use serde_json::Value;
use syn::visit::{self, Visit};

/// No document of the corpus takes nearly as long, however it is changed.
const TIME: Duration = Duration::from_secs(20);

/// Whether the document is accepted.
///
/// # Errors
///
/// A violated invariant; its first line is the kind of defect.
pub(crate) fn hold(document: &Value) -> Result<bool, String> {
    let source = Source::new("fuzzed.json", document.to_string());
    let start = Instant::now();
    let generated = generate(&source, &Options::default());
    let accepted = match &generated {
        Ok(output) => {
            accepted(&source, output)?;
            true
        }
        Err(found) => {
            refused(&source, found)?;
            false
        }
    };
    if start.elapsed() > TIME {
        return Err(format!("it takes long\n{:?}", start.elapsed()));
    }
    Ok(accepted)
}

/// The beginnings of samples that run: a struct, an error, and a mock.
const RUNNING: [&str; 3] = [
    "use generated_client::types::",
    "# use generated_client::Error;",
    "use generated_client::mock::",
];

/// A rejection has a position, and is never a defect of the generator.
fn refused(source: &Source, found: &Diagnostics) -> Result<(), String> {
    let errors = || found.iter().filter(|found| found.is_error());
    if errors().next().is_none() {
        return Err("it is refused without an error".to_owned());
    }
    for error in errors() {
        let is_defect = error.rule.starts_with("engine-") || error.rule == "unreadable-code";
        let is_placed = error.span.end <= source.text.len() && error.span.start <= error.span.end;
        if is_defect || !is_placed {
            return Err(format!("refused by {}\n{}", error.rule, error.message));
        }
    }
    drop(found.render(source, false));
    Ok(())
}

fn accepted(source: &Source, output: &Output) -> Result<(), String> {
    for file in &output.files {
        read(file).map_err(|defect| format!("{defect}\nin {}", file.path))?;
    }
    let document = openapi::load(source).map_err(|_| "it is read only once".to_owned())?;
    let missing = facts::missing(&document, &output.files, &output.warnings);
    if let Some(first) = missing.first() {
        let missing: String = missing.iter().map(|fact| format!("{fact}\n")).collect();
        return Err(format!("a {} is dropped in silence\n{missing}", first.kind));
    }
    Ok(())
}

/// A file is Rust, and its docs are prose.
fn read(file: &File) -> Result<(), String> {
    let parsed = syn::parse_file(&file.contents).map_err(|error| format!("no Rust\n{error}"))?;
    let mut docs = Docs::default();
    docs.visit_file(&parsed);
    for docs in docs.ended() {
        prose(&docs).map_err(|defect| format!("{defect}\n{docs}"))?;
    }
    Ok(())
}

/// The docs of all items, each item's as one text.
#[derive(Default)]
struct Docs {
    found: Vec<String>,
    open: String,
}

impl Docs {
    fn end(&mut self) {
        let docs = std::mem::take(&mut self.open);
        if !docs.is_empty() {
            self.found.push(docs);
        }
    }

    fn ended(mut self) -> Vec<String> {
        self.end();
        self.found
    }
}

impl<'ast> Visit<'ast> for Docs {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        match doc(attribute) {
            Some(line) => {
                let line = line.strip_prefix(' ').unwrap_or(&line).to_owned();
                self.open.push_str(&line);
                self.open.push('\n');
            }
            None => self.end(),
        }
        visit::visit_attribute(self, attribute);
    }

    fn visit_visibility(&mut self, visibility: &'ast syn::Visibility) {
        self.end();
        visit::visit_visibility(self, visibility);
    }

    fn visit_ident(&mut self, ident: &'ast syn::Ident) {
        // A doc comment is an attribute of this name.
        if ident != "doc" {
            self.end();
        }
    }
}

fn doc(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    let syn::Expr::Lit(literal) = &pair.value else {
        return None;
    };
    match &literal.lit {
        syn::Lit::Str(text) if pair.path.is_ident("doc") => Some(text.value()),
        _ => None,
    }
}

/// Docs have no HTML, and no code except our samples and blocks marked as text.
fn prose(docs: &str) -> Result<(), String> {
    let options = pulldown_cmark::Options::ENABLE_TABLES
        | pulldown_cmark::Options::ENABLE_FOOTNOTES
        | pulldown_cmark::Options::ENABLE_STRIKETHROUGH
        | pulldown_cmark::Options::ENABLE_TASKLISTS;
    let (mut sample, mut runs) = (None::<String>, false);
    for event in Parser::new_ext(docs, options) {
        match event {
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Start(Tag::HtmlBlock | Tag::Image { .. } | Tag::FootnoteDefinition(_))
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => return Err(format!("docs have {event:?}")),
            Event::Start(Tag::Link { dest_url, .. }) if !is_allowed(&dest_url) => {
                return Err(format!("docs have a link\nto {dest_url}"));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                return Err("docs have a doctest".to_owned());
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => match &*language {
                "text" => {}
                "no_run" | "" => {
                    sample = Some(String::new());
                    runs = language.is_empty();
                }
                other => return Err(format!("docs have code\nof `{other}`")),
            },
            Event::Text(text) => {
                if let Some(sample) = &mut sample {
                    sample.push_str(&text);
                }
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => {
                if let Some(sample) = sample.take() {
                    is_sample(&sample)?;
                    if runs && !RUNNING.iter().any(|start| sample.starts_with(start)) {
                        return Err(format!("docs have a doctest that runs\n{sample}"));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// An address, or the path of an item.
fn is_allowed(link: &str) -> bool {
    let is_address = ["http://", "https://", "mailto:"];
    let is_path = |link: &str| {
        let is_plain = |c: char| c.is_alphanumeric() || "_:!#-".contains(c);
        link.chars().all(is_plain)
    };
    let is_section = |section: &str| is_path(&section.replace('-', "_"));
    is_address.iter().any(|scheme| link.starts_with(scheme))
        || link.contains('@')
        || match link.split_once('#') {
            Some((path, section)) => is_path(path) && is_section(section),
            None => is_path(link),
        }
}

/// A doctest is Rust, as the body of a function.
fn is_sample(sample: &str) -> Result<(), String> {
    let lines = sample.lines();
    let code = lines.map(|line| line.strip_prefix("# ").unwrap_or(line));
    let code: String = code.map(|line| format!("{line}\n")).collect();
    let code = format!("fn sample() {{\n{code}}}");
    let invalid = |error: syn::Error| format!("a sample is no Rust\n{error}");
    syn::parse_file(&code).map(drop).map_err(invalid)
}
