//! What management changes about an app shows wherever tokens are presented: a secret that is made signs, one that is
//! deleted does no more, and an app that is off is refused. Within the target's `settle` it must; that it shows at once
//! is advice (CPX-at-once), since the document promises no moment.

use claimproof_cast::MADE_SECRET;

use super::super::scenes::managed_app_everywhere;
use super::super::{DISABLED, NO_SECRET};
use super::{APP, create, delete, manage, managed_app, present, script};
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

fn switched(scene: &Scene, id: &str, title: &str, turns: Vec<Turn>) -> Case {
    script(
        scene,
        id,
        title,
        &["TCA-10090-disabled", "TCA-10090-enable", "TCA-126-enabled", "CPX-at-once"],
        turns,
    )
}

fn switches() -> Vec<Case> {
    let sign_in = |token, expect| present(token, &managed_app(), vec![], expect);
    let case = |id: &str, title: &str, turns| switched(&managed_app(), id, title, turns);
    vec![
        case(
            "10090/switched-off-and-on",
            "An app switched off, then on again",
            vec![
                switch(false),
                sign_in("first", off()),
                switch(true),
                sign_in("second", Expect::ACCEPT),
            ],
        ),
        case(
            "10090/switched-off-after-use",
            "An app switched off between two sign-ins",
            vec![
                sign_in("first", Expect::ACCEPT),
                switch(false),
                sign_in("second", off()),
                switch(true),
                sign_in("third", Expect::ACCEPT),
            ],
        ),
        case(
            "10090/switched-on-accepted",
            "An app switched off, then on twice, then a sign-in",
            vec![
                switch(false),
                sign_in("first", off()),
                switch(true),
                switch(true),
                sign_in("second", Expect::ACCEPT),
            ],
        ),
    ]
}

fn switched_on(place: &str, scene: &Scene) -> Vec<Case> {
    let sign_in = |token, expect| present(token, scene, vec![], expect);
    vec![switched(
        scene,
        &format!("10090/switched-off-{place}"),
        &format!("An app switched off and on again, seen on {place}"),
        vec![
            sign_in("first", Expect::ACCEPT),
            switch(false),
            sign_in("second", off()),
            switch(true),
            sign_in("third", Expect::ACCEPT),
        ],
    )]
}

/// The app's own secret signs beside the one that is made, and goes on when that is deleted.
fn secrets_on(place: &str, scene: &Scene) -> Vec<Case> {
    const MADE: &[(&str, &str)] = &[("secret", MADE_SECRET)];
    let made = |token, expect| present(token, scene, vec![Change::Roles(MADE)], expect);
    let own = |token| present(token, scene, vec![], Expect::ACCEPT);
    let case = |id: &str, title: &str, cites: &[&'static str], turns| {
        script(scene, id, &format!("{title}, seen on {place}"), cites, turns)
    };
    vec![
        case(
            &format!("127/made-secret-{place}-accepted"),
            "A secret that was made signs",
            &["TCA-127-id", "TCA-127-value", "CPX-at-once"],
            vec![
                create(APP, Expect::Done),
                made("first", Expect::ACCEPT),
                own("second"),
                delete(Expect::Done),
            ],
        ),
        case(
            &format!("10085/deleted-secret-{place}"),
            "A secret that was deleted signs no more",
            &["TCA-10085-kid", "TCA-127-id", "CPX-at-once"],
            vec![
                create(APP, Expect::Done),
                made("first", Expect::ACCEPT),
                delete(Expect::Done),
                own("second"),
                made("third", Expect::refuse(NO_SECRET)),
            ],
        ),
    ]
}
