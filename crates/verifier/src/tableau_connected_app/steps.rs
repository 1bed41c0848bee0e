//! The list: form, identity, signature, claims, and what is asked for from where, in order.

use super::facts::{Facts, Policy};
use super::{Violation, checks, embedding};
use crate::list::steps;

pub(super) type Given<'g> = crate::Given<'g, Policy>;
pub(super) type Checked = crate::Checked<Violation>;

steps! {
    /// The rules of connected apps.
    TableauConnectedApp over Facts:
    // From size to scope.
    checks {
        token_size ["TCA-10103-size", "CPX-bounded"];
        token_present ["RFC7515-7.1", "RFC7519-7.2", "CPX-one-place"];
        enough_parts ["TCA-10098-unsigned"];
        not_encrypted ["TCA-10098-encrypted", "RFC7519-7.2", "RFC7515-5.2", "RFC7515-7.1"];
        token_readable [
            "RFC7515-7.1", "RFC7515-2", "RFC7515-4", "RFC7515-10.12", "CPX-bounded", "RFC7519-7.2",
            "RFC4648-3.5", "RFC7515-5.2", "RFC7519-4", "RFC8259-4", "RFC8259-8.1",
        ];
        no_extension ["RFC7515-4.1.11", "RFC7797-7", "CPX-crit-form"];
        signed ["TCA-10098-unsigned", "RFC8725-2.1", "RFC8725-3.1"];
        alg_is_hs256 ["RFC8725-3.1", "RFC7515-4.1.1"];
        kid_present ["TCA-10083-kid", "TCA-10083-both"];
        iss_present ["TCA-10083-iss", "TCA-10083-both"];
        iss_agrees ["RFC8725-3.8"];
        app_known ["TCA-10089-iss", "TCA-126-missing", "TCA-126-ref"];
        app_enabled ["TCA-10090-disabled", "TCA-126-enabled"];
        secret_known ["TCA-10085-kid", "TCA-127-id"];
        signature ["TCA-127-value", "RFC8725-3.3", "RFC8725-3.10"];
        aud_present ["TCA-10084-aud-missing"];
        aud_is_tableau ["TCA-10084-aud", "TCA-10084-aud-case", "RFC8725-3.9"];
        sub_present ["TCA-10084-sub-missing"];
        iat_is_time ["TCA-10084-iat-format", "RFC7519-2"];
        exp_present ["RFC7519-4.1.4"];
        exp_is_time ["TCA-10084-exp-format", "RFC7519-2", "RFC7519-4.1.4"];
        nbf_is_time ["RFC7519-4.1.5", "RFC7519-2"];
        exp_not_too_far ["TCA-10096-exp", "TCA-16-exp-long", "TCA-10096-configured", "RFC7519-2"];
        not_expired ["TCA-exp-past", "TCA-CLOCK-reject", "TCA-CLOCK-external"];
        already_valid ["RFC7519-4.1.5"];
        jti_present ["TCA-10094-jti"];
        scp_present ["TCA-10099-scp", "TCA-10097-missing"];
        scp_is_list ["TCA-10097-list"];
    }
    // After the claims, before the replay store.
    embedding {
        on_demand_on_cloud ["TCA-67-oda", "TCA-67-cloud"];
        on_demand_licensed ["TCA-10101-ubp", "TCA-67-oda"];
        on_demand_not_in_iframe ["TCA-10102-iframe"];
        origin_present ["TCA-10106-origin"];
        origin_is_url ["TCA-10105-origin"];
        origin_listed ["TCA-10092-unlisted"];
        user_known ["TCA-5-unknown", "TCA-5-case", "TCA-16-sub-unknown", "TCA-5-username"];
        user_may_sign_in ["TCA-16-sub-email", "TCA-16-sub-unknown"];
    }
}
