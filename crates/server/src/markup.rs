//! XML and HTML as a tree that a library writes: text stays text, whatever stands in it.

use std::io::{Error, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// An element with its attributes and what stands inside.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    inside: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), inside: Vec::new() }
    }

    /// An element that holds text alone.
    pub(crate) fn of_text(name: &'static str, text: impl Into<String>) -> Self {
        Self { inside: vec![Node::Text(text.into())], ..Self::new(name) }
    }

    /// With one more attribute.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With these elements behind what is inside already.
    pub(crate) fn holding(mut self, elements: impl IntoIterator<Item = Self>) -> Self {
        self.inside.extend(elements.into_iter().map(Node::Element));
        self
    }

    fn write(&self, writer: &mut Writer<impl Write>) -> Result<(), Error> {
        let attributes = self.attributes.iter().map(|(name, value)| (*name, value.as_str()));
        let element = writer.create_element(self.name).with_attributes(attributes);
        if self.inside.is_empty() {
            return element.write_empty().map(drop);
        }
        let nodes =
            |writer: &mut Writer<_>| self.inside.iter().try_for_each(|one| one.write(writer));
        element.write_inner_content(nodes).map(drop)
    }
}

impl Node {
    fn write(&self, writer: &mut Writer<impl Write>) -> Result<(), Error> {
        match self {
            Self::Element(element) => element.write(writer),
            Self::Text(text) => writer.write_event(Event::Text(BytesText::new(text))),
        }
    }
}

/// An XML document.
pub(crate) fn xml(root: &Element) -> String {
    let declaration = Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None));
    written(declaration, std::slice::from_ref(root))
}

/// An HTML document of these elements; head and body are left to the reader, as HTML allows.
pub(crate) fn html(elements: &[Element]) -> String {
    written(Event::DocType(BytesText::new("html")), elements)
}

/// Writing into memory cannot fail, and what is written is text.
fn written(first: Event<'_>, elements: &[Element]) -> String {
    let mut writer = Writer::new(Vec::new());
    let all = writer
        .write_event(first)
        .and_then(|()| elements.iter().try_for_each(|one| one.write(&mut writer)));
    debug_assert!(all.is_ok(), "{all:?}");
    String::from_utf8(writer.into_inner()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Element, html, xml};

    const HOSTILE: &str = "\"'><script>&amp;</p>";

    #[test]
    fn text_and_attributes_stay_what_they_are() {
        let page = html(&[
            Element::of_text("title", HOSTILE),
            Element::new("a").with("href", HOSTILE).holding([Element::new("br")]),
        ]);
        let safe = "&quot;&apos;&gt;&lt;script&gt;&amp;amp;&lt;/p&gt;";
        let due = format!("<!DOCTYPE html><title>{safe}</title><a href=\"{safe}\"><br/></a>");
        assert_eq!(page, due);
    }

    #[test]
    fn an_xml_document_says_what_it_is() {
        let document = xml(&Element::new("a").with("b", "c"));
        assert_eq!(document, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a b=\"c\"/>");
    }
}
