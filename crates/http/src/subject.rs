//! Any HTTP implementation as a subject, reached as its target file says.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use claimproof_cast::Players;
use claimproof_catalog::Profile;
use claimproof_suite::{
    Action, Capabilities, Held, NoVerdict, Observation, Outcome, Subject, TargetReport,
};
use claimproof_vectors::{Form, Header, ManageMethod, Need, Presentation, Surface as Name};
use url::Url;

use crate::clock;
use crate::target::{
    Fields, Method, Rendered, Response, Surface, Target, carries, classify, render,
};
use crate::wire::Wire;
use evidence::Secrets;
use time::Clock;
use watch::Watch;

mod at_once;
mod busy;
mod evidence;
mod flow;
mod form;
mod framed;
mod kept_alive;
mod manage;
mod measure;
mod moved;
mod page;
mod plan;
mod reach;
mod time;
mod watch;

pub use plan::{Effect, Planned, Rehearsal};
pub use reach::ConnectError;
pub use reach::is_loopback;

/// An HTTP implementation under test.
#[derive(Debug)]
pub struct HttpSubject {
    target: Target,
    players: Players,
    /// What of them must reach no evidence.
    secrets: Secrets,
    /// What must reach no answer.
    watch: Watch,
    capabilities: Capabilities,
    wire: Wire,
    clock: Mutex<Clock>,
    exchange: Duration,
    /// The furthest second a case has moved to, and the one it was when all began.
    reached: AtomicI64,
    flows: flow::Flows,
    /// To when the target's clock was moved, where a request moves it for everybody.
    moved: moved::Moved,
    /// The connections that cases keep open.
    kept: kept_alive::Kept,
    /// How often the target answered with a status that is no signal.
    no_signals: Mutex<BTreeMap<u16, usize>>,
}

impl HttpSubject {
    /// Checks that the target may be contacted and answers, and measures its clock.
    pub async fn connect(
        target: Target,
        players: Players,
        deadline: Duration,
        allow_remote: bool,
    ) -> Result<Self, ConnectError> {
        let mut subject = Self::unconnected(target, players, deadline, allow_remote)?;
        let begun = Instant::now();
        let unreachable =
            |why| ConnectError::Unreachable { url: subject.target.base_url.clone(), why };
        let read = time::probe(&subject.wire).await.map_err(unreachable)?;
        subject.exchange = begun.elapsed();
        let clock = match subject.target.clock_offset {
            Some(offset) => Clock::told(offset),
            None => time::read(&subject.wire, read).await,
        };
        subject.clock = Mutex::new(clock);
        subject.reach(subject.target_time());
        Ok(subject)
    }

    /// The same without a single byte sent: for lists and plans.
    pub fn unconnected(
        target: Target,
        mut players: Players,
        deadline: Duration,
        allow_remote: bool,
    ) -> Result<Self, ConnectError> {
        let base = Url::parse(&target.base_url)
            .map_err(|error| ConnectError::NotAllowed(error.to_string()))?;
        reach::allowed(&base, allow_remote).map_err(ConnectError::NotAllowed)?;
        page::play(&target, &base, &mut players);
        let wire = Wire::new(&base, deadline);
        let mut capabilities = target.offers();
        capabilities.offered.extend(form::is_vendors(&target).then_some(Need::VendorSurfaces));
        let unspelled = |error: regex::Error| ConnectError::NotAllowed(error.to_string());
        let secrets = Secrets::of(&players).map_err(unspelled)?;
        let watch = Watch::of(&players).map_err(unspelled)?;
        let flows = flow::Flows::of(&players);
        Ok(Self {
            target,
            players,
            secrets,
            watch,
            capabilities,
            wire,
            clock: Mutex::default(),
            exchange: Duration::ZERO,
            reached: AtomicI64::new(0),
            flows,
            moved: moved::Moved::default(),
            kept: kept_alive::Kept::default(),
            no_signals: Mutex::default(),
        })
    }

    /// The second it is by the target's own clock, whatever requests have set.
    pub fn target_time(&self) -> i64 {
        clock::system() + self.offset()
    }

    /// The target as reports name it.
    pub fn described(&self) -> TargetReport {
        let Target { name, profile, base_url, .. } = &self.target;
        TargetReport {
            name: name.clone(),
            profile: Some(*profile),
            base_url: Some(base_url.clone()),
        }
    }

    /// How many cases at once suit the target: the farther it is, the more.
    pub fn jobs(&self) -> usize {
        reach::jobs(self.exchange)
    }

    fn surface(&self, name: Option<Name>) -> Result<&Surface, NoVerdict> {
        let found = match name {
            Some(name) => self.target.surfaces.iter().find(|surface| surface.name == name),
            None => self.target.surfaces.first(),
        };
        found.ok_or_else(|| NoVerdict::Lost("the target declares no such surface".to_owned()))
    }

    /// A management method of the target file.
    fn method(&self, method: ManageMethod) -> Result<&Method, NoVerdict> {
        self.target.managing(method).ok_or(NoVerdict::Undeclared(method))
    }

    async fn present(
        &self,
        held: &Held,
        presentation: &Presentation,
    ) -> Result<Observation, NoVerdict> {
        let surface = self.surface(presentation.surface)?;
        let (request, response) = self.exchange(held, surface, presentation).await?;
        Ok(self.observed(surface, &request, &response, presentation.token.as_deref()))
    }

    /// What an answer says, and what of it may be shown.
    fn observed(
        &self,
        surface: &Surface,
        request: &Rendered,
        response: &Response,
        token: Option<&str>,
    ) -> Observation {
        let mut seen = classify(&self.target, surface, response);
        seen.breaches = self.watched(&seen.outcome, Some(surface), response, token);
        seen.ill_formed = self.ill_formed(surface, request, response, token);
        seen.outcome = self.quotable(seen.outcome, token);
        seen.framed_by = seen.framed_by.map(|by| self.redacted(&by, token));
        seen.exchange = Some(self.evidence(request, response, token));
        seen
    }

    /// Of what an answer says in the form of its own that is shown, secrets and tokens are taken out.
    fn ill_formed(
        &self,
        surface: &Surface,
        request: &Rendered,
        response: &Response,
        token: Option<&str>,
    ) -> Vec<(Form, String)> {
        if !self.capabilities.meets(Need::VendorSurfaces) {
            return Vec::new();
        }
        let lacks = form::lacks(surface, request, response).into_iter();
        lacks.map(|(form, what)| (form, self.redacted(&what, token))).collect()
    }

    async fn exchange(
        &self,
        held: &Held,
        surface: &Surface,
        presentation: &Presentation,
    ) -> Result<(Rendered, Response), NoVerdict> {
        let mut request = self.rendered(surface, presentation)?;
        self.at(&mut request, held.now).await?;
        self.sendable(&request)?;
        let response = self.ask_target(&request, Some(surface)).await?;
        Ok((request, response))
    }

    /// The request a presentation becomes, before anything is said of the time.
    fn rendered(
        &self,
        surface: &Surface,
        presentation: &Presentation,
    ) -> Result<Rendered, NoVerdict> {
        let mut fields: Fields = self.target.fields.clone();
        fields.extend(presentation.fields.clone());
        if let Some(token) = &presentation.token {
            fields.insert("token".to_owned(), token.clone());
        }
        carries(&surface.request, &fields).map_err(NoVerdict::Unsendable)?;
        let mut request = render(&surface.request, &fields).map_err(NoVerdict::Lost)?;
        request.query.extend(presentation.query.clone());
        request.headers.extend(
            presentation.headers.iter().map(|one| (one.name.clone(), self.of_own_host(one))),
        );
        if let (Some(header), Some(state)) =
            (&self.target.capabilities.saml_session_header, presentation.field("saml_session"))
        {
            request.headers.push((header.clone(), state.to_owned()));
        }
        Ok(request)
    }

    /// An origin is one of the target's own pages.
    fn of_own_host(&self, header: &Header) -> String {
        let is_origin =
            ["origin", "referer"].iter().any(|name| header.name.eq_ignore_ascii_case(name));
        if is_origin { self.target.with_own_hosts(&header.value) } else { header.value.clone() }
    }

    /// Some tokens hold what HTTP cannot carry in a header.
    fn sendable(&self, request: &Rendered) -> Result<(), NoVerdict> {
        let carries =
            |value: &str| hyper::header::HeaderValue::from_bytes(value.as_bytes()).is_ok();
        match request.headers.iter().find(|(_, value)| !carries(value)) {
            Some((name, _)) => Err(NoVerdict::Unsendable(format!(
                "the header {name} cannot carry this value over HTTP"
            ))),
            None => Ok(()),
        }
    }

    async fn raw(&self, bytes: &str) -> Result<Observation, NoVerdict> {
        let surface = self.surface(None)?;
        match self.wire.send_raw(bytes.as_bytes()).await.map_err(NoVerdict::Lost)? {
            // A method or a version that is none may be answered with these (RFC 9110 sections 15.6.2, 15.6.6).
            Some(Response { status: 501 | 505, .. }) => Ok(Observation::of(Outcome::Refused(None))),
            Some(response) => {
                let response = self.signal(response, Some(surface))?;
                let seen = classify(&self.target, surface, &response);
                Ok(Observation { outcome: self.quotable(seen.outcome.clone(), None), ..seen })
            }
            None => Ok(Observation::of(Outcome::Refused(None))),
        }
    }
}

impl Subject for HttpSubject {
    fn profile(&self) -> Profile {
        self.target.profile
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn players(&self) -> &Players {
        &self.players
    }

    /// A clock that can be set stands still until a case moves it: of cases that run at once, none is to
    /// come a second too late for a target that has seen the next one.
    fn now(&self) -> i64 {
        let reached = self.reached.load(Ordering::SeqCst);
        if self.capabilities.clock.is_set() { reached } else { self.target_time().max(reached) }
    }

    fn reach(&self, now: i64) {
        self.reached.fetch_max(now, Ordering::SeqCst);
    }

    fn other_clocks(&self) -> Vec<i64> {
        self.doubts()
    }

    async fn perform(&self, held: &mut Held, action: Action<'_>) -> Result<Observation, NoVerdict> {
        match action {
            Action::Present(presentation) => self.present(held, presentation).await,
            Action::Kept(presentation) => self.present_kept(held, presentation).await,
            Action::AtOnce(presentation, times) => {
                self.present_at_once(held, presentation, times).await
            }
            Action::Raw(bytes) => self.raw(bytes).await,
            Action::Manage(call) => self.manage(held, call).await,
            Action::Move(moved) => self.act(held, moved).await,
        }
    }

    async fn leave(&self, held: &mut Held) {
        self.hang_up(held);
        self.take_down(held).await;
    }
}
