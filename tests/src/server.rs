//! An HTTP/1.1 server on the loopback interface that says what a test tells it to, and remembers
//! what it was asked.
//!
//! Two servers are two origins: one plays the API, another the storage that a redirect leads to.

mod answer;
mod request;

use std::io::{self, BufReader};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

pub use answer::Answer;
pub use request::Request;

/// A server, until it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

type Handler = dyn FnMut(&Request) -> Answer + Send;

struct Shared {
    requests: Mutex<Vec<Request>>,
    answer: Mutex<Box<Handler>>,
    stopped: AtomicBool,
}

impl Server {
    /// Gives one answer after the other, and 599 when there are none left.
    pub fn scripted(answers: impl IntoIterator<Item = Answer>) -> Self {
        let mut answers = answers.into_iter().collect::<Vec<_>>().into_iter();
        Self::answering(move |_| {
            let none = || Answer::status(599).body("the script has no more answers");
            answers.next().unwrap_or_else(none)
        })
    }

    /// Gives the answers of a function.
    pub fn answering(answer: impl FnMut(&Request) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let shared = Arc::new(Shared {
            requests: Mutex::default(),
            answer: Mutex::new(Box::new(answer)),
            stopped: AtomicBool::new(false),
        });
        let server = Self {
            address,
            shared: shared.clone(),
        };
        thread::spawn(move || shared.listen(&listener));
        server
    }

    /// `http://127.0.0.1:PORT`, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What the server was asked so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared
            .requests
            .lock()
            .expect("no thread panicked")
            .clone()
    }

    /// The only request that came.
    #[track_caller]
    pub fn request(&self) -> Request {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    fn listen(self: Arc<Self>, listener: &TcpListener) {
        for stream in listener.incoming() {
            if self.stopped.load(Ordering::SeqCst) {
                return;
            }
            let (shared, stream) = (self.clone(), stream.expect("an accepted connection"));
            // A client may go away whenever it likes: that ends the connection, and is no failure.
            thread::spawn(move || shared.serve(&stream).unwrap_or_default());
        }
    }

    fn serve(&self, stream: &TcpStream) -> io::Result<()> {
        let mut reader = BufReader::new(stream);
        while let Some(request) = Request::read(&mut reader)? {
            self.requests
                .lock()
                .expect("no thread panicked")
                .push(request.clone());
            let answer = (self.answer.lock().expect("no thread panicked"))(&request);
            if !answer.write(stream)? {
                break;
            }
        }
        Ok(())
    }
}
