//! What a Connect server may choose.

/// What becomes of a login that brought no refresh token (`PCO-R-missing-refresh-token`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingRefreshToken {
    /// It has failed, and no session is made.
    Fatal,
    /// The text is shown, and a session is made that cannot be refreshed.
    Degraded,
}

/// Lifetimes, limits and readings.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Seconds a subject token is good for.
    pub subject_life: i64,
    /// Seconds a login may take from its start to its callback.
    pub login_life: i64,
    /// Seconds before its expiry at which an access token is refreshed already.
    pub refresh_slack: i64,
    /// The reading followed.
    pub missing_refresh_token: MissingRefreshToken,
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
            missing_refresh_token: MissingRefreshToken::Fatal,
            pkce: true,
            max_body: 64 * 1024,
            max_answer: 64 * 1024,
            max_text: 2000,
            max_logins: 1024,
        }
    }
}
