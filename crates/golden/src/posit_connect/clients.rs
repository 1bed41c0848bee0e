//! The client's side of Connect: replies to an exchange as vectors.

use claimproof_catalog::requirements::Level;
use claimproof_vectors::Header;
use claimproof_vectors::cases::posit_connect::clients::{ClientCase, cases};

use super::exchange;
use crate::message::{HttpReply, HttpRequest};
use crate::{Step, Vector};

/// Each client case as a vector.
pub(super) fn vectors() -> Vec<Vector> {
    cases().into_iter().map(vector).collect()
}

fn vector(case: ClientCase) -> Vector {
    let level = claimproof_vectors::level(case.requirements);
    let step = Step::Answer {
        request: request(),
        reply: HttpReply {
            status: case.status,
            headers: vec![Header {
                name: "content-type".to_owned(),
                value: case.content_type.to_owned(),
            }],
            body: case.body,
        },
        expires_in: case.expires_in,
        expect: case.expect.written(),
    };
    Vector {
        id: case.id,
        title: case.title.to_owned(),
        level: if level == Level::Must { "must" } else { "should" }.to_owned(),
        requirements: case.requirements.iter().map(|&id| id.to_owned()).collect(),
        rationale: None,
        twin: None,
        script: vec![step],
    }
}

/// What a client is expected to send; further members are its own affair.
fn request() -> HttpRequest {
    let pairs = exchange::plain("a-subject-token");
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
    let headers = [
        ("authorization", "Key an-api-key"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    HttpRequest::post(exchange::PATH, &headers, &body)
}
