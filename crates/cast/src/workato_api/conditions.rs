//! What must be true of the roles of the API platform.

use crate::conditions::{Condition, GRADED, Probe, UNKNOWN, row};

const ONE_CODE: Probe = Probe::Not(
    "its plain token is the control of its cases; one code for all refusals does not say why",
);

/// The conditions, by role; the first that fits counts.
pub(super) const CONDITIONS: &[Condition] = &[
    row("profile.hmac", "is an active access profile with an HMAC secret", ONE_CODE),
    row("profile.other", "is another one, with another secret", ONE_CODE),
    row("profile.disabled", "is one that is switched off", GRADED),
    row(
        "profile.base64",
        "is an active one whose secret is written in base64 and meant as that text",
        ONE_CODE,
    ),
    row("profile.short", "is an active one with a secret of a few letters", ONE_CODE),
    row("profile.long", "is an active one with a secret of more than 64 bytes", ONE_CODE),
    row(
        "profile.letters",
        "is an active one with a secret that has letters outside ASCII",
        ONE_CODE,
    ),
    row("profile.rsa", "is an active one with the public half of its key as SPKI", ONE_CODE),
    row("profile.certificate", "is an active one with a certificate of its key", ONE_CODE),
    row("profile.rsa-*", "is an active one whose key has as many bits", ONE_CODE),
    row("profile.unknown", "does not exist", UNKNOWN),
    row(
        "profile.*",
        "is an active one with the key in the form that its public_key_file has",
        ONE_CODE,
    ),
    row("key.foreign", "is an RSA pair registered nowhere", UNKNOWN),
    row("secret.foreign", "is a secret registered nowhere", UNKNOWN),
];
