//! Where the token of a request comes from.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};

use super::Error;
use super::token::{AccessToken, Token};

/// How long before it expires a token is no longer sent: a request takes a while to arrive.
const LEEWAY: Duration = Duration::from_secs(60);

type Failure = Arc<dyn StdError + Send + Sync>;
type Asking = Pin<Box<dyn Future<Output = Result<AccessToken, Failure>> + Send>>;

/// What a client signs its requests with.
#[derive(Debug)]
pub(super) enum Credentials {
    None,
    Token(Token),
    Provider(Provider),
}

/// A token that was lent to a request.
#[derive(Debug)]
pub(super) struct Lent {
    pub(super) token: Token,
    /// Which of the provider's answers it is; absent when it is the only one there is.
    answer: Option<u64>,
}

impl Lent {
    /// Whether there may be another one where it comes from.
    pub(super) fn is_replaceable(&self) -> bool {
        self.answer.is_some()
    }
}

impl Credentials {
    /// The token for a request, from its source if need be; not the one that the server `refused`.
    pub(super) async fn lend(
        &self,
        now: SystemTime,
        refused: Option<&Lent>,
    ) -> Result<Option<Lent>, Error> {
        match self {
            Self::None => Ok(None),
            Self::Token(token) => Ok(Some(Lent {
                token: token.clone(),
                answer: None,
            })),
            Self::Provider(provider) => provider.lend(now, refused).await.map(Some),
        }
    }
}

/// An asynchronous source of tokens, and what it said last.
pub(super) struct Provider {
    ask: Box<dyn Fn() -> Asking + Send + Sync>,
    last: Mutex<Last>,
}

#[derive(Default)]
struct Last {
    /// How often the source has answered.
    answers: u64,
    token: Option<AccessToken>,
    /// What is being asked. Whoever waits for it drives it: no request depends on another one's being
    /// polled. With the last that waits it goes, and is asked anew.
    asking: Option<WeakShared<Asking>>,
}

impl Provider {
    pub(super) fn new<F, E>(ask: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<AccessToken, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let ask = move || -> Asking {
            let asking = ask();
            Box::pin(async { asking.await.map_err(|error| Arc::from(error.into())) })
        };
        Self {
            ask: Box::new(ask),
            last: Mutex::default(),
        }
    }

    async fn lend(&self, now: SystemTime, refused: Option<&Lent>) -> Result<Lent, Error> {
        let refused = refused.and_then(|lent| lent.answer);
        let asking = {
            let mut last = self.last();
            if let Some(token) = &last.token
                && refused != Some(last.answers)
                && now
                    .checked_add(LEEWAY)
                    .is_some_and(|then| token.is_good_until(then))
            {
                return lent(token, last.answers);
            }
            self.asking(&mut last)
        };
        let said = asking.clone().await;
        let mut last = self.last();
        // The first to be told keeps it.
        let current = last.asking.as_ref().and_then(WeakShared::upgrade);
        if current.is_some_and(|current| current.ptr_eq(&asking)) {
            last.asking = None;
            last.answers += 1;
            last.token = said.as_ref().ok().cloned();
        }
        lent(&said.map_err(Error::token_provider)?, last.answers)
    }

    fn asking(&self, last: &mut Last) -> Shared<Asking> {
        let current = last.asking.as_ref().and_then(WeakShared::upgrade);
        current.unwrap_or_else(|| {
            let asking = (self.ask)().shared();
            last.asking = asking.downgrade();
            asking
        })
    }

    fn last(&self) -> std::sync::MutexGuard<'_, Last> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lent(token: &AccessToken, answer: u64) -> Result<Lent, Error> {
    Ok(Lent {
        token: token.token()?,
        answer: Some(answer),
    })
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Provider")
    }
}
