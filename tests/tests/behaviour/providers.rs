//! Tokens from a provider, which is called when one is needed.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::thread;
use std::time::{Duration, SystemTime};

use futures_util::StreamExt;
use generated_client::{AccessToken, Client, Error};
use tests::server::{Answer, Request, Server};

use crate::{ARTIFACT, Naps, operations, patient};

/// Counts its calls, and gives `token-1`, `token-2` …
#[derive(Clone, Default)]
struct Source {
    calls: Arc<AtomicUsize>,
}

impl Source {
    fn next(&self) -> AccessToken {
        let number = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        AccessToken::new(format!("token-{number}"))
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    fn client(&self, server: &Server) -> Client {
        let source = self.clone();
        let builder = patient(server, &Naps::default());
        let builder = builder.token_provider(move || {
            let token = source.next();
            async { Ok::<_, io::Error>(token) }
        });
        builder.build().unwrap()
    }
}

async fn get(client: &Client) -> Result<(), Error> {
    let request = operations::get(client);
    request.send().await.map(|_| ())
}

/// The tokens that came, without `Bearer token-`.
fn tokens(server: &Server) -> Vec<String> {
    let token = |request: Request| {
        let sent = request.header("authorization").expect("a token").to_owned();
        sent.replace("Bearer token-", "")
    };
    server.requests().into_iter().map(token).collect()
}

/// The number of calls, and the tokens received, in order.
fn seen(source: &Source, server: &Server) -> (usize, String) {
    (source.calls(), tokens(server).join(""))
}

#[tokio::test]
async fn called_once_for_many_requests() {
    let source = Source::default();
    let server = Server::answering(|_| Answer::json(200, ARTIFACT));
    let client = source.client(&server);
    assert_eq!(source.calls(), 0);
    for _ in 0..3 {
        get(&client).await.unwrap();
    }
    assert_eq!(seen(&source, &server), (1, "111".to_owned()));
}

#[tokio::test]
async fn called_again_after_a_refusal() {
    let source = Source::default();
    let server = Server::scripted([
        Answer::json(200, ARTIFACT),
        Answer::json(401, r#"{"message": "Bad credentials"}"#),
        Answer::json(200, ARTIFACT),
    ]);
    let client = source.client(&server);
    get(&client).await.unwrap();
    get(&client).await.unwrap();
    assert_eq!(seen(&source, &server), (2, "112".to_owned()));
}

/// Once for a request: a second refusal is an error.
#[tokio::test]
async fn refused_again() {
    let source = Source::default();
    let server = Server::answering(|_| Answer::json(401, r#"{"message": "Bad credentials"}"#));
    let client = source.client(&server);
    assert!(get(&client).await.unwrap_err().is_unauthorized());
    assert_eq!(seen(&source, &server), (2, "12".to_owned()));
}

/// A token that never changes is not sent again.
#[tokio::test]
async fn a_fixed_token_refused() {
    let server = Server::answering(|_| Answer::json(401, "{}"));
    let client = patient(&server, &Naps::default()).build().unwrap();
    assert!(get(&client).await.unwrap_err().is_unauthorized());
    assert_eq!(server.requests().len(), 1);
}

/// One request calls the provider, the others wait for its token.
#[tokio::test]
async fn one_at_a_time() {
    let source = Source::default();
    let gate = Arc::new(tokio::sync::Semaphore::new(0));
    let server = Server::answering(|_| Answer::json(200, ARTIFACT));
    let client = {
        let (source, gate) = (source.clone(), gate.clone());
        let builder = patient(&server, &Naps::default()).token_provider(move || {
            let (token, gate) = (source.next(), gate.clone());
            async move {
                gate.acquire().await.expect("an open gate").forget();
                Ok::<_, io::Error>(token)
            }
        });
        builder.build().unwrap()
    };
    let requests: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client).await })
        })
        .collect();
    tokio::task::yield_now().await;
    gate.add_permits(1);
    for request in requests {
        request.await.unwrap().unwrap();
    }
    assert_eq!(seen(&source, &server), (1, "1".repeat(20)));
}

/// Many requests are refused with one token: it is replaced once.
#[tokio::test]
async fn refused_together() {
    let source = Source::default();
    let server = Server::answering(|request| match request.header("authorization") {
        Some("Bearer token-1") => Answer::json(401, "{}"),
        _ => Answer::json(200, ARTIFACT),
    });
    let client = source.client(&server);
    let requests: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client).await })
        })
        .collect();
    for request in requests {
        request.await.unwrap().unwrap();
    }
    assert_eq!(source.calls(), 2);
}

/// A minute before it expires, a token is replaced.
#[tokio::test]
async fn before_expiry() {
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let now = Arc::new(Mutex::new(start));
    let source = Source::default();
    let server = Server::answering(|_| Answer::json(200, ARTIFACT));
    let client = {
        let (source, clock, now) = (source.clone(), now.clone(), now.clone());
        let builder = patient(&server, &Naps::default())
            .clock(move || *clock.lock().unwrap())
            .token_provider(move || {
                let expiry = *now.lock().unwrap() + Duration::from_secs(3600);
                let token = source.next().expires_at(expiry);
                async { Ok::<_, io::Error>(token) }
            });
        builder.build().unwrap()
    };
    for (later, expected) in [
        (0, "1"),
        (3539, "1"),
        (3540, "2"),
        (3541, "2"),
        (90_000, "3"),
    ] {
        *now.lock().unwrap() = start + Duration::from_secs(later);
        get(&client).await.unwrap();
        assert_eq!(tokens(&server).last().unwrap(), expected, "{later}");
    }
}

/// A token that is about to expire when it comes is used all the same, and once.
#[tokio::test]
async fn short_lived() {
    let source = Source::default();
    let server = Server::answering(|_| Answer::json(200, ARTIFACT));
    let asking = source.clone();
    let builder = patient(&server, &Naps::default()).token_provider(move || {
        let token = asking.next().expires_at(SystemTime::UNIX_EPOCH);
        async { Ok::<_, io::Error>(token) }
    });
    let client = builder.build().unwrap();
    get(&client).await.unwrap();
    get(&client).await.unwrap();
    assert_eq!(tokens(&server).join(""), "12");
}

#[tokio::test]
async fn a_failing_provider() {
    let server = Server::scripted([]);
    let builder = patient(&server, &Naps::default())
        .token_provider(|| async { Err::<AccessToken, _>(io::Error::other("no key")) });
    let client = builder.build().unwrap();
    let error = get(&client).await.unwrap_err();
    assert!(error.is_token_provider() && !error.is_unauthorized());
    assert_eq!(
        error.to_string(),
        "GET /repos/octo-org/octo-docs/actions/artifacts/11: the token provider failed"
    );
    let source = std::error::Error::source(&error).expect("what it said");
    assert_eq!(source.to_string(), "no key");
    assert!(server.requests().is_empty());
}

/// Requests that wait for a failing provider get its error, and do not call it again.
#[tokio::test]
async fn a_failing_provider_for_many_requests() {
    let calls = Arc::new(AtomicUsize::new(0));
    let gate = Arc::new(tokio::sync::Semaphore::new(0));
    let server = Server::scripted([]);
    let (counted, closed) = (calls.clone(), gate.clone());
    let builder = patient(&server, &Naps::default()).token_provider(move || {
        counted.fetch_add(1, Ordering::SeqCst);
        let closed = closed.clone();
        async move {
            let _leave = closed.acquire().await.expect("an open gate");
            Err::<AccessToken, _>(io::Error::other("no key"))
        }
    });
    let client = builder.build().unwrap();
    let requests: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client).await })
        })
        .collect();
    tokio::task::yield_now().await;
    gate.add_permits(1);
    for request in requests {
        assert!(request.await.unwrap().unwrap_err().is_token_provider());
    }
    assert_eq!(calls.load(Ordering::SeqCst), 1);
    // The next one calls it again.
    assert!(get(&client).await.unwrap_err().is_token_provider());
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

/// One that no server could take is not sent, and not shown.
#[tokio::test]
async fn unusable() {
    for token in ["", "SECRET\n", "SEC RET"] {
        let server = Server::scripted([]);
        let builder = patient(&server, &Naps::default())
            .token_provider(move || async move { Ok::<_, io::Error>(AccessToken::new(token)) });
        let error = get(&builder.build().unwrap()).await.unwrap_err();
        assert!(error.is_token_provider());
        assert!(!format!("{error} {error:?}").contains("SEC"));
        assert!(server.requests().is_empty());
    }
}

/// A request that is cancelled during the call does not block the others.
#[tokio::test]
async fn given_up_half_way() {
    let source = Source::default();
    let server = Server::answering(|_| Answer::json(200, ARTIFACT));
    let asking = source.clone();
    let builder = patient(&server, &Naps::default()).token_provider(move || {
        let (token, is_first) = (asking.next(), asking.calls() == 1);
        async move {
            if is_first {
                std::future::pending::<()>().await;
            }
            Ok::<_, io::Error>(token)
        }
    });
    let client = builder.build().unwrap();
    let stuck = tokio::spawn({
        let client = client.clone();
        async move { get(&client).await }
    });
    while source.calls() == 0 {
        tokio::task::yield_now().await;
    }
    stuck.abort();
    assert!(stuck.await.unwrap_err().is_cancelled());
    get(&client).await.unwrap();
    assert_eq!(tokens(&server).join(""), "2");
}

/// A list that is no longer read does not keep others from the token that it waited for.
#[tokio::test]
async fn abandoned_by_a_list() {
    let gate = Arc::new(tokio::sync::Semaphore::new(0));
    let server = Server::answering(|_| Answer::json(200, ARTIFACT));
    let closed = gate.clone();
    let builder = patient(&server, &Naps::default()).token_provider(move || {
        let closed = closed.clone();
        async move {
            let _leave = closed.acquire().await.expect("an open gate");
            Ok::<_, io::Error>(AccessToken::new("t"))
        }
    });
    let client = builder.build().unwrap();
    let mut pages = client.actions().list_artifacts_for_repo("o", "r").pages();
    let mut context = Context::from_waker(Waker::noop());
    assert!(pages.poll_next_unpin(&mut context).is_pending());
    gate.add_permits(1);
    get(&client).await.unwrap();
    drop(pages);
}

/// Waiting requests share a new token, however soon it expires.
#[tokio::test]
async fn short_lived_for_many() {
    let source = Source::default();
    let gate = Arc::new(tokio::sync::Semaphore::new(0));
    let server = Server::answering(|_| Answer::json(200, ARTIFACT));
    let (asking, closed) = (source.clone(), gate.clone());
    let builder = patient(&server, &Naps::default()).token_provider(move || {
        let token = asking.next().expires_at(SystemTime::UNIX_EPOCH);
        let closed = closed.clone();
        async move {
            let _leave = closed.acquire().await.expect("an open gate");
            Ok::<_, io::Error>(token)
        }
    });
    let client = builder.build().unwrap();
    let requests: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client).await })
        })
        .collect();
    tokio::task::yield_now().await;
    gate.add_permits(1);
    for request in requests {
        request.await.unwrap().unwrap();
    }
    assert_eq!(source.calls(), 1);
}

/// A clock that is set to the end of time is no reason to panic.
#[tokio::test]
async fn at_the_end_of_time() {
    let source = Source::default();
    let server = Server::answering(|_| Answer::json(200, ARTIFACT));
    let asking = source.clone();
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(i64::MAX.unsigned_abs());
    let builder = patient(&server, &Naps::default())
        .clock(move || end)
        .token_provider(move || {
            let token = asking.next();
            async { Ok::<_, io::Error>(token) }
        });
    let client = builder.build().unwrap();
    get(&client).await.unwrap();
    get(&client).await.unwrap();
}

#[test]
fn never_in_the_clear() {
    let provider = || async { Ok::<_, io::Error>(AccessToken::new("t")) };
    let built = Client::builder()
        .base_url("http://example.invalid")
        .token_provider(provider)
        .build();
    assert!(built.unwrap_err().is_configuration());
}

/// A token stays a secret when another one has taken its place before the answer comes.
#[tokio::test]
async fn a_replaced_token_is_not_shown() {
    fn receive(stream: &TcpStream) {
        let lines = BufReader::new(stream).lines();
        let end = lines.map(Result::unwrap).find(String::is_empty);
        end.expect("a whole request");
    }
    fn answer(mut stream: TcpStream, status: &str, body: &str) {
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close");
        write!(stream, "{head}\r\n\r\n{body}").unwrap();
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let accept = || {
            let stream = listener.accept().unwrap().0;
            receive(&stream);
            stream
        };
        let (waiting, refused) = (accept(), accept());
        answer(refused, "401 Unauthorized", "{}");
        answer(accept(), "200 OK", ARTIFACT);
        let body = r#"{"message": "no such token: Bearer token-1"}"#;
        answer(waiting, "404 Not Found", body);
    });
    let source = Source::default();
    let next = source.clone();
    let builder = Client::builder().base_url(url).max_attempts(1);
    let builder = builder.token_provider(move || {
        let token = next.next();
        async { Ok::<_, io::Error>(token) }
    });
    let client = builder.build().unwrap();
    let (one, other) = tokio::join!(get(&client), get(&client));
    server.join().unwrap();
    assert_eq!(source.calls(), 2);
    let error = one.and(other).unwrap_err();
    let message = error.to_string();
    assert!(
        message.ends_with(": no such token: Bearer [redacted]"),
        "{message}"
    );
}
