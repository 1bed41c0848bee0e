//! Accounts of one's own in the place of the public cast.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use claimproof_cast::{
    AnyDirectory, Cast, ExposeSecret, Player, Players, SigningKey, pool, public,
};
use claimproof_catalog::Profile;
use claimproof_http::HttpSubject;
use claimproof_in_process::directory;
use claimproof_in_process::of_reference;
use claimproof_server::{Binding, Running, serve};
use claimproof_suite::Verdict;
use tempfile::TempDir;

use super::play::{Played, play};

/// A directory file of the public cast in a folder of its own.
fn written(profile: Profile) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    directory::write(&public(profile), &path, false).unwrap();
    (folder, path)
}

/// A server over a directory, and these players on it.
async fn served(cast: Cast, players: Players) -> (Running, HttpSubject) {
    let profile = cast.profile;
    let running = serve(Binding::of(cast).unwrap().impatient(), 0).await.unwrap();
    let target = of_reference(profile, &running.base_url());
    let subject =
        HttpSubject::connect(target, players, Duration::from_secs(5), false).await.unwrap();
    (running, subject)
}

async fn is_as_the_public_cast(profile: Profile) {
    let (_folder, path) = written(profile);
    let (_running, subject) =
        served(directory::load(&path).unwrap(), public(profile).players).await;
    let played = play(&subject).await;
    played.assert_all_pass();
    assert!(played.cases.len() > 100, "{} cases", played.cases.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_written_directory_serves_direct_links_as_the_public_cast_does() {
    is_as_the_public_cast(Profile::WorkatoDirectLink).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_written_directory_serves_the_api_platform_as_the_public_cast_does() {
    is_as_the_public_cast(Profile::WorkatoApi).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_written_directory_serves_connected_apps_as_the_public_cast_does() {
    is_as_the_public_cast(Profile::TableauConnectedApp).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_written_directory_serves_connect_as_the_public_cast_does() {
    is_as_the_public_cast(Profile::PositConnect).await;
}

/// The text of each file of a folder.
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let text = |entry: std::fs::DirEntry| {
        (
            entry.file_name().to_string_lossy().into_owned(),
            std::fs::read_to_string(entry.path()).unwrap(),
        )
    };
    entries.map(text).collect()
}

/// A certificate stays one, and so does every other form.
#[test]
fn keys_are_written_as_they_are_configured() {
    let mut forms = 0;
    for profile in [Profile::WorkatoDirectLink, Profile::WorkatoApi] {
        let (folder, path) = written(profile);
        let (keys, file) =
            (texts(&folder.path().join("mine.keys")), std::fs::read_to_string(path).unwrap());
        for (role, player) in public(profile).players.iter() {
            let Some(SigningKey::Rsa { configured, private, .. }) = &player.key else { continue };
            let Some(text) = keys.get(&format!("{role}.public.pem")) else { continue };
            assert_eq!(text, configured, "{role}");
            forms += usize::from(!text.contains("BEGIN PUBLIC KEY"));
            assert!(
                !keys.values().any(|text| text.contains(private.expose_secret())),
                "the private key of {role}"
            );
        }
        assert!(
            file.contains("# profile.certificate\n") || profile != Profile::WorkatoApi,
            "{file}"
        );
    }
    assert!(forms >= 6, "{forms} forms beside SPKI");
}

#[test]
fn no_secret_stands_in_the_directory_itself() {
    let mut secrets = 0;
    for profile in Profile::ALL {
        let (_folder, path) = written(profile);
        let text = std::fs::read_to_string(path).unwrap();
        for (role, player) in public(profile).players.iter() {
            if let Some(SigningKey::Secret(secret)) = &player.key {
                assert!(!text.contains(secret.expose_secret()), "the secret of {role}");
                secrets += 1;
            }
        }
    }
    assert!(secrets > 10, "{secrets} secrets");
}

#[cfg(unix)]
#[test]
fn a_directory_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (folder, path) = written(Profile::TableauConnectedApp);
    let keys = folder.path().join("mine.keys");
    assert_eq!((mode(&path), mode(&keys)), (0o600, 0o700));
    assert!(texts(&keys).keys().all(|name| mode(&keys.join(name)) == 0o600));
}

#[test]
fn what_is_written_fits_the_published_schema_and_an_unknown_key_does_not() {
    let schema = serde_json::to_value(directory::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for profile in Profile::ALL {
        let (_folder, path) = written(profile);
        let mut instance: serde_json::Value =
            toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert!(validator.is_valid(&instance), "{profile}");
        instance["profiel"] = "x".into();
        assert!(!validator.is_valid(&instance), "the schema is open");
    }
}

/// Players by role: the name, and what it signs with.
fn team<const N: usize>(rows: [(&str, &str, Option<SigningKey>); N]) -> Players {
    let mut players = Players::default();
    for (role, id, key) in rows {
        players.cast(role, Player { id: id.to_owned(), key });
    }
    players
}

fn secret(text: &str) -> Option<SigningKey> {
    Some(SigningKey::Secret(text.to_owned().into()))
}

/// Serves this directory, in a folder with these files, and plays what these players can.
async fn own(text: &str, files: &[(&str, &str)], mut players: Players) -> Played {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, text).unwrap();
    let cast = directory::load(&path).unwrap();
    players.invent_strangers(cast.profile);
    let (_running, subject) = served(cast, players).await;
    play(&subject).await
}

/// What is tried ends as documented, and what would be hidden by an unknown account is not.
#[track_caller]
fn assert_judged(played: &Played, codes: &[&str]) {
    for verdict in [Verdict::Fail, Verdict::Error, Verdict::Advice] {
        assert_eq!(played.of(verdict), [""; 0]);
    }
    let passed = |code: &str| {
        played
            .cases
            .iter()
            .any(|case| case.verdict == Verdict::Pass && case.observed == format!("refuse {code}"))
    };
    for code in codes {
        assert!(passed(code), "nothing ended with {code}");
    }
    assert!(
        played.cases.iter().any(|case| case.verdict == Verdict::Pass && case.observed == "accept"),
        "no sign-in"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn own_tokens_of_a_connected_app_get_their_true_code() {
    let text = r#"
profile = "tableau-connected-app"

[[site]]
content_url = "marketing"

[[app]]
client_id = "my-app"

[[app.secret]]
id = "my-secret"
secret_file = "app.secret"

[[app.secret]]
id = "my-second"
secret_env = "CARGO_PKG_NAME"

[[user]]
name = "jane@example.org"
"#;
    let players = team([
        ("site.ok", "marketing", None),
        ("app.ok", "my-app", None),
        ("secret.ok", "my-secret", secret("a secret of my own")),
        ("secret.second", "my-second", secret(env!("CARGO_PKG_NAME"))),
        ("user.ok", "jane@example.org", None),
    ]);
    let played = own(text, &[("app.secret", "a secret of my own\n")], players).await;
    assert_judged(
        &played,
        &["10083", "10084", "10085", "10089", "10091", "10094", "10096", "10097", "127", "5"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn own_direct_links_get_their_true_code() {
    let text = r#"
profile = "workato-direct-link"

[[vendor]]
id = "acme"
public_key_file = "acme.pub"

[[team]]
id = "4711"
vendor = "acme"

[[member]]
id = "42"
team = "4711"
"#;
    let pair = pool(claimproof_cast::Seed::PUBLIC, 4);
    let players = team([
        ("vendor.ok", "acme", Some(pair.into())),
        ("team.ok", "4711", None),
        ("member.ok", "42", None),
    ]);
    let openssh = include_str!("../../../../vectors/keys/rsa-5.openssh.pub");
    let played = own(text, &[("acme.pub", openssh)], players).await;
    assert_judged(&played, &["iat_missing", "jti_reused", "token_signature_invalid"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn own_access_profiles_are_judged() {
    let text = r#"
profile = "workato-api"

[[access_profile]]
api_key = "key of mine"
secret_env = "CARGO_PKG_NAME"

[[access_profile]]
api_key = "another"
public_key_file = "own.pem"
"#;
    let pair = pool(claimproof_cast::Seed::PUBLIC, 1);
    let players = team([
        ("profile.hmac", "key of mine", secret(env!("CARGO_PKG_NAME"))),
        ("profile.rsa", "another", Some(pair.into())),
    ]);
    let played = own(text, &[("own.pem", pair.public)], players).await;
    assert_judged(&played, &["access_refused", "payload_too_large"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn own_content_is_visited_and_its_tokens_are_exchanged() {
    let text = r#"
profile = "posit-connect"

[[administrator]]
name = "root"
secret_file = "root.secret"

[[publisher]]
name = "paula"
secret_file = "paula.secret"

[[viewer]]
name = "vera"
guid = "11111111-1111-4111-8111-111111111111"
secret_file = "vera.secret"

[[viewer]]
name = "vito"
guid = "22222222-2222-4222-8222-222222222222"
secret_file = "vito.secret"

[[content]]
guid = "content-1"
owner = "paula"

[[content]]
guid = "content-2"
owner = "paula"
"#;
    let players = team([
        ("admin", "root", secret("the key of root, long enough")),
        ("publisher", "paula", secret("the key of paula, long enough")),
        ("viewer.a", "vera", secret("vera's password, long enough")),
        ("viewer.a.guid", "11111111-1111-4111-8111-111111111111", None),
        ("viewer.b", "vito", secret("vito's password, long enough")),
        ("viewer.b.guid", "22222222-2222-4222-8222-222222222222", None),
        ("content.1", "content-1", None),
        ("content.2", "content-2", None),
    ]);
    let files = [
        ("root.secret", "the key of root, long enough"),
        ("paula.secret", "the key of paula, long enough"),
        ("vera.secret", "vera's password, long enough"),
        ("vito.secret", "vito's password, long enough"),
    ];
    let played = own(text, &files, players).await;
    assert_judged(&played, &["missing-refresh-token"]);
}

#[test]
fn integrations_are_there_from_the_start() {
    let text = r#"
profile = "posit-connect"
[[publisher]]
name = "paula"
secret_env = "CARGO_PKG_NAME"
[[content]]
guid = "content-1"
owner = "paula"
[[integration]]
name = "warehouse"
authorization_uri = "http://127.0.0.1:9/authorize"
token_uri = "http://127.0.0.1:9/token"
client_id = "connect"
secret_env = "CARGO_PKG_NAME"
auth_method = "client_secret_post"
contents = ["content-1"]
"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, text).unwrap();
    let cast = directory::load(&path).unwrap();
    let connect = claimproof_reference::PositConnect::of(&cast).unwrap();
    let state = connect.state();
    let [guid] = state.associated("content-1") else { panic!("{:?}", state.associations) };
    assert_eq!(state.integrations[guid].name, "warehouse");
    // Written down and read again it is the same.
    directory::write(&cast, &folder.path().join("again.toml"), false).unwrap();
    let again = directory::load(&folder.path().join("again.toml")).unwrap();
    let json = |cast: &Cast| serde_json::to_value(&cast.directory).unwrap();
    assert_eq!(json(&again), json(&cast));
    assert!(matches!(again.directory, AnyDirectory::PositConnect(_)));
}
