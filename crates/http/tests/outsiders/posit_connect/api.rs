//! Integrations, associations and sessions.

use serde_json::{Map, Value, json};

use super::{Connect, Failed, failed, random};
use crate::outsiders::wire::{Answer, Request};

type Done = Result<Answer, Failed>;

fn gone() -> Done {
    Ok(Answer::new(204, "application/json", ""))
}

fn object(request: &Request) -> Result<Map<String, Value>, Failed> {
    match serde_json::from_slice(&request.body) {
        Ok(Value::Object(members)) => Ok(members),
        _ => failed(400, 3, "The request body is no JSON object."),
    }
}

impl Connect {
    pub(super) fn administer(&self, request: &Request, path: &[&str]) -> Done {
        let Some(caller) = self.caller(request) else {
            return failed(401, 24, "An API key is needed.");
        };
        let administrator = caller["rank"] == "administrator";
        match (request.method.as_str(), path) {
            ("PUT", ["content", content, "oauth", "integrations", "associations"]) => {
                if !administrator && self.owner(content) != caller["guid"].as_str() {
                    return failed(403, 22, "This content is another publisher's.");
                }
                self.associate(request, content)
            }
            ("GET", ["content", content, "oauth", "integrations", "associations"]) => {
                self.associations(content)
            }
            (method, ["oauth", "integrations", rest @ ..]) if administrator => {
                self.integrations(request, method, rest)
            }
            ("GET", ["oauth", "sessions"]) if administrator => Ok(self.sessions()),
            ("DELETE", ["oauth", "sessions", guid]) if administrator => {
                self.state().sessions.retain(|session| session.guid != *guid);
                gone()
            }
            (_, ["oauth", ..]) => failed(403, 22, "You may not do this."),
            _ => failed(404, 4, "There is no such thing."),
        }
    }

    fn associate(&self, request: &Request, content: &str) -> Done {
        let Ok(Value::Array(all)) = serde_json::from_slice(&request.body) else {
            return failed(400, 208, "The associations are no list.");
        };
        let guids: Vec<String> = all
            .iter()
            .filter_map(|one| one["oauth_integration_guid"].as_str().map(str::to_owned))
            .collect();
        let known = |guid: &String| self.state().integrations.contains_key(guid);
        if self.owner(content).is_none() {
            return failed(404, 4, "There is no such content.");
        }
        if guids.len() != all.len() || !guids.iter().all(known) {
            return failed(400, 207, "There is no such integration.");
        }
        self.state().associations.insert(content.to_owned(), guids);
        self.associations(content)
    }

    fn associations(&self, content: &str) -> Done {
        let state = self.state();
        let row = |guid: &String| json!({ "content_guid": content, "app_guid": content, "oauth_integration_guid": guid });
        let rows = state.associations.get(content).into_iter().flatten().map(row).collect();
        Ok(Answer::json(200, &Value::Array(rows)))
    }

    fn integrations(&self, request: &Request, method: &str, path: &[&str]) -> Done {
        match (method, path) {
            ("POST", []) => {
                let body = object(request)?;
                let guid = format!("{}-integration", random());
                let config =
                    body.get("config").and_then(Value::as_object).cloned().unwrap_or_default();
                if ["authorization_uri", "token_uri", "client_id"]
                    .iter()
                    .any(|name| !config.contains_key(*name))
                {
                    return failed(400, 229, "The configuration is not whole.");
                }
                self.state().integrations.insert(guid.clone(), config);
                self.shown(&guid)
            }
            ("GET", []) => {
                let guids: Vec<Value> =
                    self.state().integrations.keys().map(|guid| json!({ "guid": guid })).collect();
                Ok(Answer::json(200, &Value::Array(guids)))
            }
            ("GET", [guid]) => self.shown(guid),
            ("PATCH", [guid]) => {
                let changes = object(request)?
                    .get("config")
                    .and_then(Value::as_object)
                    .cloned()
                    .unwrap_or_default();
                if let Some(config) = self.state().integrations.get_mut(*guid) {
                    config.extend(changes);
                }
                self.shown(guid)
            }
            ("DELETE", [guid]) => {
                let mut state = self.state();
                state.integrations.remove(*guid);
                state.sessions.retain(|session| session.integration != *guid);
                state.associations.values_mut().for_each(|all| all.retain(|own| own != guid));
                drop(state);
                gone()
            }
            _ => failed(404, 4, "There is no such thing."),
        }
    }

    fn shown(&self, guid: &str) -> Done {
        let Some(mut config) = self.state().integrations.get(guid).cloned() else {
            return failed(404, 4, "There is no such integration.");
        };
        if !self.way.is("secrets-returned") {
            config.remove("client_secret");
        }
        Ok(Answer::json(
            200,
            &json!({ "guid": guid, "id": guid, "template": "custom", "config": config }),
        ))
    }

    fn sessions(&self) -> Answer {
        let state = self.state();
        let rows = state.sessions.iter().map(|session| {
            json!({
                "guid": session.guid, "user_guid": session.user, "oauth_integration_guid": session.integration,
                "has_refresh_token": !session.refresh.is_empty(),
            })
        });
        Answer::json(200, &rows.collect())
    }
}
