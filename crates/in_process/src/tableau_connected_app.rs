//! Connected apps without a socket, and how their server is reached.

use claimproof_cast::{ExposeSecret, MADE_SECRET, Player, Players, Seed, SigningKey};
use claimproof_http::Target;
use claimproof_http::target::{
    CodeFrom, Limits, ManagementSession, Method, Predicate, SurfaceEntry,
};
use claimproof_reference::Reference;
use claimproof_suite::{NoVerdict, Observation, Outcome};
use claimproof_vectors::{Manage, ManageMethod as M, Need, Presentation, Surface as Name};
use claimproof_verifier::Explained;
use claimproof_verifier::tableau_connected_app::{
    self as tableau, AppChange, ManageError, Request, TableauConnectedApp,
};

use crate::judged::Requests;
use crate::own::Own;
use crate::target::{map, method, methods, status, store};

pub(crate) static OWN: Own = Own {
    reference: |cast| Ok(Box::new(Reference::<TableauConnectedApp>::of(cast)?)),
    surfaces: &[Name::EmbedXhr, Name::Rest, Name::EmbedIframe],
    offered: &[
        Need::Method(M::CreateSecret),
        Need::Method(M::DeleteSecret),
        Need::Method(M::CreateApp),
        Need::Method(M::EnableApp),
        Need::Method(M::Embedding),
        Need::Method(M::Store),
        Need::Echo,
        Need::SamlSession,
        Need::MadeSecret,
        Need::StatedLifetime,
    ],
    describe: |target: &mut Target| {
        target.surfaces = vec![embed_xhr(), rest(), embed_iframe()];
        target.limits = Limits { longest_lifetime: Some(Players::LONGEST_LIFETIME) };
        target.session = Some(session());
        target.manage = methods([store()]);
        target.manage.extend(methods(connected_apps()));
    },
};

impl Requests for TableauConnectedApp {
    fn with<T>(presentation: &Presentation, then: impl for<'r> FnOnce(Request<'r>) -> T) -> T {
        let endpoint = match presentation.surface {
            Some(Name::Rest) => tableau::Endpoint::Rest,
            Some(Name::EmbedIframe) => tableau::Endpoint::EmbedIframe,
            // What names no place goes to the first.
            Some(_) | None => tableau::Endpoint::EmbedXhr,
        };
        then(Request {
            endpoint,
            site: presentation.field("site").unwrap_or_default(),
            origin: presentation.header("origin"),
            token: presentation.token.as_deref(),
        })
    }

    fn manage(
        reference: &Reference<Self>,
        players: &Players,
        call: &Manage,
    ) -> Result<Observation, NoVerdict> {
        Ok(Observation::of(match managed(reference, players, call)? {
            Ok(()) => Outcome::Accepted,
            Err(ManageError::Refused(violation)) => {
                Outcome::Refused(violation.documented().map(|code| code.as_str().into()))
            }
            Err(ManageError::NotFound | ManageError::BadSecret(_)) => Outcome::Refused(None),
        }))
    }
}

fn managed(
    reference: &Reference<TableauConnectedApp>,
    players: &Players,
    call: &Manage,
) -> Result<Result<(), ManageError>, NoVerdict> {
    let made = || players.player(MADE_SECRET);
    let mut accounts = reference.accounts_mut();
    Ok(match call {
        Manage::CreateSecret { app } => {
            let made = made()?;
            accounts.create_secret(&id(players, app)?, made.id.clone(), &value(made))
        }
        Manage::DeleteSecret { app } => accounts.delete_secret(&id(players, app)?, &made()?.id),
        Manage::CreateApp { domain_safelist } => {
            let change = AppChange {
                enabled: Some(false),
                domain_safelist: Some((*domain_safelist).to_owned()),
            };
            accounts.create_app(Seed::PUBLIC.uuid("made app"), "made".to_owned(), change)
        }
        Manage::EnableApp { app, enabled } => accounts.update_app(
            &id(players, app)?,
            AppChange { enabled: Some(*enabled), domain_safelist: None },
        ),
        Manage::Embedding { site, unrestricted, allow_list } => {
            accounts.set_site_embedding(&id(players, site)?, *unrestricted, allow_list)
        }
        Manage::Origin { .. } | Manage::Store { .. } => Err(ManageError::NotFound),
    })
}

fn id(players: &Players, role: &str) -> Result<String, NoVerdict> {
    Ok(players.player(role)?.id.clone())
}

/// The text of a secret.
fn value(player: &Player) -> String {
    match &player.key {
        Some(SigningKey::Secret(secret)) => secret.expose_secret().to_owned(),
        Some(SigningKey::Rsa { .. }) | None => String::new(),
    }
}

fn embed_xhr() -> SurfaceEntry {
    let json = r#"{"siteName":"{site}","jwt":"{token}"}"#.to_owned();
    SurfaceEntry {
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

fn rest() -> SurfaceEntry {
    let xml = r#"<tsRequest><credentials jwt="{token}" isUat="false"><site contentUrl="{site}"/></credentials></tsRequest>"#;
    let fine = CodeFrom::Body { pattern: r"<detail>[^<]*\((\d+)\)</detail>".to_owned() };
    SurfaceEntry {
        name: Name::Rest,
        request: Method { xml: Some(xml.to_owned()), ..method("POST", "/api/3.22/auth/signin") },
        accept: Predicate { body: Some("<credentials ".to_owned()), ..status(&["200"]) },
        refuse: Predicate::any_4xx(),
        code: vec![CodeFrom::Header { name: "tableau_status_code".to_owned() }, fine],
        claims: None,
    }
}

fn embed_iframe() -> SurfaceEntry {
    let query = map(&[("token", "{token}"), ("target", "/t/{site}/views/a/b")]);
    SurfaceEntry {
        name: Name::EmbedIframe,
        request: Method { query, ..method("GET", "/vizportal/api/web/v1/auth/embed/target") },
        accept: Predicate { location: Some("^/t/".to_owned()), ..status(&["302"]) },
        refuse: Predicate::any_4xx(),
        code: vec![CodeFrom::Json { at: "/result/errors/0/code".to_owned() }],
        claims: None,
    }
}

fn session() -> ManagementSession {
    ManagementSession {
        surface: Some(Name::Rest),
        read: map(&[("session", r#"token="([^"]+)""#), ("site_id", r#"<site id="([^"]+)""#)]),
        ..ManagementSession::default()
    }
}

fn connected_apps() -> [(&'static str, Method); 6] {
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
    [
        ("create-secret", create_secret),
        ("delete-secret", at("DELETE", &format!("{apps}/{{app}}/secrets/{{made}}"), "", "")),
        ("secrets", at("GET", &format!("{apps}/{{app}}"), "", r#"<secret id="([^"]+)""#)),
        ("create-app", at("POST", apps, create, r#"clientId="([^"]+)""#)),
        ("enable-app", at("PUT", &format!("{apps}/{{app}}"), enable, "")),
        ("embedding", at("PUT", "settings/embedding", embedding, "")),
    ]
}
