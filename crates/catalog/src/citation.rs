//! Where a statement stands.

/// One of the five vendor pages.
#[derive(Debug, PartialEq, Eq)]
pub struct Document {
    /// The file name the page is kept under.
    pub file: &'static str,
    /// What the page is about, in our words.
    pub title: &'static str,
}

/// Workato: troubleshooting JWT direct linking.
pub static DIRECT_LINKING: Document =
    Document { file: "000_80408cf595022327.txt", title: "Workato, JWT direct linking" };
/// Workato: signing methods, size limit and payload claims of API platform tokens.
pub static API_JSON_WEB_TOKEN: Document =
    Document { file: "001_ba87e615cc45dcd6.txt", title: "Workato API platform, JSON Web Token" };
/// Posit Connect: errors of OAuth integrations.
pub static OAUTH_INTEGRATIONS: Document =
    Document { file: "002_0cf3702efc03fb52.txt", title: "Posit Connect, OAuth integrations" };
/// Tableau: error codes of connected apps under direct trust.
pub static CONNECTED_APPS: Document =
    Document { file: "003_decce071b45825a4.txt", title: "Tableau, connected apps" };
/// Workato: in which claims the API key is looked for.
pub static API_WORKATO_CLAIM: Document =
    Document { file: "004_2bb13f580fad3a62.txt", title: "Workato API platform, JWT Workato claim" };

/// A place in a document.
#[derive(Clone, Copy, Debug)]
pub struct Citation {
    /// The page.
    pub document: &'static Document,
    /// The document's own heading; for Tableau the code row.
    pub section: &'static str,
    /// Line of the file, counted from 1.
    pub line: u32,
}
