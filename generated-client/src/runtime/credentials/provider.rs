//! Token providers.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};

use super::BorrowedToken;
use crate::runtime::Error;
use crate::runtime::token::{AccessToken, Token};

/// A token is not used for this time before its expiry, since a request takes a while to arrive.
const LEEWAY: Duration = Duration::from_secs(60);

type ProviderError = Arc<dyn StdError + Send + Sync>;
type TokenFuture = Pin<Box<dyn Future<Output = Result<AccessToken, ProviderError>> + Send>>;

/// A token provider, with its latest token.
pub(in crate::runtime) struct Provider {
    call: Box<dyn Fn() -> TokenFuture + Send + Sync>,
    last: Mutex<Last>,
}

#[derive(Default)]
struct Last {
    /// Number of calls that have returned a token.
    answers: u64,
    token: Option<AccessToken>,
    /// The call under way. Every waiting request polls it, so none depends on another being polled. It is
    /// dropped with the last of them.
    pending: Option<WeakShared<TokenFuture>>,
}

impl Provider {
    pub(in crate::runtime) fn new<F, E>(call: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<AccessToken, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let call = move || -> TokenFuture {
            let pending = call();
            Box::pin(async { pending.await.map_err(|error| Arc::from(error.into())) })
        };
        Self {
            call: Box::new(call),
            last: Mutex::default(),
        }
    }

    /// Its latest token, or a new one; never the one that the server `refused`.
    pub(super) async fn lend(
        &self,
        now: SystemTime,
        refused: Option<&BorrowedToken>,
    ) -> Result<BorrowedToken, Error> {
        let refused = refused.and_then(|borrowed| borrowed.answer);
        let pending = {
            let mut last = self.last();
            if let Some(token) = &last.token
                && refused != Some(last.answers)
                && now
                    .checked_add(LEEWAY)
                    .is_some_and(|then| token.is_good_until(then))
            {
                return borrowed(token, last.answers);
            }
            self.pending(&mut last)
        };
        let provided = pending.clone().await;
        let mut last = self.last();
        // The first request that gets the new token stores it.
        let current = last.pending.as_ref().and_then(WeakShared::upgrade);
        if current.is_some_and(|current| current.ptr_eq(&pending)) {
            last.pending = None;
            last.answers += 1;
            last.token = provided.as_ref().ok().cloned();
        }
        borrowed(&provided.map_err(Error::token_provider)?, last.answers)
    }

    /// The latest token, even if it has expired.
    pub(super) fn latest(&self) -> Option<Token> {
        self.last().token.as_ref()?.token().ok()
    }

    fn pending(&self, last: &mut Last) -> Shared<TokenFuture> {
        let current = last.pending.as_ref().and_then(WeakShared::upgrade);
        current.unwrap_or_else(|| {
            let pending = (self.call)().shared();
            last.pending = pending.downgrade();
            pending
        })
    }

    fn last(&self) -> std::sync::MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn borrowed(token: &AccessToken, answer: u64) -> Result<BorrowedToken, Error> {
    Ok(BorrowedToken {
        token: token.token()?,
        answer: Some(answer),
    })
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Provider")
    }
}
