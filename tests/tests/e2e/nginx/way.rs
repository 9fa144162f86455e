//! A way to the store on which a connection breaks off.

use std::io::{self, Read};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;

use crate::setting;

/// Forwards the store's bytes, but truncates its first response at a given byte.
pub(super) struct Way {
    address: SocketAddr,
    broken: mpsc::Receiver<()>,
}

impl Way {
    /// Passes on so many bytes, head included, calls `and_then`, and breaks the connection. Later connections
    /// are complete.
    pub(super) fn broken_after(bytes: u64, and_then: impl FnOnce() + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let store = setting("E2E_NGINX").replace("http://", "");
        let (sender, broken) = mpsc::channel();
        thread::spawn(move || {
            let mut clients = listener
                .incoming()
                .map(|client| client.expect("a connection"));
            // Either side may disconnect.
            if let Some(first) = clients.next() {
                let _ = pass(&first, &store, bytes, and_then);
                let _ = sender.send(());
            }
            for later in clients {
                let _ = pass(&later, &store, u64::MAX, || {});
            }
        });
        Self { address, broken }
    }

    /// Waits until the connection has been broken off.
    pub(super) fn wait_for_break(&self) {
        self.broken.recv().expect("a connection");
    }

    /// The same URL of the store, through this proxy.
    pub(super) fn url(&self, url: &str) -> String {
        url.replace(&setting("E2E_NGINX"), &format!("http://{}", self.address))
    }
}

fn pass(client: &TcpStream, store: &str, limit: u64, at_end: impl FnOnce()) -> io::Result<()> {
    let store = TcpStream::connect(store)?;
    let (mut from, mut to) = (client.try_clone()?, store.try_clone()?);
    thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    });
    let passed = io::copy(&mut (&store).take(limit), &mut &*client);
    at_end();
    store.shutdown(Shutdown::Both)?;
    client.shutdown(Shutdown::Both)?;
    passed.map(drop)
}
