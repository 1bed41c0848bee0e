//! TLS that does not come about, with what each is told, and TLS as `[tls]` wants it.

use std::io::{Read, Write};
use std::net::TcpStream;

use rcgen::date_time_ymd;
use rustls::version::{TLS12, TLS13};

use crate::cli::common::Served;
use crate::cli::hostile::row::{Account, all, faults_of, target};
use crate::cli::hostile::server::Hostile;
use crate::cli::tls::{Authority, Own, before, config, listening};

/// A server by its address, what the target file says of TLS, and what comes of it.
struct Site {
    name: &'static str,
    url: String,
    tls: String,
    exit: i32,
    says: &'static str,
}

/// A folder of certificates, and what is made of them.
struct Files(tempfile::TempDir);

impl Files {
    fn put(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn ca(&self, name: &str, pem: &str) -> String {
        format!("[tls]\nca_file = {:?}\n", self.put(name, pem))
    }

    fn client(&self, name: &str, ca: &str, own: &Own) -> String {
        let (certificate, key) = (
            self.put(&format!("{name}.pem"), &own.pem),
            self.put(&format!("{name}.key"), &own.key_pem),
        );
        format!("{ca}certificate_file = {certificate:?}\nkey_file = {key:?}\n")
    }
}

const BOTH: &[&rustls::SupportedProtocolVersion] = &[&TLS13, &TLS12];

/// Says this to each connection once it has said something, and leaves it open.
fn saying(bytes: &'static [u8]) -> String {
    listening(move |mut stream: TcpStream| {
        let mut first = [0; 1];
        if stream.read(&mut first).is_ok_and(|count| count == 1) {
            let _ = stream.write_all(bytes);
            let _ = stream.read_to_end(&mut Vec::new());
        }
    })
    .replace("http://", "https://")
}

/// A hello of TLS 1.0, with a cipher of its time.
const HELLO_OF_1_0: &[u8] = &[
    0x16, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
    17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 0, 0, 0x2f, 0,
];

fn without_trust(reference: &str, files: &Files) -> Vec<Site> {
    let (known, other) = (Authority::new("known"), Authority::new("other"));
    let (ca, same) = (files.ca("ca.pem", &known.pem), Authority::new("known"));
    let old = |params: &mut rcgen::CertificateParams| params.not_after = date_time_ymd(2020, 1, 1);
    let young =
        |params: &mut rcgen::CertificateParams| params.not_before = date_time_ymd(2090, 1, 1);
    let foreign = |params: &mut rcgen::CertificateParams| {
        *params = rcgen::CertificateParams::new(vec!["other.example".to_owned()]).unwrap();
    };
    let at = |own: &Own| before(reference, config(own, None, BOTH));
    let site = |name, own: &Own, tls: &str, says| Site {
        name,
        url: at(own),
        tls: tls.to_owned(),
        exit: 3,
        says,
    };
    let named = |own: &Own, name: &str| files.ca(name, &own.pem);
    let (old_own, foreign_own) = (Own::self_signed(old), Own::self_signed(foreign));
    let (old_named, foreign_named) =
        (named(&old_own, "old.pem"), named(&foreign_own, "foreign.pem"));
    vec![
        site("self-signed", &Own::self_signed(|_| {}), "", "self-signed"),
        site("self-signed, as openssl does", &Own::of_openssl(), "", "self-signed"),
        site("self-signed, another named", &Own::of_openssl(), &ca, "self-signed"),
        site("an authority nobody knows", &other.vouches(|_| {}), "", "no authority"),
        site("another authority than named", &other.vouches(|_| {}), &ca, "no authority"),
        site("another key of the same name", &same.vouches(|_| {}), &ca, "no authority"),
        site("expired", &known.vouches(old), &ca, "expired"),
        site("not valid yet", &known.vouches(young), &ca, "not valid yet"),
        site(
            "of another name",
            &known.vouches(foreign),
            &ca,
            "for other.example, not for 127.0.0.1",
        ),
        site("named, expired", &old_own, &old_named, "expired"),
        site("named, of another name", &foreign_own, &foreign_named, "other.example"),
    ]
}

fn without_tls(reference: &str) -> Vec<Site> {
    let site = |name, url: String, says| Site { name, url, tls: String::new(), exit: 3, says };
    let tls = before(reference, config(&Own::self_signed(|_| {}), None, BOTH));
    vec![
        site("http where TLS is expected", reference.replace("http://", "https://"), "http://"),
        site("TLS where http is expected", tls.replace("https://", "http://"), "https://"),
        site("silence in the handshake", saying(b""), "no whole answer within 2 s"),
        site(
            "a hang-up in the handshake",
            listening(drop).replace("http://", "https://"),
            "does not answer",
        ),
        site("TLS 1.0", saying(HELLO_OF_1_0), "1.2 and 1.3"),
        site("an alert at once", saying(&[0x15, 3, 3, 0, 2, 2, 40]), "breaks off"),
        site("a protocol's own alert", saying(&[0x15, 3, 1, 0, 2, 2, 70]), "1.2 and 1.3"),
        site("another protocol", saying(b"SSH-2.0-x\r\n"), "no TLS"),
        site(
            "a record that is too long",
            saying(&[0x16, 3, 3, 0xff, 0xff, 2, 0, 0]),
            "does not answer",
        ),
        site("a message that is none", saying(&[0x16, 3, 3, 0, 4, 99, 0, 0, 0]), "does not answer"),
    ]
}

fn with_clients(reference: &str, files: &Files) -> Vec<Site> {
    let (known, other) = (Authority::new("known"), Authority::new("other"));
    let ca = files.ca("clients-ca.pem", &known.pem);
    let own = known.vouches(|_| {});
    let at = |versions| before(reference, config(&own, Some(&known), versions));
    let site = |name, versions, tls: &str, exit, says| Site {
        name,
        url: at(versions),
        tls: tls.to_owned(),
        exit,
        says,
    };
    let right = files.client("right", &ca, &known.vouches(|_| {}));
    let wrong = files.client("wrong", &ca, &other.vouches(|_| {}));
    vec![
        site("no certificate where one is wanted", &[&TLS13], &ca, 3, "wants to see a certificate"),
        site("none, in TLS 1.2", &[&TLS12], &ca, 3, "--client-certificate"),
        site("one of another authority", &[&TLS13], &wrong, 3, "--client-certificate"),
        site("one of another authority, in TLS 1.2", &[&TLS12], &wrong, 3, "--client-certificate"),
        site("the right one", &[&TLS13], &right, 0, ""),
        site("the right one, in TLS 1.2", &[&TLS12], &right, 0, ""),
    ]
}

fn as_wanted(reference: &str, files: &Files) -> Vec<Site> {
    let (known, openssl, leaf) =
        (Authority::new("known"), Own::of_openssl(), Own::self_signed(|_| {}));
    let site = |name, own: &Own, versions, tls| Site {
        name,
        url: before(reference, config(own, None, versions)),
        tls,
        exit: 0,
        says: "",
    };
    let ca = files.ca("own-ca.pem", &known.pem);
    let both = files.ca("both.pem", &format!("{}{}", known.pem, leaf.pem));
    vec![
        site("an authority of one's own", &known.vouches(|_| {}), BOTH, ca.clone()),
        site("the same in TLS 1.2", &known.vouches(|_| {}), &[&TLS12], ca),
        site(
            "named itself, as openssl does",
            &openssl,
            BOTH,
            files.ca("openssl.pem", &openssl.pem),
        ),
        site("named itself", &leaf, BOTH, both),
    ]
}

fn play(sites: &[Site], served: &Served) {
    let account = Account::of(served);
    all(sites, |site| {
        let hostile = Hostile::at(&site.url);
        let target = target(&site.url, &account, &site.tls);
        let each = ["conform", "load"].into_iter().flat_map(|name| {
            let faults = faults_of(name, &target, &account, &hostile, (site.exit, site.says));
            faults.into_iter().map(move |fault| format!("{} by {name}: {fault}", site.name))
        });
        each.collect()
    });
}

#[test]
fn tls_that_does_not_come_about() {
    let (served, files) = (Served::start("workato-api"), Files(tempfile::tempdir().unwrap()));
    play(&without_trust(&served.url, &files), &served);
    play(&without_tls(&served.url), &served);
}

#[test]
fn tls_as_the_target_file_wants_it() {
    let (served, files) = (Served::start("workato-api"), Files(tempfile::tempdir().unwrap()));
    play(&with_clients(&served.url, &files), &served);
    play(&as_wanted(&served.url, &files), &served);
}
