//! What a target file must say for a skipped case to be played.

use claimproof_cast::Place;
use claimproof_catalog::Profile;
use claimproof_vectors::{Need, Surface};

use crate::report::Lack;

impl Lack {
    /// A role nobody plays.
    pub(crate) fn of_role(role: &str) -> Self {
        Self { add: format!("an [[account]] with role = \"{role}\""), undeclared_level: false }
    }

    /// A management method the target file has not.
    pub(crate) fn of_method(name: &str) -> Self {
        Self { add: format!("a method `{name}` under [manage]"), undeclared_level: false }
    }

    /// A control that was not accepted.
    pub(crate) fn of_control(twin: &str) -> Self {
        Self { add: format!("nothing: mend {twin} first"), undeclared_level: false }
    }

    /// A place of the account that is not read.
    pub(crate) fn of_place(place: Place) -> Self {
        Self {
            add: format!("\"{place}\" in `places`, where the target reads the account there"),
            undeclared_level: false,
        }
    }

    /// A need that is not met.
    pub(crate) fn of_need(need: Need, profile: Profile) -> Self {
        let add = match need {
            Need::Surface(surface) => of_surface(surface),
            other => what(other).to_owned(),
        };
        Self { add, undeclared_level: profile.sheet().is_flow && is_level(need) }
    }
}

fn of_surface(surface: Surface) -> String {
    format!("a [[surface]] with name = \"{surface}\"")
}

const fn what(need: Need) -> &'static str {
    match need {
        Need::Clock => "`header`, `set` or `patience` under [clock]",
        Need::Manage => "the documented methods under [manage]",
        Need::VendorSurfaces => {
            "surfaces at the vendor's own addresses, `/auth/signin` and `/auth/embed/signin`"
        }
        Need::MadeSecret => "`made` and `value`, two patterns, under [manage.create-secret]",
        Need::RawSocket => "`raw_socket = true` under [capabilities]",
        Need::Echo => "`claims`, a JSON pointer, in the first [[surface]]",
        Need::StoreFault => "a method `store` under [manage]",
        Need::SamlSession => "`saml_session_header` under [capabilities]",
        Need::Exchange => {
            "a method `visit` under [manage] and a [[surface]] with name = \"exchange\" (level L0)"
        }
        Need::Administration => "`integration-create` and its like under [manage] (level L1)",
        Need::Login => "`viewer-login` and `login` under [manage] (level L2)",
        Need::TokenInternals => "`token_internals = true` under [capabilities]",
        Need::StatedLifetime => "`longest_lifetime` under [limits], in seconds",
        Need::Dashboard => "a method `dashboard` under [manage]",
        Need::Surface(_) => "",
    }
}

/// Whether it is what makes a level of its own: exchange, administration, login, clock, dashboard.
const fn is_level(need: Need) -> bool {
    matches!(
        need,
        Need::Exchange | Need::Administration | Need::Login | Need::Clock | Need::Dashboard
    )
}
