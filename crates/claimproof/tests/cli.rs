//! The command line as a script sees it: exit codes, streams, files, two processes, Ctrl-C.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "a test says what it skips")]

mod cli {
    mod accounts;
    mod busy;
    mod citizen;
    mod clock;
    pub(crate) mod common;
    mod delaying;
    mod exit_codes;
    mod far;
    mod help;
    mod hostile;
    #[cfg(unix)]
    mod intake;
    mod interrupt;
    mod interrupts;
    mod journal;
    mod known_failures;
    mod load;
    #[cfg(unix)]
    mod malformed;
    mod management;
    mod observe;
    mod outputs;
    mod pairs;
    mod selection;
    mod serve;
    mod strangers;
    pub(crate) mod tls;
    mod two_processes;
    mod vectors;
}
