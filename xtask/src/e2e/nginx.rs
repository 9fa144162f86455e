//! nginx, which plays the store that downloads come from.

use std::ffi::OsString;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

use super::debian;
use super::install::{install, program};
use super::leash::Leashed;
use super::server::{Server, tail};

const CONFIGURATION: &str = include_str!("nginx.conf");
/// The key of signatures, here and in the tests.
const SECRET: &str = "between the store and the API";
/// Maximum ports tried: another program may take one before nginx does.
const TRIES: usize = 5;

/// The program, and where its libraries are, if not in the usual places.
#[derive(Debug)]
pub(super) struct Nginx {
    program: PathBuf,
    libraries: Option<OsString>,
}

impl Nginx {
    /// The one of this machine, or else Debian's.
    pub(super) fn installed(folder: &Path) -> anyhow::Result<Self> {
        let of_machine = program("nginx").map(|program| Self {
            program,
            libraries: None,
        });
        if let Some(nginx) = of_machine.filter(Self::is_usable) {
            return Ok(nginx);
        }
        let directory = folder.join("nginx");
        if !Self::unpacked(&directory).is_usable() {
            install("nginx", &directory, |part| debian::unpack("nginx", part))?;
        }
        let nginx = Self::unpacked(&directory);
        ensure!(nginx.is_usable(), "Debian's package does not run here");
        Ok(nginx)
    }

    fn unpacked(directory: &Path) -> Self {
        Self {
            program: directory.join("usr/sbin/nginx"),
            libraries: Some(debian::libraries(directory)),
        }
    }

    /// Whether it runs, and knows of signed URLs.
    fn is_usable(&self) -> bool {
        let output = self.prepare(Command::new(&self.program)).arg("-V").output();
        output.is_ok_and(|output| {
            String::from_utf8_lossy(&output.stderr).contains("http_secure_link_module")
        })
    }

    fn prepare(&self, mut command: Command) -> Command {
        command.envs(
            self.libraries
                .iter()
                .map(|libraries| ("LD_LIBRARY_PATH", libraries)),
        );
        command
    }

    /// Starts it on a free port.
    pub(super) fn start(&self, run: &Path) -> anyhow::Result<Server> {
        let files = run.join("files");
        fs::create_dir(&files).context("cannot create a directory for nginx")?;
        let mut tries = 1;
        loop {
            let log = run.join("nginx.log");
            let _ = fs::remove_file(&log);
            match self.start_at(free_address()?, run, &log) {
                Err(_) if tries < TRIES && tail(&log).contains("bind()") => tries += 1,
                result => return result,
            }
        }
    }

    fn start_at(&self, address: SocketAddr, run: &Path, log: &Path) -> anyhow::Result<Server> {
        let configuration = run.join("nginx.conf");
        let text = CONFIGURATION
            .replace("ADDRESS", &address.to_string())
            .replace("SECRET", SECRET);
        fs::write(&configuration, text).context("cannot write `nginx.conf`")?;
        let mut nginx = self.prepare(Leashed::command(&self.program));
        nginx.arg("-p").arg(run).arg("-c").arg(&configuration);
        // It is written once nginx has the port, so that no other server is mistaken for it.
        let pid = run.join("nginx.pid");
        let bound = || pid.exists().then_some(address);
        Server::start("nginx", &mut nginx, log, bound, |address| {
            vec![
                ("E2E_NGINX", format!("http://{address}").into()),
                ("E2E_NGINX_SECRET", SECRET.into()),
                ("E2E_NGINX_FILES", run.join("files").into()),
                ("E2E_NGINX_LOG", run.join("requests.log").into()),
            ]
        })
    }
}

fn free_address() -> anyhow::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .context("no free port")
}
