//! What must be true of the roles of connected apps.

use crate::conditions::{CONTROL, Condition, GRADED, Probe, UNKNOWN, row};

/// The conditions, by role; the first that fits counts.
pub(super) const CONDITIONS: &[Condition] = &[
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
