//! How viewers log in at the server: one request, or several of which each may need what the one
//! before showed.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use claimproof_suite::NoVerdict;

use super::{Answered, Connect};
use crate::target::{Fields, Method, Response, first_group, render};
use claimproof_vectors::ManageMethod;

/// The cookies of each viewer, by role.
pub(crate) type Cookies = Mutex<BTreeMap<String, String>>;

/// Name and value of each cookie so far.
type Jar = BTreeMap<String, String>;

impl Connect<'_> {
    /// The cookies of a viewer, who is logged in at the server when first needed.
    pub(crate) async fn cookies(&self, viewer: &str) -> Result<String, NoVerdict> {
        let lock = || self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(viewer) {
            return Ok(known.clone());
        }
        let method = self.client.method(ManageMethod::ViewerLogin)?;
        let user = self.client.players.player(viewer)?.id.clone();
        let mut fields = self.client.named(self.held);
        fields.insert("user".to_owned(), user);
        // Who has no secret logs in without one: what holds the placeholder is left out.
        fields.extend(
            self.client.secret_of(viewer).ok().map(|secret| ("password".to_owned(), secret)),
        );
        let mut jar = Jar::new();
        let (_, last) = self.steps(method, &mut fields, &mut jar).await?;
        if jar.is_empty() {
            return Err(NoVerdict::Lost(
                format!("the login of `{viewer}` (status {}) sets no cookie", last.status).into(),
            ));
        }
        let cookies = sent(&jar);
        lock().insert(viewer.to_owned(), cookies.clone());
        Ok(cookies)
    }

    /// The first request and those behind it, in order; the last answer counts.
    async fn steps(
        &self,
        method: &Method,
        fields: &mut Fields,
        jar: &mut Jar,
    ) -> Result<Answered, NoVerdict> {
        let mut answered = self.step(method, fields, jar).await?;
        for next in &method.then {
            answered = Box::pin(self.steps(next, fields, jar)).await?;
        }
        Ok(answered)
    }

    async fn step(
        &self,
        method: &Method,
        fields: &mut Fields,
        jar: &mut Jar,
    ) -> Result<Answered, NoVerdict> {
        let mut request = render(method, fields)?;
        if !jar.is_empty() {
            request.headers.push(("cookie".to_owned(), sent(jar)));
        }
        self.client.at(&mut request, self.held.now).await?;
        let response = self.client.ask_target(&request, None).await?;
        jar.extend(response.headers("set-cookie").filter_map(set));
        for (name, pattern) in &method.read {
            let value = first_group(pattern, &shown(&response)).ok_or_else(|| {
                let (verb, path) = (&request.method, &request.path);
                NoVerdict::Lost(
                    format!(
                        "the answer to {verb} {path} (status {}) shows no `{name}`",
                        response.status
                    )
                    .into(),
                )
            })?;
            fields.insert(name.clone(), value);
        }
        Ok((request, response))
    }
}

fn sent(jar: &Jar) -> String {
    jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

/// Name and value of a `Set-Cookie`.
fn set(header: &str) -> Option<(String, String)> {
    let (name, value) = header.split(';').next()?.split_once('=')?;
    Some((name.trim().to_owned(), value.trim().to_owned()))
}

/// Headers and body, over which `read` goes.
fn shown(response: &Response) -> String {
    let head: String =
        response.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    format!("{head}\n{}", response.body)
}
