//! How far a download has come.

/// How far a download has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes there are so far, those included that an earlier download had left. They are
    /// fewer than before when a file or a directory is begun anew, since the content has changed.
    pub bytes: u64,
    /// How many bytes there are to come in all, when the store tells.
    pub total: Option<u64>,
}

pub(super) type OnProgress = Box<dyn FnMut(Progress) + Send>;
