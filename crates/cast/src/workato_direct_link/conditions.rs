//! What must be true of the roles of direct linking.

use crate::conditions::{CONTROL, Condition, GRADED, UNKNOWN, row};

/// The conditions, by role; the first that fits counts.
pub(super) const CONDITIONS: &[Condition] = &[
    row(
        "vendor.ok",
        "has an admin user, direct linking, and the public half of its key registered",
        CONTROL,
    ),
    row("vendor.other", "is like `vendor.ok`, with another key", CONTROL),
    row("vendor.no-key", "has no public key registered, and is right otherwise", GRADED),
    row("vendor.no-admin", "has no admin user, and is right otherwise", GRADED),
    row("vendor.link-disabled", "has direct linking switched off, and is right otherwise", GRADED),
    row("vendor.unknown", "does not exist", UNKNOWN),
    row("vendor.*", "has the key registered in the form that its public_key_file has", CONTROL),
    row("team.ok", "is a confirmed customer team of `vendor.ok`, without SAML", CONTROL),
    row("team.second", "is another such team", CONTROL),
    row(
        "team.external",
        "is such a team, named by E and its external id as it stands in a token, percent-encoded",
        CONTROL,
    ),
    row("team.letters", "is such a team, whose external id has letters outside ASCII", CONTROL),
    row("team.admin", "is the admin account of `vendor.ok`", GRADED),
    row("team.old", "is older than the set-up of `vendor.ok`", GRADED),
    row("team.unconfirmed", "waits for the confirmation of its e-mail", GRADED),
    row("team.saml", "demands sign-in by SAML", GRADED),
    row("team.unknown", "does not exist", UNKNOWN),
    row("team.of-no-key", "is a confirmed team of `vendor.no-key`", GRADED),
    row("team.of-no-admin", "is a confirmed team of `vendor.no-admin`", GRADED),
    row("team.of-link-disabled", "is a confirmed team of `vendor.link-disabled`", GRADED),
    row("team.of-*", "is a confirmed team of the vendor of that name", CONTROL),
    row("member.ok", "is a confirmed user of `team.ok`", CONTROL),
    row("member.unconfirmed", "is a user of `team.ok` that waits for confirmation", GRADED),
    row("member.foreign", "is a confirmed user of `team.second` alone", GRADED),
    row("member.teamless", "is a user of no team", GRADED),
    row("member.owner", "owns the admin account of `vendor.ok`", GRADED),
    row("member.manager", "manages customers from within the admin account of `vendor.ok`", GRADED),
    row("member.unknown", "does not exist", UNKNOWN),
    row("member.of-*", "is a confirmed user of the team of that name", GRADED),
    row("key.foreign", "is an RSA pair registered nowhere", UNKNOWN),
];
