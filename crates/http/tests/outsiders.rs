//! Servers that nobody here wrote the suite for: every planted fault is found, no conforming
//! variant raises an alarm.
//!
//! `outsiders/list` has the faults and variants, written down before the cases that find them. The servers beside it share
//! no crate of ours, proxies before the reference apart; what they are told of players is plain text.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod outsiders {
    mod json;
    mod jwt;
    mod list;
    mod posit_connect;
    mod proxy;
    mod run;
    mod sources;
    mod start;
    mod tableau_connected_app;
    mod wire;
    mod workato_api;
    mod workato_direct_link;
}
