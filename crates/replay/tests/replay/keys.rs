//! No two redemptions that differ in profile, realm, kind or id share a key.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use claimproof_catalog::Profile;
use claimproof_replay::UsedId;
use claimproof_verifier::{JtiKind, Once};
use proptest::prelude::*;

use super::make::once;

const PROFILES: [Profile; 3] =
    [Profile::WorkatoDirectLink, Profile::WorkatoApi, Profile::TableauConnectedApp];
const KINDS: [JtiKind; 2] = [JtiKind::Text, JtiKind::Integer];

/// Every cut of one text into realm and id, of both kinds and every profile, has a key of its own.
#[test]
fn a_moved_delimiter_is_another_key() {
    for text in
        ["vendor:jti", "a\u{0}b\u{0}c", "\"1\"", "1\"1", "::::", "11111111", "workato-direct-link"]
    {
        let mut seen = HashSet::new();
        for profile in PROFILES {
            for kind in KINDS {
                for (cut, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    let (realm, jti) = text.split_at(cut);
                    assert!(
                        seen.insert(UsedId::of(profile, &once(realm, kind, jti)).to_bytes()),
                        "{text:?} cut at {cut}"
                    );
                }
            }
        }
        assert_eq!(seen.len(), 6 * (text.len() + 1));
    }
}

/// Ids are compared bytewise (G06, G09): nothing is trimmed, folded, composed or rounded.
#[test]
fn near_ids_are_other_keys() {
    let ids = [
        "a",
        "A",
        " a",
        "a ",
        "a\u{0}",
        "\u{e9}",
        "e\u{301}",
        "",
        "9007199254740992",
        "9007199254740993",
        "1",
        "01",
        "1.0",
        "*3\r\n$3\r\nSET",
    ];
    let keys: HashSet<_> = ids
        .iter()
        .map(|jti| UsedId::of(Profile::TableauConnectedApp, &once("app", JtiKind::Text, jti)))
        .collect();
    assert_eq!(keys.len(), ids.len());
}

fn key<'a>((profile, realm, kind, jti): &'a (Profile, String, JtiKind, String)) -> UsedId<'a> {
    UsedId::of(*profile, &once(realm, *kind, jti))
}

fn hash(key: &UsedId<'_>) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(key)
}

#[test]
fn every_profile_and_kind_is_hashed_apart() {
    let all = Profile::ALL.into_iter().flat_map(|profile| KINDS.map(|kind| (profile, kind)));
    let hashes: HashSet<u64> =
        all.map(|(profile, kind)| hash(&UsedId::of(profile, &once("realm", kind, "1")))).collect();
    assert_eq!(hashes.len(), 8);
}

/// Few and telling characters, so that two of them often meet.
fn named() -> impl Strategy<Value = (Profile, String, JtiKind, String)> {
    let text = "[a:\"1\u{0}\u{8}]{0,4}";
    (prop::sample::select(PROFILES.to_vec()), text, prop::sample::select(KINDS.to_vec()), text)
}

proptest! {
    #[test]
    fn one_key_is_one_redemption(first in named(), second in named()) {
        prop_assert_eq!(key(&first) == key(&second), first == second);
        prop_assert_eq!(key(&first).to_bytes() == key(&second).to_bytes(), first == second);
        // Hashed with no secret: two of these few that met would show that a piece is left out.
        prop_assert_eq!(hash(&key(&first)) == hash(&key(&second)), first == second);
        let (profile, realm, kind, jti) = &first;
        let swapped = UsedId::of(*profile, &once(jti, *kind, realm));
        prop_assert_eq!(key(&first) == swapped, realm == jti);
    }

    #[test]
    fn any_text_is_framed(realm in any::<String>(), jti in any::<String>(), more in any::<char>()) {
        let told = |realm: &str, jti: &str| (Profile::WorkatoDirectLink, realm.to_owned(), JtiKind::Text, jti.to_owned());
        let own = told(&realm, &jti);
        for (other, same) in [
            (told(&realm, &jti), true),
            (told(&format!("{realm}{more}"), &jti), false),
            (told(&realm, &format!("{jti}{more}")), false),
            (told(&format!("{realm}{jti}"), ""), jti.is_empty()),
        ] {
            prop_assert_eq!(key(&own) == key(&other), same);
            prop_assert_eq!(key(&own).to_bytes() == key(&other).to_bytes(), same);
            prop_assert_eq!(hash(&key(&own)) == hash(&key(&other)), same);
        }
    }

    /// How long it is remembered is no part of what is remembered.
    #[test]
    fn the_deadline_is_no_part_of_it(until in any::<i64>()) {
        let one = once("vendor", JtiKind::Text, "one");
        let later = Once { until, ..one.clone() };
        prop_assert_eq!(UsedId::of(Profile::WorkatoDirectLink, &one), UsedId::of(Profile::WorkatoDirectLink, &later));
    }
}
