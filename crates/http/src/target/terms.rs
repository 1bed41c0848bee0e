//! What the target wants of every token: constants, and the places of the account.

use std::collections::BTreeMap;

use claimproof_cast::{Constant, Place, Terms};
use serde_json::Value;

use super::Target;
use super::fault::{TargetFault, nearest};

impl Target {
    /// What the tokens are made by; the file was checked.
    pub fn terms(&self) -> Terms {
        let constants = |table: &BTreeMap<String, Value>| {
            table.iter().map(|(name, value)| (name.clone(), constant(value))).collect()
        };
        Terms {
            header: constants(&self.header),
            claims: constants(&self.claims),
            places: self.places.iter().filter_map(|name| name.parse().ok()).collect(),
            longest_lifetime: self.limits.longest_lifetime,
        }
    }

    pub(super) fn check_terms(&self) -> Result<(), TargetFault> {
        self.check_places()?;
        for (part, table) in [("header", &self.header), ("claims", &self.claims)] {
            for (name, value) in table {
                self.check_constant(part, name, value)
                    .map_err(|fault| fault.at(format!("{part}.{name}")))?;
            }
        }
        Ok(())
    }

    fn check_places(&self) -> Result<(), TargetFault> {
        if !self.places.is_empty() && !self.profile.sheet().has_several_places {
            return Err(TargetFault::new(format!(
                "no document of {} knows several; take the key away",
                self.profile
            ))
            .at("places"));
        }
        for name in &self.places {
            if name.parse::<Place>().is_err() {
                let known = Place::ALL.map(Place::name);
                let near = nearest(name, known.into_iter());
                return Err(TargetFault::new(format!(
                    "`{name}` is no place of the account: {}",
                    known.join(", ")
                ))
                .at("places")
                .near(near));
            }
        }
        Ok(())
    }

    fn check_constant(&self, part: &str, name: &str, value: &Value) -> Result<(), TargetFault> {
        if self.sets(part, name) {
            return Err(TargetFault::new(format!(
                "the plain token of {} sets it already; take the line away",
                self.profile
            )));
        }
        let place =
            name.parse::<Place>().ok().filter(|place| (*place == Place::Kid) == (part == "header"));
        if self.profile.sheet().has_several_places
            && let Some(place) = place.filter(|place| self.terms().reads(*place))
        {
            let others = Place::ALL
                .into_iter()
                .filter(|other| *other != place)
                .map(|other| format!("\"{other}\""));
            let others: Vec<_> = others.collect();
            return Err(TargetFault::new(format!(
                "the document has the account read there; where the target does not, say so: places = [{}], as far as \
                 it reads those",
                others.join(", ")
            )));
        }
        match (constant(value), name) {
            (Constant::FromNow(by), "exp") if by < 60 => Err(TargetFault::new(format!(
                "{by} s from now is past, or nearly, when a token arrives; 60 and more is expected"
            ))),
            (Constant::Json(json), "exp" | "nbf" | "iat") if json.parse::<f64>().is_ok() => {
                Err(TargetFault::new(format!(
                    "{json} is one moment for all tokens; write {{ from_now = SECONDS }}"
                )))
            }
            _ => Ok(()),
        }
    }

    /// Whether the documents ask for it, so that the suite sets it as each case needs.
    fn sets(&self, part: &str, name: &str) -> bool {
        let sheet = self.profile.sheet();
        let own = if part == "header" { sheet.header } else { sheet.claims };
        // A server that is logged in at mints its tokens itself.
        sheet.is_flow || own.contains(&name)
    }
}

/// A value, or a time from now.
fn constant(value: &Value) -> Constant {
    let from_now = value
        .as_object()
        .filter(|object| object.len() == 1)
        .and_then(|object| object.get("from_now"));
    match from_now.and_then(Value::as_i64) {
        Some(by) => Constant::FromNow(by),
        None => Constant::Json(value.to_string()),
    }
}
