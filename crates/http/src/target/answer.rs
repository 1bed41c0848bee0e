//! What an answer means: accepted, refused with which code, or neither.

use claimproof_suite::{Observation, Outcome};
use claimproof_vectors::texts;
use serde::{Deserialize, Serialize};

use super::response::{Response, first_group, framing, matches, unescaped};
use super::{SurfaceEntry, Target};

/// One place a code is read from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "from", rename_all = "kebab-case", deny_unknown_fields)]
pub enum CodeFrom {
    /// A JSON pointer.
    Json {
        /// The pointer.
        at: String,
    },
    /// A response header.
    Header {
        /// Its name.
        name: String,
    },
    /// The first group of a pattern over the body.
    Body {
        /// The pattern.
        pattern: String,
    },
    /// A parameter of the URL in `Location`.
    RedirectQuery {
        /// Its name.
        name: String,
    },
    /// A body that matches stands for a code.
    BodyIs {
        /// The pattern.
        pattern: String,
        /// The documented code.
        code: String,
    },
    /// The documented text at a JSON pointer, or anywhere on the page, stands for its code.
    Text {
        /// The pointer; without one, the page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<String>,
    },
    /// A status stands for a code.
    Status {
        /// The status.
        status: u16,
        /// The documented code.
        code: String,
    },
}

impl CodeFrom {
    fn read(&self, response: &Response) -> Option<String> {
        match self {
            Self::Json { at } => response.pointer(at),
            Self::Header { name } => response.headers(name).next().map(str::to_owned),
            Self::Body { pattern } => first_group(pattern, &response.body),
            Self::RedirectQuery { name } => {
                let location = response.headers("location").next()?;
                let query = location.split_once('?')?.1.split('#').next()?;
                let mut pairs = url::form_urlencoded::parse(query.as_bytes());
                pairs.find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
            }
            Self::BodyIs { pattern, code } => {
                matches(pattern, &response.body).then(|| code.clone())
            }
            Self::Status { status, code } => (response.status == *status).then(|| code.clone()),
            Self::Text { at } => {
                let code = match at {
                    Some(at) => texts::code_of_error(&response.pointer(at)?),
                    None => texts::code_of(&response.body),
                };
                code.map(str::to_owned)
            }
        }
    }
}

impl SurfaceEntry {
    /// Whether an answer is one of its signals, named by this very status.
    pub(crate) fn names(&self, response: &Response) -> bool {
        let code = |from: &CodeFrom| matches!(from, CodeFrom::Status { status, .. } if *status == response.status);
        self.accept.names(response) || self.refuse.names(response) || self.code.iter().any(code)
    }
}

/// The documented code of an answer, read at the first of these places that has one.
pub(crate) fn code(target: &Target, places: &[&CodeFrom], response: &Response) -> Option<String> {
    let own = places.iter().find_map(|from| from.read(response))?;
    Some(target.codes.get(&own).cloned().unwrap_or(own))
}

/// The outcome of an answer, and who may frame it. A code counts only together with the reject
/// signal, so that a 200 with an error body is neither, unless the target file says that refusals
/// look so.
pub(crate) fn outcome(
    target: &Target,
    surface: &SurfaceEntry,
    response: &Response,
) -> (Outcome, Option<String>) {
    let code = code(target, &surface.code.iter().collect::<Vec<_>>(), response);
    let (framed_by, frame_refused) = framing(response);
    let (accepts, refuses) = (surface.accept.holds(response), surface.refuse.holds(response));
    let frames = target.profile.sheet().is_framed;
    let status = response.status;
    let outcome = match code {
        // Not framing the page is all the document asks there, whatever code stands beside.
        Some(code) if refuses || (frames && frame_refused) => Outcome::Refused(Some(code.into())),
        None if frames && frame_refused => Outcome::Refused(Some("x-frame-options".into())),
        None if accepts && !refuses => Outcome::Accepted,
        None if refuses && !accepts => Outcome::Refused(None),
        Some(code) => Outcome::Neither(
            format!("status {status} with code {code}, which `refuse` does not fit").into(),
        ),
        None if accepts => {
            Outcome::Neither(format!("status {status} fits both `accept` and `refuse`").into())
        }
        None => {
            Outcome::Neither(format!("status {status} fits neither `accept` nor `refuse`").into())
        }
    };
    (outcome, framed_by.map(|by| target.with_our_hosts(&by)))
}

/// Everything there is to see of an answer.
pub(crate) fn classify(
    target: &Target,
    surface: &SurfaceEntry,
    response: &Response,
) -> Observation {
    let (outcome, framed_by) = outcome(target, surface, response);
    let claims = surface.claims.as_ref().and_then(|pointer| response.pointer(pointer));
    Observation {
        outcome,
        status: Some(response.status),
        number: None,
        said_by_provider: None,
        stopped: None,
        text: Some(unescaped(&response.body)),
        claims,
        differs: None,
        framed_by,
        unframed: framing(response).1,
        opaque: surface.code.is_empty(),
        breaches: Vec::new(),
        ill_formed: Vec::new(),
        exchange: None,
    }
}
