//! Files of known failures.

use super::Kind;

const GOOD: &str = r#"[[known-failure]]
cases = ["workato-direct-link/iat_missing/absent"]
observed = "refuse jti_missing"
reason = "ticket 17"
since = 2026-11-24

[[known-failure]]
cases = ["workato-direct-link/jti_missing/*"]
observed = ["accept", "crashed, 500"]
reason = "ticket 18"
since = "2026-11-24"
expires = 2199-01-01
"#;

const COMMAND: &[&str] =
    &["conform", "--profile", "workato-direct-link", "--known-failures", "FILE", "--list"];

const CASES: &str = "cases = [\"workato-direct-link/iat_missing/absent\"]";
const GLOB: &str = "workato-direct-link/jti_missing/*";
const OBSERVED: &str = "observed = \"refuse jti_missing\"";
const SINCE: &str = "since = 2026-11-24";

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    long(Kind::new(GOOD, COMMAND))
        .with("no cases", CASES, "", "line 1")
        .with("cases that are empty", CASES, "cases = []", "line 1")
        .with("cases as text", CASES, "cases = \"workato-direct-link/iat_missing/absent\"", "line 2")
        .with("cases as numbers", CASES, "cases = [16]", "line 2")
        .with("case beside cases", CASES, "cases = [\"a\"]\ncase = \"a\"", "line 1")
        .with("no observed", OBSERVED, "", "line 1")
        .with("observed is empty", OBSERVED, "observed = \"\"", "line 3")
        .with("observed is blank", OBSERVED, "observed = \"  \"", "line 3")
        .with("observed is an empty list", OBSERVED, "observed = []", "line 3")
        .with("observed is a number", OBSERVED, "observed = 16", "line 3")
        .with("observed is a list of numbers", OBSERVED, "observed = [16]", "line 3")
        .with("observed is a table", OBSERVED, "observed = { refuse = \"16\" }", "line 3")
        .with("no reason", "reason = \"ticket 17\"\n", "", "line 1")
        .with("a reason that is empty", "ticket 17", "", "line 1")
        .with("a reason that is blank", "ticket 17", " \t", "line 1")
        .with("a reason that waits to be written", "ticket 17", "WRITE HERE WHY", "line 1")
        .with("a reason as a number", "\"ticket 17\"", "17", "line 4")
        .with("no date", "since = 2026-11-24\n", "", "line 1")
        .with("a date that is none", SINCE, "since = 2026-02-30", "line 5")
        .with("a date in words", SINCE, "since = \"yesterday\"", "line 5")
        .with("a date of another country", SINCE, "since = \"24.11.2026\"", "line 5")
        .with("a date as a number", SINCE, "since = 17", "line 5")
        .with("a moment where a day is due", SINCE, "since = 10:15:00", "line 5")
        .with("an end that is none", "2199-01-01", "\"never\"", "line 12")
        .with("an end as a truth", "2199-01-01", "false", "line 12")
        .with("an unknown key", OBSERVED, "observed = \"accept\"\nseen = \"accept\"", "line 4")
        .with("a key in capitals", OBSERVED, "Observed = \"accept\"", "line 3")
        .with("an unknown table", "[[known-failure]]", "[[known_failure]]", "line 1")
        .with("a table where a list stands", "[[known-failure]]", "[known-failure]", "line 7")
        .with("a key at the top", "[[known-failure]]", "version = 1\n[[known-failure]]", "line 1")
        .with("a class that does not end", GLOB, "workato-direct-link/[", "line 8")
        .with("a class that is upside down", GLOB, "workato-direct-link/[z-a]", "line 8")
        .with("alternatives that do not end", GLOB, "workato-direct-link/{a,b", "line 8")
        .with("alternatives in alternatives in alternatives", GLOB, "workato-direct-link/{{a,b},{c,{d", "line 8")
        .with("an end of alternatives alone", GLOB, "workato-direct-link/*}", "line 8")
        .with("a pattern that escapes nothing", GLOB, "workato-direct-link/[*\\\\", "line 8")
        .with("a text that does not end", "\"ticket 17\"", "\"ticket 17", "line 4")
        .whole("JSON", "[{\"case\": \"a\"}]\n", "line 1")
        .whole("a list of ids", "workato-direct-link/iat_missing/absent\n", "line 1")
        .whole("a report", "<?xml version=\"1.0\"?>\n<testsuites/>\n", "line 1")
        .whole("bytes", b"\xff\xfe[\0".as_slice(), "UTF-16")
        .whole("a zip file", b"PK\x03\x04\x14\0\0\0\x08\0".as_slice(), "line 1")
}

#[rustfmt::skip]
fn long(kind: Kind) -> Kind {
    kind
        .with("a hundred thousand stars", GLOB, &"*".repeat(100_000), "line 8")
        .with("a thousand alternatives in each other", GLOB, &"{a,".repeat(1_000), "line 8")
        .and("longer than any", &"#".repeat(5 << 20), "KiB")
        .and("a hundred thousand entries", &"[[known-failure]]\n".repeat(200_000), "my.toml")
        .and("a list of a million", &format!("[[known-failure]]\ncases = [{}]\n", "\"a\",".repeat(900_000)), "my.toml")
        .and("lists in lists", &format!("[[known-failure]]\ncases = {}", "[".repeat(1_000_000)), "my.toml")
        .and("a reason of a million without an end", &format!("[[known-failure]]\nreason = \"{}", "y".repeat(1_000_000)), "line 14")
}
