//! Keys and secrets as people hold them: what each is told, with its exit code, or that it is
//! taken.

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use crate::cli::common::{LONGEST, MOST, Ran, measured, path, target_at};

/// What is tried: the files, and the lines of the account that name them.
struct Row {
    name: &'static str,
    role: &'static str,
    keys: &'static str,
    files: Vec<(&'static str, Vec<u8>)>,
}

const OWN: &str = r#"private_key_file = "own.pem""#;
const BOTH: &str = "private_key_file = \"own.pem\"\npublic_key_file = \"their.pem\"";
const SECRET: &str = r#"secret_file = "own.secret""#;

fn private(name: &'static str, own: impl Into<Vec<u8>>) -> Row {
    Row { name, role: "profile.rsa", keys: OWN, files: vec![("own.pem", own.into())] }
}

fn public(name: &'static str, their: impl Into<Vec<u8>>) -> Row {
    let files = vec![("own.pem", pool("1.private.pem").into_bytes()), ("their.pem", their.into())];
    Row { name, role: "profile.rsa", keys: BOTH, files }
}

fn secret(name: &'static str, own: impl Into<Vec<u8>>) -> Row {
    Row { name, role: "profile.hmac", keys: SECRET, files: vec![("own.secret", own.into())] }
}

fn named(name: &'static str, role: &'static str, keys: &'static str) -> Row {
    Row { name, role, keys, files: vec![("own.pem", pool("1.private.pem").into_bytes())] }
}

fn pool(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../../vectors/keys/rsa-{name}", env!("CARGO_MANIFEST_DIR")))
        .unwrap()
}

fn kept(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/intake/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn utf_16(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.then_some(0xfeff).into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn private_keys() -> Vec<Row> {
    let own = pool("1.private.pem");
    let behind = [kept("certificate.pem"), own.clone().into_bytes()].concat();
    vec![
        private("PKCS#8", own.clone()),
        private("PKCS#1", kept("pkcs1.pem")),
        private("carriage returns", own.replace('\n', "\r\n")),
        private("line ends written as \\n", own.replace('\n', "\\n")),
        private("a byte order mark and text before it", format!("\u{feff}our key\n{own}")),
        private("in quotes, indented", format!("\"{}\"", own.replace('\n', "\n  "))),
        private("behind its certificate", behind),
        private("OpenSSH", kept("openssh.pem")),
        private("OpenSSH, encrypted", kept("openssh-encrypted.pem")),
        private("OpenSSH, Ed25519", kept("openssh-ed25519.pem")),
        private("OpenSSH, ECDSA", kept("openssh-ecdsa.pem")),
        private("PKCS#8, encrypted", kept("pkcs8-encrypted.pem")),
        private("PKCS#1, encrypted", kept("pkcs1-encrypted.pem")),
        private("a public key", pool("1.public.pem")),
        private("an ssh-rsa line", pool("5.openssh.pub")),
        private(
            "a public key in SSH2 form",
            "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n",
        ),
        private("a certificate", kept("certificate.pem")),
        private("a certificate request", kept("request.pem")),
        private("UTF-16", utf_16(&own, true, u16::to_le_bytes)),
        private("UTF-16LE without mark", utf_16(&own, false, u16::to_le_bytes)),
        private("UTF-16BE without mark", utf_16(&own, false, u16::to_be_bytes)),
        private("DER", kept("pkcs8.der")),
        private("PKCS#12", kept("store.p12")),
        private("a key store of Java", b"\xfe\xed\xfe\xed\0\0\0\x02".as_slice()),
        private("PuTTY", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n"),
        private("a JWK", r#"{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}"#),
        private("base64 of the PEM", kept("pem.base64")),
        private("no end", own[..900].to_owned()),
        private("a character that is none", own.replacen("\nMII", "\nMI!", 1)),
        private("base64 that breaks off", own.replacen("=\n-----END", "\n-----END", 1)),
        private("labels alone", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"),
        private("1024 bits", kept("rsa-1024.pem")),
        private("EC", kept("ec.pem")),
        private("EC, SEC1", kept("ec-sec1.pem")),
        private("Ed25519", kept("ed25519.pem")),
        private("RSASSA-PSS", kept("rsa-pss.pem")),
        private(
            "an unknown label",
            "-----BEGIN \u{1b}[31mhush-hush-----\nAAAA\n-----END \u{1b}[31mhush-hush-----\n",
        ),
        private("nothing", ""),
        private("a page", "<html>404</html>"),
    ]
}

fn public_keys() -> Vec<Row> {
    let own = pool("1.public.pem");
    vec![
        public("SPKI", own.clone()),
        public("a certificate of the pair", kept("certificate.pem")),
        public("a certificate cut short", cut_short()),
        public("another pair", pool("2.public.pem")),
        public("the private key", pool("1.private.pem")),
        public("EC", kept("ec.public.pem")),
        public("ssh-ed25519", kept("openssh-ed25519.pub")),
        public("ecdsa-sha2-nistp256", kept("openssh-ecdsa.pub")),
        public("ssh-rsa of another pair", pool("5.openssh.pub")),
        public("ssh-rsa, cut short", &pool("5.openssh.pub")[..60]),
        public("ssh-rsa, another kind inside", pool("5.openssh.pub").replace("ssh-rsa", "ssh-dss")),
        public("SSH2", "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n"),
        public("a certificate request", kept("request.pem")),
        public("bytes behind it", own.replace("-----END", "AAAA\n-----END")),
        public("UTF-16", utf_16(&own, true, u16::to_be_bytes)),
        public("DER", kept("pkcs8.der")),
        public("a JWK of the private key", r#"{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}"#),
        public("a JWK Set", r#"{"keys":[]}"#),
        public("nothing", "\n"),
        public("words", "the key of the portal"),
    ]
}

/// A certificate without its last bytes, in whole base64.
fn cut_short() -> String {
    let certificate = String::from_utf8(kept("certificate.pem")).unwrap();
    let mut lines: Vec<&str> = certificate.lines().collect();
    lines.remove(lines.len() - 2);
    lines.join("\n")
}

fn secrets() -> Vec<Row> {
    vec![
        secret("bare", "hush-hush"),
        secret("one line end", "hush-hush\r\n"),
        secret("two line ends", "hush-hush\n\n"),
        secret("nothing", ""),
        secret("a line end alone", "\n"),
        secret("blanks alone", "  \t\n"),
        secret("a blank behind it", "hush-hush \n"),
        secret("double quotes", "\"hush-hush\"\n"),
        secret("single quotes", "'hush-hush'"),
        secret("\\n behind it", "hush-hush\\n"),
        secret("a byte order mark", "\u{feff}hush-hush\n"),
        secret("UTF-16", utf_16("hush-hush\r\n", true, u16::to_le_bytes)),
        secret("UTF-16 without mark", utf_16("hush-hush\r\n", false, u16::to_le_bytes)),
        secret("Latin-1", b"h\xfcsh-hush".as_slice()),
        secret("a private key", pool("1.private.pem")),
        Row {
            keys: "secret_file = \"own.secret\"\nverbatim = true",
            ..secret("quotes, verbatim", "\"hush-hush\"")
        },
        Row {
            keys: "secret_file = \"own.secret\"\nverbatim = true",
            ..secret("nothing, verbatim", "")
        },
        named(
            "a variable that is not set",
            "profile.hmac",
            r#"secret_env = "CLAIMPROOF_TEST_UNSET""#,
        ),
        named("an empty variable", "profile.hmac", r#"secret_env = "CLAIMPROOF_TEST_EMPTY""#),
        named(
            "a variable with one line end",
            "profile.hmac",
            r#"secret_env = "CLAIMPROOF_TEST_LINE_END""#,
        ),
        named(
            "a variable with two line ends",
            "profile.hmac",
            r#"secret_env = "CLAIMPROOF_TEST_LINE_ENDS""#,
        ),
        named("a variable in quotes", "profile.hmac", r#"secret_env = "CLAIMPROOF_TEST_QUOTES""#),
    ]
}

/// What does not fit the role or its neighbour, and what is no file.
fn sources() -> Vec<Row> {
    vec![
        named("an RSA key where a secret is due", "profile.hmac", OWN),
        named(
            "a secret where an RSA key is due",
            "profile.rsa",
            r#"secret_env = "CLAIMPROOF_TEST_LINE_END""#,
        ),
        named(
            "two sources",
            "profile.hmac",
            "secret_env = \"CLAIMPROOF_TEST_LINE_END\"\nprivate_key_file = \"own.pem\"",
        ),
        named("a public key alone", "profile.rsa", r#"public_key_file = "own.pem""#),
        named(
            "verbatim without a secret",
            "profile.rsa",
            "private_key_file = \"own.pem\"\nverbatim = true",
        ),
        named("a missing private key", "profile.rsa", r#"private_key_file = "none.pem""#),
        named("a missing secret", "profile.hmac", r#"secret_file = "none.secret""#),
        named("a folder", "profile.hmac", r#"secret_file = ".""#),
        named("100 MB", "profile.rsa", r#"private_key_file = "long""#),
        named("100 MB of secret", "profile.hmac", r#"secret_file = "long""#),
    ]
}

fn devices() -> Vec<Row> {
    vec![
        named("a device without an end", "profile.rsa", r#"private_key_file = "/dev/zero""#),
        named("a secret without an end", "profile.hmac", r#"secret_file = "/dev/zero""#),
        named("a pipe nobody writes into", "profile.rsa", r#"private_key_file = "pipe""#),
        named(
            "a pipe for the public key",
            "profile.rsa",
            "private_key_file = \"own.pem\"\npublic_key_file = \"pipe\"",
        ),
        named("a pipe for the secret", "profile.hmac", r#"secret_file = "pipe""#),
    ]
}

const VARIABLES: [(&str, &str); 4] = [
    ("CLAIMPROOF_TEST_EMPTY", ""),
    ("CLAIMPROOF_TEST_QUOTES", "\"hush-hush\""),
    ("CLAIMPROOF_TEST_LINE_END", "hush-hush\n"),
    ("CLAIMPROOF_TEST_LINE_ENDS", "hush-hush\n\n"),
];

/// How a run ends that only lists its cases: it reads every key first, at little cost.
fn listed(target: &str) -> Ran {
    static GOOD: LazyLock<u64> = LazyLock::new(|| {
        let (_folder, target) = crate::cli::common::file(&target_at("http://127.0.0.1:1"));
        measured(&["conform", "--target", path(&target), "--list"], &[]).peak
    });
    let try_it = || measured(&["conform", "--target", target, "--list"], &VARIABLES);
    let first = try_it();
    // On a busy machine a second try may be alone.
    let ended = if first.took > LONGEST { try_it() } else { first };
    assert!(ended.took <= LONGEST, "{target}: {:?}", ended.took);
    assert!(ended.peak <= *GOOD + MOST, "{target}: {} KiB", ended.peak / 1024);
    ended.ran
}

/// A folder with the files of a row and its target file.
fn laid_out(row: &Row) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in &row.files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    std::fs::File::create(folder.path().join("long")).unwrap().set_len(100 << 20).unwrap();
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap().success());
    let account = format!("\n[[account]]\nrole = \"{}\"\nid = \"a\"\n{}\n", row.role, row.keys);
    std::fs::write(folder.path().join("my.toml"), target_at("http://127.0.0.1:1") + &account)
        .unwrap();
    folder
}

/// A line of the table, with the folder left out.
fn told(row: &Row) -> String {
    let folder = laid_out(row);
    let ended = listed(path(&folder.path().join("my.toml")));
    assert!(
        !ended.stderr.contains("hush-hush") && !ended.stderr.contains('\u{1b}'),
        "{}: {}",
        row.name,
        ended.stderr
    );
    for (_, bytes) in &row.files {
        let lines = String::from_utf8_lossy(bytes).into_owned();
        let shown = |line: &&str| {
            line.len() > 20 && !line.starts_with("----") && ended.stderr.contains(*line)
        };
        assert_eq!(lines.lines().find(shown), None, "{} shows what it read", row.name);
    }
    let message = ended.stderr.replace(&format!("{}/", path(folder.path())), "");
    let message = if ended.code == Some(0) { "taken" } else { message.trim() };
    format!("{}: {}\n    {message}\n", row.name, ended.code.unwrap())
}

fn table(rows: &[Row]) -> String {
    rows.iter().map(told).collect()
}

#[test]
fn private_keys_are_taken_or_told_with_a_cure() {
    insta::assert_snapshot!(table(&private_keys()));
}

#[test]
fn public_keys_are_taken_or_told_with_a_cure() {
    insta::assert_snapshot!(table(&public_keys()));
}

#[test]
fn secrets_are_taken_or_told_with_a_cure() {
    insta::assert_snapshot!(table(&secrets()));
}

#[test]
fn what_does_not_fit_or_is_no_file_is_told_at_once() {
    insta::assert_snapshot!(table(&sources()));
}

#[test]
fn devices_and_silent_pipes_are_told_at_once() {
    insta::assert_snapshot!(table(&devices()));
}

/// The target file and the file of known failures are read alike.
#[test]
fn other_files_that_are_none_end_at_once() {
    let folder = laid_out(&named("", "profile.rsa", OWN));
    let file = |name: &str| path(&folder.path().join(name)).to_owned();
    for (name, part) in [
        ("pipe", "found a pipe that nobody writes into"),
        ("long", "found more than 1024 KiB"),
        (".", "found a folder"),
        ("/dev/zero", "found a device"),
        ("none.toml", "No such file"),
    ] {
        let target = if name.starts_with('/') { name.to_owned() } else { file(name) };
        listed(&target).ends(2).says(&[part, name]);
    }
    std::fs::write(file("wide.toml"), utf_16("name = 1\n", true, u16::to_le_bytes)).unwrap();
    listed(&file("wide.toml")).ends(2).says(&["wide.toml", "UTF-16"]);
}

/// As a shell hands over what another command prints.
#[test]
fn a_pipe_that_has_a_writer_is_read_to_its_end() {
    let (_folder, target) = crate::cli::common::file(&target_at("http://127.0.0.1:1"));
    let script = "\"$0\" conform --target <(sleep 0.2; cat \"$1\") --list";
    let listed = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_claimproof"), path(&target)])
        .output()
        .unwrap();
    assert!(listed.status.success(), "{listed:?}");
}

/// What stands behind the last colon of a message.
fn cure(target: &Path) -> String {
    listed(path(target)).ends(2).stderr.rsplit_once(": ").unwrap().1.trim().to_owned()
}

/// The commands of the messages are run as they stand.
#[test]
#[ignore = "needs ssh-keygen, openssl and iconv"]
fn the_cures_make_keys_that_are_taken() {
    for (name, bytes, made) in [
        ("OpenSSH", kept("openssh.pem"), "own.plain.pem"),
        ("DER", kept("pkcs8.der"), "own.plain.pem"),
        ("base64", kept("pem.base64"), "own.plain.pem"),
        ("UTF-16", utf_16(&pool("1.private.pem"), true, u16::to_le_bytes), "own.pem.utf8"),
    ] {
        let folder = laid_out(&private("", bytes));
        let target = folder.path().join("my.toml");
        assert!(
            Command::new("chmod")
                .arg("600")
                .arg(folder.path().join("own.pem"))
                .status()
                .unwrap()
                .success()
        );
        let command = cure(&target);
        let shell =
            Command::new("sh").args(["-c", &command]).current_dir(folder.path()).output().unwrap();
        assert!(shell.status.success(), "{name}: {command}: {shell:?}");
        let text = std::fs::read_to_string(&target).unwrap();
        std::fs::write(&target, text.replace("own.pem", made)).unwrap();
        listed(path(&target)).ends(0);
        println!("{name}: {command}");
    }
}
