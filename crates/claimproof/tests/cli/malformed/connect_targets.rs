//! Target files of a Connect server: logins of several requests, tokens of its own.

use super::Kind;
use super::targets::LIST;

const GOOD: &str = r#"name = "mine"
profile = "posit-connect"
base_url = "http://127.0.0.1:1"

[[surface]]
name = "exchange"
request = { method = "POST", path = "/credentials", form = { subject_token = "{subject_token}" } }
accept = { status = ["200"] }
code = [{ from = "text", at = "/error" }]

[manage.viewer-login]
method = "GET"
path = "/login"
read = { csrf = 'name="csrf" value="([^"]+)"' }

[[manage.viewer-login.then]]
method = "POST"
path = "/login"
form = { csrf = "{csrf}", user = "{user}", password = "{password}" }

[[account]]
role = "publisher"
id = "a"
secret_file = "own.secret"
"#;

const READ: &str = "read = { csrf = 'name=\"csrf\" value=\"([^\"]+)\"' }";
const LOGIN: &str = "manage.viewer-login";

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    Kind::new(GOOD, LIST)
        .with("read without a group", READ, "read = { csrf = 'csrf' }", LOGIN)
        .with("read that is no pattern", READ, "read = { csrf = '(csrf' }", LOGIN)
        .with("read as a list", READ, "read = ['(csrf)']", "line 14")
        .with("a later request that reads what nobody read", READ, "", "{csrf}")
        .with("a first request that knows what a later one reads", "path = \"/login\"\nread", "path = \"/login/{csrf}\"\nread", "{csrf}")
        .with("a later request without a path", "method = \"POST\"\npath = \"/login\"\n", "method = \"POST\"\n", "line 16")
        .with("a later request with a path without slash", "method = \"POST\"\npath = \"/login\"", "method = \"POST\"\npath = \"login\"", LOGIN)
        .with("a later request with an unknown placeholder", "\"{user}\"", "\"{username}\"", "{username}")
        .with("a later request with a header that is none", "method = \"POST\"\npath = \"/login\"", "method = \"POST\"\nheaders = { \"a b\" = \"c\" }\npath = \"/login\"", LOGIN)
        .with("a later request with an unknown key", "method = \"POST\"\npath = \"/login\"", "method = \"POST\"\nwait = 1\npath = \"/login\"", "line 18")
        .with("a code's text without slash", "\"/error\"", "\"error\"", "code")
        .with("a claim of its tokens", "[[account]]", "[claims]\naud = \"a\"\n[[account]]", "claims.aud")
        .with("a header parameter of its tokens", "[[account]]", "[header]\ntyp = \"JWT\"\n[[account]]", "header.typ")
        .with("too little patience for a token of its own", "[[account]]", "[clock]\npatience = 2\n[[account]]", "clock.patience")
        .with("an RSA key where a secret is due", "secret_file = \"own.secret\"", "private_key_file = \"own.secret\"", "publisher")
        .with("a host of a profile without hosts", "[[account]]", "[hosts]\n\"portal.example\" = \"a.example\"\n[[account]]", "hosts")
        .with("a JSON body with a placeholder outside a text", "form = { subject_token = \"{subject_token}\" }", "json = '{\"a\": {subject_token}}'", "json")
        .with("a surface of the API platform", "name = \"exchange\"", "name = \"api\"", "surface `api`")
}
