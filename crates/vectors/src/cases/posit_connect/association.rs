//! Content without an integration.

use claimproof_idp::{Personality, Seen};

use super::baseline::plain;
use super::script::Script;
use super::{A, OWN, TWO, case, good, integration, name, no_association};
use crate::case::Case;
use crate::expect::Expect;
use crate::flow::{Content, Look};

pub(super) fn cases() -> Vec<Case> {
    [missing(), not_the_viewers(), cured(), elsewhere()].concat()
}

fn without(of: Personality) -> Script {
    Script::unassociated(good(of), integration(of))
}

fn missing() -> Vec<Case> {
    let none = |of: Personality| {
        let id = format!("212/none-{}", name(of));
        let title =
            format!("Content with no integration exchanges, while one for {} exists", name(of));
        let script = without(of).logs_in(A).visits(A, "t").exchange_is("t", "a", no_association());
        let of_kind = case(&id, &title, &["PCO-AS-01", "PCO-GN-01"], script);
        of_kind.differs_from(&format!("login-{}", name(of)))
    };
    let mut cases: Vec<Case> = TWO.into_iter().map(none).collect();
    let of = Personality::Entra;
    cases.extend(cases! { case:
        "212/without-session",
            "Neither integration nor session: a missing association has its own sentence":
            &["PCO-SE-07", "PCO-AS-01"],
            without(of).visits(A, "t").exchange_is("t", "a", no_association());
        "212/sdk-fields",
            "The answer to unassociated content has the members the SDK makes its error from":
            &["PCO-AS-02", "PCX-03"],
            without(of).visits(A, "t").exchange_is("t", "a", no_association())
                .look(Look::Envelopes);
        "212/provider-unasked", "Content with no integration causes no call of any provider":
            &["PCO-GN-02"],
            without(of).visits(A, "t").exchange_is("t", "a", no_association())
                .seen(Seen::Authorized(0)).seen(Seen::Redeemed(0));
    });
    cases
}

/// What a viewer does is no cure.
fn not_the_viewers() -> Vec<Case> {
    let of = Personality::Entra;
    let removed = || plain(of).exchanges("t", "a").associates(OWN, false);
    cases! { case:
        "212/removed", "The association is taken away from under a viewer's session":
            &["PCO-AS-03", "PCO-AS-01"], removed().exchange_is("t", "b", no_association());
        "212/fresh-subject-token", "A fresh subject token does not make up for the association":
            &["PCO-AS-03"], removed().visits(A, "t2").exchange_is("t2", "b", no_association());
        "212/another-login", "Another login does not make up for the association":
            &["PCO-AS-03", "PCO-SE-07"],
            removed().logs_in(A).visits(A, "t2").exchange_is("t2", "b", no_association());
    }
}

fn cured() -> Vec<Case> {
    let of = Personality::Entra;
    let unassociated =
        || without(of).logs_in(A).visits(A, "t").exchange_is("t", "a", no_association());
    cases! { case:
        "212/associated", "Associating the integration with content already deployed cures it":
            &["PCO-AS-04", "PCO-GN-03"],
            unassociated().associates(OWN, true).obtains("t", "a").uses("a", Expect::ACCEPT);
        "212/associated-without-session",
            "Once associated, the answer to a viewer without session is the other one":
            &["PCO-SE-07", "PCO-AS-04"],
            without(of).visits(A, "t").exchange_is("t", "a", no_association()).associates(OWN, true)
                .exchange_is("t", "a", super::no_session());
        "212/emptied",
            "Putting an empty list brings the answer back, and the session does not help":
            &["PCX-14"],
            unassociated().associates(OWN, true).exchanges("t", "a").associates(OWN, false)
                .exchange_is("t", "b", no_association());
        "212/associated-again", "Associated once more, the viewer's session is still good":
            &["PCO-AS-04"],
            plain(of).associates(OWN, false).exchange_is("t", "a", no_association())
                .associates(OWN, true).obtains("t", "b").seen(Seen::Authorized(1));
    }
}

fn elsewhere() -> Vec<Case> {
    let of = Personality::Entra;
    let second = || without(of).associates(Content::Second, true).logs_in(A).visits(A, "t");
    cases! { case:
        "212/elsewhere", "The integration is associated with other content only":
            &["PCO-AS-06"], second().exchange_is("t", "a", no_association());
        "212/elsewhere-too", "Associated with this content too, it serves it":
            &["PCO-AS-04"],
            second().exchange_is("t", "a", no_association()).associates(OWN, true).obtains("t", "a")
                .look(Look::Associations(Content::Second, true));
    }
}
