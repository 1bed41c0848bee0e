//! JSON as a token has it: no name twice, nothing behind, numbers as written.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::wire::Way;

const DEEPEST: usize = 100;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Object(Vec<(String, Self)>),
    List(Vec<Self>),
    Text(String),
    /// As it was written.
    Number(String),
    Bool(bool),
    Null,
}

impl Node {
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => {
                members.iter().find(|(own, _)| own == name).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A number, whatever its form.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Whether it is a number written in digits alone.
    pub(crate) fn is_plain_integer(&self) -> bool {
        matches!(self, Self::Number(text) if text.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit()))
    }
}

/// An object read from bytes.
pub(crate) fn object(way: Way, bytes: &[u8]) -> Option<(Node, String)> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) if way.is("utf-8-replaced") => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => return None,
    };
    let text =
        if way.is("byte-order-mark-ignored") { text.trim_start_matches('\u{feff}') } else { &text };
    let node = read(way, serde_json::from_str(text).ok()?, 0)?;
    let node = if way.is("pairs-as-an-object") { paired(node) } else { node };
    matches!(node, Node::Object(_)).then(|| (node, text.to_owned()))
}

/// A list of pairs as a decoder that fills a map reads it.
fn paired(node: Node) -> Node {
    let Node::List(pairs) = &node else { return node };
    let member = |pair: &Node| match pair {
        Node::List(two) => match two.as_slice() {
            [Node::Text(name), value] => Some((name.clone(), value.clone())),
            _ => None,
        },
        _ => None,
    };
    let members: Option<Vec<_>> = pairs.iter().map(member).collect();
    members.map_or(node, Node::Object)
}

fn read(way: Way, raw: &RawValue, depth: usize) -> Option<Node> {
    let text = raw.get();
    if depth > if way.is("nesting-of-five") { 5 } else { DEEPEST } {
        return None;
    }
    Some(match text.as_bytes().first()? {
        b'{' => Node::Object(members(way, serde_json::from_str::<Members>(text).ok()?, depth)?),
        b'[' => {
            let all: Vec<Box<RawValue>> = serde_json::from_str(text).ok()?;
            Node::List(all.iter().map(|one| read(way, one, depth + 1)).collect::<Option<_>>()?)
        }
        b'"' => Node::Text(serde_json::from_str(text).ok()?),
        b't' => Node::Bool(true),
        b'f' => Node::Bool(false),
        b'n' => Node::Null,
        _ => Node::Number(text.to_owned()),
    })
}

/// RFC 7515 section 4 and RFC 7519 section 4: a name twice is refused, or the last one counts.
fn members(way: Way, raw: Members, depth: usize) -> Option<Vec<(String, Node)>> {
    let mut kept: Vec<(String, Node)> = Vec::new();
    for (name, value) in raw.0 {
        let name = if way.is("case-folded-names") { name.to_lowercase() } else { name };
        let node = read(way, &value, depth + 1)?;
        match kept.iter_mut().find(|(own, _)| *own == name) {
            None => kept.push((name, node)),
            Some(_) if depth > 0 && !way.is("nested-duplicates-taken") => return None,
            Some(_) if way.is("first-of-duplicates") => {}
            Some(own)
                if depth > 0 || way.is("last-of-duplicates") || way.is("case-folded-names") =>
            {
                own.1 = node
            }
            Some(_) => return None,
        }
    }
    Some(kept)
}

/// The members of an object, in order and with repetitions.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut all = Vec::new();
                while let Some(member) = map.next_entry()? {
                    all.push(member);
                }
                Ok(Members(all))
            }
        }
        deserializer.deserialize_map(All)
    }
}
