//! HTTP/1.1 by hand, over a socket of tokio's.

use std::sync::Arc;

use futures::future::BoxFuture;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// In which way a server differs from the plain one: the name of its row in the list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way(pub(crate) &'static str);

impl Way {
    pub(crate) fn is(self, name: &str) -> bool {
        self.0 == name
    }
}

/// A request as it came; header names in lower case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Which connection of the server it came on.
    pub(crate) connection: usize,
}

impl Request {
    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path().split('/').filter(|segment| !segment.is_empty()).collect()
    }

    pub(crate) fn query(&self) -> Vec<(String, String)> {
        pairs(self.target.split_once('?').map_or("", |(_, query)| query).as_bytes())
    }

    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        self.query().into_iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    pub(crate) fn form(&self) -> Vec<(String, String)> {
        pairs(&self.body)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn all<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.headers.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The clock: what the request says, else the system's.
    pub(crate) fn now(&self) -> f64 {
        let system = || jiff::Timestamp::now().as_second().to_string();
        self.header(CLOCK).map_or_else(system, str::to_owned).parse().unwrap_or_default()
    }
}

/// The header by which a run sets the clock of these servers.
pub(crate) const CLOCK: &str = "x-lab-time";

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().collect()
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn new(status: u16, kind: &str, body: impl Into<String>) -> Self {
        let body = body.into();
        Self { status, headers: Vec::new(), body }.with("content-type", kind)
    }

    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(own, _)| own != name);
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let lines: String =
            self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = self.body.len();
        let head = format!("HTTP/1.1 {} X\r\n{lines}content-length: {length}\r\n\r\n", self.status);
        [head.as_bytes(), self.body.as_bytes()].concat()
    }
}

pub(crate) type Handler = Arc<dyn Fn(Request) -> BoxFuture<'static, Answer> + Send + Sync>;

/// A server until it is dropped.
pub(crate) struct Server {
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A free port of the loopback interface, and its URL.
pub(crate) async fn bind() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

/// Serves; a body longer than this is refused before it is read, and the connection closed.
pub(crate) fn run(listener: TcpListener, handler: Handler, longest: Option<usize>) -> Server {
    let task = tokio::spawn(async move {
        let mut connection = 0;
        while let Ok((stream, _)) = listener.accept().await {
            let handler = Arc::clone(&handler);
            connection += 1;
            tokio::spawn(async move { serve(stream, handler, longest, connection).await });
        }
    });
    Server { task }
}

async fn serve(mut stream: TcpStream, handler: Handler, longest: Option<usize>, connection: usize) {
    let _ = stream.set_nodelay(true);
    while let Some(mut request) = read(&mut stream, longest).await {
        request.connection = connection;
        // The suite looks for the clock at the root.
        let probe = request.target == "/";
        let answer = if probe {
            Answer::new(404, "text/plain", "nothing here\n")
        } else {
            handler(request).await
        };
        let last =
            answer.headers.iter().any(|(name, value)| name == "connection" && value == "close");
        if stream.write_all(&answer.bytes()).await.is_err() || last {
            break;
        }
    }
    let _ = stream.shutdown().await;
}

/// A request read whole; none where the peer closed before.
async fn read(stream: &mut TcpStream, longest: Option<usize>) -> Option<Request> {
    let (mut bytes, mut chunk) = (Vec::new(), vec![0; 65_536]);
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        more(stream, &mut bytes, &mut chunk).await?;
    };
    let mut request = head(&bytes[..end])?;
    let length = request.header("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    if longest.is_some_and(|longest| length > longest) {
        let early = Answer::json(
            413,
            &serde_json::json!({ "code": 3, "error": "too large", "payload": null }),
        );
        let _ = stream.write_all(&early.bytes()).await;
        return None;
    }
    while bytes.len() < end + 4 + length {
        more(stream, &mut bytes, &mut chunk).await?;
    }
    request.body = bytes.split_off(end + 4);
    Some(request)
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>, chunk: &mut [u8]) -> Option<()> {
    let count = stream.read(chunk).await.ok().filter(|count| *count > 0)?;
    bytes.extend_from_slice(&chunk[..count]);
    Some(())
}

/// Header values are read byte by byte: whatever is no ASCII is no token either.
fn head(bytes: &[u8]) -> Option<Request> {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let mut lines = text.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let header = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim_matches([' ', '\t']).to_owned()))
    };
    Some(Request {
        method,
        target,
        headers: lines.filter_map(header).collect(),
        ..Request::default()
    })
}
