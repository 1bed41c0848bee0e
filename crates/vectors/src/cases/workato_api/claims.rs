//! Which claim names the access profile: every single change to every place of the key.
//!
//! The table is the document's, worked out by hand for five scenes. Left out is what asks two open
//! questions at once, which is an odd value in `sub` or `kid` while the other of the two is good.

use super::{
    NAMESPACE, all_agree, case, hmac_kid, hmac_namespace, hmac_sub, hmac_workato_sub, open, refused,
};
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;

/// One of the four places, in the document's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Namespace,
    WorkatoSub,
    Kid,
    Sub,
}

use Place::{Kid, Namespace, Sub, WorkatoSub};

/// What must come of one change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    /// No case: nothing changes, or two questions are open at once.
    Skip,
    /// Accepted: what stands before it is good, or it is empty and the next place is good.
    Pass,
    /// Accepted, though a strict reader of the registered names may balk at the type.
    Soft,
    /// Refused: it is looked at and matches nobody, or nothing is left to look at.
    Deny,
    /// kid is good and sub is not: their order decides.
    KidGood,
    /// sub is good and kid is not: their order decides.
    SubGood,
    /// A null before a good key.
    Null,
    /// A null behind a good key, which only an outright refusal sees.
    LateNull,
    /// Neither empty nor a possible key, before a good one.
    Odd,
}

use Cell::{Deny, KidGood, LateNull, Null, Odd, Pass, Skip, Soft, SubGood};

/// A row has a cell for: absent, null, empty, an unknown key, another profile's, blanks, no string.
/// Without its one place every scene is the same token, so that is a case of the first alone.
type Row = (Place, [Cell; 7]);

fn beside_kid() -> [Row; 4] {
    [
        (Namespace, [Skip, Pass, Pass, Deny, Deny, Odd, Odd]),
        (WorkatoSub, [Skip, Pass, Pass, Deny, Deny, Odd, Odd]),
        (Kid, [Deny, Deny, Deny, Deny, Deny, Deny, Deny]),
        (Sub, [Skip, LateNull, Pass, KidGood, KidGood, Skip, Skip]),
    ]
}

fn beside_namespace() -> [Row; 4] {
    [
        (Namespace, [Skip, Deny, Deny, Deny, Deny, Deny, Deny]),
        (WorkatoSub, [Skip, Pass, Pass, Pass, Pass, Pass, Pass]),
        (Kid, [Skip, LateNull, Pass, Pass, Pass, Pass, Soft]),
        (Sub, [Skip, LateNull, Pass, Pass, Pass, Pass, Soft]),
    ]
}

fn beside_workato_sub() -> [Row; 4] {
    [
        (Namespace, [Skip, Pass, Pass, Deny, Deny, Odd, Odd]),
        (WorkatoSub, [Skip, Deny, Deny, Deny, Deny, Deny, Deny]),
        (Kid, [Skip, LateNull, Pass, Pass, Pass, Pass, Soft]),
        (Sub, [Skip, LateNull, Pass, Pass, Pass, Pass, Soft]),
    ]
}

fn beside_sub() -> [Row; 4] {
    [
        (Namespace, [Skip, Pass, Pass, Deny, Deny, Odd, Odd]),
        (WorkatoSub, [Skip, Pass, Pass, Deny, Deny, Odd, Odd]),
        (Kid, [Skip, Null, Pass, SubGood, SubGood, Skip, Skip]),
        (Sub, [Skip, Deny, Deny, Deny, Deny, Deny, Deny]),
    ]
}

fn where_all_agree() -> [Row; 4] {
    [
        (Namespace, [Pass, Pass, Pass, Deny, Deny, Odd, Odd]),
        (WorkatoSub, [Pass, Pass, Pass, Pass, Pass, Pass, Pass]),
        (Kid, [Pass, LateNull, Pass, Pass, Pass, Pass, Soft]),
        (Sub, [Pass, LateNull, Pass, Pass, Pass, Pass, Soft]),
    ]
}

/// What a place is changed to: the column of the table, slug, title, edit.
type Value = (usize, &'static str, &'static str, fn() -> Edit);

const VALUES: [Value; 10] = [
    (0, "absent", "is absent", || Edit::Remove),
    (1, "null", "is null", || Edit::Json("null".into())),
    (2, "empty", "is empty", || Edit::Json("\"\"".into())),
    (3, "unknown", "names nobody", || Edit::Role("profile.unknown")),
    (4, "other", "names another profile", || Edit::Role("profile.other")),
    (5, "blank", "is blanks", || Edit::Json("\"  \"".into())),
    (6, "number", "is a number", || Edit::Json("7".into())),
    (6, "true", "is true", || Edit::Json("true".into())),
    (6, "list", "is an empty list", || Edit::Json("[]".into())),
    (6, "object", "is an empty object", || Edit::Json("{}".into())),
];

impl Place {
    const fn slug(self) -> &'static str {
        match self {
            Namespace => "namespace",
            WorkatoSub => "workato-sub",
            Kid => "kid",
            Sub => "sub",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Namespace => "The namespace claim",
            WorkatoSub => "workato_sub",
            Kid => "kid",
            Sub => "sub",
        }
    }

    const fn cite(self) -> &'static str {
        match self {
            Namespace => "WCL-11",
            WorkatoSub => "WCL-12",
            Kid => "WCL-13",
            Sub => "WCL-14",
        }
    }

    const fn change(self, edit: Edit) -> Change {
        match self {
            Namespace => Change::Claim(NAMESPACE, edit),
            WorkatoSub => Change::Claim("workato_sub", edit),
            Kid => Change::Header("kid", edit),
            Sub => Change::Claim("sub", edit),
        }
    }
}

impl Cell {
    /// The family where it is open depends on the kind of value and on its place.
    fn expect(self, place: Place, kind: &str) -> Option<Expect> {
        let order = |kid_first, sub_first| {
            open("WAP-R-claim-order", ("kid-before-sub", kid_first), ("sub-before-kid", sub_first))
        };
        let refuse = Answer::REFUSE;
        match self {
            Skip => None,
            Pass | Soft => Some(Expect::ACCEPT),
            Deny => Some(refused()),
            KidGood => Some(order(Answer::ACCEPT, refuse)),
            SubGood => Some(order(refuse, Answer::ACCEPT)),
            Null | LateNull => {
                Some(open(null_in(place), ("empty", Answer::ACCEPT), ("refused", refuse)))
            }
            Odd => Some(open(odd_value(kind), ("non-empty", refuse), ("empty", Answer::ACCEPT))),
        }
    }

    /// What the documents say about it, with the requirement of its place.
    fn cites(self, column: usize, place: Place) -> Vec<&'static str> {
        let own: &[&str] = match (self, column) {
            (Skip, _) => &[],
            (Deny, 0..=2) => &["WCL-31", "WCL-06"],
            (Deny, 4) => &["WCL-09", "WCL-07", "WCL-08"],
            (Deny, _) => &["WCL-31", "WCL-07", "WCL-08"],
            (Pass | Soft, 0..=2) => &["WCL-06", "WCL-10"],
            (Pass | Soft, _) => &["WCL-08", "WCL-05"],
            (KidGood | SubGood, 4) => &["WCL-05", "WCL-09", "WCL-13", "WCL-14"],
            (KidGood | SubGood, _) => &["WCL-05", "WCL-31", "WCL-13", "WCL-14"],
            (Null | LateNull, _) => &["WCL-06"],
            (Odd, _) => &["WCL-06", "WCL-07", "WCL-08"],
        };
        let mut cites = own.to_vec();
        if !cites.contains(&place.cite()) {
            cites.push(place.cite());
        }
        cites
    }
}

/// One question for each of the two places with a registered name.
const fn null_in(place: Place) -> &'static str {
    if matches!(place, Sub) { "WAP-R-sub-null" } else { "WAP-R-kid-null" }
}

/// One question for each kind of value: who takes a number for a key may take a list for none.
fn odd_value(kind: &str) -> &'static str {
    match kind {
        "number" => "WAP-R-number-key",
        "true" => "WAP-R-boolean-key",
        "list" => "WAP-R-list-key",
        "object" => "WAP-R-object-key",
        _ => "WAP-R-blank-key",
    }
}

pub(super) fn cases() -> Vec<Case> {
    [
        rows(&hmac_kid(), Some(Kid), beside_kid()),
        rows(&hmac_namespace(), Some(Namespace), beside_namespace()),
        rows(&hmac_workato_sub(), Some(WorkatoSub), beside_workato_sub()),
        rows(&hmac_sub(), Some(Sub), beside_sub()),
        rows(&all_agree(), None, where_all_agree()),
    ]
    .concat()
}

fn rows(scene: &Scene, good: Option<Place>, rows: [Row; 4]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (place, cells) in rows {
        for value in VALUES {
            cases.extend(cell(scene, good, place, cells[value.0], value));
        }
    }
    cases
}

fn cell(
    scene: &Scene,
    good: Option<Place>,
    place: Place,
    cell: Cell,
    value: Value,
) -> Option<Case> {
    let (column, slug, phrase, edit) = value;
    let expect = cell.expect(place, slug)?;
    let (behind, beside) = match good {
        None => ("-where-all-agree".to_owned(), "the other three places are good".to_owned()),
        Some(good) if good == place => (String::new(), "no other place is set".to_owned()),
        Some(good) => (format!("-beside-{}", good.slug()), format!("{} is good", good.title())),
    };
    let suffix = if matches!(cell, Pass | Soft) { "-accepted" } else { "" };
    let id = format!("access_refused/{}-{slug}{behind}{suffix}", place.slug());
    let beside = beside.replacen("The", "the", 1);
    let title = format!("{} {phrase}, {beside}", place.title());
    let case = case(&id, &title, scene, &cell.cites(column, place), place.change(edit()), expect);
    Some(match cell {
        Soft => case.hardening(
            "A strict reader of the registered names may refuse a type that stands behind the good key.",
        ),
        LateNull => case.hardening(
            "Only who refuses null outright sees one that stands behind the good key.",
        ),
        _ => case,
    })
}
