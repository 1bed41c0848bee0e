//! The suite against an endpoint 100 ms away: every byte goes through a proxy that holds it up.

use std::io;
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::mpsc::unbounded_channel;

use crate::cli::common::{Served, claimproof, path};

const ROUND_TRIP: Duration = Duration::from_millis(100);
/// Half of what a run may take that far away; changes by management and moves of the clock wait for
/// each other.
const BOUND: Duration = Duration::from_secs(30);

/// A server and an address as far away from it, for as long as the runtime lives.
struct Far {
    served: Served,
    url: String,
}

impl Far {
    fn start(runtime: &Runtime, profile: &str) -> Self {
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let served = Served::serving(profile, &["--public-address", &url]);
        let server = served.url.trim_start_matches("http://").to_owned();
        runtime.spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(held_up(near, server.clone()));
            }
        });
        Self { served, url }
    }
}

/// The system answers the handshake at once, so the first bytes pay for its round trip.
async fn held_up(near: TcpStream, server: String) -> io::Result<()> {
    let handshake = Instant::now() + ROUND_TRIP;
    let far = TcpStream::connect(server).await?;
    let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
    let there = pass(near_in, far_out, handshake);
    let back = pass(far_in, near_out, handshake);
    tokio::try_join!(there, back).map(drop)
}

/// Each chunk arrives half a round trip after it was sent, however many follow it.
async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    not_before: Instant,
) -> io::Result<()> {
    let (sender, mut receiver) = unbounded_channel::<(Instant, Vec<u8>)>();
    let reading = async move {
        loop {
            let mut chunk = vec![0; 16 * 1024];
            let count = from.read(&mut chunk).await?;
            chunk.truncate(count);
            let due = Instant::now().max(not_before) + ROUND_TRIP / 2;
            if sender.send((due, chunk)).is_err() || count == 0 {
                return Ok(());
            }
        }
    };
    let writing = async move {
        while let Some((due, chunk)) = receiver.recv().await {
            tokio::time::sleep_until(due.into()).await;
            if chunk.is_empty() {
                return to.shutdown().await;
            }
            to.write_all(&chunk).await?;
        }
        Ok(())
    };
    tokio::try_join!(reading, writing).map(drop)
}

fn conforms_in_time(profile: &str) {
    let runtime = Runtime::new().unwrap();
    let far = Far::start(&runtime, profile);
    let begun = Instant::now();
    claimproof(&["conform", "--target", path(&far.served.target())])
        .ends(0)
        .shows(&["0 fail, ", "0 error"]);
    let took = begun.elapsed();
    // Connecting and the four exchanges of the proof follow each other, two round trips each.
    assert!(took > 10 * ROUND_TRIP, "{took:?}: the way was not far");
    assert!(took < BOUND, "{profile} took {took:?}");
    println!("{profile} at 100 ms: {took:?}");
}

#[test]
fn direct_links() {
    conforms_in_time("workato-direct-link");
}

#[test]
fn the_api_platform() {
    conforms_in_time("workato-api");
}

#[test]
fn connected_apps() {
    conforms_in_time("tableau-connected-app");
}

#[test]
fn a_connect_server() {
    conforms_in_time("posit-connect");
}

#[test]
fn one_exchange_takes_two_round_trips() {
    let runtime = Runtime::new().unwrap();
    let far = Far::start(&runtime, "workato-api");
    let took = runtime.block_on(async {
        let begun = Instant::now();
        let mut stream = TcpStream::connect(far.url.trim_start_matches("http://")).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 "), "{answer:?}");
        begun.elapsed()
    });
    assert!(took >= 2 * ROUND_TRIP, "{took:?}");
}
