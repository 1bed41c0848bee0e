//! Sites, connected apps with their secrets, and users.

mod conditions;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::{
    AnyDirectory, MADE_SECRET, MANAGEMENT, Player, Players, Roles, Seed, SigningKey, pool,
};

/// A site.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// The name in URLs, `contentUrl` on REST and `siteName` in embedding requests.
    pub content_url: String,
    /// The identifier REST answers carry.
    pub luid: String,
    /// Whether it is a Tableau Cloud site; on-demand access exists only there.
    pub cloud: bool,
    /// Whether it has the usage-based licence that on-demand access needs.
    pub usage_based: bool,
    /// Whether content may be embedded anywhere.
    pub unrestricted_embedding: bool,
    /// Where it may be embedded otherwise.
    pub allow_list: Vec<String>,
}

/// One of an app's secrets.
#[derive(Clone, Debug, Serialize)]
pub struct AppSecret {
    /// The secret ID, `kid` in tokens.
    pub id: String,
    /// The secret value; its text is the HMAC key.
    pub value: String,
}

/// A connected app.
#[derive(Clone, Debug, Serialize)]
pub struct App {
    /// The client ID, `iss` in tokens.
    pub client_id: String,
    /// Its name in the settings.
    pub name: String,
    /// The sites it exists on, by content URL.
    pub sites: Vec<String>,
    /// Whether it is enabled.
    pub enabled: bool,
    /// Its secrets, at most two.
    pub secrets: Vec<AppSecret>,
}

/// A user.
#[derive(Clone, Debug, Serialize)]
pub struct User {
    /// The user name; on Cloud the e-mail address.
    pub name: String,
    /// The identifier REST answers carry.
    pub luid: String,
    /// Whether the user may sign in.
    pub may_sign_in: bool,
}

/// Everything the server knows.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Directory {
    /// Sites.
    pub sites: Vec<Site>,
    /// Connected apps.
    pub apps: Vec<App>,
    /// Users.
    pub users: Vec<User>,
}

/// The page that embeds content and stands in every allowlist with a URL here.
pub const LISTED_ORIGIN: &str = "https://portal.example";

pub(crate) const ROLES: Roles = Roles {
    fill,
    given: &[MANAGEMENT],
    is_further: |_| false,
    // The page that sites list.
    hosts: &["portal.example"],
    conditions: conditions::CONDITIONS,
};

fn fill(seed: Seed) -> (Players, AnyDirectory) {
    let mut players = Players::default();
    let mut directory = Directory::default();
    sites(seed, &mut players, &mut directory);
    apps(seed, &mut players, &mut directory);
    users(seed, &mut players, &mut directory);
    (players, AnyDirectory::TableauConnectedApp(directory))
}

fn sites(seed: Seed, players: &mut Players, directory: &mut Directory) {
    let none: &[&str] = &[];
    let rows = [
        // role, Cloud, usage-based, unrestricted, allowlist
        ("site.ok", true, false, true, none),
        ("site.licensed", true, true, true, none),
        ("site.server", false, false, true, none),
        ("site.listed", true, false, false, &[LISTED_ORIGIN]),
        ("site.bare", true, false, false, &["portal.example"]),
        ("site.empty", true, false, false, none),
        ("site.managed", true, false, false, &[LISTED_ORIGIN]),
    ];
    for (role, cloud, usage_based, unrestricted_embedding, list) in rows {
        let content_url = seed.word(role);
        let luid = seed.uuid(role);
        let allow_list = list.iter().map(|&entry| entry.to_owned()).collect();
        players.cast(role, Player { id: content_url.clone(), key: None });
        directory.sites.push(Site {
            content_url,
            luid,
            cloud,
            usage_based,
            unrestricted_embedding,
            allow_list,
        });
    }
    // The default site has no name in URLs and is asked for by the empty one.
    players.cast("site.default", Player { id: String::new(), key: None });
    directory.sites.push(Site {
        content_url: String::new(),
        luid: seed.uuid("site.default"),
        cloud: false,
        usage_based: false,
        unrestricted_embedding: true,
        allow_list: Vec::new(),
    });
    players.cast("site.other", Player { id: seed.word("site.other"), key: None });
}

fn apps(seed: Seed, players: &mut Players, directory: &mut Directory) {
    let here: Vec<String> = directory.sites.iter().map(|site| site.content_url.clone()).collect();
    let elsewhere = vec![seed.word("site.other")];
    let rows: [(&str, &Vec<String>, bool, &[&str]); 5] = [
        ("app.ok", &here, true, &["secret.ok", "secret.second"]),
        ("app.another", &here, true, &["secret.of-another"]),
        ("app.managed", &here, true, &["secret.of-managed"]),
        ("app.disabled", &here, false, &["secret.of-disabled"]),
        ("app.elsewhere", &elsewhere, true, &["secret.of-elsewhere"]),
    ];
    for (role, sites, enabled, secrets) in rows {
        let client_id = seed.uuid(role);
        let secrets = secrets.iter().map(|role| secret(seed, role, players)).collect();
        players.cast(role, Player { id: client_id.clone(), key: None });
        directory.apps.push(App {
            client_id,
            name: role.to_owned(),
            sites: sites.clone(),
            enabled,
            secrets,
        });
    }
    players.cast("app.unknown", Player { id: seed.uuid("app.unknown"), key: None });
    secret(seed, "secret.unknown", players);
    secret(seed, MADE_SECRET, players);
}

/// Gives the role a secret: an ID and a value of 44 characters, as the settings page shows it.
fn secret(seed: Seed, role: &str, players: &mut Players) -> AppSecret {
    let id = seed.uuid(role);
    let value = STANDARD.encode(&seed.secret(role)[..32]);
    players
        .cast(role, Player { id: id.clone(), key: Some(SigningKey::Secret(value.clone().into())) });
    AppSecret { id, value }
}

fn users(seed: Seed, players: &mut Players, directory: &mut Directory) {
    for (role, may_sign_in) in
        [("user.ok", true), ("user.second", true), ("user.letters", true), ("user.barred", false)]
    {
        let letters = if role == "user.letters" { "jürgen-жанна-東京-" } else { "" };
        let name = format!("{letters}{}@example.com", seed.word(role));
        let luid = seed.uuid(role);
        players.cast(role, Player { id: name.clone(), key: None });
        directory.users.push(User { name, luid, may_sign_in });
    }
    let nobody = format!("{}@example.com", seed.word("user.unknown"));
    players.cast("user.unknown", Player { id: nobody, key: None });
    let foreign: SigningKey = pool(Seed::PUBLIC, 5).into();
    players.cast("key.foreign", Player { id: "key.foreign".to_owned(), key: Some(foreign) });
}
