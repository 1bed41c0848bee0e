//! Why something is not the key or secret it should be.

/// What was found in place of a key or secret, what is expected, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFault {
    line: Option<usize>,
    found: String,
    expected: &'static str,
    /// `{file}` stands for the name of the file, `{file.pem}` and `{file.utf8}` for a new one beside it.
    cure: String,
}

impl KeyFault {
    pub(super) fn new(
        found: impl Into<String>,
        expected: &'static str,
        cure: impl Into<String>,
    ) -> Self {
        Self { line: None, found: found.into(), expected, cure: cure.into() }
    }

    pub(super) fn in_line(self, line: usize) -> Self {
        Self { line: Some(line), ..self }
    }

    /// The message for whoever named `place`; the commands in it work on the file of this name.
    pub fn told(&self, place: &str, file: &str) -> String {
        let line = self.line.map(|line| format!(", line {line}")).unwrap_or_default();
        let plain = file
            .strip_suffix(".pem")
            .map_or_else(|| format!("{file}.pem"), |stem| format!("{stem}.plain.pem"));
        let names =
            [("{file}", file), ("{file.pem}", &plain), ("{file.utf8}", &format!("{file}.utf8"))];
        let named = |cure: String, (name, file): (&str, &str)| cure.replace(name, &quoted(file));
        let cure = names.into_iter().fold(self.cure.clone(), named);
        format!("{place}{line}: found {}; expected {}; {cure}", self.found, self.expected)
    }
}

/// A name as a shell reads it.
fn quoted(file: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:@%,".contains(c);
    if file.chars().all(is_plain) {
        file.to_owned()
    } else {
        format!("'{}'", file.replace('\'', r"'\''"))
    }
}
