//! The list: request, token and who it names, in order.
//!
//! Structure, algorithm, vendor and key come before the signature; claims after it, so that a
//! forged token learns nothing; accounts last, so that a cleared fault can use the same token.

use super::facts::{Facts, Policy};
use super::{Violation, checks, request};
use crate::list::steps;

pub(super) type Given<'g> = crate::Given<'g, Policy>;
pub(super) type Checked = crate::Checked<Violation>;

steps! {
    /// The rules of direct linking.
    WorkatoDirectLink over Facts:
    // Before the token is looked at.
    request {
        asks_for_html ["WDL-HTTP-02", "WDL-HTTP-04", "RFC9110-12.4.2"];
        is_no_script ["WDL-HTTP-03", "WDL-HTTP-04"];
        path_is_clean ["WDL-PATH-01"];
        path_is_url ["WDL-PATH-01", "WDL-PATH-02", "RFC3986-3", "RFC9110-4.2.4"];
        path_is_absolute ["WDL-PATH-02", "WDL-PATH-01"];
        path_is_https ["WDL-PATH-02"];
        path_is_ours ["WDL-PATH-01"];
        token_present ["WDL-JWT-22", "CPX-one-place"];
    }
    // From structure to account.
    checks {
        token_readable [
            "WDL-JWT-18", "WDL-JWT-19", "RFC7515-7.1", "RFC7515-2", "RFC7515-4", "RFC7515-10.12",
            "CPX-bounded", "RFC7519-4", "RFC8259-4", "RFC8259-8.1",
        ];
        no_extension ["RFC7515-4.1.11", "RFC7797-7", "CPX-crit-form"];
        alg_is_rs256 ["WDL-JWT-01", "RFC8725-3.1", "RFC8725-2.1"];
        sub_segments ["WDL-JWT-21", "WDL-JWT-19"];
        vendor_known ["WDL-ACC-20", "WDL-JWT-21"];
        vendor_has_admin ["WDL-ACC-17"];
        vendor_link_enabled ["WDL-ACC-18"];
        vendor_has_key ["WDL-ACC-19"];
        signature [
            "WDL-JWT-23", "WDL-JWT-24", "WDL-ACC-21", "WDL-ACC-22", "RFC8725-3.3", "RFC8725-3.10",
        ];
        iat_present ["WDL-JWT-04", "WDL-JWT-05"];
        iat_integer ["WDL-JWT-03"];
        jti_present ["WDL-JWT-09"];
        jti_type ["WDL-JWT-06"];
        not_too_old ["WDL-JWT-13", "WDL-JWT-14"];
        not_too_new ["WDL-JWT-15"];
        team_known ["WDL-ACC-08", "WDL-JWT-21"];
        team_no_admin ["WDL-ACC-10", "WDL-ACC-11"];
        team_link_enabled ["WDL-ACC-05", "WDL-ACC-06"];
        team_confirmed ["WDL-ACC-15"];
        team_saml ["WDL-ACC-13"];
        member_no_owner ["WDL-FRM-01"];
        member_no_manager ["WDL-FRM-02"];
        member_known ["WDL-ACC-01"];
        member_has_team ["WDL-ACC-08"];
        member_of_team ["WDL-FRM-03"];
        member_confirmed ["WDL-ACC-03"];
    }
}
