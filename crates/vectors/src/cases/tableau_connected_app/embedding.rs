//! Who may embed, and on-demand access.

mod on_demand;

use super::case;
use super::scenes::{
    LISTED, bare, listed, listed_another_app, listed_second_user, rest_listed, xhr,
};
use crate::case::Case;
use crate::change::{Change, RequestEdit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;

const UNLISTED: &[&str] = &["10092"];
const BAD_ORIGIN: &[&str] = &["10105"];
const NO_ORIGIN: &[&str] = &["10106"];

const NOT_LISTED: &str = "https://elsewhere.example";

pub(super) fn cases() -> Vec<Case> {
    [
        unlisted(),
        other_origins(),
        odd_origins(),
        bad_origins(),
        no_origin(),
        unrestricted(),
        bare_hosts(),
        on_demand::cases(),
    ]
    .concat()
}

const fn origin(value: &'static str) -> Change {
    Change::request_header("origin", value)
}

const fn without_origin() -> Change {
    Change::Request(RequestEdit::Header("origin", None))
}

fn unlisted() -> Vec<Case> {
    let refused = |scene: Scene, slug: &str, title: &str, change| {
        case(
            &scene,
            &format!("10092/{slug}"),
            title,
            &["TCA-10092-unlisted"],
            change,
            Expect::refuse(UNLISTED),
        )
    };
    let near = |slug: &str, title: &str, value| refused(listed(), slug, title, origin(value));
    let to_empty = Change::Roles(&[("site", "site.empty")]);
    vec![
        near("elsewhere", "A page on a domain that is not listed", NOT_LISTED),
        refused(
            listed_second_user(),
            "elsewhere-second-user",
            "Another user on a page that is not listed",
            origin(NOT_LISTED),
        ),
        refused(
            listed_another_app(),
            "elsewhere-another-app",
            "Another app on a page that is not listed",
            origin(NOT_LISTED),
        ),
        near(
            "as-subdomain",
            "The listed host as the start of another",
            "https://portal.example.elsewhere.example",
        ),
        near("as-suffix", "The listed host as the end of another", "https://myportal.example"),
        near("subdomain", "A host below the listed one", "https://sub.portal.example"),
        near("hyphen", "The listed host with a hyphen for its dot", "https://portal-example"),
        refused(listed(), "empty-list", "A valid origin where the list is empty", to_empty.clone()),
        case(
            &xhr(),
            "10092/empty-list-no-origin",
            "No Origin where the list is empty",
            &["TCA-10092-unlisted", "TCA-10106-origin"],
            to_empty,
            Expect::refuse(&["10092", "10106"]),
        ),
    ]
}

/// The listed host in an origin that is another one by RFC 6454 section 5. The document speaks of domains, so this is
/// advice. Capitals and a written default port make no other origin: either, and no case.
fn other_origins() -> Vec<Case> {
    let advised = |slug: &str, title: &str, value| {
        let cites = &["TCA-10092-unlisted", "RFC6454-5"];
        case(
            &listed(),
            &format!("10092/{slug}"),
            title,
            cites,
            origin(value),
            Expect::refuse(UNLISTED),
        )
        .hardening(
            "The document speaks of domains; that this is another origin says RFC 6454 section 5.",
        )
    };
    vec![
        advised("other-port", "The listed host under another port", "https://portal.example:8443"),
        advised("other-scheme", "The listed host under http", "http://portal.example"),
        advised(
            "other-scheme-and-port",
            "The listed host under http and the port of https",
            "http://portal.example:443",
        ),
    ]
}

/// Neither listed nor what a browser would call an origin.
fn odd_origins() -> Vec<Case> {
    let odd = |slug: &str, title: &str, value| {
        let cites = &["TCA-10092-unlisted", "TCA-10105-origin"];
        let expect = Expect::refuse(&["10092", "10105"]);
        case(&listed(), &format!("10092/{slug}"), title, cites, origin(value), expect)
    };
    vec![
        odd("trailing-dot", "The listed host with a dot behind", "https://portal.example."),
        odd(
            "user-info",
            "The listed host as the user name of another",
            "https://portal.example@elsewhere.example",
        ),
        odd(
            "look-alike",
            "The listed host with a foreign letter, in its encoded form",
            "https://xn--prtal-jye.example",
        ),
        odd(
            "in-query",
            "The listed origin in the query of another",
            "https://elsewhere.example/?https://portal.example",
        ),
    ]
}

fn bad_origins() -> Vec<Case> {
    let refused = |scene: Scene, slug: &str, title: &str, value| {
        let id = format!("10105/{slug}");
        case(&scene, &id, title, &["TCA-10105-origin"], origin(value), Expect::refuse(BAD_ORIGIN))
    };
    let either = |slug: &str, title: &str, value| {
        let cites = &["TCA-10105-origin", "TCA-10092-unlisted"];
        let expect = Expect::refuse(&["10105", "10092"]);
        case(&listed(), &format!("10105/{slug}"), title, cites, origin(value), expect)
    };
    vec![
        refused(listed(), "words", "An Origin of words", "not a url"),
        refused(
            listed_second_user(),
            "words-second-user",
            "Another user under an Origin of words",
            "not a url",
        ),
        refused(
            listed_another_app(),
            "words-another-app",
            "Another app under an Origin of words",
            "not a url",
        ),
        refused(listed(), "no-host", "An Origin with a scheme and no host", "https://"),
        refused(listed(), "open-bracket", "An Origin with a bracket left open", "https://[::1"),
        refused(
            listed(),
            "blank-in-host",
            "An Origin with a blank in its host",
            "https://portal .example",
        ),
        refused(listed(), "percent", "An Origin of percent signs", "%%%"),
        either("null", "The Origin null, as a sandboxed page sends it", "null"),
        either("host-alone", "The listed host without a scheme as Origin", "portal.example"),
        either("no-colon", "An Origin without the colon", "https//portal.example"),
    ]
}

fn no_origin() -> Vec<Case> {
    let refused = |scene: Scene, slug: &str, title: &str| {
        let id = format!("10106/{slug}");
        case(&scene, &id, title, &["TCA-10106-origin"], without_origin(), Expect::refuse(NO_ORIGIN))
    };
    let other_header =
        Change::Request(RequestEdit::Header("referer", Some("https://portal.example/page")));
    let referer = case(
        &xhr(),
        "10106/referer-accepted",
        "A Referer and no Origin where embedding is unrestricted",
        &["TCA-10106-pre"],
        other_header,
        Expect::ACCEPT,
    );
    vec![
        refused(listed(), "absent", "No Origin under a list with a URL"),
        refused(listed_second_user(), "absent-second-user", "Another user without Origin"),
        refused(listed_another_app(), "absent-another-app", "Another app without Origin"),
        case(
            &listed(),
            "10106/empty",
            "An empty Origin under a list with a URL",
            &["TCA-10106-origin", "TCA-10105-origin"],
            origin(""),
            Expect::refuse(&["10105", "10106"]),
        ),
        referer,
    ]
}

/// Where nothing is restricted, and on REST, the Origin is nobody's business.
fn unrestricted() -> Vec<Case> {
    let accepted = |scene: Scene, id: &str, title: &str, cite: &'static str, value| {
        case(&scene, id, title, &[cite], origin(value), Expect::ACCEPT)
    };
    vec![
        accepted(
            xhr(),
            "10092/unrestricted-accepted",
            "Any page on an unrestricted site",
            "TCA-10092-unrestricted",
            NOT_LISTED,
        ),
        accepted(
            rest_listed(),
            "10092/rest-accepted",
            "REST sign-in with an Origin that is not listed",
            "TCA-10105-pre",
            NOT_LISTED,
        ),
        accepted(
            xhr(),
            "10105/unrestricted-accepted",
            "An Origin of words on an unrestricted site",
            "TCA-10105-pre",
            "not a url",
        ),
        accepted(
            rest_listed(),
            "10105/rest-accepted",
            "REST sign-in with an Origin of words",
            "TCA-10105-pre",
            "not a url",
        ),
        accepted(
            xhr(),
            "10105/null-unrestricted-accepted",
            "The Origin null on an unrestricted site",
            "TCA-10105-pre",
            "null",
        ),
        accepted(
            rest_listed(),
            "10092/rest-listed-accepted",
            "REST sign-in with a listed Origin",
            "TCA-10092-listed",
            LISTED,
        ),
    ]
}

/// A host without scheme in the list.
fn bare_hosts() -> Vec<Case> {
    let open = |slug: &str, title: &str, cite: &'static str, change, code| {
        let answers = vec![("no", Answer::refuse(UNLISTED)), ("yes", Answer::refuse(code))];
        let expect = Expect::open("TCA-R-bare-host", answers);
        case(
            &bare(),
            &format!("10092/{slug}"),
            title,
            &[cite, "TCA-10092-unlisted"],
            change,
            expect,
        )
    };
    vec![
        open(
            "bare-host-no-origin",
            "No Origin under a list with a bare host",
            "TCA-10106-origin",
            without_origin(),
            NO_ORIGIN,
        ),
        open(
            "bare-host-words",
            "An Origin of words under a list with a bare host",
            "TCA-10105-origin",
            origin("not a url"),
            BAD_ORIGIN,
        ),
        case(
            &bare(),
            "10092/bare-host-elsewhere",
            "A page that is not listed under a list with a bare host",
            &["TCA-10092-unlisted"],
            origin(NOT_LISTED),
            Expect::refuse(UNLISTED),
        ),
    ]
}
