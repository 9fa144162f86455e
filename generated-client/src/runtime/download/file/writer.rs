//! Writing to a file while the next bytes are on their way.

use std::io::{self, Write};

use tokio::task::{JoinHandle, spawn_blocking};

use crate::runtime::blocking::cancelled;

/// How many bytes are written at once. As many again are gathered in the meantime.
const BATCH: usize = 256 * 1024;

/// Writes to a file in batches, each on a thread where that may take long. No thread is held while
/// there is nothing to write.
///
/// Bytes are copied: to keep those of the connection would have it find new memory for each piece,
/// which takes longer.
pub(in crate::runtime::download) struct Writer<W> {
    state: State<W>,
    gathered: Vec<u8>,
}

enum State<W> {
    /// With a buffer that was written.
    Ready(W, Vec<u8>),
    Writing(JoinHandle<io::Result<(W, Vec<u8>)>>),
    /// What failed once is of no more use.
    Failed,
}

impl<W: Write + Send + 'static> Writer<W> {
    pub(in crate::runtime::download) fn new(target: W) -> Self {
        Self {
            state: State::Ready(target, Vec::new()),
            gathered: Vec::new(),
        }
    }

    pub(in crate::runtime::download) async fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let room = BATCH - self.gathered.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.gathered.extend_from_slice(now);
            bytes = later;
            if self.gathered.len() == BATCH {
                self.flush().await?;
            }
        }
        Ok(())
    }

    /// Begins to write what is gathered.
    pub(super) async fn flush(&mut self) -> io::Result<()> {
        if self.gathered.is_empty() {
            return Ok(());
        }
        let (mut target, empty) = self.idle().await?;
        let mut batch = std::mem::replace(&mut self.gathered, empty);
        self.state = State::Writing(spawn_blocking(move || {
            target.write_all(&batch)?;
            batch.clear();
            Ok((target, batch))
        }));
        Ok(())
    }

    /// Writes what is left.
    pub(in crate::runtime::download) async fn finish(mut self) -> io::Result<W> {
        self.flush().await?;
        let (target, _) = self.idle().await?;
        Ok(target)
    }

    /// Does something with the target between two batches.
    pub(super) async fn change(
        &mut self,
        change: impl FnOnce(&mut W) -> io::Result<()> + Send + 'static,
    ) -> io::Result<()> {
        let (mut target, buffer) = self.idle().await?;
        let changed = move || change(&mut target).map(|()| (target, buffer));
        self.state = State::Writing(spawn_blocking(changed));
        Ok(())
    }

    /// Waits until nothing is written.
    async fn idle(&mut self) -> io::Result<(W, Vec<u8>)> {
        match std::mem::replace(&mut self.state, State::Failed) {
            State::Ready(target, buffer) => Ok((target, buffer)),
            State::Writing(task) => task.await.map_err(cancelled)?,
            State::Failed => Err(io::Error::other("an earlier attempt to write has failed")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::tests::exchange::block_on;

    /// How many bytes came at a time.
    #[derive(Default)]
    struct Batches(Vec<usize>);

    impl Write for Batches {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.len());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// However large the pieces are, no more than a batch is gathered.
    #[test]
    fn in_batches() {
        let mut writer = Writer::new(Batches::default());
        let written = block_on(async {
            for length in [BATCH - 1, 2, 2 * BATCH] {
                writer.write(&vec![0; length]).await?;
            }
            writer.finish().await
        });
        assert_eq!(written.unwrap().0, [BATCH, BATCH, BATCH, 1]);
    }
}
