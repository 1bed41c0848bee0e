//! The text of a file, where it is one.

use super::fault::KeyFault;

/// The bytes as UTF-8.
pub(super) fn of<'b>(bytes: &'b [u8], expected: &'static str) -> Result<&'b str, KeyFault> {
    if let Some(encoding) = utf_16(bytes) {
        let cure =
            format!("write it as UTF-8: iconv -f {encoding} -t UTF-8 {{file}} > {{file.utf8}}");
        return Err(KeyFault::new(
            format!("text in {encoding}, as Windows PowerShell writes it"),
            expected,
            cure,
        ));
    }
    let cure = "save it as UTF-8, or name the file that holds the text";
    std::str::from_utf8(bytes)
        .map_err(|_| KeyFault::new("bytes that are no UTF-8 text", expected, cure))
}

/// The name of the encoding that two bytes a letter point to: by its mark, or by the zero beside each letter of ASCII.
fn utf_16(bytes: &[u8]) -> Option<&'static str> {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), bytes.len() / 2);
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
        [_, _, _, _, ..] if even == 0 && odd * 2 > half => Some("UTF-16LE"),
        [_, _, _, _, ..] if odd == 0 && even * 2 > half => Some("UTF-16BE"),
        _ => None,
    }
}

/// The form of binary key files, of which a first look tells as much as people need to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    /// PKCS#12, a store with a password (RFC 7292).
    Pkcs12,
    /// DER of a single key or certificate.
    Der,
    /// A key store of Java.
    Java,
}

impl Binary {
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xfe, 0xed, 0xfe, 0xed, ..] => Some(Self::Java),
            // A sequence whose length takes two bytes more, and its version.
            [0x30, 0x82, _, _, 0x02, 0x01, 0x03, ..] => Some(Self::Pkcs12),
            [0x30, 0x81 | 0x82, ..] => Some(Self::Der),
            _ => None,
        }
    }

    pub(super) const fn named(self) -> &'static str {
        match self {
            Self::Pkcs12 => "a PKCS#12 store, which is binary",
            Self::Der => "binary DER",
            Self::Java => "a key store of Java, which is binary",
        }
    }
}
