//! `claimproof serve`: one profile of the reference on loopback, with the public cast or accounts
//! of one's own.

use anyhow::{Context, anyhow};
use claimproof_cast::{Cast, public};
use claimproof_catalog::{Profile, readings};
use claimproof_http::target::write;
use claimproof_in_process::directory;
use claimproof_in_process::of_reference;
use claimproof_mutants::Mutant;
use claimproof_reference::Implementation;
use claimproof_server::{Binding, serve};
use claimproof_suite::Exit;

use crate::failed::{Failed, Outcome};
use crate::flags::Serve;
use crate::interrupt::Interrupt;
use crate::say;

pub(crate) async fn run(flags: &Serve) -> Outcome {
    if flags.list_mutants {
        return list().map(|()| Exit::Conforms);
    }
    let cast = cast(flags)?;
    let profile = cast.profile;
    let binding = match &flags.mutant {
        Some(name) => mutant(profile, name)?.binding(cast.clone()),
        None => Binding::of(cast.clone()),
    };
    let mut binding = binding.context("the directory").map_err(Failed::usage)?;
    for (family, option) in &flags.reading {
        follow(&mut *binding.service, profile, family, option)?;
    }
    let public_address =
        flags.public_address.as_ref().map(|url| url.as_str().trim_end_matches('/').to_owned());
    binding.public_address = public_address.clone();
    binding.remote_providers = flags.allow_remote;
    for uri in directory::remote_providers(&cast).iter().filter(|_| !flags.allow_remote) {
        say::aside(&format!(
            "note: {uri} is on another machine and not asked; if its owner agrees, say --allow-remote"
        ));
    }
    let interrupt = Interrupt::listen().map_err(Failed::no_verdict)?;
    let running = serve(binding, flags.port).await.map_err(Failed::usage)?;
    if let Some(path) = &flags.write_directory {
        directory::write(&cast, path, flags.force).map_err(Failed::usage)?;
    }
    if let Some(path) = &flags.write_target {
        let address = public_address.unwrap_or_else(|| running.base_url());
        write(&of_reference(profile, &address), &cast.players, path, flags.force)
            .map_err(Failed::usage)?;
    }
    // The first line of stdout is the contract of those who start this from a script.
    say::result(&format!("listening on {}\n", running.base_url()))?;
    tokio::select! {
        () = running.wait() => Ok(Exit::NoVerdict),
        () = interrupt.pressed() => Ok(Exit::Interrupted),
    }
}

/// One line a mutant: name, profile, what it breaks, title.
fn list() -> Result<(), Failed> {
    let row = |mutant: &Mutant| {
        let Mutant { name, profile, title, .. } = mutant;
        format!("{name}\t{profile}\t{}\t{title}\n", mutant.breaks.describe())
    };
    say::result(&claimproof_mutants::all().iter().map(row).collect::<String>())
}

/// The public cast of the profile asked for, or one's own directory.
fn cast(flags: &Serve) -> Result<Cast, Failed> {
    if let Some(path) = &flags.directory {
        let cast = directory::load(path).map_err(Failed::usage)?;
        return match flags.profile {
            Some(profile) if profile != cast.profile => Err(Failed::usage(anyhow!(
                "{} is a directory of {}, not of {profile}; leave --profile out",
                path.display(),
                cast.profile
            ))),
            _ => Ok(cast),
        };
    }
    let profile = flags.profile.ok_or_else(|| {
        let all = Profile::ALL.map(Profile::name).join(", ");
        Failed::usage(anyhow!("say which profile: --profile {all}"))
    })?;
    Ok(public(profile))
}

/// Sets the reference to an interpretation; a family or option nobody knows is told with the
/// nearest ones, and one that no policy expresses with those that can be played.
fn follow(
    reference: &mut dyn Implementation,
    profile: Profile,
    family: &str,
    option: &str,
) -> Result<(), Failed> {
    let families: Vec<&str> = readings::of(profile).iter().map(|one| one.id).collect();
    let Some(known) = readings::of(profile).iter().find(|one| one.id == family) else {
        let near = nearest(family, &families).join(", ");
        return Err(Failed::usage(anyhow!(
            "`{family}` is no open question of {profile}; near it are {near}"
        )));
    };
    let options: Vec<&str> = known.readings.iter().map(|one| one.name).collect();
    if !options.contains(&option) {
        let near = nearest(option, &options).join(", ");
        return Err(Failed::usage(anyhow!(
            "`{option}` is no option of {family}; near it are {near}"
        )));
    }
    if reference.follow(family, option) {
        return Ok(());
    }
    let playable = reference.playable().iter().map(|(family, option)| format!("{family}={option}"));
    let playable = playable.collect::<Vec<_>>().join(", ");
    let playable = if playable.is_empty() { "none".to_owned() } else { playable };
    Err(Failed::usage(anyhow!(
        "the reference cannot play {family}={option}; beside its own it can play: {playable}"
    )))
}

/// The mutant of a name, with or without its profile in front; a near miss is named.
fn mutant(profile: Profile, name: &str) -> Result<Mutant, Failed> {
    let whole = if name.contains('/') { name.to_owned() } else { format!("{profile}/{name}") };
    let all = claimproof_mutants::of(profile);
    let names: Vec<&str> = all.iter().map(|mutant| mutant.name.as_str()).collect();
    let near = nearest(&whole, &names).join(", ");
    let found = all.iter().find(|mutant| mutant.name == whole).cloned();
    found.ok_or_else(|| {
        Failed::usage(anyhow!("`{name}` is no mutant of {profile}; near it are {near}"))
    })
}

/// The three names most alike.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Vec<&'a str> {
    let mut ranked: Vec<_> =
        known.iter().map(|one| (strsim::jaro_winkler(name, one), *one)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().take(3).map(|(_, one)| one).collect()
}
