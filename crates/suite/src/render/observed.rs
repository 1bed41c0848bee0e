//! What was observed of the readings: for a person, as JSON, and as TOML to paste into a target
//! file.

use std::collections::BTreeMap;
use std::fmt::Write;

use claimproof_catalog::Profile;

use crate::observe::{FamilySeen, Observed, ReadingSeen};

/// A family a line, and under it whatever there is to say beside one reading.
pub fn terminal(observed: &Observed) -> String {
    let mut text = String::from("observed, not graded\n");
    for family in &observed.families {
        let _ = writeln!(text, "    {:<32} {}", family.id, state(family));
        let _ = writeln!(text, "        {}", family.question);
        if matches!(family.state, "mixture" | "recorded") {
            for reading in family.readings.iter().filter(|reading| !reading.cases.is_empty()) {
                let _ = writeln!(text, "        {}: {}", reading.name, named(reading));
            }
        }
        for (case, answer) in &family.other {
            let _ = writeln!(text, "        fits no reading: {case} was answered `{}`", answer);
        }
        for (case, why) in &family.unseen {
            let _ = writeln!(text, "        not seen: {case}: {}", why);
        }
    }
    text
}

fn state(family: &FamilySeen) -> String {
    let asked = family.readings.iter().map(|reading| reading.cases.len()).max().unwrap_or(0);
    match (family.chosen, family.state) {
        (Some(one), _) => format!("{one} ({asked} of {asked} cases)"),
        (None, "undetermined") => format!("undetermined: {}", fitting(family, asked)),
        (None, "mixture") => "a mixture".to_owned(),
        (None, "recorded") => "recorded case by case".to_owned(),
        (None, _) => "not seen".to_owned(),
    }
}

/// The readings that so many cases fit.
fn fitting(family: &FamilySeen, cases: usize) -> String {
    let names = family
        .readings
        .iter()
        .filter(|reading| reading.cases.len() == cases)
        .map(|reading| reading.name);
    names.collect::<Vec<_>>().join(" or ")
}

/// How many cases of a reading are named.
const MAX_NAMED: usize = 3;

fn named(reading: &ReadingSeen) -> String {
    let first = reading.cases.iter().take(MAX_NAMED).cloned().collect::<Vec<_>>().join(", ");
    match reading.cases.len().saturating_sub(MAX_NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// A `[readings]` table for each profile; what is not one reading stands there as a comment.
pub fn toml(observed: &Observed) -> String {
    let mut profiles: BTreeMap<Profile, Vec<&FamilySeen>> = BTreeMap::new();
    for family in &observed.families {
        profiles.entry(family.profile).or_default().push(family);
    }
    let mut text = String::new();
    for (profile, families) in profiles {
        let _ = writeln!(text, "# for the target file of {profile}\n[readings]");
        for family in families {
            let _ = match family.chosen {
                Some(one) => writeln!(text, "{} = \"{one}\"", family.id),
                None => writeln!(text, "# {}: {}", family.id, state(family)),
            };
        }
    }
    text
}

/// Pretty-printed, with a line end.
pub fn json(observed: &Observed) -> Result<String, serde_json::Error> {
    Ok(format!("{}\n", serde_json::to_string_pretty(observed)?))
}

/// The published schema of the JSON.
#[cfg(feature = "schema")]
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Observed)
}
