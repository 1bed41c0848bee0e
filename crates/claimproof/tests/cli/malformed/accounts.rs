//! Accounts of a target file. What keys and secrets themselves are told is a table of its own
//! (`intake.rs`).

use super::Kind;
use super::targets::{GOOD, LIST};

const ROLE: &str = "role = \"profile.hmac\"";
const SECRET: &str = "secret_file = \"own.secret\"";

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    Kind::new(GOOD, LIST)
        .with("no role", "role = \"profile.hmac\"\n", "", "line 10")
        .with("a role that is empty", ROLE, "role = \"\"", "line 11")
        .with("a role with a slip", ROLE, "role = \"profile.hmak\"", "line 11")
        .with("a role of another profile", ROLE, "role = \"app.ok\"", "line 11")
        .with("a role with a blank behind it", ROLE, "role = \"profile.hmac \"", "line 11")
        .with("a role as a list", ROLE, "role = [\"profile.hmac\"]", "line 11")
        .with("no id", "id = \"a\"\n", "", "line 10")
        .with("an id that is a number", "id = \"a\"", "id = 1630774", "line 12")
        .with("a secret in the file", SECRET, "secret = \"hush-hush\"", "line 13")
        .with("a password in the file", SECRET, "password = \"hush-hush\"", "line 13")
        .with("a key in the file", SECRET, "private_key = \"\"\"\n-----BEGIN PRIVATE KEY-----\n\"\"\"", "line 13")
        .with("a secret file that is a number", SECRET, "secret_file = 7", "line 13")
        .with("a secret file that is no name", SECRET, "secret_file = \"\"", "line 10")
        .with("a secret file with a zero in its name", SECRET, "secret_file = \"a\\u0000b\"", "line 10")
        .with("a secret file that is missing", SECRET, "secret_file = \"other.secret\"", "line 10")
        .with("a secret file behind a file", SECRET, "secret_file = \"own.secret/a\"", "line 10")
        .with("a variable with = in its name", SECRET, "secret_env = \"A=B\"", "line 10")
        .with("a variable without a name", SECRET, "secret_env = \"\"", "line 10")
        .with("verbatim as text", SECRET, "verbatim = \"no\"", "line 13")
        .with("a site where there are none", SECRET, "site = \"site.ok\"", "profile.hmac")
        .and("an account twice", "[[account]]\nrole = \"profile.hmac\"\nid = \"b\"\n", "profile.hmac")
        .and("both names of accounts", "[[player]]\nrole = \"profile.other\"\nid = \"b\"\n", "line 14")
        .and("an unknown key of an account", "key = \"x\"\n", "line 14")
        .with("accounts as a table", "[[account]]\n", "[account.hmac]\n", "line 10")
}
