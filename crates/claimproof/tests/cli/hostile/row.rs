//! A row: one behavior, and how each command must end by it.

use std::path::Path;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::cli::common::{Ran, Served, command, path, ran, xml_elements};
use crate::cli::hostile::server::{Asked, Behavior, From, Hostile};

/// What every row must keep to.
const LONGEST: Duration = Duration::from_secs(30);
const MOST_MEMORY: u64 = 128 * 1024;

/// How many rows are played at once: most of them wait.
const AT_ONCE: usize = 6;

/// The account that plays.
pub(crate) struct Account {
    id: String,
    secret: String,
}

impl Account {
    /// The one that the server's own target file has.
    pub(crate) fn of(served: &Served) -> Self {
        let text = std::fs::read_to_string(served.target()).unwrap();
        let file: toml::Value = toml::from_str(&text).unwrap();
        let accounts = file["account"].as_array().unwrap();
        let own = accounts.iter().find(|one| one["role"].as_str() == Some("profile.hmac")).unwrap();
        let secret = served.folder.path().join(own["secret_file"].as_str().unwrap());
        let id = own["id"].as_str().unwrap().to_owned();
        Self { id, secret: std::fs::read_to_string(secret).unwrap() }
    }
}

/// One behavior.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) from: From,
    pub(crate) behavior: Behavior,
    pub(crate) conform: i32,
    /// None where the other command has no such request.
    pub(crate) load: Option<i32>,
    /// What must be said, by both.
    pub(crate) says: &'static str,
}

/// What a server does once a run grades.
pub(crate) fn row(
    name: &'static str,
    (conform, load): (i32, i32),
    behavior: impl Fn(&mut Asked<'_>) + Send + Sync + 'static,
) -> Row {
    let behavior = Arc::new(behavior);
    Row { name, from: From::Grading, behavior, conform, load: Some(load), says: "" }
}

/// The same bytes for every request that is graded.
pub(crate) fn says(name: &'static str, exits: (i32, i32), bytes: impl Into<Vec<u8>>) -> Row {
    let bytes = bytes.into();
    row(name, exits, move |asked| {
        asked.say(&bytes);
    })
}

impl Row {
    pub(crate) fn from(self, from: From) -> Self {
        Self { from, ..self }
    }

    /// Where both commands read the answer by the same code, and neither shows it.
    pub(crate) fn once(self) -> Self {
        Self { load: None, ..self }
    }

    /// With these words on one of the streams.
    pub(crate) fn telling(self, says: &'static str) -> Self {
        Self { says, ..self }
    }
}

/// A refusal with a body; headers are added by their lines.
pub(crate) fn refusal(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 403 Forbidden\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Plays each row by both commands.
pub(crate) fn play(rows: Vec<Row>) {
    let served = Served::start("workato-api");
    let account = Account::of(&served);
    all(&rows, |row| played(row, &served, &account));
}

/// Plays rows, several at once, and tells what is wrong with any.
pub(crate) fn all<R: Sync>(rows: &[R], played: impl Fn(&R) -> Vec<String> + Sync) {
    let (next, faults) = (AtomicUsize::new(0), std::sync::Mutex::new(Vec::new()));
    let each = || {
        while let Some(row) = rows.get(next.fetch_add(1, Ordering::SeqCst)) {
            faults.lock().unwrap().extend(played(row));
        }
    };
    std::thread::scope(|scope| (0..AT_ONCE).for_each(|_| drop(scope.spawn(each))));
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn played(row: &Row, served: &Served, account: &Account) -> Vec<String> {
    let commands = [("conform", Some(row.conform)), ("load", row.load)];
    let due = commands.into_iter().filter_map(|(name, exit)| Some((name, exit?)));
    due.flat_map(|(name, exit)| {
        let hostile = Hostile::start(&served.url, row.from, Arc::clone(&row.behavior));
        let target = target(&hostile.url, account, "");
        let faults = faults_of(name, &target, account, &hostile, (exit, row.says));
        let told = |fault: String| format!("{} by {name}: {fault}", row.name);
        faults.into_iter().map(told).collect::<Vec<_>>()
    })
    .collect()
}

/// A run by its command; whatever it does wrong.
pub(crate) fn faults_of(
    name: &str,
    target: &str,
    account: &Account,
    hostile: &Hostile,
    (exit, says): (i32, &str),
) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hostile.toml");
    std::fs::write(&file, target).unwrap();
    std::fs::write(folder.path().join("hmac.secret"), &account.secret).unwrap();
    let (begun, args) = (Instant::now(), args(name, &file, folder.path()));
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut run = command(&args);
    run.env("XDG_RUNTIME_DIR", folder.path()).env("XDG_STATE_HOME", folder.path());
    let child = run.spawn().unwrap();
    let memory = Memory::watch(&child);
    let ran = ran(child);
    let (took, memory) = (begun.elapsed(), memory.most());
    let mut faults = Vec::new();
    let mut must = |is_so: bool, why: String| {
        if !is_so {
            faults.push(why);
        }
    };
    must(ran.code == Some(exit), format!("ended with {:?}, not {exit}\n{}", ran.code, shown(&ran)));
    must(took < LONGEST, format!("took {took:?}"));
    must(memory < MOST_MEMORY, format!("took {memory} KiB"));
    let told = format!("{}{}", ran.stdout, ran.stderr);
    must(told.contains(says), format!("does not say `{says}`\n{}", shown(&ran)));
    must(!told.contains(is_obeyed), format!("a terminal would obey {told:?}"));
    let mut outputs = vec![("the terminal".to_owned(), told)];
    outputs.extend(reports(folder.path()));
    for (place, text) in &outputs {
        let secret = leaked(text, hostile, account);
        must(secret.is_none(), format!("{place} shows {secret:?}"));
    }
    faults
}

fn shown(ran: &Ran) -> String {
    let cut = |text: &str| text.chars().take(1500).collect::<String>();
    format!("stdout: {:?}\nstderr: {:?}", cut(&ran.stdout), cut(&ran.stderr))
}

/// Controls, what turns the direction of writing, what has no width, and line ends of other kinds.
fn is_obeyed(c: char) -> bool {
    let unseen = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    c != '\n' && (c.is_control() || unseen)
}

/// Each report that was written, which must be what it says it is.
fn reports(folder: &Path) -> Vec<(String, String)> {
    let read = |name: &str| {
        std::fs::read_to_string(folder.join(name)).ok().map(|text| (name.to_owned(), text))
    };
    let found: Vec<_> = ["r.json", "r.xml", "r.html"].into_iter().filter_map(read).collect();
    for (name, text) in &found {
        if name == "r.json" {
            serde_json::from_str::<serde_json::Value>(text).unwrap();
        } else if name == "r.xml" {
            xml_elements(text);
        }
    }
    found
}

fn leaked(text: &str, hostile: &Hostile, account: &Account) -> Option<String> {
    let mut own = vec![account.secret.clone(), STANDARD_NO_PAD.encode(&account.secret)];
    own.extend(hostile.signatures());
    own.into_iter().find(|secret| text.contains(secret.as_str()))
}

fn args(name: &str, target: &Path, folder: &Path) -> Vec<String> {
    let report = |kind: &str, file: &str| {
        ["--report".to_owned(), format!("{kind}={}", path(&folder.join(file)))]
    };
    let fixed = ["--target", path(target), "--timeout", "2", "--progress", "never"];
    let own: &[&str] = match name {
        "conform" => &[
            "conform",
            "--color",
            "never",
            "--trust-accounts",
            "--exact",
            "workato-api/accepted/hmac-kid",
            "workato-api/access_refused/secret-foreign",
        ],
        _ => &["load", "--warm-up=0", "-c10", "--requests=20", "--refused=50%"],
    };
    let second =
        if name == "conform" { report("junit", "r.xml") } else { report("html", "r.html") };
    let all = own.iter().chain(&fixed).map(|text| (*text).to_owned());
    all.chain(report("json", "r.json")).chain(second).collect()
}

/// A file of one account, which reads a code wherever there may be one.
pub(crate) fn target(url: &str, account: &Account, tls: &str) -> String {
    format!(
        r#"
name = "hostile"
profile = "workato-api"
base_url = "{url}"
fields = {{ scheme = "Bearer" }}

[[surface]]
name = "api"
request = {{ method = "GET", path = "/call", headers = {{ authorization = "{{scheme}} {{token}}" }} }}
accept = {{ status = ["2xx"] }}
code = [
    {{ from = "body-is", pattern = 'JWT payload size exceeded \(\d+, max 4096\)', code = "payload_too_large" }},
    {{ from = "json", at = "/code" }},
    {{ from = "header", name = "x-code" }},
    {{ from = "status", status = 403, code = "access_refused" }},
]

{tls}

[[account]]
role = "profile.hmac"
id = "{}"
secret_file = "hmac.secret"
"#,
        account.id
    )
}

/// The most memory a process has had, in KiB, as far as the system tells.
struct Memory(std::thread::JoinHandle<u64>);

impl Memory {
    fn watch(child: &Child) -> Self {
        let status = format!("/proc/{}/status", child.id());
        Self(std::thread::spawn(move || {
            let mut most = 0;
            while let Some(now) = high_water(&status) {
                most = most.max(now);
                std::thread::sleep(Duration::from_millis(10));
            }
            most
        }))
    }

    fn most(self) -> u64 {
        self.0.join().unwrap()
    }
}

/// Nothing once the process has ended.
fn high_water(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
