#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| claimproof_fuzz::whole::target_file::check(bytes));
