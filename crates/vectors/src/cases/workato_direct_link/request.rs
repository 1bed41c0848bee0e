//! The request: its format, the path, the presence of a token.

use claimproof_catalog::Profile;

use super::{case, member, team};
use crate::case::{Act, Case, Turn};
use crate::change::{Change, RequestEdit};
use crate::expect::{Answer, Expect};

const HTTP: &[&str] = &["http_request_invalid"];
const NO_TOKEN: &[&str] = &["token_missing"];

pub(super) fn cases() -> Vec<Case> {
    [format(), ranges(), tokens()].concat()
}

fn format() -> Vec<Case> {
    let header = Change::request_header;
    let refused = |id: &str, title: &str, cite, change| {
        case(id, title, &team(), &[cite], change, Expect::refuse(HTTP))
    };
    let open = |id: &str, title: &str, value, strict| {
        let answers = vec![("accept-header", Answer::ACCEPT), ("strict", strict)];
        let expect = Expect::open("WDL-R-request-format", answers);
        case(id, title, &team(), &["WDL-HTTP-04", "WDL-HTTP-02"], header("accept", value), expect)
    };
    let accepted = |id: &str, title: &str, change| {
        case(id, title, &team(), &["WDL-HTTP-04"], change, Expect::ACCEPT)
    };
    cases! {
        refused:
            "http_request_invalid/accept-json", "Accept asks for JSON alone":
                "WDL-HTTP-02", header("accept", "application/json");
            "http_request_invalid/accept-xml", "Accept asks for XML alone":
                "WDL-HTTP-02", header("accept", "application/xml");
            "http_request_invalid/accept-image", "Accept asks for an image":
                "WDL-HTTP-02", header("accept", "image/png");
            "http_request_invalid/xhr", "X-Requested-With says XMLHttpRequest":
                "WDL-HTTP-03", header("x-requested-with", "XMLHttpRequest");
            "http_request_invalid/xhr-lower-case", "X-Requested-With in lower case":
                "WDL-HTTP-03", header("x-requested-with", "xmlhttprequest");
        case:
            "http_request_invalid/xhr-member", "A script asks for a member's link":
                &member(), &["WDL-HTTP-03"], header("x-requested-with", "XMLHttpRequest"),
                Expect::refuse(HTTP);
        accepted:
            "http_request_invalid/accept-html", "Accept names HTML": header("accept", "text/html");
            "http_request_invalid/accept-xhtml", "Accept is a browser's list":
                header(
                    "accept",
                    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
                );
            "http_request_invalid/no-accept", "No Accept header":
                Change::Request(RequestEdit::Header("accept", None));
            "http_request_invalid/other-requested-with", "X-Requested-With names an app":
                header("x-requested-with", "com.example.app");
        open:
            "http_request_invalid/accept-anything", "Accept is */* alone":
                "*/*", Answer::refuse(HTTP);
        malformed:
            "garbage", "Bytes that are no HTTP": "\u{16}\u{3}\u{1}garbage\r\n\r\n";
            "no-version", "A request line without target and version": "GET\r\n\r\n";
            "bad-version", "An HTTP version that is none":
                "GET /direct_link HTTP/9.Z\r\nhost: x\r\n\r\n";
    }
}

/// Media ranges that only look like HTML, and HTML that is written unusually (RFC 9110 section 12.5.1).
fn ranges() -> Vec<Case> {
    let accept = |value| Change::request_header("accept", value);
    let none = |slug: &str, title: &str, cites: &[&'static str], value| {
        let id = format!("http_request_invalid/{slug}");
        case(&id, title, &team(), cites, accept(value), Expect::refuse(HTTP))
    };
    let page = |slug: &str, title: &str, value| {
        let id = format!("http_request_invalid/{slug}-accepted");
        case(&id, title, &team(), &["WDL-HTTP-04"], accept(value), Expect::ACCEPT)
    };
    cases! {
        none:
            "accept-html-in-parameter", "HTML in a parameter of JSON":
                &["WDL-HTTP-02"], "application/json;a=html";
            "accept-html-as-parameter", "The whole range of HTML in a parameter of JSON":
                &["WDL-HTTP-02"], "application/json;a=text/html";
            "accept-html5", "A type that only begins like HTML": &["WDL-HTTP-02"], "text/html5";
            "accept-html-unwanted", "HTML of weight 0": &["RFC9110-12.4.2"], "text/html;q=0";
            "accept-html-unwanted-beside-json", "JSON, and HTML of weight 0":
                &["RFC9110-12.4.2"], "application/json, text/html; Q=0.000";
            "accept-word", "The word html alone, which is no media range":
                &["WDL-HTTP-02"], "html"
                => hardening("What is no media range says nothing, and a server may read nothing as anything.");
            "accept-any-application", "Any type of application":
                &["WDL-HTTP-02"], "application/*"
                => hardening("The range covers XHTML too, which is a page.");
        page:
            "accept-html-in-capitals", "HTML in other letter case, with a parameter":
                "Text/HTML ; charset=utf-8";
            "accept-html-last", "HTML behind JSON, with little weight":
                "application/json, text/html;q=0.1"
                => hardening("HTML is named with less weight than JSON, and a server may answer the request for what weighs most (RFC 9110 section 12.4.2).");
        case:
            "http_request_invalid/accept-any-text", "Any type of text":
                &team(), &["WDL-HTTP-04", "WDL-HTTP-02"], accept("text/*"),
                Expect::open(
                    "WDL-R-request-format",
                    vec![("accept-header", Answer::ACCEPT), ("strict", Answer::refuse(HTTP))],
                );
    }
}

fn malformed(slug: &str, title: &str, bytes: &'static str) -> Case {
    let answers = vec![("code", Answer::refuse(HTTP)), ("front", Answer::REFUSE)];
    let expect = Expect::open("WDL-R-malformed-http", answers);
    let turn = Turn::new(Act::Raw(bytes), expect);
    Case::script(
        Profile::WorkatoDirectLink,
        &format!("http_request_invalid/{slug}"),
        title,
        &["WDL-HTTP-01"],
        vec![turn],
    )
}

fn tokens() -> Vec<Case> {
    let token = |text| Change::Request(RequestEdit::Token(text));
    let absent = Expect::refuse(NO_TOKEN);
    let empty = Expect::refuse(&["token_missing", "token_invalid"]);
    let literal = Expect::refuse(&["token_invalid"]);
    cases! { case:
        "token_missing/absent", "No token at all": &team(), &["WDL-JWT-22"], token(None), absent;
        "token_missing/empty", "An empty token":
            &team(), &["WDL-JWT-22", "WDL-JWT-18"], token(Some("")), empty.clone();
        "token_missing/blank", "A token of blanks":
            &team(), &["WDL-JWT-22", "WDL-JWT-18"], token(Some("   ")), empty;
        "token_invalid/undefined", "The word undefined":
            &team(), &["WDL-JWT-18"], token(Some("undefined")), literal.clone();
        "token_invalid/null", "The word null":
            &team(), &["WDL-JWT-18"], token(Some("null")), literal;
    }
}
