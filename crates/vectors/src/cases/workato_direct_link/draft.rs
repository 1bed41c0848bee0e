//! What an issuer of direct links would send.

use claimproof_cast::Terms;

use crate::draft::{Draft, Slot, empty, id, key, quoted};
use crate::sign::{Alg, Signature};

/// What an issuer of direct links would send.
pub(super) fn draft(slot: &Slot<'_>, now: i64, jti: &str, _: &Terms) -> Draft {
    let mut draft = empty();
    draft.header.push("alg", quoted("RS256"));
    draft.header.push("typ", quoted("JWT"));
    let mut sub = format!("{}:{}", id(slot, "vendor"), id(slot, "team"));
    if let Some(member) = slot("member") {
        sub = format!("{sub}:{}", member.id);
    }
    draft.payload.push("sub", quoted(&sub));
    draft.payload.push("iat", now.to_string());
    draft.payload.push("jti", quoted(jti));
    draft.signer = key(slot, "vendor");
    draft.signature = Signature::Own(Alg::Rs256);
    draft.presentation.set_header("accept", Some("text/html,application/xhtml+xml,*/*;q=0.8"));
    draft
}
