//! One binary for all tests of the crate; the modules lie in `token/`.

#[cfg(test)]
mod token {
    mod accepted;
    mod against_serde;
    mod certificates;
    mod claims;
    mod cost;
    mod hostile;
    mod keys;
    mod make;
    mod malformed;
    mod properties;
    mod signatures;
    mod ssh;
}
