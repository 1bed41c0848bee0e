//! What takes the client and the charts along.

pub mod load_page;
pub mod target_file;
