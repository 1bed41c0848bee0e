//! The list: credentials, token, access profile and signature, in order.

use super::facts::{Facts, Policy};
use super::{Violation, checks};
use crate::list::steps;

pub(super) type Given<'g> = crate::Given<'g, Policy>;
pub(super) type Checked = crate::Checked<Violation>;

steps! {
    /// The rules of the API platform.
    WorkatoApi over Facts:
    // The size comes before structure: a payload too long is not worth parsing.
    checks {
        credentials_present ["WCL-04", "WAP-CAL-01"];
        credentials_single ["WAP-CAL-02", "WCL-04"];
        scheme_is_bearer ["WAP-CAL-02"];
        payload_size ["WAP-CLM-06", "WAP-CLM-07", "WAP-CLM-08"];
        token_readable [
            "WCL-04", "WAP-TOK-07", "RFC7515-7.1", "RFC7515-2", "RFC7515-4", "RFC7515-10.12",
            "CPX-bounded", "RFC7519-4", "RFC8259-4", "RFC8259-8.1",
        ];
        no_extension ["RFC7515-4.1.11", "RFC7797-7", "CPX-crit-form"];
        api_key_present ["WCL-31", "WAP-TOK-01", "WCL-15", "WCL-06"];
        api_key_known ["WCL-31", "WCL-03", "WCL-07", "WCL-08", "WCL-05"];
        profile_active ["WCL-31", "WCL-03"];
        alg_of_profile ["WAP-SIG-01", "WAP-TOK-09", "RFC8725-3.1", "RFC8725-2.1"];
        signature [
            "WCL-09", "WAP-GEN-02", "WAP-GEN-04", "WAP-SIG-02", "WAP-SIG-04", "WAP-TOK-06",
            "RFC8725-3.3", "RFC8725-3.10",
        ];
    }
}
