//! Renderings of a report: each is a pure function of it.

pub mod html;
pub mod json;
pub mod terminal;
