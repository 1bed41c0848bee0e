//! Direct linking. The binding is claimproof's own: the document names codes and no transport.

use claimproof_catalog::workato_direct_link::Code;
use claimproof_verifier::workato_direct_link::{Grant, Violation};

use crate::markup::{self, Element};
use crate::reply::Reply;

const HTML: &str = "text/html; charset=utf-8";

/// The header that carries the code.
pub const CODE_HEADER: &str = "x-claimproof-code";

/// A session and the page, framed by the customer's origin.
pub(super) fn accepted(grant: &Grant<'_>, session: &str) -> Reply {
    let origin = grant.origin.unwrap_or(claimproof_cast::workato_direct_link::DEFAULT_ORIGIN);
    let body = markup::html(&[
        Element::of_text("title", "Linked"),
        Element::of_text("p", format!("Signed in at {}", grant.path)),
    ]);
    Reply::new(200, HTML, body)
        // Usable inside a third-party frame (WDL-BRW-07).
        .with(
            "set-cookie",
            &format!("claimproof_session={session}; Path=/; Secure; HttpOnly; SameSite=None"),
        )
        .with("content-security-policy", &format!("frame-ancestors {origin}"))
}

/// The code in a header and in the page; no session, and the page asked for is not served.
pub(super) fn refused(violation: Option<Violation>) -> Reply {
    let Some(code) = violation.as_ref().and_then(Violation::code) else {
        return page(503, "temporarily unavailable", None);
    };
    if code == Code::XFrameOptions {
        return page(403, "not shown in a frame", None).with("x-frame-options", "SAMEORIGIN");
    }
    page(status(code), "refused", Some(code.as_str()))
}

fn page(status: u16, words: &str, code: Option<&str>) -> Reply {
    let meta =
        code.map(|code| Element::new("meta").with("name", CODE_HEADER).with("content", code));
    let title = Element::of_text("title", format!("Link {words}"));
    let elements: Vec<Element> = meta.into_iter().chain([title]).collect();
    let reply = Reply::new(status, HTML, markup::html(&elements));
    match code {
        Some(code) => reply.with(CODE_HEADER, code),
        None => reply,
    }
}

/// One status a group of codes.
const fn status(code: Code) -> u16 {
    match code {
        Code::HttpRequestInvalid | Code::PathInvalid => 400,
        Code::AlgInvalid
        | Code::IatInvalid
        | Code::IatMissing
        | Code::JtiInvalid
        | Code::JtiMissing
        | Code::JtiReused
        | Code::TokenExpired
        | Code::TokenInvalid
        | Code::TokenMissing
        | Code::TokenSignatureInvalid => 401,
        Code::MemberInvalid
        | Code::MemberUnconfirmed
        | Code::TeamDirectTeamLinkDisabled
        | Code::TeamMissing
        | Code::TeamNotAllowed
        | Code::TeamSamlRequired
        | Code::TeamUnconfirmed
        | Code::VendorAdminMissing
        | Code::VendorDirectTeamLinkDisabled
        | Code::VendorKeyMissing
        | Code::VendorMissing
        | Code::XFrameOptions
        | Code::RefusedToConnect => 403,
    }
}
