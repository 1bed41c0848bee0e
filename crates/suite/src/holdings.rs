//! What a Connect case holds on to between its moves, and what can be read off that alone.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_idp::MARKUP;
use claimproof_vectors::flow::{Content, Look};

use crate::grade::Mismatch;

/// An access token as an exchange granted it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The token.
    pub token: String,
    /// Seconds it still lives, where the answer says.
    pub expires_in: Option<i64>,
    /// Whether the answer names its issued type and its token type.
    pub is_typed: bool,
}

/// Tokens under the names a script gives them, and what was lent to the case.
#[derive(Debug, Default)]
pub struct Holdings {
    /// Subject tokens.
    pub subjects: BTreeMap<&'static str, String>,
    /// Access tokens.
    pub access: BTreeMap<&'static str, Granted>,
    /// The contents lent to the case.
    pub contents: Vec<String>,
    /// The guid of its integration, once it is made.
    pub integration: Option<String>,
    /// Whether its provider is there.
    pub provided: bool,
    /// What Connect answered where nothing secret belongs.
    pub said: Vec<String>,
    /// The pages logins ended on, where a browser reads them as markup.
    pub pages: Vec<String>,
    /// What was wrong with the shape of refused exchanges.
    pub misshapen: Vec<String>,
    /// The headers of the last exchange.
    pub headers: Vec<(String, String)>,
    /// Seconds by which the target's clock may have gone back since a token was granted.
    pub gone_back: i64,
}

impl Holdings {
    /// The id of a content; `None` where nothing was lent.
    pub fn content(&self, content: Content) -> Option<&str> {
        let place = match content {
            Content::Own => 0,
            Content::Second => 1,
        };
        self.contents.get(place).map(String::as_str)
    }

    /// What the kept tokens say of a look; `None` where they say nothing of it.
    pub fn holds(&self, look: &Look) -> Option<Result<(), Mismatch>> {
        Some(match look {
            Look::SameAccess(a, b) => {
                self.access(a).and_then(|a| same(&a.token, &self.access(b)?.token, "access"))
            }
            Look::OtherAccess(a, b) => {
                self.access(a).and_then(|a| other(&a.token, &self.access(b)?.token, "access"))
            }
            Look::OtherSubject(a, b) => {
                self.subject(a).and_then(|a| other(a, self.subject(b)?, "subject"))
            }
            Look::LaterExpiry(a, b) => self.later(a, b),
            Look::ExpiresWithin(name, seconds) => {
                self.access(name).and_then(|one| within(one.expires_in, *seconds, self.gone_back))
            }
            Look::NoExpiry(name) => self.access(name).and_then(|one| match one.expires_in {
                None => Ok(()),
                Some(seconds) => Err(Mismatch::Beside(
                    format!(
                        "the exchange names an expiry, in {seconds} s, that nobody told Connect"
                    )
                    .into(),
                )),
            }),
            Look::SuccessMembers(name) => self.access(name).and_then(|one| match one.is_typed {
                true => Ok(()),
                false => Err(Mismatch::Beside(
                    "the success lacks issued_token_type or token_type".into(),
                )),
            }),
            Look::Envelopes => {
                self.misshapen.first().map_or(Ok(()), |why| Err(Mismatch::Beside(why.into())))
            }
            Look::Answered(name, value) => self.answered(name, value),
            Look::NoMarkup => self.no_markup(),
            Look::Provider(_)
            | Look::SecretWithheld
            | Look::SecretsKept
            | Look::NothingLeaked
            | Look::NamesApplication
            | Look::Sessions(..)
            | Look::Associations(..) => return None,
        })
    }

    /// What a page has besides the provider's text is its own affair.
    fn no_markup(&self) -> Result<(), Mismatch> {
        let tag = MARKUP.split("</").next().unwrap_or(MARKUP);
        match self.pages.iter().any(|page| page.contains(tag)) {
            true => Err(Mismatch::Beside("the page carries the provider's text as markup".into())),
            false => Ok(()),
        }
    }

    fn answered(&self, name: &str, value: &str) -> Result<(), Mismatch> {
        let own = self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        match own.map(|(_, value)| value.as_str()) {
            Some(own) if own == value => Ok(()),
            Some(own) => Err(Mismatch::Beside(
                format!("the header {name} is `{own}`, expected `{value}`").into(),
            )),
            None => Err(Mismatch::Beside(format!("the answer has no header {name}").into())),
        }
    }

    fn access(&self, name: &str) -> Result<&Granted, Mismatch> {
        self.access
            .get(name)
            .ok_or_else(|| Mismatch::Beside(format!("no access token `{name}` was granted").into()))
    }

    fn subject(&self, name: &str) -> Result<&str, Mismatch> {
        self.subjects.get(name).map(String::as_str).ok_or_else(|| {
            Mismatch::Beside(format!("no subject token `{name}` was received").into())
        })
    }

    fn later(&self, a: &str, b: &str) -> Result<(), Mismatch> {
        let (first, second) = (expiry(self.subject(a)?)?, expiry(self.subject(b)?)?);
        if first.total_cmp(&second).is_lt() {
            Ok(())
        } else {
            Err(Mismatch::Beside(format!("`{a}` expires at {first}, `{b}` at {second}").into()))
        }
    }
}

fn same(a: &str, b: &str, kind: &str) -> Result<(), Mismatch> {
    if a == b {
        Ok(())
    } else {
        Err(Mismatch::Beside(format!("the two {kind} tokens differ").into()))
    }
}

fn other(a: &str, b: &str, kind: &str) -> Result<(), Mismatch> {
    if a == b {
        Err(Mismatch::Beside(format!("the two {kind} tokens are the same").into()))
    } else {
        Ok(())
    }
}

fn within(expires_in: Option<i64>, seconds: i64, gone_back: i64) -> Result<(), Mismatch> {
    match expires_in {
        Some(own) if (0..=seconds + gone_back).contains(&own) => Ok(()),
        Some(own) => {
            Err(Mismatch::Beside(format!("expires_in is {own}, expected 0 to {seconds}").into()))
        }
        None => {
            Err(Mismatch::Beside("no expires_in, although the provider named an expiry".into()))
        }
    }
}

/// The `exp` of a token whose internals the target declares.
fn expiry(token: &str) -> Result<f64, Mismatch> {
    let payload = token.split('.').nth(1).and_then(|segment| URL_SAFE_NO_PAD.decode(segment).ok());
    let payload: Option<serde_json::Value> =
        payload.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let expiry = payload.as_ref().and_then(|claims| claims.get("exp")?.as_f64());
    expiry.ok_or_else(|| {
        Mismatch::Beside(
            "the subject token is no JWT with a number in exp, as the target declares".into(),
        )
    })
}
