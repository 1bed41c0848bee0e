//! What lenient libraries let by, in every profile that takes tokens.

use std::sync::Arc;

use claimproof_cast::{ExposeSecret, Players, SigningKey};
use jsonwebtoken::Algorithm;
use serde_json::{Map, Value};

use crate::loose::{Loose, Reading, Tokens, decoded, firsts, is_nobody, keys, object};
use crate::mutant::Breaks::EveryAcceptance;
use crate::mutant::{Mutant, Planted};
use crate::signature::{holds, is_brought, is_hmac};

/// The faults a profile's tokens can meet.
pub(crate) fn mutants(of: &'static Tokens) -> Vec<Mutant> {
    let with_public_keys = |rows: fn(&'static Tokens) -> Vec<Mutant>| {
        if of.has_public_keys { rows(of) } else { Vec::new() }
    };
    let mut lenient = [texts(of), shapes(of), with_public_keys(public), unfound(of)].concat();
    lenient.retain(|mutant| mutant.name.rsplit('/').next() != of.unmet);
    lenient.iter_mut().for_each(|mutant| mutant.breaks.extend(of.breaks));
    let secrets = if of.has_chosen_secrets { secrets(of) } else { Vec::new() };
    [lenient, secrets, with_public_keys(public_text)].concat()
}

/// A token as this reading has it, in the place of the one that was sent.
fn read(of: &'static Tokens) -> impl Fn(Reading) -> Planted {
    move |reading| Planted::Token(Arc::new(move |players, token| reading(of, players, token)))
}

mutants! {
    fn texts(of: &'static Tokens) in of.profile, read(of);

    "reads-padding", "Equals signs behind a segment are dropped", ["RFC7515-2"] =>
        |_, players, token| Loose::repaired(token, |text| text.replace('=', ""))?.accepted(players);
    "reads-foreign", "Characters outside the alphabet are dropped", ["RFC7515-2"] =>
        |_, players, token| {
            let repair = |text: &str| {
                let kept = |letter: &char| {
                    letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.')
                };
                text.chars().filter(kept).collect()
            };
            Loose::repaired(token, repair)?.accepted(players)
        };
    "reads-line-ends", "Line ends inside a token are dropped", ["RFC7515-2"] =>
        |_, players, token| {
            Loose::repaired(token, |text| text.replace(['\r', '\n'], ""))?.accepted(players)
        };
    "reads-standard", "Both alphabets of base64 are read", ["RFC7515-2"] =>
        |_, players, token| {
            Loose::repaired(token, |text| text.replace('+', "-").replace('/', "_"))?
                .accepted(players)
        };
    "reads-behind-dots", "Empty segments at the end are dropped", ["RFC7515-7.1", "RFC7515-2"] =>
        |_, _, token| {
            let whole = token.trim_end_matches('.');
            (whole != token && whole.matches('.').count() == 2).then(|| whole.to_owned())
        };
    "reads-in-quotes", "Quotes around a token are taken off", ["RFC7515-2"] =>
        |_, _, token| {
            let bare = token.trim_matches(['"', '\'']);
            (bare != token).then(|| bare.to_owned())
        };
}

mutants! {
    fn shapes(of: &'static Tokens) in of.profile, read(of);

    "reads-pairs", "A list of pairs is read as an object", ["RFC7515-10.12"] =>
        |_, players, token| {
            let paired = |text: &str| object(text).or_else(|| pairs(text));
            let header = |segment: &str| paired(&decoded(segment)?);
            let payload =
                |segment: &str| Some(Value::Object(paired(&decoded(segment)?)?).to_string());
            if Loose::read(token).is_some_and(|loose| object(&loose.payload).is_some()) {
                return None;
            }
            Loose::of(token, header, payload)?.accepted(players)
        };
    "reads-unencoded", "A payload is read as it stands where b64 is false",
        ["RFC7797-7", "RFC7515-2", "RFC7515-4.1.11"] =>
        |_, players, token| {
            let mut loose = Loose::of(
                token,
                |header| object(&decoded(header)?),
                |payload| Some(payload.to_owned()),
            )?;
            loose.header.remove("b64").filter(|b64| *b64 == Value::Bool(false))?;
            loose.header.remove("crit");
            loose.accepted(players)
        };
    "names-any-case", "A member counts in any case, and in capitals before others", NAMES =>
        |_, players, token| {
            let mut loose = Loose::read(token)?;
            let payload = object(&loose.payload)?;
            let folded = (folded(&loose.header), folded(&payload));
            if folded.0 == loose.header && folded.1 == payload {
                return None;
            }
            let key = keys(players).find(|key| loose.is_signed_by(key))?;
            (loose.header, loose.payload) = (folded.0, Value::Object(folded.1).to_string());
            loose.signed(key)
        };
    "lists-as-text", "A list counts as the last text in it",
        ["WCL-31", "WCL-07", "TCA-10083-kid", "TCA-10083-iss", "TCA-5-username", "WDL-JWT-21",
         "WDL-JWT-06", "WDL-JWT-03"] =>
        |_, players, token| {
            let mut loose = Loose::read(token)?;
            let payload = object(&loose.payload)?;
            let key = keys(players).find(|key| loose.is_signed_by(key))?;
            let (header, claims) = (unlisted(&loose.header), unlisted(&payload));
            if header == loose.header && claims == payload {
                return None;
            }
            (loose.header, loose.payload) = (header, Value::Object(claims).to_string());
            loose.signed(key)
        };
    "parts-as-whole", "An identity matches where it is part of the right one",
        ["TCA-10089-iss", "TCA-5-username", "TCA-126-ref", "TCA-127-id", "WCL-31", "WCL-07"] =>
        |_, players, token| {
            let mut loose = Loose::read(token)?;
            let mut payload = object(&loose.payload)?;
            let key = keys(players).find(|key| loose.is_signed_by(key))?;
            let wholes =
                (whole(players, &loose.header, "iss"), whole(players, &loose.header, "kid"));
            let user = whole(players, &payload, "sub");
            if wholes.0.is_none() && wholes.1.is_none() && user.is_none() {
                return None;
            }
            loose.header.extend(wholes.0.map(|id| ("iss".to_owned(), id)));
            loose.header.extend(wholes.1.map(|id| ("kid".to_owned(), id)));
            payload.extend(user.map(|id| ("sub".to_owned(), id)));
            loose.payload = Value::Object(payload).to_string();
            loose.signed(key)
        };
    "first-of-two", "Of two members of one name the first counts", ["RFC7515-4", "RFC7519-4"] =>
        |_, players, token| {
            let mut loose = Loose::of(token, |header| firsts(&decoded(header)?), decoded)?;
            let payload = firsts(&loose.payload)?;
            let last = Loose::read(token)?;
            if loose.header == last.header && Some(&payload) == object(&last.payload).as_ref() {
                return None;
            }
            let key = keys(players).find(|key| loose.is_signed_by(key))?;
            loose.payload = Value::Object(payload).to_string();
            loose.signed(key)
        };
    "embedded-keys", "A key in the header verifies the token", ["RFC8725-3.10"] =>
        |of, players, token| {
            let loose = Loose::read(token)?;
            let brought = keys(players).find(|key| is_brought(&loose.header, key))?;
            if loose.is_signed_by(brought) { loose.accepted_as_known(of, players) } else { None }
        };
}

/// What the profiles say of members that are absent, which one under another name is.
const NAMES: &[&str] = &[
    "RFC7515-4",
    "RFC7519-4",
    "RFC7515-4.1.1",
    "CPX-odd-accept",
    "WCL-15",
    "WCL-31",
    "WDL-JWT-01",
    "WDL-JWT-04",
    "WDL-JWT-09",
    "WDL-JWT-21",
    "TCA-10083-kid",
    "TCA-10083-iss",
    "TCA-10084-aud-missing",
    "TCA-10084-sub-missing",
    "TCA-10094-jti",
    "TCA-10099-scp",
    "TCA-exp-past",
];

/// No token at all, which every profile refuses.
const UNREAD: &str = "unread";

mutants! {
    /// Secrets that are read by too narrow rules, so that good tokens are refused.
    fn secrets(of: &'static Tokens) in of.profile, read(of);

    strict "secrets-in-ascii", "A secret is cut to the ASCII in it", EveryAcceptance =>
        |_, players, token| {
            let key = signer(players, token)?;
            matches!(key, SigningKey::Secret(secret) if !secret.expose_secret().is_ascii())
                .then(|| UNREAD.to_owned())
        };
    strict "secrets-of-one-block", "A secret is cut to 64 bytes", EveryAcceptance =>
        |_, players, token| {
            let key = signer(players, token)?;
            matches!(key, SigningKey::Secret(secret) if secret.expose_secret().len() > 64)
                .then(|| UNREAD.to_owned())
        };
}

mutants! {
    /// What a server that was given another text than PEM for a public key may say of it.
    fn public_text(of: &'static Tokens) in of.profile, read(of);

    strict "public-pem-alone", "A public key that is not kept as plain PEM verifies nothing",
        ["CPX-odd-accept"] =>
        |of, players, token| {
            let named = (of.named)(&Loose::read(token)?)?;
            // Several accounts have one key, each kept as another text.
            let (_, account) =
                players.iter().find(|(_, player)| player.id == named && player.key.is_some())?;
            match account.key.as_ref()? {
                SigningKey::Rsa { configured, .. } if !is_plain_pem(configured) => {
                    Some(UNREAD.to_owned())
                }
                SigningKey::Rsa { .. } | SigningKey::Secret(_) => None,
            }
        };
}

fn is_plain_pem(text: &str) -> bool {
    text.starts_with("-----BEGIN ") && text.lines().count() > 2 && !text.contains('\r')
}

fn signer<'p>(players: &'p Players, token: &str) -> Option<&'p SigningKey> {
    let loose = Loose::read(token)?;
    keys(players).find(|key| loose.is_signed_by(key))
}

const CONFUSED: &[&str] = &["RFC8725-2.1", "RFC8725-3.1", "WAP-SIG-01", "WDL-JWT-01"];

mutants! {
    /// Where an account's key is a public one.
    fn public(of: &'static Tokens) in of.profile, read(of);

    "confusion-pkcs1", "HS256 keyed with a public key passes where its text is PKCS#1", CONFUSED =>
        |_, players, token| {
            confused(players, token, |text| text.starts_with("-----BEGIN RSA PUBLIC KEY"))
        };
    "confusion-unknown-text",
        "HS256 keyed with a public key passes where its text does not begin as PEM",
        CONFUSED =>
        |_, players, token| confused(players, token, |text| !text.starts_with("-----BEGIN "));
    "pss-passes", "RSASSA-PSS by the account's own key passes", CONFUSED =>
        |_, players, token| {
            let loose = Loose::read(token)?;
            let alg = match loose.header.get("alg").and_then(Value::as_str) {
                Some("PS256") => Algorithm::PS256,
                Some("PS384") => Algorithm::PS384,
                Some("PS512") => Algorithm::PS512,
                _ => return None,
            };
            let key = keys(players).find(|key| holds(key, alg, loose.input, &loose.signature))?;
            loose.renewed(key)
        };
}

const NO_KEY: &[&str] = &[
    "RFC8725-2.1",
    "RFC8725-3.10",
    "WCL-31",
    "TCA-10085-kid",
    "TCA-10083-kid",
    "TCA-10083-both",
    "WDL-ACC-20",
];

mutants! {
    /// Where the token names nobody, and a library is handed no key.
    fn unfound(of: &'static Tokens) in of.profile, read(of);

    "unfound-none", "An unsigned token passes where its key is not found", NO_KEY =>
        |of, players, token| {
            let loose = Loose::read(token)?;
            let unsigned = loose.signature.is_empty()
                && loose.header.get("alg").is_some_and(|alg| alg == "none");
            nobodys(of, players, loose, unsigned)
        };
    "unfound-empty", "A key that is not found counts as an empty secret", NO_KEY =>
        |of, players, token| {
            let loose = Loose::read(token)?;
            let empty = is_hmac(b"", loose.input, &loose.signature);
            nobodys(of, players, loose, empty)
        };
    "unfound-word", "A key that is not found counts as the word for nothing", NO_KEY =>
        |of, players, token| {
            let loose = Loose::read(token)?;
            let keyed = |word: &&[u8]| is_hmac(word, loose.input, &loose.signature);
            let word = WORDS.iter().any(keyed);
            nobodys(of, players, loose, word)
        };
}

/// Words that stand for nothing where nothing is made into text.
const WORDS: [&[u8]; 3] = [b"undefined", b"null", b"None"];

fn nobodys(of: &Tokens, players: &Players, loose: Loose<'_>, is_taken: bool) -> Option<String> {
    let passes = is_taken && is_nobody(players, (of.named)(&loose).as_deref());
    if passes { loose.accepted_as_known(of, players) } else { None }
}

fn confused(players: &Players, token: &str, unguarded: fn(&str) -> bool) -> Option<String> {
    let loose = Loose::read(token)?;
    let keyed = |key: &&SigningKey| match key {
        SigningKey::Rsa { configured, .. } => {
            unguarded(configured) && is_hmac(configured.as_bytes(), loose.input, &loose.signature)
        }
        SigningKey::Secret(_) => false,
    };
    let key = keys(players).find(keyed)?;
    loose.renewed(key)
}

/// The members that name somebody, each list in them read as the last text it holds.
fn unlisted(members: &Map<String, Value>) -> Map<String, Value> {
    let names = ["kid", "iss", "sub", "jti", "iat", "workato_sub", "https://www.workato.com/sub"];
    let last = |value: &Value| value.as_array().and_then(|list| list.last().cloned());
    let read = |(name, value): (&String, &Value)| {
        let read = if names.contains(&name.as_str()) { last(value) } else { None };
        (name.clone(), read.unwrap_or_else(|| value.clone()))
    };
    members.iter().map(read).collect()
}

/// The id of which the member is a proper part, of half its length at least.
fn whole(players: &Players, members: &Map<String, Value>, name: &str) -> Option<Value> {
    let part = members.get(name)?.as_str()?;
    let is_part = |id: &str| id != part && part.len() * 2 + 1 >= id.len() && id.contains(part);
    let mut ids = players.iter().map(|(_, player)| player.id.as_str());
    let exact = players.iter().any(|(_, player)| player.id == part);
    if exact { None } else { ids.find(|id| is_part(id)).map(Value::from) }
}

/// Names in lower case. A map is in the order of bytes, so the name with capitals comes first, and is kept.
fn folded(members: &Map<String, Value>) -> Map<String, Value> {
    let mut folded = Map::new();
    for (name, value) in members {
        folded.entry(name.to_lowercase()).or_insert_with(|| value.clone());
    }
    folded
}

/// The object a list of names and values stands for.
fn pairs(json: &str) -> Option<Map<String, Value>> {
    serde_json::from_str::<Vec<(String, Value)>>(json).ok().map(|pairs| pairs.into_iter().collect())
}
