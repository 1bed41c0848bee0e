//! The API platform without a socket, and how its server is reached.

use claimproof_http::Target;
use claimproof_http::target::{CodeFrom, Method, Predicate, SurfaceEntry};
use claimproof_reference::Reference;
use claimproof_suite::Observation;
use claimproof_vectors::{ManageMethod, Need, Presentation, Surface as Name};
use claimproof_verifier::workato_api::{Credentials, WorkatoApi};

use crate::judged::Requests;
use crate::own::Own;
use crate::target::{map, method, methods, status, store};

pub(crate) static OWN: Own = Own {
    reference: |cast| Ok(Box::new(Reference::<WorkatoApi>::of(cast)?)),
    surfaces: &[Name::Api],
    offered: &[Need::Method(ManageMethod::Store), Need::Echo, Need::SamlSession],
    describe: |target: &mut Target| {
        target.surfaces = vec![api()];
        target.fields = map(&[("scheme", "Bearer")]);
        target.manage = methods([store()]);
    },
};

impl Requests for WorkatoApi {
    fn with<T>(presentation: &Presentation, then: impl for<'r> FnOnce(Credentials<'r>) -> T) -> T {
        let own = authorization(presentation);
        let values: Vec<&str> = own.iter().map(String::as_str).collect();
        then(Credentials::read(&values))
    }

    fn show(grant: &Self::Grant<'_>, seen: &mut Observation) {
        seen.claims = Some(grant.claims.to_owned());
    }
}

/// The values of all `Authorization` headers.
fn authorization(presentation: &Presentation) -> Vec<String> {
    let scheme = presentation.field("scheme").unwrap_or("Bearer");
    let own = presentation.token.as_ref().map(|token| format!("{scheme} {token}"));
    let extra = presentation.headers.iter().filter(|header| header.name == "authorization");
    own.into_iter().chain(extra.map(|header| header.value.clone())).collect()
}

fn api() -> SurfaceEntry {
    let refused = |status| CodeFrom::Status { status, code: "access_refused".to_owned() };
    let size = CodeFrom::BodyIs {
        pattern: r#""error"\s*:\s*"JWT payload size exceeded \(\d+, max 4096\)""#.to_owned(),
        code: "payload_too_large".to_owned(),
    };
    SurfaceEntry {
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
