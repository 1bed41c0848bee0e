//! How it can be another time for a target.

use serde::{Deserialize, Serialize};

use super::fault::TargetFault;
use super::template::names;
use super::{Method, Target};

/// The longest that a case may be waited for, in seconds.
const MAX_PATIENCE: i64 = 600;

/// A target's clock: one of `header`, `set` and `patience`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", schemars(rename = "Clock"))]
pub struct ClockControl {
    /// The request header that says the time, in seconds since 1970. Every request carries it, so
    /// it may count for that request or from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// The request that moves the clock for everybody: `{now}` is the time in seconds since 1970,
    /// `{now_rfc3339}` the same as a date and time of UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<Method>,
    /// The request that sets the clock back when the run is over; unless said, `set` with the time
    /// of this machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<Method>,
    /// How many seconds a case may be waited for, where the clock cannot be moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patience: Option<i64>,
}

impl Target {
    /// The request header that says the time.
    pub(crate) fn clock_header(&self) -> Option<&str> {
        let own = self.clock.as_ref().and_then(|clock| clock.header.as_deref());
        own.or(self.capabilities.clock_header.as_deref())
    }

    /// What the suite may do about the time.
    pub(crate) fn offered_clock(&self) -> claimproof_suite::Clock {
        use claimproof_suite::Clock as Offer;
        match &self.clock {
            _ if self.clock_header().is_some() => Offer::Told,
            Some(ClockControl { set: Some(_), .. }) => Offer::Moved,
            Some(ClockControl { patience: Some(seconds), .. }) => Offer::Waits(*seconds),
            Some(_) | None => Offer::Own,
        }
    }

    pub(super) fn check_clock(&self) -> Result<(), TargetFault> {
        let Some(clock) = &self.clock else { return Ok(()) };
        if self.capabilities.clock_header.is_some() {
            return Err(TargetFault::new("the former name of clock.header; take it away")
                .at("capabilities.clock_header"));
        }
        let ways = [clock.header.is_some(), clock.set.is_some(), clock.patience.is_some()];
        match ways.into_iter().filter(|given| *given).count() {
            0 => {
                return Err(TargetFault::new("say how it is set: `header`, `set` or `patience`")
                    .at("clock"));
            }
            1 => {}
            _ => {
                return Err(
                    TargetFault::new("say one of `header`, `set` and `patience`").at("clock")
                );
            }
        }
        if clock.back.is_some() && clock.set.is_none() {
            return Err(TargetFault::new("there is no `set` that it would undo").at("clock.back"));
        }
        if let Some(set) = &clock.set
            && !names(set).iter().any(|name| name.starts_with("now"))
        {
            return Err(TargetFault::new(
                "the request holds neither {now} nor {now_rfc3339}, so it sets no time",
            )
            .at("clock.set"));
        }
        for (name, method) in [("set", &clock.set), ("back", &clock.back)] {
            method.as_ref().map_or(Ok(()), |method| {
                method.check().map_err(|fault| fault.at(format!("clock.{name}")))
            })?;
        }
        self.check_patience(clock.patience)
    }

    fn check_patience(&self, patience: Option<i64>) -> Result<(), TargetFault> {
        let Some(seconds) = patience else { return Ok(()) };
        if !(1..=MAX_PATIENCE).contains(&seconds) {
            return Err(TargetFault::new(format!(
                "{seconds} is not 1 to {MAX_PATIENCE}; it is in seconds"
            ))
            .at("clock.patience"));
        }
        // Connect's tokens of hours are made tokens of seconds by the suite's own providers.
        let least = if self.profile.sheet().is_flow { 4 } else { 1 };
        if seconds < least {
            return Err(TargetFault::new(format!(
                "a token of two seconds takes {least} s to outlive; {seconds} is too short"
            ))
            .at("clock.patience"));
        }
        Ok(())
    }
}
