//! The limits of the management methods, and the documented codes of their refusals.

use claimproof_cast::Seed;
use claimproof_catalog::Profile;
use claimproof_token::Scratch;
use claimproof_verifier::Verifier;
use claimproof_verifier::tableau_connected_app::{
    Accounts, AppChange, ManageError, TableauConnectedApp,
};
use claimproof_verifier::workato_direct_link::{self as direct_link, WorkatoDirectLink};
use proptest::prelude::*;
use rstest::rstest;

use super::make::{NOW, quoted};
use super::world::{
    direct_link_accounts, id, link_draft, link_request, tableau_accounts, tableau_draft,
    tableau_request, verdict,
};

fn role(role: &str) -> &'static str {
    id(Profile::TableauConnectedApp, role)
}

/// The answer as the wire carries it: a code, `404` or a bad value.
fn answer(done: Result<(), ManageError>) -> &'static str {
    match done {
        Ok(()) => "done",
        Err(ManageError::Refused(violation)) => violation.code().unwrap().as_str(),
        Err(ManageError::NotFound) => "404",
        Err(ManageError::BadSecret(_)) => "bad secret",
    }
}

fn accepts(accounts: &Accounts, token: &str) -> bool {
    let verifier = Verifier::<TableauConnectedApp>::default();
    verdict(&verifier, accounts, tableau_request("site.ok", token), NOW).is_ok()
}

#[test]
fn a_third_secret_is_128_and_a_removed_one_makes_room() {
    let mut accounts = tableau_accounts();
    let app = role("app.another");
    let mut create = |id: &str, value| answer(accounts.create_secret(app, id.to_owned(), value));
    assert_eq!(create("empty", ""), "bad secret");
    assert_eq!(create("second", "test-only-second"), "done");
    assert_eq!(create("third", "test-only-third"), "128");
    assert_eq!(create("third", ""), "128");
    assert_eq!(answer(accounts.delete_secret(app, "unknown")), "404");
    assert_eq!(answer(accounts.delete_secret(app, "second")), "done");
    assert_eq!(answer(accounts.delete_secret(app, "second")), "404");
    assert_eq!(answer(accounts.create_secret(app, "third".to_owned(), "test-only-third")), "done");
    assert_eq!(answer(accounts.create_secret(role("app.unknown"), "x".to_owned(), "y")), "404");
    let ids: Vec<_> =
        accounts.find_app(app).unwrap().secrets.iter().map(|secret| secret.id.as_str()).collect();
    assert_eq!(ids, [role("secret.of-another"), "third"]);
}

#[test]
fn a_secret_counts_while_it_exists() {
    let mut accounts = tableau_accounts();
    let app = role("app.ok");
    let token = tableau_draft().token();
    assert!(accepts(&accounts, &token));
    accounts.delete_secret(app, role("secret.ok")).unwrap();
    assert!(!accepts(&accounts, &token));
    accounts.create_secret(app, role("secret.ok").to_owned(), "test-only-another-value").unwrap();
    assert!(!accepts(&accounts, &token));
}

#[test]
fn an_app_counts_while_it_exists_and_is_enabled() {
    let mut accounts = tableau_accounts();
    let app = role("app.ok");
    let token = tableau_draft().token();
    let enabled = |enabled| AppChange { enabled: Some(enabled), domain_safelist: None };
    accounts.update_app(app, enabled(false)).unwrap();
    assert!(!accepts(&accounts, &token));
    accounts.update_app(app, AppChange::default()).unwrap();
    assert!(!accepts(&accounts, &token), "a change that names nothing changes nothing");
    accounts.update_app(app, enabled(true)).unwrap();
    assert!(accepts(&accounts, &token));
    accounts.delete_app(app).unwrap();
    assert!(!accepts(&accounts, &token));
    assert_eq!(answer(accounts.delete_app(app)), "404");
    assert_eq!(answer(accounts.update_app(app, enabled(true))), "404");
}

#[test]
fn a_new_app_is_off_and_has_no_secret() {
    let mut accounts = tableau_accounts();
    accounts.create_app("made".to_owned(), "made".to_owned(), AppChange::default()).unwrap();
    let app = accounts.find_app("made").unwrap();
    assert!(!app.enabled && app.secrets.is_empty());
    let mut draft = tableau_draft();
    draft.header.set("iss", quoted("made"));
    assert!(!accepts(&accounts, &draft.token()));
}

/// The three methods that take a list agree on each character.
fn list_answers(list: &str) -> [&'static str; 3] {
    let mut accounts = tableau_accounts();
    let change = || AppChange { enabled: None, domain_safelist: Some(list.to_owned()) };
    [
        answer(accounts.create_app("made".to_owned(), "made".to_owned(), change())),
        answer(accounts.update_app(role("app.ok"), change())),
        answer(accounts.set_site_embedding(role("site.ok"), false, list)),
    ]
}

#[rstest]
#[case::empty("")]
#[case::url("https://portal.example")]
#[case::several("https://a.example  http://localhost:3000 b.example")]
#[case::wildcards("*.portal.example https: host:* 'self'")]
#[case::letters("https://b\u{fc}cher.example")]
fn lists_accepted(#[case] list: &str) {
    assert_eq!(list_answers(list), ["done"; 3]);
}

#[test]
fn each_invalid_character_is_133() {
    let controls = ('\u{0}'..='\u{1f}').chain('\u{7f}'..='\u{9f}');
    for bad in "<>\"`\\{}|^".chars().chain(controls) {
        for list in [
            format!("{bad}"),
            format!("https://portal.example{bad}"),
            format!("a.example {bad} b.example"),
        ] {
            assert_eq!(list_answers(&list), ["133"; 3], "{list:?}");
        }
    }
}

#[test]
fn a_refused_list_changes_nothing() {
    let mut accounts = tableau_accounts();
    let token = tableau_draft().token();
    assert_eq!(answer(accounts.set_site_embedding(role("site.ok"), false, "a.example <b>")), "133");
    assert!(accepts(&accounts, &token));
    let change = AppChange { enabled: Some(false), domain_safelist: Some("<".to_owned()) };
    assert_eq!(answer(accounts.update_app(role("app.ok"), change)), "133");
    assert!(accepts(&accounts, &token));
    assert_eq!(answer(accounts.set_site_embedding("unknown", true, "")), "404");
    assert_eq!(answer(accounts.set_site_embedding("unknown", true, "<")), "133");
}

#[test]
fn the_origin_of_a_customer_is_granted() {
    let mut accounts = direct_link_accounts();
    let team = id(Profile::WorkatoDirectLink, "team.ok");
    let token = link_draft().token();
    let granted = |accounts: &direct_link::Accounts| {
        let verifier = Verifier::<WorkatoDirectLink>::default();
        let mut scratch = Scratch::new();
        let unredeemed = verifier.verify(accounts, link_request(&token), &mut scratch, NOW);
        unredeemed.unwrap().grant.origin.map(str::to_owned)
    };
    assert_eq!(granted(&accounts), None);
    assert_eq!(accounts.set_origin(team, Some("https://customer.example".to_owned())), Some(()));
    assert_eq!(granted(&accounts), Some("https://customer.example".to_owned()));
    assert_eq!(accounts.set_origin("unknown", None), None);
}

proptest! {
    /// A list is kept as its entries, or refused for one of its characters; nothing in between.
    #[test]
    fn any_list_is_kept_or_133(list in any::<String>()) {
        let mut accounts = tableau_accounts();
        let bad = list.chars().any(|c| c.is_control() || "<>\"`\\{}|^".contains(c));
        let done = accounts.set_site_embedding(role("site.ok"), false, &list);
        prop_assert_eq!(answer(done), if bad { "133" } else { "done" });
        let site = accounts.find_site(&Seed::PUBLIC.uuid("site.ok")).unwrap();
        prop_assert_eq!(site.unrestricted_embedding, bad);
        let kept: Vec<&str> = if bad { vec![] } else { list.split_whitespace().collect() };
        prop_assert_eq!(site.allow_list.entries().collect::<Vec<_>>(), kept);
    }
}
