//! The frozen schema is that of the types.

use std::path::Path;

#[test]
fn the_schema_is_that_of_the_types() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.json");
    let due = claimproof_golden::schema();
    if std::env::var_os("CLAIMPROOF_REWRITE").is_some() {
        std::fs::write(&file, &due).unwrap();
    }
    let why = "run CLAIMPROOF_REWRITE=1 cargo test -p claimproof-golden --test schema";
    assert_eq!(std::fs::read_to_string(&file).unwrap(), due, "{why}");
}
