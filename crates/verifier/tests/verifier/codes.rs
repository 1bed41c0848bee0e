//! Every violation has a documented code; a new variant does not compile before it is listed here.

use claimproof_catalog::{Code, Words, codes};
use claimproof_token::Malformed;
use claimproof_verifier::{
    Explained, Rules, tableau_connected_app, workato_api, workato_direct_link,
};

/// One list as an exhaustive match and as values.
macro_rules! every {
    ($name:ident, $module:ident: $($variant:ident $(($why:expr))? $({ $($field:ident: $value:expr),* })?),* $(,)?) => {
        fn $name() -> Vec<$module::Violation> {
            // No wildcard arm, on purpose.
            const fn is_listed(violation: &$module::Violation) -> bool {
                match violation {
                    $($module::Violation::$variant { .. } => true,)*
                }
            }
            let all = vec![$($module::Violation::$variant $(($why))? $({ $($field: $value),* })?),*];
            assert!(all.iter().all(is_listed));
            all
        }
    };
}

every!(direct_link, workato_direct_link:
    NotHtml, Xhr, PathNotUrl, PathControl, PathRelative, PathNotHttps, PathForeignHost, TokenMissing, TokenMalformed(Malformed::Segments { found: 1 }),
    ExtensionDemanded, AlgNotRs256, SubSegments { found: 4 }, VendorUnknown, VendorWithoutAdmin, VendorLinkDisabled,
    VendorWithoutKey, SignatureMismatch, IatMissing, IatNotInteger, JtiMissing, JtiWrongType, TooOld { iat: 1, now: 32, window: 30 }, TooNew { iat: 32, now: 1, window: 30 },
    TeamUnknown, TeamIsAdmin, TeamOlderThanSetup, TeamUnconfirmed, SamlRequired, MemberIsOwner, MemberIsManager,
    MemberUnknown, MemberWithoutTeam, MemberForeign, MemberUnconfirmed, JtiReused, StoreDown,
);

every!(api, workato_api:
    NoCredentials, NotBearer, SeveralCredentials, PayloadTooLarge { chars: 4098, max: 4096 }, TokenMalformed(Malformed::Segments { found: 1 }),
    ExtensionDemanded, NoApiKey, UnknownApiKey, ProfileDisabled, AlgMismatch, SignatureMismatch,
);

every!(tableau, tableau_connected_app:
    TooLong { bytes: 8001, max: 8000 }, TokenMissing, FewParts, Encrypted, TokenMalformed(Malformed::Segments { found: 1 }), ExtensionDemanded, Unsigned,
    OtherAlgorithm, KidMissing, IssMissing, IssDiffers, AppUnknown, AppDisabled, SecretUnknown,
    SignatureMismatch, AudMissing, AudWrong, SubMissing, IatNoTime, ExpMissing, ExpNoTime, NbfNoTime,
    ExpTooFar { exp: 602, now: 1, limit: 600 }, Expired { exp: 1, now: 2 }, NotYetValid { nbf: 2, now: 1 }, JtiMissing, ScpMissing, ScpNoList, OnDemandNotCloud,
    OnDemandNotLicensed, OnDemandInIframe, OriginMissing, OriginNoUrl, OriginNotListed, UserUnknown, UserBarred,
    JtiReused, StoreDown, ThirdSecret, ListCharacter,
);

/// Those without a documented code.
fn uncoded<R: Rules>(all: &[R::Violation]) -> Vec<R::Violation> {
    for violation in all {
        let code = violation.documented();
        assert!(
            code.is_none_or(|code| codes::of(R::PROFILE).contains(&code)),
            "{violation:?} maps to {code:?}, which no document names"
        );
    }
    all.iter().filter(|violation| violation.documented().is_none()).cloned().collect()
}

#[test]
fn every_violation_has_a_documented_code() {
    assert_eq!(
        uncoded::<workato_direct_link::WorkatoDirectLink>(&direct_link()),
        [workato_direct_link::Violation::StoreDown]
    );
    assert_eq!(uncoded::<workato_api::WorkatoApi>(&api()), []);
    assert_eq!(uncoded::<tableau_connected_app::TableauConnectedApp>(&tableau()), []);
}

/// Codes that no violation of the reference answers with: symptoms, and second answers of a reading.
fn never_answered<R: Rules>(all: &[R::Violation]) -> Vec<Code> {
    let answered: Vec<_> = all.iter().filter_map(Explained::documented).collect();
    codes::of(R::PROFILE).iter().filter(|code| !answered.contains(code)).copied().collect()
}

/// The rows of words are those of the violations, and each has a place for every value.
fn worded<V: Explained>(all: &[V], rows: &[Words]) {
    let mut used = Vec::new();
    for violation in all {
        let (shown, words) = (format!("{violation:?}"), violation.words());
        assert!(words.ends_with('.') && !words.contains(['{', '}']), "{shown}: {words}");
        let name = shown.split([' ', '(']).next().unwrap();
        let row = rows.iter().find(|row| row.name == name).unwrap();
        let (values, places) = (shown.matches(": ").count(), row.text.matches('{').count());
        assert!(values == places || name == "TokenMalformed", "{shown}: {}", row.text);
        used.push(name.to_owned());
    }
    let spare: Vec<_> =
        rows.iter().filter(|row| used.iter().all(|name| name != row.name)).collect();
    assert!(spare.is_empty(), "{spare:?}");
}

#[test]
fn every_violation_has_words_for_all_its_values() {
    worded(&direct_link(), claimproof_catalog::workato_direct_link::WORDS);
    worded(&api(), claimproof_catalog::workato_api::WORDS);
    worded(&tableau(), claimproof_catalog::tableau_connected_app::WORDS);
    let exp = tableau_connected_app::Violation::ExpTooFar { exp: 602, now: 1, limit: 600 };
    let words = "`exp` lies too far ahead: 602, where it is 1 and 600 s ahead are the most.";
    assert_eq!(exp.words(), words);
    let malformed = api().into_iter().find(|one| one.words().contains("JWS")).unwrap();
    let words = "The token is no well-formed compact JWS: found 1 dot-separated segments, expected 3 \
                 (header.payload.signature).";
    assert_eq!(malformed.words(), words);
}

#[test]
fn every_documented_code_has_a_violation() {
    let refusals = |missing: Vec<Code>| -> Vec<&'static str> {
        let refusals = missing.into_iter().filter(|code| code.kind == codes::CodeKind::Refusal);
        refusals.map(Code::as_str).collect()
    };
    let missing = never_answered::<workato_direct_link::WorkatoDirectLink>(&direct_link());
    assert_eq!(refusals(missing), Vec::<&str>::new());
    let missing = never_answered::<workato_api::WorkatoApi>(&api());
    assert_eq!(refusals(missing), Vec::<&str>::new());
    // TCA-R-unknown-app and TCA-R-disabled-app: the reference answers 10089 and 10090.
    let missing = never_answered::<tableau_connected_app::TableauConnectedApp>(&tableau());
    assert_eq!(refusals(missing), ["126"]);
}
