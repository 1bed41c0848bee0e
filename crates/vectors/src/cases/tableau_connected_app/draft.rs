//! What a connected app would send.

use claimproof_cast::Terms;

use crate::draft::{Draft, Slot, empty, id, key, quoted};

/// What a connected app would send.
pub(super) fn draft(slot: &Slot<'_>, now: i64, jti: &str, _: &Terms) -> Draft {
    let mut draft = empty();
    draft.header.push("alg", quoted("HS256"));
    draft.header.push("typ", quoted("JWT"));
    draft.header.push("kid", quoted(&id(slot, "secret")));
    draft.header.push("iss", quoted(&id(slot, "app")));
    draft.payload.push("sub", quoted(&id(slot, "user")));
    draft.payload.push("aud", quoted("tableau"));
    draft.payload.push("iat", now.to_string());
    draft.payload.push("exp", (now + 300).to_string());
    draft.payload.push("jti", quoted(jti));
    draft.payload.push("scp", "[\"tableau:views:embed\",\"tableau:content:read\"]".to_owned());
    draft.signer = key(slot, "secret");
    let site = id(slot, "site");
    draft.presentation.fields.insert("site".to_owned(), site);
    draft
}
