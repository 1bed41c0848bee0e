//! A viewer opens content: to the login first, or to the content with a subject token.

use claimproof_cast::posit_connect::{Content, User};

use super::event::Effect;
use super::state::{Integration, State};
use super::steps::{Checked, Given, Rejected};
use super::{Entropy, Flow, Violation, subject};
use crate::list::refuse_if;

/// What is known of a visit.
pub struct VisitFacts<'a> {
    /// Whose browser it is.
    pub viewer: Option<&'a User>,
    /// The content.
    pub content: Option<&'a Content>,
    /// Whether it is opened alone.
    pub solo: bool,
    /// The first associated integration this viewer has no session with.
    pub due: Option<&'a Integration>,
}

impl<'a> VisitFacts<'a> {
    pub(super) fn read(
        state: &'a State,
        viewer: Option<&'a str>,
        content: &str,
        solo: bool,
    ) -> Self {
        Self {
            viewer: viewer.and_then(|guid| state.user(guid)),
            content: state.contents.get(content),
            solo,
            due: viewer.and_then(|viewer| state.due(viewer, content).next()),
        }
    }
}

pub(super) fn visit_viewer(facts: &VisitFacts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.viewer.is_none(), Violation::NotLoggedIn)
}

pub(super) fn visit_content(facts: &VisitFacts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.content.is_none(), Violation::NotFound)
}

/// The dashboard offers the login and leads nowhere by itself; content alone leads there.
pub(super) fn login_due(facts: &VisitFacts<'_>, _: &Given<'_>) -> Checked {
    match facts.due.filter(|_| facts.solo) {
        Some(due) => Err(Some(Violation::LoginDue { integration: due.guid.clone() })),
        None => Ok(()),
    }
}

impl State {
    /// The integrations of content that a viewer has no session with, in their order.
    pub fn due<'s>(
        &'s self,
        viewer: &'s str,
        content: &str,
    ) -> impl Iterator<Item = &'s Integration> {
        let lacking =
            self.associated(content).iter().filter(|guid| self.session(viewer, guid).is_none());
        lacking.filter_map(|guid| self.integrations.get(guid))
    }
}

impl Flow {
    pub(super) fn show(
        &self,
        state: &State,
        viewer: Option<&str>,
        content: &str,
        solo: bool,
        now: i64,
        entropy: &Entropy,
    ) -> Result<Effect, Rejected> {
        let facts = VisitFacts::read(state, viewer, content, solo);
        match self.visit.walk(&facts, &self.given()) {
            Err(Rejected { violation: Some(Violation::LoginDue { integration }), .. }) => {
                return Ok(Effect::Redirect(state.login_url(&integration, Some(content))));
            }
            verdict => verdict?,
        }
        let (Some(viewer), Some(content)) = (facts.viewer, facts.content) else {
            return Err(Rejected::INCOMPLETE);
        };
        let token = subject::issue(state, &viewer.guid, &content.guid, &self.policy, now, entropy);
        token.map(Effect::Subject).ok_or(Rejected::INCOMPLETE)
    }
}
