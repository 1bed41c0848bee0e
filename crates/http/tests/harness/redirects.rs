//! Logins that are led on and on: all redirects together have the time of one exchange.

use std::time::{Duration, Instant};

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_http::HttpSubject;
use claimproof_in_process::of_reference;
use claimproof_server::{Binding, serve};
use claimproof_suite::Verdict;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use crate::common::{named, play, players, read_head};

const DEADLINE: Duration = Duration::from_secs(1);

/// Leads every login to itself, each time so much later; all else goes to the server.
async fn leading_on(listener: TcpListener, upstream: String, pause: Duration) {
    while let Ok((mut client, _)) = listener.accept().await {
        let upstream = upstream.trim_start_matches("http://").to_owned();
        tokio::spawn(async move {
            let head = read_head(&mut client).await;
            let path = head.split(' ').nth(1).unwrap_or_default();
            if path.ends_with("/login") {
                tokio::time::sleep(pause).await;
                let lines = format!("location: {path}\r\ncontent-length: 0\r\nconnection: close");
                let _ = client
                    .write_all(format!("HTTP/1.1 302 On\r\n{lines}\r\n\r\n").as_bytes())
                    .await;
            } else if let Ok(mut server) = TcpStream::connect(upstream).await {
                let _ = server.write_all(head.as_bytes()).await;
                let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
            }
        });
    }
}

#[tokio::test]
async fn a_slow_redirect_loop_costs_one_deadline_and_not_ten() {
    let profile = Profile::PositConnect;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let binding =
        Binding { public_address: Some(url.clone()), ..Binding::of(public(profile)).unwrap() };
    let running = serve(binding, 0).await.unwrap();
    let task = tokio::spawn(leading_on(listener, running.base_url(), DEADLINE * 6 / 10));
    let target = of_reference(profile, &url);
    let subject = HttpSubject::connect(target, players(profile), DEADLINE, false).await.unwrap();
    let cases = named(&subject, &["missing-refresh-token/never-entra"]);
    let begun = Instant::now();
    let played = play(&subject, &cases).await;
    assert!(begun.elapsed() < DEADLINE * 5, "took {:?}", begun.elapsed());
    let errors = played.of(Verdict::Error);
    let why = "no page at the end of its redirects within 1 s";
    assert!(
        errors.len() == 1 && errors[0].contains(why),
        "{errors:?} {:?}",
        played.of(Verdict::Fail)
    );
    task.abort();
}
