//! Certificates (RFC 5280 section 4.1) with and without each field that may be left out, and broken
//! ones.

use claimproof_token::{Key, KeyError};
use pkcs1::der::pem::{LineEnding, decode_vec, encode_string};
use rstest::rstest;

use super::keys::{A_SPKI, EC, FROZEN};

const SEQUENCE: u8 = 0x30;
const NULL: &[u8] = &[5, 0];
const SERIAL: &[u8] = &[2, 1, 1];
/// sha256WithRSAEncryption.
const RS256: &[u8] = &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11];
const VERSION_3: &[u8] = &[0xa0, 3, 2, 1, 2];
const SIGNATURE: &[u8] = &[3, 2, 0, 1];

fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    let length = match content.len() {
        short @ 0..0x80 => vec![u8::try_from(short).unwrap()],
        0x80..0x100 => vec![0x81, length[1]],
        _ => vec![0x82, length[0], length[1]],
    };
    [vec![tag], length, content].concat()
}

fn algorithm() -> Vec<u8> {
    der(SEQUENCE, &[RS256, NULL])
}

/// From the serial number to the key.
fn usual(spki: &str) -> Vec<u8> {
    let (_, key) = decode_vec(spki.as_bytes()).unwrap();
    let empty = der(SEQUENCE, &[]);
    [SERIAL, &algorithm(), &empty, &empty, &empty, &key].concat()
}

fn whole(to_be_signed: &[&[u8]]) -> Vec<u8> {
    der(SEQUENCE, &[&der(SEQUENCE, to_be_signed), &algorithm(), SIGNATURE])
}

fn read(certificate: &[u8]) -> Result<Key, KeyError> {
    Key::rsa(&encode_string("CERTIFICATE", LineEnding::LF, certificate).unwrap())
}

#[rstest]
#[case::version_1(usual(A_SPKI))]
#[case::version_3([VERSION_3, &usual(A_SPKI)].concat())]
#[case::unique_identifiers_and_extensions(
    [VERSION_3, &usual(A_SPKI), &[0x81, 2, 0, 1, 0x82, 2, 0, 1, 0xa3, 2, 0x30, 0]].concat()
)]
fn the_key_is_found_in_every_version(#[case] to_be_signed: Vec<u8>) {
    let key = read(&whole(&[&to_be_signed])).unwrap();
    assert!(super::make::token_holds(&key, FROZEN.trim()));
}

#[rstest]
#[case::no_serial(whole(&[&usual(A_SPKI)[SERIAL.len()..]]))]
#[case::version_without_serial(whole(&[VERSION_3, &usual(A_SPKI)[SERIAL.len()..]]))]
#[case::no_signature(der(SEQUENCE, &[&der(SEQUENCE, &[&usual(A_SPKI)]), &algorithm()]))]
#[case::signature_of_another_kind(der(SEQUENCE, &[&der(SEQUENCE, &[&usual(A_SPKI)]), &algorithm(), NULL]))]
#[case::a_fourth_field(der(SEQUENCE, &[&der(SEQUENCE, &[&usual(A_SPKI)]), &algorithm(), SIGNATURE, NULL]))]
#[case::bytes_behind([whole(&[&usual(A_SPKI)]), NULL.to_vec()].concat())]
#[case::cut_short(whole(&[&usual(A_SPKI)])[..200].to_vec())]
#[case::an_extension_that_is_longer(whole(&[VERSION_3, &usual(A_SPKI), &[0xa3, 9, 0x30, 0]]))]
#[case::a_key_alone(decode_vec(A_SPKI.as_bytes()).unwrap().1)]
fn what_is_no_certificate_is_told(#[case] certificate: Vec<u8>) {
    let error = read(&certificate).map(drop).unwrap_err();
    assert!(matches!(error, KeyError::NotDer { what: "certificate", .. }), "{error:?}");
}

#[test]
fn a_certificate_of_another_kind_of_key_is_told() {
    let error = read(&whole(&[VERSION_3, &usual(EC)])).map(drop).unwrap_err();
    assert_eq!(error, KeyError::NotRsa { found: "1.2.840.10045.2.1".into() });
}
