//! Target files: every mistake is told with its place and its fix, and ours come back as written.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::path::{Path, PathBuf};

use claimproof_cast::{ExposeSecret, SigningKey, public};
use claimproof_catalog::Profile;
use claimproof_http::Target;
use claimproof_http::target::{of_reference, write};
use rstest::rstest;

use common::reference::{API_CODES, api_target, link_target};

/// A sound file, changed in one place.
fn changed(from: &str, to: &str) -> String {
    let rest = format!("{API_CODES}\n[readings]\nWAP-R-status = \"403\"\n");
    let sound = api_target("http://127.0.0.1:1", &rest);
    Target::parse(&sound, "my.toml").unwrap();
    assert!(sound.contains(from), "{from} is not in the file");
    sound.replacen(from, to, 1)
}

fn message(text: &str) -> String {
    let message = Target::parse(text, "my.toml").unwrap_err().to_string();
    assert!(message.starts_with("my.toml: "), "{message}");
    message
}

#[rstest]
#[case::unknown_key("name =", "nmae =", &["line 2", "unknown field `nmae`", "did you mean `name`?"])]
#[case::unknown_key_of_a_surface("accept =", "acept =", &["line 10", "unknown field `acept`", "did you mean `accept`?"])]
#[case::unknown_key_of_a_request("path =", "paht =", &["line 9", "unknown field `paht`", "did you mean `path`?"])]
#[case::unknown_place_of_codes("from = \"status\"", "from = \"statsu\"", &["line 14", "unknown variant `statsu`", "did you mean `status`?"])]
#[case::unknown_surface("name = \"api\"", "name = \"apy\"", &["line 8", "unknown variant `apy`", "did you mean `api`?"])]
#[case::unknown_profile("profile = \"workato-api\"", "profile = \"workato-ap\"", &["line 3", "unknown variant `workato-ap`", "did you mean `workato-api`?"])]
#[case::missing_base_url("base_url = \"http://127.0.0.1:1\"", "", &["missing field `base_url`"])]
#[case::base_url_without_scheme("http://127.0.0.1:1", "127.0.0.1:1", &["base_url `127.0.0.1:1`", "http://HOST:PORT"])]
#[case::base_url_of_another_scheme("http://127", "ftp://127", &["base_url `ftp://127.0.0.1:1`", "no http or https URL"])]
#[case::no_surface("[[surface]]", "[[surfaces]]", &["unknown field `surfaces`", "did you mean `surface`?"])]
#[case::status_of_letters("2xx", "ok", &["surface `api`", "accept.status `ok`", "200, 4xx"])]
#[case::status_too_long("2xx", "2000", &["accept.status `2000`", "three digits"])]
#[case::bad_pattern("exceeded \\(", "exceeded (", &["surface `api`: code: regex parse error", "unclosed group"])]
#[case::relative_path("path = \"/call\"", "path = \"call\"", &["surface `api`", "path `call` must start with a slash"])]
#[case::query_in_path("path = \"/call\"", "path = \"/call?a=1\"", &["path `/call?a=1`", "under `query`"])]
#[case::bad_method("method = \"GET\"", "method = \"G T\"", &["surface `api`", "`G T` is no HTTP method"])]
#[case::unknown_code_of_a_status("code = \"access_refused\"", "code = \"acces_refused\"", &["surface `api`", "`acces_refused` is no documented code of workato-api", "did you mean `access_refused`?"])]
#[case::unknown_family("WAP-R-status", "WAP-R-statsu", &["`WAP-R-statsu` is no family", "did you mean `WAP-R-status`?"])]
#[case::family_of_another_profile("WAP-R-status", "WDL-R-status", &["`WDL-R-status` is no family of workato-api"])]
#[case::unknown_reading("WAP-R-status = \"403\"", "WAP-R-status = \"404\"", &["readings.WAP-R-status", "`404` is no reading", "did you mean `40"])]
#[case::no_toml("[[surface]]", "[[surface]", &["line 7"])]
fn a_mistake_is_told_with_its_place_and_its_fix(#[case] from: &str, #[case] to: &str, #[case] parts: &[&str]) {
    let message = message(&changed(from, to));
    for part in parts {
        assert!(message.contains(part), "`{part}` is missing in:\n{message}");
    }
}

#[rstest]
#[case::unknown_code("[codes]\nE17 = \"acces_refused\"", &["codes.E17", "`acces_refused` is no documented code of workato-api", "did you mean `access_refused`?"])]
#[case::code_of_another_profile("[codes]\nE17 = \"iat_missing\"", &["codes.E17: `iat_missing` is no documented code of workato-api"])]
#[case::unknown_method_name("[manage.orign]\nmethod = \"PUT\"\npath = \"/x\"", &["manage.orign", "did you mean `origin`?"])]
#[case::relative_path_of_a_method("[manage.origin]\nmethod = \"PUT\"\npath = \"x\"", &["manage.origin", "path `x` must start with a slash"])]
#[case::template_that_is_no_json("[manage.origin]\nmethod = \"PUT\"\npath = \"/x\"\njson = \"{\"", &["manage.origin: json: "])]
#[case::pattern_without_a_group("[manage.origin]\nmethod = \"PUT\"\npath = \"/x\"\nmade = \"id=.*\"", &["manage.origin: made", "no group in parentheses"])]
#[case::session_elsewhere("[session]\nsurface = \"rest\"\nread = {}", &["session: no [[surface]] is named `rest`"])]
#[case::session_pattern("[session]\nsurface = \"api\"\nread = { session = \"(\" }", &["session.read.session: regex parse error"])]
#[case::role_twice("[[player]]\nrole = \"profile.hmac\"\nid = \"a\"\n[[player]]\nrole = \"profile.hmac\"\nid = \"b\"", &["player `profile.hmac` stands twice"])]
#[case::literal_secret("[[player]]\nrole = \"profile.hmac\"\nid = \"a\"\nsecret = \"hush\"", &["unknown field `secret`", "did you mean `secret_env`?"])]
fn so_is_a_mistake_behind_the_surface(#[case] more: &str, #[case] parts: &[&str]) {
    let message = message(&api_target("http://127.0.0.1:1", &format!("{API_CODES}\n{more}\n")));
    for part in parts {
        assert!(message.contains(part), "`{part}` is missing in:\n{message}");
    }
}

#[rstest]
#[case::pattern_without_a_group("code = [{ from = \"body\", pattern = 'code=\\w+' }]", "no group in parentheses")]
#[case::pointer_without_a_slash(
    "code = [{ from = \"json\", at = \"error/code\" }]",
    "start with a slash: `/error/code`"
)]
#[case::accept_pointer_without_a_slash("code = []\nrefuse = { json = \"error\" }", "refuse: the JSON pointer `error`")]
#[case::bad_location_pattern("code = []\nrefuse = { location = \"*\" }", "refuse: regex parse error")]
fn so_is_a_place_at_which_nothing_can_be_read(#[case] rest: &str, #[case] part: &str) {
    let message = message(&link_target("http://127.0.0.1:1", &format!("accept = {{ status = [\"204\"] }}\n{rest}\n")));
    assert!(message.contains("surface `direct-link`") && message.contains(part), "`{part}` is missing in:\n{message}");
}

#[test]
fn the_whole_message_reads_well() {
    insta::assert_snapshot!(message(&changed("accept =", "acept =")), @r#"
    my.toml: TOML parse error at line 10, column 1
       |
    10 | acept = { status = ["2xx"] }
       | ^^^^^
    unknown field `acept`, expected one of `name`, `request`, `accept`, `refuse`, `code`, `claims`
    did you mean `accept`?
    "#);
    insta::assert_snapshot!(
        message(&changed("2xx", "ok")),
        @"my.toml: surface `api`: accept.status `ok`: expected three digits, x for any: 200, 4xx"
    );
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = Target::load(Path::new("/no/such/target.toml")).unwrap_err().to_string();
    assert!(error.starts_with("/no/such/target.toml: No such file"), "{error}");
}

/// A file with one player of these keys, in a folder with a secret and what is no PEM.
fn load_player(keys: &str) -> Result<SigningKey, String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("some.secret"), "hush-hush\r\n").unwrap();
    std::fs::write(folder.path().join("no.pem"), "ssh-rsa AAAAB3NzaC1yc2E me@host\n").unwrap();
    let path = folder.path().join("my.toml");
    let player = format!("{API_CODES}\n[[player]]\nrole = \"profile.hmac\"\nid = \"a\"\n{keys}\n");
    std::fs::write(&path, api_target("http://127.0.0.1:1", &player)).unwrap();
    let (_, players) = Target::load(&path).map_err(|error| error.to_string())?;
    Ok(players.get("profile.hmac").unwrap().key.clone().unwrap())
}

#[rstest]
#[case::missing_file("secret_file = \"none.secret\"", &["none.secret", "No such file"])]
#[case::missing_key("private_key_file = \"none.pem\"", &["none.pem", "No such file"])]
#[case::unset_variable("secret_env = \"CLAIMPROOF_TEST_UNSET\"", &["environment variable CLAIMPROOF_TEST_UNSET is not set"])]
#[case::two_sources("secret_file = \"some.secret\"\nsecret_env = \"PATH\"", &["give one of secret_file, secret_env and private_key_file"])]
#[case::secret_and_key("secret_file = \"some.secret\"\nprivate_key_file = \"no.pem\"", &["give one of"])]
#[case::no_pem("private_key_file = \"no.pem\"", &["no.pem", "no RSA private key in PEM form"])]
fn a_key_that_cannot_be_had_names_the_player_and_the_place(#[case] keys: &str, #[case] parts: &[&str]) {
    let message = load_player(keys).unwrap_err();
    for part in ["my.toml: player `profile.hmac`: "].iter().chain(parts) {
        assert!(message.contains(part), "`{part}` is missing in: {message}");
    }
    assert!(!message.contains("hush-hush"), "{message}");
}

#[test]
fn a_secret_is_read_without_its_line_end_or_from_the_environment() {
    let secret = |key: Result<SigningKey, String>| match key.unwrap() {
        SigningKey::Secret(secret) => secret.expose_secret().to_owned(),
        SigningKey::Rsa { .. } => String::new(),
    };
    assert_eq!(secret(load_player("secret_file = \"some.secret\"")), "hush-hush");
    assert_eq!(secret(load_player("secret_env = \"CARGO_PKG_NAME\"")), "claimproof-http");
}

const PROFILES: [Profile; 3] = Profile::JWT;

fn written(profile: Profile, folder: &Path) -> PathBuf {
    let path = folder.join("target.toml");
    write(&of_reference(profile, "http://127.0.0.1:1"), &public(profile).players, &path).unwrap();
    path
}

#[test]
fn what_the_reference_writes_comes_back_as_it_was() {
    for profile in PROFILES {
        let folder = tempfile::tempdir().unwrap();
        let (target, players) = Target::load(&written(profile, folder.path())).unwrap();
        let mut bare = target.clone();
        bare.players.clear();
        let json = |target: &Target| serde_json::to_value(target).unwrap();
        assert_eq!(json(&bare), json(&of_reference(profile, "http://127.0.0.1:1")), "{profile}");
        let shown = |players: &claimproof_cast::Players| -> Vec<String> {
            players
                .iter()
                .map(|(role, player)| format!("{role} {} {:?}", player.id, plain(player.key.as_ref())))
                .collect()
        };
        assert_eq!(shown(&players), shown(&public(profile).players), "{profile}");
    }
}

fn plain(key: Option<&SigningKey>) -> Option<(String, String)> {
    key.map(|key| match key {
        SigningKey::Secret(secret) => (secret.expose_secret().to_owned(), String::new()),
        SigningKey::Rsa { private, configured, .. } => (private.expose_secret().to_owned(), configured.clone()),
    })
}

#[test]
fn what_the_reference_writes_fits_the_published_schema() {
    let schema = serde_json::to_value(Target::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for profile in PROFILES {
        let folder = tempfile::tempdir().unwrap();
        let text = std::fs::read_to_string(written(profile, folder.path())).unwrap();
        let instance: serde_json::Value = toml::from_str(&text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&instance).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{profile}: {errors:?}");
        let mut unknown = instance;
        unknown["nmae"] = "x".into();
        assert!(!validator.is_valid(&unknown), "the schema is open");
    }
}

#[test]
fn no_secret_stands_in_the_file_itself() {
    for profile in PROFILES {
        let folder = tempfile::tempdir().unwrap();
        let text = std::fs::read_to_string(written(profile, folder.path())).unwrap();
        for (role, player) in public(profile).players.iter() {
            if let Some((secret, _)) = plain(player.key.as_ref()) {
                assert!(!text.contains(secret.trim()), "the secret of {role}");
            }
        }
    }
}

fn entries(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_missing_folder_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none/target.toml");
    let profile = Profile::WorkatoApi;
    let error = write(&of_reference(profile, "http://127.0.0.1:1"), &public(profile).players, &path).unwrap_err();
    assert!(error.to_string().contains("none"), "{error}");
    assert_eq!(entries(folder.path()), [""; 0]);
}

/// Root writes into folders that are read-only, so what stands in the way here is of the wrong kind.
#[rstest]
#[case::the_file_is_a_folder("target.toml/x", &["target.toml"])]
#[case::the_keys_are_a_file("target.keys", &["target.keys"])]
#[case::the_half_is_a_folder("target.partial/x", &["target.partial"])]
fn a_file_that_cannot_be_written_leaves_nothing_of_it(#[case] in_the_way: &str, #[case] left: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let obstacle = folder.path().join(in_the_way);
    std::fs::create_dir_all(obstacle.parent().unwrap()).unwrap();
    std::fs::write(&obstacle, "mine").unwrap();
    let (profile, path) = (Profile::WorkatoApi, folder.path().join("target.toml"));
    let error = write(&of_reference(profile, "http://127.0.0.1:1"), &public(profile).players, &path).unwrap_err();
    assert!(error.to_string().contains("target."), "{error}");
    assert_eq!(entries(folder.path()), left);
    assert_eq!(std::fs::read_to_string(obstacle).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_gets_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o555)).unwrap();
    if std::fs::write(closed.join("probe"), "").is_ok() {
        println!("skipped: this user writes into read-only folders");
        return;
    }
    let (profile, path) = (Profile::WorkatoApi, closed.join("target.toml"));
    write(&of_reference(profile, "http://127.0.0.1:1"), &public(profile).players, &path).unwrap_err();
    assert_eq!(entries(&closed), [""; 0]);
}

#[test]
fn a_file_written_again_replaces_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    written(Profile::WorkatoApi, folder.path());
    let path = written(Profile::WorkatoDirectLink, folder.path());
    assert_eq!(Target::load(&path).unwrap().0.profile, Profile::WorkatoDirectLink);
    assert_eq!(entries(folder.path()), ["target.keys", "target.toml"]);
}

#[test]
fn target_files_of_the_last_release_are_read() {
    for profile in Profile::ALL {
        let file = format!("../suite/tests/corpus-0.1.0/{profile}.toml");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let (target, players) = Target::load(&path).unwrap();
        assert_eq!(target.profile, profile);
        assert!(players.iter().next().is_some(), "{profile}: nobody plays");
    }
}
