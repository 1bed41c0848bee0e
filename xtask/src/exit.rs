//! Exit codes, and errors that know theirs.

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Conforms.
    Conforms,
    /// Deviates, or an unexpected pass, or a stale known failure.
    Deviates,
    /// Usage or configuration.
    Usage,
    /// No verdict: unreachable, or accept and reject cannot be told apart.
    NoVerdict,
    /// Nothing selected, or only what cannot be tested.
    Nothing,
    /// Interrupted; a partial report was written.
    Interrupted,
}

impl Exit {
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Conforms => 0,
            Self::Deviates => 1,
            Self::Usage => 2,
            Self::NoVerdict => 3,
            Self::Nothing => 4,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

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

pub(crate) type Outcome = Result<Exit, Failed>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_the_contract() {
        let all = [
            (Exit::Conforms, 0),
            (Exit::Deviates, 1),
            (Exit::Usage, 2),
            (Exit::NoVerdict, 3),
            (Exit::Nothing, 4),
            (Exit::Interrupted, 130),
        ];
        for (exit, code) in all {
            assert_eq!(exit.code(), code);
        }
    }
}
