//! The way to a host: straight, or through a proxy where one is asked for.

use std::error::Error;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;
use url::Url;

use super::reason;
use crate::subject::is_loopback;
use crate::target::OF_ENVIRONMENT;

type BoxError = Box<dyn Error + Send + Sync>;
type Reaching = Pin<Box<dyn Future<Output = Result<TokioIo<TcpStream>, BoxError>> + Send>>;

/// Opens connections. The environment names a proxy only to a run that asks it.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    tcp: HttpConnector,
    proxies: Option<std::sync::Arc<Matcher>>,
}

impl Way {
    /// `env`, or the URL of a proxy.
    pub(super) fn through(proxy: Option<&str>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let proxies = proxy.map(|proxy| match proxy {
            OF_ENVIRONMENT => Matcher::from_env(),
            url => Matcher::builder().all(url.to_owned()).build(),
        });
        Self { tcp, proxies: proxies.map(Into::into) }
    }

    /// The proxy to a host, where there is one; what is on this machine has none.
    fn proxy(&self, to: &Uri) -> Option<Intercept> {
        let proxies = self.proxies.as_ref()?;
        let own = Url::parse(&to.to_string()).is_ok_and(|url| is_loopback(&url));
        if own { None } else { proxies.intercept(to) }
    }

    fn tunnel(&self, proxy: &Intercept, to: &Uri) -> Reaching {
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.tcp.clone());
        if let Some(user) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(user.clone());
        }
        let (host, to) = (proxy.uri().host().unwrap_or_default().to_owned(), with_port(to));
        Box::pin(async move {
            let reached = tunnel.call(to).await;
            reached.map_err(|error| {
                io::Error::other(format!("the proxy {host}: {}", reason(&error))).into()
            })
        })
    }
}

/// A tunnel ends at 443 unless a port is named.
fn with_port(to: &Uri) -> Uri {
    let plain = to.scheme_str() == Some("http") && to.port().is_none();
    let named = to.host().filter(|_| plain).map(|host| format!("http://{host}:80"));
    named.and_then(|named| named.parse().ok()).unwrap_or_else(|| to.clone())
}

impl Service<Uri> for Way {
    type Response = TokioIo<TcpStream>;
    type Error = BoxError;
    type Future = Reaching;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, to: Uri) -> Reaching {
        if let Some(proxy) = self.proxy(&to) {
            return self.tunnel(&proxy, &to);
        }
        let reaching = self.tcp.call(to);
        Box::pin(async move { reaching.await.map_err(Into::into) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxied(proxy: Option<&str>, to: &str) -> bool {
        Way::through(proxy).proxy(&to.parse().unwrap()).is_some()
    }

    #[test]
    fn a_proxy_is_used_where_it_is_named_and_never_on_this_machine() {
        let proxy = Some("http://proxy.example:3128");
        assert!(proxied(proxy, "https://gateway.example"));
        assert!(proxied(proxy, "http://192.0.2.1:8080"));
        for own in ["http://127.0.0.1:1", "https://localhost:1", "http://[::1]:1"] {
            assert!(!proxied(proxy, own), "{own}");
        }
        assert!(!proxied(None, "https://gateway.example"));
    }

    #[test]
    fn a_tunnel_ends_at_the_port_of_its_scheme() {
        let to = |text: &str| with_port(&text.parse().unwrap()).to_string();
        assert_eq!(to("http://a.example"), "http://a.example:80/");
        assert_eq!(to("http://a.example:81"), "http://a.example:81/");
        assert_eq!(to("https://a.example"), "https://a.example/");
    }
}
