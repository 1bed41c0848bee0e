//! The compact form of a draft: its parts encoded and signed, and whatever is looked for or done to the text.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{ExposeSecret, SigningKey};

use super::{Forge, ForgeError, Minted, altered};
use crate::change::{Change, Part, Segment, Size};
use crate::draft::{Draft, Members, quoted};
use crate::sign::{self, SignError, Signature};

impl Forge<'_> {
    pub(super) fn token(&self, draft: &Draft, changes: &[&Change]) -> Result<String, ForgeError> {
        let mut draft = draft.clone();
        let size = changes
            .iter()
            .find_map(|change| if let Change::Pad(size) = change { Some(*size) } else { None });
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
    fn padded(
        &self,
        mut draft: Draft,
        changes: &[&Change],
        size: Size,
    ) -> Result<String, ForgeError> {
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
        let (header, payload) =
            (text(Part::Header, &draft.header), text(Part::Payload, &draft.payload));
        let input = format!(
            "{}.{}",
            encoded(Part::Header, &header, changes),
            encoded(Part::Payload, &payload, changes)
        );
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
                SigningKey::Rsa { configured, .. } if configured.is_empty() => {
                    return Err(ForgeError::NoPublicText);
                }
                SigningKey::Rsa { public, .. } => sign::hmac(&bytes(public), input)?,
                SigningKey::Secret(_) => return Err(SignError::NoKey("RSA pair").into()),
            },
            Signature::Configured => match own()? {
                SigningKey::Rsa { configured, .. } if configured.is_empty() => {
                    return Err(ForgeError::NoPublicText);
                }
                SigningKey::Rsa { configured, .. } => sign::hmac(configured.as_bytes(), input)?,
                SigningKey::Secret(_) => return Err(SignError::NoKey("RSA pair").into()),
            },
            Signature::Altered(_, alter) => {
                sign::altered(&sign::encoded(own()?, alg, input)?, alter)
            }
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

/// A token with one segment of another.
pub(super) fn grafted(token: &str, segment: Segment, from: &Minted) -> String {
    let mut own: Vec<&str> = token.split('.').collect();
    let other =
        from.presentation.token.as_deref().and_then(|other| other.split('.').nth(segment.place()));
    if let (Some(own), Some(other)) = (own.get_mut(segment.place()), other) {
        *own = other;
    }
    own.join(".")
}
