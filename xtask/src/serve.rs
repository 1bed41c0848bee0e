//! `cargo xtask serve`: one profile of the reference on loopback.

use std::io::Write;

use anyhow::{Context, anyhow};
use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_http::target::{of_reference, write};
use claimproof_http::{Binding, serve};

use crate::exit::{Exit, Failed, Outcome};
use crate::flags::Serve;

pub(crate) async fn run(flags: &Serve) -> Outcome {
    let names = || Profile::JWT.map(Profile::name).join(", ");
    let profile = flags.profile.ok_or_else(|| {
        let all = Profile::ALL.map(Profile::name).join(", ");
        Failed::usage(anyhow!("say which profile: --profile {all}"))
    })?;
    if !Profile::JWT.contains(&profile) {
        return Err(Failed::usage(anyhow!("{profile} is not built yet; served are {}", names())));
    }
    let cast = public(profile);
    let binding = Binding::of(cast.clone()).context("the public cast").map_err(Failed::usage)?;
    let running = serve(binding, flags.port).await.map_err(Failed::usage)?;
    if let Some(path) = &flags.write_target {
        write(&of_reference(profile, &running.base_url()), &cast.players, path).map_err(Failed::usage)?;
    }
    // The first line of stdout is the contract of those who start this from a script.
    anstream::println!("listening on {}", running.base_url());
    std::io::stdout().flush().map_err(Failed::usage)?;
    tokio::select! {
        () = running.wait() => Ok(Exit::NoVerdict),
        _ = tokio::signal::ctrl_c() => Ok(Exit::Interrupted),
    }
}
