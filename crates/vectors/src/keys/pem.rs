//! PEM (RFC 7468), however its lines are broken, indented or written as `\n`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::fault::KeyFault;

/// What stands between two lines of dashes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'t> {
    pub(super) label: &'t str,
    pub(super) body: &'t str,
    /// The line of the file in which it begins.
    pub(super) line: usize,
}

/// Every whole block in order; what stands around them is explanatory text (RFC 7468 section 2).
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some((_, after)) = rest.split_once("-----BEGIN ") {
        rest = after;
        let Some((label, body)) = after.split_once("-----") else { break };
        let Some((body, behind)) = body.split_once(&format!("-----END {label}-----")) else {
            continue;
        };
        let line = text[..text.len() - after.len()].matches('\n').count() + 1;
        found.push(Block { label, body, line });
        rest = behind;
    }
    found
}

impl Block<'_> {
    /// The label, unless it is none that any tool writes.
    pub(super) fn named(&self) -> String {
        let is_usual = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == ' ';
        let usual = self.label.len() <= 40 && self.label.chars().all(is_usual);
        if usual { format!("a {}", self.label) } else { "a block of another kind".to_owned() }
    }

    /// Whether a passphrase protects it (RFC 7468 section 11, RFC 1421 section 4.6.1.1).
    pub(super) fn is_encrypted(&self) -> bool {
        self.label.contains("ENCRYPTED") || self.body.contains("ENCRYPTED")
    }

    /// The bytes it stands for; headers are passed over.
    pub(super) fn der(&self, expected: &'static str) -> Result<Vec<u8>, KeyFault> {
        let body = self.body.replace("\\n", "\n").replace("\\r", "");
        let mut text = String::new();
        for (place, line) in body.lines().enumerate().filter(|(_, line)| !line.contains(':')) {
            if line.chars().any(|c| !is_base64(c) && !c.is_whitespace()) {
                let cure = "copy the file again, whole and unchanged";
                let fault = KeyFault::new("a character that base64 does not have", expected, cure);
                return Err(fault.in_line(self.line + place));
            }
            text.extend(line.chars().filter(|c| !c.is_whitespace()));
        }
        let cut = "base64 that breaks off between its lines of dashes";
        STANDARD
            .decode(text)
            .map_err(|_| self.fault(cut, expected, "copy the file again, whole and unchanged"))
    }

    /// A fault told with the line of the block.
    pub(super) fn fault(
        &self,
        found: impl Into<String>,
        expected: &'static str,
        cure: impl Into<String>,
    ) -> KeyFault {
        KeyFault::new(found, expected, cure).in_line(self.line)
    }
}

const fn is_base64(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '0'..='9' | '+' | '/' | '=')
}

/// The block of these bytes.
pub(super) fn written(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> =
        (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}
