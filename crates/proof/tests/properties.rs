//! Each property of the coverage turns red under the mutants it is listed with, and is green
//! without.

#[cfg(test)]
mod properties {
    pub(crate) mod fault;
    mod in_process;
    mod proofs;
    mod reference;
    mod verifier;
}
