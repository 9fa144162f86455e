//! Prism, which serves an API by its description, and checks the requests.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::install::{command, install, succeed};
use super::leash::Leashed;
use super::server::Server;

/// Later ones need Node.js 24.
const VERSION: &str = "5.14.2";
/// The text before the URL in the line that Prism prints once it is ready.
const READY: &str = "Prism is listening on http://";

/// The installed program.
#[derive(Debug)]
pub(super) struct Prism(PathBuf);

impl Prism {
    pub(super) fn installed(folder: &Path) -> anyhow::Result<Self> {
        command("node")?;
        let directory = folder.join(format!("prism-{VERSION}"));
        if !directory.exists() {
            install("Prism", &directory, fill)?;
        }
        Ok(Self(directory.join("node_modules/.bin/prism")))
    }

    /// Starts it twice: on the document itself, where requests may leave out optional parameters; and on a copy in which
    /// nothing is optional, which reveals misspelt parameters.
    pub(super) fn start(&self, document: &Path, run: &Path) -> anyhow::Result<[Server; 2]> {
        let text = fs::read_to_string(document).context("cannot read the document")?;
        let strict = run.join("strict.yaml");
        fs::write(&strict, strict_document(&text)).context("cannot write a document")?;
        Ok([
            self.start_on(document, run.join("prism.log"), "E2E_PRISM")?,
            self.start_on(&strict, run.join("prism-strict.log"), "E2E_PRISM_STRICT")?,
        ])
    }

    /// Starts it on a port that the system chooses, and reads that from the log.
    fn start_on(
        &self,
        document: &Path,
        log: PathBuf,
        variable: &'static str,
    ) -> anyhow::Result<Server> {
        let mut prism = Leashed::command(&self.0);
        prism
            .args(["mock", "--errors", "--host", "127.0.0.1", "--port", "0"])
            .arg(document)
            .env("FORCE_COLOR", "0");
        let variables = |address| vec![(variable, format!("http://{address}").into())];
        Server::start("Prism", &mut prism, &log, || address(&log), variables)
    }
}

/// The document with every parameter of a query required.
fn strict_document(text: &str) -> String {
    let place = "      in: query\n";
    text.replace(place, &format!("{place}      required: true\n"))
}

/// Without the scripts of packages: they are not needed here, and one of them reports the installation to its maker.
fn fill(directory: &Path) -> anyhow::Result<()> {
    let mut npm = command("npm")?;
    npm.args(["install", "--no-save", "--no-audit", "--no-fund"])
        .args(["--ignore-scripts", "--engine-strict", "--prefix"])
        .arg(directory)
        .arg(format!("@stoplight/prism-cli@{VERSION}"));
    succeed("npm install", &mut npm, &directory.join("install.log"))
}

fn address(log: &Path) -> Option<SocketAddr> {
    let text = fs::read_to_string(log).ok()?;
    let (_, rest) = text.split_once(READY)?;
    // Without the end of its line, the port may be still to be completed.
    let (address, _) = rest.split_once('\n')?;
    address.trim_end().parse().ok()
}
