//! Rate limits are waited for, as long as that is allowed.

use std::future::pending;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use futures_util::FutureExt;
use generated_client::reqwest::Method;
use generated_client::types::Artifact;
use generated_client::{Client, Error, Event, RequestOptions, Sending};
use tests::api::Api;
use tests::server::{Answer, Server};
use tests::store::Store;
use tokio::time::timeout;

use crate::{ARTIFACT, Naps, operations, patient};

const NOW: u64 = 1_700_000_000;

/// The result of a rate limit followed by a success, and the waits in between.
async fn after(limits: Vec<Answer>, max_wait: u64) -> (Result<(), Error>, Vec<u64>, usize) {
    let (naps, sent, requests) = with_naps(limits, max_wait).await;
    (sent, naps.seconds(), requests)
}

async fn with_naps(limits: Vec<Answer>, max_wait: u64) -> (Naps, Result<(), Error>, usize) {
    let naps = Naps::default();
    let answers = limits.into_iter().chain([Answer::json(200, ARTIFACT)]);
    let server = Server::scripted(answers.collect::<Vec<_>>());
    let client = patient(&server, &naps)
        .max_wait(Duration::from_secs(max_wait))
        .clock(|| SystemTime::UNIX_EPOCH + Duration::from_secs(NOW))
        .build()
        .unwrap();
    let request = operations::get(&client);
    let sent = request.send().await.map(|_| ());
    (naps, sent, server.requests().len())
}

#[track_caller]
fn waited(result: (Result<(), Error>, Vec<u64>, usize), expected: &[u64]) {
    let (sent, waits, requests) = result;
    sent.expect("a good answer in the end");
    assert_eq!(waits, expected);
    assert_eq!(requests, expected.len() + 1);
}

fn primary(status: u16, reset: u64) -> Answer {
    Answer::json(status, r#"{"message": "API rate limit exceeded"}"#)
        .header("x-ratelimit-limit", "5000")
        .header("x-ratelimit-remaining", "0")
        .header("x-ratelimit-reset", &reset.to_string())
}

fn secondary(status: u16) -> Answer {
    let message = r#"{"message": "You have exceeded a secondary rate limit. Please wait."}"#;
    Answer::json(status, message).header("x-ratelimit-remaining", "4999")
}

#[tokio::test]
async fn primary_until_reset() {
    for status in [403, 429] {
        waited(after(vec![primary(status, NOW + 90)], 3600).await, &[90]);
        // It is over by this clock, and may be a moment away by the server's.
        waited(after(vec![primary(status, NOW - 5)], 3600).await, &[1]);
    }
}

#[tokio::test]
async fn secondary_with_retry_after() {
    for status in [403, 429] {
        let limit = |wait| secondary(status).header("retry-after", wait);
        waited(after(vec![limit("60")], 3600).await, &[60]);
        waited(after(vec![limit("2"), limit("7")], 3600).await, &[2, 7]);
        // The later header is about another limit than the one that was hit.
        let both = primary(status, NOW + 3000).header("retry-after", "5");
        waited(after(vec![both], 3600).await, &[5]);
    }
    let bare = Answer::status(403).header("retry-after", "60");
    waited(after(vec![bare], 3600).await, &[60]);
}

/// Requests that met a limit together are retried at different times, within the allowed wait.
#[tokio::test]
async fn apart_from_each_other() {
    let minute = || vec![secondary(403).header("retry-after", "60")];
    let mut waits = Vec::new();
    for _ in 0..8 {
        waits.extend(with_naps(minute(), 3600).await.0.taken());
    }
    let within = Duration::from_secs(60)..Duration::from_secs(61);
    assert!(waits.iter().all(|wait| within.contains(wait)), "{waits:?}");
    waits.dedup();
    assert!(waits.len() > 1, "{waits:?}");
    let (naps, sent, _) = with_naps(minute(), 60).await;
    sent.expect("a good answer in the end");
    assert_eq!(naps.taken(), [Duration::from_secs(60)]);
}

/// A minute, then more.
#[tokio::test]
async fn secondary_without_retry_after() {
    let limits = vec![secondary(403), secondary(429), secondary(403)];
    waited(after(limits, 3600).await, &[60, 120, 240]);
}

#[tokio::test]
async fn longer_than_allowed() {
    let (sent, waits, requests) = after(vec![primary(403, NOW + 121)], 120).await;
    let error = sent.unwrap_err();
    assert!(error.is_rate_limited() && !error.is_forbidden());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(121)));
    assert_eq!(error.rate_limit().unwrap().remaining, 0);
    assert_eq!((waits.len(), requests), (0, 1));

    let (sent, waits, _) = after(vec![secondary(403), secondary(403)], 120).await;
    assert!(sent.unwrap_err().is_rate_limited());
    assert_eq!(waits, [60]);
}

/// No figure makes it overflow, or wait for ever.
#[tokio::test]
async fn absurd_figures() {
    for wait in ["99999999999999999999", "18446744073709551615", "31536000"] {
        let limit = secondary(429).header("retry-after", wait);
        let (sent, waits, _) = after(vec![limit], u64::MAX).await;
        sent.expect("a wait that is allowed");
        assert_eq!(waits, [31_536_000]);
    }
    let twice = || secondary(429).header("retry-after", "99999999999999999999");
    let (sent, waits, _) = after(vec![twice()], 120).await;
    assert!(sent.unwrap_err().is_rate_limited());
    assert!(waits.is_empty());
}

/// A 403 for another reason is no rate limit, despite the headers of one.
#[tokio::test]
async fn a_real_refusal() {
    let refusal = Answer::json(403, r#"{"message": "Must have admin rights"}"#)
        .header("x-ratelimit-remaining", "4999")
        .header("x-ratelimit-reset", &(NOW + 90).to_string());
    let (sent, waits, requests) = after(vec![refusal], 3600).await;
    assert!(sent.unwrap_err().is_forbidden());
    assert_eq!((waits.len(), requests), (0, 1));
}

/// Limits count as attempts.
#[tokio::test]
async fn as_often_as_allowed() {
    let limits = vec![secondary(429).header("retry-after", "1"); 9];
    let (sent, waits, requests) = after(limits, 3600).await;
    assert!(sent.unwrap_err().is_rate_limited());
    assert_eq!((waits, requests), (vec![1, 1, 1], 4));
}

/// Clones of a client wait for a limit that one request has met.
#[tokio::test]
async fn shared() {
    let limit = secondary(403).header("retry-after", "60");
    let mut first = Some(limit);
    let server = Server::answering(move |_| first.take().unwrap_or(Answer::json(200, ARTIFACT)));
    let naps = Naps::default();
    let now = Arc::new(AtomicU64::new(NOW));
    let clock = now.clone();
    let client = patient(&server, &naps)
        .clock(move || SystemTime::UNIX_EPOCH + Duration::from_secs(clock.load(Ordering::Relaxed)))
        .build()
        .unwrap();
    let get = |options: RequestOptions| {
        let request = operations::get(&client);
        request.with_options(options).send()
    };
    let hasty = get(RequestOptions::new().max_attempts(1)).await;
    assert!(hasty.unwrap_err().is_rate_limited());
    now.fetch_add(20, Ordering::Relaxed);
    get(RequestOptions::new()).await.unwrap();
    assert_eq!(naps.seconds(), [40]);
    let list = operations::list(&client);
    assert!(list.send().await.unwrap_err().is_decode());
    assert_eq!(naps.seconds(), [40, 40]);
    // They ask all the same when they may not wait for as long, or not at all.
    for options in [
        RequestOptions::new().max_wait(Duration::from_secs(39)),
        RequestOptions::new().max_attempts(1),
    ] {
        get(options).await.unwrap();
    }
    now.fetch_add(40, Ordering::Relaxed);
    get(RequestOptions::new()).await.unwrap();
    assert_eq!(naps.seconds(), [40, 40]);
}

/// A request counts until its answer has been read or dropped.
#[tokio::test]
async fn concurrent_requests() {
    let server = Server::answering(|_| Answer::json(200, ARTIFACT));
    let client = patient(&server, &Naps::default()).max_concurrent_requests(2);
    let client = client.build().unwrap();
    let get = || client.request(Method::GET, "/a");
    let mut read = get().stream().await.unwrap().into_inner();
    let dropped = get().stream().await.unwrap();
    let mut third = pin!(get().stream());
    let mut fourth = pin!(get().text());
    for _ in 0..2 {
        let early = timeout(Duration::from_millis(50), third.as_mut()).await;
        assert!(early.is_err());
        let early = timeout(Duration::from_millis(50), fourth.as_mut()).await;
        assert!(early.is_err());
    }
    assert_eq!(server.requests().len(), 2);
    while read.chunk().await.unwrap().is_some() {}
    let _held = third.await.unwrap();
    assert!(
        timeout(Duration::from_millis(50), fourth.as_mut())
            .await
            .is_err()
    );
    drop(dropped);
    fourth.await.unwrap();
}

/// A stopped clock.
fn stopped() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)
}

/// A request that waits for its turn while another meets a limit is not sent in vain.
#[tokio::test]
async fn a_limit_met_while_others_wait() {
    let limit = secondary(403).header("retry-after", "60");
    let mut first = Some(limit);
    let server = Server::answering(move |_| first.take().unwrap_or(Answer::json(200, ARTIFACT)));
    let naps = Naps::default();
    let client = patient(&server, &naps).clock(stopped);
    let client = client.max_concurrent_requests(1).build().unwrap();
    let get = |options: RequestOptions| {
        let request = operations::get(&client);
        request.with_options(options).send()
    };
    let hasty = RequestOptions::new().max_attempts(1);
    let (first, second, third) = tokio::join!(
        get(hasty),
        get(RequestOptions::new()),
        get(RequestOptions::new())
    );
    assert!(first.unwrap_err().is_rate_limited());
    second.unwrap();
    third.unwrap();
    assert_eq!(naps.seconds(), [60, 60]);
    assert_eq!(server.requests().len(), 3);
}

/// Nor is one that gets its turn when the response has been read, but the limit is not yet noted.
#[tokio::test]
async fn a_limit_met_by_the_previous_request() {
    let limit = secondary(403).header("retry-after", "60");
    let mut first = Some(limit);
    let server = Server::answering(move |_| first.take().unwrap_or(Answer::json(200, ARTIFACT)));
    let naps = Naps::default();
    let is_answered = Arc::new(AtomicBool::new(false));
    let next = Arc::new(Mutex::new(None::<Sending<Artifact>>));
    let (answered, waiting) = (is_answered.clone(), next.clone());
    let client = patient(&server, &naps)
        .max_concurrent_requests(1)
        .on_event(move |event| {
            let is_answer = matches!(event, Event::Answer { .. });
            answered.store(is_answer, Ordering::Relaxed);
        })
        // The next look at it is for the end of the limit.
        .clock(move || {
            if is_answered.swap(false, Ordering::Relaxed) {
                let next = waiting.lock().unwrap().take();
                if let Some(mut next) = next {
                    assert!((&mut next).now_or_never().is_none());
                    *waiting.lock().unwrap() = Some(next);
                }
            }
            stopped()
        })
        .build()
        .unwrap();
    let request = operations::get(&client);
    *next.lock().unwrap() = Some(request.clone().into_future());
    let hasty = request.with_options(RequestOptions::new().max_attempts(1));
    assert!(hasty.send().await.unwrap_err().is_rate_limited());
    let second = next.lock().unwrap().take().unwrap();
    assert!(server.requests().len() == 1 && naps.taken().is_empty());
    second.await.unwrap();
    assert_eq!(naps.seconds(), [60]);
}

/// A request that waits for the end of a limit does not count as a concurrent one.
#[tokio::test]
async fn waiting_requests_do_not_block_others() {
    let limit = secondary(403).header("retry-after", "60");
    let mut first = Some(limit);
    let server = Server::answering(move |_| first.take().unwrap_or(Answer::json(200, ARTIFACT)));
    let client = patient(&server, &Naps::default()).clock(stopped);
    let client = client.max_concurrent_requests(1).sleeper(|_| pending());
    let client = client.build().unwrap();
    let get = |options: RequestOptions| {
        let request = operations::get(&client);
        request.with_options(options).send()
    };
    let hasty = || RequestOptions::new().max_attempts(1);
    assert!(get(hasty()).await.unwrap_err().is_rate_limited());
    let mut held = pin!(get(RequestOptions::new()));
    assert!(held.as_mut().now_or_never().is_none());
    let other = timeout(Duration::from_secs(10), get(hasty())).await;
    other.expect("the held request has no turn").unwrap();
    assert_eq!(server.requests().len(), 2);
}

/// The limit of an operation is learned from any response to it.
#[tokio::test]
async fn shared_by_name() {
    let named = |answer: Answer| answer.header("x-ratelimit-resource", "core");
    let server = Server::scripted([
        named(Answer::json(200, ARTIFACT)),
        named(primary(403, NOW + 90)),
        named(Answer::json(200, ARTIFACT)),
    ]);
    let naps = Naps::default();
    let client = patient(&server, &naps).clock(stopped).build().unwrap();
    let get = || operations::get(&client);
    get().send().await.unwrap();
    let list = operations::list(&client).with_options(RequestOptions::new().max_attempts(1));
    assert!(list.send().await.unwrap_err().is_rate_limited());
    get().send().await.unwrap();
    assert_eq!(naps.seconds(), [90]);
}

/// Stores have their own count, and a download that is read holds nothing up at the API.
#[tokio::test]
async fn concurrent_requests_to_the_store() {
    let store = Store::new(vec![7; 1000]);
    let server = Api::downloading(&store);
    let client = patient(&server, &Naps::default()).max_concurrent_requests(1);
    let client = client.build().unwrap();
    let download = || {
        let request = operations::download(&client);
        request.download().stream()
    };
    let (mut first, mut second) = (download(), download());
    first.next().await.unwrap().unwrap();
    let early = timeout(Duration::from_millis(50), second.next()).await;
    assert!(early.is_err());
    let request = operations::get(&client);
    request.send().await.unwrap();
    while let Some(chunk) = first.next().await {
        chunk.unwrap();
    }
    second.next().await.unwrap().unwrap();
}

#[test]
fn none_at_a_time() {
    let built = Client::builder().max_concurrent_requests(0).build();
    assert!(built.unwrap_err().is_configuration());
    Client::builder()
        .max_concurrent_requests(usize::MAX)
        .build()
        .unwrap();
}
