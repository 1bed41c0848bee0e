//! `claimproof load`: throughput and latency of a target, every verdict judged.

use std::num::NonZeroU32;
use std::time::Duration;

use anyhow::anyhow;
use claimproof_http::{HttpSubject, Target};
use claimproof_load::{LoadError, Measurement, Stop, Workload, render, run as measure};
use claimproof_suite::{Exit, Text};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::conform::{is_remote, unusable};
use crate::failed::{Failed, Outcome};
use crate::flags::{Load, When};
use crate::interrupt::Interrupt;
use crate::journal::unfinished;
use crate::known::{Known, today};
use crate::lock::Lock;
use crate::reports::Reports;
use crate::say;
use crate::values::{LoadReport, address};

pub(crate) async fn run(flags: &Load) -> Outcome {
    let reports = Reports::open(&flags.report, flags.force)?;
    let outcome = run_for(flags, &reports).await;
    reports.of_nothing(&outcome, |kind, why| {
        let why = Text::from(why);
        Ok(match kind {
            LoadReport::Json => render::json::of_nothing(&why)?,
            LoadReport::Html => render::html::of_nothing(&why)?,
        })
    });
    outcome
}

async fn run_for(flags: &Load, reports: &Reports<LoadReport>) -> Outcome {
    let known = Known::read(flags.known_failures.as_deref(), false)?;
    let (mut target, players) = Target::load(&flags.target).map_err(Failed::usage)?;
    target.reach_at(address(flags.url.as_ref()).map_err(Failed::usage)?.as_ref());
    target.ask_at(flags.rate);
    flags.tls.set(&mut target).map_err(Failed::usage)?;
    let rate = target.rate;
    let deadline = Duration::from_secs(flags.timeout);
    // What is not allowed is said before anybody waits for the lock.
    HttpSubject::unconnected(target.clone(), players.clone(), deadline, flags.allow_remote)
        .map_err(Failed::usage)?;
    if cfg!(debug_assertions) {
        say::aside("note: this build is not optimised: what it measures is mostly itself");
    }
    let interrupt = Interrupt::listen().map_err(Failed::no_verdict)?;
    let Some(lock) = interrupt.or(Lock::hold(&target.base_url, flags.if_busy)).await else {
        return Ok(Exit::Interrupted);
    };
    let _lock = lock?;
    unfinished(&target.base_url).iter().for_each(|told| say::aside(&format!("note: {told}")));
    if is_remote(&target.base_url) {
        say::aside(&budget(flags, &target.base_url));
    }
    let connecting = HttpSubject::connect(target, players, deadline, flags.allow_remote);
    let Some(subject) = interrupt.or(connecting).await else { return Ok(Exit::Interrupted) };
    let subject = subject.map_err(unusable)?;
    let report = measured(flags, rate, subject, known, interrupt).await?;
    let told = say::result(&render::terminal::render(&report));
    reports.write(|kind| rendered(kind, &report))?;
    told?;
    Ok(exit(&report))
}

/// What a run costs its target at most, in a line.
fn budget(flags: &Load, address: &str) -> String {
    format!(
        "budget: {} requests to {address} at most, {} of a hundred of them meant to be refused; what an accepted token \
         leaves is a sign-in; nothing else is created, changed or deleted",
        flags.requests + flags.warm_up,
        flags.refused
    )
}

async fn measured(
    flags: &Load,
    rate: Option<NonZeroU32>,
    subject: HttpSubject,
    known: Known,
    interrupt: Interrupt,
) -> Result<Measurement, Failed> {
    let options = Workload {
        requests: flags.requests,
        duration: Duration::from_secs(flags.duration),
        connections: flags.connections.into(),
        rate: rate.map(|rate| rate.get().into()),
        refused_percent: flags.refused,
        warm_up: flags.warm_up,
        known: known.failures,
        today: today(),
        run: format!("load-{}", jiff::Timestamp::now().as_nanosecond()),
    };
    let stop = Stop::default();
    let asked = stop.clone();
    tokio::spawn(async move {
        interrupt.pressed().await;
        asked.ask();
    });
    let bar = progress(flags);
    let measured = measure(subject, &options, &stop, &|done| bar.set_position(done)).await;
    bar.finish_and_clear();
    measured.map_err(|LoadError::NoVerdict(why)| Failed::no_verdict(anyhow!(why)))
}

fn progress(flags: &Load) -> ProgressBar {
    let bar = ProgressBar::new(flags.requests);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} requests, {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    if flags.progress == When::Never {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar
}

fn rendered(kind: LoadReport, report: &Measurement) -> Result<String, anyhow::Error> {
    Ok(match kind {
        LoadReport::Json => render::json::render(report)?,
        LoadReport::Html => render::html::render(report)?,
    })
}

fn exit(report: &Measurement) -> Exit {
    if report.partial {
        Exit::Interrupted
    } else if report.verdicts.wrong > 0 {
        Exit::Deviates
    } else if report.verdicts.lost > 0 || report.answered == 0 {
        Exit::NoVerdict
    } else {
        Exit::Conforms
    }
}
