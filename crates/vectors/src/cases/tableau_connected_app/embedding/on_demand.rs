//! On-demand access: sites that are not Cloud, sites without the license, the iframe path.

use super::super::scenes::{
    embed, licensed_iframe, licensed_iframe_second_user, on_demand_groups, on_demand_scene,
    second_user, server, server_second_user,
};
use super::super::{NO_USER, case, on_demand};
use crate::case::Case;
use crate::change::{Change, RequestEdit};
use crate::expect::{Answer, Expect};
use crate::presentation::Surface;
use crate::scene::Scene;

const NO_FEATURE: &[&str] = &["67"];
const NO_LICENSE: &[&str] = &["10101", "67"];
const NOT_IN_IFRAME: &[&str] = &["10102"];

pub(super) fn cases() -> Vec<Case> {
    [not_cloud(), unlicensed(), framed(), passing_users(), not_asked_for()].concat()
}

/// Which form of the claim asks for on-demand access: text, as the base cases have it, or a boolean.
fn by_form(string: Answer, boolean: Answer) -> Expect {
    Expect::open("TCA-R-oda-value", vec![("string", string), ("boolean", boolean)])
}

fn not_cloud() -> Vec<Case> {
    let refused = |id: &str, title: &str, scene: Scene, change| {
        let cites = &["TCA-67-oda", "TCA-67-cloud"];
        case(id, title, &scene, cites, change, Expect::refuse(NO_FEATURE))
    };
    let to_server = || Change::Roles(&[("site", "site.server")]);
    cases! {
        refused:
            "67/on-demand", "On-demand access on a site that is not Cloud":
                server(), on_demand("\"true\"");
            "67/on-demand-second-user", "On-demand access there for another user":
                server_second_user(), on_demand("\"true\"");
            "67/on-demand-xhr", "On-demand access there by the library's request":
                on_demand_scene(), to_server();
            "67/on-demand-groups", "On-demand access there with groups":
                on_demand_groups(), to_server();
        case:
            "67/new-user", "On-demand access on a site that is not Cloud, for nobody's name":
                &on_demand_scene(), &["TCA-67-oda"],
                Change::Roles(&[("site", "site.server"), ("user", "user.unknown")]),
                Expect::refuse(&["67", "5", "16"]);
            "67/boolean", "On-demand access as a boolean on a site that is not Cloud":
                &server(), &["TCA-67-oda"], on_demand("true"),
                by_form(Answer::ACCEPT, Answer::refuse(NO_FEATURE));
    }
}

fn unlicensed() -> Vec<Case> {
    let refused = |id: &str, title: &str, scene: Scene, change| {
        let cites = &["TCA-10101-ubp", "TCA-67-oda"];
        case(id, title, &scene, cites, change, Expect::refuse(NO_LICENSE))
    };
    let to_unlicensed = || Change::Roles(&[("site", "site.ok")]);
    cases! {
        refused:
            "10101/on-demand", "On-demand access on a Cloud site without the license":
                embed(), on_demand("\"true\"");
            "10101/on-demand-second-user", "On-demand access without the license, another user":
                second_user(), on_demand("\"true\"");
            "10101/on-demand-xhr", "On-demand access without the license, by the library's request":
                on_demand_scene(), to_unlicensed();
            "10101/on-demand-groups", "On-demand access without the license, with groups":
                on_demand_groups(), to_unlicensed();
        case:
            "10101/boolean", "On-demand access as a boolean without the license":
                &embed(), &["TCA-10101-ubp", "TCA-67-oda"], on_demand("true"),
                by_form(Answer::ACCEPT, Answer::refuse(NO_LICENSE));
    }
}

fn framed() -> Vec<Case> {
    let cites = &["TCA-10102-iframe"];
    let refused = |id: &str, title: &str, scene: Scene, change| {
        case(id, title, &scene, cites, change, Expect::refuse(NOT_IN_IFRAME))
    };
    let to_iframe = Change::Request(RequestEdit::Surface(Surface::EmbedIframe));
    cases! {
        refused:
            "10102/on-demand", "On-demand access through the iframe path":
                licensed_iframe(), on_demand("\"true\"");
            "10102/on-demand-second-user", "On-demand access through the iframe path, another user":
                licensed_iframe_second_user(), on_demand("\"true\"");
            "10102/on-demand-groups", "On-demand access with groups through the iframe path":
                on_demand_groups(), to_iframe;
        case:
            "10102/boolean", "On-demand access as a boolean through the iframe path":
                &licensed_iframe(), cites, on_demand("true"),
                by_form(Answer::ACCEPT, Answer::refuse(NOT_IN_IFRAME));
    }
}

/// A name nobody has, where on-demand access is granted.
fn passing_users() -> Vec<Case> {
    let open = |id: &str, title: &str, scene: Scene| {
        let answers = vec![("accepted", Answer::ACCEPT), ("refused", Answer::refuse(NO_USER))];
        let expect = Expect::open("TCA-R-on-demand-unknown-sub", answers);
        let cites = &["TCA-5-unknown", "TCA-16-sub-unknown", "TCA-10101-ok"];
        case(id, title, &scene, cites, Change::Roles(&[("user", "user.unknown")]), expect)
    };
    cases! { open:
        "5/on-demand", "On-demand access for a name nobody has": on_demand_scene();
        "16/on-demand-groups", "On-demand access with groups for a name nobody has":
            on_demand_groups();
    }
}

/// Values that ask for nothing. The document does not give the claim's form, so `TRUE` or 1 may ask for it and no case
/// says otherwise; that `false` asks for it nobody can read out of it. Nobody's name gets in by it, and to refuse
/// somebody's for it is advised against alone.
fn not_asked_for() -> Vec<Case> {
    let rows: [(&str, &str, &'static str); 6] = [
        ("text-false", "the text false", "\"false\""),
        ("text-false-capitals", "the text FALSE", "\"FALSE\""),
        ("false", "false", "false"),
        ("zero", "0", "0"),
        ("null", "null", "null"),
        ("empty", "the empty text", "\"\""),
    ];
    let refused = |(slug, words, json): (&str, &str, &'static str)| {
        let changes = vec![on_demand(json), Change::Roles(&[("user", "user.unknown")])];
        let cites = &["TCA-5-unknown", "TCA-16-sub-unknown"];
        let title = format!("A name nobody has where on-demand access is {words}");
        let id = format!("5/on-demand-{slug}");
        case(&id, &title, &on_demand_scene(), cites, changes, Expect::REFUSE)
    };
    let accepted = |(slug, words, json): (&str, &str, &'static str)| {
        let title = format!("A user of a site that is not Cloud where on-demand access is {words}");
        let id = format!("67/{slug}-accepted");
        case(&id, &title, &server(), &["CPX-odd-accept"], on_demand(json), Expect::ACCEPT)
    };
    rows.into_iter().map(refused).chain(rows.into_iter().map(accepted)).collect()
}
