//! The time a request would be of: said with it, or set for everybody before it.

use claimproof_suite::{Clock, Held};

use super::{Consequence, Planned, Rehearsal, lock};
use crate::target::{Fields, Method, Rendered, render};

impl Rehearsal<'_> {
    /// What the suite says of the time, as a distance from the second at which it begins.
    pub(super) fn at(&self, request: &mut Rendered, held: &Held) {
        match (self.subject.client.capabilities.clock, self.subject.client.target.clock_header()) {
            (_, Some(header)) => {
                request.headers.push((header.to_owned(), self.mark(self.named_time(held))))
            }
            (Clock::Moved, None) => self.move_to(held),
            (Clock::Own | Clock::Waits(_) | Clock::Told, None) => {}
        }
    }

    fn named_time(&self, held: &Held) -> String {
        match held.now - self.begun {
            0 => "now".to_owned(),
            later => format!("now + {later} s"),
        }
    }

    fn move_to(&self, held: &Held) {
        let set = self.subject.client.target.clock.as_ref().and_then(|clock| clock.set.as_ref());
        let Some(set) = set.filter(|_| lock(&self.moved).replace(held.now) != Some(held.now))
        else {
            return;
        };
        let about =
            "the clock is moved for everybody; and again where more than a second has passed";
        self.set(set, &self.named_time(held), about);
    }

    /// The request that sets the clock back, where one moves it.
    pub fn set_back(&self) -> Vec<Planned> {
        let clock = self
            .subject
            .client
            .target
            .clock
            .as_ref()
            .filter(|_| lock(&self.moved).take().is_some());
        if let Some(method) = clock.and_then(|clock| clock.back.as_ref().or(clock.set.as_ref())) {
            self.set(
                method,
                "time of this machine",
                "the clock is set back, also after an error or Ctrl-C",
            );
        }
        self.take()
    }

    fn set(&self, method: &Method, now: &str, about: &str) {
        let mut fields: Fields = self.subject.client.target.fields.clone();
        fields.extend(["now", "now_rfc3339"].map(|name| (name.to_owned(), self.mark(now))));
        let moved =
            Consequence::Changes("the clock, which is set back when the run is over".to_owned());
        // What nothing stands for in this request was told when the file was read.
        if let Ok(request) = render(method, &fields) {
            self.write(about, &request, 1, Some(moved));
        }
    }
}
