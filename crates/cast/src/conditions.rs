//! What must be true of who plays a role, and how a run sees that before it grades.

use claimproof_catalog::Profile;

/// What must be true of a role.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// The role, or several where it ends in `*`.
    pub role: &'static str,
    /// What must be true, as a sentence goes on behind "it".
    pub must: &'static str,
    /// How that is seen before grading.
    pub probe: Probe,
}

/// How a condition is seen before grading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// By a token that names this role in its place, the two being alike: where that one is accepted and this one is
    /// refused with a code that speaks of accounts, it is the account that differs.
    Like(&'static str),
    /// A secret is added to the app and taken away again, by the management methods of the target file.
    Secret,
    /// It is not probed: why.
    Not(&'static str),
}

const fn row(role: &'static str, must: &'static str, probe: Probe) -> Condition {
    Condition { role, must, probe }
}

const GRADED: Probe =
    Probe::Not("its token must be refused, and whether it is, is what its cases grade");
const CONTROL: Probe = Probe::Not(
    "its plain token is the control of its cases; a server may refuse what sets it apart",
);
const UNKNOWN: Probe = Probe::Not("the suite makes it up where the target file does not say");
const ONE_CODE: Probe = Probe::Not(
    "its plain token is the control of its cases; one code for all refusals does not say why",
);

const LINK: &[Condition] = &[
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

const API: &[Condition] = &[
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

const TABLEAU: &[Condition] = &[
    row(
        "site.ok",
        "lets its content be embedded everywhere; the apps and users here are there",
        CONTROL,
    ),
    row(
        "site.licensed",
        "is like `site.ok`, on Tableau Cloud, with the usage-based license",
        CONTROL,
    ),
    row("site.server", "is like `site.ok`, and not on Tableau Cloud", CONTROL),
    row(
        "site.listed",
        "lists https://portal.example alone, or the host that [hosts] has in its place",
        Probe::Like("site.managed"),
    ),
    row("site.bare", "lists the bare host portal.example alone", CONTROL),
    row("site.empty", "lists nothing, and does not let its content be embedded everywhere", GRADED),
    row(
        "site.managed",
        "lists https://portal.example alone; the suite changes its list and sets it back",
        Probe::Like("site.listed"),
    ),
    row("site.default", "is the default site, whose name in URLs is empty", CONTROL),
    row("site.other", "is a site on which `app.ok` is not", GRADED),
    row(
        "app.ok",
        "is enabled on every site here but `site.other`, with the secrets `secret.ok` and `secret.second`",
        CONTROL,
    ),
    row("app.another", "is enabled there too, with the secret `secret.of-another`", CONTROL),
    row(
        "app.managed",
        "is enabled there too, with one secret, `secret.of-managed`; the suite adds a second and switches the app off and on",
        Probe::Secret,
    ),
    row("app.disabled", "is there, switched off, with the secret `secret.of-disabled`", GRADED),
    row(
        "app.elsewhere",
        "is enabled on `site.other` alone, with the secret `secret.of-elsewhere`",
        GRADED,
    ),
    row("app.unknown", "does not exist", UNKNOWN),
    row("secret.unknown", "does not exist", UNKNOWN),
    row("secret.made", "is made by the suite", UNKNOWN),
    row("secret.*", "is a secret of the app of that name, by its ID and value", CONTROL),
    row(
        "user.ok",
        "may sign in on every site here, and administers them where management methods are named and nobody plays `management`",
        Probe::Secret,
    ),
    row("user.second", "may sign in on every site here", Probe::Like("user.ok")),
    row("user.letters", "may sign in, and its name has letters outside ASCII", CONTROL),
    row("user.barred", "exists and may not sign in", GRADED),
    row("user.unknown", "does not exist", UNKNOWN),
    row(
        "management",
        "administers the sites: its secret is the session of every management call; without one, its id signs in",
        Probe::Secret,
    ),
    row("key.foreign", "is an RSA pair registered nowhere", UNKNOWN),
];

const FIRST_EXCHANGE: Probe =
    Probe::Not("the acceptance proof exchanges with it: refused there, no case is graded");

const CONNECT: &[Condition] = &[
    row("admin", "is an administrator with this API key", FIRST_EXCHANGE),
    row(
        "publisher",
        "is a publisher with this API key, who owns `content.1` and so on",
        FIRST_EXCHANGE,
    ),
    row("publisher.other", "is another publisher, who owns `content.other`", GRADED),
    row("publisher.unknown", "does not exist", UNKNOWN),
    row("viewer.a", "is a viewer who may see every content here", FIRST_EXCHANGE),
    row(
        "viewer.b",
        "is another one",
        Probe::Not("its login is a step of the cases that need two viewers"),
    ),
    row(
        "viewer.*",
        "is the identifier of the viewer of that name",
        Probe::Not("it only tells sessions apart"),
    ),
    row("content.other", "is a content of `publisher.other`", GRADED),
    row(
        "content.*",
        "is a content of `publisher` with no integration; a case borrows two",
        FIRST_EXCHANGE,
    ),
    row(
        "subject.good",
        "is a subject token of a viewer with a session, for a content with an integration",
        FIRST_EXCHANGE,
    ),
    row("subject.*", "is a subject token of the state that its name says", GRADED),
];

/// The conditions of a profile. The first whose role fits counts.
pub const fn conditions(profile: Profile) -> &'static [Condition] {
    match profile {
        Profile::WorkatoDirectLink => LINK,
        Profile::WorkatoApi => API,
        Profile::TableauConnectedApp => TABLEAU,
        Profile::PositConnect => CONNECT,
    }
}

/// The condition of one role.
pub fn condition(profile: Profile, role: &str) -> Option<&'static Condition> {
    let fits = |one: &&Condition| match one.role.strip_suffix('*') {
        Some(begin) => role.starts_with(begin),
        None => role == one.role,
    };
    conditions(profile).iter().find(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roles;

    #[test]
    fn every_role_has_a_condition_and_every_condition_a_role() {
        for profile in Profile::ALL {
            let roles = roles(profile);
            for role in &roles {
                assert!(condition(profile, role).is_some(), "{profile}: {role}");
            }
            for row in conditions(profile) {
                let own = |role: &&String| {
                    condition(profile, role).is_some_and(|one| one.role == row.role)
                };
                assert!(
                    row.role == "secret.made" || roles.iter().any(|role| own(&role)),
                    "{profile}: {}",
                    row.role
                );
            }
        }
    }
}
