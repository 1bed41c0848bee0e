//! Directories of the API platform, and of no profile at all, for `serve`.

use super::link_directories::SERVE;
use super::{Kind, key};

const GOOD: &str = r#"profile = "workato-api"

[[access_profile]]
api_key = "a"
secret_file = "own.secret"
"#;

const SECRET: &str = "secret_file = \"own.secret\"";

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    Kind::served(GOOD, SERVE)
        .whole("nothing", "", "`profile`")
        .whole("a target file", super::targets::GOOD, "line 1")
        .whole("a key", key("rsa-1.public.pem"), "line 1")
        .whole("UTF-16", GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), "line 1")
        .whole("no UTF-8", b"profile = \"\xff\"\n".as_slice(), "line 1")
        .whole("longer than any", format!("{GOOD}{}", "#".repeat(2 << 20)), "KiB")
        .whole("a list of half a million", format!("{GOOD}x = [{}]\n", "1,".repeat(480_000)), "my.toml")
        .whole("a hundred thousand profiles", format!("{GOOD}{}", "[[access_profile]]\napi_key=\"x\"\n".repeat(30_000)), "my.toml")
        .with("no profile", "profile = \"workato-api\"\n", "", "`profile`")
        .with("an unknown profile", "\"workato-api\"", "\"workato-apis\"", "line 1")
        .with("a profile as a number", "\"workato-api\"", "1", "line 1")
        .with("nobody", "[[access_profile]]\napi_key = \"a\"\nsecret_file = \"own.secret\"\n", "", "[[access_profile]]")
        .with("no API key", "api_key = \"a\"\n", "", "line 3")
        .with("an API key that is empty", "\"a\"", "\"\"", "access_profile.api_key")
        .with("an API key twice", "[[access_profile]]\n", "[[access_profile]]\napi_key = \"a\"\nsecret_file = \"own.secret\"\n[[access_profile]]\n", "access_profile.api_key")
        .with("no key at all", SECRET, "", "access_profile")
        .with("two keys", SECRET, "secret_file = \"own.secret\"\npublic_key_file = \"own.pem\"", "access_profile")
        .with("two sources", SECRET, "secret_file = \"own.secret\"\nsecret_env = \"HOME\"", "access_profile")
        .with("a secret in the file", SECRET, "secret = \"hush-hush\"", "line 5")
        .with("a secret in the file by another name", SECRET, "hmac_secret = \"hush-hush\"", "line 5")
        .with("a secret that is missing", SECRET, "secret_file = \"none.secret\"", "line 5")
        .with("a secret that is a folder", SECRET, "secret_file = \".\"", "line 5")
        .with("a secret without an end", SECRET, "secret_file = \"/dev/zero\"", "line 5")
        .with("a variable that is not set", SECRET, "secret_env = \"CLAIMPROOF_TEST_UNSET\"", "line 5")
        .with("verbatim of a public key", SECRET, "public_key_file = \"own.pem\"\nverbatim = true", "line")
        .with("active in words", SECRET, "secret_file = \"own.secret\"\nactive = \"yes\"", "line 6")
        .with("an unknown key", SECRET, "secret_file = \"own.secret\"\nrole = \"profile.hmac\"", "line 6")
        .with("a table where a list stands", "[[access_profile]]", "[access_profile]", "line 3")
        .with("an unknown table", "[[access_profile]]", "[[client]]\nid = \"a\"\n[[access_profile]]", "line 3")
}
