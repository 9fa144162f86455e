//! Silence, and what is none, over real sockets.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use futures_util::stream;
use reqwest::{Client, RequestBuilder};
use tokio::time::sleep;

use super::*;
use crate::runtime::Upload;
use crate::runtime::body::upload;
use crate::runtime::tests::exchange::block_on;

const MIB: usize = 1024 * 1024;

/// More than there is room for between a client and a server that does not read.
const LONG: usize = 48 * MIB;

/// For what has to take too long.
const SHORT: Duration = Duration::from_millis(50);

const NO_CONTENT: &[u8] = b"HTTP/1.1 204 No Content\r\n\r\n";

/// What comes of a request to a server. The connection stays open until the client has done.
fn served<T>(
    serve: impl FnOnce(&mut TcpStream) -> io::Result<()> + Send + 'static,
    request: impl AsyncFnOnce(RequestBuilder) -> T,
) -> T {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let (client, client_has_done) = channel::<()>();
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // The client may go away before.
        let _ = read_head(&mut stream).and_then(|()| serve(&mut stream));
        let _ = client_has_done.recv();
    });
    let http = Client::builder().no_proxy().build().unwrap();
    let value = block_on(request(http.put(url)));
    drop(client);
    server.join().unwrap();
    value
}

fn read_head(stream: &mut TcpStream) -> io::Result<()> {
    let mut end = [0; 4];
    while end != *b"\r\n\r\n" {
        end.rotate_left(1);
        stream.read_exact(&mut end[3..])?;
    }
    Ok(())
}

async fn sent(request: RequestBuilder, limit: Duration) -> Result<Response, Error> {
    let (http, request) = request.build_split();
    execute(&http, request.unwrap(), IdleTimeout::new(limit)).await
}

/// Tries something that is in time, unless the machine is too slow, with longer and longer limits.
#[track_caller]
fn in_time(attempt: impl Fn(Duration) -> Result<(), Error>) {
    for limit in [100, 400, 1600] {
        match attempt(Duration::from_millis(limit)) {
            Ok(()) => return,
            Err(error) => assert!(error.is_timeout(), "{error:?}"),
        }
    }
    panic!("it is never in time");
}

#[track_caller]
fn check_silence(error: &Error) {
    assert!(error.is_timeout() && !error.is_interrupted(), "{error:?}");
    assert_eq!(error.to_string(), "the server was silent for too long");
}

/// An upload may take longer than the server may be silent, as long as it is read.
#[test]
fn a_long_upload() {
    in_time(|limit| {
        let serve = move |stream: &mut TcpStream| {
            let mut piece = vec![0; MIB];
            for number in 0..LONG / MIB {
                stream.read_exact(&mut piece)?;
                if number < 32 {
                    thread::sleep(limit / 16);
                }
            }
            stream.write_all(NO_CONTENT)
        };
        served(serve, async |request| {
            let answer = sent(request.body(vec![0; LONG]), limit).await?;
            assert_eq!(answer.status().as_u16(), 204);
            Ok(())
        })
    });
}

#[test]
fn an_unread_upload() {
    let sent = served(
        |_| Ok(()),
        async |request| sent(request.body(vec![0; LONG]), SHORT).await,
    );
    check_silence(&sent.unwrap_err());
}

/// It is not the server who has to say something.
#[test]
fn a_slow_stream() {
    in_time(|limit| {
        let serve = |stream: &mut TcpStream| {
            stream.read_exact(&mut [0; 6])?;
            stream.write_all(NO_CONTENT)
        };
        let pieces = stream::unfold(0, move |number| async move {
            sleep(limit).await;
            (number < 3).then_some((Ok::<_, Error>("ab"), number + 1))
        });
        let content = Upload::stream(pieces).length(6);
        served(serve, async |request| {
            sent(upload(request, "text/plain", &content)?, limit).await?;
            Ok(())
        })
    });
}

#[test]
fn no_answer() {
    for body in ["", "abc"] {
        let sent = served(
            |_| Ok(()),
            async |request| sent(request.body(body), SHORT).await,
        );
        check_silence(&sent.unwrap_err());
    }
}

const HALF: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nabc";

#[test]
fn half_an_answer() {
    let serve = |stream: &mut TcpStream| stream.write_all(HALF);
    let error = served(serve, async |request| {
        let answer = sent(request, Duration::MAX).await.unwrap();
        let mut body = ResponseBody::new(answer, IdleTimeout::new(SHORT), None);
        assert_eq!(body.chunk().await.unwrap().unwrap(), "abc");
        body.chunk().await.unwrap_err()
    });
    check_silence(&error);
}

/// What nobody asks for is no silence.
#[test]
fn a_slow_reader() {
    in_time(|limit| {
        let (proceed, may_proceed) = channel::<()>();
        let serve = move |stream: &mut TcpStream| {
            stream.write_all(HALF)?;
            let _ = may_proceed.recv();
            stream.write_all(b"def")
        };
        served(serve, async move |request| {
            let mut body =
                ResponseBody::new(sent(request, limit).await?, IdleTimeout::new(limit), None);
            assert_eq!(body.chunk().await?.unwrap(), "abc");
            sleep(limit * 2).await;
            drop(proceed);
            assert_eq!(body.chunk().await?.unwrap(), "def");
            assert_eq!(body.chunk().await?, None);
            Ok(())
        })
    });
}
