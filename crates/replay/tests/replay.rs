//! One binary for all tests of the crate; the modules lie in `replay/`.

#[cfg(test)]
mod replay {
    mod cost;
    mod keys;
    mod make;
    mod model;
    mod steps_back;
    mod threads;
}
