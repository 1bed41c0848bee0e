//! One binary for all tests of the crate; the modules lie in `suite/`.

#[cfg(test)]
mod suite {
    mod again;
    mod at_once;
    mod challenge;
    mod clocks;
    mod findings;
    mod grading;
    mod known_failures;
    mod looks;
    mod make;
    mod observing;
    mod ordering;
    mod playing;
    mod proving;
    mod rendering;
    mod selecting;
    mod settling;
    mod whole_runs;
}
