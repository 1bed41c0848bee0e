//! A clock that a request moves for everybody is set back, however the run ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::cli::common::{command, path, ran};

/// A server that records the requests about its clock and answers all others in one way.
struct Clocked {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

/// What it answers to tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tokens {
    Refused,
    NeverAnswered,
}

impl Clocked {
    fn start(tokens: Tokens) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                std::thread::spawn(move || answer(stream, tokens, &kept));
            }
        });
        Self { url, seen }
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

/// One request: about the clock, or with a token, or at the root, where the suite reads the date.
fn answer(stream: TcpStream, tokens: Tokens, seen: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let status = match first.split(' ').nth(1) {
        Some("/lab/clock") => {
            let verb = first.split(' ').next().unwrap();
            seen.lock().unwrap().push(format!("{verb} {}", String::from_utf8(body).unwrap()));
            204
        }
        Some("/") => 404,
        _ if tokens == Tokens::NeverAnswered => {
            std::thread::sleep(Duration::from_secs(600));
            return;
        }
        _ => 403,
    };
    let text = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    reader.into_inner().write_all(text.as_bytes()).unwrap();
}

const TARGET: &str = r#"
name = "clocked"
profile = "workato-api"
base_url = "URL"

[[surface]]
name = "api"
request = { method = "GET", path = "/call", headers = { authorization = "Bearer {token}" } }
accept = { status = ["200"] }
refuse = { status = ["401", "403"] }

[clock]
set = { method = "PUT", path = "/lab/clock", text = '{"now": {now}, "at": "{now_rfc3339}"}' }
back = { method = "DELETE", path = "/lab/clock" }

[[account]]
role = "profile.hmac"
id = "somebody"
secret_file = "secret"
"#;

fn target(url: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret"), "a secret of sixteen bytes and more").unwrap();
    std::fs::write(folder.path().join("target.toml"), TARGET.replace("URL", url)).unwrap();
    folder
}

/// It was set to a second, in both spellings, and set back by the last request.
fn was_set_and_set_back(seen: &[String]) {
    let (first, last) = (seen.first().unwrap(), seen.last().unwrap());
    let json: serde_json::Value =
        serde_json::from_str(first.strip_prefix("PUT ").unwrap()).unwrap();
    let (second, date) = (json["now"].as_i64().unwrap(), json["at"].as_str().unwrap());
    assert_eq!(date.parse::<jiff::Timestamp>().unwrap().as_second(), second);
    assert_eq!(last, "DELETE ", "{seen:?}");
    assert_eq!(seen.iter().filter(|one| one.starts_with("DELETE")).count(), 1, "{seen:?}");
}

#[test]
fn a_run_without_a_verdict_sets_the_clock_back() {
    let server = Clocked::start(Tokens::Refused);
    let folder = target(&server.url);
    let file = folder.path().join("target.toml");
    ran(command(&["conform", "--target", path(&file)]).spawn().unwrap())
        .ends(3)
        .says(&["none of the"]);
    was_set_and_set_back(&server.seen());
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_sets_the_clock_back() {
    let server = Clocked::start(Tokens::NeverAnswered);
    let folder = target(&server.url);
    let file = folder.path().join("target.toml");
    let child = command(&["conform", "--target", path(&file), "--timeout", "60"]).spawn().unwrap();
    while server.seen().is_empty() {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success()
    );
    ran(child).ends(130);
    was_set_and_set_back(&server.seen());
}
