//! What was asked, as the journal has it.

use super::*;

#[test]
fn a_conforming_login() {
    let mut provider = provider(Knobs::of(Personality::Entra));
    for seen in [Seen::RedirectUri, Seen::Pkce, Seen::NoPkce, Seen::State, Seen::Scopes("")] {
        assert!(provider.holds(seen).unwrap_err().contains("not asked"), "nothing proves nothing");
    }
    let (_, body) = login(&mut provider, "a offline_access");
    let token = body["refresh_token"].as_str().unwrap().to_owned();
    provider.token(&refreshing(&provider, &provider.secret(Secret::Current), &token));
    let holding = [
        Seen::Authorized(1),
        Seen::Redeemed(1),
        Seen::Refreshed(1),
        Seen::RedirectUri,
        Seen::Scopes("offline_access a"),
        Seen::Pkce,
        Seen::State,
        Seen::ClientAuth(ClientAuth::Post),
    ];
    for seen in holding {
        assert_eq!(provider.holds(seen), Ok(()), "{seen:?}");
    }
    for seen in [Seen::Authorized(0), Seen::Redeemed(2), Seen::Refreshed(0), Seen::Scopes("a"), Seen::NoPkce] {
        assert!(provider.holds(seen).is_err(), "{seen:?}");
    }
}

#[rstest]
#[case(2, "http://127.0.0.1:3939/__oauth__/integrations/callback/", Seen::RedirectUri)]
#[case(4, "short", Seen::State)]
#[case(5, "another", Seen::Pkce)]
#[case(6, "plain", Seen::Pkce)]
fn a_faulty_authorization(#[case] place: usize, #[case] value: &str, #[case] seen: Seen) {
    let mut provider = provider(Knobs::of(Personality::Entra));
    let mut call = authorization(&provider, "a");
    call.parameters[place].1 = value.to_owned();
    provider.authorize(&call);
    provider.token(&redemption(&provider, "x", "y"));
    assert!(provider.holds(seen).is_err());
}

#[test]
fn a_state_used_twice() {
    let mut provider = provider(Knobs::of(Personality::Entra));
    let call = authorization(&provider, "a");
    provider.authorize(&call);
    assert_eq!(provider.holds(Seen::State), Ok(()));
    provider.authorize(&call);
    assert!(provider.holds(Seen::State).unwrap_err().contains("same state"));
}

#[test]
fn authentication_by_both_ways_at_once() {
    let mut provider = provider(Knobs::of(Personality::Entra));
    let mut call = redemption(&provider, "x", "y");
    call.authorization = Some("Basic eDp5".to_owned());
    provider.token(&call);
    assert!(provider.holds(Seen::ClientAuth(ClientAuth::Post)).is_err());
    assert!(provider.holds(Seen::ClientAuth(ClientAuth::Basic)).is_err());
}
