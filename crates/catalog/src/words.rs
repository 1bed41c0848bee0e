//! What is said of something that is wrong, as rows, with places for its values.

use std::borrow::Cow;
use std::fmt::Display;

/// One thing that can be wrong, in words.
#[derive(Debug)]
pub struct Words {
    /// The name of the row.
    pub name: &'static str,
    /// A sentence; `{name}` stands for the value of that name.
    pub text: &'static str,
}

impl Words {
    /// The row of this name. In a `const` one that is not there does not compile.
    ///
    /// # Panics
    /// Where no row has the name.
    pub const fn named(rows: &'static [Self], name: &str) -> &'static Self {
        let mut at = 0;
        while at < rows.len() {
            if is_same(rows[at].name.as_bytes(), name.as_bytes()) {
                return &rows[at];
            }
            at += 1;
        }
        panic!("no row of words has this name")
    }

    /// The sentence with its values.
    pub fn with(&self, values: &[(&str, &dyn Display)]) -> Cow<'static, str> {
        let put = |text: Cow<'static, str>, (name, value): &(&str, &dyn Display)| {
            Cow::Owned(text.replace(&format!("{{{name}}}"), &value.to_string()))
        };
        values.iter().fold(Cow::Borrowed(self.text), put)
    }
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// Declares the rows of one profile.
macro_rules! words {
    ($($name:ident: $text:literal;)*) => {
        /// What is said of everything that can be wrong.
        pub const WORDS: &[$crate::Words] =
            &[$($crate::Words { name: stringify!($name), text: $text },)*];
    };
}
