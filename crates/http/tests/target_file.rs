//! Target files: every mistake is told with its place and its fix, and ours come back as written.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::path::{Path, PathBuf};

use claimproof_cast::MADE_SECRET;
use claimproof_cast::{ExposeSecret, SigningKey, is_stranger, public};
use claimproof_catalog::Profile;
use claimproof_http::Target;
use claimproof_http::target::write;
use claimproof_in_process::of_reference;
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
#[case::header_name("authorization =", "\"x y\" =", &["surface `api`: headers: `x y` is no header name"])]
#[case::header_value("{scheme} {token}", "{scheme}\\n{token}", &["surface `api`: headers: the header authorization cannot carry this value"])]
#[case::surface_of_another_profile("name = \"api\"", "name = \"rest\"", &["surface `rest`: workato-api has no such place, tableau-connected-app has it"])]
#[case::relative_path("path = \"/call\"", "path = \"call\"", &["surface `api`", "path `call` must start with a slash"])]
#[case::query_in_path("path = \"/call\"", "path = \"/call?a=1\"", &["path `/call?a=1`", "under `query`"])]
#[case::settle_in_milliseconds("name =", "settle = 5000\nname =", &["settle: 5000 is not 0 to 300; it is in seconds"])]
#[case::bad_method("method = \"GET\"", "method = \"G T\"", &["surface `api`", "`G T` is no HTTP method"])]
#[case::unknown_code_of_a_status("code = \"access_refused\"", "code = \"acces_refused\"", &["surface `api`", "`acces_refused` is no documented code of workato-api", "did you mean `access_refused`?"])]
#[case::unknown_family("WAP-R-status", "WAP-R-statsu", &["`WAP-R-statsu` is no family", "did you mean `WAP-R-status`?"])]
#[case::family_of_another_profile("WAP-R-status", "WDL-R-status", &["`WDL-R-status` is no family of workato-api"])]
#[case::unknown_reading("WAP-R-status = \"403\"", "WAP-R-status = \"404\"", &["readings.WAP-R-status", "`404` is no reading", "did you mean `40"])]
#[case::unknown_place("base_url =", "places = [\"kidd\"]\nbase_url =", &["places: `kidd` is no place of the account", "did you mean `kid`?"])]
#[case::host_of_no_case("base_url =", "hosts = { \"portal.example\" = \"a.example\" }\nbase_url =", &["hosts: no case of workato-api names `portal.example`"])]
#[case::no_toml("[[surface]]", "[[surface]", &["line 7"])]
fn a_mistake_is_told_with_its_place_and_its_fix(
    #[case] from: &str,
    #[case] to: &str,
    #[case] parts: &[&str],
) {
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
#[case::value_without_a_group("[manage.create-secret]\nmethod = \"POST\"\npath = \"/x\"\nmade = \"id=(.*)\"\nvalue = \"value=.*\"", &["manage.create-secret: value", "no group in parentheses"])]
#[case::value_without_an_id("[manage.create-secret]\nmethod = \"POST\"\npath = \"/x\"\nvalue = \"value=(.*)\"", &["manage.create-secret: `value` belongs to `create-secret`, beside a `made`"])]
#[case::value_elsewhere("[manage.origin]\nmethod = \"PUT\"\npath = \"/x\"\nmade = \"id=(.*)\"\nvalue = \"value=(.*)\"", &["manage.origin: `value` belongs to `create-secret`"])]
#[case::header_of_a_method("[manage.origin]\nmethod = \"PUT\"\npath = \"/x\"\nheaders = { \"a:b\" = \"1\" }", &["manage.origin: headers: `a:b` is no header name"])]
#[case::saml_session_header("[capabilities]\nsaml_session_header = \"a b\"", &["saml_session_header: `a b` is no header name; expected letters, digits and hyphens"])]
#[case::clock_header("[clock]\nheader = \"\"", &["the header of the clock: `` is no header name"])]
#[case::secrets_that_would_stay("[manage.create-secret]\nmethod = \"POST\"\npath = \"/x\"", &["manage.create-secret: add [manage.delete-secret] too"])]
#[case::session_elsewhere("[session]\nsurface = \"rest\"\nread = {}", &["session: no [[surface]] is named `rest`"])]
#[case::session_pattern("[session]\nsurface = \"api\"\nread = { session = \"(\" }", &["session.read.session: regex parse error"])]
#[case::role_twice("[[account]]\nrole = \"profile.hmac\"\nid = \"a\"\n[[account]]\nrole = \"profile.hmac\"\nid = \"b\"", &["account `profile.hmac` stands twice"])]
#[case::misspelled_role("[[account]]\nrole = \"profile.hmac\"\nid = \"a\"\n[[account]]\nrole = \"profile.rsaa\"\nid = \"b\"", &["line 22: `profile.rsaa` is no role of workato-api", "did you mean `profile.rsa`?"])]
#[case::role_of_another_profile("[[account]]\nrole = \"vendor.ok\"\nid = \"a\"", &["line 19: `vendor.ok` is no role of workato-api"])]
#[case::both_names("[[account]]\nrole = \"profile.hmac\"\nid = \"a\"\n[[player]]\nrole = \"profile.rsa\"\nid = \"b\"", &["line 21: [[player]] is the former name of [[account]]"])]
#[case::literal_secret("[[account]]\nrole = \"profile.hmac\"\nid = \"a\"\nsecret = \"hush\"", &["21 | secret = (not shown)", "unknown field `secret`", "did you mean `secret_env`?"])]
#[case::lifetime_elsewhere("[limits]\nlongest_lifetime = 900", &["limits.longest_lifetime: no document of workato-api knows one"])]
#[case::unknown_limit("[limits]\nlongest_lifetim = 900", &["unknown field `longest_lifetim`", "did you mean `longest_lifetime`?"])]
#[case::no_place("places = [\"kid\"]", &["unknown field `places`"])]
#[case::constant_of_a_read_place("[claims]\nsub = \"service\"", &["claims.sub: the document has the account read there", "places = [\"https://www.workato.com/sub\", \"workato_sub\", \"kid\"]"])]
#[case::constant_that_the_suite_sets("[header]\nalg = \"HS256\"", &["header.alg: the plain token of workato-api sets it already"])]
#[case::constant_moment("[claims]\nexp = 1900000000", &["claims.exp: 1900000000 is one moment for all tokens; write { from_now = SECONDS }"])]
#[case::constant_past("[claims]\nexp = { from_now = -5 }", &["claims.exp: -5 s from now is past"])]
#[case::clock_without_a_way("[clock]", &["clock: say how it is set: `header`, `set` or `patience`"])]
#[case::clock_of_two_ways("[clock]\nheader = \"x-now\"\npatience = 5", &["clock: say one of"])]
#[case::clock_twice("[clock]\nheader = \"x-now\"\n[capabilities]\nclock_header = \"x-now\"", &["capabilities.clock_header: the former name of clock.header"])]
#[case::clock_that_sets_nothing("[clock]\nset = { method = \"PUT\", path = \"/clock\" }", &["clock.set: the request holds neither {now} nor {now_rfc3339}"])]
#[case::clock_back_alone("[clock]\nheader = \"x-now\"\nback = { method = \"PUT\", path = \"/clock\" }", &["clock.back: there is no `set`"])]
#[case::patience_in_milliseconds("[clock]\npatience = 5000", &["clock.patience: 5000 is not 1 to 600; it is in seconds"])]
#[case::unknown_placeholder("[manage.store]\nmethod = \"PUT\"\npath = \"/x\"\ntext = \"{stat}\"", &["manage.store: nothing stands for {stat} here", "did you mean `state`?"])]
#[case::session_without_a_way("[session]", &["session: name the `surface` of the sign-in", "role = \"management\""])]
#[case::steps_elsewhere("[manage.store]\nmethod = \"PUT\"\npath = \"/x\"\nthen = [{ method = \"GET\", path = \"/\" }]", &["manage.store: `read` and `then` belong to manage.viewer-login alone"])]
#[case::site_of_an_account("[[account]]\nrole = \"profile.hmac\"\nid = \"a\"\nsite = \"site.ok\"", &["account `profile.hmac`: site `site.ok` is no role of a site"])]
fn so_is_a_mistake_behind_the_surface(#[case] more: &str, #[case] parts: &[&str]) {
    let message = message(&api_target("http://127.0.0.1:1", &format!("{API_CODES}\n{more}\n")));
    for part in parts {
        assert!(message.contains(part), "`{part}` is missing in:\n{message}");
    }
}

#[rstest]
#[case::pattern_without_a_group(
    "code = [{ from = \"body\", pattern = 'code=\\w+' }]",
    "no group in parentheses"
)]
#[case::pointer_without_a_slash(
    "code = [{ from = \"json\", at = \"error/code\" }]",
    "start with a slash: `/error/code`"
)]
#[case::accept_pointer_without_a_slash(
    "code = []\nrefuse = { json = \"error\" }",
    "refuse: the JSON pointer `error`"
)]
#[case::or_without_members("code = []\nrefuse = { or = [] }", "refuse.or: has no members")]
#[case::or_with_a_bad_member(
    "code = []\nrefuse = { or = [{ status = [\"4x\"] }] }",
    "refuse.or.status `4x`"
)]
#[case::absent_without_anything(
    "code = []\nrefuse = { absent = {} }",
    "refuse.absent: says nothing"
)]
#[case::bad_pattern_of_a_header(
    "code = []\nrefuse = { headers = { location = \"(\" } }",
    "refuse: regex parse error"
)]
#[case::bad_location_pattern(
    "code = []\nrefuse = { location = \"*\" }",
    "refuse: regex parse error"
)]
#[case::claims_pointer(
    "code = []\nclaims = \"seen\"",
    "claims: the JSON pointer `seen` must start with a slash: `/seen`"
)]
fn so_is_a_place_at_which_nothing_can_be_read(#[case] rest: &str, #[case] part: &str) {
    let message = message(&link_target(
        "http://127.0.0.1:1",
        &format!("accept = {{ status = [\"204\"] }}\n{rest}\n"),
    ));
    assert!(
        message.contains("surface `direct-link`") && message.contains(part),
        "`{part}` is missing in:\n{message}"
    );
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

/// The cases follow what is stated, and the document's ten minutes where nothing is.
#[rstest]
#[case::none("", Ok(600))]
#[case::stated("[limits]\nlongest_lifetime = 900\n", Ok(900))]
#[case::minutes(
    "[limits]\nlongest_lifetime = 15\n",
    Err("15 is not 600 to 86400; it is in seconds")
)]
fn a_longest_lifetime_may_be_stated(#[case] limits: &str, #[case] due: Result<i64, &str>) {
    let target = of_reference(Profile::TableauConnectedApp, "http://127.0.0.1:1");
    let text =
        toml::to_string(&target).unwrap().replace("[limits]\nlongest_lifetime = 600\n", limits);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    match (Target::load(file.path()), due) {
        (Ok((_, players)), Ok(due)) => assert_eq!(players.longest_lifetime(), due),
        (Err(error), Err(due)) => assert!(error.to_string().contains(due), "{error}"),
        (seen, due) => panic!("{due:?} was due: {:?}", seen.map(drop)),
    }
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
    let path = folder.path().join("my.toml");
    let player = format!("{API_CODES}\n[[account]]\nrole = \"profile.hmac\"\nid = \"a\"\n{keys}\n");
    std::fs::write(&path, api_target("http://127.0.0.1:1", &player)).unwrap();
    let (_, players) = Target::load(&path).map_err(|error| error.to_string())?;
    Ok(players.get("profile.hmac").unwrap().key.clone().unwrap())
}

#[rstest]
#[case::missing_file("secret_file = \"none.secret\"", &["secret_file ", "none.secret: No such file", "relative to the file they stand in"])]
#[case::unset_variable("secret_env = \"CLAIMPROOF_TEST_UNSET\"", &["environment variable CLAIMPROOF_TEST_UNSET is not set"])]
#[case::two_sources("secret_file = \"some.secret\"\nsecret_env = \"PATH\"", &["give one of secret_file, secret_env and private_key_file"])]
#[case::key_of_another_kind("private_key_file = \"no.pem\"", &["found private_key_file; expected secret_file or secret_env"])]
fn a_key_that_cannot_be_had_names_the_account_its_line_and_the_place(
    #[case] keys: &str,
    #[case] parts: &[&str],
) {
    let message = load_player(keys).unwrap_err();
    for part in ["my.toml: line 18: account `profile.hmac`: "].iter().chain(parts) {
        assert!(message.contains(part), "`{part}` is missing in: {message}");
    }
    assert!(!message.contains("hush-hush"), "{message}");
}

fn pool(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../../vectors/keys/rsa-{name}", env!("CARGO_MANIFEST_DIR")))
        .unwrap()
}

/// What comes of these two files; of none where the text is empty and left out.
fn load_pair(private: &str, public: Option<&str>) -> Result<(String, String), String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("own.pem"), private).unwrap();
    let mut keys = "private_key_file = \"own.pem\"".to_owned();
    if let Some(public) = public {
        std::fs::write(folder.path().join("their.pem"), public).unwrap();
        keys.push_str("\npublic_key_file = \"their.pem\"");
    }
    let path = folder.path().join("my.toml");
    let player = format!("{API_CODES}\n[[account]]\nrole = \"profile.rsa\"\nid = \"a\"\n{keys}\n");
    std::fs::write(&path, api_target("http://127.0.0.1:1", &player)).unwrap();
    let (_, players) = Target::load(&path).map_err(|error| error.to_string())?;
    Ok(plain(players.get("profile.rsa").unwrap().key.as_ref()).unwrap())
}

#[rstest]
#[case::spki("1.private.pem", pool("1.public.pem"))]
#[case::certificate("3.private.pem", pool("3.certificate.pem"))]
#[case::pkcs1("4.private.pem", pool("4.pkcs1.pem"))]
#[case::open_ssh("5.private.pem", pool("5.openssh.pub"))]
#[case::carriage_returns("1.private.pem", pool("1.public.pem").replace('\n', "\r\n"))]
#[case::one_line("1.private.pem", pool("1.public.pem").replace('\n', "\\n"))]
#[case::indented("1.private.pem", pool("1.public.pem").replace('\n', "\n    "))]
#[case::behind_a_comment("1.private.pem", format!("Our key:\n{}", pool("1.public.pem")))]
fn a_public_key_stays_the_text_that_is_configured(#[case] private: &str, #[case] public: String) {
    let (own, their) = load_pair(&pool(private), Some(&public)).unwrap();
    assert_eq!((own, their), (pool(private), public));
}

#[test]
fn a_public_key_left_out_is_none_and_one_without_its_pair_is_told() {
    assert_eq!(load_pair(&pool("1.private.pem"), None).unwrap().1, "");
    let message =
        load_player("secret_file = \"some.secret\"\npublic_key_file = \"no.pem\"").unwrap_err();
    assert!(message.contains("public_key_file without private_key_file"), "{message}");
}

/// What a wrong one is told stands in `crates/claimproof/tests/cli/intake.rs`.
#[rstest]
#[case::file("secret_file = \"some.secret\"", "hush-hush")]
#[case::verbatim("secret_file = \"some.secret\"\nverbatim = true", "hush-hush\r\n")]
#[case::variable("secret_env = \"CARGO_PKG_NAME\"", "claimproof-http")]
fn a_secret_is_read_without_its_line_end_unless_verbatim(#[case] keys: &str, #[case] due: &str) {
    assert_eq!(plain(Some(&load_player(keys).unwrap())).unwrap().0, due);
}

const PROFILES: [Profile; 3] = Profile::JWT;

fn written(profile: Profile, folder: &Path) -> PathBuf {
    let path = folder.join("target.toml");
    write(&of_reference(profile, "http://127.0.0.1:1"), &public(profile).players, &path, false)
        .unwrap();
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
        let made_up = |players: &claimproof_cast::Players| -> Vec<String> {
            players
                .iter()
                .map(|(role, _)| role.to_owned())
                .filter(|role| is_stranger(role))
                .collect()
        };
        assert_eq!(made_up(&players), made_up(&public(profile).players), "{profile}");
        let shown = |players: &claimproof_cast::Players| -> Vec<String> {
            players
                .iter()
                .filter(|(role, _)| !is_stranger(role))
                .map(|(role, player)| {
                    format!("{role} {} {:?}", player.id, plain(player.key.as_ref()))
                })
                .collect()
        };
        // Who plays a secret that is made is read from an answer.
        let mut due = shown(&public(profile).players);
        due.retain(|one| !one.starts_with(MADE_SECRET));
        assert_eq!(shown(&players), due, "{profile}");
    }
}

fn plain(key: Option<&SigningKey>) -> Option<(String, String)> {
    key.map(|key| match key {
        SigningKey::Secret(secret) => (secret.expose_secret().to_owned(), String::new()),
        SigningKey::Rsa { private, configured, .. } => {
            (private.expose_secret().to_owned(), configured.clone())
        }
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
        let errors: Vec<String> =
            validator.iter_errors(&instance).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{profile}: {errors:?}");
        let mut unknown = instance;
        unknown["nmae"] = "x".into();
        assert!(!validator.is_valid(&unknown), "the schema is open");
    }
}

/// Nothing is said that the format assumes, and each table says what it is.
#[test]
fn what_the_reference_writes_is_what_is_needed() {
    for profile in Profile::ALL {
        let folder = tempfile::tempdir().unwrap();
        let text = std::fs::read_to_string(written(profile, folder.path())).unwrap();
        let defaults = [
            "raw_socket = false",
            "token_internals = false",
            "refuse = {",
            "[surface.refuse]\nstatus = [\"4xx\"]\n\n",
        ];
        for default in defaults {
            assert!(!text.contains(default), "{profile}: {default}\n{text}");
        }
        let strangers = public(profile).players;
        let strangers = strangers.iter().map(|(role, _)| role).filter(|role| is_stranger(role));
        for role in strangers {
            assert!(!text.contains(&format!("\"{role}\"")), "{profile}: {role} is made up");
        }
        let lines: Vec<&str> = text.lines().collect();
        let of_target = lines.iter().take_while(|line| **line != "[[account]]").count();
        for n in 1..=of_target {
            let inner = lines[n].matches('.').count() > 1 || lines[n].starts_with("[session.");
            let is_table = lines[n].starts_with('[') && !inner;
            assert!(
                !is_table || lines[n - 1].starts_with("# "),
                "{profile}: nothing stands above {}",
                lines[n]
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn what_is_written_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("target.keys");
    // As an earlier version left it.
    std::fs::create_dir(&keys).unwrap();
    std::fs::write(keys.join("profile.hmac.secret"), "old").unwrap();
    std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(0o755)).unwrap();
    let (path, profile) = (folder.path().join("target.toml"), Profile::WorkatoApi);
    let target = of_reference(profile, "http://127.0.0.1:1");
    write(&target, &public(profile).players, &path, false).unwrap_err();
    write(&target, &public(profile).players, &path, true).unwrap();
    assert_eq!((mode(&path), mode(&keys)), (0o600, 0o700));
    for name in entries(&keys) {
        assert_eq!(mode(&keys.join(&name)), 0o600, "{name}");
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
    let error =
        write(&of_reference(profile, "http://127.0.0.1:1"), &public(profile).players, &path, false)
            .unwrap_err();
    assert!(error.to_string().contains("none"), "{error}");
    assert_eq!(entries(folder.path()), [""; 0]);
}

/// Root writes into folders that are read-only, so what stands in the way here is of the wrong
/// kind.
#[rstest]
#[case::the_file_is_a_folder("target.toml/x", &["target.toml"])]
#[case::the_keys_are_a_file("target.keys", &["target.keys"])]
#[case::a_key_is_a_folder("target.keys/profile.hmac.secret/x", &["target.keys"])]
fn a_file_that_cannot_be_written_leaves_nothing_of_it(
    #[case] in_the_way: &str,
    #[case] left: &[&str],
) {
    let folder = tempfile::tempdir().unwrap();
    let obstacle = folder.path().join(in_the_way);
    std::fs::create_dir_all(obstacle.parent().unwrap()).unwrap();
    std::fs::write(&obstacle, "mine").unwrap();
    let (profile, path) = (Profile::WorkatoApi, folder.path().join("target.toml"));
    let error =
        write(&of_reference(profile, "http://127.0.0.1:1"), &public(profile).players, &path, false)
            .unwrap_err();
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
    write(&of_reference(profile, "http://127.0.0.1:1"), &public(profile).players, &path, false)
        .unwrap_err();
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

/// The name of release 0.1.0.
#[test]
fn players_are_read_as_accounts() {
    let text = |name: &str| {
        api_target(
            "http://127.0.0.1:1",
            &format!("{API_CODES}\n[[{name}]]\nrole = \"profile.hmac\"\nid = \"a\"\n"),
        )
    };
    let json = |text: &str| serde_json::to_value(Target::parse(text, "my.toml").unwrap()).unwrap();
    assert_eq!(json(&text("player")), json(&text("account")));
    assert_eq!(json(&text("player"))["account"][0]["role"], "profile.hmac");
}

/// Nobody has to invent an id that a server does not know.
#[test]
fn roles_that_only_have_to_be_unknown_are_made_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my.toml");
    let foreign = claimproof_cast::pool(claimproof_cast::Seed::PUBLIC, 5);
    std::fs::write(folder.path().join("own.pem"), foreign.private).unwrap();
    let account =
        "[[account]]\nrole = \"profile.rsa\"\nid = \"a\"\nprivate_key_file = \"own.pem\"\n";
    std::fs::write(&path, api_target("http://127.0.0.1:1", &format!("{API_CODES}\n{account}")))
        .unwrap();
    let (_, players) = Target::load(&path).unwrap();
    let played: Vec<&str> = players.iter().map(|(role, _)| role).collect();
    assert_eq!(played, ["key.foreign", "profile.rsa", "profile.unknown", "secret.foreign"]);
    let key = |role: &str| plain(players.get(role).unwrap().key.as_ref()).unwrap().0;
    assert_ne!(
        key("key.foreign").trim(),
        foreign.private.trim(),
        "the foreign key is the account's own"
    );
}
