//! What must be true of the roles of Posit Connect.

use crate::conditions::{Condition, GRADED, Probe, UNKNOWN, row};

const FIRST_EXCHANGE: Probe =
    Probe::Not("the acceptance proof exchanges with it: refused there, no case is graded");

/// The conditions, by role; the first that fits counts.
pub(super) const CONDITIONS: &[Condition] = &[
    row("admin", "is an administrator with this API key", FIRST_EXCHANGE),
    row(
        "publisher",
        "is a publisher with this API key, who owns `content.1` and so on",
        FIRST_EXCHANGE,
    ),
    row("publisher.other", "is another publisher, who owns `content.other`", GRADED),
    row("publisher.unknown", "does not exist", UNKNOWN),
    row("viewer.a", "is a viewer who may see every content here", FIRST_EXCHANGE),
    row(
        "viewer.b",
        "is another one",
        Probe::Not("its login is a step of the cases that need two viewers"),
    ),
    row(
        "viewer.*",
        "is the identifier of the viewer of that name",
        Probe::Not("it only tells sessions apart"),
    ),
    row("content.other", "is a content of `publisher.other`", GRADED),
    row(
        "content.*",
        "is a content of `publisher` with no integration; a case borrows two",
        FIRST_EXCHANGE,
    ),
    row(
        "subject.good",
        "is a subject token of a viewer with a session, for a content with an integration",
        FIRST_EXCHANGE,
    ),
    row("subject.*", "is a subject token of the state that its name says", GRADED),
];
