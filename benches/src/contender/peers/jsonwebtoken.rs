//! jsonwebtoken, in the versions people use: 12 and 11 on aws-lc-rs, 9 on ring.

/// All versions are called alike, but that 12 refuses an empty secret.
macro_rules! jsonwebtoken {
    ($module:ident, $library:ident, $version:literal, $configuration:literal, $of_secret:expr) => {
        pub(super) mod $module {
            use claimproof_cast::SigningKey;
            use secrecy::ExposeSecret;
            use $library::{Algorithm, DecodingKey, Validation, decode};

            use crate::contender::Contender;
            use crate::contender::peers::{Claims, Peer, prepare};

            pub(in crate::contender::peers) const CONTENDER: Contender = Contender {
                name: concat!("jsonwebtoken ", $version),
                package: ("jsonwebtoken", $version),
                configuration: concat!(
                    $configuration,
                    "; DecodingKey kept; Validation kept, without exp and aud of its own"
                ),
                prepare: prepare::<Own>,
            };

            struct Own {
                key: DecodingKey,
                validation: Validation,
            }

            impl Peer for Own {
                fn new(key: &SigningKey) -> Option<Self> {
                    let (key, algorithm) = match key {
                        SigningKey::Secret(secret) => {
                            let of_secret: fn(&[u8]) -> Option<DecodingKey> = $of_secret;
                            (of_secret(secret.expose_secret().as_bytes())?, Algorithm::HS256)
                        }
                        SigningKey::Rsa { public, .. } => {
                            (DecodingKey::from_rsa_pem(public.as_bytes()).ok()?, Algorithm::RS256)
                        }
                    };
                    let mut validation = Validation::new(algorithm);
                    validation.required_spec_claims.clear();
                    (validation.validate_exp, validation.validate_aud) = (false, false);
                    Some(Self { key, validation })
                }

                fn claims<C: Claims>(&self, token: &str) -> Option<C> {
                    decode(token, &self.key, &self.validation).ok().map(|token| token.claims)
                }
            }
        }
    };
}

jsonwebtoken!(version_12, jsonwebtoken, "12", "feature aws_lc_rs", |secret| {
    DecodingKey::from_secret(secret).ok()
});
jsonwebtoken!(version_11, jsonwebtoken_11, "11", "feature aws_lc_rs", |secret| {
    Some(DecodingKey::from_secret(secret))
});
jsonwebtoken!(version_9, jsonwebtoken_9, "9", "on ring", |secret| {
    Some(DecodingKey::from_secret(secret))
});
