//! What a provider is told to be.

/// Whose wire shapes a provider speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Personality {
    /// Microsoft Entra ID.
    Entra,
    /// Snowflake.
    Snowflake,
    /// Keycloak.
    Keycloak,
    /// An OAuth app at GitHub.
    GithubOauthApp,
    /// A GitHub App.
    GithubApp,
}

/// Which redirect URIs are registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    /// The callback a conforming server sends.
    Callback,
    /// None at all.
    Nothing,
    /// The callback with this done to it, and nothing else.
    Other(Differs),
}

/// How a registered redirect URI differs from the callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differs {
    /// A slash behind it.
    Slash,
    /// An upper-case letter in its path.
    Case,
    /// The other scheme.
    Scheme,
    /// Another port.
    Port,
    /// Another path.
    Path,
}

/// The client secret an integration is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secret {
    /// The one the provider takes now.
    Current,
    /// One it never issued.
    Wrong,
    /// The id of the right one in place of its value.
    Id,
}

/// What the provider thinks of client secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrets {
    /// The first one is good.
    First,
    /// The first one has expired; the second is good.
    FirstExpired,
    /// The first one was replaced; the second is good.
    Replaced,
}

/// Which of the strings a provider hands out hold characters that a form spells otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awkward {
    /// Client secrets.
    Secrets,
    /// Authorization codes.
    Codes,
    /// Refresh tokens.
    RefreshTokens,
}

/// When a refresh token is issued at redemption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// Always.
    Always,
    /// Where this scope was asked for.
    WithScope(&'static str),
    /// Never: the member is absent.
    Never,
    /// The member is null.
    Null,
    /// The member is an empty string.
    Empty,
}

/// What the token endpoint answers in place of what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// These bytes with this status and content type.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The content type.
        content_type: &'static str,
        /// The body.
        body: &'static str,
    },
    /// The error it has for a client it does not know.
    UnknownClient,
    /// The error it has for a code or refresh token that no longer counts.
    GrantEnded,
    /// An error whose description repeats the client secret it was sent.
    EchoesSecret,
    /// An error whose description is markup and control characters.
    Markup,
    /// An error of a megabyte.
    Huge,
    /// The first half of a good answer.
    Truncated,
    /// Nothing wrong, but late enough for other requests to arrive meanwhile.
    Late,
    /// No answer within any deadline.
    Stalls,
    /// The connection is closed without an answer.
    Closes,
}

impl Failure {
    /// In a few words.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Answer { .. } => "another answer",
            Self::UnknownClient => "unknown client",
            Self::GrantEnded => "grant ended",
            Self::EchoesSecret => "repeats the client secret",
            Self::Markup => "markup",
            Self::Huge => "a megabyte",
            Self::Truncated => "half an answer",
            Self::Late => "late",
            Self::Stalls => "stalls",
            Self::Closes => "closes",
        }
    }
}

/// When a fault holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// When a code is redeemed.
    Redemption,
    /// When a token is refreshed.
    Refresh,
}

impl At {
    /// In a word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Redemption => "redemption",
            Self::Refresh => "refresh",
        }
    }
}

/// How a provider behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knobs {
    /// Whose shapes it speaks.
    pub personality: Personality,
    /// The redirect URIs it knows.
    pub registered: Registered,
    /// Which secrets it takes.
    pub secrets: Secrets,
    /// When it issues refresh tokens.
    pub refresh: Refresh,
    /// Whether a refresh answers with a new refresh token.
    pub rotates: bool,
    /// Seconds an access token lives; none where the answer does not say.
    pub expires_in: Option<u32>,
    /// The JSON text that stands in the answer in place of that number.
    pub expires_as: Option<&'static str>,
    /// Which of its strings hold `+ % & = / : ~`, blanks and capitals.
    pub awkward: Option<Awkward>,
    /// The scope without which the protected resource cannot verify the access token.
    pub resource_scope: Option<&'static str>,
    /// Whether Entra's error texts end in lines, as until 2023, or on one line.
    pub trailer_in_lines: bool,
    /// What it does wrong, and when.
    pub fault: Option<(At, Failure)>,
}

impl Knobs {
    /// A provider of this kind in good order, with tokens of an hour.
    pub const fn of(personality: Personality) -> Self {
        let (refresh, rotates, expires_in) = match personality {
            Personality::Entra => (Refresh::WithScope("offline_access"), true, Some(3600)),
            // The vendor's server answers a refresh without a new refresh token.
            Personality::Snowflake => (Refresh::WithScope("refresh_token"), false, Some(3600)),
            Personality::Keycloak => (Refresh::Always, true, Some(3600)),
            Personality::GithubOauthApp => (Refresh::Never, false, None),
            Personality::GithubApp => (Refresh::Always, true, Some(28_800)),
        };
        Self {
            personality,
            registered: Registered::Callback,
            secrets: Secrets::First,
            refresh,
            rotates,
            expires_in,
            expires_as: None,
            awkward: None,
            resource_scope: None,
            trailer_in_lines: false,
            fault: None,
        }
    }

    /// With tokens of so many seconds.
    pub const fn expiring_in(mut self, seconds: u32) -> Self {
        self.expires_in = Some(seconds);
        self
    }

    /// With this JSON text in place of the seconds.
    pub const fn expiring_as(mut self, text: &'static str) -> Self {
        self.expires_as = Some(text);
        self
    }

    /// Handing out such strings.
    pub const fn handing_out(mut self, awkward: Awkward) -> Self {
        self.awkward = Some(awkward);
        self
    }

    /// With these redirect URIs registered.
    pub const fn registering(mut self, registered: Registered) -> Self {
        self.registered = registered;
        self
    }

    /// Of this mind about secrets.
    pub const fn taking(mut self, secrets: Secrets) -> Self {
        self.secrets = secrets;
        self
    }

    /// With this policy on refresh tokens.
    pub const fn refreshing(mut self, refresh: Refresh) -> Self {
        self.refresh = refresh;
        self
    }

    /// Doing this wrong.
    pub const fn failing(mut self, at: At, fault: Failure) -> Self {
        self.fault = Some((at, fault));
        self
    }
}
