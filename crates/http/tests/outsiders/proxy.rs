//! Proxies before the reference: what is changed on the way there and back.

use std::sync::Arc;

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_http::Target;
use claimproof_in_process::of_reference;
use claimproof_server::{Binding, Running, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::wire::{Answer, Handler, Request, Server, Way, bind, run};

/// A proxy and the reference behind it.
pub(crate) async fn start(profile: Profile, way: Way) -> (Server, Running, Target) {
    let (listener, url) = bind().await;
    let public_address = Some(url.clone());
    let binding = Binding { public_address, ..Binding::of(public(profile)).unwrap().impatient() };
    let reference = serve(binding, 0).await.unwrap();
    let address = reference.address.to_string();
    let handler: Handler = Arc::new(move |request| {
        let address = address.clone();
        Box::pin(async move { pass(way, &address, request).await })
    });
    let longest = way.is("answers-early").then_some(65_536);
    (run(listener, handler, longest), reference, of_reference(profile, &url))
}

async fn pass(way: Way, address: &str, mut request: Request) -> Answer {
    if let Some(answer) = refused_here(way, &request) {
        return answer;
    }
    on_the_way(way, &mut request);
    let answer = forward(address, &request)
        .await
        .unwrap_or_else(|| Answer::new(502, "text/plain", "no answer\n"));
    on_the_way_back(way, answer)
}

/// What the proxy answers itself.
fn refused_here(way: Way, request: &Request) -> Option<Answer> {
    let longest = request.headers.iter().map(|(_, value)| value.len()).max().unwrap_or(0);
    let foreign = request.headers.iter().any(|(_, value)| !value.is_ascii());
    let plain = |status| Some(Answer::new(status, "text/plain", "not passed on\n"));
    match way.0 {
        "header-limit" if longest > 8192 => plain(431),
        "header-limit" if foreign => plain(400),
        "size-limit-of-6000" if request.target.len() + request.body.len() > 6200 => {
            Some(too_long(request))
        }
        "crash-on-long-tokens" if request.body.len() > 8200 => plain(502),
        _ => None,
    }
}

/// 10103 as each surface carries it.
fn too_long(request: &Request) -> Answer {
    if request.target.starts_with("/api/") {
        return Answer::new(401, "application/xml", "<tsResponse/>")
            .with("tableau_status_code", "10103");
    }
    Answer::json(401, &serde_json::json!({ "result": { "errors": [{ "code": 10103 }] } }))
}

fn on_the_way(way: Way, request: &mut Request) {
    match way.0 {
        "dots-trimmed" => request.target = request.target.trim_end_matches('.').to_owned(),
        "blanks-removed" => {
            for blank in ["+", "%20", "%0A", "%0D", "%09"] {
                if let Some((head, token)) = request.target.split_once("workato_dl_token=") {
                    request.target = format!("{head}workato_dl_token={}", token.replace(blank, ""));
                }
            }
        }
        "origin-left-out" if request.header("origin").is_none() => {
            request.headers.push(("origin".to_owned(), "https://portal.example".to_owned()));
        }
        _ => {}
    }
}

fn on_the_way_back(way: Way, mut answer: Answer) -> Answer {
    match way.0 {
        "no-content-type" if answer.status >= 400 => answer.without("content-type"),
        "odd-status" if answer.body.contains("No OAuth") => {
            answer.status = 499;
            answer
        }
        "mark-on-refusals" if answer.status == 401 => {
            answer.body =
                answer.body.replace("</tsResponse>", "<credentials token=\"none\"/></tsResponse>");
            answer
        }
        _ => answer,
    }
}

async fn forward(address: &str, request: &Request) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    let own = |name: &str| !matches!(name, "connection" | "content-length");
    let headers: Vec<u8> = request
        .headers
        .iter()
        .filter(|(name, _)| own(name))
        .flat_map(|(name, value)| {
            [latin(name), b": ".to_vec(), latin(value), b"\r\n".to_vec()].concat()
        })
        .collect();
    let first = format!("{} {} HTTP/1.1\r\n", request.method, request.target);
    let last = format!("connection: close\r\ncontent-length: {}\r\n\r\n", request.body.len());
    let bytes = [latin(&first), headers, last.into_bytes(), request.body.clone()].concat();
    // An answer may come before the body is sent whole.
    let _ = stream.write_all(&bytes).await;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    parse(&answer)
}

/// Header text as the bytes it came in.
fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let header = |line: &str| {
        line.split_once(": ").map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
    };
    let kept = |(name, _): &(String, String)| {
        !matches!(name.as_str(), "content-length" | "connection" | "transfer-encoding")
    };
    let headers = lines.filter_map(header).filter(kept).collect();
    Some(Answer { status, headers, body: String::from_utf8_lossy(&bytes[end + 4..]).into_owned() })
}
