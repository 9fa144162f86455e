//! Signed URLs.

use std::sync::{Arc, Mutex};

use super::{State, lock};
use crate::server::Answer;

/// A secret that must never be shown: it is in every signed URL, and in the store's refusals.
pub const SIGNATURE: &str = "SIGNED";

/// Signs URLs for a store.
#[derive(Clone)]
pub struct Signer {
    url: String,
    state: Arc<Mutex<State>>,
}

impl Signer {
    pub(super) fn new(url: String, state: Arc<Mutex<State>>) -> Self {
        Self { url, state }
    }

    /// A new signed URL. It is valid only byte for byte.
    pub fn sign(&self) -> String {
        format!("{}{}", self.url, lock(&self.state).sign())
    }

    /// A redirect to the store, by a new signed URL.
    pub fn redirect(&self) -> Answer {
        Answer::redirect(302, &self.sign())
    }
}
