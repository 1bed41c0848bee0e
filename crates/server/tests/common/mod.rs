//! What the tests of the server share: a server of one profile, a Connect server with a provider, raw bytes.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) mod connect;
pub(crate) mod server;

/// Sends bytes as they are and returns what comes back until the peer closes or stays silent.
pub(crate) async fn send_bytes(url: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).await.unwrap();
    let (mut reading, mut writing) = stream.split();
    let mut answer = Vec::new();
    let read = async {
        let mut chunk = [0; 4096];
        while let Ok(Ok(count @ 1..)) =
            tokio::time::timeout(Duration::from_secs(2), reading.read(&mut chunk)).await
        {
            answer.extend_from_slice(&chunk[..count]);
        }
    };
    // A server may answer before it has read everything, and close.
    let write = async {
        let _ = writing.write_all(bytes).await;
    };
    tokio::join!(read, write);
    String::from_utf8_lossy(&answer).into_owned()
}
