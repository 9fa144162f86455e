//! One connection: HTTP/1.1, written here, since a server of hyper's drops what it holds when an answer
//! shall break off.

use std::io;

use bytes::Bytes;
use reqwest::header::{CONNECTION, HeaderMap, HeaderName, HeaderValue};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::request::Received;
use super::response::{End, MockResponse};

/// Answers requests until the connection ends, from either side.
pub(super) async fn serve(
    stream: TcpStream,
    answer: impl Fn(&Received) -> MockResponse,
) -> io::Result<()> {
    // Small answers go out as they are, instead of being gathered.
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    while let Some(request) = read(&mut stream).await? {
        let response = answer(&request);
        if let Some(delay) = response.delay {
            tokio::time::sleep(delay).await;
        }
        let is_kept = write(stream.get_mut(), &request, &response).await?;
        let is_last = request.header(CONNECTION.as_str()) == Some("close");
        if !is_kept || is_last {
            return stream.shutdown().await;
        }
    }
    Ok(())
}

/// Sends a response; returns whether the connection can be reused.
async fn write(
    stream: &mut TcpStream,
    request: &Received,
    response: &MockResponse,
) -> io::Result<bool> {
    let end = match response.end {
        End::Unanswered => return Ok(false),
        End::Cut(bytes) => bytes.min(response.body.len()),
        End::Whole => response.body.len(),
    };
    let mut bytes = response.head();
    if request.method != "HEAD" && response.may_have_body() {
        bytes.extend_from_slice(&response.body[..end]);
    }
    stream.write_all(&bytes).await?;
    Ok(matches!(response.end, End::Whole))
}

/// Reads a request; none where the client is done.
async fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Received>> {
    let start = line(stream).await?;
    let start = String::from_utf8_lossy(&start);
    let mut words = start.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let mut headers = HeaderMap::new();
    loop {
        let line = line(stream).await?;
        let mut parts = line.splitn(2, |&byte| byte == b':');
        let (Some(name), Some(value)) = (parts.next(), parts.next()) else {
            break;
        };
        let name = HeaderName::from_bytes(name).map_err(io::Error::other)?;
        let value = HeaderValue::from_bytes(value.trim_ascii()).map_err(io::Error::other)?;
        headers.append(name, value);
    }
    let mut request = Received {
        method: method.to_owned(),
        target: target.to_owned(),
        headers,
        body: Bytes::new(),
    };
    request.body = body(stream, &request).await?.into();
    Ok(Some(request))
}

/// A line of a head, without its end.
async fn line(stream: &mut BufReader<TcpStream>) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    stream.read_until(b'\n', &mut line).await?;
    line.truncate(line.trim_ascii_end().len());
    Ok(line)
}

async fn body(stream: &mut BufReader<TcpStream>, request: &Received) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    if request.header("transfer-encoding") == Some("chunked") {
        loop {
            let size = line(stream).await?;
            let size = str::from_utf8(&size).map_err(io::Error::other)?;
            let size = u64::from_str_radix(size, 16).map_err(io::Error::other)?;
            exactly(stream, size, &mut body).await?;
            line(stream).await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }
    let length = request.header("content-length").unwrap_or("0");
    let length = length.parse().map_err(io::Error::other)?;
    exactly(stream, length, &mut body).await?;
    Ok(body)
}

/// Reads so many bytes, or fails.
async fn exactly(
    stream: &mut BufReader<TcpStream>,
    length: u64,
    bytes: &mut Vec<u8>,
) -> io::Result<()> {
    let read = stream.take(length).read_to_end(bytes).await?;
    if (read as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::net::TcpListener;

    use super::*;
    use crate::runtime::tests::exchange::block_on;

    async fn bodies(sent: &str) -> io::Result<Vec<Bytes>> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let mut client = TcpStream::connect(listener.local_addr()?).await?;
        client.write_all(sent.as_bytes()).await?;
        client.shutdown().await?;
        let mut stream = BufReader::new(listener.accept().await?.0);
        let mut bodies = Vec::new();
        while let Some(request) = read(&mut stream).await? {
            bodies.push(request.body);
        }
        Ok(bodies)
    }

    /// A body ends where its last chunk does, and the next request follows.
    #[test]
    fn whole_bodies() {
        let sent = "PUT /a HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n\
                    3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n\
                    PUT /b HTTP/1.1\r\ncontent-length: 2\r\n\r\nde\
                    GET /c HTTP/1.1\r\n\r\n";
        let bodies = block_on(bodies(sent)).unwrap();
        assert_eq!(bodies, ["abc0123456789", "de", ""]);
    }

    #[test]
    fn truncated_bodies() {
        for sent in [
            "PUT /a HTTP/1.1\r\ncontent-length: 3\r\n\r\nab",
            "PUT /a HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3\r\nab",
        ] {
            let error = block_on(bodies(sent)).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        }
    }
}
