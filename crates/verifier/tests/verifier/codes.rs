//! Every violation has a documented code; a new variant does not compile before it is listed here.

use claimproof_catalog::{Profile, codes};
use claimproof_verifier::{Rules, tableau_connected_app, workato_api, workato_direct_link};

/// One list as an exhaustive match and as values.
macro_rules! every {
    ($name:ident, $module:ident: $($variant:ident $({ $($field:ident: $value:expr),* })?),* $(,)?) => {
        fn $name() -> Vec<$module::Violation> {
            // No wildcard arm, on purpose.
            const fn is_listed(violation: &$module::Violation) -> bool {
                match violation {
                    $($module::Violation::$variant $({ $($field: _),* })? => true,)*
                }
            }
            let all = vec![$($module::Violation::$variant $({ $($field: $value),* })?),*];
            assert!(all.iter().all(is_listed));
            all
        }
    };
}

every!(direct_link, workato_direct_link:
    NotHtml, Xhr, PathNotUrl, PathControl, PathRelative, PathNotHttps, PathForeignHost, TokenMissing, TokenMalformed,
    ExtensionDemanded, AlgNotRs256, SubSegments, VendorUnknown, VendorWithoutAdmin, VendorLinkDisabled,
    VendorWithoutKey, SignatureMismatch, IatMissing, IatNotInteger, JtiMissing, JtiWrongType, TooOld, TooNew,
    TeamUnknown, TeamIsAdmin, TeamOlderThanSetup, TeamUnconfirmed, SamlRequired, MemberIsOwner, MemberIsManager,
    MemberUnknown, MemberWithoutTeam, MemberForeign, MemberUnconfirmed, JtiReused, StoreDown,
);

every!(api, workato_api:
    NoCredentials, NotBearer, SeveralCredentials, PayloadTooLarge { chars: 4098, max: 4096 }, TokenMalformed,
    ExtensionDemanded, NoApiKey, UnknownApiKey, ProfileDisabled, AlgMismatch, SignatureMismatch,
);

every!(tableau, tableau_connected_app:
    TooLong { bytes: 8001 }, TokenMissing, FewParts, Encrypted, TokenMalformed, ExtensionDemanded, Unsigned,
    OtherAlgorithm, KidMissing, IssMissing, IssDiffers, AppUnknown, AppDisabled, SecretUnknown,
    SignatureMismatch, AudMissing, AudWrong, SubMissing, IatNoTime, ExpMissing, ExpNoTime, NbfNoTime,
    ExpTooFar { by: 1 }, Expired, NotYetValid, JtiMissing, ScpMissing, ScpNoList, OnDemandNotCloud,
    OnDemandNotLicensed, OnDemandInIframe, OriginMissing, OriginNoUrl, OriginNotListed, UserUnknown, UserBarred,
    JtiReused, StoreDown, ThirdSecret, ListCharacter,
);

/// Those without a documented code.
fn uncoded<R: Rules>(all: &[R::Violation]) -> Vec<R::Violation> {
    for violation in all {
        let code = R::code(violation);
        let row = code.map(|code| codes::find(R::PROFILE, code));
        assert!(
            row.is_none_or(|row| row.is_some()),
            "{violation:?} maps to {code:?}, which no document names"
        );
    }
    all.iter().filter(|violation| R::code(violation).is_none()).cloned().collect()
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
fn never_answered<R: Rules>(all: &[R::Violation]) -> Vec<&'static str> {
    let answered: Vec<_> = all.iter().filter_map(R::code).collect();
    codes::of(R::PROFILE)
        .iter()
        .map(|row| row.as_str())
        .filter(|code| !answered.contains(code))
        .collect()
}

#[test]
fn every_documented_code_has_a_violation() {
    let refusals = |profile: Profile, missing: Vec<&'static str>| -> Vec<&'static str> {
        let is_refusal =
            |code: &&str| codes::find(profile, code).unwrap().kind == codes::CodeKind::Refusal;
        missing.into_iter().filter(is_refusal).collect()
    };
    let missing = never_answered::<workato_direct_link::WorkatoDirectLink>(&direct_link());
    assert_eq!(refusals(Profile::WorkatoDirectLink, missing), Vec::<&str>::new());
    let missing = never_answered::<workato_api::WorkatoApi>(&api());
    assert_eq!(refusals(Profile::WorkatoApi, missing), Vec::<&str>::new());
    // TCA-R-unknown-app and TCA-R-disabled-app: the reference answers 10089 and 10090.
    let missing = never_answered::<tableau_connected_app::TableauConnectedApp>(&tableau());
    assert_eq!(refusals(Profile::TableauConnectedApp, missing), ["126"]);
}
