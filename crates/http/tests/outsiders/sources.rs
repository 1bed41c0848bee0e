//! The servers are strangers to the project, and each row is a way one of them knows.

use claimproof_catalog::Profile;

use super::list::{By, faults, variants};

const SHARED: &[&str] = &[include_str!("wire.rs"), include_str!("json.rs"), include_str!("jwt.rs")];
const PROXY: &str = include_str!("proxy.rs");

fn own(profile: Profile) -> &'static [&'static str] {
    match profile {
        Profile::WorkatoDirectLink => &[
            include_str!("workato_direct_link.rs"),
            include_str!("workato_direct_link/judge.rs"),
            include_str!("workato_direct_link/replay.rs"),
            include_str!("workato_direct_link/request.rs"),
        ],
        Profile::WorkatoApi => &[
            include_str!("workato_api.rs"),
            include_str!("workato_api/credentials.rs"),
            include_str!("workato_api/judge.rs"),
        ],
        Profile::TableauConnectedApp => &[
            include_str!("tableau_connected_app.rs"),
            include_str!("tableau_connected_app/judge.rs"),
            include_str!("tableau_connected_app/manage.rs"),
            include_str!("tableau_connected_app/origin.rs"),
        ],
        Profile::PositConnect => &[
            include_str!("posit_connect.rs"),
            include_str!("posit_connect/api.rs"),
            include_str!("posit_connect/exchange.rs"),
            include_str!("posit_connect/login.rs"),
            include_str!("posit_connect/provider.rs"),
        ],
    }
}

#[test]
fn the_servers_use_no_crate_of_ours() {
    for profile in Profile::ALL {
        for source in own(profile).iter().chain(SHARED) {
            assert!(
                !source.contains("claimproof_"),
                "{profile}: {}",
                source.lines().next().unwrap_or_default()
            );
        }
    }
}

/// A name nobody asks for would be the plain server under another name.
#[test]
fn every_row_is_a_way_its_server_knows() {
    let rows = faults().into_iter().map(|row| (row.profile, row.by, row.name));
    for (profile, by, name) in
        rows.chain(variants().into_iter().map(|row| (row.profile, row.by, row.name)))
    {
        let asked = format!("\"{name}\"");
        let start = include_str!("start.rs");
        let known = match by {
            By::Proxy => PROXY.contains(&asked),
            By::Own => own(profile)
                .iter()
                .chain(SHARED)
                .chain([&start])
                .any(|source| source.contains(&asked)),
        };
        assert!(known || name == "plain", "{profile}: no server knows `{name}`");
    }
}
