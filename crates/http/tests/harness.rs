//! The suite on servers that answer wrongly, not at all, or rightly in a shape of their own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

mod harness {
    mod answers;
    mod challenge;
    mod clock;
    mod confusion;
    mod early;
    mod foreign;
    mod hostile;
    mod kept_alive;
    mod levels;
    mod management;
    mod moments;
    mod plan;
    mod readings;
    mod redirects;
    mod secrets;
}
