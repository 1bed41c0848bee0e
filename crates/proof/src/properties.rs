//! Which property test holds which requirement. For each one a mutant is named that breaks it and
//! turns the property red: a test of this crate runs every pair, so an entry that holds nothing is
//! noticed.

use crate::coverage::Property;

const fn property(name: &'static str, proofs: &'static [(&'static str, &'static str)]) -> Property {
    Property { name, proofs }
}

/// Every property: `crate::module::test`, and what it reaches, each with a mutant that turns it
/// red.
#[rustfmt::skip]
pub const PROPERTIES: &[Property] = &[
    property("verifier::claim_priority::the_order_of_the_document", &[
        ("WCL-02", "workato-api/kid-only"),
        ("WCL-05", "workato-api/order-reversed"),
        ("WCL-06", "workato-api/empty-is-value"),
        ("WCL-08", "workato-api/must-agree"),
        ("WCL-11", "workato-api/no-namespace"),
        ("WCL-12", "workato-api/no-workato-sub"),
        ("WCL-13", "workato-api/no-kid"),
        ("WCL-14", "workato-api/no-sub"),
        ("WCL-30", "workato-api/no-namespace"),
        ("WCL-31", "workato-api/kid-only"),
        ("WAP-TOK-01", "workato-api/no-kid"),
        ("WAP-CLM-02", "workato-api/no-sub"),
    ]),
    property("verifier::claim_priority::whatever_the_places_hold", &[
        ("WCL-02", "workato-api/kid-only"),
        ("WCL-05", "workato-api/order-reversed"),
        ("WCL-06", "workato-api/null-is-value"),
        ("WCL-08", "workato-api/must-agree"),
        ("WCL-11", "workato-api/workato-sub-first"),
        ("WCL-12", "workato-api/no-workato-sub"),
        ("WCL-13", "workato-api/kid-first"),
        ("WCL-14", "workato-api/no-sub"),
    ]),
    property("verifier::claim_priority::the_other_part_changes_nothing", &[
        ("WCL-15", "workato-api/wrong-part-refused"),
    ]),
    property("verifier::credentials::payload_sizes", &[
        ("WAP-CLM-06", "workato-api/limit-4100"),
        ("WAP-CLM-07", "workato-api/size-off-by-one"),
    ]),
    property("verifier::credentials::exp_is_never_looked_at", &[
        ("WAP-CLM-01", "workato-api/unknown-claims"),
        ("WAP-TOK-11", "workato-api/typ-required"),
        ("WAP-GEN-01", "workato-api/unknown-claims"),
    ]),
    property("verifier::hostile::no_malformed_part_is_taken_for_another_fault", &[
        ("WDL-JWT-18", "workato-direct-link/without-token-readable"),
        ("WDL-JWT-19", "workato-direct-link/without-token-readable"),
    ]),
    property("verifier::hostile::no_other_algorithm_passes", &[
        ("WAP-SIG-01", "workato-api/alg-any-case"),
        ("WAP-TOK-09", "workato-api/alg-by-family"),
        ("RFC8725-3.1", "workato-api/without-alg-of-profile"),
    ]),
    property("verifier::hostile::no_spoiled_link_is_opened", &[
        ("WDL-HTTP-02", "workato-direct-link/accept-any-json"),
        ("WDL-HTTP-03", "workato-direct-link/xhr-exact-case"),
        ("WDL-PATH-02", "workato-direct-link/path-http"),
    ]),
    property("verifier::tampering::no_replaced_character_passes", &[
        ("WAP-GEN-02", "workato-api/without-signature"),
        ("WAP-GEN-04", "workato-api/without-signature"),
        ("WAP-TOK-06", "workato-api/without-signature"),
        ("WCL-09", "workato-api/without-signature"),
        ("TCA-127-value", "tableau-connected-app/without-signature"),
        ("RFC8725-3.3", "workato-direct-link/without-signature"),
    ]),
    property("verifier::windows_direct_link::accepted_within_thirty_seconds_alone", &[
        ("WDL-JWT-13", "workato-direct-link/window-31"),
        ("WDL-JWT-15", "workato-direct-link/past-only"),
        ("WDL-JWT-16", "workato-direct-link/window-29"),
    ]),
    property("verifier::windows_tableau::accepted_within_the_window_alone", &[
        ("TCA-10096-exp", "tableau-connected-app/validity-day"),
        ("TCA-10096-10min", "tableau-connected-app/validity-599"),
        ("TCA-16-exp-long", "tableau-connected-app/validity-hour"),
        ("TCA-exp-past", "tableau-connected-app/leeway-700"),
        ("TCA-CLOCK-external", "tableau-connected-app/leeway-day"),
        ("TCA-CLOCK-reject", "tableau-connected-app/leeway-day"),
    ]),
    property("verifier::windows_tableau::no_other_time_passes", &[
        ("TCA-10084-exp-format", "tableau-connected-app/exp-any-type"),
    ]),
    property("verifier::tableau_claims::a_list_of_scopes_passes", &[
        ("TCA-10097-ok", "tableau-connected-app/two-scopes"),
    ]),
    property("verifier::tableau_claims::scopes_that_are_no_list_do_not", &[
        ("TCA-10097-list", "tableau-connected-app/scp-string"),
    ]),
    property("verifier::tableau_claims::an_issue_time_is_a_number", &[
        ("TCA-10084-iat-format", "tableau-connected-app/iat-any-string"),
    ]),
    property("verifier::tableau_claims::no_unsigned_token_is_taken_for_another_fault", &[
        ("TCA-10098-unsigned", "tableau-connected-app/without-signed"),
    ]),
    property("verifier::tableau_claims::token_sizes", &[
        ("TCA-10103-size", "tableau-connected-app/size-8001"),
        ("TCA-10103-limit", "tableau-connected-app/size-7999"),
    ]),
    property("in_process::precedence::the_earlier_of_two_faults_answers", &[
        ("WDL-JWT-01", "workato-direct-link/alg-by-prefix"),
        ("WDL-JWT-03", "workato-direct-link/without-iat-integer"),
        ("WDL-JWT-04", "workato-direct-link/without-iat-present"),
        ("WDL-JWT-05", "workato-direct-link/without-iat-present"),
        ("WDL-JWT-06", "workato-direct-link/jti-any-type"),
        ("WDL-JWT-09", "workato-direct-link/without-jti-present"),
        ("TCA-10083-kid", "tableau-connected-app/kid-optional"),
        ("TCA-10083-iss", "tableau-connected-app/without-iss-present"),
        ("TCA-10084-aud", "tableau-connected-app/without-aud-is-tableau"),
        ("TCA-10084-aud-missing", "tableau-connected-app/without-aud-present"),
        ("TCA-10084-sub-missing", "tableau-connected-app/without-sub-present"),
        ("TCA-10094-jti", "tableau-connected-app/without-jti-present"),
        ("TCA-10097-missing", "tableau-connected-app/without-scp-present"),
        ("TCA-10098-encrypted", "tableau-connected-app/without-not-encrypted"),
        ("TCA-10099-scp", "tableau-connected-app/without-scp-present"),
    ]),
    property("reference::sequences::direct_links", &[
        ("WDL-JWT-07", "workato-direct-link/jti-hyphens"),
        ("WDL-JWT-08", "workato-direct-link/integer-jti"),
        ("WDL-JWT-10", "workato-direct-link/store-forgets"),
        ("CPX-once", "workato-direct-link/store-one-short"),
        ("CPX-unspent", "workato-direct-link/store-burnt-early"),
    ]),
    property("reference::sequences::sign_ins", &[
        ("TCA-10091-replay", "tableau-connected-app/store-60-s"),
    ]),
    property("verifier::connect_properties::no_sequence_breaks_a_session", &[
        ("PCO-RT-01", "posit-connect/without-refresh-token-present"),
        ("PCO-RT-03", "posit-connect/without-refresh-token-present"),
        ("PCO-RT-10", "posit-connect/without-refresh-token-present"),
        ("PCO-AS-01", "posit-connect/without-associated"),
        ("PCO-AS-03", "posit-connect/session-before-association"),
        ("PCO-AS-04", "posit-connect/without-associated"),
        ("PCO-SE-01", "posit-connect/one-session-for-all"),
        ("PCO-SE-03", "posit-connect/without-session-of-viewer"),
        ("PCO-SE-04", "posit-connect/one-session-for-all"),
        ("PCO-GN-02", "posit-connect/without-provider-agreed"),
        ("PCX-11", "posit-connect/without-state-unused"),
        ("PCX-15", "posit-connect/undeletes-sessions"),
    ]),
    property("verifier::connect_properties::no_arbitrary_answer_makes_a_session", &[
        ("PCO-RT-01", "posit-connect/null-is-a-refresh-token"),
        ("PCO-RT-07", "posit-connect/without-refresh-token-present"),
        ("PCO-RT-09", "posit-connect/null-is-a-refresh-token"),
        ("PCO-GH-01", "posit-connect/without-refresh-token-present"),
        ("PCO-GH-02", "posit-connect/demands-bearer-in-upper-case"),
        ("PCX-20", "posit-connect/errors-are-answers"),
    ]),
    property("verifier::connect_properties::one_refresh_for_each_expiry", &[
        ("PCX-06", "posit-connect/refreshes-at-once"),
        ("PCO-KC-06", "posit-connect/refreshes-always"),
        ("PCX-06", "posit-connect/refreshes-always"),
        ("PCX-19", "posit-connect/demands-new-refresh-token"),
    ]),
    property("verifier::connect_properties::no_altered_subject_token_passes", &[
        ("PCO-ST-01", "posit-connect/without-subject-fresh"),
        ("PCO-ST-03", "posit-connect/subject-token-by-expiry-alone"),
        ("PCO-ST-04", "posit-connect/expired-is-no-session"),
        ("PCO-AZ-04", "posit-connect/without-subject-signature"),
    ]),
    property("verifier::connect_properties::texts_of_a_provider_pass", &[
        ("PCO-AZ-05", "posit-connect/hides-login-error"),
        ("PCO-AZ-14", "posit-connect/hides-refresh-error"),
        ("PCO-AZ-17", "posit-connect/hides-description"),
        ("PCO-KC-01", "posit-connect/hides-error-name"),
        ("PCO-KC-02", "posit-connect/hides-refresh-error"),
        ("PCO-KC-03", "posit-connect/hides-error-name"),
    ]),
    property("verifier::connect_properties::a_login_asks_as_configured", &[
        ("PCO-RT-05", "posit-connect/first-scope-alone"),
        ("PCO-AZ-10", "posit-connect/callback-of-integration"),
        ("PCX-10", "posit-connect/plain-challenge"),
        ("PCX-12", "posit-connect/always-post"),
    ]),
];
