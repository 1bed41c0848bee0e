//! A server open to algorithm confusion: it takes an HMAC keyed with the text of a public key.

use std::time::Duration;

use claimproof_cast::{Player, Players, SigningKey};
use claimproof_catalog::Profile;
use claimproof_http::{HttpSubject, Target};
use claimproof_suite::{Selection, Subject, Verdict, select};
use claimproof_token::Key;
use wiremock::{MockServer, Request, ResponseTemplate};

use crate::common::reference::{API_CODES, api, api_target, documented};
use crate::common::{Played, play, players};

fn public_text(players: &Players) -> String {
    match &players.get("profile.rsa").unwrap().key {
        Some(SigningKey::Rsa { public, .. }) => public.clone(),
        _ => panic!("profile.rsa has no RSA pair"),
    }
}

/// The base64url signature of a token under the text as an HMAC secret.
fn confused(token: &str, text: &str) -> bool {
    use base64::Engine;
    let Some((input, signature)) = token.rsplit_once('.') else { return false };
    let own = Key::hmac(text).unwrap().sign(input.as_bytes()).unwrap();
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(own) == signature
}

async fn server() -> MockServer {
    let text = public_text(&players(Profile::WorkatoApi));
    api(move |request: &Request, decision| {
        let bearer = request.headers.get("authorization").and_then(|value| value.to_str().ok());
        let token = bearer.and_then(|bearer| bearer.split(' ').nth(1)).unwrap_or_default();
        if confused(token, &text) {
            ResponseTemplate::new(200).set_body_string("{}")
        } else {
            documented(&decision)
        }
    })
    .await
}

/// The cases of confusion, where the target file gives every RSA player this public text.
async fn played(configured: Option<&str>) -> Played {
    let server = server().await;
    let mut players = players(Profile::WorkatoApi);
    let pairs: Vec<(String, Player)> =
        players.iter().map(|(role, player)| (role.to_owned(), player.clone())).collect();
    for (role, player) in pairs {
        if let (Some(SigningKey::Rsa { private, public, .. }), Some(configured)) =
            (&player.key, configured)
        {
            let (private, public) = (private.clone(), public.clone());
            let key = Some(SigningKey::Rsa { private, public, configured: configured.to_owned() });
            players.cast(&role, Player { key, ..player });
        }
    }
    let target = Target::parse(&api_target(&server.uri(), API_CODES), "canned.toml").unwrap();
    let subject =
        HttpSubject::connect(target, players, Duration::from_secs(5), false).await.unwrap();
    let filters = vec!["confusion-".to_owned()];
    let cases = select(
        subject.profile(),
        subject.capabilities(),
        &Selection { filters, ..Selection::default() },
    );
    play(&subject, &cases).await
}

#[tokio::test]
async fn it_is_caught_where_the_text_is_known() {
    let played = played(None).await;
    let failed = played.of(Verdict::Fail);
    assert!(failed.iter().any(|case| case.contains("/confusion-pem: accept")), "{failed:?}");
}

#[tokio::test]
async fn it_is_not_called_safe_where_nobody_knows_the_text() {
    let played = played(Some("")).await;
    let passed = played.of(Verdict::Pass);
    assert_eq!(passed, Vec::<String>::new(), "an HMAC under another text proves nothing");
    let skipped = played.of(Verdict::Skip);
    assert!(
        skipped.len() > 10 && skipped.iter().all(|skip| skip.contains("name its public_key_file")),
        "{skipped:?}"
    );
}
