//! What stands before a verifier and does too much: it tidies requests, or keeps verdicts.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use claimproof_cast::{Cast, ExposeSecret, SigningKey};
use claimproof_server::reply::Reply;
use claimproof_server::{Bytes, ConnectionNumber, Front, Parts, ReplyEdit};

use crate::loose::{decoded, object};

/// The text of a header's value changed, in each line that has the name.
pub(crate) fn header(name: &'static str, change: fn(&str) -> String) -> Front {
    Arc::new(move |parts, _| {
        for value in
            parts.headers.iter_mut().filter(|(own, _)| *own == name).map(|(_, value)| value)
        {
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            if let Ok(changed) = change(&text).parse() {
                *value = changed;
            }
        }
        None
    })
}

/// The same of a parameter of the query.
pub(crate) fn parameter(name: &'static str, change: fn(&str) -> String) -> Front {
    Arc::new(move |parts, _| {
        let pairs = pairs(parts).into_iter();
        let changed = pairs
            .map(|(own, value)| if own == name { (own, change(&value)) } else { (own, value) });
        set_pairs(parts, &changed.collect::<Vec<_>>());
        None
    })
}

/// The same of the whole body.
pub(crate) fn body(change: fn(&str) -> String) -> Front {
    Arc::new(move |_, body| {
        *body = change(&String::from_utf8_lossy(body)).into();
        None
    })
}

/// A token whose `typ` is no string is answered with 500, wherever it stands.
pub(crate) fn crashes_on_odd_typ(_: &Cast) -> Front {
    Arc::new(|parts, body| {
        let token = token(&told(parts, body))?;
        let typ = object(&decoded(token.split('.').next()?)?)?.get("typ")?.clone();
        let crash: ReplyEdit = Arc::new(|reply| Reply { status: 500, ..reply });
        (!typ.is_string()).then_some(crash)
    })
}

fn pairs(parts: &Parts) -> Vec<(String, String)> {
    url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
        .into_owned()
        .collect()
}

fn set_pairs(parts: &mut Parts, pairs: &[(String, String)]) {
    if pairs.is_empty() {
        return;
    }
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if let Ok(uri) = format!("{}?{query}", parts.uri.path()).parse() {
        parts.uri = uri;
    }
}

/// The first of these headers, what stands before the token in it cut off, taken for the parameter that is not there.
pub(crate) fn into_parameter(
    name: &'static str,
    headers: &'static [(&'static str, &'static str)],
) -> Front {
    Arc::new(move |parts, _| {
        let mut pairs = pairs(parts);
        let found = headers.iter().find_map(|(header, before)| {
            let value = parts.headers.get(*header)?.to_str().ok()?;
            value.strip_prefix(before).map(str::to_owned)
        });
        if let Some(token) = found.filter(|_| pairs.iter().all(|(own, _)| own != name)) {
            pairs.push((name.to_owned(), token));
            set_pairs(parts, &pairs);
        }
        None
    })
}

/// The first of these parameters of the query, into the header that carries the token, where there is none.
pub(crate) fn query_into_authorization(names: &'static [&'static str]) -> Front {
    Arc::new(move |parts, _| {
        let found = pairs(parts).into_iter().find(|(name, _)| names.contains(&name.as_str()));
        let absent = !parts.headers.contains_key("authorization");
        if let Some(value) =
            found.filter(|_| absent).and_then(|(_, token)| format!("Bearer {token}").parse().ok())
        {
            parts.headers.insert("authorization", value);
        }
        None
    })
}

/// The same of headers.
pub(crate) fn into_authorization(headers: &'static [(&'static str, &'static str)]) -> Front {
    Arc::new(move |parts, _| {
        let found = headers.iter().find_map(|(header, before)| {
            let value = parts.headers.get(*header)?.to_str().ok()?;
            value.strip_prefix(before).map(str::to_owned)
        });
        let absent = !parts.headers.contains_key("authorization");
        if let Some(value) =
            found.filter(|_| absent).and_then(|token| format!("Bearer {token}").parse().ok())
        {
            parts.headers.insert("authorization", value);
        }
        None
    })
}

/// What of a request may hold a token: the address, the header that carries one, the body.
pub(crate) fn told(parts: &Parts, body: &Bytes) -> String {
    let header = parts
        .headers
        .get("authorization")
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    format!("{} {} {}", parts.uri, header.unwrap_or_default(), String::from_utf8_lossy(body))
}

type Memory = Arc<Mutex<HashSet<String>>>;

fn remember(memory: &Memory, text: &str) -> bool {
    memory.lock().unwrap_or_else(PoisonError::into_inner).insert(text.to_owned())
}

fn knows(memory: &Memory, text: &str) -> bool {
    memory.lock().unwrap_or_else(PoisonError::into_inner).contains(text)
}

/// What comes of this request's reply.
#[expect(clippy::unnecessary_wraps, reason = "a front may bring none along")]
fn on_reply(edit: impl Fn(Reply) -> Reply + Send + Sync + 'static) -> Option<ReplyEdit> {
    Some(Arc::new(edit))
}

/// An answer that says yes to everybody.
fn accepted(reply: Reply) -> Reply {
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("set-cookie", "session=1; Secure; SameSite=None".to_owned()),
    ];
    Reply { status: 200, headers, body: "{\"jwt_claims\":\"{}\"}".to_owned(), ..reply }
}

/// Remembers what it refused as seen, and takes what it has seen for good.
pub(crate) fn refused_then_accepted(_: &Cast) -> Front {
    let refused = Memory::default();
    Arc::new(move |parts, body| {
        let (memory, request) = (Arc::clone(&refused), told(parts, body));
        token(&request)?;
        on_reply(move |reply| {
            let second = reply.refuses && !remember(&memory, &request);
            if second { accepted(reply) } else { reply }
        })
    })
}

/// Keeps a verdict for each signature: one that was accepted is good with whatever stands before it.
pub(crate) fn verdict_by_signature(_: &Cast) -> Front {
    verdict_by(2)
}

/// Keeps a verdict for each payload: one that was accepted is good under whatever signature.
pub(crate) fn verdict_by_payload(_: &Cast) -> Front {
    verdict_by(1)
}

fn verdict_by(place: usize) -> Front {
    let (parts_seen, tokens_seen) = (Memory::default(), Memory::default());
    Arc::new(move |parts, body| {
        let request = told(parts, body);
        let token = token(&request)?;
        let part = token.split('.').nth(place)?.to_owned();
        let (parts_seen, tokens_seen) = (Arc::clone(&parts_seen), Arc::clone(&tokens_seen));
        on_reply(move |reply| {
            if !reply.refuses {
                remember(&parts_seen, &part);
                remember(&tokens_seen, &token);
                return reply;
            }
            // The very token again is another question.
            if knows(&parts_seen, &part) && !knows(&tokens_seen, &token) {
                accepted(reply)
            } else {
                reply
            }
        })
    })
}

/// Keeps a verdict for each connection: behind an acceptance everything on it is accepted.
pub(crate) fn verdict_by_connection(_: &Cast) -> Front {
    by_connection(false)
}

/// The other way round: behind a refusal everything on it is refused.
pub(crate) fn refusal_by_connection(_: &Cast) -> Front {
    by_connection(true)
}

fn by_connection(refuses: bool) -> Front {
    let decided = Memory::default();
    Arc::new(move |parts, _| {
        let ConnectionNumber(number) = *parts.extensions.get()?;
        let connection = number.to_string();
        let decided = Arc::clone(&decided);
        on_reply(move |reply| match (knows(&decided, &connection), reply.refuses) {
            (true, own) if own != refuses => {
                if refuses {
                    refused(reply)
                } else {
                    accepted(reply)
                }
            }
            (_, own) => {
                if own == refuses {
                    remember(&decided, &connection);
                }
                reply
            }
        })
    })
}

/// An answer that says no.
fn refused(reply: Reply) -> Reply {
    Reply {
        status: 403,
        headers: vec![("content-type", "text/plain".to_owned())],
        body: String::new(),
        ..reply
    }
}

/// The first run of characters that could be a token.
pub(crate) fn token(text: &str) -> Option<String> {
    let of_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut words = text.split(|c| !of_token(c));
    words.find(|word| word.starts_with("ey") && word.matches('.').count() == 2).map(str::to_owned)
}

/// Something put into the head or the body of every refusal, made of the cast and of the request's token.
fn into_refusals(put: impl Fn(Reply, &str) -> Reply + Send + Sync + 'static) -> Front {
    let put = Arc::new(put);
    Arc::new(move |parts, body| {
        let (put, request) = (Arc::clone(&put), told(parts, body));
        let token = token(&request).unwrap_or_default();
        on_reply(move |reply| if reply.refuses { put(reply, &token) } else { reply })
    })
}

/// A refusal that sets the cookie a session is known by.
pub(crate) fn session_with_refusals(_: &Cast) -> Front {
    into_refusals(|mut reply, _| {
        reply.headers.push(("set-cookie", "claimproof_session=1; Path=/".to_owned()));
        reply
    })
}

/// A refusal in which stand the credentials of a session, where sign-in has them.
pub(crate) fn credentials_with_refusals(_: &Cast) -> Front {
    into_refusals(|mut reply, _| {
        if reply.body.contains("<tsResponse") {
            reply.body.push_str("<!-- <credentials token=\"1\"/> -->");
        }
        reply
    })
}

/// A refusal that says which secret would have been right; of a private key, a line.
pub(crate) fn secret_with_refusals(cast: &Cast) -> Front {
    let secret = cast.players.iter().find_map(|(_, player)| match &player.key {
        Some(SigningKey::Secret(secret)) if secret.expose_secret().len() >= 32 => {
            Some(secret.expose_secret().to_owned())
        }
        Some(SigningKey::Rsa { private, .. }) => {
            let lines: Vec<&str> = private.expose_secret().lines().collect();
            lines.get(lines.len() / 2).map(|line| (*line).to_owned())
        }
        Some(SigningKey::Secret(_)) | None => None,
    });
    let secret = secret.unwrap_or_default();
    into_refusals(move |mut reply, _| {
        reply.headers.push(("x-hint", secret.clone()));
        reply
    })
}

/// A refusal that repeats the token.
pub(crate) fn token_with_refusals(_: &Cast) -> Front {
    into_refusals(|mut reply, token| {
        reply.headers.push(("x-hint", token.to_owned()));
        reply
    })
}
