//! Scene, change, cast and instant give the bytes of one presentation.

mod compact;
mod edits;

use std::collections::BTreeMap;
use std::fmt::Write;

use claimproof_cast::{Player, Players, Seed, SigningKey, Unplayed};
use sha2::{Digest, Sha256};

use crate::change::{Change, RequestEdit, Size};
use crate::draft::{self, quoted};
use crate::presentation::{Header, Presentation};
use crate::scene::Scene;
use crate::sign::{SignError, Signature};
use compact::grafted;

/// The page a direct link leads to where nobody plays one: what every server of the reference serves.
const PAGE: &str = "https://app.claimproof.example/recipes";

/// Why a presentation could not be minted.
#[derive(Debug, thiserror::Error)]
pub enum ForgeError {
    /// Nobody plays the role; the case is skipped.
    #[error(transparent)]
    Unplayed(#[from] Unplayed),
    /// The change needs a token that was not minted before it.
    #[error("no token `{0}` was minted before")]
    NoToken(&'static str),
    /// The change keys an HMAC with a text nobody has given; the case is skipped.
    #[error(
        "the signer's public key is not known as the target has it configured; name its public_key_file"
    )]
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
    /// The key of a role is not of the kind the change signs with.
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
            Some(Change::Text(_, alter)) => {
                presentation.token = presentation.token.as_deref().map(alter)
            }
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
    pub fn mint(
        &self,
        name: &str,
        scene: &Scene,
        changes: &[Change],
        ledger: &Ledger,
    ) -> Result<Minted, ForgeError> {
        let all: Vec<&Change> = scene.adjust.iter().chain(changes).collect();
        let players = self.players.on(scene.role("site", &all));
        Forge { players: &players, ..*self }.mint_here(name, scene, &all, ledger)
    }

    /// The same with the players of the scene's site.
    fn mint_here(
        &self,
        name: &str,
        scene: &Scene,
        all: &[&Change],
        ledger: &Ledger,
    ) -> Result<Minted, ForgeError> {
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
        let mut token = self
            .token(&draft, all)
            .map_err(|error| of_signer(error, scene, all, draft.signature))?;
        for change in all {
            if let Change::Graft(segment, from) = change {
                token =
                    grafted(&token, *segment, ledger.get(from).ok_or(ForgeError::NoToken(from))?);
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

    /// Tokens of one scene and its changes, one for each round.
    pub fn rounds(
        &self,
        name: &str,
        scene: &Scene,
        changes: &[Change],
        rounds: usize,
        ledger: &Ledger,
    ) -> Result<Vec<Minted>, ForgeError> {
        (1..=rounds)
            .map(|round| self.mint(&format!("{name} of round {round}"), scene, changes, ledger))
            .collect()
    }

    fn player(&self, role: &str) -> Result<&Player, ForgeError> {
        Ok(self.players.player(role)?)
    }

    fn key(&self, role: &str) -> Result<&SigningKey, ForgeError> {
        self.player(role)?.key.as_ref().ok_or(ForgeError::Sign(SignError::NoKey("key")))
    }

    /// 32 hexadecimal digits or, under a seed, 2 to 16 more; never the same for two tokens of two runs.
    fn jti(&self, name: &str) -> String {
        let mut hash = Sha256::new();
        for part in [self.run, self.case, name] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let mut text = String::new();
        let more =
            self.seed.map_or(0, |seed| 1 + seed.pick(&format!("{} {name} length", self.case), 8));
        for byte in &hash.finalize()[..16 + more] {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

/// Names the role whose key is not of the kind it takes.
fn of_signer(
    error: ForgeError,
    scene: &Scene,
    changes: &[&Change],
    signature: Signature,
) -> ForgeError {
    let own =
        || ["profile", "vendor", "secret"].into_iter().find_map(|slot| scene.role(slot, changes));
    let role = match signature {
        Signature::By(role, _) => Some(role),
        _ => own(),
    };
    match (error, role) {
        (ForgeError::Sign(error @ SignError::NoKey(_)), Some(role)) => {
            ForgeError::Key { role, error }
        }
        (other, _) => other,
    }
}

/// The text altered; a change that alters nothing tries nothing.
fn altered(own: &str, alter: fn(&str) -> String) -> Result<String, ForgeError> {
    let other = alter(own);
    if other == own { Err(ForgeError::Unchanged) } else { Ok(other) }
}

fn apply_to_request(presentation: &mut Presentation, change: &Change) {
    let Change::Request(edit) = change else { return };
    match edit {
        RequestEdit::Header(name, value) => presentation.set_header(name, *value),
        RequestEdit::AddHeader(name, value) => {
            presentation
                .headers
                .push(Header { name: (*name).to_owned(), value: (*value).to_owned() });
        }
        RequestEdit::Field(name, value) => {
            presentation.fields.insert((*name).to_owned(), (*value).to_owned());
        }
        RequestEdit::Token(text) => presentation.token = text.map(str::to_owned),
        RequestEdit::TokenIn(header, value) => {
            let token = presentation.token.take().unwrap_or_default();
            presentation.set_header(header, Some(&value.replace("{token}", &token)));
        }
        RequestEdit::TokenInQuery(name) => {
            let token = presentation.token.take().unwrap_or_default();
            presentation.query.insert((*name).to_owned(), token);
        }
        RequestEdit::Surface(surface) => presentation.surface = Some(*surface),
        // It takes who plays, and is the forge's own.
        RequestEdit::FieldAs(..) => {}
    }
}
