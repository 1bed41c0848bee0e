//! Requests in XML or JSON, read as element, attribute, value.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Attributes of elements; for JSON, string members of objects.
pub(super) struct Document(Vec<(String, String, String)>);

impl Document {
    /// Reads either format; the first character decides. `None` where it is neither.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?.trim_start();
        if text.starts_with('{') { Self::json(text) } else { Self::xml(text) }
    }

    /// An attribute of the first element of this name that has it.
    pub(super) fn get(&self, element: &str, attribute: &str) -> Option<&str> {
        let hit = |(own, name, _): &&(String, String, String)| own == element && name == attribute;
        self.0.iter().find(hit).map(|(_, _, value)| value.as_str())
    }

    fn xml(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        let mut found = Vec::new();
        let (mut seen, mut open) = (false, 0_usize);
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) => {
                    (seen, open) = (true, open + 1);
                    attributes(&element, &mut found)?;
                }
                Event::Empty(element) => {
                    seen = true;
                    attributes(&element, &mut found)?;
                }
                Event::End(_) => open = open.checked_sub(1)?,
                // A body that broke off is no document.
                Event::Eof => return (seen && open == 0).then_some(Self(found)),
                _ => {}
            }
        }
    }

    fn json(text: &str) -> Option<Self> {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        let mut found = Vec::new();
        members("", &value, &mut found);
        Some(Self(found))
    }
}

fn attributes(element: &BytesStart<'_>, found: &mut Vec<(String, String, String)>) -> Option<()> {
    let name = element.local_name().as_ref().to_owned();
    for attribute in element.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.local_name().as_ref().to_owned();
        let value =
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned();
        found.push((name.clone(), key, value));
    }
    Some(())
}

fn members(name: &str, value: &serde_json::Value, found: &mut Vec<(String, String, String)>) {
    let Some(object) = value.as_object() else { return };
    for (key, value) in object {
        match value {
            serde_json::Value::String(text) => {
                found.push((name.to_owned(), key.clone(), text.clone()))
            }
            serde_json::Value::Bool(flag) => {
                found.push((name.to_owned(), key.clone(), flag.to_string()))
            }
            other => members(key, other, found),
        }
    }
}
