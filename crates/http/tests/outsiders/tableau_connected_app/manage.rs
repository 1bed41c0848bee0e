//! Secrets, apps and embedding settings over REST.

use std::time::Instant;

use serde_json::{Value, json};

use super::{Site, TOKEN, attribute, document, error};
use crate::outsiders::wire::{Answer, Request};

/// No host source holds one of these.
const INVALID: &str = "<>\"`\\{}|^";

fn gone() -> Answer {
    Answer::new(204, "text/plain", "")
}

fn unknown() -> Answer {
    Answer::new(404, "text/plain", "nothing here\n")
}

impl Site {
    /// All is answered with 200 and JSON that says whether it was done; the number of an error is
    /// in `why`.
    pub(super) fn manage_by_token(
        &self,
        request: &Request,
        method: &str,
        site: &str,
        path: &[&str],
    ) -> Answer {
        if request.header("x-office") != Some(TOKEN) {
            return Answer::json(200, &json!({ "done": false, "why": "no such token" }));
        }
        let mut signed_in = request.clone();
        signed_in.headers.push(("x-tableau-auth".to_owned(), TOKEN.to_owned()));
        self.sessions.lock().unwrap().insert(TOKEN.to_owned(), site.to_owned());
        let answer = self.manage(&signed_in, method, site, path);
        let fine = answer
            .headers
            .iter()
            .find(|(name, _)| name == "tableau_status_code")
            .map(|(_, value)| value.clone());
        Answer::json(200, &json!({ "done": answer.status < 300, "why": fine, "made": answer.body }))
    }

    pub(super) fn manage(
        &self,
        request: &Request,
        method: &str,
        site: &str,
        path: &[&str],
    ) -> Answer {
        let session = request.header("x-tableau-auth").unwrap_or_default();
        if self.sessions.lock().unwrap().get(session).is_none_or(|own| own != site) {
            return error(401, "401002", 0, "no session of this site");
        }
        let xml = String::from_utf8_lossy(&request.body).into_owned();
        let listed = attribute(&xml, "domainSafelist")
            .or_else(|| attribute(&xml, "allowList"))
            .unwrap_or_default();
        if listed.chars().any(|c| c.is_control() || INVALID.contains(c)) {
            return error(400, "400000", 133, "an invalid character");
        }
        match (method, path) {
            ("PUT", ["settings", "embedding"]) => self.embedding(site, &xml),
            ("POST", ["connected-apps", "direct-trust"]) => self.create_app(),
            ("PUT", ["connected-apps", "direct-trust", app]) => self.enable(app, &xml),
            ("POST", ["connected-apps", "direct-trust", app, "secrets"]) => self.create_secret(app),
            ("DELETE", ["connected-apps", "direct-trust", app, "secrets", secret]) => {
                self.delete_secret(app, secret)
            }
            _ => unknown(),
        }
    }

    fn embedding(&self, luid: &str, xml: &str) -> Answer {
        let list = attribute(xml, "allowList").unwrap_or_default();
        let entries: Vec<Value> = list.split_whitespace().map(Value::from).collect();
        let unrestricted = attribute(xml, "unrestrictedEmbedding").as_deref() == Some("true");
        self.edit("sites", "luid", luid, |site| {
            site["unrestricted_embedding"] = unrestricted.into();
            site["allow_list"] = entries.into();
            document(200, "<site/>")
        })
    }

    fn create_app(&self) -> Answer {
        let client = self.next();
        let mut directory = self.directory.lock().unwrap();
        let sites: Vec<Value> = directory["sites"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|site| site["content_url"].clone())
            .collect();
        let app = json!({ "client_id": client, "sites": sites, "enabled": false, "secrets": [] });
        directory["apps"].as_array_mut().unwrap().push(app);
        document(201, &format!("<connectedApplication clientId=\"{client}\"/>"))
    }

    fn enable(&self, app: &str, xml: &str) -> Answer {
        let enabled = attribute(xml, "enabled").as_deref() == Some("true");
        self.edit("apps", "client_id", app, |app| {
            if enabled || !self.way.is("app-off-but-served") {
                app["enabled"] = enabled.into();
            }
            document(200, "<connectedApplication/>")
        })
    }

    fn create_secret(&self, app: &str) -> Answer {
        let (id, value) = (self.next(), self.next());
        self.edit("apps", "client_id", app, |app| {
            let secrets = app["secrets"].as_array_mut().unwrap();
            if secrets.len() >= 2 {
                return error(400, "400000", 128, "two secrets at most");
            }
            // In one way the secret that is kept is another one than the caller is told.
            let kept = if self.way.is("new-secret-ignored") { self.next() } else { value.clone() };
            secrets.push(json!({ "id": id, "value": kept }));
            document(201, &format!("<connectedApplicationSecret id=\"{id}\" value=\"{value}\"/>"))
        })
    }

    fn delete_secret(&self, app: &str, secret: &str) -> Answer {
        self.edit("apps", "client_id", app, |app| {
            let secrets = app["secrets"].as_array_mut().unwrap();
            let Some(place) = secrets.iter().position(|own| own["id"] == secret) else {
                return unknown();
            };
            self.deleted.lock().unwrap().push((Instant::now(), secrets.remove(place)));
            gone()
        })
    }

    fn edit(
        &self,
        table: &str,
        column: &str,
        value: &str,
        edit: impl FnOnce(&mut Value) -> Answer,
    ) -> Answer {
        let mut directory = self.directory.lock().unwrap();
        self.past.lock().unwrap().push((Instant::now(), directory.clone()));
        let rows = directory[table].as_array_mut().unwrap();
        rows.iter_mut().find(|row| row[column] == value).map_or_else(unknown, edit)
    }
}
