//! Scopes, sizes, issue times and missing signatures of a Tableau token, against what the document says of each.

use claimproof_verifier::Verifier;
use claimproof_verifier::tableau_connected_app::{TableauConnectedApp, Violation};
use proptest::prelude::*;

use super::make::{Draft, NOW, encode, quoted};
use super::world::{TABLEAU, tableau_draft, tableau_request, verdict};

fn ask(token: &str) -> Result<(), Violation> {
    let verifier = Verifier::<TableauConnectedApp>::default();
    let seen = verdict(&verifier, &TABLEAU, tableau_request("site.ok", token), NOW);
    seen.map(drop).map_err(|all| all[0].violation.clone().unwrap())
}

fn with(name: &str, json: &str) -> Draft {
    let mut draft = tableau_draft();
    draft.payload.set(name, json);
    draft
}

proptest! {
    /// A list of strings passes with as many entries as there may be; no other value does.
    #[test]
    fn a_list_of_scopes_passes(scopes in prop::collection::vec("tableau:[a-z_]{1,12}:[a-z_*]{1,12}", 0..12), at in any::<prop::sample::Index>()) {
        let mut scopes = scopes;
        scopes.insert(at.index(scopes.len() + 1), "tableau:views:embed".to_owned());
        let list = serde_json::to_string(&scopes).unwrap();
        prop_assert_eq!(ask(&with("scp", &list).token()), Ok(()));
    }

    #[test]
    fn scopes_that_are_no_list_do_not(scp in "\"[a-z:]{1,20}\"|[1-9][0-9]{0,9}|true|false|\\{\"[a-z]{1,4}\":\\[\"tableau:views:embed\"\\]\\}") {
        prop_assert_eq!(ask(&with("scp", &scp).token()), Err(Violation::ScpNoList));
    }

    /// What is no number is no time, beside an expiry that is good.
    #[test]
    fn an_issue_time_is_a_number(iat in "\"[0-9]{0,10}\"|true|false|\\[[1-9][0-9]{0,9}\\]|\\{\\}|\"[a-z]{1,9}\"", number in any::<i32>()) {
        prop_assert_eq!(ask(&with("iat", &number.to_string()).token()), Ok(()));
        prop_assert_eq!(ask(&with("iat", &iat).token()), Err(Violation::IatNoTime));
    }

    /// `none` in any case of letters, whatever stands where the signature would.
    #[test]
    fn no_unsigned_token_is_taken_for_another_fault(none in "[Nn][Oo][Nn][Ee]", signature in prop::option::of("[A-Za-z0-9_-]{43}")) {
        let mut draft = tableau_draft();
        draft.header.set("alg", quoted(&none));
        let own = draft.token();
        let (signed, _) = own.rsplit_once('.').unwrap();
        // Of 43 characters the last one has two spare bits, which are none.
        let signature = signature.map(|text| format!("{}A", &text[..42]));
        let token = format!("{signed}.{}", signature.unwrap_or_else(|| encode([7; 32])));
        prop_assert_eq!(ask(&token), Err(Violation::Unsigned));
    }
}

/// The document's 8000 bytes, inclusive, at every length around them.
#[test]
fn token_sizes() {
    let mut lengths = Vec::new();
    for padding in 5500..5800 {
        let token = with("padding", &quoted(&"x".repeat(padding))).token();
        let bytes = token.len();
        let due = if bytes <= 8000 { Ok(()) } else { Err(Violation::TooLong { bytes, max: 8000 }) };
        assert_eq!(ask(&token), due, "{bytes} bytes");
        lengths.push(bytes);
    }
    let (least, most) = (lengths.iter().min().unwrap(), lengths.iter().max().unwrap());
    assert!(*least < 7990 && *most > 8010, "{least} to {most} bytes");
}
