//! A server that is the reference until a run begins to grade, and what a row says from then on.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// From when on it means ill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// At once.
    Start,
    /// When it has been proven that its answers can be told apart.
    Grading,
    /// With each answer, which is else that of the reference.
    Always,
}

/// One request, and the connection it came on.
pub(crate) struct Asked<'c> {
    pub(crate) stream: &'c mut TcpStream,
    /// How many came before it.
    pub(crate) nth: usize,
    pub(crate) token: String,
    /// What the reference answers.
    pub(crate) right: Vec<u8>,
    /// Whether the connection is dropped as it is.
    pub(crate) abandoned: bool,
}

impl Asked<'_> {
    pub(crate) fn say(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).and_then(|()| self.stream.flush()).is_ok()
    }

    /// What the reference answers, as it is.
    pub(crate) fn say_right(&mut self) -> bool {
        let right = std::mem::take(&mut self.right);
        self.say(&right)
    }

    /// The connection is reset.
    pub(crate) fn reset(&mut self) {
        let _ = socket2::SockRef::from(&*self.stream).set_linger(Some(Duration::ZERO));
        self.abandoned = true;
    }

    /// Nothing more comes, and nothing ends.
    pub(crate) fn wait(&mut self) {
        let _ = self.stream.set_read_timeout(Some(Duration::from_secs(20)));
        let _ = self.stream.read(&mut [0]);
    }

    /// Repeats a block until nobody reads any more.
    pub(crate) fn for_ever(&mut self, block: &[u8]) {
        let block = block.repeat(65_536 / block.len());
        while self.say(&block) {}
    }

    /// One piece after the other, so far apart.
    pub(crate) fn drip(&mut self, bytes: &[u8], apart: Duration) {
        for byte in bytes {
            if !self.say(&[*byte]) {
                break;
            }
            std::thread::sleep(apart);
        }
    }
}

/// What a server does with a request in the place of its answer.
pub(crate) type Behavior = Arc<dyn Fn(&mut Asked<'_>) + Send + Sync>;

/// A hostile server, and what it was sent.
pub(crate) struct Hostile {
    pub(crate) url: String,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    requests: AtomicUsize,
    graded: AtomicBool,
    tokens: Mutex<Vec<String>>,
}

impl Hostile {
    /// Its threads end with the process of the tests.
    pub(crate) fn start(reference: &str, from: From, behavior: Behavior) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (seen, upstream) = (Arc::<Seen>::default(), reference.replace("http://", ""));
        let shared = Arc::clone(&seen);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let (seen, upstream) = (Arc::clone(&shared), upstream.clone());
                let behavior = Arc::clone(&behavior);
                std::thread::spawn(move || one(&mut stream, &upstream, from, &behavior, &seen));
            }
        });
        Self { url, seen }
    }

    /// Another one, whose requests nobody sees.
    pub(crate) fn at(url: &str) -> Self {
        Self { url: url.to_owned(), seen: Arc::default() }
    }

    /// The signatures of all tokens that it was sent.
    pub(crate) fn signatures(&self) -> Vec<String> {
        let tokens = self.seen.tokens.lock().unwrap();
        let signature = |token: &String| token.rsplit('.').next().map(str::to_owned);
        tokens.iter().filter_map(signature).filter(|text| text.len() > 20).collect()
    }
}

/// Answers one request, and ends its connection.
fn one(stream: &mut TcpStream, upstream: &str, from: From, behavior: &Behavior, seen: &Seen) {
    let Some(head) = head(stream) else { return };
    let nth = seen.requests.fetch_add(1, Ordering::SeqCst);
    let token = token(&head);
    seen.tokens.lock().unwrap().push(token.clone());
    if !token.is_empty() && !is_of_proof(&token) {
        seen.graded.store(true, Ordering::SeqCst);
    }
    let graded = !head.starts_with("GET / ") && seen.graded.load(Ordering::SeqCst);
    let ill = from == From::Always || from == From::Start || graded;
    let right = if from == From::Start { Vec::new() } else { right(&head, upstream) };
    let mut asked = Asked { stream, nth, token, right, abandoned: false };
    if ill {
        behavior(&mut asked);
    } else {
        asked.say_right();
    }
    if asked.abandoned {
        return;
    }
    let _ = stream.shutdown(Shutdown::Write);
    // What is unread at the end would turn the answer into a reset.
    let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
    while matches!(stream.read(&mut [0; 4096]), Ok(1..)) {}
}

fn head(stream: &mut TcpStream) -> Option<String> {
    let (mut head, mut chunk) = (Vec::new(), [0; 4096]);
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut chunk) {
            Ok(count @ 1..) => head.extend_from_slice(&chunk[..count]),
            Ok(0) | Err(_) => return None,
        }
    }
    Some(String::from_utf8_lossy(&head).into_owned())
}

fn token(head: &str) -> String {
    let line = head.lines().find_map(|line| line.strip_prefix("authorization: "));
    line.and_then(|line| line.split(' ').next_back()).unwrap_or_default().to_owned()
}

/// The tokens of the proof say so in a claim that nobody reads.
fn is_of_proof(token: &str) -> bool {
    let payload = token.split('.').nth(1).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
    payload.is_some_and(|json| String::from_utf8_lossy(&json).contains("Test Caller, "))
}

/// What the reference answers, with the end of the connection behind it.
fn right(head: &str, upstream: &str) -> Vec<u8> {
    let closing = head.replacen("\r\n", "\r\nconnection: close\r\n", 1);
    let mut answer = Vec::new();
    if let Ok(mut stream) = TcpStream::connect(upstream) {
        let _ = stream.write_all(closing.as_bytes());
        let _ = stream.read_to_end(&mut answer);
    }
    answer
}
