//! Figures of the source that may fall and not rise: shared files that name a profile, public type
//! names with several meanings, and errors that are texts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use claimproof_catalog::Profile;
use regex::Regex;

/// What was counted, with the places of each.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// Files that are no profile's own and name one.
    naming: Vec<String>,
    /// By public type name of `crates`, where it stands; only those of several rooms.
    ambiguous: BTreeMap<String, BTreeSet<String>>,
    /// By file, how often a `Result` has a text or a boxed error.
    untyped: BTreeMap<String, usize>,
}

impl Counts {
    /// Counts the sources of a workspace, tests aside.
    pub(crate) fn of(workspace: &Path) -> io::Result<Self> {
        let mut counts = Self::default();
        for folder in ["crates", "xtask", "benches"] {
            for file in sources(&workspace.join(folder))? {
                let place = file.strip_prefix(workspace).unwrap_or(&file).display().to_string();
                counts.add(&place, &without_tests(&fs::read_to_string(&file)?));
            }
        }
        counts.ambiguous.retain(|_, rooms| rooms.len() > 1);
        Ok(counts)
    }

    fn add(&mut self, place: &str, code: &str) {
        let untyped = errors(code).filter(|error| is_untyped(error)).count();
        if untyped > 0 {
            self.untyped.insert(place.to_owned(), untyped);
        }
        let Some(of_crate) = place.strip_prefix("crates/") else { return };
        let is_own = Profile::ALL.into_iter().any(|profile| place.contains(&module(profile)));
        if !is_own && NAMES.is_match(code) {
            self.naming.push(place.to_owned());
        }
        // The files of the profiles of one crate say the same word for the same thing.
        let own_room = || format!("crates/{}, profiles", of_crate.split('/').next().unwrap_or(""));
        let room = if is_own { own_room() } else { place.to_owned() };
        for declared in DECLARED.captures_iter(code) {
            self.ambiguous.entry(declared[1].to_owned()).or_default().insert(room.clone());
        }
    }
}

impl Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} shared files name a profile", self.naming.len())?;
        self.naming.iter().try_for_each(|file| writeln!(f, "    {file}"))?;
        writeln!(f, "{} public type names have several meanings", self.ambiguous.len())?;
        for (name, rooms) in &self.ambiguous {
            let rooms: Vec<&str> = rooms.iter().map(String::as_str).collect();
            writeln!(f, "    {name}: {}", rooms.join("; "))?;
        }
        let all: usize = self.untyped.values().sum();
        writeln!(f, "{all} results have a text or a boxed error")?;
        self.untyped.iter().try_for_each(|(file, count)| writeln!(f, "    {file}: {count}"))
    }
}

/// A profile by its name in code, or by the module of it.
static NAMES: LazyLock<Regex> = LazyLock::new(|| {
    let names = Profile::ALL.map(|profile| format!("{profile:?}|{}", module(profile)));
    pattern(&format!(r"\b(?:{})\b", names.join("|")))
});
static DECLARED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m)^pub (?:struct|enum|trait|type) (\w+)"));
static COMMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"//[^\n]*"));
static UNTYPED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:String|&\s*(?:'\w+\s+)?str|Box<\s*dyn\b.*\bError\b.*>)$"));

#[expect(clippy::expect_used, reason = "each is written here, and the tests use it")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of this file")
}

fn module(profile: Profile) -> String {
    profile.name().replace('-', "_")
}

/// The Rust files under a folder in order, tests aside.
fn sources(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(if name.starts_with("tests") { Vec::new() } else { sources(&path)? });
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
            files.push(path);
        }
    }
    Ok(files)
}

fn without_tests(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    COMMENT.replace_all(code, "").into_owned()
}

/// The error of each `Result` with two arguments.
fn errors(code: &str) -> impl Iterator<Item = &str> {
    let starts = code.match_indices("Result<").map(|(at, opening)| at + opening.len());
    starts.filter_map(|start| match arguments(&code[start..]).as_slice() {
        [_, error] => Some(*error),
        _ => None,
    })
}

/// The arguments up to the bracket that closes the one before this text.
fn arguments(text: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut all, mut last) = (0_usize, 0, Vec::new(), ' ');
    for (at, letter) in text.char_indices() {
        match letter {
            '<' | '(' | '[' => depth += 1,
            '>' if last == '-' => {}
            '>' | ')' | ']' if depth > 0 => depth -= 1,
            ',' if depth == 0 => {
                all.push(text[begin..at].trim());
                begin = at + 1;
            }
            '>' => {
                all.push(text[begin..at].trim());
                break;
            }
            _ => {}
        }
        last = letter;
    }
    all.retain(|one| !one.is_empty());
    all
}

fn is_untyped(error: &str) -> bool {
    UNTYPED.is_match(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lower them with what has fallen.
    const MOST_NAMING: usize = 12;
    const MOST_AMBIGUOUS: usize = 4;
    const MOST_UNTYPED: usize = 20;

    #[test]
    fn figures_fall_and_do_not_rise() {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let counts = Counts::of(&workspace).unwrap();
        assert!(counts.naming.len() <= MOST_NAMING, "{counts}");
        assert!(counts.ambiguous.len() <= MOST_AMBIGUOUS, "{counts}");
        assert!(counts.untyped.values().sum::<usize>() <= MOST_UNTYPED, "{counts}");
    }

    #[test]
    fn a_shared_file_that_names_a_profile_is_counted_and_its_own_is_not() {
        let mut counts = Counts::default();
        counts.add("crates/suite/src/select.rs", "if profile == Profile::WorkatoApi {}");
        counts.add("crates/suite/src/workato_api.rs", "Profile::WorkatoApi");
        counts.add("crates/suite/src/order.rs", &without_tests("// Profile::WorkatoApi"));
        counts.add("xtask/src/main.rs", "Profile::WorkatoApi");
        assert_eq!(counts.naming, ["crates/suite/src/select.rs"]);
    }

    #[test]
    fn a_name_has_one_meaning_in_the_files_of_the_profiles_of_a_crate() {
        let mut counts = Counts::default();
        for place in ["workato_api", "posit_connect", "pipeline"] {
            let declared = "pub struct Facts;\npub(crate) struct Job;\n";
            counts.add(&format!("crates/verifier/src/{place}.rs"), declared);
        }
        assert_eq!(counts.ambiguous.keys().collect::<Vec<_>>(), ["Facts"]);
        assert_eq!(counts.ambiguous["Facts"].len(), 2);
    }

    #[test]
    fn results_with_a_text_are_told_from_those_with_a_type() {
        let counted = |code: &str| errors(code).filter(|error| is_untyped(error)).count();
        assert_eq!(counted("fn a() -> Result<Vec<(u8, u8)>, String> {"), 1);
        assert_eq!(counted("type B = Result<(), &'static str>;"), 1);
        assert_eq!(counted("fn c() -> Result<\n    Box<dyn Fn(u8) -> u8>,\n    String,\n>;"), 1);
        assert_eq!(counted("fn d() -> Result<(), Box<dyn std::error::Error + Send>>"), 1);
        assert_eq!(counted("fn e() -> Result<String, Unplayed>"), 0);
        assert_eq!(counted("fn f() -> fmt::Result; fn g() -> io::Result<String>"), 0);
    }
}
