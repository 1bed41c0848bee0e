//! The target file of the reference server.

use std::collections::BTreeMap;

use claimproof_cast::Players;
use claimproof_catalog::Profile;
use claimproof_http::target::{
    Clock, CodeFrom, Limits, Method, Offers, Predicate, Session, Surface, Target,
};
use claimproof_vectors::Surface as Name;

/// The headers the reference server knows beside those of the documents.
const CODE_HEADER: &str = "x-claimproof-code";
const CLOCK_HEADER: &str = "x-claimproof-now";
const SAML_HEADER: &str = "x-claimproof-saml-session";

/// Describes the reference server of a profile at this address, without players.
pub fn of_reference(profile: Profile, base_url: &str) -> Target {
    let (surfaces, fields) = match profile {
        Profile::WorkatoDirectLink => {
            (vec![direct_link()], vec![("path", "https://app.claimproof.example/recipes")])
        }
        Profile::WorkatoApi => (vec![api()], vec![("scheme", "Bearer")]),
        Profile::TableauConnectedApp => (vec![embed_xhr(), rest(), embed_iframe()], vec![]),
        Profile::PositConnect => (vec![exchange(), login()], vec![("scheme", "Key")]),
    };
    Target {
        name: format!("claimproof reference, {profile}"),
        profile,
        base_url: base_url.to_owned(),
        clock_offset: None,
        settle: None,
        accept_lines: Vec::new(),
        surfaces,
        codes: BTreeMap::new(),
        fields: fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        readings: BTreeMap::new(),
        capabilities: Offers {
            clock_header: None,
            saml_session_header: Some(SAML_HEADER.to_owned()),
            token_internals: profile == Profile::PositConnect,
            raw_socket: true,
        },
        clock: Some(Clock { header: Some(CLOCK_HEADER.to_owned()), ..Clock::default() }),
        limits: Limits {
            longest_lifetime: (profile == Profile::TableauConnectedApp)
                .then_some(Players::LONGEST_LIFETIME),
        },
        manage: manage(profile),
        session: (profile == Profile::TableauConnectedApp).then(session),
        hosts: BTreeMap::new(),
        claims: BTreeMap::new(),
        header: BTreeMap::new(),
        places: Vec::new(),
        players: Vec::new(),
    }
}

fn map(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
    entries.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn method(method: &str, path: &str) -> Method {
    Method { method: method.to_owned(), path: path.to_owned(), ..Method::default() }
}

fn status(status: &[&str]) -> Predicate {
    Predicate { status: status.iter().map(|&one| one.to_owned()).collect(), ..Predicate::default() }
}

fn direct_link() -> Surface {
    let query = map(&[("workato_dl_path", "{path}"), ("workato_dl_token", "{token}")]);
    Surface {
        name: Name::DirectLink,
        request: Method { query, ..method("GET", "/direct_link") },
        accept: Predicate { header: Some("set-cookie".to_owned()), ..status(&["200"]) },
        // A store that is down is 503 and has no code.
        refuse: status(&["4xx", "503"]),
        code: vec![CodeFrom::Header { name: CODE_HEADER.to_owned() }],
        claims: None,
    }
}

fn api() -> Surface {
    let refused = |status| CodeFrom::Status { status, code: "access_refused".to_owned() };
    let size = CodeFrom::BodyIs {
        pattern: r#""error"\s*:\s*"JWT payload size exceeded \(\d+, max 4096\)""#.to_owned(),
        code: "payload_too_large".to_owned(),
    };
    Surface {
        name: Name::Api,
        request: Method {
            headers: map(&[("authorization", "{scheme} {token}")]),
            query: map(&[("email", "caller@example.com")]),
            ..method("GET", "/orders-v1/call")
        },
        accept: status(&["2xx"]),
        refuse: Predicate::any_4xx(),
        code: vec![size, refused(403), refused(401)],
        claims: Some("/jwt_claims".to_owned()),
    }
}

fn embed_xhr() -> Surface {
    let json = r#"{"siteName":"{site}","jwt":"{token}"}"#.to_owned();
    Surface {
        name: Name::EmbedXhr,
        request: Method {
            json: Some(json),
            ..method("POST", "/vizportal/api/web/v1/auth/embed/signin")
        },
        accept: status(&["2xx"]),
        refuse: Predicate::any_4xx(),
        code: vec![CodeFrom::Json { at: "/result/errors/0/code".to_owned() }],
        claims: None,
    }
}

fn rest() -> Surface {
    let xml = r#"<tsRequest><credentials jwt="{token}" isUat="false"><site contentUrl="{site}"/></credentials></tsRequest>"#;
    let fine = CodeFrom::Body { pattern: r"<detail>[^<]*\((\d+)\)</detail>".to_owned() };
    Surface {
        name: Name::Rest,
        request: Method { xml: Some(xml.to_owned()), ..method("POST", "/api/3.22/auth/signin") },
        accept: Predicate { body: Some("<credentials ".to_owned()), ..status(&["200"]) },
        refuse: Predicate::any_4xx(),
        code: vec![CodeFrom::Header { name: "tableau_status_code".to_owned() }, fine],
        claims: None,
    }
}

fn embed_iframe() -> Surface {
    let query = map(&[("token", "{token}"), ("target", "/t/{site}/views/a/b")]);
    Surface {
        name: Name::EmbedIframe,
        request: Method { query, ..method("GET", "/vizportal/api/web/v1/auth/embed/target") },
        accept: Predicate { location: Some("^/t/".to_owned()), ..status(&["302"]) },
        refuse: Predicate::any_4xx(),
        code: vec![CodeFrom::Json { at: "/result/errors/0/code".to_owned() }],
        claims: None,
    }
}

fn exchange() -> Surface {
    let form = map(&[
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token_type", "urn:posit:connect:user-session-token"),
        ("subject_token", "{subject_token}"),
    ]);
    let headers = map(&[("authorization", "{scheme} {publisher_key}")]);
    let path = "/__api__/v1/oauth/integrations/credentials";
    Surface {
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
fn login() -> Surface {
    Surface {
        name: Name::Login,
        request: method("GET", "/__oauth__/integrations/callback"),
        accept: status(&["200"]),
        refuse: Predicate::any_4xx(),
        code: vec![CodeFrom::Text { at: None }],
        claims: None,
    }
}

fn session() -> Session {
    Session {
        surface: Some(Name::Rest),
        read: map(&[("session", r#"token="([^"]+)""#), ("site_id", r#"<site id="([^"]+)""#)]),
        ..Session::default()
    }
}

fn manage(profile: Profile) -> BTreeMap<String, Method> {
    let store = Method { text: Some("{state}".to_owned()), ..method("POST", "/claimproof/store") };
    let mut methods = vec![("store", store)];
    match profile {
        Profile::WorkatoDirectLink => {
            let json = Some(r#"{"origin_url":"{origin}"}"#.to_owned());
            methods.push(("origin", Method { json, ..method("PUT", "/api/managed_users/{team}") }));
        }
        Profile::TableauConnectedApp => methods.extend(connected_apps()),
        Profile::PositConnect => {
            return connect().into_iter().map(|(name, method)| (name.to_owned(), method)).collect();
        }
        Profile::WorkatoApi => {}
    }
    methods.into_iter().map(|(name, method)| (name.to_owned(), method)).collect()
}

fn connected_apps() -> Vec<(&'static str, Method)> {
    let at = |verb: &str, path: &str, xml: &str, made: &str| Method {
        headers: map(&[("x-tableau-auth", "{session}")]),
        xml: (!xml.is_empty()).then(|| xml.to_owned()),
        made: (!made.is_empty()).then(|| made.to_owned()),
        ..method(verb, &format!("/api/3.22/sites/{{site_id}}/{path}"))
    };
    let apps = "connected-apps/direct-trust";
    let create = r#"<tsRequest><connectedApplication name="made by a case" enabled="false" domainSafelist="{list}"/></tsRequest>"#;
    let enable = r#"<tsRequest><connectedApplication enabled="{enabled}"/></tsRequest>"#;
    let embedding = r#"<tsRequest><site><settings unrestrictedEmbedding="{unrestricted}" allowList="{list}"/></site></tsRequest>"#;
    let value = Some(r#"value="([^"]+)""#.to_owned());
    let create_secret =
        Method { value, ..at("POST", &format!("{apps}/{{app}}/secrets"), "", r#"id="([^"]+)""#) };
    vec![
        ("create-secret", create_secret),
        ("delete-secret", at("DELETE", &format!("{apps}/{{app}}/secrets/{{made}}"), "", "")),
        ("create-app", at("POST", apps, create, r#"clientId="([^"]+)""#)),
        ("enable-app", at("PUT", &format!("{apps}/{{app}}"), enable, "")),
        ("embedding", at("PUT", "settings/embedding", embedding, "")),
    ]
}

/// The routes the vendor's clients use, and a login of viewers that is ours.
fn connect() -> Vec<(&'static str, Method)> {
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
    vec![
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
