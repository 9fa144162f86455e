//! Files as they were, many at a time.

use std::io::Write;
use std::process::Stdio;
use std::thread;

use anyhow::{Context, anyhow, ensure};

use super::{Git, failed};

impl Git {
    /// Files of the workspace as they are in a commit; none for one that is not there.
    pub(in crate::changes) fn read(
        &self,
        commit: &str,
        paths: &[&str],
    ) -> anyhow::Result<Vec<Option<Vec<u8>>>> {
        let requests: String = paths
            .iter()
            .map(|path| format!("{commit}:{}{path}\n", self.prefix))
            .collect();
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot run git")?;
        let mut stdin = child.stdin.take().context("cannot talk to git")?;
        // Git prints while it reads: neither side may wait for the other.
        let writing = thread::spawn(move || stdin.write_all(requests.as_bytes()));
        let output = child.wait_with_output().context("cannot run git")?;
        let written = writing.join().map_err(|_| anyhow!("cannot talk to git"))?;
        ensure!(output.status.success(), "{}", failed(&output));
        written.context("cannot talk to git")?;
        let mut rest = output.stdout.as_slice();
        paths
            .iter()
            .map(|path| {
                blob(&mut rest).with_context(|| format!("unexpected output of git for `{path}`"))
            })
            .collect()
    }
}

/// The next object in the output of `git cat-file --batch`.
fn blob(rest: &mut &[u8]) -> anyhow::Result<Option<Vec<u8>>> {
    let end = rest.iter().position(|byte| *byte == b'\n');
    let (head, behind) = rest.split_at(end.context("too short")?);
    let head = std::str::from_utf8(head)?;
    *rest = &behind[1..];
    if head.ends_with(" missing") {
        return Ok(None);
    }
    let mut words = head.split(' ').skip(1);
    let (kind, size) = (words.next(), words.next());
    let size: usize = size.context("no size")?.parse()?;
    ensure!(rest.len() > size, "too short");
    let (contents, behind) = rest.split_at(size);
    *rest = &behind[1..];
    Ok((kind == Some("blob")).then(|| contents.to_vec()))
}
