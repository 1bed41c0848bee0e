//! What becomes of a token, and the code where it is refused.

use std::time::{Duration, Instant};

use jsonwebtoken::Algorithm;
use serde_json::Value;

use super::{Presented, Refused, Site, Surface, refused, row};
use crate::outsiders::json::Node;
use crate::outsiders::jwt::{Key, Token, Unreadable, algorithm, kind_is_right};

const LONGEST: usize = 8000;
const MOST_VALID: f64 = 600.0;

/// A member that holds a string.
fn named(node: Option<&Node>, list: bool) -> Option<&str> {
    match node? {
        Node::Text(text) if !text.is_empty() => Some(text),
        Node::List(all) if list => all.first()?.text(),
        _ => None,
    }
}

impl Site {
    pub(super) async fn judge(&self, presented: &Presented) -> Result<(), Refused> {
        let text = presented
            .token
            .as_deref()
            .filter(|text| !text.trim().is_empty())
            .ok_or(refused(10084))?;
        if text.len() > LONGEST {
            return Err(refused(10103));
        }
        let token = self.read(text)?;
        let directory = self.shown();
        self.proven(&token, presented, &directory)?;
        self.claims(&token, presented.now)?;
        self.embeds(presented, &directory)?;
        self.signs_in(&token, presented, &directory)?;
        self.spend(&token, presented.surface, presented.now).await
    }

    fn read(&self, text: &str) -> Result<Token, Refused> {
        let token = Token::read(self.way, text).map_err(|fault| {
            match (fault, text.split('.').count()) {
                (Unreadable::Parts, 2 | 5) => refused(10098),
                (Unreadable::Payload, _) if self.way.is("unreadable-is-bad") => refused(10083),
                (Unreadable::Header, _) if self.way.is("unreadable-header-10083") => refused(10083),
                _ => refused(10084),
            }
        })?;
        let none = token.alg().is_some_and(|alg| alg.eq_ignore_ascii_case("none"));
        if none || token.signature.is_empty() {
            return Err(refused(10098));
        }
        if kind_is_right(self.way, &token.header) { Ok(token) } else { Err(refused(10084)) }
    }

    /// The app is known and on, the secret is the app's, and the signature is made with it.
    fn proven(
        &self,
        token: &Token,
        presented: &Presented,
        directory: &Value,
    ) -> Result<(), Refused> {
        let known = match token.alg() {
            Some("HS256") => Some(Algorithm::HS256),
            Some(name @ ("HS384" | "HS512")) if self.way.is("hash-as-the-token-says") => {
                algorithm(name)
            }
            _ => None,
        };
        let algorithm = known.ok_or(refused(10084))?;
        let kid = named(token.header.get("kid"), self.way.is("key-id-as-a-list"))
            .ok_or(refused(10083))?;
        let iss = named(token.header.get("iss"), false).ok_or(refused(10083))?;
        if token.payload.get("iss").is_some_and(|own| own.text() != Some(iss)) {
            return Err(refused(10083));
        }
        let here = |app: &&Value| {
            app["sites"]
                .as_array()
                .is_some_and(|sites| sites.contains(&presented.site.as_str().into()))
        };
        let app = row(directory, "apps", "client_id", iss).filter(here).ok_or(refused(10089))?;
        let unseen =
            self.way.is("app-off-but-served-on-rest") && presented.surface == Surface::Rest;
        if app["enabled"] == false && !unseen {
            return Err(refused(10090));
        }
        let deleted = self.deleted.lock().unwrap();
        let signs = |when: &Instant| match self.way.0 {
            "deleted-secret-signs" => true,
            "deleted-secret-signs-7-s" => when.elapsed() < Duration::from_secs(7),
            _ => false,
        };
        let deleted = deleted.iter().filter(|(when, _)| signs(when)).map(|(_, secret)| secret);
        let own = app["secrets"].as_array().into_iter().flatten().chain(deleted);
        let secret = own.clone().find(|secret| secret["id"] == kid).ok_or(refused(10085))?;
        let value = secret["value"].as_str().unwrap_or_default();
        if self.way.is("no-signature-check")
            || token.verifies(Key::Secret(value.as_bytes()), algorithm)
        {
            return Ok(());
        }
        let shown =
            self.way.is("secret-in-the-refusal").then(|| format!("not signed with {value}"));
        Err(Refused { code: 127, shown })
    }

    fn claims(&self, token: &Token, now: f64) -> Result<(), Refused> {
        let claim = |name: &str| token.payload.get(name);
        if !self.audience_is_right(claim("aud"))
            || named(claim("sub"), self.way.is("user-as-a-list")).is_none()
        {
            return Err(refused(10084));
        }
        let time = |node: &Node| match self.way.0 {
            "iat-exponent-refused" => node.is_plain_integer(),
            _ => node.number().is_some_and(f64::is_finite),
        };
        let exp = claim("exp").ok_or(refused(10084))?;
        if !time(exp) || [claim("iat"), claim("nbf")].into_iter().flatten().any(|node| !time(node))
        {
            return Err(refused(10084));
        }
        let leeway = match self.way.0 {
            "leeway-60" => 60.0,
            "exp-an-hour-late" => 3600.0,
            _ => 0.0,
        };
        let exp = exp.number().unwrap_or_default();
        if exp > now + MOST_VALID + if leeway == 60.0 { leeway } else { 0.0 } {
            return Err(refused(10096));
        }
        if exp + leeway <= now {
            return Err(refused(16));
        }
        if claim("nbf").and_then(Node::number).is_some_and(|nbf| nbf - leeway > now) {
            return Err(refused(10084));
        }
        named(claim("jti"), false).ok_or(refused(10094))?;
        self.scopes(claim("scp"))
    }

    fn audience_is_right(&self, aud: Option<&Node>) -> bool {
        match aud {
            Some(_) if self.way.is("audience-not-read") => true,
            Some(Node::Text(aud)) => match self.way.0 {
                "audience-folded" => aud.eq_ignore_ascii_case("tableau"),
                "audience-contains" => aud.contains("tableau"),
                _ => aud == "tableau",
            },
            Some(Node::List(all)) if self.way.is("lists-yes-quoted-no") => {
                all.iter().any(|one| one.text() == Some("tableau"))
            }
            _ => false,
        }
    }

    fn scopes(&self, scp: Option<&Node>) -> Result<(), Refused> {
        match scp {
            None | Some(Node::Null) => Err(refused(10099)),
            Some(Node::List(all))
                if all.is_empty() && self.way.is("numbers-in-scp-refused-empty-taken") =>
            {
                Ok(())
            }
            Some(Node::List(all))
                if !all.is_empty() && all.iter().all(|one| one.text().is_some()) =>
            {
                Ok(())
            }
            Some(_) => Err(refused(10097)),
        }
    }

    fn signs_in(
        &self,
        token: &Token,
        presented: &Presented,
        directory: &Value,
    ) -> Result<(), Refused> {
        let sub =
            named(token.payload.get("sub"), self.way.is("user-as-a-list")).unwrap_or_default();
        let site = row(directory, "sites", "content_url", &presented.site).ok_or(refused(10089))?;
        let wanted = match token.payload.get("https://tableau.com/oda") {
            Some(Node::Text(text)) => text == "true" || self.way.is("any-text-is-true"),
            _ => false,
        };
        if wanted {
            return match (site["cloud"] == true, site["usage_based"] == true, presented.surface) {
                (false, _, _) => Err(refused(67)),
                (_, false, _) => Err(refused(10101)),
                (_, _, Surface::Iframe) => Err(refused(10102)),
                _ => Ok(()),
            };
        }
        let same = |user: &&Value| self.is_same(user["name"].as_str().unwrap_or_default(), sub);
        let user = directory["users"]
            .as_array()
            .and_then(|users| users.iter().find(same))
            .ok_or(refused(5))?;
        if user["may_sign_in"] == true { Ok(()) } else { Err(refused(16)) }
    }

    fn is_same(&self, name: &str, sub: &str) -> bool {
        let bare = |text: &str| {
            text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect::<String>()
        };
        match self.way.0 {
            "user-folded" => name.to_lowercase() == sub.to_lowercase(),
            "user-trimmed" => name == bare(sub),
            _ => name == sub,
        }
    }

    async fn spend(&self, token: &Token, surface: Surface, now: f64) -> Result<(), Refused> {
        let named = |node: Option<&Node>| format!("{node:?}");
        let mut id =
            format!("{} {}", named(token.header.get("iss")), named(token.payload.get("jti")));
        if self.way.is("ids-per-surface") {
            id = format!("{surface:?} {id}");
        }
        let until = match self.way.0 {
            "memory-of-a-minute" => now + 60.0,
            "memory-of-the-window" => {
                token.payload.get("exp").and_then(Node::number).unwrap_or(now)
            }
            _ => f64::INFINITY,
        };
        if self.way.is("race-of-20-ms") {
            let used = self.used.lock().unwrap().contains_key(&id);
            tokio::time::sleep(Duration::from_millis(20)).await;
            self.used.lock().unwrap().insert(id, until);
            return if used { Err(refused(10091)) } else { Ok(()) };
        }
        let mut used = self.used.lock().unwrap();
        if used.get(&id).is_some_and(|until| now < *until) {
            return Err(refused(10091));
        }
        used.insert(id, until);
        Ok(())
    }
}
