//! claimproof http.
