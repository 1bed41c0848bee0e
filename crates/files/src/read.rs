//! Files that people name, read at once and up to a length: no device without an end, no pipe
//! nobody writes into.

use std::fs::{File, FileType, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// How long a pipe may be silent.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(5);

/// No TOML file has more tokens: a known failure a case has half of them. A parser keeps about
/// 120 bytes for each.
const TOKENS: usize = 200_000;

/// No key has more parts.
const PARTS: usize = 32;

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The system refuses.
    #[error(transparent)]
    System(#[from] io::Error),
    /// It is a folder.
    #[error("found a folder; expected a file: name the file in it")]
    Folder,
    /// It is neither a file nor a pipe.
    #[error("found a device or a socket; expected a file, or a pipe that has a writer")]
    Device,
    /// Nothing came through a pipe and nothing will.
    #[error("found a pipe that nobody writes into; start its writer first, or name a file")]
    NoWriter,
    /// Nothing came through a pipe in time.
    #[error("found a pipe that was silent for {} seconds; write into it sooner, or name a file", PATIENCE.as_secs())]
    Silent,
    /// It goes on behind the bound.
    #[error("found more than {} KiB, which no such file has; is it the right one?", .0 / 1024)]
    TooLong(u64),
    /// It is no text.
    #[error("line {line}: found bytes that are no UTF-8 text{}; expected UTF-8: save it as that", in_utf_16(*.wide))]
    NoText {
        /// Where it stops being text.
        line: usize,
        /// Whether it begins as UTF-16 does.
        wide: bool,
    },
    /// It has more tokens than any.
    #[error(
        "line {line}: found more than {TOKENS} values and signs, which no such file has; is it the right one?"
    )]
    TooMany {
        /// Where they are reached.
        line: usize,
    },
    /// A key names a table in a table in a table, and so on.
    #[error("line {line}: found a key of more than {PARTS} parts, which no such file has")]
    TooDeep {
        /// The key's.
        line: usize,
    },
}

const fn in_utf_16(is: bool) -> &'static str {
    if is { ", but UTF-16, as Windows PowerShell writes it" } else { "" }
}

/// The bytes of a file, or of a pipe, that is no longer than this.
///
/// # Errors
///
/// Anything else is refused at once, and none of it is read.
pub fn read(path: &Path, at_most: u64) -> Result<Vec<u8>, Unreadable> {
    let kind = std::fs::metadata(path)?.file_type();
    if kind.is_dir() {
        return Err(Unreadable::Folder);
    }
    let mut bytes = Vec::new();
    match open(path, kind)? {
        Opened::File(file) => {
            file.take(at_most + 1).read_to_end(&mut bytes)?;
        }
        Opened::Pipe(pipe) => drain(pipe.take(at_most + 1), &mut bytes)?,
    }
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > at_most { Err(Unreadable::TooLong(at_most)) } else { Ok(bytes) }
}

/// The same as text.
///
/// # Errors
///
/// What is no UTF-8 is refused as well.
pub fn read_text(path: &Path, at_most: u64) -> Result<String, Unreadable> {
    let no_text = |error: std::string::FromUtf8Error| {
        let (bytes, end) = (error.as_bytes(), error.utf8_error().valid_up_to());
        let wide = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
        Unreadable::NoText { line: line(bytes, end), wide }
    };
    String::from_utf8(read(path, at_most)?).map_err(no_text)
}

/// The same as TOML that a parser takes up at little cost, whatever it says.
///
/// # Errors
///
/// One of too many tokens, or with a key of too many parts, is refused with the line.
pub fn read_toml(path: &Path, at_most: u64) -> Result<String, Unreadable> {
    let text = read_text(path, at_most)?;
    light(&text)?;
    Ok(text)
}

fn light(text: &str) -> Result<(), Unreadable> {
    let mut dots = 0;
    for (n, token) in Source::new(text).lex().enumerate() {
        let line = || line(text.as_bytes(), token.span().start());
        match token.kind() {
            TokenKind::Dot => dots += 1,
            TokenKind::Newline | TokenKind::Equals | TokenKind::Comma => dots = 0,
            _ => {}
        }
        if n >= TOKENS {
            return Err(Unreadable::TooMany { line: line() });
        }
        if dots >= PARTS {
            return Err(Unreadable::TooDeep { line: line() });
        }
    }
    Ok(())
}

fn line(bytes: &[u8], end: usize) -> usize {
    bytes.iter().take(end).filter(|byte| **byte == b'\n').count() + 1
}

enum Opened {
    File(File),
    Pipe(File),
}

/// A pipe is opened without waiting for whoever writes.
#[cfg(unix)]
fn open(path: &Path, kind: FileType) -> Result<Opened, Unreadable> {
    use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
    let file = || OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK).open(path);
    match () {
        () if kind.is_file() => Ok(Opened::File(file()?)),
        () if kind.is_fifo() => Ok(Opened::Pipe(file()?)),
        () => Err(Unreadable::Device),
    }
}

#[cfg(not(unix))]
fn open(path: &Path, kind: FileType) -> Result<Opened, Unreadable> {
    if kind.is_file() {
        Ok(Opened::File(OpenOptions::new().read(true).open(path)?))
    } else {
        Err(Unreadable::Device)
    }
}

/// All that comes through a pipe until its last writer is gone.
fn drain(mut pipe: impl Read, bytes: &mut Vec<u8>) -> Result<(), Unreadable> {
    let (mut chunk, mut heard) = ([0; 4096], Instant::now());
    loop {
        match pipe.read(&mut chunk) {
            Ok(0) if bytes.is_empty() => return Err(Unreadable::NoWriter),
            Ok(0) => return Ok(()),
            Ok(count) => {
                bytes.extend_from_slice(&chunk[..count]);
                heard = Instant::now();
            }
            Err(error)
                if error.kind() == io::ErrorKind::WouldBlock && heard.elapsed() > PATIENCE =>
            {
                return Err(Unreadable::Silent);
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => std::thread::sleep(PAUSE),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that lists every case by itself is no burden.
    #[test]
    fn a_known_failure_a_case_is_light() {
        let entry = "[[known-failure]]\ncases = [\"a-profile/a_code/a.case\"]\nobserved = [\"refuse a\", \"accept\"]\n\
                     reason = \"a.b.c, d, [e]\"\nsince = 2026-11-24\nexpires = 2027-11-24\n\n";
        assert!(light(&entry.repeat(3000)).is_ok());
    }

    #[test]
    fn many_tokens_and_many_parts_are_told_with_their_line() {
        let told = |text: &str| light(text).unwrap_err().to_string();
        assert!(told(&format!("\nx = [\n{}]", "1,".repeat(120_000))).starts_with("line 3: "));
        assert!(told(&format!("a = 1\n{} = 1", ["a"; 33].join("."))).starts_with("line 2: "));
        assert!(light(&format!("{} = [{}]", ["a"; 32].join("."), "1.5,".repeat(100))).is_ok());
    }
}
