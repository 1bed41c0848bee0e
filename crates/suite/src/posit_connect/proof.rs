//! The proof at a Connect server: a viewer logs in at a provider without fault, and content
//! exchanges what it received. Where no viewer can log in, a subject token is handed in, or there
//! is none to be had.

use claimproof_catalog::{Profile, elsewhere};
use claimproof_vectors::Need;
use claimproof_vectors::cases::{self, posit_connect};
use claimproof_vectors::flow::{Alteration, FormEdit, Move};

use crate::observation::{Evidence, Observation, Outcome};
use crate::proof::{Finding, Inseparable, Proof};
use crate::retry::{self, Patience};
use crate::subject::{Action, Held, Subject};

/// What came of each probe, by its name.
type Probes = Vec<(&'static str, Observation)>;

/// Good, absent, broken, good again: what is accepted, what is refused, and which of it should not
/// be.
pub(crate) async fn prove<S: Subject>(subject: &S, held: &mut Held) -> Result<Proof, Inseparable> {
    let mut findings = Vec::new();
    let prepared = match posit_connect::given_token(|role| subject.players().get(role).is_some()) {
        _ if subject.capabilities().meets(Need::Login) => {
            log_in(subject, held, &mut findings).await?
        }
        Some(given) => set_up(subject, held, &[given]).await?.is_none(),
        None => false,
    };
    if prepared {
        findings.extend(graded(&exchanges(subject, held).await?)?);
    }
    let accepted = cases::of(Profile::PositConnect).iter().find(|case| !case.is_rejected());
    let accepted = accepted.cloned().ok_or_else(|| Inseparable("no accepted case".to_owned()))?;
    Ok(Proof { accepted, findings })
}

/// A login the server refuses, whoever the provider is, is a deviation: the suite's providers grant
/// every one of these.
async fn log_in<S: Subject>(
    subject: &S,
    held: &mut Held,
    findings: &mut Vec<Finding>,
) -> Result<bool, Inseparable> {
    for (kind, moves) in posit_connect::set_ups() {
        let Some(seen) = set_up(subject, held, &moves).await? else { return Ok(true) };
        let stopped = seen.stopped.map_or(String::new(), |stopped| format!("; {stopped}"));
        let belongs = belongs(&seen.exchange);
        let what = format!(
            "a viewer's login at {kind} does not succeed: {}{belongs}{stopped}",
            seen.outcome
        );
        findings.push(Finding::Witnessed(what));
        subject.leave(held).await;
        *held = Held { now: held.now, tag: format!("{} again", held.tag), ..Held::default() };
    }
    Ok(false)
}

/// Nothing where all of it succeeds; what was seen of a login that is refused.
async fn set_up<S: Subject>(
    subject: &S,
    held: &mut Held,
    moves: &[Move],
) -> Result<Option<Observation>, Inseparable> {
    for moved in moves {
        let seen = probe(subject, held, "set-up", Action::Move(moved)).await?;
        match (&seen.outcome, moved) {
            (Outcome::Accepted, _) => {}
            (Outcome::Refused(_), Move::Login { .. }) => return Ok(Some(seen)),
            _ => {
                return Err(Inseparable(format!(
                    "the set-up of a good exchange fails where {}: {}{}",
                    moved.describe(),
                    seen.outcome,
                    belongs(&seen.exchange)
                )));
            }
        }
    }
    Ok(None)
}

async fn exchanges<S: Subject>(subject: &S, held: &mut Held) -> Result<Probes, Inseparable> {
    let without = FormEdit::Without("subject_token");
    let broken = FormEdit::Subject(Alteration::SignatureAltered);
    let probes = [
        ("good", None),
        ("named", Some(posit_connect::REQUESTED_TYPE)),
        ("absent", Some(without)),
        ("broken", Some(broken)),
        ("good again", None),
    ];
    let mut seen = Vec::new();
    for (name, edit) in probes {
        let moved = posit_connect::plain_exchange(edit);
        seen.push((name, probe(subject, held, name, Action::Move(&moved)).await?));
    }
    Ok(seen)
}

async fn probe<S: Subject>(
    subject: &S,
    held: &mut Held,
    name: &str,
    action: Action<'_>,
) -> Result<Observation, Inseparable> {
    let seen = retry::insist(subject, held, action, &Patience::default()).await;
    seen.map_err(|error| Inseparable(format!("the {name} token got no answer: {error}")))
}

/// What the probes show to be wrong. A good token that is refused under a documented code is
/// refused by a server that knows its caller; without one, a wrong key in the target file looks the
/// same.
fn graded(seen: &Probes) -> Result<Vec<Finding>, Inseparable> {
    let of = |name: &str| seen.iter().find(|(own, _)| *own == name).map(|(_, seen)| &seen.outcome);
    let accepts = |name: &str| of(name) == Some(&Outcome::Accepted);
    let coded = matches!(of("good"), Some(Outcome::Refused(Some(_))));
    // An absent or broken token that fits neither signal is not accepted, and the cases say what is
    // wrong with its answer.
    let unfit = ["good", "named", "good again"]
        .into_iter()
        .any(|name| matches!(of(name), Some(Outcome::Neither(_))));
    if unfit || !(accepts("good") || accepts("named") || coded) {
        return Err(Inseparable(told(seen)));
    }
    let status = seen.iter().find(|(name, _)| *name == "absent").and_then(|(_, seen)| seen.status);
    let scene = || "an exchange".to_owned();
    let shown = |name: &str| of(name).map(ToString::to_string).unwrap_or_default();
    let mut findings = Vec::new();
    if accepts("absent") {
        findings.push(Finding::TokenUnneeded { status });
    } else if accepts("broken") {
        findings.push(Finding::SignatureUnchecked { scene: scene() });
    }
    if !accepts("good") {
        findings.push(Finding::Witnessed(format!(
            "a plain exchange of a fresh subject token is refused: {}",
            shown("good")
        )));
    } else if !accepts("good again") {
        findings.push(Finding::Witnessed(format!(
            "the second exchange of a subject token is refused: {}",
            shown("good again")
        )));
    }
    Ok(findings)
}

fn told(seen: &Probes) -> String {
    let shown = |(name, seen): &(&str, Observation)| {
        let status = seen.status.map(|status| format!(" (status {status})")).unwrap_or_default();
        format!("{name}: {}{status}{}", seen.outcome, belongs(&seen.exchange))
    };
    let list = seen.iter().map(shown).collect::<Vec<_>>().join("; ");
    format!(
        "accept and reject cannot be told apart. Seen: {list}. A good token must match `accept`, an absent and a broken one must not; check [accept], [refuse], keys and roles of the target file"
    )
}

/// Where a message belongs that the document does not have.
fn belongs(exchange: &Option<Evidence>) -> String {
    let answer = exchange.as_ref().map_or("", |exchange| exchange.response.as_str());
    elsewhere::find(Profile::PositConnect, answer)
        .map_or_else(String::new, |message| format!(" ({})", message.belongs))
}
