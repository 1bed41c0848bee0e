//! Which pages may embed a site: the list against the `Origin` header.

use claimproof_catalog::Profile;
use claimproof_verifier::Verifier;
use claimproof_verifier::tableau_connected_app::{
    Endpoint, Request, TableauConnectedApp, Violation,
};
use proptest::prelude::*;
use rstest::rstest;

use super::make::NOW;
use super::world::{TABLEAU, id, tableau_accounts, tableau_draft, tableau_request, verdict};

const LISTED: &str = "https://portal.example";

fn ask(site: &'static str, endpoint: Endpoint, origin: Option<&str>) -> Result<(), Violation> {
    let token = tableau_draft().token();
    let request = Request { origin, endpoint, ..tableau_request(site, &token) };
    let verifier = Verifier::<TableauConnectedApp>::default();
    verdict(&verifier, &TABLEAU, request, NOW)
        .map(drop)
        .map_err(|all| all[0].violation.clone().unwrap())
}

#[rstest]
#[case::absent(None, Err(Violation::OriginMissing))]
#[case::listed(Some(LISTED), Ok(()))]
#[case::null(Some("null"), Err(Violation::OriginNoUrl))]
#[case::empty(Some(""), Err(Violation::OriginNoUrl))]
#[case::words(Some("not a url"), Err(Violation::OriginNoUrl))]
#[case::bare_host(Some("portal.example"), Err(Violation::OriginNoUrl))]
#[case::host_and_port(Some("portal.example:443"), Err(Violation::OriginNoUrl))]
#[case::opaque(Some("data:text/html,x"), Err(Violation::OriginNoUrl))]
#[case::other_scheme(Some("http://portal.example"), Err(Violation::OriginNotListed))]
#[case::other_port(Some("https://portal.example:8443"), Err(Violation::OriginNotListed))]
#[case::trailing_dot(Some("https://portal.example."), Err(Violation::OriginNotListed))]
#[case::subdomain(Some("https://sub.portal.example"), Err(Violation::OriginNotListed))]
#[case::prefix(Some("https://portal.example.elsewhere.example"), Err(Violation::OriginNotListed))]
#[case::suffix(Some("https://myportal.example"), Err(Violation::OriginNotListed))]
#[case::look_alike(Some("https://xn--prtal-jye.example"), Err(Violation::OriginNotListed))]
#[case::user_info(Some("https://user@portal.example"), Err(Violation::OriginNotListed))]
#[case::as_user_info(
    Some("https://portal.example@elsewhere.example"),
    Err(Violation::OriginNotListed)
)]
#[case::with_path(Some("https://portal.example/page"), Err(Violation::OriginNotListed))]
#[case::with_query(Some("https://portal.example?a"), Err(Violation::OriginNotListed))]
#[case::upper_case(Some("https://PORTAL.example"), Err(Violation::OriginNotListed))]
#[case::two(Some("https://portal.example https://portal.example"), Err(Violation::OriginNoUrl))]
fn under_a_list_with_a_url(#[case] origin: Option<&str>, #[case] expected: Result<(), Violation>) {
    for endpoint in [Endpoint::EmbedXhr, Endpoint::EmbedIframe] {
        assert_eq!(ask("site.listed", endpoint, origin), expected);
    }
}

/// A bare host is no URL (TCA-R-bare-host), so 10105 and 10106 are not met.
#[rstest]
#[case::absent(None, Err(Violation::OriginNotListed))]
#[case::host(Some(LISTED), Ok(()))]
#[case::any_scheme(Some("http://portal.example"), Ok(()))]
#[case::any_port(Some("https://portal.example:8443"), Ok(()))]
#[case::null(Some("null"), Err(Violation::OriginNotListed))]
#[case::words(Some("not a url"), Err(Violation::OriginNotListed))]
#[case::subdomain(Some("https://sub.portal.example"), Err(Violation::OriginNotListed))]
#[case::trailing_dot(Some("https://portal.example."), Err(Violation::OriginNotListed))]
#[case::user_info(Some("https://user@portal.example"), Err(Violation::OriginNotListed))]
fn under_a_bare_host(#[case] origin: Option<&str>, #[case] expected: Result<(), Violation>) {
    assert_eq!(ask("site.bare", Endpoint::EmbedXhr, origin), expected);
}

#[rstest]
#[case::absent(None)]
#[case::valid(Some(LISTED))]
#[case::words(Some("not a url"))]
fn under_an_empty_list_nothing_passes(#[case] origin: Option<&str>) {
    assert_eq!(ask("site.empty", Endpoint::EmbedXhr, origin), Err(Violation::OriginNotListed));
}

/// Unrestricted embedding and REST never look (TCA-10105-pre, TCA-10106-pre).
#[rstest]
#[case("site.ok", Endpoint::EmbedXhr)]
#[case("site.ok", Endpoint::EmbedIframe)]
#[case("site.listed", Endpoint::Rest)]
#[case("site.empty", Endpoint::Rest)]
fn where_no_list_is_in_force(#[case] site: &'static str, #[case] endpoint: Endpoint) {
    for origin in [None, Some("null"), Some("not a url"), Some("https://elsewhere.example")] {
        assert_eq!(ask(site, endpoint, origin), Ok(()), "{origin:?}");
    }
}

/// The port of the scheme counts as written or not; every other must be listed.
#[rstest]
#[case("https://portal.example:443", "https://portal.example", true)]
#[case("http://localhost:3000", "http://localhost:3000", true)]
#[case("http://localhost:3000", "http://localhost:3001", false)]
#[case("http://localhost:3000", "http://localhost", false)]
#[case("https://PORTAL.example/", "https://portal.example", true)]
#[case("https://a.example https://b.example:8443", "https://b.example:8443", true)]
#[case("https://a.example b.example", "http://b.example:81", true)]
#[case("https://a.example b.example", "http://a.example", false)]
#[case("https://xn--bcher-kva.example", "https://xn--bcher-kva.example", true)]
fn entries(#[case] list: &str, #[case] origin: &str, #[case] accepted: bool) {
    let mut accounts = tableau_accounts();
    accounts
        .set_site_embedding(id(Profile::TableauConnectedApp, "site.empty"), false, list)
        .unwrap();
    let token = tableau_draft().token();
    let request = Request { origin: Some(origin), ..tableau_request("site.empty", &token) };
    let verifier = Verifier::<TableauConnectedApp>::default();
    assert_eq!(verdict(&verifier, &accounts, request, NOW).is_ok(), accepted);
}

proptest! {
    /// Under one listed URL exactly its own text passes, the way browsers write it.
    #[test]
    fn no_other_origin_passes(
        before in "(https?|HTTPS)?:?/{0,3}[a-z@.]{0,3}",
        host in prop::sample::select(vec!["portal.example", "Portal.example", "portal\u{3002}example", "xn--portal.example"]),
        after in "[@.:#?/a-z0-9\u{0}-\u{20}]{0,4}",
        arbitrary in any::<String>(),
    ) {
        for origin in [format!("{before}{host}{after}"), format!("{LISTED}{after}"), arbitrary] {
            let accepted = ask("site.listed", Endpoint::EmbedXhr, Some(&origin)).is_ok();
            prop_assert_eq!(accepted, origin == LISTED, "{:?}", origin);
        }
    }
}
