//! Errors that know how a command ends by them.

use claimproof_suite::Exit;

/// An error and the exit it leads to.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) error: anyhow::Error,
    pub(crate) exit: Exit,
}

impl Failed {
    /// The command line or a file is wrong.
    pub(crate) fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self { error: error.into(), exit: Exit::Usage }
    }

    /// Nothing can be said about the target.
    pub(crate) fn no_verdict(error: impl Into<anyhow::Error>) -> Self {
        Self { error: error.into(), exit: Exit::NoVerdict }
    }
}

/// What comes of a command.
pub(crate) type Outcome = Result<Exit, Failed>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_know_their_exit() {
        assert_eq!(Failed::usage(anyhow::anyhow!("a")).exit, Exit::Usage);
        assert_eq!(Failed::no_verdict(anyhow::anyhow!("a")).exit, Exit::NoVerdict);
    }
}
