//! Which document is turned into which files.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, ensure};
use generator::{CrateParts, Diagnostics, File, Output, Source};

use super::crate_name::CrateName;
use super::options::{Options, StandAlone};
use super::out_dir::{OutDir, refused};
use crate::disk::{self, Contents, Files, Lock, Plan, Target};
use crate::{document, workspace};

/// One run's document and destination.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) document: PathBuf,
    /// The user's name of the document.
    pub(super) document_name: String,
    /// The user's name of the destination.
    pub(super) heading: String,
    /// The options of the generator.
    options: generator::Options,
    /// The command that does this job.
    pub(super) command: String,
    root: PathBuf,
    /// The destination, unless it is the workspace's own client.
    out: Option<(OutDir, CrateName)>,
}

impl Job {
    /// # Errors
    ///
    /// A [`Usage`](crate::usage::Usage) when the directory is not one to write a crate into.
    pub(super) fn new(options: &Options, root: &Path) -> anyhow::Result<Self> {
        let mut job = match &options.stand_alone {
            None => Self::of_workspace(root),
            Some(stand_alone) => Self::of_crate(stand_alone, root)?,
        };
        job.options.clone_from(&options.generator);
        job.command.push_str(&arguments(&options.generator));
        Ok(job)
    }

    pub(super) fn of_workspace(root: &Path) -> Self {
        Self {
            document: root.join(workspace::DOCUMENT),
            document_name: workspace::DOCUMENT.to_owned(),
            heading: workspace::GENERATED.to_owned(),
            options: generator::Options::default(),
            command: "cargo xtask codegen".to_owned(),
            root: root.to_owned(),
            out: None,
        }
    }

    fn of_crate(StandAlone { spec, out, name }: &StandAlone, root: &Path) -> anyhow::Result<Self> {
        let directory = OutDir::resolve(out, root)?;
        let (spec_text, out_text) = (spec.to_string_lossy(), out.to_string_lossy());
        let document_name = if spec == Path::new(document::STDIN) {
            "<stdin>".to_owned()
        } else {
            spec_text.clone().into_owned()
        };
        let mut command = format!(
            "cargo xtask codegen --spec {} --out {}",
            quoted(&spec_text),
            quoted(&out_text)
        );
        let name = match name {
            Some(name) => {
                command.push_str(&format!(" --name {}", name.as_str()));
                name.clone()
            }
            None => CrateName::of_directory(directory.path())
                .map_err(|reason| refused(reason, "give the crate a name with `--name`"))?,
        };
        Ok(Self {
            document: spec.clone(),
            document_name,
            heading: out_text.clone().into_owned(),
            options: generator::Options::default(),
            command,
            root: root.to_owned(),
            out: Some((directory, name)),
        })
    }

    /// An existing directory that all of the job's files are somewhere below.
    pub(super) fn directory(&self) -> PathBuf {
        match &self.out {
            None => self
                .root
                .join(workspace::GENERATED)
                .parent()
                .map_or_else(|| self.root.clone(), Path::to_owned),
            Some((out, _)) => out.existing_parent().to_owned(),
        }
    }

    /// Creates the destination's parent directory, and checks the destination again once the lock is held.
    pub(super) fn enter(&self, lock: &mut Lock) -> anyhow::Result<()> {
        let Some((out, _)) = &self.out else {
            return Ok(());
        };
        lock.descend(out.parent())?;
        out.inspect()
    }

    pub(super) fn generate(&self, source: &Source) -> anyhow::Result<Result<Output, Diagnostics>> {
        let Some((out, name)) = &self.out else {
            return Ok(generator::generate(source, &self.options));
        };
        out.inspect()?;
        let parts = parts(&self.root, name)?;
        Ok(generator::standalone(source, &self.options, &parts))
    }

    /// The generated files and where they belong; and the names of those that the user has edited, which are kept.
    pub(super) fn targets(&self, files: Vec<File>) -> anyhow::Result<(Vec<Target>, Vec<String>)> {
        let files = checked(files)?;
        match &self.out {
            None => {
                let at = self.root.join(workspace::GENERATED);
                let target = Target {
                    at,
                    label: String::new(),
                    contents: Contents::Tree(files),
                };
                Ok((vec![target], Vec::new()))
            }
            Some((out, _)) => out.targets(files),
        }
    }

    /// Refuses to replace or remove files that codegen has not written. In the workspace's client, all are codegen's.
    pub(super) fn refuse_loss(&self, plan: &Plan<'_>) -> anyhow::Result<()> {
        self.out
            .as_ref()
            .map_or(Ok(()), |(out, _)| out.refuse_loss(plan))
    }
}

/// The parts of a crate of this name from the workspace at `root`.
pub(crate) fn parts(root: &Path, name: &CrateName) -> anyhow::Result<CrateParts> {
    Ok(CrateParts {
        name: name.as_str().to_owned(),
        manifest: read(root, workspace::MANIFEST)?,
        front_door: read(root, workspace::FRONT_DOOR)?,
        runtime: runtime(root)?,
    })
}

/// The generator is trusted with contents, not with places: nothing is written outside of the destination.
pub(crate) fn checked(files: Vec<File>) -> anyhow::Result<Files> {
    let mut checked = Files::new();
    for File { path, contents } in files {
        let inside = Path::new(&path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        ensure!(
            inside && !path.is_empty(),
            "the generator emitted a file at `{path}`, outside its directory"
        );
        let twice = checked.insert(path.clone(), contents).is_some();
        ensure!(!twice, "the generator emitted `{path}` twice");
    }
    Ok(checked)
}

/// The hand-written part of the client that is copied into other crates.
fn runtime(root: &Path) -> anyhow::Result<Vec<File>> {
    let found = disk::scan(&root.join(workspace::RUNTIME))?;
    ensure!(
        !found.is_empty(),
        "`{}` is missing or empty",
        workspace::RUNTIME
    );
    let sources = found
        .keys()
        .filter_map(|path| disk::name(path))
        .filter(|path| path.ends_with(".rs"));
    sources
        .map(|path| {
            Ok(File {
                contents: read(root, &format!("{}/{path}", workspace::RUNTIME))?,
                path,
            })
        })
        .collect()
}

fn read(root: &Path, path: &str) -> anyhow::Result<String> {
    fs::read_to_string(root.join(path)).with_context(|| format!("cannot read `{path}`"))
}

/// The options of the generator as command-line arguments.
fn arguments(options: &generator::Options) -> String {
    let mut text = String::new();
    let lists = [
        ("--only", &options.only),
        ("--deny", &options.deny),
        ("--allow", &options.allow),
    ];
    for (option, values) in lists {
        for value in values {
            text.push_str(&format!(" {option} {}", quoted(value)));
        }
    }
    if options.partial {
        text.push_str(" --partial");
    }
    text
}

/// A word as it can be pasted into a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-./:@%+,=\\".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
