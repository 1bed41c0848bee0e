//! Why a column of the coverage cannot exist, requirement by requirement and rule by rule.

use claimproof_catalog::requirements::{Kind, Observable, Requirement};
use claimproof_catalog::rules::Rule;

type Reasons = &'static [(&'static str, &'static str)];

fn stated(reasons: Reasons, id: &str) -> Option<&'static str> {
    reasons.iter().find(|(own, _)| *own == id).map(|(_, why)| *why)
}

/// Why nothing tries it: what it would take, or who alone sees it.
pub(super) fn untestable(one: &Requirement) -> Option<&'static str> {
    stated(NOT_TRIED, one.id).or_else(|| one.untestable())
}

const NOT_TRIED: Reasons = &[
    (
        "WDL-MSG-01",
        "sent by postMessage from the frame to the page around it; it takes a browser that runs both",
    ),
    (
        "WDL-MSG-02",
        "sent by postMessage from the frame to the page around it; it takes a browser that runs both",
    ),
    (
        "WDL-MSG-03",
        "the browser delivers a postMessage or not; it takes one that runs the frame in pages of two origins",
    ),
    (
        "WDL-MSG-07",
        "the setting shows in which page receives a postMessage; it takes a browser that runs the frame in several pages",
    ),
    (
        "TCA-10102-api",
        "the version of the vendor's embedding library in the page; no request carries it, so it takes that library in a \
         JavaScript engine",
    ),
    (
        "WCL-24",
        "a step of the configuration: no document says how a token is answered whose key belongs to a profile of another \
         method, which has no key to verify with",
    ),
];

/// What no vector can hold.
pub(super) fn not_in_token(one: &Requirement) -> Option<&'static str> {
    let token = one.is_observable(Observable::Token);
    (!token).then_some("in no token: seen on a server only")
}

/// Which requirements no generator reaches, and why.
pub(super) fn no_property(one: &Requirement) -> Option<&'static str> {
    if !one.is_observable(Observable::Token) {
        return Some("a single exchange with a server: nothing to generate");
    }
    let reading =
        no_mutant(one).filter(|why| why.contains("readings") || one.kind == Kind::Provider);
    let fixture = one.needs_fixture.then_some("one fixture, one flag: nothing to generate");
    reading.or_else(|| stated(WITHOUT_PROPERTY, one.id)).or(fixture)
}

/// Requirements that say what passes, or what the whole profile is about, have no fault of their
/// own.
pub(super) fn no_mutant(one: &Requirement) -> Option<&'static str> {
    if one.kind == Kind::Provider {
        return Some("spoken by the provider: its vectors judge the suite's own");
    }
    stated(WITHOUT_MUTANT, one.id)
}

/// Why no server is asked about a rule.
pub(super) fn no_case(rule: &Rule) -> Option<&'static str> {
    stated(RULES_WITHOUT_CASE, rule.id)
}

/// Why no fault of ours breaks a rule.
pub(super) fn rule_without_mutant(rule: &Rule) -> Option<&'static str> {
    stated(RULES_WITHOUT_MUTANT, rule.id)
}

const WITHOUT_PROPERTY: Reasons = &[
    (
        "WCL-04",
        "whatever is no token is refused by several steps, all with one answer: no fault of one shows",
    ),
    (
        "WAP-TOK-07",
        "whatever is no token is refused by several steps, all with one answer: no fault of one shows",
    ),
    ("PCO-RT-02", "one sentence: nothing to generate"),
    ("PCO-ST-05", "one member of a token whose internals are declared: nothing to generate"),
    ("PCO-ST-07", "two tokens of a script: nothing to generate"),
    ("PCO-AZ-01", "happens at the protected resource, which is the suite's own"),
];

const WITHOUT_MUTANT: Reasons = &[
    ("PCO-AZ-01", "happens at the protected resource, which is the suite's own"),
    (
        "WDL-HTTP-01",
        "bytes that are no HTTP are answered by the HTTP library, which no edit reaches",
    ),
    ("TCA-CTX-surfaces", "says where codes arise; every fault of a refusal breaks it"),
    ("TCA-CTX-inspectable", "says where codes are seen; every fault of a refusal breaks it"),
    ("WAP-SIG-03", "\"any value\" and \"256 bits\" are readings that both conform"),
    ("WAP-SIG-05", "\"any value\" and \"256 bits\" are readings that both conform"),
    ("WAP-SIG-07", "the text as entered and what it decodes to are readings that both conform"),
    ("WAP-SIG-09", "concerns the key as it is configured, which the token crate's tests hold"),
];

const RULES_WITHOUT_CASE: Reasons = &[
    ("RFC8725-3.11", "it advises to refuse other kinds of token; either answer conforms"),
    ("PCX-21", "of a later edition of the document"),
    ("PCX-22", "of a later edition of the document"),
];

const RULES_WITHOUT_MUTANT: Reasons = &[
    ("RFC7518-3.2", "\"any value\" and \"256 bits\" are readings that both conform"),
    ("RFC8725-3.11", "it advises to refuse other kinds of token; either answer conforms"),
    ("PCX-21", "of a later edition of the document"),
    ("PCX-22", "of a later edition of the document"),
];
