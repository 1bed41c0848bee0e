//! What the target wants of every token.

use super::Kind;
use super::targets::{GOOD, LIST};

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    Kind::new(GOOD, LIST)
        .with("an unknown place of the account", "profile", "places = [\"iss\"]\nprofile", "places")
        .with("a place with a slip", "profile", "places = [\"workato-sub\"]\nprofile", "places")
        .with("places as text", "profile", "places = \"kid\"\nprofile", "line 2")
        .with("a place as a number", "profile", "places = [1]\nprofile", "line 2")
        .and("a claim that the token has already", "[claims]\niat = 7\n", "claims.iat")
        .and("a claim in which the account is read", "[claims]\nsub = \"a\"\n", "claims.sub")
        .and("exp as one moment", "[claims]\nexp = 1700000000\n", "claims.exp")
        .and("exp as one moment in text", "[claims]\nnbf = 1.7e9\n", "claims.nbf")
        .and("exp that is past", "[claims]\nexp = { from_now = -60 }\n", "claims.exp")
        .and("exp that is nearly past", "[claims]\nexp = { from_now = 1 }\n", "claims.exp")
        .and("a header parameter that the token has", "[header]\nalg = \"none\"\n", "header.alg")
        .and("a header parameter in which the account is read", "[header]\nkid = \"a\"\n", "header.kid")
        .and("claims as text", "claims = \"a\"\n", "line 14")
        .and("header as a list", "[[header]]\nx = 1\n", "line 14")
}
