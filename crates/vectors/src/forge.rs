//! Scene, change, cast and instant give the bytes of one presentation.

use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{ExposeSecret, Player, Players, Seed, SigningKey};
use sha2::{Digest, Sha256};

use crate::brought;
use crate::change::{Change, Edit, Part, RequestEdit, Segment, Size};
use crate::draft::{self, Draft, Members, quoted};
use crate::presentation::{Header, Presentation};
use crate::scene::Scene;
use crate::sign::{self, SignError, Signature};

/// The page a direct link leads to where nobody plays one: what every server of the reference serves.
const PAGE: &str = "https://app.claimproof.example/recipes";

/// Why a presentation could not be minted.
#[derive(Debug, thiserror::Error)]
pub enum ForgeError {
    /// Nobody plays the role; the case is skipped.
    #[error("nobody plays the role `{0}`")]
    RoleUnplayed(String),
    /// The recipe needs a token that was not minted before it.
    #[error("no token `{0}` was minted before")]
    NoToken(&'static str),
    /// The recipe keys an HMAC with a text nobody has given; the case is skipped.
    #[error("the signer's public key is not known as the target has it configured; name its public_key_file")]
    NoPublicText,
    /// The signature could not be made.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// No value of the claim tried made the token such.
    #[error("no token was found such that {0}")]
    NotFound(&'static str),
    /// What is changed stays as it was: an id without letters in upper case, for instance.
    #[error("with the players at hand the change alters nothing, so there is nothing to try")]
    Unchanged,
    /// The key of a role is not of the kind the recipe signs with.
    #[error("the role `{role}` has {error}")]
    Key {
        /// The role.
        role: &'static str,
        /// Which kind is missing.
        error: SignError,
    },
    /// The padding asked for is shorter than the token.
    #[error("no {}: the token is longer already, or no claim fits exactly", Change::Pad(*.0).describe())]
    Pad(Size),
}

/// A token of a case, kept under its name.
#[derive(Clone, Debug)]
pub struct Minted {
    /// What to present.
    pub presentation: Presentation,
    /// The `jti` value as JSON text.
    pub jti: String,
}

impl Minted {
    /// The same token presented again, its compact form altered or not.
    pub fn again(&self, change: Option<&Change>) -> Presentation {
        let mut presentation = self.presentation.clone();
        match change {
            Some(Change::Text(_, alter)) => presentation.token = presentation.token.as_deref().map(alter),
            Some(other) => apply_to_request(&mut presentation, other),
            None => {}
        }
        presentation
    }
}

/// The tokens minted so far in one case.
pub type Ledger = BTreeMap<&'static str, Minted>;

/// Mints presentations of one case.
#[derive(Clone, Copy, Debug)]
pub struct Forge<'a> {
    /// Who plays.
    pub players: &'a Players,
    /// Seconds since 1970.
    pub now: i64,
    /// Distinguishes runs, so that no id is used in two of them.
    pub run: &'a str,
    /// The case.
    pub case: &'a str,
    /// What the order of members and the length of free texts are derived from; without one they are
    /// those of the golden vectors.
    pub seed: Option<Seed>,
}

impl Forge<'_> {
    /// An accepted scene with these changes, as the token `name`.
    pub fn mint(&self, name: &str, scene: &Scene, changes: &[Change], ledger: &Ledger) -> Result<Minted, ForgeError> {
        let all: Vec<&Change> = scene.adjust.iter().chain(changes).collect();
        let players = self.players.on(scene.role("site", &all));
        Forge { players: &players, ..*self }.mint_here(name, scene, &all, ledger)
    }

    /// The same with the players of the scene's site.
    fn mint_here(&self, name: &str, scene: &Scene, all: &[&Change], ledger: &Ledger) -> Result<Minted, ForgeError> {
        for (slot, _) in scene.roles {
            self.player(scene.role(slot, all).unwrap_or_default())?;
        }
        let slot = |name: &str| scene.role(name, all).and_then(|role| self.players.get(role));
        let jti = self.jti(name);
        let mut draft = draft::plain(scene.profile, &slot, self.now, &jti, self.players.terms());
        if self.seed.is_some() && draft.payload.get("name").is_some() {
            draft.payload.set("name", quoted(&format!("Test Caller {jti}")));
        }
        for change in all {
            self.edit(&mut draft, change, ledger)?;
        }
        if let Some(seed) = self.seed {
            draft.header.shuffle(seed, &format!("{} {name} header", self.case));
            draft.payload.shuffle(seed, &format!("{} {name} payload", self.case));
        }
        let mut token = self.token(&draft, all).map_err(|error| of_signer(error, scene, all, draft.signature))?;
        for change in all {
            if let Change::Graft(segment, from) = change {
                token = grafted(&token, *segment, ledger.get(from).ok_or(ForgeError::NoToken(from))?);
            }
        }
        let jti = draft.payload.get("jti").unwrap_or_default().to_owned();
        let mut presentation = draft.presentation;
        presentation.token = Some(token);
        for change in all {
            apply_to_request(&mut presentation, change);
            if let Change::Request(RequestEdit::FieldAs(name, role, _, alter)) = change {
                let own = self.players.get(role).map_or(PAGE, |player| player.id.as_str());
                presentation.fields.insert((*name).to_owned(), alter(own));
            }
        }
        Ok(Minted { presentation, jti })
    }

    /// Tokens of one recipe, one for each round.
    pub fn rounds(
        &self,
        name: &str,
        scene: &Scene,
        changes: &[Change],
        rounds: usize,
        ledger: &Ledger,
    ) -> Result<Vec<Minted>, ForgeError> {
        (1..=rounds).map(|round| self.mint(&format!("{name} of round {round}"), scene, changes, ledger)).collect()
    }

    fn player(&self, role: &str) -> Result<&Player, ForgeError> {
        self.players.get(role).ok_or_else(|| ForgeError::RoleUnplayed(role.to_owned()))
    }

    fn key(&self, role: &str) -> Result<&SigningKey, ForgeError> {
        self.player(role)?.key.as_ref().ok_or(ForgeError::Sign(SignError::NoKey("key")))
    }

    /// Digits of this case, so that no two cases meet; never with a leading zero.
    fn digits(&self, count: usize) -> String {
        let hex = self.jti("digits");
        let digits = hex.bytes().map(|byte| char::from(b'0' + byte % 10));
        std::iter::once('7').chain(digits).take(count).collect()
    }

    /// 32 hexadecimal digits or, under a seed, 2 to 16 more; never the same for two tokens of two runs.
    fn jti(&self, name: &str) -> String {
        let mut hash = Sha256::new();
        for part in [self.run, self.case, name] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let mut text = String::new();
        let more = self.seed.map_or(0, |seed| 1 + seed.pick(&format!("{} {name} length", self.case), 8));
        for byte in &hash.finalize()[..16 + more] {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    fn edit(&self, draft: &mut Draft, change: &Change, ledger: &Ledger) -> Result<(), ForgeError> {
        match change {
            Change::Header(name, edit) => self.member(&mut draft.header, name, edit, ledger)?,
            Change::Claim(name, edit) => self.member(&mut draft.payload, name, edit, ledger)?,
            Change::Alg(json, signature) => {
                draft.header.set("alg", (*json).to_owned());
                draft.signature = *signature;
            }
            Change::Sign(signature) => draft.signature = *signature,
            Change::Roles(_) | Change::Rewrite(..) | Change::Encoded(..) | Change::Until(..) => {}
            Change::Pad(_) | Change::Text(..) | Change::Graft(..) | Change::Request(_) => {}
        }
        Ok(())
    }

    fn member(&self, members: &mut Members, name: &str, edit: &Edit, ledger: &Ledger) -> Result<(), ForgeError> {
        match edit {
            Edit::Remove => members.remove(name),
            Edit::Json(json) => members.set(name, json.to_string()),
            Edit::FromNow(by) => members.set(name, (self.now + by).to_string()),
            Edit::BeyondLimit(by) => {
                members.set(name, (self.now + self.players.longest_lifetime() + by).to_string());
            }
            Edit::FromNowQuoted(by) => members.set(name, format!("\"{}\"", self.now + by)),
            Edit::FromNowMillis(by) => members.set(name, ((self.now + by) * 1000).to_string()),
            Edit::FromNowAs(by, _, write) => members.set(name, write(self.now + by)),
            Edit::FreshDigits(count) => members.set(name, self.digits(*count)),
            Edit::OwnWith(alter) => {
                let own = unquoted(members.get(name).unwrap_or_default());
                members.set(name, quoted(&altered(&own, *alter)?));
            }
            Edit::OwnJson(_, shape) => {
                let own = shape(members.get(name).unwrap_or_default());
                members.set(name, own);
            }
            Edit::Jwk(role) => members.set(name, brought::jwk(self.key(role)?)?),
            Edit::X5c(role) => members.set(name, brought::x5c(self.key(role)?)?),
            Edit::FirstWith(token, alter) => members.set(name, quoted(&alter(&unquoted(jti_of(ledger, token)?)))),
            Edit::FirstQuoted(token) => members.set(name, quoted(jti_of(ledger, token)?)),
            Edit::FirstNumberPlusOne(token) => members.set(name, move_last_digit(jti_of(ledger, token)?)),
            Edit::Role(role) => members.set(name, quoted(&self.player(role)?.id)),
            Edit::RoleAs(role, alter) => members.set(name, quoted(&altered(&self.player(role)?.id, *alter)?)),
            Edit::SameJti(token) => members.set(name, jti_of(ledger, token)?.to_owned()),
            Edit::Before(json) => {
                let place = members.place(name).unwrap_or(0);
                members.0.insert(place, (name.to_owned(), (*json).to_owned()));
            }
            Edit::After(json) => members.push(name, (*json).to_owned()),
            Edit::Spelled(spelling) => {
                if let Some(place) = members.place(name) {
                    members.0[place].0 = (*spelling).to_owned();
                }
            }
        }
        Ok(())
    }

    fn token(&self, draft: &Draft, changes: &[&Change]) -> Result<String, ForgeError> {
        let mut draft = draft.clone();
        let size = changes.iter().find_map(|change| if let Change::Pad(size) = change { Some(*size) } else { None });
        let mut token = self.compact(&draft, changes)?;
        for change in changes {
            if let Change::Until(what, suits) = change {
                token = self.sought(&mut draft, changes, what, *suits)?;
            }
        }
        if let Some(size) = size {
            draft.payload.push("padding", quoted(""));
            token = self.padded(draft, changes, size)?;
        }
        for change in changes {
            if let Change::Text(_, alter) = change {
                token = altered(&token, *alter)?;
            }
        }
        Ok(token)
    }

    /// Tries values of a claim nobody reads. Each suits with some likelihood of its own, so few are enough.
    fn sought(
        &self,
        draft: &mut Draft,
        changes: &[&Change],
        what: &'static str,
        suits: fn(&str) -> bool,
    ) -> Result<String, ForgeError> {
        for turn in 0..200 {
            draft.payload.set("sought", turn.to_string());
            let token = self.compact(draft, changes)?;
            if suits(&token) {
                return Ok(token);
            }
        }
        Err(ForgeError::NotFound(what))
    }

    /// Tries lengths upward from an estimate: base64 steps make some lengths unreachable.
    fn padded(&self, mut draft: Draft, changes: &[&Change], size: Size) -> Result<String, ForgeError> {
        let wanted = match size {
            Size::PayloadChars(n) | Size::TokenBytes(n) => n,
        };
        let measure = |token: &str| match size {
            Size::PayloadChars(_) => token.split('.').nth(1).map_or(0, str::len),
            Size::TokenBytes(_) => token.len(),
        };
        let bare = measure(&self.compact(&draft, changes)?);
        let missing = wanted.checked_sub(bare).ok_or(ForgeError::Pad(size))?;
        for length in (missing * 3 / 4).saturating_sub(3)..=missing * 3 / 4 + 3 {
            draft.payload.set("padding", quoted(&"x".repeat(length)));
            let token = self.compact(&draft, changes)?;
            if measure(&token) == wanted {
                return Ok(token);
            }
        }
        Err(ForgeError::Pad(size))
    }

    fn compact(&self, draft: &Draft, changes: &[&Change]) -> Result<String, ForgeError> {
        let text = |part: Part, members: &Members| {
            let mut bytes = members.text().into_bytes();
            for change in changes {
                if let Change::Rewrite(of, _, rewrite) = change
                    && *of == part
                {
                    bytes = rewrite(&String::from_utf8_lossy(&bytes));
                }
            }
            bytes
        };
        let (header, payload) = (text(Part::Header, &draft.header), text(Part::Payload, &draft.payload));
        let input =
            format!("{}.{}", encoded(Part::Header, &header, changes), encoded(Part::Payload, &payload, changes));
        let decoded = [header, b".".to_vec(), payload].concat();
        let signature = self.signature(draft, &input, &decoded)?;
        Ok(format!("{input}.{signature}"))
    }

    fn signature(&self, draft: &Draft, input: &str, decoded: &[u8]) -> Result<String, ForgeError> {
        let own = || draft.signer.as_ref().ok_or(SignError::NoKey("key"));
        let alg = draft.signer.as_ref().map_or(sign::Alg::Hs256, sign::Alg::usual);
        let input = input.as_bytes();
        Ok(match draft.signature {
            Signature::Own(alg) => sign::encoded(own()?, alg, input)?,
            Signature::By(role, alg) => sign::encoded(self.key(role)?, alg, input)?,
            Signature::HmacKeyed(key) => sign::hmac(key, input)?,
            Signature::SecretAs(_, bytes) => match own()? {
                SigningKey::Secret(secret) => {
                    let (own, key) = (secret.expose_secret(), bytes(secret.expose_secret()));
                    if own.as_bytes() == key {
                        return Err(ForgeError::Unchanged);
                    }
                    sign::hmac(&key, input)?
                }
                SigningKey::Rsa { .. } => return Err(SignError::NoKey("HMAC secret").into()),
            },
            Signature::PublicKeyAs(_, bytes) => match own()? {
                SigningKey::Rsa { configured, .. } if configured.is_empty() => return Err(ForgeError::NoPublicText),
                SigningKey::Rsa { public, .. } => sign::hmac(&bytes(public), input)?,
                SigningKey::Secret(_) => return Err(SignError::NoKey("RSA pair").into()),
            },
            Signature::Configured => match own()? {
                SigningKey::Rsa { configured, .. } if configured.is_empty() => return Err(ForgeError::NoPublicText),
                SigningKey::Rsa { configured, .. } => sign::hmac(configured.as_bytes(), input)?,
                SigningKey::Secret(_) => return Err(SignError::NoKey("RSA pair").into()),
            },
            Signature::Altered(_, alter) => sign::altered(&sign::encoded(own()?, alg, input)?, alter),
            Signature::OverDecoded => sign::encoded(own()?, alg, decoded)?,
            Signature::Empty => String::new(),
        })
    }
}

/// A part as base64url, altered as the changes say.
fn encoded(part: Part, bytes: &[u8], changes: &[&Change]) -> String {
    let mut text = URL_SAFE_NO_PAD.encode(bytes);
    for change in changes {
        if let Change::Encoded(of, _, alter) = change
            && *of == part
        {
            text = alter(&text);
        }
    }
    text
}

/// Names the role whose key is not of the kind it takes.
fn of_signer(error: ForgeError, scene: &Scene, changes: &[&Change], signature: Signature) -> ForgeError {
    let own = || ["profile", "vendor", "secret"].into_iter().find_map(|slot| scene.role(slot, changes));
    let role = match signature {
        Signature::By(role, _) => Some(role),
        _ => own(),
    };
    match (error, role) {
        (ForgeError::Sign(error @ SignError::NoKey(_)), Some(role)) => ForgeError::Key { role, error },
        (other, _) => other,
    }
}

fn jti_of<'l>(ledger: &'l Ledger, token: &'static str) -> Result<&'l str, ForgeError> {
    ledger.get(token).map(|minted| minted.jti.as_str()).ok_or(ForgeError::NoToken(token))
}

/// The text altered; a change that alters nothing tries nothing.
fn altered(own: &str, alter: fn(&str) -> String) -> Result<String, ForgeError> {
    let other = alter(own);
    if other == own { Err(ForgeError::Unchanged) } else { Ok(other) }
}

/// The string of a JSON text.
fn unquoted(json: &str) -> String {
    serde_json::from_str(json).unwrap_or_default()
}

/// A token with one segment of another.
fn grafted(token: &str, segment: Segment, from: &Minted) -> String {
    let mut own: Vec<&str> = token.split('.').collect();
    let other = from.presentation.token.as_deref().and_then(|other| other.split('.').nth(segment.place()));
    if let (Some(own), Some(other)) = (own.get_mut(segment.place()), other) {
        *own = other;
    }
    own.join(".")
}

fn move_last_digit(digits: &str) -> String {
    let (start, last) = digits.split_at(digits.len().saturating_sub(1));
    format!("{start}{}", if last == "9" { "8" } else { "9" })
}

fn apply_to_request(presentation: &mut Presentation, change: &Change) {
    let Change::Request(edit) = change else { return };
    match edit {
        RequestEdit::Header(name, value) => presentation.set_header(name, *value),
        RequestEdit::AddHeader(name, value) => {
            presentation.headers.push(Header { name: (*name).to_owned(), value: (*value).to_owned() });
        }
        RequestEdit::Field(name, value) => {
            presentation.fields.insert((*name).to_owned(), (*value).to_owned());
        }
        RequestEdit::Token(text) => presentation.token = text.map(str::to_owned),
        RequestEdit::TokenIn(header, value) => {
            let token = presentation.token.take().unwrap_or_default();
            presentation.set_header(header, Some(&value.replace("{token}", &token)));
        }
        RequestEdit::Surface(surface) => presentation.surface = Some(*surface),
        // It takes who plays, and is the forge's own.
        RequestEdit::FieldAs(..) => {}
    }
}
