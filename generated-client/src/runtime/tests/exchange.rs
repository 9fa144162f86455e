//! One exchange with a server over a real socket, for tests of the runtime itself.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use reqwest::{Client, Method};

use crate::runtime::request_line::RequestLine;
use crate::runtime::{Operation, Security};

/// The operation of every request here.
pub(in crate::runtime) const OPERATION: Operation = Operation {
    id: "things/do",
    security: Security::Unspecified,
    server: None,
};

/// The request line of such an exchange.
pub(in crate::runtime) fn request_line() -> Arc<RequestLine> {
    Arc::new(RequestLine {
        operation: &OPERATION,
        method: Method::GET,
        path: "/things/1".to_owned(),
    })
}

/// What a server got.
#[derive(Debug, Default)]
pub(in crate::runtime) struct Received {
    /// As in `/things?page=1`.
    pub(in crate::runtime) target: String,
    /// With names in lower case.
    headers: Vec<(String, String)>,
    pub(in crate::runtime) body: Vec<u8>,
    /// Whether all of the body came.
    pub(in crate::runtime) is_whole: bool,
}

impl Received {
    pub(in crate::runtime) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(in crate::runtime) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body of text")
    }
}

/// Has a server answer one request with these bytes, and then close the connection. Gives what came
/// of the request on either side.
pub(in crate::runtime) fn exchange<T>(
    answer: &str,
    request: impl AsyncFnOnce(Client, &str) -> T,
) -> (T, Received) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = listener.local_addr().expect("a bound listener");
    let answer = answer.to_owned();
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a client");
        let mut received = Received::default();
        // A client may go away whenever it likes.
        let _ = serve(stream, &answer, &mut received);
        received
    });
    let client = Client::builder().no_proxy().build().expect("a client");
    let value = block_on(request(client, &format!("http://{address}/")));
    (value, server.join().expect("the server did not panic"))
}

pub(in crate::runtime) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("a runtime");
    runtime.block_on(future)
}

fn serve(stream: TcpStream, answer: &str, received: &mut Received) -> io::Result<()> {
    let mut reader = BufReader::new(&stream);
    let start = line(&mut reader)?;
    received.target = start.split(' ').nth(1).unwrap_or_default().to_owned();
    while let Some((name, value)) = line(&mut reader)?.split_once(':') {
        let header = (name.to_ascii_lowercase(), value.trim().to_owned());
        received.headers.push(header);
    }
    if received.header("transfer-encoding") == Some("chunked") {
        while let length @ 1.. = chunk_length(&mut reader)? {
            take(&mut reader, length, &mut received.body)?;
            line(&mut reader)?;
        }
    } else {
        let length = received.header("content-length");
        let length = length.map_or(0, |length| length.parse().expect("a length"));
        take(&mut reader, length, &mut received.body)?;
    }
    received.is_whole = true;
    (&stream).write_all(answer.as_bytes())
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

fn chunk_length(reader: &mut impl BufRead) -> io::Result<u64> {
    u64::from_str_radix(&line(reader)?, 16).map_err(io::Error::other)
}

fn take(reader: &mut impl Read, length: u64, body: &mut Vec<u8>) -> io::Result<()> {
    if reader.take(length).read_to_end(body)? as u64 == length {
        Ok(())
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}
