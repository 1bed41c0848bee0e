//! Partners, customer teams and their members.

mod conditions;

use serde::Serialize;

use crate::keys::{LONGER, PKCS1_4, forms};
use crate::{AnyDirectory, Player, Players, Roles, RsaPair, Seed, SigningKey, pool};

/// An Embedded partner.
#[derive(Clone, Debug, Serialize)]
pub struct Vendor {
    /// The vendor ID, first segment of `sub`.
    pub id: String,
    /// The public key on file, PEM.
    pub public_key: Option<String>,
    /// Where a server keeps the public key as another text: that text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_as: Option<String>,
    /// Whether the account has an admin user.
    pub has_admin: bool,
    /// Whether direct linking is switched on for the partner.
    pub link_enabled: bool,
}

/// A customer team, also called workspace or customer account.
#[derive(Clone, Debug, Serialize)]
pub struct Team {
    /// Second segment of `sub`: the numeric ID, or `E` and the external ID.
    pub id: String,
    /// The partner it belongs to.
    pub vendor: String,
    /// Whether it is the partner's own admin account.
    pub admin_account: bool,
    /// Whether it existed before the partner's set-up, which then does not reach it.
    pub older_than_setup: bool,
    /// Whether its e-mail is confirmed.
    pub confirmed: bool,
    /// Whether members must come through the SAML identity provider.
    pub saml_required: bool,
    /// The embedding origin set for this customer, where it differs from the partner's.
    pub origin: Option<String>,
}

/// A user.
#[derive(Clone, Debug, Serialize)]
pub struct Member {
    /// Third segment of `sub`.
    pub id: String,
    /// The team the user was created in; none for a user outside any customer team.
    pub team: Option<String>,
    /// Whether the user's e-mail is confirmed.
    pub confirmed: bool,
    /// Whether the user owns the admin account.
    pub owner: bool,
    /// Whether the user manages customers from within the admin account.
    pub manager: bool,
}

/// Everything the server knows.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Directory {
    /// Partners.
    pub vendors: Vec<Vendor>,
    /// Customer teams.
    pub teams: Vec<Team>,
    /// Users.
    pub members: Vec<Member>,
}

/// The embedding origin of every partner here that no customer overrides.
pub const DEFAULT_ORIGIN: &str = "https://partner.example";

pub(crate) const ROLES: Roles = Roles {
    fill,
    given: &[],
    is_further: |_| false,
    // The page that embeds direct links, for all teams and for the one that has its own.
    hosts: &["partner.example", "customer.example"],
    conditions: conditions::CONDITIONS,
};

fn fill(seed: Seed) -> (Players, AnyDirectory) {
    let mut players = Players::default();
    let mut directory = Directory::default();
    vendors(seed, &mut players, &mut directory);
    teams(seed, &mut players, &mut directory);
    members(seed, &mut players, &mut directory);
    (players, AnyDirectory::WorkatoDirectLink(directory))
}

fn vendors(seed: Seed, players: &mut Players, directory: &mut Directory) {
    let rows = [
        // role, key, on file, admin, enabled
        ("vendor.ok", 0, true, true, true),
        ("vendor.other", 1, true, true, true),
        ("vendor.no-key", 2, false, true, true),
        ("vendor.no-admin", 3, true, false, true),
        ("vendor.link-disabled", 4, true, true, false),
    ];
    for (role, place, on_file, has_admin, link_enabled) in rows {
        let pair = pool(seed, place);
        let id = seed.hex(role);
        players.cast(role, Player { id: id.clone(), key: Some(pair.into()) });
        let public_key = on_file.then(|| pair.public.to_owned());
        directory.vendors.push(Vendor { id, public_key, kept_as: None, has_admin, link_enabled });
    }
    for (role, pair, form) in others() {
        let (id, kept_as) = (seed.hex(&role), (form != pair.public).then(|| form.clone()));
        players.cast(&role, Player { id: id.clone(), key: Some(pair.configured(&form)) });
        let public_key = Some(pair.public.to_owned());
        directory.vendors.push(Vendor {
            id,
            public_key,
            kept_as,
            has_admin: true,
            link_enabled: true,
        });
    }
    let stranger: SigningKey = pool(seed, 0).into();
    players.cast("vendor.unknown", Player { id: seed.hex("vendor.unknown"), key: Some(stranger) });
    let foreign: SigningKey = pool(seed, 5).into();
    players.cast("key.foreign", Player { id: "key.foreign".to_owned(), key: Some(foreign) });
}

/// Partners whose key is longer, or kept as another text: role, pair, the text.
fn others() -> Vec<(String, RsaPair, String)> {
    let longer =
        LONGER.map(|(bits, pair)| (format!("vendor.rsa-{bits}"), pair, pair.public.to_owned()));
    let fourth = pool(Seed::PUBLIC, 3);
    let pkcs1 = ("pkcs1", PKCS1_4.to_owned());
    let kept = forms()
        .into_iter()
        .chain([pkcs1])
        .map(|(form, text)| (format!("vendor.{form}"), fourth, text));
    longer.into_iter().chain(kept).collect()
}

fn teams(seed: Seed, players: &mut Players, directory: &mut Directory) {
    let good = |vendor: &str, id: String| Team {
        id,
        vendor: seed.hex(vendor),
        admin_account: false,
        older_than_setup: false,
        confirmed: true,
        saml_required: false,
        origin: None,
    };
    let number = |role: &str| seed.number(role);
    let rows = [
        ("team.ok", good("vendor.ok", number("team.ok"))),
        ("team.second", good("vendor.ok", number("team.second"))),
        ("team.external", good("vendor.ok", format!("E{}%3A1", seed.word("team.external")))),
        (
            "team.letters",
            good("vendor.ok", format!("EM%C3%BCnchen%20{}", seed.word("team.letters"))),
        ),
        ("team.of-other", good("vendor.other", number("team.of-other"))),
        ("team.of-no-key", good("vendor.no-key", number("team.of-no-key"))),
        ("team.of-no-admin", good("vendor.no-admin", number("team.of-no-admin"))),
        ("team.of-link-disabled", good("vendor.link-disabled", number("team.of-link-disabled"))),
        ("team.admin", Team { admin_account: true, ..good("vendor.ok", number("team.admin")) }),
        ("team.old", Team { older_than_setup: true, ..good("vendor.ok", number("team.old")) }),
        (
            "team.unconfirmed",
            Team { confirmed: false, ..good("vendor.ok", number("team.unconfirmed")) },
        ),
        ("team.saml", Team { saml_required: true, ..good("vendor.ok", number("team.saml")) }),
    ];
    for (role, team) in rows {
        players.cast(role, Player { id: team.id.clone(), key: None });
        directory.teams.push(team);
    }
    for (vendor, ..) in others() {
        let (role, id) = (vendor.replacen("vendor.", "team.of-", 1), seed.number(&vendor));
        players.cast(&role, Player { id: id.clone(), key: None });
        directory.teams.push(good(&vendor, id));
    }
    players.cast("team.unknown", Player { id: number("team.unknown"), key: None });
}

fn members(seed: Seed, players: &mut Players, directory: &mut Directory) {
    let home = |team: &str| players.get(team).map(|player| player.id.clone());
    let good = |role: &str, team: Option<String>| Member {
        id: seed.number(role),
        team,
        confirmed: true,
        owner: false,
        manager: false,
    };
    let rows = [
        ("member.ok", good("member.ok", home("team.ok"))),
        (
            "member.unconfirmed",
            Member { confirmed: false, ..good("member.unconfirmed", home("team.ok")) },
        ),
        ("member.foreign", good("member.foreign", home("team.second"))),
        ("member.teamless", good("member.teamless", None)),
        ("member.of-no-admin", good("member.of-no-admin", home("team.of-no-admin"))),
        ("member.of-link-disabled", good("member.of-link-disabled", home("team.of-link-disabled"))),
        ("member.of-no-key", good("member.of-no-key", home("team.of-no-key"))),
        ("member.of-admin", good("member.of-admin", home("team.admin"))),
        ("member.of-old", good("member.of-old", home("team.old"))),
        ("member.of-unconfirmed", good("member.of-unconfirmed", home("team.unconfirmed"))),
        ("member.of-saml", good("member.of-saml", home("team.saml"))),
        ("member.owner", Member { owner: true, ..good("member.owner", home("team.ok")) }),
        ("member.manager", Member { manager: true, ..good("member.manager", home("team.ok")) }),
    ];
    for (role, member) in rows {
        players.cast(role, Player { id: member.id.clone(), key: None });
        directory.members.push(member);
    }
    players.cast("member.unknown", Player { id: seed.number("member.unknown"), key: None });
}
