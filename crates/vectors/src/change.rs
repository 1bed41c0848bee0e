//! The one thing a case changes about an accepted scene.

use std::borrow::Cow;

use crate::presentation::Surface;
use crate::sign::Signature;

/// A part of the compact form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The JOSE header.
    Header,
    /// The payload.
    Payload,
}

/// A segment of the compact form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    /// The second.
    Payload,
    /// The third.
    Signature,
}

impl Segment {
    const fn name(self) -> &'static str {
        match self {
            Self::Payload => "payload",
            Self::Signature => "signature",
        }
    }

    pub(crate) const fn place(self) -> usize {
        match self {
            Self::Payload => 1,
            Self::Signature => 2,
        }
    }
}

/// What happens to one member of a part.
#[derive(Clone, Debug)]
pub enum Edit {
    /// It is left out.
    Remove,
    /// Its value is this JSON text.
    Json(Cow<'static, str>),
    /// Its value is now plus so many seconds.
    FromNow(i64),
    /// Its value is now plus the longest lifetime of a token on this target plus so many seconds.
    BeyondLimit(i64),
    /// Its value is now plus so many seconds as digits in a string.
    FromNowQuoted(i64),
    /// Its value is now plus so many seconds, in milliseconds.
    FromNowMillis(i64),
    /// Its value is now plus so many seconds, written so: how, and the JSON text.
    FromNowAs(i64, &'static str, fn(i64) -> String),
    /// Its value is an integer of so many digits that no other case uses.
    FreshDigits(usize),
    /// Its own string, changed.
    OwnWith(fn(&str) -> String),
    /// Its own JSON text, in another shape: which, and how.
    OwnJson(&'static str, fn(&str) -> String),
    /// The key of the role, as a JWK that says how its signatures are verified (RFC 7517).
    Jwk(&'static str),
    /// The key of the role, as a list of one certificate signed by itself (RFC 7515 section 4.1.6).
    X5c(&'static str),
    /// The `jti` string of the token minted under this name before, changed.
    FirstWith(&'static str, fn(&str) -> String),
    /// The integer `jti` of that token as a string of its digits.
    FirstQuoted(&'static str),
    /// The integer `jti` of that token with its last digit moved.
    FirstNumberPlusOne(&'static str),
    /// Its value is the id of who plays the role.
    Role(&'static str),
    /// Its value is that id, changed.
    RoleAs(&'static str, fn(&str) -> String),
    /// The `jti` of the token minted under this name before.
    SameJti(&'static str),
    /// It stands twice: this value first, then its own.
    Before(&'static str),
    /// It stands twice: its own value first, then this.
    After(&'static str),
    /// Its name is spelled this way in the JSON text.
    Spelled(&'static str),
}

/// A length to pad to with a claim nobody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Characters of the encoded payload.
    PayloadChars(usize),
    /// Bytes of the compact form.
    TokenBytes(usize),
}

/// What happens to the request.
#[derive(Clone, Debug)]
pub enum RequestEdit {
    /// A header has this value, or is absent.
    Header(&'static str, Option<&'static str>),
    /// One more header.
    AddHeader(&'static str, &'static str),
    /// A field has this value.
    Field(&'static str, &'static str),
    /// The token is absent, or this text.
    Token(Option<&'static str>),
    /// The token stands in this header and nowhere else; `{token}` in the value is where.
    TokenIn(&'static str, &'static str),
    /// The token stands in this parameter of the query and nowhere else.
    TokenInQuery(&'static str),
    /// A field is what the role names, altered: what is done, and how.
    FieldAs(&'static str, &'static str, &'static str, fn(&str) -> String),
    /// The request goes there.
    Surface(Surface),
}

/// One change to an accepted scene, in any of its parts.
#[derive(Clone, Debug)]
pub enum Change {
    /// Other players in some slots: (slot, role).
    Roles(&'static [(&'static str, &'static str)]),
    /// A header member.
    Header(&'static str, Edit),
    /// A payload claim.
    Claim(&'static str, Edit),
    /// A part's whole JSON text, signed as it stands.
    Rewrite(Part, &'static str, fn(&str) -> Vec<u8>),
    /// A part as it is encoded, signed as it stands: what is done, and how.
    Encoded(Part, &'static str, fn(&str) -> String),
    /// A claim nobody reads is altered until the compact form is so: how, and the test.
    Until(&'static str, fn(&str) -> bool),
    /// The payload is padded.
    Pad(Size),
    /// `alg` has this JSON text, and the signature fits it.
    Alg(&'static str, Signature),
    /// The signature is made otherwise.
    Sign(Signature),
    /// A segment of the compact form is the one of the token minted under this name before.
    Graft(Segment, &'static str),
    /// The compact form, after signing: what is done, and how.
    Text(&'static str, fn(&str) -> String),
    /// The request.
    Request(RequestEdit),
}

impl From<Change> for Vec<Change> {
    fn from(change: Change) -> Self {
        vec![change]
    }
}

impl Change {
    /// A claim with this JSON text.
    pub const fn claim(name: &'static str, json: &'static str) -> Self {
        Self::Claim(name, Edit::Json(Cow::Borrowed(json)))
    }

    /// A claim that is left out.
    pub const fn without_claim(name: &'static str) -> Self {
        Self::Claim(name, Edit::Remove)
    }

    /// A header member with this JSON text.
    pub const fn header(name: &'static str, json: &'static str) -> Self {
        Self::Header(name, Edit::Json(Cow::Borrowed(json)))
    }

    /// A header member that is left out.
    pub const fn without_header(name: &'static str) -> Self {
        Self::Header(name, Edit::Remove)
    }

    /// A request header.
    pub const fn request_header(name: &'static str, value: &'static str) -> Self {
        Self::Request(RequestEdit::Header(name, Some(value)))
    }

    /// The change in words, for files and reports.
    pub fn describe(&self) -> String {
        match self {
            Self::Roles(slots) => {
                let slots: Vec<_> =
                    slots.iter().map(|(slot, role)| format!("{slot} is {role}")).collect();
                slots.join(", ")
            }
            Self::Header(name, edit) => format!("header {name} {}", edit.describe()),
            Self::Claim(name, edit) => format!("claim {name} {}", edit.describe()),
            Self::Rewrite(Part::Header, what, _) => format!("header text: {what}"),
            Self::Rewrite(Part::Payload, what, _) => format!("payload text: {what}"),
            Self::Encoded(Part::Header, what, _) => format!("encoded header, signed so: {what}"),
            Self::Encoded(Part::Payload, what, _) => format!("encoded payload, signed so: {what}"),
            Self::Until(what, _) => format!("an unused claim such that {what}"),
            Self::Pad(Size::PayloadChars(n)) => format!("encoded payload of {n} characters"),
            Self::Pad(Size::TokenBytes(n)) => format!("compact form of {n} bytes"),
            Self::Alg(json, signature) => format!("header alg is {json}, {}", signature.describe()),
            Self::Sign(signature) => signature.describe(),
            Self::Graft(segment, from) => {
                format!("its {} is the one of token `{from}`", segment.name())
            }
            Self::Text(what, _) => format!("compact form: {what}"),
            Self::Request(edit) => edit.describe(),
        }
    }
}

impl Edit {
    /// Whether it spells the member's name so that a reader sees this one.
    pub fn respells_as(&self, name: &str) -> bool {
        let Self::Spelled(spelling) = self else { return false };
        serde_json::from_str::<String>(&format!("\"{spelling}\"")).is_ok_and(|read| read == name)
    }

    fn describe(&self) -> String {
        match self {
            Self::Remove => "left out".to_owned(),
            Self::Json(json) if json.len() > 60 => {
                format!("is a JSON text of {} bytes", json.len())
            }
            Self::Json(json) => format!("is {json}"),
            Self::FromNow(by) => format!("is now {by:+} s"),
            Self::BeyondLimit(0) => "is now and the longest lifetime".to_owned(),
            Self::BeyondLimit(by) => format!("is now and the longest lifetime {by:+} s"),
            Self::FromNowQuoted(by) => format!("is now {by:+} s as a string"),
            Self::FromNowMillis(by) => format!("is now {by:+} s in milliseconds"),
            Self::FromNowAs(by, how, _) => format!("is now {by:+} s {how}"),
            Self::FreshDigits(count) => format!("is an integer of {count} digits"),
            Self::OwnWith(_) => "is its own value, altered".to_owned(),
            Self::OwnJson(shape, _) => format!("is its own value {shape}"),
            Self::Jwk(role) => format!("is the key of {role}, as a JWK"),
            Self::X5c(role) => format!("is a certificate over the key of {role}"),
            Self::FirstWith(name, _) => format!("is the one of token `{name}`, altered"),
            Self::FirstQuoted(name) => format!("is the integer of token `{name}` as a string"),
            Self::FirstNumberPlusOne(name) => {
                format!("is the integer of token `{name}`, last digit moved")
            }
            Self::Role(role) => format!("names {role}"),
            Self::RoleAs(role, _) => format!("names {role}, altered"),
            Self::SameJti(name) => format!("is the one of token `{name}`"),
            Self::Before(json) => format!("stands twice, {json} first"),
            Self::After(json) => format!("stands twice, {json} last"),
            Self::Spelled(name) => format!("is spelled {name}"),
        }
    }
}

impl RequestEdit {
    fn describe(&self) -> String {
        match self {
            Self::Header(name, Some(value)) => format!("request header {name} is {value}"),
            Self::Header(name, None) => format!("no request header {name}"),
            Self::AddHeader(name, _) => format!("one more request header {name}"),
            Self::Field(name, value) => format!("request field {name} is {}", value.escape_debug()),
            Self::Token(None) => "no token".to_owned(),
            Self::Token(Some(text)) => format!("the token is the text `{}`", text.escape_debug()),
            Self::TokenIn(header, value) => {
                format!("the token alone in the request header {header}, as `{value}`")
            }
            Self::TokenInQuery(name) => format!("the token alone in the query, as {name}"),
            Self::FieldAs(name, _, what, _) => format!("request field {name}: {what}"),
            Self::Surface(surface) => format!("surface {surface}"),
        }
    }
}
