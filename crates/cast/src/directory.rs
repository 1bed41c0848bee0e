//! What the server's side knows about the players.

use serde::Serialize;

use crate::{posit_connect, tableau_connected_app, workato_api, workato_direct_link};

/// The directory of one profile.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Directory {
    /// Vendors, teams and members.
    WorkatoDirectLink(workato_direct_link::Directory),
    /// Access profiles.
    WorkatoApi(workato_api::Directory),
    /// Sites, apps, secrets and users.
    TableauConnectedApp(tableau_connected_app::Directory),
    /// Users and content.
    PositConnect(posit_connect::Directory),
}
