//! What was asked, as the journal has it.

use super::*;

#[test]
fn a_conforming_login() {
    let mut provider = provider(Knobs::of(Personality::Entra));
    let said_of_every_call = [
        Seen::RedirectUri,
        Seen::Verifier,
        Seen::Challenge,
        Seen::NoPkce,
        Seen::State,
        Seen::FreshState,
        Seen::FrontChannel,
        Seen::Scopes(""),
    ];
    for seen in said_of_every_call {
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
        Seen::Verifier,
        Seen::Challenge,
        Seen::State,
        Seen::FreshState,
        Seen::FrontChannel,
        Seen::ClientAuth(ClientAuth::Post),
    ];
    for seen in holding {
        assert_eq!(provider.holds(seen), Ok(()), "{seen:?}");
    }
    for seen in [
        Seen::Authorized(0),
        Seen::Redeemed(2),
        Seen::Refreshed(0),
        Seen::Scopes("a"),
        Seen::NoPkce,
    ] {
        assert!(provider.holds(seen).is_err(), "{seen:?}");
    }
}

#[rstest]
#[case(2, "http://127.0.0.1:3939/__oauth__/integrations/callback/", Seen::RedirectUri)]
#[case(4, "", Seen::State)]
#[case(4, "short", Seen::FreshState)]
#[case(5, "another", Seen::Verifier)]
#[case(6, "plain", Seen::Challenge)]
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
    assert!(provider.holds(Seen::FreshState).unwrap_err().contains("same state"));
}

/// A state that is the same throughout one browser's session is advice (RFC 6749 section 10.12).
#[test]
fn a_state_for_each_browser() {
    let mut provider = provider(Knobs::of(Personality::Entra));
    let mut call = authorization(&provider, "a");
    provider.authorize(&call);
    provider.authorize(&call);
    call.parameters[4].1 = "another state, of another browser".to_owned();
    provider.authorize(&call);
    assert_eq!(provider.holds(Seen::State), Ok(()));
    assert!(provider.holds(Seen::FreshState).is_err());
}

#[test]
fn a_verifier_for_all() {
    let mut provider = provider(Knobs::of(Personality::Entra));
    login(&mut provider, "a");
    assert_eq!(provider.holds(Seen::Verifier), Ok(()));
    login(&mut provider, "a");
    assert!(provider.holds(Seen::Verifier).unwrap_err().contains("same code_verifier"));
}

/// No PKCE at all is another question than a wrong verifier.
#[test]
fn no_pkce() {
    let mut provider = provider(Knobs::of(Personality::Entra));
    let mut call = authorization(&provider, "a");
    call.parameters.truncate(5);
    let code = handed(&provider.authorize(&call)).remove(0).1;
    let mut redeeming = redemption(&provider, &provider.secret(Secret::Current), &code);
    redeeming.parameters.remove(3);
    provider.token(&redeeming);
    assert_eq!((provider.holds(Seen::Verifier), provider.holds(Seen::NoPkce)), (Ok(()), Ok(())));
    assert!(provider.holds(Seen::Challenge).is_err());
}

#[test]
fn a_secret_in_the_front_channel() {
    let mut provider = provider(Knobs::of(Personality::Entra));
    let mut call = authorization(&provider, "a");
    call.parameters.push(("client_secret".to_owned(), provider.secret(Secret::Current)));
    provider.authorize(&call);
    assert!(provider.holds(Seen::FrontChannel).unwrap_err().contains("client_secret"));
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
