//! The lists, one for each thing that is decided.

use super::answer::AnswerFacts;
use super::facts::ExchangeFacts;
use super::login::{CallbackFacts, LoginFacts};
use super::visit::VisitFacts;
use super::{Policy, Violation, answer, exchange, login, subject, visit};
use crate::list::steps;

pub(super) type Given<'g> = crate::Given<'g, Policy>;
pub(super) type Checked = crate::Checked<Violation>;
pub(super) type Rejected = crate::Rejected<Violation>;

steps! {
    /// Whether a login may begin.
    Beginning over LoginFacts:
    login {
        login_viewer ["PCO-SE-03"];
        login_integration ["PCX-09"];
    }
}

steps! {
    /// Whether a browser that comes back may have its code redeemed.
    Returning over CallbackFacts:
    login {
        parameters_once ["PCX-11"];
        state_known ["PCX-11"];
        state_of_viewer ["PCX-11", "PCO-SE-03"];
        state_unused ["PCX-11"];
        state_fresh ["PCX-11"];
        callback_integration ["PCX-11"];
        provider_agreed ["PCO-GN-02", "PCO-AZ-17", "PCO-KC-01"];
        code_present ["PCX-11"];
    }
}

steps! {
    /// Whether the answer to a redemption makes a session.
    Redeeming over AnswerFacts:
    answer {
        redemption_answered by answered ["PCO-RT-01"];
        redemption_size by size ["PCO-RT-01"];
        redemption_status by status ["PCO-AZ-05", "PCO-AZ-17", "PCO-KC-01", "PCO-GN-02"];
        redemption_without_error by without_error ["PCX-20"];
        redemption_is_token by is_token ["PCO-RT-01"];
        redemption_bearer by bearer ["PCX-04"];
        refresh_token_present [
            "PCO-RT-01", "PCO-RT-02", "PCO-RT-03", "PCO-RT-07", "PCO-RT-09", "PCO-RT-10",
            "PCO-GH-01", "PCO-GH-03",
        ];
    }
}

steps! {
    /// Whether the answer to a refresh renews a session. It need not bring a new refresh token, RFC
    /// 6749 section 6.
    Refreshing over AnswerFacts:
    answer {
        refresh_answered by answered ["PCO-RT-04"];
        refresh_size by size ["PCO-RT-04"];
        refresh_status by status ["PCO-AZ-14", "PCO-AZ-17", "PCO-KC-02", "PCO-KC-03", "PCO-GN-02"];
        refresh_without_error by without_error ["PCX-20"];
        refresh_is_token by is_token ["PCO-RT-04"];
        refresh_bearer by bearer ["PCX-04"];
    }
}

steps! {
    /// Whether content is shown.
    Visiting over VisitFacts:
    visit {
        visit_viewer ["PCO-SE-03"];
        visit_content ["PCO-ST-06"];
        login_due ["PCO-SE-06"];
    }
}

steps! {
    /// Whether an exchange is granted.
    Exchanging over ExchangeFacts:
    // Nothing of the token is looked at before the caller and the form are in order.
    exchange {
        caller_proven ["PCX-02"];
        body_size ["PCX-09"];
        form_present ["PCX-01", "PCX-09"];
        form_type ["PCX-01", "PCX-09"];
        form_readable ["PCX-09"];
        members_once ["PCX-09"];
        grant_type_present ["PCX-09"];
        grant_type_right ["PCX-07"];
        subject_type_present ["PCX-09"];
        subject_type_right ["PCX-08"];
        requested_type_right ["PCX-04"];
    }
    // Each is answered alike.
    subject {
        subject_present ["PCO-ST-03", "PCX-09"];
        subject_readable ["PCO-ST-03", "PCO-ST-10"];
        subject_extension ["RFC7515-4.1.11"];
        subject_algorithm ["PCO-AZ-04", "RFC8725-3.1"];
        subject_signature ["PCO-AZ-04", "PCO-ST-03", "RFC8725-3.3"];
        subject_issuer ["PCO-ST-03"];
        subject_expiry ["PCO-ST-05"];
        subject_fresh ["PCO-ST-01", "PCO-ST-04"];
        subject_viewer ["PCO-ST-03"];
        subject_content ["PCO-ST-03"];
    }
    exchange {
        caller_owns_content ["PCX-16"];
        associated [
            "PCO-AS-01", "PCO-AS-02", "PCO-AS-03", "PCO-AS-04", "PCO-AS-06", "PCO-SE-07", "PCX-14",
        ];
        audience_associated ["PCO-AS-06", "PCX-22"];
        audience_named ["PCX-22"];
        session_exists ["PCO-SE-01", "PCO-SE-02", "PCO-SE-07", "PCO-RT-10", "PCX-15"];
        session_of_viewer ["PCO-SE-03"];
    }
}
