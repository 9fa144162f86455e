//! The only place that waits.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A timer that tests can replace.
#[derive(Clone)]
pub(super) struct Sleeper(Arc<dyn Fn(Duration) -> Sleep + Send + Sync>);

impl Sleeper {
    pub(super) fn new<F>(sleep: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self(Arc::new(move |wait| Box::pin(sleep(wait))))
    }

    pub(super) async fn sleep(&self, wait: Duration) {
        (self.0)(wait).await;
    }
}

impl Default for Sleeper {
    fn default() -> Self {
        Self::new(tokio::time::sleep)
    }
}
