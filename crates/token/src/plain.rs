//! Where a JSON string ends or is interrupted.

use memchr::memchr2;

/// A one in each of eight bytes, and the high bit of each.
const ONES: u64 = u64::from_ne_bytes([1; 8]);
const HIGH: u64 = ONES << 7;

/// From here on a string is taken for a long one.
const LONG: usize = 64;

/// How many bytes stand for themselves in a string (RFC 8259 section 7). Most names end in the first
/// block, which is looked at in the caller's own code.
#[inline(always)]
pub(crate) fn plain(bytes: &[u8]) -> usize {
    match bytes.first_chunk().map(|block| specials(u64::from_le_bytes(*block))) {
        Some(0) | None => plain_of_blocks(bytes),
        Some(specials) => first(specials),
    }
}

fn plain_of_blocks(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((block, behind)) = rest.split_first_chunk() {
        let at = bytes.len() - rest.len();
        let specials = specials(u64::from_le_bytes(*block));
        if specials != 0 {
            return at + first(specials);
        }
        if at == LONG {
            return at + plain_of_many(rest);
        }
        rest = behind;
    }
    bytes.len() - rest.len() + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// The first byte of a block that is marked.
#[inline(always)]
fn first(specials: u64) -> usize {
    usize::try_from(specials.trailing_zeros() / u8::BITS).unwrap_or(0)
}

/// The same in two passes, each of which takes many bytes at once.
#[inline(never)]
fn plain_of_many(bytes: &[u8]) -> usize {
    let end = memchr2(b'"', b'\\', bytes).unwrap_or(bytes.len());
    let inside = &bytes[..end];
    let least = inside.iter().fold(u8::MAX, |least, byte| least.min(*byte));
    if least < b' ' { inside.iter().position(is_special).unwrap_or(end) } else { end }
}

/// How many digits begin a text; times and most ids are told by the first block or two.
#[inline(always)]
pub(crate) fn digits(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((block, behind)) = rest.split_first_chunk() {
        let others = others(u64::from_le_bytes(*block));
        if others != 0 {
            return bytes.len() - rest.len() + first(others);
        }
        rest = behind;
    }
    bytes.len() - rest.len() + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The high bit of each byte that is no digit, right up to the first such byte; of a character beyond ASCII
/// that is the one it begins with.
const fn others(block: u64) -> u64 {
    (block.wrapping_sub(ONES * 0x30) | block.wrapping_add(ONES * 0x46)) & HIGH
}

fn is_special(byte: &u8) -> bool {
    matches!(byte, ..b' ' | b'"' | b'\\')
}

/// The high bit of each byte that ends or interrupts a string, right up to the first such byte: eight
/// bytes at once, by the subtraction that borrows from the high bit of a byte below the subtrahend. With
/// one bit flipped the quote follows on the control characters, and the space has left its place to it.
const fn specials(block: u64) -> u64 {
    let (controls_and_quote, backslash) = (block ^ (ONES * 0x02), block ^ (ONES * 0x5c));
    (controls_and_quote.wrapping_sub(ONES * 0x21) | backslash.wrapping_sub(ONES)) & !block & HIGH
}
