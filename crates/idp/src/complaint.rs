//! What a provider was sent and what it expected, for whoever looks for the fault. No secret stands in it.

use url::form_urlencoded::{byte_serialize, parse};

use super::grants::{PageFault, Refusal};
use super::{Call, Provider, Secret};

/// Why the authorization page leads nowhere.
pub(super) fn at_page(fault: PageFault<'_>, provider: &Provider) -> String {
    match fault {
        PageFault::UnknownClient => {
            format!(
                "the authorization request does not name the client ID `{}`",
                provider.client_id()
            )
        }
        PageFault::NothingRegistered => "no redirect URI is registered at the provider".to_owned(),
        PageFault::NotRegistered(sent) => {
            let callback = &provider.callback;
            format!(
                "the authorization request sent {}, expected the redirect URI `{callback}`",
                uri(sent)
            )
        }
    }
}

/// Why the token endpoint grants nothing.
pub(super) fn at_token(why: &Refusal, call: &Call, provider: &Provider) -> String {
    let (client, secret) = call.credentials();
    match why {
        Refusal::UnknownClient => {
            let due = provider.client_id();
            format!(
                "the token endpoint was sent {}, expected the client ID `{due}`",
                value(&due, client.as_deref())
            )
        }
        Refusal::WrongSecret => {
            let due = provider.secret(Secret::Current);
            format!(
                "the token endpoint was sent {}, expected the client secret",
                value(&due, secret.as_deref())
            )
        }
        Refusal::ExpiredSecret => {
            "the token endpoint was sent a client secret that has expired".to_owned()
        }
        Refusal::GrantEnded => grant(call, provider),
        Refusal::OtherRedirectUri(due) => {
            let sent = uri(call.get("redirect_uri").unwrap_or_default());
            format!("the redemption sent {sent}, expected `{due}`, as in its authorization request")
        }
        Refusal::Verifier => {
            let sent = if call.get("code_verifier").is_some() {
                "another code_verifier"
            } else {
                "no code_verifier"
            };
            format!(
                "the redemption sent {sent}, expected the one whose hash its authorization request sent"
            )
        }
        Refusal::UnsupportedGrant => {
            format!(
                "the token endpoint was asked for the grant `{}`",
                call.get("grant_type").unwrap_or_default()
            )
        }
        Refusal::Malformed => {
            "the token endpoint was sent a parameter twice, or no grant_type".to_owned()
        }
    }
}

fn grant(call: &Call, provider: &Provider) -> String {
    let due = &provider.memory.due;
    match call.get("refresh_token") {
        Some(sent) => {
            format!(
                "the refresh sent {}, expected the refresh token issued last",
                value(&due.refresh, Some(sent))
            )
        }
        None => format!(
            "the redemption sent {}, expected the code issued last",
            value(&due.code, call.get("code"))
        ),
    }
}

fn uri(sent: &str) -> String {
    if sent.is_empty() {
        "no redirect URI".to_owned()
    } else {
        format!("the redirect URI `{sent}`")
    }
}

/// How a value came, beside the one that was due.
fn value(due: &str, sent: Option<&str>) -> String {
    let Some(sent) = sent else { return "nothing".to_owned() };
    let raw = format!("x={due}");
    let as_it_stands = parse(raw.as_bytes()).next().is_some_and(|(_, read)| read == sent);
    if sent == due {
        "the right one, but not for the first time or not alone".to_owned()
    } else if as_it_stands {
        "it as it stands, where it must be form-encoded".to_owned()
    } else if byte_serialize(due.as_bytes()).collect::<String>() == sent {
        "it form-encoded twice, where once is due".to_owned()
    } else {
        format!(
            "another value, of {} characters where {} were due",
            sent.chars().count(),
            due.chars().count()
        )
    }
}
