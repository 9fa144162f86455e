//! A machine in miniature: a workspace, and programs made up for the test.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::program::{Run, program};

/// Installs the script that the test has as `prism`.
pub(crate) const NPM: &str = r#"
echo npm "$@" >>"$MACHINE/calls"
while [ "$1" != --prefix ]; do shift; done
mkdir -p "$2/node_modules/.bin"
cp "$MACHINE/prism" "$2/node_modules/.bin/prism"
"#;
/// Says who it is, and then lives until it is killed, as does its child: see [`Alive`].
pub(crate) const LIVE_ON: &str = r#"
[ -p "$MACHINE/alive" ] && exec 9>"$MACHINE/alive" || exec 9>/dev/null
basename "$0" >&9
{ sleep 60; echo a child outlived >&9; } &
sleep 60
echo a program outlived >&9
"#;
/// Prints Prism's line, with the address of a socket of the test.
pub(crate) const PRISM: &str = r#"
echo "[CLI] start Prism is listening on http://$ADDRESS"
"#;
/// Prints its arguments and variables.
const CARGO: &str = r#"
echo cargo "$@"
env | grep ^E2E_ | sort
"#;

pub(crate) struct Machine {
    place: TempDir,
    socket: TcpListener,
}

impl Machine {
    /// With Node.js, npm, Prism and cargo, or what passes for them; and no nginx, nor a way to get one.
    pub(crate) fn new() -> Self {
        let machine = Self {
            place: TempDir::new().unwrap(),
            socket: TcpListener::bind("127.0.0.1:0").unwrap(),
        };
        for directory in ["bin", "workspace/spec", "workspace/generated-client"] {
            fs::create_dir_all(machine.path(directory)).unwrap();
        }
        machine.write("workspace/spec/artifacts.yaml", "      in: query\n");
        for (name, script) in [("node", ""), ("npm", NPM), ("cargo", CARGO)] {
            machine.program(name, script);
        }
        machine.program("nginx", "exit 1");
        machine.program("apt-get", "echo no way to the packages; exit 100");
        machine.script("prism", &format!("{PRISM}{LIVE_ON}"));
        machine
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.place.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    /// Puts a program on the `PATH`, or replaces the one that is there.
    pub(crate) fn program(&self, name: &str, script: &str) {
        self.script(&format!("bin/{name}"), script);
    }

    pub(crate) fn script(&self, path: &str, script: &str) {
        self.write(path, &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(self.path(path), PermissionsExt::from_mode(0o755)).unwrap();
    }

    pub(crate) fn address(&self) -> String {
        self.socket.local_addr().unwrap().to_string()
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let path = std::env::var("PATH").unwrap();
        let mut command = program(&self.path("workspace"), &[&["e2e"], args].concat());
        command
            .env("CARGO", self.path("bin/cargo"))
            .env("PATH", format!("{}:{path}", self.path("bin").display()))
            .env("MACHINE", self.place.path())
            .env("ADDRESS", self.address());
        command
    }

    pub(crate) fn start(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }

    /// To be called before something is started.
    pub(crate) fn alive(&self) -> Alive {
        Alive::new(&self.path("alive"))
    }

    /// The log of the scripts.
    pub(crate) fn calls(&self) -> Vec<String> {
        let calls = fs::read_to_string(self.path("calls")).unwrap_or_default();
        calls.lines().map(str::to_owned).collect()
    }
}

/// A pipe that scripts hold open while they live, and write their names to.
pub(crate) struct Alive {
    pipe: BufReader<File>,
    /// The test's own end, without which the pipe would end whenever no script holds it.
    held: File,
}

impl Alive {
    fn new(path: &Path) -> Self {
        let made = Command::new("mkfifo").arg(path).status();
        assert!(made.unwrap().success());
        let held = File::options().read(true).write(true).open(path).unwrap();
        let pipe = BufReader::new(File::open(path).unwrap());
        Self { pipe, held }
    }

    /// Waits until these scripts have written their names, in any order.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, mut names: Vec<&str>) {
        let lines = self.pipe.by_ref().lines().take(names.len());
        let mut reported: Vec<_> = lines.map(Result::unwrap).collect();
        reported.sort_unstable();
        names.sort_unstable();
        assert_eq!(reported, names);
    }

    /// Waits until no script is alive.
    pub(crate) fn wait_for_nobody(mut self) {
        drop(self.held);
        let mut reported = String::new();
        self.pipe.read_to_string(&mut reported).unwrap();
        assert!(!reported.contains("outlived"), "{reported}");
    }
}

impl Run {
    /// Returns the output of cargo.
    #[track_caller]
    pub(crate) fn succeeds(self) -> String {
        assert_eq!(self.code, Some(0), "{}", self.stderr);
        self.stdout
    }
}
