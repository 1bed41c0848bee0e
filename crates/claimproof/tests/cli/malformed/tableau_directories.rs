//! Directories of connected apps, for `serve`.

use super::Kind;
use super::link_directories::SERVE;

const GOOD: &str = r#"profile = "tableau-connected-app"

[[site]]
content_url = "s"

[[app]]
client_id = "a"

[[app.secret]]
id = "k"
secret_file = "own.secret"

[[user]]
name = "u"
"#;

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    Kind::served(GOOD, SERVE)
        .with("no site", "[[site]]\ncontent_url = \"s\"\n", "", "[[site]]")
        .with("no user", "[[user]]\nname = \"u\"\n", "", "[[user]]")
        .with("a site twice", "[[app]]", "[[site]]\ncontent_url = \"s\"\n[[app]]", "site.content_url")
        .with("a site without its name", "content_url = \"s\"\n", "", "line 3")
        .with("embedding in words", "content_url = \"s\"", "content_url = \"s\"\nunrestricted_embedding = \"no\"", "line 5")
        .with("a list of domains as text", "content_url = \"s\"", "content_url = \"s\"\nallow_list = \"https://a\"", "line 5")
        .with("an app without an id", "client_id = \"a\"", "client_id = \"\"", "app.client_id")
        .with("an app twice", "[[user]]", "[[app]]\nclient_id = \"a\"\n[[user]]", "app.client_id")
        .with("an app of an unknown site", "client_id = \"a\"", "client_id = \"a\"\nsites = [\"t\"]", "app.sites")
        .with("an app with three secrets", "[[user]]", "[[app.secret]]\nid = \"l\"\nsecret_file = \"own.secret\"\n[[app.secret]]\nid = \"m\"\nsecret_file = \"own.secret\"\n[[user]]", "app.secret")
        .with("a secret's id twice", "[[user]]", "[[app.secret]]\nid = \"k\"\nsecret_file = \"own.secret\"\n[[user]]", "app.secret.id")
        .with("a secret's id that is empty", "id = \"k\"", "id = \"\"", "app.secret.id")
        .with("a secret without a source", "secret_file = \"own.secret\"\n", "", "app.secret")
        .with("a secret in the file", "secret_file = \"own.secret\"", "value = \"hush-hush\"", "line 11")
        .with("a secret in the app", "client_id = \"a\"", "client_id = \"a\"\ntoken_secret = \"hush-hush\"", "line 8")
        .with("a list of secrets", "[[app.secret]]\nid = \"k\"\nsecret_file = \"own.secret\"", "secrets = [\"hush-hush\"]", "line 9")
        .with("a user without a name", "name = \"u\"", "name = \"\"", "user.name")
        .with("a user twice", "[[user]]", "[[user]]\nname = \"u\"\n[[user]]", "user.name")
        .with("an unknown key of a user", "name = \"u\"", "name = \"u\"\nrole = \"Viewer\"", "line 15")
}
