//! The embedding surfaces: the library's sign-in request, and the iframe route.

use claimproof_cast::tableau_connected_app::Site;
use claimproof_cast::{AnyDirectory, Cast, public};
use claimproof_catalog::Profile;
use claimproof_vectors::Change;
use rstest::rstest;

use crate::common::server::{Answer, Server, quoted};

const XHR: &str = "/vizportal/api/web/v1/auth/embed/signin";
const ORIGIN: (&str, &str) = ("origin", "https://portal.example");

async fn server() -> Server {
    Server::start(Profile::TableauConnectedApp).await
}

fn body(server: &Server, token: &str) -> String {
    serde_json::json!({ "siteName": server.id("site.ok"), "jwt": token }).to_string()
}

async fn iframe(server: &Server, target: &str) -> Answer {
    let path = format!(
        "/vizportal/api/web/v1/auth/embed/target?token={}&target={}",
        server.token(),
        quoted(target)
    );
    server.get(&path).await
}

#[tokio::test]
async fn the_library_is_let_in_with_a_cookie() {
    let server = server().await;
    let answer = server.send("POST", XHR, &[ORIGIN], &body(&server, &server.token())).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "{\"result\":{}}"));
    assert!(answer.header("set-cookie").unwrap().contains("SameSite=None"));
}

#[tokio::test]
async fn a_refusal_carries_the_code_as_a_number() {
    let server = server().await;
    let token = server.token_with(&[Change::claim("aud", "\"elsewhere\"")]);
    let answer = server.send("POST", XHR, &[ORIGIN], &body(&server, &token)).await;
    assert_eq!(
        (answer.status, &answer.json()["result"]["errors"][0]["code"]),
        (401, &serde_json::json!(10084))
    );
    assert_eq!(answer.header("set-cookie"), None);
}

fn assert_readable_by_the_page(answer: &Answer) {
    assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN.1), "{answer:?}");
    assert_eq!(answer.header("access-control-allow-credentials"), Some("true"), "{answer:?}");
}

#[tokio::test]
async fn a_preflight_allows_what_the_library_sends() {
    let server = server().await;
    let asked = [
        ORIGIN,
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "content-type"),
    ];
    let answer = server.send("OPTIONS", XHR, &asked, "").await;
    assert_eq!(answer.status, 200);
    assert_readable_by_the_page(&answer);
    assert!(answer.header("access-control-allow-methods").unwrap().contains("POST"));
    let allowed = answer.header("access-control-allow-headers").unwrap().to_ascii_lowercase();
    assert!(allowed.contains("content-type"), "{allowed}");
}

#[tokio::test]
async fn the_page_can_read_acceptance_refusal_and_malformed_request() {
    let server = server().await;
    let refused = server.token_with(&[Change::without_claim("exp")]);
    let bodies = [body(&server, &server.token()), body(&server, &refused), "{".to_owned()];
    let mut statuses = Vec::new();
    for body in bodies {
        let answer = server.send("POST", XHR, &[ORIGIN], &body).await;
        assert_readable_by_the_page(&answer);
        statuses.push(answer.status);
    }
    assert_eq!(statuses, [200, 401, 400]);
}

#[tokio::test]
async fn the_iframe_route_leads_to_the_view() {
    let server = server().await;
    let view = format!("/t/{}/views/a/b?:embed=y&x=%20", server.id("site.ok"));
    let answer = iframe(&server, &view).await;
    assert_eq!((answer.status, answer.header("location")), (302, Some(view.as_str())));
    assert!(answer.header("set-cookie").is_some());
}

#[rstest]
#[case::another_scheme("https://evil.example/")]
#[case::no_scheme("//evil.example/")]
#[case::three_slashes("///evil.example/")]
#[case::backslash("/\\evil.example/")]
#[case::backslashes("\\\\evil.example/")]
#[case::tab_between("/\t/evil.example/")]
#[case::line_between("/\n/evil.example/")]
#[case::header_injection("/\r\nx-evil: 1")]
#[case::dots_to_a_host("/t//../..//evil.example/")]
#[case::script("javascript:alert(1)")]
#[case::blank_in_front(" //evil.example/")]
#[tokio::test]
async fn the_iframe_route_never_leads_off_this_host(#[case] leaves: &str) {
    let server = Server::start_with(with_a_default_site()).await;
    let answer = iframe(&server, leaves).await;
    assert_eq!(answer.status, 302, "{answer:?}");
    assert_eq!(answer.header("x-evil"), None);
    let location = answer.header("location").unwrap();
    let home = url::Url::parse("http://home.example/").unwrap();
    assert_eq!(
        home.join(location).unwrap().origin(),
        home.origin(),
        "{leaves:?} leads to {location:?}"
    );
}

/// A server with a site of no name of its own, where a target without `/t/SITE` belongs.
fn with_a_default_site() -> Cast {
    let mut cast = public(Profile::TableauConnectedApp);
    let AnyDirectory::TableauConnectedApp(directory) = &mut cast.directory else {
        unreachable!("another profile")
    };
    let site = Site {
        content_url: String::new(),
        luid: "default".to_owned(),
        ..directory.sites[0].clone()
    };
    directory.sites.push(site);
    directory.apps.iter_mut().for_each(|app| app.sites.push(String::new()));
    cast
}

#[tokio::test]
async fn the_iframe_route_refuses_a_bad_token_without_leading_anywhere() {
    let server = server().await;
    let path = format!(
        "/vizportal/api/web/v1/auth/embed/target?token=x&target=/t/{}/v",
        server.id("site.ok")
    );
    let answer = server.get(&path).await;
    assert_eq!((answer.status, answer.header("location")), (401, None));
}
