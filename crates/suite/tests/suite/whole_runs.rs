//! A whole run as one function: several subjects, one report, one exit code.

use std::collections::BTreeMap;
use std::sync::Mutex;

use claimproof_cast::{Seed, public};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_in_process::InProcess;
use claimproof_suite::{
    Assignment, Conduct, Exit, Options, Outcome, Report, Selection, Subject, TargetReport, Unfit,
    conform, select,
};
use futures::FutureExt;
use futures::future::BoxFuture;

use crate::suite::make::Twisted;

/// A few cases of each subject.
async fn run<S: Subject>(
    subjects: &[S],
    conduct: Conduct,
    stop: impl Future<Output = ()> + Send,
) -> Result<Report, Unfit> {
    let filters = vec!["/accepted/".to_owned(), "missing".to_owned()];
    let selection = Selection { filters, ..Selection::default() };
    run_selected(subjects, &selection, conduct, stop).await
}

async fn run_selected<S: Subject>(
    subjects: &[S],
    selection: &Selection,
    conduct: Conduct,
    stop: impl Future<Output = ()> + Send,
) -> Result<Report, Unfit> {
    let options = Options {
        jobs: 4,
        run: format!("whole {:?}", selection.filters),
        level: Level::Must,
        fixed: BTreeMap::new(),
        seed: Seed(0),
    };
    let target = |subject: &S| TargetReport {
        name: format!("the {}", subject.profile()).into(),
        profile: Some(subject.profile()),
        ..TargetReport::default()
    };
    let targets: Vec<_> = subjects.iter().map(target).collect();
    let cases = subjects.iter().map(|one| select(one.profile(), one.capabilities(), selection));
    let cases: Vec<_> = cases.collect();
    let assigned = subjects.iter().zip(&targets).zip(&cases);
    let assigned = assigned.map(|((subject, target), cases)| Assignment {
        subject,
        target,
        cases,
        options: &options,
    });
    conform(&assigned.collect::<Vec<_>>(), &conduct, &|_| {}, stop).await
}

fn references() -> [InProcess; 2] {
    [Profile::WorkatoApi, Profile::TableauConnectedApp]
        .map(|profile| InProcess::new(public(profile)).unwrap())
}

#[tokio::test]
async fn several_subjects_make_one_report() {
    let conduct = Conduct { seed: Seed(7), whole: true, ..Conduct::default() };
    let report = run(&references(), conduct, std::future::pending()).await.unwrap();
    assert_eq!(Exit::of(&report, 50), Exit::Conforms);
    assert_eq!((report.seed, report.targets.len(), report.partial), (7, 2, false));
    for profile in ["workato-api/", "tableau-connected-app/"] {
        assert!(report.cases.iter().any(|case| case.id.starts_with(profile)), "{profile}");
    }
    assert_eq!(report.summary.total(), report.cases.len());
}

#[tokio::test]
async fn a_run_that_is_stopped_at_once_is_a_partial_report() {
    let stopped = run(&references(), Conduct::default(), std::future::ready(())).await.unwrap();
    assert!(stopped.partial && stopped.cases.is_empty());
    assert_eq!(Exit::of(&stopped, 50), Exit::Interrupted);
}

#[tokio::test]
async fn a_subject_that_refuses_everything_is_named() {
    let refusing = Twisted::new(Profile::WorkatoApi, |_, mut seen| {
        seen.outcome = Outcome::Refused(None);
        seen
    });
    let unfit = run(&[refusing], Conduct::default(), std::future::pending()).await.unwrap_err();
    assert!(unfit.to_string().starts_with("the workato-api: "), "{unfit}");
}

/// The cases of a run that is to stop end early, but not before what they changed is set back.
#[tokio::test]
async fn a_run_that_is_stopped_half_way_through_a_case_sets_back_what_it_changed() {
    let (asked, stop) = tokio::sync::oneshot::channel();
    let asked = Mutex::new(Some(asked));
    let subject = Twisted::new(Profile::WorkatoDirectLink, |_, seen| {
        // The first token that is refused for the store's sake.
        if seen.outcome == Outcome::Refused(None) {
            asked.lock().unwrap().take().map(|asked| asked.send(()));
        }
        seen
    });
    let subjects = [subject];
    let play = async |slug: &str, stop: BoxFuture<'_, ()>| {
        let selection = Selection { filters: vec![slug.to_owned()], ..Selection::default() };
        run_selected(&subjects, &selection, Conduct::default(), stop).await.unwrap()
    };
    let stopped = play("jti_reused/store-down", stop.map(drop).boxed()).await;
    assert!(stopped.partial && stopped.cases.is_empty(), "{:?}", stopped.cases);
    assert!(asked.lock().unwrap().is_none(), "the store was never down");
    let next = play("accepted/team", std::future::pending().boxed()).await;
    assert_eq!(Exit::of(&next, 50), Exit::Conforms, "{:?}", next.cases);
}
