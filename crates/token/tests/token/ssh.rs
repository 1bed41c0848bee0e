//! The conversion of OpenSSH lines, against a committed answer of ssh-keygen and the tool itself.

use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use claimproof_token::{Key, KeyError, ssh};
use rstest::rstest;

use super::keys::{A_PRIVATE, A_SPKI, A_SSH, ED25519_SSH};

const CONVERTED: &str = include_str!("keys/a.ssh-keygen.pem");

#[rstest]
#[case::as_written(A_SSH.to_owned())]
#[case::white_space_around(format!("  {A_SSH}\r\n\n"))]
#[case::no_comment(A_SSH.split(' ').take(2).collect::<Vec<_>>().join(" "))]
fn a_line_becomes_what_ssh_keygen_prints(#[case] line: String) {
    let pem = ssh::to_pem(&line).unwrap();
    assert_eq!(pem, CONVERTED);
    assert!(Key::rsa(&pem).is_ok());
}

#[rstest]
#[case::empty("", KeyError::Empty)]
#[case::private(A_PRIVATE, KeyError::Private)]
#[case::ed25519(ED25519_SSH, KeyError::NotRsa { found: "ssh-ed25519".into() })]
fn other_keys_are_refused(#[case] line: &str, #[case] expected: KeyError) {
    assert_eq!(ssh::to_pem(line), Err(expected));
}

#[rstest]
#[case::pem(A_SPKI.to_owned())]
#[case::name_alone("ssh-rsa".to_owned())]
#[case::cut_short(A_SSH[..60].to_owned())]
#[case::renamed(A_SSH.replace("ssh-rsa", "ssh-ed25519"))]
#[case::broken_base64(A_SSH.replacen("AAAA", "A*AA", 1))]
#[case::bytes_behind(altered(|key| key.push(0)))]
#[case::exponent_with_zeros_before_it(altered(|key| drop(key.splice(11..15, [0, 0, 0, 4, 0]))))]
#[case::negative_exponent(altered(|key| key[15] = 0x81))]
#[case::another_kind_inside(altered(|key| key[4] = b'S'))]
#[case::no_kind_inside(altered(|key| key.truncate(3)))]
#[case::two_lines(format!("{A_SSH}{A_SSH}"))]
fn what_is_no_line_is_refused(#[case] line: String) {
    assert!(matches!(ssh::to_pem(&line), Err(KeyError::NotSsh { .. })), "{:?}", ssh::to_pem(&line));
}

/// The line with other bytes: eleven of the kind, seven of the exponent, and the modulus.
fn altered(change: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut key = STANDARD.decode(A_SSH.split(' ').nth(1).unwrap()).unwrap();
    assert_eq!(key[11..18], [0, 0, 0, 3, 1, 0, 1]);
    change(&mut key);
    format!("ssh-rsa {}", STANDARD.encode(key))
}

#[test]
#[ignore = "needs ssh-keygen: .ci/parts/ssh-keygen"]
fn a_fresh_key_converts_as_by_ssh_keygen() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("fresh-ssh-key");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for bits in ["2048", "3072"] {
        let file = folder.join(bits);
        let file = file.to_str().unwrap();
        let generate =
            ["-q", "-t", "rsa", "-b", bits, "-N", "", "-C", "fresh test key", "-f", file];
        keygen(&generate);
        let public = format!("{file}.pub");
        let printed = keygen(&["-f", &public, "-e", "-m", "pkcs8"]);
        let line = std::fs::read_to_string(&public).unwrap();
        assert_eq!(ssh::to_pem(&line).unwrap(), printed);
    }
}

fn keygen(arguments: &[&str]) -> String {
    let output = Command::new("ssh-keygen").args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
