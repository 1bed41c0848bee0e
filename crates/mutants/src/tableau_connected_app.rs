//! Faults of a connected-app implementation.

use claimproof_catalog::Profile;
use claimproof_reference::Reference;
use claimproof_server::reply::Reply;
use claimproof_verifier::tableau_connected_app::TableauConnectedApp;

use crate::lenient;
use crate::loose::{Tokens, kid};
use crate::mutant::Breaks::EveryRefusal;
use crate::mutant::Mutant;
use crate::shared::{header, reply, without_each, wrong_codes};

mod carriers;
mod lax;
mod management;
mod memory;
mod orders;
mod strict;

type App = Reference<TableauConnectedApp>;

const PROFILE: Profile = Profile::TableauConnectedApp;
const REPLAY: &[&str] = &["TCA-10091-replay", "TCA-10091-same-jti", "TCA-10091-fresh", "CPX-once"];

static TOKENS: Tokens = Tokens {
    profile: PROFILE,
    known: "secret.ok",
    names: &[("kid", "secret.ok"), ("iss", "app.ok")],
    named: kid,
    is_named_inside: false,
    breaks: &["RFC7515-5.2", "TCA-10091-replay"],
    unmet: None,
    has_public_keys: false,
    has_chosen_secrets: false,
};

pub(crate) fn mutants() -> Vec<Mutant> {
    let own = [left_out(), codes(), lax::mutants(), memory::mutants()].concat();
    let around = [management::mutants(), carriers::mutants(), replies()].concat();
    let lenient = lenient::mutants(&TOKENS);
    [own, around, strict::mutants(), lenient, orders::mutants()].concat()
}

fn left_out() -> Vec<Mutant> {
    // Fewer parts may be answered as what cannot be read, which the next step does.
    // Without `not_expired` the replay store vouches for no token from the second behind its exp on: a second of leeway.
    without_each(PROFILE, &["enough_parts", "not_expired"], &[])
}

fn codes() -> Vec<Mutant> {
    let rows: &[(&str, &str, &[&'static str])] = &[
        ("5", "126", &[]),
        ("16", "126", &[]),
        ("67", "10102", &[]),
        ("128", "133", &[]),
        ("133", "128", &[]),
        ("10083", "10089", &[]),
        (
            "10084",
            "10094",
            &[
                "RFC7515-5.2",
                "RFC7515-7.1",
                "RFC7515-2",
                "RFC7515-4",
                "RFC7515-10.12",
                "RFC4648-3.5",
                "RFC7519-7.2",
            ],
        ),
        ("10085", "10089", &[]),
        ("10089", "10085", &[]),
        ("10090", "10089", &[]),
        ("10091", "10100", &[]),
        ("10092", "10106", &[]),
        ("10094", "10091", &[]),
        ("10096", "10084", &[]),
        ("10097", "10084", &[]),
        ("10098", "10085", &["RFC7515-5.2", "RFC7515-7.1"]),
        ("10099", "10084", &[]),
        ("10100", "10091", &[]),
        ("10101", "10102", &[]),
        ("10102", "10092", &[]),
        ("10103", "10084", &[]),
        ("10105", "10106", &[]),
        ("10106", "10105", &[]),
    ];
    wrong_codes(PROFILE, rows, answer)
}

/// The code wherever it stands: as a JSON number, in the detail, in a header.
fn answer(reply: &mut Reply, due: &str, given: &str) {
    if !reply.refuses {
        return;
    }
    reply.body = reply.body.replace(&format!("\"code\":{due}}}"), &format!("\"code\":{given}}}"));
    reply.body = reply.body.replace(&format!("({due})"), &format!("({given})"));
    header(reply, "tableau_status_code", |code| {
        if code == due {
            given.clone_into(code);
        }
    });
}

mutants! {
    fn replies in PROFILE, reply;

    "codeless", "Refusals carry no code", EveryRefusal =>
        |reply| {
            if reply.refuses {
                reply.body = "{}".to_owned();
                reply.headers.retain(|(name, _)| *name != "tableau_status_code");
            }
        };
    "status-200", "Refusals are a 200 with an error body", EveryRefusal =>
        |reply| reply.status = if reply.refuses { 200 } else { reply.status };
    "status-500", "Refusals are a 500", EveryRefusal =>
        |reply| reply.status = if reply.refuses { 500 } else { reply.status };
    "code-as-text", "The code is a string with its name", EveryRefusal =>
        |reply| {
            reply.body = reply.body.replace("\"code\":1", "\"code\":91");
            reply.headers.retain(|(name, _)| *name != "tableau_status_code");
        };
}
