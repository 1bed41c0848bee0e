//! The plain scenes of a subject, the plainest first.

use claimproof_cast::Players;
use claimproof_catalog::Profile;
use claimproof_vectors::{Case, Change, Edit, RequestEdit, cases, terms};

use super::Inseparable;
use crate::subject::Subject;

/// An accepted case that can be played, as it stands or in a form some servers ask for.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) case: Case,
    /// The id of its case, and what it has beside that.
    pub(super) name: String,
    /// Who signs or is named in it: role and id.
    pub(super) played_by: String,
}

/// The accepted cases whose roles are all played and that need nothing: as they are, then on the
/// next surfaces, then with and without what some servers insist on.
pub(super) fn candidates<S: Subject>(subject: &S) -> Vec<Candidate> {
    let plain: Vec<&Case> =
        cases::of(subject.profile()).iter().filter(|case| is_playable(case, subject)).collect();
    let further = subject.capabilities().surfaces.iter().skip(1);
    let further = further.map(|surface| {
        (format!("on {surface}"), vec![Change::Request(RequestEdit::Surface(*surface))])
    });
    let forms =
        std::iter::once((String::new(), Vec::new())).chain(further).chain(forms(subject.profile()));
    forms
        .flat_map(|(what, changes)| {
            plain.iter().map(move |case| candidate(case, &what, &changes, subject))
        })
        .collect()
}

/// With and without the `typ` and the `exp` that the plain token of the profile has or has not.
fn forms(profile: Profile) -> Vec<(String, Vec<Change>)> {
    let sheet = profile.sheet();
    if sheet.is_flow {
        return Vec::new();
    }
    let with_typ = || Change::header("typ", "\"JWT\"");
    let with_exp = || Change::Claim("exp", Edit::FromNow(300));
    let (has_typ, has_exp) = (sheet.header.contains(&"typ"), sheet.claims.contains(&"exp"));
    let mut rows = vec![match has_typ {
        true => ("without typ", vec![Change::without_header("typ")]),
        false => ("with typ", vec![with_typ()]),
    }];
    if !has_exp {
        rows.push(("with exp", vec![with_exp()]));
    }
    if !has_typ && !has_exp {
        rows.push(("with typ and exp", vec![with_typ(), with_exp()]));
    }
    rows.into_iter().map(|(what, changes)| (what.to_owned(), changes)).collect()
}

fn candidate<S: Subject>(case: &Case, what: &str, more: &[Change], subject: &S) -> Candidate {
    let mut case = case.clone();
    let name = if what.is_empty() { case.id.clone() } else { format!("{} {what}", case.id) };
    case.add_changes(more);
    let roles = case.single().map(|(scene, _)| scene.roles).unwrap_or_default();
    let named = roles
        .iter()
        .filter_map(|(_, role)| Some(format!("{role} `{}`", subject.players().get(role)?.id)));
    let played_by = named.collect::<Vec<_>>().join(", ");
    Candidate { case, name, played_by }
}

fn is_playable<S: Subject>(case: &Case, subject: &S) -> bool {
    is_plain(case)
        && case.needs().into_iter().all(|need| subject.capabilities().meets(need))
        && terms::unread(case, subject.players().terms()).is_none()
        && is_played(case, subject.players())
}

/// The plain cases that can be played.
pub(super) fn scenes<S: Subject>(subject: &S) -> Vec<Case> {
    cases::of(subject.profile()).iter().filter(|case| is_playable(case, subject)).cloned().collect()
}

/// Whether each role is played where the case goes.
fn is_played(case: &Case, players: &Players) -> bool {
    let site =
        case.single().and_then(|(scene, _)| scene.roles.iter().find(|(slot, _)| *slot == "site"));
    let here = players.on(site.map(|(_, role)| *role));
    case.roles().iter().all(|role| here.get(role).is_some())
}

fn is_plain(case: &Case) -> bool {
    !case.is_rejected() && case.single().is_some_and(|(_, changes)| changes.is_empty())
}

/// The first accepted case whose roles are all played and that needs nothing.
pub fn plainest<S: Subject>(subject: &S) -> Result<Case, Inseparable> {
    let all = cases::of(subject.profile());
    let found = all.iter().find(|case| is_playable(case, subject)).cloned();
    found.ok_or_else(|| Inseparable(nobody_plays(subject)))
}

/// Which roles are wanting.
pub(super) fn nobody_plays<S: Subject>(subject: &S) -> String {
    let plain = cases::of(subject.profile()).iter().find(|case| is_plain(case));
    let roles = plain.map(Case::roles).unwrap_or_default();
    let missing: Vec<_> =
        roles.into_iter().filter(|role| subject.players().get(role).is_none()).collect();
    format!(
        "no accepted case can be played: the target file gives too few roles an account; the plainest one lacks {}",
        missing.join(", ")
    )
}
