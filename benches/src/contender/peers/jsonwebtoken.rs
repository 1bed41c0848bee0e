//! jsonwebtoken, in the two versions people use: 11 on aws-lc-rs and 9 on ring.

/// Both versions are called alike.
macro_rules! jsonwebtoken {
    ($module:ident, $library:ident, $version:literal, $configuration:literal) => {
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
                        SigningKey::Secret(secret) => (
                            DecodingKey::from_secret(secret.expose_secret().as_bytes()),
                            Algorithm::HS256,
                        ),
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

jsonwebtoken!(version_11, jsonwebtoken, "11", "feature aws_lc_rs");
jsonwebtoken!(version_9, jsonwebtoken_9, "9", "on ring");
