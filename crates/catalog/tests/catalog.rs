//! The tables agree with each other, and with the numbers counted by hand in the documents.

use std::collections::BTreeSet;

use claimproof_catalog::{
    Code, CodeKind, Document, Kind, Level, Observable, Part, Profile, Requirement, citation, codes,
    part, readings, requirements, rules, tableau_connected_app,
};

/// The pages of a profile with the number of lines each has.
fn pages(profile: Profile) -> Vec<(&'static Document, u32)> {
    match profile {
        Profile::WorkatoDirectLink => vec![(&citation::DIRECT_LINKING, 84)],
        Profile::WorkatoApi => {
            vec![(&citation::API_JSON_WEB_TOKEN, 148), (&citation::API_WORKATO_CLAIM, 73)]
        }
        Profile::TableauConnectedApp => vec![(&citation::CONNECTED_APPS, 46)],
        Profile::PositConnect => vec![(&citation::OAUTH_INTEGRATIONS, 95)],
    }
}

fn all_codes() -> impl Iterator<Item = Code> {
    Profile::ALL.into_iter().flat_map(codes::of).copied()
}

/// Panics at the first name that occurs twice; returns how many there are.
fn count_unique<'a>(names: impl IntoIterator<Item = &'a str>) -> usize {
    let mut seen = BTreeSet::new();
    for name in names {
        assert!(seen.insert(name), "`{name}` occurs twice");
    }
    seen.len()
}

fn assert_sentence(owner: &str, text: &str) {
    assert!(text.len() > 10, "{owner}: `{text}` says too little");
    assert!(text.ends_with('.'), "{owner}: `{text}` lacks its full stop");
    assert!(!text.contains(". "), "{owner}: `{text}` is more than one sentence");
}

mod profiles {
    use super::*;

    #[test]
    fn are_spelled_alike_everywhere() {
        for profile in Profile::ALL {
            assert_eq!(profile.name().parse(), Ok(profile));
            assert_eq!(profile.to_string(), profile.name());
            let json = serde_json::to_string(&profile).expect("a unit variant serializes");
            assert_eq!(json, format!("\"{}\"", profile.name()));
        }
    }

    #[test]
    fn are_numbered_in_their_order() {
        let numbers = Profile::ALL.map(|profile| profile.sheet().number);
        assert_eq!(numbers, [0, 1, 2, 3]);
    }

    #[test]
    fn are_flows_where_no_caller_mints_a_jwt() {
        let minted = Profile::ALL.into_iter().filter(|profile| !profile.sheet().is_flow);
        assert_eq!(minted.collect::<Vec<_>>(), Profile::JWT);
    }

    #[test]
    fn name_each_other_where_one_is_unknown() {
        let message = "workato".parse::<Profile>().expect_err("it is no profile");
        for profile in Profile::ALL {
            assert!(message.to_string().contains(profile.name()), "{message}");
        }
    }
}

mod code_tables {
    use super::*;

    #[test]
    fn have_as_many_rows_as_the_documents() {
        let count = |profile, kind| {
            let rows = codes::of(profile).iter();
            rows.filter(|row| row.kind == kind).count()
        };
        let counts = Profile::ALL.map(|profile| {
            let refusals = count(profile, CodeKind::Refusal);
            (profile, refusals, count(profile, CodeKind::Symptom))
        });
        assert_eq!(
            counts,
            [
                (Profile::WorkatoDirectLink, 23, 2),
                (Profile::WorkatoApi, 2, 0),
                (Profile::TableauConnectedApp, 25, 0),
                (Profile::PositConnect, 12, 1),
            ]
        );
    }

    #[test]
    fn hold_each_code_once_under_its_own_profile() {
        for profile in Profile::ALL {
            let rows = codes::of(profile);
            count_unique(rows.iter().map(|row| row.as_str()));
            for row in rows {
                assert_eq!(row.profile, profile, "{row}");
                let found = codes::find(profile, row.as_str()).map(|found| found.meaning);
                assert_eq!(found, Some(row.meaning));
            }
        }
        assert!(codes::find(Profile::WorkatoApi, "iat_missing").is_none());
    }

    #[test]
    fn name_the_two_codes_that_share_a_name_apart() {
        use tableau_connected_app::Code::{ConnectedAppNotFound, ConnectedAppNotFoundAtSignIn};
        let [either, at_sign_in] = [ConnectedAppNotFound, ConnectedAppNotFoundAtSignIn];
        assert_eq!(either.row().number(), Some(126));
        assert_eq!(at_sign_in.row().number(), Some(10089));
        assert_eq!(either.row().name, at_sign_in.row().name);
    }

    #[test]
    fn follow_the_order_of_the_documents() {
        for profile in Profile::ALL {
            let places: Vec<_> = codes::of(profile)
                .iter()
                .map(|row| (row.cite.document.file, row.cite.line))
                .collect();
            assert!(places.is_sorted(), "{profile}: {places:?}");
        }
    }

    #[test]
    fn say_what_a_code_means_and_what_clears_it() {
        for row in all_codes() {
            assert_sentence(row.as_str(), row.meaning);
            assert_sentence(row.as_str(), row.remedy);
        }
    }

    /// `WDL-CAT-01`.
    #[test]
    fn put_direct_link_errors_into_three_groups() {
        let in_group = |category: &str| {
            let rows = codes::of(Profile::WorkatoDirectLink).iter();
            rows.filter(|row| row.kind == CodeKind::Refusal && row.category == category).count()
        };
        assert_eq!(in_group("HTTP request"), 2);
        assert_eq!(in_group("JWT header/payload"), 10);
        // With the others 23, so there is no fourth group.
        assert_eq!(in_group("Account"), 11);
    }

    #[test]
    fn use_the_groups_agreed_on() {
        let groups = |profile| -> BTreeSet<_> {
            codes::of(profile).iter().map(|row| row.category).collect()
        };
        let tableau =
            ["app and secret", "embedding", "management", "on-demand access", "sign-in", "token"];
        let posit = ["Azure", "Custom", "General", "Snowflake"];
        assert_eq!(groups(Profile::TableauConnectedApp), tableau.into());
        assert_eq!(groups(Profile::PositConnect), posit.into());
    }

    /// The 25 rows `TCA-*-name`, which no token can show.
    #[test]
    fn carry_the_symbolic_names_of_tableau() {
        let named: Vec<_> = requirements::of(Profile::TableauConnectedApp)
            .iter()
            .filter(|row| row.id.ends_with("-name"))
            .collect();
        assert_eq!(named.len(), 25);
        for requirement in named {
            let (code, rest) = requirement.text.split_once(" is ").expect("CODE is NAME");
            let name = rest.split(['.', ' ']).next().expect("CODE is NAME");
            assert_eq!(requirement.id, format!("TCA-{code}-name"));
            let row = codes::find(Profile::TableauConnectedApp, code);
            let row = row.unwrap_or_else(|| panic!("no row of {code}"));
            assert_eq!(row.name, name, "{code}");
            assert_eq!(row.cite.line, requirement.cite.line, "{code}");
        }
    }

    /// A code nobody speaks of could not be reached by any case.
    #[test]
    fn are_spoken_of_by_requirements() {
        for row in all_codes() {
            let spoken_of = requirements::of(row.profile).iter().any(|requirement| {
                // A Posit entry is a sentence, its cause two lines below, its cure another two.
                let entry = row.cite.line..=row.cite.line + 4;
                requirement.cite.document == row.cite.document
                    && requirement.cite.section == row.cite.section
                    && entry.contains(&requirement.cite.line)
                    && !requirement.is_observable(Observable::Registry)
            });
            assert!(spoken_of, "no requirement speaks of {row}");
        }
    }
}

mod requirement_tables {
    use super::*;

    fn untestable_for(reason: &str) -> usize {
        requirements::all()
            .filter_map(Requirement::untestable)
            .filter(|given| given.contains(reason))
            .count()
    }

    #[test]
    fn have_as_many_rows_as_were_counted() {
        let under =
            |prefix: &str| requirements::all().filter(|row| row.id.starts_with(prefix)).count();
        assert_eq!(under("WDL-"), 74);
        assert_eq!(under("WAP-"), 39);
        assert_eq!(under("WCL-"), 31);
        assert_eq!(under("TCA-"), 95);
        assert_eq!(under("PCO-"), 65);
        assert_eq!(requirements::all().count(), 304);
    }

    #[test]
    fn stand_under_the_profile_of_their_id() {
        for profile in Profile::ALL {
            let prefixes: &[&str] = match profile {
                Profile::WorkatoDirectLink => &["WDL-"],
                Profile::WorkatoApi => &["WAP-", "WCL-"],
                Profile::TableauConnectedApp => &["TCA-"],
                Profile::PositConnect => &["PCO-"],
            };
            for row in requirements::of(profile) {
                assert_eq!(row.profile, profile, "{}", row.id);
                assert!(prefixes.iter().any(|prefix| row.id.starts_with(prefix)), "{}", row.id);
                assert!(!row.text.is_empty(), "{}", row.id);
                let found = requirements::find(row.id).map(|found| found.text);
                assert_eq!(found, Some(row.text));
            }
        }
        assert!(requirements::find("WDL-").is_none());
    }

    #[test]
    fn name_families_that_name_them() {
        for row in requirements::all() {
            count_unique(row.readings.iter().copied());
            for id in row.readings {
                let family = readings::find(id);
                let family = family.unwrap_or_else(|| panic!("{}: no family {id}", row.id));
                assert!(family.requirements.contains(&row.id), "{id} is silent about {}", row.id);
            }
        }
    }

    #[test]
    fn point_at_equals_in_no_circle() {
        /// Walks on from one row; `trail` is the way that led there.
        fn walk(row: &Requirement, trail: &mut Vec<&'static str>) {
            assert!(!trail.contains(&row.id), "{trail:?} leads back to {}", row.id);
            trail.push(row.id);
            for id in row.same_as {
                let same = requirements::find(id);
                let same = same.unwrap_or_else(|| panic!("{}: no requirement {id}", row.id));
                assert_eq!(same.profile, row.profile, "{} and {id}", row.id);
                walk(same, trail);
            }
            trail.pop();
        }
        for row in requirements::all() {
            count_unique(row.same_as.iter().copied());
            walk(row, &mut Vec::new());
        }
    }

    #[test]
    fn are_testable_or_say_why_not() {
        for row in requirements::all() {
            let reachable =
                row.is_observable(Observable::Token) || row.is_observable(Observable::Http);
            match row.untestable() {
                None => {
                    assert!(reachable, "{}: nothing can reach it", row.id);
                    assert!(Level::Info < row.level(), "{}: gets no verdict", row.id);
                }
                Some(reason) => assert!(!reason.is_empty(), "{}", row.id),
            }
            // What demands something must show somewhere.
            assert!(
                !row.observable.is_empty() || row.kind == Kind::Context,
                "{}: demands what nobody can see",
                row.id
            );
        }
    }

    #[test]
    fn are_untestable_as_often_as_was_counted() {
        let all = requirements::all().filter(|row| row.untestable().is_some());
        assert_eq!(untestable_for("context"), 24);
        assert_eq!(untestable_for("advice"), 5);
        assert_eq!(untestable_for("catalog"), 26);
        assert_eq!(untestable_for("identity provider"), 5);
        // The dashboard of Connect is a page that a target may name.
        assert_eq!(untestable_for("browser"), 9);
        // The attributes of a session cookie stand in an accepted answer.
        assert_eq!(all.count(), 69);
    }

    #[test]
    fn weigh_as_much_as_their_kind() {
        let level_of = |id| requirements::find(id).map(Requirement::level);
        assert_eq!(level_of("WDL-JWT-04"), Some(Level::Must));
        assert_eq!(level_of("PCO-AZ-08"), Some(Level::Must));
        assert_eq!(level_of("PCO-RT-10"), Some(Level::Must));
        assert_eq!(level_of("PCO-AZ-17"), Some(Level::Should));
        assert_eq!(level_of("TCA-exp-past"), Some(Level::Should));
        assert_eq!(level_of("WDL-JWT-12"), Some(Level::Should));
        assert_eq!(level_of("WCL-16"), Some(Level::Info));
    }
}

mod families {
    use super::*;

    #[test]
    fn are_as_many_as_were_counted() {
        let counts = Profile::ALL.map(|profile| readings::of(profile).len());
        // A login without refresh token has failed, and no viewer has a session of it: Connect has no family for it.
        assert_eq!(counts, [29, 23, 46, 10]);
        assert_eq!(readings::all().count(), 108);
    }

    #[test]
    fn offer_a_choice() {
        for family in readings::all() {
            assert!(2 <= family.readings.len(), "{}: no choice", family.id);
            assert_sentence(family.id, family.because);
            count_unique(family.readings.iter().map(|reading| reading.name));
            for reading in family.readings {
                assert!(!reading.name.is_empty(), "{}", family.id);
                assert!(!reading.meaning.is_empty(), "{}", family.id);
            }
            assert!(family.question.ends_with('?'), "{}", family.id);
            assert_eq!(family.default().name, family.readings[0].name);
        }
    }

    #[test]
    fn name_requirements_that_name_them() {
        for family in readings::all() {
            assert!(!family.requirements.is_empty(), "{}: of no use", family.id);
            count_unique(family.requirements.iter().copied());
            for id in family.requirements {
                let row = requirements::find(id);
                let row = row.unwrap_or_else(|| panic!("{}: no requirement {id}", family.id));
                assert_eq!(row.profile, family.profile, "{} and {id}", family.id);
                assert!(row.readings.contains(&family.id), "{id} is silent about {}", family.id);
            }
        }
    }

    #[test]
    fn stand_under_their_own_profile() {
        for profile in Profile::ALL {
            for family in readings::of(profile) {
                assert_eq!(family.profile, profile, "{}", family.id);
                let found = readings::find(family.id).map(|found| found.question);
                assert_eq!(found, Some(family.question));
            }
        }
    }
}

mod rule_table {
    use super::*;

    #[test]
    fn has_as_many_rows_as_were_agreed_on() {
        let under = |prefix: &str| rules::all().filter(|rule| rule.id.starts_with(prefix)).count();
        // Five clauses of OAuth and PKCE, for the client that a Connect server is; six on carriage, URIs and origins.
        assert_eq!(under("RFC"), 43);
        // One that wins, refusals that stay, one place, a small leeway, the form of crit, changes that show at once; what no
        // answer carries, who may frame a page, claims that nobody sent, and the two forms of a refusal.
        assert_eq!(under("CPX-"), 20);
        assert_eq!(under("PCX-"), 22);
        assert_eq!(rules::all().count(), 85);
    }

    #[test]
    fn says_what_each_rule_demands() {
        for rule in rules::all() {
            assert_sentence(rule.id, rule.text);
            assert!(!rule.source.is_empty(), "{}", rule.id);
            let found = rules::find(rule.id).map(|found| found.text);
            assert_eq!(found, Some(rule.text));
        }
        assert!(rules::find("RFC").is_none());
    }

    /// `RFC7515-4.1.11` is `RFC 7515, section 4.1.11`.
    #[test]
    fn cites_the_clause_its_id_names() {
        for rule in rules::all() {
            if let Some(clause) = rule.id.strip_prefix("RFC") {
                let (number, section) = clause.split_once('-').expect("RFC number-section");
                assert_eq!(rule.source, format!("RFC {number}, section {section}"));
            }
        }
    }

    #[test]
    fn completes_posit_connect_in_the_order_of_its_list() {
        let own = rules::all().filter(|rule| rule.profile.is_some());
        let completions = own.filter(|rule| rule.id.starts_with("PCX-"));
        for (at, rule) in completions.enumerate() {
            assert_eq!(rule.id, format!("PCX-{:02}", at + 1));
        }
        assert!(
            rules::all()
                .all(|rule| rule.profile.is_none_or(|profile| profile == Profile::PositConnect))
        );
    }

    /// What lets a stranger in or a secret out is a must, and so is what an RFC says in so many words.
    #[test]
    fn completes_posit_connect_as_a_must_where_somebody_is_harmed() {
        let of_level = |level| -> Vec<_> {
            let own = rules::all().filter(|rule| rule.profile.is_some() && rule.level == level);
            own.map(|rule| rule.id).collect()
        };
        assert_eq!(
            of_level(Level::Must),
            ["PCX-02", "PCX-10", "PCX-11", "PCX-13", "PCX-16", "RFC6749-2.3.1", "RFC6749-10.14"]
        );
        // Editions later than the document.
        assert_eq!(of_level(Level::Info), ["PCX-21", "PCX-22"]);
    }

    /// What lets nobody in is hardening: a foreign target is only told of it.
    #[test]
    fn asks_for_hardening_by_name() {
        let hardening: BTreeSet<_> = rules::all()
            .filter(|rule| rule.level == Level::Should && rule.profile.is_none())
            .map(|rule| rule.id)
            .collect();
        let agreed = [
            "RFC4648-3.5",
            "RFC8259-4",
            "RFC7518-3.2",
            "RFC7518-3.3",
            "RFC8725-3.5",
            "RFC8725-3.11",
            "RFC9110-4.2.4",
            "RFC9110-12.4.2",
            "RFC3986-3",
            "RFC6454-5",
            "CPX-one-wins",
            "CPX-one-place",
            "CPX-at-once",
            "CPX-small-leeway",
            "CPX-crit-form",
            "CPX-framed-by",
            "CPX-vendor-form",
            "CPX-readable",
            "CPX-claims-sent",
            "CPX-token-kept",
            "CPX-odd-accept",
        ];
        assert_eq!(hardening, agreed.into());
    }
}

#[test]
fn what_is_cited_first_says_the_part() {
    assert_eq!(part::of(&["WDL-JWT-03", "RFC8725-3.3"]), Some(Part::Claims));
    assert_eq!(part::of(&["RFC8725-3.3", "WDL-JWT-03"]), Some(Part::Key));
    assert_eq!(part::of(&["WDL-"]), None);
}

#[test]
fn ids_are_unique_across_tables() {
    let requirements = requirements::all().map(|row| row.id);
    let families = readings::all().map(|family| family.id);
    let rules = rules::all().map(|rule| rule.id);
    assert_eq!(count_unique(requirements.chain(families).chain(rules)), 304 + 108 + 85);
}

#[test]
fn citations_point_into_pages_of_their_profile() {
    let codes = all_codes().map(|row| (row.as_str(), row.profile, row.cite));
    let requirements = requirements::all().map(|row| (row.id, row.profile, row.cite));
    for (owner, profile, cite) in codes.chain(requirements) {
        let page = pages(profile).into_iter().find(|page| page.0 == cite.document);
        let (_, lines) = page.unwrap_or_else(|| panic!("{owner}: not a page of {profile}"));
        assert!((1..=lines).contains(&cite.line), "{owner}: line {}", cite.line);
        assert!(!cite.section.is_empty(), "{owner}: no section");
    }
}

/// One heading, one section: a citation that misspells its heading would stand alone.
#[test]
fn sections_do_not_overlap() {
    for profile in Profile::ALL {
        let mut lines = std::collections::BTreeMap::new();
        for row in requirements::of(profile) {
            let place = (row.cite.document.file, row.cite.line);
            let section = *lines.entry(place).or_insert(row.cite.section);
            assert_eq!(section, row.cite.section, "{}", row.id);
        }
    }
}
