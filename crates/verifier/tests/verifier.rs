//! One binary for all tests of the crate; the modules lie in `verifier/`.

#[cfg(test)]
mod verifier {
    mod claim_priority;
    mod codes;
    mod connect_administration;
    mod connect_exchange;
    mod connect_explain;
    mod connect_lists;
    mod connect_login;
    mod connect_properties;
    mod connect_world;
    mod credentials;
    mod fault;
    mod faults_tableau;
    mod hostile;
    mod lists;
    mod make;
    mod management;
    mod origins;
    mod requests;
    mod tableau_claims;
    mod tampering;
    mod windows_direct_link;
    mod windows_tableau;
    mod world;
}
