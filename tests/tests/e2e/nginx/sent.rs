//! The requests to the store, by its log.

use std::collections::BTreeMap;
use std::fs;

use generated_client::reqwest;
use serde_json::Value;

use crate::setting;

/// A request, and how it was answered.
#[derive(Debug)]
pub(super) struct Sent {
    /// The later it was made, the higher.
    connection: u64,
    pub(super) status: u64,
    /// As in `GET /a.zip?md5=… HTTP/1.1`.
    pub(super) line: String,
    /// Headers by name.
    pub(super) headers: BTreeMap<String, String>,
    /// The length of the request, including headers that are not logged.
    length: u64,
}

impl Sent {
    fn parse(line: &str) -> Self {
        let mut entry: BTreeMap<String, Value> = serde_json::from_str(line).expect("JSON");
        let mut number = |name| entry.remove(name).and_then(|value| value.as_u64());
        let [connection, status, length] =
            ["connection", "status", "length"].map(|name| number(name).expect("a number"));
        let mut headers: BTreeMap<_, _> = entry
            .into_iter()
            .map(|(name, value)| (name, value.as_str().expect("text").to_owned()))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let line = headers.remove("line").expect("text");
        Self {
            connection,
            status,
            line,
            headers,
            length,
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// Whether the log knows every byte: there is no header of another name.
    pub(super) fn is_accounted_for(&self) -> bool {
        let headers = self.headers.iter();
        let known = headers.map(|(name, value)| format!("{name}: {value}\r\n").len());
        let known = known.sum::<usize>() + format!("{}\r\n\r\n", self.line).len();
        known as u64 == self.length
    }
}

/// All answered requests for an object, in order.
///
/// nginx logs a request after the last byte of its response, and before it answers the next one.
pub(super) async fn sent(name: &str) -> Vec<Sent> {
    let last = reqwest::get(setting("E2E_NGINX")).await.expect("an answer");
    assert_eq!(last.status(), 403);
    let log = fs::read_to_string(setting("E2E_NGINX_LOG")).expect("a log");
    let all = log.lines().map(Sent::parse);
    let mut sent: Vec<_> = all
        .filter(|sent| sent.line.contains(&format!("/{name}?")))
        .collect();
    sent.sort_by_key(|sent| sent.connection);
    sent
}
