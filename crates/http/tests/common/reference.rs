//! Canned servers that decide as the reference does and answer as a test says.

use std::sync::Arc;

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_reference::Reference;
use claimproof_token::Scratch;
use claimproof_verifier::workato_api::{self, Credentials, WorkatoApi};
use claimproof_verifier::workato_direct_link::{self, WorkatoDirectLink};
use claimproof_verifier::{Decision, Rejected, Rules};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// What the reference decided.
pub(crate) type Decided<R> = Result<(), Rejected<<R as Decision>::Violation>>;

/// A decision of the API platform.
pub(crate) type ApiDecision = Decided<WorkatoApi>;

/// A decision of direct linking.
pub(crate) type LinkDecision = Decided<WorkatoDirectLink>;

struct Canned<R: Rules, A> {
    reference: Arc<Reference<R>>,
    decide: fn(&Reference<R>, &Request) -> Decided<R>,
    answer: A,
}

impl<R, A> Respond for Canned<R, A>
where
    R: Rules + 'static,
    Reference<R>: Send + Sync,
    A: Fn(&Request, Decided<R>) -> ResponseTemplate + Send + Sync,
{
    fn respond(&self, request: &Request) -> ResponseTemplate {
        if request.url.path() == "/" {
            return ResponseTemplate::new(404);
        }
        (self.answer)(request, (self.decide)(&self.reference, request))
    }
}

/// A server whose `Date` is this far from its clock.
struct Dated<A> {
    inner: A,
    ahead: i64,
}

impl<A: Respond> Respond for Dated<A> {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let date = jiff::Timestamp::from_second(now() + self.ahead).unwrap();
        let date =
            jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&date).unwrap();
        self.inner.respond(request).insert_header("date", date)
    }
}

/// Direct linking with a `Date` of its own: 204, or 403 with the code in `x-code`.
pub(crate) async fn dated_link(ahead: i64) -> MockServer {
    let reference = Arc::new(Reference::of(&public(Profile::WorkatoDirectLink)).unwrap());
    let answer = |_: &Request, decision: LinkDecision| match link_code(&decision) {
        None => ResponseTemplate::new(204),
        Some(code) => ResponseTemplate::new(403).insert_header("x-code", code),
    };
    always(Dated { inner: Canned { reference, decide: decide_link, answer }, ahead }).await
}

/// A server that answers every request, the clock probe apart, by this.
pub(crate) async fn always(answer: impl Respond + 'static) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

/// The API platform, right but for how it answers.
pub(crate) async fn api(
    answer: impl Fn(&Request, ApiDecision) -> ResponseTemplate + Send + Sync + 'static,
) -> MockServer {
    let reference = Arc::new(Reference::of(&public(Profile::WorkatoApi)).unwrap());
    always(Canned { reference, decide: decide_api, answer }).await
}

/// Direct linking, right but for how it answers.
pub(crate) async fn link(
    answer: impl Fn(&Request, LinkDecision) -> ResponseTemplate + Send + Sync + 'static,
) -> MockServer {
    let reference = Arc::new(Reference::of(&public(Profile::WorkatoDirectLink)).unwrap());
    always(Canned { reference, decide: decide_link, answer }).await
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn decide_api(reference: &Reference<WorkatoApi>, request: &Request) -> ApiDecision {
    let values = request.headers.get_all("authorization").iter();
    let values: Option<Vec<&str>> =
        values.map(|value| std::str::from_utf8(value.as_bytes()).ok()).collect();
    let credentials = values.as_deref().map_or(Credentials::Other, Credentials::read);
    reference.present(&reference.accounts(), credentials, &mut Scratch::new(), now()).map(drop)
}

fn decide_link(reference: &Reference<WorkatoDirectLink>, request: &Request) -> LinkDecision {
    let query: Vec<(String, String)> = request.url.query_pairs().into_owned().collect();
    let parameter =
        |name: &str| query.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
    let request = workato_direct_link::Request {
        accept: header("accept"),
        requested_with: header("x-requested-with"),
        path: parameter("page"),
        token: parameter("jwt"),
        saml_session: false,
    };
    reference.present(&reference.accounts(), request, &mut Scratch::new(), now()).map(drop)
}

/// The documented code of a refusal of direct linking.
pub(crate) fn link_code(decision: &LinkDecision) -> Option<&'static str> {
    let violation = decision.as_ref().err()?.violation.as_ref()?;
    Some(workato_direct_link::Violation::code(violation)?.as_str())
}

/// The documented answer of the API platform.
pub(crate) fn documented(decision: &ApiDecision) -> ResponseTemplate {
    match decision {
        Ok(_) => ResponseTemplate::new(200).set_body_string("{}"),
        Err(rejection) => refused(rejection, 403),
    }
}

/// A refusal with this status; the size with its documented text.
pub(crate) fn refused(
    rejection: &Rejected<workato_api::Violation>,
    status: u16,
) -> ResponseTemplate {
    match &rejection.violation {
        Some(workato_api::Violation::PayloadTooLarge { chars, max }) => ResponseTemplate::new(400)
            .set_body_json(serde_json::json!({ "error": format!("JWT payload size exceeded ({chars}, max {max})") })),
        Some(_) | None => ResponseTemplate::new(status).set_body_string("{\"error\":\"forbidden\"}"),
    }
}

/// A target file for the API platform at this address; `rest` follows the surface.
pub(crate) fn api_target(url: &str, rest: &str) -> String {
    format!(
        r#"
name = "canned"
profile = "workato-api"
base_url = "{url}"
fields = {{ scheme = "Bearer" }}

[[surface]]
name = "api"
request = {{ method = "GET", path = "/call", headers = {{ authorization = "{{scheme}} {{token}}" }} }}
accept = {{ status = ["2xx"] }}
{rest}
"#
    )
}

/// The places where the API platform's codes are read.
pub(crate) const API_CODES: &str = r#"
code = [
    { from = "body-is", pattern = 'JWT payload size exceeded \(\d+, max 4096\)', code = "payload_too_large" },
    { from = "status", status = 403, code = "access_refused" },
    { from = "status", status = 401, code = "access_refused" },
]
"#;

/// A target file for direct linking at this address; `rest` is the rest of its surface.
pub(crate) fn link_target(url: &str, rest: &str) -> String {
    format!(
        r#"
name = "canned"
profile = "workato-direct-link"
base_url = "{url}"
fields = {{ path = "https://app.claimproof.example/recipes" }}

[[surface]]
name = "direct-link"
request = {{ method = "GET", path = "/sso/enter", query = {{ page = "{{path}}", jwt = "{{token}}" }} }}
{rest}
"#
    )
}
