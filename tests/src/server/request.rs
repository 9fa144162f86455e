//! A client's request.

use std::fmt;
use std::io::{self, BufRead, Read};

/// A request, as it was on the wire. Over HTTP/2, `:authority` is the header `host`.
#[derive(Clone, Debug)]
pub struct Request {
    /// As in `GET`.
    pub method: String,
    /// Path and query, as in `/repos?page=1`.
    pub target: String,
    /// Names in lower case, in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// The body, of the announced length.
    pub body: Vec<u8>,
    /// The number of its connection, counted from 0.
    pub connection: usize,
}

impl Request {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Reads the next request of a connection; none when the client has no more.
    pub(super) fn read(reader: &mut impl BufRead, connection: usize) -> io::Result<Option<Self>> {
        let start = line(reader)?;
        let mut words = start.split(' ').map(str::to_owned);
        let (Some(method), Some(target), Some(_)) = (words.next(), words.next(), words.next())
        else {
            return Ok(None);
        };
        let mut headers = Vec::new();
        loop {
            let line = line(reader)?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut request = Self {
            method,
            target,
            headers,
            body: Vec::new(),
            connection,
        };
        let length = request
            .header("content-length")
            .map_or(0, |value| value.parse().expect("a length"));
        reader.take(length).read_to_end(&mut request.body)?;
        Ok(Some(request))
    }
}

/// The request as text, without the port, the connection and the order of the headers, which change from
/// run to run.
impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {}", self.method, self.target)?;
        let mut headers = self.headers.clone();
        headers.sort();
        for (name, value) in &headers {
            let value = if name == "host" {
                value.split(':').next().unwrap_or_default()
            } else {
                value
            };
            writeln!(f, "{name}: {value}")?;
        }
        write!(f, "\n{}", String::from_utf8_lossy(&self.body))
    }
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}
