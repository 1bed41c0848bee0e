//! Kinds of keys by their object identifiers.

use spki::ObjectIdentifier;

/// The key as people call it.
pub(super) fn named(algorithm: ObjectIdentifier) -> String {
    let name = match algorithm.to_string().as_str() {
        "1.2.840.113549.1.1.1" => "RSA",
        "1.2.840.113549.1.1.10" => "RSASSA-PSS alone",
        "1.2.840.10045.2.1" => "EC",
        "1.2.840.10040.4.1" => "DSA",
        "1.3.101.110" => "X25519",
        "1.3.101.112" => "Ed25519",
        "1.3.101.113" => "Ed448",
        other => return format!("the kind {other}"),
    };
    format!("the kind {name}")
}
