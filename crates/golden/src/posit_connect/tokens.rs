//! Tokens with the key to verify them by, as vectors.

use claimproof_catalog::requirements::Level;
use claimproof_vectors::FROZEN_NOW;
use claimproof_vectors::cases::posit_connect::tokens::{TokenCase, VerifyingKey, cases};
use claimproof_vectors::sign::SignError;

use crate::{Step, Vector};

/// Each token as a vector.
pub(super) fn vectors() -> Result<Vec<Vector>, SignError> {
    Ok(cases()?.into_iter().map(vector).collect())
}

fn vector(case: TokenCase) -> Vector {
    let level = claimproof_vectors::level(case.requirements);
    let (public_key, secret) = match case.key {
        VerifyingKey::Public(pem) => (Some(pem), None),
        VerifyingKey::Secret(text) => (None, Some(text)),
    };
    let expect = case.expect.written();
    Vector {
        id: case.id,
        title: case.title.to_owned(),
        level: if level == Level::Must { "must" } else { "should" }.to_owned(),
        requirements: case.requirements.iter().map(|&id| id.to_owned()).collect(),
        rationale: None,
        twin: None,
        script: vec![Step::Verify {
            now: FROZEN_NOW,
            public_key,
            secret,
            token: case.token,
            expect,
        }],
    }
}
