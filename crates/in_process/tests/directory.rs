//! The directory file: whom the reference knows in the place of the public cast.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod directory {
    mod files;
    mod mistakes;
    mod play;
}
