//! The identity providers of the suite: what they answer, as plain functions over what they were
//! told to be. The transport that mounts them on a socket is another crate's.

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]

mod complaint;
mod entra;
mod github;
mod grants;
mod journal;
mod keycloak;
mod knobs;
mod reply;
mod request;
mod snowflake;
#[cfg(test)]
mod tests;

pub use claimproof_cast::ClientAuth;
pub use grants::challenge_of;
pub use journal::{Entry, Seen};
pub use knobs::{
    At, Awkward, Differs, Failure, Knobs, Personality, Refresh, Registered, Secret, Secrets,
};
pub use reply::Reaction;
pub use request::Call;

use sha2::{Digest, Sha256};

use grants::{Memory, Refusal};
use reply::Told;

/// Calls after which a provider hangs up, so that no client can fill its memory.
const CALLS: usize = 1000;

/// A provider with its memory.
#[derive(Clone, Debug)]
pub struct Provider {
    /// How it behaves now.
    pub knobs: Knobs,
    /// Distinguishes the strings it issues from those of any other.
    pub tag: String,
    /// The callback a conforming server sends.
    pub callback: String,
    /// What it was asked, in order.
    pub journal: Vec<Entry>,
    /// What it issued and must be found in no answer of Connect: codes, refresh tokens, secrets.
    pub issued: Vec<String>,
    /// Those of them that are codes: the viewer's browser has seen them.
    pub codes: Vec<String>,
    /// The description of the last error it gave.
    pub said: Option<String>,
    /// What it was sent and what it expected, where it stopped its last call.
    pub stopped: Option<String>,
    memory: Memory,
}

impl Provider {
    /// A provider that was not asked anything yet.
    pub fn new(knobs: Knobs, tag: &str, callback: &str) -> Self {
        let mut own = Self {
            knobs,
            tag: tag.to_owned(),
            callback: callback.to_owned(),
            journal: Vec::new(),
            issued: Vec::new(),
            codes: Vec::new(),
            said: None,
            stopped: None,
            memory: Memory::default(),
        };
        own.issued = own.secrets();
        own
    }

    /// It behaves so from here on; what it has issued stays valid.
    pub fn behave(&mut self, knobs: Knobs) {
        self.knobs = knobs;
        let new = self.secrets().into_iter().filter(|one| !self.issued.contains(one));
        self.issued = new.chain(self.issued.iter().cloned()).collect();
    }

    fn secrets(&self) -> Vec<String> {
        ["first", "second", "wrong"].map(|which| self.secret_named(which)).into()
    }

    /// The client ID an integration is registered under.
    pub fn client_id(&self) -> String {
        match self.knobs.personality {
            Personality::Entra => self.guid("app"),
            Personality::Snowflake | Personality::Keycloak => format!("client-{}", self.tag),
            Personality::GithubOauthApp | Personality::GithubApp => {
                format!("Iv1.{}", &self.digest("app")[..16])
            }
        }
    }

    /// The secret an integration is configured with.
    pub fn secret(&self, which: Secret) -> String {
        let good = match self.knobs.secrets {
            Secrets::First => "first",
            Secrets::FirstExpired | Secrets::Replaced => "second",
        };
        match which {
            Secret::Current => self.secret_named(good),
            Secret::Wrong => self.secret_named("wrong"),
            Secret::Id => self.guid(&format!("id of the {good} secret")),
        }
    }

    /// What nobody but Connect may ever see: client secrets and refresh tokens.
    pub fn kept(&self) -> Vec<String> {
        self.issued.iter().filter(|one| !self.codes.contains(one)).cloned().collect()
    }

    /// The authorization page: on to the callback, or a page that names the fault.
    pub fn authorize(&mut self, call: &Call) -> Reaction {
        if self.journal.len() >= CALLS {
            return Reaction::Closes;
        }
        self.journal.push(Entry::Authorize(call.clone()));
        self.stopped = None;
        match self.grant_code(call) {
            Ok(code) => self.back(call, &[("code", &code)]),
            Err(grants::NoCode::Told(error, description)) => {
                self.said = Some(description.to_owned());
                self.stopped = Some(format!(
                    "the authorization request was answered with {error}: {description}"
                ));
                self.back(call, &[("error", error), ("error_description", description)])
            }
            Err(grants::NoCode::Shown(fault)) => {
                let page = self.page(fault);
                self.stopped = Some(complaint::at_page(fault, self));
                self.said = Some(page.1);
                page.0
            }
        }
    }

    /// The token endpoint: a code redeemed or a token refreshed, or why not.
    pub fn token(&mut self, call: &Call) -> Reaction {
        if self.journal.len() >= CALLS {
            return Reaction::Closes;
        }
        let (at, entry) = match call.get("grant_type") {
            Some("authorization_code") => (Some(At::Redemption), Entry::Redeem(call.clone())),
            Some("refresh_token") => (Some(At::Refresh), Entry::Refresh(call.clone())),
            _ => (None, Entry::Other(call.clone())),
        };
        self.journal.push(entry);
        self.stopped = None;
        match self.knobs.fault.clone() {
            Some((of, fault)) if Some(of) == at => self.failing(fault, call),
            _ => self.granting(call),
        }
    }

    /// The protected resource: there for a token of the right scope.
    pub fn resource(&mut self, bearer: Option<&str>) -> Reaction {
        let scope = bearer.and_then(|token| self.memory.access.get(token));
        let Some(scope) = scope else {
            return Reaction::json(
                401,
                &serde_json::json!({ "error_code": 401, "message": "Credential was not sent" }),
            );
        };
        let wanted = self.knobs.resource_scope;
        if wanted.is_none_or(|wanted| scope.split(' ').any(|one| one == wanted)) {
            return Reaction::json(200, &serde_json::json!({ "user": "viewer" }));
        }
        let text = "io.jsonwebtoken.security.SignatureException: JWT signature does not match locally computed \
                    signature. JWT validity cannot be asserted and should not be trusted.";
        self.said = Some(text.to_owned());
        let body = serde_json::json!({ "error_code": 400, "message": text });
        Reaction::json(400, &body).with("x-databricks-reason-phrase", text)
    }

    fn granting(&mut self, call: &Call) -> Reaction {
        match self.grant_tokens(call) {
            Ok(tokens) => self.success(&tokens, call),
            Err(why) => {
                self.stopped = Some(complaint::at_token(&why, call, self));
                self.refuse(why, call)
            }
        }
    }

    fn success(&self, tokens: &grants::Tokens, call: &Call) -> Reaction {
        let reply = match self.knobs.personality {
            Personality::Entra => entra::success(tokens),
            Personality::Snowflake => snowflake::success(tokens),
            Personality::Keycloak => keycloak::success(tokens),
            Personality::GithubOauthApp | Personality::GithubApp => github::success(tokens, call),
        };
        match (tokens.expires_in, self.knobs.expires_as) {
            (Some(seconds), Some(text)) => reply
                .respelled(&format!("\"expires_in\":{seconds}"), &format!("\"expires_in\":{text}")),
            _ => reply,
        }
    }

    fn refuse(&mut self, why: Refusal, call: &Call) -> Reaction {
        let told = match self.knobs.personality {
            Personality::Entra => entra::told(why, self),
            Personality::Snowflake => snowflake::told(why),
            Personality::Keycloak => keycloak::told(why),
            Personality::GithubOauthApp | Personality::GithubApp => github::told(why),
        };
        self.tell(told, call)
    }

    fn tell(&mut self, told: Told, call: &Call) -> Reaction {
        let reply = match self.knobs.personality {
            Personality::Entra => entra::error(&told, self),
            Personality::Snowflake => snowflake::error(&told),
            Personality::Keycloak => keycloak::error(&told),
            Personality::GithubOauthApp | Personality::GithubApp => github::error(&told, call),
        };
        self.said = Some(told.description);
        reply
    }

    fn page(&self, fault: grants::PageFault<'_>) -> (Reaction, String) {
        let (title, text) = match self.knobs.personality {
            Personality::Entra => entra::page(fault, &self.client_id()),
            Personality::Snowflake => snowflake::page(fault),
            Personality::Keycloak => keycloak::page(fault),
            Personality::GithubOauthApp | Personality::GithubApp => github::page(fault),
        };
        (Reaction::page(title, &text), text)
    }

    fn failing(&mut self, fault: Failure, call: &Call) -> Reaction {
        let invalid = |description| Told { status: 400, error: "invalid_request", description };
        match fault {
            Failure::Answer { status, content_type, body } => {
                Reaction::of(status, content_type, body.to_owned())
            }
            Failure::UnknownClient => self.refuse(Refusal::UnknownClient, call),
            Failure::GrantEnded => self.refuse(Refusal::GrantEnded, call),
            Failure::EchoesSecret => {
                let secret = call.credentials().1.unwrap_or_default();
                self.tell(
                    invalid(format!("The client secret {secret} is not accepted here.")),
                    call,
                )
            }
            Failure::Markup => self.tell(invalid(MARKUP.to_owned()), call),
            Failure::Huge => self.tell(invalid("x".repeat(1 << 20)), call),
            Failure::Late => self.granting(call),
            Failure::Truncated => self.granting(call).halved(),
            Failure::Stalls => Reaction::Stalls,
            Failure::Closes => Reaction::Closes,
        }
    }

    fn back(&self, call: &Call, with: &[(&str, &str)]) -> Reaction {
        let state = call.get("state").map(|state| ("state", state));
        let pairs: Vec<(&str, &str)> = with.iter().copied().chain(state).collect();
        Reaction::redirect(call.get("redirect_uri").unwrap_or_default(), &pairs)
    }

    fn secret_named(&self, which: &str) -> String {
        // The tilde is among the characters of Entra's secrets.
        let plain = format!(
            "{}~{}",
            &self.digest(which)[..3],
            &self.digest(&format!("{which} secret"))[..36]
        );
        self.spelled(plain, Awkward::Secrets)
    }

    /// A string of this kind, with characters in it that show whether a client encodes it once.
    fn spelled(&self, plain: String, kind: Awkward) -> String {
        if self.knobs.awkward == Some(kind) { plain + AWKWARD } else { plain }
    }

    /// 64 hexadecimal digits of this provider and of what they are for.
    fn digest(&self, what: &str) -> String {
        let bytes = Sha256::digest(format!("{}\0{what}", self.tag));
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn guid(&self, what: &str) -> String {
        let hex = self.digest(what);
        format!(
            "{}-{}-4{}-8{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[12..15],
            &hex[15..18],
            &hex[18..30]
        )
    }
}

/// Visible characters and a blank, as RFC 6749 appendix A allows them, that a form spells otherwise; decoded
/// once more, `%41` is another text.
const AWKWARD: &str = "+a/b=c&d%41:e~F g==";

/// What must reach no page as markup and no header as a line.
pub const MARKUP: &str =
    "<script>alert(1)</script><img src=x onerror=alert(2)>\u{0}\u{1b}[31m\r\nset-cookie: owned=1";
