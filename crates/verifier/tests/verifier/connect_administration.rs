//! What an administrator, a publisher and a viewer may do to integrations, associations and sessions.

use claimproof_verifier::posit_connect::{ClientAuth, Integration, Violation};
use rstest::rstest;
use serde_json::{Value, json};

use super::connect_world::{NOW, SECRET, World, token};

type Done = Result<(), Violation>;

const MAY: Done = Ok(());
const MAY_NOT: Done = Err(Violation::NotPermitted);

/// Two integrations, one of them associated with two contents; both viewers logged in at it.
fn world() -> (World, String, String) {
    let (mut world, integration) = World::associated();
    let other = world.integrate(&json!({ "client_id": "client-2" }));
    world.associate("content.2", &[&other, &integration]);
    for (viewer, own) in
        [("viewer.a", &integration), ("viewer.b", &integration), ("viewer.a", &other)]
    {
        world.log_in(viewer, own, &token("access", "refresh", &json!(60)));
        world.begin(viewer, own);
    }
    (world, integration, other)
}

fn guids(world: &World, role: &str, all: bool) -> Result<Vec<String>, Violation> {
    let user = world.user(role);
    let sessions = world.state.sessions(&user, all)?;
    Ok(sessions.map(|session| session.user.clone()).collect())
}

#[rstest]
#[case::administrator("admin", MAY, MAY)]
#[case::publisher("publisher", MAY, MAY_NOT)]
#[case::viewer("viewer.a", MAY_NOT, MAY_NOT)]
fn integrations_are_seen_by_publishers_and_changed_by_administrators(
    #[case] role: &str,
    #[case] see: Done,
    #[case] change: Done,
) {
    let (mut world, integration, other) = world();
    let user = if role.starts_with("viewer") { user_of(&world, role) } else { world.user(role) };
    let listed = world
        .state
        .integrations(&user)
        .map(|all| all.map(|one| one.guid.clone()).collect::<Vec<_>>());
    assert_eq!(listed.clone().map(drop), see);
    if let Ok(mut listed) = listed {
        listed.sort();
        let mut due = [integration.clone(), other.clone()];
        due.sort();
        assert_eq!(listed, due);
    }
    assert_eq!(
        world.state.integration(&user, &integration).map(|one| one.guid.clone()),
        see.clone().map(|()| integration.clone())
    );
    assert_eq!(world.state.contents_of(&user, &integration).map(drop), see);
    let (policy, entropy) = (world.flow.policy, world.entropy());
    let body = json!({ "name": "n", "template": "custom", "config": config() });
    assert_eq!(
        world.state.create_integration(&user, &body, &policy, NOW, &entropy).map(drop),
        change
    );
    assert_eq!(world.state.update_integration(&user, &other, &json!({}), NOW).map(drop), change);
    assert_eq!(world.state.delete_integration(&user, &other), change);
}

fn user_of(world: &World, viewer: &str) -> claimproof_verifier::posit_connect::User {
    world.state.user(&world.viewer(viewer)).unwrap().clone()
}

fn config() -> Value {
    json!({
        "authorization_uri": "https://idp.example/authorize",
        "token_uri": "https://idp.example/token",
        "client_id": "client-1",
        "client_secret": SECRET,
    })
}

#[test]
fn what_is_not_there_is_not_found() {
    let (mut world, ..) = world();
    let admin = world.user("admin");
    assert_eq!(world.state.integration(&admin, "none").map(drop), Err(Violation::NotFound));
    assert_eq!(world.state.contents_of(&admin, "none").map(drop), Err(Violation::NotFound));
    assert_eq!(
        world.state.update_integration(&admin, "none", &json!({}), NOW).map(drop),
        Err(Violation::NotFound)
    );
    assert_eq!(world.state.delete_integration(&admin, "none"), Err(Violation::NotFound));
    assert_eq!(world.state.content(&admin, "none").map(drop), Err(Violation::NotFound));
    assert_eq!(world.state.associate(&admin, "none", &json!([])), Err(Violation::NotFound));
    assert_eq!(world.state.session_of(&admin, "none").map(drop), Err(Violation::NotFound));
    assert_eq!(world.state.delete_session(&admin, "none"), Err(Violation::NotFound));
}

#[test]
fn an_integration_goes_with_what_is_its_own_and_nothing_else() {
    let (mut world, integration, other) = world();
    let (admin, second) = (world.user("admin"), world.id("content.2"));
    assert_eq!(
        (
            world.state.sessions.len(),
            world.state.logins.values().filter(|login| !login.used).count()
        ),
        (3, 3)
    );
    world.state.delete_integration(&admin, &integration).unwrap();
    assert_eq!(world.state.associated(&world.id("content.1")), [""; 0]);
    assert_eq!(world.state.associated(&second), std::slice::from_ref(&other));
    assert!(world.state.sessions.values().all(|session| session.integration == other));
    assert!(world.state.logins.values().all(|login| login.integration == other));
    assert_eq!((world.state.sessions.len(), world.state.integrations.len()), (1, 1));
    assert!(!world.state.logins.is_empty());
}

#[test]
fn the_contents_of_an_integration_are_those_associated_with_it() {
    let (world, integration, other) = world();
    let admin = world.user("admin");
    let of = |guid: &str| {
        world.state.contents_of(&admin, guid).unwrap().map(str::to_owned).collect::<Vec<_>>()
    };
    let (first, second) = (world.id("content.1"), world.id("content.2"));
    let mut both = [first, second.clone()];
    both.sort();
    assert_eq!(of(&integration), both);
    assert_eq!(of(&other), [second]);
}

#[rstest]
#[case::administrator("admin", MAY)]
#[case::owner("publisher", MAY)]
#[case::another_publisher("publisher.other", MAY_NOT)]
fn content_is_its_owners_and_the_administrators(#[case] role: &str, #[case] due: Done) {
    let (mut world, integration, _) = world();
    let (user, content) = (world.user(role), world.id("content.1"));
    assert_eq!(world.state.content(&user, &content).map(drop), due);
    let list = json!([{ "oauth_integration_guid": integration }]);
    assert_eq!(world.state.associate(&user, &content, &list), due);
}

#[rstest]
#[case::no_list(json!({}), Violation::AssociationForm)]
#[case::no_object(json!(["a"]), Violation::AssociationForm)]
#[case::no_text(json!([{ "oauth_integration_guid": 1 }]), Violation::AssociationForm)]
#[case::unknown(json!([{ "oauth_integration_guid": "none" }]), Violation::AssociationUnknown)]
fn a_list_that_cannot_be_associated_changes_nothing(#[case] list: Value, #[case] due: Violation) {
    let (mut world, integration, _) = world();
    let (owner, content) = (world.user("publisher"), world.id("content.1"));
    assert_eq!(world.state.associate(&owner, &content, &list), Err(due));
    let twice = json!([{ "oauth_integration_guid": integration }, { "oauth_integration_guid": integration }]);
    assert_eq!(world.state.associate(&owner, &content, &twice), Err(Violation::AssociationForm));
    assert_eq!(world.state.associated(&content), [integration]);
}

#[test]
fn sessions_are_their_viewers_and_the_administrators() {
    let (mut world, ..) = world();
    let [a, b] = ["viewer.a", "viewer.b"].map(|viewer| world.viewer(viewer));
    let viewer = user_of(&world, "viewer.a");
    let own = |all| {
        world
            .state
            .sessions(&viewer, all)
            .map(|all| all.map(|one| one.user.clone()).collect::<Vec<_>>())
    };
    assert_eq!(own(false), Ok(vec![a.clone(), a.clone()]));
    assert_eq!(own(true), Err(Violation::NotPermitted));
    assert_eq!(guids(&world, "admin", false), Ok(Vec::new()));
    assert_eq!(guids(&world, "publisher", true), Err(Violation::NotPermitted));
    assert_eq!(guids(&world, "admin", true).unwrap().len(), 3);
    let of = |user: &str| {
        world.state.sessions.values().find(|one| one.user == user).unwrap().guid.clone()
    };
    let (own, foreign) = (of(&a), of(&b));
    assert_eq!(world.state.session_of(&viewer, &own).unwrap().user, a);
    assert_eq!(world.state.session_of(&viewer, &foreign).map(drop), Err(Violation::NotFound));
    assert_eq!(world.state.session_of(&world.user("admin"), &foreign).unwrap().user, b);
    assert_eq!(world.state.delete_session(&viewer, &foreign), Err(Violation::NotFound));
    assert_eq!(world.state.delete_session(&viewer, &own), MAY);
    assert_eq!(world.state.delete_session(&world.user("admin"), &foreign), MAY);
    assert_eq!(world.state.sessions.len(), 1);
    assert!(
        !world.state.sessions.contains_key(&own) && !world.state.sessions.contains_key(&foreign)
    );
}

/// An integration with these members of its configuration, or what is wrong with them.
fn made(change: &Value) -> Result<Integration, Violation> {
    let mut world = World::empty();
    let mut config = config();
    for (name, value) in change.as_object().unwrap() {
        config[name] = value.clone();
    }
    config.as_object_mut().unwrap().retain(|_, value| *value != json!("left out"));
    let body =
        json!({ "name": "idp", "description": "what for", "template": "custom", "config": config });
    let (admin, policy, entropy) = (world.user("admin"), world.flow.policy, world.entropy());
    world.state.create_integration(&admin, &body, &policy, NOW, &entropy).cloned()
}

#[test]
fn an_integration_is_made_as_its_configuration_says() {
    let plain = made(&json!({})).unwrap();
    assert_eq!(
        (plain.name.as_str(), plain.description.as_str(), plain.template.as_str()),
        ("idp", "what for", "custom")
    );
    assert_eq!((plain.created, plain.updated, plain.config.scopes.as_str()), (NOW, NOW, ""));
    assert_eq!((plain.config.auth, plain.config.pkce), (ClientAuth::Basic, true));
    let config = |change| made(&change).unwrap().config;
    assert_eq!(
        config(json!({ "token_endpoint_auth_method": "client_secret_post" })).auth,
        ClientAuth::Post
    );
    assert_eq!(
        config(json!({ "token_endpoint_auth_method": "client_secret_basic" })).auth,
        ClientAuth::Basic
    );
    assert_eq!(
        config(json!({ "scopes": " openid\t offline_access " })).scopes,
        "openid offline_access"
    );
    for (given, due) in
        [(json!(true), true), (json!(false), false), (json!("true"), true), (json!("false"), false)]
    {
        assert_eq!(config(json!({ "use_pkce": given })).pkce, due, "{given}");
    }
    assert!(
        config(json!({ "auth_mode": "Confidential", "auth_type": "Viewer" }))
            .client_secret
            .is_some()
    );
    assert!(config(json!({ "auth_mode": "Public" })).client_secret.is_none());
    assert!(config(json!({ "client_secret": "" })).client_secret.is_none());
    assert!(config(json!({ "client_secret": "left out" })).client_secret.is_none());
}

#[rstest]
#[case::not_known(json!({ "colour": "red" }), "config")]
#[case::no_address(json!({ "authorization_uri": "idp" }), "authorization_uri")]
#[case::no_text(json!({ "authorization_uri": 1 }), "authorization_uri")]
#[case::left_out(json!({ "authorization_uri": "left out" }), "authorization_uri")]
#[case::another_scheme(json!({ "token_uri": "ftp://idp.example/token" }), "token_uri")]
#[case::no_host(json!({ "token_uri": "https://" }), "token_uri")]
#[case::user(json!({ "token_uri": "https://user@idp.example/token" }), "token_uri")]
#[case::password(json!({ "token_uri": "https://:word@idp.example/token" }), "token_uri")]
#[case::fragment(json!({ "token_uri": "https://idp.example/token#a" }), "token_uri")]
#[case::no_client(json!({ "client_id": "" }), "client_id")]
#[case::client_of_another_type(json!({ "client_id": [] }), "client_id")]
#[case::secret_of_another_type(json!({ "client_secret": 7 }), "client_secret")]
#[case::scopes_as_list(json!({ "scopes": ["openid"] }), "scopes")]
#[case::method(json!({ "token_endpoint_auth_method": "none" }), "token_endpoint_auth_method")]
#[case::pkce(json!({ "use_pkce": "yes" }), "use_pkce")]
#[case::pkce_as_number(json!({ "use_pkce": 1 }), "use_pkce")]
#[case::mode(json!({ "auth_mode": "Secret" }), "auth_mode")]
#[case::kind(json!({ "auth_type": "Service Account" }), "auth_type")]
#[case::public_without_pkce(json!({ "auth_mode": "Public", "use_pkce": false }), "use_pkce")]
#[case::no_secret_and_no_pkce(json!({ "client_secret": "", "use_pkce": false }), "use_pkce")]
fn a_member_that_is_ill_formed_is_named(#[case] change: Value, #[case] member: &'static str) {
    assert_eq!(made(&change).map(drop), Err(Violation::IntegrationConfig(member)));
}

#[test]
fn a_client_with_a_secret_needs_no_pkce_and_plain_http_is_an_address_of_the_web() {
    let change = json!({ "use_pkce": false, "token_uri": "http://127.0.0.1:8080/token" });
    assert!(made(&change).is_ok_and(|one| !one.config.pkce));
}

#[rstest]
#[case::no_object(json!([]), Violation::NotJson)]
#[case::no_name(json!({ "template": "custom", "config": {} }), Violation::IntegrationName)]
#[case::blank_name(json!({ "name": " ", "template": "custom", "config": {} }), Violation::IntegrationName)]
#[case::name_of_another_type(json!({ "name": 1, "template": "custom", "config": {} }), Violation::IntegrationName)]
#[case::no_template(json!({ "name": "n", "config": {} }), Violation::IntegrationTemplate)]
#[case::template(json!({ "name": "n", "template": "okta", "config": {} }), Violation::IntegrationTemplate)]
#[case::no_config(json!({ "name": "n", "template": "azure" }), Violation::IntegrationConfig("config"))]
#[case::config_as_list(json!({ "name": "n", "template": "azure", "config": [] }), Violation::IntegrationConfig("config"))]
fn an_integration_that_cannot_be_made_is_not(#[case] body: Value, #[case] due: Violation) {
    let mut world = World::empty();
    let (admin, policy, entropy) = (world.user("admin"), world.flow.policy, world.entropy());
    assert_eq!(
        world.state.create_integration(&admin, &body, &policy, NOW, &entropy).map(drop),
        Err(due)
    );
    assert!(world.state.integrations.is_empty());
}

#[test]
fn a_change_touches_what_it_names() {
    let (mut world, integration) = World::associated();
    let admin = world.user("admin");
    let change =
        json!({ "name": "renamed", "config": { "scopes": "email", "client_secret": "another" } });
    let changed =
        world.state.update_integration(&admin, &integration, &change, NOW + 5).unwrap().clone();
    assert_eq!((changed.name.as_str(), changed.description.as_str()), ("renamed", ""));
    assert_eq!((changed.created, changed.updated), (NOW, NOW + 5));
    assert_eq!(
        (changed.config.scopes.as_str(), changed.config.client_id.as_str()),
        ("email", "client-1")
    );
    let change = json!({ "description": "words" });
    let changed =
        world.state.update_integration(&admin, &integration, &change, NOW + 6).unwrap().clone();
    assert_eq!((changed.name.as_str(), changed.description.as_str()), ("renamed", "words"));
    for (body, due) in [
        (json!([]), Violation::NotJson),
        (json!({ "name": "" }), Violation::IntegrationName),
        (json!({ "config": 1 }), Violation::IntegrationConfig("config")),
        (
            json!({ "name": "lost", "config": { "client_id": "" } }),
            Violation::IntegrationConfig("client_id"),
        ),
    ] {
        assert_eq!(
            world.state.update_integration(&admin, &integration, &body, NOW + 7).map(drop),
            Err(due),
            "{body}"
        );
    }
    let kept = world.state.integration(&admin, &integration).unwrap();
    assert_eq!(
        (kept.name.as_str(), kept.updated, kept.config.client_id.as_str()),
        ("renamed", NOW + 6, "client-1")
    );
}

#[test]
fn users_are_known_by_key_or_by_name_and_password() {
    let world = World::empty();
    for role in ["admin", "publisher", "publisher.other"] {
        assert_eq!(world.state.caller(&world.secret(role)).unwrap().guid, world.id(role));
    }
    assert!(world.state.caller(&world.secret("publisher.unknown")).is_none());
    assert!(world.state.caller(&world.secret("viewer.a")).is_none(), "a password is no key");
    let log_in = |name: &str, password: &str| {
        world.state.log_in(&world.id(name), &world.secret(password)).map(|user| user.guid.clone())
    };
    for viewer in ["viewer.a", "viewer.b"] {
        assert_eq!(log_in(viewer, viewer), Some(world.viewer(viewer)));
    }
    assert_eq!(log_in("viewer.a", "viewer.b"), None);
    assert_eq!(log_in("viewer.b", "viewer.a"), None);
    let admin = world.user("admin");
    assert!(
        world.state.log_in(&admin.name, &world.secret("admin")).is_none(),
        "a key is no password"
    );
}

#[test]
fn addresses_are_those_of_the_server() {
    let world = World::empty();
    let own = "https://connect.example/__oauth__/integrations";
    assert_eq!(world.state.callback(), format!("{own}/callback"));
    assert_eq!(world.state.login_url("one", None), format!("{own}/one/login"));
    assert_eq!(world.state.login_url("one", Some("two")), format!("{own}/one/login?content=two"));
    assert_eq!(
        [ClientAuth::Basic, ClientAuth::Post].map(ClientAuth::name),
        ["client_secret_basic", "client_secret_post"]
    );
}
