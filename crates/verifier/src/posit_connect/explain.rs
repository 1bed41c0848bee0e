//! Everything that is wrong with an event, and nothing done about it.

use claimproof_token::Scratch;

use super::answer::AnswerFacts;
use super::facts::ExchangeFacts;
use super::form::Form;
use super::login::{CallbackFacts, LoginFacts};
use super::steps::Rejected;
use super::visit::VisitFacts;
use super::{Event, ExchangeRequest, Flow, Phase, ProviderAnswer, State, Ticket};

impl Flow {
    /// Takes every step of the list that decides about an event, and keeps all that was wrong, in
    /// order. The state stays as it is.
    pub fn explain(&self, state: &State, event: &Event, now: i64) -> Vec<Rejected> {
        let given = self.given();
        match event {
            Event::Login { viewer, integration, .. } => {
                let facts = LoginFacts::read(state, viewer.as_deref(), integration);
                self.login.explain(&facts, &given)
            }
            Event::Callback { viewer, query } => {
                let facts = CallbackFacts::read(state, viewer.as_deref(), query, &self.policy, now);
                self.callback.explain(&facts, &given)
            }
            Event::Answered { ticket, answer } => self.explain_answer(state, *ticket, answer),
            Event::Visit { viewer, content, solo } => {
                let facts = VisitFacts::read(state, viewer.as_deref(), content, *solo);
                self.visit.explain(&facts, &given)
            }
            Event::Exchange(request) => self.explain_exchange(state, request, now),
        }
    }

    fn explain_answer(
        &self,
        state: &State,
        ticket: Ticket,
        answer: &ProviderAnswer,
    ) -> Vec<Rejected> {
        let Some(asked) = state.asked.get(&ticket) else { return vec![Rejected::INCOMPLETE] };
        let integration = state.integrations.get(&asked.integration);
        let facts = AnswerFacts::read(asked, integration, answer, &self.policy);
        match asked.phase {
            Phase::Redemption => self.redemption.explain(&facts, &self.given()),
            Phase::Refresh => self.refresh.explain(&facts, &self.given()),
        }
    }

    fn explain_exchange(
        &self,
        state: &State,
        request: &ExchangeRequest,
        now: i64,
    ) -> Vec<Rejected> {
        let (form, mut scratch) = (Form::read(request, self.policy.max_body), Scratch::new());
        let facts = ExchangeFacts::read(state, request, &form, &mut scratch, now);
        self.exchange.explain(&facts, &self.given())
    }
}
