//! Servers nobody here wrote, a page of code each: what they get wrong is graded, and the first
//! line names it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::cli::common::{Ran, Served, claimproof, path, target_at};

const KEY: &str = "4f1c9e0b7a";

/// A server that answers each request with a status, by its head alone.
pub(crate) fn tiny(status: impl Fn(&str) -> u16 + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let status = Arc::new(status);
    // The threads end with the process of the tests.
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let status = Arc::clone(&status);
            std::thread::spawn(move || answer(stream, &*status));
        }
    });
    url
}

fn answer(mut stream: TcpStream, status: &(dyn Fn(&str) -> u16 + Send + Sync)) {
    let (mut head, mut chunk) = (Vec::new(), [0; 4096]);
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut chunk) {
            Ok(count @ 1..) => head.extend_from_slice(&chunk[..count]),
            Ok(0) | Err(_) => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let status = if head.starts_with("GET / ") { 404 } else { status(&head) };
    let answer =
        format!("HTTP/1.1 {status} Answer\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}");
    let _ = stream.write_all(answer.as_bytes());
}

/// The token of a request, taken apart but for its signature.
fn token(head: &str) -> Option<(String, String)> {
    let line = head.lines().find_map(|line| line.strip_prefix("authorization: Bearer "))?;
    let parts: Vec<&str> = line.split('.').collect();
    let [header, payload, _] = parts.as_slice() else { return None };
    Some((decoded(header)?, decoded(payload)?))
}

fn decoded(segment: &str) -> Option<String> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bits = String::new();
    for letter in segment.chars() {
        bits.push_str(&format!("{:06b}", ALPHABET.find(letter)?));
    }
    let bytes: Vec<u8> = bits.as_bytes().chunks_exact(8).map(byte).collect();
    String::from_utf8(bytes).ok()
}

fn byte(bits: &[u8]) -> u8 {
    bits.iter().fold(0, |byte, bit| byte << 1 | (bit - b'0'))
}

/// Whether the key stands in one of the documented places. Whoever signed.
fn names_the_key(head: &str) -> bool {
    let json = |text: String| serde_json::from_str::<serde_json::Value>(&text).ok();
    let Some((header, payload)) =
        token(head).and_then(|(header, payload)| Some((json(header)?, json(payload)?)))
    else {
        return false;
    };
    let places = [
        payload.get("https://www.workato.com/sub"),
        payload.get("workato_sub"),
        header.get("kid"),
        payload.get("sub"),
    ];
    let first = places.into_iter().flatten().find(|value| !value.is_null() && *value != "");
    header["alg"].is_string() && first.is_some_and(|key| key == KEY)
}

/// A target file for such a server, with one HMAC account.
pub(crate) fn target(folder: &tempfile::TempDir, url: &str) -> PathBuf {
    std::fs::write(folder.path().join("hmac.secret"), "a secret of the gateway, 32 bytes").unwrap();
    let account = format!(
        "[[account]]\nrole = \"profile.hmac\"\nid = \"{KEY}\"\nsecret_file = \"hmac.secret\"\n"
    );
    let codes = "code = [{ from = \"status\", status = 403, code = \"access_refused\" }]\n";
    let file = folder.path().join("tiny.toml");
    std::fs::write(&file, format!("{}{codes}{account}", target_at(url))).unwrap();
    file
}

fn conform(url: &str, more: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let file = target(&folder, url);
    claimproof(
        &[&["conform", "--target", path(&file), "--progress", "never", "--color", "never"], more]
            .concat(),
    )
}

#[test]
fn a_server_that_checks_no_signature_deviates_1_and_the_first_line_says_so() {
    let url = tiny(|head| if names_the_key(head) { 200 } else { 403 });
    let ran = conform(&url, &[]).ends(1);
    assert!(
        ran.stdout
            .starts_with("FOUND the signature is not checked: workato-api/accepted/hmac-kid is "),
        "{}",
        ran.stdout
    );
    ran.shows(&[
        "FAIL workato-api/access_refused/secret-foreign",
        "expected refuse access_refused",
        "observed accept",
    ]);
}

#[test]
fn a_server_that_asks_for_no_token_deviates_1_and_the_first_line_says_so() {
    let ran = conform(&tiny(|_| 200), &[]).ends(1);
    assert!(
        ran.stdout.starts_with("FOUND the request without a token is accepted (status 200): "),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_server_that_answers_by_chance_gives_no_verdict_3() {
    let state = AtomicU64::new(7);
    let chance = move |_: &str| {
        let next = |old: u64| {
            Some(
                old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407),
            )
        };
        let drawn =
            state.fetch_update(Ordering::SeqCst, Ordering::SeqCst, next).unwrap_or_default();
        if (drawn >> 40).is_multiple_of(2) { 200 } else { 403 }
    };
    conform(&tiny(chance), &[])
        .ends(3)
        .says(&["answered differently", "accepted/hmac-kid, played by profile.hmac"]);
}

#[test]
fn a_server_that_refuses_every_plain_token_gives_no_verdict_3_and_shows_what_was_sent() {
    let ran = conform(&tiny(|_| 403), &[]).ends(3);
    let key = format!(
        "accepted/hmac-kid, played by profile.hmac `{KEY}`: refuse access_refused (status 403)"
    );
    let ran = ran.says(&[
        &key,
        "sent GET /call",
        "Bearer [token]",
        "came 403",
        "A wrong id or key in the target file",
    ]);
    assert!(!ran.stderr.contains("eyJ"), "{}", ran.stderr);
}

#[test]
fn a_misspelled_role_is_a_usage_error_2_that_names_line_and_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let file = target(&folder, "http://127.0.0.1:1");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("profile.hmac", "profile.hmca")).unwrap();
    let line = text.lines().position(|line| line.starts_with("role")).unwrap() + 1;
    let ran = claimproof(&["conform", "--target", path(&file)]).ends(2);
    ran.says(&[&format!(
        "line {line}: `profile.hmca` is no role of workato-api; did you mean `profile.hmac`?"
    )]);
}

/// The reference behind a file with other accounts than it was written with.
fn with_accounts(served: &Served, keep: &[&str], change: impl Fn(&str) -> String) -> PathBuf {
    let text = std::fs::read_to_string(served.target()).unwrap();
    let mut blocks = text.split("[[account]]");
    let head = blocks.next().unwrap().to_owned();
    let kept = blocks
        .filter(|block| keep.iter().any(|role| block.contains(&format!("role = \"{role}\"\n"))));
    served.file(
        "some.toml",
        &kept.fold(head, |text, block| format!("{text}[[account]]{}", change(block))),
    )
}

#[test]
fn a_gateway_with_an_rsa_account_alone_is_tried_with_most_cases() {
    let served = Served::start("workato-api");
    let target = with_accounts(&served, &["profile.rsa"], str::to_owned);
    let json = served.folder.path().join("report.json");
    let report = format!("json={}", path(&json));
    let ran = claimproof(&["conform", "--target", path(&target), "--report", &report]).ends(0);
    ran.shows(&["to try them, add an [[account]] with role = \"profile.hmac\"", " conforms in "]);
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(json).unwrap()).unwrap();
    let count = |name: &str| report["summary"][name].as_u64().unwrap();
    let (tried, of) = (count("tried"), count("of"));
    assert!(of > 580 && tried * 100 > of * 75, "{tried} of {of}");
    // Whoever wants more than there is says so.
    let ran = claimproof(&["conform", "--target", path(&target), "--min-tried", "95%"]).ends(4);
    ran.says(&[&format!("only {tried} of {of} cases were tried, fewer than --min-tried 95%")]);
}

#[test]
fn an_account_that_is_refused_fails_by_name_and_the_other_one_grades() {
    let served = Served::start("workato-api");
    served.file("wrong.secret", "some other secret than the server has");
    let wrong = |block: &str| match block.contains("role = \"profile.hmac\"") {
        true => block
            .lines()
            .map(|line| {
                if line.starts_with("secret_file") {
                    "secret_file = \"wrong.secret\"\n".to_owned()
                } else {
                    format!("{line}\n")
                }
            })
            .collect(),
        false => block.to_owned(),
    };
    let target = with_accounts(&served, &["profile.hmac", "profile.rsa"], wrong);
    let ran = claimproof(&["conform", "--target", path(&target), "--color", "never"]).ends(1);
    let found = "FOUND workato-api/accepted/hmac-kid is not accepted: refuse access_refused (status 403); the run grades by \
                 workato-api/accepted/rsa-kid, which is";
    assert!(ran.stdout.starts_with(found), "{}", ran.stdout);
    let fails = ran.stdout.lines().filter(|line| line.starts_with("FAIL ")).count();
    assert!((1..12).contains(&fails), "{fails} failures:\n{}", ran.stdout);
    ran.shows(&[
        "FAIL workato-api/accepted/hmac-kid",
        "its control workato-api/accepted/hmac-kid was not accepted",
    ]);
}

#[test]
fn an_address_on_the_command_line_takes_the_place_of_the_files() {
    let served = Served::start("workato-api");
    let elsewhere = served.target_with(&served.url.clone(), "http://127.0.0.1:1");
    let args = ["conform", "--target", path(&elsewhere), "--url", &served.url, "accepted/hmac-kid"];
    claimproof(&args).ends(0).shows(&["1 pass, 0 fail"]);
    claimproof(&args[..3]).ends(3);
    claimproof(&["conform", "--url", &served.url]).ends(2).says(&["--target"]);
}
