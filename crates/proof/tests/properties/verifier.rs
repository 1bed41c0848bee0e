//! The property tests of the verifier.

pub(crate) use super::fault;

#[path = "../../../verifier/tests/verifier/claim_priority.rs"]
mod claim_priority;
#[path = "../../../verifier/tests/verifier/connect_properties.rs"]
mod connect_properties;
#[expect(dead_code, reason = "its other users are not here")]
#[path = "../../../verifier/tests/verifier/connect_world.rs"]
mod connect_world;
#[path = "../../../verifier/tests/verifier/credentials.rs"]
mod credentials;
#[path = "../../../verifier/tests/verifier/hostile.rs"]
mod hostile;
#[path = "../../../verifier/tests/verifier/make.rs"]
mod make;
#[path = "../../../verifier/tests/verifier/tableau_claims.rs"]
mod tableau_claims;
#[path = "../../../verifier/tests/verifier/tampering.rs"]
mod tampering;
#[path = "../../../verifier/tests/verifier/windows_direct_link.rs"]
mod windows_direct_link;
#[path = "../../../verifier/tests/verifier/windows_tableau.rs"]
mod windows_tableau;
#[path = "../../../verifier/tests/verifier/world.rs"]
mod world;
