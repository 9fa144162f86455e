//! Events for the caller's own code.

use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use generated_client::reqwest::Method;
use generated_client::{Client, ClientBuilder, Event};
use insta::assert_snapshot;
use tests::api::Api;
use tests::server::{Answer, Server};
use tests::store::{Fault, Store};

use crate::{ARTIFACT, Naps, builder, operations, patient};

/// The events, one per line.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<String>>>);

impl Events {
    fn of(&self, builder: ClientBuilder<Client>) -> Client {
        let events = self.0.clone();
        // Each reading advances the clock by a second.
        let seconds = Mutex::new(0);
        let clock = move || {
            let mut seconds = seconds.lock().unwrap();
            *seconds += 1;
            UNIX_EPOCH + Duration::from_secs(*seconds)
        };
        let builder = builder.clock(clock).on_event(move |event| {
            let printed = format!("{event:?}");
            assert!(printed.contains(": Attempt { request: "), "{printed}");
            assert!(!printed.contains("SECRET"));
            events.lock().unwrap().push(describe(event));
        });
        builder.build().unwrap()
    }

    fn describe(&self) -> String {
        self.0.lock().unwrap().join("\n")
    }
}

fn describe(event: &Event<'_>) -> String {
    match event {
        Event::Attempt { attempt, .. } => format!(
            "attempt {} of {} at the {}: {} {}",
            attempt.number(),
            attempt.operation().unwrap_or("no operation"),
            if attempt.is_store() { "store" } else { "API" },
            attempt.method(),
            attempt.path(),
        ),
        Event::Answer {
            attempt,
            status,
            request_id,
            rate_limit,
            elapsed,
            ..
        } => format!(
            "answer to {}: {} {request_id:?}, {:?} left, {}",
            attempt.number(),
            status.as_u16(),
            rate_limit.as_ref().map(|limit| limit.remaining),
            if elapsed.is_zero() {
                "at once"
            } else {
                "after a while"
            },
        ),
        Event::Retry {
            attempt,
            error,
            wait,
            ..
        } => format!(
            "attempt {} failed, again after {} s: {error}",
            attempt.number(),
            wait.as_secs(),
        ),
        event => panic!("{event:?}"),
    }
}

#[tokio::test]
async fn of_a_request() {
    let limited = Answer::status(429).header("retry-after", "7");
    let limit = |answer: Answer| {
        let answer = answer.header("x-ratelimit-limit", "60");
        let answer = answer.header("x-ratelimit-remaining", "59");
        answer
            .header("x-ratelimit-used", "1")
            .header("x-ratelimit-reset", "99")
    };
    let server = Server::scripted([
        Answer::hang_up(),
        limited.header("x-github-request-id", "0400:1A2B"),
        Answer::redirect(307, "/moved?SECRET"),
        limit(Answer::json(200, ARTIFACT)),
        Answer::status(404),
    ]);
    let events = Events::default();
    let client = events.of(patient(&server, &Naps::default()));
    let request = operations::get(&client);
    request.send().await.unwrap();
    let request = client.request(Method::DELETE, "/a?SECRET");
    request.send::<()>().await.unwrap_err();
    assert_snapshot!("events_of_a_request", events.describe());
}

#[tokio::test]
async fn of_a_download() {
    let store = Store::new(vec![7; 1000]).fault(Fault::Cut(500));
    let server = Api::downloading(&store);
    let events = Events::default();
    let client = events.of(patient(&server, &Naps::default()));
    let request = operations::download(&client);
    let mut chunks = request.download().stream();
    while let Some(chunk) = chunks.next().await {
        chunk.unwrap();
    }
    assert_snapshot!("events_of_a_download", events.describe());
}

/// An error that is returned to the caller is no event.
#[tokio::test]
async fn of_a_failure() {
    let server = Server::scripted([Answer::hang_up()]);
    let events = Events::default();
    let client = events.of(builder(&server));
    let request = operations::get(&client);
    assert!(request.send().await.is_err());
    assert_eq!(events.describe().lines().count(), 1);
}
