//! The reference server with a client that hides nothing: one request, one connection, raw bytes.

use std::sync::atomic::{AtomicUsize, Ordering};

use claimproof_cast::{Cast, ExposeSecret, SigningKey, public};
use claimproof_catalog::Profile;
use claimproof_server::{Binding, Running, serve};
use claimproof_vectors::{Change, Forge, Ledger, Scene};

use super::send_bytes;

/// The reference of one profile on a port of its own.
pub(crate) struct Server {
    pub(crate) running: Running,
    cast: Cast,
    minted: AtomicUsize,
}

/// An answer taken apart.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

type Roles = &'static [(&'static str, &'static str)];

const LINK: Roles = &[("vendor", "vendor.ok"), ("team", "team.ok"), ("member", "member.ok")];
const API: Roles = &[("profile", "profile.hmac")];
const APP: Roles =
    &[("site", "site.ok"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.ok")];

impl Server {
    pub(crate) async fn start(profile: Profile) -> Self {
        Self::start_with(public(profile)).await
    }

    /// The same over another cast.
    pub(crate) async fn start_with(cast: Cast) -> Self {
        Self::over(serve(Binding::of(cast.clone()).unwrap(), 0).await.unwrap(), cast)
    }

    /// One that runs already.
    pub(crate) fn over(running: Running, cast: Cast) -> Self {
        Self { running, cast, minted: AtomicUsize::new(0) }
    }

    /// The id of who plays the role.
    pub(crate) fn id(&self, role: &str) -> &str {
        &self.cast.players.get(role).unwrap().id
    }

    /// The key of an administrator, where callers have keys.
    pub(crate) fn key(&self) -> Option<String> {
        match &self.cast.players.get("admin")?.key {
            Some(SigningKey::Secret(key)) => Some(key.expose_secret().to_owned()),
            _ => None,
        }
    }

    /// A fresh token that is accepted.
    pub(crate) fn token(&self) -> String {
        self.token_with(&[])
    }

    /// A fresh token with changes.
    pub(crate) fn token_with(&self, changes: &[Change]) -> String {
        let roles = match self.cast.profile {
            Profile::WorkatoDirectLink => LINK,
            Profile::WorkatoApi => API,
            Profile::TableauConnectedApp => APP,
            // Nothing is minted for a Connect server: any token is one it did not issue.
            Profile::PositConnect => return "e30.e30.c2lnbmF0dXJl".to_owned(),
        };
        let run = format!("server {}", self.minted.fetch_add(1, Ordering::SeqCst));
        let now = jiff::Timestamp::now().as_second();
        let forge =
            Forge { players: &self.cast.players, now, run: &run, case: "server", seed: None };
        let scene = Scene::new(self.cast.profile, "server", roles);
        forge.mint("t", &scene, changes, &Ledger::new()).unwrap().presentation.token.unwrap()
    }

    /// Sends a request and expects an HTTP answer.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let answer = self.try_send(method, path, headers, body.as_bytes()).await;
        answer.unwrap_or_else(|raw| panic!("{method} {path} got no HTTP answer: {raw:?}"))
    }

    /// The same; an error is what came in place of an answer.
    pub(crate) async fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Answer, String> {
        let headers: String =
            headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n",
            body.len()
        );
        let raw = send_bytes(&self.running.base_url(), &[head.as_bytes(), body].concat()).await;
        Answer::parse(&raw).ok_or(raw)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }
}

impl Answer {
    pub(crate) fn parse(raw: &str) -> Option<Self> {
        let (head, body) = raw.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
        let header = |line: &str| {
            line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        Some(Self { status, headers: lines.filter_map(header).collect(), body: body.to_owned() })
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }
}

/// A value as it stands in a query.
pub(crate) fn quoted(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
