//! What is wrong with a Tableau token is told by its own violation, at the edge as well.

use claimproof_token::{JwsPart, Malformed};
use claimproof_verifier::Verifier;
use claimproof_verifier::tableau_connected_app::{
    IssPlace, Policy, TableauConnectedApp, Violation,
};
use rstest::rstest;

use super::make::{Draft, NOW, quoted};
use super::world::{TABLEAU, id, tableau_draft, tableau_request, verdict};

fn ask(policy: Policy, token: &str) -> Option<Violation> {
    let verifier = Verifier::<TableauConnectedApp>::new(policy);
    verdict(&verifier, &TABLEAU, tableau_request("site.ok", token), NOW)
        .err()
        .map(|all| all[0].violation.clone().unwrap())
}

fn app() -> String {
    quoted(id(claimproof_catalog::Profile::TableauConnectedApp, "app.ok"))
}

/// The good token with one member of its header (`^name`) or of its payload changed or, without a value, left out.
fn with(name: &str, json: &str) -> String {
    let mut draft = tableau_draft();
    let (members, name) = match name.strip_prefix('^') {
        Some(name) => (&mut draft.header, name),
        None => (&mut draft.payload, name),
    };
    if json.is_empty() {
        members.remove(name)
    } else {
        members.set(name, json)
    }
    draft.token()
}

#[rstest]
#[case::none("^alg", "\"none\"", Violation::Unsigned)]
#[case::none_in_capitals("^alg", "\"NONE\"", Violation::Unsigned)]
#[case::other_algorithm("^alg", "\"HS384\"", Violation::OtherAlgorithm)]
#[case::no_algorithm("^alg", "", Violation::OtherAlgorithm)]
#[case::extension("^crit", "[\"b64\"]", Violation::ExtensionDemanded)]
#[case::no_kid("^kid", "", Violation::KidMissing)]
#[case::empty_kid("^kid", "\"\"", Violation::KidMissing)]
#[case::kid_of_another_type("^kid", "7", Violation::KidMissing)]
#[case::unknown_kid("^kid", "\"nobody\"", Violation::SecretUnknown)]
#[case::no_iss("^iss", "", Violation::IssMissing)]
#[case::empty_iss("^iss", "\"\"", Violation::IssMissing)]
#[case::unknown_iss("^iss", "\"nobody\"", Violation::AppUnknown)]
#[case::another_iss("iss", "\"another\"", Violation::IssDiffers)]
#[case::no_aud("aud", "", Violation::AudMissing)]
#[case::another_aud("aud", "\"Tableau\"", Violation::AudWrong)]
#[case::list_of_aud("aud", "[\"tableau\"]", Violation::AudWrong)]
#[case::no_sub("sub", "", Violation::SubMissing)]
#[case::empty_sub("sub", "\"\"", Violation::SubMissing)]
#[case::iat("iat", "\"now\"", Violation::IatNoTime)]
#[case::no_exp("exp", "", Violation::ExpMissing)]
#[case::exp("exp", "\"1700000300\"", Violation::ExpNoTime)]
#[case::past_exp_as_exponent("exp", "1.7e9", Violation::Expired { exp: 1_700_000_000, now: NOW })]
#[case::nbf("nbf", "null", Violation::NbfNoTime)]
#[case::no_jti("jti", "", Violation::JtiMissing)]
#[case::empty_jti("jti", "\"\"", Violation::JtiMissing)]
#[case::jti_of_another_type("jti", "7", Violation::JtiMissing)]
#[case::no_scp("scp", "", Violation::ScpMissing)]
#[case::null_scp("scp", "null", Violation::ScpMissing)]
#[case::text_as_scp("scp", "\"tableau:views:embed\"", Violation::ScpNoList)]
fn one_fault(#[case] name: &str, #[case] json: &str, #[case] due: Violation) {
    assert_eq!(ask(Policy::default(), &with(name, json)), Some(due));
}

#[test]
fn what_agrees_or_is_nobodys_business_is_no_fault() {
    for (name, json) in
        [("iss", app().as_str()), ("iat", "0"), ("nbf", "0.5"), ("locale", "1"), ("^typ", "1")]
    {
        assert_eq!(ask(Policy::default(), &with(name, json)), None, "{name}: {json}");
    }
}

#[test]
fn the_client_id_is_read_where_the_policy_says() {
    let moved = || {
        let mut draft = tableau_draft();
        draft.header.remove("iss");
        draft.payload.set("iss", app());
        draft.token()
    };
    let either = || Policy { iss_place: IssPlace::HeaderOrPayload, ..Policy::default() };
    assert_eq!(ask(Policy::default(), &moved()), Some(Violation::IssMissing));
    assert_eq!(ask(either(), &moved()), None);
    assert_eq!(ask(either(), &tableau_draft().token()), None);
    assert_eq!(ask(either(), &with("^iss", "\"nobody\"")), Some(Violation::AppUnknown));
}

fn segments(found: usize) -> Violation {
    Violation::TokenMalformed(Malformed::Segments { found })
}

fn no_json() -> Violation {
    let (part, expected) = (JwsPart::Header, "a value");
    Violation::TokenMalformed(Malformed::NotJson { part, expected, line: 1, column: 1 })
}

#[rstest]
#[case::two("a.b", Violation::FewParts)]
#[case::one("a", segments(1))]
#[case::four("a.b.c.d", segments(4))]
#[case::five("a.b.c.d.e", Violation::Encrypted)]
#[case::six("a.b.c.d.e.f", segments(6))]
#[case::no_json("YQ.YQ.YQ", no_json())]
#[case::nothing("", Violation::TokenMissing)]
#[case::blanks(" \t", Violation::TokenMissing)]
fn parts_are_counted(#[case] token: &str, #[case] due: Violation) {
    assert_eq!(ask(Policy::default(), token), Some(due));
}

/// The document's 8000 bytes, inclusive; what is longer is refused for that, readable or not.
#[test]
fn a_token_may_have_the_greatest_size() {
    let padded = |padding: usize| {
        let mut draft: Draft = tableau_draft();
        draft.payload.set("padding", quoted(&"x".repeat(padding)));
        draft.token()
    };
    let (token, limit) =
        (padded(100), |most| Policy { max_token_bytes: most, ..Policy::default() });
    let bytes = token.len();
    assert_eq!(ask(limit(bytes), &token), None);
    assert_eq!(ask(limit(bytes - 1), &token), Some(Violation::TooLong { bytes, max: bytes - 1 }));
    assert_eq!(Policy::default().max_token_bytes, 8000);
    let garbage = "x".repeat(8001);
    assert_eq!(
        ask(Policy::default(), &garbage),
        Some(Violation::TooLong { bytes: 8001, max: 8000 })
    );
    assert_eq!(ask(Policy::default(), &garbage[1..]), Some(segments(1)));
}
