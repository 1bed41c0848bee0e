//! The accept loop: a port of the loopback interface, and as many connections as there are places.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use http::Request;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use crate::DEADLINE;
use crate::answer::answer;
use crate::binding::Binding;
use crate::server::Server;

const MAX_HEADER_BYTES: usize = 128 * 1024;
const MAX_CONNECTIONS: usize = 256;

/// Why no server was started.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port is taken or not allowed.
    #[error(
        "cannot listen on 127.0.0.1:{port}: {error}; choose another --port, or 0 for a free one"
    )]
    Listen {
        /// The port asked for.
        port: u16,
        /// What the system says.
        error: std::io::Error,
    },
}

/// The number of a connection, which each of its requests bears as an extension.
///
/// A peer's address would not do: the system gives a port that was closed to a later connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConnectionNumber(pub u64);

/// A server that listens until it is dropped.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Running {
    /// Its base URL.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until it ends, which it does not by itself.
    pub async fn wait(mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Listens on the loopback interface; port 0 takes a free one.
pub async fn serve(binding: Binding, port: u16) -> Result<Running, ServeError> {
    let listen = |error| ServeError::Listen { port, error };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    let own = binding.public_address.clone().unwrap_or_else(|| format!("http://{address}"));
    binding.service.listens_at(&own);
    let server = Arc::new(Server::new(binding, address));
    Ok(Running { address, task: tokio::spawn(accept(listener, server)) })
}

async fn accept(listener: TcpListener, server: Arc<Server>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut numbers = 0_u64..;
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else { continue };
        let _ = stream.set_nodelay(true);
        let connection = ConnectionNumber(numbers.next().unwrap_or_default());
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            let service = service_fn(move |mut request: Request<hyper::body::Incoming>| {
                request.extensions_mut().insert(connection);
                answer(Arc::clone(&server), request)
            });
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(DEADLINE)
                .max_buf_size(MAX_HEADER_BYTES)
                .serve_connection(TokioIo::new(stream), service)
                .await;
            drop(place);
        });
    }
}
