//! What holds for every case of the profile.

use super::cases;
use crate::case::Case;
use crate::expect::Expect;

/// What `of` finds wrong in the cases, each with its case.
fn faults(of: impl Fn(&Case) -> Vec<String>) -> Vec<String> {
    let told = |case: &Case| {
        of(case).into_iter().map(|fault| format!("{}: {fault}", case.id)).collect::<Vec<_>>()
    };
    cases().iter().flat_map(told).collect()
}

#[test]
fn ids_follow_the_code() {
    let wrong = |case: &Case| {
        let (folder, codes) = (case.code(), case.verdict().codes());
        let mut wrong = Vec::new();
        let known =
            ["accepted", "access_refused", "answers", "payload_too_large"].contains(&folder);
        if case.id.split('/').count() != 3 || !known {
            wrong.push("another layout".to_owned());
        }
        let accepted = folder == "accepted" || case.id.ends_with("-accepted");
        // An open case whose first reading accepts is filed under the code it may yield.
        let open = matches!(case.verdict(), Expect::Open { .. });
        let may_refuse = open || !codes.is_empty();
        if accepted && case.is_rejected() || !accepted && !case.is_rejected() && !may_refuse {
            wrong.push("its name and its verdict disagree".to_owned());
        }
        if !accepted && !codes.is_empty() && !codes.contains(&folder) {
            wrong.push(format!("filed under another code than {codes:?}"));
        }
        wrong
    };
    assert_eq!(faults(wrong), [""; 0]);
}

#[test]
fn one_change_a_case() {
    let many = |case: &Case| {
        let changes = case.single().map_or(0, |(_, changes)| changes.len());
        // Two edits are one change where a key is moved, or forged along with what the header says of it.
        let paired = ["-in-header-alone", "-in-payload-alone", "/forged-", "/and-"];
        // A member in another place, a claim about the payload's form, and a key brought along take one more.
        let three = ["/variant-", "/unencoded-", "/forged-"];
        let has = |parts: &[&str]| parts.iter().any(|part| case.id.contains(part));
        let allowed = if has(&three) { 3 } else { 1 + usize::from(has(&paired)) };
        if changes > allowed { vec![format!("{changes} changes")] } else { vec![] }
    };
    assert_eq!(faults(many), [""; 0]);
}
