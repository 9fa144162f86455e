//! A workspace in miniature, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use tempfile::TempDir;

use crate::program::{Run, program};

/// A minimal workspace for codegen in a temporary directory.
pub(crate) struct Workspace {
    place: TempDir,
}

/// A document with two operations; `summary` is the one of `things/get-thing`.
pub(crate) fn document(summary: &str) -> String {
    format!(
        "\
openapi: 3.0.3
info:
  title: Things
  version: '1'
servers:
  - url: https://things.example
paths:
  /things:
    get:
      operationId: things/list-things
      summary: List things
      responses:
        '200':
          description: All things
          content:
            application/json:
              schema:
                type: array
                items:
                  $ref: '#/components/schemas/Thing'
  /things/{{thing_id}}:
    get:
      operationId: things/get-thing
      summary: {summary}
      parameters:
        - name: thing_id
          in: path
          required: true
          schema:
            type: integer
            format: int64
      responses:
        '200':
          description: The thing
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Thing'
components:
  schemas:
    Thing:
      description: A thing
      type: object
      required: [id]
      properties:
        id:
          type: integer
          format: int64
"
    )
}

impl Workspace {
    /// With a document, the hand-written files that matter, and nothing generated yet.
    pub(crate) fn new() -> Self {
        let workspace = Self {
            place: TempDir::new().unwrap(),
        };
        workspace.write("workspace/spec/artifacts.yaml", &document("Get a thing"));
        let client = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("generated-client");
        workspace.write(
            "workspace/generated-client/Cargo.toml",
            &fs::read_to_string(client.join("Cargo.toml")).unwrap(),
        );
        workspace.write("workspace/generated-client/src/lib.rs", "mod generated;\n");
        workspace.write(
            "workspace/generated-client/src/runtime/mod.rs",
            "//! The runtime.\n",
        );
        workspace
    }

    /// With the client generated.
    pub(crate) fn generated() -> Self {
        let workspace = Self::new();
        workspace.codegen(&[]).succeeds();
        workspace
    }

    /// The temporary directory; the workspace is the directory `workspace` in it.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.place.path().join(path)
    }

    pub(crate) fn in_generated(&self, path: &str) -> PathBuf {
        self.path("workspace/generated-client/src/generated")
            .join(path)
    }

    pub(crate) fn write(&self, path: &str, contents: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    pub(crate) fn set_document(&self, text: &str) {
        self.write("workspace/spec/artifacts.yaml", text);
    }

    /// The program, to be run in the temporary directory, as `cargo run` would in this workspace.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = program(&self.path("workspace"), args);
        command.current_dir(&self.place);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }

    pub(crate) fn codegen(&self, args: &[&str]) -> Run {
        self.run(&[&["codegen"], args].concat())
    }

    /// Every file of the temporary directory, with its contents.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let read = |path: &Path| fs::read(path).unwrap_or_default();
        walk(self.place.path())
            .into_iter()
            .map(|path| (self.relative(&path), read(&path)))
            .collect()
    }

    /// Every file below `directory`, with a stamp that changes when it is rewritten.
    pub(crate) fn stamps(&self, directory: &str) -> BTreeMap<String, (SystemTime, u64)> {
        let paths = walk(&self.path(directory)).into_iter();
        paths
            .map(|path| (self.relative(&path), stamp(&path)))
            .collect()
    }

    /// The path relative to the temporary directory, or to `src/generated` if below it.
    fn relative(&self, path: &Path) -> String {
        let path = path
            .strip_prefix(&self.place)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        path.strip_prefix("workspace/generated-client/src/generated/")
            .unwrap_or(&path)
            .to_owned()
    }
}

impl Run {
    #[track_caller]
    pub(crate) fn succeeds(self) -> String {
        assert_eq!(
            (self.code, self.stderr.as_str()),
            (Some(0), ""),
            "{}",
            self.stdout
        );
        without_time(&self.stdout)
    }
}

/// The time a run took is the one thing in its report that differs from run to run.
fn without_time(report: &str) -> String {
    let time = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let mut words: Vec<_> = report.split(' ').map(str::to_owned).collect();
    for at in 1..words.len() {
        if words[at].starts_with("ms") && time(&words[at - 1]) {
            words[at - 1] = "[TIME]".to_owned();
        }
    }
    words.join(" ")
}

fn walk(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else {
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| {
            if path.is_dir() && !path.is_symlink() {
                walk(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[cfg(unix)]
fn stamp(path: &Path) -> (SystemTime, u64) {
    use std::os::unix::fs::MetadataExt;

    let metadata = path.symlink_metadata().unwrap();
    (metadata.modified().unwrap(), metadata.ino())
}

#[cfg(not(unix))]
fn stamp(path: &Path) -> (SystemTime, u64) {
    (path.symlink_metadata().unwrap().modified().unwrap(), 0)
}
