//! Files by their bytes and their size rather than by what they say.

use super::Kind;
use super::targets::{GOOD, LIST};

/// Made by a fixed rule, so that a failure can be looked at again.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let step = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(step).take(length).collect()
}

fn wide(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.then_some(0xfeff).into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn behind(more: impl Into<Vec<u8>>) -> Vec<u8> {
    [GOOD.as_bytes().to_vec(), more.into()].concat()
}

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    long(Kind::new(GOOD, LIST))
        .whole("UTF-16LE with a mark", wide(GOOD, true, u16::to_le_bytes), "UTF-16")
        .whole("UTF-16BE with a mark", wide(GOOD, true, u16::to_be_bytes), "UTF-16")
        .whole("UTF-16LE without a mark", wide(GOOD, false, u16::to_le_bytes), "line 1")
        .whole("Latin-1", behind(b"# M\xfcnchen\n".as_slice()), "line 14")
        .whole("half of a character at the end", behind(b"# \xe2\x82".as_slice()), "line 14")
        .whole("half of a surrogate pair", behind(b"# \xed\xa0\x80\n".as_slice()), "line 14")
        .whole("zeros", vec![0; 4096], "line 1")
        .whole("a zero in a text", GOOD.replacen("mine", "mi\0ne", 1), "line 1")
        .whole("an escape in a text", GOOD.replacen("mine", "mi\u{1b}[31mne", 1), "line 1")
        .whole("an escape in a comment", behind("# \u{1b}]0;x\u{7}\n"), "line 14")
        .whole("carriage returns alone", GOOD.replace('\n', "\r"), "line 1")
        .whole("a byte order mark in the middle", behind("\u{feff}[fields]\n"), "line 14")
        .whole("a key with an override of direction", behind("\"\u{202e}cba\" = 1\n"), "line 14")
        .whole("an override of direction as a role", GOOD.replacen("profile.hmac", "\u{202e}camh", 1), "line 11")
        .whole("a zip file", b"PK\x03\x04\x14\0\0\0\x08\0".as_slice(), "line 1")
        .whole("a gzip file", b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice(), "line 1")
        .whole("noise 1", noise(1, 64), "line 1")
        .whole("noise 2", noise(2, 256), "line 1")
        .whole("noise 3", noise(3, 1024), "line")
        .whole("noise 4", noise(4, 65_536), "line")
}

/// A file near its bound costs the reader what its tokens cost.
#[rustfmt::skip]
fn long(kind: Kind) -> Kind {
    kind
        .whole("longer than any", behind("#".repeat(2 << 20)), "KiB")
        .whole("a line of a million", behind(format!("x = \"{}\"\n", "y".repeat(1_000_000))), "line 14")
        .whole("a key of a million", behind(format!("{} = 1\n", "y".repeat(1_000_000))), "line 14")
        .whole("a role of a million", GOOD.replacen("profile.hmac", &"y".repeat(1_000_000), 1), "line 11")
        .whole("a list of half a million", behind(format!("x = [{}]\n", "1,".repeat(480_000))), "my.toml")
        .whole("a hundred thousand tables", behind("[[a]]\n".repeat(160_000)), "my.toml")
        .whole("a hundred thousand accounts", behind("[[account]]\nrole=\"x\"\nid=\"x\"\n".repeat(30_000)), "my.toml")
        .whole("lists in lists", behind(format!("x = {}", "[".repeat(400_000))), "my.toml")
        .whole("tables in tables", behind(format!("x = {}", "{a=".repeat(200_000))), "my.toml")
        .whole("a key of many parts", behind(format!("{} = 1\n", vec!["a"; 400_000].join("."))), "my.toml")
        .whole("a key of a hundred parts", behind(format!("{} = 1\n", vec!["a"; 100].join("."))), "line 14")
        .whole("a table of a hundred parts", behind(format!("[{}]\n", vec!["a"; 100].join("."))), "line 14")
        .whole("a pattern of a million", GOOD.replacen("status = [\"2xx\"]", &format!("body = \"{}\"", "(".repeat(900_000)), 1), "accept")
        .whole("blanks and letters", behind("a ".repeat(400_000)), "line 14")
}
