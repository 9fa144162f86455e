//! A server with scripted responses, which records its requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

pub(super) struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) target: String,
    headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Request {
    /// The values of a header, as many as there are.
    pub(super) fn headers(&self, name: &str) -> Vec<&str> {
        let headers = self.headers.iter().filter(|(known, _)| known == name);
        headers.map(|(_, value)| value.as_str()).collect()
    }
}

impl Server {
    /// Answers each request with a status line and headers, and a body if there is an empty line.
    pub(super) fn answering(answer: impl Fn(&Request) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = requests.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let Some(request) = read(&stream) else {
                    continue;
                };
                let head = answer(&request);
                log.lock().unwrap().push(request);
                let (head, body) = head.split_once("\r\n\r\n").unwrap_or((&head, ""));
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { port, requests }
    }

    /// Answers each request with success.
    pub(super) fn agreeing() -> Self {
        Self::answering(|_| "200 OK".to_owned())
    }

    /// Gives one answer after the other, the last one for ever.
    pub(super) fn scripted(answers: &[&str]) -> Self {
        let answers: Vec<_> = answers.iter().map(|&answer| answer.to_owned()).collect();
        let given = Mutex::new(0);
        Self::answering(move |_| {
            let mut given = given.lock().unwrap();
            *given += 1;
            answers[(*given - 1).min(answers.len() - 1)].clone()
        })
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// The only request that came.
    #[track_caller]
    pub(super) fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }
}

/// None when the connection was not used.
fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let first = line(&mut reader)?;
    let (method, rest) = first.split_once(' ')?;
    let mut request = Request {
        method: method.to_owned(),
        target: rest.split(' ').next()?.to_owned(),
        headers: Vec::new(),
        body: String::new(),
    };
    while let Some(line) = line(&mut reader).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':')?;
        let header = (name.to_lowercase(), value.trim().to_owned());
        request.headers.push(header);
    }
    if let Some(length) = request.headers("content-length").first() {
        let mut body = vec![0; length.parse().ok()?];
        reader.read_exact(&mut body).ok()?;
        request.body = String::from_utf8(body).ok()?;
    } else if request.headers("transfer-encoding") == ["chunked"] {
        while let Some(length) = line(&mut reader).filter(|length| length != "0") {
            let mut chunk = vec![0; usize::from_str_radix(&length, 16).ok()?];
            reader.read_exact(&mut chunk).ok()?;
            request.body.push_str(&String::from_utf8(chunk).ok()?);
            line(&mut reader)?;
        }
    }
    Some(request)
}

fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    let length = reader.read_line(&mut line).ok()?;
    (length > 0).then(|| line.trim_end().to_owned())
}
