//! The Connect reference with a provider of a test's own, an administrator, and viewers' browsers.

use std::time::Duration;

use claimproof_cast::{ExposeSecret, SigningKey, public};
use claimproof_catalog::Profile;
use claimproof_server::{Binding, serve};
use serde_json::{Value, json};
use url::Url;

use super::server::{Answer, Server, quoted};

pub(crate) const SECRET: &str = "client-secret-9f8e7d6c";
pub(crate) const CODE: &str = "an-authorization-code";
pub(crate) const REFRESH: &str = "a-refresh-token-of-the-provider";
pub(crate) const CREDENTIALS: &str = "/__api__/v1/oauth/integrations/credentials";
pub(crate) const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

pub(crate) struct Connect {
    pub(crate) server: Server,
    /// GUID of the integration, associated with the first content.
    pub(crate) integration: String,
}

impl Connect {
    /// With an integration whose token endpoint this is.
    pub(crate) async fn start(token_uri: &str) -> Self {
        Self::patient(token_uri, Duration::from_secs(5)).await
    }

    /// The same; the provider may take this long.
    pub(crate) async fn patient(token_uri: &str, provider_deadline: Duration) -> Self {
        let binding =
            Binding { provider_deadline, ..Binding::of(public(Profile::PositConnect)).unwrap() };
        Self::over(token_uri, binding).await
    }

    /// The same over this server.
    pub(crate) async fn over(token_uri: &str, binding: Binding) -> Self {
        let cast = binding.cast.clone();
        let server = Server::over(serve(binding, 0).await.unwrap(), cast);
        let mut connect = Self { server, integration: String::new() };
        let config = json!({
            "authorization_uri": "https://idp.example/authorize", "token_uri": token_uri, "client_id": "client",
            "client_secret": SECRET, "scopes": "openid offline_access",
        });
        let body = json!({ "name": "idp", "template": "custom", "config": config });
        let made = connect.call("admin", "POST", "oauth/integrations", &body).await;
        assert_eq!(made.status, 200, "{made:?}");
        connect.integration = made.json()["guid"].as_str().unwrap().to_owned();
        connect.associate(&json!([{ "oauth_integration_guid": connect.integration }])).await;
        connect
    }

    pub(crate) async fn associate(&self, list: &Value) {
        let path = format!("content/{}/oauth/integrations/associations", self.content());
        assert_eq!(self.call("publisher", "PUT", &path, list).await.status, 200);
    }

    pub(crate) fn content(&self) -> &str {
        self.server.id("content.1")
    }

    pub(crate) fn secret(&self, role: &str) -> String {
        match &public(Profile::PositConnect).players.get(role).unwrap().key {
            Some(SigningKey::Secret(secret)) => secret.expose_secret().to_owned(),
            _ => panic!("{role} has no secret"),
        }
    }

    /// A call of the API with a role's key.
    pub(crate) async fn call(&self, role: &str, method: &str, path: &str, body: &Value) -> Answer {
        let key = format!("Key {}", self.secret(role));
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.server
            .send(method, &format!("/__api__/v1/{path}"), &[("authorization", &key)], &body)
            .await
    }

    /// The cookie of a viewer who logged in.
    pub(crate) async fn cookie(&self, viewer: &str) -> String {
        let form = format!(
            "user={}&password={}",
            quoted(self.server.id(viewer)),
            quoted(&self.secret(viewer))
        );
        let answer = self.server.send("POST", "/__login__", &[FORM], &form).await;
        answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
    }

    pub(crate) async fn browse(&self, cookie: &str, path: &str) -> Answer {
        self.server.send("GET", path, &[("cookie", cookie)], "").await
    }

    /// Begins a login; its `state`.
    pub(crate) async fn begin(&self, cookie: &str) -> String {
        let answer = self
            .browse(cookie, &format!("/__oauth__/integrations/{}/login", self.integration))
            .await;
        let url = Url::parse(answer.header("location").unwrap()).unwrap();
        url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
    }

    pub(crate) async fn call_back(&self, cookie: &str, query: &str) -> Answer {
        self.browse(cookie, &format!("/__oauth__/integrations/callback?{query}")).await
    }

    /// A whole login; the page it ends on.
    pub(crate) async fn log_in(&self, cookie: &str) -> Answer {
        let state = self.begin(cookie).await;
        self.call_back(cookie, &format!("state={state}&code={CODE}")).await
    }

    pub(crate) async fn subject(&self, cookie: &str) -> String {
        let answer =
            self.browse(cookie, &format!("/content/{}/?mode=dashboard", self.content())).await;
        answer.json()["user_session_token"].as_str().unwrap().to_owned()
    }

    /// An exchange, with more headers.
    pub(crate) async fn exchange(&self, subject: &str, more: &[(&str, &str)]) -> Answer {
        let key = format!("Key {}", self.secret("publisher"));
        let headers = [&[("authorization", key.as_str()), FORM][..], more].concat();
        self.server.send("POST", CREDENTIALS, &headers, &form(subject)).await
    }

    pub(crate) async fn sessions(&self) -> usize {
        let all = self.call("admin", "GET", "oauth/sessions?all=True", &Value::Null).await;
        all.json().as_array().unwrap().len()
    }
}

pub(crate) fn form(subject: &str) -> String {
    format!(
        "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token_type=urn:posit:connect:user-session-token&subject_token={subject}"
    )
}

/// `{code, error, payload}` as JSON, and nothing else; its code.
pub(crate) fn envelope(answer: &Answer) -> i64 {
    assert_eq!(answer.header("content-type"), Some("application/json"), "{answer:?}");
    assert!(
        answer.header("location").is_none() && answer.header("x-correlation-id").is_some(),
        "{answer:?}"
    );
    let body = answer.json();
    let members: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["code", "error", "payload"], "{answer:?}");
    assert!(body["error"].as_str().is_some_and(|text| !text.is_empty()), "{answer:?}");
    body["code"].as_i64().unwrap()
}
