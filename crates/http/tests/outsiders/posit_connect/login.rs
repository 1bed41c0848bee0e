//! What a viewer's browser does: the login at Connect, at a provider, content.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use super::provider::Said;
use super::{Connect, Failed, Login, OWN_CLOCK, Session, State, Subject, failed, random};
use crate::outsiders::wire::{Answer, Request};

const SUBJECT_LIFE: f64 = 600.0;
const NO_REFRESH_TOKEN: &str = "No refresh token found in response. Refresh tokens are required to update access tokens when they expire. Are you missing the offline_access scope in the OAuth integration configuration?";

type Done = Result<Answer, Failed>;

fn redirect(to: &str) -> Answer {
    Answer::new(302, "text/plain", "").with("location", to)
}

impl Connect {
    pub(super) async fn browse(&self, request: &Request, path: &[&str]) -> Done {
        match (request.method.as_str(), path) {
            ("GET", ["__login__"]) => return Ok(self.form()),
            ("POST", ["__login__"]) => return self.enter(request),
            _ => {}
        }
        let Some(viewer) = self.viewer(request) else { return failed(401, 24, "Log in first.") };
        match (request.method.as_str(), path) {
            ("GET", ["__oauth__", "integrations", "callback"]) => {
                self.come_back(request, &viewer).await
            }
            ("GET", ["__oauth__", "integrations", guid, "login"]) => {
                self.begin(request, &viewer, guid)
            }
            ("GET", ["connect", "content", content, "access"]) => self.dashboard(&viewer, content),
            ("GET", ["content", content]) => self.visit(request, &viewer, content),
            _ => failed(404, 4, "There is no such page."),
        }
    }

    fn form(&self) -> Answer {
        let hidden = random();
        self.state().hidden.push(hidden.clone());
        let form =
            format!("<form method=post><input type=hidden name=once value=\"{hidden}\"></form>");
        Answer::new(200, "text/html", form)
            .with("set-cookie", &format!("form={hidden}; Path=/__login__"))
    }

    /// In one way a form counts once, from the browser it was shown to.
    fn was_shown(&self, request: &Request, once: &str) -> bool {
        let mut state = self.state();
        let place = state.hidden.iter().position(|own| own == once);
        let is_own = request.all("cookie").any(|line| line.contains(&format!("form={once}")));
        place.is_some_and(|place| state.hidden.remove(place) == once && is_own)
    }

    fn enter(&self, request: &Request) -> Done {
        let form = request.form();
        let member =
            |name: &str| form.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value);
        if self.way.is(OWN_CLOCK) && !self.was_shown(request, member("once")) {
            return failed(403, 24, "That form is not yours.");
        }
        let user =
            self.user("name", member("user")).filter(|user| user["password"] == member("password"));
        let Some(guid) = user.and_then(|user| user["guid"].as_str()) else {
            return failed(401, 24, "No such user.");
        };
        let cookie = random();
        self.state().cookies.insert(cookie.clone(), guid.to_owned());
        Ok(self
            .page(200, "Welcome.")
            .with("set-cookie", &format!("connect={cookie}; Path=/; HttpOnly")))
    }

    fn callback(&self) -> String {
        let path = if self.way.is("wrong-redirect-uri") {
            "oauth/callback"
        } else {
            "__oauth__/integrations/callback"
        };
        format!("{}/{path}", self.url)
    }

    /// RFC 6749 section 4.1.1, RFC 7636 section 4.3.
    fn begin(&self, request: &Request, viewer: &str, guid: &str) -> Done {
        let Some(config) = self.state().integrations.get(guid).cloned() else {
            return failed(404, 4, "There is no such integration.");
        };
        let text = |name: &str| config.get(name).and_then(Value::as_str).unwrap_or_default();
        let (state, verifier) = (random(), random());
        let Ok(mut url) = Url::parse(text("authorization_uri")) else {
            return failed(400, 229, "No such address.");
        };
        let mut query = url.query_pairs_mut();
        query.append_pair("response_type", "code").append_pair("client_id", text("client_id"));
        query.append_pair("scope", text("scopes")).append_pair("state", &state);
        if !self.way.is("redirect-uri-left-out") {
            query.append_pair("redirect_uri", &self.callback());
        }
        if uses_pkce(&config) {
            let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
            query
                .append_pair("code_challenge", &challenge)
                .append_pair("code_challenge_method", "S256");
        }
        drop(query);
        let back = request.parameter("content");
        let login = Login {
            viewer: viewer.to_owned(),
            integration: guid.to_owned(),
            verifier,
            back,
            used: false,
        };
        self.state().logins.insert(state, login);
        Ok(redirect(url.as_str()))
    }

    async fn come_back(&self, request: &Request, viewer: &str) -> Done {
        let login = self.begun(request, viewer)?;
        let Some(config) = self.state().integrations.get(&login.integration).cloned() else {
            return failed(404, 4, "There is no such integration.");
        };
        if let Some(error) = request.parameter("error") {
            let said =
                Said { error: Some(error), description: request.parameter("error_description") };
            return failed(400, 218, &self.passed_on(&config, &said, true));
        }
        let Some(code) = request.parameter("code").filter(|code| !code.is_empty()) else {
            return failed(400, 218, "The OAuth provider sent no code.");
        };
        let callback = self.callback();
        let verifier = if self.way.is("challenge-of-another") { random() } else { login.verifier };
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", &*code),
            ("redirect_uri", &*callback),
        ];
        if uses_pkce(&config) {
            form.push(("code_verifier", &verifier));
        }
        let grant = match self.ask(&config, &form).await {
            Ok(grant) => grant,
            Err(said) => return failed(400, 218, &self.passed_on(&config, &said, true)),
        };
        if grant.refresh.is_none() && !self.way.is("no-refresh-token-needed") {
            return failed(400, 218, NO_REFRESH_TOKEN);
        }
        let mut state = self.state();
        state.sessions.retain(|own| own.user != viewer || own.integration != login.integration);
        state.sessions.push(Session {
            guid: random(),
            user: viewer.to_owned(),
            integration: login.integration,
            access: grant.access,
            refresh: grant.refresh.unwrap_or_default(),
            until: grant.seconds.map(|seconds| request.now() + seconds),
        });
        drop(state);
        let back = login.back.map(|content| redirect(&format!("{}/content/{content}/", self.url)));
        Ok(back.unwrap_or_else(|| self.page(200, "You are logged in.")))
    }

    /// The login this browser began under this `state`, which is used up by that.
    fn begun(&self, request: &Request, viewer: &str) -> Result<Login, Failed> {
        let given = request.parameter("state").unwrap_or_default();
        let mut state = self.state();
        let known = match state.logins.get(&given) {
            None if self.way.is("state-not-compared") && given.len() > 8 => state
                .logins
                .iter_mut()
                .find(|(own, _)| own[..8] == given[..8])
                .map(|(_, login)| login),
            _ => state.logins.get_mut(&given),
        };
        let twice = self.way.is("state-good-twice");
        let Some(login) = known.filter(|login| login.viewer == viewer && (twice || !login.used))
        else {
            return failed(400, 218, "This login was not begun here, or is over.");
        };
        login.used = true;
        Ok(login.clone())
    }

    /// A provider's text as it is shown: without the client's secret.
    pub(super) fn passed_on(
        &self,
        config: &Map<String, Value>,
        said: &Said,
        at_login: bool,
    ) -> String {
        let text = match (&said.error, &said.description) {
            (Some(error), Some(description)) if at_login => format!("{error}: {description}"),
            (error, description) => {
                description.as_ref().or(error.as_ref()).cloned().unwrap_or_default()
            }
        };
        let secret =
            config.get("client_secret").and_then(Value::as_str).filter(|secret| !secret.is_empty());
        let text = secret.map_or(text.clone(), |secret| text.replace(secret, "[removed]"));
        match self.way.0 {
            "provider-text-swallowed" => "Something went wrong.".to_owned(),
            "app-id-cut" => text
                .split(' ')
                .filter(|word| word.matches('-').count() != 4)
                .collect::<Vec<_>>()
                .join(" "),
            _ => text,
        }
    }

    /// The access settings of content: a login that is due is offered, and none is begun.
    fn dashboard(&self, viewer: &str, content: &str) -> Done {
        let login = due(&self.state(), viewer, content);
        let path = login.map(|guid| format!("/__oauth__/integrations/{guid}/login"));
        match path {
            Some(path) if self.way.is("dashboard-navigates") => {
                Ok(redirect(&format!("{}{path}", self.url)))
            }
            Some(path) => Ok(Answer::new(
                200,
                "text/html",
                format!("<!doctype html><a href=\"{path}\">Log in</a>"),
            )),
            None => Ok(self.page(200, "Nothing is due.")),
        }
    }

    fn visit(&self, request: &Request, viewer: &str, content: &str) -> Done {
        let mut state = self.state();
        if self.owner(content).is_none() {
            return failed(404, 4, "There is no such content.");
        }
        let solo = request.parameter("mode").as_deref() != Some("dashboard");
        let due = due(&state, viewer, content);
        if let Some(guid) = due.filter(|_| solo) {
            return Ok(redirect(&format!(
                "{}/__oauth__/integrations/{guid}/login?content={content}",
                self.url
            )));
        }
        let until = request.now() + SUBJECT_LIFE;
        let exp = if self.way.is("expiry-with-a-fraction") { until + 0.5 } else { until };
        let exp = if exp.fract() == 0.0 { format!("{exp:.0}") } else { exp.to_string() };
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let token = match self.way.0 {
            "expiry-not-readable" => random(),
            _ => format!(
                "{}.{}.{}",
                part("{\"alg\":\"HS256\"}"),
                part(&format!("{{\"exp\":{exp}}}")),
                random()
            ),
        };
        let subject = Subject { viewer: viewer.to_owned(), content: content.to_owned(), until };
        state.subjects.insert(token.clone(), subject);
        Ok(Answer::json(200, &json!({ "user_session_token": token })))
    }
}

/// The first integration of the content this viewer has no session with.
fn due(state: &State, viewer: &str, content: &str) -> Option<String> {
    let has = |guid: &&String| {
        state.sessions.iter().any(|own| own.user == viewer && own.integration == **guid)
    };
    state.associations.get(content).into_iter().flatten().find(|guid| !has(guid)).cloned()
}

fn uses_pkce(config: &Map<String, Value>) -> bool {
    !matches!(config.get("use_pkce"), Some(Value::Bool(false)))
        && config.get("use_pkce") != Some(&"false".into())
}
