//! Bodies that cannot be copied are sent as often as they can be made.

use std::sync::Mutex;

use super::server::Server;
use super::*;
use crate::runtime::{Pages, send};

/// A body that is there for so many attempts: each is the body of an answer.
struct Put {
    session: Session,
    bodies: Mutex<Vec<reqwest::Response>>,
}

impl Request for Put {
    type Output = ();

    const OPERATION: &'static Operation = &Operation {
        id: "test/put",
        security: Security::Unspecified,
        server: None,
    };

    fn session(&self) -> &Session {
        &self.session
    }

    fn request(&self) -> Result<RequestBuilder, Error> {
        let body = self.bodies.lock().unwrap().pop();
        let body = body.ok_or_else(|| Error::argument("body", "has been sent already"))?;
        let url = format!("{}/x", self.session.base_url());
        Ok(self.session.http().put(url).body(reqwest::Body::from(body)))
    }

    async fn decode(answer: Answer) -> Result<Response<()>, Error> {
        Get::decode(answer).await
    }
}

impl Put {
    async fn new(server: &Server, times: usize) -> Self {
        let source = Server::scripted(&["200 OK\r\n\r\ncontent"]);
        let mut bodies = Vec::new();
        for _ in 0..times {
            bodies.push(reqwest::get(source.url()).await.unwrap());
        }
        Self {
            session: builder(server).build().unwrap(),
            bodies: Mutex::new(bodies),
        }
    }
}

/// Where the body came to.
fn targets(server: &Server) -> Vec<String> {
    let requests = server.requests();
    for request in &requests {
        assert_eq!((&*request.method, &*request.body), ("PUT", "content"));
    }
    let targets = requests.into_iter().map(|request| request.target);
    targets.collect()
}

/// Sends a body that is there so many times.
fn put(times: usize, answers: &[&str]) -> (Result<Response<()>, Error>, Vec<String>) {
    let server = Server::scripted(answers);
    let sent = run(async { send(Put::new(&server, times).await).await });
    (sent, targets(&server))
}

#[test]
fn rebuilt_for_each_attempt() {
    let moved = "307 Temporary Redirect\r\nlocation: /y";
    let (sent, targets) = put(9, &["503 Service Unavailable", moved, "200 OK"]);
    sent.unwrap();
    assert_eq!(targets, ["/x", "/x", "/y"]);
}

#[test]
fn rebuilt_for_each_page() {
    let server = Server::scripted(&["200 OK\r\nlink: <?page=2>; rel=\"next\"", "200 OK"]);
    run(async {
        let mut pages = Pages::new(Put::new(&server, 2).await);
        while let Some(page) = pages.next().await {
            page.unwrap();
        }
    });
    assert_eq!(targets(&server), ["/x", "/x?page=2"]);
}

/// The error is that of the attempt.
#[test]
fn sent_once() {
    let (sent, targets) = put(1, &["503 Service Unavailable"]);
    assert_eq!(sent.unwrap_err().status().unwrap(), 503);
    assert_eq!(targets, ["/x"]);

    let (sent, targets) = put(1, &["307 Temporary Redirect\r\nlocation: /y"]);
    assert!(sent.unwrap_err().is_invalid_request());
    assert_eq!(targets, ["/x"]);

    put(1, &["200 OK"]).0.unwrap();
}
