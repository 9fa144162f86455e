//! The client's spans and events in `tracing`.
//!
//! In a process of its own: whether anybody listens to a place in the code is remembered for all
//! threads, so that tests which don't would have it silenced.

#[path = "common/operations.rs"]
mod operations;

use std::io;
use std::sync::{Arc, Mutex};

use generated_client::reqwest::Method;
use generated_client::{AccessToken, Client, ClientBuilder};
use tests::api::Api;
use tests::server::{Answer, Server};
use tests::store::{Fault, Refusal, SIGNATURE, Store};
use tracing::field::Empty;
use tracing::{Instrument, Level, info_span};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

const TOKEN: &str = "SECRET-TOKEN";

fn builder(server: &Server) -> ClientBuilder<Client> {
    Client::builder()
        .base_url(server.url())
        .token(TOKEN)
        .sleeper(|_| std::future::ready(()))
}

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        let bytes = self.0.lock().expect("no thread panicked").clone();
        String::from_utf8(bytes).expect("text")
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no thread panicked").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Runs on one thread, and returns the log of all crates at the most verbose level.
fn logged(work: impl Future<Output = ()>) -> String {
    logged_at(Level::TRACE, work)
}

fn logged_at(level: Level, work: impl Future<Output = ()>) -> String {
    // Includes `log`'s records. Another test may have set this up.
    let _ = tracing_log::LogTracer::init();
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    tracing::subscriber::with_default(subscriber, || runtime.block_on(work));
    log.text()
}

#[test]
fn each_request_and_each_attempt() {
    let server = Server::scripted([
        Answer::status(502).header("x-github-request-id", "AAAA:1"),
        Answer::status(204).header("x-github-request-id", "BBBB:2"),
        Answer::status(204),
    ]);
    let log = logged(async {
        let client = builder(&server).build().unwrap();
        let request = operations::delete(&client);
        request.send().await.unwrap();
        // It has no name.
        let request = client.request(Method::DELETE, "/a");
        request.send::<()>().await.unwrap();
    });
    for expected in [
        "request{operation=\"actions/delete-artifact\" method=DELETE \
         path=\"/repos/octo-org/octo-docs/actions/artifacts/11\"}",
        r#"attempt{attempt=1 status=502 request_id="AAAA:1"}"#,
        r#"attempt{attempt=2 status=204 request_id="BBBB:2"}"#,
        "sending again after a wait attempt=1 wait=",
        r#"request{method=DELETE path="/a"}"#,
    ] {
        assert!(log.contains(expected), "{expected}:\n{log}");
    }
    assert!(log.contains("TRACE") || log.contains("DEBUG"));
}

/// Neither tokens nor queries are logged.
#[test]
fn no_secrets() {
    let server = Server::scripted([
        Answer::hang_up(),
        Answer::redirect(301, "/repositories/1?sig=SIGNED"),
        Answer::json(401, "{}").header("x-github-request-id", TOKEN),
        Answer::redirect(302, "https://store.test/zip?sig=SIGNED"),
        Answer::redirect(302, "ftp://user:SIGNED@store.test/zip?sig=SIGNED"),
    ]);
    let log = logged(async {
        let client = builder(&server)
            .token_provider(|| async { Ok::<_, io::Error>(AccessToken::new(TOKEN)) })
            .build()
            .unwrap();
        let request = || operations::download(&client);
        request().send().await.unwrap();
        request().send().await.unwrap_err();
        // Now that the client has the token, it knows it.
        let odd = client.actions().get_artifact("octo-org", TOKEN, 11);
        odd.send().await.unwrap_err();
    });
    assert!(log.contains("octo-org/[redacted]/"), "{log}");
    assert!(log.contains("actions/download-artifact"), "{log}");
    // The crates below this one were recorded too.
    assert!(log.contains("hyper") || log.contains("reqwest"), "{log}");
    for secret in [TOKEN, "SIGNED"] {
        assert!(!log.contains(secret), "{log}");
    }
}

/// Neither of a download's signed URLs is logged, in any outcome.
#[test]
fn no_signed_urls() {
    let faults = [
        Fault::Cut(3),
        Fault::Expired(Refusal::S3),
        Fault::status(503),
        Fault::None,
        Fault::Instead(Answer::redirect(302, "ftp://store.test/zip?sig=SIGNED")),
    ];
    let store = Store::new("content").faults(faults);
    let api = Api::downloading(&store);
    let log = logged(async {
        let client = builder(&api).build().unwrap();
        let request = || operations::download(&client);
        let directory = tempfile::tempdir().unwrap();
        let saved = request()
            .download()
            .to_file(directory.path().join("a"))
            .await
            .unwrap();
        assert_eq!(saved.bytes, 7);
        let error = request()
            .download()
            .stream()
            .next()
            .await
            .unwrap()
            .unwrap_err();
        assert!(error.is_redirect());
    });
    assert!(store.requests().len() >= 4, "{log}");
    for expected in ["status=403", "status=503", "sending again after a wait"] {
        assert!(log.contains(expected), "{expected}:\n{log}");
    }
    for secret in [TOKEN, SIGNATURE] {
        assert!(!log.contains(secret), "{log}");
    }
}

/// Spans of the caller are not redacted.
#[test]
fn spans_of_others() {
    let server = Server::scripted([Answer::status(204).header("x-github-request-id", "AAAA:1")]);
    let log = logged_at(Level::INFO, async {
        let client = builder(&server).build().unwrap();
        let request = operations::delete(&client).send();
        let span = info_span!("handler", status = Empty, request_id = "mine");
        request.instrument(span).await.unwrap();
    });
    assert!(log.contains(r#"handler{request_id="mine"}"#), "{log}");
    assert!(!log.contains("204") && !log.contains("AAAA"), "{log}");
}
