//! What `Authorization` header values are read as.

use claimproof_verifier::Verifier;
use claimproof_verifier::workato_api::{Credentials, Violation, WorkatoApi};
use proptest::prelude::*;
use rstest::rstest;

use super::make::NOW;
use super::world::{API, World, api_draft, verdict};

#[rstest]
#[case::absent(&[], Credentials::None)]
#[case::as_printed(&["Bearer a.b.c"], Credentials::Bearer("a.b.c"))]
#[case::lower_case(&["bearer a.b.c"], Credentials::Bearer("a.b.c"))]
#[case::upper_case(&["BEARER a.b.c"], Credentials::Bearer("a.b.c"))]
#[case::two_blanks(&["Bearer  a.b.c"], Credentials::Bearer("a.b.c"))]
#[case::blanks_around(&["  Bearer a.b.c "], Credentials::Bearer("a.b.c"))]
#[case::blank_inside(&["Bearer a.b.c d"], Credentials::Bearer("a.b.c d"))]
#[case::tab_for_blank(&["Bearer\ta.b.c"], Credentials::Other)]
#[case::glued(&["Bearera.b.c"], Credentials::Other)]
#[case::scheme_alone(&["Bearer"], Credentials::Other)]
#[case::scheme_and_blank(&["Bearer "], Credentials::Other)]
#[case::empty(&[""], Credentials::Other)]
#[case::no_scheme(&["a.b.c"], Credentials::Other)]
#[case::basic(&["Basic YTpi"], Credentials::Other)]
#[case::with_colon(&["Bearer: a.b.c"], Credentials::Other)]
#[case::prefix_of_scheme(&["Bear a.b.c"], Credentials::Other)]
#[case::two_headers(&["Bearer a.b.c", "Bearer a.b.c"], Credentials::Several)]
#[case::good_and_other(&["Bearer a.b.c", "Basic YTpi"], Credentials::Several)]
#[case::two_empty(&["", ""], Credentials::Several)]
#[case::comma_list(&["Bearer a.b.c, Bearer d.e.f"], Credentials::Several)]
#[case::comma_at_end(&["Bearer a.b.c,"], Credentials::Several)]
fn read(#[case] values: &[&str], #[case] expected: Credentials<'_>) {
    assert_eq!(Credentials::read(values), expected);
}

proptest! {
    /// A bearer token comes from exactly one value, which says so, and holds no comma or blank end.
    #[test]
    fn a_bearer_token_is_said_to_be_one(values in prop::collection::vec("( |b|Bearer|BEARER| |,|\t|x|.){0,6}|.{0,12}", 0..4)) {
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        if let Credentials::Bearer(token) = Credentials::read(&values) {
            let [value] = values[..] else { panic!("of {} values", values.len()) };
            let (scheme, rest) = value.trim().split_at(6);
            prop_assert!(scheme.eq_ignore_ascii_case("bearer") && rest.starts_with(' '));
            prop_assert!(!token.is_empty() && !token.contains(',') && token == token.trim());
            prop_assert!(rest.ends_with(token));
        }
    }

    /// Beside one good value nothing more may stand.
    #[test]
    fn no_second_value_passes(other in any::<String>(), first in any::<bool>()) {
        let good = format!("Bearer {}", World::ApiHmac.draft().token());
        let values = if first { [other.as_str(), &good] } else { [&good, other.as_str()] };
        let verifier = Verifier::<WorkatoApi>::default();
        prop_assert!(verdict(&verifier, &API, Credentials::read(&[&good]), NOW).is_ok());
        let all = verdict(&verifier, &API, Credentials::read(&values), NOW).unwrap_err();
        prop_assert_eq!(all[0].violation.clone(), Some(Violation::SeveralCredentials));
    }

    /// No document speaks of `exp` on this side (WAP-R-exp), so no form of it refuses.
    #[test]
    fn exp_is_never_looked_at(exp in "-?[1-9][0-9]{0,40}|[0-9]\\.[0-9]|\"[0-9]{10}\"|true|null|\\[1\\]|[1-9]e[0-9]{1,2}", now in any::<i64>()) {
        let mut draft = api_draft("profile.hmac");
        draft.payload.set("exp", exp);
        let text = draft.token();
        prop_assert!(verdict(&Verifier::<WorkatoApi>::default(), &API, Credentials::Bearer(&text), now).is_ok());
    }
}

/// The document's 4096 characters, inclusive, at every length around them that base64url can have.
#[test]
fn payload_sizes() {
    let verifier = Verifier::<WorkatoApi>::default();
    let (mut draft, mut lengths) = (api_draft("profile.hmac"), Vec::new());
    for padding in 2900..3200 {
        draft.payload.set("padding", format!("\"{}\"", "x".repeat(padding)));
        let text = draft.token();
        let chars = text.split('.').nth(1).unwrap().len();
        let seen = verdict(&verifier, &API, Credentials::Bearer(&text), NOW);
        let seen = seen.map(drop).map_err(|all| all[0].violation.clone());
        let too_large = Violation::PayloadTooLarge { chars, max: 4096 };
        assert_eq!(
            seen,
            if chars <= 4096 { Ok(()) } else { Err(Some(too_large)) },
            "{chars} characters"
        );
        lengths.push(chars);
    }
    assert!(lengths.contains(&4095) && lengths.contains(&4096) && lengths.contains(&4098));
}
