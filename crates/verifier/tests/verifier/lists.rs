//! A verifier is a list of steps: what it says of itself, and what no list can take away.

use claimproof_token::Scratch;
use claimproof_verifier::posit_connect::Flow;
use claimproof_verifier::tableau_connected_app::{self, TableauConnectedApp};
use claimproof_verifier::workato_api::{self, Credentials, WorkatoApi};
use claimproof_verifier::workato_direct_link::WorkatoDirectLink;
use claimproof_verifier::{Check, JtiKind, Once, Rejected, Rules, Step, Verifier, refuse_if};

use super::make::NOW;
use super::world::{
    API, DIRECT_LINK, TABLEAU, World, api_draft, id, link_draft, link_request, tableau_draft,
    tableau_request,
};

/// What a list answers: the step and whether it says what was wrong; nothing where the token is accepted.
type Answer = Option<(Option<&'static str>, bool)>;

fn ask<R: Rules>(
    verifier: &Verifier<R>,
    accounts: &R::Accounts,
    request: R::Request<'_>,
) -> Answer {
    let mut scratch = Scratch::new();
    let verdict = verifier.verify(accounts, request, &mut scratch, NOW);
    verdict.err().map(|Rejected { step, violation }| (step, violation.is_some()))
}

/// The good token, one that nobody has a key for, and no token at all, under an edited list.
fn under<R: Rules>(
    edit: impl Fn(&mut Vec<Step<R>>),
    ask: impl Fn(&Verifier<R>, &str) -> Answer,
    world: World,
) -> [Answer; 3] {
    let mut verifier = Verifier::<R>::default();
    edit(verifier.list.edit());
    let mut foreign = world.draft();
    foreign.header.set("kid", "\"nobody\"");
    foreign.payload.set("sub", "\"nobody:1:2\"");
    [world.draft().token(), foreign.token(), "no.token".to_owned()]
        .map(|token| ask(&verifier, &token))
}

fn without_steps<R: Rules>(ask: impl Fn(&Verifier<R>, &str) -> Answer, world: World) {
    let answers = under(Vec::clear, &ask, world);
    assert_eq!(
        answers,
        [None, None, Some((None, false))],
        "an empty list accepts what can be read"
    );
    let signature_alone = |steps: &mut Vec<Step<R>>| steps.retain(|step| step.name == "signature");
    let answers = under(signature_alone, &ask, world);
    assert_eq!(answers, [None, Some((Some("signature"), false)), Some((None, false))]);
}

#[test]
fn no_list_accepts_what_cannot_be_read_or_has_no_key() {
    without_steps::<WorkatoDirectLink>(
        |verifier, token| ask(verifier, &DIRECT_LINK, link_request(token)),
        World::DirectLink,
    );
    without_steps::<WorkatoApi>(
        |verifier, token| ask(verifier, &API, Credentials::Bearer(token)),
        World::ApiHmac,
    );
    without_steps::<TableauConnectedApp>(
        |verifier, token| ask(verifier, &TABLEAU, tableau_request("site.ok", token)),
        World::Tableau,
    );
}

fn without_reading<R: Rules>(ask: impl Fn(&Verifier<R>, &str) -> Answer, steps: &[&str]) {
    let mut verifier = Verifier::<R>::default();
    verifier.list.edit().retain(|step| !steps.contains(&step.name));
    assert_eq!(verifier.list.steps().len() + steps.len(), R::STEPS.len());
    for token in ["a", "a.b", "YQ.YQ.YQ"] {
        assert_eq!(ask(&verifier, token), Some((None, false)), "{token}");
    }
}

/// No step finds a fault in what was not read.
#[test]
fn what_cannot_be_read_is_missing_nothing() {
    without_reading::<WorkatoDirectLink>(
        |verifier, token| ask(verifier, &DIRECT_LINK, link_request(token)),
        &["token_readable"],
    );
    without_reading::<WorkatoApi>(
        |verifier, token| ask(verifier, &API, Credentials::Bearer(token)),
        &["token_readable"],
    );
    without_reading::<TableauConnectedApp>(
        |verifier, token| ask(verifier, &TABLEAU, tableau_request("site.ok", token)),
        &["enough_parts", "token_readable"],
    );
}

fn own<R: Rules>(check: Check<R>) -> Vec<Step<R>> {
    vec![Step { name: "own", cites: &[], check }]
}

/// A step of somebody's own may ask for any member.
#[test]
fn header_and_payload_are_there_for_every_step() {
    let mut tableau = Verifier::<TableauConnectedApp>::default();
    *tableau.list.edit() = own(|facts, _| {
        let there = facts.header("alg").as_text() == Some("HS256")
            && facts.payload("aud").as_text() == Some("tableau");
        refuse_if(there, tableau_connected_app::Violation::AudWrong)
    });
    let token = tableau_draft().token();
    assert_eq!(
        ask(&tableau, &TABLEAU, tableau_request("site.ok", &token)),
        Some((Some("own"), true))
    );
    let mut api = Verifier::<WorkatoApi>::default();
    *api.list.edit() = own(|facts, _| {
        let there =
            facts.header("alg").as_text() == Some("HS256") && !facts.payload("name").is_missing();
        refuse_if(there, workato_api::Violation::NoApiKey)
    });
    let token = api_draft("profile.hmac").token();
    assert_eq!(ask(&api, &API, Credentials::Bearer(&token)), Some((Some("own"), true)));
}

fn names<R: Rules>() {
    let steps = R::STEPS;
    let mut names: Vec<_> = steps.iter().map(|step| step.name).collect();
    assert!(names.len() > 5 && names.iter().all(|name| name.len() > 2), "{names:?}");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), steps.len());
    for step in steps {
        let known = |id: &&str| {
            claimproof_catalog::requirements::all().any(|row| row.id == *id)
                || claimproof_catalog::rules::find(id).is_some()
        };
        assert!(
            !step.cites.is_empty() && step.cites.iter().all(known),
            "{} cites {:?}",
            step.name,
            step.cites
        );
    }
}

#[test]
fn the_names_of_the_steps_differ_and_each_cites_something() {
    names::<WorkatoDirectLink>();
    names::<WorkatoApi>();
    names::<TableauConnectedApp>();
}

/// Steps about what is named in one place and looked for in another.
const OF_TWO_PARTS: [&str; 3] = [
    // A `sub` that names no vendor, or no team, is no properly formed content either (WDL-JWT-21).
    "vendor_known",
    "team_known",
    // Without a subject token the form lacks a member, and nothing can be verified.
    "subject_present",
];

/// Name and citations of each step.
fn cited<R: Rules>() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    R::STEPS.iter().map(|step| (step.name, step.cites))
}

#[test]
fn no_other_step_cites_two_parts() {
    let part = |id: &&'static str| claimproof_catalog::part::of(&[*id]);
    let two =
        |(_, cites): &(&str, &[&'static str])| cites.iter().any(|id| part(id) != part(&cites[0]));
    let flow = Flow::default().names();
    let all = cited::<WorkatoDirectLink>()
        .chain(cited::<WorkatoApi>())
        .chain(cited::<TableauConnectedApp>())
        .chain(flow);
    assert_eq!(all.filter(two).map(|(name, _)| name).collect::<Vec<_>>(), OF_TWO_PARTS);
}

#[test]
fn what_is_used_up_is_the_id_as_it_stands_in_its_realm() {
    let link = |jti: &str| {
        let mut draft = link_draft();
        draft.payload.set("jti", jti);
        draft.token()
    };
    let realm = id(claimproof_catalog::Profile::WorkatoDirectLink, "vendor.ok");
    for (json, kind, jti) in [
        ("\"one\"", JtiKind::Text, "one"),
        ("7", JtiKind::Integer, "7"),
        ("\"7\"", JtiKind::Text, "7"),
    ] {
        let (token, mut scratch) = (link(json), Scratch::new());
        let verifier = Verifier::<WorkatoDirectLink>::default();
        let passed =
            verifier.verify(&DIRECT_LINK, link_request(&token), &mut scratch, NOW).unwrap();
        assert_eq!(passed.once, Some(Once { realm, kind, jti, until: NOW + 30 }), "{json}");
    }
    let (token, mut scratch) = (tableau_draft().token(), Scratch::new());
    let verifier = Verifier::<TableauConnectedApp>::default();
    let passed =
        verifier.verify(&TABLEAU, tableau_request("site.ok", &token), &mut scratch, NOW).unwrap();
    let realm = id(claimproof_catalog::Profile::TableauConnectedApp, "app.ok");
    let due =
        Once { realm, kind: JtiKind::Text, jti: "one", until: NOW + 300 + verifier.policy.leeway };
    assert_eq!(passed.once, Some(due));
    let (token, mut scratch) = (api_draft("profile.hmac").token(), Scratch::new());
    let passed = Verifier::<WorkatoApi>::default()
        .verify(&API, Credentials::Bearer(&token), &mut scratch, NOW)
        .unwrap();
    assert_eq!(passed.once, None);
}
