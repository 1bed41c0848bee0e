//! The method of the profile against the algorithm of the token, and which profile it names.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{
    NAMESPACE, auth0, base64_secret, case, certificate_kid, hmac_kid, hmac_namespace, open,
    refusal, rsa_kid, rsa_sub, short_secret, with_status,
};
use crate::case::Case;
use crate::change::{Change, Edit, Part};
use crate::expect::{Answer, Expect};
use crate::sign::{Alg, Signature};

const METHODS: &[&str] = &["WAP-SIG-01", "WAP-TOK-09", "RFC8725-3.1"];

pub(super) fn cases() -> Vec<Case> {
    [hmac(), rsa(), unsigned(), faulty(), confusion(), confused(), profiles(), nobody(), secrets()]
        .concat()
}

/// A profile with a secret takes HS256 and nothing else.
fn hmac() -> Vec<Case> {
    let hs256 = Signature::Own(Alg::Hs256);
    let foreign = |alg| Signature::By("key.foreign", alg);
    let rows: &[(&str, &str, &'static str, Signature)] = &[
        ("hs384", "HS384 under the right secret", "\"HS384\"", Signature::Own(Alg::Hs384)),
        ("hs512", "HS512 under the right secret", "\"HS512\"", Signature::Own(Alg::Hs512)),
        ("rs256", "RS256 under a key of the caller's own", "\"RS256\"", foreign(Alg::Rs256)),
        ("rs512", "RS512 under a key of the caller's own", "\"RS512\"", foreign(Alg::Rs512)),
        ("rs256-named", "RS256 named over an HMAC", "\"RS256\"", hs256),
        ("hs512-named", "HS512 named over an HS256 signature", "\"HS512\"", hs256),
        ("es256-named", "ES256 named over an HMAC", "\"ES256\"", hs256),
        ("unknown-alg", "An algorithm nobody knows", "\"HS257\"", hs256),
        ("lower-case", "hs256 in lower case, signature valid", "\"hs256\"", hs256),
        ("mixed-case", "Hs256 in mixed case, signature valid", "\"Hs256\"", hs256),
        ("blank-behind", "HS256 with a blank behind", "\"HS256 \"", hs256),
        ("nul-behind", "HS256 with a NUL behind", "\"HS256\\u0000\"", hs256),
        ("look-alike", "HS256 in full-width letters", "\"\u{ff28}\u{ff33}256\"", hs256),
        ("method-name", "The method's name in place of the algorithm's", "\"HMAC\"", hs256),
    ];
    let mut cases: Vec<_> = rows
        .iter()
        .map(|(slug, title, json, signature)| {
            refusal(
                &format!("alg-hmac-{slug}"),
                title,
                &hmac_kid(),
                METHODS,
                Change::Alg(json, *signature),
            )
        })
        .collect();
    let change = Change::Alg("\"HS512\"", Signature::Own(Alg::Hs512));
    cases.push(refusal(
        "alg-hmac-hs512-namespace",
        "HS512 with the key in the namespace claim",
        &hmac_namespace(),
        METHODS,
        change,
    ));
    cases
}

/// A profile with a public key or certificate takes RS256 and nothing else.
fn rsa() -> Vec<Case> {
    let rs256 = Signature::Own(Alg::Rs256);
    let zeros = Signature::Altered("of sixty-four zero bytes", |_| vec![0; 64]);
    let foreign = Signature::By("secret.foreign", Alg::Hs256);
    let rows: &[(&str, &str, &'static str, Signature)] = &[
        ("rs384", "RS384 under the right key", "\"RS384\"", Signature::Own(Alg::Rs384)),
        ("rs512", "RS512 under the right key", "\"RS512\"", Signature::Own(Alg::Rs512)),
        ("hs256", "HS256 under a secret of the caller's own", "\"HS256\"", foreign),
        ("hs256-named", "HS256 named over an RS256 signature", "\"HS256\"", rs256),
        ("ps256-named", "PS256 named over an RS256 signature", "\"PS256\"", rs256),
        ("rs512-named", "RS512 named over an RS256 signature", "\"RS512\"", rs256),
        ("es256-zeros", "ES256 with a signature of zeros", "\"ES256\"", zeros),
        ("lower-case", "rs256 in lower case, signature valid", "\"rs256\"", rs256),
        ("blank-behind", "RS256 with a blank behind", "\"RS256 \"", rs256),
        ("method-name", "RSA in place of RS256", "\"RSA\"", rs256),
    ];
    let mut cases: Vec<_> = rows
        .iter()
        .map(|(slug, title, json, signature)| {
            refusal(
                &format!("alg-rsa-{slug}"),
                title,
                &rsa_kid(),
                METHODS,
                Change::Alg(json, *signature),
            )
        })
        .collect();
    let rs512 = || Change::Alg("\"RS512\"", Signature::Own(Alg::Rs512));
    cases.push(refusal(
        "alg-certificate-rs512",
        "RS512 under a certificate",
        &certificate_kid(),
        METHODS,
        rs512(),
    ));
    cases.push(refusal(
        "alg-provider-rs512",
        "RS512 on a provider's token",
        &auth0(),
        METHODS,
        rs512(),
    ));
    cases
}

/// `none` in every spelling, with no signature and with one left over.
fn unsigned() -> Vec<Case> {
    const CITES: &[&str] = &["WAP-SIG-01", "WAP-TOK-06", "RFC8725-3.2", "RFC8725-2.1"];
    let spellings: &[(&str, &str, &'static str)] = &[
        ("none", "none", "\"none\""),
        ("none-capital", "None", "\"None\""),
        ("none-capitals", "NONE", "\"NONE\""),
        ("none-mixed", "nOnE", "\"nOnE\""),
        ("none-blank", "none with a blank behind", "\"none \""),
        ("none-tab", "none with a tab before", "\"\\tnone\""),
        ("none-nul", "none with a NUL behind", "\"none\\u0000\""),
        ("none-full-width", "none in full-width letters", "\"\u{ff4e}\u{ff4f}\u{ff4e}\u{ff45}\""),
    ];
    let mut cases = Vec::new();
    for (slug, spelling, json) in spellings {
        let title = format!("alg is {spelling}, no signature");
        cases.push(refusal(
            &format!("alg-{slug}"),
            &title,
            &hmac_kid(),
            CITES,
            Change::Alg(json, Signature::Empty),
        ));
        let title = format!("alg is {spelling}, a signature left over");
        let left_over = Change::Alg(json, Signature::Own(Alg::Rs256));
        cases.push(refusal(&format!("alg-{slug}-signed"), &title, &rsa_kid(), CITES, left_over));
    }
    let provider = Change::Alg("\"none\"", Signature::Empty);
    cases.push(refusal(
        "alg-none-provider",
        "alg is none on a provider's token, no signature",
        &auth0(),
        CITES,
        provider,
    ));
    cases
}

/// An `alg` that is no name at all; the signature stays good.
fn faulty() -> Vec<Case> {
    const CITES: &[&str] = &["WAP-TOK-09", "WCL-04", "RFC7515-4.1.1"];
    let rows: &[(&str, &str, Edit)] = &[
        ("absent", "No alg", Edit::Remove),
        ("null", "alg is null", Edit::Json("null".into())),
        ("zero", "alg is zero", Edit::Json("0".into())),
        ("true", "alg is true", Edit::Json("true".into())),
        ("empty", "alg is empty", Edit::Json("\"\"".into())),
        ("list", "alg is a list that holds HS256", Edit::Json("[\"HS256\"]".into())),
        ("object", "alg is an object that names HS256", Edit::Json("{\"name\":\"HS256\"}".into())),
    ];
    let mut cases: Vec<_> = rows
        .iter()
        .map(|(slug, title, edit)| {
            refusal(
                &format!("alg-{slug}"),
                title,
                &hmac_kid(),
                CITES,
                Change::Header("alg", edit.clone()),
            )
        })
        .collect();
    let capitals = Change::Rewrite(Part::Header, "ALG in place of alg", |json| {
        json.replacen("alg", "ALG", 1).into_bytes()
    });
    cases.push(refusal("alg-in-capitals", "ALG in place of alg", &hmac_kid(), CITES, capitals));
    cases.push(refusal(
        "alg-absent-rsa",
        "No alg under a public key",
        &rsa_kid(),
        CITES,
        Change::without_header("alg"),
    ));
    cases
}

fn body(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with("-----")).collect()
}

/// Slug, title, and the key made of a public key's PEM text.
type Rendering = (&'static str, &'static str, fn(&str) -> Vec<u8>);

/// The public key in many renderings as an HMAC secret.
fn confusion() -> Vec<Case> {
    let rows: &[Rendering] = &[
        ("pem", "the PEM text", |pem| pem.as_bytes().to_vec()),
        ("trimmed", "the PEM text without its last line end", |pem| {
            pem.trim_end().as_bytes().to_vec()
        }),
        ("crlf", "the PEM text with CRLF line ends", |pem| pem.replace('\n', "\r\n").into_bytes()),
        ("one-line", "the PEM text in one line", |pem| pem.replace('\n', "").into_bytes()),
        ("line-end-more", "the PEM text with one more line end", |pem| {
            format!("{pem}\n").into_bytes()
        }),
        ("leading-blank", "the PEM text behind a blank", |pem| format!(" {pem}").into_bytes()),
        ("leading-nul", "the PEM text behind a NUL", |pem| format!("\0{pem}").into_bytes()),
        ("body", "the base64 body alone", |pem| body(pem).into_bytes()),
        ("der", "the DER bytes", |pem| STANDARD.decode(body(pem)).unwrap_or_default()),
    ];
    rows.iter()
        .map(|(slug, what, bytes)| {
            let title = format!("HS256 keyed with {what} of the public key");
            let change = Change::Alg("\"HS256\"", Signature::PublicKeyAs(what, *bytes));
            let cites = [METHODS, &["RFC8725-2.1"]].concat();
            refusal(&format!("confusion-{slug}"), &title, &rsa_kid(), &cites, change)
        })
        .collect()
}

/// The same elsewhere than in a plain RSA profile.
fn confused() -> Vec<Case> {
    let cites = [METHODS, &["RFC8725-2.1"]].concat();
    let pem = || Signature::PublicKeyAs("the PEM text", |pem| pem.as_bytes().to_vec());
    let hs256 = || Change::Alg("\"HS256\"", pem());
    let hs256_under =
        |scene, slug: &str, title: &str| refusal(slug, title, &scene, &cites, hs256());
    vec![
        hs256_under(
            certificate_kid(),
            "confusion-certificate",
            "HS256 keyed with the public key inside the certificate",
        ),
        hs256_under(auth0(), "confusion-provider", "HS256 keyed with the provider's public key"),
        hs256_under(
            rsa_sub(),
            "confusion-sub",
            "HS256 keyed with the public key, the API key in sub",
        ),
        refusal(
            "confusion-rs256-named",
            "RS256 named over an HMAC keyed with the public key",
            &rsa_kid(),
            &["WCL-09", "WAP-SIG-04", "RFC8725-2.1"],
            Change::Sign(pem()),
        ),
    ]
}

/// The profile the key names: known, enabled, and the one whose key signed.
fn profiles() -> Vec<Case> {
    let player = |slug: &str, title: &str, roles, cites: &[&'static str], expect| {
        case(
            &format!("access_refused/{slug}"),
            title,
            &hmac_kid(),
            cites,
            Change::Roles(roles),
            expect,
        )
    };
    let named = |slug: &str, title: &str, scene, role| {
        refusal(
            slug,
            title,
            &scene,
            &["WAP-GEN-02", "WCL-09", "RFC8725-3.1"],
            Change::Header("kid", Edit::Role(role)),
        )
    };
    let disabled = &["WCL-03", "WCL-31"];
    cases! {
        player:
            "disabled-profile", "A disabled profile under its own secret":
                &[("profile", "profile.disabled")], disabled, Expect::REFUSE;
            "unknown-profile", "A caller nobody registered, under its own secret":
                &[("profile", "profile.unknown")], &["WCL-31", "WCL-07"], with_status(&[403]);
        named:
            "hs256-for-rsa-profile", "An HS256 token that names a profile with a public key":
                hmac_kid(), "profile.rsa";
            "hs256-for-certificate-profile",
                "An HS256 token that names a profile with a certificate":
                hmac_kid(), "profile.certificate";
            "rs256-for-hmac-profile", "An RS256 token that names a profile with a secret":
                rsa_kid(), "profile.hmac";
    }
}

/// No profile is named, or nobody's, under RS256.
fn nobody() -> Vec<Case> {
    let unknown = || Edit::Role("profile.unknown");
    let key = |slug: &str, title: &str, scene, cites: &[&'static str], change| {
        refusal(slug, title, &scene, cites, change)
    };
    let kid = Change::Header("kid", unknown());
    let forgotten = "A provider's token whose hook was forgotten";
    let unmapped = "A provider's token whose metadata names nobody";
    let claim = Change::Claim(NAMESPACE, unknown());
    cases! { key:
        "unknown-key-rsa", "An unknown key under RS256": rsa_kid(), &["WCL-31", "WCL-07"], kid;
        "no-key-rsa", "No key in any place under RS256":
            rsa_kid(), &["WCL-31"], Change::without_header("kid");
        "no-namespace-provider":
            forgotten, auth0(), &["WCL-31", "WCL-20"], Change::without_claim(NAMESPACE);
        "unmapped-provider": unmapped, auth0(), &["WCL-31", "WCL-07"], claim;
    }
}

/// What a secret in base64 means, and whether a short one is usable.
fn secrets() -> Vec<Case> {
    let decoded = Signature::SecretAs("what the secret decodes to", |secret| {
        STANDARD.decode(secret).unwrap_or_default()
    });
    let expect = open("WAP-R-hmac-secret", ("raw", Answer::REFUSE), ("decoded", Answer::ACCEPT));
    let title = "A secret in base64, decoded before use";
    let cites = &["WAP-SIG-07", "WAP-SIG-03", "WCL-09"];
    let foreign = Change::Sign(Signature::By("secret.foreign", Alg::Hs256));
    cases! {
        case:
            "access_refused/base64-secret-decoded":
                title, &base64_secret(), cites, Change::Sign(decoded), expect;
        refusal:
            "base64-secret-foreign", "A foreign secret where the profile's is in base64":
                &base64_secret(), &["WCL-09"], foreign.clone();
            "short-secret-foreign", "A foreign secret where the profile's is short":
                &short_secret(), &["WCL-09"], foreign;
    }
}
