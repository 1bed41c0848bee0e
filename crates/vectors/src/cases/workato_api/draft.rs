//! What a caller of the API platform would send.

use claimproof_cast::{Place, SigningKey, Terms};

use crate::draft::{Draft, Slot, empty, id, key, quoted};
use crate::sign::{Alg, Signature};

/// What a caller of the API platform would send.
pub(super) fn draft(slot: &Slot<'_>, now: i64, _: &str, terms: &Terms) -> Draft {
    let (mut draft, place) = (empty(), terms.plain_place());
    draft.signer = key(slot, "profile");
    let rsa = matches!(draft.signer, Some(SigningKey::Rsa { .. }));
    draft.signature = Signature::Own(if rsa { Alg::Rs256 } else { Alg::Hs256 });
    draft.header.push("alg", quoted(if rsa { "RS256" } else { "HS256" }));
    let members = if place == Place::Kid { &mut draft.header } else { &mut draft.payload };
    members.push(place.name(), quoted(&id(slot, "profile")));
    draft.payload.push("name", quoted("Test Caller"));
    draft.payload.push("email", quoted("caller@example.com"));
    draft.payload.push("iat", now.to_string());
    draft
}
