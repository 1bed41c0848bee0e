//! The golden files: cases frozen with the public cast at one instant.

mod clients;
mod dialogue;
mod exchange;
mod message;
mod moves;
mod tokens;

pub use message::{HttpReply, HttpRequest, Message};

use std::collections::BTreeMap;

use claimproof_cast::{ExposeSecret, SigningKey, public};
use claimproof_catalog::requirements::Level;
use claimproof_catalog::{Profile, codes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::case::{Act, Case, Manage, Need};
use crate::change::Change;
use crate::expect::{Answer, Expect, Numbers};
use crate::forge::{Forge, ForgeError, Ledger};
use crate::presentation::Presentation;
use crate::{FROZEN_NOW, cases, texts};
use dialogue::Dialogue;

/// One file: the vectors of one code of one profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VectorFile {
    /// The schema, relative to the file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The system.
    pub profile: String,
    /// The documented code, or the group: `accepted`, `undocumented`.
    pub code: String,
    /// File name and section of the document, where the code is documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// What the code means, in claimproof's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// What the document says clears it, in claimproof's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// The vectors.
    pub vectors: Vec<Vector>,
}

/// One vector: acts in order, each with what must come of it. The replay store is empty before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// `profile/code/what-is-wrong`, never reused.
    pub id: String,
    /// The vector in one sentence.
    pub title: String,
    /// `must` or `should`.
    pub level: String,
    /// Requirements and rules it judges.
    pub requirements: Vec<String>,
    /// The accepted vector it differs from in the changes named in its acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twin: Option<String>,
    /// The acts.
    pub script: Vec<Step>,
}

/// One act of a vector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Step {
    /// Present a token.
    Present {
        /// Seconds since 1970 on the verifier's clock.
        now: i64,
        /// What differs from the accepted scene, in words.
        change: Vec<String>,
        /// What is put on the wire.
        request: Presentation,
        /// What must come of it.
        expect: Expected,
    },
    /// Send bytes that are no HTTP request; for servers only.
    Raw {
        /// The bytes, all of them ASCII.
        bytes: String,
        /// What must come of it.
        expect: Expected,
    },
    /// Change what the server knows; for subjects with the documented management methods.
    Manage {
        /// Which method.
        call: String,
        /// Its arguments; roles are resolved in the cast.
        with: BTreeMap<String, String>,
        /// What must come of it.
        expect: Expected,
    },
    /// Move one of the parties around a Connect server.
    Move {
        /// Seconds since 1970 on every clock.
        now: i64,
        /// What is done.
        call: String,
        /// Its arguments; roles are resolved in the cast.
        with: BTreeMap<String, String>,
        /// What goes over the wire for it, where everybody but the server under test conforms.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        messages: Vec<Message>,
        /// What must come of it.
        expect: Expected,
    },
    /// Verify a token with this key and no other.
    Verify {
        /// Seconds since 1970 on the verifier's clock.
        now: i64,
        /// The key of RS256, as SPKI PEM.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        public_key: Option<String>,
        /// The key of HS256, as the bytes of this text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        secret: Option<String>,
        /// The compact form.
        token: String,
        /// What must come of it.
        expect: Expected,
    },
    /// Answer a client's exchange in the place of Connect; for clients only.
    Answer {
        /// What the client sends; further form members are its own affair.
        request: HttpRequest,
        /// What it is answered.
        reply: HttpReply,
        /// Seconds after which the client must hold the credentials for expired.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_in: Option<i64>,
        /// What the client must make of it.
        expect: Expected,
    },
}

/// What must come of an act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Expected {
    /// Accepted.
    Accept,
    /// Refused with one of the codes; without codes, the code is free.
    Refuse {
        /// The first is the reference's.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        codes: Vec<String>,
        /// Text the answer must carry.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        says: Option<String>,
        /// The HTTP status, where a reading fixes it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        /// The number in Connect's envelope is one of these.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        numbers: Vec<i64>,
        /// The number in Connect's envelope is none of these, or there is none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        other_numbers_than: Vec<i64>,
        /// The answer carries what the provider said last, letter by letter.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        verbatim: bool,
    },
    /// The documents leave it open: an answer per reading of a family.
    Open {
        /// The family.
        family: String,
        /// Reading to answer.
        readings: BTreeMap<String, Self>,
    },
}

/// Names every file with its digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the format.
    pub schema: u32,
    /// Seconds since 1970 at which the vectors are minted.
    pub now: i64,
    /// How many vectors there are.
    pub vectors: usize,
    /// Path below this folder to SHA-256, hexadecimal.
    pub files: BTreeMap<String, String>,
}

/// The manifest this program was built with.
pub const MANIFEST: &str = include_str!("../../../vectors/manifest.json");

/// SHA-256 of the manifest, hexadecimal.
pub fn digest() -> String {
    hex(MANIFEST.as_bytes())
}

/// Every generated file of this crate: path below `vectors/` to text.
pub fn generate() -> Result<BTreeMap<String, String>, ForgeError> {
    let mut files = BTreeMap::new();
    let mut count = 0;
    for profile in Profile::ALL {
        for (code, vectors) in by_code(frozen(profile)?) {
            count += vectors.len();
            files.insert(format!("{profile}/{code}.json"), pretty(&freeze(profile, &code, vectors)));
        }
        files.insert(format!("cast/{profile}.json"), pretty(&cast(profile)));
    }
    let schema = schemars::schema_for!(VectorFile);
    files.insert("schema/vectors.schema.json".to_owned(), pretty(&schema));
    let digests = files.iter().map(|(path, text)| (path.clone(), hex(text.as_bytes()))).collect();
    let manifest = Manifest { schema: 1, now: FROZEN_NOW, vectors: count, files: digests };
    files.insert("manifest.json".to_owned(), pretty(&manifest));
    Ok(files)
}

/// Reads a file strictly; the error names line, column and member.
pub fn load(text: &str) -> Result<VectorFile, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| format!("{}: {}", error.path(), error.inner()))
}

/// Every vector of a profile: its cases, and what no server is asked for.
fn frozen(profile: Profile) -> Result<Vec<Vector>, ForgeError> {
    // What only a browser shows is no message that could be frozen.
    let all = cases::of(profile);
    let shown = all.iter().filter(|case| !case.needs.contains(&Need::Browser));
    let mut vectors = shown.map(vector).collect::<Result<Vec<_>, _>>()?;
    if profile == Profile::PositConnect {
        vectors.extend(tokens::vectors()?);
        vectors.extend(clients::vectors());
    }
    Ok(vectors)
}

fn by_code(vectors: Vec<Vector>) -> BTreeMap<String, Vec<Vector>> {
    let mut grouped: BTreeMap<String, Vec<Vector>> = BTreeMap::new();
    for vector in vectors {
        let code = vector.id.split('/').nth(1).unwrap_or_default().to_owned();
        grouped.entry(code).or_default().push(vector);
    }
    grouped
}

fn freeze(profile: Profile, code: &str, vectors: Vec<Vector>) -> VectorFile {
    let row = codes::find(profile, code);
    VectorFile {
        schema: "../schema/vectors.schema.json".to_owned(),
        profile: profile.to_string(),
        code: code.to_owned(),
        document: row.map(|row| format!("{}, {}", row.cite.document.file, row.cite.section)),
        meaning: row.map(|row| row.meaning.to_owned()),
        remedy: row.map(|row| row.remedy.to_owned()),
        vectors,
    }
}

fn vector(case: &Case) -> Result<Vector, ForgeError> {
    let players = public(case.profile).players;
    let mut forge = Forge { players: &players, now: FROZEN_NOW, run: "golden", case: &case.id, seed: None };
    let mut ledger = Ledger::new();
    let mut dialogue = Dialogue::of(&case.id, keys(&players));
    let mut script = Vec::new();
    for turn in &case.script {
        match &turn.act {
            Act::Advance(seconds) => forge.now += seconds,
            Act::Move(moved) => {
                let messages = dialogue.say(moved, &turn.expect, forge.now);
                let (call, with) = moves::described(moved);
                let (call, expect) = (call.to_owned(), Expected::from(&turn.expect));
                script.push(Step::Move { now: forge.now, call, with, messages, expect });
            }
            act => script.extend(step(act, &turn.expect, &forge, &mut ledger)?),
        }
    }
    Ok(Vector {
        id: case.id.clone(),
        title: case.title.clone(),
        level: if case.level == Level::Must { "must" } else { "should" }.to_owned(),
        requirements: case.requirements.iter().map(|&id| id.to_owned()).collect(),
        twin: case.twin.clone(),
        script,
    })
}

/// The secrets of the cast by role.
fn keys(players: &claimproof_cast::Players) -> BTreeMap<String, String> {
    let secret = |key: &SigningKey| match key {
        SigningKey::Secret(secret) => Some(secret.expose_secret().to_owned()),
        SigningKey::Rsa { .. } => None,
    };
    players.iter().filter_map(|(role, player)| Some((role.to_owned(), secret(player.key.as_ref()?)?))).collect()
}

/// One act; the passing of time and the moves of a flow are the caller's.
fn step(act: &Act, expect: &Expect, forge: &Forge<'_>, ledger: &mut Ledger) -> Result<Option<Step>, ForgeError> {
    let expect = Expected::from(expect);
    let now = forge.now;
    Ok(Some(match act {
        Act::Present { token, scene, changes } => {
            let minted = forge.mint(token, scene, changes, ledger)?;
            let request = minted.presentation.clone();
            ledger.insert(token, minted);
            Step::Present { now, change: changes.iter().map(Change::describe).collect(), request, expect }
        }
        Act::Again { token, change } => {
            let minted = ledger.get(token).ok_or(ForgeError::NoToken(token))?;
            let request = minted.again(change.as_ref());
            let mut words = vec!["the same token again".to_owned()];
            words.extend(change.as_ref().map(Change::describe));
            Step::Present { now, change: words, request, expect }
        }
        Act::Raw(bytes) => Step::Raw { bytes: (*bytes).to_owned(), expect },
        Act::Manage(call) => {
            let (call, with) = arguments(call);
            Step::Manage { call: call.to_owned(), with, expect }
        }
        Act::Advance(_) | Act::Move(_) => return Ok(None),
    }))
}

fn arguments(call: &Manage) -> (&'static str, BTreeMap<String, String>) {
    let with = |entries: &[(&str, &str)]| {
        entries.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let word = |flag: bool| if flag { "true" } else { "false" };
    match call {
        Manage::CreateSecret { app } => ("create-secret", with(&[("app", app)])),
        Manage::DeleteSecret { app } => ("delete-secret", with(&[("app", app)])),
        Manage::CreateApp { domain_safelist } => ("create-app", with(&[("domain_safelist", domain_safelist)])),
        Manage::EnableApp { app, enabled } => ("enable-app", with(&[("app", app), ("enabled", word(*enabled))])),
        Manage::Embedding { site, unrestricted, allow_list } => {
            ("embedding", with(&[("site", site), ("unrestricted", word(*unrestricted)), ("allow_list", allow_list)]))
        }
        Manage::Origin { team, origin } => ("origin", with(&[("team", team), ("origin", origin)])),
        Manage::Store { up } => ("store", with(&[("up", word(*up))])),
    }
}

impl From<&Expect> for Expected {
    fn from(expect: &Expect) -> Self {
        match expect {
            Expect::Done | Expect::Accept | Expect::AcceptEcho | Expect::AcceptFramedBy(_) => Self::Accept,
            Expect::Refuse(codes) => Self::from(&Answer::Refuse(codes)),
            Expect::RefuseAny => Self::from(&Answer::RefuseAny),
            Expect::Either(..) => Refusal::of(&expect.codes()).into(),
            Expect::RefuseSaying(code, text) => Refusal { says: Some(text.clone()), ..Refusal::of(&[code]) }.into(),
            Expect::Only(answer) => Self::from(answer),
            Expect::Open(family, answers) => {
                let answer = |(reading, answer): &(&str, Answer)| ((*reading).to_owned(), Self::from(answer));
                Self::Open { family: (*family).to_owned(), readings: answers.iter().map(answer).collect() }
            }
        }
    }
}

impl From<&Answer> for Expected {
    fn from(answer: &Answer) -> Self {
        let plain = Refusal::of(answer.codes());
        let refusal = match answer {
            Answer::Accept => return Self::Accept,
            Answer::Refuse(_) | Answer::RefuseAny => plain,
            Answer::RefuseWith(_, status) => Refusal { status: Some(*status), ..plain },
            Answer::RefuseSaying(_, says) => Refusal { says: Some((*says).to_owned()), ..plain },
            Answer::RefuseNumbered(_, Numbers::Among(numbers)) => Refusal { numbers, ..plain },
            Answer::RefuseNumbered(_, Numbers::NotAmong(numbers)) => Refusal { other_numbers_than: numbers, ..plain },
            Answer::RefuseVerbatim(_) => Refusal { verbatim: true, ..plain },
        };
        refusal.into()
    }
}

/// A refusal in the making.
#[derive(Default)]
struct Refusal<'a> {
    codes: Vec<String>,
    says: Option<String>,
    status: Option<u16>,
    numbers: &'a [i64],
    other_numbers_than: &'a [i64],
    verbatim: bool,
}

impl Refusal<'_> {
    /// With one of these codes; where Connect has a sentence of its own for it, with that.
    fn of(codes: &[&str]) -> Self {
        let says = codes.first().and_then(|code| texts::sentence(code)).map(str::to_owned);
        Self { codes: codes.iter().map(|&code| code.to_owned()).collect(), says, ..Self::default() }
    }
}

impl From<Refusal<'_>> for Expected {
    fn from(of: Refusal<'_>) -> Self {
        Self::Refuse {
            codes: of.codes,
            says: of.says,
            status: of.status,
            numbers: of.numbers.to_vec(),
            other_numbers_than: of.other_numbers_than.to_vec(),
            verbatim: of.verbatim,
        }
    }
}

/// The public cast as data: players with the keys they sign with, and the server's directory.
fn cast(profile: Profile) -> serde_json::Value {
    let cast = public(profile);
    let player = |(role, player): (&str, &claimproof_cast::Player)| {
        let mut entry = serde_json::json!({ "role": role, "id": player.id });
        match &player.key {
            Some(SigningKey::Secret(secret)) => entry["secret"] = secret.expose_secret().into(),
            Some(SigningKey::Rsa { public, .. }) => entry["public_key"] = public.as_str().into(),
            None => {}
        }
        entry
    };
    serde_json::json!({
        "comment": "PUBLIC TEST KEYS. Nothing here guards anything; never configure it anywhere real.",
        "profile": profile.name(),
        "players": cast.players.iter().map(player).collect::<Vec<_>>(),
        "directory": cast.directory,
    })
}

fn pretty<T: Serialize>(value: &T) -> String {
    // Maps of strings and plain structs serialize without fail.
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default())
}

/// SHA-256, hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
