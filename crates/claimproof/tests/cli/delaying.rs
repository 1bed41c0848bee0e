//! A proxy on loopback that holds back what is sent to a server for as long as it is told.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

pub(crate) struct Delaying {
    pub(crate) url: String,
    server: Arc<OnceLock<String>>,
    millis: Arc<AtomicU64>,
}

impl Delaying {
    /// Listens; connections wait until [`Self::leads_to`] says where they go.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (server, millis): (Arc<OnceLock<String>>, _) = Default::default();
        let (to, delay) = (Arc::clone(&server), Arc::clone(&millis));
        // The thread ends with the process of the tests.
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (to, delay) = (Arc::clone(&to), Arc::clone(&delay));
                std::thread::spawn(move || pass_on(client, to.wait(), &delay));
            }
        });
        Self { url, server, millis }
    }

    pub(crate) fn leads_to(&self, url: &str) {
        self.server.set(url.trim_start_matches("http://").to_owned()).unwrap();
    }

    /// Whatever is sent from now on is held back so long.
    pub(crate) fn holds_back(&self, millis: u64) {
        self.millis.store(millis, Ordering::SeqCst);
    }
}

fn pass_on(client: TcpStream, server: &str, delay: &AtomicU64) {
    let Ok(server) = TcpStream::connect(server) else { return };
    let (from, to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    std::thread::spawn(move || {
        copy(from, &to, |_| {});
        let _ = to.shutdown(Shutdown::Write);
    });
    // A long request is held back once and not piece by piece.
    let hold = |since_last: Duration| {
        if since_last > TOGETHER {
            std::thread::sleep(Duration::from_millis(delay.load(Ordering::SeqCst)));
        }
    };
    copy(client, &server, hold);
    // What was sent before its sender was gone is answered all the same.
    std::thread::sleep(TOGETHER);
    let _ = server.shutdown(Shutdown::Write);
}

/// Pieces that come within this time are of one request.
const TOGETHER: Duration = Duration::from_millis(200);

/// Passes on what comes, and says before each piece how long nothing had come.
fn copy(mut from: TcpStream, mut to: &TcpStream, before: impl Fn(Duration)) {
    let (mut chunk, mut last) = ([0; 16 * 1024], None::<Instant>);
    while let Ok(count @ 1..) = from.read(&mut chunk) {
        before(last.map_or(Duration::MAX, |last| last.elapsed()));
        last = Some(Instant::now());
        if to.write_all(&chunk[..count]).is_err() {
            break;
        }
    }
}
