//! Messages that servers are known to send and that the documents here do not have: of later
//! editions, and of neighbouring products. Nobody who meets one finds it in the document, so a
//! report says where it belongs.

use crate::Profile;

/// A message of another edition or product.
#[derive(Debug)]
pub struct ForeignText {
    /// A part that no other message has, in lower case.
    pub(crate) part: &'static str,
    /// Where it belongs, and what follows from that.
    pub belongs: &'static str,
}

/// The message that an answer of this system carries.
pub fn find(profile: Profile, answer: &str) -> Option<&'static ForeignText> {
    let answer = answer.to_lowercase();
    profile.sheet().elsewhere.iter().find(|text| answer.contains(text.part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;

    #[test]
    fn a_message_is_known_by_its_profile_and_part() {
        let ticket = "<detail>Could not locate unexpired Trusted Ticket</detail>";
        assert!(find(Profile::TableauConnectedApp, ticket).is_some());
        assert!(find(Profile::WorkatoApi, ticket).is_none());
        assert!(find(Profile::TableauConnectedApp, "Invalid token").is_none());
    }

    /// What a document has is of no other edition.
    #[test]
    fn no_documented_text_counts_as_one_of_elsewhere() {
        for row in Profile::ALL.into_iter().flat_map(codes::of) {
            let found = [row.name, row.meaning, row.remedy]
                .into_iter()
                .find_map(|text| find(row.profile, text));
            assert!(found.is_none(), "{row}: {found:?}");
        }
    }
}
