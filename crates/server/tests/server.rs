//! The reference server as a client of any kind sees it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

mod server {
    mod api;
    mod clean;
    mod connect;
    mod connect_providers;
    mod direct_link;
    mod embedding;
    mod hosts;
    mod manage;
    mod random;
    mod rest;
}
