//! Directories of direct linking, for `serve`.

use super::Kind;

pub(super) const SERVE: &[&str] = &["serve", "--directory", "FILE"];

const GOOD: &str = r#"profile = "workato-direct-link"

[[vendor]]
id = "a"

[[team]]
id = "1"
vendor = "a"

[[member]]
id = "2"
team = "1"
"#;

#[rustfmt::skip]
pub(super) fn kind() -> Kind {
    Kind::served(GOOD, SERVE)
        .with("no vendor", "[[vendor]]\nid = \"a\"\n", "", "[[vendor]]")
        .with("a vendor without an id", "id = \"a\"\n", "", "line 3")
        .with("a vendor with an empty id", "id = \"a\"\n\n[[team]]\nid = \"1\"\nvendor = \"a\"", "id = \"\"\n\n[[team]]\nid = \"1\"\nvendor = \"\"", "vendor.id")
        .with("a vendor twice", "[[team]]", "[[vendor]]\nid = \"a\"\n[[team]]", "vendor.id")
        .with("a vendor with a number", "id = \"a\"", "id = 1", "line 4")
        .with("a team of nobody", "vendor = \"a\"", "vendor = \"b\"", "team.vendor")
        .with("a team twice", "[[member]]", "[[team]]\nid = \"1\"\nvendor = \"a\"\n[[member]]", "team.id")
        .with("a team that is no number", "id = \"1\"", "id = \"one\"", "team.id")
        .with("a team with an empty external id", "id = \"1\"", "id = \"E\"", "team.id")
        .with("a team with small hex digits", "id = \"1\"", "id = \"Ea%3a\"", "team.id")
        .with("a team with an unknown key", "vendor = \"a\"", "vendor = \"a\"\nsaml = true", "line 9")
        .with("a team confirmed in words", "vendor = \"a\"", "vendor = \"a\"\nconfirmed = \"yes\"", "line 9")
        .with("a member of no team", "team = \"1\"", "team = \"2\"", "member.team")
        .with("a member with an empty id", "id = \"2\"", "id = \" \"", "member.id")
        .with("a member twice", "[[member]]", "[[member]]\nid = \"2\"\n[[member]]", "member.id")
        .with("a key in the file", "id = \"a\"", "id = \"a\"\npublic_key = \"-----BEGIN PUBLIC KEY-----\"", "line 5")
        .with("a certificate in the file", "id = \"a\"", "id = \"a\"\ncertificate = \"MII\"", "line 5")
        .with("a private key", "id = \"a\"", "id = \"a\"\nprivate_key_file = \"own.pem\"", "line 5")
        .with("a public key that is missing", "id = \"a\"", "id = \"a\"\npublic_key_file = \"none.pem\"", "line 5")
        .with("a secret as a public key", "id = \"a\"", "id = \"a\"\npublic_key_file = \"own.secret\"", "line 5")
        .with("a folder as a public key", "id = \"a\"", "id = \"a\"\npublic_key_file = \".\"", "line 5")
        .with("a device as a public key", "id = \"a\"", "id = \"a\"\npublic_key_file = \"/dev/zero\"", "line 5")
}
