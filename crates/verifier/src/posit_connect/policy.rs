//! What a Connect server may choose.

/// Lifetimes and limits.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Seconds a subject token is good for.
    pub subject_life: i64,
    /// Seconds a login may take from its start to its callback.
    pub login_life: i64,
    /// Seconds before its expiry at which an access token is refreshed already.
    pub refresh_slack: i64,
    /// Whether an integration that does not say so uses PKCE.
    pub pkce: bool,
    /// The longest exchange body that is read, in bytes.
    pub max_body: usize,
    /// The longest answer of a provider that is read, in bytes.
    pub max_answer: usize,
    /// The longest text of a provider that is passed on, in characters.
    pub max_text: usize,
    /// Logins that may be open at once; beyond, the oldest ones are given up.
    pub max_logins: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            subject_life: 600,
            login_life: 600,
            refresh_slack: 0,
            pkce: true,
            max_body: 64 * 1024,
            max_answer: 64 * 1024,
            max_text: 2000,
            max_logins: 1024,
        }
    }
}
