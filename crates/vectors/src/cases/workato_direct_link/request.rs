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

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn format() -> Vec<Case> {
    let header = Change::request_header;
    let refused = |id: &str, title: &str, cite, change| {
        case(&team(), id, title, &[cite], change, Expect::refuse(HTTP))
    };
    let open = |id: &str, title: &str, value, strict| {
        let answers = vec![("accept-header", Answer::ACCEPT), ("strict", strict)];
        let expect = Expect::open("WDL-R-request-format", answers);
        case(&team(), id, title, &["WDL-HTTP-04", "WDL-HTTP-02"], header("accept", value), expect)
    };
    let accepted = |id: &str, title: &str, change| {
        case(&team(), id, title, &["WDL-HTTP-04"], change, Expect::ACCEPT)
    };
    vec![
        refused(
            "http_request_invalid/accept-json",
            "Accept asks for JSON alone",
            "WDL-HTTP-02",
            header("accept", "application/json"),
        ),
        refused(
            "http_request_invalid/accept-xml",
            "Accept asks for XML alone",
            "WDL-HTTP-02",
            header("accept", "application/xml"),
        ),
        refused(
            "http_request_invalid/accept-image",
            "Accept asks for an image",
            "WDL-HTTP-02",
            header("accept", "image/png"),
        ),
        refused(
            "http_request_invalid/xhr",
            "X-Requested-With says XMLHttpRequest",
            "WDL-HTTP-03",
            header("x-requested-with", "XMLHttpRequest"),
        ),
        refused(
            "http_request_invalid/xhr-lower-case",
            "X-Requested-With in lower case",
            "WDL-HTTP-03",
            header("x-requested-with", "xmlhttprequest"),
        ),
        case(
            &member(),
            "http_request_invalid/xhr-member",
            "A script asks for a member's link",
            &["WDL-HTTP-03"],
            header("x-requested-with", "XMLHttpRequest"),
            Expect::refuse(HTTP),
        ),
        accepted(
            "http_request_invalid/accept-html",
            "Accept names HTML",
            header("accept", "text/html"),
        ),
        accepted(
            "http_request_invalid/accept-xhtml",
            "Accept is a browser's list",
            header(
                "accept",
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
            ),
        ),
        accepted(
            "http_request_invalid/no-accept",
            "No Accept header",
            Change::Request(RequestEdit::Header("accept", None)),
        ),
        accepted(
            "http_request_invalid/other-requested-with",
            "X-Requested-With names an app",
            header("x-requested-with", "com.example.app"),
        ),
        open(
            "http_request_invalid/accept-anything",
            "Accept is */* alone",
            "*/*",
            Answer::refuse(HTTP),
        ),
        malformed("garbage", "\u{16}\u{3}\u{1}garbage\r\n\r\n", "Bytes that are no HTTP"),
        malformed("no-version", "GET\r\n\r\n", "A request line without target and version"),
        malformed(
            "bad-version",
            "GET /direct_link HTTP/9.Z\r\nhost: x\r\n\r\n",
            "An HTTP version that is none",
        ),
    ]
}

/// Media ranges that only look like HTML, and HTML that is written unusually (RFC 9110 section 12.5.1).
fn ranges() -> Vec<Case> {
    let accept = |value| Change::request_header("accept", value);
    let none = |slug: &str, title: &str, cites: &[&'static str], value| {
        let id = format!("http_request_invalid/{slug}");
        case(&team(), &id, title, cites, accept(value), Expect::refuse(HTTP))
    };
    let page = |slug: &str, title: &str, value| {
        let id = format!("http_request_invalid/{slug}-accepted");
        case(&team(), &id, title, &["WDL-HTTP-04"], accept(value), Expect::ACCEPT)
    };
    vec![
        none(
            "accept-html-in-parameter",
            "HTML in a parameter of JSON",
            &["WDL-HTTP-02"],
            "application/json;a=html",
        ),
        none(
            "accept-html-as-parameter",
            "The whole range of HTML in a parameter of JSON",
            &["WDL-HTTP-02"],
            "application/json;a=text/html",
        ),
        none("accept-html5", "A type that only begins like HTML", &["WDL-HTTP-02"], "text/html5"),
        none("accept-html-unwanted", "HTML of weight 0", &["RFC9110-12.4.2"], "text/html;q=0"),
        none(
            "accept-html-unwanted-beside-json",
            "JSON, and HTML of weight 0",
            &["RFC9110-12.4.2"],
            "application/json, text/html; Q=0.000",
        ),
        none(
            "accept-word",
            "The word html alone, which is no media range",
            &["WDL-HTTP-02"],
            "html",
        )
        .hardening("What is no media range says nothing, and a server may read nothing as anything."),
        none(
            "accept-any-application",
            "Any type of application",
            &["WDL-HTTP-02"],
            "application/*",
        )
        .hardening("The range covers XHTML too, which is a page."),
        page(
            "accept-html-in-capitals",
            "HTML in other letter case, with a parameter",
            "Text/HTML ; charset=utf-8",
        ),
        page(
            "accept-html-last",
            "HTML behind JSON, with little weight",
            "application/json, text/html;q=0.1",
        )
        .hardening("HTML is named with less weight than JSON, and a server may answer the request for what weighs most (RFC 9110 section 12.4.2)."),
        case(
            &team(),
            "http_request_invalid/accept-any-text",
            "Any type of text",
            &["WDL-HTTP-04", "WDL-HTTP-02"],
            accept("text/*"),
            Expect::open(
                "WDL-R-request-format",
                vec![("accept-header", Answer::ACCEPT), ("strict", Answer::refuse(HTTP))],
            ),
        ),
    ]
}

fn malformed(slug: &str, bytes: &'static str, title: &str) -> Case {
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
    vec![
        case(
            &team(),
            "token_missing/absent",
            "No token at all",
            &["WDL-JWT-22"],
            token(None),
            absent,
        ),
        case(
            &team(),
            "token_missing/empty",
            "An empty token",
            &["WDL-JWT-22", "WDL-JWT-18"],
            token(Some("")),
            empty.clone(),
        ),
        case(
            &team(),
            "token_missing/blank",
            "A token of blanks",
            &["WDL-JWT-22", "WDL-JWT-18"],
            token(Some("   ")),
            empty,
        ),
        case(
            &team(),
            "token_invalid/undefined",
            "The word undefined",
            &["WDL-JWT-18"],
            token(Some("undefined")),
            literal.clone(),
        ),
        case(
            &team(),
            "token_invalid/null",
            "The word null",
            &["WDL-JWT-18"],
            token(Some("null")),
            literal,
        ),
    ]
}
