//! Work with files, on threads that may block.

use std::io;
use std::panic::resume_unwind;

use tokio::task::{JoinError, spawn_blocking};

use crate::runtime::Error;
use crate::runtime::transport::require_runtime;

/// Runs a function on a thread that may block.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    require_runtime()?;
    spawn_blocking(work)
        .await
        .map_err(|error| Error::file("work with files was cancelled", cancelled(error)))?
}

/// The error of work that was not done because the runtime shuts down.
pub(super) fn cancelled(error: JoinError) -> io::Error {
    match error.try_into_panic() {
        Ok(panic) => resume_unwind(panic),
        Err(error) => io::Error::other(error),
    }
}
