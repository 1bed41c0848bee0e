//! Directories of a Connect server, for `serve`.

use super::Kind;
use super::link_directories::SERVE;

const GOOD: &str = r#"profile = "posit-connect"

[[publisher]]
name = "p"
secret_file = "own.secret"

[[viewer]]
name = "v"
secret_file = "own.secret"

[[content]]
guid = "c"
owner = "p"

[[integration]]
name = "i"
authorization_uri = "http://127.0.0.1:1/authorize"
token_uri = "http://127.0.0.1:1/token"
client_id = "o"
contents = ["c"]

[subject_tokens]
secret_file = "own.secret"
"#;

const TOKEN_URI: &str = "token_uri = \"http://127.0.0.1:1/token\"";

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    Kind::served(GOOD, SERVE)
        .with("no publisher", "[[publisher]]", "[[administrator]]", "[[publisher]]")
        .with("a publisher without a name", "name = \"p\"", "name = \"\"", "publisher.name")
        .with("a publisher without a key", "name = \"p\"\nsecret_file = \"own.secret\"", "name = \"p\"", "publisher")
        .with("an API key in the file", "name = \"p\"", "name = \"p\"\napi_key = \"hush-hush\"", "line 5")
        .with("a password in the file", "name = \"v\"", "name = \"v\"\npassword = \"hush-hush\"", "line 9")
        .with("a name in two ranks", "name = \"v\"", "name = \"p\"", "viewer.name")
        .with("content of nobody", "owner = \"p\"", "owner = \"q\"", "content.owner")
        .with("content of a viewer", "owner = \"p\"", "owner = \"v\"", "content.owner")
        .with("content without an identifier", "guid = \"c\"", "guid = \"\"", "content.guid")
        .with("content twice", "[[integration]]", "[[content]]\nguid = \"c\"\nowner = \"p\"\n[[integration]]", "content.guid")
        .with("an integration twice", "[subject_tokens]", "[[integration]]\nname = \"i\"\nauthorization_uri = \"http://a/\"\ntoken_uri = \"http://a/\"\nclient_id = \"o\"\n[subject_tokens]", "integration.name")
        .with("an integration of no content", "[\"c\"]", "[\"d\"]", "integration.contents")
        .with("an integration without a client", "client_id = \"o\"", "client_id = \"\"", "integration.client_id")
        .with("a client that proves nothing", "client_id = \"o\"", "client_id = \"o\"\npkce = false", "integration")
        .with("a way to prove that is none", "client_id = \"o\"", "client_id = \"o\"\nauth_method = \"none\"", "line 20")
        .with("a client secret in the file", "client_id = \"o\"", "client_id = \"o\"\nclient_secret = \"hush-hush\"", "line 20")
        .with("a token endpoint that is no address", TOKEN_URI, "token_uri = \"/token\"", "integration.token_uri")
        .with("a token endpoint in a file", TOKEN_URI, "token_uri = \"file:///token\"", "integration.token_uri")
        .with("a token endpoint of another scheme", TOKEN_URI, "token_uri = \"ldap://a/\"", "integration.token_uri")
        .with("subject tokens with two keys", "[subject_tokens]", "[subject_tokens]\nsecret_env = \"HOME\"", "subject_tokens")
        .with("subject tokens with a key in the file", "[subject_tokens]", "[subject_tokens]\nkey = \"hush-hush\"", "line 23")
        .with("subject tokens without a key", "[subject_tokens]\nsecret_file = \"own.secret\"", "[subject_tokens]", "subject_tokens")
}
