//! Scripts, told as sentences.

use claimproof_idp::{Knobs, Personality, Secret, Seen};

use super::{A, OWN, good, integration};
use crate::case::{Act, Turn};
use crate::expect::Expect;
use crate::flow::{Content, Exchange, Forged, FormEdit, Integration, Look, Move, Setting};

/// Turns in the making. What a sentence merely does must succeed; what it `may` or `is` is judged.
#[derive(Clone, Debug)]
pub(super) struct Script(Vec<Turn>);

impl Script {
    /// A provider of this kind in good order, an integration to match, associated with the content.
    pub(super) fn of(personality: Personality) -> Self {
        Self::with(good(personality), integration(personality))
    }

    /// The same with this provider and this integration.
    pub(super) fn with(knobs: Knobs, integration: Integration) -> Self {
        Self::unassociated(knobs, integration).associates(OWN, true)
    }

    /// A provider and an integration that no content uses.
    pub(super) fn unassociated(knobs: Knobs, integration: Integration) -> Self {
        Self(Vec::new()).done(Move::Provider(knobs)).done(Move::Integrate(integration))
    }

    pub(super) fn turns(self) -> Vec<Turn> {
        self.0
    }

    fn turn(mut self, act: Act, expect: Expect) -> Self {
        self.0.push(Turn::new(act, expect));
        self
    }

    fn done(self, moved: Move) -> Self {
        self.turn(Act::Move(moved), Expect::Done)
    }

    /// A move, and what must come of it.
    pub(super) fn then(self, moved: Move, expect: Expect) -> Self {
        self.turn(Act::Move(moved), expect)
    }

    pub(super) fn provider_is(self, knobs: Knobs) -> Self {
        self.done(Move::Provider(knobs))
    }

    pub(super) fn associates(self, content: Content, with: bool) -> Self {
        self.done(Move::Associate { content, with })
    }

    pub(super) fn sets_scopes(self, scopes: &'static str) -> Self {
        self.done(Move::Configure(Setting::Scopes(scopes)))
    }

    pub(super) fn sets_secret(self, secret: Secret) -> Self {
        self.done(Move::Configure(Setting::Secret(secret)))
    }

    pub(super) fn logs_in(self, viewer: &'static str) -> Self {
        self.done(Move::Login { viewer })
    }

    /// A login that is judged.
    pub(super) fn login_is(self, viewer: &'static str, expect: Expect) -> Self {
        self.then(Move::Login { viewer }, expect)
    }

    /// A login that must succeed, and is judged.
    pub(super) fn enters(self, viewer: &'static str) -> Self {
        self.login_is(viewer, Expect::ACCEPT)
    }

    pub(super) fn calls_back(
        self,
        begins: &'static str,
        returns: &'static str,
        forged: Forged,
        expect: Expect,
    ) -> Self {
        self.then(Move::Callback { begins, returns, forged }, expect)
    }

    pub(super) fn visits(self, viewer: &'static str, keep: &'static str) -> Self {
        self.done(Move::Visit { viewer, content: OWN, solo: false, keep })
    }

    /// An exchange that must succeed for the case to go on.
    pub(super) fn exchanges(self, subject: &'static str, keep: &'static str) -> Self {
        self.done(Move::Exchange(Exchange { subject, edits: Vec::new(), keep }))
    }

    /// An exchange that is judged.
    pub(super) fn exchange_is(
        self,
        subject: &'static str,
        keep: &'static str,
        expect: Expect,
    ) -> Self {
        self.then(Move::Exchange(Exchange { subject, edits: Vec::new(), keep }), expect)
    }

    /// An exchange that must give an access token, and is judged.
    pub(super) fn obtains(self, subject: &'static str, keep: &'static str) -> Self {
        self.exchange_is(subject, keep, Expect::ACCEPT)
    }

    /// Everything does, from the viewer's login to the access token.
    pub(super) fn works(self) -> Self {
        self.enters(A).visits(A, "t").obtains("t", "a")
    }

    /// An exchange of `t` with this done to it.
    pub(super) fn edited(self, edit: FormEdit, expect: Expect) -> Self {
        let edits = vec![edit];
        self.then(Move::Exchange(Exchange { subject: "t", edits, keep: "a" }), expect)
    }

    pub(super) fn uses(self, access: &'static str, expect: Expect) -> Self {
        self.then(Move::Use { access }, expect)
    }

    pub(super) fn passes(self, seconds: i64) -> Self {
        self.turn(Act::Advance(seconds), Expect::Done)
    }

    pub(super) fn look(self, look: Look) -> Self {
        self.then(Move::Look(look), Expect::ACCEPT)
    }

    /// The provider's journal shows this.
    pub(super) fn seen(self, seen: Seen) -> Self {
        self.look(Look::Provider(seen))
    }
}
