//! From cases to files: every token minted with the public cast at one instant.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{ExposeSecret, KEY_FILES, SigningKey, public};
use claimproof_catalog::requirements::Level;
use claimproof_catalog::{Profile, codes};
use claimproof_vectors::sign::sha256;
use claimproof_vectors::{Act, Case, Change, Expect, FROZEN_NOW, Forge, ForgeError, Ledger, cases};
use serde::Serialize;

use super::{Dialogue, Manifest, Step, Vector, VectorFile, beside, described, index};

/// The schema of a file of vectors, frozen beside the types it is made of.
const SCHEMA: &str = include_str!("../schema.json");

/// That schema as the types have it now.
#[cfg(feature = "schema")]
pub fn schema() -> String {
    text(&schemars::schema_for!(VectorFile))
}

/// Every generated file of this crate: path below `vectors/` to text.
pub fn generate() -> Result<BTreeMap<String, String>, ForgeError> {
    let mut files = BTreeMap::new();
    let (mut count, mut index) = (0, String::new());
    for profile in Profile::ALL {
        let vectors = frozen(profile)?;
        count += vectors.len();
        index.push_str(&index::rows(&vectors));
        for (code, vectors) in by_code(vectors) {
            files.insert(format!("{profile}/{code}.json"), text(&freeze(profile, &code, vectors)));
        }
        files.insert(format!("cast/{profile}.json"), text(&cast(profile)));
    }
    files.insert("salted.json".to_owned(), text(&salted(&files)));
    files.insert("schema/vectors.schema.json".to_owned(), SCHEMA.to_owned());
    files.insert("INDEX.tsv".to_owned(), format!("{}{index}", index::HEAD));
    let digests =
        files.iter().map(|(path, text)| (path.clone(), sha256(text.as_bytes()))).collect();
    let manifest = Manifest { schema: 2, now: FROZEN_NOW, vectors: count, files: digests };
    files.insert("manifest.json".to_owned(), text(&manifest));
    files.extend(KEY_FILES.iter().map(|&(name, own)| (format!("keys/{name}"), own.to_owned())));
    Ok(files)
}

/// The salted signatures among the tokens, by the digest of what they are over: read back by the forge, they make the
/// same files again.
fn salted(files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let heads =
        [256, 384, 512].map(|bits| URL_SAFE_NO_PAD.encode(format!("{{\"alg\":\"PS{bits}\"")));
    let tokens = files.values().flat_map(|text| text.split('"'));
    // Whole groups of the header's start are in every token that begins with it.
    let is_salted =
        |token: &&str| heads.iter().any(|head| token.starts_with(&head[..head.len() / 4 * 4]));
    let halves = tokens.filter(is_salted).filter_map(|token| token.rsplit_once('.'));
    let signed = halves.filter(|(_, signature)| signature.len() > 300);
    signed.map(|(input, signature)| (sha256(input.as_bytes()), signature.to_owned())).collect()
}

/// Every vector of a profile: its cases, and what no server is asked for.
fn frozen(profile: Profile) -> Result<Vec<Vector>, ForgeError> {
    let mut vectors = cases::of(profile).iter().map(vector).collect::<Result<Vec<_>, _>>()?;
    if profile.sheet().is_flow {
        vectors.extend(beside()?);
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
    let mut forge =
        Forge { players: &players, now: FROZEN_NOW, run: "golden", case: &case.id, seed: None };
    let mut ledger = Ledger::new();
    let mut dialogue = Dialogue::of(&case.id, keys(&players));
    let mut script = Vec::new();
    for turn in &case.script {
        match &turn.act {
            Act::Advance(seconds) => forge.now += seconds,
            Act::Move(moved) => {
                let messages = dialogue.say(moved, &turn.expect, forge.now);
                let (call, with) = described(moved);
                let (call, expect) = (call.to_owned(), turn.expect.written());
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
        rationale: case.rationale(),
        twin: case.control.clone(),
        script,
    })
}

/// The secrets of the cast by role.
fn keys(players: &claimproof_cast::Players) -> BTreeMap<String, String> {
    let secret = |key: &SigningKey| match key {
        SigningKey::Secret(secret) => Some(secret.expose_secret().to_owned()),
        SigningKey::Rsa { .. } => None,
    };
    players
        .iter()
        .filter_map(|(role, player)| Some((role.to_owned(), secret(player.key.as_ref()?)?)))
        .collect()
}

/// One act; the passing of time and the moves of a flow are the caller's.
fn step(
    act: &Act,
    expect: &Expect,
    forge: &Forge<'_>,
    ledger: &mut Ledger,
) -> Result<Option<Step>, ForgeError> {
    let expect = expect.written();
    let now = forge.now;
    Ok(Some(match act {
        Act::Present { token, scene, changes } | Act::KeptAlive { token, scene, changes } => {
            let minted = forge.mint(token, scene, changes, ledger)?;
            let request = minted.presentation.clone();
            ledger.insert(token, minted);
            let (change, kept_alive) =
                (changes.iter().map(Change::describe), matches!(act, Act::KeptAlive { .. }));
            Step::Present { now, change: change.collect(), kept_alive, request, expect }
        }
        Act::Again { token, change } => {
            let minted = ledger.get(token).ok_or(ForgeError::NoToken(token))?;
            let request = minted.again(change.as_ref());
            let mut words = vec!["the same token again".to_owned()];
            words.extend(change.as_ref().map(Change::describe));
            Step::Present { now, change: words, kept_alive: false, request, expect }
        }
        Act::AtOnce { token, scene, changes, times, rounds } => {
            let minted = forge.rounds(token, scene, changes, *rounds, ledger)?;
            let requests = minted.iter().map(|one| one.presentation.clone()).collect();
            ledger.extend(minted.into_iter().next_back().map(|last| (*token, last)));
            let change = changes.iter().map(Change::describe).collect();
            Step::AtOnce { now, change, times: *times, rounds: requests, expect }
        }
        Act::Raw(bytes) => Step::Raw { bytes: (*bytes).to_owned(), expect },
        Act::Manage(call) => {
            let (call, with) = (call.method().name().to_owned(), call.arguments());
            Step::Manage { call, with, expect }
        }
        Act::Advance(_) | Act::Move(_) => return Ok(None),
    }))
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

fn text<T: Serialize>(value: &T) -> String {
    // Maps of strings and plain structs serialize without fail.
    super::pretty(value).unwrap_or_default()
}
