//! Tableau's management methods, in both path families, behind a session.

use claimproof_catalog::Profile;
use rstest::rstest;

use crate::common::server::{Answer, Server};

const JSON: (&str, &str) = ("accept", "application/json");

/// A server, a session on its site, and the site's identifier.
struct Office {
    server: Server,
    session: String,
    site: String,
}

impl Office {
    async fn open() -> Self {
        let server = Server::start(Profile::TableauConnectedApp).await;
        let body = serde_json::json!({ "credentials": {
            "jwt": server.token(), "site": { "contentUrl": server.id("site.ok") },
        }});
        let answer = server.send("POST", "/api/3.22/auth/signin", &[JSON], &body.to_string()).await;
        let text = |pointer| answer.json().pointer(pointer).unwrap().as_str().unwrap().to_owned();
        let (session, site) = (text("/credentials/token"), text("/credentials/site/id"));
        Self { session, site, server }
    }

    async fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        let path = format!("/api/3.22/sites/{}/{path}", self.site);
        self.server.send(method, &path, &[("x-tableau-auth", &self.session), JSON], body).await
    }
}

#[rstest]
#[tokio::test]
async fn an_app_lives_from_creation_to_deletion(
    #[values("connected-applications", "connected-apps/direct-trust")] family: &str,
) {
    let office = Office::open().await;
    let app = r#"{"connectedApplication":{"name":"new","enabled":false}}"#;
    let made = office.ask("POST", family, app).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let client = made.json()["connectedApplication"]["clientId"].as_str().unwrap().to_owned();
    let path = format!("{family}/{client}");
    assert_eq!(office.ask("GET", &path, "").await.json()["connectedApplication"]["enabled"], false);
    let enabled = office.ask("PUT", &path, r#"{"connectedApplication":{"enabled":true}}"#).await;
    assert_eq!(
        (enabled.status, &enabled.json()["connectedApplication"]["enabled"]),
        (200, &true.into())
    );
    let secret = office.ask("POST", &format!("{path}/secrets"), "").await;
    assert_eq!(secret.status, 201);
    let secret = secret.json()["connectedApplicationSecret"]["id"].as_str().unwrap().to_owned();
    let shown = office.ask("GET", &path, "").await.json();
    assert_eq!(shown["connectedApplication"]["secret"][0]["id"], secret.as_str());
    assert_eq!(office.ask("DELETE", &format!("{path}/secrets/{secret}"), "").await.status, 204);
    assert_eq!(office.ask("DELETE", &path, "").await.status, 204);
    assert_eq!(office.ask("GET", &path, "").await.status, 404);
}

#[tokio::test]
async fn a_secret_is_shown_once_when_it_is_made() {
    let office = Office::open().await;
    let app = format!("connected-applications/{}", office.server.id("app.managed"));
    let made = office.ask("POST", &format!("{app}/secrets"), "").await.json();
    let value = made["connectedApplicationSecret"]["value"].as_str().unwrap().to_owned();
    assert!(value.len() >= 32, "{value}");
    assert!(!office.ask("GET", &app, "").await.body.contains(&value));
}

#[tokio::test]
async fn both_path_families_show_the_same_app() {
    let office = Office::open().await;
    let client = office.server.id("app.ok").to_owned();
    let one = office.ask("GET", &format!("connected-applications/{client}"), "").await;
    let other = office.ask("GET", &format!("connected-apps/direct-trust/{client}"), "").await;
    assert_eq!((one.status, &one.body), (200, &other.body));
}

#[tokio::test]
async fn embedding_settings_are_kept() {
    let office = Office::open().await;
    let body = r#"<tsRequest><site><settings unrestrictedEmbedding="false" allowList="https://a.example"/></site></tsRequest>"#;
    assert_eq!(office.ask("PUT", "settings/embedding", body).await.status, 200);
    let settings =
        office.ask("GET", "settings/embedding", "").await.json()["site"]["settings"].clone();
    assert_eq!(
        (&settings["unrestrictedEmbedding"], &settings["allowList"]),
        (&false.into(), &"https://a.example".into())
    );
}

#[rstest]
#[case("POST", "connected-applications")]
#[case("GET", "connected-applications/x")]
#[case("PUT", "connected-apps/direct-trust/x")]
#[case("DELETE", "connected-apps/direct-trust/x")]
#[case("POST", "connected-apps/direct-trust/x/secrets")]
#[case("DELETE", "connected-applications/x/secrets/y")]
#[case("GET", "settings/embedding")]
#[case("PUT", "settings/embedding")]
#[case("GET", "no-such-thing")]
#[tokio::test]
async fn every_method_wants_a_session_of_its_site(#[case] method: &str, #[case] rest: &str) {
    let office = Office::open().await;
    let code = |answer: Answer| {
        (answer.status, answer.json()["error"]["code"].as_str().unwrap().to_owned())
    };
    let path = format!("/api/3.22/sites/{}/{rest}", office.site);
    let without = office.server.send(method, &path, &[JSON], "").await;
    assert_eq!(code(without), (401, "401000".to_owned()));
    let wrong = office.server.send(method, &path, &[JSON, ("x-tableau-auth", "guessed")], "").await;
    assert_eq!(code(wrong), (401, "401002".to_owned()));
    let elsewhere = format!("/api/3.22/sites/another/{rest}");
    let auth = ("x-tableau-auth", office.session.as_str());
    assert_eq!(
        code(office.server.send(method, &elsewhere, &[JSON, auth], "").await),
        (403, "403004".to_owned())
    );
}
