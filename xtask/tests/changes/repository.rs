//! A repository in miniature, and the program run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::program::{Run, program};

pub(crate) const DOCUMENT: &str = "spec/artifacts.yaml";
pub(crate) const MANIFEST: &str = "generated-client/Cargo.toml";
pub(crate) const CHANGELOG: &str = "generated-client/CHANGELOG.md";
pub(crate) const FRONT_DOOR: &str = "generated-client/src/lib.rs";

/// The part of the document that the tests change.
pub(crate) const FIELD: &str = "        name: { type: string }\n";
/// The same, turned nullable, which breaks callers.
pub(crate) const NULLABLE: &str = "        name: { type: string, nullable: true }\n";

const THINGS: &str = "\
openapi: 3.0.3
info: { title: Things, version: '1' }
servers:
  - url: https://things.example
paths:
  /things/{thing_id}:
    get:
      operationId: things/get-thing
      parameters:
        - { name: thing_id, in: path, required: true, schema: { type: integer, format: int64 } }
        - { name: depth, in: query, schema: { type: integer, minimum: 1, maximum: 9 } }
      responses:
        '200':
          description: The thing
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
components:
  schemas:
    Thing:
      type: object
      required: [name]
      properties:
        name: { type: string }
";

/// A workspace under git, in a temporary directory.
pub(crate) struct Repository {
    place: TempDir,
    /// The workspace, relative to the temporary directory.
    root: &'static str,
}

impl Repository {
    /// With a workspace that has been committed on the branch `main`, its client generated.
    pub(crate) fn new() -> Self {
        let repository = Self::unversioned("repository");
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit();
        repository
    }

    /// With a workspace at `root` that no version control knows of.
    pub(crate) fn unversioned(root: &'static str) -> Self {
        let place = TempDir::new().unwrap();
        let repository = Self { place, root };
        repository.write(DOCUMENT, THINGS);
        repository.write(
            MANIFEST,
            "[package]\nname = \"generated-client\"\nversion = \"0.1.0\"\n",
        );
        repository.write(
            FRONT_DOOR,
            "mod generated;\nmod runtime;\npub use generated::*;\n",
        );
        repository.write("generated-client/src/runtime/mod.rs", "//! The runtime.\n");
        repository.run(&["codegen"]).ends(0);
        repository
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.place.path().join(self.root).join(path)
    }

    /// The temporary directory that the workspace is somewhere in.
    pub(crate) fn outside(&self, path: &str) -> PathBuf {
        self.place.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, contents: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Replaces text that is there once.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(old).count(), 1, "{old}");
        self.write(path, &text.replace(old, new));
    }

    pub(crate) fn set_version(&self, version: &str) {
        let manifest = format!("[package]\nname = \"generated-client\"\nversion = \"{version}\"\n");
        self.write(MANIFEST, &manifest);
    }

    /// Regenerates the client, and commits everything.
    pub(crate) fn commit(&self) {
        self.run(&["codegen"]).ends(0);
        self.git(&["add", "--all"]);
        self.git(&[
            "commit",
            "--quiet",
            "--allow-empty",
            "--message",
            "A commit",
        ]);
    }

    pub(crate) fn git(&self, args: &[&str]) -> String {
        let output = tame(Command::new("git").args(args).current_dir(self.path("")))
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {}: {stderr}", args.join(" "));
        String::from_utf8(output.stdout)
            .unwrap()
            .trim_end()
            .to_owned()
    }

    /// The program, to be run in the workspace, as `cargo run` would.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = program(&self.path(""), args);
        command.current_dir(self.path(""));
        tame(&mut command);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }

    pub(crate) fn changes(&self, args: &[&str]) -> Run {
        self.run(&[&["changes"], args].concat())
    }
}

/// Ignores the settings of this machine and of its user.
fn tame(command: &mut Command) -> &mut Command {
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let nowhere = Path::new(if cfg!(windows) { "NUL" } else { "/dev/null" });
    command
        .env("GIT_CONFIG_GLOBAL", nowhere)
        .env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{who}_NAME"), "Somebody")
            .env(format!("GIT_{who}_EMAIL"), "somebody@example.com")
            .env(format!("GIT_{who}_DATE"), "2026-01-02T03:04:05Z");
    }
    command
}

impl Run {
    /// Ends with this exit code; returns the standard output, without commit hashes.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}{}", self.stdout, self.stderr);
        without_commits(&self.stdout)
    }
}

/// The name of the commit that is compared with is another one in every repository.
fn without_commits(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let name = word.strip_suffix(',').unwrap_or_default();
        let is_commit = name.len() >= 7 && name.chars().all(|c| c.is_ascii_hexdigit());
        if is_commit { "[COMMIT]," } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}
