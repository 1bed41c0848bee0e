//! Questions to a provider's token endpoint, and what its answers mean.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::form_urlencoded::byte_serialize;

use super::Connect;

const PATIENCE: Duration = Duration::from_secs(2);

/// What a provider grants.
pub(super) struct Grant {
    pub(super) access: String,
    pub(super) refresh: Option<String>,
    pub(super) seconds: Option<f64>,
}

/// What a provider says is wrong: its name of the error, its description.
pub(super) struct Said {
    pub(super) error: Option<String>,
    pub(super) description: Option<String>,
}

fn words(text: &str) -> Said {
    Said { error: None, description: Some(text.to_owned()) }
}

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

impl Connect {
    /// RFC 6749 sections 2.3.1, 4.1.3 and 6.
    pub(super) async fn ask(
        &self,
        config: &Map<String, Value>,
        form: &[(&str, &str)],
    ) -> Result<Grant, Said> {
        let text = |name: &str| config.get(name).and_then(Value::as_str).unwrap_or_default();
        let (id, secret) = (text("client_id"), text("client_secret"));
        let mut form = form.to_vec();
        let basic = text("token_endpoint_auth_method") == "client_secret_basic";
        if !basic {
            form.extend([("client_id", id), ("client_secret", secret)]);
        }
        let credentials = match self.way.0 {
            "basic-unencoded" => format!("{id}:{secret}"),
            _ => format!("{}:{}", encoded(id), encoded(secret)),
        };
        let authorization =
            basic.then(|| format!("authorization: Basic {}\r\n", STANDARD.encode(credentials)));
        let authorization = authorization.unwrap_or_default();
        let pair = |(name, value): &(&str, &str)| match self.way.0 {
            "form-unencoded" => format!("{name}={value}"),
            _ => format!("{name}={}", encoded(value)),
        };
        let body = form.iter().map(pair).collect::<Vec<_>>().join("&");
        let asked = post(text("token_uri"), &authorization, &body);
        let answer = tokio::time::timeout(PATIENCE, asked).await.ok().flatten();
        self.understood(answer.ok_or_else(|| words("The OAuth provider did not answer."))?)
    }

    fn understood(&self, (status, body): (u16, Vec<u8>)) -> Result<Grant, Said> {
        let limit = if self.way.is("provider-limit-of-1-mb") { 1 << 20 } else { 64 << 10 };
        let unusable = || words("The OAuth provider's answer cannot be understood.");
        if body.len() > limit {
            return Err(unusable());
        }
        let Ok(Value::Object(members)) = serde_json::from_slice(&body) else {
            return Err(unusable());
        };
        let text =
            |name: &str| members.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let access = text("access_token")
            .filter(|_| (200..300).contains(&status) && text("error").is_none());
        let Some(access) = access else {
            let description =
                text("error_description").or_else(|| text("message")).map(str::to_owned);
            let said = Said { error: text("error").map(str::to_owned), description };
            return Err(if said.error.is_none() && said.description.is_none() {
                unusable()
            } else {
                said
            });
        };
        if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err(words("The OAuth provider issued no bearer token."));
        }
        let seconds = match members.get("expires_in") {
            Some(Value::Number(number)) if self.way.is("fraction-never-refreshes") => {
                number.as_i64().map(|_| number.as_f64().unwrap_or_default())
            }
            Some(Value::Number(number)) => number.as_f64(),
            Some(Value::String(_)) if self.way.is("expires-in-as-a-number-only") => {
                return Err(unusable());
            }
            Some(Value::String(number)) => number.parse().ok(),
            _ => None,
        };
        Ok(Grant {
            access: access.to_owned(),
            refresh: text("refresh_token").map(str::to_owned),
            seconds,
        })
    }
}

async fn post(url: &str, authorization: &str, body: &str) -> Option<(u16, Vec<u8>)> {
    let url = url::Url::parse(url).ok()?;
    let host = format!("{}:{}", url.host_str()?, url.port_or_known_default()?);
    let mut stream = TcpStream::connect(&host).await.ok()?;
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: {host}\r\n{authorization}accept: application/json\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        url.path(),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head
        .split("content-length: ")
        .nth(1)
        .and_then(|rest| rest.lines().next()?.parse::<usize>().ok());
    let body = answer.split_off(end + 4);
    // Less than was announced is a connection that broke off.
    length.is_none_or(|length| length == body.len()).then_some((status, body))
}
