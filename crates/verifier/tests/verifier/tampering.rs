//! Nothing near a good token is accepted: every position, every end, every bit of the signature.

use rstest::rstest;

use super::make::{decode, encode};
use super::world::World;

/// Of the alphabet, near it, and from what other encodings use.
const REPLACEMENTS: [char; 12] =
    ['A', 'B', 'z', '0', '-', '_', '.', '=', '+', '/', '\u{0}', '\u{2024}'];

#[rstest]
fn no_replaced_character_passes(
    #[values(World::DirectLink, World::ApiHmac, World::ApiRsa, World::Tableau)] world: World,
) {
    let good = world.draft().token();
    assert!(world.accepts(&good));
    for at in 0..good.len() {
        let (before, after) = good.split_at(at);
        for with in REPLACEMENTS.into_iter().filter(|with| !after.starts_with(*with)) {
            let changed = format!("{before}{with}{}", &after[1..]);
            assert!(!world.accepts(&changed), "{world:?}: {with:?} at {at}");
        }
    }
}

#[rstest]
fn no_inserted_or_missing_character_passes(
    #[values(World::DirectLink, World::ApiHmac, World::ApiRsa, World::Tableau)] world: World,
) {
    let good = world.draft().token();
    for at in 0..=good.len() {
        let (before, after) = good.split_at(at);
        for with in ['A', '.', '=', ' ', '\n', '\u{0}'] {
            assert!(
                !world.accepts(&format!("{before}{with}{after}")),
                "{world:?}: {with:?} before {at}"
            );
        }
        if let Some(rest) = after.get(1..) {
            assert!(!world.accepts(&format!("{before}{rest}")), "{world:?}: without {at}");
        }
    }
}

#[rstest]
fn no_truncation_passes(
    #[values(World::DirectLink, World::ApiHmac, World::ApiRsa, World::Tableau)] world: World,
) {
    let good = world.draft().token();
    for at in 0..good.len() {
        assert!(!world.accepts(&good[..at]), "{world:?}: ends at {at}");
        assert!(at == 0 || !world.accepts(&good[at..]), "{world:?}: starts at {at}");
    }
}

#[rstest]
fn no_flipped_bit_of_the_signature_passes(
    #[values(World::DirectLink, World::ApiHmac, World::ApiRsa, World::Tableau)] world: World,
) {
    let good = world.draft().token();
    let (input, signature) = good.rsplit_once('.').unwrap();
    let signature = decode(signature);
    for bit in 0..signature.len() * 8 {
        let mut flipped = signature.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(!world.accepts(&format!("{input}.{}", encode(&flipped))), "{world:?}: bit {bit}");
    }
}

/// The parts of one good token do not make another with those of a second one.
#[rstest]
fn no_part_of_another_token_fits(
    #[values(World::DirectLink, World::ApiHmac, World::ApiRsa, World::Tableau)] world: World,
) {
    let first = world.draft().token();
    let mut other = world.draft();
    other.header.set("typ", "\"jwt\"");
    other.payload.set("name", "\"another\"");
    let second = other.token();
    assert!(world.accepts(&second));
    let (first, second): (Vec<_>, Vec<_>) =
        (first.split('.').collect(), second.split('.').collect());
    for mixed in 1..7_usize {
        let part =
            |place: usize| if mixed >> place & 1 == 1 { second[place] } else { first[place] };
        let token = format!("{}.{}.{}", part(0), part(1), part(2));
        assert!(!world.accepts(&token), "{world:?}: parts {mixed:03b} of the second");
    }
}

/// A token that is good in one profile is none in another.
#[test]
fn no_token_is_good_elsewhere() {
    for own in World::ALL {
        let token = own.draft().token();
        for other in World::ALL {
            let same_accounts = matches!(
                (own, other),
                (World::ApiHmac | World::ApiRsa, World::ApiHmac | World::ApiRsa)
            );
            assert_eq!(
                other.accepts(&token),
                own == other || same_accounts,
                "{own:?} at {other:?}"
            );
        }
    }
}
