//! What a direct link's request may be: paths, `Accept`, scripts, SAML, the token parameter.

use std::sync::LazyLock;

use claimproof_catalog::Profile;
use claimproof_verifier::Verifier;
use claimproof_verifier::workato_direct_link::{Policy, Request, Violation, WorkatoDirectLink};
use proptest::prelude::*;
use rstest::rstest;
use url::Url;

use super::make::{NOW, quoted};
use super::world::{DIRECT_LINK, id, link_draft, link_request, verdict};

fn good() -> &'static str {
    static GOOD: LazyLock<String> = LazyLock::new(|| link_draft().token());
    &GOOD
}

fn ask(policy: Policy, request: Request<'_>) -> Result<(), Violation> {
    let verifier = Verifier::<WorkatoDirectLink>::new(policy);
    verdict(&verifier, &DIRECT_LINK, request, NOW)
        .map(drop)
        .map_err(|all| all[0].violation.clone().unwrap())
}

/// Under the letter, and under the reading of the vendor's clients.
fn ask_path(path: Option<&str>) -> [Result<(), Violation>; 2] {
    [false, true].map(|relative_paths| {
        let policy = Policy { relative_paths, ..Policy::default() };
        ask(policy, Request { path, ..link_request(good()) })
    })
}

#[rstest]
#[case::page("https://app.claimproof.example/recipes")]
#[case::query("https://app.claimproof.example/recipes?a=b#c")]
#[case::root("https://app.claimproof.example")]
#[case::upper_case("HTTPS://APP.CLAIMPROOF.EXAMPLE/")]
#[case::foreign_in_query("https://app.claimproof.example/?next=https://elsewhere.example")]
fn paths_accepted(#[case] path: &str) {
    assert_eq!(ask_path(Some(path)), [Ok(()), Ok(())]);
}

#[rstest]
#[case::plain("http://app.claimproof.example/recipes", Violation::PathNotHttps)]
#[case::ftp("ftp://app.claimproof.example/", Violation::PathNotHttps)]
#[case::script("javascript:alert(1)", Violation::PathNotHttps)]
#[case::data("data:text/html,x", Violation::PathNotHttps)]
#[case::file("file:///etc/passwd", Violation::PathNotHttps)]
#[case::scheme_relative("//app.claimproof.example/recipes", Violation::PathNotUrl)]
#[case::three_slashes("///app.claimproof.example", Violation::PathNotUrl)]
#[case::slash_backslash("/\\elsewhere.example", Violation::PathNotUrl)]
#[case::backslashes("\\\\elsewhere.example", Violation::PathNotUrl)]
#[case::host_alone("app.claimproof.example/recipes", Violation::PathNotUrl)]
#[case::words("not a url", Violation::PathNotUrl)]
#[case::empty("", Violation::PathNotUrl)]
#[case::no_host("https://", Violation::PathNotUrl)]
#[case::no_slashes("https:app.claimproof.example/", Violation::PathNotUrl)]
#[case::one_slash("https:/app.claimproof.example/", Violation::PathNotUrl)]
#[case::backslashes_behind_scheme("https:\\\\app.claimproof.example/", Violation::PathNotUrl)]
#[case::third_slash("https:///app.claimproof.example/", Violation::PathNotUrl)]
#[case::leading_blank(" https://app.claimproof.example/", Violation::PathNotUrl)]
#[case::port_alone("https://:443/recipes", Violation::PathNotUrl)]
#[case::bracket("https://[", Violation::PathNotUrl)]
#[case::blank_in_host("https://app.claimproof .example/", Violation::PathNotUrl)]
#[case::blank_behind_host("https://app.claimproof.example /recipes", Violation::PathNotUrl)]
#[case::backslash_behind_host("https://app.claimproof.example\\recipes", Violation::PathNotUrl)]
#[case::blank_further("https://app.claimproof.example/a b", Violation::PathNotUrl)]
#[case::backslash_further("https://app.claimproof.example/a\\b", Violation::PathNotUrl)]
#[case::port_too_large("https://app.claimproof.example:99999/", Violation::PathNotUrl)]
#[case::own_user_info("https://user@app.claimproof.example/", Violation::PathNotUrl)]
#[case::nul("https://app.claimproof.example/\u{0}", Violation::PathControl)]
#[case::tab_in_scheme("ht\ttps://app.claimproof.example/", Violation::PathControl)]
#[case::line_break("/recipes\r\nSet-Cookie: a=b", Violation::PathControl)]
#[case::c1_control("https://app.claimproof.example/\u{85}", Violation::PathControl)]
#[case::foreign("https://elsewhere.example/recipes", Violation::PathForeignHost)]
#[case::user_info("https://app.claimproof.example@elsewhere.example/", Violation::PathNotUrl)]
#[case::subdomain("https://sub.app.claimproof.example/", Violation::PathForeignHost)]
#[case::suffix("https://app.claimproof.example.elsewhere.example/", Violation::PathForeignHost)]
#[case::trailing_dot("https://app.claimproof.example./", Violation::PathForeignHost)]
#[case::backslash_host(
    "https://elsewhere.example\\@app.claimproof.example/",
    Violation::PathNotUrl
)]
fn paths_refused(#[case] path: &str, #[case] violation: Violation) {
    assert_eq!(ask_path(Some(path)), [Err(violation.clone()), Err(violation)]);
}

#[rstest]
#[case("/")]
#[case("/recipes")]
#[case("/recipes?next=//elsewhere.example")]
fn relative_paths_by_reading(#[case] path: &str) {
    assert_eq!(ask_path(Some(path)), [Err(Violation::PathRelative), Ok(())]);
}

#[test]
fn a_path_is_needed_and_a_foreign_host_is_a_reading() {
    assert_eq!(ask_path(None), [Err(Violation::PathNotUrl), Err(Violation::PathNotUrl)]);
    let any_host = Policy { host: None, ..Policy::default() };
    assert_eq!(
        ask(any_host, Request { path: Some("https://elsewhere.example/"), ..link_request(good()) }),
        Ok(())
    );
}

#[rstest]
#[case::absent(None, true)]
#[case::html(Some("text/html"), true)]
#[case::xhtml(Some("application/xhtml+xml"), true)]
#[case::any_text(Some("text/*"), true)]
#[case::anything(Some("*/*"), true)]
#[case::browser(
    Some("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"),
    true
)]
#[case::case_and_blanks(Some(" Text/HTML ; charset=utf-8 "), true)]
#[case::later_in_list(Some("application/json, text/html;q=0.1"), true)]
#[case::not_wanted(Some("text/html;q=0"), false)]
#[case::not_wanted_either(Some("application/json, text/html; Q=0.000"), false)]
#[case::json(Some("application/json"), false)]
#[case::xml(Some("application/xml"), false)]
#[case::any_application(Some("application/*"), false)]
#[case::image(Some("image/png"), false)]
#[case::prefix(Some("text/html5"), false)]
#[case::in_parameter(Some("application/json;a=text/html"), false)]
#[case::words(Some("html"), false)]
fn formats(#[case] accept: Option<&str>, #[case] page: bool) {
    let seen = ask(Policy::default(), Request { accept, ..link_request(good()) });
    assert_eq!(seen, if page { Ok(()) } else { Err(Violation::NotHtml) });
}

#[rstest]
#[case("XMLHttpRequest", false)]
#[case(" xmlhttprequest ", false)]
#[case("com.example.browser", true)]
#[case("", true)]
fn scripts(#[case] with: &str, #[case] accepted: bool) {
    let seen =
        ask(Policy::default(), Request { requested_with: Some(with), ..link_request(good()) });
    assert_eq!(seen, if accepted { Ok(()) } else { Err(Violation::Xhr) });
}

#[rstest]
#[case::absent(None)]
#[case::empty(Some(""))]
#[case::blanks(Some(" \t\n"))]
fn no_token(#[case] token: Option<&str>) {
    assert_eq!(
        ask(Policy::default(), Request { token, ..link_request("") }),
        Err(Violation::TokenMissing)
    );
}

#[test]
fn a_saml_session_clears_the_demand() {
    let id = |role| id(Profile::WorkatoDirectLink, role);
    let mut draft = link_draft();
    draft.payload.set("sub", quoted(&format!("{}:{}", id("vendor.ok"), id("team.saml"))));
    let token = draft.token();
    assert_eq!(ask(Policy::default(), link_request(&token)), Err(Violation::SamlRequired));
    assert_eq!(
        ask(Policy::default(), Request { saml_session: true, ..link_request(&token) }),
        Ok(())
    );
}

/// Whether the page of this host counts as ours where the host is ours.
fn leads_home(host: &str, rest: &str) -> bool {
    let policy = Policy { host: Some(host.to_owned()), ..Policy::default() };
    let path = format!("https://{host}/{rest}");
    let seen = ask(policy, Request { path: Some(&path), ..link_request(good()) });
    let due = Url::parse(&path).is_ok_and(|url| url.host_str() == Some(host));
    assert_eq!(seen.is_ok(), due, "{path}: {seen:?}");
    due
}

/// A host that is written plainly need not be parsed; of any other parsing has the word.
#[rstest]
#[case::plain("app.example-1.com", true)]
#[case::one_label("localhost", true)]
#[case::address("192.0.2.1", true)]
#[case::upper_case("App.example", false)]
#[case::upper_case_at_the_end("app.Example", false)]
#[case::umlaut("b\u{fc}ro.example", false)]
#[case::percent("%61.example", false)]
#[case::punycode_as_it_is_written("xn--a.example", true)]
#[case::empty_punycode("xn--.example", false)]
#[case::short_address("127.1", false)]
#[case::hexadecimal("0x7f.0.0.1", false)]
#[case::blank("a b.example", false)]
fn a_host_is_ours_as_parsing_reads_it(#[case] host: &str, #[case] due: bool) {
    assert_eq!(leads_home(host, "recipes"), due);
    assert_eq!(leads_home(host, ""), due);
}

#[test]
fn a_fourth_segment_of_the_subject_is_refused() {
    let id = |role| id(Profile::WorkatoDirectLink, role);
    let with = |rest: &str| {
        let mut draft = link_draft();
        draft.payload.set("sub", quoted(&format!("{}:{}{rest}", id("vendor.ok"), id("team.ok"))));
        ask(Policy::default(), link_request(&draft.token()))
    };
    let member = format!(":{}", id("member.ok"));
    assert_eq!((with(""), with(&member)), (Ok(()), Ok(())));
    assert_eq!(with(&format!("{member}:x")), Err(Violation::SubSegments { found: 4 }));
    assert_eq!(with(&format!("{member}:")), Err(Violation::SubSegments { found: 4 }));
}

proptest! {
    #[test]
    fn any_host_is_ours_as_parsing_reads_it(
        host in "[a-zA-Z0-9.\\-]{1,12}|[a-z]{1,4}\\.(xn--[a-z]{0,4}|0x[0-9a-f]{1,3}|example)",
        rest in "[a-z0-9/?#.:@%]{0,12}",
    ) {
        leads_home(&host, &rest);
    }

    /// Around the host of ours: what passes is https, has no control character, and leads nowhere else.
    #[test]
    fn no_hostile_path_passes(
        before in "(https?|ftp|HTTPS)?:?[/\\\\]{0,3}([a-z]{1,4}[@.:])?",
        after in "[@.:#?/\\\\%a-z\u{0}-\u{20}\u{a0}]{0,8}(elsewhere\\.example)?",
        relative in any::<bool>(),
    ) {
        let path = format!("{before}app.claimproof.example{after}");
        let policy = Policy { relative_paths: relative, ..Policy::default() };
        if ask(policy, Request { path: Some(&path), ..link_request(good()) }).is_ok() {
            prop_assert!(!path.contains(char::is_control));
            if let Some(rest) = path.strip_prefix('/') {
                prop_assert!(relative && !rest.starts_with(['/', '\\']));
            } else {
                // By the letter, with nothing mended: what stands between the prefix and the first of these is host
                // and port, and nowhere is there a blank or a backslash.
                let (scheme, rest) = path.split_at("https://".len());
                prop_assert!(scheme.eq_ignore_ascii_case("https://"));
                prop_assert!(!path.contains([' ', '\\']));
                let authority = rest.split(['/', '?', '#']).next().unwrap();
                let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
                prop_assert_eq!(host, "app.claimproof.example");
                prop_assert!(port.is_empty() || port.parse::<u16>().is_ok());
            }
        }
    }
}
