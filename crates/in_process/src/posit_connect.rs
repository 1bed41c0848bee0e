//! A Connect server: nothing is presented to it without a socket; how it is reached.

use claimproof_cast::Players;
use claimproof_http::Target;
use claimproof_http::target::{CodeFrom, Method, Predicate, SurfaceEntry};
use claimproof_reference::{Implementation, PositConnect};
use claimproof_suite::{NoVerdict, Observation};
use claimproof_vectors::{Manage, ManageMethod, Need, Presentation, Surface as Name};

use claimproof_verifier::posit_connect::{Event, ExchangeRequest, GRANT_TYPE, SUBJECT_TOKEN_TYPE};

use crate::judged::{Judged, RefusedBy, no_method, told};
use crate::own::Own;
use crate::target::{map, method, methods, status};

pub(crate) static OWN: Own = Own {
    reference: |cast| Ok(Box::new(PositConnect::of(cast)?)),
    surfaces: &[],
    offered: &[Need::Method(ManageMethod::Store), Need::Echo, Need::SamlSession],
    describe: |target: &mut Target| {
        target.surfaces = vec![exchange(), login()];
        target.fields = map(&[("scheme", "Key")]);
        target.capabilities.token_internals = true;
        target.manage = methods(routes());
    },
};

/// Its cases are moves, which need a server.
impl Judged for PositConnect {
    fn present(&self, _: &Presentation, _: i64) -> Result<Observation, RefusedBy> {
        Err(RefusedBy { step: "", cites: &[], code: None, words: String::new() })
    }

    /// What is wrong with the exchange of the token that is presented.
    fn explain(&self, presentation: &Presentation, now: i64) -> Vec<RefusedBy> {
        let event = Event::Exchange(exchanging(presentation));
        let all = self.flow.explain(&self.state(), &event, now);
        all.iter().map(|rejected| told(self, rejected)).collect()
    }

    fn manage(&self, _: &Players, _: &Manage) -> Result<Observation, NoVerdict> {
        Err(no_method(self.profile().name()))
    }
}

/// The form of an exchange: a field is a member, and what is not named is as the document says.
fn exchanging(presentation: &Presentation) -> ExchangeRequest {
    let member = |name: &'static str, usual: Option<&'static str>| {
        presentation.field(name).or(usual).map(|value| (name, value))
    };
    let members = [
        member("grant_type", Some(GRANT_TYPE)),
        member("subject_token_type", Some(SUBJECT_TOKEN_TYPE)),
        member("subject_token", None)
            .or(presentation.token.as_deref().map(|own| ("subject_token", own))),
        member("requested_token_type", None),
        member("audience", None),
    ];
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(members.into_iter().flatten())
        .finish();
    let named = |name: &str| {
        let own = presentation.headers.iter().filter(move |header| header.name == name);
        own.map(|header| header.value.clone()).collect::<Vec<_>>()
    };
    ExchangeRequest {
        authorization: named("authorization"),
        content_type: Some("application/x-www-form-urlencoded".to_owned()),
        body: form.into_bytes(),
        waited: None,
    }
}

fn exchange() -> SurfaceEntry {
    let form = map(&[
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token_type", "urn:posit:connect:user-session-token"),
        ("subject_token", "{subject_token}"),
    ]);
    let headers = map(&[("authorization", "{scheme} {publisher_key}")]);
    let path = "/__api__/v1/oauth/integrations/credentials";
    SurfaceEntry {
        name: Name::Exchange,
        request: Method { form, headers, ..method("POST", path) },
        accept: Predicate { json: Some("/access_token".to_owned()), ..status(&["200"]) },
        refuse: Predicate { json: Some("/code".to_owned()), ..status(&["4xx"]) },
        // The number beside the text is a reading, so it stands for no code.
        code: vec![CodeFrom::Text { at: Some("/error".to_owned()) }],
        claims: None,
    }
}

/// How the callback answers is documented nowhere: a page that carries the text, or the way back.
fn login() -> SurfaceEntry {
    SurfaceEntry {
        name: Name::Login,
        request: method("GET", "/__oauth__/integrations/callback"),
        accept: status(&["200"]),
        refuse: Predicate::any_4xx(),
        code: vec![CodeFrom::Text { at: None }],
        claims: None,
    }
}

/// The routes the vendor's clients use, and a login of viewers that is ours.
fn routes() -> [(&'static str, Method); 15] {
    const INTEGRATIONS: &str = "/__api__/v1/oauth/integrations";
    const SESSIONS: &str = "/__api__/v1/oauth/sessions";
    let api = |verb: &str, path: &str, json: &str| Method {
        headers: map(&[("authorization", "Key {admin_key}")]),
        json: (!json.is_empty()).then(|| json.to_owned()),
        ..method(verb, path)
    };
    let one = format!("{INTEGRATIONS}/{{integration}}");
    let associations = "/__api__/v1/content/{content}/oauth/integrations/associations";
    let config = r#"{"auth_mode":"Confidential","authorization_uri":"{authorization_uri}","token_uri":"{token_uri}","client_id":"{client_id}","client_secret":"{client_secret}","scopes":"{scopes}","token_endpoint_auth_method":"{auth_method}","use_pkce":"{pkce}"}"#;
    let create = format!(r#"{{"name":"{{name}}","template":"custom","config":{config}}}"#);
    let made = Some(r#""guid"\s*:\s*"([^"]+)""#.to_owned());
    let token = Some(r#""user_session_token"\s*:\s*"([^"]+)""#.to_owned());
    let credentials = map(&[("user", "{user}"), ("password", "{password}")]);
    let dashboard = map(&[("mode", "dashboard")]);
    let offered = Some(r#"href="([^"]+/login[^"]*)""#.to_owned());
    [
        ("integration-create", Method { made, ..api("POST", INTEGRATIONS, &create) }),
        ("integration-read", api("GET", &one, "")),
        ("integrations", api("GET", INTEGRATIONS, "")),
        ("integration-update", api("PATCH", &one, &format!(r#"{{"config":{config}}}"#))),
        ("integration-delete", api("DELETE", &one, "")),
        ("associate", api("PUT", associations, r#"[{"oauth_integration_guid":"{integration}"}]"#)),
        ("dissociate", api("PUT", associations, "[]")),
        ("associations", api("GET", associations, "")),
        ("sessions", Method { query: map(&[("all", "true")]), ..api("GET", SESSIONS, "") }),
        ("session-delete", api("DELETE", &format!("{SESSIONS}/{{session}}"), "")),
        ("viewer-login", Method { form: credentials, ..method("POST", "/__login__") }),
        ("login", method("GET", "/__oauth__/integrations/{integration}/login")),
        (
            "visit",
            Method {
                query: dashboard,
                made: token.clone(),
                ..method("GET", "/content/{content}/")
            },
        ),
        ("visit-solo", Method { made: token, ..method("GET", "/content/{content}/") }),
        (
            "dashboard",
            Method { made: offered, ..method("GET", "/connect/content/{content}/access") },
        ),
    ]
}
