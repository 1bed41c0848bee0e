//! The file of known failures: read, and written anew without losing what people put into it.

use claimproof_suite::KnownFailures;
use claimproof_suite::known_failures::update;
use jiff::civil::date;

/// A file that is read is written back with every entry where nothing was tried, and reads the same.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let known = match KnownFailures::parse(text) {
        Ok(known) => known,
        Err(fault) => return assert!(!fault.to_string().is_empty()),
    };
    let Ok(done) = update(text, &known, &[], &[], false, date(2026, 11, 30)) else {
        panic!("a file that is read is no TOML when it is written")
    };
    assert!(done.added.is_empty(), "added without a case");
    let again = KnownFailures::parse(&done.text);
    assert!(again.is_ok(), "written, and not read again: {:?}", again.err());
    let once_more = again
        .ok()
        .and_then(|again| update(&done.text, &again, &[], &[], false, date(2026, 11, 30)).ok());
    assert_eq!(once_more.map(|more| more.kept), Some(done.kept), "entries are lost");
}
