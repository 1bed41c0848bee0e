//! What is wrong with a directory file is told with its line or key, the nearest name, and no secret.

use claimproof_in_process::directory;
use rstest::rstest;

/// A sound file of connected apps.
const APPS: &str = r#"profile = "tableau-connected-app"

[[site]]
content_url = "marketing"

[[app]]
client_id = "my-app"
sites = ["marketing"]

[[app.secret]]
id = "my-secret"
secret_file = "app.secret"

[[user]]
name = "jane@example.org"
"#;

const LINKS: &str = r#"profile = "workato-direct-link"

[[vendor]]
id = "acme"
public_key_file = "acme.pem"

[[team]]
id = "4711"
vendor = "acme"

[[member]]
id = "42"
team = "4711"
"#;

const PROFILES: &str = r#"profile = "workato-api"

[[access_profile]]
api_key = "k"
secret_file = "app.secret"
"#;

const CONNECT: &str = r#"profile = "posit-connect"

[[publisher]]
name = "paula"
secret_file = "app.secret"

[[viewer]]
name = "vera"
secret_file = "app.secret"

[[content]]
guid = "c"
owner = "paula"

[[integration]]
name = "warehouse"
authorization_uri = "http://127.0.0.1:9/authorize"
token_uri = "http://127.0.0.1:9/token"
client_id = "connect"
contents = ["c"]
"#;

const HUSH: &str = "hush-hush-hush";

/// What is said of a file, in a folder with a secret and keys.
fn told(text: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let pem = claimproof_cast::pool(claimproof_cast::Seed::PUBLIC, 0);
    let files = [
        ("app.secret", HUSH),
        ("empty.secret", "\n"),
        ("quoted.secret", "'hush-hush-hush'"),
        ("acme.pem", pem.public),
        ("private.pem", pem.private),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("garbage.pem"), HUSH).unwrap();
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, text).unwrap();
    directory::load(&path).map(drop).map_err(|error| error.to_string())
}

#[rstest]
#[case::secret_itself(APPS, "secret_file = \"app.secret\"", "secret = \"hush-hush-hush\"", &["line 12: secret: a secret does not stand in this file", "secret_file = \"FILE\"", "secret_env = \"NAME\""])]
#[case::value_itself(APPS, "secret_file = \"app.secret\"", "value = \"hush-hush-hush\"", &["line 12: value: a secret does not stand"])]
#[case::secrets_in_a_list(APPS, "sites = [\"marketing\"]", "secrets = [\"hush-hush-hush\"]", &["line 8: secrets: a secret does not stand"])]
#[case::secret_in_one_line(APPS, "client_id = \"my-app\"", "client_id = \"my-app\"\nextra = [{ password = \"hush-hush-hush\" }]", &["line 8: password: a secret does not stand"])]
#[case::key_itself(LINKS, "public_key_file = \"acme.pem\"", "public_key = \"hush-hush-hush\"", &["line 5: public_key: a key does not stand in this file", "public_key_file = \"FILE\""])]
#[case::private_key(LINKS, "public_key_file", "private_key_file", &["line 5: private_key_file: a server knows no private key"])]
#[case::api_key_of_a_user(CONNECT, "secret_file = \"app.secret\"", "api_key = \"hush-hush-hush\"", &["line 5: api_key: a secret does not stand"])]
#[case::a_line_that_is_no_toml(APPS, "secret_file = \"app.secret\"", "secret = hush-hush-hush", &["line 12: "])]
#[case::unknown_key(APPS, "client_id", "clientid", &["line 7: unknown field `clientid`", "did you mean `client_id`?"])]
#[case::unknown_table(APPS, "[[user]]", "[[usr]]", &["line 14: unknown field `usr`", "did you mean `user`?"])]
#[case::table_of_another_profile(PROFILES, "[[access_profile]]", "[[vendor]]", &["line 3: unknown field `vendor`"])]
#[case::missing_key(APPS, "id = \"my-secret\"\n", "", &["line 10: missing field `id`"])]
#[case::unknown_profile(PROFILES, "workato-api", "workato-ap", &["line 1: profile: `workato-ap` is none of", "did you mean `workato-api`?"])]
#[case::no_profile(PROFILES, "profile = \"workato-api\"", "", &["no `profile`", "posit-connect"])]
#[case::unknown_site(APPS, "sites = [\"marketing\"]", "sites = [\"marketng\"]", &["line 8: app.sites: `marketng` is no [[site]] of this file", "did you mean `marketing`?"])]
#[case::unknown_vendor(LINKS, "vendor = \"acme\"", "vendor = \"amce\"", &["line 9: team.vendor: `amce` is no [[vendor]]", "did you mean `acme`?"])]
#[case::unknown_team(LINKS, "team = \"4711\"", "team = \"4712\"", &["line 13: member.team: `4712` is no [[team]]", "did you mean `4711`?"])]
#[case::unknown_owner(CONNECT, "owner = \"paula\"", "owner = \"vera\"", &["line 13: content.owner: `vera` is no [[publisher]]"])]
#[case::unknown_content(CONNECT, "contents = [\"c\"]", "contents = [\"d\"]", &["line 20: integration.contents: `d` is no [[content]]"])]
#[case::no_page(CONNECT, "http://127.0.0.1:9/token", "127.0.0.1:9", &["line 18: integration.token_uri: `127.0.0.1:9` is no address"])]
#[case::user_twice(CONNECT, "name = \"vera\"", "name = \"paula\"", &["line 8: viewer.name: `paula` stands twice"])]
#[case::secret_id_twice(APPS, "[[user]]", "[[app.secret]]\nid = \"my-secret\"\nsecret_file = \"app.secret\"\n\n[[user]]", &["line 15: app.secret.id: `my-secret` stands twice"])]
#[case::three_secrets(APPS, "[[user]]", "[[app.secret]]\nid = \"b\"\nsecret_file = \"app.secret\"\n\n[[app.secret]]\nid = \"c\"\nsecret_file = \"app.secret\"\n\n[[user]]", &["line 19: app.secret.id: an app has at most two secrets"])]
#[case::empty_client_id(APPS, "client_id = \"my-app\"", "client_id = \" \"", &["line 7: app.client_id: is empty"])]
#[case::no_user(APPS, "[[user]]\nname = \"jane@example.org\"\n", "", &["no [[user]]"])]
#[case::team_of_letters(LINKS, "id = \"4711\"", "id = \"acme\"", &["line 8: team.id: `acme` is neither a number nor `E` and an external ID"])]
#[case::team_in_lower_hex(LINKS, "id = \"4711\"", "id = \"Em%c3%bc\"", &["line 8: team.id: `Em%c3%bc`: write the hex digits"])]
#[case::no_secret(APPS, "secret_file = \"app.secret\"\n", "", &["line 10: app.secret: has no secret: name secret_file"])]
#[case::two_secrets(APPS, "secret_file", "secret_env = \"PATH\"\nsecret_file", &["app.secret.secret_file: give one of secret_file and secret_env"])]
#[case::secret_and_key(PROFILES, "secret_file", "public_key_file = \"acme.pem\"\nsecret_file", &["access_profile: give one of secret_file, secret_env and public_key_file"])]
#[case::missing_file(APPS, "app.secret\"", "none.secret\"", &["line 12: app.secret: secret_file ", "none.secret: No such file", "relative to the file they stand in"])]
#[case::empty_file(APPS, "app.secret\"", "empty.secret\"", &["line 12: app.secret: secret_file ", "empty.secret: found nothing"])]
#[case::unset_variable(APPS, "secret_file = \"app.secret\"", "secret_env = \"CLAIMPROOF_TEST_UNSET\"", &["line 12: app.secret: the environment variable CLAIMPROOF_TEST_UNSET is not set"])]
#[case::quoted_secret(APPS, "app.secret\"", "quoted.secret\"", &["line 12: app.secret: secret_file ", "quoted.secret: found quotes around the secret", "verbatim = true"])]
#[case::missing_key_file(LINKS, "acme.pem", "none.pem", &["line 5: vendor: public_key_file ", "none.pem: No such file"])]
#[case::garbage_for_a_key(LINKS, "acme.pem", "garbage.pem", &["line 5: vendor: public_key_file ", "garbage.pem: found text that is no public key"])]
#[case::private_for_a_key(LINKS, "acme.pem", "private.pem", &["line 5: vendor: public_key_file ", "private.pem: found a private key"])]
fn a_mistake_is_told_with_its_line_and_its_fix(
    #[case] sound: &str,
    #[case] from: &str,
    #[case] to: &str,
    #[case] parts: &[&str],
) {
    told(sound).unwrap();
    assert!(sound.contains(from), "{from} is not in the file");
    let message = told(&sound.replacen(from, to, 1)).unwrap_err();
    for part in parts {
        assert!(message.contains(part), "`{part}` is missing in: {message}");
    }
    assert!(message.contains("mine.toml: ") && !message.contains("hush"), "{message}");
    assert!(!message.contains('\n'), "{message}");
}

/// A secret may really be what looks like a slip.
#[test]
fn a_secret_is_taken_byte_for_byte_where_that_is_said() {
    let quoted = APPS.replace("app.secret\"", "quoted.secret\"\nverbatim = true");
    told(&quoted).unwrap();
}

/// Nobody waits for a file that does not end.
#[cfg(unix)]
#[rstest]
#[case::without_end("/dev/zero", "found a device or a socket")]
#[case::a_folder("/", "found a folder")]
#[case::none("/no/such/file.toml", "No such file")]
fn what_is_no_file_ends_at_once(#[case] path: &str, #[case] part: &str) {
    let message = directory::load(path.as_ref()).unwrap_err().to_string();
    assert!(message.starts_with(path) && message.contains(part), "{message}");
}

#[test]
fn a_file_of_a_hundred_megabytes_is_not_read() {
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(100 * 1024 * 1024).unwrap();
    let message = directory::load(file.path()).unwrap_err().to_string();
    assert!(message.contains("found more than 1024 KiB"), "{message}");
}
