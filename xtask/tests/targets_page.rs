//! The page on target files: its tables are those of the schema, the roles and the placeholders,
//! and each of its set-ups is a file the suite reads.
//!
//! `CLAIMPROOF_REWRITE=1 cargo test -p xtask --test targets_page` writes the tables anew.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use claimproof_cast::{Probe, conditions};
use claimproof_catalog::Profile;
use claimproof_http::Target;
use claimproof_http::target::placeholders;
use serde_json::{Map, Value};

/// Two tests may write the file.
static FILE: Mutex<()> = Mutex::new(());

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("targets/README.md")
}

fn page() -> String {
    std::fs::read_to_string(path()).expect("the page")
}

/// Compares a generated block with what it should be.
fn check(name: &str, due: &str) {
    let _alone = FILE.lock();
    let text = page();
    let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
    let (before, rest) = text.split_once(&begin).expect("the block begins");
    let (own, after) = rest.split_once(&end).expect("the block ends");
    if own == due {
        return;
    }
    if std::env::var_os("CLAIMPROOF_REWRITE").is_some() {
        std::fs::write(path(), format!("{before}{begin}{due}{end}{after}"))
            .expect("the page can be written");
        return;
    }
    panic!(
        "xtask/targets/README.md, block `{name}`: write it anew with CLAIMPROOF_REWRITE=1, or put there\n\n{due}"
    );
}

/// Each key, and one line of a file with it.
type Examples = &'static [(&'static str, &'static str)];

/// The tables of a target file: heading, name of the definition in the schema, an example of each
/// key.
const TABLES: [(&str, &str, Examples); 10] = [
    (
        "The file",
        "",
        &[
            ("name", r#"name = "gateway""#),
            ("profile", r#"profile = "workato-api""#),
            ("base_url", r#"base_url = "http://127.0.0.1:8080""#),
            ("clock_offset", "clock_offset = -3600"),
            ("settle", "settle = 2"),
            ("rate", "rate = 5"),
            ("tls", r#"tls = { ca_file = "ca.pem" }"#),
            ("surface", "[[surface]]"),
            ("codes", r#"codes = { E17 = "token_expired" }"#),
            ("fields", r#"fields = { path = "https://app.example/recipes" }"#),
            ("readings", r#"readings = { WAP-R-exp = "honoured" }"#),
            ("capabilities", "capabilities = { raw_socket = true }"),
            ("clock", r#"clock = { header = "x-now" }"#),
            ("limits", "limits = { longest_lifetime = 900 }"),
            ("manage", "[manage.enable-app]"),
            ("session", "[session]"),
            ("hosts", r#"hosts = { "portal.example" = "embed.acme.example" }"#),
            ("claims", r#"claims = { iss = "https://idp.example", exp = { from_now = 300 } }"#),
            ("header", r#"header = { typ = "at+jwt" }"#),
            ("places", r#"places = ["kid"]"#),
            ("account", "[[account]]"),
        ],
    ),
    (
        "`[[surface]]`",
        "Surface",
        &[
            ("name", r#"name = "api""#),
            ("request", r#"request = { method = "GET", path = "/call" }"#),
            ("accept", r#"accept = { status = ["200"] }"#),
            ("refuse", r#"refuse = { status = ["401", "403"] }"#),
            ("code", r#"code = [{ from = "json", at = "/error/code" }]"#),
            ("claims", r#"claims = "/claims""#),
        ],
    ),
    (
        "A request: `request`, `[manage.NAME]`, `set` and `back`",
        "Method",
        &[
            ("method", r#"method = "POST""#),
            ("path", r#"path = "/call""#),
            ("query", r#"query = { token = "{token}" }"#),
            ("headers", r#"headers = { authorization = "{scheme} {token}" }"#),
            ("form", r#"form = { user = "{user}" }"#),
            ("json", r#"json = '{"jwt":"{token}"}'"#),
            ("xml", r#"xml = '<signin jwt="{token}"/>'"#),
            ("text", r#"text = "{now}""#),
            ("made", r#"made = 'id="([^"]+)"'"#),
            ("value", r#"value = 'value="([^"]+)"'"#),
            ("accept", r#"accept = { body = '"done":true' }"#),
            ("refuse", r#"refuse = { body = '"done":false' }"#),
            ("code", r#"code = [{ from = "json", at = "/why" }]"#),
            ("read", r#"read = { csrf = 'name="csrf" value="([^"]+)"' }"#),
            ("then", r#"then = [{ method = "POST", path = "/login" }]"#),
        ],
    ),
    (
        "What an answer looks like: `accept` and `refuse`",
        "Predicate",
        &[
            ("status", r#"status = ["200", "4xx"]"#),
            ("header", r#"header = "location""#),
            ("json", r#"json = "/access_token""#),
            ("body", r#"body = "Welcome""#),
            ("location", r#"location = "^/app""#),
            ("headers", r#"headers = { set-cookie = "^session=.*SameSite=None" }"#),
            ("or", r#"or = [{ json = "/token" }, { body = "<token>" }]"#),
            ("absent", r#"absent = { json = "/error" }"#),
        ],
    ),
    (
        "`[clock]`",
        "Clock",
        &[
            ("header", r#"header = "x-now""#),
            ("set", r#"set = { method = "PUT", path = "/clock", text = "{now}" }"#),
            ("back", r#"back = { method = "DELETE", path = "/clock" }"#),
            ("patience", "patience = 10"),
        ],
    ),
    (
        "`[session]`",
        "Session",
        &[
            ("surface", r#"surface = "rest""#),
            ("read", r#"read = { session = 'token="([^"]+)"' }"#),
            ("fields", r#"fields = { site_id = "9a8b" }"#),
            ("sites", r#"sites = { "site.managed" = { site_id = "7c6d" } }"#),
        ],
    ),
    (
        "`[capabilities]`",
        "Offers",
        &[
            ("clock_header", r#"clock_header = "x-now""#),
            ("saml_session_header", r#"saml_session_header = "x-saml""#),
            ("token_internals", "token_internals = true"),
            ("raw_socket", "raw_socket = true"),
        ],
    ),
    (
        "`[tls]`",
        "Tls",
        &[
            ("ca_file", r#"ca_file = "keys/ca.pem""#),
            ("certificate_file", r#"certificate_file = "keys/client.pem""#),
            ("key_file", r#"key_file = "keys/client.key""#),
            ("proxy", r#"proxy = "env""#),
        ],
    ),
    ("`[limits]`", "Limits", &[("longest_lifetime", "longest_lifetime = 900")]),
    (
        "`[[account]]`",
        "PlayerEntry",
        &[
            ("role", r#"role = "profile.hmac""#),
            ("site", r#"site = "site.listed""#),
            ("id", r#"id = "acme""#),
            ("secret_file", r#"secret_file = "keys/acme.secret""#),
            ("secret_env", r#"secret_env = "ACME_SECRET""#),
            ("verbatim", "verbatim = true"),
            ("private_key_file", r#"private_key_file = "keys/acme.pem""#),
            ("public_key_file", r#"public_key_file = "keys/acme.pub""#),
        ],
    ),
];

fn schema() -> Value {
    serde_json::to_value(Target::schema()).unwrap()
}

fn properties<'s>(schema: &'s Value, of: &str) -> &'s Map<String, Value> {
    let table = if of.is_empty() { schema } else { &schema["$defs"][of] };
    table["properties"].as_object().unwrap_or_else(|| panic!("no table {of}"))
}

fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

#[test]
fn the_keys_are_those_of_the_schema() {
    let schema = schema();
    let mut due = String::new();
    for (heading, of, examples) in TABLES {
        let _ = write!(due, "\n**{heading}**\n\n| key | what it says | example |\n|---|---|---|\n");
        let known = properties(&schema, of);
        for (key, example) in examples {
            let described = known.get(*key).unwrap_or_else(|| panic!("{heading}: no key {key}"));
            let says =
                described["description"].as_str().unwrap_or_else(|| panic!("{key} says nothing"));
            toml::from_str::<toml::Table>(example)
                .unwrap_or_else(|error| panic!("{example}: {error}"));
            let _ = writeln!(due, "| `{key}` | {} | `{}` |", cell(says), cell(example));
        }
        let missing: Vec<_> =
            known.keys().filter(|key| !examples.iter().any(|(own, _)| own == key)).collect();
        assert!(missing.is_empty(), "{heading}: no example of {missing:?}");
    }
    check("keys", &format!("{due}\n"));
}

#[test]
fn the_places_of_codes_are_those_of_the_schema() {
    let schema = schema();
    let mut due = String::from("| `from` | what is read |\n|---|---|\n");
    for row in schema["$defs"]["CodeFrom"]["oneOf"].as_array().unwrap() {
        let from = row["properties"]["from"]["const"].as_str().unwrap();
        let keys = row["properties"].as_object().unwrap().keys().filter(|key| *key != "from");
        let keys: Vec<String> = keys.map(|key| format!("`{key}`")).collect();
        let _ = writeln!(
            due,
            "| `{from}`, with {} | {} |",
            keys.join(" and "),
            cell(row["description"].as_str().unwrap())
        );
    }
    check("codes", &due);
}

#[test]
fn the_roles_are_those_of_the_casts() {
    let mut due = String::new();
    for profile in Profile::ALL {
        let _ =
            write!(due, "\n**{profile}**\n\n| role | it | seen before grading |\n|---|---|---|\n");
        for row in conditions(profile) {
            let probe = match row.probe {
                Probe::Like(other) => format!("its token beside one of `{other}`"),
                Probe::Secret => {
                    "by adding a secret to `app.managed` and taking it away".to_owned()
                }
                Probe::Not(why) => format!("no: {why}"),
            };
            let _ = writeln!(due, "| `{}` | {} | {probe} |", row.role, cell(row.must));
        }
    }
    check("roles", &format!("{due}\n"));
}

#[test]
fn the_placeholders_are_those_the_suite_fills() {
    let mut due = String::from("| placeholder | profile | in | stands for |\n|---|---|---|---|\n");
    for row in placeholders() {
        let profile = row.profile.map_or("any".to_owned(), |profile| profile.to_string());
        let at: Vec<String> = row
            .at
            .iter()
            .map(|one| if *one == "*" { "every request".to_owned() } else { format!("`{one}`") })
            .collect();
        let _ = writeln!(
            due,
            "| `{{{}}}` | {profile} | {} | {} |",
            row.name,
            at.join(", "),
            cell(row.meaning)
        );
    }
    check("placeholders", &due);
}

#[test]
fn each_set_up_is_a_file_the_suite_reads() {
    let text = page();
    let blocks: Vec<_> =
        text.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("```")).collect();
    assert_eq!(blocks.len(), 11, "the first file, and ten set-ups");
    for (block, _) in blocks {
        Target::parse(block, "xtask/targets/README.md")
            .unwrap_or_else(|error| panic!("{error}\n{block}"));
    }
}
