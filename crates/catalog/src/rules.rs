//! Clauses beside the requirements that are not a vendor's: RFCs, best practice, completions.

use crate::{Level, Part, Profile};

/// A clause hostile cases cite.
#[derive(Debug)]
pub struct Rule {
    /// Stable id, `RFC7515-4.1.11`.
    pub id: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What it demands, in our words.
    pub text: &'static str,
    /// Security invariants are must, hardening is should.
    pub level: Level,
    /// Where what breaks it is to be looked for.
    pub part: Part,
    /// The one profile it completes; `None` where it holds for all.
    pub profile: Option<Profile>,
}

/// Every rule: those for all profiles, then each profile's completions.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    SHARED.iter().chain(Profile::ALL.into_iter().flat_map(|profile| profile.sheet().completions))
}

/// The rule of an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// Declares rules, a row each: id, level, part and source, then what it demands.
macro_rules! rules {
    ($table:ident, $profile:expr; $($id:literal, $level:ident, $part:ident, $source:literal: $text:literal;)*) => {
        /// The rules, by what they are about.
        pub(crate) static $table: &[$crate::Rule] = &[$($crate::Rule {
            id: $id, source: $source, text: $text, level: $crate::Level::$level,
            part: $crate::Part::$part, profile: $profile,
        },)*];
    };
}

rules! { SHARED, None;
    // Serialization of tokens.
    "RFC7515-2", Must, Form, "RFC 7515, section 2":
        "A segment is base64url without padding, white space or any character outside its alphabet, and one that is not refuses the token.";
    "RFC4648-3.5", Should, Form, "RFC 4648, section 3.5":
        "The unused bits at the end of a base64url segment are zero, though a decoder may ignore them.";
    "RFC7515-7.1", Must, Form, "RFC 7515, section 7.1":
        "Only the compact form with its two dots is a token here; neither JSON serialization is.";
    "RFC7519-7.2", Must, Form, "RFC 7519, section 7.2":
        "A signed token has three segments and an encrypted one five, and no other count is a token.";

    // JSON inside tokens.
    "RFC8259-4", Should, Form, "RFC 8259, section 4":
        "No object inside a value has two members of one name, since readers differ in which of them they take.";
    "RFC8259-8.1", Must, Form, "RFC 8259, section 8.1":
        "JSON is UTF-8: bytes that are no UTF-8 are refused rather than replaced, while a leading byte order mark may be ignored or refused.";
    "RFC7515-10.12", Must, Form, "RFC 7515, section 10.12":
        "JSON is read strictly: nothing follows the object, and comments, trailing commas or loose numbers are faults.";

    // Header and signature.
    "RFC7515-4", Must, Form, "RFC 7515, section 4":
        "A header that repeats a member is refused or the last one counts, never the first, and members nobody knows are ignored unless `crit` names them.";
    "RFC7515-4.1.1", Must, Key, "RFC 7515, section 4.1.1":
        "The header names its algorithm in `alg`, a string compared with regard to case.";
    "RFC7515-4.1.11", Must, Header, "RFC 7515, section 4.1.11":
        "A `crit` that lists an extension the verifier does not know makes the token invalid.";
    "RFC7515-5.2", Must, Form, "RFC 7515, section 5.2":
        "The signature is checked over header and payload exactly as sent, and one failing step refuses the token.";
    "RFC7797-7", Must, Header, "RFC 7797, section 7":
        "The payload of a token is always base64url: `b64` set to false has no place in a JWT.";
    "RFC7518-3.2", Should, Key, "RFC 7518, section 3.2":
        "A key for HS256 has 256 bits or more.";
    "RFC7518-3.3", Should, Key, "RFC 7518, section 3.3":
        "A key for RS256 has 2048 bits or more.";

    // Claims.
    "RFC7519-2", Must, Claims, "RFC 7519, section 2":
        "A time is a JSON number of seconds, never text, and one too large to count is not taken for another time.";
    "RFC7519-4", Must, Form, "RFC 7519, section 4":
        "A payload that repeats a claim is refused or the last one counts, never the first, and claims nobody knows are ignored.";
    "RFC7519-4.1.3", Must, Claims, "RFC 7519, section 4.1.3":
        "Where a profile wants an audience, a token meant for others is refused.";
    "RFC7519-4.1.4", Must, Claims, "RFC 7519, section 4.1.4":
        "Where a profile looks at `exp`, a token is refused from that time on, give or take a small leeway, and `exp` is a number.";
    "RFC7519-4.1.5", Must, Claims, "RFC 7519, section 4.1.5":
        "Where a profile looks at `nbf`, a token is refused before that time, give or take a small leeway, and `nbf` is a number.";
    "RFC7519-4.1.7", Must, Store, "RFC 7519, section 4.1.7":
        "A `jti` is a string, and two different ones are never taken for one, nor one for two: every character counts.";

    "RFC7519-5.1", Must, Header, "RFC 7519, section 5.1":
        "`typ` is optional and compares as a media type: a JWT may leave it out, or name its kind in any letter case.";

    // Best practice.
    "RFC8725-2.1", Must, Key, "RFC 8725, section 2.1":
        "Neither an unsigned token nor one that turns a public key into an HMAC secret gets past the signature check.";
    "RFC8725-3.1", Must, Key, "RFC 8725, section 3.1":
        "The verifier settles which algorithm goes with a key; what the token says can only agree or be refused.";
    "RFC8725-3.2", Must, Key, "RFC 8725, section 3.2":
        "Only the algorithms a profile calls for are usable, and `none` is not among them.";
    "RFC8725-3.3", Must, Key, "RFC 8725, section 3.3":
        "Every signature in the token is verified, and a single failure refuses the whole.";
    "RFC8725-3.5", Should, Key, "RFC 8725, section 3.5":
        "Keys have enough entropy: empty, guessable and sample secrets are turned down when configured.";
    "RFC8725-3.8", Must, Key, "RFC 8725, section 3.8":
        "The key that verified the token must belong to the issuer the token names.";
    "RFC8725-3.9", Must, Claims, "RFC 8725, section 3.9":
        "A token made for one recipient is refused by every other.";
    "RFC8725-3.10", Must, Key, "RFC 8725, section 3.10":
        "What a header claims is data: `kid` is never part of a query or path, and no key comes from `jku`, `x5u`, `jwk` or `x5c`.";
    "RFC8725-3.11", Should, Header, "RFC 8725, section 3.11":
        "A token whose `typ` declares another kind of token is refused.";

    // Carriage.
    "RFC9110-3.3", Must, Request, "RFC 9110, section 3.3":
        "Each request is judged by itself: two on one connection need not come from one sender.";
    "RFC9110-11.1", Must, Request, "RFC 9110, section 11.1":
        "The scheme name in the Authorization header counts in any case.";
    "RFC9110-11.4", Must, Request, "RFC 9110, section 11.4":
        "Credentials follow the scheme's name behind one space or more.";
    "RFC9110-4.2.4", Should, Request, "RFC 9110, section 4.2.4":
        "An https URI from a source that is not trusted carries no user information before its host.";
    "RFC9110-12.4.2", Should, Request, "RFC 9110, section 12.4.2":
        "A media range of weight 0 is not acceptable.";
    "RFC3986-3", Should, Request, "RFC 3986, section 3":
        "A URI may end in a query and a fragment, holds neither blanks nor backslashes, and its port is one that exists.";
    "RFC6454-5", Should, Request, "RFC 6454, section 5":
        "An origin is a scheme, a host and a port: where one of them differs it is another origin.";
    "RFC9110-15", Must, Request, "RFC 9110, section 15":
        "A bad token is the caller's fault, so it never yields a 5xx.";

    // Completions of ours.
    "CPX-once", Must, Store, "claimproof":
        "Of any number of simultaneous uses of one `jti`, at most one succeeds.";
    "CPX-one-wins", Should, Store, "claimproof":
        "Of any number of simultaneous uses of one good token, one succeeds.";
    "CPX-stays-refused", Must, Store, "claimproof":
        "A token that was refused is refused again while nothing but the time has changed; no verdict is kept for it.";
    "CPX-one-place", Should, Form, "claimproof":
        "A token counts only where the document puts it: in no other header and in no cookie.";
    "CPX-mark", Must, Request, "claimproof":
        "A refusal carries nothing an acceptance is known by: no session, no credentials, no way in.";
    "CPX-secret", Must, Request, "claimproof":
        "No answer holds a secret, private key or password of the run, save the one that exists to hand it out.";
    "CPX-framed-by", Should, Request, "claimproof":
        "A page that is served with a session may not be framed by every site there is.";
    "CPX-vendor-form", Should, Request, "claimproof":
        "At an address of the vendor's a refused sign-in has the form its clients read: on REST the namespace, and the coarse code as text; on the embedding request the code as a number.";
    "CPX-readable", Should, Request, "claimproof":
        "A refusal to a page that may embed carries the CORS headers without which its script cannot read the code.";
    "CPX-claims-sent", Should, Claims, "claimproof":
        "An application is shown the claims that were sent, and none beside them that it could take for the caller's.";
    "CPX-token-kept", Should, Request, "claimproof":
        "A refusal does not repeat the token, so that none reaches logs and pages by way of an error.";
    "CPX-unspent", Must, Store, "claimproof":
        "A refused token leaves its `jti` unspent, save where a reading of the profile lets a rightly signed one spend it.";
    "CPX-store", Must, Store, "claimproof":
        "While the replay store fails or hangs, no token is accepted.";
    "CPX-bounded", Must, Form, "claimproof":
        "Size, nesting and cost of one token are bounded, and beyond the bound it is refused without a crash.";
    "CPX-at-once", Should, Account, "claimproof":
        "What management changes shows in the next answer; it must within the seconds the target states as `settle`, five where it states none.";
    "CPX-small-leeway", Should, Claims, "claimproof":
        "A leeway at `exp`, at `nbf` or beyond the longest lifetime is five minutes at most.";
    // RFC 7515 section 4.1.11 lets a recipient overlook these.
    "CPX-crit-form", Should, Header, "claimproof":
        "A `crit` that is empty, is no list of names, or lists a name that needs no listing is refused.";
    "CPX-odd-accept", Should, Form, "claimproof":
        "A token that is valid but unusual is accepted: escapes in names, spare white space, members in any order, unknown members.";
}
