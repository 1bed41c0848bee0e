//! What an access token opens.

use super::*;

/// PCO-AZ-01.
#[test]
fn takes_a_token_of_the_right_scope_alone() {
    let mut knobs = Knobs::of(Personality::Entra);
    knobs.resource_scope = Some("2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default");
    let mut provider = provider(knobs);
    let (_, wrong) = login(&mut provider, "https://graph.microsoft.com/User.Read offline_access");
    let reply = provider.resource(wrong["access_token"].as_str());
    assert!(header(&reply, "x-databricks-reason-phrase").is_some());
    let (status, body) = json(reply);
    assert_eq!((status, body["error_code"].as_i64()), (400, Some(400)));
    assert_eq!(code_of(body["message"].as_str().unwrap()), Some("signature-mismatch"));
    let (_, right) =
        login(&mut provider, "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default offline_access");
    assert_eq!(json(provider.resource(right["access_token"].as_str())).0, 200);
    assert_eq!(json(provider.resource(Some("stranger"))).0, 401);
    assert_eq!(json(provider.resource(None)).0, 401);
}
