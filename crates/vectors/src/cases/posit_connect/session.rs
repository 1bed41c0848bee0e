//! Viewers who have not logged in at the external application.

use claimproof_idp::{Personality, Seen};

use super::baseline::plain;
use super::script::Script;
use super::{A, B, OWN, TWO, case, name, no_session};
use crate::case::Case;
use crate::expect::Expect;
use crate::flow::{Look, Move};

pub(super) fn cases() -> Vec<Case> {
    [missing(), per_viewer(), cured(), solo()].concat()
}

fn missing() -> Vec<Case> {
    let none = |of: Personality| {
        let id = format!("220/none-{}", name(of));
        let title = format!("A viewer has not logged in at {}", name(of));
        // In the dashboard content is shown to a viewer without session too, and holds a subject token.
        let open = Move::Visit { viewer: A, content: OWN, solo: false, keep: "t" };
        let script = Script::of(of).then(open, Expect::ACCEPT).exchange_is("t", "a", no_session());
        case(&id, &title, &["PCO-SE-01", "PCO-GN-01"], script)
            .differs_from(&format!("login-{}", name(of)))
    };
    let mut cases: Vec<Case> = TWO.into_iter().map(none).collect();
    let of = Personality::Entra;
    let unasked = Script::of(of).visits(A, "t").exchange_is("t", "a", no_session());
    cases.extend(cases! { case:
        "220/not-unassociated", "Associated content never says that it has no integration":
            &["PCO-SE-07"],
            Script::of(of).visits(A, "t").exchange_is("t", "a", no_session()).visits(A, "t2")
                .exchange_is("t2", "a", no_session());
        "220/sdk-fields",
            "The answer to a viewer without session has the members the SDK makes its error from":
            &["PCO-SE-02", "PCX-03"], unasked.clone().look(Look::Envelopes);
        "220/provider-unasked", "An exchange without session asks nothing of the provider":
            &["PCO-GN-02"],
            unasked.seen(Seen::Authorized(0)).seen(Seen::Redeemed(0)).seen(Seen::Refreshed(0));
    });
    cases
}

fn per_viewer() -> Vec<Case> {
    let of = Personality::Entra;
    cases! { case:
        "220/another-viewers", "Another viewer's login does not count":
            &["PCO-SE-03", "PCO-SE-01"],
            Script::of(of).logs_in(A).visits(B, "tb").exchange_is("tb", "b", no_session());
        "220/another-viewers-in-turn",
            "Each viewer's session serves that viewer alone, in either order":
            &["PCO-SE-03"],
            Script::of(of).logs_in(B).visits(B, "tb").exchanges("tb", "b").visits(A, "t")
                .exchange_is("t", "a", no_session()).obtains("tb", "c");
    }
}

fn cured() -> Vec<Case> {
    let of = Personality::Entra;
    cases! { case:
        "220/logged-in", "The viewer's login cures it, with the same subject token":
            &["PCO-SE-04", "PCO-GN-03"],
            Script::of(of).visits(A, "t").exchange_is("t", "a", no_session()).enters(A)
                .obtains("t", "a").uses("a", Expect::ACCEPT);
        "220/deleted", "Deleting the session brings the answer back, and a login cures it again":
            // A viewer whose session was deleted is not logged in any more.
            &["PCX-15", "PCO-SE-01"],
            plain(of).exchanges("t", "a").then(Move::DeleteSession { viewer: A }, Expect::ACCEPT)
                .exchange_is("t", "b", no_session()).exchange_is("t", "b", no_session()).enters(A)
                .obtains("t", "b").look(Look::OtherAccess("a", "b"));
        "220/session-list", "A viewer's session is listed from the login to its deletion":
            &["PCX-15"],
            Script::of(of).look(Look::Sessions(A, 0)).logs_in(A).look(Look::Sessions(A, 1))
                .look(Look::Sessions(B, 0)).then(Move::DeleteSession { viewer: A }, Expect::ACCEPT)
                .look(Look::Sessions(A, 0));
        "220/deleted-for-one", "Deleting one viewer's session leaves the other's":
            &["PCO-SE-03"],
            plain(of).logs_in(B).visits(B, "tb")
                .then(Move::DeleteSession { viewer: B }, Expect::Done)
                .exchange_is("tb", "b", no_session()).obtains("t", "a");
    }
}

/// Content opened on its own.
fn solo() -> Vec<Case> {
    let of = Personality::Entra;
    let open = |solo| Move::Visit { viewer: A, content: OWN, solo, keep: "t" };
    cases! { case:
        "220/solo", "Content opened alone sends the viewer through the login and back":
            &["PCO-SE-06", "PCO-SE-04"],
            Script::of(of).then(open(true), Expect::ACCEPT).obtains("t", "a")
                .seen(Seen::Authorized(1)).seen(Seen::Redeemed(1));
        "220/solo-with-session", "Content opened alone by a viewer who has logged in comes at once":
            &["PCO-SE-06"],
            Script::of(of).logs_in(A).then(open(true), Expect::ACCEPT).obtains("t", "a")
                .seen(Seen::Authorized(1));
        "220/dashboard-prompt",
            "In the dashboard such a viewer is offered the login, which is begun by the viewer and not by the page":
            &["PCO-SE-05"],
            Script::of(of).then(Move::Dashboard { viewer: A, content: OWN }, Expect::ACCEPT)
                .visits(A, "t").obtains("t", "a");
    }
}
