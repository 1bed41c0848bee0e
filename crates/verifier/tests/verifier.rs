//! One binary for all tests of the crate; the modules lie in `verifier/`.

#[cfg(test)]
mod verifier {
    mod claim_priority;
    mod codes;
    mod credentials;
    mod hostile;
    mod make;
    mod management;
    mod origins;
    mod requests;
    mod tampering;
    mod windows_direct_link;
    mod windows_tableau;
    mod world;
}
