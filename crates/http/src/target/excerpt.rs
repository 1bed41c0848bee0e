//! What a parser says of a target file, without the secrets that people write into one.

/// The longest line that is shown.
const WIDTH: usize = 160;

/// The error with the line it quotes cut, and without its value where that may be a secret.
pub(super) fn shown(error: &toml::de::Error) -> String {
    error.to_string().lines().map(|text| line(text) + "\n").collect()
}

fn line(line: &str) -> String {
    let is_quoted =
        line.split_once(" | ").is_some_and(|(number, _)| number.trim().parse::<usize>().is_ok());
    let may_be_secret = ["secret", "password", "private", "token", "-----BEGIN"]
        .iter()
        .any(|word| line.contains(word));
    match line.split_once('=').filter(|_| is_quoted && may_be_secret) {
        Some((key, _)) => format!("{key}= (not shown)"),
        None if is_quoted && line.chars().count() > WIDTH => {
            line.chars().take(WIDTH).chain(['…']).collect()
        }
        None => line.to_owned(),
    }
}
