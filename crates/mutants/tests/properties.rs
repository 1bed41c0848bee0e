//! The properties the square names exist as tests.

use std::path::Path;

use claimproof_mutants::properties::PROPERTIES;

#[test]
fn every_property_of_the_square_is_a_test() {
    for property in PROPERTIES {
        let [package, module, test] = property.name.split("::").collect::<Vec<_>>()[..] else {
            panic!("{} is not crate::module::test", property.name);
        };
        let path = format!("../{package}/tests/{package}/{module}.rs");
        let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path));
        let source = source.unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(source.contains(&format!("fn {test}(")), "{path} has no test {test}");
    }
}
