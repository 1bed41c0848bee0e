//! A target file: taken or told, and written as it was read.

use claimproof_http::Target;

/// What stands in a file under the name of a secret and must stand in no message.
const PLANTED: &str = "q7Zx9KpLw3Tv";

/// A message is short and keeps secrets; a file that is taken is taken again as it is written.
pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Target::parse(text, "my.toml") {
        Ok(target) => {
            let Ok(written) = toml::to_string(&target) else { return };
            let again = Target::parse(&written, "my.toml");
            assert!(again.is_ok(), "written, and not read again: {:?}", again.err());
        }
        Err(error) => {
            let message = error.to_string();
            assert!(message.starts_with("my.toml: ") && message.len() < 8000, "{message}");
        }
    }
    let planted = format!("{text}\nsecret = \"{PLANTED}\"\n");
    if let Err(error) = Target::parse(&planted, "my.toml") {
        assert!(!error.to_string().contains(PLANTED), "a message repeats a secret: {error}");
    }
}
