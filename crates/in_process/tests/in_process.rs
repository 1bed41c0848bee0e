//! The reference in process, held against every vector.

#[cfg(test)]
mod in_process {
    mod explaining;
    mod lists;
    mod make;
    mod posit_tokens;
    mod precedence;
    mod reference_in_process;
}
