//! The top of a target file, and what is no TOML.

use super::Kind;

pub(super) const GOOD: &str = r#"name = "mine"
profile = "workato-api"
base_url = "http://127.0.0.1:1"

[[surface]]
name = "api"
request = { method = "GET", path = "/call", headers = { authorization = "Bearer {token}" } }
accept = { status = ["2xx"] }

[[account]]
role = "profile.hmac"
id = "a"
secret_file = "own.secret"
"#;

pub(super) const LIST: &[&str] = &["conform", "--target", "FILE", "--list"];

const URL: &str = r#"base_url = "http://127.0.0.1:1""#;

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    syntax(Kind::new(GOOD, LIST))
        .with("no name", "name = \"mine\"\n", "", "name")
        .with("a number as name", "\"mine\"", "7", "line 1")
        .with("no profile", "profile = \"workato-api\"\n", "", "profile")
        .with("an unknown profile", "\"workato-api\"", "\"workato\"", "line 2")
        .with("a list of profiles", "\"workato-api\"", "[\"workato-api\"]", "line 2")
        .with("no base_url", URL, "", "base_url")
        .with("base_url is empty", URL, "base_url = \"\"", "base_url")
        .with("base_url without scheme", URL, "base_url = \"localhost:8080/x\"", "base_url")
        .with("base_url of another scheme", URL, "base_url = \"ftp://a/\"", "base_url")
        .with("base_url of a file", URL, "base_url = \"file:///etc/passwd\"", "base_url")
        .with("base_url with a port that is none", URL, "base_url = \"http://a:99999\"", "base_url")
        .with("base_url with a bracket", URL, "base_url = \"http://[::1\"", "base_url")
        .with("base_url with a blank in its host", URL, "base_url = \"http://a b\"", "base_url")
        .with("base_url is a table", URL, "base_url = { host = \"a\" }", "line 3")
        .with("a list of addresses", URL, "base_url = [\"http://127.0.0.1:1\"]", "line 3")
        .with("an unknown key", "profile", "colour = \"red\"\nprofile", "line 2")
        .with("a key in capitals", "name =", "Name =", "line 1")
        .with("a key with a hyphen", "base_url", "base-url", "line 3")
        .with("settle below zero", URL, "base_url = \"http://127.0.0.1:1\"\nsettle = -1", "line 4")
        .with("settle in milliseconds", URL, "base_url = \"http://127.0.0.1:1\"\nsettle = 5000", "settle")
        .with("settle as text", URL, "base_url = \"http://127.0.0.1:1\"\nsettle = \"5s\"", "line 4")
        .with("settle with a fraction", URL, "base_url = \"http://127.0.0.1:1\"\nsettle = 0.5", "line 4")
        .with("clock_offset as text", URL, "base_url = \"http://127.0.0.1:1\"\nclock_offset = \"1h\"", "line 4")
        .with("clock_offset beyond 64 bits", URL, "base_url = \"http://127.0.0.1:1\"\nclock_offset = 99999999999999999999", "line 4")
        .with("an unknown host", URL, "base_url = \"http://127.0.0.1:1\"\nhosts = { \"portal.example\" = \"a.example\" }", "hosts")
        .and("an unknown table", "[surfaces]\n", "line 14")
        .and("codes of another profile", "[codes]\nmine = \"iat_missing\"\n", "codes.mine")
        .and("codes as a list", "[[codes]]\nmine = \"x\"\n", "line 14")
        .and("a code of no document", "[codes]\nmine = \"acces_refused\"\n", "codes.mine")
        .and("fields with a number", "[fields]\nscheme = 7\n", "line 15")
        .and("a family of another profile", "[readings]\nWDL-R-jti-memory = \"window\"\n", "readings")
        .and("an unknown capability", "[capabilities]\nraw = true\n", "line 15")
        .and("a capability as text", "[capabilities]\nraw_socket = \"yes\"\n", "line 15")
        .and("a header that HTTP cannot carry", "[capabilities]\nsaml_session_header = \"x y\"\n", "saml_session_header")
        .and("a limit of another profile", "[limits]\nlongest_lifetime = 600\n", "limits.longest_lifetime")
        .and("an unknown limit", "[limits]\nrate = 5\n", "line 15")
}

#[rustfmt::skip]
fn syntax(kind: Kind) -> Kind {
    kind
        .whole("nothing", "", "name")
        .whole("a comment alone", "# to be done\n", "name")
        .whole("JSON", "{\"name\": \"mine\"}\n", "line 1")
        .whole("YAML", "name: mine\nprofile: workato-api\n", "line 1")
        .whole("a page", "<!doctype html>\n<title>404</title>\n", "line 1")
        .with("no quote behind a text", "\"mine\"", "\"mine", "line 1")
        .with("an escape that is none", "\"mine\"", "\"mi\\ne\\q\"", "line 1")
        .with("curly quotes", "\"mine\"", "\u{201c}mine\u{201d}", "line 1")
        .with("a key without a value", "name = \"mine\"", "name =", "line 1")
        .with("a colon in the place of =", "name = ", "name: ", "line 1")
        .with("a key twice", "profile", "name = \"yours\"\nprofile", "line 2")
        .with("a table header that is not closed", "[[account]]", "[[account]", "line 10")
        .with("an inline table that is not closed", "[\"2xx\"] }", "[\"2xx\"]", "line 10")
        .with("a list that is not closed", "[\"2xx\"]", "[\"2xx\"", "line 8")
        .with("a table where a list of tables stands", "[[account]]", "[account]", "line 10")
        .and("a table twice", "[codes]\n[codes]\n", "line 15")
        .and("a key of a table twice", "[fields]\nscheme = \"a\"\nscheme = \"b\"\n", "line 16")
        .and("two values in a line", "[fields]\nscheme = \"a\" path = \"b\"\n", "line 15")
        .and("a merge conflict", "<<<<<<< HEAD\n=======\n>>>>>>> theirs\n", "line 14")
        .and("a date that is none", "[fields]\nscheme = 2026-13-01\n", "line 15")
        .and("a number with a leading zero", "[fields]\nscheme = 007\n", "line 15")
        .and("truth in capitals", "[capabilities]\nraw_socket = True\n", "line 15")
}
