//! What management changes about an app shows wherever tokens are presented: a secret that is made signs, one that is
//! deleted does no more, and an app that is off is refused. Within the target's `settle` it must; that it shows at once
//! is advice (CPX-at-once), since the document promises no moment.

use claimproof_cast::MADE_SECRET;

use super::super::scenes::managed_app_everywhere;
use super::super::{DISABLED, NO_SECRET};
use super::{APP, create, delete, good, manage, managed_app, present, script, sign_in};
use crate::case::{Case, Manage, Turn};
use crate::change::Change;
use crate::expect::Expect;
use crate::scene::Scene;

pub(super) fn cases() -> Vec<Case> {
    let on_each = |cases: fn(&str, &Scene) -> Vec<Case>| {
        managed_app_everywhere().iter().flat_map(|(place, scene)| cases(place, scene)).collect()
    };
    [switches(), on_each(switched_on), on_each(secrets_on)].concat()
}

const fn switch(enabled: bool) -> Turn {
    manage(Manage::EnableApp { app: APP, enabled }, Expect::Done)
}

fn off() -> Expect {
    Expect::refuse(DISABLED)
}

fn switched(id: &str, title: &str, scene: &Scene, turns: Vec<Turn>) -> Case {
    let cites = &["TCA-10090-disabled", "TCA-10090-enable", "TCA-126-enabled", "CPX-at-once"];
    script(id, title, scene, cites, turns)
}

fn switches() -> Vec<Case> {
    let (scene, off) = (managed_app(), |token| sign_in(token, &managed_app(), off()));
    let case = |id: &str, title: &str, turns| switched(id, title, &scene, turns);
    cases! { case:
        "10090/switched-off-and-on", "An app switched off, then on again":
            vec![switch(false), off("first"), switch(true), good("second", &scene)];
        "10090/switched-off-after-use", "An app switched off between two sign-ins":
            vec![
                good("first", &scene), switch(false), off("second"),
                switch(true), good("third", &scene),
            ];
        "10090/switched-on-accepted", "An app switched off, then on twice, then a sign-in":
            vec![switch(false), off("first"), switch(true), switch(true), good("second", &scene)];
    }
}

fn switched_on(place: &str, scene: &Scene) -> Vec<Case> {
    let id = format!("10090/switched-off-{place}");
    let title = format!("An app switched off and on again, seen on {place}");
    let refused = sign_in("second", scene, off());
    let turns =
        vec![good("first", scene), switch(false), refused, switch(true), good("third", scene)];
    vec![switched(&id, &title, scene, turns)]
}

/// The app's own secret signs beside the one that is made, and goes on when that is deleted.
fn secrets_on(place: &str, scene: &Scene) -> Vec<Case> {
    const MADE: &[(&str, &str)] = &[("secret", MADE_SECRET)];
    let made = |token, expect| present(token, scene, Change::Roles(MADE), expect);
    let created = || vec![create(APP, Expect::Done), made("first", Expect::ACCEPT)];
    let (own, refused) = (good("second", scene), made("third", Expect::refuse(NO_SECRET)));
    let case = |id: String, title: &str, cites: &[&'static str], then| {
        let title = format!("{title}, seen on {place}");
        script(&id, &title, scene, cites, [created(), then].concat())
    };
    vec![
        case(
            format!("127/made-secret-{place}-accepted"),
            "A secret that was made signs",
            &["TCA-127-id", "TCA-127-value", "CPX-at-once"],
            vec![own.clone(), delete(Expect::Done)],
        ),
        case(
            format!("10085/deleted-secret-{place}"),
            "A secret that was deleted signs no more",
            &["TCA-10085-kid", "TCA-127-id", "CPX-at-once"],
            vec![delete(Expect::Done), own, refused],
        ),
    ]
}
