//! Renderings of a report, each a pure function of it.

mod first;
pub mod json;
pub mod junit;
pub mod observed;
pub mod terminal;
