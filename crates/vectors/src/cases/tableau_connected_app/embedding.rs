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
    let refused = |id: &str, title: &str, scene: Scene, change| {
        case(id, title, &scene, &["TCA-10092-unlisted"], change, Expect::refuse(UNLISTED))
    };
    let near = |id: &str, title: &str, value| refused(id, title, listed(), origin(value));
    let to_empty = Change::Roles(&[("site", "site.empty")]);
    cases! {
        near:
            "10092/elsewhere", "A page on a domain that is not listed": NOT_LISTED;
        refused:
            "10092/elsewhere-second-user", "Another user on a page that is not listed":
                listed_second_user(), origin(NOT_LISTED);
            "10092/elsewhere-another-app", "Another app on a page that is not listed":
                listed_another_app(), origin(NOT_LISTED);
        near:
            "10092/as-subdomain", "The listed host as the start of another":
                "https://portal.example.elsewhere.example";
            "10092/as-suffix", "The listed host as the end of another": "https://myportal.example";
            "10092/subdomain", "A host below the listed one": "https://sub.portal.example";
            "10092/hyphen", "The listed host with a hyphen for its dot": "https://portal-example";
        refused:
            "10092/empty-list", "A valid origin where the list is empty":
                listed(), to_empty.clone();
        case:
            "10092/empty-list-no-origin", "No Origin where the list is empty":
                &xhr(), &["TCA-10092-unlisted", "TCA-10106-origin"], to_empty,
                Expect::refuse(&["10092", "10106"]);
    }
}

/// The listed host in an origin that is another one by RFC 6454 section 5. The document speaks of domains, so this is
/// advice. Capitals and a written default port make no other origin: either, and no case.
fn other_origins() -> Vec<Case> {
    let advised = |id: &str, title: &str, value| {
        let cites = &["TCA-10092-unlisted", "RFC6454-5"];
        case(id, title, &listed(), cites, origin(value), Expect::refuse(UNLISTED)).hardening(
            "The document speaks of domains; that this is another origin says RFC 6454 section 5.",
        )
    };
    cases! { advised:
        "10092/other-port", "The listed host under another port": "https://portal.example:8443";
        "10092/other-scheme", "The listed host under http": "http://portal.example";
        "10092/other-scheme-and-port", "The listed host under http and the port of https":
            "http://portal.example:443";
    }
}

/// Neither listed nor what a browser would call an origin.
fn odd_origins() -> Vec<Case> {
    let odd = |id: &str, title: &str, value| {
        let cites = &["TCA-10092-unlisted", "TCA-10105-origin"];
        let expect = Expect::refuse(&["10092", "10105"]);
        case(id, title, &listed(), cites, origin(value), expect)
    };
    cases! { odd:
        "10092/trailing-dot", "The listed host with a dot behind": "https://portal.example.";
        "10092/user-info", "The listed host as the user name of another":
            "https://portal.example@elsewhere.example";
        "10092/look-alike", "The listed host with a foreign letter, in its encoded form":
            "https://xn--prtal-jye.example";
        "10092/in-query", "The listed origin in the query of another":
            "https://elsewhere.example/?https://portal.example";
    }
}

fn bad_origins() -> Vec<Case> {
    let refused = |id: &str, title: &str, scene: Scene, value| {
        case(id, title, &scene, &["TCA-10105-origin"], origin(value), Expect::refuse(BAD_ORIGIN))
    };
    let either = |id: &str, title: &str, value| {
        let cites = &["TCA-10105-origin", "TCA-10092-unlisted"];
        let expect = Expect::refuse(&["10105", "10092"]);
        case(id, title, &listed(), cites, origin(value), expect)
    };
    cases! {
        refused:
            "10105/words", "An Origin of words": listed(), "not a url";
            "10105/words-second-user", "Another user under an Origin of words":
                listed_second_user(), "not a url";
            "10105/words-another-app", "Another app under an Origin of words":
                listed_another_app(), "not a url";
            "10105/no-host", "An Origin with a scheme and no host": listed(), "https://";
            "10105/open-bracket", "An Origin with a bracket left open": listed(), "https://[::1";
            "10105/blank-in-host", "An Origin with a blank in its host":
                listed(), "https://portal .example";
            "10105/percent", "An Origin of percent signs": listed(), "%%%";
        either:
            "10105/null", "The Origin null, as a sandboxed page sends it": "null";
            "10105/host-alone", "The listed host without a scheme as Origin": "portal.example";
            "10105/no-colon", "An Origin without the colon": "https//portal.example";
    }
}

fn no_origin() -> Vec<Case> {
    let refused = |id: &str, title: &str, scene: Scene| {
        case(id, title, &scene, &["TCA-10106-origin"], without_origin(), Expect::refuse(NO_ORIGIN))
    };
    let referer = Change::request_header("referer", "https://portal.example/page");
    cases! {
        refused:
            "10106/absent", "No Origin under a list with a URL": listed();
            "10106/absent-second-user", "Another user without Origin": listed_second_user();
            "10106/absent-another-app", "Another app without Origin": listed_another_app();
        case:
            "10106/empty", "An empty Origin under a list with a URL":
                &listed(), &["TCA-10106-origin", "TCA-10105-origin"], origin(""),
                Expect::refuse(&["10105", "10106"]);
            "10106/referer-accepted", "A Referer and no Origin where embedding is unrestricted":
                &xhr(), &["TCA-10106-pre"], referer, Expect::ACCEPT;
    }
}

/// Where nothing is restricted, and on REST, the Origin is nobody's business.
fn unrestricted() -> Vec<Case> {
    let accepted = |id: &str, title: &str, scene: Scene, cite: &'static str, value| {
        case(id, title, &scene, &[cite], origin(value), Expect::ACCEPT)
    };
    cases! { accepted:
        "10092/unrestricted-accepted", "Any page on an unrestricted site":
            xhr(), "TCA-10092-unrestricted", NOT_LISTED;
        "10092/rest-accepted", "REST sign-in with an Origin that is not listed":
            rest_listed(), "TCA-10105-pre", NOT_LISTED;
        "10105/unrestricted-accepted", "An Origin of words on an unrestricted site":
            xhr(), "TCA-10105-pre", "not a url";
        "10105/rest-accepted", "REST sign-in with an Origin of words":
            rest_listed(), "TCA-10105-pre", "not a url";
        "10105/null-unrestricted-accepted", "The Origin null on an unrestricted site":
            xhr(), "TCA-10105-pre", "null";
        "10092/rest-listed-accepted", "REST sign-in with a listed Origin":
            rest_listed(), "TCA-10092-listed", LISTED;
    }
}

/// A host without scheme in the list.
fn bare_hosts() -> Vec<Case> {
    let open = |id: &str, title: &str, cite: &'static str, change, code| {
        let answers = vec![("no", Answer::refuse(UNLISTED)), ("yes", Answer::refuse(code))];
        let expect = Expect::open("TCA-R-bare-host", answers);
        case(id, title, &bare(), &[cite, "TCA-10092-unlisted"], change, expect)
    };
    cases! {
        open:
            "10092/bare-host-no-origin", "No Origin under a list with a bare host":
                "TCA-10106-origin", without_origin(), NO_ORIGIN;
            "10092/bare-host-words", "An Origin of words under a list with a bare host":
                "TCA-10105-origin", origin("not a url"), BAD_ORIGIN;
        case:
            "10092/bare-host-elsewhere", "A page that is not listed under a list with a bare host":
                &bare(), &["TCA-10092-unlisted"], origin(NOT_LISTED), Expect::refuse(UNLISTED);
    }
}
