#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| claimproof_fuzz::light::json::check(bytes));
