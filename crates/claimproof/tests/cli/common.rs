//! The built binary, servers behind it, and target files.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
#[cfg(unix)]
use std::time::Instant;

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// It ended with this code.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Every part stands on stderr.
    #[track_caller]
    pub(crate) fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.stderr.contains(part), "`{part}` is missing on stderr:\n{}", self.stderr);
        }
        self
    }

    /// Every part stands on stdout.
    #[track_caller]
    pub(crate) fn shows(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.stdout.contains(part), "`{part}` is missing on stdout:\n{}", self.stdout);
        }
        self
    }
}

pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claimproof"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // The journals of tests are none of the user's.
    command.env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command
}

pub(crate) fn claimproof(args: &[&str]) -> Ran {
    ran(command(args).spawn().unwrap())
}

pub(crate) fn ran(child: Child) -> Ran {
    let output = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    Ran { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
}

/// How long a message about a file may take, and how much memory beyond a run with a good one.
#[cfg(unix)]
pub(crate) const LONGEST: Duration = Duration::from_secs(2);
#[cfg(unix)]
pub(crate) const MOST: u64 = 32 * 1024 * 1024;

/// How a command ended and what it cost.
#[cfg(unix)]
pub(crate) struct Measured {
    pub(crate) ran: Ran,
    pub(crate) took: Duration,
    /// The most memory it held, in bytes.
    pub(crate) peak: u64,
}

/// Runs a command that prints little. A process is charged with the memory of the one that starts
/// it, so a small one starts it: this program again, with one test.
#[cfg(unix)]
pub(crate) fn measured(args: &[&str], variables: &[(&str, &str)]) -> Measured {
    let told = tempfile::NamedTempFile::new().unwrap();
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "cli::common::measure", "--ignored"])
        .env("CLAIMPROOF_TEST_MEASURE", args.join("\n"))
        .env("CLAIMPROOF_TEST_MEASURED", told.path())
        .envs(variables.iter().copied())
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success(), "{args:?} was not measured");
    let told = std::fs::read_to_string(told.path()).unwrap();
    let parts: Vec<&str> = told.splitn(4, '\n').collect();
    let [code, micros, peak, stderr] = parts[..] else { panic!("{told}") };
    Measured {
        ran: Ran { code: code.parse().ok(), stdout: String::new(), stderr: stderr.to_owned() },
        took: Duration::from_micros(micros.parse().unwrap()),
        peak: peak.parse().unwrap(),
    }
}

/// The other half of it. A command that hangs is killed.
#[cfg(unix)]
#[test]
#[ignore = "other tests start it"]
fn measure() {
    let (Ok(args), Ok(into)) =
        (std::env::var("CLAIMPROOF_TEST_MEASURE"), std::env::var("CLAIMPROOF_TEST_MEASURED"))
    else {
        return println!("nothing to measure");
    };
    let args: Vec<&str> = args.split('\n').collect();
    let begun = Instant::now();
    let mut child = command(&args).stdout(Stdio::null()).spawn().unwrap();
    let pid = child.id().to_string();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(20));
        Command::new("kill").args(["-9", &pid]).status()
    });
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    let wait4::ResUse { status, rusage } = wait4::Wait4::wait4(&mut child).unwrap();
    let code = status.code().map(|code| code.to_string()).unwrap_or_default();
    let told = format!("{code}\n{}\n{}\n{stderr}", begun.elapsed().as_micros(), rusage.maxrss);
    std::fs::write(into, told).unwrap();
}

/// A server of the reference that ends with the test, and the file that describes it.
pub(crate) struct Served {
    child: Child,
    pub(crate) first_line: String,
    pub(crate) url: String,
    pub(crate) folder: tempfile::TempDir,
}

impl Served {
    pub(crate) fn start(profile: &str) -> Self {
        Self::serving(profile, &[])
    }

    /// The same with one fault.
    pub(crate) fn mutant(profile: &str, name: &str) -> Self {
        Self::serving(profile, &["--mutant", name])
    }

    /// The place of a file beside the server's target file.
    pub(crate) fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command that keeps its journal and its lock beside them.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = command(args);
        command.env("XDG_STATE_HOME", self.place("state"));
        command.env("XDG_RUNTIME_DIR", self.folder.path());
        command
    }

    pub(crate) fn serving(profile: &str, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target.toml");
        let target = target.to_str().unwrap();
        let args = [&["serve", "--profile", profile, "--write-target", target], more].concat();
        let mut child = command(&args).spawn().unwrap();
        let mut first_line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first_line).unwrap();
        let url = first_line.trim().trim_start_matches("listening on ").to_owned();
        Self { child, first_line, url, folder }
    }

    pub(crate) fn target(&self) -> PathBuf {
        self.folder.path().join("target.toml")
    }

    /// The same file with something else in one place.
    pub(crate) fn target_with(&self, from: &str, to: &str) -> PathBuf {
        let text = std::fs::read_to_string(self.target()).unwrap();
        assert!(text.contains(from), "{from} is not in {text}");
        let path = self.folder.path().join("changed.toml");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
        path
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A file in a folder of its own.
pub(crate) fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my.toml");
    std::fs::write(&path, text).unwrap();
    (folder, path)
}

/// A target file of the API platform at this address, nobody playing on it.
pub(crate) fn target_at(url: &str) -> String {
    format!(
        r#"
name = "mine"
profile = "workato-api"
base_url = "{url}"

[[surface]]
name = "api"
request = {{ method = "GET", path = "/call", headers = {{ authorization = "Bearer {{token}}" }} }}
accept = {{ status = ["2xx"] }}
"#
    )
}

/// A port at which nobody listens.
pub(crate) fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// Passes so many connections on to a server and lets every later one wait for ever.
pub(crate) struct Stalling {
    pub(crate) url: String,
    pub(crate) stalled: Arc<AtomicUsize>,
}

impl Stalling {
    pub(crate) fn after(connections: usize, server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = server.trim_start_matches("http://").to_owned();
        let stalled = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&stalled);
        // The thread ends with the process of the tests.
        std::thread::spawn(move || {
            let mut waiting = Vec::new();
            for (n, stream) in listener.incoming().map_while(Result::ok).enumerate() {
                if n < connections {
                    pass_on(stream, &server);
                } else {
                    waiting.push(stream);
                    count.store(waiting.len(), Ordering::SeqCst);
                }
            }
        });
        Self { url, stalled }
    }

    pub(crate) fn wait_until_stalled(&self) {
        for _ in 0..500 {
            if self.stalled.load(Ordering::SeqCst) > 0 {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("nothing has stalled");
    }
}

pub(crate) fn pass_on(client: TcpStream, server: &str) {
    let server = TcpStream::connect(server).unwrap();
    let copy = |mut from: TcpStream, mut to: TcpStream| {
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = from.read(&mut chunk) {
                if to.write_all(&chunk[..count]).is_err() {
                    break;
                }
            }
            let _ = to.shutdown(std::net::Shutdown::Write);
        });
    };
    copy(client.try_clone().unwrap(), server.try_clone().unwrap());
    copy(server, client);
}

/// Well-formedness as far as a report needs it: one root, tags that close, quoted attributes, known
/// entities and no control characters. Returns the names of the elements in order.
pub(crate) fn xml_elements(text: &str) -> Vec<String> {
    let (mut open, mut found, mut rest) = (Vec::new(), Vec::new(), text.trim());
    assert!(rest.starts_with("<?xml "), "no declaration");
    while let Some((before, after)) = rest.split_once('<') {
        check_text(before);
        assert!(!open.is_empty() || before.trim().is_empty(), "text outside the root: {before}");
        if let Some(data) = after.strip_prefix("![CDATA[") {
            rest = data.split_once("]]>").unwrap_or_else(|| panic!("an open CDATA")).1;
            continue;
        }
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").unwrap_or_else(|| panic!("an open comment")).1;
            continue;
        }
        let (tag, behind) = after.split_once('>').unwrap_or_else(|| panic!("an open tag"));
        rest = behind;
        if tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "tags cross");
            continue;
        }
        let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(!open.is_empty() || found.is_empty(), "a second root");
        assert_eq!(attributes.matches('"').count() % 2, 0, "a quote is missing: {attributes}");
        attributes.split('"').skip(1).step_by(2).for_each(check_text);
        found.push(name.to_owned());
        if !empty {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "not closed: {open:?} {rest}");
    found
}

fn check_text(text: &str) {
    let entities = ["amp;", "lt;", "gt;", "quot;", "apos;", "#"];
    for after in text.split('&').skip(1) {
        assert!(
            entities.iter().any(|entity| after.starts_with(entity)),
            "a bare ampersand: {text}"
        );
    }
    // XML 1.0 section 2.2; a char is no surrogate.
    let forbidden = |c: char| {
        c < ' ' && !matches!(c, '\n' | '\r' | '\t') || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    assert!(!text.contains(forbidden), "a forbidden character: {text:?}");
}
