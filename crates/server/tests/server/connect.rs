//! A Connect server's routes: envelopes, pages, cookies, who may do what.

use claimproof_catalog::Profile;
use rstest::rstest;
use serde_json::{Value, json};

use crate::common::connect::{CODE, CREDENTIALS, Connect, FORM, SECRET, envelope, form};
use crate::common::server::Server;

/// Nobody listens there.
const NOWHERE: &str = "http://127.0.0.1:9/token";

#[tokio::test]
async fn what_needs_no_key_is_answered_without_one() {
    let server = Server::start(Profile::PositConnect).await;
    assert_eq!(server.get("/__ping__").await.json(), json!({}));
    let version = server.get("/__api__/server_settings").await.json();
    assert_eq!(version["version"], "2024.11.0");
}

#[rstest]
#[case::ping("GET", "/__ping__")]
#[case::error("POST", CREDENTIALS)]
#[case::page("GET", "/content/none/")]
#[tokio::test]
async fn every_answer_has_a_correlation_id(#[case] method: &str, #[case] path: &str) {
    let server = Server::start(Profile::PositConnect).await;
    let own = server.send(method, path, &[("x-correlation-id", "from-the-test")], "").await;
    assert_eq!(own.header("x-correlation-id"), Some("from-the-test"));
    let fresh =
        server.send(method, path, &[], "").await.header("x-correlation-id").unwrap().to_owned();
    assert_eq!(fresh.len(), 36);
    let odd = server.send(method, path, &[("x-correlation-id", &"x".repeat(200))], "").await;
    assert_eq!(odd.header("x-correlation-id").unwrap().len(), 36, "what is no ID is not repeated");
}

#[rstest]
#[case::unknown_route("GET", "/__api__/v1/none", "", 404, 4)]
#[case::wrong_method("GET", CREDENTIALS, "", 404, 4)]
#[case::no_integration("GET", "/__api__/v1/oauth/integrations/none", "", 404, 4)]
#[case::no_content("GET", "/__api__/v1/content/none", "", 404, 4)]
#[case::no_session("DELETE", "/__api__/v1/oauth/sessions/none", "", 404, 4)]
#[case::no_json("POST", "/__api__/v1/oauth/integrations", "{", 400, 3)]
#[case::no_object("POST", "/__api__/v1/oauth/integrations", "[]", 400, 3)]
#[case::no_name("POST", "/__api__/v1/oauth/integrations", "{}", 400, 225)]
#[case::no_template("POST", "/__api__/v1/oauth/integrations", r#"{"name":"x"}"#, 400, 227)]
#[case::no_config(
    "POST",
    "/__api__/v1/oauth/integrations",
    r#"{"name":"x","template":"custom"}"#,
    400,
    228
)]
#[tokio::test]
async fn every_error_of_the_api_is_an_envelope(
    #[case] method: &str,
    #[case] path: &str,
    #[case] body: &str,
    #[case] status: u16,
    #[case] code: i64,
) {
    let connect = Connect::start(NOWHERE).await;
    let key = format!("Key {}", connect.secret("admin"));
    let answer = connect.server.send(method, path, &[("authorization", &key)], body).await;
    assert_eq!((answer.status, envelope(&answer)), (status, code), "{}", answer.body);
    let nobody = connect.server.send(method, path, &[], body).await;
    assert_eq!((nobody.status, envelope(&nobody)), (401, 24), "{}", nobody.body);
}

#[rstest]
#[case::javascript(json!({ "authorization_uri": "javascript:alert(1)" }))]
#[case::file(json!({ "token_uri": "file:///etc/passwd" }))]
#[case::userinfo(json!({ "token_uri": "http://a:b@idp.example/" }))]
#[case::fragment(json!({ "authorization_uri": "https://idp.example/#x" }))]
#[case::no_client(json!({ "client_id": "" }))]
#[case::unknown(json!({ "scope": "openid" }))]
#[case::kind(json!({ "scopes": ["openid"] }))]
#[case::method(json!({ "token_endpoint_auth_method": "none" }))]
#[case::pkce(json!({ "use_pkce": "maybe" }))]
#[case::unproven(json!({ "client_secret": "", "use_pkce": false }))]
#[tokio::test]
async fn a_bad_configuration_changes_nothing(#[case] config: Value) {
    let connect = Connect::start(NOWHERE).await;
    let path = format!("oauth/integrations/{}", connect.integration);
    let before = connect.call("admin", "GET", &path, &Value::Null).await.json();
    let answer =
        connect.call("admin", "PATCH", &path, &json!({ "name": "other", "config": config })).await;
    assert_eq!((answer.status, envelope(&answer)), (400, 228), "{}", answer.body);
    assert_eq!(connect.call("admin", "GET", &path, &Value::Null).await.json(), before);
}

#[rstest]
#[case::object(json!({ "oauth_integration_guid": "x" }), 209)]
#[case::strings(json!(["x"]), 209)]
#[case::unknown(json!([{ "oauth_integration_guid": "x" }]), 207)]
#[tokio::test]
async fn bad_associations_change_nothing(#[case] list: Value, #[case] code: i64) {
    let connect = Connect::start(NOWHERE).await;
    let path = format!("content/{}/oauth/integrations/associations", connect.content());
    let answer = connect.call("publisher", "PUT", &path, &list).await;
    assert_eq!((answer.status, envelope(&answer)), (400, code));
    let kept = connect.call("publisher", "GET", &path, &Value::Null).await.json();
    assert_eq!(kept[0]["oauth_integration_guid"], connect.integration.as_str());
    assert_eq!(
        (&kept[0]["app_guid"], &kept[0]["content_guid"]),
        (&json!(connect.content()), &json!(connect.content()))
    );
}

#[tokio::test]
async fn each_rank_does_what_it_may() {
    let connect = Connect::start(NOWHERE).await;
    let one = format!("oauth/integrations/{}", connect.integration);
    let associations = format!("content/{}/oauth/integrations/associations", connect.content());
    for (role, method, path, status) in [
        ("publisher", "GET", one.as_str(), 200),
        ("publisher", "PATCH", &one, 403),
        ("publisher", "DELETE", &one, 403),
        ("publisher", "POST", "oauth/integrations", 403),
        ("publisher.other", "PUT", &associations, 403),
        ("publisher.other", "GET", &associations, 403),
        ("publisher", "GET", "oauth/sessions?all=True", 403),
        ("publisher", "GET", "oauth/sessions", 200),
        ("publisher.unknown", "GET", "user", 401),
        ("admin", "PUT", &associations, 200),
        ("admin", "DELETE", &one, 204),
    ] {
        let answer = connect.call(role, method, path, &json!([])).await;
        assert_eq!(answer.status, status, "{role} {method} {path}: {}", answer.body);
    }
    let cookie = connect.cookie("viewer.a").await;
    assert_eq!(connect.browse(&cookie, "/__api__/v1/user").await.json()["user_role"], "viewer");
    assert_eq!(connect.browse(&cookie, "/__api__/v1/oauth/integrations").await.status, 403);
}

/// The public test secrets of the cast, the client's secret, and nothing of them anywhere.
#[tokio::test]
async fn no_answer_returns_a_secret() {
    let connect = Connect::start(NOWHERE).await;
    let one = format!("oauth/integrations/{}", connect.integration);
    let change = json!({ "config": { "client_secret": "another-secret-1234" } });
    for (method, path, body) in [
        ("GET", "oauth/integrations", Value::Null),
        ("GET", &one, Value::Null),
        ("PATCH", &one, change),
        ("GET", &format!("{one}/associations"), Value::Null),
        ("GET", "user", Value::Null),
        (
            "GET",
            &format!("content/{}?include=owner%2Ctags%2Cvanity_url", connect.content()),
            Value::Null,
        ),
    ] {
        let answer = connect.call("admin", method, path, &body).await;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        let shown = format!("{answer:?}");
        for secret in
            [SECRET, "another-secret-1234", &connect.secret("admin"), &connect.secret("publisher")]
        {
            assert!(!shown.contains(secret), "{secret} in {path}: {shown}");
        }
    }
}

#[rstest]
#[case::whole(300_000)]
#[case::form(70_000)]
#[tokio::test]
async fn an_oversized_exchange_is_a_form_that_cannot_be_read(#[case] bytes: usize) {
    let connect = Connect::start(NOWHERE).await;
    let key = format!("Key {}", connect.secret("publisher"));
    let body = format!("{}&padding={}", form("x"), "y".repeat(bytes));
    let answer =
        connect.server.send("POST", CREDENTIALS, &[("authorization", &key), FORM], &body).await;
    assert_eq!((answer.status, envelope(&answer)), (400, 211));
}

#[rstest]
#[case::query(|form: &str| (format!("{CREDENTIALS}?{form}"), FORM.1, String::new()), 210)]
#[case::json(|form: &str| (CREDENTIALS.to_owned(), "application/json", json!({ "subject_token": form }).to_string()), 211)]
#[case::text(|form: &str| (CREDENTIALS.to_owned(), "text/plain", form.to_owned()), 211)]
#[tokio::test]
async fn an_exchange_is_a_form_in_the_body(
    #[case] carry: fn(&str) -> (String, &'static str, String),
    #[case] code: i64,
) {
    let connect = Connect::start(NOWHERE).await;
    let cookie = connect.cookie("viewer.a").await;
    let (path, kind, body) = carry(&form(&connect.subject(&cookie).await));
    let key = format!("Key {}", connect.secret("publisher"));
    let answer = connect
        .server
        .send("POST", &path, &[("authorization", &key), ("content-type", kind)], &body)
        .await;
    assert_eq!((answer.status, envelope(&answer)), (400, code));
}

/// A viewer's cookie opens the API's reading side, and no exchange.
#[tokio::test]
async fn an_exchange_takes_a_key_and_no_cookie() {
    let connect = Connect::start(NOWHERE).await;
    let cookie = connect.cookie("viewer.a").await;
    let body = form(&connect.subject(&cookie).await);
    let answer =
        connect.server.send("POST", CREDENTIALS, &[("cookie", &cookie), FORM], &body).await;
    assert_eq!((answer.status, envelope(&answer)), (401, 24));
}

#[tokio::test]
async fn a_viewer_logs_in_with_the_password_alone() {
    let connect = Connect::start(NOWHERE).await;
    let user = connect.server.id("viewer.a");
    for form in [format!("user={user}&password=wrong"), format!("user={user}"), String::new()] {
        let answer = connect.server.send("POST", "/__login__", &[FORM], &form).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (401, None));
    }
    let form = format!("user={user}&password={}", connect.secret("viewer.a"));
    let answer = connect.server.send("POST", "/__login__", &[FORM], &form).await;
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    for stranger in ["", "claimproof-connect=x", "other=1; claimproof-connect="] {
        let answer = connect.browse(stranger, &format!("/content/{}/", connect.content())).await;
        assert_eq!(answer.status, 401, "{stranger}");
    }
}

#[tokio::test]
async fn content_alone_leads_to_the_login_and_the_dashboard_does_not() {
    let connect = Connect::start(NOWHERE).await;
    let cookie = connect.cookie("viewer.a").await;
    let alone = connect.browse(&cookie, &format!("/content/{}/", connect.content())).await;
    let to = alone.header("location").unwrap();
    let base = connect.server.running.base_url();
    let expected = format!(
        "{base}/__oauth__/integrations/{}/login?content={}",
        connect.integration,
        connect.content()
    );
    assert_eq!((alone.status, to), (302, expected.as_str()));
    connect.subject(&cookie).await;
}

/// A callback that no login of this browser waits for: a page, no session, nobody asked.
#[tokio::test]
async fn a_callback_with_a_state_of_nobodys_is_refused() {
    let connect = Connect::start(NOWHERE).await;
    let (a, b) = (connect.cookie("viewer.a").await, connect.cookie("viewer.b").await);
    let state = connect.begin(&a).await;
    let queries = [
        (&a, String::new()),
        (&a, format!("code={CODE}")),
        (&a, format!("state=&code={CODE}")),
        (&a, format!("state=x{state}&code={CODE}")),
        (&a, format!("state={state}&state={state}&code={CODE}")),
        (&b, format!("state={state}&code={CODE}")),
    ];
    for (cookie, query) in queries {
        let answer = connect.call_back(cookie, &query).await;
        assert_eq!(answer.status, 400, "{query}: {answer:?}");
        assert!(!answer.body.contains(CODE) && !answer.body.contains(&state), "{}", answer.body);
        assert_eq!(
            answer.header("referrer-policy"),
            Some("no-referrer"),
            "the address holds a code"
        );
    }
    assert_eq!(connect.sessions().await, 0);
}

#[tokio::test]
async fn a_providers_text_is_text_on_the_page() {
    let connect = Connect::start(NOWHERE).await;
    let cookie = connect.cookie("viewer.a").await;
    let state = connect.begin(&cookie).await;
    let said = "%3Cscript%3Ealert(1)%3C/script%3E%1B%5B31m%0D%0A%22quoted%22";
    let query = format!("state={state}&error=access_denied&error_description={said}");
    let answer = connect.call_back(&cookie, &query).await;
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("access_denied: &lt;script&gt;alert(1)"), "{}", answer.body);
    assert!(
        !answer.body.contains("<script>") && !answer.body.contains('\u{1b}'),
        "{}",
        answer.body
    );
    assert_eq!(answer.header("content-security-policy"), Some("default-src 'none'"));
}

#[rstest]
#[tokio::test]
async fn extreme_clocks_are_answered(
    #[values("-9223372036854775808", "9223372036854775807", "x", "253402300800")]
    clock: &'static str,
) {
    let connect = Connect::start(NOWHERE).await;
    let cookie = connect.cookie("viewer.a").await;
    let headers = [("cookie", cookie.as_str()), ("x-claimproof-now", clock)];
    for path in [
        format!("/content/{}/?mode=dashboard", connect.content()),
        format!("/__oauth__/integrations/{}/login", connect.integration),
        "/__oauth__/integrations/callback?state=x&code=y".to_owned(),
        "/__api__/v1/oauth/sessions".to_owned(),
    ] {
        let answer = connect.server.send("GET", &path, &headers, "").await;
        assert!(answer.status < 500, "{path}: {answer:?}");
    }
    let answer =
        connect.exchange(&connect.subject(&cookie).await, &[("x-claimproof-now", clock)]).await;
    assert!((400..500).contains(&answer.status), "{answer:?}");
    envelope(&answer);
}
