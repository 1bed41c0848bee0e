//! Which property test reaches which requirement. A test of this crate looks each name up in the
//! sources, so one that goes missing is noticed.

use crate::square::Property;

const fn property(name: &'static str, proofs: &'static [(&'static str, &'static str)]) -> Property {
    Property { name, proofs }
}

/// Every property: `crate::module::test`, and the requirements and rules it reaches.
#[rustfmt::skip]
pub const PROPERTIES: &[Property] = &[
    property("verifier::claim_priority::the_order_of_the_document", &[
        ("WCL-02", ""), ("WCL-05", ""), ("WCL-06", ""), ("WCL-08", ""), ("WCL-11", ""), ("WCL-12", ""), ("WCL-13", ""), ("WCL-14", ""), ("WCL-31", ""), ("WAP-TOK-01", ""), ("WAP-CLM-02", ""),
    ]),
    property("verifier::claim_priority::the_wrong_part_holds_nothing", &[("WCL-15", ""), ("WCL-30", "")]),
    property("verifier::credentials::payload_sizes", &[("WAP-CLM-06", "")]),
    property("verifier::credentials::exp_is_never_looked_at", &[("WAP-CLM-01", ""), ("WAP-TOK-11", "")]),
    property("verifier::hostile::no_arbitrary_token_is_accepted", &[("WCL-04", ""), ("WAP-TOK-07", ""), ("WAP-GEN-01", ""), ("WDL-JWT-19", "")]),
    property("verifier::hostile::no_arbitrary_members_are_accepted", &[("WAP-SIG-01", ""), ("RFC7515-10.12", ""), ("RFC7515-4", ""), ("RFC7519-2", "")]),
    property("verifier::tampering::no_replaced_character_passes", &[("WAP-GEN-04", ""), ("WAP-TOK-06", ""), ("WCL-09", ""), ("RFC8725-3.3", ""), ("TCA-127-value", "")]),
    property("verifier::tampering::no_truncation_passes", &[("WDL-JWT-18", ""), ("RFC7515-7.1", ""), ("TCA-10098-unsigned", "")]),
    property("verifier::tampering::no_token_is_good_elsewhere", &[("WAP-GEN-02", ""), ("RFC8725-3.8", "")]),
    property("verifier::windows_direct_link::accepted_within_thirty_seconds_alone", &[("WDL-JWT-13", ""), ("WDL-JWT-15", ""), ("WDL-JWT-16", "")]),
    property("verifier::windows_tableau::accepted_within_the_window_alone", &[
        ("TCA-10096-exp", ""), ("TCA-10096-10min", ""), ("TCA-16-exp-long", ""), ("TCA-exp-past", ""), ("TCA-CLOCK-external", ""), ("TCA-CLOCK-reject", ""),
    ]),
    property("verifier::windows_tableau::no_other_time_passes", &[("TCA-10084-exp-format", "")]),
    property("verifier::windows_tableau::iat_is_not_measured", &[("TCA-10084-iat-format", "")]),
    property("suite::precedence::the_earlier_of_two_faults_answers", &[
        ("WDL-JWT-01", ""), ("WDL-JWT-03", ""), ("WDL-JWT-04", ""), ("WDL-JWT-05", ""), ("WDL-JWT-06", ""), ("WDL-JWT-09", ""),
    ]),
    property("suite::precedence::the_earlier_of_two_faults_answers", &[
        ("TCA-10083-kid", ""), ("TCA-10083-iss", ""), ("TCA-10084-aud", ""), ("TCA-10084-aud-missing", ""), ("TCA-10084-sub-missing", ""), ("TCA-10094-jti", ""),
        ("TCA-10097-missing", ""), ("TCA-10097-list", ""), ("TCA-10098-encrypted", ""), ("TCA-10099-scp", ""), ("TCA-10103-size", ""),
    ]),
    property("reference::sequences::direct_links", &[("WDL-JWT-07", ""), ("WDL-JWT-08", ""), ("WDL-JWT-10", ""), ("CPX-once", ""), ("CPX-unspent", "")]),
    property("reference::sequences::sign_ins", &[("TCA-10097-ok", ""), ("TCA-10103-limit", ""), ("TCA-10091-replay", "")]),
    property("verifier::connect_properties::no_sequence_breaks_a_session", &[
        ("PCO-RT-01", ""), ("PCO-RT-03", ""), ("PCO-RT-10", ""), ("PCO-AS-01", ""), ("PCO-AS-03", ""), ("PCO-AS-04", ""), ("PCO-SE-01", ""), ("PCO-SE-03", ""), ("PCO-SE-04", ""), ("PCO-ST-09", ""),
        ("PCO-GN-02", ""), ("PCX-11", ""), ("PCX-13", ""), ("PCX-15", ""),
    ]),
    property("verifier::connect_properties::no_arbitrary_answer_makes_a_session", &[
        ("PCO-RT-01", ""), ("PCO-RT-07", ""), ("PCO-RT-09", ""), ("PCO-GH-01", ""), ("PCO-GH-02", ""), ("PCX-20", ""),
    ]),
    property("verifier::connect_properties::one_refresh_for_each_expiry", &[("PCO-RT-04", ""), ("PCO-KC-06", ""), ("PCX-06", ""), ("PCX-19", "")]),
    property("verifier::connect_properties::no_altered_subject_token_passes", &[
        ("PCO-ST-01", ""), ("PCO-ST-02", ""), ("PCO-ST-03", ""), ("PCO-ST-04", ""), ("PCO-AZ-04", ""),
    ]),
    property("verifier::connect_properties::texts_of_a_provider_pass", &[
        ("PCO-AZ-05", ""), ("PCO-AZ-14", ""), ("PCO-AZ-17", ""), ("PCO-KC-01", ""), ("PCO-KC-02", ""), ("PCO-KC-03", ""), ("PCX-13", ""),
    ]),
    property("verifier::connect_properties::a_login_asks_as_configured", &[("PCO-RT-05", ""), ("PCO-AZ-10", ""), ("PCX-10", ""), ("PCX-12", "")]),
    property("replay::model::at_most_once_and_never_more_than_fits", &[("CPX-once", ""), ("CPX-store", "")]),
];
