//! Writing a target file: what is needed and nothing else, each table with what it is.

use std::path::Path;

use claimproof_cast::{ExposeSecret, MADE_SECRET, Player, Players, SigningKey, is_stranger};
use claimproof_files::{Keys, Why, WriteError, write_with_keys};
use serde::Serialize;
use toml_edit::{DocumentMut, Item, Table};

use super::{PlayerEntry, Target};

const HEAD: &str = "\
# Written by `serve --write-target`: how the suite reaches this server, tells its answers apart, and plays on it.
# The keys are public test keys. What the file leaves out has the default of the format.
";

const ACCOUNTS: &str = "
# Who plays: the role, what it goes by at this server, and what it signs with or proves itself by, in files beside this one.
# Roles that only have to be unknown to the server are made up.
";

/// Writes a target file with its players; their keys go into a folder beside it, both for their
/// owner alone.
pub fn write(
    target: &Target,
    players: &Players,
    path: &Path,
    force: bool,
) -> Result<(), WriteError> {
    let fail = |what: String| WriteError { path: path.to_owned(), why: Why::Content(what) };
    write_with_keys(path, force, |keys| {
        let mut bare = target.clone();
        bare.players.clear();
        let mut document = needed(&bare).map_err(fail)?;
        explain(&mut document);
        // A secret that is made has no value before.
        let played = players.iter().filter(|(role, _)| !is_stranger(role) && *role != MADE_SECRET);
        let accounts = played.map(|(role, player)| entry(role, player, keys)).collect();
        let accounts = toml::to_string(&Accounts { account: accounts })
            .map_err(|error| fail(error.to_string()))?;
        Ok(format!("{HEAD}\n{document}{ACCOUNTS}{accounts}"))
    })
}

#[derive(Serialize)]
struct Accounts {
    account: Vec<PlayerEntry>,
}

fn entry(role: &str, player: &Player, keys: &Keys) -> PlayerEntry {
    let mut entry =
        PlayerEntry { role: role.to_owned(), id: player.id.clone(), ..PlayerEntry::default() };
    let put = |suffix: &str, text: &str| Some(keys.put(&format!("{role}.{suffix}"), text));
    match &player.key {
        Some(SigningKey::Secret(secret)) => {
            entry.secret_file = put("secret", secret.expose_secret())
        }
        Some(SigningKey::Rsa { private, configured, .. }) => {
            entry.private_key_file = put("private.pem", private.expose_secret());
            entry.public_key_file = put("public.pem", configured);
        }
        None => {}
    }
    entry
}

/// The target without each member that it means the same without: so no default has to be named
/// here again.
fn needed(target: &Target) -> Result<DocumentMut, String> {
    let whole = toml::to_string(target).map_err(|error| error.to_string())?;
    let mut document: DocumentMut =
        whole.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
    let means = |text: &str| {
        toml::from_str(text).ok().and_then(|target: Target| toml::to_string(&target).ok())
    };
    for path in members(document.as_item(), &Vec::new()) {
        let mut fewer = document.clone();
        if remove(fewer.as_item_mut(), &path).is_some()
            && means(&fewer.to_string()).as_ref() == Some(&whole)
        {
            document = fewer;
        }
    }
    Ok(document)
}

/// A member by name, an element of an array by its number.
type Steps = Vec<String>;

/// Every member, each before what is in it.
fn members(item: &Item, at: &Steps) -> Vec<Steps> {
    let below = |name: &str| -> Steps { at.iter().cloned().chain([name.to_owned()]).collect() };
    let mut all = Vec::new();
    for (name, inner) in item.as_table_like().into_iter().flat_map(|table| table.iter()) {
        all.push(below(name));
        all.extend(members(inner, &below(name)));
    }
    for (n, table) in item.as_array_of_tables().into_iter().flatten().enumerate() {
        all.extend(members(&Item::Table(table.clone()), &below(&n.to_string())));
    }
    all
}

fn remove(item: &mut Item, path: &[String]) -> Option<()> {
    match path {
        [] => None,
        [last] => item.as_table_like_mut()?.remove(last).map(drop),
        [first, rest @ ..] => {
            let inner = match item.as_array_of_tables_mut() {
                Some(all) => return remove_from(all.get_mut(first.parse().ok()?)?, rest),
                None => item.as_table_like_mut()?.get_mut(first)?,
            };
            remove(inner, rest)
        }
    }
}

fn remove_from(table: &mut Table, path: &[String]) -> Option<()> {
    match path {
        [last] => table.remove(last).map(drop),
        [first, rest @ ..] => remove(table.get_mut(first)?, rest),
        [] => None,
    }
}

/// Puts above each table what it is.
fn explain(document: &mut DocumentMut) {
    for (name, item) in document.as_table_mut().iter_mut() {
        let name = name.get().to_owned();
        match item {
            Item::Table(table) => explain_table(table, &name),
            Item::ArrayOfTables(all) => {
                all.iter_mut().for_each(|table| explain_table(table, &name))
            }
            Item::None | Item::Value(_) => {}
        }
    }
}

fn explain_table(table: &mut Table, path: &str) {
    if let Some(what) = what(path, table.get("name").and_then(Item::as_str)) {
        table.decor_mut().set_prefix(format!("\n# {what}\n"));
    }
    for (name, item) in table.iter_mut() {
        let path = format!("{path}.{}", name.get());
        match item {
            Item::Table(inner) => explain_table(inner, &path),
            Item::ArrayOfTables(all) => {
                all.iter_mut().for_each(|inner| explain_table(inner, &path))
            }
            Item::None | Item::Value(_) => {}
        }
    }
}

/// What a table is, by its path; a surface by its name too.
#[expect(clippy::too_many_lines, reason = "one table, a row a place")]
fn what(path: &str, name: Option<&str>) -> Option<String> {
    let fixed = match (path, name) {
        ("surface", Some("direct-link")) => {
            "A surface, where tokens are presented: the direct link a browser opens."
        }
        ("surface", Some("api")) => {
            "A surface, where tokens are presented: a call of the API platform."
        }
        ("surface", Some("embed-xhr")) => {
            "A surface, where tokens are presented: the sign-in of embedded content."
        }
        ("surface", Some("rest")) => {
            "A surface, where tokens are presented: the sign-in of the REST API."
        }
        ("surface", Some("embed-iframe")) => {
            "A surface, where tokens are presented: the page of an embedded view."
        }
        ("surface", Some("exchange")) => {
            "A surface: content exchanges its subject token for an access token."
        }
        ("surface", Some("login")) => "A surface: where a viewer's login ends.",
        ("surface", _) => "A surface, where tokens are presented.",
        ("surface.request", _) => "Its request; {...} is filled in.",
        ("surface.request.headers" | "surface.request.query" | "surface.request.form", _) => {
            return None;
        }
        ("surface.accept", _) => "What an acceptance looks like: all of this.",
        ("surface.refuse", _) => "What a refusal looks like: all of this.",
        ("surface.code", _) => {
            "A place where the code of a refusal is read; the first one that has it counts."
        }
        ("fields", _) => "What {...} stands for unless a case says otherwise.",
        ("codes", _) => "Codes of this server, and the documented ones they stand for.",
        ("readings", _) => "Readings this server declares: only these pass.",
        ("capabilities", _) => "What the suite may do beyond sending requests.",
        ("clock", _) => "How it can be another time for this server.",
        ("clock.set", _) => "The request that moves the clock for everybody.",
        ("clock.back", _) => "The request that sets it back.",
        ("claims", _) => "Claims that every token for this server has.",
        ("header", _) => "Members that the header of every token for this server has.",
        ("limits", _) => "Numbers that the documents leave to a server.",
        ("session", _) => {
            "How a management session is had: a sign-in on this surface, and what is read from its answer."
        }
        ("manage", _) | ("session.read", _) => return None,
        (path, _) => {
            let name = path.strip_prefix("manage.")?;
            return (!name.contains('.'))
                .then(|| format!("A management method: {}.", method(name)));
        }
    };
    Some(fixed.to_owned())
}

fn method(name: &str) -> &str {
    match name {
        "create-secret" => "adds a secret to an app; the first group of `made` is its ID",
        "delete-secret" => "deletes the secret that was added",
        "secrets" => {
            "lists the secrets of an app; the first group of each match of `made` is an ID"
        }
        "create-app" => "makes an app; the first group of `made` is its client ID",
        "enable-app" => "switches an app on or off",
        "embedding" => "sets where a site may be embedded",
        "origin" => "sets the embedding origin of a customer",
        "store" => "switches the store of used ids off and on",
        "integration-create" => "makes an integration; the first group of `made` is its GUID",
        "integration-read" => "reads an integration",
        "integrations" => "lists all integrations",
        "integration-update" => "changes an integration",
        "integration-delete" => "deletes the integration that was made",
        "associate" => "associates the integration with content",
        "dissociate" => "takes all integrations from content",
        "associations" => "lists the integrations of content",
        "sessions" => "lists the sessions of all viewers",
        "session-delete" => "deletes a session",
        "viewer-login" => "logs a viewer's browser in; cookies of the answer are kept",
        "login" => "begins a viewer's login at the integration",
        "visit" => "opens content; the first group of `made` is the subject token it shows",
        "visit-solo" => "opens content that leads to the login by itself",
        "dashboard" => {
            "opens the page of content in the dashboard; the first group of `made` is the login it offers"
        }
        other => other,
    }
}
