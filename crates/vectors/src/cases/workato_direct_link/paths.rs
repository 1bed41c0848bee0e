//! The path of a link: what is valid and begins with `https://`, by the letter and as vendor clients send it.
//!
//! Every path is made of the target's own page, so that nothing but its form can be what is refused.

use super::{case, team};
use crate::case::Case;
use crate::change::{Change, RequestEdit};
use crate::expect::{Answer, Expect};

type Alter = fn(&str) -> String;

const PATH: &[&str] = &["path_invalid"];

pub(super) fn cases() -> Vec<Case> {
    [schemes(), invalid(), advised(), relative(), foreign(), accepted()].concat()
}

/// The target's own page as an https URL, altered.
fn page(what: &'static str, alter: Alter) -> Change {
    Change::Request(RequestEdit::FieldAs("path", "page", what, alter))
}

fn refused(slug: &str, title: &'static str, cite: &'static str, alter: Alter) -> Case {
    case(
        &format!("path_invalid/{slug}"),
        title,
        &team(),
        &[cite],
        page(title, alter),
        Expect::refuse(PATH),
    )
}

fn behind_scheme(page: &str) -> &str {
    page.strip_prefix("https://").unwrap_or(page)
}

/// Host and port, and what follows them.
fn parts(page: &str) -> (&str, &str) {
    let rest = behind_scheme(page);
    rest.split_at(rest.find('/').unwrap_or(rest.len()))
}

/// What does not begin with `https://`, whatever a URL parser of the WHATWG makes of it.
fn schemes() -> Vec<Case> {
    let other = |slug: &str, title, alter| refused(slug, title, "WDL-PATH-02", alter);
    cases! { other:
        "http", "A path over plain HTTP": |p| format!("http://{}", behind_scheme(p));
        "ftp", "A path with another scheme": |p| format!("ftp://{}", behind_scheme(p));
        "javascript", "A script in place of a path": |_| "javascript:alert(1)".to_owned();
        "data", "A document in place of a path": |_| "data:text/html,x".to_owned();
        "longer-scheme", "A scheme that only begins with https":
            |p| format!("httpsx://{}", behind_scheme(p));
        "no-colon", "No colon behind https": |p| format!("https//{}", behind_scheme(p));
        "no-slashes", "No slashes behind https:": |p| format!("https:{}", behind_scheme(p));
        "one-slash", "One slash behind https:": |p| format!("https:/{}", behind_scheme(p));
        "backslashes", "Backslashes behind https:": |p| format!("https:\\\\{}", behind_scheme(p));
        "leading-blank", "A blank before the path": |p| format!(" {p}");
        "https-in-query", "A plain HTTP path with an https one in its query":
            |p| format!("http://{}?next={p}", behind_scheme(p));
        "https-in-script", "A script with an https path in its comment":
            |p| format!("javascript:alert(1)//{p}");
    }
}

/// What begins rightly and is no URI, or one without a host.
fn invalid() -> Vec<Case> {
    let no_uri = |slug: &str, title, alter| refused(slug, title, "WDL-PATH-01", alter);
    vec![
        no_uri("no-host", "A scheme and nothing else", |_| "https://".to_owned()),
        no_uri("three-slashes", "A third slash in place of the host", |p| {
            format!("https:///{}", behind_scheme(p))
        }),
        no_uri("port-alone", "A port without a host", |p| format!("https://:443{}", parts(p).1)),
        no_uri("bracket", "An opening bracket in place of the host", |_| "https://[".to_owned()),
        no_uri("blank-in-host", "A blank inside the host", |p| {
            let (host, rest) = parts(p);
            format!("https://{} {}{rest}", &host[..1], &host[1..])
        }),
        no_uri("blank-behind-host", "A blank behind the host", |p| {
            let (host, rest) = parts(p);
            format!("https://{host} {rest}")
        }),
        no_uri("backslash-behind-host", "A backslash behind the host", |p| {
            let (host, rest) = parts(p);
            format!("https://{host}\\{}", rest.trim_start_matches('/'))
        }),
        no_uri("scheme-relative", "A path that starts with two slashes", |p| {
            format!("//{}", behind_scheme(p))
        }),
        no_uri("control-character", "A line end inside the path", |p| format!("{p}\r\nx")),
        no_uri("nul", "A NUL behind the path", |p| format!("{p}\0")),
        no_uri("c1-control", "A control character outside ASCII behind the path", |p| {
            format!("{p}\u{85}")
        }),
        no_uri("tab", "A tab inside the scheme", |p| format!("ht\ttps://{}", behind_scheme(p))),
    ]
}

/// What RFC 3986 does not allow and most parsers mend, and what RFC 9110 wants to be treated as a mistake.
fn advised() -> Vec<Case> {
    cases! { refused:
        "blank-further-behind", "A blank behind the path's first slash":
            "RFC3986-3", |p| format!("{p}/a b");
        "backslash-further-behind", "A backslash behind the path's first slash":
            "RFC3986-3", |p| format!("{p}\\b");
        "port-too-large", "A port beyond 65535":
            "RFC3986-3",
            |p| {
                let (host, rest) = parts(p);
                format!("https://{}:99999{rest}", host.split(':').next().unwrap_or_default())
            };
        "user-info", "User information before the host":
            "RFC9110-4.2.4", |p| format!("https://user@{}", behind_scheme(p));
    }
}

/// By the letter none of them begins with `https://`; vendor clients send site-relative paths, and what else is
/// relative then is either.
fn relative() -> Vec<Case> {
    let open = |slug: &str, title: &'static str, client: Answer, alter: Alter| {
        let answers = vec![("letter", Answer::refuse(PATH)), ("vendor-client", client)];
        let expect = Expect::open("WDL-R-path-form", answers);
        let id = format!("path_invalid/{slug}");
        case(&id, title, &team(), &["WDL-PATH-02", "WDL-PATH-01"], page(title, alter), expect)
    };
    let either = || Answer::either(PATH);
    cases! { open:
        "site-relative", "A site-relative path, as vendor clients send it":
            Answer::ACCEPT, |p| parts(p).1.to_owned();
        "host-alone", "A host and a path without a scheme":
            either(), |p| behind_scheme(p).to_owned();
        "slash-backslash", "A slash and a backslash before the host":
            either(), |p| format!("/\\{}", behind_scheme(p));
        "words", "Words in place of a path": either(), |_| "no path at all".to_owned();
        "empty", "An empty path": either(), |_| String::new();
    }
}

/// No document speaks of hosts.
fn foreign() -> Vec<Case> {
    let open = |slug: &str, title: &'static str, alter: Alter| {
        let answers = vec![("target-path", Answer::refuse(PATH)), ("any-host", Answer::ACCEPT)];
        let expect = Expect::open("WDL-R-path-subject", answers);
        case(
            &format!("path_invalid/{slug}"),
            title,
            &team(),
            &["WDL-PATH-01"],
            page(title, alter),
            expect,
        )
    };
    vec![
        open("foreign-host", "An https path on another host", |p| {
            format!("https://elsewhere.example{}", parts(p).1)
        }),
        open("foreign-suffix", "The own host as the beginning of another one", |p| {
            let (host, rest) = parts(p);
            format!(
                "https://{}.elsewhere.example{rest}",
                host.split(':').next().unwrap_or_default()
            )
        }),
        open("foreign-behind-user", "The own host as user information before another one", |p| {
            let (host, rest) = parts(p);
            format!(
                "https://{}@elsewhere.example{rest}",
                host.split(':').next().unwrap_or_default()
            )
        }),
    ]
}

/// The own page in the form the target takes, with more behind it.
fn accepted() -> Vec<Case> {
    let own = |slug: &str, title: &'static str, alter: Alter| {
        let change = Change::Request(RequestEdit::FieldAs("path", "path", title, alter));
        // What a page makes of a query it does not know is its own affair, so it is advice.
        case(
            &format!("path_invalid/{slug}-accepted"),
            title,
            &team(),
            &["RFC3986-3"],
            change,
            Expect::ACCEPT,
        )
    };
    vec![
        own("query", "The own page with a query and a fragment", |p| format!("{p}?a=b%20c#d")),
        own("foreign-in-query", "The own page with a foreign one in its query", |p| {
            format!("{p}?next=https://elsewhere.example")
        }),
    ]
}
