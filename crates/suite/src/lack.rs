//! What a target file must say for a skipped case to be played.

use claimproof_cast::Place;
use claimproof_catalog::Profile;
use claimproof_vectors::{ManageMethod, Need};

use crate::report::{Lack, LackKind};
use crate::subject::Capabilities;

impl Lack {
    /// A role nobody plays.
    pub(crate) fn of_role(role: &str) -> Self {
        let add = format!("an [[account]] with role = \"{role}\"");
        Self { add, kind: LackKind::Account, undeclared_level: false }
    }

    /// A control that was not accepted.
    pub(crate) fn of_control(control: &str) -> Self {
        let add = format!("nothing: mend {control} first");
        Self { add, kind: LackKind::Control, undeclared_level: false }
    }

    /// A place of the account that is not read.
    pub(crate) fn of_place(place: Place) -> Self {
        let add = format!("\"{place}\" in `places`, where the target reads the account there");
        Self { add, kind: LackKind::Declaration, undeclared_level: false }
    }

    /// A management method the target file has not.
    pub(crate) fn of_method(method: ManageMethod) -> Self {
        Self { add: of_method(method).1, kind: LackKind::Declaration, undeclared_level: false }
    }

    /// A need that is not met.
    pub(crate) fn of_need(need: Need, profile: Profile) -> Self {
        let (_, add) = words(need);
        let undeclared_level = profile.sheet().is_flow && is_level(need);
        Self { add, kind: LackKind::Declaration, undeclared_level }
    }
}

impl Capabilities {
    /// Why a need is not met; `None` where it is.
    pub fn lack(&self, need: Need) -> Option<String> {
        (!self.meets(need)).then(|| words(need).0)
    }
}

/// What the target does not declare, and what declares it.
fn words(need: Need) -> (String, String) {
    let (what, add) = match need {
        Need::Surface(surface) => {
            return (
                format!("the target declares no surface `{surface}`"),
                format!("a [[surface]] with name = \"{surface}\""),
            );
        }
        Need::Method(method) => return of_method(method),
        other => of_fixture(other),
    };
    (format!("the target does not declare {what}"), add.to_owned())
}

fn of_method(method: ManageMethod) -> (String, String) {
    let name = method.name();
    let what = match method {
        ManageMethod::Store => "a replay store the suite can switch off".to_owned(),
        ManageMethod::Dashboard => {
            "the page of content in its dashboard, [manage.dashboard]".to_owned()
        }
        _ => format!("the management method [manage.{name}]"),
    };
    (format!("the target does not declare {what}"), format!("a method `{name}` under [manage]"))
}

const fn of_fixture(need: Need) -> (&'static str, &'static str) {
    match need {
        Need::Clock => ("a clock the suite can set", "`header`, `set` or `patience` under [clock]"),
        Need::VendorSurfaces => (
            "sign-ins at the vendor's own addresses",
            "surfaces at the vendor's own addresses, `/auth/signin` and `/auth/embed/signin`",
        ),
        Need::MadeSecret => (
            "how a made secret is read (`made` and `value` of [manage.create-secret])",
            "`made` and `value`, two patterns, under [manage.create-secret]",
        ),
        Need::StatedLifetime => (
            "the longest lifetime of its tokens (`limits.longest_lifetime`)",
            "`longest_lifetime` under [limits], in seconds",
        ),
        Need::RawSocket => ("a raw socket", "`raw_socket = true` under [capabilities]"),
        Need::Echo => (
            "an endpoint that shows the claims it received",
            "`claims`, a JSON pointer, in the first [[surface]]",
        ),
        Need::SamlSession => {
            ("a SAML session the suite can declare", "`saml_session_header` under [capabilities]")
        }
        Need::Exchange => (
            "how subject tokens are had and exchanged (level L0)",
            "a method `visit` under [manage] and a [[surface]] with name = \"exchange\" (level L0)",
        ),
        Need::Administration => (
            "its administration methods (level L1)",
            "`integration-create` and its like under [manage] (level L1)",
        ),
        Need::Login => (
            "how viewers log in (level L2)",
            "`viewer-login` and `login` under [manage] (level L2)",
        ),
        Need::TokenInternals => {
            ("the internals of its subject tokens", "`token_internals = true` under [capabilities]")
        }
        Need::Surface(_) | Need::Method(_) => ("", ""),
    }
}

/// Whether it is what makes a level of its own: exchange, administration, login, clock, dashboard.
const fn is_level(need: Need) -> bool {
    matches!(
        need,
        Need::Exchange
            | Need::Administration
            | Need::Login
            | Need::Clock
            | Need::Method(ManageMethod::Dashboard)
    )
}
