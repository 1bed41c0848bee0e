//! One binary for all tests of the crate; the modules lie in `reference/`.

#[cfg(test)]
mod reference {
    mod edges;
    mod make;
    mod sequences;
    mod threads;
}
