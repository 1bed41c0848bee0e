//! What may stand in braces in a request of a target file, where, and what it stands for.

use claimproof_catalog::Profile;

use super::check::nearest;
use super::template::names;
use super::{Method, Target};

/// One placeholder.
#[derive(Clone, Copy, Debug)]
pub struct Placeholder {
    /// Its name, as it stands in braces.
    pub name: &'static str,
    /// The system; none where it is the same in all.
    pub profile: Option<Profile>,
    /// The requests that may hold it: `surface`, `clock`, or names of management methods; `*` is any.
    pub at: &'static [&'static str],
    /// What it stands for.
    pub meaning: &'static str,
}

const fn row(
    profile: Option<Profile>,
    at: &'static [&'static str],
    name: &'static str,
    meaning: &'static str,
) -> Placeholder {
    Placeholder { name, profile, at, meaning }
}

const LINK: Option<Profile> = Some(Profile::WorkatoDirectLink);
const API: Option<Profile> = Some(Profile::WorkatoApi);
const TABLEAU: Option<Profile> = Some(Profile::TableauConnectedApp);
const CONNECT: Option<Profile> = Some(Profile::PositConnect);
const SURFACE: &[&str] = &["surface"];
const INTEGRATION: &[&str] = &["integration-create", "integration-update"];
const OF_CONTENT: &[&str] =
    &["associate", "dissociate", "associations", "visit", "visit-solo", "dashboard"];

/// All of them.
pub const PLACEHOLDERS: [Placeholder; 32] = [
    row(None, &["clock"], "now", "the time, in seconds since 1970"),
    row(None, &["clock"], "now_rfc3339", "the time, as a date and time of UTC"),
    row(None, &["store"], "state", "`up` or `down`: what the replay store is to be"),
    row(LINK, SURFACE, "token", "the token"),
    row(
        LINK,
        SURFACE,
        "path",
        "the page the link leads to: `path` under [fields], or what a case makes of it",
    ),
    row(LINK, &["origin"], "team", "the id of the team"),
    row(LINK, &["origin"], "origin", "the origin that may frame its pages"),
    row(API, SURFACE, "token", "the token"),
    row(
        API,
        SURFACE,
        "scheme",
        "the authentication scheme: `scheme` under [fields], or what a case makes of it",
    ),
    row(TABLEAU, SURFACE, "token", "the token"),
    row(TABLEAU, SURFACE, "site", "the site's name in URLs; nothing for the default site"),
    row(TABLEAU, &["create-secret", "delete-secret", "enable-app"], "app", "the app's client ID"),
    row(TABLEAU, &["delete-secret", "enable-app"], "made", "the id that `made` read last"),
    row(TABLEAU, &["create-app", "embedding"], "list", "the domains, as one text"),
    row(TABLEAU, &["enable-app"], "enabled", "`true` or `false`"),
    row(TABLEAU, &["embedding"], "site", "the site's name in URLs"),
    row(TABLEAU, &["embedding"], "unrestricted", "`true` or `false`"),
    row(CONNECT, &["*"], "admin_key", "the API key of `admin`"),
    row(CONNECT, &["*"], "publisher_key", "the API key of `publisher`, or of whom a case has call"),
    row(CONNECT, &["*"], "integration", "the identifier that `made` of integration-create read"),
    row(
        CONNECT,
        SURFACE,
        "scheme",
        "the authentication scheme: `scheme` under [fields], or what a case makes of it",
    ),
    row(CONNECT, SURFACE, "subject_token", "the subject token that is exchanged"),
    row(CONNECT, INTEGRATION, "name", "the integration's name"),
    row(
        CONNECT,
        INTEGRATION,
        "authorization_uri",
        "where the suite's provider is asked for authorization",
    ),
    row(CONNECT, INTEGRATION, "token_uri", "where it is asked for tokens"),
    row(CONNECT, INTEGRATION, "client_id", "the client ID at it"),
    row(CONNECT, INTEGRATION, "client_secret", "the client's secret"),
    row(CONNECT, INTEGRATION, "scopes", "the scopes, separated by blanks"),
    row(CONNECT, INTEGRATION, "auth_method", "`client_secret_basic` or `client_secret_post`"),
    row(CONNECT, INTEGRATION, "pkce", "`true` or `false`"),
    row(CONNECT, OF_CONTENT, "content", "the identifier of the content"),
    row(CONNECT, &["session-delete"], "session", "the identifier of the session"),
];

/// Those of a viewer's login, whose requests follow each other.
pub const OF_A_LOGIN: [Placeholder; 2] = [
    row(CONNECT, &["viewer-login"], "user", "the viewer's name"),
    row(CONNECT, &["viewer-login"], "password", "the viewer's secret, where there is one"),
];

impl Placeholder {
    fn is_known(&self, profile: Profile, at: &str) -> bool {
        self.profile.is_none_or(|own| own == profile)
            && self.at.iter().any(|one| *one == "*" || *one == at)
    }
}

impl Target {
    /// Whether something stands for each placeholder; what none stands for is left out of a request, which would
    /// look as if the target refused it.
    pub(super) fn check_placeholders(&self) -> Result<(), String> {
        for surface in &self.surfaces {
            self.stands("surface", &[], &surface.request)
                .map_err(|what| format!("surface `{}`: {what}", surface.name))?;
        }
        for (name, method) in &self.manage {
            self.in_order(name, &mut Vec::new(), method)
                .map_err(|what| format!("manage.{name}: {what}"))?;
        }
        let clock = self.clock.iter().flat_map(|clock| [&clock.set, &clock.back]).flatten();
        clock.into_iter().try_for_each(|method| {
            self.stands("clock", &[], method).map_err(|what| format!("clock: {what}"))
        })
    }

    /// What a request reads stands for something in those behind it.
    fn in_order(&self, at: &str, read: &mut Vec<String>, method: &Method) -> Result<(), String> {
        self.stands(at, read, method)?;
        read.extend(method.read.keys().cloned());
        method.then.iter().try_for_each(|next| self.in_order(at, read, next))
    }

    fn stands(&self, at: &str, read: &[String], method: &Method) -> Result<(), String> {
        let documented =
            PLACEHOLDERS.iter().chain(&OF_A_LOGIN).filter(|one| one.is_known(self.profile, at));
        let mut known: Vec<&str> = documented.map(|one| one.name).collect();
        known.extend(self.fields.keys().map(String::as_str));
        known.extend(read.iter().map(String::as_str));
        if let Some(session) = self.session.as_ref().filter(|_| at != "surface") {
            known.push("session");
            let fields = session.sites.values().flat_map(|fields| fields.keys());
            known.extend(session.fields.keys().chain(fields).map(String::as_str));
            // A fixed session signs in nowhere, so nothing is read.
            known.extend(
                session.read.keys().filter(|_| !self.has_fixed_session()).map(String::as_str),
            );
        }
        match names(method).into_iter().find(|name| !known.contains(&name.as_str())) {
            Some(name) => {
                let near = nearest(&name, known.iter().copied());
                Err(format!(
                    "nothing stands for {{{name}}} here; known are {}{near}",
                    known.join(", ")
                ))
            }
            None => Ok(()),
        }
    }
}
